"""English words and names that espeak would say wrongly, told to it in IPA before it reads a sentence."""

import re
from collections.abc import Iterator
from functools import lru_cache

from audioed import english, names
from audioed.phonemes import stretches, with_s

_WORD = re.compile(r"(?<![\w'’-])(?P<word>[^\W\d_]{3,})(?P<s>['’]s)?(?![\w'’-])")


def corrected(spoken: str, language: str) -> Iterator[tuple[str, str]]:
    """An English spoken form (BCP 47) cut as `stretches` does, with IPA for the words that espeak misreads."""
    for words, ipa in stretches(spoken):
        if ipa:
            yield words, ipa
            continue
        at = 0
        for match in _WORD.finditer(words):
            if sound := _sound(match["word"], language):
                if match.start() > at:
                    yield words[at : match.start()], ""
                yield match[0], with_s(sound) if match["s"] else sound
                at = match.end()
            elif (name := names.joined(match["word"])) != match["word"]:
                yield words[at : match.start()] + name + (match["s"] or ""), ""
                at = match.end()
        if at < len(words):
            yield words[at:], ""


@lru_cache(maxsize=1 << 14)
def _sound(word: str, language: str) -> str:
    if not english.is_british(language) and (sound := names.misread(word)):
        return sound
    if word.isupper() or word.islower() or english.is_in_dictionary(names.joined(word), language):
        return ""
    told = names.said(names.joined(word))
    return told.ipa if told else ""
