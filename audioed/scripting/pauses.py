"""
How long each pause is: by the boundary it stands at, and by what was said before and what comes after.

A reader who breathes like a metronome is a machine. Read aloud, a pause is up
to 1.4 times longer after a long sentence, and 1.2 times after a long paragraph
(A. Kazlauskienė and E. Kalašinskaitė, "The duration of pauses between phrases in
reading language", 2019); it grows with what follows, too, and between two short
phrases it is shorter than either alone would make it (E. Zvonik and F. Cummins,
"The effect of surrounding phrase lengths on pause duration", 2003). Pauses are
far from a bell curve, and nearer to one in their logarithms (E. Campione and
J. Véronis, "A large-scale multilingual study of silent pause duration", 2002):
so these are factors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from audioed.kinds import BLOCKS, INSIDE, PAUSES, SWAY, Boundary
from audioed.languages import primary, table
from audioed.model import Seconds, Segment, Utterance
from audioed.phonemes import without_sounds

USUAL = {"clause": 100, "sentence": 100, "item": 45, "paragraph": 190}
"""Characters before a boundary of this kind after which its pause is as long as `PAUSES` has it."""
BEFORE, AFTER = 0.45, 0.25
"""How much a pause grows with what was said and with what follows: by these powers of their lengths,"""
MOST_BEFORE, MOST_AFTER = 1.45, 1.25
"""and at the most so many times longer or shorter."""
SHORT, BETWEEN_SHORT = 45, 0.85
"""Characters of ten syllables, and what is left of a pause between two sentences with fewer."""
ASKED = 1.35
"""After a question the listener begins to answer."""
TURNED = 1.25
"""Before "But": what comes is not what was expected."""
LED_ON = 0.85
"""Before "And" or "They": the same thought goes on."""
QUOTED = 1.2
"""Before somebody else is heard."""
LED_IN = 0.85
"""After a colon: what was announced follows."""
CLAUSES = {",": 1.0, ";": 1.6, ":": 1.6, "—": 1.4, "–": 1.4, "…": 1.6}
"""Within a sentence the mark tells how long one stops;"""
UNMARKED = 0.7
"""without one, hardly at all."""
_OPENS = '"“„«‹「『'
_CLOSES = "\"'”’»›」』)"


def paced(segments: Sequence[Segment], language: str) -> tuple[Segment, ...]:
    """
    The segments with each pause as long as the words around it ask for.

    It follows from these words alone, so that a sentence changes no pause but
    those around it. The pause before a chapter holds a whole second, on which
    the chapter starts.
    """
    row = [each for segment in segments for each in segment.utterances]
    pauses = iter(_pauses(row, language))
    found = [[next(pauses) for _ in segment.utterances] for segment in segments]
    for ahead, segment in zip(found, segments[1:], strict=False):
        if segment.chapter and ahead:
            ahead[-1] = max(ahead[-1], PAUSES["segment"])
    return tuple(
        replace(
            segment,
            utterances=tuple(replace(each, pause=pause) for each, pause in zip(segment.utterances, timed, strict=True)),
        )
        for segment, timed in zip(segments, found, strict=True)
    )


def _pauses(row: Sequence[Utterance], language: str) -> Iterator[Seconds]:
    said = 0
    """Characters since the paragraph began,"""
    sentence = 0
    """and since the sentence did."""
    for here, after in zip(row, [*row[1:], None], strict=True):
        length = len(without_sounds(here.spoken))
        said, sentence = said + length, sentence + length
        if after is None or here.boundary not in SWAY:
            yield here.pause
        else:
            before = sentence if here.boundary in INSIDE else said
            yield _pause(here, after, before, after.language or language)
        said = said if here.boundary in INSIDE else 0
        sentence = sentence if here.boundary == "clause" else 0


def _pause(here: Utterance, after: Utterance, before: int, language: str) -> Seconds:
    """Between these two, the first of which ends so many characters."""
    boundary: Boundary = here.boundary or "sentence"
    if boundary == "clause":
        factor = CLAUSES.get(here.written.rstrip(_CLOSES)[-1:], UNMARKED)
    else:
        coming = len(without_sounds(after.spoken))
        factor = _grown(before / USUAL[boundary], BEFORE, MOST_BEFORE) * _grown(
            coming / USUAL["sentence"], AFTER, MOST_AFTER
        )
        factor *= BETWEEN_SHORT if max(before, coming) < SHORT and boundary == "sentence" else 1
        factor *= _cued(here, after, language)
    least, most = SWAY[boundary]
    return round(min(max(PAUSES[boundary] * factor, least), most), 2)


def _grown(share: float, power: float, most: float) -> float:
    return float(min(max(share**power, 1 / most), most))


def _cued(here: Utterance, after: Utterance, language: str) -> float:
    """What the last mark and the next word do."""
    factor = {"?": ASKED, ":": LED_IN}.get(here.written.rstrip(_CLOSES)[-1:], 1.0)
    if _is_quoted(after) and not _is_quoted(here):
        return factor * QUOTED
    first = after.written.lstrip(_OPENS).partition(" ")[0].rstrip(",").lower()
    turns, leads = _words(primary(language))
    return factor * (TURNED if first in turns else LED_ON if first in leads else 1)


def _is_quoted(utterance: Utterance) -> bool:
    """Whether it begins with somebody else's words."""
    return utterance.written.startswith(tuple(_OPENS)) or bool(utterance.block and BLOCKS[utterance.block].quoted)


@cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of a language, the words before which a reader waits, and those before which it goes on."""
    found = table(language, "pauses")
    return frozenset(found.get("turns", "").split()), frozenset(found.get("leads_on", "").split())
