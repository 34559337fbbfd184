"""The commands about listeners who have feeds of their own."""

from typing import Annotated

import typer

from audioed.cli.options import AsJson, BaseUrl, Cache, ConfigFile, Output, explained, put_json, show_of
from audioed.cli.usage import NAMES, Commands
from audioed.terminal import tell

listeners = typer.Typer(
    name="listeners",
    help="Give listeners feeds of their own, at addresses that nobody can guess.",
    cls=Commands,
    context_settings=NAMES,
    no_args_is_help=True,
)
Names = Annotated[list[str], typer.Argument(metavar="NAME", help="A name or an email address.")]


@listeners.command()
@explained
def add(
    names: Names,
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Invite listeners: each gets a feed of their own, whose address is shown; whoever has one keeps it."""
    found = show_of(config, output, cache, base_url).listeners.add(*names)
    if as_json:
        put_json({each.name: each.address for each in found})
        return
    for each in found:
        tell(each.address, label=f"{each.name}: ")


@listeners.command()
@explained
def revoke(
    names: Names,
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
) -> None:
    """Take feeds away: their files go now, and from your server with the next deploy."""
    show_of(config, output, cache, base_url).listeners.revoke(*names)
    tell(f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} no feed any more; deploy the show to your server.")


@listeners.command("list")
@explained
def list_(config: ConfigFile = None, output: Output = None, as_json: AsJson = False) -> None:
    """List the listeners, without their addresses."""
    found = list(show_of(config, output).listeners)
    if as_json:
        put_json([{"name": each.name, "since": each.since.isoformat()} for each in found])
        return
    for each in found:
        tell(each.name, label=f"{each.since}  ")
    tell(f"{len(found) or 'No'} listener{'' if len(found) == 1 else 's'} with a feed of their own.")


@listeners.command()
@explained
def address(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The listener.")],
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
) -> None:
    """Show the address of a listener's feed: whoever knows it, listens."""
    tell(show_of(config, output, base_url=base_url).listeners.address(name))
