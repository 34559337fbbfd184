"""What is kept of the sources that failed, as text; whoever deletes it loses nothing."""

import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

from audioed.addresses import without_user
from audioed.patience import Kind, Record

Key: TypeAlias = tuple[Kind, str]
ARTICLES: tuple[Kind, ...] = ("article", "text")
MOST = 5_000
"""Failing articles that are remembered, which is about 1 MB."""
LONGEST_NAME = 80
"""Characters that are kept of a name."""


def as_json(records: dict[Key, Record]) -> bytes:
    """These records as JSON; of too many articles those that failed last are kept."""
    articles = sorted((key for key in records if key[0] in ARTICLES), key=lambda key: records[key].last)
    dropped = set(articles[: max(0, len(articles) - MOST)])
    sources: dict[str, dict[str, dict[str, Any]]] = {}
    for (kind, name), record in sorted((key, record) for key, record in records.items() if key not in dropped):
        sources.setdefault(kind, {})[name] = _plain(record)
    return json.dumps({"schema": 1, "sources": sources}, default=str, separators=(",", ":")).encode() + b"\n"


def _plain(record: Record) -> dict[str, Any]:
    """What a record says, where that is not the usual; half of a character, which JSON cannot hold, is written out."""
    values = {each.name: value for each in fields(record) if (value := getattr(record, each.name)) != each.default}
    return {
        name: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
        for name, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class _Remembered:
    schema: Literal[1]
    sources: dict[Kind, dict[str, Record]]


def from_json(data: bytes) -> dict[Key, Record]:
    """The records that `as_json` wrote; none where that was another version, or something else."""
    from pydantic import TypeAdapter, ValidationError

    try:
        found = TypeAdapter(_Remembered).validate_json(data)
    except ValidationError:
        return {}
    return {(kind, name): record for kind, names in found.sources.items() for name, record in names.items()}


def short(name: str) -> str:
    """A name without user information; of a long one, or one in other letters, the beginning and a hash."""
    whole = without_user(name)
    if whole.isascii() and len(whole) <= LONGEST_NAME:
        return whole
    start = whole.encode("ascii", "backslashreplace")[: LONGEST_NAME // 2].decode()
    return f"{start}... {_digest(whole)[:24]}"


def mark_of(told: str) -> str:
    """What is kept of whatever changes with an article."""
    return told and _digest(told)[:8]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
