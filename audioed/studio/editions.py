"""The front page: which editions there are, and how each stands."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audioed import drafting
from audioed.catalogue import drafts
from audioed.catalogue.index import Entry, Index, read_index
from audioed.characters import line
from audioed.edition.length import seconds
from audioed.edition.order import TONIGHT
from audioed.errors import AudioedError, StoreError, StudioError
from audioed.model import Script, Speech, Stored
from audioed.promos.library import PromoStanding
from audioed.queue import QUEUE
from audioed.runs import last
from audioed.status import Failing, Standing, status
from audioed.store import EPISODE, Store
from audioed.studio.desk import settings_of, stamps
from audioed.studio.script import Named, State, version
from audioed.voices.cards import lexicons

if TYPE_CHECKING:
    from audioed.studio.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Stored):
    """A part of the list of editions."""

    first: int = 0
    """How many stand before it."""
    most: int = 100
    """How many are wanted, at most 500."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edition in the list."""

    name: str
    state: State
    title: str
    day: str = ""
    """Empty where nobody knows."""
    number: int = 0
    minutes: float | None = None
    """About how long a draft is; None of others."""
    corrections: int = 0
    """How often listeners were told of something put right."""
    problem: str = ""
    """Why it is not in the feed; empty where it is, or is not meant to be."""
    is_making: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Editions, drafts first, then the newest."""

    total: int
    editions: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Stored):
    """The show as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The show, and how it stands."""

    title: str
    folder: str
    feed: str
    """The address of its feed."""
    language: str
    is_reviewed: bool
    """Whether nights stop at drafts."""
    targets: tuple[str, ...]
    deploy: str
    """The target that it is sent to when something is approved; empty for none."""
    first: str
    """The edition that the studio was opened with; empty for none."""
    episodes: int
    drafts: int
    removed: int
    night: str
    """The day of the last night; empty where nothing tells it."""
    notes: tuple[str, ...]
    """What it said."""
    failing: tuple[Failing, ...]
    """Sources that fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promos:
    """Promos of the show's own."""

    promos: tuple[PromoStanding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarding(Stored):
    """A draft that is to go."""

    edition: str
    for_good: bool = False
    """Whether no nightly build reads its articles again, either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Stored):
    """An article to be made a draft."""

    article: str
    """Its address, or a file in the show's folder."""
    title: str = ""
    """Of the edition; the article's where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, to which edition."""

    edition: str
    told: str


MOST = 500
SCRIPT = "script.json"
OWN = frozenset({".toml", ".tsv"})
"""Settings, choices, phrases, voice cards and lexicons, which are no articles."""


def listed(desk: "Desk", asked: Listing) -> Listed:
    """All editions of the show: drafts first, then episodes from the newest on, then removed ones."""
    if not (asked.first >= 0 and 0 <= asked.most <= MOST):
        raise StudioError(f"Ask for at most {MOST} editions at once.")
    store = desk.store
    index = read_index(store, keep=False)
    names = [*index.drafts, *(each.name for each in index.newest_first), *index.lost]
    names += [name for name, each in index.removed.items() if each.kept]
    wanted = names[asked.first : asked.first + asked.most]
    return Listed(total=len(names), editions=tuple(_row(name, index, desk) for name in wanted))


def about(desk: "Desk", _asked: Whole) -> About:
    """How the show stands, and what its last night reported."""
    show, store = desk.show, desk.store
    index, night = read_index(store, keep=False), last(store)
    standing = _standing(desk)
    return About(
        title=show.config.show.title,
        folder=str(show.folder),
        feed=standing.feed if standing else "",
        language=show.config.show.language,
        is_reviewed=show.config.publishing.review,
        targets=tuple(show.config.targets),
        deploy=show.config.publishing.deploy,
        first=desk.first,
        episodes=len(index.entries),
        drafts=len(index.drafts),
        removed=sum(each.kept for each in index.removed.values()),
        night=night.day.isoformat() if night else "",
        notes=(*night.skips, *night.notes, *filter(None, (night.error,))) if night else (),
        failing=standing.failing if standing else (),
    )


def promos(desk: "Desk", _asked: Whole) -> Promos:
    """The show's own promos: which run today, how often, and how many episodes have them."""
    return Promos(promos=desk.show.promos())


def open_article(desk: "Desk", asked: Opening) -> Done:
    """Make a draft of an article, or name the draft or episode that reads it already."""
    name = asked.article.strip()
    if not name.lower().startswith(("http://", "https://")):
        refuse_outside(name, desk)
        name = str(desk.store.home / name)
    return drafted(desk, name, asked.title.strip())


def drafted(desk: "Desk", article: str, title: str = "") -> Done:
    """The draft of an article, a file or an address, wherever it is."""
    from audioed import build
    from audioed.catalogue import Wish

    show = desk.show
    articles, _ = show.extract(article, keep=True)
    known = build.edition(articles, Wish(show.today), show.place).name
    if (desk.store.episode_folder(known) / EPISODE).is_file():
        return Done(edition=known, told="An episode reads it already.")
    made = show.draft(*articles, title=title or None)
    desk.news.tell("show")
    return Done(edition=made.name, told="It is a draft now; nobody hears it until you approve it.")


def discard(desk: "Desk", asked: Discarding) -> Done:
    """Discard a draft; its articles wait for the next edition."""
    _refuse_making(desk, asked.edition)
    desk.show.discard(asked.edition, for_good=asked.for_good)
    desk.news.tell("show")
    return Done(edition=asked.edition, told="The draft is gone.")


def remove(desk: "Desk", asked: Named) -> Done:
    """Take an episode out of the feed; `restore` brings it back."""
    _refuse_making(desk, asked.edition)
    desk.show.remove(asked.edition)
    desk.news.tell("show")
    return Done(edition=asked.edition, told="It is out of the feed, and can be restored.")


def restore(desk: "Desk", asked: Named) -> Done:
    """Put a removed episode back into the feed."""
    desk.show.restore(asked.edition)
    desk.news.tell("show")
    return Done(edition=asked.edition, told="It is back in the feed.")


def state(desk: "Desk") -> object:
    """What changes whenever something does that a page shows, by whomever: editions, scripts, settings, a night."""
    store = desk.store
    home, folder = store.home, drafts.waiting(store)
    paths = [
        store.public / "feed.xml",
        store.show_folder,
        store.reports,
        *settings_of(home),
        home / QUEUE,
        home / TONIGHT,
    ]
    paths += (folder.episode_folder(each) / SCRIPT for each in drafts.names(store))
    paths += (store.episode_folder(each) / SCRIPT for each in desk.seen)
    return stamps([*paths, *lexicons(home)])


def refuse_outside(name: str, desk: "Desk") -> None:
    """StudioError for a file that is not in the show's folder, or is audioed's own: a browser's page reads no other."""
    home, output = desk.store.home.resolve(), desk.store.output.resolve()
    try:
        there = (home / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        there = None
    if not there or home not in there.parents or not there.is_file():
        raise StudioError(f"{line(name)[:200]} is neither an http or https address nor a file in the show's folder.")
    extraction, lists = desk.show.config.extraction, desk.show.config.nightly.lists
    own = [home / each for each in (QUEUE, TONIGHT, *lists)]
    own += [Path(rules.cookies) for rules in extraction.sites.values() if rules.cookies]
    hidden = any(each.startswith(".") for each in there.relative_to(home).parts)
    is_own = there.suffix.lower() in OWN or any(each.exists() and there.samefile(each) for each in own)
    if hidden or is_own or output in there.parents:
        raise StudioError(f"{line(name)[:200]} is not an article but one of the show's own files; name another.")


def _refuse_making(desk: "Desk", name: str) -> None:
    if desk.work.is_making(name):
        raise StudioError(f"{name}: is being made; wait until it is done.", status=423)


def _standing(desk: "Desk") -> Standing | None:
    folder = str(desk.store.show_folder)
    try:
        return next((each for each in status(desk.show.place).shows if each.folder == folder), None)
    except AudioedError:
        return None


def _row(name: str, index: Index, desk: "Desk") -> Row:
    making = desk.work.is_making(name)
    if name in index.drafts:
        return replace(_drafted(name, desk), day=index.drafts[name].day, is_making=making)
    if name in index.entries:
        entry = index.entries[name]
        return Row(
            name=name,
            state="quarantined" if entry.refused else _since(entry, desk.store),
            title=entry.title,
            day=entry.day,
            number=entry.number,
            corrections=len(entry.corrections),
            problem=entry.refused,
            is_making=making,
        )
    if name in index.lost:
        lost = index.lost[name]
        return Row(name=name, state="damaged", title=name, number=lost.number, problem=str(lost.error))
    return Row(name=name, state="removed", title=name, number=index.removed[name].number)


def _drafted(name: str, desk: "Desk") -> Row:
    try:
        draft = drafting.read(name, desk.show.place)
    except StoreError as error:
        return Row(name=name, state="damaged", title=name, problem=str(error))
    minutes = round(seconds(draft.script.utterances) / 60, 1)
    return Row(name=name, state="draft", title=draft.title, number=draft.script.edition.number, minutes=minutes)


def _since(entry: Entry, store: Store) -> State:
    """Whether an episode's script has been changed since it was spoken; opened only where its file is younger."""
    folder = store.episode_folder(entry.name)
    script, spoken = folder / SCRIPT, folder / "speech.json"
    try:
        if script.stat().st_mtime_ns <= (folder / EPISODE).stat().st_mtime_ns:
            return "published"
        same = version(store.load(Speech, spoken).script) == version(store.load(Script, script))
    except (OSError, StoreError):
        return "published"
    return "published" if same else "changed"
