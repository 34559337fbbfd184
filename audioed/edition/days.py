"""On which days a show has its edition, and whether that is there already."""

from collections.abc import Sequence
from datetime import date, timedelta

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def due(days: Sequence[str], today: date) -> date | None:
    """The last day on which there should have been an edition, today included; None where any day will do."""
    ago = [(today.weekday() - WEEK.index(each)) % len(WEEK) for each in days]
    return today - timedelta(days=min(ago)) if ago else None


def next_due(days: Sequence[str], today: date) -> date:
    """The next day after today on which there will be an edition."""
    return today + timedelta(days=min((WEEK.index(each) - today.weekday() - 1) % len(WEEK) for each in days) + 1)
