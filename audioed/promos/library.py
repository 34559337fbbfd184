"""How each promo of a show stands: whether it runs, how often, and how many episodes have it."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from audioed.config import Config, Promo
from audioed.errors import StoreError
from audioed.files import read
from audioed.promos import rotation
from audioed.store import Store

_NAMED = re.compile(rb'"promo": ?"([^"\\]+)"')
"""In a script.json; thousands are looked through at once, and within a text a mark of quotation is escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoStanding:
    """How a promo stands on a day."""

    name: str
    promo: Promo | None
    """None for one that episodes have and the settings do not, any more."""
    state: Literal["runs", "to come", "over", "gone"]
    share: float
    """Of all promos that run, 0 to 1, where all sections and places are alike."""
    today: bool
    """Whether an edition of the day that has room for one promo, and is open to all that run, has this one."""
    episodes: int
    """How many have it."""


def standings(config: Config, day: date, store: Store) -> tuple[PromoStanding, ...]:
    """Every promo of the settings, by name, and those that episodes alone have."""
    had = Counter(name for episode, *_ in store.finished() for name in set(names_in(episode, store)))
    running = {name: promo.weight for name, promo in sorted(config.promos.items()) if promo.runs(day)}
    shares = rotation.shared(1, running, dict.fromkeys(running, 1.0))
    today = rotation.stopped(shares, rotation.turn(day))
    return tuple(
        PromoStanding(
            name=name,
            promo=config.promos.get(name),
            state=_state(config.promos.get(name), day),
            share=shares.get(name, 0.0),
            today=name in today,
            episodes=had[name],
        )
        for name in sorted({*config.promos, *had})
    )


def _state(promo: Promo | None, day: date) -> Literal["runs", "to come", "over", "gone"]:
    if promo is None:
        return "gone"
    if promo.runs(day):
        return "runs"
    return "to come" if promo.first_day and day < promo.first_day else "over"


def names_in(episode: str, store: Store) -> list[str]:
    """The promos of an episode, by its script; none where that is not there."""
    try:
        found: list[bytes] = _NAMED.findall(read(store.episode_folder(episode) / "script.json"))
    except StoreError:
        return []
    return [name.decode() for name in found]
