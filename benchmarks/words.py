"""
When words sound, as the voice itself tells it, beside what Whisper hears. Prints figures, judges nothing.

    python benchmarks/words.py [--voices heart] [--articles FILE ...] [--show N]

Whisper is given a whole recording, as faster-whisper's users do. Its times are coarse, so the sound itself is asked as
well, where it leaves no doubt when a word begins: after a silence, and where a hiss follows a voiced sound ("the
second"). Whisper is measured there, too. Both are also held against a forced alignment (`aligned.py`), after `pip
install pocketsphinx`: where the two are far apart, it tells whose fault that is. Needs `audioed[proof]`.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from aligned import Aligner
from bench_line import HERE, SAMPLE, SEED
from numpy.typing import NDArray

import audioed
from audioed.companions import LEAD
from audioed.mastering.encode import decode
from audioed.model import Cue, Script, Seconds, Word
from audioed.proofing.align import side_by_side, words
from audioed.proofing.misheard import timed
from audioed.proofing.recogniser import RATE, Recogniser
from audioed.publishing.transcript.passage import ahead

PAGE = HERE.parents[1] / "shared" / "pages" / "dev" / "05.html"
STEP: Seconds = 0.001
SMOOTHED: Seconds = 0.005
QUIET, LOUD = -45.0, -33.0
"""Decibels against full scale: silence before a word, and a word that has begun."""
SILENT: Seconds = 0.08
"""Before a word whose beginning is beyond doubt."""
NEAR: Seconds = 0.15
"""Of a word's start, where the sound is looked at."""
HISS = 3500.0
"""Hertz, above which an "s" is louder than any vowel."""
RISE, EDGE = 12.0, 0.04
"""Decibels by which it rises, and the seconds before and after over which they are compared."""
FAR, AGREED = 0.15, 0.08
"""Seconds: two witnesses of a word are far apart, or say the same."""
Place = tuple[Seconds, str, str]
"""When a word is said to begin, that word, and the one before it in its sentence."""


def heard(
    article: Path, voice: str, recogniser: Recogniser, folder: Path
) -> tuple[Script, Sequence[Cue], list[list[Word]]]:
    """What is said of an article, its cues as published, and what is heard of each; its sound is in `heard.pcm`."""
    show = audioed.open(folder / "show", voices={"narrator": voice}, cache=folder / "cache")
    episode = show.render(str(article))
    decode(show.audio(episode), folder / "heard.pcm", RATE)
    samples = np.fromfile(folder / "heard.pcm", "<i2")
    found = recogniser.transcribed(samples.astype(np.float32) / 32768, episode.language)
    return show.script(episode), episode.cues, timed(episode.cues, found)


def pairs(told: Sequence[Word], found: Sequence[Word]) -> Iterator[tuple[Word, Word, str]]:
    """The words that both have, and the word before each."""
    rows = [["".join(words(each.text)) for each in row] for row in (told, found)]
    for each in side_by_side(*rows):
        if each.same:
            for place, other in zip(range(each.start, each.end), found[each.first : each.last], strict=True):
                yield told[place], other, told[place - 1].text if place else ""


class Sound:
    """How loud a recording is, millisecond by millisecond, all of it and its hisses."""

    def __init__(self, samples: NDArray[np.int16]) -> None:
        sound = samples / 32768
        spectrum = np.fft.rfft(sound)
        spectrum[np.fft.rfftfreq(len(sound), 1 / RATE) < HISS] = 0
        self.whole, self.hisses = self._levels(sound), self._levels(np.fft.irfft(spectrum, len(sound)))

    @staticmethod
    def _levels(sound: NDArray[np.float64]) -> NDArray[np.float64]:
        over = round(SMOOTHED * RATE)
        power = np.convolve(np.square(sound), np.ones(over) / over, "same")
        return np.asarray(10 * np.log10(power[:: round(STEP * RATE)] + 1e-10))

    def after_silence(self, places: Sequence[Place]) -> list[Seconds]:
        """How much later than it sounds each word is said to begin before which there is silence."""
        found = []
        for start, _, _ in places:
            first, still = max(0, round((start - NEAR) / STEP)), round(SILENT / STEP)
            window = self.whole[first : round((start + NEAR) / STEP)]
            loud = np.flatnonzero(window > LOUD)
            quiet = np.flatnonzero(window[: loud[0]] < QUIET) if len(loud) else loud
            begun = int(quiet[-1]) + 1 if len(quiet) else 0
            if begun >= still and (window[begun - still : begun] < QUIET).all():
                found.append(start - (first + begun) * STEP)
        return found

    def at_hisses(self, places: Sequence[Place]) -> list[Seconds]:
        """The same of words that begin with an "s" after a voiced sound."""
        found = []
        edge = round(EDGE / STEP)
        for start, word, before in places:
            if not (word.lower().startswith("s") and before[-1:].lower() in set("aounmlryw")):
                continue
            first = max(0, round((start - NEAR) / STEP))
            sums = np.cumsum(self.hisses[first : round((start + NEAR) / STEP)], dtype=float)
            means = (sums[edge:] - sums[:-edge]) / edge
            rises = means[edge:] - means[:-edge]
            if len(rises) and rises.max() > RISE:
                found.append(start - (first + edge + 1 + int(rises.argmax())) * STEP)
        return found

    def silent(self, moment: Seconds) -> bool:
        """Whether nothing is heard in the next 20 ms."""
        first = round(moment / STEP)
        return bool(self.whole[first : first + round(0.02 / STEP)].max(initial=QUIET) <= QUIET)

    def not_in_silence(self, word: Word) -> Seconds:
        """When a word begins that is said to begin in a silence: with the next sound."""
        first, last = round(word.start / STEP), round(word.end / STEP)
        if not self.silent(word.start):
            return word.start
        loud = np.flatnonzero(self.whole[first:last] > LOUD)
        return word.start + int(loud[0]) * STEP if len(loud) else word.start


def by_alignment(script: Script, cues: Sequence[Cue], samples: NDArray[np.int16]) -> list[tuple[Word, ...]]:
    """The words of each cue as a forced alignment finds them; none where PocketSphinx is not there."""
    try:
        aligner = Aligner()
    except ImportError:
        return [()] * len(cues)
    said = [each for segment in script.segments for each in segment.utterances]
    return [aligner.words(one, script.language, cue, samples) for one, cue in zip(said, cues, strict=True)]


def causes(three: Sequence[tuple[Word, Word, Word]], sound: Sound) -> str:
    """Whose fault it is where Whisper is `FAR` from us, as the forced alignment, which knows neither, tells."""
    found = Counter[str]()
    for one, right, other in three:
        if abs(one.start - other.start) <= FAR:
            continue
        ours, whispers = (abs(each.start - right.start) <= AGREED for each in (one, other))
        if ours and not whispers:
            found["Whisper, in a silence" if sound.silent(other.start) else "Whisper, in the word before or after"] += 1
        else:
            found["ours" if whispers and not ours else "nobody's"] += 1
    return ", ".join(f"{name} {count}" for name, count in found.most_common()) or "none"


def told(name: str, differences: Sequence[Seconds]) -> None:
    """The figures of some differences, in milliseconds."""
    row = 1000 * np.array(differences or [np.nan])
    size = np.abs(row)
    figures = (
        f"median {np.median(size):4.0f} ms, 95 % {np.percentile(size, 95):4.0f} ms, late by {np.median(row):+4.0f}"
    )
    print(f"  {name:<60} {figures} ms ({len(differences)})")


def measured(article: Path, voice: str, recogniser: Recogniser, show: int) -> None:
    """The figures of one article in one voice."""
    with tempfile.TemporaryDirectory() as folder:
        script, cues, parts = heard(article, voice, recogniser, Path(folder))
        samples = np.fromfile(Path(folder) / "heard.pcm", "<i2")
    sound, aligned = Sound(samples), by_alignment(script, cues, samples)
    both = [(*pair, cue) for cue, part in zip(cues, parts, strict=True) for pair in pairs(cue.words, part)]
    ours = [(one.start, one.text, before) for one, _, before, _ in both]
    whispers = [(other.start, one.text, before) for one, other, before, _ in both]
    shown = [ahead(cue).words[cue.words.index(one)].start for one, *_, cue in both]
    found = {cue: row for cue, row in zip(cues, aligned, strict=True) if row}
    three = [(one, found[cue][cue.words.index(one)], other) for one, other, _, cue in both if cue in found]
    print(f"{voice}, {article.name}: {sum(len(cue.words) for cue in cues)} words, {len(both)} of them heard")
    told("starts, ours against Whisper", [one.start - other.start for one, other, *_ in both])
    told(
        "as transcripts show them, against Whisper",
        [at - other.start for at, (_, other, *_) in zip(shown, both, strict=True)],
    )
    told("starts, Whisper's in silence moved to the sound", [a.start - sound.not_in_silence(b) for a, b, *_ in both])
    told("ours against a forced alignment", [one.start - right.start for one, right, _ in three])
    told("Whisper against a forced alignment", [other.start - right.start for _, right, other in three])
    told(
        "an alignment, shown as early, against Whisper", [right.start - LEAD - other.start for _, right, other in three]
    )
    told("ours against the sound, after silence", sound.after_silence(ours))
    told("Whisper against the sound, after silence", sound.after_silence(whispers))
    told("ours against the sound, where a hiss begins", sound.at_hisses(ours))
    told("Whisper against the sound, where a hiss begins", sound.at_hisses(whispers))
    print(f"  more than {1000 * FAR:.0f} ms from Whisper, by cause: {causes(three, sound)}")
    for one, other, before, cue in sorted(both, key=lambda each: -abs(each[0].start - each[1].start))[:show]:
        away = 1000 * (one.start - other.start)
        print(f"    {away:+5.0f} ms  {one.start:8.3f} {one.text!r} after {before!r} in {cue.text[:70]!r}")


def main() -> None:
    """Each article in each voice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--voices", nargs="+", default=["heart"])
    parser.add_argument("--articles", nargs="+", type=Path, default=[SAMPLE, PAGE, SEED])
    parser.add_argument("--show", type=int, default=0, help="how many of the largest differences are shown")
    asked = parser.parse_args()
    recogniser = Recogniser()
    for voice in asked.voices:
        for article in asked.articles:
            if article.exists():
                measured(article, voice, recogniser, asked.show)


if __name__ == "__main__":
    main()
