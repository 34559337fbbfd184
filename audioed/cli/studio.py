"""The command that opens the studio, in which an edition is heard, corrected and approved."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import INTERRUPTED, Cache, ConfigFile, Output, explained, located
from audioed.reach import LOOPBACK, is_loopback
from audioed.terminal import complain, finish, tell

if TYPE_CHECKING:
    from audioed.model import Voice
    from audioed.show import Show
    from audioed.studio.desk import Desk

SHORTEST = 8
"""Characters of a password."""


@explained
def studio(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="EPISODE|DRAFT|ARTICLE|SHOW",
            help="What to open: an episode or a draft by its name or folder, an article, or the folder of a show.",
        ),
    ] = None,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="PORT", min=0, max=65535, help="The port; the first free one from 8000 on by default."),
    ] = None,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="The address to serve at; any but this machine's own needs --password."),
    ] = LOOPBACK,
    password: Annotated[bool, typer.Option("--password", help="Ask for a password that lets others in.")] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address without opening a browser.")
    ] = False,
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Serve an assistant on standard input and output (Model Context Protocol).")
    ] = False,
) -> None:
    """
    Hear an edition in your browser, correct it and approve it; Ctrl-C stops the studio.

    It works on the same files as the other commands, so you may use both side by side. Whoever has the address that is
    printed can get in; keep it to yourself.
    """
    from audioed.serving.server import in_browser, opened, run, url_of
    from audioed.studio.app import application
    from audioed.studio.guard import Keys

    if mcp:
        _assist(_desk(what, config, output, cache))
        return
    alone = is_loopback(host)
    if not alone and not password:
        raise typer.BadParameter("others can reach the studio at this address; add --password", param_hint="--host")
    keys = Keys(_asked() if password else "")
    desk = _desk(what, config, output, cache)
    with suppress(KeyboardInterrupt), opened(host, port) as listening:
        url = url_of(listening)
        if not alone:
            complain("audioed: nothing that is sent over the network is encrypted; use a network that you trust.")
        address = f"{url}?key={keys.token}"
        tell(address, label="studio  ")
        sys.stdout.flush()
        if not no_browser:
            in_browser(address)
        run(application(desk, keys, "" if alone else host), listening)
    _leave(desk)


def _assist(desk: "Desk") -> None:
    """Serve whoever started this, until it closes standard input."""
    from audioed.studio.assistants import serve

    serve(desk, TextIOWrapper(sys.stdin.buffer, "utf-8", "replace"), sys.stdout)
    _leave(desk)


def _leave(desk: "Desk") -> None:
    """End at once, also while an edition is made: a build may be killed at any moment, and nobody waits for it."""
    if desk.work.is_busy:
        complain("audioed: stopped; what was spoken so far is kept, and nothing half-made is published.")
        finish()
        os._exit(INTERRUPTED)
    desk.close()


def _desk(what: str | None, config: Path | None, output: Path | None, cache: Path | None) -> "Desk":
    """The desk of the show, with what is named on it."""
    from audioed.opening import opened, settings_at
    from audioed.place import QUIET
    from audioed.studio.desk import Desk
    from audioed.studio.editions import drafted

    is_show = what is not None and config is None and _is_show(Path(what))
    settings, home = settings_at(Path(what)) if is_show and what else located(config)

    def with_settings(path: Path | None) -> "Show":
        return opened(path, home, output=output, cache=cache, listener=QUIET)

    desk = Desk(settings, with_settings)
    show = desk.show
    desk.voices.ready(_narrator(show), show.place)
    if what and not is_show:
        name = Path(what).name
        desk.first = name if _is_edition(name, desk) else drafted(desk, what).edition
    return desk


def _is_show(path: Path) -> bool:
    return path.suffix == ".toml" or (path.is_dir() and (path / "audioed.toml").is_file())


def _is_edition(name: str, desk: "Desk") -> bool:
    from audioed.errors import AudioedError

    try:
        desk.edition(name)
    except AudioedError:
        return False
    return True


def _narrator(show: "Show") -> "Voice":
    from audioed.voices.casting import voice_of

    return voice_of("narrator", show.config.synthesis, show.place.cards)


def _asked() -> str:
    """A password, asked for at the terminal, or the first line of standard input."""
    if sys.stdin.isatty():
        given: str = typer.prompt("Password of the studio", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if len(given) < SHORTEST:
        raise typer.BadParameter(f"a password needs at least {SHORTEST} characters", param_hint="--password")
    return given
