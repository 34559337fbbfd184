"""The running order: what is said before, between and after the articles, and every pause."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from audioed.config import Promo
from audioed.kinds import BLOCKS, HEADINGS, PAUSES, SEGMENTS, Boundary, SegmentKind
from audioed.languages import pattern, primary
from audioed.model import Article, Block, Segment, Source, Utterance
from audioed.scripting import rows
from audioed.scripting.chapters import Name, label, named
from audioed.scripting.furniture import Sayings, with_names
from audioed.scripting.segment import Part, parts
from audioed.scripting.split import gathered, sentences, utterances
from audioed.scripting.trace import readings, sub
from audioed.wording import joined, wording

if TYPE_CHECKING:
    from audioed.scripting.lexicon import Lexicon

LISTED, MOST_LISTED = 3, 6
"""Stories from which their titles are told first, and how many of them: nobody remembers more."""
MOST_SIGNED = 4
"""Names that are said of those who signed an article; of more, the first three. Notes and page tell all of them."""
_OPENING = re.compile(r"(?:(?<=\s)|\A)[\"'“‘«„(]+\s*\Z")
_CLOSING = re.compile(r"[\"'”’»).,;:!?…]+")
_DEGREE = re.compile(r"(?:Ph\.?D|M\.?D|M\.?Sc?|B\.?Sc?|M\.?A|B\.?A|MBA|MPH|J\.?D|R\.?N)\b")
_ENDS = re.compile(r"[.!?…:।॥][\"'”’»)]*\Z")
_END = re.compile(r"\Z")


@dataclass(frozen=True, slots=True)
class Saying:
    """How texts are said: in which language, and with which lexicon."""

    language: str
    lexicon: "Lexicon"

    def spoken(self, written: str, other: str) -> str:
        """The spoken form, its trace kept; in another language by that one's rules alone."""
        from audioed.scripting.lexicon import restored
        from audioed.scripting.normalize import familiar, normalize

        if other:
            return normalize(written, other)
        text, sounds = self.lexicon.apply(written)
        plain = familiar(text, self.language)
        if plain != text:  # a lexicon may have Nguyễn, or the Nguyen that is said for it
            text, sounds = self.lexicon.apply(plain, sounds)
        return restored(normalize(text, self.language), sounds)


def opening(title: str, own: Sayings, saying: Saying, contents: Iterable[Utterance] = (), *, alone: bool) -> Segment:
    """
    The greeting, before several articles the disclosure that a machine reads them, and what they are.

    Of its own, audioed greets nobody and says no farewell around an article
    that is alone: that would be a tenth of three minutes.
    """
    greeting = "" if alone and own.own.greeting is None else own.greeting()
    lines = (greeting, "" if alone else disclosure(own))
    said = [each for line in lines for each in _told(line, "paragraph", saying)]
    return _segment("opening", named(title), [*said, *contents])


def closing(own: Sayings, saying: Saying, *, alone: bool) -> Segment:
    """The farewell."""
    farewell = "" if alone and own.own.farewell is None else own.farewell()
    return _segment("closing", named(wording(own.language).closing), _told(farewell, "end", saying))


def disclosure(own: Sayings) -> str:
    """That a machine reads."""
    text = own.own.disclosure
    return wording(own.language).disclosure if text is None else own.filled(text)


def contents(titles: Sequence[tuple[str, Saying]], own: Sayings, saying: Saying) -> Iterator[Utterance]:
    """The titles of the stories that come; nothing before one or two. Each is said by the rules of its own language."""
    if len(titles) < LISTED:
        return
    told = titles if len(titles) <= MOST_LISTED else titles[:MOST_LISTED]
    yield from _told(own.told("contents" if told is titles else "among"), "announcement", saying)
    for title, its in told:
        for each in _utterances(Block(kind="item", text=title), "item", its):
            yield replace(each, language=its.language if primary(its.language) != primary(saying.language) else "")


def section(name: str, place: int, own: Sayings, saying: Saying) -> Segment:
    """The intro of a section at this place among them, counted from 0; the next one has another."""
    said = own.told("section", place, first=not place, section=name)
    return _segment("section", named(name), _told(said, "paragraph", saying))


def round_up(headlines: Sequence[Source], own: Sayings, saying: Saying) -> Segment:
    """What else there is, a headline each."""
    lead = own.told("round")
    said = list(_utterances(Block(kind="heading", text=lead), "announcement", saying)) if headlines else []
    for each in headlines:
        told = _utterances(Block(kind="item", text=each.title), "item", saying)
        said += [replace(one, role=SEGMENTS["round"].role, url=each.url) for one in told]
    return _segment("round", named(lead.rstrip(" :\u00a0")), said)


def correction(text: str, saying: Saying, language: str) -> Segment:
    """What a listener is told first where an episode was corrected."""
    words = wording(language)
    said = _told(words.notice.format(text=text), "segment", saying)
    return _segment("correction", named(words.correction), said)


def own_promo(promo: Promo, saying: Saying, language: str) -> Segment | None:
    """A promo of the show's own, read paragraph by paragraph, or its recording; None for one that says nothing."""
    name = named(promo.title or wording(language).own_promo)
    paragraphs = [text for text in (" ".join(each.split()) for each in re.split(r"\n\s*\n", promo.text)) if text]
    if promo.sound:
        text = " ".join(paragraphs) or wording(language).recorded_promo.format(title=name.heading or name.title)
        said = [Utterance(written=text, spoken=text, role="promo", block="paragraph", sound=promo.sound)]
    else:
        told = (each for text in paragraphs for each in _told(text, "paragraph", saying))
        said = [replace(each, role="promo", voice=promo.voice) for each in told]
    return ending(_segment("promo", name, said), "segment") if said else None


def reading(article: Article, saying: Saying, *, behind: Sequence[str] = ()) -> Iterator[Segment]:
    """The segments of one article; `behind` is said after its author."""
    language = article.language
    byline = with_names(wording(language).by, {"people": people(article.byline, language)}) if article.byline else ""
    lines = [line for line in (byline, *behind) if line.strip()]
    heading = Block(kind="heading", text=article.title)
    said = [
        *_utterances(heading, "paragraph" if lines else "title", saying),
        *(each for line in lines[:-1] for each in _told(line, "sentence", saying)),
        *(each for line in lines[-1:] for each in _told(line, "title", saying)),
    ]
    yield _segment("title", named(article.title), said, article.url)
    for part, following in pairwise([*parts(article.blocks), None]):
        if part is not None:
            yield _segment(part.kind, _name(part, language), _read(part, following, saying), article.url)


def led(segment: Segment, transition: str, saying: Saying) -> Segment:
    """The segment with this said first, in the language of the edition."""
    return replace(segment, utterances=(*_told(transition, "paragraph", saying), *segment.utterances))


def people(byline: str, language: str = "en") -> str:
    """The authors as one says them: "A, B and C", of many the first ones; "Jane Doe, MD" stays one."""
    ands = pattern("and", ",? (?:PHRASES|&) ")
    each = ands.sub(", ", byline).split(", ")
    if len(each) > MOST_SIGNED and all(map(_is_name, each)):
        return wording(language).others.format(people=", ".join(each[: MOST_SIGNED - 1]))
    is_list = len(each) > 1 and _is_name(each[-1]) and not ands.search(byline)
    return joined(each, language) if is_list else byline


def _is_name(text: str) -> bool:
    """Whether this may be the whole name of a person, and is no degree behind one."""
    return not _DEGREE.match(text) and len(text.split()) > 1 and text[:1].isupper()


def ending(segment: Segment, boundary: Boundary) -> Segment:
    """The segment, its last utterance at this boundary."""
    if not segment.utterances:
        return segment
    *before, last = segment.utterances
    return replace(segment, utterances=(*before, replace(last, pause=PAUSES[boundary], boundary=boundary)))


def in_voice(segment: Segment, voice: str, language: str) -> Segment:
    """The segment in its language, its narrator's words spoken by this voice; headlines and promos keep theirs."""
    own = "" if SEGMENTS[segment.kind].role else voice
    said = (replace(each, voice=own, language=each.language or language) for each in segment.utterances)
    return replace(segment, utterances=tuple(said))


def _name(part: Part, language: str) -> Name:
    first, words = part.blocks[0], wording(language)
    if part.kind == "promo":
        return Name(words.promo)
    if part.kind == "headlines":
        return Name(
            words.headlines.format(first="").rstrip(" :\u00a0"),
            words.headlines.format(first=first.text),
        )
    return named(first.text) if first.kind in HEADINGS else Name(label(first.text))


def _read(part: Part, following: Part | None, saying: Saying) -> Iterator[Utterance]:
    """What is said of a part of an article."""
    for block, after in pairwise([*part.blocks, None]):
        if block is not None:
            instead = dict(block.says).get(block.text, block.text)  # all of it: then what is said is also what is shown
            role = SEGMENTS[part.kind].role or ("narrator" if block.signs else BLOCKS[block.kind].role)
            url = next(iter(block.links), "") if part.kind == "headlines" else ""
            for each in _utterances(replace(block, text=instead), _boundary(block, after, following), saying):
                yield replace(each, role=role, url=url)


def _boundary(block: Block, after: Block | None, following: Part | None) -> Boundary:
    """What a block ends at; behind it come another block of its part, or another part."""
    traits = BLOCKS[block.kind]
    if after is None:
        announces = following is not None and following.kind == "headlines"
    else:
        announces = BLOCKS[after.kind].listed and not traits.listed
    if announces and not traits.heads:
        return "announcement"
    return traits.ends if after else traits.last


def _segment(kind: SegmentKind, name: Name, said: Iterable[Utterance], url: str = "") -> Segment:
    return Segment(kind=kind, title=name.title, heading=name.heading, url=url, utterances=tuple(said))


def _told(text: str, boundary: Boundary, saying: Saying) -> Iterator[Utterance]:
    """What audioed says of its own; nothing where it has nothing to say."""
    if text.strip():
        yield from _utterances(Block(kind="paragraph", text=text), boundary, saying)


def _utterances(block: Block, boundary: Boundary, saying: Saying) -> Iterator[Utterance]:
    """A block in breaths: short pauses between the clauses of a long sentence, longer ones between sentences."""
    goes_on = block.spans or block.cells  # where a sentence may end in another piece than it begins
    parts: list[tuple[str, str, Boundary]] = [
        (written, language, "clause" if following or (goes_on and not _ENDS.search(written)) else "sentence")
        for piece, language in _pieces(block)
        for sentence in gathered(sentences(piece, language or saying.language))
        for written, following in pairwise((*utterances(sentence, language=language or saying.language), ""))
    ]
    heard, before, at = list[tuple[str, str, str, Boundary]](), rows.heads(block), 0
    for written, language, ends in parts:
        at = max(at, block.text.find(written, at))
        heard.append(
            (written, saying.spoken(_instead(rows.said(written, at, before), block.says), language), language, ends)
        )
    breaths = [each for each in heard if any(character.isalnum() for character in each[1])]
    for number, (written, says, language, within) in enumerate(breaths, start=1):
        ends = boundary if number == len(breaths) else within
        mark = written[-1] if written[-1:] in {":", ";"} else ","
        said = _closed(says, mark if ends == "clause" else ".")
        yield Utterance(
            written=written,
            spoken=str(said),
            readings=readings(said),
            pause=PAUSES[ends],
            boundary=ends,
            block=block.kind,
            language=language,
        )


def _pieces(block: Block) -> Iterator[tuple[str, str]]:
    """The block where its language changes, as text and language; marks stay with the words that they enclose."""
    if block.cells and not block.spans:
        yield from ((each, block.language) for each in rows.breaths(block))
        return
    rest = block.text
    for span, language in block.spans:
        before, found, after = rest.partition(span)
        if not found:
            continue
        told = _OPENING.sub("", before).rstrip()
        closing = _CLOSING.match(after)
        tail = closing[0] if closing else ""
        if told:
            yield told, block.language
        yield f"{before[len(told) :].lstrip()}{span}{tail}", language
        rest = after[len(tail) :].lstrip()
    if rest:
        yield rest, block.language


def _instead(written: str, says: Sequence[tuple[str, str]]) -> str:
    for piece, wanted in says:
        written = sub(re.compile(re.escape(piece)), wanted.replace("\\", r"\\"), written)
    return written


def _closed(says: str, mark: str) -> str:
    """With a mark at its end: without one a voice does not know that a headline is over, or a sentence is not."""
    closed = says.rstrip("\"'”’) ").endswith((".", "!", "?", ":", ";", ",", "…", "—", "–", "।", "॥"))
    return says if closed else sub(_END, mark, says)
