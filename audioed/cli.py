"""Arguments in, exit code out: the commands, and the only module that reads the clock and the environment."""

import functools
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from types import FrameType

    from audioed.build import Place, Skip
    from audioed.config import Config
    from audioed.errors import ExtractionError
    from audioed.model import Article, Page

BUILT, EXPLAINED, USAGE, SKIPPED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: done, an explained error, a wrong command line, done without some sources, Ctrl-C (128 + SIGINT)."""

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    name="audioed",
    help="Turn articles into a podcast that people want to listen to.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

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


def main() -> None:
    """The console script."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins costs a tenth of our start
    signal.signal(signal.SIGTERM, _terminate)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("audioed: %(message)s"))
    logging.getLogger("audioed").addHandler(handler)
    app()


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """The command, ending with one sentence and the right exit code where something is wrong."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from audioed.errors import AudioedError

        try:
            return command(*args, **kwargs)
        except AudioedError as error:
            _fail(str(error), EXPLAINED)
        except KeyboardInterrupt:
            _fail("stopped; what was spoken so far is kept for the next run.", INTERRUPTED)
        except BrokenPipeError:  # whoever read our output has enough
            raise typer.Exit(EXPLAINED) from None
        except OSError as error:
            _fail(f"{error.filename or 'the system'}: {error.strerror or error}; check it and start again.", EXPLAINED)

    return wrapped


@app.command()
@explained
def render(
    articles: Articles,
    config: ConfigFile = None,
    output: Output = Path("output"),
    title: Annotated[str | None, typer.Option(help="Title of the episode; the article's by default.")] = None,
    day: Day = None,
    base_url: BaseUrl = None,
    voice: Voices = None,
    cache: Cache = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be said and what was cut.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make an episode of one article, or an edition of several, and put it into the feed."""
    from audioed import build, catalogue
    from audioed.console import Console

    chosen = _day(day)
    place = _place(config, output, cache, base_url, voice)
    wish = catalogue.Wish(_today(place), chosen, title)
    with Console(as_json=as_json) as console:
        console.stage("extract")
        found, skips = build.extract(_pages(articles, place.config, place.store.pages), place.config, place.cards)
        if dry_run:
            console.stage("write")
            console.dry_run(found, build.write(found, build.edition(found, wish, place), place), skips)
        else:
            _refuse_unwritable(place)
            episode = build.build(found, wish, place, console)
            console.summary(episode, place, skips)
    raise typer.Exit(SKIPPED if skips else BUILT)


@app.command()
@explained
def nightly(
    config: ConfigFile = None,
    output: Output = Path("output"),
    day: Day = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Make one episode of what is new in the sources that audioed.toml names; nothing when nothing is."""
    from audioed import nightly as nights
    from audioed.console import Console

    place = _place(config, output, cache, base_url)
    with Console(as_json=as_json) as console:
        report = nights.run(place, _day(day) or _today(place), console)
        if report.episode:
            console.summary(report.episode, place, report.skips)
        else:
            console.nothing_new()
    raise typer.Exit(SKIPPED if report.skips else BUILT)


@app.command()
@explained
def extract(
    articles: Articles,
    config: ConfigFile = None,
    to: To = None,
    explains: Annotated[bool, typer.Option("--explain", help="Show what happens to each piece of it instead.")] = False,
) -> None:
    """Print the article of a page as JSON; a JSON array for several pages."""
    from audioed import build
    from audioed.store import dump

    settings, _ = _config(config)
    found, skips = build.extract(_pages(articles, settings), settings)
    for skip in skips:
        typer.echo(f"audioed: {skip.reason}", err=True)
    if explains:
        _explain(found)
        raise typer.Exit(SKIPPED if skips else BUILT)
    whole = [json.loads(dump(article)) for article in found]
    _put(_json(whole if len(articles) > 1 else whole[0]), to)
    raise typer.Exit(SKIPPED if skips else BUILT)


@app.command()
@explained
def write(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE.json...", help="What `extract` made, or - for stdin.")
    ],
    config: ConfigFile = None,
    output: Output = Path("output"),
    title: Annotated[str | None, typer.Option(help="Title of the episode; the article's by default.")] = None,
    day: Day = None,
    to: To = None,
) -> None:
    """Print the script of an edition of these articles as JSON."""
    from audioed import build, catalogue
    from audioed.store import dump

    chosen = _day(day)
    place = _place(config, output)
    wish = catalogue.Wish(_today(place), chosen, title)
    found = [article for name in articles for article in _articles(name)]
    _put(dump(build.write(found, build.edition(found, wish, place), place)), to)


@app.command()
@explained
def speak(
    script: Annotated[str, typer.Argument(metavar="SCRIPT.json", help="What `write` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = Path("output"),
    voice: Voices = None,
    cache: Cache = None,
    to: To = None,
) -> None:
    """Speak a script, and print the speech as JSON."""
    from audioed import build
    from audioed.console import Console
    from audioed.model import Script
    from audioed.store import dump, parse

    place = _place(config, output, cache, None, voice)
    written = parse(Script, _bytes(script), Path(script))
    with Console(as_json=True) as console:
        console.stage("speak")
        speech = build.speak(written, place, console)
    _put(dump(speech), to)


@app.command()
@explained
def master(
    speech: Annotated[str, typer.Argument(metavar="SPEECH.json", help="What `speak` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = Path("output"),
    cache: Cache = None,
) -> None:
    """Master a speech into an episode in its folder, not yet in the feed, and print where it is."""
    from audioed import build
    from audioed.console import Console
    from audioed.model import Speech
    from audioed.store import parse

    place = _place(config, output, cache)
    spoken = parse(Speech, _bytes(speech), Path(speech))
    with Console(as_json=True) as console, place.store.lock("build"):
        console.stage("master")
        build.master(spoken, place, console)
    typer.echo(place.store.episode_folder(spoken.script.edition.name) / "episode.json")


@app.command()
@explained
def publish(
    config: ConfigFile = None, output: Output = Path("output"), base_url: BaseUrl = None, cache: Cache = None
) -> None:
    """Make the feed anew from the episodes in the output folder, and print where it is."""
    from audioed import build

    place = _place(config, output, cache, base_url)
    build.publish(place)
    typer.echo(place.store.show_folder / "feed.xml")


@app.command()
@explained
def explain(
    articles: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="What `render` takes, or the folder of an episode.")
    ],
    config: ConfigFile = None,
    html: Annotated[Path | None, typer.Option(help="Write it as a page with colours instead.")] = None,
) -> None:
    """Show a page's text in order with what happens to each piece: said, and as what, or cut, and by which rule."""
    from audioed import build
    from audioed.explain import page

    settings, _ = _config(config)
    stored = [path for name in articles for path in sorted(Path(name).glob("article-*.json")) if name != "-"]
    found = [article for path in stored for article in _articles(str(path))]
    skips: tuple[Skip, ...] = ()
    if not found:
        extracted, skips = build.extract(_pages(articles, settings), settings)
        found = list(extracted)
    for skip in skips:
        typer.echo(f"audioed: {skip.reason}", err=True)
    if html:
        _put(page(found).encode(), html)
    else:
        _explain(found)
    raise typer.Exit(SKIPPED if skips else BUILT)


@app.command()
@explained
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder of the new show.")] = Path(),
    title: Annotated[str, typer.Option(help="Title of the show.")] = "My articles",
) -> None:
    """Write a commented audioed.toml for a new show."""
    from audioed.config import template
    from audioed.errors import ConfigError

    path = folder / "audioed.toml"
    if path.exists():
        raise ConfigError(f"{path}: is there already; edit it, or name another folder.", path=path)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(template(title), "utf-8")
    typer.echo(f"{path}: edit it, then run `audioed render ARTICLE` or `audioed nightly` in that folder.")


@app.command()
@explained
def voices(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the voices that can be given to roles: language, engine, licence."""
    from audioed.config import voices as cards
    from audioed.console import Console

    settings, home = _config(config)
    with Console(as_json=as_json) as console:
        console.voices(cards(home), settings.synthesis)


def _place(
    config: Path | None,
    output: Path,
    cache: Path | None = None,
    base_url: str | None = None,
    voice: Sequence[str] | None = None,
) -> "Place":
    from dataclasses import replace

    from platformdirs import user_cache_path

    from audioed import build
    from audioed.build import Place
    from audioed.casting import voice_of
    from audioed.config import voices as cards
    from audioed.store import Store

    settings, home = _config(config)
    if base_url is not None:
        settings = replace(settings, publishing=replace(settings.publishing, base_url=base_url))
    if voice:
        roles = {**settings.synthesis.roles, **dict(_role(each) for each in voice)}
        settings = replace(settings, synthesis=replace(settings.synthesis, roles=roles))
    found = cards(home)
    for role in ("narrator", *settings.synthesis.roles):
        voice_of(role, settings.synthesis, found)  # an unknown voice is refused before any work
    store = Store(output, cache or user_cache_path("audioed"), settings.show.title, home)
    place = Place(settings, found, store)
    build.check(place)
    return place


def _config(path: Path | None) -> "tuple[Config, Path]":
    from audioed.config import load

    chosen = path or (Path("audioed.toml") if Path("audioed.toml").is_file() else None)
    return load(chosen), chosen.parent if chosen else Path()


def _role(option: str) -> tuple[str, str]:
    role, equals, name = option.partition("=")
    if not (role and equals and name):
        raise typer.BadParameter(f"{option!r} is not ROLE=NAME, such as narrator=joe", param_hint="--voice")
    return role, name


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day, such as 2026-01-31", param_hint="--day") from error


def _today(place: "Place") -> date:
    """The day where the show is at home: a server elsewhere must not date an episode into the future."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(place.config.show.timezone)).date()


def _explain(found: "Sequence[Article]") -> None:
    """Print what happens to each piece of these articles."""
    from audioed.explain import counted
    from audioed.explain import explained as pieces_of

    for article in found:
        pieces = list(pieces_of(article))
        for piece in pieces:
            label = typer.style(f"{piece.rule or piece.kind:>14}", fg="red" if piece.rule else "green")
            typer.echo(f"{label}  {piece.text}")
        typer.echo(f"{article.title}: {counted(pieces)}")


def _pages(names: Sequence[str], config: "Config", kept: Path | None = None) -> "list[Page | ExtractionError]":
    from audioed.errors import ExtractionError
    from audioed.extraction.fetch import fetch, read, read_text
    from audioed.extraction.page_cache import PageCache

    cache = PageCache(kept, revalidates=True) if kept else None  # whoever names a page wants it as it is now

    def page(name: str) -> "Page | ExtractionError":
        try:
            if name == "-":
                return read_text(sys.stdin.buffer.read(), "standard input")
            if name.startswith(("http://", "https://")):
                return fetch(name, config.extraction, private=True, cache=cache)
            return read(name, config.extraction)
        except ExtractionError as error:
            return error

    return [page(name) for name in names]


def _articles(name: str) -> "list[Article]":
    from audioed.errors import StoreError
    from audioed.model import Article
    from audioed.store import parse

    data = _bytes(name)
    try:
        whole: Any = json.loads(data)
    except ValueError as error:
        raise StoreError(f"{name}: is not JSON ({error}); make it with `audioed extract`.", path=Path(name)) from error
    parts = whole if isinstance(whole, list) else [whole]
    return [parse(Article, json.dumps(part).encode(), Path(name)) for part in parts]


def _bytes(name: str) -> bytes:
    from audioed.store import read

    return sys.stdin.buffer.read() if name == "-" else read(Path(name))


def _put(data: bytes, to: Path | None) -> None:
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _refuse_unwritable(place: "Place") -> None:
    """Before anything is spoken: an output folder that cannot be written to is told at once."""
    with place.store.scratch(place.store.show_folder, ".test"):
        pass


def _fail(sentence: str, code: int) -> NoReturn:
    typer.echo(f"audioed: {sentence}", err=True)
    raise typer.Exit(code)


def _terminate(_signal: int, _frame: "FrameType | None") -> NoReturn:
    raise KeyboardInterrupt
