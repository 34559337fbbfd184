"""What a night sets out to make, written down before it begins: the next one knows what a stopped one still owes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from audioed import build, catalogue
from audioed.catalogue.identity import identified
from audioed.catalogue.index import Index
from audioed.errors import StoreError
from audioed.model import Article, Making
from audioed.place import Place
from audioed.store import Store

FILE = "making.json"


def intend(articles: Sequence[Article], day: date, place: Place) -> None:
    """Write down which edition is about to be made, and whether each of its articles is to have its own episode."""
    told = tuple(identified(each) for each in build.once(articles))
    alone = place.config.nightly.episodes == "both"
    place.store.save(Making(day=day, articles=told, alone=alone), _path(place.store))


def done(place: Place) -> None:
    """All that was intended is made."""
    if making := _read(place.store):
        place.store.save(replace(making, articles=()), _path(place.store))


def owed(place: Place, index: Index) -> tuple[Article, ...]:
    """
    Articles that are still to have their own episode: their edition is there, and wanted just that.

    One that ever had its own, as a draft or removed since, is owed nothing.
    """
    making = _read(place.store) if place.config.nightly.episodes == "both" else None
    if making is None or not making.alone:
        return ()
    if _edition(making, index, place.store) in {"", *index.removed}:
        return ()
    return tuple(each for each in making.articles if not catalogue.episode_of([each], index, place.store))


def is_made(place: Place, index: Index) -> bool:
    """Whether an edition is there that a night set out to make and was stopped before it could say so."""
    making = _read(place.store)
    return making is not None and bool(_edition(making, index, place.store))


def made_between(first: date, last: date, place: Place, index: Index) -> bool:
    """Whether the last night that set out to make an edition made it, on one of these days, however it ended."""
    making = _read(place.store)
    if making is None or not first <= making.day <= last:
        return False
    return not making.articles or bool(_edition(making, index, place.store))


def _edition(making: Making, index: Index, store: Store) -> str:
    return catalogue.episode_of(making.articles, index, store) if making.articles else ""


def _read(store: Store) -> Making | None:
    with suppress(StoreError):  # none yet, or one that a hand spoilt: nothing is owed
        return store.load(Making, _path(store))
    return None


def _path(store: Store) -> Path:
    return store.show_folder / FILE
