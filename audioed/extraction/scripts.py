"""The data in a page's scripts: JSON, what JavaScript assigns and calls with, and what React's server sends."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from audioed.extraction.tree import Element

Data: TypeAlias = Any  # whatever a site wrote

MOST_DATA = 4_000_000
"""Characters of scripts that are read; a page has a few hundred thousand."""
LEAST = 400
"""Characters of a script that may hold a text."""
MOST_STARTS = 200
"""Places of a script at which data is looked for."""
MOST_TOKENS = 400_000
"""Pieces of a page's scripts that are read as JavaScript."""
START = re.compile(r"""(?:=|\bpush\(|\breturn\b|\bJSON\.parse\(|\bdata:)\s*(?=[\[{"'])""")
"""Behind which a script's data begins."""
TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*+"' r"|'(?:[^'\\]|\\.)*+'" r"|[A-Za-z_$][\w$]*+|-?\d[\w.]*+|[{}\[\],:]|\s++|!0|!1|void 0",
    re.DOTALL,
)
"""What literals of JavaScript consist of (ECMA-262, 12 and 13.2)."""
WORDS = {"true": "true", "!0": "true", "false": "false", "!1": "false"}
ROW = re.compile(rb"([0-9a-f]{0,8}):(?:T([0-9a-f]{1,8}),)?")
"""How a row of what React's server sends begins: its number, and of a text how many bytes it has."""
WRAPPERS = ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError")
"""What Nuxt writes around a value."""
REFERENCE = re.compile(r"\$[L@]?([0-9a-f]{1,8})")
"""In what React's server sends, another of its rows."""
FLIGHT = "__next_f"


def payloads(root: Element) -> Iterator[Data]:
    """What each script holds; what React's server sends comes last, its rows by their number."""
    left, flight = MOST_DATA, []
    tokens = iter(range(MOST_TOKENS))
    for script in root.iter("script"):
        kind, text = script.get("type") or "", script.text or ""
        if "ld+json" in kind or (len(text) < LEAST and FLIGHT not in text):
            continue
        left -= len(text)
        if left < 0:
            break
        if "json" in kind:
            yield from decoded(text)
        elif FLIGHT in text:
            flight += [each[1] for each in _assigned(text, tokens) if isinstance(each, list) and _is_chunk(each)]
        else:
            yield from _assigned(text, tokens)
    if flight:
        yield _rows("".join(flight).encode("utf-8", "replace"))


def referred(value: Data, rows: Mapping[str, Data]) -> Data:
    """What is meant where React's server only names one of its rows; everything else as it is."""
    found = REFERENCE.fullmatch(value) if rows and isinstance(value, str) else None
    return rows.get(f"${found[1]}", value) if found else value


def _is_chunk(pushed: list[Data]) -> bool:
    return len(pushed) == 2 and pushed[0] == 1 and isinstance(pushed[1], str)  # noqa: PLR2004 - kind and text


def decoded(text: str) -> Iterator[Data]:
    """What a text of JSON means; nothing where it is none."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):  # ValueError: also numbers of more digits than Python reads
        return
    yield _unflattened(found) if _is_flat(found) else found


def _is_flat(found: Data) -> bool:
    """Whether a list tells, as Nuxt's do, instead of each value the place in the list where that is (devalue)."""
    first = found[0] if isinstance(found, list) and len(found) > 1 else None
    tagged = isinstance(first, list) and len(first) > 1 and isinstance(first[0], str)
    return tagged or (isinstance(first, dict) and bool(first) and all(isinstance(each, int) for each in first.values()))


def _unflattened(flat: list[Data]) -> Data:
    """What such a list means; a value may stand in several places, and in itself."""
    whole: list[Data] = [type(each)() if isinstance(each, dict | list) else each for each in flat]

    def at(place: Data) -> Data:
        for _ in range(len(WRAPPERS)):
            inner = flat[place] if isinstance(place, int) and 0 <= place < len(flat) else None
            if not (isinstance(inner, list) and len(inner) == 2 and inner[0] in WRAPPERS):  # noqa: PLR2004
                return whole[place] if inner is not None else None
            place = inner[1]
        return None

    for each, filled in zip(flat, whole, strict=True):
        if isinstance(each, dict):
            filled.update((key, at(place)) for key, place in each.items())
        elif isinstance(each, list):
            filled += [at(place) for place in each if isinstance(place, int)]
    return at(0)


def _assigned(script: str, tokens: Iterator[int]) -> Iterator[Data]:
    """All that a script assigns, returns or pushes, the outermost of each; `tokens` counts what may be read."""
    decoder, end = json.JSONDecoder(strict=False), 0
    unclosed: set[int] = set()
    for start in islice(START.finditer(script), MOST_STARTS):
        if start.end() < end:
            continue
        try:
            found, end = decoder.raw_decode(script, start.end())
        except (ValueError, RecursionError):
            if start.end() in unclosed:
                continue
            literal, behind, opened = _as_json(script, start.end(), tokens)
            unclosed.update(opened)
            found = next(decoded(literal), None)
            end = behind if found is not None else end
        if isinstance(found, str):
            yield from decoded(found)
        elif found is not None:
            yield found


def _as_json(script: str, at: int, tokens: Iterator[int]) -> tuple[str, int, list[int]]:
    """
    A literal of JavaScript as JSON, all that it only names null, and where it ends.

    Empty where it is none, and then with the places of the brackets that are
    open where that shows, at which no literal begins either.
    """
    parts: list[str] = []
    opened: list[int] = []
    for _ in tokens:
        found = TOKEN.match(script, at)
        if not found:
            break
        sign, at = found[0], found.end()
        if sign in "[{":
            opened.append(found.start())
        elif sign in "]}" and opened:
            opened.pop()
        if sign[0] in "\"'":
            parts.append(_as_string(sign))
        elif sign in "[]{},:":
            parts.append(sign)
        elif not sign.isspace():
            key = script[at : at + 1] == ":" and bool(opened)
            parts.append(f'"{sign}"' if key else WORDS.get(sign, "null"))
        if not opened and not sign.isspace():
            return "".join(parts), at, []
    return "", at, opened


def _as_string(written: str) -> str:
    """A string of JavaScript in JSON's words."""
    inner = re.sub(r"\\x([0-9a-fA-F]{2})", r"\\u00\1", written[1:-1])
    inner = re.sub(r"\\([^\"\\/bfnrtu])", r"\1", inner) if "\\" in inner else inner
    return '"' + (re.sub(r'(?<!\\)"', r'\\"', inner) if written[0] == "'" else inner) + '"'


def _rows(stream: bytes) -> dict[str, Data]:
    """The rows that React's server sends (its "Flight" format), by "$" and their number."""
    rows: dict[str, Data] = {}
    at = 0
    while found := ROW.match(stream, at):
        if found[2]:
            end = found.end() + int(found[2], 16)
            rows[f"${found[1].decode()}"] = stream[found.end() : end].decode("utf-8", "replace")
        else:
            end = stream.find(b"\n", found.end())
            end = len(stream) if end < 0 else end + 1
            for each in decoded(stream[found.end() : end].decode("utf-8", "replace")):
                rows[f"${found[1].decode()}"] = each
        at = end
    return rows
