"""How English sounds, in misaki's alphabet: what hibari's voices and Kokoro's English ones were trained to hear."""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from audioed import english, names
from audioed.phonemes import marked, stretches
from audioed.synthesis.engines.misaki_ipa import from_ipa

if TYPE_CHECKING:
    from hibari.g2p import G2P
    from hibari.g2p.oov import OOV
    from hibari.g2p.token import Tok

MARKS = ';:,.!?—…"()“” '
"""What stands between words, in phonemes as in sentences."""
_SPELLED = re.compile(r"(?<![\w-])(?P<letters>(?:[A-Z]-)+[A-Z])(?:['’]?(?P<s>s))?(?![\w-])")
"""Letters of a word that is spelled, as our lexicon and our rules write them."""
_SAYABLE = re.compile(r"(?=[A-Z]{5})[^AEIOU]{0,2}(?:[AEIOUY]{1,2}[^AEIOUY]{1,3})+[AEIOUY]{0,2}")
_ONE_AT_A_TIME = threading.Lock()


class Word(NamedTuple):
    """One word: its characters in the spoken form, and its sounds in the phonemes."""

    at: int
    until: int
    start: int
    end: int


class Phonemes(NamedTuple):
    """What a spoken form sounds like."""

    signs: str
    """As the network takes them, with the marks of the sentence and a space between words."""
    words: tuple[Word, ...]
    """Those that sound, in order."""
    unsaid: tuple[str, ...] = ()
    """Words and signs that have no sound in English."""


def phonemes(spoken: str, language: str) -> Phonemes:
    """How the spoken form, in which the sounds of some words are told in IPA, sounds in this English (BCP 47)."""
    british = english.is_british(language)
    spoken = spoken if spoken.isascii() else "".join(map(_plain, spoken))
    plain = "".join(words for words, _ in stretches(spoken))
    places = list(_places(spoken))
    signs = ""
    words: list[Word] = []
    unsaid: list[str] = []
    cursor = 0
    for token in _reader(british).phonemize_tokens(list(_tokens(spoken, british))):
        sounds = token.phonemes or ""
        found = []
        for character in "".join(token.text.split()):
            cursor = plain.index(character, cursor) + 1
            if character.isalnum():
                found.append(cursor - 1)
        start = len(signs) + len(sounds) - len(sounds.lstrip(MARKS))
        signs += sounds
        end = max(start, len(signs.rstrip(MARKS)))
        if end > start and found:
            words.append(Word(places[found[0]][0], places[found[-1]][1], start, end))
        elif end == start and any(map(_is_heard, token.text)):
            unsaid.append(token.text)
        signs += " " if token.whitespace else ""
    return Phonemes(signs.rstrip(), tuple(words), tuple(unsaid))


def _plain(sign: str) -> str:
    """A letter or digit that is only drawn otherwise, as ASCII has it: ², ａ, digits of other scripts."""
    same = unicodedata.normalize("NFKC", sign)
    if len(same) == 1 and same.isascii() and same.isalnum():
        return same
    return str(unicodedata.digit(sign, sign))


def _places(spoken: str) -> Iterator[tuple[int, int]]:
    """For each character of the words alone, where in the spoken form it starts and ends; a told word is one piece."""
    at = 0
    for words, ipa in stretches(spoken):
        if ipa:
            until = at + len(marked(words, ipa))
            yield from [(at, until)] * len(words)
            at = until
        else:
            yield from ((at + place, at + place + 1) for place in range(len(words)))
            at += len(words)


def _tokens(spoken: str, british: bool) -> "Iterator[Tok]":
    """The words and marks with their parts of speech, which all of their neighbours tell."""
    from hibari.g2p.token import Tok

    reader = _reader(british)
    found: list[tuple[str, str, str | None]] = []
    for words, sounds in _pieces(spoken, reader):
        if found and words[0].isspace():
            found[-1] = (found[-1][0], " ", found[-1][2])
        if sounds is None:
            found += [(text, space, _said_as_one(text, reader)) for text, space in reader.tokenizer(words)]
        else:
            found.append((words, "", sounds))
    texts = [text for text, _, _ in found]
    for place, ((text, space, sounds), tag) in enumerate(zip(found, reader.tagger(texts), strict=True)):
        yield Tok(text, "NN" if _is_letter(texts, place) else tag, space, phonemes=sounds)


def _pieces(spoken: str, reader: "G2P") -> Iterator[tuple[str, str | None]]:
    """The spoken form cut into words and how they sound, where that is told or they are spelled; else None."""
    for words, ipa in stretches(spoken):
        if ipa:
            yield words, from_ipa(ipa, reader.british)
            continue
        at = 0
        for match in _SPELLED.finditer(words):
            if match.start() > at:
                yield words[at : match.start()], None
            letters, _ = reader.lexicon.get_NNP(match["letters"])
            yield match[0], reader.lexicon._s(letters) if match["s"] else letters  # noqa: SLF001  how an S sounds there
            at = match.end()
        if at < len(words):
            yield words[at:], None


def _said_as_one(text: str, reader: "G2P") -> str | None:
    """How a word sounds that would be taken apart at its capitals, MacDonald or FRONTEX; None for all others."""
    from hibari.g2p import Context
    from hibari.g2p.token import Tok

    if (name := names.joined(text)) != text:
        sounds, _ = reader.lexicon(Tok(name, "NNP"), Context())
        return str(sounds or reader.oov(name))
    return _said_in_capitals(text, reader)


def _said_in_capitals(text: str, reader: "G2P") -> str | None:
    """How a word in capitals sounds that can be said and that no dictionary has: FRONTEX, which would be spelled."""
    if not _SAYABLE.fullmatch(text) or text in reader.lexicon.golds or text.lower() in reader.lexicon.golds:
        return None
    known = reader.lexicon.silvers.get(text) or reader.lexicon.silvers.get(text.lower())
    return known if isinstance(known, str) else str(reader.oov(text.capitalize()))


def _is_letter(texts: Sequence[str], place: int) -> bool:
    """Whether an A is a letter and no article: "plan A failed", "A-list", but "Once Upon A Time"."""
    if texts[place] != "A":
        return False
    before, after = texts[place - 1] if place else "", texts[place + 1] if place + 1 < len(texts) else ""
    if "-" in {before, after}:
        return True
    return before[-1:].isalnum() and not after[:1].isupper()


def _is_heard(character: str) -> bool:
    """Whether a reader would say this: a letter, a digit or a sign that stands for a word."""
    return unicodedata.category(character) in {"Sm", "Sc", "So"} or character.isalnum()


def _reader(british: bool) -> "G2P":
    with _ONE_AT_A_TIME:
        return _loaded(british)


@cache
def _loaded(british: bool) -> "G2P":
    """Hibari's dictionaries, its tagger and what guesses unknown words; its normalizer stays off."""
    from hibari.g2p import G2P
    from hibari.g2p.tokenize import Tokenizer

    reader = G2P.__new__(G2P)  # its own way reads everything, for half a second
    vars(reader).update(
        lexicon=english.dictionary(british=british),
        tokenizer=Tokenizer(english.asset("tokenizer_exceptions.json")),
        tagger=english.tagger(),
        _oov=lru_cache(maxsize=4096)(lambda word: _guessed(word, british)),
        unk="",
        british=british,
    )
    return reader


def _guessed(word: str, british: bool) -> str:
    """
    How a word that the voices' dictionaries lack would sound: a name as newsreaders say it, any other by a guess.

    Letters of other scripts are guessed by the Latin ones that stand for them.
    """
    bare, owns, _ = word.replace("’", "'").partition("'s")
    if told := names.said(bare):
        sounds = from_ipa(told.ipa, british)
        return str(english.dictionary(british=british)._s(sounds)) if owns else sounds  # noqa: SLF001  how an S sounds
    from anyascii import anyascii

    net = _net(british)
    latin = "".join(sign if "\u0020" < sign < "\u0180" else anyascii(sign) for sign in word)
    parts = [latin[start : start + net.maxlen] for start in range(0, len(latin), net.maxlen)]
    return "".join(net(part) or "" for part in parts).translate(_STRAY)


_STRAY = {ord("-"): None, ord("1"): None, ord("("): None, ord(")"): None, ord("ʀ"): "ɹ", ord("y"): "u"}
"""What the network that guesses may write and no voice says."""


@cache
def _net(british: bool) -> "OOV":
    from hibari.g2p.oov import OOV

    return OOV(str(files("hibari").joinpath("assets", "oov_gb.onnx" if british else "oov.onnx")))
