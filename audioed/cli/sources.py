"""The commands about what a night reads."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from audioed.characters import clipped
from audioed.cli.options import (
    BUILT,
    SKIPPED,
    AsJson,
    Cache,
    ConfigFile,
    Night,
    Output,
    day_of,
    explained,
    put_json,
    show_of,
)
from audioed.cli.usage import NAMES, Commands
from audioed.terminal import tell

if TYPE_CHECKING:
    from audioed.nightly.choosing import Fate
    from audioed.nightly.outlook import Outlook

MOST_SHOWN = 12
"""Articles of a source that are shown with one fate."""
LONGEST_LINE = 160
COUNTED: "Mapping[Fate, str]" = {
    "new": "new",
    "joined": "duplicate",
    "waits": "waiting",
    "failed": "failed",
    "left out": "left out",
    "known": "in episodes already",
}
"""What becomes of articles, in the order in which it is told."""

sources = typer.Typer(name="sources", help="See what a night would read.", cls=Commands, context_settings=NAMES)


@sources.callback()
def _sources() -> None:
    """See what a night would read."""


@sources.command()
@explained
def check(
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    day: Night = None,
    as_json: AsJson = False,
) -> None:
    """
    Show what each source would give tonight, and why no more: nothing is spoken, written or remembered.

    For each article that would not be read it says why: a rule in audioed.toml, no room, a server that does not answer.
    """
    found = show_of(config, output, cache).sources(day_of(day))
    if as_json:
        put_json({"sources": [asdict(each) for each in found]})
    else:
        for each in found:
            for line in _lines(each):
                tell(line)
        new = sum(each.count("new") for each in found)
        articles, places = ("" if count == 1 else "s" for count in (new, len(found)))
        tell(f"{new or 'No'} new article{articles} tonight from {len(found)} source{places}.")
    raise typer.Exit(SKIPPED if any(each.fault for each in found) else BUILT)


def _lines(source: "Outlook") -> Iterator[str]:
    """A line for a source, and one for each article that there is something to say of."""
    counts = [f"{source.count(fate)} {told}" for fate, told in COUNTED.items() if source.count(fate)]
    fault = source.fault.removeprefix(source.name).lstrip(": ")
    yield f"{source.name}: {fault or ', '.join(counts) or 'nothing'}"
    for fate, told in COUNTED.items():
        shown = [each for each in source.articles if each.fate == fate and fate != "known"]
        for each in shown[:MOST_SHOWN]:
            why = f": {each.why.removeprefix(each.name).lstrip(': ')}" if each.why else ""
            yield clipped(f"    {told}: {each.name}{why}", LONGEST_LINE)
        if len(shown) > MOST_SHOWN:
            yield f"    {told}: ... and {len(shown) - MOST_SHOWN} more; --json has all"
