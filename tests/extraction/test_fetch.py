"""Everything a server on this machine can do to a download, and the sentence that explains it."""

import gzip
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import hosts
from audioed.extraction.fetch import fetch, read, read_text
from audioed.extraction.page_cache import PageCache

CONFIG = Extraction(max_bytes=200_000, timeout=5.0)
PAGE = "<!doctype html><html><body><p>Grüße aus Wien.</p></body></html>"
REDIRECTS = {
    "/moved": "/page",
    "/loop": "/loop",
    "/to-ftp": "ftp://example.org/x",
    "/to-nowhere": "http://[",
    "/to-private": "http://localhost:{port}/page",
}


class Handler(BaseHTTPRequestHandler):
    asked: Counter[str] = Counter()  # noqa: RUF012 - one server, one count
    agents: list[str | None] = []  # noqa: RUF012 - one server, one list
    hosts: list[str | None] = []  # noqa: RUF012 - one server, one list

    def do_GET(self):
        path = self.path.split("?")[0]
        self.asked[path] += 1
        self.agents.append(self.headers["User-Agent"])
        self.hosts.append(self.headers["Host"])
        if path in REDIRECTS:
            return self.answer(302, b"", location=REDIRECTS[path].format(port=self.server.server_port))
        return getattr(self, "get_" + path.strip("/").replace("-", "_"), self.get_missing)()

    def answer(self, status, body, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self):
        self.answer(200, PAGE.encode())

    def get_latin(self):
        self.answer(200, PAGE.encode("latin-1"), "text/html; charset=iso-8859-1")

    def get_meta(self):
        self.answer(200, PAGE.replace("<body>", "<meta charset='windows-1252'><body>").encode("cp1252"), "text/html")

    def get_zipped(self):
        self.answer(200, gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def get_missing(self):
        self.answer(404, b"no")

    def get_tired(self):
        self.answer(500, b"no") if self.asked["/tired"] < 2 else self.get_page()

    def get_busy(self):
        self.answer(429, b"no", Retry_After="0") if self.asked["/busy"] < 2 else self.get_page()

    def get_soon(self):
        if self.asked["/soon"] > 1:
            return self.get_page()
        moment = formatdate(time.time() + 2, usegmt=True)
        return self.answer(429, b"no", Retry_After=moment)

    def get_tagged(self):
        if self.headers["If-None-Match"] == '"one"':
            return self.unchanged()
        return self.answer(200, PAGE.encode(), ETag='"one"')

    def get_dated(self):
        if self.headers["If-Modified-Since"]:
            return self.unchanged()
        return self.answer(200, PAGE.encode(), Last_Modified="Mon, 02 Nov 2026 10:00:00 GMT", Cache_Control="no-cache")

    def get_fresh(self):
        self.answer(200, gzip.compress(PAGE.encode()), Content_Encoding="gzip", Cache_Control="max-age=3600")

    def get_secret(self):
        self.answer(200, PAGE.encode(), ETag='"one"', Cache_Control="no-store")

    def unchanged(self):
        self.asked["unchanged"] += 1
        self.send_response(304)
        self.end_headers()

    def get_tomorrow(self):
        self.answer(503, b"no", Retry_After="8640")

    def get_broken(self):
        self.answer(500, b"no")

    def get_large(self):
        self.answer(200, b"x" * 300_000)

    def get_bomb(self):
        self.answer(200, gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip")

    def get_picture(self):
        self.answer(200, b"\x89PNG", "image/png")

    def get_feed(self):
        self.answer(200, b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "text/xml")

    def get_drip(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.drip(b"x")

    def get_slow_headers(self):
        self.drip(b"H")

    def get_half(self):
        self.answer(200, b"<p>half", Content_Length="1000")

    def drip(self, piece):
        try:
            for _ in range(60):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _unasked():
    Handler.asked.clear()


@pytest.mark.parametrize("path", ["page", "moved", "latin", "meta", "zipped", "tired", "busy"])
def test_a_page_that_can_be_had_is_had(server, path):
    page = fetch(f"{server}/{path}", CONFIG, private=True)
    assert "Grüße aus Wien." in page.text
    assert page.media_type == "text/html"
    assert page.url == f"{server}/{'page' if path == 'moved' else path}"


def test_a_feed_is_told_from_a_page(server):
    assert fetch(f"{server}/feed", CONFIG, private=True).media_type == "application/xml"


def test_servers_learn_who_asks(server):
    fetch(f"{server}/page", CONFIG, private=True)
    assert Handler.agents[-1].startswith("audioed/")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing", "answered 404 Not Found; check the address."),
        ("broken", "answered 500 Internal Server Error; try again later."),
        ("tomorrow", "answered 503 Service Unavailable; try again later."),
        ("loop", "redirects more than 5 times"),
        ("to-ftp", "ftp://example.org/x is not an http or https address"),
        ("to-private", "leads to a private address"),
        ("to-nowhere", "does not lead to an http or https address"),
        ("large", "is larger than 0.2 MB"),
        ("bomb", "is larger than 0.2 MB"),
        ("picture", "is image/png, not a page of text"),
        ("half", "was cut off in the middle"),
    ],
)
def test_a_page_that_cannot_be_had_is_explained(server, path, says):
    with pytest.raises(FetchError, match=r"^[^\n]*$") as caught:
        fetch(f"{server}/{path}", CONFIG, private=True)
    assert says in str(caught.value)


def test_a_missing_page_is_asked_for_once_and_a_broken_one_three_times(server):
    for path in ("missing", "broken"):
        with pytest.raises(FetchError):
            fetch(f"{server}/{path}", CONFIG, private=True)
    assert Handler.asked == {"/missing": 1, "/broken": 3}


@pytest.mark.parametrize("path", ["drip", "slow-headers"])
def test_a_slow_drip_ends_with_the_time_for_a_download(server, path):
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0.4 seconds"):
        fetch(f"{server}/{path}", Extraction(timeout=0.4), private=True)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "10.1.2.3", "2130706433"]
)
def test_a_strangers_link_leads_to_no_private_address(host):
    with pytest.raises(FetchError, match=r"private address|no host is called"):
        fetch(f"http://{host}/", CONFIG, private=False)


def test_an_address_is_asked_for_once_so_that_no_second_answer_can_differ(server, monkeypatch):
    asked = []
    port = server.rsplit(":", 1)[1]
    monkeypatch.setattr(hosts, "_asked", lambda host, _url: asked.append(host) or ("127.0.0.1",))
    assert fetch(f"http://named.example:{port}/moved", CONFIG, private=True).url.endswith("/page")
    assert asked == ["named.example"]


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("пример.example", "xn--e1afmkfd.example"),
        ("Straße.example", "xn--strae-oqa.example"),
        ("a_b.example", "a_b.example"),
    ],
)
def test_a_host_in_any_script_is_visited_under_its_name_in_ascii(server, monkeypatch, host, said):
    asked = []
    port = server.rsplit(":", 1)[1]
    monkeypatch.setattr(hosts, "_asked", lambda host, _url: asked.append(host) or ("127.0.0.1",))
    page = fetch(f"http://{host}:{port}/page", CONFIG, private=True)
    assert page.url == f"http://{host}:{port}/page"
    assert asked == [said]
    assert Handler.hosts[-1] == f"{said}:{port}"


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "http://", "http://[bad", "http://a b/", "x.html"]
)
def test_only_web_addresses_are_fetched(url):
    with pytest.raises(FetchError, match="is not an http or https address"):
        fetch(url, CONFIG, private=True)


def test_nobody_listens_there():
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch("http://127.0.0.1:9/", CONFIG, private=True)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.html", b"plain", "text/html"),
        ("a.md", b"plain", "text/markdown"),
        ("a.txt", b"<p>not html", "text/plain"),
        ("a.unknown", b"<!DOCTYPE html><p>x", "text/html"),
        ("b.unknown", b"---\ntitle: x\n---\n\ntext\n", "text/markdown"),
        ("c.unknown", "\ufeffText.".encode("utf-16"), "text/plain"),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path, name, data, media_type):
    path = tmp_path / name
    path.write_bytes(data)
    page = read(str(path), CONFIG)
    assert (page.url, page.media_type) == (name, media_type)
    assert "\x00" not in page.text


def test_a_file_that_cannot_be_read_is_explained(tmp_path):
    (tmp_path / "large.txt").write_bytes(b"x" * 300_000)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x00\x00\x00")
    cases = {
        "absent.txt": "does not exist; check the name",
        "": "is a folder",
        "large.txt": "is larger than",
        "picture.txt": "is not text",
    }
    for name, says in cases.items():
        with pytest.raises(FetchError, match=says):
            read(str(tmp_path / name), CONFIG)


@pytest.mark.parametrize("name", ["www.tide.example", "tide.example/2026/ferry"])
def test_an_address_without_its_scheme_is_told_how_to_be_named(name):
    with pytest.raises(FetchError, match=f"name https://{name} if it is an address"):
        read(name, CONFIG)


def test_standard_input_is_told_apart():
    kinds = [
        read_text(data, "-", Extraction()).media_type
        for data in (b"<html><p>x", b"---\ntitle: x\n---\nx", b"Title\n\nText.")
    ]
    assert kinds == ["text/html", "text/markdown", "text/plain"]


def test_a_server_that_names_a_moment_is_asked_again_then(server):
    began = time.monotonic()
    assert "Wien" in fetch(f"{server}/soon", CONFIG, private=True).text
    assert time.monotonic() - began >= 1.0


@pytest.mark.parametrize("path", ["/tagged", "/dated"])
def test_a_page_that_did_not_change_is_not_sent_again(server, tmp_path, path):
    cache = PageCache(tmp_path)
    Handler.asked.clear()
    pages = [fetch(f"{server}{path}", CONFIG, private=True, cache=cache) for _ in range(3)]
    assert pages[0] == pages[1] == pages[2]
    assert "Grüße aus Wien" in pages[2].text
    assert (Handler.asked[path], Handler.asked["unchanged"]) == (3, 2)


def test_a_page_that_is_good_for_an_hour_is_asked_for_once(server, tmp_path):
    Handler.asked.clear()
    pages = [fetch(f"{server}/fresh", CONFIG, private=True, cache=PageCache(tmp_path)) for _ in range(2)]
    assert pages[0] == pages[1]
    assert Handler.asked["/fresh"] == 1


def test_a_page_that_somebody_works_on_is_asked_for_each_time(server, tmp_path):
    Handler.asked.clear()
    for _ in range(2):
        fetch(f"{server}/fresh", CONFIG, private=True, cache=PageCache(tmp_path, revalidates=True))
    assert Handler.asked["/fresh"] == 2


def test_what_a_server_does_not_want_kept_is_not_kept(server, tmp_path):
    fetch(f"{server}/secret", CONFIG, private=True, cache=PageCache(tmp_path))
    assert b"Wien" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_kept_page_of_a_private_address_is_for_nobody_elses_link(server, tmp_path):
    fetch(f"{server}/fresh", CONFIG, private=True, cache=PageCache(tmp_path))
    with pytest.raises(FetchError, match="private address"):
        fetch(f"{server}/fresh", CONFIG, private=False, cache=PageCache(tmp_path))


def test_a_damaged_cache_costs_no_page(server, tmp_path):
    (tmp_path / "pages.db").write_bytes(b"no database at all" * 100)
    Handler.asked.clear()
    assert "Wien" in fetch(f"{server}/tagged", CONFIG, private=True, cache=PageCache(tmp_path)).text
    (tmp_path / "file").touch()
    assert "Wien" in fetch(f"{server}/tagged", CONFIG, private=True, cache=PageCache(tmp_path / "file")).text
    assert Handler.asked["/tagged"] == 2


def changed(statement, *given):
    def damage(database):
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute(statement, given).rowcount
            connection.commit()

    return damage


def swapped(database):
    """Each of two pages stands under the other's address."""
    with closing(sqlite3.connect(database)) as connection:
        (one, first), (two, second) = connection.execute("SELECT id, cache_key FROM entries").fetchall()
        for entry, key in ((one, second), (two, first)):
            connection.execute("UPDATE entries SET cache_key = ? WHERE id = ?", (key, entry))
        connection.commit()


def a_folder(database):
    database.unlink()
    (database / "something").mkdir(parents=True)


@pytest.mark.parametrize(
    "damage",
    [
        changed("UPDATE streams SET chunk_data = CAST(replace(chunk_data, 'Wien', 'Bern') AS BLOB)"),
        changed("UPDATE streams SET chunk_data = substr(chunk_data, 1, 60)"),
        changed("UPDATE streams SET chunk_data = zeroblob(length(chunk_data))"),
        changed("UPDATE entries SET data = CAST(replace(data, 'text/html', 'text/xhtm') AS BLOB)"),
        changed("DELETE FROM streams"),
        swapped,
        lambda database: database.write_bytes(bytes(database.stat().st_size)),
        lambda database: database.write_bytes(database.read_bytes()[:5_000]),
        lambda database: database.write_bytes(b""),
        a_folder,
    ],
)
def test_a_damaged_page_is_fetched_anew_and_kept_again(server, tmp_path, damage):
    def fetched(path):
        return fetch(f"{server}{path}", CONFIG, private=True, cache=PageCache(tmp_path))

    whole = fetched("/fresh")
    fetched("/tagged")
    with closing(sqlite3.connect(tmp_path / "pages.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for rest in tmp_path.glob("pages.db-*"):
        rest.unlink()
    damage(tmp_path / "pages.db")
    Handler.asked.clear()
    assert fetched("/fresh") == whole
    assert Handler.asked["/fresh"] == 1
    fetched("/fresh")
    assert fetched("/fresh") == whole
    assert Handler.asked["/fresh"] <= 2


def test_a_page_that_is_gone_is_gone_although_it_was_kept(server, tmp_path, monkeypatch):
    cache = PageCache(tmp_path)
    fetch(f"{server}/tagged", CONFIG, private=True, cache=cache)
    monkeypatch.setattr(Handler, "get_tagged", Handler.get_missing)
    with pytest.raises(FetchError, match="404") as caught:
        fetch(f"{server}/tagged", CONFIG, private=True, cache=cache)
    assert caught.value.status == 404


def test_site_owners_learn_whom_to_ask(server):
    fetch(f"{server}/page", replace(CONFIG, contact="https://tide.example/bot"), private=True)
    assert Handler.agents[-1].endswith("(+https://tide.example/bot)")
