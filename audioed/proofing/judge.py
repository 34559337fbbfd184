"""Which utterances cannot be what the script says; judged from what was measured of each of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from audioed.model import Cue, Seconds, Utterance
from audioed.proofing.features import Measured
from audioed.proofing.report import Fault, Finding

# `benchmarks/proofing.py --show` prints what stands beside each number: 73 utterances of four articles, heard five
# times.
FEW = 5
"""Utterances of one voice from which its pace is learned; with fewer, all voices' pace has to do."""
SHORT = 8
"""Phonemes; of shorter utterances the pace says little."""
MUTE = 0.15
"""Of the time that it should sound; a clip that was heard sounded 0.85 of it or more."""
OTHER, OTHER_SHORT = 0.55, 0.35
"""Share of its phonemes that is heard: 0.74 or more where it was said, 0.37 or less where another sentence was."""
FAST, HURRIED = 0.7, 0.9
"""Of the time that it should sound: cut short by itself, or together with phonemes missing or an end unlike others."""
MISSING = 4
"""Phonemes in a row; a recogniser that mishears puts others in their place."""
SLOW: float = 1.55
SURPLUS: Seconds = 0.6
"""More than it should sound: said twice."""
EXTRA, MOST_EXTRA = 15, 0.6
"""Phonemes that are heard beside it, and their share of its own: abbreviations are spelled differently by up to ten."""
TAIL = 0.3
"""Of the voice's usual silence at the end of a clip; a clip that was cut off has none."""
LATE: Seconds = 0.25
"""More than the usual silence at the end, which from clip to clip differs by 0.06 at the most."""
LONG_TAIL: Seconds = 1.0
"""More than the usual silence at the end."""
USUAL_PACE: Seconds = 0.075
"""For a phoneme, where no utterance is long enough to learn from."""
DRIFT: Seconds = 0.25
"""The file against its record; encoders add less than a tenth."""

Speaker = tuple[str, str, str]


def faults(
    utterances: Sequence[Utterance], cues: Sequence[Cue], measures: Sequence[Measured], lengths: tuple[Seconds, Seconds]
) -> Iterator[Finding]:
    """
    What is wrong, in the order of the recording.

    A clip is judged by its voice's own pace and pauses. `lengths` are the
    file's and the one that its record tells.
    """
    length, recorded = lengths
    if abs(length - recorded) > DRIFT:
        told = f"the file lasts {length:.1f} s, but its record says {recorded:.1f}"
        yield Finding(fault="another length", utterance=None, start=0.0, end=length, written="", told=told)
    paces, tails = _usual(utterances, measures)
    due = [paces[each.casting] * measure.sounds for each, measure in zip(utterances, measures, strict=True)]
    slow = [_is_slow(measure, time) for measure, time in zip(measures, due, strict=True)]
    for number, (utterance, cue, measure) in enumerate(zip(utterances, cues, measures, strict=True)):
        # What the next one says twice can be laid to the end of this one just as well.
        alone = replace(measure, extra=0) if any(slow[number + 1 : number + 2]) else measure
        found = _fault(alone, due[number], tails[utterance.casting])
        if found:
            fault, told = found
            yield Finding(
                fault=fault, utterance=number, start=cue.start, end=cue.end, written=utterance.written, told=told
            )


def _fault(measure: Measured, expected: Seconds, tail: Seconds) -> tuple[Fault, str] | None:
    """The fault and what was measured of it; the gravest where there are several."""
    if not measure.sounds:
        return None
    ratio = measure.voiced / expected
    long = measure.sounds >= SHORT
    broken = tail > 0 and measure.tail < TAIL * tail
    late = measure.tail > tail + LATE
    lost = measure.gap >= MISSING
    brief = long and (ratio < FAST or (ratio < HURRIED and (broken or late or lost)))
    lasts = f"{measure.voiced:.1f} s of sound where about {expected:.1f} s are needed"
    faults: dict[tuple[Fault, str], bool] = {
        ("silence", lasts): ratio < MUTE,
        ("cut short", lasts): brief and (broken or measure.found > OTHER),
        ("other words", f"{measure.found:.0%} of it was heard"): measure.found < (OTHER if long else OTHER_SHORT),
        ("repeated", lasts): _is_slow(measure, expected),
        ("repeated", f"{measure.extra} sounds were heard that it does not have"): (
            measure.extra > max(EXTRA, MOST_EXTRA * measure.sounds)
        ),
        ("cut short", f"a silence of {measure.tail:.1f} s at its end"): (
            measure.tail > tail + LONG_TAIL and (lost or ratio < HURRIED)
        ),
    }
    return next((fault for fault, found in faults.items() if found), None)


def _is_slow(measure: Measured, expected: Seconds) -> bool:
    return measure.voiced > SLOW * expected and measure.voiced - expected > SURPLUS


def _usual(
    utterances: Sequence[Utterance], measures: Sequence[Measured]
) -> tuple[dict[Speaker, Seconds], dict[Speaker, Seconds]]:
    """Of each speaker the usual time for a phoneme, and the usual silence at the end of a clip."""
    groups: dict[Speaker, list[Measured]] = defaultdict(list)
    for utterance, measure in zip(utterances, measures, strict=True):
        if measure.sounds >= SHORT and measure.voiced > 0:
            groups[utterance.casting].append(measure)
    everyone = [measure for group in groups.values() for measure in group]
    paces: dict[Speaker, Seconds] = {}
    tails: dict[Speaker, Seconds] = {}
    for who in (each.casting for each in utterances):
        some = groups[who] if len(groups[who]) >= FEW else everyone
        paces[who] = median(each.voiced / each.sounds for each in some) if some else USUAL_PACE
        tails[who] = median(each.tail for each in some) if some else 0.0
    return paces, tails
