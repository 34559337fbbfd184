"""Samples: one channel of floats at a known rate, and the WAV form that clips are kept in."""

import io
import struct
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioed.model import Seconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PEAK = 32767
"""Full scale of 16-bit PCM."""

TIMINGS = b"wrds"
"""The chunk of a clip's WAV file that tells when its words sound, before the one with its samples."""
_HEAD = 36
"""Bytes of a WAV file before that: what it is, and how its samples are written."""
_SIZE = struct.Struct("<I")
_TIMING = struct.Struct("<4I")
"""Both places of a word in the spoken form, and its start and end in milliseconds."""


class Timing(NamedTuple):
    """When a word of a spoken form sounds, as the voice itself tells it."""

    at: int
    """Characters of the spoken form before the word,"""
    until: int
    """and before what follows it; for `[word](/sound/)` all of that is the word."""
    start: Seconds
    """From the start of the sound."""
    end: Seconds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sound:
    """One channel of sound."""

    samples: "NDArray[np.float32]"
    """Shape (n,), full scale at -1 and 1."""
    rate: int
    """Samples a second."""
    timings: tuple[Timing, ...] = ()
    """When each word of what is said sounds, in order; empty where the engine does not tell."""

    @property
    def duration(self) -> Seconds:
        """Length in seconds, exact to the sample."""
        return len(self.samples) / self.rate


PORTION: Seconds = 60.0
"""Of a recording that are in the memory at once."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The sound of a whole file as bare 16-bit mono PCM on the disk, read part by part: ten hours fill a memory."""

    path: Path
    rate: int
    """Samples a second."""

    @property
    def length(self) -> int:
        """Samples."""
        return self.path.stat().st_size // 2

    @property
    def duration(self) -> Seconds:
        """Length in seconds, exact to the sample."""
        return self.length / self.rate

    def samples(self, start: int, end: int) -> "NDArray[np.float32]":
        """The samples from one place to another, as far as there are any; full scale at -1 and 1."""
        import numpy as np

        start = max(0, start)
        found = np.fromfile(self.path, "<i2", max(0, end - start), offset=2 * start)
        return found.astype(np.float32) / np.float32(PEAK + 1)

    def frames(self, length: int) -> Iterator["NDArray[np.float32]"]:
        """All of it in rows of so many samples, shape (n, length) a portion; what is left over at the end is not."""
        rows = max(1, round(PORTION * self.rate) // length)
        for start in range(0, self.length - length + 1, rows * length):
            some = self.samples(start, start + rows * length)
            yield some[: len(some) // length * length].reshape(-1, length)

    def levels(self, frame: Seconds) -> "NDArray[np.float32]":
        """Root mean square of each stretch of so many seconds, full scale 1, shape (n,)."""
        import numpy as np

        length = round(frame * self.rate)
        parts = [levels(rows) for rows in self.frames(length)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a recording is, frame by frame, and nothing else: what judging silences takes of a `Recording`."""

    values: "NDArray[np.float32]"
    """Root mean square of each frame, full scale 1, shape (n,)."""
    frame: int
    """Samples."""
    rate: int

    @property
    def duration(self) -> Seconds:
        """Length in seconds, exact to the frame."""
        return len(self.values) * self.frame / self.rate

    def levels(self, frame: Seconds) -> "NDArray[np.float32]":
        """The values; ValueError for frames of another length."""
        if round(frame * self.rate) != self.frame:
            raise ValueError(f"levels of {self.frame} samples, not of {frame} s")
        return self.values


def levels(rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Root mean square of each row, shape (n,)."""
    import numpy as np

    found: NDArray[np.float32] = np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1])
    return found


def louder_half(power: "NDArray[np.float64]") -> float:
    """The mean of the greater half of these powers: how loud a voice is, however long its pauses."""
    import numpy as np

    return float(np.partition(power, len(power) // 2)[len(power) // 2 :].mean())


def correlation(around: "NDArray[np.float64]", pattern: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """
    The pattern's product with each place of what is around it, shape (len(around) - len(pattern) + 1,).

    By way of the spectrum. `numpy.correlate` asks its BLAS for one product a
    place, and beyond 10,000 samples OpenBLAS gives each to several threads
    that wait for one another: two minutes on a busy machine.
    """
    import numpy as np

    size = 1 << (len(around) - 1).bit_length()
    spectrum = np.fft.rfft(around, size) * np.conj(np.fft.rfft(pattern, size))
    found: NDArray[np.float64] = np.fft.irfft(spectrum, size)[: len(around) - len(pattern) + 1]
    return found


def resample(sound: Sound, rate: int) -> Sound:
    """The same sound at another rate (band-limited, soxr's high quality)."""
    if rate == sound.rate:
        return sound
    import soxr

    return replace(sound, samples=soxr.resample(sound.samples, sound.rate, rate, quality="HQ"), rate=rate)


def shift(semitones: float) -> float:
    """How much `faster` a higher voice is played: spoken slower before, it keeps its tempo, and formants move, too."""
    return float(2 ** (semitones / 12))


def faster(sound: Sound, factor: float) -> Sound:
    """The sound as it is when played so many times faster, and so higher; one that was spoken slower is in time."""
    if factor == 1:
        return sound
    import soxr

    timings = tuple(each._replace(start=each.start / factor, end=each.end / factor) for each in sound.timings)
    return replace(sound, samples=soxr.resample(sound.samples, factor, 1, quality="HQ"), timings=timings)


def pcm(samples: "NDArray[np.float32]") -> bytes:
    """Little-endian 16-bit PCM of these samples; what exceeds full scale is clipped."""
    import numpy as np

    scaled = samples * np.float32(PEAK)
    np.clip(np.rint(scaled, out=scaled), -PEAK, PEAK, out=scaled)
    return scaled.astype("<i2").tobytes()


def to_wav(sound: Sound) -> bytes:
    """A 16-bit mono WAV file; when its words sound stands in a chunk of our own, over which readers pass (RIFF)."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(sound.rate)
        writer.writeframes(pcm(sound.samples))
    whole = file.getvalue()
    if not sound.timings:
        return whole
    told = b"".join(
        _TIMING.pack(each.at, each.until, round(1000 * each.start), round(1000 * each.end)) for each in sound.timings
    )
    chunk = TIMINGS + _SIZE.pack(len(told)) + told
    return whole[:4] + _SIZE.pack(len(whole) + len(chunk) - 8) + whole[8:_HEAD] + chunk + whole[_HEAD:]


def before_samples(wav: bytes) -> int:
    """How many bytes of a WAV file that `to_wav` made stand before its samples."""
    chunk = 8 + _SIZE.unpack_from(wav, _HEAD + 4)[0] if wav[_HEAD : _HEAD + 4] == TIMINGS else 0
    return _HEAD + chunk + 8


class Outline(NamedTuple):
    """What a clip's file tells before its samples."""

    duration: Seconds
    timings: tuple[Timing, ...] = ()
    """As a sound's, to the millisecond."""


def outline(data: bytes) -> Outline:
    """The outline of a WAV file that `to_wav` made; ValueError for what is none."""
    try:
        with wave.open(io.BytesIO(data), "rb") as reader:
            return Outline(reader.getnframes() / reader.getframerate(), _timings(data))
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error


def _timings(data: bytes) -> tuple[Timing, ...]:
    if data[_HEAD : _HEAD + 4] != TIMINGS:
        return ()
    (size,) = _SIZE.unpack_from(data, _HEAD + 4)
    told = data[_HEAD + 8 : _HEAD + 8 + size]
    return tuple(Timing(at, until, start / 1000, end / 1000) for at, until, start, end in _TIMING.iter_unpack(told))


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
                samples=np.frombuffer(frames, "<i2").astype(np.float32) / np.float32(PEAK),
                rate=reader.getframerate(),
                timings=_timings(data),
            )
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error
