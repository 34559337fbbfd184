"""Which articles a night reads: what no episode has read yet and the show wants, in fair turns."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Literal, TypeAlias

from audioed import catalogue, queue
from audioed.addresses import without_user
from audioed.candidates import Candidate
from audioed.catalogue.identity import identified
from audioed.catalogue.index import Index
from audioed.config import Source as SourceRules
from audioed.edition.choice import Choice, Tonight
from audioed.edition.order import Order, order_in, unknown_told
from audioed.edition.wanted import Told, unwanted
from audioed.errors import ExtractionError, Withheld
from audioed.model import Article, Source
from audioed.nightly import reading
from audioed.nightly.asking import Night, asking, candidates
from audioed.nightly.known import Known, known_in
from audioed.place import Place
from audioed.remembered import mark_of
from audioed.scripting.sections import in_sections
from audioed.textkey import word_count
from audioed.unwanted import Left, Unwanted
from audioed.visits import Visits

if TYPE_CHECKING:
    from audioed.nightly.stories import Found, Stories

Fate: TypeAlias = Literal["known", "new", "joined", "left out", "failed", "waits"]
"""What becomes of an article tonight: an episode has it already, this one reads it, another one is read in its place,
a rule of the show leaves it out, it cannot be read, or there is no room or time for it."""
Hear: TypeAlias = Callable[[Candidate, Fate, str], None]
"""Hears what becomes of each article, and why."""


def _nobody(_candidate: Candidate, _fate: Fate, _why: str) -> None:
    """Hears nothing."""


@dataclass(frozen=True, slots=True)
class Search:
    """A night's search for what is new."""

    place: Place
    visits: Visits
    unwanted: Unwanted
    index: Index
    day: date
    dry: bool = False
    hear: Hear = _nobody


@dataclass(frozen=True, slots=True)
class Edition:
    """What a night reads."""

    read: "tuple[Found, ...]" = ()
    """Its articles in their order, and what announced each."""
    headlines: tuple[Source, ...] = ()
    """Articles of which it says the title alone."""
    waits: tuple[str, ...] = ()
    """The titles, or names, of what waits for another night."""
    why: tuple[str, ...] = ()
    """What was put together or left out, and why."""
    held: "tuple[Found, ...]" = ()
    """What somebody holds back."""
    order: Order | None = None
    """What somebody wanted of this night."""


def new_articles(search: Search) -> Edition:
    """The articles that no episode reads yet, as many as the show wants."""
    place, visits = search.place, search.visits
    order = order_in(place.store.home)
    before = known_in(search.index, order, place.store)
    with asking(place, visits, dry=search.dry) as night:
        found = list(candidates(night))
        visits.announced({candidate.key: candidate.name for candidate in found})
        waiting = _waiting(found, night, search, before)
        if waiting:
            edition = _chosen(waiting, night, search, before)
        else:  # most nights of most shows
            edition = Edition(why=unknown_told(order.unknown(())), order=order)
    if not search.dry:
        before.keep([article for _, article in edition.read], place.store)
    return edition


def _chosen(waiting: Sequence[Candidate], night: Night, search: Search, before: Known) -> Edition:
    """What the show wants of all this, read in turn until there is enough."""
    from audioed.nightly.stories import Stories

    order, stories = before.order, Stories(search.place, search.index, search.day)
    choice, waits = _choice(waiting, night, search, order), list[Candidate]()
    taken: Counter[str] = Counter()
    known_as = list[tuple[str, ...]]()
    for candidate in choice:
        known_as.append(candidate.ids)
        rules, wanted = night.wanted(candidate), order.place(candidate.ids) is not None
        if not order.holds(candidate.ids) and (
            why := _no_room(candidate, stories, taken[_ruled_by(candidate)], rules, wanted=wanted)
        ):
            search.hear(candidate, "waits", why)
            waits.append(candidate)
            continue
        article = _read(candidate, night, search)
        if not article:
            continue
        known = [one for group in stories.groups for _, one in group.articles]
        if name := catalogue.voiced(article, search.index, search.place.store):
            before.leave(candidate, name)
            search.hear(candidate, "known", name)
        elif order.holds(article.ids):
            stories.hold(candidate, article)
            search.hear(candidate, "waits", "it is held back tonight")
        elif any(catalogue.same(each, article) for each in known):
            search.hear(candidate, "joined", "another source has it, too")
        elif name := before.repeated(candidate, article) or stories.offer(candidate, article, wanted=wanted):
            before.leave(candidate, name, article)
            search.hear(candidate, "known", name)
        elif stories.groups[-1].articles[-1][0] is candidate and len(stories.groups[-1].articles) == 1:
            choice.took(candidate)
            taken[_ruled_by(candidate)] += 1
    _tell(stories, search)
    known_as += [article.ids for group in stories.groups for _, article in group.articles]
    stories.why += unknown_told(order.unknown(known_as))
    return _edition(stories, waits, choice, order)


def _tell(stories: "Stories", search: Search) -> None:
    """Say of each story which of its articles is read."""
    for group in stories.readable:
        lead, article = group.lead
        for candidate, _ in group.articles:
            search.hear(candidate, "joined", f"“{article.title}” tells the same story")
        search.hear(lead, "new", "")


def _edition(stories: "Stories", waits: Sequence[Candidate], choice: Choice, order: Order) -> Edition:
    """What is read of these stories, section by section and source by source; the rest waits, or is told in a line."""
    config, groups = stories.place.config, stories.chosen()
    picked = [each.lead for each in groups]
    over = [each.lead for each in stories.readable if not any(each is one for one in groups)]
    kept = [each.lead for each in stories.groups if each.is_held]
    held = [each for group in stories.groups for each in group.articles if order.holds(each[1].ids)]
    rest: list[tuple[Candidate, Article | None]] = [*over, *((each, None) for each in waits)]
    told = stories.headlines(rest, picked) if config.nightly.rest == "headlines" and picked else ()
    ids = {each.ids for each in told}
    waiting = [
        article.title if article else candidate.entry.title if candidate.entry else candidate.name
        for candidate, article in (*kept, *rest)
        if (article.ids if article else candidate.ids) not in ids
    ]
    places = {id(article): order.place(article.ids) for _, article in picked}
    ordered = sorted(picked, key=lambda each: choice.place(each[0]))
    ordered.sort(key=lambda each: inf if (at := places[id(each[1])]) is None else at)
    by_article = {id(article): (candidate, article) for candidate, article in ordered}
    read = tuple(by_article[id(each)] for each in in_sections([each for _, each in ordered], config.sections))
    return Edition(read, told, tuple(waiting), tuple(stories.why), tuple(held), order)


def _waiting(found: Sequence[Candidate], night: Night, search: Search, before: Known) -> list[Candidate]:
    """What of all this may be read tonight; what an episode reads already, or no rule of the show lets in, is noted."""
    waiting = list[Candidate]()
    for candidate in found:
        if name := before.unread(candidate):
            before.leave(candidate, name)
            search.hear(candidate, "known", name)
        elif not _left_unread(candidate, night, search):
            waiting.append(candidate)
    return waiting


def _choice(waiting: Sequence[Candidate], night: Night, search: Search, order: Order) -> Choice:
    """What may be read tonight, each when it is its turn."""
    sources = night.place.config.nightly
    weights = {each.source: night.wanted(each).weight for each in waiting}
    weights[queue.QUEUE] = float(sources.most)  # what was put aside comes first
    tonight = Tonight(search.day, search.index.last_number + 1)
    held = [each for each in waiting if order.holds(each.ids)]
    wanted = sorted((at, place) for place, each in enumerate(waiting) if (at := order.place(each.ids)) is not None)
    first = [*held, *(waiting[place] for _, place in wanted)]
    return Choice(waiting, tonight, weights, lambda each: night.visits.failing(each.key), first)


def _no_room(candidate: Candidate, stories: "Stories", taken: int, rules: SourceRules, *, wanted: bool) -> str:
    """
    Why an edition has no room for a candidate of whose source it has so many; empty while it has.

    However full it is, there is room for the first story of a section.
    """
    most = rules.most
    if stories.full(wanted=wanted) and not stories.lacks(rules.section):
        return "there is no room for it"
    return f"most is {most:,} for {without_user(_ruled_by(candidate))}" if most and taken >= most else ""


def _ruled_by(candidate: Candidate) -> str:
    """The source whose limit counts for a candidate."""
    return candidate.root or candidate.source


def _left_unread(candidate: Candidate, night: Night, search: Search) -> bool:
    """Whether a rule leaves out a candidate, by what its source says or as it did when it was opened."""
    entry, mark = candidate.entry, _mark(candidate, night)
    told = Told(
        titles=(entry.title,) if entry and entry.title else None,
        authors=(entry.author,) if entry and entry.author else None,
        categories=entry.categories or None if entry else None,
        published=candidate.published,
    )
    reason = _refusal(told, candidate, night, search) or search.unwanted.reason(candidate.key, mark)
    return bool(reason) and _leave(candidate, reason, mark, search)


def _refusal(told: Told, candidate: Candidate, night: Night, search: Search) -> str:
    return unwanted(told, night.wanted(candidate), search.day, night.place.config.nightly.age)


def _mark(candidate: Candidate, night: Night) -> str:
    """What changes when a candidate does, or what the show wants of its source."""
    return mark_of(f"{night.wanted(candidate)} {candidate.mark}")


def _leave(candidate: Candidate, reason: str, mark: str, search: Search) -> bool:
    search.unwanted.leave(candidate.key, mark, Left(candidate.told, without_user(candidate.source), reason))
    search.hear(candidate, "left out", reason)
    return True


def _read(candidate: Candidate, night: Night, search: Search) -> Article | None:
    """The article of a candidate, if it is asked tonight, has one, and every rule lets that in."""
    visits, key, address = night.visits, candidate.key, reading.address(candidate, night)
    if not visits.may_ask(key, address, candidate.mark):
        search.hear(candidate, "waits", visits.why_not(key, address))
        return None
    try:
        article = identified(reading.article(candidate, night), candidate.ids)
    except Withheld as error:
        visits.article_answered(key, address)
        search.hear(candidate, "left out", str(error))
        return None
    except ExtractionError as error:
        visits.article_failed(key, error, address, candidate.mark)
        search.hear(candidate, "failed", str(error))
        return None
    visits.article_answered(key, address)
    if reason := _refusal(_told(article, candidate), candidate, night, search):
        _leave(candidate, reason, _mark(candidate, night), search)
        return None
    return article


def _told(article: Article, candidate: Candidate) -> Told:
    """All that is known of an article that was read."""
    entry = candidate.entry
    categories = (article.section, *article.tags, *(entry.categories if entry else ()))
    return Told(
        titles=(article.title, *((entry.title,) if entry else ())),
        authors=tuple(filter(None, (article.byline, entry.author if entry else ""))),
        categories=tuple(filter(None, categories)),
        published=candidate.published or article.published,
        words=sum(word_count(block.text) for block in article.blocks),
    )
