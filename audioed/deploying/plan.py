"""What a deploy has to do: which files are sent, in which order, and which ones are removed at the end."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audioed import formats
from audioed.cache import Cache
from audioed.deploying.manifest import Manifest
from audioed.deploying.target import File, Target, is_part, ours
from audioed.errors import DeployError, StoreError
from audioed.files import TEMPORARY, content_hash, explained
from audioed.slugs import VERSION
from audioed.store import FEED, OLDER, PRIVATE, stamp_of

KIND = "hashes"
"""Of what is noted in the cache: which files were read, and their hashes, so that 10,000 recordings are read once."""
MOST_TOLD = 3
"""Files of strangers that are named."""
MOST_GONE = 3
"""Recordings that are removed unasked, or a third of them: more may mean that the disk with the show is not there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a deploy does, in this order."""

    groups: Sequence[Sequence[File]]
    """Files that are sent; those of a group in any order, a group only when those before it are there."""
    removed: Mapping[str, int]
    """Files that no feed and no page names any more, with their bytes."""
    adopted: Sequence[File]
    """Files that lie there as they should without the manifest knowing of it."""
    leftovers: Sequence[str]
    """What broken connections left half-sent."""

    @property
    def files(self) -> list[File]:
        """All that is sent, in order."""
        return [file for group in self.groups for file in group]

    @property
    def size(self) -> int:
        """Bytes that are sent."""
        return sum(file.size for file in self.files)


def is_published(folder: Path) -> bool:
    """Whether a show's public folder has anything for listeners: its feed, or those of single listeners."""
    return (folder / FEED).is_file() or (folder / PRIVATE).is_dir()


def public_files(folder: Path, cache: Cache, key: str) -> dict[str, File]:
    """Every file of a show's public folder, by name; what has not changed since it was last read is not read again."""
    noted = _noted(cache, key)
    found: dict[str, File] = {}
    fresh: dict[str, list[object]] = {}
    read: dict[tuple[int, int], str] = {}  # a thousand listeners may have links to one recording
    with explained(folder):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            half_made = any(part.startswith(TEMPORARY) for part in PurePosixPath(name).parts)
            if path.is_symlink() or not path.is_file() or half_made or ours(name):
                continue
            status = path.stat()
            stamp = list(stamp_of(status))
            known = noted.get(name)
            one = (status.st_dev, status.st_ino)
            if one not in read:
                read[one] = str(known[-1]) if known and known[:-1] == stamp else content_hash(path)
            fresh[name] = [*stamp, read[one]]
            found[name] = File(name, path, status.st_size, read[one])
    if not is_published(folder):
        raise StoreError(
            f"{folder}: there is no feed to be sent; make an episode, or run `audioed publish`.", path=folder
        )
    if fresh != noted:
        cache.note(KIND, key, json.dumps(fresh).encode())
    return found


def planned(
    local: Mapping[str, File], lie: Mapping[str, int], manifest: Manifest, target: Target, *, adopt: bool
) -> Plan:
    """
    What brings a target with these files to what the show's public folder has.

    What the manifest is sure of, and lies there as long as it says, is right. Of the rest, what may be right is
    compared byte by byte. DeployError where a file of a stranger has the name of one of ours, unless it may be
    replaced (`adopt`).
    """
    maybe, wanted = [], []
    for name, file in local.items():
        known = manifest.files.get(name)
        if known and known.sha256 and lie.get(name) == known.size:
            if known.sha256 != file.sha256:
                wanted.append(file)
        elif lie.get(name) == file.size:
            maybe.append(file)
        else:
            wanted.append(file)
    same = target.same(maybe) if maybe else set()
    wanted += [file for file in maybe if file.name not in same]
    strangers = sorted(file.name for file in wanted if file.name in lie and file.name not in manifest.files)
    if strangers and not adopt:
        more = f" and {len(strangers) - MOST_TOLD} more" if len(strangers) > MOST_TOLD else ""
        raise DeployError(
            f"{', '.join(strangers[:MOST_TOLD])}{more} lie at the target already, and audioed did not put them there; "
            "choose another folder, or replace them with `--adopt`.",
            target="",
        )
    removed = {
        name: lie[name]
        for name, known in sorted(manifest.files.items())
        if name not in local and name in lie and (not known.sha256 or known.size == lie[name])
    }
    return Plan(
        groups=ordered(wanted, lie),
        removed=removed,
        adopted=[file for file in maybe if file.name in same],
        leftovers=sorted(filter(is_part, lie)),
    )


def refuse_loss(removed: Iterable[str], local: Iterable[str]) -> None:
    """DeployError where so many recordings are gone here that somebody should look first."""
    gone, kept = (sum(map(_is_everybodys_recording, names)) for names in (removed, local))
    if gone > max(MOST_GONE, (gone + kept) // 3):
        raise DeployError(
            f"{gone} recordings of the target's {gone + kept} are not here any more; bring the output folder back, or "
            "have them removed with `--prune`.",
            target="",
        )


def _is_everybodys_recording(name: str) -> bool:
    return formats.of(name) is not None and not name.startswith(f"{PRIVATE}/")


def ordered(files: Iterable[File], lie: Mapping[str, int]) -> list[list[File]]:
    """
    These files in groups, so that whatever a feed at the target names is there at each instant.

    New recordings and pictures go first, then what lies beside them and pages. Then come the feeds: their older pages
    that are new, which none names yet, those that now name them, what the apps of listeners and sections fetch, and
    the show's own feed. Recordings that get other bytes under a name that they have already go last: the feed that lay
    there until then names the ones before.
    """
    groups: dict[int, list[File]] = {}
    for file in files:
        groups.setdefault(_rank(file.name, replaces=file.name in lie), []).append(file)
    return [sorted(groups[rank], key=lambda each: each.name) for rank in sorted(groups)]


def _rank(name: str, *, replaces: bool) -> int:
    path = PurePosixPath(name)
    if formats.of(name) or VERSION.search(name):
        return 8 if replaces else 0
    if path.suffix == ".xml":
        if OLDER.fullmatch(path.name):
            return 5 if replaces else 4
        return 7 if name == FEED else 6
    if path.suffix == ".html":
        return 3 if len(path.parts) == 1 else 2
    return 1


def _noted(cache: Cache, key: str) -> dict[str, list[object]]:
    try:
        noted: dict[str, list[object]] = json.loads(cache.noted(KIND, key) or b"{}")
    except (json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return noted
