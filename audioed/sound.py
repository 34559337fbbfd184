"""Samples: one channel of floats at a known rate, and the WAV form that clips are kept in."""

import io
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.model import Seconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PEAK = 32767
"""Full scale of 16-bit PCM."""
WAV_HEADER = 44
"""Bytes before the samples."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sound:
    """One channel of sound."""

    samples: "NDArray[np.float32]"
    """Shape (n,), full scale at -1 and 1."""
    rate: int
    """Samples a second."""

    @property
    def duration(self) -> Seconds:
        """Length in seconds, exact to the sample."""
        return len(self.samples) / self.rate


def resample(sound: Sound, rate: int) -> Sound:
    """The same sound at another rate (band-limited, soxr's high quality)."""
    if rate == sound.rate:
        return sound
    import soxr

    return Sound(samples=soxr.resample(sound.samples, sound.rate, rate, quality="HQ"), rate=rate)


def pcm(samples: "NDArray[np.float32]") -> bytes:
    """Little-endian 16-bit PCM of these samples; what exceeds full scale is clipped."""
    import numpy as np

    return np.round(np.clip(samples, -1.0, 1.0) * PEAK).astype("<i2").tobytes()


def to_wav(sound: Sound) -> bytes:
    """A 16-bit mono WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(sound.rate)
        writer.writeframes(pcm(sound.samples))
    return file.getvalue()


def wav_duration(path: Path) -> Seconds:
    """Length of a WAV file that `to_wav` wrote, from its header; ValueError for anything else or half of one."""
    try:
        with wave.open(str(path), "rb") as reader:
            frames = reader.getnframes()
            if (reader.getnchannels(), reader.getsampwidth()) != (
                1,
                2,
            ) or path.stat().st_size < WAV_HEADER + 2 * frames:
                raise ValueError("a truncated WAV file, or not a 16-bit mono one")
            return frames / reader.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error


def from_wav(data: bytes) -> Sound:
    """The sound in a 16-bit mono WAV file; ValueError for anything else, a truncated file included."""
    import numpy as np  # costs 0.06 s, and a night without news needs no sound

    try:
        with wave.open(io.BytesIO(data), "rb") as reader:
            if (reader.getnchannels(), reader.getsampwidth()) != (1, 2):
                raise ValueError("not a 16-bit mono WAV file")
            frames = reader.readframes(reader.getnframes())
            if len(frames) != 2 * reader.getnframes():
                raise ValueError("a truncated WAV file")
            return Sound(
                samples=np.frombuffer(frames, "<i2").astype(np.float32) / np.float32(PEAK), rate=reader.getframerate()
            )
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error
