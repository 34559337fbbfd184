"""
Which episodes a show has taken back: their files lie in a folder of their own, and what they read stays known.

Where the folder of an episode lies decides: among the others it is published, in `.removed/` it is not. What is noted
of it in `removed.json` follows from that, and can be made again (`audioed.removing`) while the folder is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from audioed.model import Removals, Removed
from audioed.store import Store

REMOVED = ".removed"
GOING = ".going"
FILE = "removed.json"


def aside(store: Store) -> Store:
    """Where the folders of episodes that were taken back are, as a show of its own."""
    return replace(store, folder=f"{store.show_folder.name}/{REMOVED}")


def going(store: Store) -> Store:
    """Where the folders of those are that are let go of, for as long as deleting them takes."""
    return replace(aside(store), folder=f"{aside(store).folder}/{GOING}")


def removed(store: Store) -> dict[str, Removed]:
    """What is noted of the episodes that were taken back, by name; StoreError where that cannot be read."""
    path = _file(store)
    return {each.name: each for each in store.load(Removals, path).episodes} if path.is_file() else {}


def note(noted: Mapping[str, Removed], store: Store) -> None:
    """Write what is noted."""
    store.save(Removals(episodes=tuple(noted[name] for name in sorted(noted))), _file(store))


def standing(noted: Mapping[str, Removed], published: Iterable[str]) -> dict[str, Removed]:
    """What holds of what is noted: an episode that is there again was brought back."""
    gone = noted.keys() - set(published)
    return {name: each for name, each in noted.items() if name in gone}


def _file(store: Store) -> Path:
    return store.show_folder / FILE
