"""The command that brings a show here from another host."""

from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import BUILT, SKIPPED, AsJson, BaseUrl, Cache, ConfigFile, Output, explained, put_json, show_of
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.adopting import Adoption


@explained
def import_feed(
    feed: Annotated[str, typer.Argument(metavar="FEED", help="The feed's address, or a file that holds it.")],
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """
    Bring a show here from another host: its episodes with their GUIDs, dates, recordings, covers and notes.

    What the feed says of the show goes into audioed.toml, where nothing else stands there. Run it again to go on after
    an interruption, or to add what is new.
    """
    from audioed.cli.console import Console

    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        found = show.import_feed(feed)
    if as_json:
        put_json(_told(found))
    else:
        _show(found)
    raise typer.Exit(SKIPPED if found.skips else BUILT)


def _told(found: "Adoption") -> dict[str, object]:
    """What an import brought, for a program."""
    return {
        "settings": {row.key: row.value for row in found.settings if not row.why_not},
        "not_taken": {row.key: {"value": row.value, "reason": row.why_not} for row in found.settings if row.why_not},
        "config": str(found.config),
        "feed": None if found.place.config.publishing.private else str(found.place.store.public / "feed.xml"),
        "episodes": list(found.episodes),
        "known": found.known,
        "skipped": {skip.name: skip.reason for skip in found.skips},
        "notes": list(found.notes),
    }


def _show(found: "Adoption") -> None:
    for row in found.settings:
        value = f"{row.value}".lower() if isinstance(row.value, bool) else " ".join(row.value.split())
        tell(f"not taken: {value} ({row.why_not})" if row.why_not else value, label=f"  {row.key:<13}")
    for note in found.notes:
        complain(f"audioed: {note}")
    for skip in found.skips:
        complain(f"skipped: {skip.reason}")
    new, known = len(found.episodes), found.known
    there = f"; {known} {'was' if known == 1 else 'were'} here already" if known else ""
    tell(f"{new or 'No'} episode{'' if new == 1 else 's'} imported{there}; the settings are in {found.config}.")
