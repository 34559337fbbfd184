"""What a search looks up: which episodes say a word, in files of which a new episode changes a fixed number."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache

from audioed.characters import line
from audioed.model import Episode
from audioed.site.framing import Row

GROUP = 64
"""Episodes in a part of the index: by their number, so that one that comes or goes leaves the other parts alone."""
FILES = 16
"""Files of a part, each with the words of some beginnings, so that a search loads a sixteenth of it for a word."""
LONGEST = 40
"""Letters of a word; what is longer is none."""
ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Letters of scripts that leave no space between words; each is looked up by itself."""


def group_of(number: int) -> int:
    """The part that an episode with this number belongs to, counted from 1."""
    return (max(number, 1) - 1) // GROUP + 1


def words(text: str) -> frozenset[str]:
    """What a text can be found by; `assets/search.js` takes a query apart in the same way."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each)[0] != "M")
    found = _pattern().findall(plain.lower())
    return frozenset(each for each in found if len(each) <= LONGEST and (len(each) > 1 or not "a" <= each <= "z"))


@cache
def _pattern() -> re.Pattern[str]:
    """What a text is taken apart by, once one is: it takes long to compile."""
    return re.compile(f"[{ALONE}]|[^\\W_{ALONE}]+")


def words_of(episode: Episode) -> frozenset[str]:
    """What an episode can be found by: what it says, its title, and who wrote what it reads."""
    names = [episode.title, *(each.title for each in episode.sources), *(each.byline or "" for each in episode.sources)]
    return words(" ".join(map(line, [*names, *(cue.text for cue in episode.cues)])))


def file_of(word: str) -> int:
    """Which file of a part a word stands in; it follows from its first two letters, so the start of a word finds it."""
    return (31 * ord(word[0]) + ord(word[1:2] or "\0")) % FILES


def written(found: Sequence[Row], said: Mapping[str, Iterable[str]]) -> dict[str, bytes]:
    """The files of a part, by the end of their names: its episodes, oldest first, and the words that each says."""
    places: list[dict[str, list[int]]] = [{} for _ in range(FILES)]
    for place, row in enumerate(found):
        for word in said[row.name]:
            places[file_of(word)].setdefault(word, []).append(place)
    files = {f"-{number}.json": _json(dict(sorted(those.items()))) for number, those in enumerate(places)}
    return {".json": _json([asdict(row) for row in found]), **files}


def read(files: Mapping[str, bytes]) -> Iterator[tuple[Row, set[str]]]:
    """The episodes of a part as `written` left it, and the words that each says."""
    found = rows(files[".json"])
    said: list[set[str]] = [set() for _ in found]
    for number in range(FILES):
        for word, places in json.loads(files[f"-{number}.json"]).items():
            for place in places:
                said[place].add(word)
    yield from zip(found, said, strict=True)


def rows(data: bytes) -> list[Row]:
    """The episodes of a part, oldest first."""
    return [Row(**each) for each in json.loads(data)]


def endings() -> list[str]:
    """How the names of a part's files end."""
    return [".json", *(f"-{number}.json" for number in range(FILES))]


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
