"""Arguments in, exit code out: the commands."""

import atexit
import gc
import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from audioed.cli.adding import add
from audioed.cli.care import doctor, lint, status
from audioed.cli.deploy import deploy
from audioed.cli.drafting import approve, discard, drafts
from audioed.cli.episode import export, inspect, proof, verify
from audioed.cli.init import init
from audioed.cli.lexicon import lexicon
from audioed.cli.listeners import listeners
from audioed.cli.moving import import_feed
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
    Night,
    Output,
    Voices,
    day_of,
    explained,
    given,
    is_script,
    noun_of,
    show_of,
    title_of,
)
from audioed.cli.promos import promos
from audioed.cli.report import report
from audioed.cli.revise import correct, remove, restore
from audioed.cli.schedule import schedule
from audioed.cli.serve import serve
from audioed.cli.sources import sources
from audioed.cli.stages import explain, extract, master, publish, speak, write
from audioed.cli.studio import studio
from audioed.cli.usage import NAMES, Commands
from audioed.cli.voices import voices
from audioed.terminal import LOG, Lines, complain, finish, prepare, tell

if TYPE_CHECKING:
    from types import FrameType


YOUNG = 300_000
"""Objects that are made before Python looks for cycles among them: an hour has 9,000 words, none of them in a cycle,
and looking through them again and again takes a tenth of an edit. What reads a page looks through its tree at once."""

app = typer.Typer(
    name="audioed",
    help="Turn articles into a podcast that people want to listen to.",
    epilog="`audioed help COMMAND` says more about a command.",
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
    version: Annotated[  # noqa: ARG001 - its callback ends
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option(
            "--log-json",
            help="Write standard error as a log, a JSON object with its time a line; so does AUDIOED_LOG=json.",
        ),
    ] = False,
) -> None:
    """What stands before a command."""
    if log_json:
        _log()


def _log() -> None:
    """From here on, standard error is a log for programs."""
    from datetime import UTC, datetime

    LOG.moment = lambda: datetime.now(UTC).isoformat(timespec="milliseconds")


def run() -> None:
    """The console script: what `main` does; nothing that was loaded is taken apart, which takes 0.03 s of an edit."""
    try:
        main()
    except SystemExit as ended:
        others = (each for each in threading.enumerate() if each is not threading.main_thread())
        if isinstance(ended.code, str) or not all(each.daemon for each in others):
            raise  # Python prints what it is told, and waits for what is still at work
        atexit._run_exitfuncs()  # noqa: SLF001 - what others have left to the end, as Python would run it
        finish()
        os._exit(ended.code or 0)


def main() -> None:
    """Run a command; SystemExit with its exit code."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins costs a tenth of our start
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's own threads would only wait beside ours, busily
    gc.set_threshold(YOUNG)
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started us has it ignored
        signal.signal(signal.SIGINT, _stop)
    prepare()
    if os.environ.get("AUDIOED_LOG") == "json":
        _log()
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
        gc.freeze()  # Python would look through all that there is once more, a tenth of an edit, to end


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
    fresh: Annotated[bool, typer.Option("--fresh", help="Discard edits made by hand in its script.json.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Only write it, as a draft; `audioed approve` makes and publishes it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """
    Make an episode of one article, or an edition of several, and put it into the feed.

    Give an edited script.json in place of articles to make its episode anew.
    """
    from audioed.cli.console import Console
    from audioed.model import Script

    if draft and (fresh or dry_run):
        raise typer.BadParameter("a draft keeps your edits and is written; leave the other out", param_hint="--draft")
    by_script = is_script(articles, fresh=fresh, title=title, day=day)
    if draft and by_script:
        raise typer.BadParameter("a script is written already; name articles", param_hint="--draft")
    wish: dict[str, Any] = {"day": day_of(day), "title": title_of(title), "fresh": fresh}
    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, voice, console)
    with console:
        if by_script:
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
        elif draft:
            console.draft(show.draft(*sources, title=wish["title"], day=wish["day"]), console.skips)
        else:
            episode = show.render(*sources, **wish)
            console.summary(episode, show.place, console.skips, first=True)
    raise typer.Exit(SKIPPED if console.skips else BUILT)


@app.command()
@explained
def nightly(
    config: ConfigFile = None,
    output: Output = None,
    day: Night = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what it would read, and about how long.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make one episode of what is new in the sources in audioed.toml; do nothing when nothing is new."""
    from audioed.cli.console import Console

    chosen = day_of(day)
    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        if dry_run:
            console.plan(show.plan(chosen))
            return
        report = show.nightly(chosen)
        console.night(report, show.place)
    raise typer.Exit({"failed": EXPLAINED, "partial": SKIPPED}.get(report.result, BUILT))


COMMANDS = (
    init,
    add,
    *(deploy, schedule, serve, status, report, doctor, lint, explain),
    *(studio, drafts, approve, discard),
    *(correct, remove, restore),
    *(verify, proof, inspect, export),
    *(extract, write, speak, master, publish),
)
for command in COMMANDS:
    app.command()(command)
app.command("import")(import_feed)
app.add_typer(voices)
app.add_typer(lexicon)
app.add_typer(listeners)
app.add_typer(sources)
app.add_typer(promos)


class _Stopped(KeyboardInterrupt):
    """Ctrl-C, under another name: one that passes through `exec`, as in a dataclass, costs CPython our exit code."""


def _stop(_signal: int, _frame: "FrameType | None") -> NoReturn:
    raise _Stopped
