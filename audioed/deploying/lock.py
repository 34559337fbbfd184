"""One deploy at a time: a lock at the target, which a deploy that was killed does not keep for ever."""

import hashlib
import json
import socket
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioed.deploying.manifest import loose
from audioed.deploying.target import MARK, File, Target, Watcher
from audioed.errors import DeployError
from audioed.model import Seconds

NAME = f"{MARK}-lock/owner.json"
LEASE: Seconds = 3600
"""For which a lock is somebody's who does not renew it; clocks of machines differ by less."""
RENEWED: Seconds = 300
"""A lock is renewed when it is so old."""


@dataclass(slots=True)
class Lock:
    """Whose turn it is at a target."""

    target: Target
    name: str
    """The target's, for what is told."""
    scratch: Path
    owner: str
    """Who takes it: the same after a deploy that was killed, of which no second one runs here."""
    clock: Callable[[], float] = time.time
    _since: float = 0.0

    def take(self) -> None:
        """The lock is ours; DeployError while another machine's deploy has it."""
        if self.target.claim(self._file()):
            return
        told = self._told()
        if told.get("owner") != self.owner and self.clock() < _until(told):
            raise DeployError(
                f"another deploy to {self.name!r} is at work; start this one when it has ended. If it was killed, its "
                "lock ends within an hour.",
                target=self.name,
            )
        self.target.put([self._file()], Watcher())

    def renew(self) -> None:
        """It stays ours, as often as this is called in time; DeployError where another deploy has taken it over."""
        if self._told().get("owner") != self.owner:
            raise DeployError(
                f"another deploy to {self.name!r} has begun meanwhile; this one stops before it changes the feed.",
                target=self.name,
            )
        if self.is_old:
            self.target.put([self._file()], Watcher())

    @property
    def is_old(self) -> bool:
        """Whether it should be renewed."""
        return self.clock() - self._since > RENEWED

    def release(self) -> None:
        """Others may have it; one that another deploy has taken over stays theirs."""
        if self._told().get("owner") == self.owner:
            self.target.remove([NAME])

    def _file(self) -> File:
        self._since = self.clock()
        told = {"owner": self.owner, "until": round(self._since + LEASE)}
        return loose(self.scratch, NAME, json.dumps(told).encode())

    def _told(self) -> dict[str, object]:
        try:
            told = json.loads(b"".join(self.target.read(NAME)))
        except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
            return {}
        return told if isinstance(told, dict) else {}


def owner(folder: Path) -> str:
    """Who this machine is, when it sends the show in this folder."""
    named = f"{socket.gethostname()} {uuid.getnode()} {folder.absolute()}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _until(told: Mapping[str, object]) -> float:
    until = told.get("until")
    return float(until) if isinstance(until, int | float) else 0.0
