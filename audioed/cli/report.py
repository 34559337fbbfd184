"""The command that shows what a night came to."""

from typing import Annotated

import typer

from audioed.cli.options import Cache, ConfigFile, Output, explained, put_json, show_of
from audioed.terminal import tell


@explained
def report(
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON in place of its page's path.")
    ] = False,
) -> None:
    """Show what the last night came to: its episode, what was left out and why, and the nights before it."""
    path, run = show_of(config, output, cache).report()
    if as_json:
        put_json(run)
    else:
        tell(str(path))
    if browse:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
