"""A show that moves here is the same show to every app: what its feed told stays, whatever it looked like."""

import pytest

from tests.adopting.conftest import ABOUT, feed, item


@pytest.fixture
def published(host):
    """Puts a feed on the host, and gives its address."""

    def put(*items, about=ABOUT, path="/feed.xml"):
        return host.put(path, feed(*items, about=about), "application/rss+xml")

    return put


def items_of(adoption):
    from lxml import etree

    tree = etree.parse(adoption.place.store.show_folder / "feed.xml")
    return tree.findall("channel/item")


def test_first(host, mp3, published, show):
    url = published(item(host.put("/a.mp3", mp3), "an odd GUID"))
    found = show.import_feed(url)
    assert found.skips == ()
    [told] = items_of(found)
    assert told.findtext("guid") == "an odd GUID"
    assert told.findtext("pubDate") == "Mon, 05 Jan 2026 06:30:15 -0500"
