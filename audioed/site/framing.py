"""What the pages of a site are drawn from that is not one episode: the show's frame, and the rows of its lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from audioed.model import Channel, Seconds
from audioed.reach import is_loopback
from audioed.site.theme import Theme

CORRECTIONS, TEXT_PART = "corrections.html", "text-{number}.html"
WIDE, SMALL = 480, 176
"""Pixels along a side of a cover above a page, and in a list: twice as many as it is drawn with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is the same on all pages of a show."""

    show: Channel
    url: str
    """The address of the show's folder, with a slash at its end."""
    cover: str
    """The file of its picture there; empty where there is none."""
    theme: Theme = field(compare=False)

    @property
    def is_found(self) -> bool:
        """Whether others can open the address: it is not this machine's."""
        return not is_loopback(urlsplit(self.url).hostname or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An episode in a list."""

    name: str
    digest: str
    """What its record is known by."""
    title: str
    day: str
    duration: Seconds
    summary: str
    image: str
    """A small picture, from the show's folder; empty without one."""
    language: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the list of episodes."""

    file: str
    rows: Sequence[Row]
    span: tuple[int, int] | None = None
    """Numbers of the first and the last of them; None on the first page."""
    newer: str = ""
    older: str = ""
    """Addresses of the pages before and behind it."""
    corrected: bool = False
    """Whether the show has put something right."""


def smaller(name: str, side: int) -> str:
    """The file of a picture in this size, beside it: each version has another name, as the picture has."""
    return f"{name.rpartition('.')[0]}-{side}.webp" if name else ""
