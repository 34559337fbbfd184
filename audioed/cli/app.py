"""Arguments in, exit code out: the commands."""

import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from audioed.cli.care import doctor, status
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
    given,
    noun_of,
    put,
    put_json,
    settings_of,
    show_of,
    title_of,
)
from audioed.cli.usage import NAMES, Commands
from audioed.cli.voices import voices
from audioed.terminal import Lines, complain, finish, prepare, tell

if TYPE_CHECKING:
    from types import FrameType

    from audioed.model import Article

app = typer.Typer(
    name="audioed",
    help="Turn articles into a podcast that people want to listen to.",
    epilog="`audioed help COMMAND` tells more about one of them.",
    cls=Commands,
    context_settings=NAMES,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        import audioed

        tell(f"audioed {audioed.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """What stands before a command."""


app.add_typer(voices)
app.add_typer(lexicon)
for command in (proof, verify, inspect, doctor, status):
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
        app(prog_name="audioed")  # under `python -m`, too
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
    from audioed.cli.console import Console
    from audioed.model import Script

    is_script = _is_script(articles, fresh=fresh, title=title, day=day)
    wish: dict[str, Any] = {"day": day_of(day), "title": title_of(title), "fresh": fresh}
    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, voice, console)
    with console:
        if is_script:
            script = noun_of(Script, articles[0])
            if dry_run:
                console.dry_run((), script)
            else:
                console.summary(show.render(script), show.place, ())
            return
        sources = given(articles, show.config.extraction)
        if dry_run:
            console.stage("extract")
            found, skips = show.extract(*sources)
            console.stage("write")
            console.dry_run(found, show.write(*found, **wish), skips)
        else:
            episode = show.render(*sources, **wish)
            console.summary(episode, show.place, console.skips)
    raise typer.Exit(SKIPPED if console.skips else BUILT)


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
    from audioed.cli.console import Console

    chosen = day_of(day)
    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        report = show.nightly(chosen)
        if report.episode:
            console.summary(report.episode, show.place, report.skips, report.notes)
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
    from audioed.inputs import pages
    from audioed.store import dump

    settings, home = settings_of(config)
    extraction = settings.extraction
    found, skips = build.extract(pages(given(articles, extraction), extraction, home=home), settings)
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
    from audioed.store import dump

    chosen, name = day_of(day), title_of(title)
    show = show_of(config, output)
    found = [article for each in articles for article in articles_of(each)]
    put_json(dump(show.write(*found, title=name, day=chosen, fresh=True)), to)


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
    from audioed.cli.console import Console
    from audioed.model import Script
    from audioed.store import dump

    console = Console(as_json=True)
    show = show_of(config, output, cache, None, voice, console)
    written = noun_of(Script, script)
    with console:
        speech = show.speak(written)
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
    from audioed.cli.console import Console
    from audioed.model import Speech

    console = Console(as_json=True)
    show = show_of(config, output, cache, listener=console)
    spoken = noun_of(Speech, speech)
    with console:
        episode = show.master(spoken)
    tell(str(show.folder_of(episode) / "episode.json"))


@app.command()
@explained
def publish(config: ConfigFile = None, output: Output = None, base_url: BaseUrl = None, cache: Cache = None) -> None:
    """Make the feed anew from the episodes in the output folder, and print where it is."""
    show = show_of(config, output, cache, base_url)
    show.publish()
    tell(str(show.feed))


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
    from audioed.inputs import pages

    settings, _ = settings_of(config)
    extraction = settings.extraction
    found, skips = gathered(articles, lambda name: pages(given([name], extraction), extraction)[0], settings)
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


class _Stopped(KeyboardInterrupt):
    """Ctrl-C, under another name: one that passes through `exec`, as in a dataclass, costs CPython our exit code."""


def _stop(_signal: int, _frame: "FrameType | None") -> NoReturn:
    raise _Stopped
