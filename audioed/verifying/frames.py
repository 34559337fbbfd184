"""An MP3 from the inside: where its frames are, so that a player can begin at any byte."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from audioed.model import Seconds
from audioed.sound import Recording, correlation
from audioed.timecode import exact_clock
from audioed.verifying.report import Rule

BITRATES = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Layer III, MPEG-1 and MPEG-2 (ISO/IEC 11172-3, 2.4.2.3)."""
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
TAG = 10
"""Bytes of the header of an ID3 tag."""
CHAIN = 3
"""Frames in a row that a player must see before it believes that it has found one."""
HEADER = 4
SEARCH = 65_536
BLOCK = 1_048_576
"""Bytes that are read at once."""
CYCLE = 49
"""Frames after which those of a constant rate are padded as before, at 44.1 kHz and parts of it; others never are."""
OFFSETS = 20
LISTENED: Seconds = 3.0
"""What is decoded from each place on: all that a frame takes from those before it lies in the first tenth of it."""
RESYNC: Seconds = 0.5
SHORTEST = 40
"""Frames: a second, without which there is nothing to compare after half of one."""
REACH = 3_000
"""Samples: how far from its frame's place what is heard is looked for; decoders delay by one or two frames."""
PATTERN = 4_096
ALIKE = 2 / 32_768
"""Of full scale; the same frames give the same samples, but for their last bit."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Where the frames of a file begin."""

    starts: NDArray[np.int64]
    """Bytes from the start of the file."""
    samples: int
    """In each."""
    rate: int
    gaps: tuple[tuple[int, int], ...]
    """How many frames stand before something that is none, and how many bytes that has."""


def frames(path: Path) -> Frames:
    """The frames of an MP3, one after the other, each header read."""
    starts = array("q")
    gaps: list[tuple[int, int]] = []
    samples, rate = 1_152, 44_100
    length_of = cache(lambda head: _header(head)[0])  # an hour has 140,000, hardly one of its own
    with path.open("rb") as file:
        size = path.stat().st_size
        at, portion = _after_tag(file.read(TAG)), BLOCK
        while at < size:
            file.seek(at)
            block = file.read(portion)
            place, end, head, row = 0, size - at, b"", list[int]()
            while (length := length_of(following := block[place : place + HEADER])) and place + length <= end:
                row.append(place)
                place, head = place + length, following
                if len(row) == CYCLE:
                    again = _again(row, place, block)
                    starts.extend(at + each for each in row)
                    starts.frombytes((again + at).tobytes())
                    place += again.size // CYCLE * (place - row[0])
                    row.clear()
            starts.extend(at + each for each in row)
            if head:
                _, samples, rate = _header(head)
            at += place
            if place:
                portion = BLOCK
                continue
            if block[:3] == b"TAG" and size - at == 128:  # noqa: PLR2004 - an ID3v1 tag
                break
            gaps.append((len(starts), _next(file, at + 1, size) - at))
            at += gaps[-1][1]
            portion = SEARCH  # where there is one, there are more
    return Frames(np.array(starts, np.int64), samples, rate, tuple(gaps))


def _again(row: list[int], stop: int, block: bytes) -> NDArray[np.int64]:
    """Where frames begin, in cycles, that repeat the headers of those that begin here and end at `stop`."""
    length = stop - row[0]
    heads = np.ndarray((len(block) - HEADER + 1,), "<u4", block, strides=(1,))
    first = np.array(row, np.int64)
    cycles = first + length * np.arange(1, (len(block) - stop) // length + 1)[:, np.newaxis]
    other = (heads[cycles] != heads[first]).any(axis=1)
    return cycles[: int(other.argmax()) if other.any() else len(cycles)].ravel()


def whole(found: Frames) -> Rule:
    """One frame follows the other, to the end of the file."""
    wrong = tuple(
        f"{length} bytes at {exact_clock(before * found.samples / found.rate)} are no sound"
        if before < len(found.starts)
        else f"{length} bytes at the end are only part of a frame"
        for before, length in found.gaps
    )
    return Rule(name="frames", told=f"{len(found.starts):,} frames in a row", wrong=wrong)


def ranges(path: Path, found: Frames, recording: Recording, excerpt: Callable[[Path, int, int], bytes]) -> Rule:
    """
    From any byte on, what is heard is what the whole file has there, after half a second at most.

    A few seconds are decoded from each of twenty places. What follows needs no
    more decoding: a decoder that gives the same samples knows the same, for a
    frame takes no more than 511 bytes and one overlap from those before it.
    """
    size = path.stat().st_size
    wrong, latest, tried = [], 0.0, 0
    for number in range(OFFSETS):
        offset = size * (2 * number + 1) // (2 * OFFSETS)
        index = int(np.searchsorted(found.starts, offset))
        last = index + round(LISTENED * found.rate / found.samples)
        if index + SHORTEST > len(found.starts):
            continue
        end = int(found.starts[last]) if last < len(found.starts) else size
        decoded = np.frombuffer(excerpt(path, int(found.starts[index]), end), "<i2").astype(np.float32) / np.float32(
            32_768
        )
        after = _after(decoded, recording, round(index * found.samples * recording.rate / found.rate))
        latest, tried = max(latest, after), tried + 1
        if after > RESYNC:
            wrong.append(f"from byte {offset:,} on, other sound is heard than there is in the whole file")
    told = f"right from {tried} places on, after {latest:.2f} s at most"
    return Rule(name="byte ranges", told=told, wrong=tuple(wrong))


def _after(decoded: NDArray[np.float32], recording: Recording, near: int) -> Seconds:
    """After how many seconds the samples are those of the recording, of which they are part near this place."""
    settled = range(min(round(RESYNC * recording.rate), len(decoded) // 2), len(decoded) - PATTERN, PATTERN)
    if not settled:
        return float("inf")
    skip = max(settled, key=lambda at: float(np.abs(decoded[at : at + PATTERN]).sum()))  # a pause is like any other
    pattern = decoded[skip : skip + PATTERN].astype(np.float64)
    low = max(0, near + skip - REACH)
    around = recording.samples(low, near + skip + REACH + len(pattern)).astype(np.float64)
    if len(around) < len(pattern):
        return float("inf")
    energy = np.concatenate([[0.0], np.cumsum(around * around)])
    distance = energy[len(pattern) :] - energy[: -len(pattern)] - 2 * correlation(around, pattern)
    start = low + int(np.argmin(distance)) - skip
    before = max(0, -start)  # the whole file begins after the encoder's delay
    whole = recording.samples(start + before, start + len(decoded))
    other = np.abs(decoded[before : before + len(whole)] - whole) > ALIKE
    return float(before + np.flatnonzero(other)[-1] + 1) / recording.rate if other.any() else 0.0


def _header(head: bytes) -> tuple[int, int, int]:
    """Bytes, samples and rate of the frame that begins with these four bytes; zeros where none does."""
    if len(head) < HEADER or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] & 0x06 != 0x02:  # noqa: PLR2004
        return 0, 0, 0
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bitrate in {0, 15} or rate == 3:  # noqa: PLR2004 - all three are reserved
        return 0, 0, 0
    first = version == 3  # noqa: PLR2004 - MPEG-1
    hertz = RATES[version][rate]
    kilobits = BITRATES[1 if first else 2][bitrate - 1]
    return (144 if first else 72) * 1000 * kilobits // hertz + (head[2] >> 1 & 1), 1_152 if first else 576, hertz


def _next(file: BinaryIO, at: int, size: int) -> int:
    """The first place from here on at which frames follow one another again; the end of the file where none do."""
    while at < size:
        file.seek(at)
        some = file.read(SEARCH)
        place = some.find(b"\xff")
        while place >= 0:
            if _chained(file, at + place, size):
                return at + place
            place = some.find(b"\xff", place + 1)
        at += len(some)
    return size


def _chained(file: BinaryIO, at: int, size: int) -> bool:
    for _ in range(CHAIN):
        file.seek(at)
        length, _, _ = _header(file.read(HEADER))
        if not length:
            return False
        at += length
        if at == size:
            return True
    return at <= size


def _after_tag(head: bytes) -> int:
    """Where the sound begins, after an ID3v2 tag."""
    if head[:3] != b"ID3":
        return 0
    return TAG + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
