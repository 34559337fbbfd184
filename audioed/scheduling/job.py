"""What is to be done every night, in paths that hold wherever it is started from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audioed.model import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A night of a show, as a scheduler starts it."""

    show: str
    """Its title."""
    name: str
    """What schedulers call it: letters, digits and hyphens."""
    program: tuple[str, ...]
    """What is started: a path, and what makes it audioed."""
    arguments: tuple[str, ...]
    home: Path
    """The show's folder."""
    settings: Path
    """Its audioed.toml."""
    environment: Mapping[str, str]
    """What must be set for it; never a password."""
    secrets: tuple[str, ...]
    """Names of the variables that hold those."""
    extras: tuple[str, ...]
    """What is installed with audioed."""
    writes: tuple[Path, ...]
    """The folders that it writes to."""
    hour: int
    minute: int
    timezone: str
    """IANA name of the show's."""
    limit: Seconds
    """After which it hangs."""
    user: str
    umask: int | None
    """None for that of the system."""

    @property
    def package(self) -> str:
        """What is installed, as pip has it."""
        return f"audioed[{','.join(self.extras)}]" if self.extras else "audioed"

    @property
    def line(self) -> tuple[str, ...]:
        """What is started, in words of a command line."""
        return (*self.program, *self.arguments)
