"""
The reference: docs/cli.md from the commands, docs/settings.md from the settings and what is written below them.

Run it with the project's own Python after a change of either. `--check` writes nothing and names what differs.
"""

import inspect
import json
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_origin

from typer.main import get_command

from audioed import config, model
from audioed.cli.app import app
from audioed.described import annotations, choices, docstrings
from audioed.toml import SIZES, size_told
from audioed.voices import cards

HOME = Path(__file__).parents[1]
MADE = "Made by `python docs/reference.py`; `make check` compares it with the code.\n"
EVERYDAY = ("render", "nightly", "explain", "init", "voices", "lexicon")
STAGES = ("extract", "write", "speak", "master", "publish")
"""Commands that come first, in this order, and those of the line; all others stand between them."""
UNITS = {
    "Seconds": "seconds",
    "Decibels": "dB",
    "Hertz": "Hz",
    "Lufs": "LUFS",
    "Dbtp": "dBTP",
    "Bytes": "size",
    "str": "text",
    "str | None": "text",
    "int": "whole number",
    "float": "number",
    "bool": "`true` or `false`",
    "tuple[str, ...]": "list of texts",
    "date | None": "day",
    "Mapping[str, str]": "table of texts",
    "Mapping[Role, str]": "table of texts",
    "Mapping[str, SiteRules]": "tables",
    "Mapping[str, Source]": "tables",
    "tuple[OwnTag, ...]": "list of tables",
    "tuple[Choice, ...]": "list of tables",
}
"""What a setting is, by its annotation."""
TAKES = {
    "config": "FILE",
    "output": "DIR",
    "cache": "DIR",
    "to": "FILE",
    "html": "FILE",
    "png": "FILE",
    "base_url": "URL",
}
"""What an option takes, where the command does not say."""
EXIT_CODES = """\
| exit code | meaning |
|---|---|
| 0 | built, or nothing was new; a preview (`serve`) was stopped |
| 1 | something is wrong, or no source of a night answered: one sentence for each says what, and what to do |
| 2 | the command line is wrong |
| 3 | done, but some sources gave no article; they are named. A night counts only what \
audioed.toml names, the first time it fails, and a feed, folder or list once more when it is set aside; \
what a feed links to is named, and no more |
| 130 | any other command was stopped by Ctrl-C or SIGTERM; what was spoken so far is kept |
"""


def commands() -> str:
    """docs/cli.md."""
    root = get_command(app)
    there = {name: each for name, each in root.commands.items() if not each.hidden}  # type: ignore[attr-defined]
    between = [name for name in there if name not in EVERYDAY + STAGES]
    ordered = [*EVERYDAY, *between, *STAGES]
    parts = [f"# Commands\n\n{MADE}\n{EXIT_CODES}", *_table("audioed", root, titled=False)]
    for name in filter(there.__contains__, ordered):
        parts += _command(f"audioed {name}", there[name])
    return "\n".join(parts)


def _command(name: str, command: Any) -> Iterator[str]:
    yield from _table(name, command)
    for below, each in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {below}", each)


def _table(name: str, command: Any, *, titled: bool = True) -> Iterator[str]:
    """The heading of a command, how it is written, what it does, and a table of what it takes."""
    rows = [row for each in command.params if not getattr(each, "hidden", False) for row in _row(each)]
    if titled:
        arguments = [_taken(each) for each in command.params if each.param_type_name == "argument"]
        if getattr(command, "commands", None):
            arguments += ["COMMAND"]
        yield f"## {name}\n"
        yield f"`{' '.join([name, *(['[OPTIONS]'] if rows else []), *arguments])}`\n"
        yield f"{inspect.cleandoc(command.help or '')}\n"
    if rows:
        yield "| argument or option | what it is |\n|---|---|"
        yield from rows
        yield ""


def _taken(argument: Any) -> str:
    """An argument behind its command: in brackets if it may be left out, with dots if there may be several."""
    written = argument.metavar or argument.name.upper()
    return f"{written if argument.required else f'[{written}]'}{'...' if argument.nargs == -1 else ''}"


def _row(each: Any) -> Iterator[str]:
    if each.param_type_name == "argument":
        written = each.metavar or each.name.upper()
    elif each.is_flag:
        written = ", ".join(each.opts)
    else:
        written = f"{', '.join(each.opts)} {each.metavar or TAKES.get(each.name, each.name.upper())}"
    told = [_cell(each.help or "").strip()]
    if isinstance(each.default, str) and each.default and each.default != ".":
        told += [f"Default: `{each.default}`."]
    elif isinstance(each.default, Path) and each.default != Path():
        told += [f"Default: `{each.default.as_posix()}`."]
    if each.envvar:
        told += [f"Also read from the environment variable `{each.envvar}`."]
    yield f"| `{_cell(written)}` | {' '.join(told)} |"


def settings() -> str:
    """docs/settings.md."""
    parts = [
        f"# Settings\n\n{MADE}",
        "A show's settings are in `audioed.toml`, which `audioed init` writes with every setting and its default.",
        "A setting that is left out has its default; one that audioed does not know is refused by name. Paths are",
        'relative to audioed.toml. A size is a number of bytes or a text such as `"20 MB"`.',
        "",
    ]
    for each in fields(config.Config):
        if each.name == "targets":
            parts += _section("targets.web", config.Target, config.LIMITS)
        elif each.name == "promos":
            parts += _section("promos.members", config.Promo, config.LIMITS)
        else:
            parts += _section(each.name, each.type, config.LIMITS)
    parts += [
        "## Voice cards\n",
        "A voice is a TOML file in `voices/` beside audioed.toml; [voices/README.md](../voices/README.md) shows one.\n",
        *_settings("", model.Voice, cards.LIMITS),
        "",
    ]
    return "\n".join(parts)


def _section(name: str, kind: Any, limits: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """A table of settings, and the tables below it."""
    yield f"## `[{name}]`\n"
    yield inspect.cleandoc(kind.__doc__) + "\n"
    below = {each.name: each.type for each in fields(kind) if is_dataclass(each.type)}
    yield from _settings(name, kind, limits, leave=below)
    yield ""
    for key, made in below.items():
        yield from _section(f"{name}.{key}", made, limits)
    if kind is config.Extraction:
        yield from _section(f'{name}.sites."example.com"', config.SiteRules, limits)
        yield from _section(f"[{name}.choices]", config.Choice, limits)
    if kind is config.Nightly:
        yield from _section(f'{name}.sources."https://example.com/feed.xml"', config.Source, limits)
    if kind is model.Channel:
        yield from _section(f"[{name}.tags]", model.OwnTag, limits)


def _settings(
    section: str, kind: Any, limits: Mapping[str, tuple[float, float]], leave: Collection[str] = ()
) -> Iterator[str]:
    written, told = annotations(kind), docstrings(kind)
    yield "| setting | what it is | default | what it does |\n|---|---|---|---|"
    for each in fields(kind):
        if each.name in leave:
            continue
        key = f"{section}.{each.name}".lstrip(".")
        yield (
            f"| `{each.name}` | {_cell(_kind(each, written[each.name], key, limits))} | "
            f"{_cell(_default(each, key))} | {_cell(told[each.name])} |"
        )


def _kind(each: Field[Any], annotation: str, key: str, limits: Mapping[str, tuple[float, float]]) -> str:
    """What may be written: a unit and its limits, or the words to choose from."""
    if words := choices(each.type):
        listed = ", ".join(f"`{json.dumps(word)}`" for word in words)
        return f"list of {listed}" if get_origin(each.type) is tuple else f"one of {listed}"
    unit = UNITS[annotation]
    if key not in limits:
        return unit
    told: Any = size_told if key in SIZES else "{:,.15g}".format
    least, most = limits[key]
    return f"{unit}, {told(least)} or more" if most == float("inf") else f"{unit}, {told(least)} to {told(most)}"


def _default(each: Field[Any], key: str) -> str:
    if each.default is MISSING and each.default_factory is MISSING:
        return "must be given" if each.name != "name" else "the file's name"
    value = each.default if each.default is not MISSING else each.default_factory()  # type: ignore[misc]
    if value is None:
        return "none" if "date" in str(each.type) else "audioed's own"
    if value in ("", (), {}):
        return "empty"
    return f"`{json.dumps(size_told(value) if key in SIZES else value)}`"


def _cell(text: str) -> str:
    """A text as it may stand in a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


PAGES = {"docs/cli.md": commands, "docs/settings.md": settings}


def faults() -> list[str]:
    """The pages that are not what the code says, a sentence each."""
    return [
        f"{name} is not what the code says; run `python docs/reference.py`."
        for name, made in PAGES.items()
        if not (HOME / name).is_file() or (HOME / name).read_text("utf-8") != made()
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(faults()) or None)
    for name, made in PAGES.items():
        (HOME / name).write_text(made(), "utf-8", newline="\n")
