"""What stands on the command line, as nouns, and what goes back out; how every command ends."""

import functools
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from audioed.config import Config
    from audioed.errors import ExtractionError
    from audioed.model import Article, Page
    from audioed.place import Place

BUILT, EXPLAINED, USAGE, SKIPPED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: done, an explained error, a wrong command line, done without some sources, Ctrl-C (128 + SIGINT)."""

CONFIG = Path("audioed.toml")
P = ParamSpec("P")
R = TypeVar("R")

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The show's settings; ./audioed.toml when it exists.")
]
Output = Annotated[Path, typer.Option("--output", help="Folder of shows and episodes.")]
Cache = Annotated[Path | None, typer.Option("--cache", envvar="AUDIOED_CACHE", help="Folder of spoken clips.")]
BaseUrl = Annotated[str | None, typer.Option("--base-url", help="Where the output folder will be reachable.")]
Voices = Annotated[
    list[str] | None, typer.Option("--voice", metavar="ROLE=NAME", help="Who speaks a role; repeatable.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output, and nothing else.")]
To = Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output.")]
Day = Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Day of the edition; today by default.")]
Articles = Annotated[
    list[str], typer.Argument(metavar="ARTICLE...", help=".html, .md, .txt, .docx or .epub file, URL, or - for stdin.")
]


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """The command, ending with one sentence and the right exit code where something is wrong."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from audioed.errors import AudioedError

        try:
            return command(*args, **kwargs)
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
    output: Path,
    cache: Path | None = None,
    base_url: str | None = None,
    voice: Sequence[str] | None = None,
) -> "Place":
    """Where a build works, checked before anything is done; the options go before the show's settings."""
    from dataclasses import replace

    from platformdirs import user_cache_path

    from audioed import build
    from audioed.cache import Cache as Kept
    from audioed.casting import DEFAULT_ROLES, voice_of
    from audioed.catalogue import shows
    from audioed.config import voices as cards
    from audioed.errors import ConfigError
    from audioed.place import Place
    from audioed.store import Store

    settings, home = settings_of(config)
    if base_url is not None:
        settings = replace(settings, publishing=replace(settings.publishing, base_url=base_url))
    if voice:
        roles = {**settings.synthesis.roles, **dict(role_of(each) for each in voice)}
        settings = replace(settings, synthesis=replace(settings.synthesis, roles=roles))
    found = cards(home)
    speaks = settings.synthesis
    for role in ("narrator", *speaks.roles):
        if role not in DEFAULT_ROLES:
            raise ConfigError(f"{config or CONFIG}: synthesis.roles.{role}: {_no_role(role)}.", key=role)
        voice_of(role, speaks, found)  # an unknown voice is refused before any work
    for name in (*speaks.authors.values(), *speaks.sections.values()):
        voice_of("narrator", speaks, found, name)
    known = shows.settings_name(output, config or (CONFIG if CONFIG.is_file() else None))
    folder = shows.folder_of(output, settings.show.title, known)
    store = Store(output, Kept(cache or user_cache_path("audioed")), settings.show.title, home, folder, known)
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
    from audioed.casting import DEFAULT_ROLES

    role, equals, name = option.partition("=")
    if not (role and equals and name):
        raise typer.BadParameter(f"{option!r} is not ROLE=NAME, such as narrator=joe", param_hint="--voice")
    if role not in DEFAULT_ROLES:
        raise typer.BadParameter(_no_role(role), param_hint="--voice")
    return role, name


def _no_role(role: str) -> str:
    from audioed.casting import DEFAULT_ROLES

    return f"{role!r} is no role; choose one of {', '.join(DEFAULT_ROLES)}"


def day_of(text: str | None) -> date | None:
    """The day that is named; None where none is."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day, such as 2026-01-31", param_hint="--day") from error


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

    cache = PageCache(kept, revalidates=True) if kept else None  # whoever names a page wants it as it is now

    def page(name: str) -> "Page | ExtractionError":
        try:
            if name == "-":
                most = config.extraction.max_bytes  # one more tells that there are too many
                return read_text(sys.stdin.buffer.read(most + 1), "standard input", config.extraction)
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

    data = content_of(name)
    try:
        whole: Any = json.loads(data)
    except ValueError as error:
        raise StoreError(f"{name}: is not JSON ({error}); make it with `audioed extract`.", path=Path(name)) from error
    parts = whole if isinstance(whole, list) else [whole]
    return [parse(Article, json.dumps(part).encode(), Path(name)) for part in parts]


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
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def encoded(value: object) -> bytes:
    """A value as JSON that a person can read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def fail(sentence: str, code: int) -> NoReturn:
    """End with this sentence and exit code."""
    typer.echo(f"audioed: {sentence}", err=True)
    raise typer.Exit(code)
