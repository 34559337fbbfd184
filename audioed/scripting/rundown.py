"""The running order: what is said before, between and after the articles, and every pause."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from audioed.config import FILLED, PHRASES, Scripting
from audioed.languages import pattern
from audioed.model import Article, Block, Edition, Role, Seconds, Segment, SegmentKind, Utterance
from audioed.scripting.segment import Part, parts
from audioed.scripting.split import gathered, sentences, utterances
from audioed.scripting.trace import readings, sub, traced
from audioed.wording import dated, joined, wording

PAUSES: Mapping[str, Seconds] = {
    "clause": 0.08,  # the voice itself leaves a tenth of a second at the end of every utterance
    "sentence": 0.3,
    "item": 0.55,
    "paragraph": 0.65,
    "announcement": 0.8,  # after the line that introduces a list: the listener hears that a list comes
    "heading": 0.8,
    "segment": 1.1,
    "title": 1.0,
    "article": 1.8,
    "end": 1.0,
}
"""Silence after an utterance, by the boundary that it ends at."""

ROLES: Mapping[SegmentKind, Role] = {"headlines": "headlines", "promo": "promo"}
"""Who reads a kind of segment; every other kind is the narrator's."""
SHORTEST_CHAPTER = 75
"""Words, half a minute: Spotify's advice for the least length of a chapter."""
LABEL = 40
"""Characters of a chapter's title: Spotify cuts what is longer."""

Spoken = Callable[[str, str], str]
"""Written form and its language, where that is not the article's -> spoken form, its trace kept."""
_OPENING = re.compile(r"(?:(?<=\s)|\A)[\"'“‘«„(]+\s*\Z")
_CLOSING = re.compile(r"[\"'”’»).,;:!?…]+")
_ENDS = re.compile(r"[.!?…:][\"'”’»)]*\Z")
_END = re.compile(r"\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A block on its way to becoming utterances: what is written, who says it, what boundary it ends at."""

    written: str
    role: Role
    boundary: str
    says: tuple[tuple[str, str], ...] = ()
    """Pieces of it and what is said in their place."""
    language: str = ""
    """Where it is not the article's."""
    spans: tuple[tuple[str, str], ...] = ()
    """Pieces of it in another language, and in which."""


def worded(config: Scripting, edition: Edition, language: str) -> Scripting:
    """The settings with all that is said around the articles, in the show's words or the language's, names in place."""
    words = wording(language)
    names = {"show": edition.show, "title": edition.title, "day": dated(edition.day, language)}
    own = {name: getattr(config, name) for name in PHRASES}
    said = {name: getattr(words, name) if text is None else text for name, text in own.items()}
    filled: dict[str, Any] = {name: FILLED.sub(lambda found: names[found[1]], text) for name, text in said.items()}
    return replace(config, **filled)


def opening(title: str, config: Scripting, spoken: Spoken) -> Segment:
    """The greeting and the disclosure that a machine reads; the first chapter starts with it."""
    lines = [config.greeting or "", config.disclosure or ""]
    said = [Line(line, "narrator", "paragraph") for line in lines if line.strip()]
    return _segment("opening", label(title), said, spoken, chapter=True)


def closing(config: Scripting, spoken: Spoken, language: str) -> Segment:
    """The farewell."""
    line = config.farewell or ""
    said = [Line(line, "narrator", "end")] if line.strip() else []
    return _segment("closing", wording(language).closing, said, spoken)


def own_promo(config: Scripting, spoken: Spoken, language: str) -> Segment | None:
    """The show's own promo; None for a show that has none."""
    text = config.promo.strip()
    return _segment("promo", wording(language).own_promo, [Line(text, "promo", "segment")], spoken) if text else None


def reading(article: Article, spoken: Spoken, *, alone: bool, transition: str = "") -> Iterator[Segment]:
    """
    The segments of one article; alone in its edition it has chapters within, else it is one chapter.

    The transition is said before its title.
    """
    language = article.language
    title = [Line(transition, "narrator", "paragraph")] if transition.strip() else []
    title.append(Line(article.title, "narrator", "title"))
    if article.byline:
        title[-1] = Line(article.title, "narrator", "paragraph")
        title.append(Line(wording(language).by.format(people=people(article.byline, language)), "narrator", "title"))
    yield _segment("title", label(article.title), title, spoken, url=article.url, chapter=not alone)
    words = len(article.title.split())
    for part, following in pairwise([*parts(article.blocks), None]):
        if part is None:
            continue
        length = sum(len(block.text.split()) for block in part.blocks)
        marked = part.kind in {"headlines", "promo"} or length >= SHORTEST_CHAPTER
        starts = alone and marked and words >= SHORTEST_CHAPTER
        words = length if starts else words + length
        said = list(_lines(part, following))
        yield _segment(part.kind, _name(part, language), said, spoken, url=article.url, chapter=starts)


def people(byline: str, language: str = "en") -> str:
    """The authors as one says them: "A, B and C"; "Jane Doe, MD" stays one."""
    *others, last = byline.split(", ")
    named = (
        others and len(last.split()) > 1 and last[:1].isupper() and not pattern("and", " (?:PHRASES|&) ").search(byline)
    )
    return joined((*others, last), language) if named else byline


def label(text: str, longest: int = LABEL) -> str:
    """The text cut at a word, within a chapter title's length."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def with_last_pause(segment: Segment, boundary: str) -> Segment:
    """The segment, its last utterance followed by the silence of this boundary."""
    if not segment.utterances:
        return segment
    *before, last = segment.utterances
    return replace(segment, utterances=(*before, replace(last, pause=PAUSES[boundary])))


def in_voice(segment: Segment, voice: str, language: str) -> Segment:
    """The segment in its language, its narrator's words spoken by this voice; headlines and promos keep theirs."""
    said = (
        replace(each, voice=voice if each.role in {"narrator", "quote"} else "", language=each.language or language)
        for each in segment.utterances
    )
    return replace(segment, utterances=tuple(said))


def _name(part: Part, language: str) -> str:
    first = part.blocks[0]
    if part.kind == "promo":
        return wording(language).promo
    if part.kind == "headlines":
        return label(wording(language).headlines.format(first=first.text))
    return label(first.text)


def _lines(part: Part, following: Part | None) -> Iterator[Line]:
    for block, after in pairwise([*part.blocks, None]):
        if block is None:
            continue
        announces = after is None and following is not None and following.kind == "headlines"
        announces = announces or (after is not None and after.kind == "item" and block.kind != "item")
        role = ROLES.get(part.kind, "quote" if block.kind == "quote" else "narrator")
        instead = dict(block.says).get(block.text, block.text)  # all of it: then what is said is also what is shown
        boundary = _boundary(block, announces=announces, last=after is None)
        yield Line(instead, role, boundary, block.says, block.language, block.spans)


def _boundary(block: Block, *, announces: bool, last: bool) -> str:
    if announces:
        return "announcement"
    if block.kind == "heading":
        return "heading"
    if last:
        return "segment"
    return "item" if block.kind == "item" else "paragraph"


def _segment(  # noqa: PLR0913  a segment has this many sides
    kind: SegmentKind, title: str, lines: Sequence[Line], spoken: Spoken, *, url: str = "", chapter: bool = False
) -> Segment:
    said = tuple(utterance for line in lines for utterance in _utterances(line, spoken))
    return Segment(kind=kind, title=title, url=url, chapter=chapter, utterances=said)


def _utterances(line: Line, spoken: Spoken) -> Iterator[Utterance]:
    """A line in breaths: short pauses between the clauses of a long sentence, longer ones between sentences."""
    parts = [
        (written, language, "clause" if following or (line.spans and not _ENDS.search(written)) else "sentence")
        for piece, language in _pieces(line)
        for sentence in gathered(sentences(piece))
        for written, following in pairwise((*utterances(sentence), ""))
    ]
    heard = [
        (written, spoken(_instead(traced(written), line.says), language), language, boundary)
        for written, language, boundary in parts
    ]
    breaths = [each for each in heard if any(character.isalnum() for character in each[1])]
    for number, (written, says, language, boundary) in enumerate(breaths, start=1):
        last = number == len(breaths)
        mark = "," if boundary == "clause" and not last else "."
        pause = PAUSES[line.boundary if last else boundary]
        said = _closed(says, mark)
        yield Utterance(
            written=written,
            spoken=str(said),
            readings=readings(said),
            role=line.role,
            pause=pause,
            language=language,
        )


def _pieces(line: Line) -> Iterator[tuple[str, str]]:
    """The line where its language changes, as text and language; marks stay with the words that they enclose."""
    rest = line.written
    for span, language in line.spans:
        before, found, after = rest.partition(span)
        if not found:
            continue
        told = _OPENING.sub("", before).rstrip()
        closing = _CLOSING.match(after)
        tail = closing[0] if closing else ""
        if told:
            yield told, line.language
        yield f"{before[len(told) :].lstrip()}{span}{tail}", language
        rest = after[len(tail) :].lstrip()
    if rest:
        yield rest, line.language


def _instead(written: str, says: Sequence[tuple[str, str]]) -> str:
    for piece, wanted in says:
        written = sub(re.compile(re.escape(piece)), wanted.replace("\\", r"\\"), written)
    return written


def _closed(says: str, mark: str) -> str:
    """With a mark at its end: without one a voice does not know that a headline is over, or a sentence is not."""
    closed = says.rstrip("\"'”’) ").endswith((".", "!", "?", ":", ";", ",", "…", "—", "–"))
    return says if closed else sub(_END, mark, says)
