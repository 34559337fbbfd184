"""A show with promos of its own, and stories long enough for recordings of several pieces."""

from dataclasses import replace
from datetime import date

from audioed.config import Promo
from audioed.model import Article, Block

DAY = date(2026, 10, 20)
STORIES = tuple(
    Article(
        title=f"The {name}",
        url=f"https://example.com/{name}",
        name=f"https://example.com/{name}",
        blocks=tuple(
            Block(
                kind="paragraph",
                text=f"{verb} {name} {what} on day {at}, and {len(verb) * at} people saw {name} do "
                f"it, {at + 2} of whom had come by bicycle from the other side of the river.",
            )
            for at, what in enumerate(("stood", "fell", "rose", "sang"), start=1)
        ),
    )
    for name, verb in (("lighthouse", "Tall"), ("market", "Crowded"), ("ferry", "Slow"))
)


def running(place, per_hour=600.0, **promos: Promo):
    """The place, with these promos."""
    scripting = replace(place.config.scripting, promos_per_hour=per_hour)
    return replace(place, config=replace(place.config, scripting=scripting, promos=promos))
