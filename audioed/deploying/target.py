"""What every place that a show is published at can do, whatever protocol it speaks."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from audioed import plugins
from audioed.config import Target as Settings
from audioed.errors import ConfigError, ConnectionLost, DeployError

GROUP = "audioed.targets"
"""Entry point group; the kinds that ship with audioed are declared in it like anyone else's."""
MARK = "_audioed"
"""
How the names begin of what audioed keeps at a target for itself: its lock, its manifest, files half-sent.

No dot, since some servers do not list what begins with one.
"""
PART = ".part"
EXAMPLES = {
    "sftp": "sftp://jane@example.com/var/www",
    "ssh": "ssh://jane@example.com/var/www",
    "s3": "s3://bucket/podcasts",
    "https": "https://example.com/dav/podcasts",
}
"""An address, by its scheme; whatever else stands there may be a secret, and is not repeated."""
PORTION = 262_144
"""Bytes that are read and sent at once."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the show's public folder."""

    name: str
    """Its path in that folder, with slashes."""
    path: Path
    size: int
    sha256: str
    """In hexadecimal."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a target is, as the show has set it."""

    name: str
    """Of the table in audioed.toml."""
    settings: Settings
    folder: str
    """The show's folder below the address; all that is sent goes there."""
    home: Path
    """Folder of audioed.toml."""
    password: Callable[[], str]
    """Asks the environment and the keyring for it; empty where there is none."""


class Watcher:
    """Hears how the sending goes on; this one keeps it to itself."""

    def sent(self, count: int) -> None:
        """So many bytes more have been sent."""

    def done(self, file: File) -> None:
        """This file lies at the target, whole and verified."""


class Target(Protocol):
    """
    A place to publish at, seen from the show's folder there.

    Whatever a connection that breaks off leaves undone raises ConnectionLost, and may be asked again on the same
    target; anything else that fails raises DeployError, and would fail again.
    """

    def names(self) -> dict[str, int]:
        """Every file in the show's folder, by its path there, and its bytes; none where there is no folder yet."""
        ...

    def read(self, name: str) -> Iterator[bytes]:
        """What a file holds; FileNotFoundError where there is none."""
        ...

    def same(self, files: Sequence[File]) -> set[str]:
        """The names of those that lie there with just these bytes."""
        ...

    def put(self, files: Sequence[File], watcher: Watcher) -> None:
        """
        Put these files there, each whole or not at all, and verified.

        One that has the name is replaced in an instant. The watcher hears of each that is done.
        """
        ...

    def claim(self, file: File) -> bool:
        """Put this file there if its folder holds none yet; whether that was so. Of two at once, one gets it."""
        ...

    def remove(self, names: Sequence[str]) -> None:
        """Remove these files, and folders that are empty then; one that is gone already is no fault."""
        ...

    def finish(self) -> str:
        """Called when all is there: what remains to be done, such as a commit; what was done, or nothing."""
        ...

    def close(self) -> None:
        """Let go of the connection; may be called twice."""
        ...


class OneByOne(ABC):
    """A target at which each file is sent under a temporary name, read back, and then given its own."""

    def put(self, files: Sequence[File], watcher: Watcher) -> None:
        """Each in its turn; one that a broken connection left half-sent is continued where the protocol can."""
        for file in files:
            folder = PurePosixPath(file.name).parent
            temporary = str(folder / f"{MARK}-{file.sha256[:20]}{PART}")
            self.upload(temporary, file, watcher.sent)
            if self.digest(temporary) != file.sha256:
                self.remove([temporary])
                raise ConnectionLost(f"{file.name} arrived damaged; it is sent again.", target="")
            self.rename(temporary, file.name)
            watcher.done(file)

    def same(self, files: Sequence[File]) -> set[str]:
        """Those that hold these bytes when they are read back."""
        return {file.name for file in files if self.digest(file.name) == file.sha256}

    def digest(self, name: str) -> str:
        """SHA-256 of what lies there, in hexadecimal; empty where there is nothing."""
        found = hashlib.sha256()
        try:
            for portion in self.read(name):
                found.update(portion)
        except FileNotFoundError:
            return ""
        return found.hexdigest()

    def finish(self) -> str:
        """Nothing remains to be done."""
        return ""

    @abstractmethod
    def read(self, name: str) -> Iterator[bytes]:
        """What a file holds; FileNotFoundError where there is none."""

    @abstractmethod
    def upload(self, name: str, file: File, sent: Callable[[int], None]) -> None:
        """Write this file under another name, in a folder that is made where it is missing."""

    @abstractmethod
    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in place of what has it."""

    @abstractmethod
    def remove(self, names: Sequence[str]) -> None:
        """Remove these files, and folders that are empty then."""


def load(destination: Destination) -> Target:
    """The target of these settings; DeployError where no package offers its kind."""
    refusal = partial(DeployError, target=destination.name)
    found: Target = plugins.load(GROUP, destination.settings.kind, refusal, lambda made: made(destination))
    return found


def ours(name: str) -> bool:
    """Whether audioed keeps a file of this name at targets for itself."""
    return any(part.startswith(MARK) for part in PurePosixPath(name).parts)


def is_part(name: str) -> bool:
    """Whether a file of this name was half-sent."""
    last = PurePosixPath(name).name
    return last.startswith(f"{MARK}-") and last.endswith(PART)


@dataclass(frozen=True, slots=True)
class Location:
    """A folder on a host."""

    host: str
    port: int | None
    user: str
    path: str


def located(destination: Destination, *schemes: str) -> Location:
    """The host and the folder that an address such as `sftp://jane@example.com/var/www` names; `/~/` is the home."""
    address = destination.settings.address
    key = f"targets.{destination.name}.address"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in schemes or not parts.hostname:
        raise ConfigError(f"{key}: is not an address of this kind; write one such as {EXAMPLES[schemes[0]]}.", key=key)
    path = unquote(parts.path).removeprefix("/~/") or "."
    user = destination.settings.user or unquote(parts.username or "")
    if parts.hostname.startswith("-") or user.startswith("-"):  # programs would take it for an option
        raise ConfigError(f"{key}: no host and no user begins with a hyphen; correct it.", key=key)
    return Location(parts.hostname, port, user, path)


def missing_extra(name: str, extra: str) -> DeployError:
    """What is told where the library of a kind of target is not installed."""
    return DeployError(
        f'the target {name!r} needs a library that is not installed; run `python -m pip install "audioed[{extra}]"`.',
        target=name,
    )
