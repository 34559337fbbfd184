"""What a check found: that all is well, what is worth knowing, or what is broken and how it is mended."""

from dataclasses import dataclass
from typing import Literal

from audioed.errors import AudioedError

Level = Literal["ok", "note", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found."""

    check: str = ""
    level: Level
    told: str
    remedy: str = ""
    """The command that mends it, or what to do; empty where all is well."""


def ok(told: str) -> Finding:
    """All is well."""
    return Finding(level="ok", told=told)


def note(told: str, remedy: str = "") -> Finding:
    """Nothing is broken, and it is worth knowing."""
    return Finding(level="note", told=told, remedy=remedy)


def broken(told: str, remedy: str) -> Finding:
    """Something that has to be mended."""
    return Finding(level="broken", told=told, remedy=remedy)


def of_error(error: AudioedError | str) -> Finding:
    """What an error of ours says: its sentence ends in a remedy, behind a semicolon."""
    told, _, remedy = str(error).rstrip(".").partition("; ")
    return broken(told, remedy)
