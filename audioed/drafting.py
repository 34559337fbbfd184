"""An edition that waits until its author has heard it: written and kept as a draft, then approved or discarded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from audioed import build, producing
from audioed.build import Revision
from audioed.catalogue import Wish, drafts
from audioed.catalogue.identity import identified, lasting
from audioed.catalogue.index import Index, articles_in
from audioed.catalogue.removed import note, removed
from audioed.errors import StoreError
from audioed.model import Article, Episode, Removed, Script
from audioed.place import QUIET, Listener, Place
from audioed.scripting.chapters import titled_by_hand
from audioed.scripting.ids import identified as with_ids
from audioed.scripting.validate import validate as validate_script

SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition that is written and not public."""

    script: Script
    """What it would say, with what was changed by hand."""
    articles: tuple[Article, ...]
    folder: Path

    @property
    def name(self) -> str:
        """The name that its episode will have."""
        return self.folder.name

    @property
    def title(self) -> str:
        """The title that its episode will have."""
        return self.script.edition.title

    @property
    def day(self) -> date:
        """The day that its episode will have."""
        return self.script.edition.day


def draft(
    articles: Sequence[Article], wish: Wish, place: Place, listener: Listener = QUIET, *, spoken: bool = False
) -> Draft:
    """
    The edition of these articles, written and kept as a draft; `spoken`, its clips are there when it is approved.

    The same articles are the same draft again, with what was changed in its script.json, also meanwhile. StoreError
    where an episode reads them already.
    """
    with producing.alone(place, listener) as since:
        index = producing.recover(place, listener, wish.today)
        told = tuple(identified(article) for article in articles)
        beside, is_there = producing.numbered(build.once(told)), False
        while not is_there:
            listener.stage("write")
            script, fresh, seen = producing.script_for(told, wish, place, listener, index)
            script, name = with_ids(titled_by_hand(script)), script.edition.name
            _refuse_published(name, index, place)
            validate_script(script)
            if spoken:
                listener.stage("speak")
                build.speak(script, place, listener)
            nouns = {**beside, producing.WRITTEN: fresh, SCRIPT: script}
            is_there = drafts.put(name, nouns, place.store, None if wish.fresh else seen)
    if spoken:
        place.store.make_room(place.config.cache.size, since)
    return read(name, place)


def read(name: str, place: Place) -> Draft:
    """The draft of this name; StoreError where there is none, or none that can be read."""
    folder = drafts.folder_of(name, place.store)
    if not folder:
        there = drafts.names(place.store)
        known = f"name one of {', '.join(there)}" if there else "there are none; `audioed render --draft` makes one"
        raise StoreError(f"{name}: no such draft; {known}.", path=place.store.show_folder)
    return Draft(place.store.load(Script, folder / f"{SCRIPT}.json"), articles_in(folder), folder)


def approve(name: str, place: Place, listener: Listener = QUIET, today: date | None = None) -> Episode:
    """
    The episode of a draft, in the feed; the draft goes.

    Killed at any moment, there is the draft or the episode. One that was approved already is its episode.
    """
    with producing.alone(place, listener) as since:
        index = producing.recover(place, listener, today)
        if name in index.entries:
            return place.store.episode(name)
        seen = drafts.script_in(name, place.store)
        script = titled_by_hand(read(name, place).script)
        validate_script(script)
        _refuse_renamed(name, script)
        made = producing.produced(script, place, listener, Revision(producing.drafted(name, place), today, seen=seen))
    place.store.make_room(place.config.cache.size, since)
    return made


def discard(name: str, place: Place, listener: Listener = QUIET, *, for_good: bool = False) -> None:
    """
    A draft is gone, and what it reads may be read by another edition; or, `for_good`, is not read again.

    StoreError where there is no such draft.
    """
    with producing.alone(place, listener):
        producing.settle(place, listener)
        if not drafts.folder_of(name, place.store):
            read(name, place)
        if for_good:
            told = drafts.drafts(place.store)[name]
            sources, headlines = (tuple(map(lasting, each)) for each in (told.sources, told.headlines))
            known = Removed(name=name, number=told.number, sources=sources, headlines=headlines, kept=False)
            note({**removed(place.store), name: known}, place.store)
        drafts.drop(name, place.store)


def _refuse_published(name: str, index: Index, place: Place) -> None:
    if name in index.entries or name in index.lost:
        raise StoreError(
            f"{name}: reads these articles already; change its script.json and use `audioed correct {name}`.",
            path=place.store.episode_folder(name),
        )


def _refuse_renamed(name: str, script: Script) -> None:
    if script.edition.name != name:
        raise StoreError(
            f"{name}: its script.json calls it {script.edition.name!r}, but names cannot change; put {name!r} there.",
            path=Path(name),
        )
