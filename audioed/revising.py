"""What is done with an episode that listeners have: it is corrected, taken back, brought again, or grows too old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audioed import build, catalogue, keeping, producing, removing
from audioed.build import Revision
from audioed.catalogue import drafts
from audioed.catalogue.identity import certain, identified, likely
from audioed.catalogue.index import Index, looked_at, read_index
from audioed.catalogue.removed import aside
from audioed.errors import ScriptError, StoreError
from audioed.model import Article, Edition, Episode, Script
from audioed.place import QUIET, Listener, Place
from audioed.scripting.chapters import titled_by_hand
from audioed.scripting.validate import validate as validate_script


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an episode is to be corrected."""

    today: date
    notice: str | None = None
    """Said first, in place of an earlier notice; where empty none is said, and None leaves what there is."""
    note: str = ""
    """Shown with its day; the notice where empty, and without one, that something was corrected."""
    script: Script | None = None
    """What it is to say; by default what its script.json has."""
    articles: Sequence[Article] = ()
    """What it is to read instead."""
    fresh: bool = False
    """Whether what a person changed in its script.json is discarded."""


def correct(name: str, wanted: Wanted, place: Place, listener: Listener = QUIET) -> Episode:
    """
    An episode made anew, in place of the one of before: its GUID, day, number and name stay.

    ScriptError for the script of another episode, or one that has another day or number.
    """
    with producing.alone(place, listener) as since:
        producing.recover(place, listener, wanted.today)
        known = place.store.episode(name)
        listener.stage("write")
        seen = drafts.script_in(known.name, place.store)
        script, beside = _script(known, wanted, place, listener)
        if wanted.notice is not None:
            script = build.with_notice(script, wanted.notice, place)
        validate_script(script)
        revision = Revision(beside, wanted.today, wanted.note or wanted.notice or "", seen=seen)
        made = producing.produced(script, place, listener, revision)
    place.store.make_room(place.config.cache.size, since)
    return made


def remove(name: str, place: Place, listener: Listener = QUIET, *, again: bool = False, for_good: bool = False) -> None:
    """
    Take an episode from feed and page, or let go of one that was taken from there.

    What it read is not read again by a nightly build, unless it may be `again`. Its files are kept, so that it can be
    restored, unless it is gone `for_good`. StoreError where there is no such episode.
    """
    with producing.alone(place, listener):
        index = _settled(place, listener)
        if not index.known(name):
            raise _unknown(name, place)
        removing.take_back([name], place.store, again=again, kept=not for_good)
        build.publish(place, listener, anew=False)


def restore(name: str, place: Place, listener: Listener = QUIET) -> Episode:
    """
    Bring back an episode that was removed, as it was; one that is there stays as it is.

    StoreError where there is none of this name, or where another episode reads its articles by now.
    """
    with producing.alone(place, listener):
        index = _settled(place, listener)
        if name in index.entries:
            return place.store.episode(name)
        _refuse_restored(name, index, place)
        removing.bring_back(name, place.store)
        if name not in build.publish(place, listener, anew=False).episodes:
            listener.left_out(name, f"{name}: is there again, and not in the feed; the lines above say why.")
        return place.store.episode(name)


def retain(place: Place, today: date, made: str = "", listener: Listener = QUIET) -> tuple[str, ...]:
    """
    Notes on the episodes that are older than what the show keeps: they are deleted, and what they read stays known.

    The one that was `made` in this run stays. Where many would go at once, a date or a setting may be wrong, and none
    is deleted: a note says what the user can do.
    """
    config = place.config.publishing
    if keeping.lasting(config.keep, config.older):
        return ()
    with producing.alone(place, listener):
        entries = read_index(place.store).newest_first
        kept = keeping.listed([each.day for each in entries], config.keep, today)
        names = tuple(each.name for each in entries[kept:] if each.name != made)
        if keeping.many(len(names), len(entries)):
            told = (
                f"{len(names)} of {len(entries)} episodes are older than what the show keeps ({config.keep}), and none "
                f"was deleted, because these are many for one night; if they are to go, take them back with `audioed "
                f"remove --for-good`, the oldest being {names[-1]}, or else let [publishing] keep more."
            )
            return (told,)
        if names:
            removing.take_back(names, place.store, kept=False)
            build.publish(place, listener, anew=False)
    return tuple(f"{name} is older than what the show keeps, and was deleted." for name in names)


def _script(
    known: Episode, wanted: Wanted, place: Place, listener: Listener
) -> tuple[Script, dict[str, Article | Script]]:
    """What a corrected episode is to say, and what is kept beside it."""
    folder = place.store.episode_folder(known.name)
    if wanted.articles:
        articles = build.once([identified(each) for each in wanted.articles])
        read = {one for each in articles for one in (*certain(each.ids), *likely(each.ids))}
        told = Edition(
            show=place.store.show,
            day=known.day,
            title=catalogue.title_of(articles),
            name=known.name,
            number=known.number,
            headlines=tuple(each for each in known.headlines if read.isdisjoint(each.ids)),
        )
        fresh = build.write(articles, told, place)
        script = fresh if wanted.fresh else producing.with_edits(fresh, place, listener)
        return script, {**producing.numbered(articles), producing.WRITTEN: fresh}
    script = titled_by_hand(wanted.script or place.store.load(Script, folder / "script.json"))
    edition = script.edition
    if (edition.name, edition.day, edition.number) != (known.name, known.day, known.number):
        raise ScriptError(
            f"the script is that of {edition.name}, number {edition.number} of {edition.day}, and a correction keeps "
            f"name, number and day of {known.name}; use its own script, or `audioed render` where these are to change.",
            text=edition.title,
        )
    return script, {}


def _settled(place: Place, listener: Listener) -> Index:
    """The episodes, once what a killed build left undone is; a feed that cannot be published keeps none of them."""
    producing.settle(place, listener)
    index = read_index(place.store)
    index.refuse_newer()
    return index


def _unknown(name: str, place: Place) -> StoreError:
    return StoreError(
        f"{name}: no such episode; name one of those in {place.store.show_folder}.",
        path=place.store.episode_folder(name),
    )


def _refuse_restored(name: str, index: Index, place: Place) -> None:
    folder = aside(place.store).episode_folder(name)
    if not folder.is_dir():
        kept = sorted(each.name for each in index.removed.values() if each.kept)
        if name in index.removed:
            why = "was removed for good; render its articles again after `audioed remove --again`"
        else:
            why = f"is no removed episode; restore one of {', '.join(kept)}" if kept else "is no removed episode"
        raise StoreError(f"{name}: {why}.", path=folder)
    if index.removed[name].sources:  # nothing could be made of its articles meanwhile
        return
    sources = looked_at(name, aside(place.store)).sources
    for each in (one for ids in sources for one in certain(ids)):
        places = ((index.entries.get(there), place) for there, place in index.voiced.get(each, ()))
        other = next((one for one, place in places if one and place <= len(one.sources)), None)
        if other and len(other.sources) == len(sources):
            raise StoreError(f"{name}: its article is read by {other.name} by now; remove that one first.", path=folder)
