"""What others do to a show: hostile sources, names that lead elsewhere, nights that start at once; for faults.py."""

import contextlib
import gzip
import json
import os
import resource
import socket
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from unittest import mock

from damages import DAY, put, show

import audioed
from audioed.errors import AudioedError
from audioed.extraction import hosts, visit
from audioed.reach import is_public
from tests import gaps

LIMIT = 45.0
"""Seconds that a night with one hostile source may take here: three tries of two seconds, and reading."""
MEMORY = 400_000
"""Kilobytes that it may take more than before."""
ITEM = "<item><title>{}</title><link>{}</link><guid>{}</guid></item>"
RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><link>http://x.example/</link>{}</channel></rss>"
)
TYPE = "Content-Type: application/rss+xml"
LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha'}'>" for n in range(12))


def answer(body: bytes | str = b"", *headers: str, status: str = "200 OK", length: int | str | None = None) -> bytes:
    """An answer, as it is sent."""
    data = body.encode() if isinstance(body, str) else body
    told = len(data) if length is None else length
    lines = [f"HTTP/1.1 {status}", *(headers or (TYPE,)), f"Content-Length: {told}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + data


def moved(where: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(b"", f"Location: {where}", status=status)


def feed(*items: str) -> bytes:
    """A feed of these."""
    return answer(RSS.format("".join(items)))


def items(count: int, link: str = "{n}") -> str:
    """So many entries, which link there."""
    return "".join(ITEM.format(f"Title {n}", link.format(n=n), f"guid {n}") for n in range(count))


def drip(piece: bytes, before: bytes = b"") -> Callable[[socket.socket], None]:
    """One byte after the other, for ever."""

    def act(client: socket.socket) -> None:
        client.sendall(before)
        for _ in range(600):
            client.sendall(piece)
            time.sleep(0.05)

    return act


def endless(piece: bytes, before: bytes) -> Callable[[socket.socket], None]:
    """As fast as it is taken, up to half a gigabyte."""

    def act(client: socket.socket) -> None:
        client.sendall(before)
        for _ in range(500_000_000 // len(piece)):
            client.sendall(piece)

    return act


def hang(client: socket.socket) -> None:
    """Nothing, for long."""
    client.settimeout(30)
    client.recv(65_536)


def reset(client: socket.socket) -> None:
    """Broken off (RST)."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


HEAD = f"HTTP/1.1 200 OK\r\n{TYPE}\r\n".encode()
GZIP, CHUNKED = "Content-Encoding: gzip", "Transfer-Encoding: chunked"
HOSTILE: dict[str, bytes | Callable[[socket.socket], None]] = {
    "closes at once": b"",
    "breaks off": reset,
    "hangs": hang,
    "drips its headers": drip(b"H"),
    "drips its body": drip(b"x", HEAD + b"\r\n"),
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "is no web server": b"220 smtp.example ESMTP\r\n",
    "speaks HTTP/0.9": b"<html>hello</html>",
    "status 999": answer(b"", status="999 Whatever"),
    "status of words": answer(b"", status="OK OK"),
    "endless status": b"HTTP/1.1 200 " + b"x" * 200_000 + b"\r\n\r\n",
    "ten thousand headers": HEAD + b"X-A: b\r\n" * 10_000 + b"\r\n",
    "header of a megabyte": HEAD + b"X-A: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "negative length": answer(b"x", length=-5),
    "length of words": answer(b"x", length="many"),
    "two lengths": answer(b"x" * 50, TYPE, "Content-Length: 10"),
    "more is promised": answer(b"x" * 50, length=5_000),
    "less is promised": answer(RSS.format(items(3)), length=5),
    "huge length": answer(b"x", length=10**30),
    "huge chunk": HEAD + CHUNKED.encode() + b"\r\n\r\nffffffffffffffff\r\nx",
    "chunk of words": HEAD + CHUNKED.encode() + b"\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
    "endless chunks": endless(b"3e8\r\n" + b"x" * 1000 + b"\r\n", HEAD + CHUNKED.encode() + b"\r\n\r\n"),
    "endless size of a chunk": endless(b"0" * 1000, HEAD + CHUNKED.encode() + b"\r\n\r\n"),
    "endless body": endless(b"x" * 10_000, HEAD + b"\r\n"),
    "leads to itself": moved("/leads-to-itself"),
    "leads round in a ring": moved("/leads-round-in-a-ring?x"),
    "leads to a file": moved("file:///etc/passwd"),
    "leads to FTP": moved("ftp://127.0.0.1/x"),
    "leads nowhere": moved(""),
    "leads to a script": moved("javascript:alert(1)"),
    "leads to a closed port": moved("http://127.0.0.1:1/"),
    "leads to a very long address": moved("http://127.0.0.1/" + "x" * 100_000),
    "leads to half of a character": moved("http://\udcff\udcfe/"),
    "bomb of gzip": answer(gzip.compress(bytes(300_000_000)), TYPE, GZIP),
    "bomb in a bomb": answer(gzip.compress(gzip.compress(bytes(300_000_000))), TYPE, "Content-Encoding: gzip, gzip"),
    "bomb of deflate": answer(zlib.compress(bytes(300_000_000)), TYPE, "Content-Encoding: deflate"),
    "half of gzip": answer(gzip.compress(RSS.format(items(9)).encode())[:-30], TYPE, GZIP),
    "gzip that is none": answer(RSS.format(items(3)), TYPE, GZIP),
    "coding that nobody asked for": answer(b"x", TYPE, "Content-Encoding: br"),
    "204": answer(b"", status="204 No Content"),
    "304 that nobody asked for": answer(b"", status="304 Not Modified"),
    "wants a password": answer(b"", "WWW-Authenticate: Basic", status="401 Unauthorized"),
    "wants a proxy's password": answer(b"", status="407 Proxy Authentication Required"),
    "asks for a century": answer(b"", "Retry-After: 99999999999", status="429 Too Many Requests"),
    "asks for a moment of words": answer(b"", "Retry-After: soon", status="503 Service Unavailable"),
    "empty": answer(b""),
    "a page in place of a feed": answer("<html><body>moved</body></html>", "Content-Type: text/html"),
    "a picture": answer(b"\x89PNG\r\n\x1a\n" + bytes(500), "Content-Type: image/png"),
    "another character set": answer(RSS.format(items(3)).encode("utf-16-le"), f"{TYPE}; charset=shift_jis"),
    "character set of words": answer(RSS.format(items(3)), f"{TYPE}; charset=\u00fc{'x' * 3000}"),
    "NULs": answer(bytes(100_000)),
    "a billion laughs": answer(f"<!DOCTYPE r [{LAUGHS}]><rss><channel><title>&l11;</title></channel></rss>"),
    "entity of a file": answer("<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>" + RSS.format("&f;")[21:]),
    "entity of a server": answer("<!DOCTYPE r [<!ENTITY f SYSTEM 'http://127.0.0.1:1/'>]>" + RSS.format("&f;")[21:]),
    "fifty thousand elements in one another": answer("<rss><channel>" + "<a>" * 50_000),
    "thirty thousand entries": feed(items(30_000)),
    "one entry a thousand times": feed(ITEM.format("Same", "/same", "same") * 1_000),
    "entries that lead to itself": feed(items(20, "/entries-that-lead-to-itself")),
    "entries of controls": feed(items(5, "http://x.example/&#13;&#10;Host: y{n}")),
    "title of a megabyte": feed(ITEM.format("x" * 1_000_000, "/a", "a")),
    "dates of no calendar": feed("<item><title>x</title><pubDate>99 Foo 99999 99:99</pubDate><link>/a</link></item>"),
    "entries of other schemes": feed(items(5, "data:text/html,{n}"), items(5, "file:///etc/passwd?{n}")),
    "JSON Feed that is too deep": answer("[" * 100_000, "Content-Type: application/feed+json"),
    "JSON Feed of other kinds": answer(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [1, None, {"url": {}}, {"id": []}]}),
        "Content-Type: application/feed+json",
    ),
    "OPML that lists itself": answer(
        "<opml><body><outline type='rss' xmlUrl='/opml-that-lists-itself'/></body></opml>"
    ),
    "sitemap that lists itself": answer(
        "<sitemapindex><sitemap><loc>/sitemap-that-lists-itself</loc></sitemap></sitemapindex>",
        "Content-Type: application/xml",
    ),
}


class _Rival(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with contextlib.suppress(OSError):
            path = self.request.recv(65_536).split(b" ")[1].decode().partition("?")[0].strip("/")
            act = {name.replace(" ", "-"): act for name, act in HOSTILE.items()}.get(path, answer(b"", status="404 No"))
            self.request.sendall(act) if isinstance(act, bytes) else act(self.request)


def sources(most: int | None) -> Iterator[tuple[str, list[str]]]:
    """A night for each kind of hostile source, beside an article that is to be read."""
    with tempfile.TemporaryDirectory() as folder, _Rival(("127.0.0.1", 0), _Handler) as server, _at_once():
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        home, base = Path(folder).resolve(), f"http://127.0.0.1:{server.server_address[1]}"
        show(home)
        for number, name in enumerate([*HOSTILE][:: len(HOSTILE) // most if most else 1]):
            settings = gaps.SETTINGS.replace("[nightly]", f'[nightly]\nfeeds = ["{base}/{name.replace(" ", "-")}"]')
            limits = "[extraction]\ntimeout = 2\nreading_time = 8\nmax_bytes = 5_000_000\n"
            (home / "audioed.toml").write_text(settings + limits, "utf-8")
            title = f"Article{number}"
            put(home, title)
            yield name, list(_night(home, title))
        server.shutdown()


@contextlib.contextmanager
def _at_once() -> Iterator[None]:
    with mock.patch.object(visit, "BACK_OFF", 0.0):
        yield


def _night(home: Path, title: str) -> Iterator[str]:
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        made = audioed.open(home, cache=home / "cache").nightly(date(2026, 3, 14)).episode
    except AudioedError as error:
        yield f"the night ends: {error}"
        return
    except Exception as error:  # noqa: BLE001 - what has no sentence
        yield f"{type(error).__name__}: {error}"
        return
    if not made or title not in [each.title for each in made.sources]:
        yield "the article beside it is not read"
    if (spent := time.monotonic() - began) > LIMIT:
        yield f"it takes {spent:.0f} s"
    if (more := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) > MEMORY:
        yield f"it takes {more // 1000} MB"
    yield from gaps.public_faults(home)


PUBLIC, ROUTER = "127.0.0.2", "127.0.0.1"
"""Two servers of this machine; names that lead to the first count as public here."""
REBINDING: dict[str, tuple[tuple[str, ...], ...]] = {
    "first a public address, then a private one": ((PUBLIC,), (ROUTER,)),
    "a private one": ((ROUTER,),),
    "both at once": ((PUBLIC, ROUTER),),
    "both at once, the private one first": ((ROUTER, PUBLIC),),
    "that of IPv6": (("::1",),),
    "an IPv4 address in IPv6": (("::ffff:127.0.0.1",),),
    "one behind NAT64": (("64:ff9b::7f00:1",),),
    "no address at all (0.0.0.0)": (("0.0.0.0",),),  # noqa: S104
    "a link's own": (("169.254.169.254",),),
}
LITERAL = ("127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "0")


def names() -> Iterator[tuple[str, list[str]]]:
    """Links and redirects of a public feed that lead to the user's own network: none of them is asked."""
    hits: list[str] = []

    def serve(address: str, port: int) -> socketserver.TCPServer:
        class Asked(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                path = self.request.recv(65_536).decode("latin-1").split(" ")[1]
                if address == ROUTER:
                    hits.append(path)
                    self.request.sendall(
                        answer("<h1>Router</h1><p>The password is swordfish.</p>" * 30, "Content-Type: text/html")
                    )
                elif path.startswith("/feed"):
                    where = path.partition("?")[2]
                    self.request.sendall(feed(ITEM.format("Secret", where, where)))
                elif path.startswith("/to"):
                    self.request.sendall(moved(path.partition("?")[2]))
                else:
                    self.request.sendall(answer(b"", status="404 No"))

        server = _Rival((address, port), Asked)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    with tempfile.TemporaryDirectory() as folder, _at_once():
        home = Path(folder).resolve()
        show(home)
        router = serve(ROUTER, 0)
        port = router.server_address[1]
        public = serve(PUBLIC, port)
        tried = [(f"a name with {name}", f"http://rebound.example:{port}/x", told) for name, told in REBINDING.items()]
        tried += [(f"a link to {host}", f"http://{host}:{port}/x", ()) for host in LITERAL]
        tried += [
            (f"a redirect to {host}", f"http://public.example:{port}/to?http://{host}:{port}/x", ()) for host in LITERAL
        ]
        for number, (name, link, told) in enumerate(tried):
            title = f"Article{number}"
            put(home, title)
            feeds = f'[nightly]\nfeeds = ["http://public.example:{port}/feed?{link}{number}"]'
            limits = "[extraction]\ntimeout = 2\n"
            (home / "audioed.toml").write_text(gaps.SETTINGS.replace("[nightly]", feeds) + limits, "utf-8")
            hits.clear()
            with _answering(told):
                wrong = list(_night(home, title))
            yield name, [*wrong, *(["a private server is asked"] if hits else [])]
        for each in (router, public):
            each.shutdown()
            each.server_close()


@contextlib.contextmanager
def _answering(told: tuple[tuple[str, ...], ...]) -> Iterator[None]:
    """The system's names, where rebound.example has these addresses, one answer after the other."""
    left, ask = list(told), socket.getaddrinfo

    def getaddrinfo(host: str, port: object, *rest: object, **more: object) -> list[object]:
        if host == "public.example":
            found: tuple[str, ...] = (PUBLIC,)
        elif host == "rebound.example":
            found = left.pop(0) if len(left) > 1 else left[0]
        else:
            return list(ask(host, port, *rest, **more))  # type: ignore[arg-type]
        return [(socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, 0)) for each in found]

    with (
        mock.patch.object(hosts.socket, "getaddrinfo", getaddrinfo),
        mock.patch.object(hosts, "is_public", lambda address: address == PUBLIC or is_public(address)),
    ):
        yield


def starts(times: int) -> Iterator[tuple[str, list[str]]]:
    """Ten nights of one show that start at the same moment."""
    for number in range(times):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder).resolve()
            show(home)
            put(home, "Alpha")
            line = [sys.executable, "-m", "audioed", "nightly", "--day", DAY.isoformat(), "--json"]
            environment = {**os.environ, "AUDIOED_CACHE": str(home / "cache")}
            options = {
                "cwd": home,
                "env": environment,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "text": True,
            }
            nights = [subprocess.Popen(line, **options) for _ in range(10)]  # type: ignore[call-overload]
            told = [(*night.communicate(), night.returncode) for night in nights]
            wrong = [f"ends with {code}: {errors}" for _, errors, code in told if code not in {0, 1}]
            wrong += [f"no sentence: {errors}" for _, errors, code in told if code == 1 and "is running" not in errors]
            made = [json.loads(out)["episode_json"] for out, _, code in told if code == 0]
            wrong += [] if sum(map(bool, made)) == 1 else [f"{sum(map(bool, made))} episodes are made"]
            wrong += [] if len([*home.glob("output/*/*/episode.json")]) == 1 else ["not one episode is there"]
            yield f"start {number + 1}", [*wrong, *gaps.feed_faults(home)]
