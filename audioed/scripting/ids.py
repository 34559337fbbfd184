"""What each utterance is known by, from page to page and from build to build."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from audioed.model import Script, Utterance

LENGTH = 8
"""Hexadecimal digits of the hash: among ten thousand sentences two that meet are one in a hundred."""


def identified(script: Script) -> Script:
    """
    The script, with an id for each utterance that has none, or one that another has.

    It is the hash of the words, and of the second that says the same a 2 behind
    it: a counter would give every sentence behind a new one another id, and a
    random number would be another in each build. An id that is there stays,
    so that a sentence keeps it when a person puts it in other words.
    """
    given = Counter(each.id for each in script.utterances)
    if "" not in given and all(count == 1 for count in given.values()):
        return script
    taken = set(given)
    met: set[str] = set()

    def known(utterances: Iterable[Utterance]) -> Iterable[Utterance]:
        for each in utterances:
            name = each.id if each.id and each.id not in met else _new(each.written, taken)
            met.add(name)
            taken.add(name)
            yield each if name == each.id else replace(each, id=name)

    segments = (replace(each, utterances=tuple(known(each.utterances))) for each in script.segments)
    return replace(script, segments=tuple(segments))


def _new(written: str, taken: set[str]) -> str:
    name = base = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
    count = 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name
