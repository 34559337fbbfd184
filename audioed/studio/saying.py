"""How a word sounds: which ones a voice may get wrong, and what is said for one, here, in the show, or always."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from audioed.errors import ConfigError, StudioError
from audioed.model import Stored, Utterance
from audioed.phonemes import marked
from audioed.pronouncing import added, judged
from audioed.scripting.adding import lexeme_of
from audioed.scripting.lexicon import Lexeme, read
from audioed.scripting.trace import compared
from audioed.studio.editing import Change, change
from audioed.studio.editions import Whole
from audioed.studio.hearing import able
from audioed.studio.rewriting import rewritten
from audioed.studio.script import Named, found, speakers
from audioed.voices.cards import lexicons
from audioed.voices.places import data_folder

if TYPE_CHECKING:
    from audioed.studio.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A word that a voice may get wrong."""

    word: str
    reason: str
    origin: str
    """Where its spelling says that it comes from, by which it is said; what has none is guessed."""
    times: int
    said: str
    """How the voice would say it, in IPA; empty where it does not tell."""
    respelled: str
    """The same in letters, as ros-KOS-mohs."""
    language: str
    voices: tuple[str, ...]
    utterances: tuple[str, ...]
    """The ids of those that say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Words that voices may get wrong, those said most often and least surely first."""

    words: tuple[Doubted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying(Stored):
    """How a word is to be said."""

    edition: str
    word: str
    sound: str
    """A respelling (roz-KOZ-moss), /IPA/, or other words."""
    scope: Literal["here", "show", "always"] = "here"
    """In one sentence, in the show, or in all shows."""
    utterance: str = ""
    """The sentence; needed `here`."""
    version: str = ""
    """The one that was seen; needed `here`."""
    case: bool = False
    """Whether capitals matter: Nice is not nice."""
    replace: bool = False
    """Whether a line that the lexicon has already is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Stored):
    """A word to be heard in its sentence, as it would be said."""

    edition: str
    utterance: str
    word: str
    sound: str
    voice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a word is said from now on."""

    told: str
    """The line of the lexicon, or the sentence."""
    version: str
    """Of the edition's script."""
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """Changes by hand that stay, and those that have no place any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the show's own lexicon."""

    word: str
    spoken: str
    ipa: str
    case: bool
    place: str
    """Its file and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The show's own lexicon."""

    lines: tuple[Line, ...]


def doubts(desk: "Desk", asked: Named) -> Doubts:
    """The words of an edition that a voice may get wrong, and how it would say them."""
    edition = desk.edition(asked.edition)
    rows = judged([edition.script], desk.show.place)
    words = (
        Doubted(
            **{key: row[key] for key in ("word", "reason", "origin", "times", "said", "respelled", "language")},
            voices=tuple(row["voices"]),
            utterances=tuple(each.id for each in edition.script.utterances if _stands(row["word"], each.spoken)),
        )
        for row in rows
    )
    return Doubts(words=tuple(words))


def says(desk: "Desk", asked: Saying) -> Settled:
    """Set how a word is said: in one sentence, or through a lexicon, in the show or in all shows."""
    edition = desk.edition(asked.edition)
    language = edition.script.language
    if asked.scope == "here":
        if not (asked.utterance and asked.version):
            raise StudioError("Name the sentence and its version, or keep it for the show.")
        _, now = found(edition.script, asked.utterance)
        wanted = said_so(now, _lexeme(asked.word, asked.sound, now.language or language, case=asked.case))
        made = change(
            desk,
            Change(edition=edition.name, utterance=now.id, version=asked.version, spoken=wanted.spoken),
        )
        return Settled(told=wanted.spoken, version=made.version)
    lexeme = _lexeme(asked.word, asked.sound, language, case=asked.case)
    with desk.editing(asked.edition) as there:
        home = data_folder() if asked.scope == "always" else desk.store.home
        told = added(lexeme, home, language, replace=asked.replace)
        again = rewritten(desk, there)
    return Settled(told=told, version=again.version, kept=again.kept, lost=again.lost)


def try_word(desk: "Desk", asked: Trial) -> bytes:
    """Say a sentence with another sound for one word; nothing is kept."""
    from audioed.studio.hearing import named

    edition = desk.edition(asked.edition)
    place, now = found(edition.script, asked.utterance)
    wanted = said_so(now, _lexeme(asked.word, asked.sound, now.language or edition.script.language, case=False))
    voice = named(asked.voice, desk) if asked.voice else speakers(edition.script, desk.show.place)[place]
    return desk.voices.heard(able(wanted), voice, desk.show.place).wav


def lines(desk: "Desk", _asked: Whole) -> Lines:
    """The lines of the show's own lexicon; the first that fits a word counts."""
    home = desk.store.home
    own = [path for path in lexicons(home) if path.is_relative_to(home / "voices")]
    found = [
        Line(word=each.written, spoken=each.spoken, ipa=each.ipa, case=each.case, place=each.place)
        for path in own
        for each in read(path)
    ]
    return Lines(lines=tuple(found))


def said_so(utterance: Utterance, lexeme: Lexeme) -> Utterance:
    """The utterance with a word said so wherever it stands in it; StudioError where it does not."""
    told = lexeme.spoken or lexeme.written
    said = marked(told, lexeme.ipa) if lexeme.ipa else told
    spoken, count = _pattern(lexeme.written).subn(lambda _: said, utterance.spoken)
    if not count:
        read_so = next((each for each in utterance.readings if _stands(lexeme.written, each.written)), None)
        if read_so is None or read_so.spoken not in utterance.spoken:
            raise StudioError(f"{lexeme.written!r} is not in this sentence; name a word that is.")
        spoken = utterance.spoken.replace(read_so.spoken, said, 1)
    return replace(utterance, spoken=spoken, readings=compared(utterance.written, spoken))


def _lexeme(word: str, sound: str, language: str, *, case: bool) -> Lexeme:
    try:
        return lexeme_of(word, sound, language=language, case=case)
    except ConfigError as error:
        raise StudioError(str(error)) from error


def _pattern(word: str) -> re.Pattern[str]:
    bare = re.escape(word)
    return re.compile(rf"(?<!\w)(?:\[{bare}\]\(/[^/()]*/\)|{bare})(?!\w)", re.IGNORECASE)


def _stands(word: str, text: str) -> bool:
    return bool(_pattern(word).search(text))
