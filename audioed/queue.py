"""What somebody puts aside for the next edition: a list of addresses and files in the show's folder."""

import os
from collections.abc import Sequence
from pathlib import Path

from audioed import files
from audioed.addresses import canonical, host_of
from audioed.characters import clipped, line
from audioed.errors import ExtractionError
from audioed.toml import text_of

QUEUE = "queue.txt"
"""Beside audioed.toml; `audioed nightly` reads it as it reads lists, before them."""
LONGEST = 4_096
"""Characters of an address that a browser sends."""


def is_there(home: Path) -> bool:
    """Whether anything was ever put aside for the show in this folder."""
    return (home / QUEUE).is_file()


def add(named: Sequence[str], home: Path) -> tuple[str, ...]:
    """Put these into the queue, and give those that are new in it; ExtractionError for what no night can read."""
    from filelock import FileLock

    wanted = [_line(each, home) for each in named]
    with files.explained(home / QUEUE), FileLock(home / f".{QUEUE}.lock"):  # a browser may add beside a command
        there = text_of(home / QUEUE).splitlines() if is_there(home) else []
        known = {canonical(each) or each for each in there}
        new = {canonical(each) or each: each for each in wanted if (canonical(each) or each) not in known}
        if new:
            files.write(home / QUEUE, "".join(f"{each}\n" for each in (*there, *new.values())).encode())
    return tuple(new.values())


def add_address(name: str, home: Path) -> bool:
    """Put this address into the queue, and tell whether it is new there; ExtractionError for what is none."""
    if len(name) > LONGEST or not _address(name):
        raise ExtractionError(
            "That is not the address of a page; send one that begins with https://.", name=name[:LONGEST]
        )
    return bool(add([name], home))


def _address(name: str) -> str:
    """This address as a line of a list has it; empty for what is none."""
    try:
        usable = name.lower().startswith(("http://", "https://")) and host_of(name)
    except ValueError:
        return ""
    return name if usable and name.isprintable() and " " not in name else ""


def _line(name: str, home: Path) -> str:
    """An address as it is, or a file as it is seen from the show's folder."""
    from audioed.sources import by_suffix, told

    if address := _address(name):
        return address
    short = clipped(line(name), 200)
    try:
        is_file = not name.lower().startswith(("http://", "https://")) and Path(name).is_file()
    except (OSError, ValueError):  # longer than a name can be, or with what none can hold
        is_file = False
    if not is_file:
        raise ExtractionError(f"{short} is neither an http or https address nor a file; check the name.", name=short)
    path = Path(name)
    kind = by_suffix(path.suffix)
    if kind is None or kind.announces:
        raise ExtractionError(f"{short} is not an article; name one of {told()}.", name=short)
    try:
        seen = Path(os.path.relpath(path.resolve(), home.resolve())).as_posix()
    except ValueError:  # another disk of Windows
        seen = path.resolve().as_posix()
    if line(seen) != seen or seen.startswith("#"):
        raise ExtractionError(f"{short} has a name that a list cannot contain; rename the file.", name=short)
    return seen
