"""What has a show built every night: files for cron, systemd, Windows, macOS, GitHub Actions and Docker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from audioed.errors import ConfigError
from audioed.model import Seconds
from audioed.scheduling import containers, github, launchd, posix, windows
from audioed.scheduling.job import Job

Kind: TypeAlias = Literal["cron", "systemd", "launchd", "windows", "github", "docker"]
KINDS: Mapping[Kind, Callable[[Job], dict[str, str]]] = {
    "cron": posix.cron,
    "systemd": posix.systemd,
    "launchd": launchd.agent,
    "windows": windows.task,
    "github": github.workflow,
    "docker": containers.image,
}
"""Each gives what to write: names of files, and the text of each; what to do with it stands in its first lines."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a schedule."""

    name: str
    text: str


def schedule(kind: Kind, job: Job) -> tuple[File, ...]:
    """The files that have this job done every night; ConfigError for a path that none of them can hold."""
    for path in (job.home, job.settings, *job.writes, *map(Path, job.program)):
        if any(ord(sign) < ord(" ") or sign == "\x7f" for sign in str(path)):
            raise ConfigError(
                f"{str(path)!r} has a character that schedules cannot contain; rename it.", key="schedule"
            )
    return tuple(File(name, text) for name, text in KINDS[kind](job).items())


def longest(minutes: float, articles: int) -> Seconds:
    """After which a night hangs: all that it may spend on reading, ten minutes an article, and half an hour."""
    return round(60 * minutes + 600 * articles + 1800)
