"""The commands about editions that wait to be approved: which there are, let listeners have one, let one go."""

from typing import Annotated

import typer

from audioed.cli import completion
from audioed.cli.options import AsJson, BaseUrl, Cache, ConfigFile, Output, explained, put_json, show_of
from audioed.terminal import tell

Name = Annotated[
    str, typer.Argument(metavar="DRAFT", help="The name of a draft.", autocompletion=completion.draft_names)
]


@explained
def drafts(config: ConfigFile = None, output: Output = None, as_json: AsJson = False) -> None:
    """List the editions that wait to be approved: name, about how long each is, title."""
    from audioed.cli.console import Console, drafted

    show = show_of(config, output, listener=Console(as_json=as_json))
    rows = [drafted(each) for each in show.drafts()]
    if as_json:
        put_json({"drafts": rows})
        return
    for row in rows:
        tell(f"{row['draft']}  {row['minutes']:>5} min  {row['title']}")
    if not rows:
        tell("Nothing waits to be approved.")


@explained
def approve(
    draft: Name,
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Make the episode of a draft and put it into the feed, with what you changed in its script.json."""
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
        bool, typer.Option("--for-good", help="Let no nightly build read its articles again, either.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let a draft go; what it reads waits again for the next edition."""
    from audioed.cli.console import Console

    show = show_of(config, output, cache, listener=Console(as_json=as_json))
    show.discard(draft, for_good=for_good)
    if as_json:
        put_json({"discarded": draft, "for_good": for_good})
        return
    tell(f"Discarded: {draft}. {'Its articles are not read again.' if for_good else 'Its articles wait again.'}")
