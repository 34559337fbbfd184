"""A password in an address opens its own server, and stands in nothing that is written, shown or sent elsewhere."""

import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app

USER, SECRET = "ida@sea", "Tide/secret 9"
LOGIN = f"{quote(USER, safe='')}:{quote(SECRET, safe='')}@"
HEADER = b64encode(f"{USER}:{SECRET}".encode()).decode("ascii")
TELLTALES = [SECRET, quote(SECRET), quote(SECRET, safe=""), HEADER, HEADER[:-4], "secret 9", "secret%209", "ida%40sea"]
BODY = "".join(f"<p>Boat {n} sank off the mole, and the bell was heard for an hour after it.</p>" for n in range(4))
PAGE = f"<html lang='en'><head><title>Page</title></head><body><article><h1>The page</h1>{BODY}</article></body></html>"


class Guarded(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append((self.path, self.headers["Authorization"]))
        if self.path == "/open.html":
            return self.answer(200, PAGE)
        if self.path == "/robots.txt":
            return self.answer(404, "")
        if self.headers["Authorization"] != f"Basic {HEADER}":
            return self.answer(401, "who?")
        if self.path == "/away.html":
            return self.answer(302, "", location=f"{self.server.other}/open.html")
        if self.path == "/within.html":
            return self.answer(302, "", location=f"http://{LOGIN}127.0.0.1:{self.server.server_port}/page.html")
        return self.answer(200, self.server.feed if self.path == "/feed.xml" else PAGE)

    def answer(self, status, text, location=""):
        self.send_response(status)
        self.send_header("Content-Type", "application/xml" if text.startswith("<?xml") else "text/html")
        self.send_header("Cache-Control", "max-age=600")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def serving(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.seen, server.host = [], f"127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def guarded():
    """A server that wants a password, and another one on this machine that must never hear of it."""
    one, other = serving(Guarded), serving(Guarded)
    one.other = f"http://{other.host}"
    link = "<item><title>{0}</title><guid>{0}</guid><link>{1}</link></item>"
    one.feed = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sea</title><link>http://{one.host}/</link>'
        "<description>d</description>"
        f"{link.format('plain', f'http://{one.host}/page.html')}{link.format('told', f'http://{LOGIN}{one.host}/told.html')}"
        f"<item><title>whole</title><guid>http://{LOGIN}{one.host}/whole</guid><description><![CDATA[{BODY}]]>"
        "</description></item></channel></rss>"
    )
    yield one, other
    for server in (one, other):
        server.shutdown()
        server.server_close()


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command in a folder of its own; everything that it says and leaves, as one text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))

    def runner(*arguments, code=0):
        done = CliRunner().invoke(app, [*arguments, "--json"])
        assert done.exit_code == code, done.stderr + done.stdout
        left = [
            path for path in tmp_path.rglob("*") if path.is_file() and path.name not in {"audioed.toml", "list.txt"}
        ]
        files = "".join(f"{path.name}\n{path.read_bytes().decode('latin-1')}" for path in left)
        return f"{done.stdout}{done.stderr}\n{files}"

    return runner


def show(folder, sources):
    (folder / "audioed.toml").write_text(
        f'[show]\ntitle = "Sea"\n[synthesis.roles]\nnarrator = "silent"\n[nightly]\n{sources}\n', "utf-8"
    )


def assert_silent(text):
    assert [telltale for telltale in TELLTALES if telltale.lower() in text.lower()] == []


def test_a_night_with_a_guarded_feed_tells_nobody_its_password(guarded, run, tmp_path):
    one, other = guarded
    show(tmp_path, f'feeds = ["http://{LOGIN}{one.host}/feed.xml"]')
    told = run("nightly")
    assert "sank off the mole" in told
    assert_silent(told)
    assert {path for path, header in one.seen if header} == {"/feed.xml", "/page.html", "/told.html", "/whole"}
    assert other.seen == []


def test_a_list_of_guarded_pages_tells_nobody_their_password(guarded, run, tmp_path):
    one, other = guarded
    pages = ("away", "within", "page")
    (tmp_path / "list.txt").write_text("".join(f"http://{LOGIN}{one.host}/{name}.html\n" for name in pages), "utf-8")
    show(tmp_path, 'lists = ["list.txt"]')
    assert_silent(run("nightly"))
    assert other.seen == [("/open.html", None)]


@pytest.mark.parametrize("login", [LOGIN, f"ida%40sea:{SECRET}@"])
def test_a_guarded_page_that_is_named_tells_nobody_its_password(guarded, run, login):
    one, other = guarded
    for path in ("page.html", "away.html"):
        address = f"http://{login}{one.host}/{path}"
        assert_silent(run("render", address, "--voice", "narrator=silent", "--dry-run"))
    assert_silent(run("render", f"http://{login}{one.host}/feed.xml", "--voice", "narrator=silent", code=1))
    assert other.seen == [("/open.html", None)]


def test_a_guarded_page_without_a_password_asks_for_one(guarded, run):
    told = run("render", f"http://{guarded[0].host}/page.html", "--voice", "narrator=silent", code=1)
    assert "put user name and password into its address" in " ".join(told.split())


WRONG = f"http://{LOGIN.replace('Tide', 'Tode')}"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"{WRONG}HOST/page.html", "check the user name and password"),
        (f"{WRONG}HOST/feed.xml", "check the user name and password"),
        (f"http://{LOGIN}127.0.0.1:9/page.html", "cannot be reached"),
        (f"http://{LOGIN}nowhere.invalid/page.html", "no host is called"),
        (f"http://{LOGIN}HOST:port/page.html", "not an http or https address"),
        (f"ftp://{LOGIN}HOST/page.html", "only files and addresses"),
    ],
)
def test_an_error_tells_nobody_a_password(guarded, run, tmp_path, address, says):
    address = address.replace("HOST", guarded[0].host)
    by_hand = run("render", address, "--voice", "narrator=silent", code=1)
    assert says in " ".join(by_hand.split())
    assert_silent(by_hand.replace("Tode", "Tide"))
    if address.startswith("http"):
        show(tmp_path, f'feeds = ["{address}"]')
        assert_silent(run("nightly", code=1).replace("Tode", "Tide"))
