"""The voices that are installed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audioed.kinds import ROLES
from audioed.studio.editions import Whole
from audioed.voices.casting import voice_of

if TYPE_CHECKING:
    from audioed.studio.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A voice."""

    name: str
    language: str
    engine: str
    description: str
    licence: str
    roles: tuple[str, ...]
    """Which it speaks in the show."""
    needs: str
    """What keeps it from speaking; empty where nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Voices."""

    voices: tuple[Card, ...]


def voices(desk: "Desk", _asked: Whole) -> Cards:
    """Every installed voice, and the roles it speaks."""
    from audioed.synthesis.engine import missing

    place = desk.show.place
    speaks: dict[str, list[str]] = {}
    for role in ROLES:
        speaks.setdefault(voice_of(role, place.config.synthesis, place.cards).name, []).append(role)
    needs = missing(each.engine for each in place.cards.values())
    cards = (
        Card(
            name=name,
            language=each.language,
            engine=each.engine,
            description=each.description,
            licence=each.licence,
            roles=tuple(speaks.get(name, ())),
            needs=needs.get(each.engine, ""),
        )
        for name, each in place.cards.items()
    )
    return Cards(voices=tuple(cards))
