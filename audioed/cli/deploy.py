"""The command that sends a show to where its listeners fetch it."""

from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import AsJson, BaseUrl, Cache, ConfigFile, Output, explained, put_json, show_of
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.deploying import Deployed

KILOBYTE = 1000


@explained
def deploy(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The name of a target in audioed.toml; publishing.deploy by default."),
    ] = None,
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be sent and removed.")] = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Replace files of others that have the names of the show's.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove recordings that are gone here, however many they are.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Compare every file at the target byte by byte.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Send what is new of a show to a target in audioed.toml, recordings first and the feed last.

    What listeners get is whole at each instant; a deploy that breaks off is finished by the next one. Nothing is sent
    while `audioed lint` finds an error.
    """
    from audioed.cli.console import Console
    from audioed.publishing.rss import address
    from audioed.store import discreet

    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        done = show.deploy(name, dry_run=dry_run, adopt=adopt, check=check, prune=prune)
    if as_json:
        sent, removed = ({discreet(file): size for file, size in files.items()} for files in (done.sent, done.removed))
        told = {"target": done.target, "sent": sent, "removed": removed, "bytes": done.size}
        put_json({**told, "dry_run": dry_run, "notes": done.notes})
        return
    if dry_run:
        for verb, files in (("send", done.sent), ("remove", done.removed)):
            for file, size in files.items():
                tell(f"{size:>13,}  {discreet(file)}", label=f"{verb:<7}")
    tell(_summary(done, "would be " if dry_run else ""))
    if done.sent and not dry_run and show.feed.is_file():
        home = f"{address(show.config.publishing.base_url, show.folder.name)}/"
        tell(f"{home}{show.feed.name}", label="subscribe  ")
        tell(home, label="page       ")
    for note in done.notes:
        complain(f"audioed: {note}")


def _summary(done: "Deployed", mood: str) -> str:
    if not done.sent and not done.removed:
        return f"Nothing has changed; {done.target} has all of it."
    removed = f"; {_files(len(done.removed))} {mood}removed" if done.removed else ""
    return f"{_files(len(done.sent))} ({_size(done.size)}) {mood}sent to {done.target}{removed}."


def _files(count: int) -> str:
    return f"{count or 'No'} file{'' if count == 1 else 's'}"


def _size(count: int) -> str:
    return f"{count / KILOBYTE**2:.1f} MB" if count >= KILOBYTE**2 else f"{count / KILOBYTE:.1f} kB"
