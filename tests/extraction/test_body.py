"""A page is read when all of it has come, and no server can send more than was asked for."""

import gzip
import socketserver
import threading
import tracemalloc
import zlib

import pytest

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.fetch import fetch

CONFIG = Extraction(max_bytes=200_000, timeout=5.0)
PAGE = "<!doctype html><html><body>" + "<p>The boat sank off the mole.</p>" * 200 + "<p>The end.</p></body></html>"
TEXT = PAGE.encode()
ZIPPED = gzip.compress(TEXT, mtime=0)
BARE = zlib.compressobj(wbits=-15)
RAW = BARE.compress(TEXT) + BARE.flush()


@pytest.fixture
def served():
    """An address where one answer lies, octet for octet as a test wrote it."""
    answers: list[bytes] = []

    class Answering(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(65_536)
            self.request.sendall(answers[0])

    server = socketserver.TCPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()

    def address(body, *headers):
        lines = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
        answers[:] = ["\r\n".join(lines).encode() + body]
        return f"http://127.0.0.1:{server.server_address[1]}/page"

    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def chunked(data, size=1000, *, end=b"0\r\n\r\n"):
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


GZIP, DEFLATE, CHUNKED = "Content-Encoding: gzip", "Content-Encoding: deflate", "Transfer-Encoding: chunked"
WHOLE = {
    "plain": (TEXT, f"Content-Length: {len(TEXT)}"),
    "until the end": (TEXT,),
    "chunked": (chunked(TEXT), CHUNKED),
    "gzip": (ZIPPED, GZIP),
    "x-gzip, upper case": (ZIPPED, "content-encoding: X-GZIP"),
    "gzip, chunked": (chunked(ZIPPED, 7), GZIP, CHUNKED),
    "gzip of two members": (gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), GZIP),
    "gzip with padding": (ZIPPED + bytes(512), GZIP),
    "deflate": (zlib.compress(TEXT), DEFLATE),
    "deflate without a header": (RAW, DEFLATE),
    "identity": (TEXT, "Content-Encoding: identity"),
}
CUT = {
    "plain": (TEXT[:-10], f"Content-Length: {len(TEXT)}"),
    "chunked, in a chunk": (chunked(TEXT, end=b"")[:-10], CHUNKED),
    "chunked, without its last": (chunked(TEXT, end=b""), CHUNKED),
    "gzip": (ZIPPED[: len(ZIPPED) // 2], GZIP),
    "gzip, one octet": (ZIPPED[:-1], GZIP),
    "gzip, without length and check": (ZIPPED[:-8], GZIP),
    "gzip, its header": (ZIPPED[:5], GZIP),
    "gzip, in its second member": (ZIPPED + gzip.compress(TEXT)[:-20], GZIP),
    "gzip, damaged": (ZIPPED[:60] + b"\0\0" + ZIPPED[62:], GZIP),
    "gzip in whole chunks": (chunked(ZIPPED[:-30]), GZIP, CHUNKED),
    "deflate": (zlib.compress(TEXT)[:-3], DEFLATE),
    "deflate without a header": (RAW[:-3], DEFLATE),
    "gzip that is none": (TEXT, GZIP),
}


@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE)
def test_what_has_come_whole_is_read(served, answer):
    assert fetch(served(*answer), CONFIG, private=True).text == PAGE


@pytest.mark.parametrize("answer", CUT.values(), ids=CUT)
def test_what_has_not_is_told(served, answer):
    with pytest.raises(FetchError, match=r"was cut off in the middle; try again later\.$"):
        fetch(served(*answer), CONFIG, private=True)


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip, deflate", "br", "zstd", ", ".join(["gzip"] * 300)])
def test_what_nobody_asked_for_is_not_unpacked(served, coding):
    with pytest.raises(FetchError, match=r"which was not asked for; name another address"):
        fetch(served(gzip.compress(ZIPPED), f"Content-Encoding: {coding}"), CONFIG, private=True)


BOMB = gzip.compress(bytes(100_000_000), compresslevel=9, mtime=0)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BOMB, (GZIP,)),
        (gzip.compress(BOMB), ("Content-Encoding: gzip, gzip",)),
        (chunked(BOMB, 1 << 20), (GZIP, CHUNKED)),
        (gzip.compress(b"") * 20_000 + BOMB, (GZIP,)),
    ],
)
def test_a_bomb_takes_no_more_memory_than_a_page(served, body, headers):
    address = served(body, *headers)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match=r"is larger than|not asked for"):
            fetch(address, CONFIG, private=True)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
