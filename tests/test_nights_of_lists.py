"""Nights of lists of feeds, JSON feeds and sitemaps: what they lead to is read, and nothing leads to this machine."""

import json
from datetime import timedelta

import pytest

from audioed import nightly, queue
from audioed.candidates import Announcer, in_feeds, in_lists
from audioed.errors import ExtractionError
from audioed.extraction.announced import Announced, Entry
from tests.conftest import DAY
from tests.extraction.test_mail import letter
from tests.quick import quicken
from tests.test_nightly import BODY, FEED, ITEM, PAGE, TEXT, site, with_sources

__all__ = ["site"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quicken(monkeypatch)


def page(folder, title):
    (folder / f"{title}.html").write_text(PAGE.format(title=title, body=3 * BODY.format(title=title)), "utf-8")


def test_a_night_reads_what_its_list_of_feeds_its_json_feed_and_its_sitemap_lead_to(silent, site):
    folder, base = site
    for title in ("Alpha", "Beta", "Gamma"):
        page(folder, title)
    items = ITEM.format(title="Alpha", base=base)
    (folder / "feed.xml").write_text(FEED.format(base=base, items=items), "utf-8")
    item = {"id": "b", "url": f"{base}/Beta.html", "title": "Beta"}
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [item]}
    (folder / "feed.json").write_text(json.dumps(told), "utf-8")
    (folder / "index.xml").write_text(f"<sitemapindex><sitemap><loc>{base}/map.xml</loc></sitemap></sitemapindex>")
    (folder / "map.xml").write_text(f"<urlset><url><loc>{base}/Gamma.html</loc></url></urlset>")
    outline = '<outline text="x"><outline xmlUrl="{}"/><outline xmlUrl="{}"/></outline><outline xmlUrl="{}"/>'
    addresses = [f"{base}/feed.json", f"{base}/feed.xml", f"{base}/gone.xml"]
    reading = f"<opml><body>{outline.format(*addresses)}</body></opml>"
    (silent.store.home / "reading.opml").write_text(reading, "utf-8")
    report = nightly.run(with_sources(silent, feeds=(f"{base}/index.xml",), lists=("reading.opml",)), DAY)
    assert [source.title for source in report.episode.sources] == ["Gamma", "Beta", "Alpha"]
    (skip,) = report.skips
    assert skip.name == f"{base}/gone.xml"
    assert "answered 404" in skip.reason


class Heard:
    """What the visits of a night hear."""

    def __init__(self):
        self.told = []

    def due(self, _kind, _name):
        return True

    def answered(self, kind, name):
        self.told.append((kind, name))

    def failed(self, _kind, name, error):
        self.told.append((name, str(error)))


def asked(named, web):
    """The candidates of these, and each source that was asked, with whether it may be on a private address."""
    visited = {}

    def ask(source):
        visited[source.name] = source.own
        if source.name not in web:
            raise ExtractionError("gone", name=source.name)
        return web[source.name]

    return list(in_feeds(named, ask, Heard())), visited


def test_only_what_the_show_names_or_lists_itself_may_be_on_a_private_address(tmp_path):
    there, elsewhere = "https://a.example/b.xml", "http://192.168.1.1/c.xml"
    listed = Announced(sources=(there, elsewhere, "http://a.example:x/"))
    web = {"https://a.example/list.opml": listed, there: Announced(entries=(Entry(url=elsewhere, title="x"),))}
    (found,), visited = asked([Announcer("https://a.example/list.opml")], web)
    assert visited == {
        "https://a.example/list.opml": True,
        there: True,
        elsewhere: False,
        "http://a.example:x/": False,
    }
    assert found.own
    assert asked([Announcer("my.opml", tmp_path / "my.opml")], {"my.opml": listed})[1][elsewhere]
    web = {"https://a.example/": Announced(sources=("https://b.example/",))}
    web["https://b.example/"] = Announced(sources=("https://b.example/feed",), entries=(Entry(url="x", title="x"),))
    (found,), visited = asked([Announcer("https://a.example/")], web)
    assert not found.own
    assert not visited["https://b.example/feed"]  # a stranger's own server is still a stranger's


def test_lists_that_name_each_other_end():
    one, two = "https://a.example/1", "https://a.example/2"
    _, visited = asked([Announcer(one)], {one: Announced(sources=(two, one)), two: Announced(sources=(one, two))})
    assert list(visited) == [one, two]
    deep = {f"https://a.example/{n}": Announced(sources=(f"https://a.example/{n + 1}",)) for n in range(50)}
    assert len(asked([Announcer("https://a.example/0")], deep)[1]) == 4


def test_a_letter_is_read_once_whether_it_lies_in_a_mailbox_a_folder_of_mail_or_a_file(silent):
    home = silent.store.home
    for folder in ("mail/new", "mail/cur", "articles"):
        (home / folder).mkdir(parents=True)
    data = letter().as_bytes()
    (home / "news.mbox").write_bytes(b"From ada Tue Feb  3 07:30:00 2026\n" + data + b"\n")
    place = with_sources(silent, lists=("news.mbox",), folders=("mail", "articles"))
    assert [source.title for source in nightly.run(place, DAY).episode.sources] == ["The night ferry läuft"]
    (home / "mail" / "new" / "1770.M1.host").write_bytes(data)
    (home / "articles" / "ferry.eml").write_bytes(data)
    assert nightly.run(place, DAY + timedelta(1)) == nightly.Report(None, ())


def test_what_somebody_adds_is_in_the_next_edition_and_only_there(silent, site, tmp_path, monkeypatch):
    folder, base = site
    page(folder, "Alpha")
    home = silent.store.home
    note = tmp_path / "elsewhere.txt"
    note.write_text(TEXT.format(title="Gamma"), "utf-8")
    monkeypatch.chdir(home)
    assert len(queue.add([f"{base}/Alpha.html", str(note), f"{base}/Alpha.html#top"], home)) == 2
    assert queue.add([f"{base}/Alpha.html"], home) == ()
    report = nightly.run(with_sources(silent), DAY)
    assert {source.title for source in report.episode.sources} == {"Alpha", "Gamma"}
    assert nightly.run(with_sources(silent), DAY + timedelta(1)) == nightly.Report(None, ())


@pytest.mark.parametrize(
    "name", ["gone.txt", "ftp://a.example/x", "http://[", "../", "a.jpg", "news.mbox", "two  spaces.md"]
)
def test_what_no_night_can_read_is_refused_when_it_is_added(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for each in ("a.jpg", "news.mbox", "two  spaces.md"):
        (tmp_path / each).touch()
    with pytest.raises(ExtractionError, match=r"; .*\.$"):
        queue.add([name], tmp_path)
    assert not queue.is_there(tmp_path)


def test_no_list_but_the_queue_names_files(tmp_path):
    (tmp_path / "list.txt").write_text("/etc/passwd\n", "utf-8")
    (found,) = in_lists(["list.txt"], tmp_path, Heard())
    assert found.path is None
