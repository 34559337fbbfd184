"""A show that moves here is the same show to every app: what its feed told stays, whatever it looked like."""

import json
import tomllib
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

import audioed
from audioed.errors import AdoptionError, FetchError
from tests.adopting.conftest import ABOUT, feed, item
from tests.quick import quicken

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


@pytest.fixture
def published(host):
    """Puts a feed on the host, and gives its address."""

    def put(*items, about=ABOUT, path="/feed.xml"):
        return host.put(path, feed(*items, about=about), "application/rss+xml")

    return put


def channel_of(found):
    return etree.parse(found.place.store.public / "feed.xml").find("channel")


def items_of(found):
    return channel_of(found).findall("item")


def settings_of(found):
    show = tomllib.loads(found.config.read_text("utf-8"))["show"]
    return {key: value for key, value in show.items() if value != {}}


@pytest.fixture
def moved(host, media, published, show):
    """A show with all that a feed can tell, brought here."""
    mp3, m4a, picture = media
    vtt = "WEBVTT\n\n00:00.000 --> 00:01.500\n<v Anna>Tom &amp; Jerry\n\n00:01.500 --> 00:03.000\n<v Ben>Two\n"
    chapters = {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "Start"},
            {"startTime": 1, "title": "Hidden", "toc": False},
            {"startTime": 2.5, "title": "End", "url": "https://example.com/end"},
            {"startTime": 99, "title": "Behind the end"},
        ],
    }
    beside = (
        f'<podcast:transcript url="{host.put("/a.txt", b"x", "text/plain")}" type="text/plain"/>'
        f'<podcast:transcript url="{host.put("/a.vtt", vtt.encode(), "text/vtt")}" type="text/vtt"/>'
        f'<podcast:chapters url="{host.put("/a.json", json.dumps(chapters).encode(), "application/json")}"'
        f' type="application/json+chapters"/><itunes:image href="{host.put("/a.png", picture, "image/png")}"/>'
    )
    first = item(
        host.put("/a.mp3", mp3),
        'tag:old,2020:<![CDATA[a&b "ü"]]>',
        "Tom &amp; Jerry &eacute;t al.",
        "Mon, 05 Jan 2026 06:30:15 -0500",
        **{
            "description": "<![CDATA[<p onclick=x()>Hello <a href='javascript:x'>a</a> <a href='https://e.com/?a=1&b=2'>b</a>"
            "<script>alert(1)</script></p>]]>",
            "link": "https://example.com/tom",
            "itunes:duration": "0:04",
            "itunes:episode": "7",
            "itunes:season": "2",
            "itunes:episodeType": "bonus",
            "itunes:explicit": "yes",
        },
    ).replace("</item>", f"{beside}</item>")
    second = item(host.put("/b.m4a?x=1", m4a, "audio/x-m4a"), "", "Second", "Tue, 06 Jan 2026 10:00:00 GMT")
    about = (
        f"{ABOUT}<itunes:author>Ada</itunes:author><itunes:owner><itunes:name>A</itunes:name><itunes:email>"
        'a@example.com</itunes:email></itunes:owner><itunes:category text="Society &amp; Culture">'
        "<itunes:category text='Philosophy'/></itunes:category><itunes:explicit>clean</itunes:explicit><link>https://example.com/</link>"
        "<copyright>© 2020 Ada</copyright><podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>"
        f'<itunes:image href="{host.put("/show.png", picture, "image/png")}"/>'
    )
    return show.import_feed(published(second, first, about=about))


def test_apps_find_the_same_episodes(host, moved):
    assert (moved.skips, moved.notes) == ((), ())
    second, first = items_of(moved)
    assert first.findtext("guid") == 'tag:old,2020:a&b "ü"'
    assert second.findtext("guid") == f"{host.url}/b.m4a?x=1"
    assert first.findtext("pubDate") == "Mon, 05 Jan 2026 06:30:15 -0500"
    assert second.findtext("pubDate") == "Tue, 06 Jan 2026 10:00:00 +0000"
    assert first.findtext("title") == "Tom & Jerry ét al."
    assert first.findtext("link") == "https://example.com/tom"
    told = {
        name: first.findtext(f"{ITUNES}{name}") for name in ("episode", "season", "episodeType", "explicit", "duration")
    }
    assert told == {"episode": "7", "season": "2", "episodeType": "bonus", "explicit": "true", "duration": "4"}
    assert second.find(f"{ITUNES}episode") is None


def test_notes_keep_their_links_and_run_nothing(moved):
    notes = items_of(moved)[1].findtext("description")
    assert notes == '<p>Hello <a>a</a> <a href="https://e.com/?a=1&amp;b=2">b</a></p>'


def test_recordings_are_those_that_came(moved, mp3, m4a):
    store = moved.place.store
    kept = [store.episode(name) for name in moved.episodes]
    assert [each.enclosure.name.rpartition(".")[2] for each in kept] == ["mp3", "m4a"]
    for each, came in zip(kept, (mp3, m4a), strict=True):
        assert (store.public_folder(each.name) / each.enclosure.name).read_bytes() == came
        assert each.enclosure.length == len(came)


def test_chapters_transcript_and_cover_come_along(moved):
    episode = moved.place.store.episode(moved.episodes[0])
    assert [(each.start, each.title, each.url) for each in episode.chapters] == [
        (0.0, "Start", ""),
        (2.5, "End", "https://example.com/end"),
    ]
    assert [(cue.start, cue.end, cue.speaker, cue.text) for cue in episode.cues] == [
        (0.0, 1.5, "Anna", "Tom & Jerry"),
        (1.5, 3.0, "Ben", "Two"),
    ]
    from PIL import Image

    with Image.open(moved.place.store.episode_folder(episode.name) / episode.cover) as cover:
        assert (cover.format, cover.size) == ("JPEG", (1_400, 1_400))


def test_the_show_keeps_what_its_feed_told(moved):
    assert settings_of(moved) == {
        "title": "The old show",
        "description": "News, told twice.",
        "language": "en-gb",
        "author": "Ada",
        "email": "a@example.com",
        "link": "https://example.com/",
        "category": "Society & Culture",
        "subcategory": "Philosophy",
        "copyright": "2020 Ada",
        "guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
        "explicit": False,
        "cover": "cover.png",
    }
    channel = channel_of(moved)
    assert channel.findtext(f"{PODCAST}guid") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert channel.findtext(f"{ITUNES}new-feed-url") == "http://localhost:8000/the-old-show/feed.xml"
    assert "# author" in moved.config.read_text("utf-8")


def test_an_imported_episode_is_judged_by_what_its_host_knew_and_has_no_script(moved, tmp_path):
    show = audioed.open(tmp_path / "show", cache=tmp_path / "cache")
    for name in moved.episodes:
        assert show.verify(name).findings == ()
    with pytest.raises(audioed.StoreError, match="was imported, so there is no script of it"):
        show.script(moved.episodes[0])
    with pytest.raises(audioed.StoreError, match="was imported"):
        show.proof(moved.episodes[0])


def test_a_second_run_adds_only_what_is_new(host, moved, mp3, tmp_path):
    before = host.files["/feed.xml"]
    third = item(host.put("/c.mp3", mp3), "c", "Third", "Wed, 07 Jan 2026 10:00:00 GMT")
    host.files["/feed.xml"] = before.replace(b"<item>", third.encode() + b"<item>", 1)
    host.asked.clear()
    again = audioed.open(tmp_path / "show", cache=tmp_path / "cache").import_feed(f"{host.url}/feed.xml")
    assert [path for path, _ in host.asked] == ["/feed.xml", "/c.mp3"]
    assert (again.known, len(again.episodes), again.place.store.show_folder) == (2, 1, moved.place.store.show_folder)
    assert [each.findtext("title") for each in items_of(again)] == ["Third", "Second", "Tom & Jerry ét al."]


def test_an_imported_episode_is_removed_restored_and_corrected_like_others(host, moved, tmp_path, monkeypatch):
    quicken(monkeypatch)
    show = audioed.open(tmp_path / "show", cache=tmp_path / "cache")
    _, first = show.episodes()
    show.remove(first)
    assert show.import_feed(f"{host.url}/feed.xml").episodes == ()
    assert [each.findtext("title") for each in items_of(moved)] == ["Second"]
    assert show.restore(first) == first
    before = items_of(moved)[1]
    path = tmp_path / "tom.md"
    path.write_text("# Tom and Jerry\n\nTom is a cat. Jerry is a mouse, and he always gets away in the end.\n", "utf-8")
    show.correct(first, path, note="Jerry is the mouse.")
    after = items_of(moved)[1]
    assert after.findtext("title") == "Tom and Jerry"
    for each in ("guid", "pubDate", f"{ITUNES}episode", f"{ITUNES}season"):
        assert after.findtext(each) == before.findtext(each)
    assert after.findtext("description").startswith("<p>Correction: Jerry is the mouse. (")
    show.remove(first, for_good=True)
    assert show.import_feed(f"{host.url}/feed.xml").episodes == ()
    show.remove(first, again=True)
    [again] = show.import_feed(f"{host.url}/feed.xml").episodes
    assert show.episode(again).guid == first.guid


def test_what_somebody_decided_stays(host, mp3, published, tmp_path):
    home = tmp_path / "show"
    home.mkdir()
    (home / "audioed.toml").write_text('# mine\n[show]\ntitle = "Mine" # really\nauthor = "Eve"\n', "utf-8")
    about = (
        f"{ABOUT}<itunes:author>Ada</itunes:author><itunes:category text='Nonsense'/><podcast:guid>no</podcast:guid>"
    )
    url = published(item(host.put("/a.mp3", mp3), "a"), about=about)
    found = audioed.open(home, cache=tmp_path / "cache").import_feed(url)
    told = (home / "audioed.toml").read_text("utf-8")
    assert told.startswith('# mine\n[show]\ntitle = "Mine" # really\nauthor = "Eve"\n')
    refused = {row.key: row.why_not for row in found.settings if row.why_not}
    assert set(refused) == {"title", "author", "category", "guid"}
    assert refused["author"] == "audioed.toml says 'Eve'"
    assert settings_of(found)["language"] == "en-gb"


def test_a_broken_download_goes_on_where_it_broke_off(host, mp3, published, show):
    url = published(item(host.put("/a.mp3", mp3), "a"))
    host.cuts["/a.mp3"] = 1
    found = show.import_feed(url)
    assert found.skips == ()
    assert [span for path, span in host.asked if path == "/a.mp3"] == ["", f"bytes={len(mp3) // 2}-"]


def test_what_another_run_left_is_used(host, mp3, published, show):
    url = published(item(host.put("/a.mp3", mp3), "a"))
    host.stops["/a.mp3"] = 20_000
    assert len(show.import_feed(url).skips) == 1
    host.stops.clear()
    host.asked.clear()
    found = show.import_feed(url)
    assert len(found.episodes) == 1
    [span] = [span for path, span in host.asked if path == "/a.mp3"]
    assert span.startswith("bytes=")
    assert not (found.place.store.show_folder / ".adopting").exists()


@pytest.mark.parametrize("change", ["another file", "no version"])
def test_a_file_that_may_be_another_one_comes_anew(host, mp3, published, show, change):
    url = published(item(host.put("/a.mp3", mp3), "a"))
    host.plain |= {"/a.mp3"} if change == "no version" else set()
    host.stops["/a.mp3"] = 20_000
    show.import_feed(url)
    host.stops.clear()
    if change == "another file":
        host.files["/a.mp3"] = mp3 + b"\0" * 2_000
    found = show.import_feed(url)
    episode = found.place.store.episode(found.episodes[0])
    assert (found.place.store.public_folder(episode.name) / episode.enclosure.name).read_bytes() == host.files["/a.mp3"]


def test_one_that_cannot_be_had_keeps_no_other_from_coming(host, mp3, published, show):
    page = host.put("/sorry.mp3", b"<html>Sorry</html>" * 2_000)
    host.moved["/far.mp3"] = host.put("/near.mp3", mp3)
    host.moved["/loop.mp3"] = host.url + "/loop.mp3"
    private = f"http://localhost:{host.server.server_port}/near.mp3"
    found = show.import_feed(
        published(
            item(f"{host.url}/gone.mp3", "gone", "Gone"),
            item(page, "page", "Page"),
            item(f"{host.url}/loop.mp3", "loop", "Loop"),
            item(private, "private", "Private"),
            item("file:///etc/passwd", "file", "File"),
            item(f"{host.url}/film.mp4", "film", "Film").replace("audio/mpeg", "video/mp4"),
            item(f"{host.url}/far.mp3", "far", "Far"),
            item(host.put("/empty.mp3", b""), "empty", "Empty"),
        )
    )
    assert [each.findtext("guid") for each in items_of(found)] == ["far"]
    why = {skip.name: skip.reason for skip in found.skips}
    assert "404" in why["Gone"]
    assert "is not a recording" in why["Page"]
    assert "redirects more than" in why["Loop"]
    assert "private address" in why["Private"]
    assert "has no audio" in why["File"]
    assert "is a video" in why["Film"]
    assert "is not a recording" in why["Empty"]


def test_two_of_one_guid_are_two_episodes_only_where_their_audio_differs(host, mp3, published, show):
    one, two = host.put("/1.mp3", mp3), host.put("/2.mp3", mp3)
    twice = [item(one, "x", "One"), item(one, "x", "One again"), item(two, "x", "Two"), item(one, "y", "Same file")]
    found = show.import_feed(published(*twice))
    assert sorted((each.findtext("guid"), each.findtext("title")) for each in items_of(found)) == [
        (two, "Two"),
        ("x", "One"),
        ("y", "Same file"),
    ]
    assert [path for path, _ in host.asked].count("/1.mp3") == 1
    assert "has the GUID of One" in found.notes[0]
    assert show.import_feed(f"{host.url}/feed.xml").episodes == ()


NAMES = ("../../etc", "a\x00b", "x" * 300, "CON", "nul.txt", "..", "a/b\\c:d*e?", "<b>Bold</b> &amp;amp; &lt;i&gt;", "")


def test_no_name_of_a_stranger_leaves_its_folder(host, mp3, published, show):
    url = host.put("/a.mp3", mp3)
    items = [
        item(f"{url}?{n}", f"g{n}", name.replace("\x00", "&#0;").replace("<", "&lt;")) for n, name in enumerate(NAMES)
    ]
    for n in range(len(NAMES)):
        host.put(f"/a.mp3?{n}", mp3)
    found = show.import_feed(published(*items))
    assert found.skips == ()
    folders = {path.name for path in found.place.store.show_folder.iterdir() if path.is_dir() and path.name[0] == "2"}
    assert folders == set(found.episodes)
    assert all(name.startswith("2026-01-05-") and len(name) <= 75 for name in folders)


def test_all_pages_of_a_feed_are_read(host, mp3, show):
    url = host.put("/a.mp3", mp3)
    for sheet in range(5):
        items = [item(f"{url}?{n}", f"g{n}", f"Number {n}") for n in range(sheet * 2, sheet * 2 + 2)]
        older = (
            f'<atom:link rel="next" href="feed-{sheet + 1}.xml"/>'
            if sheet < 4
            else '<atom:link rel="next" href="feed-0.xml"/>'
        )
        host.put(f"/feed-{sheet}.xml", feed(*items, about=ABOUT + older), "application/xml")
    told = show.import_feed(f"{host.url}/feed-0.xml")
    asked = [path for path, _ in host.asked if path.startswith("/feed")]
    assert asked == [f"/feed-{sheet}.xml" for sheet in range(5)]
    assert len(told.skips) == 10


def test_a_feed_in_a_file_is_imported_too(host, mp3, tmp_path, show):
    path = tmp_path / "old.xml"
    path.write_bytes(feed(item(host.put("/a.mp3", mp3), "a")))
    found = show.import_feed(str(path))
    assert "private address" in found.skips[0].reason


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
            "declares entities",
        ),
        (b"<html><body>Sorry</body></html>", "is not an RSS feed"),
        (b"", "is not a feed"),
        (feed(), "has no episodes"),
        (b"<rss>" + b" " * 300_000, "is larger than 0.2 MB"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(host, tmp_path, document, told):
    home = tmp_path / "show"
    home.mkdir()
    (home / "audioed.toml").write_text('[show]\ntitle = "Mine"\n[extraction]\nmax_bytes = 200000\n', "utf-8")
    url = host.put("/feed.xml", document, "application/rss+xml")
    with pytest.raises((AdoptionError, FetchError), match=told):
        audioed.open(home, cache=tmp_path / "cache").import_feed(url)
    assert not (home / "output").exists()


def test_an_import_that_is_killed_at_any_step_goes_on_and_ends_as_one_that_was_not(host, mp3, published, tmp_path):
    items = [item(host.put(f"/{n}.mp3", mp3 + bytes([n])), f"g{n}", f"Number {n}") for n in range(3)]
    url = published(*items)
    calm = audioed.open(tmp_path / "calm", cache=tmp_path / "cache").import_feed(url)
    steps = iter(range(1, 100, 4))
    for _ in range(100):
        left = next(steps)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", killing(left))
            try:
                found = audioed.open(tmp_path / "killed", cache=tmp_path / "other").import_feed(url)
                break
            except KeyboardInterrupt:
                continue
    assert left > 12
    assert public_files(found) == public_files(calm)


def killing(steps):
    """A rename that stops the process, as it were, at so many."""
    done, rename = count(1), Path.replace

    def replace(self, target):
        if next(done) == steps:
            raise KeyboardInterrupt
        return rename(self, target)

    return replace


def public_files(found):
    folder = found.place.store.public
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_import_tells_no_password(published, show):
    with pytest.raises(AdoptionError, match="has no episodes") as caught:
        show.import_feed(published().replace("//", "//jane:S3CRET@", 1))
    assert "S3CRET" not in str(caught.value) + caught.value.name
