"""Arguments in, exit code out: the commands."""

import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from audioed.cli.episode import inspect, proof, verify
from audioed.cli.lexicon import lexicon
from audioed.cli.options import (
    BUILT,
    EXPLAINED,
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
    day_of,
    encoded,
    explained,
    noun_of,
    pages_of,
    place_of,
    put,
    put_json,
    settings_of,
    title_of,
    today,
)
from audioed.cli.usage import NAMES, Commands
from audioed.cli.voices import voices
from audioed.terminal import Lines, complain, finish, prepare, tell

if TYPE_CHECKING:
    from types import FrameType

    from audioed.model import Article
    from audioed.place import Place

app = typer.Typer(
    name="audioed",
    help="Turn articles into a podcast that people want to listen to.",
    epilog="`audioed help COMMAND` tells more about one of them.",
    cls=Commands,
    context_settings=NAMES,
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
    prepare()
    handler = logging.StreamHandler()
    handler.setFormatter(Lines("audioed: %(message)s"))
    logging.getLogger("audioed").addHandler(handler)
    try:
        app()
    except OSError as error:  # of help, which is shown before any command runs
        complain(f"audioed: the output cannot be written ({error.strerror}); send it somewhere else.")
        sys.exit(EXPLAINED)
    finally:
        finish()


@app.command()
@explained
def render(
    articles: Articles,
    config: ConfigFile = None,
    output: Output = None,
    title: Annotated[str | None, typer.Option(help="Title of the episode; the article's by default.")] = None,
    day: Day = None,
    base_url: BaseUrl = None,
    voice: Voices = None,
    cache: Cache = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be said and what was cut.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Discard what was edited by hand in its script.json.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Make an episode of one article, or an edition of several, and put it into the feed.

    An edited script.json in place of the articles makes its episode anew.
    """
    from audioed import build, catalogue
    from audioed.cli.console import Console
    from audioed.model import Script

    is_script = _is_script(articles, fresh=fresh, title=title, day=day)
    chosen, name = day_of(day), title_of(title)
    place = place_of(config, output, cache, base_url, voice)
    if not dry_run:
        build.check(place)
    wish = catalogue.Wish(today(place), chosen, name, fresh)
    with Console(as_json=as_json) as console:
        if is_script:
            script = noun_of(Script, articles[0])
            if dry_run:
                console.dry_run((), script, ())
            else:
                _refuse_unwritable(place)
                console.summary(build.rebuild(script, place, console), place, ())
            return
        if not dry_run and place.store.show_folder.is_dir():
            build.mend(place, console)
        console.stage("extract")
        kept = None if dry_run else place.store.cache.pages
        found, skips = build.extract(
            pages_of(articles, place.config, kept, place.store.home), place.config, place.cards
        )
        if dry_run:
            console.stage("write")
            script, _ = build.script_for(found, wish, place, console)
            console.dry_run(found, script, skips)
        else:
            _refuse_unwritable(place)
            episode = build.build(found, wish, place, console)
            console.summary(episode, place, skips)
    raise typer.Exit(SKIPPED if skips else BUILT)


@app.command()
@explained
def nightly(
    config: ConfigFile = None,
    output: Output = None,
    day: Day = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Make one episode of what is new in the sources that audioed.toml names; nothing when nothing is."""
    from time import monotonic

    from audioed import build
    from audioed import nightly as nights
    from audioed.cli.console import Console

    chosen = day_of(day)
    place = place_of(config, output, cache, base_url)
    build.check(place)
    with Console(as_json=as_json) as console:
        report = nights.run(place, chosen or today(place), console, monotonic)
        if report.episode:
            console.summary(report.episode, place, report.skips, report.notes)
        else:
            console.nothing_new(report.skips, report.notes)
    failed = SKIPPED if report.episode else EXPLAINED
    raise typer.Exit(failed if report.skips else BUILT)


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

    settings, home = settings_of(config)
    found, skips = build.extract(pages_of(articles, settings, home=home), settings)
    for skip in skips:
        complain(f"audioed: {skip.reason}")
    if explains:
        _explain(found)
        raise typer.Exit(SKIPPED if skips else BUILT)
    whole = [json.loads(dump(article)) for article in found]
    put_json(encoded(whole if len(articles) > 1 else whole[0]), to)
    raise typer.Exit(SKIPPED if skips else BUILT)


@app.command()
@explained
def write(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE.json...", help="What `extract` made, or - for stdin.")
    ],
    config: ConfigFile = None,
    output: Output = None,
    title: Annotated[str | None, typer.Option(help="Title of the episode; the article's by default.")] = None,
    day: Day = None,
    to: To = None,
) -> None:
    """Print the script of an edition of these articles as JSON."""
    from audioed import build, catalogue
    from audioed.store import dump

    chosen, name = day_of(day), title_of(title)
    place = place_of(config, output)
    wish = catalogue.Wish(today(place), chosen, name)
    found = [article for each in articles for article in articles_of(each)]
    put_json(dump(build.write(found, build.edition(found, wish, place), place)), to)


@app.command()
@explained
def speak(
    script: Annotated[str, typer.Argument(metavar="SCRIPT.json", help="What `write` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = None,
    voice: Voices = None,
    cache: Cache = None,
    to: To = None,
) -> None:
    """Speak a script, and print the speech as JSON."""
    from audioed import build
    from audioed.cli.console import Console
    from audioed.model import Script
    from audioed.store import dump

    place = place_of(config, output, cache, None, voice)
    written = noun_of(Script, script)
    with Console(as_json=True) as console:
        console.stage("speak")
        speech = build.speak(written, place, console)
    put_json(dump(speech), to)


@app.command()
@explained
def master(
    speech: Annotated[str, typer.Argument(metavar="SPEECH.json", help="What `speak` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
) -> None:
    """Master a speech into an episode in its folder, not yet in the feed, and print where it is."""
    from audioed import build
    from audioed.cli.console import Console
    from audioed.model import Speech

    place = place_of(config, output, cache)
    build.check(place)
    spoken = noun_of(Speech, speech)
    with Console(as_json=True) as console, build.alone(place):
        build.recover(place, console)
        console.stage("master")
        build.master(spoken, place, console)
    tell(str(place.store.episode_folder(spoken.script.edition.name) / "episode.json"))


@app.command()
@explained
def publish(config: ConfigFile = None, output: Output = None, base_url: BaseUrl = None, cache: Cache = None) -> None:
    """Make the feed anew from the episodes in the output folder, and print where it is."""
    from audioed import build
    from audioed.errors import StoreError

    place = place_of(config, output, cache, base_url)
    if not (show := place.store.show_folder).is_dir():
        raise StoreError(f"{show}: no show is there; check --output, and the title in [show].", path=show)
    build.publish(place)
    tell(str(place.store.show_folder / "feed.xml"))


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
        complain(f"audioed: {skip.reason}")
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

    title, path = title_of(title) or "", folder / "audioed.toml"
    if path.exists():
        raise ConfigError(f"{path}: is there already; edit it, or name another folder.", path=path)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(template(title), "utf-8")
    tell(f"{path}: edit it, then run `audioed render ARTICLE` or `audioed nightly` in that folder.")


def _explain(found: "Sequence[Article]") -> None:
    """Print what happens to each piece of these articles."""
    from audioed.explain import counted
    from audioed.explain import explained as pieces_of

    for article in found:
        pieces = list(pieces_of(article))
        for piece in pieces:
            tell(f"  {piece.text}", label=f"{piece.rule or piece.kind:>14}", colour="red" if piece.rule else "green")
        tell(f"{article.title}: {counted(pieces)}")


def _is_script(articles: "Sequence[str]", *, fresh: bool, **options: str | None) -> bool:
    """Whether a script is to be rendered, not articles; a usage error for what cannot go with one."""
    if not any(name.lower().endswith(".json") for name in articles):
        return False
    if len(articles) > 1:
        raise typer.BadParameter(
            "an edited script is rendered by itself; render articles in a run of their own", param_hint="ARTICLE"
        )
    if fresh:
        raise typer.BadParameter("a script already holds your edits; leave this out", param_hint="--fresh")
    for name, value in options.items():
        if value is not None:
            told = f"a script has its own {name}; change it there, in `edition`"
            raise typer.BadParameter(told, param_hint=f"--{name}")
    return True


def _refuse_unwritable(place: "Place") -> None:
    """Before anything is spoken: a folder that cannot be written to is told at once."""
    for folder in (place.store.show_folder, place.store.cache.folder):
        with place.store.scratch(folder, ".test"):
            pass


class _Stopped(KeyboardInterrupt):
    """Ctrl-C, under another name: one that passes through `exec`, as in a dataclass, costs CPython our exit code."""


def _stop(_signal: int, _frame: "FrameType | None") -> NoReturn:
    raise _Stopped
