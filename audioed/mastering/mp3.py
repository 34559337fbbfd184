"""
The frames of an MP3 file, and the header that tells players where its sound begins and ends.

Pieces of a recording that begin and end in silence can be encoded apart and
put one after the other: a frame needs nothing of what stands before it but
the overlap with its neighbour, which is silence, and bits that a frame may
borrow from earlier ones, of which a piece's first frame has none.
"""

import struct
from collections.abc import Iterator
from functools import cache

SAMPLES = 1152
"""Of a frame (ISO/IEC 11172-3, layer III)."""
HEADER = 4
SYNC = 0xFFFA
"""Eleven bits by which a decoder finds a frame, and MPEG-1, layer III; the last bit tells of a checksum."""
PADDED = 2
"""In the header's third byte: the frame is a byte longer."""
BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""Kilobits a second by their index in a frame's header (MPEG-1, layer III)."""
RATES = {0: 44_100, 1: 48_000, 2: 32_000}
ENCODER_DELAY, DECODER_DELAY = 576, 529
"""Samples by which LAME's encoder and any decoder shift the sound."""
FLUSH = 2
"""Frames after the last sample, in which the rest of it comes out of the decoder."""
SIDE = 17
"""Bytes of side information in a frame of one channel."""
TABLE = 100
"""Entries of the header's table of contents."""


def frames(data: bytes) -> Iterator[bytes]:
    """The frames of MPEG-1 layer III that stand in these bytes one after the other; ValueError for anything else."""
    place = 0
    size_of = cache(frame_size)  # a recording has few different headers
    while place < len(data):
        size = size_of(data[place : place + HEADER])
        if place + size > len(data):
            raise ValueError(f"a frame of {size} bytes is cut off")
        yield data[place : place + size]
        place += size


def frame_size(header: bytes) -> int:
    """Bytes of the frame that begins with these four; ValueError where no frame does."""
    if len(header) < HEADER or int.from_bytes(header[:2]) & ~1 != SYNC:
        raise ValueError(f"no MPEG-1 layer III frame: {header.hex()}")
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if bitrate in {0, 15} or rate not in RATES:
        raise ValueError(f"no MPEG-1 layer III frame: {header.hex()}")
    return 144_000 * BITRATES[bitrate] // RATES[rate] + bool(header[2] & PADDED)


def unpadded(frame: bytes) -> bytes:
    """A frame of silence without the byte with which some are longer, so that the rate comes out even."""
    if not frame[2] & PADDED:
        return frame
    return bytes((*frame[:2], frame[2] & ~PADDED, frame[3])) + frame[HEADER:-1]


def info(first: bytes, count: int, length: int) -> bytes:
    """
    The frame that stands before all others: how many follow, how many bytes, and where the sound begins and ends.

    `first` is one of them, `count` how many there are, `length` the bytes of
    all. The form is Xing's, with LAME's extension for gapless playing (Gabriel
    Bouvigne, "Mp3 info tag revision 1 specifications"): players take off the
    encoder's delay, and what the last frames hold beyond the end.
    """
    first = unpadded(first)
    size = len(first)
    frame = bytearray(first[:HEADER]) + bytes(size - HEADER)
    tag = b"Info" + struct.pack(">III", 15, count, length + size)
    tag += bytes(min(255, 256 * entry // TABLE) for entry in range(TABLE))  # a constant rate: time is place
    padding = FLUSH * SAMPLES - ENCODER_DELAY
    tag += struct.pack(">I", 0) + b"Lavc" + bytes(5)  # players look for an encoder's name before they read delays
    tag += bytes(12) + struct.pack(">I", ENCODER_DELAY << 12 | padding)[1:] + bytes(4)
    tag += struct.pack(">IH", length + size, 0)
    place = HEADER + SIDE
    frame[place : place + len(tag)] = tag
    end = place + len(tag)
    frame[end : end + 2] = struct.pack(">H", _crc(bytes(frame[:end])))
    return bytes(frame)


@cache
def _crc_table() -> tuple[int, ...]:
    """CRC-16 with the polynomial 0x8005, reflected, as LAME's tag has it."""
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)  # noqa: PLW2901
        table.append(value)
    return tuple(table)


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ _crc_table()[(crc ^ byte) & 0xFF]
    return crc
