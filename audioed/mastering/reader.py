"""
The sound of a finished file, as a player hears it.

ffmpeg reads it where there is one: another decoder, and another meter, than
made the file. Where there is none, libsndfile does, which knows MP3, Ogg, FLAC
and WAV.
"""

from collections.abc import Iterator
from io import BytesIO
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from audioed.errors import FfmpegError
from audioed.mastering import encode
from audioed.mastering.leveler import highest
from audioed.mastering.loudness import metered, over_time
from audioed.mastering.spectrum import Samples
from audioed.model import Loudness, Seconds
from audioed.sound import Recording, Sound, pcm

PORTION: Seconds = 30.0
"""Of a file that are in the memory at once."""
LONGEST_HEAD = 48
"""Bytes of an MP3 frame within which a tag that describes the file begins."""


def sound(path: Path, rate: int, most: Seconds) -> Sound:
    """The sound of a file in any format, in one channel, no more than so many seconds of it; FfmpegError for none."""
    try:
        found = np.concatenate([np.zeros(0, np.float32), *_portions(path, rate, seconds=most)])
    except _Unreadable as error:
        if not encode.is_there():
            raise FfmpegError(
                f"{path} is not a sound file that can be read without ffmpeg; name a WAV, FLAC, Ogg or MP3 file, or "
                'install ffmpeg with `pip install "audioed[formats]"`.'
            ) from error
        found = np.frombuffer(encode.decoded(path, rate, most), "<i2").astype(np.float32) / np.float32(32_768)
    return Sound(samples=found, rate=rate)


def decode(path: Path, to: Path, rate: int) -> tuple[str, ...]:
    """Write the sound of a file as bare 16-bit mono PCM, in constant memory; what the decoder complained of."""
    if encode.is_there():
        return encode.decode(path, to, rate)
    try:
        with to.open("wb") as file:
            file.writelines(map(pcm, _portions(path, rate)))
    except _Unreadable as error:
        raise _refusal(path) from error
    return ()


def measure(path: Path, rate: int) -> Loudness:
    """What a meter reads on this file: ffmpeg's, or else our own at this rate."""
    if encode.is_there():
        return encode.measure(path)
    with TemporaryDirectory() as folder:
        recording = Recording(Path(folder, "sound.pcm"), rate)
        decode(path, recording.path, rate)
        portions = range(0, recording.length, round(PORTION * rate))
        peaks = (highest(recording.samples(start, start + round(PORTION * rate))) for start in portions)
        return metered([momentary for momentary, _ in over_time(recording)], max(peaks, default=-inf))


def excerpt(path: Path, start: int, end: int, rate: int) -> bytes:
    """What is heard of an MP3 of which only these bytes arrived, as bare 16-bit mono PCM; nothing where none is."""
    if encode.is_there():
        return encode.excerpt(path, start, end, rate)
    with path.open("rb") as file:
        file.seek(start)
        arrived = file.read(end - start)
    # libsndfile's decoder would complain, past us, that the first frame tells of more than arrived.
    head, rest = arrived[:LONGEST_HEAD].replace(b"Info", bytes(4)), arrived[LONGEST_HEAD:]
    try:
        return b"".join(map(pcm, _portions(BytesIO(head + rest), rate)))
    except _Unreadable:
        return b""


def since(path: Path, at: Seconds, seconds: Seconds, rate: int) -> bytes:
    """What is heard of a file from a moment on, as a player jumps there, as bare 16-bit mono PCM."""
    if encode.is_there():
        return encode.since(path, at, seconds, rate)
    try:
        return b"".join(map(pcm, _portions(path, rate, at=at, seconds=seconds)))
    except _Unreadable as error:
        raise _refusal(path) from error


class _Unreadable(Exception):
    """What libsndfile does not read."""


def _refusal(path: Path) -> FfmpegError:
    return FfmpegError(
        f"{path.name} cannot be decoded without ffmpeg, or is damaged; install it with "
        '`pip install "audioed[formats]"`, or render the episode again.'
    )


def _portions(file: Path | BytesIO, rate: int, *, at: Seconds = 0.0, seconds: Seconds = inf) -> Iterator[Samples]:
    """The sound of a file at this rate, in one channel, from a moment on, as libsndfile reads it."""
    import soundfile
    import soxr

    try:
        with soundfile.SoundFile(file) as opened:
            resampler = soxr.ResampleStream(opened.samplerate, rate, 1, "float32", "HQ")
            opened.seek(min(round(at * opened.samplerate), opened.frames))
            left = min(seconds * opened.samplerate, opened.frames)
            while left > 0:
                rows = opened.read(round(min(left, PORTION * opened.samplerate)), "float32", always_2d=True)
                left = left - len(rows) if len(rows) else 0
                yield resampler.resample_chunk(rows.mean(axis=1, dtype=np.float32), last=left <= 0)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise _Unreadable(str(error)) from error
