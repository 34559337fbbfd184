"""What is published is served as apps, players and browsers want it, and nothing else is."""

import gzip
import os

import anyio
import pytest
from lxml import etree
from starlette.requests import Request
from starlette.testclient import TestClient

from audioed.errors import StoreError
from audioed.serving import application
from audioed.serving.answers import Found, of_file
from audioed.serving.news import News
from audioed.serving.shelf import Shelf, is_plain, shelf_at

from .conftest import FEED, HOME, SOUND

HERE = "http://localhost:8000/ferry"
MP3 = "/ferry/one/one.mp3"


@pytest.fixture
def web(output):
    return TestClient(application(Shelf(output)), base_url="http://localhost:8000", follow_redirects=False)


def test_a_recording_is_sent_whole_and_in_parts(web):
    whole = web.get(MP3)
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["accept-ranges"] == "bytes"
    part = web.get(MP3, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, SOUND[1000:2000])
    assert part.headers["content-range"] == "bytes 1000-1999/300000"
    assert part.headers["content-length"] == "1000"
    assert web.get(MP3, headers={"Range": "bytes=-5"}).content == SOUND[-5:]
    assert web.get(MP3, headers={"Range": "bytes=299999-900000"}).content == SOUND[-1:]


def test_several_parts_come_in_one_answer(web):
    answer = web.get(MP3, headers={"Range": "bytes=0-9,100-109,299995-"})
    boundary = answer.headers["content-type"].removeprefix("multipart/byteranges; boundary=").encode()
    parts = [each.partition(b"\r\n\r\n") for each in answer.content.split(b"--" + boundary)[1:-1]]
    assert [body.removesuffix(b"\r\n") for _, _, body in parts] == [SOUND[:10], SOUND[100:110], SOUND[-5:]]
    assert b"Content-Range: bytes 100-109/300000" in parts[1][0]
    assert len(answer.content) == int(answer.headers["content-length"])


@pytest.mark.parametrize("asked", ["bytes=5-4", "seconds=0-1", "bytes=x", "bytes=0-1,x", f"bytes={'0-0,' * 200}"])
def test_a_range_that_means_nothing_is_ignored(web, asked):
    answer = web.get(MP3, headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, 300_000)


def test_a_range_behind_the_end_is_refused_with_the_length(web):
    answer = web.get(MP3, headers={"Range": "bytes=300000-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */300000")


def test_head_tells_what_get_would_of_the_whole(web):
    for path in (MP3, "/ferry/feed.xml", "/ferry/one/"):
        told = web.head(path, headers={"Range": "bytes=0-1"})
        assert (told.status_code, told.content) == (200, b"")
        assert told.headers == web.get(path).headers


@pytest.mark.parametrize("path", [MP3, "/ferry/feed.xml", "/ferry/", "/ferry/one/chapters.json"])
def test_what_an_app_has_is_not_sent_again(web, path):
    first = web.get(path)
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
        {"If-None-Match": first.headers["etag"], "Range": "bytes=0-1"},
    ):
        again = web.get(path, headers=condition)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_download_goes_on_only_with_the_same_file(web, output):
    first = web.get(MP3)
    rest = {"Range": "bytes=200000-", "If-Range": first.headers["etag"]}
    assert web.get(MP3, headers=rest).status_code == 206
    assert web.get(MP3, headers={**rest, "If-Range": first.headers["last-modified"]}).status_code == 206
    (output / "ferry/public/one/one.mp3").write_bytes(SOUND[::-1])
    os.utime(output / "ferry/public/one/one.mp3", (1e9, 1e9))
    corrected = web.get(MP3, headers=rest)
    assert (corrected.status_code, corrected.content) == (200, SOUND[::-1])
    behind = web.get(MP3, headers={**rest, "Range": "bytes=900000-"})
    assert behind.status_code == 200  # it ends there no longer, or not yet
    assert web.get(MP3, headers={"If-Match": first.headers["etag"]}).status_code == 412


def test_every_file_is_told_for_what_it_is(web):
    kinds = {
        "feed.xml": "application/rss+xml",
        "feed.xsl": "application/xslt+xml",
        "one/one.mp3": "audio/mpeg",
        "one/two.m4a": "audio/mp4",
        "one/two.opus": "audio/ogg",
        "one/two.jpg": "image/jpeg",
        "one/two.png": "image/png",
        "one/chapters.json": "application/json+chapters",
        "one/transcript.vtt": "text/vtt; charset=utf-8",
        "one/transcript.srt": "application/x-subrip",
        "one/transcript.txt": "text/plain; charset=utf-8",
        "one/": "text/html; charset=utf-8",
    }
    assert {name: web.head(f"/ferry/{name}").headers["content-type"] for name in kinds} == kinds


def test_a_browser_shows_the_page_that_a_stylesheet_makes_of_a_feed(web):
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    shown = web.get("/ferry/feed.xml", headers=browser)
    assert shown.headers["content-type"] == "application/xml"
    assert "Accept" in shown.headers["vary"].split(", ")
    app = web.get("/ferry/feed.xml", headers={"Accept": "application/rss+xml, application/xml;q=0.8, */*;q=0.1"})
    assert (app.headers["content-type"], app.content) == ("application/rss+xml", shown.content)


def test_web_players_of_other_sites_may_read_it(web):
    for asked in ({"Origin": "https://player.example"}, {}):  # who checks a server mostly names no origin
        answer = web.get(MP3, headers={**asked, "Range": "bytes=0-1"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "Content-Range" in answer.headers["access-control-expose-headers"]
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    before = web.options(MP3, headers={"Origin": "https://player.example", **asked})
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, "*")
    assert "Range" in before.headers["access-control-allow-headers"].split(", ")


def test_texts_are_packed_and_recordings_are_not(web):
    packed = web.get("/ferry/feed.xml", headers={"Accept-Encoding": "gzip"})
    plain = web.get("/ferry/feed.xml", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.headers["etag"].startswith("W/")  # both forms have it
    for accepted in ("gzip;q=0", "gzip; q=0.0, identity"):
        assert "content-encoding" not in web.get("/ferry/feed.xml", headers={"Accept-Encoding": accepted}).headers
    assert "content-encoding" not in web.get(MP3, headers={"Accept-Encoding": "gzip"}).headers
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(web.get(MP3, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-999"}).content)


def test_a_feed_leads_to_this_machine_and_its_episodes_stay_the_same(web, output):
    feed = etree.fromstring(web.get("/ferry/feed.xml").content)
    assert feed.find(".//enclosure").get("url") == f"{HERE}/one/one.mp3"
    assert [each.get("href") for each in feed.iterfind(".//{*}link[@href]")] == [
        f"{HERE}/feed.xml",
        f"{HERE}/feed-1.xml",
    ]
    assert f'href="{HERE}/one/"' in feed.findtext(".//description")
    assert feed.findtext(".//guid") == f"{HOME}/?p=1"
    assert web.get(f"{HERE}/one/chapters.json").json()["chapters"] == [{"img": f"{HERE}/one/a.jpg"}]
    assert HOME in (output / "ferry/public/feed.xml").read_text()
    elsewhere = web.get("/second-show/feed.xml", headers={"Host": "127.0.0.1:9000"}).text
    assert 'url="http://127.0.0.1:9000/second-show/one/one.mp3"' in elsewhere


def test_the_links_of_a_page_lead_to_this_machine_whatever_their_form(web):
    page = web.get("/ferry/one/").text
    assert f'rel="canonical" href="{HERE}/one/"' in page
    assert 'href="pcast://localhost:8000/ferry/feed.xml"' in page
    assert 'href="pktc://subscribe/localhost:8000/ferry/feed.xml"' in page
    assert 'href="//localhost:8000/ferry/one/"' in page
    assert "login?u=http%3A%2F%2Flocalhost%3A8000%2Fferry%2Ffeed.xml" in page
    assert 'href="https://example.com/shows/ferry-two/"' in page


def test_a_page_has_the_script_that_loads_it_anew_and_its_file_has_not(web, output):
    page = web.get("/ferry/one/").text
    state = Shelf(output).state()
    assert page.index(f'<script src="/-/reload.js" data-state="{state}"></script>') < page.index("</body>")
    assert "reload.js" not in (output / "ferry/public/one/index.html").read_text()
    assert web.get("/-/reload.js").headers["content-type"].startswith("text/javascript")
    (output / "ferry/public/feed.xml").write_text("<rss/>")
    assert f'data-state="{state}"' not in web.get("/ferry/one/").text


def test_open_pages_are_told_when_something_was_built(output):
    shelf = Shelf(output)

    async def listen():
        events = News(shelf, every=0.001).events()
        first = await anext(events)
        (output / "ferry/public/one/new.mp3").write_bytes(b"")
        (output / "ferry/public/feed.xml").write_text("<rss></rss>")
        return first, await anext(events)

    first, then = anyio.run(listen)
    assert first != then == f"data: {shelf.state()}\n\n"


SECRETS = [
    "/ferry/show.json",
    "/ferry/one/script.json",
    "/ferry/../ferry/show.json",
    "/ferry/%2e%2e/show.json",
    "/ferry/%2E%2E%2Fshow.json",
    "/ferry/..%2fshow.json",
    "/ferry/one/..%2f..%2f..%2fshow.json",
    "/ferry/..%5cshow.json",
    "/ferry/one%5cone.mp3",
    "/ferry/.making-1.mp3",
    "/ferry/one/./one.mp3",
    "/ferry//one/one.mp3",
    "/ferry/one.mp3%00.txt",
    "/ferry/%00",
    "/ferry/out.txt",
    "/ferry/outside/show.json",
    "/ferry/round",
    "/ferry/pipe.txt",
    "/ferry/feed.xml/",
    "/ferry/feed.xml%3a%3a$DATA",
    "/ferry/feed.xm%3f",
    "/ferry/f*.xml",
    "/ferry/%0d%0aX:%20y/one.mp3",
    "/ferry/one/one.mp3%2f",
    "/ferry/" + "a" * 5000,
    "/ferry/" + "a/" * 2000,
    "/ferry/\N{FULLWIDTH FULL STOP}\N{FULLWIDTH FULL STOP}/show.json",
    "/..",
    "//ferry/feed.xml",
    "/C:/Windows/win.ini",
    "/etc/passwd",
    "/ferry/public/feed.xml",
    "/-/../ferry/show.json",
]


@pytest.mark.parametrize("path", SECRETS)
def test_nothing_but_what_is_published_is_served(web, path):
    assert ask(web.app, path) == 404


def ask(app, target):
    """The status that the application gives to a request whose address nobody has tidied."""
    from urllib.parse import unquote

    statuses = []
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": unquote(target),
        "raw_path": target.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost:8000")],
        "server": ("localhost", 8000),
    }

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        statuses.append(message.get("status"))

    anyio.run(app, scope, receive, send)
    return statuses[0]


@pytest.mark.parametrize("name", ["one.mp3", "index.html"])
def test_a_file_that_vanishes_while_it_is_looked_for_is_not_found(output, name):
    path = output / "ferry/public/one" / name
    found = Found("ferry", path, path.stat())
    path.unlink()
    request = Request(
        {"type": "http", "method": "GET", "scheme": "http", "path": "", "headers": [], "query_string": b""}
    )
    answer = of_file(found, request, Shelf(output))
    assert (answer.status_code, answer.body) == (404, b"The file cannot be read (No such file or directory).\n")


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_to_what_is_published_is_served(web):
    assert web.get("/ferry/within.txt").content == b"x"


@pytest.mark.parametrize("name", ["con", "NUL.txt", "aux", "COM1", "lpt¹.json", "nul .txt", "feed.xml.", "feed.xml "])
def test_names_of_devices_are_refused_where_they_are_devices(name):
    assert not is_plain(name, windows=True)
    assert is_plain(name, windows=False)
    assert is_plain(f"a {name.strip('. ')}", windows=True)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8000", "127.0.0.1.evil.example", "a b", ""])
def test_a_page_whose_name_was_made_to_lead_here_reads_nothing(web, host):
    assert web.get("/ferry/feed.xml", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "podcast.localhost"])
def test_this_machine_has_several_names(web, host):
    assert web.get("/ferry/feed.xml", headers={"Host": host}).status_code == 200


def test_a_server_for_others_may_be_called_as_they_like_but_only_by_a_name(output):
    web = TestClient(application(Shelf(output), names=("*",)), base_url="http://desk.example:8000")
    assert 'url="http://desk.example:8000/ferry/one/one.mp3"' in web.get("/ferry/feed.xml").text
    hostile = web.get("/ferry/feed.xml", headers={"Host": '"><script>alert(1)</script>'})
    assert "<script" not in hostile.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
def test_nothing_can_be_changed(web, method):
    answer = web.request(method, "/ferry/feed.xml")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_folders_lead_to_their_pages(web, output):
    assert web.get("/ferry").headers["location"] == "http://localhost:8000/ferry/"
    assert web.get("/ferry/one?x=1").headers["location"] == "http://localhost:8000/ferry/one/"
    assert "Hello" in web.get("/ferry/").text
    assert web.get("/second-show/").headers["location"] == "http://localhost:8000/second-show/feed.xml"
    assert 'href="/ferry/"' in web.get("/").text
    only = TestClient(application(Shelf(output, "ferry")), base_url="http://localhost", follow_redirects=False)
    assert only.get("/").headers["location"] == "http://localhost/ferry/"
    assert only.get("/second-show/feed.xml").status_code == 404


def test_shows_are_found_from_wherever_one_stands(output, tmp_path):
    show = output / "ferry"
    assert shelf_at(output) == shelf_at(output.parent) == Shelf(output)
    assert shelf_at(show) == shelf_at(show / "public") == Shelf(output, "ferry")
    assert Shelf(output).shows() == ("ferry", "second-show")
    with pytest.raises(StoreError, match="no such folder"):
        shelf_at(tmp_path / "nowhere")
    with pytest.raises(StoreError, match="no show is published there; make an episode with `audioed render ARTICLE`"):
        shelf_at(show / "one")


def test_a_private_show_is_served_as_its_listeners_get_it_and_shows_nobody_where(output):
    token = "0123456789" * 4
    own = output / "club" / "public" / "private" / token
    own.mkdir(parents=True)
    (own / "feed.xml").write_text(FEED.replace("shows/ferry", f"shows/club/private/{token}"), "utf-8")
    assert shelf_at(output / "club") == Shelf(output, "club")
    assert Shelf(output).shows() == ("club", "ferry", "second-show")
    one, all_ = (TestClient(application(Shelf(output, name)), base_url="http://localhost") for name in ("club", ""))
    here = f"http://localhost/club/private/{token}/"
    feed = one.get(f"{here}feed.xml").text
    assert f'rel="self" href="{here}feed.xml"' in feed or f'href="{here}feed.xml" rel="self"' in feed
    assert f"{here}one/one.mp3" in feed
    for client in (one, all_):
        assert token not in client.get("/").text
        assert client.get("/club/", follow_redirects=False).status_code == 404
    assert "club (private" in one.get("/").text
