"""
From articles to an episode in the feed: one build of a show at a time, safe to kill at any moment.

What a build that was killed left undone is put right by the next one, first of all.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from audioed import build, catalogue, keeping, mastering, removing, site, standing
from audioed.build import Revision
from audioed.catalogue import Wish, drafts, identity
from audioed.catalogue.index import Index, articles_in, read_index
from audioed.errors import MasteringError, PublishingError, ScriptError, StoreError
from audioed.model import Article, Episode, Script
from audioed.nouns import dump
from audioed.place import QUIET, Listener, Place
from audioed.scripting.chapters import titled_by_hand
from audioed.scripting.ids import identified
from audioed.scripting.validate import validate as validate_script
from audioed.store import EPISODE, FEED

if TYPE_CHECKING:
    from audioed.scripting.edits import Merged

WRITTEN = "written"
"""A script as audioed wrote it: what differs from it in script.json, a person changed."""


def script_for(
    articles: Sequence[Article], wish: Wish, place: Place, listener: Listener = QUIET, index: Index | None = None
) -> tuple[Script, Script, bytes]:
    """
    The script that a build of these articles would speak, with what a person changed in it, and as audioed writes it.

    And the script.json that a person may have changed, as it was read; empty where there is none. ScriptError where an
    edit has no place in it any more. Nothing is written.
    """
    known = index or read_index(place.store, keep=False)
    known.refuse_newer()
    read = build.once(articles)
    fresh = build.write(read, catalogue.edition_for(read, wish, known, place.store, articles), place)
    seen = drafts.script_in(fresh.edition.name, place.store)
    return (fresh if wish.fresh else with_edits(fresh, place, listener)), fresh, seen


def produce(articles: Sequence[Article], wish: Wish, place: Place, listener: Listener = QUIET) -> Episode:
    """
    From articles to an episode in the feed; each noun is kept as JSON in the episode's folder.

    Safe to start twice and to kill at any moment: the builds of a show wait for
    one another, so that no two take the same name or number, and finished clips
    are never spoken again. An episode that stands as they would make it is left as it is.
    """
    with alone(place, listener) as since:
        index = recover(place, listener, wish.today)
        told = tuple(identity.identified(article) for article in articles)
        request = standing.request(told, wish, place)
        replaced = place.store.aside()  # what was is let go of by the next build
        if not wish.fresh and not replaced and (stands := standing.standing(request, place)):
            return stands
        listener.stage("write")
        script, fresh, seen = script_for(told, wish, place, listener, index)
        beside = numbered(build.once(told))
        made = produced(script, place, listener, Revision({**beside, WRITTEN: fresh}, wish.today, seen=seen))
        if drafts.script_in(made.name, place.store) == dump(identified(script)):  # nobody changed it meanwhile
            standing.note(request, made, place)
    place.store.make_room(place.config.cache.size, since)
    return made


def rebuild(script: Script, place: Place, listener: Listener = QUIET, today: date | None = None) -> Episode:
    """From an edited script to its episode in the feed, in place of the one that it had until today."""
    validate_script(script)
    script = titled_by_hand(script)
    with alone(place, listener) as since:
        recover(place, listener, today)
        seen = drafts.script_in(script.edition.name, place.store)
        made = produced(script, place, listener, Revision(drafted(script.edition.name, place), today, seen=seen))
    place.store.make_room(place.config.cache.size, since)
    return made


def mend(place: Place, listener: Listener = QUIET, today: date | None = None) -> Index:
    """What `recover` does and gives, once no other build of the show is at work: the first thing that a run does."""
    with alone(place, listener):
        return recover(place, listener, today)


def recover(place: Place, listener: Listener = QUIET, today: date | None = None) -> Index:
    """
    What a build that was killed left undone: an episode half replaced is what it was, and the feed tells of all others.

    What apps may no longer ask for today is let go of. Gives the index of the episodes. Called where no other build of
    the show is at work.
    """
    settle(place, listener)
    if not ((place.store.public / FEED).exists() or any(True for _ in place.store.finished())):
        return read_index(place.store, keep=False)  # of drafts alone
    index = build.published(place, listener, anew=False)[1]
    if today and _lapsed(index, place, today):
        index = build.published(place, listener, anew=False)[1]
    return index


def settle(place: Place, listener: Listener = QUIET) -> None:
    """The part of `recover` that needs no feed: nothing that a show is made of can keep it from being done."""
    removing.settle(place.store)
    drafts.settle(place.store)
    for name in place.store.aside():
        try:
            place.store.put_back(name)
        except StoreError as error:  # half-deleted: the episode stays what it is
            listener.left_out(name, str(error))


def _lapsed(index: Index, place: Place, today: date) -> bool:
    """Whether there were earlier files that apps may no longer ask for; they are known no longer."""
    found, keep_old = False, place.config.publishing.keep_old
    last = (today - timedelta(keeping.days_of(keep_old))).isoformat()
    for name in [each.name for each in index.entries.values() if "" < each.lapses <= last]:
        episode = place.store.episode(name)
        kept = keeping.standing(episode.earlier, today, keep_old)
        if kept != episode.earlier:
            place.store.save(replace(episode, earlier=kept), place.store.episode_folder(name) / EPISODE)
            found = True
    return found


@contextmanager
def alone(place: Place, listener: Listener = QUIET) -> Iterator[float]:
    """
    No other build of the show is at work; the listener hears of it where one has to be waited for.

    Gives the moment since when (POSIX time); what the cache has stays for as long.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(place.store.lock("build", wait=False))
        except StoreError:
            listener.stage("wait for another build of the show")
            stack.enter_context(place.store.lock("build"))
        yield stack.enter_context(place.store.cache.at_work())


def with_edits(fresh: Script, place: Place, listener: Listener) -> Script:
    """The script with what a person changed in the one on disk; ScriptError where that has no place in it any more."""
    draft = drafts.folder_of(fresh.edition.name, place.store)
    folder = draft or place.store.episode_folder(fresh.edition.name)
    disk, wrote = folder / "script.json", folder / f"{WRITTEN}.json"
    if not disk.is_file():
        return fresh
    try:
        pristine = place.store.load(Script, wrote) if wrote.is_file() else None
        found = merged(pristine, place.store.load(Script, disk), fresh)
    except StoreError as error:
        if not draft and not (folder / EPISODE).is_file():
            return fresh  # of a build that never came to its end
        raise ScriptError(
            f"{str(error).rstrip('.')}; or start again with --fresh (in Python, fresh=True) to write it from scratch."
        ) from error
    if found.lost:
        raise ScriptError(
            f"{disk}: {len(found.lost)} of its edits {'has' if len(found.lost) == 1 else 'have'} no match in the new "
            f"text, the first being {found.lost[0]}; start again with --fresh (in Python, fresh=True) to discard them.",
            text=found.lost[0],
        )
    listener.edits(found.kept, found.doubted)
    return found.script


def merged(pristine: Script | None, edited: Script, fresh: Script) -> "Merged":
    """The fresh script with what was changed by hand since the pristine one, promos of the show's own included."""
    from audioed.promos import placing
    from audioed.scripting import edits

    bare = placing.parted(pristine)[0] if pristine else None
    found = edits.merged(bare, placing.parted(edited)[0], placing.parted(fresh)[0])
    return replace(found, script=placing.carried(found.script, pristine, edited, fresh))


def drafted(name: str, place: Place) -> dict[str, Article | Script]:
    """What the draft of this name keeps beside its script, which its episode's folder gets; nothing without one."""
    folder = drafts.folder_of(name, place.store)
    if not folder:
        return {}
    wrote = folder / f"{WRITTEN}.json"
    pristine = {WRITTEN: place.store.load(Script, wrote)} if wrote.is_file() else {}
    return {**numbered(articles_in(folder)), **pristine}


def numbered(articles: Sequence[Article]) -> dict[str, Article | Script]:
    """The articles of an episode, each under the name that it has in its folder."""
    return {f"article-{number}": article for number, article in enumerate(articles, start=1)}


def produced(script: Script, place: Place, listener: Listener, revision: Revision) -> Episode:
    """
    The episode of a script in the feed, by whoever is alone with the show.

    The nouns of an episode that is published already stay those of its recording until there is a new one.
    """
    mastering.validate_cover(place.config.show, place.store)
    folder = place.store.episode_folder(script.edition.name)
    is_new = not (folder / EPISODE).is_file()
    if is_new:
        build.keep({"script": script, **revision.beside}, folder, place)
    if revision.seen is None or (is_new and not drafts.folder_of(script.edition.name, place.store)):
        revision = replace(revision, seen=drafts.script_in(script.edition.name, place.store))
    listener.stage("speak")
    with ThreadPoolExecutor(1, thread_name_prefix="prepare") as meanwhile:
        prepared = meanwhile.submit(build.prepare, script, place)
        meanwhile.submit(site.prepare, place.store)
        speech = build.speak(script, place, listener, revision.spoken)
    if is_new:
        build.keep({"speech": speech}, folder, place)
    listener.stage("master")
    earlier = place.store.aside()
    try:
        episode, before = build.mastered(speech, place, listener, prepared.result(), revision)
    except MasteringError as error:
        if not error.clip:
            raise
        speech = build.respoken(speech, place, listener, revision.spoken)
        episode, before = build.mastered(speech, place, listener, None, revision)
    listener.stage("publish")
    if episode.name not in build.publish(place, listener, anew=False).episodes:
        raise PublishingError(
            f"{episode.name}: was not added to the feed; the lines above say why.",
            episode=episode.name,
            rule="admission",
        )
    if before and before != episode:
        listener.replaced(before)
    # only now that the feed names the new audio may the old go, and what the builds before replaced
    for name in earlier:
        if name != episode.name or before == episode:
            place.store.forget(name)
    place.store.sweep(episode.name, *((episode, before) if before else ()))
    return episode
