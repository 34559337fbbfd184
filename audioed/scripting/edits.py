"""What a person changed in a script by hand, carried over into the script that is written anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, TypeVar

from audioed.characters import clipped
from audioed.kinds import PAUSES
from audioed.model import Edition, Script, Segment, Utterance

UTTERANCE = (
    ("written", "spoken", "readings"),
    ("role",),
    ("pause",),
    ("boundary",),
    ("block",),
    ("url",),
    ("voice",),
    ("language",),
    ("sound",),
)
"""Fields of an utterance; those stand together that make no sense apart."""
HEAD = (("kind",), ("title", "heading"), ("url",), ("chapter",))
"""And of a segment; each group goes by the name of its first."""
FORMER = (1.1,)
"""Pauses that the table had before: of a segment, up to 0.2."""
LONGEST = 48
"""Characters of a sentence in what is told."""
Part = TypeVar("Part", Utterance, Segment, Script, Edition)
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The script to be spoken, and what became of the edits, a line each: the sentence, and what was edited of it."""

    script: Script
    kept: Names = ()
    lost: Names = ()
    """Edits of what the new text does not have: whoever made them should be asked before they go."""
    doubted: Names = ()
    """Without a pristine script: what may be an edit, or an earlier reading of the same text. It is read anew."""


def merged(pristine: Script | None, edited: Script, fresh: Script) -> Merged:
    """
    The fresh script with what a person changed between the pristine one and the edited one.

    Pristine is the script as it was written last time, edited is what stands on
    disk. What differs between them is an edit, field by field; it stays with
    its sentence where the fresh script has that word for word. All else is
    fresh. Without a pristine script only a pause that is none of ours is surely
    an edit. What else differs is told and read anew: taken for edits, the
    readings of earlier versions would keep every better one, and every mended
    line of a lexicon, from being heard.
    """
    if pristine is None:
        return _without_pristine(edited, fresh)
    merge = _Merge(_lines(pristine), _lines(edited), _lines(fresh))
    script = replace(fresh, segments=_segments(merge.lines()))
    script = merge.whole(pristine, edited, script, "language", "sources")
    edition = merge.whole(pristine.edition, edited.edition, script.edition, "title", "day")
    return Merged(replace(script, edition=edition), _once(merge.kept), _once(merge.lost))


@dataclass(frozen=True, slots=True)
class _Line:
    """An utterance where it stands."""

    utterance: Utterance
    head: Segment
    """Its segment, without utterances."""
    number: int
    """Of its segment in its script."""
    first: bool
    """Whether its segment begins here."""
    settled: bool = False
    """Whether a segment of the fresh script begins here."""
    unmet: bool = False
    """Whether the edited script does not have it."""


class _Merge:
    """What becomes of each line of the fresh script."""

    def __init__(self, before: list[_Line], now: list[_Line], fresh: list[_Line]) -> None:
        self.kept: list[str] = []
        self.lost: list[str] = []
        self._before, self._now, self._fresh = before, now, fresh
        self._places, self._dropped = _places(before, fresh)
        met = set(self._places.values())
        self._new = {line.utterance.written: at for at, line in enumerate(fresh) if at not in met}
        """What only the fresh script has; an edit that says the same has been made in the article, too."""
        self._changed: dict[int, _Line] = {}
        """Fresh line -> what it is now."""
        self._gone: set[int] = set()
        self._added: dict[int, list[_Line]] = {}
        """Fresh line -> lines that come before it; their number stands for the end."""
        self._heads: dict[int, Segment] = {}
        """Segment of now -> that segment in the merged script."""
        for tag, a, b, c, d in _opcodes(before, now):
            if tag == "equal" or b - a == d - c:
                for was, is_now in zip(range(a, b), range(c, d), strict=True):
                    self._edit(before[was], now[is_now], self._places.get(was))
            elif tag == "replace" and any(was not in self._places for was in range(a, b)):
                if any(line.utterance.written not in self._new for line in now[c:d]):
                    self.lost += [_told(line.utterance, "written") for line in before[a:b]]
            else:
                self._remove(range(a, b))
                self._add(now[c:d], a, b)
        for one, other in self._same():
            if other.number not in self._heads:
                self.lost += _told_head(one.head, _differing(one.head, other.head, HEAD))

    def _same(self) -> Iterator[tuple[_Line, _Line]]:
        for tag, a, b, c, d in _opcodes(self._before, self._now):
            if tag == "equal":
                yield from zip(self._before[a:b], self._now[c:d], strict=True)

    def _edit(self, was: _Line, now: _Line, place: int | None) -> None:
        """A line that is still there, perhaps in other words; a title that is new by hand has no heading but itself."""
        if now.head.title != was.head.title and now.head.heading == was.head.heading:
            now = replace(now, head=replace(now.head, heading=""))
        edits, of_head = _differing(was.utterance, now.utterance, UTTERANCE), _differing(was.head, now.head, HEAD)
        place = self._new.get(now.utterance.written) if place is None else place
        if place is None:
            self.lost += _told_all(was.utterance, now.utterance, edits)
            return
        fresh = self._fresh[place]
        utterance, head = _taken(fresh.utterance, now.utterance, edits), _taken(fresh.head, now.head, of_head)
        self.kept += _told_all(was.utterance, now.utterance, edits) if utterance != fresh.utterance else []
        self.kept += _told_head(was.head, of_head) if head != fresh.head else []
        first = fresh.first if now.first == was.first else now.first
        self._changed[place] = _Line(utterance, head, fresh.number, first, fresh.first)
        self._heads.setdefault(now.number, head)

    def _remove(self, lines: Iterable[int]) -> None:
        for was in lines:
            if was in self._places:
                self._gone.add(self._places[was])
                self.kept.append(_told(self._before[was].utterance, "left out"))
            elif was not in self._dropped:  # the text has something else in its place
                self.lost.append(_told(self._before[was].utterance, "left out"))

    def _add(self, added: Sequence[_Line], a: int, b: int) -> None:
        """Lines that stand in place of those from a to b of before, or between the lines around them."""
        others = {line.utterance.written for at, line in enumerate(self._before) if at not in self._places}
        stale = [line for line in added if line.utterance.written in others]  # moved, and the text has it no longer
        self.lost += [_told(line.utterance, "moved") for line in stale]
        lines = [line for line in added if line not in stale and line.utterance.written not in self._new]
        if not lines:
            return
        place = self._between(a, b, begins=lines[0].first)
        if place is None:
            self.lost += [_told(line.utterance, "added") for line in lines]
        else:
            self._added.setdefault(place, []).extend(lines)
            self.kept += [_told(line.utterance, "added") for line in lines]

    def _between(self, a: int, b: int, *, begins: bool) -> int | None:
        """Before which fresh line there is room for those; None where neither neighbour is known."""
        if a < b:
            return self._places[a]
        ahead = 0 if a == 0 else self._places[a - 1] + 1 if a - 1 in self._places else None
        behind = len(self._fresh) if b == len(self._before) else self._places.get(b)
        return behind if ahead is None or (begins and behind is not None) else ahead

    def lines(self) -> Iterator[_Line]:
        """The merged script; a line that is new in a segment goes by that one's name."""
        heads: dict[int, Segment] = {}
        for line in reversed(self._changed.values()):
            heads[line.number] = line.head
        for at in range(len(self._fresh) + 1):
            for line in self._added.get(at, ()):
                yield replace(line, head=self._heads.get(line.number, line.head))
            if at < len(self._fresh) and at not in self._gone:
                fresh = self._fresh[at]
                line = self._changed.get(at) or replace(fresh, head=heads.get(fresh.number, fresh.head), unmet=True)
                heads[line.number] = line.head
                yield line

    def whole(self, before: Part, now: Part, fresh: Part, *names: str) -> Part:
        """What is not a sentence's: an edit stands unless the fresh one has become something else by itself."""
        for name in names:
            was, wanted, written = (getattr(each, name) for each in (before, now, fresh))
            if wanted not in (was, written):
                told = self.kept if written == was else self.lost
                told.append(f"the {type(fresh).__name__.lower()}: {name}")
                fresh = replace(fresh, **{name: wanted}) if written == was else fresh
        return fresh


def _without_pristine(edited: Script, fresh: Script) -> Merged:
    now, lines = _lines(edited), _lines(fresh)
    kept: list[str] = []
    doubted: list[str] = []
    for tag, a, b, c, d in _opcodes(now, lines):
        for is_now, at in zip(range(a, b), range(c, d), strict=True) if tag == "equal" else ():
            utterance, other = lines[at].utterance, now[is_now].utterance
            if other.pause != utterance.pause and not _is_ours(other.pause):
                kept.append(_told(utterance, "pause"))
                utterance = replace(utterance, pause=other.pause)
                lines[at] = replace(lines[at], utterance=utterance)
            doubted += _told_all(utterance, other, _differing(utterance, other, _carried(other, UTTERANCE)))
            doubted += _told_head(lines[at].head, _differing(lines[at].head, now[is_now].head, HEAD))
        if tag in {"delete", "insert"}:
            doubted += [
                _told(line.utterance, "left out" if tag == "delete" else "added") for line in (*now[a:b], *lines[c:d])
            ]
    return Merged(replace(fresh, segments=_segments(lines)), _once(kept), (), _once(doubted))


def _is_ours(pause: float) -> bool:
    """
    Whether a version that kept no script beside the edited one may have decided on this pause.

    Those had one for each boundary. A pause that follows the words is compared with the script that was kept.
    """
    return pause in {*PAUSES.values(), *FORMER}


def _lines(script: Script) -> list[_Line]:
    return [
        _Line(utterance, replace(segment, utterances=()), number, at == 0, at == 0)
        for number, segment in enumerate(script.segments)
        for at, utterance in enumerate(segment.utterances)
    ]


def _segments(lines: Iterable[_Line]) -> tuple[Segment, ...]:
    """
    The lines in their segments.

    One that begins where an edit says so, but goes by the name of what the
    text now has ahead of it, is no new one: its first sentence was left out.
    """
    found: list[tuple[Segment, list[Utterance]]] = []
    ahead: _Line | None = None
    for line in lines:
        goes_on = ahead is not None and ahead.unmet and not line.settled and line.head == found[-1][0]
        if not found or (line.first and not goes_on):
            found.append((line.head, []))
        found[-1][1].append(line.utterance)
        ahead = line
    return tuple(replace(head, utterances=tuple(utterances)) for head, utterances in found)


def _places(before: Sequence[_Line], fresh: Sequence[_Line]) -> tuple[dict[int, int], set[int]]:
    """Line of before -> the fresh line of the same words; and those that the text has dropped without another."""
    places: dict[int, int] = {}
    dropped: set[int] = set()
    for tag, a, b, c, d in _opcodes(before, fresh):
        if tag == "equal":
            places |= zip(range(a, b), range(c, d), strict=True)
        elif tag == "delete":
            dropped |= set(range(a, b))
    taken = set(places.values())
    rest = {line.utterance.written: at for at, line in enumerate(fresh) if at not in taken}
    for at, line in enumerate(before):  # what the text has moved
        if at not in places and line.utterance.written in rest:
            places[at] = rest.pop(line.utterance.written)
    return places, dropped - places.keys()


def _opcodes(these: Sequence[_Line], those: Sequence[_Line]) -> list[tuple[str, int, int, int, int]]:
    before, after = ([line.utterance.written for line in each] for each in (these, those))
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _differing(these: object, those: object, groups: Sequence[Names]) -> list[Names]:
    return [group for group in groups if any(getattr(these, name) != getattr(those, name) for name in group)]


def _carried(utterance: Utterance, groups: Sequence[Names]) -> list[Names]:
    """Without what versions before this one did not carry."""
    return [
        group for group in groups if group not in {("boundary",), ("block",), ("url",)} or getattr(utterance, group[0])
    ]


def _taken(fresh: Part, wanted: Part, groups: Iterable[Names]) -> Part:
    values: dict[str, Any] = {name: getattr(wanted, name) for group in groups for name in group}
    return replace(fresh, **values)


def _told_all(was: Utterance, now: Utterance, groups: Iterable[Names]) -> list[str]:
    return [_told(was, next(each for each in group if getattr(was, each) != getattr(now, each))) for group in groups]


def _told_head(was: Segment, groups: Iterable[Names]) -> list[str]:
    return [f"the segment “{was.title}”: {name}" for name, *_ in groups]


def _told(utterance: Utterance, what: str) -> str:
    return f"“{clipped(utterance.written, LONGEST)}”: {what}"


def _once(told: Iterable[str]) -> Names:
    return tuple(dict.fromkeys(told))
