"""Whether what can be read along is what is said, and stands where it is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice, pairwise

from audioed.characters import line, plain
from audioed.companions import LEAD, SRT, VTT
from audioed.kinds import INSIDE
from audioed.model import Cue, Script, Seconds
from audioed.timecode import exact_clock
from audioed.verifying.captions import Card
from audioed.verifying.chapters import ROUNDING, TOLERANCE, Unreadable
from audioed.verifying.report import Rule, short

AROUND = 30
"""Characters shown of a place where texts differ."""
FLASH: Seconds = 0.8
"""A card that would be gone sooner may stay so long, into the silence after its cue,"""
READ: Seconds = 1 / 17
"""or so long for each of its characters."""
LONGEST, LEEWAY = 7.0, 2.0
"""Seconds after which a card is read twice, and those by which one may stay longer that is best cut nowhere."""
WORDS = 4
"""Of a card with fewer one part would be a word alone."""
LINES = 2
WIDTHS = {VTT.name: 42, SRT.name: 32}
"""Characters on a line (Netflix's guide to timed text; Podcasting 2.0, transcripts)."""
MOST = 3
"""Places told of one file: where one card is lost, all times after it may be wrong, too."""


def in_order(cues: Sequence[Cue], duration: Seconds) -> Rule:
    """Each cue lasts some time, begins after the end of the one before it, and ends inside the file."""
    wrong = [
        f"{short(cue.text)} ends at {exact_clock(cue.end)}, when it begins" for cue in cues if cue.end <= cue.start
    ]
    wrong += [
        f"{short(later.text)} begins at {exact_clock(later.start)}, before the end of the cue before it"
        for earlier, later in pairwise(cues)
        if later.start < earlier.end - ROUNDING
    ]
    if cues and cues[0].start < 0:
        wrong.append(f"{short(cues[0].text)} begins before the file")
    if cues and cues[-1].end > duration + ROUNDING:
        wrong.append(
            f"{short(cues[-1].text)} ends at {exact_clock(cues[-1].end)}, after the file ({exact_clock(duration)})"
        )
    return Rule(name="cues in order", told=f"{len(cues)} cues", wrong=tuple(wrong))


def words(cues: Sequence[Cue]) -> Rule:
    """Words are those of their cue, in its order, and sound in it one after the other."""
    wrong = [told for cue in cues for told in islice(_misplaced(cue), 1)]
    timed = sum(len(cue.words) for cue in cues)
    return Rule(name="words in their cues", told=f"{timed:,} words", wrong=tuple(wrong))


def _misplaced(cue: Cue) -> Iterator[str]:
    """What is wrong with a cue's words."""
    place, end = 0, cue.start
    for word in cue.words:
        found = cue.text.find(word.text, place)
        if found < 0 or not word.text:
            yield f"{short(cue.text)} has no {word.text!r} there"
        place = found + len(word.text)
        if not end - ROUNDING <= word.start <= word.end:
            yield f"{word.text!r} in {short(cue.text)} begins at {exact_clock(word.start)}, not after what is before it"
        end = word.end
    if cue.words and end > cue.end + ROUNDING:
        yield f"{word.text!r} ends at {exact_clock(end)}, after its cue, {short(cue.text)}"


def cover(cues: Sequence[Cue], script: Script) -> Rule:
    """The cues have all that the script has written, in its order, nothing else, and what each utterance carries."""
    written = squeezed(" ".join(utterance.written for utterance in script.utterances))
    found = squeezed(" ".join(cue.text for cue in cues))
    differs = _difference(written, found)
    wrong = [f"the cues have {differs}"] if differs else list(_uncarried(cues, script))
    return Rule(name="cues cover the script", told=f"{len(found):,} of {len(written):,} letters", wrong=tuple(wrong))


def _uncarried(cues: Sequence[Cue], script: Script) -> Iterator[str]:
    """What utterances carry and their cues do not; those of older scripts carry nothing."""
    for cue, said in zip(cues, script.utterances, strict=False):
        for name in ("id", "boundary", "block"):
            if getattr(said, name) not in {"", getattr(cue, name)}:
                yield f"{short(cue.text)} has the {name} {getattr(cue, name)!r} instead of {getattr(said, name)!r}"


def agree(cues: Sequence[Cue], transcripts: Iterable[tuple[str, Sequence[Card] | Unreadable]]) -> Rule:
    """Every transcript has the texts and times of the cues, which it may cut into cards that can be read."""
    wrong, cards = list[str](), list[str]()
    for name, found in transcripts:
        if isinstance(found, Unreadable):
            wrong.append(f"{name}: {found}")
            continue
        cards.append(f"{name} {len(found)} cards")
        told = [*_differences(cues, found), *_other_words(cues, found), *_unreadable(found, WIDTHS.get(name, 0))]
        wrong += [f"{name}: {each}" for each in told[:MOST]]
        if len(told) > MOST:
            wrong.append(f"{name}: and {len(told) - MOST} more")
    return Rule(name="transcripts agree", told=", ".join(cards), wrong=tuple(wrong))


def _differences(cues: Sequence[Cue], cards: Sequence[Card]) -> Iterator[str]:
    """
    Where cards have other words or times than the cues.

    Their texts are laid side by side letter by letter; wherever a card begins
    or ends with a cue, their times must be the same. None goes on where a
    paragraph ends.
    """
    these, those = [squeezed(cue.text) for cue in cues], [squeezed(card.text) for card in cards]
    # joined, because an arrow may be cut in two
    whole = (squeezed(" ".join(map(plain, texts))) for texts in ([c.text for c in cues], [c.text for c in cards]))
    if told := _difference(*whole):
        yield f"it has {told}"
    for earlier, later in pairwise(cards):
        if later.start < earlier.end - ROUNDING:
            yield f"the card at {exact_clock(later.start)} begins before the end of the one before it"
    begins = dict(zip(accumulate(map(len, those), initial=0), cards, strict=False))
    ends = dict(zip(accumulate(map(len, those)), cards, strict=True))
    at, aligned = 0, "".join(these) == "".join(those)
    for cue, text in zip(cues, these, strict=True):
        first, last = begins.get(at), ends.get(at + len(text))
        at += len(text)
        if not text:
            continue
        if aligned and last is None and cue.boundary not in INSIDE | {""}:
            yield f"{short(cue.text)} ends a paragraph, and its card goes on"
        if first and abs(first.start - cue.start) > TOLERANCE + ROUNDING:
            yield f"{short(cue.text)} begins at {exact_clock(first.start)} instead of {exact_clock(cue.start)}"
        stays = last and cue.end < last.end <= last.start + max(FLASH, READ * len(last.text)) + TOLERANCE
        if last and not stays and abs(last.end - cue.end) > TOLERANCE + ROUNDING:
            yield f"{short(cue.text)} ends at {exact_clock(last.end)} instead of {exact_clock(cue.end)}"


def _unreadable(cards: Sequence[Card], width: int) -> Iterator[str]:
    """
    Where cards are gone, stay or are filled as none should be; without a width they are no captions.

    Speech may be faster than anybody sees: a card that is followed at once stays as long as it can.
    """
    for card, after in pairwise([*cards, None] if width else []):
        if card is None:
            continue
        at = f"the card at {exact_clock(card.start)}"
        if after and card.end < min(card.start + FLASH, after.start) - TOLERANCE - ROUNDING:
            yield f"{at} is gone at {exact_clock(card.end)}, before anybody has seen {short(card.text)}"
        if card.end - card.start > LONGEST + LEEWAY and len(card.text.split()) >= WORDS:
            yield f"{at} stays until {exact_clock(card.end)}"
        if len(card.lines) > LINES:
            yield f"{at} has {len(card.lines)} lines"
        if widest := max((line for line in card.lines if len(line) > width), key=len, default=""):
            yield f"{at} has a line of {len(widest)} characters: {short(widest)}"


def _other_words(cues: Sequence[Cue], cards: Sequence[Card]) -> Iterator[str]:
    """Where words of cards, if they have any, are not those of the cues."""
    those = [word for card in cards for word in card.words]
    if not those:
        return
    these = [word for cue in map(shown, cues) if not any(_misplaced(cue)) for word in cue.words]
    if len(those) != len(these):
        yield f"it has {len(those)} words with times, and the cues have {len(these)}"
    for one, other in zip(these, those, strict=False):
        early = max(one.start - other.start, one.end - other.end), min(one.start - other.start, one.end - other.end)
        if one.text != other.text or early[0] > LEAD + TOLERANCE or early[1] < -TOLERANCE:
            yield f"{one.text!r} at {exact_clock(one.start)} is {other.text!r} at {exact_clock(other.start)} in it"


def shown(cue: Cue) -> Cue:
    """The cue as it is read: on one line, without what nobody sees."""
    words = ((word, line(word.text)) for word in cue.words)
    return replace(
        cue,
        text=line(cue.text),
        words=tuple(word if word.text == text else word._replace(text=text) for word, text in words),
    )


def _difference(expected: str, found: str) -> str:
    """The first place at which the texts differ, in words; nothing where they do not."""
    if expected == found:
        return ""
    same = next((i for i, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(expected), len(found)) if same is None else same
    there, here = found[at : at + AROUND] or "the end", expected[at : at + AROUND] or "the end"
    return f"{short(there)} where {short(here)} is expected"


def squeezed(text: str) -> str:
    """The text without white space and what nobody sees; an arrow as SubRip has it, which takes the long one."""
    return "".join(plain(text).split()).replace("-->", "->")
