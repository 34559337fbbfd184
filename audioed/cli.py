"""Arguments in, exit code out: the commands."""

import json
import logging
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from audioed.arguments import (
    BUILT,
    SKIPPED,
    Articles,
    AsJson,
    BaseUrl,
    Cache,
    ConfigFile,
    Day,
    Output,
    To,
    Voices,
    articles_of,
    content_of,
    day_of,
    encoded,
    explained,
    pages_of,
    place_of,
    put,
    settings_of,
    today,
)
from audioed.episode_commands import inspect, proof, verify
from audioed.lexicon_commands import lexicon
from audioed.voices_commands import voices

if TYPE_CHECKING:
    from types import FrameType

    from audioed.model import Article
    from audioed.place import Place

app = typer.Typer(
    name="audioed",
    help="Turn articles into a podcast that people want to listen to.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(voices)
app.add_typer(lexicon)
for command in (proof, verify, inspect):
    app.command()(command)


def main() -> None:
    """The console script."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins costs a tenth of our start
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's own threads would only wait beside ours, busily
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started us has it ignored
        signal.signal(signal.SIGINT, _stop)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("audioed: %(message)s"))
    logging.getLogger("audioed").addHandler(handler)
    app()


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
    """
    Make an episode of one article, or an edition of several, and put it into the feed.

    An edited script.json in place of the articles makes its episode anew.
    """
    from audioed import build, catalogue
    from audioed.console import Console
    from audioed.model import Script
    from audioed.store import parse

    chosen = day_of(day)
    if len(articles) > 1 and any(name.endswith(".json") for name in articles):
        raise typer.BadParameter("an edited script stands alone; render articles without it", param_hint="ARTICLE")
    place = place_of(config, output, cache, base_url, voice)
    if len(articles) == 1 and articles[0].endswith(".json"):
        script = parse(Script, content_of(articles[0]), Path(articles[0]))
        with Console(as_json=as_json) as console:
            _refuse_unwritable(place)
            console.summary(build.rebuild(script, place, console), place, ())
        return
    wish = catalogue.Wish(today(place), chosen, title)
    with Console(as_json=as_json) as console:
        console.stage("extract")
        found, skips = build.extract(pages_of(articles, place.config, place.store.pages), place.config, place.cards)
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

    place = place_of(config, output, cache, base_url)
    with Console(as_json=as_json) as console:
        report = nights.run(place, day_of(day) or today(place), console)
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

    settings, _ = settings_of(config)
    found, skips = build.extract(pages_of(articles, settings), settings)
    for skip in skips:
        typer.echo(f"audioed: {skip.reason}", err=True)
    if explains:
        _explain(found)
        raise typer.Exit(SKIPPED if skips else BUILT)
    whole = [json.loads(dump(article)) for article in found]
    put(encoded(whole if len(articles) > 1 else whole[0]), to)
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

    chosen = day_of(day)
    place = place_of(config, output)
    wish = catalogue.Wish(today(place), chosen, title)
    found = [article for name in articles for article in articles_of(name)]
    put(dump(build.write(found, build.edition(found, wish, place), place)), to)


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

    place = place_of(config, output, cache, None, voice)
    written = parse(Script, content_of(script), Path(script))
    with Console(as_json=True) as console:
        console.stage("speak")
        speech = build.speak(written, place, console)
    put(dump(speech), to)


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

    place = place_of(config, output, cache)
    spoken = parse(Speech, content_of(speech), Path(speech))
    with Console(as_json=True) as console, build.alone(place):
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
    from audioed.errors import StoreError

    place = place_of(config, output, cache, base_url)
    if not (show := place.store.show_folder).is_dir():
        raise StoreError(f"{show}: no show is there; check --output, and the title in [show].", path=show)
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
    from audioed.explain import gathered, page

    settings, _ = settings_of(config)
    found, skips = gathered(articles, lambda name: pages_of([name], settings)[0], settings)
    for skip in skips:
        typer.echo(f"audioed: {skip.reason}", err=True)
    if html:
        put(page(found).encode(), html)
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


def _refuse_unwritable(place: "Place") -> None:
    """Before anything is spoken: a folder that cannot be written to is told at once."""
    for folder in (place.store.show_folder, place.store.cache):
        with place.store.scratch(folder, ".test"):
            pass


class _Stopped(KeyboardInterrupt):
    """Ctrl-C, under another name: one that passes through `exec`, as in a dataclass, costs CPython our exit code."""


def _stop(_signal: int, _frame: "FrameType | None") -> NoReturn:
    raise _Stopped
