"""
What audioed has put at a target: the manifest that it keeps there.

It lies in a folder with an unguessable name, since it names the folders of private feeds. Each deploy adds a leaf,
`<first>-<last>-<sha256>.json`, which tells what that deploy changed; the leaf's name proves its content. A leaf
that is not much smaller than the one before is merged with it, so that there are few of them, and one more episode
adds a small one however many there are.
"""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from audioed.deploying.target import MARK, File, Target, Watcher
from audioed.errors import ConnectionLost

FORM = 1
"""Raised when a leaf is written in another way."""
FOLDER = re.compile(rf"{re.escape(MARK)}-[0-9a-f]{{32}}")
LEAF = re.compile(r"(\d+)-(\d+)-([0-9a-f]{64})\.json")
GROWTH = 2
"""How many times as long as a new leaf the one before has to be to stay by itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file at the target."""

    size: int
    sha256: str
    """Empty where a deploy began to send or to remove it, and did not come to its end."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What some deploys in a row changed: file names with what is known of them, or None for those removed."""

    first: int
    last: int
    name: str
    length: int
    files: Mapping[str, Known | None]


@dataclass(slots=True)
class Manifest:
    """What audioed has put at a target, by file name."""

    folder: str
    leaves: list[Leaf] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    """Files of leaves that others contain, or that are damaged."""
    damaged: bool = False
    """Whether some of it is lost: what it says is then only good for telling what is audioed's."""
    files: dict[str, Known] = field(default_factory=dict)

    def doubt(self) -> None:
        """Nothing is sure any more but that these files are audioed's; what lies there is compared."""
        self.files = {name: Known(known.size, "") for name, known in self.files.items()}

    def add(self, changes: Mapping[str, Known | None], target: Target, scratch: Path) -> None:
        """Tell at the target what has changed, or is about to; what is told before is merged or stays."""
        if self.damaged:
            changes = {**self.files, **changes}
        if not changes:
            return
        leaves, superseded, told = list(self.leaves), list(self.superseded), dict(changes)
        first = last = leaves[-1].last + 1 if leaves else 1
        data = _written(told)
        while leaves and leaves[-1].length < GROWTH * len(data):
            before = leaves.pop()
            superseded.append(before.name)
            first, told = before.first, {**before.files, **told}
            if not leaves:
                told = {name: known for name, known in told.items() if known}
            data = _written(told)
        name = f"{self.folder}/{first}-{last}-{sha256(data).hexdigest()}.json"
        target.put([loose(scratch, name, data)], Watcher())
        self.leaves, self.superseded, self.damaged = (
            [*leaves, Leaf(first, last, name, len(data), told)],
            superseded,
            False,
        )
        for each, known in changes.items():
            if known:
                self.files[each] = known
            else:
                self.files.pop(each, None)
        with suppress(ConnectionLost):  # they are known as such, and go the next time
            target.remove(superseded)
            self.superseded = []


def read_manifest(names: Iterable[str], target: Target) -> Manifest:
    """The manifest at a target that has these files; an empty one in a new folder where there is none."""
    lie: dict[str, list[tuple[int, int, str]]] = {}
    for name in names:
        path = PurePosixPath(name)
        if len(path.parts) == 2 and FOLDER.fullmatch(path.parts[0]) and (named := LEAF.fullmatch(path.name)):  # noqa: PLR2004
            lie.setdefault(path.parts[0], []).append((int(named[1]), -int(named[2]), name))
    found = Manifest(folder=max(lie, key=lambda each: len(lie[each]), default=f"{MARK}-{secrets.token_hex(16)}"))
    end = 0
    for first, negative, name in sorted(lie.get(found.folder, ())):
        last = -negative
        leaf = _leaf(target, name, first, last)
        if leaf is None:
            found.superseded.append(name)
            continue
        if last <= end:
            found.superseded.append(name)  # a merged one contains it; a deploy was killed before it went
            continue
        found.damaged |= first != end + 1
        end = last
        found.leaves.append(leaf)
        for each, known in leaf.files.items():
            if known:
                found.files[each] = known
            else:
                found.files.pop(each, None)
    found.damaged |= bool(found.superseded) and not found.leaves
    if found.damaged:
        found.doubt()
        found.superseded += [leaf.name for leaf in found.leaves]
        found.leaves = []
    return found


def loose(scratch: Path, name: str, data: bytes) -> File:
    """A file of ours, which no public folder holds, to be sent."""
    path = scratch / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return File(name, path, len(data), sha256(data).hexdigest())


def _leaf(target: Target, name: str, first: int, last: int) -> Leaf | None:
    """What this leaf tells; None where it is not what its name says, or of another form."""
    data = b"".join(target.read(name))
    if f"-{sha256(data).hexdigest()}." not in name:
        return None
    told = json.loads(data)
    if told["form"] != FORM:
        return None
    files = {each: Known(*known) if known else None for each, known in told["files"].items()}
    return Leaf(first, last, name, len(data), files)


def _written(files: Mapping[str, Known | None]) -> bytes:
    told = {name: [known.size, known.sha256] if known else None for name, known in sorted(files.items())}
    return json.dumps({"form": FORM, "files": told}, ensure_ascii=False, separators=(",", ":")).encode()
