"""How a listener subscribes: a button for each usual app, and a code for the camera of a telephone."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote


class App(NamedTuple):
    """A podcast app, and the address at which it takes a feed."""

    name: str
    address: str
    """`{feed}` stands for the address of the feed, `{encoded}` for the same as a parameter, `{bare}` without scheme."""


APPS = (
    App("Apple Podcasts", "podcast://{bare}"),
    App("Overcast", "overcast://x-callback-url/add?url={encoded}"),
    App("Pocket Casts", "pktc://subscribe/{bare}"),
    App("AntennaPod", "https://antennapod.org/deeplink/subscribe?url={encoded}"),
    App("Podcast Addict", "podcastaddict://{bare}"),
    App("Castro", "castros://subscribe/{bare}"),
    App("gPodder", "gpodder:{feed}"),
)
"""
Those that take any feed by its address alone, without an account of the show's.

AntennaPod's own scheme loses the s of https in browsers, which is why it documents the page that opens the app.
"""


def buttons(feed: str) -> tuple[App, ...]:
    """Each app with the address that opens it with this feed."""
    bare = feed.partition("://")[2]
    return tuple(App(app.name, app.address.format(feed=feed, encoded=quote(feed, safe=""), bare=bare)) for app in APPS)


@lru_cache(maxsize=64)
def qr_code(address: str, label: str) -> str:
    """An address as a QR code: an `svg` element with a white ground, whatever the page's is."""
    import segno

    code = segno.make(address, micro=False, error="m")
    drawn: str = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, light="#fff", dark="#111", title=label)
    return drawn
