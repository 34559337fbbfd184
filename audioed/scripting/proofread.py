"""What to look at before others hear it: words that a voice may misread, and lines of a lexicon that do nothing."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from audioed import english, names
from audioed.languages import primary, table
from audioed.model import Utterance
from audioed.phonemes import stretches
from audioed.scripting.lexicon import Lexeme

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SPELLED = re.compile(r"(?:[A-Z]-)+[A-Z]|[A-Z]{1,5}s?")
SURER = 0.5
"""Of names that are said by where they come from, half as many are said wrongly as of those that are guessed."""
_SHORTEST, _SHORTEST_NAME = 4, 3
"""Letters; voices know the shorter words, and their dictionaries leave some out."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that the voice may get wrong."""

    word: str
    reason: str
    """`name`, `unknown word`, `mixed scripts`, `capitals inside`, or `foreign letters`."""
    times: int
    sentence: str
    """The first one that says it."""
    origin: str = ""
    """Where its spelling says that it comes from, by which it is said; what has none is guessed."""


def doubts(utterances: Iterable[Utterance], language: str, knows: Callable[[str], bool] | None = None) -> list[Doubt]:
    """
    The words most likely to be misread, those said most often and least surely first.

    Those whose sound a lexicon tells are settled, and so are those that the
    voice has in its dictionaries, where it tells what it `knows`, or else those
    that a dictionary of the language knows in small letters.
    """
    times: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    for utterance in utterances:
        for words, ipa in stretches(utterance.spoken):
            for match in () if ipa else _WORD.finditer(words):
                for word in _parts(match[0]):
                    spoken = utterance.language or language
                    reason = _reason(word, spoken, knows or partial(_is_known, language=spoken))
                    if reason:
                        times[word] += 1
                        first.setdefault(word, (reason, utterance.written))
    found = [
        Doubt(word, first[word][0], count, first[word][1], _origin(word, language)) for word, count in times.items()
    ]
    return sorted(found, key=lambda each: -weight(each.times, each.origin))


def weight(times: int, origin: str) -> float:
    """How much a word is worth a listen: how often it is said, and how surely."""
    return times * (SURER if origin else 1)


def dead(lexemes: Iterable[Lexeme]) -> Iterator[str]:
    """A sentence for each line of these lexicons that contradicts another of its file, or changes nothing."""
    told: dict[tuple[object, ...], Lexeme] = {}
    whole: dict[tuple[object, ...], Lexeme] = {}
    for each in lexemes:
        where = (each.file, each.key)
        earlier = told.get((*where, each.conditions))
        if earlier and (earlier.spoken, earlier.ipa) == (each.spoken, each.ipa):
            yield f"{each.place}: says the same of {each.written!r} as {_line(earlier)}; remove one."
        elif earlier:
            yield f"{earlier.place}: is overridden by {_line(each)} for {each.written!r}; remove one."
        elif where in whole and not each.before and not each.after:
            yield f"{each.place}: is never reached after {_line(whole[where])} for {each.written!r}; move it up."
        elif each.spoken == each.written and not each.ipa:
            yield f"{each.place}: says {each.written!r} just as it is written; remove it."
        told[(*where, each.conditions)] = each
        if not any(each.conditions):
            whole[where] = each


def unmet(lexemes: Iterable[Lexeme], written: str) -> list[Lexeme]:
    """The lexemes whose word stands nowhere in this text."""
    text = written.replace("’", "'")
    folded = text.casefold()
    by_case = {True: text, False: folded}
    return [each for each in lexemes if each.key[0] not in by_case[each.case]]


def has_dictionary(language: str) -> bool:
    """Whether words can be looked up: of English always, of 50 other languages with the extra `dictionaries`."""
    try:
        from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES
    except ImportError:
        return primary(language) == "en"
    return primary(language) in SUPPORTED_LANGUAGES


def _line(lexeme: Lexeme) -> str:
    return lexeme.place.rpartition(", ")[2]


def _parts(word: str) -> Iterator[str]:
    """A word as it stands, or its parts where it is joined by hyphens; without a possessive ending."""
    for part in word.split("-"):
        bare = re.sub(r"['’](?:s|S)?$", "", part)
        least = _SHORTEST_NAME if bare[:1].isupper() else _SHORTEST
        if len(bare) >= least and not _SPELLED.fullmatch(bare):
            yield bare


def _reason(word: str, language: str, knows: Callable[[str], bool]) -> str:
    scripts = {unicodedata.name(sign, "?").partition(" ")[0] for sign in word if sign.isalpha()}
    if len(scripts) > 1:
        return "mixed scripts"
    if knows(word):
        return ""
    if any(sign.isupper() for sign in word[1:]) and not word.isupper():
        return "capitals inside"
    if not word.isascii() and table(primary(language), "language").get("ascii"):
        return "foreign letters"
    return "name" if word[:1].isupper() else "unknown word"


def _origin(word: str, language: str) -> str:
    told = names.said(word) if primary(language) == "en" else None
    return told.origin if told else ""


def _is_known(word: str, language: str) -> bool:
    """Whether a dictionary has the word, or what it is an inflection of; a name counts where it is known as one."""
    code, bare = primary(language), word.replace("’", "'").partition("'")[0]
    if code == "en":
        return any(english.is_known(each, language) for each in (bare, word.lower()))
    if not has_dictionary(code):
        return word.islower()
    from simplemma import is_known

    return any(is_known(each, lang=code) for each in (bare, word.lower()))
