"""What strangers' documents, feeds and servers may cost a scheduled build: themselves, once."""

import io
import os
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from audioed import apart, nightly
from audioed.catalogue.index import key_of
from audioed.config import Nightly
from audioed.nightly import asking
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import BODY, FEED, ITEM, PAGE, TEXT

BOMB = "---\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'lol'] * 9)}]\n" for n in range(12))
BOMB = f"{BOMB}title: *a11\n---\nThis is the text of a page with nested aliases, which is long enough to be read.\n"


def archive(files):
    """A ZIP file with these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return data.getvalue()


def damaged(data):
    """The same with noise in the middle of its first file."""
    return data[:60] + b"\xff\x00\xaa" * 10 + data[90:]


WORD = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{}</w:body></w:document>"
CONTAINER = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>{}</container>"
DOCUMENTS = {
    "without-rootfile.epub": archive({"META-INF/container.xml": CONTAINER.format("")}),
    "rootfile-nowhere.epub": archive({"META-INF/container.xml": CONTAINER.format("<rootfile full-path='x.opf'/>")}),
    "empty-container.epub": archive({"META-INF/container.xml": ""}),
    "damaged.epub": damaged(archive({"META-INF/container.xml": CONTAINER.format("x" * 3000)})),
    "empty-part.docx": archive({"word/document.xml": ""}),
    "damaged.docx": damaged(archive({"word/document.xml": WORD.format("<w:p/>" * 500)})),
    "nested.docx": archive({"word/document.xml": WORD.format("<w:p>" * 50_000)}),
    "aliases.md": BOMB.encode(),
    "brackets.md": b"---\ntitle: " + b"[" * 50_000 + b"\n---\nText of it.\n",
    "broken.html": b"<html><body>" + b"<div>" * 100_000,
}


class Server(ThreadingHTTPServer):
    """A web server that has these pages, counts who is asked for, and answers 404 to the rest."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages, self.asked, self.status = {}, Counter(), 404
        self.base = f"http://127.0.0.1:{self.server_port}"

    def announce(self, *titles):
        items = "".join(ITEM.format(title=title, base=self.base) for title in titles)
        self.pages["/feed.xml"] = FEED.format(base=self.base, items=items).encode()

    def article(self, title, body=BODY):
        self.pages[f"/{title}.html"] = PAGE.format(title=title, body=body.format(title=title) * 3).encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked[self.path] += 1
        body = self.server.pages.get(self.path)
        self.send_response(self.server.status if body is None else 200)
        kind = {"xml": "application/xml", "epub": "application/epub+zip"}.get(self.path.rpartition(".")[2], "text/html")
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def server():
    with Server() as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def show(silent, tmp_path, monkeypatch):
    """A show whose documents are read in this process, and whose recordings are stubs."""
    quicken(monkeypatch)
    (tmp_path / "articles").mkdir()
    return silent


@pytest.fixture
def apart_show(show, monkeypatch):
    """The same, with documents read in a process of their own, as they are for everybody."""
    monkeypatch.setattr(asking, "Worker", apart.Worker)
    return show


def limited(show, **limits):
    """The show with other limits for one document."""
    return replace(show, config=replace(show.config, extraction=replace(show.config.extraction, **limits)))


def reads(show, **sources):
    return replace(show, config=replace(show.config, nightly=Nightly(**sources)))


def remembered(show):
    """The file of the sources that failed."""
    return show.store.cache.path("sources", key_of(show.store))


def put(show, name, data):
    (show.store.home / "articles" / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def night(show, number):
    """The titles of a night's episode, and the names of what is told to have failed."""
    report = nightly.run(show, DAY + timedelta(days=number))
    titles = report.episode and [source.title for source in report.episode.sources]
    return titles, [skip.name for skip in report.skips]


def test_no_document_of_a_stranger_stops_the_night(apart_show):
    show = reads(limited(apart_show, reading_time=5.0, reading_memory=200_000_000), folders=("articles",))
    put(show, "a.txt", TEXT.format(title="Alpha"))  # the first, so that nothing has to be loaded in so short a time
    for name, data in DOCUMENTS.items():
        put(show, name, data)
    report = nightly.run(show, DAY)
    assert [source.title for source in report.episode.sources] == ["Alpha"]
    assert sorted(skip.name for skip in report.skips) == sorted(f"articles/{name}" for name in DOCUMENTS)
    for skip in report.skips:
        assert skip.reason.endswith(".")
        assert skip.reason.isprintable()
        assert len(skip.reason) < 400
    assert night(show, 1) == (None, [])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_document_that_never_ends_costs_its_time_and_no_process_is_left_behind(apart_show):
    psutil = pytest.importorskip("psutil")
    show = reads(limited(apart_show, reading_time=5.0), folders=("articles",))
    os.mkfifo(show.store.home / "articles" / "pipe.md")
    put(show, "a.txt", TEXT.format(title="Alpha"))
    put(show, "weekly.epub", DOCUMENTS["damaged.epub"])
    before = {process.pid for process in psutil.Process().children()}
    titles, failed = night(show, 0)
    left = [process for process in psutil.Process().children() if process.pid not in before]
    assert not [process for process in left if "child.py" in " ".join(process.cmdline())]
    assert titles == ["Alpha"]
    assert set(failed) - {"articles/pipe.md"} == {"articles/weekly.epub"}
    assert night(show, 1) == (None, [])


def test_a_document_that_takes_more_memory_than_it_may_costs_itself(apart_show):
    show = reads(limited(apart_show, reading_memory=100_000_000), folders=("articles",))
    put(show, "huge.html", "<html><body><article>" + "<p>x</p>" * 600_000)
    put(show, "zebra.txt", TEXT.format(title="Zebra"))
    assert night(show, 0) == (["Zebra"], ["articles/huge.html"])
    assert night(show, 1) == (None, [])


def test_a_file_that_is_mended_is_read_the_next_night(show):
    show = reads(show, folders=("articles",))
    put(show, "weekly.md", "---\ntitle: [\n---\nThis is a text of some words.\n")
    assert night(show, 0) == (None, ["articles/weekly.md"])
    assert night(show, 1) == (None, [])
    put(show, "weekly.md", TEXT.format(title="Weekly"))
    assert night(show, 2) == (["Weekly"], [])


def test_a_page_a_feed_or_a_robots_file_that_is_a_book_costs_itself(apart_show, server):
    server.announce("Alpha", "Book", "Zebra")
    server.article("Alpha")
    server.article("Zebra")
    for path in ("/Book.html", "/book.xml", "/robots.txt"):
        server.pages[path] = DOCUMENTS["without-rootfile.epub"]
    show = reads(apart_show, feeds=(f"{server.base}/book.xml", f"{server.base}/feed.xml"))
    titles, failed = night(show, 0)
    assert titles == ["Alpha", "Zebra"]
    assert sorted(failed) == [f"{server.base}/Book.html", f"{server.base}/book.xml"]
    assert night(show, 1) == (None, [])


def test_dead_links_are_asked_ever_more_rarely_and_told_once(show, server):
    server.announce(*(f"dead-{number}" for number in range(300)))
    show = reads(show, feeds=(f"{server.base}/feed.xml",))
    asked, told = [], []
    for number in range(5):
        server.asked.clear()
        titles, failed = night(show, number)
        assert titles is None
        asked.append(sum(count for path, count in server.asked.items() if path.startswith("/dead")))
        told.append(bool(failed))
    assert asked == [200, 100, 0, 0, 200]
    assert told == [True, True, False, False, False]
    assert remembered(show).stat().st_size < 100_000


def test_an_article_behind_many_dead_links_is_read_all_the_same(show, server):
    server.announce(*(f"dead-{number}" for number in range(50)), "Alpha")
    server.article("Alpha")
    titles, failed = night(reads(show, feeds=(f"{server.base}/feed.xml",)), 0)
    assert (titles, len(failed)) == (["Alpha"], 50)


def test_a_server_in_trouble_is_asked_for_few_pages_and_told_once(show, server):
    server.announce(*(f"page-{number}" for number in range(6)))
    server.status = 500
    show = reads(show, feeds=(f"{server.base}/feed.xml",))
    nights = []
    for number in range(3):
        server.asked.clear()
        failed = night(show, number)[1]
        nights.append((len([path for path in server.asked if path.startswith("/page")]), bool(failed)))
    assert nights[0][0] <= 3
    assert [told for _, told in nights] == [True, False, False]
    server.status = 404
    for number in range(6):
        server.article(f"page-{number}")
    assert len(night(show, 3)[0]) == 6


def test_a_feed_that_fails_is_told_once_and_read_when_it_is_back(show, server):
    server.announce("Alpha")
    server.article("Alpha")
    feed = server.pages.pop("/feed.xml")
    put(show, "beta.txt", TEXT.format(title="Beta"))
    show = reads(show, feeds=(f"{server.base}/feed.xml",), folders=("articles",))
    assert night(show, 0) == (["Beta"], [f"{server.base}/feed.xml"])
    assert [night(show, number) for number in range(1, 4)] == [(None, [])] * 3
    server.pages["/feed.xml"] = feed
    assert night(show, 4) == (["Alpha"], [])


def test_a_folder_that_is_missing_is_told_once_and_read_when_it_is_there(show):
    show = reads(show, folders=("articles", "more"))
    put(show, "beta.txt", TEXT.format(title="Beta"))
    assert night(show, 0) == (["Beta"], ["more"])
    assert night(show, 1) == (None, [])
    (show.store.home / "more").mkdir()
    (show.store.home / "more" / "zebra.txt").write_text(TEXT.format(title="Zebra"), "utf-8")
    assert night(show, 2) == (["Zebra"], [])


@pytest.mark.parametrize("damage", [None, b"", b"{", b"\xff", b'{"schema": 99, "sources": {}}'])
def test_what_is_remembered_may_be_deleted_or_damaged(show, damage):
    show = reads(show, folders=("articles",))
    put(show, "weekly.epub", DOCUMENTS["without-rootfile.epub"])
    put(show, "zebra.txt", TEXT.format(title="Zebra"))
    assert night(show, 0) == (["Zebra"], ["articles/weekly.epub"])
    path = remembered(show)
    path.unlink() if damage is None else path.write_bytes(damage)
    assert night(show, 1) == (None, ["articles/weekly.epub"])
    assert night(show, 2) == (None, [])


def test_a_night_whose_time_is_over_leaves_the_rest_for_the_next(show):
    put(show, "zebra.txt", TEXT.format(title="Zebra"))
    assert night(reads(show, folders=("articles",), minutes=0.0), 0) == (None, [])
    assert night(reads(show, folders=("articles",)), 1) == (["Zebra"], [])


def test_a_night_without_news_in_folders_starts_no_process(apart_show, monkeypatch):
    show = reads(apart_show, folders=("articles",))
    put(show, "zebra.txt", TEXT.format(title="Zebra"))
    assert [night(show, number) for number in range(2)] == [(["Zebra"], []), (None, [])]

    def refuse(*_arguments, **_options):
        raise AssertionError("a process was started")

    monkeypatch.setattr(apart, "Popen", refuse)
    assert night(show, 2) == (None, [])
