"""The list of everything that a show has put right, for whoever wants to know how far it can be trusted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

FILE = "corrections.json"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and the episode in which it was made."""

    name: str
    """The episode's folder."""
    guid: str
    title: str
    day: str
    """On which it was made, in ISO 8601."""
    text: str


def newest_first(corrections: Iterable[Corrected]) -> tuple[Corrected, ...]:
    """These, the latest day first; those of one day in their order."""
    return tuple(sorted(corrections, key=lambda each: each.day, reverse=True))


def as_json(corrections: Iterable[Corrected], home: str) -> bytes:
    """The list for programs; `home` is the address of the show's public folder."""
    told = [
        {
            "date": each.day,
            "text": each.text,
            "episode": each.title,
            "guid": each.guid,
            "url": f"{home}/{quote(each.name)}/",
        }
        for each in corrections
    ]
    return f"{json.dumps({'corrections': told}, ensure_ascii=False, indent=1)}\n".encode()
