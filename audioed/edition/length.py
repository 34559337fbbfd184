"""How long an edition will be, told before it is spoken."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from audioed import build
from audioed.catalogue.index import Index
from audioed.errors import AudioedError
from audioed.model import Article, Clip, Edition, Episode, Script, Seconds, Segment, Speech, Treatment, Utterance, Voice
from audioed.phonemes import without_sounds
from audioed.place import Place
from audioed.store import EPISODE
from audioed.voices.casting import cast

if TYPE_CHECKING:
    from audioed.mastering.stitch import Music

_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ]+", re.IGNORECASE)
_COMMA = re.compile(r"[,–—;:](?=\s)|(?<=\s)[–—](?=\s)")
_STOP = re.compile(r"[.!?…](?=\s)")
_NAMED = re.compile(r"\b(?:[A-Z]{2,5}s?|[b-df-hj-np-tv-xz]+)\b", re.IGNORECASE)
_END = " .,!?:;…\"'”’»)"


@dataclass(frozen=True, slots=True)
class Pace:
    """The seconds that a voice takes at its own tempo."""

    begin: Seconds
    """For beginning and ending,"""
    letter: Seconds
    """for a letter,"""
    vowel: Seconds
    """for vowels in a row, about a syllable, besides,"""
    comma: Seconds
    """at a mark within a sentence,"""
    stop: Seconds
    """at the end of one that another follows in the same breath,"""
    named: Seconds
    """for a letter that is called by its name, as in BBC, besides,"""
    capital: Seconds
    """and for a capital, besides: names are said with care."""
    character: Seconds = 0.0
    """For a character of any kind."""


PACES: Mapping[str, Pace] = {
    "hibari": Pace(begin=-0.117, letter=0.0678, vowel=0.0206, comma=0.13, stop=0.242, named=0.104, capital=0.00803),
    "silent": Pace(begin=0.2, letter=0, vowel=0, comma=0, stop=0, named=0, capital=0, character=0.065),
}
"""By engine: of hibari the least squares of 56 articles in English, 275 minutes (`benchmarks/lengths.py`)."""
OTHERS = "hibari"
"""The engine whose pace holds for one that was not measured, until the show's own episodes tell better."""
RECENT = 5
"""Episodes by which a show's own tempo is told."""
NONE = Edition(show="", day=date.min, title="", name="none")
"""Of a script that is only measured."""
FASTEST, SLOWEST = 0.5, 2.0
"""Tempos that are believed; others come of episodes that were made of something else than their scripts."""


def spoken(text: str, pace: Pace) -> Seconds:
    """About how long this spoken form sounds."""
    said = without_sounds(text)
    inner = said.rstrip(_END)
    named = sum(len(each) for each in _NAMED.findall(said) if each.isupper() or not _VOWELS.search(each))
    return max(
        0.0,
        pace.begin
        + pace.character * len(text)
        + pace.letter * sum(map(str.isalpha, said))
        + pace.vowel * len(_VOWELS.findall(said))
        + pace.comma * len(_COMMA.findall(inner))
        + pace.stop * len(_STOP.findall(inner))
        + pace.named * named
        + pace.capital * sum(map(str.isupper, said)),
    )


def seconds(utterances: Iterable[Utterance]) -> Seconds:
    """About how long these are with their pauses in the default voice, without what is played around them."""
    return sum(spoken(each.spoken, PACES[OTHERS]) + each.pause for each in utterances)


def sounding(utterance: Utterance, voice: Voice) -> Seconds:
    """About how long a voice takes for this, without the pause after it."""
    return spoken(utterance.spoken, PACES.get(voice.engine, PACES[OTHERS])) / voice.rate


@dataclass(frozen=True, slots=True)
class Ruler:
    """What tells how long something of a show will be."""

    place: Place
    tempo: float = 1.0
    """How much longer its episodes are than the pace of their voices tells."""

    def article(self, article: Article) -> Seconds:
        """About how long an article is with its pauses, without what is said and played around it."""
        said = build.said(article, self.place)
        script = Script(
            edition=NONE, language=article.language, segments=(Segment(kind="body", title="", utterances=said),)
        )
        return sum(length + each.pause / rate for each, length, rate in self._timed(script))

    def starts(self, script: Script, known: Mapping[str, Seconds] = {}) -> tuple[tuple[Seconds, ...], Seconds]:
        """
        About when each segment of a script begins, and how long its recording is, marks and chapters included.

        `known` tells how long utterances are, by id, whose clips are there.
        """
        clips = (
            Clip(
                utterance=each,
                audio=f"{number:064x}",
                duration=known.get(each.id, length),
                treatment=Treatment(rate=rate),
            )
            for number, (each, length, rate) in enumerate(self._timed(script))
        )
        from audioed.mastering.stitch import plan  # with what it takes to master, which a night without news does not

        timeline = plan(Speech(script=script, clips=tuple(clips)), _music(self.place))
        return tuple(each.start for each in timeline.segments), timeline.duration

    def _timed(self, script: Script) -> Iterator[tuple[Utterance, Seconds, float]]:
        """Each utterance, how long it sounds, and the tempo of its voice."""
        voices = cast(script, self.place.config.synthesis, self.place.cards)
        for each, voice in zip(script.utterances, voices, strict=True):
            if each.sound:
                from audioed.mastering.jingle import LONGEST_READ, jingle
                from audioed.mastering.stitch import RATE

                yield each, jingle(self.place.store.home / each.sound, RATE, LONGEST_READ).duration, 1.0
            else:
                yield each, self.tempo * sounding(each, voice), voice.rate


def ruler(place: Place, index: Index) -> Ruler:
    """What tells how long an edition of this show will be, by the tempo of its newest episodes."""
    plain, found = Ruler(place), list[float]()
    for entry in index.newest_first[:RECENT]:
        with suppress(AudioedError):  # one that was made elsewhere, or whose voice is gone
            folder = place.store.episode_folder(entry.name)
            episode, script = (
                place.store.load(Episode, folder / EPISODE),
                place.store.load(Script, folder / "script.json"),
            )
            told = plain.starts(script)[1]
            found.append(episode.duration / told)
    tempo = median(found) if found else 1.0
    return Ruler(place, tempo if FASTEST <= tempo <= SLOWEST else 1.0)


def _music(place: Place) -> "Music":
    """The marks of the show; of each, only how long it is."""
    from audioed.mastering.jingle import jingle
    from audioed.mastering.stings import OURS
    from audioed.mastering.stitch import RATE, Music, Sting

    wanted = {name: getattr(place.config.mastering.stings, name) for name in OURS}
    lasts = {
        name: OURS[name][0] if sound == "ours" else jingle(place.store.home / sound, RATE).duration
        for name, sound in wanted.items()
        if sound != "none"
    }
    return Music({name: Sting("0" * 64, duration) for name, duration in lasts.items()})
