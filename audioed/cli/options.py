"""What stands on the command line, as nouns, and what goes back out; how every command ends."""

import functools
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from audioed.sources import told
from audioed.terminal import complain, escaped, shown, tell_json, tell_text

if TYPE_CHECKING:
    from audioed.config import Config
    from audioed.errors import ExtractionError
    from audioed.model import Article, Page
    from audioed.place import Place
    from audioed.store import Noun

BUILT, EXPLAINED, SKIPPED, INTERRUPTED = 0, 1, 3, 130
"""Exit codes: done, an explained error, done without some sources, Ctrl-C (128 + SIGINT); see `usage` for 2."""

CONFIG = Path("audioed.toml")
STDIN = "standard input"
P = ParamSpec("P")
R = TypeVar("R")

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The show's settings; ./audioed.toml when it exists.")
]
Output = Annotated[
    Path | None, typer.Option("--output", help="Folder of shows and episodes; output, beside the settings, by default.")
]
Cache = Annotated[Path | None, typer.Option("--cache", envvar="AUDIOED_CACHE", help="Folder of spoken clips.")]
BaseUrl = Annotated[str | None, typer.Option("--base-url", help="Where the output folder will be reachable.")]
Voices = Annotated[
    list[str] | None, typer.Option("--voice", metavar="ROLE=NAME", help="Who speaks a role; repeatable.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output, and nothing else.")]
To = Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output.")]
Day = Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Day of the edition; today by default.")]
Articles = Annotated[list[str], typer.Argument(metavar="ARTICLE...", help=f"{told('{1}')} file, URL, or - for stdin.")]


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """The command, ending with one sentence and the right exit code where something is wrong."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from audioed.errors import AudioedError

        try:
            try:
                return command(*args, **kwargs)
            finally:
                sys.stdout.flush()  # a full disk or a closed pipe is told now, or Python would at its own end
        except AudioedError as error:
            fail(str(error), EXPLAINED)
        except KeyboardInterrupt:
            fail("stopped; what was spoken so far is kept for the next run.", INTERRUPTED)
        except BrokenPipeError:  # whoever read our output has enough
            raise typer.Exit(EXPLAINED) from None
        except OSError as error:
            fail(f"{error.filename or 'the system'}: {error.strerror or error}; check it and start again.", EXPLAINED)

    return wrapped


def place_of(
    config: Path | None,
    output: Path | None,
    cache: Path | None = None,
    base_url: str | None = None,
    voice: Sequence[str] | None = None,
) -> "Place":
    """
    Where a command works, checked before anything is done; the options go before the show's settings.

    Nothing is written; what makes a recording asks `build.check` too.
    """
    from dataclasses import replace

    from platformdirs import user_cache_path

    from audioed import build
    from audioed.cache import Cache as Kept
    from audioed.catalogue import shows
    from audioed.errors import ConfigError
    from audioed.place import Place
    from audioed.store import Store
    from audioed.voices.cards import voice_cards
    from audioed.voices.casting import DEFAULT_ROLES, voice_of

    settings, home = settings_of(config)
    if base_url is not None:
        settings = replace(settings, publishing=replace(settings.publishing, base_url=base_url))
    if voice:
        roles = {**settings.synthesis.roles, **dict(role_of(each) for each in voice)}
        settings = replace(settings, synthesis=replace(settings.synthesis, roles=roles))
    found = voice_cards(home)
    speaks = settings.synthesis
    for role in ("narrator", *speaks.roles):
        if role not in DEFAULT_ROLES:
            raise ConfigError(f"{config or CONFIG}: synthesis.roles.{role}: {_no_role(role)}.", key=role)
        voice_of(role, speaks, found)  # an unknown voice is refused before any work
    for name in (*speaks.authors.values(), *speaks.sections.values()):
        voice_of("narrator", speaks, found, name)
    where = output or home / "output"
    known = shows.settings_name(where, config or (CONFIG if CONFIG.is_file() else None))
    folder = shows.folder_of(where, settings.show.title, known)
    store = Store(where, Kept(cache or user_cache_path("audioed")), settings.show.title, home, folder, known)
    place = Place(settings, found, store)
    build.check_settings(place)
    return place


def settings_of(path: Path | None) -> "tuple[Config, Path]":
    """The settings of the show, and its folder."""
    from audioed.config import load

    chosen = path or (CONFIG if CONFIG.is_file() else None)
    return load(chosen), chosen.parent if chosen else Path()


def role_of(option: str) -> tuple[str, str]:
    """A role and the voice that `--voice` gives it."""
    from audioed.voices.casting import DEFAULT_ROLES

    role, equals, name = option.partition("=")
    if not (role and equals and name):
        raise typer.BadParameter(f"{option!r} is not ROLE=NAME, such as narrator=joe", param_hint="--voice")
    if role not in DEFAULT_ROLES:
        raise typer.BadParameter(_no_role(role), param_hint="--voice")
    return role, name


def _no_role(role: str) -> str:
    from audioed.voices.casting import DEFAULT_ROLES

    return f"{role!r} is no role; choose one of {', '.join(DEFAULT_ROLES)}"


def day_of(text: str | None) -> date | None:
    """The day that is named; None where none is."""
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):  # `fromisoformat` also takes 20260131 and 2026-W05-6
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{text!r} is not a day, such as 2026-01-31", param_hint="--day")


def title_of(text: str | None) -> str | None:
    """The title that is given; None where none is."""
    if text is not None and (not text.strip() or shown(text) != text):
        raise typer.BadParameter(f"{text!r} is not a title; use words, on one line", param_hint="--title")
    return text and text.strip()


def today(place: "Place") -> date:
    """The day where the show is at home: a server elsewhere must not date an episode into the future."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(place.config.show.timezone)).date()


def pages_of(
    names: Sequence[str], config: "Config", kept: Path | None = None, home: Path = Path()
) -> "list[Page | ExtractionError]":
    """
    The page behind each name, or why it could not be had.

    `kept` is the folder of pages that were fetched before; `home` that of the show, which knows files by their path.
    """
    from dataclasses import replace

    from audioed.addresses import without_user
    from audioed.catalogue.identity import file_id
    from audioed.errors import ExtractionError
    from audioed.extraction.fetch import fetch, read, read_text
    from audioed.extraction.page_cache import PageCache

    if list(names).count("-") > 1:
        raise typer.BadParameter("standard input can be read only once; name - once", param_hint="-")
    if "" in names:
        raise typer.BadParameter("an empty source name was given; name a file or an address", param_hint="ARTICLE")
    cache = PageCache(kept, revalidates=True) if kept else None  # whoever names a page wants it as it is now

    def page(name: str) -> "Page | ExtractionError":
        try:
            if name == "-":
                most = config.extraction.max_bytes  # one more tells that there are too many
                return read_text(sys.stdin.buffer.read(most + 1), STDIN, config.extraction)
            scheme, colon, _ = name.lower().partition("://")
            if colon and scheme in {"http", "https"}:
                return fetch(name, config.extraction, private=True, cache=cache)
            if colon and scheme.isalnum() and len(scheme) > 1:  # one letter is a disk of Windows
                name = without_user(name)
                told = f"{name}: only files and addresses with http or https are read; name the page's file."
                return ExtractionError(told, name=name)
            return replace(read(name, config.extraction), ids=(file_id(Path(name), home),))
        except ExtractionError as error:
            return error

    return [page(name) for name in names]


def articles_of(name: str) -> "list[Article]":
    """The articles in a JSON file, or in what comes on standard input."""
    from audioed.errors import StoreError
    from audioed.model import Article
    from audioed.store import parse

    path = Path(STDIN if name == "-" else name)
    try:
        whole: Any = json.loads(content_of(name))
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); make it with `audioed extract`.", path=path) from error
    parts = whole if isinstance(whole, list) else [whole]
    return [parse(Article, json.dumps(part).encode(), path) for part in parts]


def noun_of(kind: "type[Noun]", name: str) -> "Noun":
    """The noun in a JSON file, or in what comes on standard input; editors and shells of Windows write UTF-16 too."""
    from audioed.store import parse

    data = content_of(name)
    encoding = json.detect_encoding(data)
    if encoding != "utf-8":
        data = data.decode(encoding, "replace").encode()
    return parse(kind, data, Path(STDIN if name == "-" else name))


def content_of(name: str) -> bytes:
    """What a file holds, or standard input for `-`."""
    from audioed.files import read

    return sys.stdin.buffer.read() if name == "-" else read(Path(name))


def put(data: bytes, to: Path | None) -> None:
    """Write to this file, or to standard output."""
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
    else:
        tell_text(data.decode())


def put_json(data: bytes, to: Path | None) -> None:
    """Write a JSON text to this file, or to standard output."""
    if to:
        put(data, to)
    else:
        tell_json(data.decode())


def encoded(value: object) -> bytes:
    """A value as JSON that a person can read."""
    return (escaped(json.dumps(value, ensure_ascii=False, indent=1)) + "\n").encode()


def fail(sentence: str, code: int) -> NoReturn:
    """End with this sentence and exit code."""
    complain(f"audioed: {sentence}")
    raise typer.Exit(code)
