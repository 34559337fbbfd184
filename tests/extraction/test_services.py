"""Read-later services, each as its documentation shows its API: what waits there is read once, and nothing changes."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest

from audioed import nightly
from audioed.config import Extraction
from audioed.errors import ExtractionError, FetchError
from audioed.extraction import readers
from audioed.extraction.accounts import Reach
from audioed.extraction.fetch import page
from audioed.model import Page
from audioed.sources import SOURCES, by_scheme
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_five_nights import text
from tests.test_nightly import with_sources

SERVICES = [each.name for each in SOURCES if each.name in {"Miniflux", "Wallabag", "Karakeep", "Readwise"}]
TOKEN = "tide-9"  # noqa: S105


def html(n):
    return "".join(f"<p>{text(n % 8, 8)}</p>" for _ in "ab")


def of_miniflux(n):
    """https://miniflux.app/docs/api.html, "Get Entries"."""
    feed = {"id": 8, "title": "The Tide", "category": {"id": 1, "title": "Harbour"}}
    return {
        "id": n,
        "user_id": 1,
        "feed_id": 8,
        "status": "unread",
        "title": f"Story {n}",
        "url": f"https://tide.example/{n}",
        "published_at": "2026-02-03T10:00:00Z",
        "content": html(n),
        "author": "Ada Quay",
        "starred": False,
        "tags": ["boats"],
        "feed": feed,
    }


def of_wallabag(n):
    """https://doc.wallabag.org/developer/api/methods/, "Getting existing entries"."""
    return {
        "id": n,
        "is_archived": 0,
        "is_starred": 0,
        "title": f"Story {n}",
        "url": f"https://tide.example/{n}",
        "content": html(n),
        "created_at": "2026-02-04T10:00:00+0000",
        "published_at": "2026-02-03T10:00:00+0000",
        "published_by": ["Ada Quay"],
        "language": "en",
        "preview_picture": None,
        "tags": [{"id": 2, "label": "boats", "slug": "boats"}],
    }


def of_karakeep(n):
    """https://docs.karakeep.app/api/get-all-bookmarks."""
    content = {
        "type": "link",
        "url": f"https://tide.example/{n}",
        "title": f"Story {n}",
        "htmlContent": html(n),
        "author": "Ada Quay",
        "datePublished": "2026-02-03T10:00:00.000Z",
    }
    tags = [{"id": "t", "name": "boats", "attachedBy": "human"}]
    created = "2026-02-04T10:00:00.000Z"
    return {"id": f"b{n}", "createdAt": created, "title": None, "archived": False, "tags": tags, "content": content}


def of_readwise(n):
    """https://readwise.io/reader_api, "Document LIST"."""
    return {
        "id": f"01gw{n}",
        "url": f"https://read.readwise.io/new/read/01gw{n}",
        "source_url": f"https://tide.example/{n}",
        "title": f"Story {n}",
        "author": "Ada Quay",
        "category": "article",
        "location": "later",
        "tags": {"boats": {"name": "boats"}},
        "published_date": 1770112800000,
        "created_at": "2026-02-04T10:00:00+00:00",
        "parent_id": None,
        "html_content": html(n),
    }


def miniflux(stories, query):
    before = [each for each in stories if each < int(query.get("before_entry_id", 10**9))]
    newest = sorted(before, reverse=True)
    return {"total": len(newest), "entries": [of_miniflux(n) for n in newest[:2]]}


def wallabag(stories, query):
    number = int(query["page"])
    items = [of_wallabag(n) for n in sorted(stories, reverse=True)[2 * number - 2 : 2 * number]]
    told = {"page": number, "limit": 2, "pages": -(-len(stories) // 2), "total": len(stories)}
    return {**told, "_links": {}, "_embedded": {"items": items}}


def karakeep(stories, query):
    start = int(query.get("cursor", 0))
    newest = sorted(stories, reverse=True)
    asset = {"id": "a", "createdAt": "2026-02-04T10:00:00.000Z", "content": {"type": "asset", "assetType": "image"}}
    found = [of_karakeep(n) for n in newest[start : start + 2]]
    more = str(start + 2) if start + 2 < len(newest) else None
    return {"bookmarks": [*found, asset], "nextCursor": more}


def readwise(stories, query):
    start = int(query.get("pageCursor", 0))
    newest = sorted(stories, reverse=True)
    found = [of_readwise(n) for n in newest[start : start + 2]]
    note = {**of_readwise(99), "parent_id": "01gw1", "category": "highlight"}
    more = str(start + 2) if start + 2 < len(newest) else None
    return {"count": len(newest), "nextPageCursor": more, "results": [*found, note]}


HEADERS = {
    "miniflux": ("X-Auth-Token", TOKEN),
    "wallabag": ("Authorization", "Bearer for-an-hour"),
    "karakeep": ("Authorization", f"Bearer {TOKEN}"),
    "readwise": ("Authorization", f"Token {TOKEN}"),
}
PATHS = {
    "/v1/entries": ("miniflux", miniflux),
    "/api/entries.json": ("wallabag", wallabag),
    "/api/v1/bookmarks": ("karakeep", karakeep),
    "/api/v3/list/": ("readwise", readwise),
}
CLIENT = {"grant_type": "password", "client_id": "1_a", "client_secret": "s", "username": "ida", "password": TOKEN}


class Services(BaseHTTPRequestHandler):
    def do_GET(self):
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        self.server.asked.append((path, query))
        if self.server.fault:
            return self.answer(*self.server.fault)
        if path not in PATHS:
            return self.answer(404, b"{}")
        name, made = PATHS[path]
        header, value = HEADERS[name]
        if self.headers[header] != value:
            return self.answer(401, b'{"error_message": "Access Unauthorized"}')
        return self.answer(200, json.dumps(made(self.server.stories, query)).encode())

    def do_POST(self):
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        known = self.path == "/oauth/v2/token" and form == CLIENT
        told = {"access_token": "for-an-hour", "expires_in": 3600} if known else {"error": "invalid_grant"}
        return self.answer(200 if known else 400, json.dumps(told).encode())

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def server(monkeypatch):
    for kind in ("TOKEN", "PASSWORD"):
        monkeypatch.setenv(f"AUDIOED_127_0_0_1_{kind}", TOKEN)
    monkeypatch.setenv("AUDIOED_127_0_0_1_CLIENT", "1_a s")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Services)
    server.stories, server.asked, server.fault = {1, 2, 3, 4, 5}, [], None
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def address(server, name, query=""):
    return f"{name.lower()}+http://ida@127.0.0.1:{server.server_port}{query}"


def asked(server, name, query="", reach=None):
    kind = by_scheme(address(server, name))
    from pkgutil import resolve_name

    sent = resolve_name(kind.asks)(address(server, name, query), reach or Reach(Extraction()), "")
    return readers.announced(page(sent, Extraction()), Extraction())


@pytest.mark.parametrize("name", SERVICES)
def test_all_pages_of_what_waits_are_read_once(name, server, silent, monkeypatch):
    quicken(monkeypatch)
    place = with_sources(silent, feeds=(address(server, name),))
    first = nightly.run(place, DAY)
    assert {each.title for each in first.episode.sources} == {f"Story {n}" for n in range(1, 6)}
    server.stories = {3, 6}
    assert [each.title for each in nightly.run(place, DAY + timedelta(1)).episode.sources] == ["Story 6"]
    assert nightly.run(place, DAY + timedelta(2)) == nightly.Report(None, ())
    paths = {path for path, _ in server.asked}
    assert paths == {next(path for path, (known, _) in PATHS.items() if known == name.lower())}


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_says_of_an_article_is_known(name, server):
    first = asked(server, name, "?starred=true").entries[0]
    assert (first.title, first.url, str(first.published)) == ("Story 5", "https://tide.example/5", "2026-02-03")
    assert (first.author, first.whole) == ("Ada Quay", True)
    assert "boats" in first.categories
    assert server.asked[0][1]["starred"] == "true"


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ((401, b"{}"), "does not let us in; check its token: put it into the environment as AUDIOED_127_0_0_1_TOKEN"),
        ((500, b""), "answered 500"),
        ((200, b"<html>"), "does not answer as that service does"),
        ((200, b"[" * 100_000), "does not answer as that service does"),
        ((200, b'{"entries": 3, "results": {}, "bookmarks": "x", "_embedded": []}'), "does not answer as that"),
    ],
)
def test_a_service_that_fails_is_told_in_a_sentence(name, fault, says, server):
    server.fault = fault
    with pytest.raises(ExtractionError, match=says) as told:
        asked(server, name)
    assert TOKEN not in str(told.value)


def test_a_service_that_asks_to_be_left_alone_is_and_is_told_once_and_once_more_when_it_is_back(
    server, silent, monkeypatch
):
    quicken(monkeypatch)
    monkeypatch.setattr(Services, "answer", _resting(Services.answer))
    place = with_sources(silent, feeds=(address(server, "Readwise"), address(server, "Karakeep")))
    server.resting = "/api/v3/list/"
    first = nightly.run(place, DAY)
    assert len(first.episode.sources) == 5
    assert [each.reason.partition(";")[0] for each in first.skips if "tide.example" not in each.reason] == [
        f"readwise+http://127.0.0.1:{server.server_port} answered 429 Too Many Requests"
    ]
    server.resting, asked = "", len(server.asked)
    assert nightly.run(place, DAY + timedelta(1)).skips == ()
    assert {path for path, _ in server.asked[asked:]} == {"/api/v1/bookmarks"}
    assert any("readwise" in each and "is back" in each for each in nightly.run(place, DAY + timedelta(3)).notes)


def _resting(plain):
    """A server that names how long it wants to be left alone."""

    def answered(self, status, body, **headers):
        if getattr(self.server, "resting", "") == urlsplit(self.path).path:
            return plain(self, 429, b"", Retry_After="172800")
        return plain(self, status, body, **headers)

    return answered


def found_in(name, rows):
    told = {"entries": rows, "results": rows, "bookmarks": rows, "_embedded": {"items": rows}}
    kind = next(each for each in SOURCES if each.name == name)
    sent = Page(url="https://x.example", media_type=kind.media_types[0], text=json.dumps(told))
    return readers.announced(sent, Extraction()).entries


def test_what_has_no_address_is_read_from_the_service_itself():
    mail = {
        **of_readwise(1),
        "category": "email",
        "source_url": "mailto:reader-forwarded-email/1",
        "published_date": None,
    }
    (letter,) = found_in("Readwise", [mail, {**of_readwise(2), "category": "video"}])
    assert (letter.url, letter.whole, str(letter.published)) == ("", True, "2026-02-04")
    note = {**of_karakeep(1), "title": "A note", "content": {"type": "text", "text": html(1), "sourceUrl": None}}
    (text_of_ours,) = found_in("Karakeep", [note])
    assert (text_of_ours.title, text_of_ours.url, text_of_ours.whole) == ("A note", "", True)
    teaser = {**of_miniflux(1), "content": "<p>Read more…</p>", "feed": None, "tags": None}
    (short,) = found_in("Miniflux", [teaser])
    assert (short.url, short.whole, short.categories) == ("https://tide.example/1", False, ())


@pytest.mark.parametrize("name", SERVICES)
def test_a_secret_goes_to_its_own_server_alone(name, server, monkeypatch):
    other = ThreadingHTTPServer(("127.0.0.1", 0), Services)
    other.asked, other.fault, other.seen = [], (200, b"{}"), []
    monkeypatch.setattr(Services, "parse_request", _noting(other))
    Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
    server.fault = (302, b"")
    monkeypatch.setattr(Services, "answer", _away(f"http://127.0.0.1:{other.server_port}/x", server))
    try:
        with pytest.raises(ExtractionError):
            asked(server, name)
    finally:
        other.shutdown()
        other.server_close()
    assert other.seen
    assert not [each for each in other.seen if TOKEN in each or "for-an-hour" in each]


def _noting(other):
    parse = Services.parse_request

    def noted(self):
        known = parse(self)
        if self.server is other:
            other.seen.append(str(self.headers))
        return known

    return noted


def _away(where, server):
    plain = Services.answer

    def answered(self, status, body, **headers):
        return plain(self, status, body, **({"Location": where} if self.server is server else headers))

    return answered


def test_a_service_without_a_token_says_which_is_missing(server, monkeypatch):
    monkeypatch.delenv("AUDIOED_127_0_0_1_TOKEN")
    with pytest.raises(FetchError, match=r"needs a token: .* AUDIOED_127_0_0_1_TOKEN, or run `keyring set audioed"):
        asked(server, "Miniflux")
    monkeypatch.setenv("AUDIOED_IDA_127_0_0_1_TOKEN", TOKEN)
    assert len(asked(server, "Miniflux").entries) == 2
    monkeypatch.setenv("AUDIOED_127_0_0_1_PASSWORD", "wrong")
    with pytest.raises(FetchError, match=r"check its password"):
        asked(server, "Wallabag")


@pytest.mark.parametrize("name", SERVICES)
def test_rows_that_make_no_sense_are_passed_over(name):
    odd = [None, 3, "x", {}, {"id": None, "url": [], "content": [], "title": {}, "tags": [1, None], "feed": []}]
    assert found_in(name, odd) == ()
