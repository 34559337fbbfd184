"""Which parts of a file a player asks for, when somebody jumps into a recording."""

import re

SPEC = re.compile(r"(\d{0,99})-(\d{0,99})", re.ASCII)
MOST = 100
"""Parts that are sent at once; who asks for more gets the whole file (RFC 9110, 14.2)."""


def wanted(header: str, size: int) -> list[tuple[int, int]] | None:
    """
    The parts of a file of so many bytes, each with its first and its last byte, as asked for (RFC 9110, 14.1.2).

    None where the header is to be ignored: another unit, no list of ranges, too many. Parts that begin behind the
    end are left out; when none is left, there is nothing to send (416).
    """
    unit, equals, listed = header.partition("=")
    specs = [each.strip(" \t") for each in listed.split(",") if each.strip(" \t")]
    if unit.strip().lower() != "bytes" or not equals or not 0 < len(specs) <= MOST:
        return None
    parts: list[tuple[int, int]] = []
    for each in specs:
        found = SPEC.fullmatch(each)
        if found is None or each == "-":
            return None
        first, last = found.groups()
        if first and last and int(last) < int(first):
            return None
        start = int(first) if first else max(0, size - int(last))
        end = min(int(last), size - 1) if first and last else size - 1
        if start <= end:
            parts.append((start, end))
    return parts
