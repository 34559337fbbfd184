"""What a feed tells of its show, written into audioed.toml where nothing else stands there."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from audioed import publishing
from audioed.config import Config, load, template
from audioed.errors import ConfigError
from audioed.files import write
from audioed.model import Channel
from audioed.toml import text_of

SETTINGS = "audioed.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A setting that a feed tells."""

    key: str
    value: str | bool
    why_not: str = ""
    """Why it was not taken; empty where it was, or stands there already."""


def found(told: Mapping[str, str | bool], config: Config, path: Path | None, guid: str) -> tuple[Found, ...]:
    """
    Each setting of [show] that the feed tells, and whether it can be taken: nothing that somebody decided changes.

    Nor does the GUID by which the show is known already, where it has one.
    """
    decided = tomllib.loads(text_of(path)).get("show", {}) if path else {}
    show, rows = config.show, []
    for key, value in told.items():
        stands = decided.get(key, getattr(Channel(), key))
        if key in decided and stands not in {value, getattr(Channel(), key)}:
            rows.append(Found(key=key, value=value, why_not=f"audioed.toml says {stands!r}"))
            continue
        if key == "guid" and guid not in {"", value}:
            rows.append(Found(key=key, value=value, why_not=f"the show is known by {guid}"))
            continue
        try:
            wanted = replace(show, **{key: value})  # type: ignore[arg-type]  # keys of `Channel`, which feed.py names
            publishing.validate(wanted, config.publishing)
        except ConfigError as error:
            rows.append(Found(key=key, value=value, why_not=str(error).rstrip(".")))
            continue
        show = wanted
        rows.append(Found(key=key, value=value))
    return tuple(rows)


def written(rows: tuple[Found, ...], home: Path, path: Path | None) -> tuple[Path, Config]:
    """The settings file with what was taken, its comments as they were, and what it says now."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = path or home / SETTINGS
    taken = {row.key: row.value for row in rows if not row.why_not}
    text = text_of(path) if path.is_file() else template(str(taken.get("title", Channel().title)))
    try:
        document = tomlkit.parse(text)
        show = document.setdefault("show", tomlkit.table())
        for key, value in taken.items():
            if show.get(key) != value:
                show[key] = value
        changed = tomlkit.dumps(document)
        tomllib.loads(changed)
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        told = ", ".join(taken)
        raise ConfigError(
            f"{path}: cannot be added to ({error}); write {told} into [show] yourself.", path=path
        ) from error
    if changed != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, changed.encode())
    return path, load(path)
