"""A feed of one listener's own: found by nobody else, whole, and gone when it is taken away."""

import json
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from lxml import etree

import audioed
from audioed import build, files
from audioed.deploying.plan import public_files
from audioed.errors import ConfigError, ListenerError, StoreError
from audioed.linting import lint
from audioed.listeners import Listeners
from audioed.model import Chapter, Cue, Enclosure, Episode, Loudness, Source
from audioed.place import QUIET
from audioed.publishing import accompany

NS = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd", "podcast": "https://podcastindex.org/namespace/1.0"}
BASE = "https://pods.example.org"


@pytest.fixture
def home(tmp_path):
    return settled(tmp_path / "show")


def settled(home, more=""):
    home.mkdir(exist_ok=True)
    text = f'[show]\ntitle = "Ours"\nemail = "a@example.org"\n[publishing]\nbase_url = "{BASE}"\npage = 2\n{more}'
    (home / "audioed.toml").write_text(text, "utf-8")
    return home


def opened(home):
    return audioed.open(home, cache=home / "cache")


def put(show, number, url="https://example.org/a"):
    """An episode as a build leaves it, without having spoken."""
    name, store = f"2026-11-{number:02}-news", show.place.store
    audio = bytes([number]) * 20_000
    card = b"\xff\xd8\xff" + bytes([number])
    episode = Episode(
        guid=f"guid-{number}",
        name=name,
        show="Ours",
        title=f"News {number}",
        day=date(2026, 11, number),
        number=number,
        language="en",
        enclosure=Enclosure(name=f"{name}-0123456789.mp3", media_type="audio/mpeg", length=len(audio)),
        duration=60.0,
        chapters=(Chapter(title="One", start=0.0, image="chapter-0123456789.jpg"), Chapter(title="Two", start=30.0)),
        loudness=Loudness(integrated=-16, true_peak=-1, range=3),
        sources=(Source(title="A", url=url), Source(title="B")),
        segments=(),
        cues=(Cue(start=0.0, end=2.0, speaker="", text="Hello."),),
    )
    folder = store.episode_folder(name)
    files.write(folder / episode.enclosure.name, audio)
    files.write(folder / "chapter-0123456789.jpg", card)
    accompany(episode, BASE, store)
    store.save(episode, folder / "episode.json")
    return episode


@pytest.fixture
def show(home):
    show = opened(home)
    for number in (1, 2, 3):
        put(show, number)
    show.publish()
    return show


def folder_of(show, feed):
    path = feed.address.removeprefix(f"{BASE}/ours/").removesuffix("/feed.xml")
    return show.folder / "public" / path


def named(document):
    """Every address of the show's own that a document names."""
    return set(re.findall(rf"{re.escape(BASE)}[^\"'<\s&]*", document))


def test_a_listener_gets_the_same_episodes_from_a_folder_that_nobody_can_guess(show):
    [anna] = show.listeners.add("Anna")
    token = re.fullmatch(rf"{BASE}/ours/private/([0-9a-f]{{40}})/feed\.xml", anna.address)[1]
    folder = folder_of(show, anna)
    public, own = (etree.parse(path / "feed.xml") for path in (show.folder / "public", folder))
    assert own.xpath("//guid/text()") == public.xpath("//guid/text()")
    assert own.xpath("//pubDate/text()") == public.xpath("//pubDate/text()")
    assert own.xpath("//itunes:block/text()", namespaces=NS) == ["Yes"]
    guids = [each.xpath("//podcast:guid/text()", namespaces=NS) for each in (public, own)]
    assert guids[0] != guids[1]
    for page in folder.glob("feed*.xml"):
        for address in named(page.read_text("utf-8")):
            path = address.removeprefix(f"{BASE}/ours/private/{token}/")
            assert path != address, "leads to what is everybody's"
            assert (folder / path).exists(), path
    assert len(list(folder.glob("feed*.xml"))) == 2
    chapters = json.loads((folder / "2026-11-01-news" / "chapters.json").read_text("utf-8"))
    assert chapters["chapters"][0]["img"] == f"{BASE}/ours/private/{token}/2026-11-01-news/chapter-0123456789.jpg"


def test_recordings_take_no_room_a_second_time(show):
    many = show.listeners.add(*(f"listener {n}" for n in range(20)))
    path = next(show.folder.glob("2026-11-01-news/*.mp3"))
    assert all((folder_of(show, each) / "2026-11-01-news" / path.name).samefile(path) for each in many)


def test_where_no_more_links_can_be_had_a_copy_is_linked(show, monkeypatch):
    link = os.link

    def scarce(source, target):
        if Path(source).stat().st_nlink >= 5:
            raise OSError(31, "Too many links")
        link(source, target)

    monkeypatch.setattr(os, "link", scarce)
    many = show.listeners.add(*(f"listener {n}" for n in range(20)))
    inodes = {next(folder_of(show, each).glob("2026-11-01-news/*.mp3")).stat().st_ino for each in many}
    assert 4 <= len(inodes) <= 6


def test_nobody_else_learns_of_a_private_feed(home):
    show = opened(settled(home, 'hub = "https://hub.example.com/"\n'))
    put(show, 1)
    show.publish()
    anna, ben = show.listeners.add("Anna", "ben@example.org")
    token = anna.address.split("/")[-2]
    telling = [
        path.relative_to(show.folder).as_posix()
        for path in show.folder.rglob("*")
        if path.is_file() and token.encode() in path.read_bytes() and folder_of(show, anna) not in path.parents
    ]
    assert telling == ["listeners.json"]
    told = [b"hub.example.com" in path.read_bytes() for path in (show.folder / "public").rglob("feed.xml")]
    assert sorted(told) == [False, False, True]
    private = show.folder / "public" / "private"
    for page in (private / "index.html", folder_of(show, anna) / "index.html"):
        assert b'content="noindex, nofollow"' in page.read_bytes()
    assert b"Anna" not in b"".join(path.read_bytes() for path in private.rglob("*") if path.is_file())
    assert [each.name for each in show.listeners] == ["Anna", "ben@example.org"]
    if os.name == "posix":
        assert (show.folder / "listeners.json").stat().st_mode & 0o777 == 0o600
    assert folder_of(show, ben).is_dir()


def test_a_feed_that_is_taken_away_is_gone_and_the_others_stay(show):
    anna, ben = show.listeners.add("Anna", "Ben")
    before = (folder_of(show, ben) / "feed.xml").read_bytes()
    show.listeners.revoke("ANNA ")
    assert not folder_of(show, anna).exists()
    assert (folder_of(show, ben) / "feed.xml").read_bytes() == before
    assert [each.name for each in show.listeners] == ["Ben"]
    show.listeners.revoke("Ben")
    assert [path.name for path in (show.folder / "public" / "private").iterdir()] == ["index.html"]
    [again] = show.listeners.add("Anna")
    assert again.address != anna.address


def test_adding_twice_changes_nothing_and_strange_names_are_told(show):
    [first] = show.listeners.add("Anna")
    [second] = show.listeners.add(" anna")
    assert (first.address, first.name) == (second.address, second.name)
    for name in ("", "a\nb", "\x1b[2J", "x" * 201):
        with pytest.raises(ListenerError):
            show.listeners.add(name)
    with pytest.raises(ListenerError, match="Zoe is not a listener"):
        show.listeners.revoke("Anna", "Zoe")
    assert show.listeners.address("Anna") == first.address


def test_one_more_episode_costs_each_listener_its_own_files_and_a_page(show):
    many = show.listeners.add("Anna", "Ben", "Cleo")
    before = {
        path: path.stat().st_mtime_ns for path in (show.folder / "public" / "private").rglob("*") if path.is_file()
    }
    put(show, 4)
    build.publish(show.place, anew=False)
    after = {
        path: path.stat().st_mtime_ns for path in (show.folder / "public" / "private").rglob("*") if path.is_file()
    }
    touched = {path.name for path in before if after.get(path) != before[path]}
    assert touched == {"feed.xml", "feed-1.xml"}
    new = {path.parent.name for path in after.keys() - before.keys()}
    assert new == {"2026-11-04-news"}
    assert all(len(etree.parse(folder_of(show, each) / "feed.xml").xpath("//item")) == 2 for each in many)


def test_what_is_deleted_comes_back_and_what_is_gone_goes(show):
    [anna] = show.listeners.add("Anna")
    folder = folder_of(show, anna)
    told = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    shutil.rmtree(show.folder / "public")
    show.publish()
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == told
    shutil.rmtree(show.folder / "2026-11-02-news")
    show.publish()
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["2026-11-01-news", "2026-11-03-news"]
    assert not (folder / "feed-1.xml").exists()


def test_a_private_show_shows_nobody_anything(home, show):
    [anna] = show.listeners.add("Anna")
    private = opened(settled(home, "private = true\n"))
    private.publish()
    assert sorted(path.name for path in (show.folder / "public").iterdir()) == ["index.html", "private"]
    assert len(etree.parse(folder_of(show, anna) / "feed.xml").xpath("//item")) == 2
    put(private, 4)
    build.publish(private.place, anew=False)
    assert "News 4" in (folder_of(show, anna) / "feed.xml").read_text("utf-8")
    assert sorted(path.name for path in (show.folder / "public").iterdir()) == ["index.html", "private"]
    opened(settled(home)).publish()
    assert (show.folder / "public" / "index.html").is_file()
    assert not (show.folder / ".staged").exists()


def test_the_stylesheet_that_a_feed_names_lies_beside_it_wherever_that_is(home, show):
    store = show.place.store
    for number, section in ((1, "Sea"), (2, "Sea"), (3, "Land & air")):
        episode = store.episode(f"2026-11-{number:02}-news")
        told = tuple(replace(each, section=section) for each in episode.sources)
        store.save(replace(episode, sources=told), store.episode_folder(episode.name) / "episode.json")
    for more, count_ in (("section_feeds = true\n", 6), ("private = true\n", 2)):
        show = opened(settled(home, more))
        show.listeners.add("Anna")
        feeds = sorted((show.folder / "public").rglob("*.xml"))
        assert len(feeds) == count_
        for path in feeds:
            href = re.search(r'<\?xml-stylesheet type="text/css" href="([^"]+)"', path.read_text("utf-8"))[1]
            assert (path.parent / href).is_file(), path
            assert (path.parent / href).resolve().is_relative_to(show.folder / "public")


def test_a_private_show_is_deployed_and_so_is_the_loss_of_its_last_listener(home, show):
    private = opened(settled(home, "private = true\n"))
    private.listeners.add("Anna")
    files_ = public_files(show.folder / "public", private.place.store.cache, "x")
    assert len([name for name in files_ if name.endswith("feed.xml")]) == 1
    private.listeners.revoke("Anna")
    assert list(public_files(show.folder / "public", private.place.store.cache, "x")) == [
        "index.html",
        "private/index.html",
    ]


def test_a_show_that_becomes_private_before_anybody_is_invited_leaves_nothing_public(home, show):
    private = opened(settled(home, "private = true\n"))
    private.publish()
    files_ = public_files(show.folder / "public", private.place.store.cache, "x")
    assert list(files_) == ["index.html", "private/index.html"]


@pytest.mark.parametrize("text", ["0" * 40, "f" * 40, str(uuid5(UUID(int=0), "0" * 40))])
def test_no_text_of_a_stranger_is_given_a_listeners_token(show, text):
    put(show, 5, url=f"https://evil.example/{text}")
    [anna] = show.listeners.add("Anna")
    feed = (folder_of(show, anna) / "feed.xml").read_text("utf-8")
    assert f"https://evil.example/{text}" in feed
    assert "evil.example/" + folder_of(show, anna).name not in feed


def test_apps_are_told_when_a_private_feed_moves(home, show):
    [anna] = show.listeners.add("Anna")
    text = (home / "audioed.toml").read_text("utf-8").replace(BASE, "https://new.example.org")
    (home / "audioed.toml").write_text(text, "utf-8")
    opened(home).publish()
    told = etree.parse(folder_of(show, anna) / "feed.xml").xpath("//itunes:new-feed-url/text()", namespaces=NS)
    assert told == [anna.address.replace(BASE, "https://new.example.org")]


def test_a_list_that_is_damaged_takes_nobodys_feed_away(show):
    [anna] = show.listeners.add("Anna")
    (show.folder / "listeners.json").write_text("[{", "utf-8")
    with pytest.raises(StoreError, match="is damaged"):
        show.publish()
    (show.folder / "listeners.json").unlink()
    show.publish()
    assert (folder_of(show, anna) / "feed.xml").is_file()


def test_a_private_feed_is_as_sound_as_the_public_one(show):
    [anna] = show.listeners.add("Anna")
    own, everybodys = (
        {(each.rule, each.item) for each in lint(path)} for path in (folder_of(show, anna), show.folder / "public")
    )
    assert own - everybodys == set()


def test_whatever_step_a_change_is_killed_at_the_next_one_puts_it_right(home, show):
    show.listeners.add("Anna", "Ben")
    rename = Path.replace
    for steps in count(1, 2):
        done = count(1)

        def replace(self, target, done=done, steps=steps):
            if next(done) == steps:
                raise KeyboardInterrupt
            return rename(self, target)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            try:
                opened(home).listeners.add(f"Listener {steps}")
                break
            except KeyboardInterrupt:
                continue
    assert steps > 5
    listeners = list(opened(home).listeners)
    assert {each.name for each in listeners} >= {"Anna", "Ben", f"Listener {steps}"}
    tokens = {path.name for path in (show.folder / "public" / "private").iterdir() if path.is_dir()}
    assert tokens == {each.address.split("/")[-2] for each in listeners}
    for each in listeners:
        for address in named((folder_of(show, each) / "feed.xml").read_text("utf-8")):
            assert (show.folder / "public" / address.removeprefix(f"{BASE}/ours/")).exists()


def test_a_feed_is_taken_away_although_the_show_cannot_be_published(show):
    [anna] = show.listeners.add("Anna")
    place = replace(show.place, config=replace(show.place.config, show=replace(show.place.config.show, language="xx")))
    with pytest.raises(ConfigError, match=r"show\.language"):
        Listeners(place, date(2026, 11, 9), QUIET).revoke("Anna")
    assert not folder_of(show, anna).exists()


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_wrong_with_a_private_feed_is_told_without_its_address(show, whole):
    feeds = show.listeners.add("Anna", "Ben", "Cleo")
    for each in feeds:
        (folder_of(show, each) / "script.json").write_text("{}", "utf-8")
        path = folder_of(show, each) / "feed.xml"
        path.write_text(path.read_text("utf-8").replace(".mp3", ".exe"), "utf-8")
    found = [each for each in lint(show.folder / "public", whole=whole) if each.file.startswith("private/")]
    tokens = [each.address.split("/")[-2] for each in feeds]
    assert len({each.file.split("/")[1] for each in found}) == (3 if whole else 1)
    assert {each.rule for each in found} >= {"private", "enclosure-extension"}
    assert not [each for each in found for token in tokens if token[:9] in f"{each.file} {each.told}"]


@pytest.mark.parametrize(
    ("more", "archives"), [("", 1), ('keep = "2 episodes"', 1), ('keep = "2 years"\nolder = "delete"', 0)]
)
def test_pages_whose_oldest_episodes_are_deleted_in_time_are_no_archives(tmp_path, more, archives):
    show = opened(settled(tmp_path / "lasting", more))
    for number in (1, 2, 3, 4):
        put(show, number)
    show.publish()
    [anna] = show.listeners.add("Anna")
    for folder in (show.folder / "public", folder_of(show, anna)):
        assert (folder / "feed-1.xml").read_bytes().count(b"<fh:archive/>") == archives
