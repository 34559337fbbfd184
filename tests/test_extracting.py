"""What is made of a stranger's document, before it costs an edition."""

import pytest

from audioed import build, extracting
from audioed.apart import Worker
from audioed.config import Extraction, Source
from audioed.errors import ExtractionError, ScriptError, Withheld
from audioed.extraction.fetch import Download, read
from audioed.model import Page

PAGE = "<html><body><article><h1>{title}</h1>{text}</article></body></html>".format(
    title="The ferry", text="<p>The ferry left at seven, and nobody on the pier could say who had cast off.</p>" * 3
)
FEED = (
    '<rss version="2.0"><channel><title>News</title><link>https://example.com</link>'
    "<item><title>One</title><link>https://example.com/1</link></item></channel></rss>"
)


@pytest.fixture(scope="module")
def worker():
    with Worker(preload=extracting.PRELOAD) as worker:
        yield worker


def sources(folder):
    path = folder / "ferry.html"
    path.write_text(PAGE, "utf-8")
    sent = Download(url="https://x.org/a", content_type="text/html", data=PAGE.encode())
    return path, sent, read(str(path), Extraction())


def test_an_article_read_apart_is_the_one_that_is_read_here(worker, silent, tmp_path):
    for source in sources(tmp_path):
        here = extracting.article(source, silent, Source())
        assert worker.call("x", extracting.article, source, silent, Source()) == here
        assert here.title == "The ferry"


def test_a_feed_read_apart_is_the_one_that_is_read_here(worker):
    sent = Download(url="https://example.com/feed.xml", content_type="application/rss+xml", data=FEED.encode())
    here = extracting.announced(sent, Extraction())
    assert [entry.title for entry in here.entries] == ["One"]
    assert worker.call("x", extracting.announced, sent, Extraction()) == here


def test_an_article_that_its_author_withholds_stays_withheld(worker, silent):
    page = Page(url="a.md", media_type="text/markdown", text="---\nskip: true\n---\nThis is a text of a few words.\n")
    with pytest.raises(Withheld):
        worker.call("a.md", extracting.article, page, silent, Source())


def test_a_text_that_breaks_the_writing_costs_itself(silent, monkeypatch):
    def broken(*_):
        raise ScriptError("utterance 1 of segment 2 has no spoken form; correct it in script.json.")

    monkeypatch.setattr(build, "write", broken)
    page = Page(url="a.html", media_type="text/html", text=PAGE)
    with pytest.raises(ExtractionError, match=r"a.html cannot be spoken \(utterance 1 .* form\); cut that piece"):
        extracting.article(page, silent, Source())
