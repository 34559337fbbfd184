"""What JSON feeds, lists of feeds and sitemaps announce, as their programs write them and as strangers may."""

import json

import pytest

from audioed import sources
from audioed.apart import Limits, Worker
from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extracting import announced
from audioed.extraction import extract, outlines, sitemap
from audioed.extraction.fetch import Download

HOME = "https://harbour.example"
LONG = "".join(f"<p>The keeper wrote line {number} of the log before the lamp was lit.</p>" for number in range(30))
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour & Sea",
    "home_page_url": f"{HOME}/",
    "language": "en-GB",
    "authors": [{"name": "Ada Quay"}, {"url": "https://ada.example"}],
    "items": [
        {
            "id": f"{HOME}/lamp",
            "url": "/lamp",
            "title": "Why <em> tags & lamps differ",
            "content_html": LONG,
            "date_published": "2026-05-01T23:30:00-04:00",
            "date_modified": "2026-05-03T08:00:00Z",
            "tags": ["lamps", 7],
            "image": f"{HOME}/lamp.jpg",
        },
        {"id": 42, "external_url": "https://sea.example/tide", "content_text": "The tide < the quay.\n\nIt rose.",
         "author": {"name": "Ivo Pier"}},
        {"id": f"{HOME}/bare", "summary": "A bell."},
    ],
}  # fmt: skip
OPML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- exported -->
<opml version="2.0"><head><title>Reading</title></head><body>
<outline text="Sea"><outline text="Harbour" type="rss" xmlUrl="https://harbour.example/feed.xml?a=1&amp;b=2"/>
<outline text="Deep"><outline text="Tide" xmlurl="feed://tide.example/rss"/></outline></outline>
<outline text="Again" xmlUrl="https://harbour.example/feed.xml?a=1&amp;b=2"/>
<outline text="More" type="include" url="/more.opml"/>
<outline text="A page" type="link" url="https://harbour.example/page"/>
<outline text="Not ours" xmlUrl="file:///etc/passwd"/><outline text="Script" xmlUrl="javascript:alert(1)"/>
</body></opml>"""
NEWS = """<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="//harbour.example/main.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://harbour.example/</loc><lastmod>2026-05-09</lastmod></url>
<url><loc>https://harbour.example/old</loc><lastmod>2026-05-01T10:00:00+02:00</lastmod></url>
<url><image:image><image:loc>https://harbour.example/a.jpg</image:loc><image:title>A boat</image:title></image:image>
<loc>https://harbour.example/new</loc>
<news:news><news:publication><news:name>Harbour</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-05-02T08:00:00Z</news:publication_date><news:title>The ferry &amp; the fog</news:title>
</news:news></url>
<url><loc>https://harbour.example/undated</loc></url>
<url><loc>https://harbour.example/boat.jpg</loc><lastmod>2026-05-08</lastmod></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>"""


def sent(text, kind="application/xml", url=f"{HOME}/list"):
    data = text.encode() if isinstance(text, str) else json.dumps(text).encode()
    return announced(Download(url=url, content_type=kind, data=data), Extraction())


@pytest.mark.parametrize("kind", ["application/feed+json", "application/json; charset=utf-8", "text/plain", ""])
def test_a_json_feed_announces_what_any_other_feed_does(kind):
    lamp, tide, bare = sent(JSON_FEED, kind).entries
    assert (lamp.url, lamp.id, lamp.title) == (f"{HOME}/lamp", f"{HOME}/lamp", "Why <em> tags & lamps differ")
    assert (lamp.published.isoformat(), lamp.whole) == ("2026-05-01", True)
    assert (tide.url, tide.id, tide.whole) == ("https://sea.example/tide", "42", False)
    assert bare.url == f"{HOME}/bare"
    article = extract(lamp.page, Extraction())
    assert (article.byline, article.language, len(article.blocks)) == ("Ada Quay", "en-GB", 30)
    assert "Ivo Pier" in tide.page.text
    assert "<p>The tide &lt; the quay.</p><p>It rose.</p>" in tide.page.text


def test_a_feed_whose_program_escapes_slashes_is_known_without_its_media_type():
    assert len(sent(json.dumps(JSON_FEED).replace("/", "\\/"), "text/plain").entries) == 3


@pytest.mark.parametrize(
    "told",
    [
        '{"version": "https://jsonfeed.org/version/1.1"}',
        '{"version": "https://jsonfeed.org/version/1.1", "items": {}}',
        '{"version": 1, "items": []}',
        "[" * 100_000,
        '{"items": ' + "9" * 5_000 + "}",
        "{",
        "null",
    ],
)
def test_json_that_is_no_feed_is_one_sentence(told):
    with pytest.raises(ExtractionError, match=r"is not a readable JSON Feed; check the address\."):
        sent(told, "application/json")


@pytest.mark.parametrize(
    "item",
    [
        {"id": ["a"], "url": {"b": 1}, "content_html": 7, "title": None, "tags": "x", "authors": "Ada", "author": []},
        {"id": True, "url": "javascript:alert(1)", "date_published": "yesterday", "content_text": "A bell rang."},
        {"url": "http://[", "content_html": "<p>" + "<b>" * 3_000},
        "no item",
        None,
    ],
)
def test_items_of_wrong_types_cost_themselves(item):
    found = sent({**JSON_FEED, "items": [item, JSON_FEED["items"][0]]}, "application/json").entries
    assert found[-1].url == f"{HOME}/lamp"
    assert all(each.url == "" or each.url.startswith("https://") for each in found)


@pytest.mark.parametrize("kind", ["text/x-opml", "text/xml", "application/xml", "text/html"])
def test_a_list_of_feeds_names_each_of_them_once_however_deep(kind):
    assert sent(OPML, kind).sources == (
        "https://harbour.example/feed.xml?a=1&b=2",
        "http://tide.example/rss",
        "https://harbour.example/more.opml",
    )


def test_a_sitemap_gives_its_newest_pages_first_and_knows_news_by_day_and_title():
    found = sent(NEWS)
    assert [each.url.rpartition("/")[2] for each in found.entries] == ["new", "old", "undated"]
    assert found.entries[0].title == "The ferry & the fog"
    assert [str(each.published) for each in found.entries] == ["2026-05-02", "None", "None"]  # lastmod is no such day


def test_an_index_gives_its_newest_sitemaps_and_no_more_than_a_night_can_ask():
    days = "".join(
        f"<sitemap><loc>{HOME}/{day}.xml</loc><lastmod>2026-05-{day:02}</lastmod></sitemap>" for day in range(1, 31)
    )
    found = sent(INDEX.format(days)).sources
    assert found[0] == f"{HOME}/30.xml"
    assert len(found) == sitemap.MOST_MAPS


def test_a_sitemap_of_a_whole_site_gives_no_more_than_its_newest_pages():
    pages = "".join(f"<url><loc>/{number}</loc></url>" for number in range(3_000))
    assert len(sent(f"<urlset>{pages}</urlset>").entries) == sitemap.MOST_PAGES


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [BOMB, FILE], ids=["bomb", "file"])
@pytest.mark.parametrize("read", [outlines.announced, sitemap.announced], ids=["opml", "sitemap"])
def test_entities_and_other_files_are_never_followed(before, read):
    from audioed.model import Page

    text = f'{before}<urlset><url><loc>https://harbour.example/&a;</loc></url><outline xmlUrl="https://a.example/&b;"/></urlset>'
    with pytest.raises(ExtractionError, match="is not a readable"):
        read(Page(url=HOME, media_type="text/xml", text=text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<opml><body></body></opml>", "is not a readable list of feeds"),
        ("<opml>" + "<outline>" * 100_000, "is not a readable list of feeds"),
        (
            "<opml>" + "".join(f'<outline xmlUrl="http://a.example/{n}"/>' for n in range(1_001)),
            "more than 1,000 feeds",
        ),
        ("<urlset></urlset>", "is not a readable sitemap"),
        ("<urlset><url><loc>ftp://a.example/x</loc></url></urlset>", "is not a readable sitemap"),
        ("<urlset>" + "<url>" * 400_000, "is not a readable sitemap"),
        ("<urlset>" + "<" * 1_000_001, "is longer than any sitemap"),
        ("<html><body><p>Hello</p></body></html>", "is not a readable RSS or Atom feed"),
    ],
    ids=["empty", "deep", "long", "none", "no pages", "deep map", "tags", "page"],
)
def test_lists_that_are_none_or_too_much_are_one_sentence(text, told):
    with pytest.raises(ExtractionError, match=told):
        sent(text)


def test_another_package_may_announce_too(monkeypatch):
    kind = sources.SourceKind(
        name="gopher", suffixes=(".gmap",), media_types=("x/gmap",), announces="audioed.extraction.outlines:announced"
    )
    monkeypatch.setattr(sources, "outsiders", lambda: sources.Outsiders((kind,), {}))
    assert sent(OPML, "x/gmap").sources[0] == "https://harbour.example/feed.xml?a=1&b=2"
    assert not sources._fault(kind)


def test_what_a_reader_gives_comes_whole_from_the_process_apart():
    download = Download(url=HOME, content_type="application/json", data=json.dumps(JSON_FEED).encode())
    with Worker(Limits()) as worker:
        assert worker.call("x", announced, download, Extraction()) == sent(JSON_FEED, "application/json", HOME)
