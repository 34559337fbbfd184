"""Cookies of a site that one pays for go to that site alone, by TLS alone, and into nothing that is kept or told."""

import ssl
import threading
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audioed import nightly
from audioed.config import Extraction, SiteRules, load
from audioed.errors import ConfigError, FetchError
from audioed.extraction import visit
from audioed.extraction.cookies import header
from audioed.extraction.fetch import download
from audioed.extraction.hosts import Hosts
from audioed.extraction.page_cache import PageCache
from tests.conftest import DAY
from tests.extraction.test_imap import certificate
from tests.quick import quicken
from tests.test_nightly import FEED, ITEM, site, with_sources

__all__ = ["certificate", "site"]
SECRET = "tide-9-secret"  # noqa: S105
NEVER, LONG_AGO = 4_000_000_000, 1_000_000_000
HEAD = "# Netscape HTTP Cookie File\n"


def row(domain, *, path="/", secure="TRUE", end=NEVER, name="session", value=SECRET):  # noqa: PLR0913
    return f"{domain}\t{'TRUE' if domain.startswith('.') else 'FALSE'}\t{path}\t{secure}\t{end}\t{name}\t{value}\n"


def rules(tmp_path, text, host="paid.example"):
    (tmp_path / "paid.txt").write_text(text, "utf-8")
    return Extraction(sites={host: SiteRules(cookies=str(tmp_path / "paid.txt"))})


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://paid.example/a", True),
        ("https://www.paid.example/a", True),
        ("http://paid.example/a", False),
        ("https://unpaid.example/a", False),
        ("https://paid.example.evil.example/a", False),
        ("https://evilpaid.example/a", False),
        ("https://other.example/?https://paid.example/", False),
        ("https://paid.example@other.example/", False),
    ],
)
def test_cookies_go_to_their_own_site_by_tls_alone(tmp_path, address, sent):
    text = HEAD + row(".paid.example") + row("other.example", value="theirs") + row("unpaid.example")
    assert header(address, rules(tmp_path, text)) == ({"Cookie": f"session={SECRET}"} if sent else {})


def test_a_cookie_goes_where_its_path_is_and_while_it_is_good(tmp_path):
    text = HEAD + row("paid.example", path="/news", name="a") + row("paid.example", end=LONG_AGO, name="b")
    text += row("paid.example", end=0, name="c") + "#HttpOnly_" + row("paid.example", name="d")
    config = rules(tmp_path, text)
    assert header("https://paid.example/news/1", config)["Cookie"].count("=") == 3
    assert "b=" not in header("https://paid.example/news/1", config)["Cookie"]
    assert "a=" not in header("https://paid.example/sport", config)["Cookie"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + row("paid.example", end=LONG_AGO), "the cookies in paid.txt for paid.example have expired; sign in"),
        (HEAD + row("other.example"), "paid.txt has no cookies for paid.example; export them again"),
        ("session=abc", "paid.txt cannot be read as cookies; export them in Netscape's format"),
        (HEAD + row("paid.example", value="a\x7fb"), "cannot be read as cookies"),
        (HEAD + "paid.example\tTRUE\n", "cannot be read as cookies"),
        (HEAD + row("paid.example", end="soon"), "cannot be read as cookies"),
        ("", "cannot be read as cookies"),
    ],
)
def test_a_file_that_lets_nobody_in_is_told_in_a_sentence(tmp_path, text, says):
    with pytest.raises(FetchError, match=says) as told:
        header("https://paid.example/", rules(tmp_path, text))
    assert SECRET not in str(told.value)


class Paid(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append((self.headers["Host"], self.path, self.headers["Cookie"]))
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", f"https://other.example:{self.server.server_port}/away-page")
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(b"<p>paid</p>")

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def paid(certificate, monkeypatch):
    served, _ = certificate
    server = ThreadingHTTPServer(("127.0.0.1", 0), Paid)
    server.seen = []
    server.socket = served.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    blind = ssl.create_default_context()
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    monkeypatch.setattr(visit, "trust", lambda: blind)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_after_a_redirect_no_other_site_gets_them_and_no_cache_keeps_the_page(paid, tmp_path, monkeypatch):
    monkeypatch.setattr(Hosts, "addresses", lambda *_a, **_k: ("127.0.0.1",))
    config = rules(tmp_path, HEAD + row("paid.example"))
    cache = PageCache(tmp_path / "pages")
    for path in ("page", "page", "away"):
        download(f"https://paid.example:{paid.server_port}/{path}", config, private=True, cache=cache)
    sent = [(path, cookie) for _, path, cookie in paid.seen]
    mine = f"session={SECRET}"
    assert sent == [("/page", mine), ("/page", mine), ("/away", mine), ("/away-page", None)]
    for kept in (tmp_path / "pages").glob("*"):
        assert SECRET.encode() not in kept.read_bytes()
        assert b"paid.example" not in kept.read_bytes()


def test_expired_cookies_are_told_once_and_their_articles_wait(silent, site, tmp_path, monkeypatch):
    quicken(monkeypatch)
    folder, base = site
    entries = "".join(ITEM.format(title=title, base="https://paid.example") for title in ("Alpha", "Beta"))
    (folder / "feed.xml").write_text(FEED.format(base=base, items=entries), "utf-8")
    settings = tmp_path / "audioed.toml"
    settings.write_text('[extraction.sites."paid.example"]\ncookies = "paid.txt"\n', "utf-8")
    rules(tmp_path, HEAD + row("paid.example", end=LONG_AGO))
    place = with_sources(silent, feeds=(f"{base}/feed.xml",))
    place = replace(place, config=replace(place.config, extraction=load(settings).extraction))
    first = nightly.run(place, DAY)
    assert (first.episode, first.grave, first.deaf) == (None, True, False)
    assert [each.reason.partition(";")[0] for each in first.skips] == [
        "the cookies in paid.txt for paid.example have expired"
    ]
    assert nightly.run(place, DAY + timedelta(1)) == nightly.Report(None, ())


def test_cookies_belong_to_a_host_and_not_to_a_source(tmp_path):
    path = tmp_path / "audioed.toml"
    path.write_text('[nightly]\nlists = ["a.txt"]\n[nightly.sources."a.txt"]\nsite.cookies = "b.txt"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"site.cookies: belongs to a host; name it in \[extraction.sites\]"):
        load(path)
