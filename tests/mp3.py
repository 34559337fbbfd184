"""A recording of another's making: MP3 as ffmpeg writes it."""

from audioed.mastering.encode import encode_as
from audioed.mastering.lame import EFFORT

MP3 = ["-map_metadata", "-1", "-c:a", "libmp3lame", "-id3v2_version", "0", "-f", "mp3", "-compression_level"]


def encode(chunks, path, *, rate, bitrate):
    """Write 16-bit mono PCM as an MP3 of constant bit rate (kbit/s), and give what a meter reads on it."""
    return encode_as((*MP3, f"{EFFORT}", "-b:a", f"{bitrate}k"), chunks, path, rate=rate)
