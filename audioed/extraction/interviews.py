"""Questions and answers: which paragraphs ask, and who says each, as names, letters or bold type in a page tell."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile
from typing import NamedTuple, TypeAlias

from audioed.characters import line
from audioed.extraction import dom, quotes, tree
from audioed.extraction.clean import Verdict
from audioed.kinds import BlockKind
from audioed.textkey import folded, word_count

LABEL = re.compile(r"(?P<name>[^\W\d_][^\s:?!]*(?: [^\s:?!]+){0,4}) ?:(?= |$)|(?P<letter>[QA])\d{0,3}[.):](?= |$)")
"""A name with a colon, or the letter of a question or an answer."""
CAPITALS = re.compile(r"[^\W\d_a-z]\S*(?: (?:[^\W\d_a-z]\S*|de|der|van|von|of|the|del|la|di|da|al|el|bin)){0,3}")
"""How a name looks that is not set apart."""
TOGETHER = re.compile(r"(?P<asked>Q\d{0,3}[.):] .+\?)\s+(?P<answered>A\d{0,3}[.):] .+)")
ASKS = re.compile(r"\?[\"'”’»)\]]*$")
QUESTION_MARK = re.compile(r"\?[\"'”’»)\]]*")
MOST_MARKS, FEW = 5, 10
"""Questions in a row that may be bold together; bold pieces that a paragraph may be made of."""
LOUD = ("b", "strong", "em", "i")
LOUD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
AROUND = 20
"""Elements around a bold one among which its block is looked for."""
TURNS = 4
"""Of an interview that names tell, at least."""
QUESTIONS = 3
"""In a row, of one that bold type alone tells."""
LONGEST_ANSWER = 20
"""Paragraphs."""
LONG = 8
"""Words of a bold line that is no heading but what an interviewer says; a question has three."""
OFTEN = 0.5
"""Share of somebody's turns that ask when that is who asks; and of the turns after which somebody else speaks."""


class Loud(NamedTuple):
    """What is bold or italic in a block, which may be many paragraphs."""

    texts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Folded, without what stands behind a colon."""
    joined: str = ""
    """All of it, folded; empty where it is more than a few words in a paragraph."""


class Piece(NamedTuple):
    """A paragraph, and what its page shows of it."""

    text: str
    kind: BlockKind
    loud: Loud = Loud()
    term: str = ""
    """`dt` or `dd` in a list of terms."""

    @property
    def asks(self) -> bool:
        """Whether it ends with a question."""
        return ASKS.search(self.text) is not None and self.kind != "heading"


class Part(NamedTuple):
    """What a paragraph, or each part of it, turns out to be."""

    text: str
    kind: BlockKind
    speaker: str = ""


Found: TypeAlias = tuple[int, tuple[Part, ...]]
"""The place of a paragraph, and its parts."""


def of_rows(rows: Sequence[dom.Row]) -> list[dom.Row]:
    """The rows of a page, its questions marked as such, each turn with who says it."""
    found = _loud(rows[0].element.getroottree().getroot()) if rows else {}
    loud = {element: shown(texts) for element, texts in found.items()}
    terms = _terms(rows[0].element.getroottree().getroot()) if rows else {}
    pieces = [Piece(row.text, row.kind, loud.get(row.element, Loud()), terms.get(row.element, "")) for row in rows]
    turns = told(pieces)
    settled: list[dom.Row] = []
    for at, row in enumerate(rows):
        if at not in turns:
            settled.append(row)
        for text, kind, speaker in turns.get(at, ()):
            settled.append(replace(row, text=text, kind=kind, speaker=speaker or row.speaker))
    return settled


def of_verdicts(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The pieces of a text without a page, its questions marked as such, turns and quotes with who says them."""
    given = list(verdicts)
    blocks = quotes.of_blocks([each.block for each in given])
    pieces = [Piece(block.text, block.kind, shown(each.loud)) for block, each in zip(blocks, given, strict=True)]
    found = told(pieces)
    settled: list[Verdict] = []
    for at, (block, each) in enumerate(zip(blocks, given, strict=True)):
        for text, kind, speaker in found.get(at, (Part(block.text, block.kind),)):
            said = replace(block, text=text, kind=kind, speaker=speaker or block.speaker)
            settled.append(replace(each, block=said))
    return settled


def told(pieces: Sequence[Piece]) -> Mapping[int, tuple[Part, ...]]:
    """The paragraphs that are a part of an interview, by their place; nothing of a text that is none."""
    return dict((*_in_one(pieces), *_by_terms(pieces), *_by_type(pieces), *_by_names(pieces)))


def _by_names(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Turns that begin with names, as "Jane:", two of which at least come again; one of them asks."""
    marks = [(at, name) for at, piece in enumerate(pieces) if (name := _label(piece))]
    whole = _whole(name for _, name in marks)
    marks = [(at, whole.get(folded(name), name)) for at, name in marks]
    times = Counter(name for _, name in marks)
    for run in _runs([(at, name) for at, name in marks if times[name] > 1], pieces, over_headings=True):
        turns = [(at, after, name) for (at, name), (after, _) in pairwise([*run, (_end(pieces, run[-1][0]), "")])]
        asks = Counter(name for at, after, name in turns if pieces[at].asks or pieces[after - 1].asks)
        said = Counter(name for _, name in run)
        askers = {name for name in said if asks[name] >= OFTEN * said[name]}
        changes = sum(one[1] != other[1] for one, other in pairwise(run))
        if len(run) >= TURNS and changes >= OFTEN * len(run) and askers and said.keys() - askers:
            yield from (each for turn in turns for each in _turn(pieces, turn, asks=turn[2] in askers))


def _end(pieces: Sequence[Piece], last: int) -> int:
    """Where the last turn ends: with its first paragraph, for nobody knows of the next whose it is, or its term."""
    return (
        last + 1 + sum(1 for _ in takewhile(lambda piece: piece.term == "dd", pieces[last + 1 : last + LONGEST_ANSWER]))
    )


def _turn(pieces: Sequence[Piece], turn: tuple[int, int, str], *, asks: bool) -> Iterator[Found]:
    start, end, name = turn
    for at in range(start, end):
        text, kind, _, term = pieces[at]
        said: BlockKind = "question" if asks else "paragraph" if term else kind
        if kind != "heading":
            yield at, (Part(text, kind if term == "dt" else said, name if len(name) > 1 else ""),)


def _label(piece: Piece) -> str:
    """The name or letter that a paragraph begins with; empty where it is set apart by nothing and looks like none."""
    found = LABEL.match(piece.text if piece.term != "dt" else f"{piece.text.rstrip(' :')}:")
    if found is None or piece.kind == "heading":
        return ""
    name = found["name"] or found["letter"]
    apart = found["letter"] or folded(name) in piece.loud.names
    return name if apart or CAPITALS.fullmatch(name) else ""


def _whole(names: Iterable[str]) -> Mapping[str, str]:
    """The whole name for each way of shortening one: "Jane", "Doe" and "JD" for "Jane Doe"."""
    found: dict[str, str] = {}
    for name in names:
        words = folded(name).split()
        for short in (folded(name), words[-1], words[0], "".join(word[0] for word in words)) if len(words) > 1 else ():
            found.setdefault(short, name)
    return found


def _by_type(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Questions that are bold or italic as a whole, in a row; the answers stand below or go on in the same line."""
    marks = [(at, asked) for at, piece in enumerate(pieces) if (asked := _apart(piece))]
    for run in _runs(marks, pieces, over_headings=False):
        asking = [at for at, asked in run if ASKS.search(asked)]
        if len(asking) < max(QUESTIONS, OFTEN * len(run)):
            continue
        yield from _dialogue([(at, asked) for at, asked in run if asking[0] <= at <= asking[-1]], pieces)


def _dialogue(run: Sequence[tuple[int, str]], pieces: Sequence[Piece]) -> Iterator[Found]:
    """Each of these questions with its answer; who asks and who answers is named with the first one, if at all."""
    asker = answerer = ""
    last = run[-1][0]
    again = Counter(_label(pieces[at + 1]) for at, _ in run if at + 1 < len(pieces))
    for (at, asked), (after, _) in pairwise([*run, (last + 2, "")]):
        asker = _named(asked) or asker
        rest = pieces[at].text[len(asked) :].strip()
        answerer = _named(rest) or answerer
        parts = (Part(asked, "question", asker), Part(rest, pieces[at].kind, answerer))
        yield at, parts if rest else parts[:1]
        for place in range(at + 1, min(after, len(pieces))):
            label = _label(pieces[place])
            answerer = _named(pieces[place].text) or (label if len(label) > 1 and again[label] > 1 else answerer)
            if answerer and pieces[place].kind != "heading":
                yield place, (Part(pieces[place].text, pieces[place].kind, answerer),)


def _named(text: str) -> str:
    """The name of two words or more, or of capitals alone, that a turn begins with."""
    found = LABEL.match(text)
    name = found["name"] or "" if found else ""
    return name if CAPITALS.fullmatch(name) and (" " in name or name.isupper()) else ""


def _apart(piece: Piece) -> str:
    """What a paragraph has in bold type: a question, or as a whole a long line that may be one; else nothing."""
    text, kind, loud, term = piece
    if kind != "paragraph" or term or not loud.texts:
        return ""
    if text in loud.texts or (loud.joined and f" {folded(text)} " in loud.joined):
        return text if piece.asks or (word_count(text) >= LONG and text[-1] != ":") else ""
    ends = (found.end() for found in islice(QUESTION_MARK.finditer(text), MOST_MARKS))
    return next((text[:end] for end in ends if text[:end] in loud.texts and " " in text[:end]), "")


def _by_terms(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Lists of terms of which most are questions (HTML standard, 4.4.9)."""
    terms = [at for at, piece in enumerate(pieces) if piece.term]
    asking = sum(pieces[at].asks for at in terms if pieces[at].term == "dt")
    if asking >= max(2, OFTEN * sum(pieces[at].term == "dt" for at in terms)):
        for at in terms:
            text, _, _, term = pieces[at]
            yield at, (Part(text, "question" if term == "dt" else "paragraph"),)


def _in_one(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Paragraphs that hold a question and its answer, each behind its letter."""
    for at, piece in enumerate(pieces):
        found = TOGETHER.fullmatch(piece.text) if piece.kind != "heading" else None
        if found:
            yield at, (Part(found["asked"], "question"), Part(found["answered"], piece.kind))


def _runs(
    marks: Sequence[tuple[int, str]], pieces: Sequence[Piece], *, over_headings: bool
) -> Iterator[list[tuple[int, str]]]:
    """The marks in runs, between which there are no more paragraphs than an answer has, and perhaps no heading."""
    run: list[tuple[int, str]] = []
    for at, name in marks:
        before = run[-1][0] if run else at
        headed = not over_headings and any(
            piece.kind == "heading" for piece in pieces[before : min(at, before + LONGEST_ANSWER)]
        )
        if run and (headed or at - before > LONGEST_ANSWER):
            yield run
            run = []
        run.append((at, name))
    if run:
        yield run


def shown(loud: Sequence[str]) -> Loud:
    """These bold or italic texts of a block, to be compared with its paragraphs."""
    labels = (found["name"] for text in loud if (found := LABEL.match(text)) and found["name"])
    joined = f" {folded(' '.join(loud))} " if 1 < len(loud) <= FEW else ""
    return Loud(frozenset(loud), frozenset(map(folded, (*loud, *labels))), joined)


def _loud(root: dom.Element) -> Mapping[dom.Element, Sequence[str]]:
    """What is bold or italic in each block of a page."""
    found: dict[dom.Element, list[str]] = {}
    for element in root.iter(*LOUD, "span"):
        if element.tag == "span" and not LOUD_STYLE.search(element.get("style") or ""):
            continue
        block = element.getparent()
        for _ in range(AROUND):
            if block is None or block.tag not in tree.INLINE or block.tag in LOUD:
                break
            block = block.getparent()
        if block is not None and block.tag not in LOUD:
            found.setdefault(block, []).append(line(element.text_content()))
    return found


def _terms(root: dom.Element) -> Mapping[dom.Element, str]:
    """`dt` or `dd` for all that stands in one; the inner one where they stand in each other."""
    found: dict[dom.Element | None, str] = {}
    for element in root.iter() if root.find(".//dt") is not None or root.find(".//dd") is not None else ():
        term = str(element.tag) if element.tag in {"dt", "dd"} else found.get(element.getparent(), "")
        if term:
            found[element] = term
    return {element: term for element, term in found.items() if element is not None}
