"""The commands about a show's own promos: which run, and one swapped for another."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import (
    BUILT,
    SKIPPED,
    AsJson,
    BaseUrl,
    Cache,
    ConfigFile,
    Day,
    Output,
    day_of,
    explained,
    put_json,
    show_of,
)
from audioed.cli.usage import NAMES, Commands
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.promos.library import PromoStanding
    from audioed.swapping import Swapped

promos = typer.Typer(
    name="promos",
    help="See which of your own promos run, and swap one for another.",
    cls=Commands,
    context_settings=NAMES,
    no_args_is_help=True,
)


@promos.command("list")
@explained
def list_(config: ConfigFile = None, output: Output = None, day: Day = None, as_json: AsJson = False) -> None:
    """List your promos in audioed.toml: which run today, how often, and how many episodes have them."""
    found = show_of(config, output).promos(day_of(day))
    if as_json:
        put_json([_as_json(each) for each in found])
        return
    for row in _table(found):
        tell(row)
    if not found:
        tell("There are none yet; add a table [promos.NAME] to audioed.toml, as docs/promos.md shows.")


@promos.command()
@explained
def swap(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The promo that episodes have now.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The promo, in audioed.toml, that takes its place.")],
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    back_catalogue: Annotated[
        bool, typer.Option("--back-catalogue", help="Swap it in every episode that has it, not just the newest.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list the episodes that would change.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Swap one promo for another in finished episodes; only the new one is spoken and encoded.

    GUIDs, days and numbers stay, and apps that ask for an earlier file get the new one for a while.
    """
    from audioed.cli.console import Console

    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        done = show.swap_promo(old, new, back_catalogue=back_catalogue, dry_run=dry_run)
    if as_json:
        skips = [{"episode": each.name, "reason": each.reason} for each in done.skips]
        put_json({"episodes": list(done.episodes), "skipped": skips, "older": done.older, "dry_run": dry_run})
    else:
        for each in done.skips:
            complain(f"skipped: {each.reason}")
        for name in done.episodes:
            tell(name)
        tell(_told(done, old, new, dry_run=dry_run))
    raise typer.Exit(SKIPPED if done.skips else BUILT)


def _told(done: "Swapped", old: str, new: str, *, dry_run: bool) -> str:
    """What was done, in a sentence or two."""
    count = len(done.episodes)
    if not count and not done.skips:
        return f"No episode has {old}; there is nothing to swap."
    has = f"would have {new}" if dry_run else "has " + new if count == 1 else "have " + new
    instead = "anew" if old == new else f"in the place of {old}"
    first = f"{count} episode{'' if count == 1 else 's'} {has} {instead}."
    if done.older:
        others = f"{done.older} older one{' has' if done.older == 1 else 's have'}"
        first += f" {others} {old}, too; --back-catalogue swaps it there."
    return first


def _table(found: "Sequence[PromoStanding]") -> Iterator[str]:
    """A line for each promo."""
    wide = max((len(each.name) for each in found), default=0)
    for each in found:
        runs = f"{each.share:4.0%}" if each.state == "runs" else "    "
        today = "today" if each.today else "     "
        number = f"in {each.episodes} episode{'' if each.episodes == 1 else 's'}"
        yield f"{each.name:{wide}}  {_STATES[each.state]:16}  {runs}  {today}  {number:16} {_when(each)}".rstrip()


_STATES = {"runs": "runs", "to come": "does not run yet", "over": "is over", "gone": "not in settings"}


def _when(each: "PromoStanding") -> str:
    """Where and on which days it runs."""
    if each.promo is None:
        return ""
    days = [f"from {each.promo.first_day}"] if each.promo.first_day else []
    days += [f"to {each.promo.last_day}"] if each.promo.last_day else []
    return ", ".join(filter(None, (each.promo.place, " ".join(days), *each.promo.sections)))


def _as_json(each: "PromoStanding") -> dict[str, object]:
    days = {
        key: day.isoformat()
        for key in ("first_day", "last_day")
        if each.promo and (day := getattr(each.promo, key, None))
    }
    known = {"state": each.state, "share": round(each.share, 4), "today": each.today, "episodes": each.episodes}
    return {"name": each.name, **known, **days}
