"""
Which article is which episode, night after night: none is lost, doubled or overwritten, whatever is renamed.

Each test is some nights of a show, and five quiet ones after them, in which not a byte of the feed changes.
"""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from audioed import build, nightly, producing
from audioed.catalogue import Wish
from audioed.inputs import pages
from audioed.opening import open as open_show
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import Quiet

NS = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd", "podcast": "https://podcastindex.org/namespace/1.0"}
SILENT = "".join(f'{role} = "silent"\n' for role in ("narrator", "headlines", "promo", "quote"))
WORDS = [
    "ferry",
    "harbour",
    "lamp",
    "bridge",
    "winter",
    "bakery",
    "oven",
    "carpenter",
    "tram",
    "canary",
    "driver",
    "whistle",
    "island",
    "council",
    "bell",
    "crossing",
    "milk",
    "post",
    "school",
    "spring",
    "keeper",
    "stove",
    "wreck",
    "mole",
    "engineer",
    "poet",
    "report",
    "telephone",
    "lorry",
    "window",
    "biscuit",
    "master",
]


def text(seed, sentences=12):
    """Prose of its own for each seed, of which no word stands in another's."""
    said = []
    for n in range(sentences):
        words = [WORDS[(n * 5 + k * (n + 3)) % len(WORDS)] + "abcdefgh"[seed] for k in range(9)]
        said.append(f"{' '.join(words).capitalize()}.")
    return " ".join(said)


@pytest.fixture
def show(tmp_path, monkeypatch):
    """A show of its own, in a folder of its own, that is set up anew every night."""
    quicken(monkeypatch)
    monkeypatch.chdir(tmp_path)
    made = Show(tmp_path)
    yield made
    monkeypatch.chdir(made.home)
    told = made.feeds()
    for _ in range(5):
        assert made.build() is None, "nothing is new in the nights after"
        assert made.feeds() == told


class Show:
    """A folder with audioed.toml, and what its listeners see after each night."""

    def __init__(self, home: Path):
        self.home, self.night = home, 0
        self.settings = {"show": {"title": "The Sound"}, "publishing": {"base_url": "https://one.example/pod"}}
        self.nightly = {"folders": ["letters"]}
        (home / "letters").mkdir(exist_ok=True)

    def put(self, name, seed=0, *, title="Weekly notes", front="", body=""):
        path = self.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: {title}\n{front}---\n{body or text(seed)}\n", "utf-8")

    def place(self):
        tables = {**self.settings, "nightly": self.nightly}
        written = "".join(
            f"[{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
            for name, table in tables.items()
        )
        (self.home / "audioed.toml").write_text(f"{written}[synthesis.roles]\n{SILENT}", "utf-8")
        return open_show(cache=self.home / "cache").place

    def build(self):
        """A night; what it made, or None."""
        self.night += 1
        return nightly.run(self.place(), DAY + timedelta(days=self.night)).episode

    def render(self, *names):
        self.night += 1
        place = self.place()
        found, _ = build.extract(
            pages(names, place.config.extraction, None, place.store.home), place.config, place.cards
        )
        return producing.produce(found, Wish(DAY + timedelta(days=self.night)), place)

    @property
    def folder(self):
        (feed,) = self.home.glob("output/*/public/feed.xml")
        return feed.parent.parent

    def feed(self):
        return etree.parse(self.folder / "public" / "feed.xml").getroot()

    def feeds(self):
        """Every byte that apps get."""
        return {path: path.read_bytes() for path in self.home.glob("output/*/public/feed*.xml")}

    def told(self):
        """What the feed tells, newest first: number and GUID."""
        items = self.feed().iterfind(".//item")
        return [(int(each.findtext("itunes:episode", namespaces=NS)), each.findtext("guid")) for each in items]


def numbers(show):
    return [number for number, _ in show.told()]


def test_two_files_of_one_title_are_two_episodes_every_night(show):
    show.put("letters/a.md", 1)
    guids = []
    for night in range(5):
        if night == 1:
            show.put("letters/b.md", 2)
        made = show.build()
        assert (made is not None) is (night < 2)
        guids.append(dict(show.told()))
    assert numbers(show) == [2, 1]
    assert [each[1] for each in guids] == [guids[0][1]] * 5


def test_a_file_under_revision_stays_its_episode_and_another_text_in_its_place_is_a_new_one(show):
    show.put("letters/notes.md", 1)
    first = show.build()
    show.put("letters/notes.md", 1, title="Weekly notes, mended", body=text(1) + " A sentence more.")
    assert show.build() is None
    again = show.render("letters/notes.md")
    assert (again.guid, again.name, again.title) == (first.guid, first.name, "Weekly notes, mended")
    show.put("letters/notes.md", 2)
    second = show.build()
    assert second.guid != first.guid
    assert show.build() is None
    show.put("letters/notes.md", 1)  # last week's comes back
    assert show.build() is None
    assert show.told() == [(2, second.guid), (1, first.guid)]


@pytest.mark.parametrize("name", ["letters/renamed.md", "letters/an older name.md", "more/a.md"])
def test_a_renamed_file_is_the_same_episode_whatever_it_is_called(show, name):
    show.nightly = {"folders": ["letters", "more"]}
    (show.home / "more").mkdir()
    show.put("letters/a.md", 1)
    first = show.build()
    (show.home / "letters" / "a.md").rename(show.home / name)
    assert show.build() is None
    assert show.render(name).guid == first.guid
    show.put("letters/a.md", 2)  # its old name is free for another text
    second = show.build()
    assert show.build() is None
    assert show.told() == [(2, second.guid), (1, first.guid)]


def test_two_folders_may_hold_files_of_one_name(show):
    show.nightly = {"folders": ["north", "south"], "most": 1}
    show.put("north/notes.md", 1)
    show.put("south/notes.md", 2)
    made = [show.build() for _ in range(5)]
    assert [each is not None for each in made] == [True, True, False, False, False]
    assert numbers(show) == [2, 1]


@pytest.mark.parametrize(
    "front",
    [
        "url: https://example.com/notes\n",
        "canonical_url: https://example.com/notes?utm_source=x\n",
        "link: http://EXAMPLE.com/notes/\n",
    ],
)
def test_a_file_that_gains_an_address_stays_its_episode(show, front):
    show.put("letters/notes.md", 1)
    first = show.build()
    show.put("letters/notes.md", 1, front=front)
    assert show.build() is None
    again = show.render("letters/notes.md")
    assert again.guid == first.guid
    assert again.sources[0].url
    show.put("letters/other.md", 2, front=front)  # an author who writes the same address into every letter
    assert show.build().guid != first.guid
    assert show.build() is None
    assert numbers(show) == [2, 1]


def test_a_show_keeps_its_feed_and_its_episodes_when_it_is_renamed(show):
    show.put("letters/a.md", 1)
    first = show.build()
    folder, guid = show.folder, show.feed().findtext(".//podcast:guid", namespaces=NS)
    for night, title in enumerate(("The Strait", "Łódź & more", "The Sound"), start=2):
        show.settings["show"]["title"] = title
        show.put(f"letters/{night}.md", night)
        show.build()
        assert show.folder == folder
        assert show.feed().findtext(".//channel/title") == title
        assert show.feed().findtext(".//podcast:guid", namespaces=NS) == guid
    assert show.told()[-1] == (1, first.guid)
    assert numbers(show) == [4, 3, 2, 1]
    assert show.feed().find(".//itunes:new-feed-url", NS) is None


def test_a_show_that_moves_keeps_its_guids_and_tells_where_it_is(show):
    show.put("letters/a.md", 1)
    show.build()
    before, guid = show.told(), show.feed().findtext(".//podcast:guid", namespaces=NS)
    for night, base_url in enumerate(("https://two.example/pod", "https://three.example"), start=2):
        show.settings["publishing"]["base_url"] = base_url
        assert show.build() is None
        assert show.told() == before
        assert show.feed().findtext(".//podcast:guid", namespaces=NS) == guid
        here = f"{base_url}/the-sound/feed.xml"
        assert show.feed().findtext(".//itunes:new-feed-url", namespaces=NS) == here
        assert show.feed().find(".//enclosure").get("url").startswith(base_url)
        show.put(f"letters/{night}.md", night)
        show.build()
        assert show.told()[-1] == before[-1]
        before = show.told()


def test_a_show_whose_folder_moves_goes_on(show, monkeypatch):
    show.put("letters/a.md", 1)
    first = show.build()
    elsewhere = show.home.with_name(f"{show.home.name}-moved")
    show.home.rename(elsewhere)
    monkeypatch.chdir(elsewhere)
    show.home = elsewhere
    assert show.build() is None
    show.settings["show"]["title"] = "Another name"
    show.put("letters/b.md", 2)
    show.build()
    assert show.told()[-1] == (1, first.guid)
    assert numbers(show) == [2, 1]


def test_two_shows_of_one_slug_have_a_feed_each(show, tmp_path, monkeypatch):
    show.put("letters/a.md", 1)
    show.build()
    (tmp_path / "other").mkdir()
    other = Show(tmp_path / "other")
    other.settings["show"]["title"] = "The sound!"
    other.put("letters/a.md", 1)
    monkeypatch.chdir(other.home)
    place = other.place()
    shared = open_show(output=tmp_path / "output", cache=tmp_path / "cache").place
    assert place.config.show.title == "The sound!"
    nightly.run(shared, DAY)
    folders = {path.parent.parent.name: path for path in tmp_path.glob("output/*/public/feed.xml")}
    assert set(folders) == {"the-sound", "the-sound-2"}
    guids = {etree.parse(path).getroot().findtext(".//podcast:guid", namespaces=NS) for path in folders.values()}
    assert len(guids) == 2


ENTRY = (
    "<entry><title>{title}</title><id>{id}</id><link href='{link}'/><updated>2026-01-02T00:00:00Z</updated>"
    "<content type='html'>{text}</content></entry>"
)


@pytest.fixture
def feed(show, tmp_path):
    """A feed on this machine whose entries a test sets."""
    from functools import partial
    from http.server import ThreadingHTTPServer
    from threading import Thread

    (tmp_path / "site").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "site"))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    show.nightly = {"feeds": [f"{base}/feed.xml"]}

    def entries(*found):
        inside = "".join(
            ENTRY.format(title=f"Part {seed}", id=name, link=f"{base}{link}", text=text(seed, 40))
            for name, link, seed in found
        )
        head = "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>f</id>"
        (tmp_path / "site" / "feed.xml").write_text(f"<?xml version='1.0'?>{head}{inside}</feed>", "utf-8")
        for kept in tmp_path.glob("cache/pages/*"):
            kept.unlink()  # the server tells changes by the second

    yield entries
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("tag:1", "/old-slug"), ("tag:1", "/new-slug")),
        (("tag:1", "/a?utm_term=1"), ("tag:2", "/a?utm_term=2")),
        (("", "/a"), ("", "/a/")),
        (("", "/a"), ("", "/a#comments")),
        (("1", "/a?fbclid=x"), ("1", "/b?gclid=y")),
    ],
)
def test_an_entry_is_one_episode_while_its_id_or_its_address_stays(show, feed, before, after):
    feed((*before, 1))
    show.build()
    for night in range(4):
        feed(*[(*after, 1)] if night % 2 else [(*before, 1)])
        assert show.build() is None
    feed((*after, 1), ("tag:new", "/new", 2))
    assert show.build() is not None
    assert numbers(show) == [2, 1]


def test_sections_of_one_page_are_entries_of_their_own(show, feed):
    feed(("v1", "/log#v1", 1), ("v2", "/log#v2", 2))
    show.build()
    assert len(show.place().store.episode(next(show.folder.glob("*/episode.json")).parent.name).sources) == 2
    feed(("v3", "/log#v3", 3), ("v1", "/log#v1", 1), ("v2", "/log#v2", 2))
    assert [each.title for each in show.build().sources] == ["Part 3"]
    assert show.build() is None


def test_an_episode_that_was_taken_away_may_be_made_again(show):
    import shutil

    show.put("letters/a.md", 1)
    first = show.build()
    assert show.build() is None
    shutil.rmtree(show.folder / first.name)
    assert replace(show.build(), day=first.day).guid is not None
    assert len(show.told()) == 1


def test_two_versions_of_one_article_are_one_article_of_the_night(show, feed):
    letters = {"folders": ["letters"]}
    feed(("tag:1", "/a", 1))
    show.nightly = {**show.nightly, **letters}
    address = show.nightly["feeds"][0].replace("feed.xml", "a")
    show.put("letters/a.md", front=f"url: {address}\n", body=text(1, 40) + " A sentence more.")
    show.put("letters/b.md", front="url: https://x.example/b\n", body=text(2))
    show.put("letters/b2.md", front="url: https://x.example/b/?utm_source=x\n", body=text(2) + " A sentence more.")
    assert len(show.build().sources) == 2
    assert show.build() is None


@pytest.mark.parametrize("words", [5, 18, 40])
def test_a_renamed_file_is_the_same_however_short_it_is(show, words):
    show.put("letters/a.md", body=" ".join(text(1).split()[:words]).rstrip(".") + ".")
    first = show.build()
    (show.home / "letters" / "a.md").rename(show.home / "letters" / "b.md")
    assert show.build() is None
    assert show.render("letters/b.md").guid == first.guid


def test_entries_without_address_and_id_are_told_apart_by_their_text(show, feed):
    items = "<item><title>Weekly notes</title><description>{}</description></item>"
    head = "<?xml version='1.0'?><rss version='2.0'><channel><title>F</title><description>d</description>"

    def weekly(*seeds):
        feed()
        inside = "".join(items.format(text(n)) for n in seeds)
        (show.home / "site" / "feed.xml").write_text(f"{head}{inside}</channel></rss>", "utf-8")

    weekly(1)
    assert show.build() is not None
    assert show.build() is None
    weekly(2)
    assert show.build() is not None
    assert show.build() is None
    assert numbers(show) == [2, 1]


def test_nothing_of_a_feeds_address_is_published(show, feed, tmp_path):
    feed(("tag:1", "/a", 1))
    show.nightly["feeds"] = [f"{show.nightly['feeds'][0]}?auth=SECRETTOKEN"]
    show.build()
    written = [path for path in tmp_path.glob("output/**/*") if path.is_file()]
    assert written
    assert not [path for path in written if b"SECRETTOKEN" in path.read_bytes()]


@pytest.mark.parametrize("damage", [lambda data: data[:200], lambda data: b"{}" + data, lambda _: b""])
def test_an_article_whose_episode_cannot_be_read_stays_that_episode(show, damage):
    show.put("letters/a.md", 1)
    first = show.build()
    show.put("letters/b.md", 2)
    show.build()
    record = show.folder / first.name / "episode.json"
    record.write_bytes(damage(record.read_bytes()))
    assert show.build() is None
    assert numbers(show) == [2]
    again = show.render("letters/a.md")
    assert (again.guid, again.name, again.number, again.day) == (first.guid, first.name, 1, first.day)
    assert numbers(show) == [2, 1]


def test_an_index_that_is_lost_changes_no_byte_of_the_feed(show):
    for number in range(1, 6):
        show.put(f"letters/{number}.md", number)
        show.build()
    show.settings["publishing"]["page"] = 2
    show.build()
    pages = {path.name: path.read_bytes() for path in show.folder.glob("public/feed*.xml")}
    assert len(pages) == 3
    ways = [lambda _: None, lambda data: data[: len(data) // 2], lambda _: b"", lambda data: data.replace(b"a", b"b")]
    for way in ways:
        (index,) = show.home.glob("cache/catalogues/*")
        good = index.read_bytes()
        index.unlink()
        if (data := way(good)) is not None:
            index.write_bytes(data)
        assert show.build() is None
        assert {path.name: path.read_bytes() for path in show.folder.glob("public/feed*.xml")} == pages


def test_what_is_lost_of_an_older_episode_is_lost_to_the_feed_whatever_the_index_says(show):
    for number in range(1, 4):
        show.put(f"letters/{number}.md", number)
        show.build()
    show.settings["publishing"]["page"] = 1
    show.build()
    oldest = min(show.folder.glob("*/episode.json"))
    told = json.loads(oldest.read_bytes())
    alternate = {"name": f"{told['name']}-0123456789.opus", "media_type": "audio/ogg", "length": 3}
    (oldest.parent / alternate["name"]).write_bytes(b"abc")
    oldest.write_text(json.dumps({**told, "alternates": [alternate]}), "utf-8")
    show.build()
    page = next(path for path in show.folder.glob("public/feed*.xml") if told["guid"] in path.read_text("utf-8"))
    assert alternate["name"] in page.read_text("utf-8")
    (oldest.parent / alternate["name"]).unlink()
    show.build()
    assert alternate["name"] not in page.read_text("utf-8")
