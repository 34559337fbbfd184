"""How long a show keeps what its listeners had: the earlier files of an episode, and its older episodes."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from audioed.errors import ConfigError
from audioed.model import Episode, Superseded

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""What a period is counted in, and how many days each has."""
PERIOD = rf"0|[1-9]\d{{0,3}} (?:{'|'.join(DAYS)})s?"
"""A period as a setting tells it: `30 days`, or 0 for none."""
FEW = 3
"""Episodes that may be deleted in a night, however few there are; of many it is a tenth."""
EXTENT = rf"(?:[1-9]\d{{0,5}} episodes?|{PERIOD.removeprefix('0|')})?"
"""How much of a show its feed lists: `200 episodes`, `2 years`, or all where nothing is told."""


def days_of(period: str) -> int:
    """How many days a period has."""
    if not re.fullmatch(PERIOD, period):
        raise ConfigError(f"{period!r} is no period; write one such as 30 days.", key="publishing")
    count, _, unit = period.partition(" ")
    return int(count) * DAYS[unit.rstrip("s")] if unit else 0


def listed(days: Sequence[str], extent: str, today: date = date.max) -> int:
    """
    How many of the episodes of these days, newest first and as ISO 8601 writes them, the feed itself lists.

    Years and days are counted back from the newest episode: the same episodes give the same feed on any day, and a
    show that has come to its end keeps what it has. A day that is still to come counts as today, where that is told.
    """
    if not re.fullmatch(EXTENT, extent):
        raise ConfigError(f"{extent!r} is no number of episodes and no period; write 200 episodes.", key="publishing")
    if not (extent and all(days)):
        return len(days)
    count, _, unit = extent.partition(" ")
    if unit.startswith("episode"):
        return min(len(days), int(count))
    newest = min(date.fromisoformat(days[0]), today)
    since = (newest - timedelta(min(days_of(extent), newest.toordinal() - 1))).isoformat()
    return next((place for place, day in enumerate(days) if day < since), len(days))


def lasting(extent: str, older: str) -> bool:
    """Whether a show keeps its older episodes for ever, and the pages of its feed that tell of them."""
    return not extent or older != "delete"


def many(outdated: int, episodes: int) -> bool:
    """Whether so many of so many episodes are more than grow too old in a night."""
    return outdated > max(FEW, episodes // 10)


def superseded(before: Episode | None, now: Episode, today: date, keep_old: str) -> tuple[Superseded, ...]:
    """The files that an episode had until today and has no longer, and those of before that have not lapsed."""
    if before is None:
        return ()
    kept = set(files_of(now))
    gone = [Superseded(name=name, day=today) for name in files_of(before) if name not in kept]
    old = [each for each in before.earlier if each.name not in {*kept, *(one.name for one in gone)}]
    return standing((*gone, *old), today, keep_old)


def standing(earlier: Sequence[Superseded], today: date, keep_old: str) -> tuple[Superseded, ...]:
    """Those that apps may still ask for today."""
    days = days_of(keep_old)
    return tuple(each for each in earlier if (today - each.day).days < days)


def files_of(episode: Episode) -> tuple[str, ...]:
    """The names of all files of an episode that get another name when they change."""
    named = (episode.enclosure.name, *(each.name for each in episode.alternates), episode.cover)
    return tuple(dict.fromkeys(filter(None, (*named, *(each.image for each in episode.chapters)))))


def instead(earlier: str, episode: Episode) -> str:
    """
    The file of an episode that answers for one that it had before; empty where none can.

    A recording is answered by one in the same format, for players go by the ending; a picture by the cover.
    """
    ending = earlier.rpartition(".")[2]
    for each in (episode.enclosure, *episode.alternates):
        if each.name.rpartition(".")[2] == ending:
            return each.name
    return episode.cover if episode.cover.rpartition(".")[2] == ending else ""
