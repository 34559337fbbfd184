"""The commands about drafts, editions that wait to be approved: list them, approve one, discard one."""

from typing import Annotated

import typer

from audioed.cli import completion
from audioed.cli.options import AsJson, BaseUrl, Cache, ConfigFile, Output, explained, put_json, show_of
from audioed.terminal import tell

Name = Annotated[
    str,
    typer.Argument(
        metavar="DRAFT",
        help="The name of a draft, as `audioed drafts` lists it.",
        autocompletion=completion.draft_names,
    ),
]


@explained
def drafts(config: ConfigFile = None, output: Output = None, as_json: AsJson = False) -> None:
    """List the drafts that wait to be approved: name, approximate length, title."""
    from audioed.cli.console import Console, drafted, length_of

    show = show_of(config, output, listener=Console(as_json=as_json))
    found = tuple(show.drafts())
    if as_json:
        put_json({"drafts": [drafted(each) for each in found]})
        return
    for each in found:
        tell(f"{each.name}  {length_of(each):>7}  {each.title}")
    if not found:
        tell("No draft waits to be approved.")


@explained
def approve(
    draft: Name,
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Make the episode of a draft, with your changes to its script.json, and put it into the feed."""
    from audioed.cli.console import Console

    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        console.summary(show.approve(draft), show.place, (), first=True)


@explained
def discard(
    draft: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Never read its articles in a nightly build again.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Discard a draft; its articles wait for the next edition."""
    from audioed.cli.console import Console

    show = show_of(config, output, cache, listener=Console(as_json=as_json))
    show.discard(draft, for_good=for_good)
    if as_json:
        put_json({"discarded": draft, "for_good": for_good})
        return
    then = "will not be read again" if for_good else "wait for the next edition"
    tell(f"Discarded: {draft}. Its articles {then}.")
