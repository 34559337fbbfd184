"""TOML that a person wrote, as a frozen dataclass: unknown keys, wrong values and unreadable files are told by name."""

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, get_args

from audioed.errors import ConfigError

_ADAPTERS: dict[type, Any] = {}
IN_TOML = {
    "tuple_type": "input should be a list, in square brackets",
    "dataclass_type": "input should be a table, lines below its name in square brackets",
    "dict_type": "input should be a table, lines below its name in square brackets",
    "mapping_type": "input should be a table, lines below its name in square brackets",
    "bool_parsing": "input should be true or false",
    "bool_type": "input should be true or false",
    "int_from_float": "input should be a whole number",
}
"""What is wrong with a value, where pydantic says it in the words of Python."""
SIZES = frozenset({"cache.size", "extraction.max_bytes", "extraction.reading_memory"})
"""Settings that are a number of bytes."""
UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT]?)B?", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""C0 and C1 but tab and line ends: nobody can read or say them, and terminals obey them."""
LINES = frozenset({"show.title", "show.author", "show.copyright"})
"""Settings that are shown on one line."""


class Size:
    """A number of bytes, which TOML may tell as such, or as `5 GB`."""

    @staticmethod
    def __get_pydantic_core_schema__(_source: Any, _handler: Any) -> Any:
        """How pydantic reads it; without that library `--help` is quick."""
        from pydantic_core import PydanticCustomError, core_schema

        def read(told: object) -> int:
            found = SIZE.fullmatch(str(told)) if isinstance(told, int | str) else None
            if not found:
                raise PydanticCustomError("size", 'should be a size such as "20 MB"')
            return round(float(found[1]) * UNITS[found[2].upper()])

        return core_schema.no_info_plain_validator_function(read)


Bytes = Annotated[int, Size]


def adapter(kind: type[Any]) -> Any:
    """What checks, reads and writes this kind (a pydantic TypeAdapter), made once in a process."""
    from pydantic import TypeAdapter  # costs 0.1 s, and `--help` needs none

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def checked(kind: type[Any], tables: dict[str, Any], path: Path) -> Any:
    """These tables as a frozen dataclass of this kind."""
    from pydantic import ValidationError

    _refuse_unknown(kind, tables, path)
    try:
        return adapter(kind).validate_python(tables)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = IN_TOML.get(first["type"]) or f"{first['msg'][:1].lower()}{first['msg'][1:]}"
        raise ConfigError(f"{path}: {key}: {reason}; correct that value.", path=path, key=key) from error


def _refuse_unknown(kind: type[Any], tables: dict[str, Any], path: Path, section: str = "") -> None:
    known = {each.name: each.type for each in fields(kind)}
    for name, value in tables.items():
        key = f"{section}{name}"
        if name not in known:
            close = get_close_matches(name, known, n=1)
            remedy = f"did you mean {section}{close[0]}?" if close else f"the settings here are {', '.join(known)}."
            raise ConfigError(f"{path}: {key} is not a setting; {remedy}", path=path, key=key)
        below = known[name]
        members = get_args(below)[1:]  # of a mapping, what its values are
        if members and is_dataclass(members[0]) and isinstance(members[0], type) and isinstance(value, dict):
            for each, table in value.items():
                if isinstance(table, dict):
                    _refuse_unknown(members[0], table, path, f"{key}.{each}.")
        if is_dataclass(below) and isinstance(below, type) and isinstance(value, dict):
            _refuse_unknown(below, value, path, f"{key}.")


def text_of(path: Path) -> str:
    """What somebody wrote into a file, in UTF-8 with or without a byte order mark; ConfigError where it is not that."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); name another file.", path=path) from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4]:
        raise ConfigError(f"{path}: is saved as UTF-16; save it as UTF-8.", path=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}: line {line} is not in UTF-8; save the file as UTF-8.", path=path) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tables(path: Path) -> dict[str, Any]:
    """What a TOML file says."""
    try:
        tables = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML ({error}); correct that line.", path=path) from error
    for key, text in _texts(tables):
        if sign := CONTROLS.search(text):
            raise ConfigError(f"{path}: {key}: has the control character {sign[0]!r}; take it out.", path=path, key=key)
        if key in LINES and "\n" in text:
            raise ConfigError(f"{path}: {key}: has more than one line; write it on one.", path=path, key=key)
    return tables


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in these tables, names that somebody gave included, and its key."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield key or "a key", name
            yield from _texts(below, f"{key}.{name}".strip("."))
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below, key)
    elif isinstance(value, str):
        yield key, value


def size_told(count: float) -> str:
    """A number of bytes, as a setting may say it: `20 MB`."""
    unit = next((unit for unit in reversed(UNITS) if count >= UNITS[unit]), "")
    return f"{count / UNITS[unit]:g} {unit}B"


def refuse_beyond(settings: Any, limits: Mapping[str, tuple[float, float]], path: Path) -> None:
    """ConfigError for a setting below or above its limits: dotted key -> least and most."""
    for key, (least, most) in limits.items():
        value = attrgetter(key)(settings)
        if not least <= value <= most:
            told, kind = (size_told, "size") if key in SIZES else ("{:.15g}".format, "number")
            allowed = f"from {told(least)} to {told(most)}" if most < float("inf") else f"of {told(least)} or more"
            message = f"{path}: {key}: {told(value)} is out of range; use a {kind} {allowed}."
            raise ConfigError(message, path=path, key=key)
