"""What a feed tells of a show and of its episodes, as it stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from audioed.model import Chapter, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A file that a feed names beside a recording."""

    url: str
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An episode, as its feed tells of it."""

    guid: str
    """As it stands; the address of the audio where the feed has none, as apps have it."""
    title: str
    published: datetime | None
    """None where the feed does not say, or nothing that can be a date."""
    enclosure: str
    """The address of its audio; empty where there is none."""
    media_type: str = ""
    length: int = 0
    """Bytes; 0 where the feed does not say."""
    duration: Seconds = 0.0
    """0 where the feed does not say."""
    notes: str = ""
    link: str = ""
    image: str = ""
    number: int = 0
    season: int = 0
    kind: Literal["full", "trailer", "bonus"] = "full"
    explicit: bool | None = None
    chapters: Beside | None = None
    marks: tuple[Chapter, ...] = ()
    """Chapters that stand in the feed itself."""
    transcripts: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document of a feed."""

    show: Mapping[str, str | bool]
    """Settings of [show], as far as the feed tells them."""
    image: str
    """The address of the show's cover."""
    address: str
    """Where the feed says that it is; empty where it does not."""
    older: str
    """The document with older episodes (RFC 5005, 3 and 4); empty behind the last."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A show, as its whole feed tells of it."""

    show: Mapping[str, str | bool]
    image: str
    address: str
    """Where listeners have subscribed to it; empty for a file that does not say."""
    items: tuple[Item, ...]
    """In the order of the feed."""
    notes: tuple[str, ...] = ()
    """What there is to say of how it was read."""
