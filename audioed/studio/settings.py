"""A show's settings with their help: checked before they are written, and what else stands in audioed.toml stays."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioed import files
from audioed.config import LIMITS, Config, template
from audioed.described import annotations, choices, docstrings
from audioed.errors import ConfigError, Conflict, StudioError
from audioed.model import Stored
from audioed.studio.editions import Whole
from audioed.toml import text_of

if TYPE_CHECKING:
    from audioed.studio.desk import Desk

SETTINGS = "audioed.toml"
LEFT = frozenset({"targets", "extraction.choices", "show.tags"})
"""What is written by hand: places with passwords beside them, choices, which have a file of their own, and raw tags."""
Value = bool | int | float | str | list[str] | dict[str, str] | dict[str, float] | None


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
class Settings:
    """All settings that the studio writes."""

    version: str
    """Of audioed.toml; who changes a setting sends it."""
    path: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resetting(Stored):
    """A setting that is to change."""

    key: str
    value: Value
    """None takes it out of audioed.toml, so that the default counts."""
    version: str
    """Of audioed.toml, as it was seen."""


def settings(desk: "Desk", _asked: Whole) -> Settings:
    """Every setting: its help, its value, and the values it may have."""
    path = _path(desk)
    written = tomllib.loads(text_of(path)) if path.is_file() else {}
    return Settings(
        version=_version(path), path=str(path), settings=tuple(_settings(desk.show.config, Config, "", written))
    )


def change(desk: "Desk", asked: Resetting) -> Settings:
    """Write a setting into audioed.toml, unless the show could not be opened with it; comments stay."""
    path = _path(desk)
    if asked.key not in _keys(Config):
        raise StudioError(f"{asked.key[:80]!r} is no setting that the studio writes; see docs/settings.md.", status=404)
    if asked.version != _version(path):
        raise Conflict(
            "audioed.toml was changed meanwhile; load the settings again.", theirs={"version": _version(path)}
        )
    text = text_of(path) if path.is_file() else template(desk.show.config.show.title)
    changed = _written(text, asked.key, asked.value, path)
    _refuse_wrong(changed, path, desk)
    files.write(path, changed.encode())
    desk.news.tell("show")
    return settings(desk, Whole())


def _path(desk: "Desk") -> Path:
    return desk.settings or desk.store.home / SETTINGS


def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()[:12]


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
        if value is None:
            table.pop(name, None)
        else:
            table[name] = value
        return tomlkit.dumps(document)
    except (TOMLKitError, ValueError, TypeError, AttributeError) as error:  # of a value that TOML cannot hold
        raise ConfigError(
            f"{path}: {key} cannot be written ({error}); write it by hand.", path=path, key=key
        ) from error


def _refuse_wrong(text: str, path: Path, desk: "Desk") -> None:
    """ConfigError for settings with which the show cannot be opened."""
    with files.scratch(path.parent, ".toml") as trial:
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
