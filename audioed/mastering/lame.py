"""A piece of a recording as MP3 frames, and how it sounds: encoded and heard again in this process, by all cores."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audioed.errors import MasteringError
from audioed.mastering.leveler import highest
from audioed.mastering.loudness import momentary
from audioed.mastering.mp3 import DECODER_DELAY, ENCODER_DELAY
from audioed.mastering.spectrum import Samples
from audioed.model import Dbtp, Lufs
from audioed.sound import levels

EFFORT = 7
"""
LAME's quality setting. At these rates the noise of speech lies lower with 7
than with LAME's own choice of 5 (band noise to signal -23 against -21 dB), at
less than half of the time: shaping noise pays only where bits are short.
"""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece of a recording, and what is heard when it is decoded again."""

    data: bytes
    """Frames, without tags."""
    moments: tuple[Lufs, ...]
    """Momentary loudness, each 100 ms."""
    true_peak: Dbtp
    levels: Samples
    """Root mean square of each so many samples."""


@cache
def encoder() -> str:
    """The name and version of what encodes; another one makes other bytes."""
    from importlib.metadata import version

    return f"lameenc {version('lameenc')} {EFFORT}"


def encode_piece(chunks: Iterable[bytes], *, rate: int, bitrate: int, frame: int) -> Encoded:
    """16-bit mono PCM as MP3 at so many kbit/s, with what is heard of it; the levels are those of `frame` samples."""
    data = frames_of(chunks, rate=rate, bitrate=bitrate)
    samples = decoded(data)
    rows = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return Encoded(data, momentary(samples, rate), highest(samples), levels(rows))


def frames_of(chunks: Iterable[bytes], *, rate: int, bitrate: int) -> bytes:
    """16-bit mono PCM as MP3 frames at a constant rate (kbit/s): the same samples give the same bytes."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_bit_rate(bitrate)
    encoder.set_quality(EFFORT)
    parts = [bytes(encoder.encode(chunk)) for chunk in chunks if chunk]
    return b"".join([*parts, bytes(encoder.flush())])


def decoded(data: bytes) -> Samples:
    """
    What a decoder makes of all frames that `frames_of` made, without the delay of both; full scale at -1 and 1.

    MasteringError where it cannot read them.
    """
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "piece.mp3")  # a file is read without asking Python for each frame
        path.write_bytes(data)
        try:
            samples: Samples = soundfile.read(path, dtype="float32")[0]
        except soundfile.LibsndfileError as error:
            raise MasteringError(f"the encoded sound cannot be decoded ({error}); install soundfile again.") from error
    return samples[ENCODER_DELAY + DECODER_DELAY :]
