"""
Episodes taken back and brought again, step by step: each is whole after every single one.

One is taken back when its folder gets another place, and brought again when it gets its own; what is noted follows.
"""

from collections.abc import Iterable
from dataclasses import replace

from audioed.catalogue.identity import lasting
from audioed.catalogue.index import Entry, Lost, looked_at
from audioed.catalogue.removed import aside, going, note, removed, standing
from audioed.files import TEMPORARY, explained, remove
from audioed.model import Removed
from audioed.store import EPISODE, Store

HALF_WRITTEN = f"{TEMPORARY}*.json"


def settle(store: Store) -> None:
    """What a run that was killed left undone, whatever was taken back or brought again."""
    before = removed(store)
    noted = dict(before)
    for place, kept in ((aside(store), True), (going(store), False)):
        for name, *_ in place.finished():
            noted[name] = _told(noted.get(name) or looked_at(name, place), kept=kept)
    there = [name for name in store.names() if name in noted] if noted else []
    noted = standing(noted, (name for name in there if (store.episode_folder(name) / EPISODE).is_file()))
    if noted != before:
        note(noted, store)
    clear(store)
    if any(store.show_folder.glob(HALF_WRITTEN)):
        with store.lock("feed"):  # whoever writes into the show's folder holds it, or is alone with the show
            for path in store.show_folder.glob(HALF_WRITTEN):
                path.unlink(missing_ok=True)


def take_back(names: Iterable[str], store: Store, *, again: bool = False, kept: bool = True) -> None:
    """
    Take these episodes from among the others, or let go of those that were taken back already.

    What they read stays known, unless it may be read `again`; their files are `kept` until they are let go of.
    """
    noted = removed(store)
    for name in names:
        found = store if (store.episode_folder(name)).is_dir() else aside(store)
        known = noted.get(name) or _told(looked_at(name, found), kept=True)
        if found is store:
            store.forget(name)
        if found is store and aside(store).episode_folder(name).is_dir():  # it was copied back by hand
            _move(name, aside(store), going(store))
            clear(store)
        _move(name, found, aside(store) if kept else going(store))
        noted[name] = _told(known, kept=kept and known.kept)
        if again:
            noted[name] = replace(noted[name], sources=(), headlines=(), guid="")
    note(noted, store)
    clear(store)


def bring_back(name: str, store: Store) -> None:
    """Have an episode among the others again, as it was."""
    _move(name, aside(store), store)
    note(standing(removed(store), [name]), store)


def clear(store: Store) -> None:
    """Delete what was let go of."""
    folder = going(store).show_folder
    if folder.is_dir():
        with explained(folder):
            remove(folder)


def _move(name: str, here: Store, there: Store) -> None:
    """Move an episode's folder, which takes no time and is never half done."""
    source, target = here.episode_folder(name), there.episode_folder(name)
    if source.is_dir() and source != target:
        with explained(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)


def _told(known: Entry | Lost | Removed, *, kept: bool) -> Removed:
    """What is noted of an episode; of one that is let go of, by what its articles are known without their texts."""
    sources, headlines = (
        tuple(tuple(ids if kept else lasting(ids)) for ids in told) for told in (known.sources, known.headlines)
    )
    guid = "" if isinstance(known, Lost) else known.guid
    return Removed(name=known.name, number=known.number, sources=sources, headlines=headlines, guid=guid, kept=kept)
