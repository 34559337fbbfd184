"""Which text of an entry is heard: the feed's, its page's, or none."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audioed.candidates import Announcer, Candidate
from audioed.errors import ExtractionError, FetchError, Withheld
from audioed.extraction import hosts
from audioed.extraction.announced import Entry
from audioed.extraction.feed import entries
from audioed.model import Page
from audioed.nightly import asking, reading
from audioed.visits import Budget, Visits
from tests.conftest import DAY
from tests.quick import Inline

SENTENCE = "On night {0} the keeper of the light counted {1} boats and wrote to his sister about it."
WORDS = len(SENTENCE.split())
PAGE = "<html lang='en'><head><title>Log</title></head><body><article><h1>Log</h1>{}</article></body></html>"


def text(words, end=""):
    """That many words or a few less, as paragraphs."""
    return "".join(f"<p>{SENTENCE.format(n, 7 * n + 3)}</p>" for n in range(1, 1 + words // WORDS)) + (
        f"<p>{end}</p>" if end else ""
    )


@pytest.fixture
def site():
    """A server whose only page is what a test puts there: a status and a body, for /page.html."""

    class Handler(BaseHTTPRequestHandler):
        kind = "text/html"

        def do_GET(self):
            status, body = self.server.page if self.path == "/page.html" else (404, "")
            self.server.asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", f"{self.kind}; charset=utf-8")
            self.send_header("Retry-After", "9999")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    server.home = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def inline(monkeypatch):
    """Documents are read in this process."""
    monkeypatch.setattr(asking, "Worker", Inline)


def night(place):
    return asking.asking(place, Visits(place.store.cache, "show.json", DAY, Budget()))


def candidate(entry, feed):
    return Candidate(entry.url or entry.title, ("x",), entry, source=feed)


def heard(place, site, carried, page=None, link="/page.html"):
    """The words of the article that a night takes from an entry with this text and this page."""
    site.page = page or (404, "")
    where = f"<link>{site.home}{link}</link>" if link else ""
    xml = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Sea</title><description>d</description><item>'
        f"<title>Log</title>{where}<description><![CDATA[{carried}]]></description></item></channel></rss>"
    )
    feed = f"{site.home}/feed.xml"
    (entry,) = entries(Page(url=feed, media_type="application/xml", text=xml))
    with night(place) as tonight:
        article = reading.article(candidate(entry, feed), tonight)
    assert article.url == entry.url
    return sum(len(block.text.split()) for block in article.blocks) // WORDS * WORDS


@pytest.mark.parametrize(
    ("carried", "page", "words"),
    [
        (text(45), (200, PAGE.format(text(150))), 150),  # a summary beside its page
        (text(300), (200, PAGE.format(text(300))), 300),  # both in full
        (text(300), (200, PAGE.format(text(45))), 300),  # a page that shows less than its feed
        (text(45), (200, PAGE.format(text(20))), 45),  # however short
        (text(300, "Read more…"), (200, PAGE.format(text(300))), 300),
        (text(90), (404, ""), 90),  # the page is gone, and the text an article by itself
        (text(90), (200, "<html><body><p>Please enable JavaScript to run this app.</p></body></html>"), 90),
        (text(90), (200, PAGE.format("")), 90),
        (text(300), (503, ""), 300),  # the page may come back, but there is no need to wait
    ],
)
def test_the_fuller_text_is_heard(silent, site, carried, page, words):
    assert heard(silent, site, carried, page) == words // WORDS * WORDS


@pytest.mark.parametrize(
    ("carried", "page"),
    [
        (text(90), (503, "")),  # tomorrow there may be all of it
        (text(45), (404, "")),  # a summary, and nothing that it sums up
        (text(90, "and then…"), (404, "")),
        (text(90, "Continue reading"), (410, "")),
        (text(300, "[…]"), (404, "")),
        (text(45), (200, "<html><body><p>Subscribe to continue reading.</p></body></html>")),
    ],
)
def test_a_teaser_alone_is_not_heard(silent, site, carried, page):
    with pytest.raises(ExtractionError):
        heard(silent, site, carried, page)


def test_what_its_author_does_not_want_read_is_not_read_from_the_feed_either(silent, site, monkeypatch):
    monkeypatch.setattr(site.RequestHandlerClass, "kind", "text/markdown")
    with pytest.raises(Withheld):
        heard(silent, site, text(300), (200, f"---\nskip: true\n---\n# Log\n\n{SENTENCE}"))


@pytest.mark.parametrize("words", [20, 90, 300])
def test_an_entry_without_a_page_is_its_text(silent, site, words):
    assert heard(silent, site, text(words), link="") == words // WORDS * WORDS
    assert site.asked == []


@pytest.mark.parametrize("end", ["[…]", "Read more", "Continue reading Log"])
def test_the_beginning_of_a_text_without_a_page_is_told_and_not_heard(silent, site, end):
    with pytest.raises(ExtractionError, match=r"^Log: its feed has only the beginning and no link to the rest"):
        heard(silent, site, text(90, end), link="")


def test_a_feeds_own_host_stays_all_night_where_the_feed_was_had_from(silent, site, monkeypatch):
    answers, real = ["127.0.0.1", "192.168.0.1", "10.0.0.1"], socket.getaddrinfo

    def getaddrinfo(host, *rest, **more):
        if host != "sea.example":
            return real(host, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), 0))]

    monkeypatch.setattr(hosts.socket, "getaddrinfo", getaddrinfo)
    site.page = (200, PAGE.format(text(150)))
    home = site.home.replace("127.0.0.1", "sea.example")
    entry = Entry(url=f"{home}/page.html", title="Log")
    with night(silent) as tonight:
        with pytest.raises(FetchError, match="404"):
            tonight.announced(Announcer(f"{home}/feed.xml"))
        assert b"the keeper of the light" in tonight.linked(candidate(entry, f"{home}/feed.xml")).data
        with pytest.raises(FetchError, match="private address"):
            tonight.linked(candidate(entry, "http://other.example/feed.xml"))
    assert answers == ["192.168.0.1", "10.0.0.1"]
    assert site.asked == ["/feed.xml", "/robots.txt", "/page.html"]


def test_a_page_that_robots_may_not_visit_is_left_alone_and_its_feed_read(silent, site):
    from protego import Protego

    rules = Protego.parse("User-agent: *\nDisallow: /" + "*a" * 20_000 + "*z\nDisallow: /")
    xml = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Sea</title><description>d</description>'
        f"<item><title>Log</title><link>{site.home}/page.html</link><description><![CDATA[{text(90)}]]></description></item>"
        f"<item><title>Tip</title><link>{site.home}/tip.html</link></item></channel></rss>"
    )
    feed = f"{site.home}/feed.xml"
    long, bare = entries(Page(url=feed, media_type="application/xml", text=xml))
    with night(silent) as tonight:
        tonight.robots._rules[f"{site.home}/robots.txt"] = rules
        assert reading.article(candidate(long, feed), tonight).title == "Log"
        with pytest.raises(FetchError, match="is closed to programs"):
            reading.article(candidate(bare, feed), tonight)
    assert site.asked == []


TITLES = [
    ("Harbour lights fail in the storm", "Sea news", "Harbour lights fail in the storm"),  # the name of a series
    ("Why the lights of the harbour failed", "Harbour lights fail", "Harbour lights fail"),  # two ways to say it
    ("Issue 45", "Of gulls and men", "Of gulls and men"),
    ("http://127.0.0.1/page.html", "Of gulls and men", "Of gulls and men"),
]


@pytest.mark.parametrize(("feed", "page", "title"), TITLES)
def test_an_article_has_the_title_of_its_feed_where_its_page_shows_another_thing(silent, site, feed, page, title):
    site.page = 200, PAGE.replace("Log", page).format(text(150))
    where = f"{site.home}/page.html"
    entry = Entry(url=where, title=feed.replace("http://127.0.0.1/page.html", where))
    with night(silent) as tonight:
        assert reading.article(candidate(entry, f"{site.home}/feed.xml"), tonight).title == title
