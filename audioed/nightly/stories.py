"""The stories of a night: each told once, by its fullest article, and only anew where there is news of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from audioed import build
from audioed.candidates import Candidate
from audioed.catalogue.drafts import Waiting, waiting
from audioed.catalogue.entries import Entry
from audioed.catalogue.index import Index, articles_in
from audioed.edition import clusters
from audioed.edition.clusters import Story
from audioed.edition.filling import OPEN, filled
from audioed.edition.length import Ruler, ruler
from audioed.errors import StoreError
from audioed.languages import primary
from audioed.model import Article, Edition, Seconds, Source
from audioed.place import Place
from audioed.queue import QUEUE
from audioed.scripting.editions import telling
from audioed.scripting.furniture import publisher
from audioed.scripting.sections import section_of
from audioed.textkey import folded, word_count

EACH = 10.0
"""Seconds that are said and played around a story, for a first guess."""
AHEAD = 1.5
"""Of its length so much is read before it is chosen what fits, and as many stories as that is chosen among."""
MOST_HEADLINES = 6
"""A listener keeps no more of a list."""
KNOWN = 0.7
"""Share of a headline's words that a story has which tells it already."""

Found = tuple[Candidate, Article]


@dataclass(frozen=True, slots=True)
class Told:
    """A story that an episode told, or that a draft is to tell."""

    name: str
    day: date | None
    """None of a draft: nobody has heard it."""
    story: Story

    def __str__(self) -> str:
        return f"{self.name} told its story" if self.day else f"the draft {self.name} tells its story"


@dataclass(slots=True)
class Group:
    """Articles that tell one story."""

    articles: list[Found]
    stories: list[Story]
    length: Seconds = 0.0
    """About how long its fullest article is, with what is said and played around it."""
    is_wanted: bool = False
    """Whether somebody wants it tonight, whatever else there is,"""
    is_held: bool = False
    """or wants it held back."""

    @property
    def lead(self) -> Found:
        """The fullest one, in place of the others."""
        first = max(self.articles, key=lambda each: _words(each[1]))
        others = [article for candidate, article in self.articles if candidate is not first[0]]
        told = next((article.told for _, article in self.articles if article.told), None)
        return first[0], replace(telling(first[1], others), told=told)


@dataclass
class Stories:
    """What is read in a night, story by story."""

    place: Place
    index: Index
    day: date
    groups: list[Group] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    """What was put together or left out, and why."""
    _told: list[Told] | None = None

    @property
    def room(self) -> Seconds:
        """How long an edition should be; 0 for any length."""
        return 60 * self.place.config.nightly.length

    @property
    def readable(self) -> list[Group]:
        """The stories that may be read tonight."""
        return [each for each in self.groups if not each.is_held]

    def full(self, *, wanted: bool = False) -> bool:
        """Whether enough is read to choose from; for what is wanted there is room while an edition may have more."""
        most, read = self.place.config.nightly.most, self.readable
        if wanted:
            return len(read) >= most
        if self.room and sum(each.length for each in read) >= AHEAD * self.room and len(read) >= min(OPEN, most):
            return True
        return len(read) >= most + (bool(self.room) and 5)

    def lacks(self, section: str) -> bool:
        """Whether this is a section of the show of which there is no story yet."""
        known = {folded(each) for each in self.place.config.sections}
        return folded(section) in known - {folded(each.lead[1].section) for each in self.readable}

    def hold(self, candidate: Candidate, article: Article) -> None:
        """Keep the story of an article for another night, whoever else tells it."""
        story = clusters.story(article)
        weight = clusters.rarity([one for group in self.groups for one in group.stories])
        group = next(
            (each for each in self.groups if any(clusters.same(story, one, weight) for one in each.stories)), None
        )
        if group is None:
            group = Group([], [])
            self.groups.append(group)
        group.is_held = True
        group.articles.append((candidate, article))
        group.stories.append(story)
        self.why.append(f"“{article.title}”{_by(article)} is held back tonight.")

    def offer(self, candidate: Candidate, article: Article, *, wanted: bool = False) -> str:
        """
        Take an article in; the name of the episode that told its story where it has no news of that.

        One that tells a story of tonight joins the others that do. What somebody wants is read whatever was told.
        """
        story, told = clusters.story(article), self._before()
        weight = clusters.rarity(
            [*(each.story for each in told), *(one for group in self.groups for one in group.stories)]
        )
        for group in self.groups:
            if any(clusters.same(story, each, weight) for each in group.stories):
                self.why.append(f"“{article.title}”{_by(article)} tells the story of “{group.lead[1].title}”.")
                group.articles.append((candidate, article))
                group.stories.append(story)
                group.length = self._length(group.lead[1])
                group.is_wanted |= wanted
                return ""
        asked = wanted or candidate.source == QUEUE
        before = [each for each in told if not asked and clusters.same(story, each.story, weight)]
        if before and not clusters.is_update(story, [each.story for each in before], weight):
            self.why.append(f"“{article.title}”{_by(article)} is not read: {before[0]}, and it has little news.")
            return before[0].name
        if before:
            self.why.append(f"“{article.title}”{_by(article)} is an update: {before[0]}.")
            article = replace(article, told=next((each.day for each in before if each.day), None))
        self.groups.append(Group([(candidate, article)], [story], self._length(article), wanted))
        return ""

    def chosen(self) -> list[Group]:
        """The stories that are read, in the order in which they were offered; those that are wanted were first."""
        groups = self.readable
        places: Sequence[int] = range(len(groups))
        if self.room and groups:
            lengths, wanted = [each.length for each in groups], sum(each.is_wanted for each in groups)
            sections = [section_of(each.lead[1], self.place.config.sections) for each in groups]
            places = filled(lengths, self.room, wanted, sections)
            around = self._whole(places) - sum(lengths[each] for each in places)
            places = filled(lengths, max(self.room - around, self.room / 2), wanted, sections)
        return [groups[each] for each in places[: self.place.config.nightly.most]]

    def _whole(self, places: Sequence[int]) -> Seconds:
        """About how long an edition of these stories is, with all that is said and played around them."""
        groups = self.readable
        read = [groups[each].lead[1] for each in places]
        name = Edition(show=self.place.store.show, day=self.day, title=read[0].title, name="planned")
        if self.place.config.nightly.rest == "headlines":
            over = [group.lead[1] for at, group in enumerate(groups) if at not in places][:MOST_HEADLINES]
            name = replace(name, headlines=tuple(Source(title=each.title) for each in over))
        return self._measure.starts(build.write(read, name, self.place))[1]

    def headlines(
        self, waiting: Iterable[tuple[Candidate, Article | None]], read: Sequence[Found]
    ) -> tuple[Source, ...]:
        """
        What is told of those that wait: titles in a language that is read tonight, none of a story that is told.

        Nor one that episodes of the last days told, be it in a line: a source that has it later is not heard again.
        """
        languages = {candidate.source: article.language for candidate, article in read}
        told = [*(clusters.story(article) for _, article in read), *(each.story for each in self._before())]
        told += [Story(title, title, read[0][1].language) for title in self._lines_before()]
        found = list[Source]()
        for candidate, article in waiting:
            title = article.title if article else candidate.entry.title if candidate.entry else ""
            language = article.language if article else languages.get(candidate.source, "")
            if (
                not title
                or primary(language) != primary(read[0][1].language)
                or any(_covers(each, title) for each in told)
            ):
                continue
            told.append(Story(title, title, language))
            ids = article.ids if article else candidate.ids
            url = article.url if article else candidate.entry.url if candidate.entry else ""
            found.append(Source(title=title, url=url, published=candidate.published, ids=ids))
            if len(found) == MOST_HEADLINES:
                break
        return tuple(found)

    def _length(self, article: Article) -> Seconds:
        return self._measure.article(article) + EACH if self.room else 0.0

    @cached_property
    def _measure(self) -> Ruler:
        return ruler(self.place, self.index)

    @cached_property
    def _recent(self) -> list[Entry]:
        """The episodes of the last days."""
        return [each for each in self.index.newest_first if self._is_recent(each.day)]

    def _is_recent(self, day: str) -> bool:
        memory = self.place.config.nightly.memory
        return bool(memory) and (self.day - timedelta(days=memory)).isoformat() <= day

    def _lines_before(self) -> Iterator[str]:
        """The titles that episodes told in the last days, and nothing more of the story."""
        for each in self._recent:
            with suppress(StoreError):
                if each.headlines:
                    yield from (line.title for line in self.place.store.episode(each.name).headlines)

    def _before(self) -> list[Told]:
        """What episodes told in the last days, and what drafts of these days wait to tell."""
        if self._told is None:
            store = self.place.store
            known: list[Entry | Waiting] = [*self._recent]
            known += [each for each in self.index.drafts.values() if self._is_recent(each.day)]
            self._told = []
            for each in known:
                is_draft = isinstance(each, Waiting)
                folder = (waiting(store) if is_draft else store).episode_folder(each.name)
                day = None if is_draft else date.fromisoformat(each.day)
                with suppress(StoreError):  # of one whose articles are gone, nothing is compared
                    self._told += [Told(each.name, day, clusters.story(one)) for one in articles_in(folder)]
        return self._told


def _covers(story: Story, title: str) -> bool:
    """Whether a story tells what a headline does."""
    said = clusters.terms(title, story.language)
    return len(said.keys() & story.terms.keys()) >= KNOWN * len(said)


def _by(article: Article) -> str:
    return f" ({publisher(article)})" if publisher(article) else ""


def _words(article: Article) -> int:
    return sum(word_count(block.text) for block in article.blocks)
