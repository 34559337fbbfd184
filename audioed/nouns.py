"""Nouns as JSON that a person may read and edit, with their schema's number; and what is wrong with one that was."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from json import detect_encoding
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args
from weakref import WeakValueDictionary

from audioed.errors import SchemaError, StoreError
from audioed.model import Article, Clip, Episode, Identity, Making, Removals, Repeats, Run, Script, Speech, Treatment
from audioed.toml import adapter

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Noun = TypeVar("Noun", Article, Script, Speech, Episode, Identity, Removals, Repeats, Run, Making)
SCHEMA = 8
"""Which keys and kinds a noun's file has: raised when one comes or goes. A file without a number is of 0.1.0: 1."""
WORD = re.compile(rb'\[\s+("[^"\\]*(?:\\.[^"\\]*)*"),\s+([-\d.e]+),\s+([-\d.e]+)\s+\]')
"""A word with its times, which takes a line and not five."""
FIRST = b'{\n "schema": %d,\n "script": ' % SCHEMA
CLIPS, BETWEEN, END = b',\n "clips": [\n  {', b"\n  },\n  {", b"\n  }\n ]\n}"
"""Of speech.json as it is written: what stands around its script and its clips; within a text no line ends."""
NO_CLIPS = b',\n "clips": []\n}'
CLIPS_AT_ONCE = 64
PORTION = 65_536
"""Bytes of clips that are read at once."""
_IN_USE: WeakValueDictionary[bytes, Episode] = WeakValueDictionary()
"""Episodes that somebody works with, by the hash of their JSON: what an hour says takes longest to read, and is one."""


def dump(noun: object) -> bytes:
    """
    The noun as indented UTF-8 JSON, with a final newline.

    Its schema's number comes first, then its fields in the order of the model.
    """
    data = b"".join([b'{\n "schema": %d,' % SCHEMA, *_portions(noun), b"\n"])
    if isinstance(noun, Episode):
        _IN_USE[hashlib.sha256(data).digest()] = noun
    return data


def _portions(noun: object) -> Iterator[bytes]:
    """What is written of a noun behind its schema's number; a speech some clips at a time, for ten hours take 20 MB."""
    if not isinstance(noun, Speech):
        yield _written(noun)[1:]
        return
    none = replace(noun.script, sources=(), segments=(), cuts=())
    parts = [
        Speech(script=none, clips=noun.clips[at : at + CLIPS_AT_ONCE])
        for at in range(0, len(noun.clips), CLIPS_AT_ONCE)
    ]
    whole = _written(Speech(script=noun.script, clips=()))
    if not parts:
        yield whole[1:]
        return
    yield whole[1 : whole.rindex(NO_CLIPS)]
    for number, part in enumerate(parts):
        told = _written(part)
        yield BETWEEN if number else CLIPS
        yield told[told.index(CLIPS) + len(CLIPS) : -len(END)]
    yield END


def _written(noun: object) -> bytes:
    """A noun as indented JSON, each word of it with its times on a line."""
    written: bytes = adapter(type(noun)).dump_json(noun, indent=1)
    return WORD.sub(lambda word: b"[%b, %b, %b]" % word.groups(), written)


def parse(kind: type[Noun], data: bytes, path: Path) -> Noun:
    """
    The noun in these bytes; StoreError names the place that is wrong. The path only serves to tell it.

    An older schema is read; a newer one is refused, for what it says may have
    become something else.
    """
    if kind is not Episode:
        return _parsed(kind, data, path)
    key = hashlib.sha256(data).digest()
    known: Any = _IN_USE.get(key)
    if known is None:
        _IN_USE[key] = known = _parsed(Episode, data, path)
    return known  # type: ignore[no-any-return]


def _parsed(kind: type[Noun], data: bytes, path: Path) -> Noun:
    from pydantic import ValidationError
    from pydantic_core import from_json

    name = f"{kind.__name__.lower()}.json"
    encoding = detect_encoding(data)  # editors and shells of Windows write UTF-16 and a byte order mark
    if encoding != "utf-8":
        data = data.decode(encoding, "replace").encode()
    try:
        noun: Noun | None = _speech(data) if kind is Speech else None
        if noun is not None:
            return noun
        whole = from_json(data)
        schema = whole.pop("schema", 1) if isinstance(whole, dict) else 1
        if type(schema) is not int or schema < 1:
            raise StoreError(f"{path}: schema must be a number from 1 to {SCHEMA}; correct it.", path=path)
        if schema > SCHEMA:
            raise SchemaError(
                f"{path}: was written by a newer audioed (its schema is {schema!r}, this one reads up to {SCHEMA}); "
                "update audioed.",
                path=path,
            )
        found: Noun = adapter(kind).validate_python(whole)
    except ValidationError as error:
        raise StoreError(f"{path}: {_wrong(error.errors()[0], kind, name)}", path=path) from error
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); correct it or make it anew.", path=path) from error
    return found


def _speech(data: bytes) -> Any:
    """
    The speech in these bytes, some clips at a time; None where they are not laid out as `dump` does it, or are wrong.

    What JSON is in between takes five times as much as the bytes; a clip has its utterance from the script.
    """
    from pydantic import ValidationError
    from pydantic_core import from_json

    at = data.find(CLIPS)
    if at < 0 or not data.startswith(FIRST) or not data.rstrip().endswith(END):
        return None
    end = data.rindex(END)
    clips: list[Clip] = []
    treatments: dict[Treatment, Treatment] = {}
    try:
        script: Any = from_json(data[len(FIRST) : at])
        at += len(CLIPS)
        while at < end:
            found = data.find(BETWEEN, at + PORTION, end)
            until = found if found >= 0 else end
            part = from_json(b"[{%b}]" % data[at:until])
            read: Speech = adapter(Speech).validate_python({"script": script, "clips": part})
            script, at = read.script, until + len(BETWEEN)
            clips += read.clips
    except (ValidationError, ValueError):  # told by whoever reads it as a whole
        return None
    for place, (clip, said) in enumerate(zip(clips, script.utterances, strict=False)):
        alike = said if said == clip.utterance else clip.utterance
        treatment = treatments.setdefault(clip.treatment, clip.treatment)
        clips[place] = replace(clip, utterance=alike, treatment=treatment)
    return Speech(script=script, clips=tuple(clips))


def _wrong(first: "ErrorDetails", kind: type[Any], name: str) -> str:
    """What is wrong with a noun's file, and where."""
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] != "unexpected_keyword_argument":
        return f"{place or 'the file'} is not right for {name} ({first['msg']}); correct it."
    close = get_close_matches(str(first["loc"][-1]), sorted(_keys(kind)), n=1)
    remedy = f"did you mean {close[0]}?" if close else "remove it."
    return f"{place} is not a key of {name}; {remedy}"


def _keys(kind: Any) -> set[str]:
    """Every key that a noun, or what stands in it, may have."""
    found: set[str] = set()
    for each in fields(kind) if is_dataclass(kind) else ():
        found |= {each.name} | _keys(each.type)
    for inner in get_args(kind):
        found |= _keys(inner)
    return found
