"""The command that shows what a night came to."""

from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import EXPLAINED, Cache, ConfigFile, Output, explained, fail, put_json, show_of
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.model import Run
    from audioed.show import Show


@explained
def report(
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Send the notification again now, to test the addresses.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON, not the path of its page.")
    ] = False,
) -> None:
    """Report on the last night: its episode, what was left out and why, and the nights before it."""
    show = show_of(config, output, cache)
    path, run = show.report()
    if as_json:
        put_json(run)
    else:
        from audioed.status import night

        tell(night(run).told)
        tell(str(path))
    if send:
        _send(show, run)
    if browse:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def _send(show: "Show", run: "Run") -> None:
    from audioed.errors import ConfigError
    from audioed.runs.notifying import notify

    settings = show.config.notify
    if not settings.to:
        raise ConfigError("notify.to names nobody; set it in audioed.toml.", key="notify.to")
    if wrong := notify(show.config.show.title, run, settings):
        for sentence in wrong[:-1]:
            complain(f"audioed: {sentence}", "error")
        fail(wrong[-1], EXPLAINED)
