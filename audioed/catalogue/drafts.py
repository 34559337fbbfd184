"""
Which editions are drafts: written, kept whole in a folder of their own, and not public until somebody approves them.

A draft has the name and the number that its episode will have, so no other may take them meanwhile, and what it reads
waits with it. One whose episode is there has been approved.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from audioed.catalogue.beside import number_in, sources_in
from audioed.errors import SchemaError, StoreError
from audioed.files import TEMPORARY, explained, read, remove
from audioed.model import Script
from audioed.store import EPISODE, Store

DRAFTS = "drafts"
WAS = ".was-"
"""Before the name of a draft, for the moment in which another version takes its place."""
LOCK = "drafts"
"""Whoever changes a draft, or a script that somebody edits, holds it, for a moment."""
SCRIPTS = ("script.json", "written.json")
"""Either tells what a draft is; the second where a hand has spoilt the first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the index tells of a draft."""

    name: str
    day: str
    number: int
    sources: tuple[tuple[str, ...], ...]
    """What each of its articles is known by."""
    headlines: tuple[tuple[str, ...], ...] = ()
    """What each is known by of which it says the title alone."""
    error: StoreError | None = None
    """Why it cannot be read; SchemaError where a newer audioed wrote it."""


def waiting(store: Store) -> Store:
    """Where the folders of drafts are, as a show of its own."""
    return replace(store, folder=f"{store.show_folder.name}/{DRAFTS}")


def folder_of(name: str, store: Store) -> Path | None:
    """The folder of a draft; None where there is no draft of this name, or its episode is there."""
    folder = waiting(store).episode_folder(name)
    there = any((folder / each).is_file() for each in SCRIPTS)
    return folder if there and not (store.episode_folder(name) / EPISODE).is_file() else None


def names(store: Store) -> tuple[str, ...]:
    """The names of all drafts, in their order."""
    return tuple(sorted(name for name in waiting(store).names() if folder_of(name, store)))


def drafts(store: Store) -> dict[str, Waiting]:
    """Every draft of a show, by name; of one that cannot be read, what the files beside its script tell."""
    return {name: _told(name, store) for name in names(store)}


def since(drafts: Mapping[str, Waiting]) -> str:
    """The day of the one that waits for longest; empty without any."""
    return min((each.day for each in drafts.values()), default="")


def summary(drafts: Mapping[str, Waiting]) -> tuple[str, ...]:
    """A sentence about how many wait, and since when; none without any."""
    if not drafts:
        return ()
    one = len(drafts) == 1
    many, which, them = ("1 draft waits", "", "it") if one else (f"{len(drafts):,} drafts wait", "the oldest ", "them")
    return (f"{many} for your approval, {which}since {since(drafts)}; `audioed drafts` names {them}.",)


def script_in(name: str, store: Store) -> bytes:
    """The script.json of the draft of this name, or of its episode, as it is now; empty where there is none."""
    path = (folder_of(name, store) or store.episode_folder(name)) / "script.json"
    return read(path) if path.is_file() else b""


def put(name: str, nouns: Mapping[str, object], store: Store, seen: bytes | None = None) -> bool:
    """
    A draft of these nouns, each under its name, in place of the one that there was: whole, or not at all.

    False, and nothing happens, where its script.json is not the one that was `seen`: a person changed it meanwhile.
    """
    folder = waiting(store).episode_folder(name)
    making, was = folder.with_name(f"{TEMPORARY}{uuid4().hex}"), folder.with_name(f"{WAS}{name}")
    with store.lock(LOCK), explained(folder):
        if seen is not None and script_in(name, store) != seen:
            return False
        try:
            for each, noun in nouns.items():
                store.save(noun, making / f"{each}.json")
            if folder.is_dir():
                folder.rename(was)
            making.rename(folder)
        finally:
            remove_all(making, was if folder.is_dir() else making)
    return True


def drop(name: str, store: Store) -> None:
    """A draft is gone; nothing happens where there is none."""
    if waiting(store).episode_folder(name).is_dir():
        with store.lock(LOCK):
            let_go(name, store)


def let_go(name: str, store: Store) -> None:
    """What `drop` does, for who has the lock."""
    folder = waiting(store).episode_folder(name)
    if not folder.is_dir():
        return
    with explained(folder):
        gone = folder.with_name(f"{TEMPORARY}{uuid4().hex}")
        folder.rename(gone)
        remove_all(gone)
        with suppress(OSError):  # others wait there
            folder.parent.rmdir()


def settle(store: Store) -> None:
    """What whoever was killed left undone: half-made drafts go, and so do those whose episode is there."""
    there = waiting(store).show_folder
    if not there.is_dir():
        return
    with store.lock(LOCK), explained(there):
        for was in there.glob(f"{WAS}*"):
            folder = was.with_name(was.name.removeprefix(WAS))
            if folder.is_dir():
                remove(was)
            else:
                was.rename(folder)
        remove_all(*there.glob(f"{TEMPORARY}*"))
    for name in waiting(store).names():
        if (store.episode_folder(name) / EPISODE).is_file():
            drop(name, store)


def remove_all(*paths: Path) -> None:
    """None of these is there."""
    for path in paths:
        if path.exists():
            remove(path)


def script_of(name: str, store: Store) -> Script:
    """What a draft says, as it was written where a hand has spoilt it; StoreError where neither can be read."""
    folder = waiting(store).episode_folder(name)
    try:
        return store.load(Script, folder / SCRIPTS[0])
    except StoreError as error:
        try:
            return store.load(Script, folder / SCRIPTS[1])
        except SchemaError:
            raise
        except StoreError:
            raise error from None


def _told(name: str, store: Store) -> Waiting:
    try:
        script = script_of(name, store)
    except StoreError as error:
        folder = waiting(store).episode_folder(name)
        number = number_in(folder / each for each in SCRIPTS)
        return Waiting(name, name[:10], number, sources_in(folder), error=error)
    edition = script.edition
    told = tuple(each.ids for each in edition.headlines)
    return Waiting(name, edition.day.isoformat(), edition.number, tuple(each.ids for each in script.sources), told)
