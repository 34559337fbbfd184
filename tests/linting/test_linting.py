"""A public folder, a feed and a server are judged as a whole, whoever made them."""

import contextlib
import json
import re
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import audioed
from audioed import build, linting, publishing
from audioed.cli.app import app
from audioed.config import Extraction, Publishing
from audioed.errors import FetchError, PublishingError, StoreError
from audioed.linting import notes as notes_rules
from audioed.linting.feed import Document
from audioed.linting.probing import probes
from audioed.linting.server import Probe
from audioed.model import Block
from tests.linting.conftest import NOW
from tests.test_catalogue import built


def found(findings):
    return sorted((each.rule, each.file) for each in findings)


def test_nothing_is_wrong_with_a_good_show(whole):
    assert linting.lint(whole, now=NOW, whole=True) == ()


def test_a_finding_tells_where_it_is_who_says_so_and_what_to_do(changed):
    (each,) = linting.lint(changed({"feed.xml": [["<itunes:episode>3", "<itunes:episode>0"]]}), now=NOW)
    assert (each.rule, each.severity, each.file, each.line) == ("number", "error", "feed.xml", 39)
    assert each.item == "The harbour freezes"
    assert each.told == "its <itunes:episode> is “0”"
    assert each.source == "PSP-1; Apple, RSS tags"
    assert each.remedy == "write a number from 1 on, or leave it out"


def test_the_worst_is_told_first(changed):
    folder = changed({"two/script.json": "{}", "feed.xml": [["<itunes:type>episodic</itunes:type>", ""]]})
    assert [each.severity for each in linting.lint(folder, now=NOW)] == ["error", "advice"]


def test_files_of_older_episodes_are_measured_but_opened_only_when_all_is_looked_at(changed):
    folder = changed({"one/one-7a8b9c0d.mp3": {"pad": 0}})
    audio = folder / "one" / "one-7a8b9c0d.mp3"
    audio.write_bytes(bytes(audio.stat().st_size))
    assert linting.lint(folder, now=NOW) == ()
    assert found(linting.lint(folder, now=NOW, whole=True)) == [("media-container", "feed-1.xml")]
    audio.write_bytes(b"")
    assert found(linting.lint(folder, now=NOW)) == [("enclosure-bytes", "feed-1.xml")]


def test_a_feed_alone_is_judged_without_its_files(whole, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes((whole / "feed.xml").read_bytes())
    assert linting.lint(path, now=NOW) == ()
    with pytest.raises(StoreError, match="no such file or folder"):
        linting.lint(tmp_path / "nothing.xml")
    path.unlink()
    with pytest.raises(StoreError, match="there is no feed in it"):
        linting.lint(tmp_path)


BOMB = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (b"", {"xml"}),
        (b"\x00\xff" * 1000, {"xml", "xml-encoding"}),
        (f"{BOMB}]><rss version='2.0'><channel><title>&i;</title></channel></rss>".encode(), {"xml-doctype"}),
        (b"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'><rss version='2.0'><channel/></rss>", {"xml-doctype"}),
        (b"<rss version='2.0'><channel>" + b"<item>" * 20_000, {"xml"}),
        (b"<html><body>404</body></html>", {"rss"}),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", {"rss"}),
        (b"<rss version='2.0'/>", {"rss"}),
        (b"<rss version='2.0'><channel/></rss>", {"channel-title", "namespaces", "self-link"}),
        (b"<rss version='2.0'><channel>" + b"<item/>" * 200 + b"</channel></rss>", {"enclosure", "guid"}),
        ("<rss><channel/></rss>".encode("utf-16"), {"xml-encoding", "rss"}),
    ],
)
def test_a_strangers_feed_is_judged_whatever_it_is(data, rules, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(data)
    assert rules <= {each.rule for each in linting.lint(path, now=NOW)}


def test_a_rule_that_finds_the_same_again_and_again_is_told_fifty_times(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<rss version='2.0'><channel>" + b"<item/>" * 200 + b"</channel></rss>")
    assert sum(each.rule == "guid" for each in linting.lint(path, now=NOW)) == linting.MOST


@pytest.mark.parametrize("name", ["../../secret.mp3", "%2e%2e/%2e%2e/secret.mp3", "two/..%2f..%2f..%2fsecret.mp3"])
def test_no_address_leads_out_of_the_folder(changed, name):
    folder = changed({"feed.xml": [["two/cover-5e6f7a8b.jpg", name]]})
    (folder.parent.parent / "secret.mp3").write_bytes(b"secret")
    assert ("file-missing", "feed.xml") in found(linting.lint(folder, now=NOW))


ARCHIVE = '<atom:link rel="{}" href="https://podcasts.example.org/night-ferry/{}.xml"/>'


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ({"feed": "prev-archive feed-1", "feed-1": "current feed"}, []),
        ({"feed": "prev-archive feed-1", "feed-1": "next-archive feed"}, []),
        ({"feed": "prev-archive feed-1"}, ["its archive, feed-1.xml, does not lead back to it"]),
        ({"feed-1": "next-archive feed"}, ["its next-archive page, feed.xml, does not lead back to it"]),
        ({"feed-1": "next feed"}, ["its next page, feed.xml, does not lead back to it", "its last page, feed-1.xml"]),
    ],
)
def test_pages_and_archives_of_a_feed_lead_to_one_another(changed, links, told):
    mark = "<itunes:type>"
    edits = {f"{name}.xml": [[mark, ARCHIVE.format(*link.split()) + mark]] for name, link in links.items()}
    findings = [each.told for each in linting.lint(changed(edits), now=NOW)]
    assert bool(findings) == bool(told)
    assert [due for due in told if not any(each.startswith(due) for each in findings)] == []


def test_dates_are_seen_from_the_moment_that_is_named(whole):
    early = linting.lint(whole, now=NOW - timedelta(days=1, hours=12))
    assert found(early) == [("date-future", "feed.xml")]


TYPES = {".xml": "application/rss+xml", ".mp3": "audio/mpeg", ".vtt": "text/vtt", ".srt": "application/x-subrip"}


class Simple(SimpleHTTPRequestHandler):
    """A server of files as Python brings it: it knows no ranges, and few types."""

    def log_message(self, *_):
        pass


class Good(Simple):
    """One that does what apps want."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.name == "moved":
            return self.answer(301, {"Location": "/feed.xml"})
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            return self.answer(404, {})
        data = path.read_bytes()
        told = {
            "Content-Type": TYPES.get(path.suffix) or self.guess_type(str(path)),
            "ETag": f'"{len(data)}"',
            "Access-Control-Allow-Origin": "*",
        }
        if self.headers.get("If-None-Match") == told["ETag"]:
            return self.answer(304, told)
        if span := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            part = data[int(span[1]) : int(span[2] or len(data)) + 1]
            place = f"bytes {span[1]}-{int(span[1]) + len(part) - 1}/{len(data)}"
            return self.answer(206, {**told, "Content-Range": place}, part)
        return self.answer(200, told, data)

    def do_HEAD(self):
        self.do_GET()

    def answer(self, status, headers, data=b""):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(data)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)


@contextlib.contextmanager
def web_server(folder, kind=Good):
    """The address of a server of these files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def online(changed):
    """The folder on a server of a kind, its feed naming that server, with further edits; gives its address."""

    @contextlib.contextmanager
    def online(kind, *edits):
        folder = changed({"feed.xml": list(edits)})
        with web_server(folder, kind) as address:
            text = (folder / "feed.xml").read_text("utf-8").replace("https://podcasts.example.org/night-ferry", address)
            (folder / "feed.xml").write_text(text, "utf-8")
            yield address

    return online


def test_a_good_server_has_nothing_wrong_but_that_it_is_at_home(online):
    with online(Good) as address:
        findings = linting.lint_online(f"{address}/feed.xml", Extraction(), now=NOW, whole=True)
    assert found(findings) == [("address-public", f"{address}/feed.xml")]


def test_a_feed_that_has_moved_is_judged_where_it_is(online):
    with online(Good) as address:
        findings = linting.lint_online(f"{address}/moved", Extraction(), now=NOW)
        assert found(findings) == [("address-public", f"{address}/feed.xml"), ("http-moved", f"{address}/moved")]


def test_a_simple_server_lacks_what_apps_want(online):
    with online(Simple) as address:
        findings = linting.lint_online(f"{address}/feed.xml", Extraction(), now=NOW)
    about = {each.rule: each.file for each in findings}
    assert about["http-range"].endswith(".mp3")
    assert about["http-cors"].endswith(("chapters.json", ".vtt", ".srt", "transcript.json"))
    assert "http-type" in about


def test_a_feed_leads_to_no_other_host_at_home(online):
    with online(Good, ["https://podcasts.example.org/night-ferry/two/cover", "http://127.0.0.2:1/cover"]) as address:
        findings = linting.lint_online(f"{address}/feed.xml", Extraction(), now=NOW)
    (refused,) = [each for each in findings if each.rule == "http-reached"]
    assert "leads to a private address" in refused.told


def test_an_address_without_a_feed_is_one_sentence(online):
    with online(Good) as address, pytest.raises(FetchError, match="answered 404; check the address"):
        linting.lint_online(f"{address}/nothing.xml", Extraction(timeout=5))


def test_what_no_app_would_take_is_refused_with_one_sentence(feed):
    linting.refuse_faulty(feed.encode(), "feed.xml")
    broken = feed.replace("<language>en-gb", "<language>English")
    assert broken != feed
    with pytest.raises(PublishingError, match=r"^feed.xml: language: .*; the feed stays as it was; "):
        linting.refuse_faulty(broken.encode(), "feed.xml")


def test_an_item_that_no_app_would_take_is_told_by_its_place(feed):
    assert linting.unfit(feed.encode()) == {}
    broken = feed.replace("audioed:night-ferry:three", "audioed:night-ferry:two")
    ((place, told),) = linting.unfit(broken.encode()).items()
    assert place == 1
    assert told.startswith("guid-twice: another item has the same GUID")
    linting.refuse_faulty(broken.encode(), "feed.xml")


@pytest.mark.parametrize(
    "notes",
    [
        "<p>How href=javascript: links bite</p>",
        '<p><a href="https://example.org/?href=javascript:1">a</a> src=data: b</p>',
        '<p><a href="https://x/ onload=1">a</a> 1 < 2 onclick=3</p>',
        "<p>&lt;script&gt; and &lt;a onclick=1&gt;</p>",
        f"<p>src={' ' * 20_000}{'<' * 20_000}</p>",
    ],
)
def test_what_notes_say_of_programs_runs_none(notes):
    assert not [*notes_rules._unsafe(notes)]


@pytest.mark.parametrize(
    "notes",
    [
        "<p>a<ScRiPt>alert(1)</script>",
        '<a href=" java\nscript:alert(1)">a</a>',
        '<a title=">" onclick=alert(1)>a</a>',
        '<p/onload="x">a',
        "<img src=data:text/html,x>",
        f"{'<b>' * 300}<script>alert(1)</script>",
        f"{'<b>' * 20_000}<script>alert(1)</script>",
        "a<svg><a xlink:href='javascript:1'>",
    ],
)
def test_notes_that_run_something_are_found(notes):
    assert [*notes_rules._unsafe(notes)]


def test_elements_of_other_namespaces_have_attributes_of_their_own(feed):
    foreign = '<m:content xmlns:m="http://search.yahoo.com/mrss/" url="https://example.org/a.jpg" odd="1"/>'
    document = Document("feed.xml", feed.replace("<!--item-->", foreign).encode(), NOW)
    assert list(linting.in_feed(document)) == []


def test_what_is_only_advice_keeps_no_feed_from_its_listeners(feed):
    advised = feed.replace("<itunes:type>episodic</itunes:type>", "").replace("11 Mar 2025", "11 Mar 2042")
    assert in_document(advised) == {"type-told", "date-future"}
    linting.refuse_faulty(advised.encode(), "feed.xml")


def in_document(text):
    return {each.rule for each in linting.in_feed(linting.Document("feed.xml", text.encode(), NOW))}


TOLD = {"owner", "chapters-few", "chapters-spotify"}
"""What may be said of a show without an email address, and of one with short articles."""


def test_nothing_is_wrong_with_what_audioed_makes_and_no_feed_with_an_error_replaces_it(article, silent, monkeypatch):
    paged = Publishing(base_url="https://podcasts.example.org", page=1)
    silent = replace(silent, config=replace(silent.config, publishing=paged))
    built([article], silent)
    other = Block(kind="paragraph", text="The bridge closes on Friday, and nobody knows why.")
    address = "https://example.com/closes"
    built([replace(article, title="The bridge closes", url=address, name=address, blocks=(other,))], silent)
    findings = linting.lint(silent.store.public, whole=True)
    assert [each for each in findings if each.rule not in TOLD] == []
    assert len(list(silent.store.public.glob("feed*.xml"))) == 2

    path, document = silent.store.public / "feed.xml", publishing.document
    before, wrong = path.read_bytes(), (b"<itunes:explicit>false", b"<itunes:explicit>no")
    monkeypatch.setattr(publishing, "document", lambda *given: document(*given).replace(*wrong))
    with pytest.raises(PublishingError, match=r"^feed\.xml: explicit: .*; the feed stays as it was"):
        build.publish(silent)
    assert path.read_bytes() == before


def test_the_command_tells_a_line_for_each_finding(changed):
    folder = changed({"two/script.json": "{}", "feed.xml": [["<copyright>2026", "<copyright>Copyright 2026"]]})
    done = CliRunner().invoke(app, ["lint", str(folder)])
    assert done.exit_code == 1
    private, worded, counted = done.output.splitlines()
    assert private == (
        "error   two/script.json: it is not for listeners (private; the layout of a public folder); "
        "take it out before the folder is put on a server"
    )
    assert worded.startswith("advice  feed.xml:8: <copyright> begins with “Copyright” (copyright; Apple, RSS tags); ")
    assert counted == "1 error, 0 warnings, 1 piece of advice."


def test_advice_alone_is_no_failure(changed):
    folder = changed({"feed.xml": [["<copyright>2026", "<copyright>Copyright 2026"]]})
    done = CliRunner().invoke(app, ["lint", str(folder), "--json"])
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert told["errors"] == 0
    assert [each["rule"] for each in told["findings"]] == ["copyright"]


def test_a_show_judges_its_own_public_folder(tmp_path, changed):
    show = audioed.open(tmp_path / "show", cache=tmp_path / "cache")
    with pytest.raises(StoreError, match="make an episode with"):
        show.lint()
    show.folder.mkdir(parents=True)
    changed({}).rename(show.folder / "public")
    assert {each.severity for each in show.lint()} <= {"warning"}


@pytest.mark.parametrize(
    ("items", "of_item", "asked", "unasked"), [(1, 500, 100, 400), (2, 99, 198, 0), (3, 150, 300, 150)]
)
def test_a_feed_is_asked_for_as_many_files_as_an_episode_may_have(items, of_item, asked, unasked):
    sources = ["".join(f'<podcast:source uri="https://e.com/{i}/{n}"/>' for n in range(of_item)) for i in range(items)]
    told = "".join(f"<item><podcast:alternateEnclosure>{each}</podcast:alternateEnclosure></item>" for each in sources)
    space = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    document = linting.Document("feed.xml", f"<rss {space}><channel>{told}</channel></rss>".encode(), NOW)
    asker = SimpleNamespace(probe=lambda named: Probe(kind=named.kind, url=named.url))
    found = list(probes(document, asker, whole=True))
    assert sum(not each.unasked for each in found) == asked
    assert sum(each.unasked for each in found) == unasked


def test_a_feed_that_leads_on_and_on_tells_no_password(online):
    with online(Endless) as address, pytest.raises(FetchError, match="redirects more than") as caught:
        linting.lint_online(f"{address}/1".replace("//", "//jane:S3CRET@", 1), Extraction(timeout=5))
    assert "S3CRET" not in str(caught.value) + caught.value.name


class Endless(SimpleHTTPRequestHandler):
    """Leads on and on."""

    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", f"{self.path}1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        pass
