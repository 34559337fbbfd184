"""A show's settings with their help: checked before they are written, and what else stands in audioed.toml stays."""

import hashlib
import inspect
import re
import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioed import files
from audioed.config import LIMITS, Config, Promo, Target, template
from audioed.described import annotations, choices, docstrings
from audioed.errors import ConfigError, Conflict, StudioError
from audioed.model import OwnTag, Stored
from audioed.studio.editions import Whole
from audioed.toml import text_of

if TYPE_CHECKING:
    from audioed.studio.desk import Desk

SETTINGS = "audioed.toml"
LEFT = frozenset({"targets", "extraction.choices", "show.tags"})
"""Those that are no values: tables, and choices, which have a file of their own."""
TABLES: Mapping[str, type[Any]] = {"promos": Promo, "targets": Target, "show.tags": OwnTag}
"""Settings of which there may be any number; tags have no names, and are told as a list."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""Of a promo or a target."""
WRITING = threading.Lock()
"""One change of audioed.toml at a time."""
Plain = bool | int | float | str | list[str] | dict[str, str] | dict[str, float] | None
Value = Plain | dict[str, Plain] | list[dict[str, Plain]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting."""

    key: str
    """With its section, such as `publishing.review`."""
    kind: str
    """As Python writes it: `bool`, `int`, `float`, `str`, `tuple[str, ...]`, `Mapping[str, str]`, `Bytes` …"""
    help: str
    value: Any
    default: Any
    options: tuple[Any, ...]
    """What may be chosen; empty where anything may be written."""
    least: float | None
    most: float | None
    is_set: bool
    """Whether audioed.toml says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Settings of which there may be any number: promos, targets, and tags of the show's own."""

    key: str
    """`promos`, `targets` or `show.tags`; one of the first two is set as `promos.NAME`, tags all at once."""
    help: str
    fields: tuple[Setting, ...]
    """What may stand in each, with its default."""
    entries: tuple[tuple[str, dict[str, Any]], ...]
    """The name of each, which tags have not, and what is set in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings that the studio writes."""

    path: str
    versions: dict[str, str]
    """Of each setting that audioed.toml says, by its key, and of each promo and target; who changes one sends it."""
    settings: tuple[Setting, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resetting(Stored):
    """A setting that is to change."""

    key: str
    value: Value
    """
    None takes it out of audioed.toml, so that the default counts; a promo or a target is set with all that it has.
    """
    version: str
    """Of the setting, as it was seen; empty where audioed.toml did not say it."""


def settings(desk: "Desk", _asked: Whole) -> Settings:
    """Every setting: its help, its value, and the values it may have."""
    config, path = desk.show.config, _path(desk)  # a file with which no show can be opened is told
    written = tomllib.loads(_text(path))
    return Settings(
        path=str(path),
        versions=dict(_versions(written)),
        settings=tuple(_settings(config, Config, "", written)),
        tables=tuple(_table(key, written) for key in TABLES),
    )


def change(desk: "Desk", asked: Resetting) -> Settings:
    """
    Write a setting into audioed.toml, unless the show could not be opened with it; comments stay.

    A conflict, with the setting as it is now, where somebody else has changed it meanwhile; changes of others stay.
    """
    path = _path(desk)
    if asked.key not in _keys(Config) and _kind_of(asked.key) is None:
        key = asked.key[:80]
        raise StudioError(f"{key!r} is not a setting that the studio can write; see docs/settings.md.", status=404)
    with WRITING:
        seen = None
        while seen != (text := _text(path)):  # somebody else may write it while the show is opened with it
            seen, title = text, desk.show.config.show.title
            _refuse_outdated(text, asked)
            changed = _written(text or template(title), asked.key, asked.value, path)
            _refuse_wrong(changed, path, desk)
        files.write(path, changed.encode())
    desk.news.tell("show")
    return settings(desk, Whole())


def _path(desk: "Desk") -> Path:
    return desk.settings or desk.store.home / SETTINGS


def _text(path: Path) -> str:
    return text_of(path) if path.is_file() else ""


def _refuse_outdated(text: str, asked: Resetting) -> None:
    """Conflict where the setting is not the one that was seen, unless it is already as it is wanted."""
    there = _there(tomllib.loads(text), asked.key)
    now = _version(there)
    if now not in {asked.version, _version(asked.value)}:
        raise Conflict(
            f"Somebody else has changed {asked.key} meanwhile; take theirs, or send yours again with their version.",
            theirs={"version": now, "value": there},
        )


def _there(written: Mapping[str, Any], key: str) -> Any:
    """What audioed.toml says of a setting; None where it says nothing."""
    found: Any = written
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _version(value: Any) -> str:
    """What tells one value of a setting from another; empty for none."""
    return "" if value is None else hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _versions(written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    tables = (f"{key}.{name}" for key in TABLES for name in _there(written, key) or () if key != "show.tags")
    for key in (*_keys(Config), *tables, "show.tags"):
        if version := _version(_there(written, key)):
            yield key, version


def _written(text: str, key: str, value: Value, path: Path) -> str:
    """The file with this setting; ConfigError where it cannot be added to."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    *sections, name = key.split(".")
    try:
        document = tomlkit.parse(text)
        table: Any = document
        for section in sections:
            if section not in table:
                table[section] = tomlkit.table()
            table = table[section]
        if value is None or (key in TABLES and not value):
            table.pop(name, None)
        elif kind := _kind_of(key):
            _set_tables(table, name, value, kind)
        else:
            table[name] = value
        return tomlkit.dumps(document)
    except (TOMLKitError, ValueError, TypeError, AttributeError) as error:  # of a value that TOML cannot hold
        raise ConfigError(
            f"{path}: {key} cannot be written ({error}); write it by hand.", path=path, key=key
        ) from error


def _set_tables(parent: Any, name: str, value: Any, kind: Any) -> None:
    """Set a table, or a list of tables, so that comments in those that are there already stay; TypeError for others."""
    import tomlkit

    wanted = value if isinstance(value, list) else [value]
    found = parent.get(name)
    there = list(found) if isinstance(found, list) else [found] if found is not None else []
    made = [_filled(there[at] if at < len(there) else tomlkit.table(), each, kind) for at, each in enumerate(wanted)]
    if not isinstance(value, list):
        if found is None:
            parent[name] = made[0]
        return
    whole = tomlkit.aot()
    for each in made:
        whole.append(each)
    parent[name] = whole


def _filled(table: Any, values: dict[str, Any], kind: Any) -> Any:
    """A table with these values; what is not among them, or is its default, is taken out."""
    defaults = {each.name: _plain(_default(each)) for each in fields(kind)}
    dates = {name for name, told in annotations(kind).items() if told.startswith("date")}
    for name in (each for each in list(table) if each not in values):
        table.pop(name)
    for name, value in values.items():
        if value in (None, "") or (value == defaults.get(name) and name not in table):
            table.pop(name, None)
        elif table.get(name) != value:
            table[name] = date.fromisoformat(value) if name in dates and isinstance(value, str) else value
    return table


def _kind_of(key: str) -> type[Any] | None:
    """What a key names that is a table, or all tags; None for any other."""
    section, _, name = key.rpartition(".")
    if key == "show.tags":
        return TABLES[key]
    return TABLES.get(section) if section != "show.tags" and NAME.fullmatch(name) else None


def _table(key: str, written: Mapping[str, Any]) -> Table:
    kind: Any = TABLES[key]
    there = _there(written, key) or {}
    rows: list[tuple[str, Any]] = [("", each) for each in there] if isinstance(there, list) else list(there.items())
    told, kinds = docstrings(kind), annotations(kind)
    inner = tuple(
        Setting(
            key=each.name,
            kind=kinds[each.name],
            help=told.get(each.name, ""),
            value=None,
            default=_plain(_default(each)),
            options=tuple(choices(each.type)),
            least=None,
            most=None,
            is_set=False,
        )
        for each in fields(kind)
    )
    entries = tuple((name, dict(each)) for name, each in rows if isinstance(each, Mapping))
    return Table(key=key, help=inspect.cleandoc(kind.__doc__ or ""), fields=inner, entries=entries)


def _refuse_wrong(text: str, path: Path, desk: "Desk") -> None:
    """ConfigError for settings with which the show cannot be opened."""
    with files.scratch(path.parent, ".toml", mode=0o600) as trial:
        with files.explained(trial):
            trial.write_text(text, "utf-8")
        try:
            desk.opened_with(trial)
        except ConfigError as error:
            told = str(error).replace(f"{trial}: ", "").replace(str(trial), SETTINGS)
            raise ConfigError(told, path=path, key=error.key) from error


def _keys(kind: Any, section: str = "") -> Iterator[str]:
    for each in fields(kind):
        key = f"{section}{each.name}"
        if key in LEFT:
            continue
        if is_dataclass(each.type):
            yield from _keys(each.type, f"{key}.")
        elif not _holds_tables(each):
            yield key


def _holds_tables(each: Field[Any]) -> bool:
    """Whether a setting is tables of its own, which are written by hand."""
    return any(is_dataclass(inner) for inner in getattr(each.type, "__args__", ()))


def _settings(values: Any, kind: Any, section: str, written: Mapping[str, Any]) -> Iterator[Setting]:
    told, kinds = docstrings(kind), annotations(kind)
    for each in fields(kind):
        key, value = f"{section}{each.name}", getattr(values, each.name)
        if key in LEFT or _holds_tables(each):
            continue
        if is_dataclass(each.type):
            below = written.get(each.name, {})
            yield from _settings(value, each.type, f"{key}.", below if isinstance(below, dict) else {})
            continue
        least, most = LIMITS.get(key, (None, None))
        yield Setting(
            key=key,
            kind=kinds[each.name],
            help=told.get(each.name, ""),
            value=_plain(value),
            default=_plain(_default(each)),
            options=tuple(choices(each.type)),
            least=least,
            most=None if most == float("inf") else most,
            is_set=each.name in written,
        )


def _default(each: Field[Any]) -> Any:
    if each.default is not MISSING:
        return each.default
    return each.default_factory() if each.default_factory is not MISSING else None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
