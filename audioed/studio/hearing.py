"""A sentence heard at once, in any voice, as it stands or as a build would say it."""

from dataclasses import dataclass, replace
from datetime import date

from audioed.errors import StudioError
from audioed.model import Edition, Script, Segment, Stored, Utterance, Voice, Word
from audioed.place import Place
from audioed.scripting.validate import faults
from audioed.studio.desk import Desk
from audioed.studio.engines import Heard, cleared
from audioed.studio.script import found, speakers

LONGEST = 2_000
"""Characters that are said in one breath at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding(Stored):
    """An utterance of an edition, to be heard."""

    edition: str
    utterance: str
    """Its id."""
    voice: str = ""
    """A voice in place of the one that it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying(Stored):
    """Words to be heard: `spoken` as they stand, or `written` as a build would say them."""

    spoken: str = ""
    """May hold `[word](/IPA/)`."""
    written: str = ""
    voice: str = ""
    """The narrator's where empty."""
    language: str = ""
    """BCP 47 tag; the show's where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """When the words of an utterance sound."""

    duration: float
    """Seconds."""
    words: tuple[Word, ...]
    """Each with its start and its end in seconds from the start of its clip; empty where the voice does not tell."""


def sound(desk: Desk, asked: Sounding) -> bytes:
    """Say an utterance as it stands now."""
    return _of_utterance(desk, asked).wav


def words(desk: Desk, asked: Sounding) -> Timed:
    """When each word of an utterance is heard; the utterance is spoken first if need be."""
    heard = _of_utterance(desk, asked)
    return Timed(duration=heard.duration, words=heard.words)


def tried(desk: Desk, asked: Trying) -> bytes:
    """Say any words in any voice; nothing in the show changes."""
    from audioed.voices.casting import speaker, unspoken

    show = desk.show
    language = asked.language or show.config.show.language
    if bool(asked.spoken.strip()) == bool(asked.written.strip()):
        raise StudioError("Give either `spoken` or `written`, and words in it.")
    if asked.voice:
        voice = named(asked.voice, desk)
    else:
        found = speaker("narrator", show.config.synthesis, show.place.cards, language)
        if found is None:
            raise StudioError(unspoken(language))
        voice = found
    if asked.spoken:
        said = Utterance(written=asked.spoken, spoken=asked.spoken)
    else:
        said = as_written(asked.written, language, desk)
    return desk.voices.heard(able(said), voice, show.place).wav


def named(name: str, desk: Desk) -> Voice:
    """The voice of this name; StudioError where it is not installed."""
    cards = desk.show.place.cards
    if name not in cards:
        raise StudioError(f"The voice {name!r} is not installed; choose one of {', '.join(sorted(cards))}.")
    return cards[name]


def as_written(text: str, language: str, desk: Desk) -> Utterance:
    """What a build of the show would say of these words, in one breath."""
    from audioed.model import Article, Block
    from audioed.pronouncing import utterances

    article = Article(title="", language=language, blocks=(Block(kind="paragraph", text=" ".join(text.split())),))
    said = utterances(article, desk.store.home)
    whole = said[0]
    for each in said[1:]:
        shift = len(whole.written) + 1
        moved = tuple(replace(one, at=one.at + shift) for one in each.readings)
        whole = replace(
            whole,
            written=f"{whole.written} {each.written}",
            spoken=f"{whole.spoken} {each.spoken}",
            readings=(*whole.readings, *moved),
        )
    return whole


def able(utterance: Utterance) -> Utterance:
    """The utterance, where it can be spoken; StudioError says why it cannot."""
    if len(utterance.spoken) > LONGEST or len(utterance.written) > LONGEST:
        raise StudioError(f"That is more than {LONGEST:,} characters; split it into several sentences.")
    for fault in faults(utterance):
        raise StudioError(f"The sentence {fault}; change it.")
    return utterance


def _played(utterance: Utterance, place: Place) -> Heard:
    """A sound file of the show's own, which is heard in place of a voice."""
    from audioed import mastering

    with place.store.cache.at_work():
        clip = mastering.played(alone(utterance), place.store)[utterance.id]
        wav = place.store.cache.noted("clips", f"{clip.audio}.wav")
    if wav is None:
        raise cleared()
    return Heard(wav, clip.duration, clip.words)


def alone(utterance: Utterance) -> Script:
    """A script of this utterance."""
    edition = Edition(show="", day=date.min, title="alone", name="alone")
    return Script(edition=edition, segments=(Segment(kind="body", title="", utterances=(utterance,)),))


def _of_utterance(desk: Desk, asked: Sounding) -> Heard:
    script = desk.script(asked.edition)
    place, utterance = found(script, asked.utterance)
    if utterance.sound:
        return _played(utterance, desk.show.place)
    voice = named(asked.voice, desk) if asked.voice else speakers(script, desk.show.place)[place]
    return desk.voices.heard(able(utterance), voice, desk.show.place)
