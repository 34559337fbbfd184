"""When each word sounds, as a page carries it: in a letter for most words, so that an hour of them loads at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioed.model import Seconds
from audioed.site.reading import Line, Spoken

FIRST, MORE = "?", 63
"""The letter for 0, and the step that each `~` adds: nothing from `?` to `~` has to be escaped in HTML."""


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences that one element of a page holds."""

    text: str
    start: Seconds = 0.0
    times: str = ""
    """When they sound after that, as `assets/said.js` reads it; empty where they do not."""
    url: str = ""


def runs(line: Line) -> list[Run]:
    """A line as few elements hold it: sentences that follow one another stand in one, but for links."""
    return [_run(each) for each in _together(line)]


def _together(line: Line) -> Iterator[Sequence[Spoken]]:
    found: list[Spoken] = []
    for each in line:
        if found and not (_plain(found[-1]) and _plain(each) and found[-1].end <= each.start):
            yield found
            found = []
        found.append(each)
    if found:
        yield found


def _plain(each: Spoken) -> bool:
    return bool(each.words) and not each.url


def _run(said: Sequence[Spoken]) -> Run:
    first = said[0]
    text = " ".join(each.text for each in said)
    return Run(text, first.start, times(said), first.url) if first.end else Run(text)


def times(said: Sequence[Spoken]) -> str:
    """
    When sentences sound, in hundredths of a second, a group of letters for each, with spaces between them.

    For the first one that is when each word begins after the one before, and how long the last one lasts; for others
    the pause before them goes first. A sentence whose words have no times has the last of these alone.
    """
    told, at = [], _hundredths(said[0].start)
    for place, each in enumerate(said):
        begins = _hundredths(each.start)
        lasts = max(0, _hundredths(each.end) - begins - sum(each.words))
        pause = [begins - at] if place else []
        told.append("".join(map(_letters, (*pause, *each.words, lasts))))
        at = begins + sum(each.words) + lasts
    return " ".join(told)


def _letters(step: int) -> str:
    return "~" * (step // MORE) + chr(ord(FIRST) + step % MORE)


def _hundredths(seconds: Seconds) -> int:
    return round(100 * seconds)
