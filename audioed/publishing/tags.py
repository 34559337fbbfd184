"""An element of the feed before it is written, and the namespaces that it may be of."""

from collections.abc import Mapping
from dataclasses import dataclass

NAMESPACES: Mapping[str, str] = {
    "atom": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
"""Prefix -> namespace, as the feed declares them."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One XML element, as it will be written."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] | None = None
    children: tuple["Tag", ...] = ()
