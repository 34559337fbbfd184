"""An episode that stands as its articles would make it again is left alone; whatever has changed makes it anew."""

import os
from pathlib import Path

import pytest

import audioed
from audioed import extraction, standing
from audioed.cache import Cache
from audioed.config import Extraction
from audioed.model import Page
from audioed.place import Listener
from tests.quick import quicken

TEXT = "# The bridge\n\nIt opened on Monday, and nobody fell in.\n\nSiobhan was there, in the rain, with her camera.\n"
SETTINGS = '[show]\ntitle = "Harbour"\n[synthesis.roles]\nnarrator = "mine"\n'
SAMPLE = (Path(__file__).parents[1] / "samples" / "night-ferry.html").read_text("utf-8")
CARD = 'engine = "silent"\nlanguage = "mul"\nlicence = "mine"\n'


class Heard(Listener):
    def __init__(self):
        self.stages = []

    def stage(self, name):
        self.stages.append(name)


@pytest.fixture
def show(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    home = tmp_path / "show"
    (home / "voices" / "lexicon").mkdir(parents=True)
    (home / "voices" / "mine.toml").write_text(CARD, "utf-8")
    (home / "voices" / "lexicon" / "en.tsv").write_text("Siobhan\tShivawn\n", "utf-8")
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    (home / "bridge.md").write_text(TEXT, "utf-8")
    return home


def rendered(home, **wish):
    heard = Heard()
    episode = audioed.open(home, listener=heard).render(home / "bridge.md", **wish)
    return episode, heard.stages


def files(home):
    return {path: path.stat().st_mtime_ns for path in (home / "output" / "harbour").rglob("*") if path.is_file()}


def test_what_stands_is_not_made_again(show):
    first, stages = rendered(show)
    assert stages[-1] == "publish"
    before = files(show)
    again, stages = rendered(show)
    assert (again, stages) == (first, ["extract"])
    assert files(show) == before


def older(path):
    os.utime(path, ns=(1, 1))


CHANGES = {
    "article": lambda home, _: (home / "bridge.md").write_text(TEXT + "\nThe end.\n", "utf-8"),
    "settings": lambda home, _: (home / "audioed.toml").write_text(SETTINGS + "[mastering]\nloudness = -17\n", "utf-8"),
    "voice card": lambda home, _: (home / "voices" / "mine.toml").write_text(CARD + "rate = 1.1\n", "utf-8"),
    "lexicon": lambda home, _: (home / "voices" / "lexicon" / "en.tsv").write_text("Siobhan\tShiv\n", "utf-8"),
    "recording": lambda _, folder: next(folder.glob("*.mp3")).unlink(),
    "recording's bytes": lambda _, folder: next(folder.glob("*.mp3")).write_bytes(b"no sound"),
    "transcript": lambda _, folder: (folder / "transcript.vtt").unlink(),
    "script": lambda _, folder: older(folder / "script.json"),
    "feed": lambda _, folder: (folder.parent / "public" / "feed.xml").write_text("<rss/>", "utf-8"),
    "what the cache noted": lambda home, _: [path.unlink() for path in home.parent.glob("cache/standing/*")],
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_has_changed_is_made_anew(show, change, monkeypatch):
    quicken(monkeypatch)
    episode, _ = rendered(show)
    CHANGES[change](show, show / "output" / "harbour" / episode.name)
    again, stages = rendered(show)
    assert "speak" in stages
    assert again.guid == episode.guid
    folder = show / "output" / "harbour" / again.name
    assert (folder / again.enclosure.name).stat().st_size == again.enclosure.length
    assert again.enclosure.name in (folder.parent / "public" / "feed.xml").read_text("utf-8")
    rendered(show)  # lets go of what the episode was before
    assert rendered(show)[1] == ["extract"]


def test_another_episode_of_the_show_does_not_hide_a_change(show):
    rendered(show)
    (show / "bridge.md").write_text(TEXT.replace("Monday", "Tuesday"), "utf-8")
    assert "speak" in rendered(show)[1]
    (show / "bridge.md").write_text(TEXT, "utf-8")
    assert "speak" in rendered(show)[1]


def test_fresh_is_never_skipped(show):
    rendered(show)
    assert "speak" in rendered(show, fresh=True)[1]


READING = {
    "article": (lambda home: (home / "bridge.md").write_text(TEXT + "\nThe end.\n", "utf-8"), 2),
    "voice": (lambda home: (home / "voices" / "mine.toml").write_text(CARD + "rate = 1.1\n", "utf-8"), 1),
    "extraction": (lambda home: add(home, '[extraction]\ncode = "read"\n'), 2),
    "what the cache noted": (lambda home: damaged(home.parent.glob("cache/articles/*")), 2),
}


def add(home, settings):
    (home / "audioed.toml").write_text(SETTINGS + settings, "utf-8")


def damaged(paths):
    for path in paths:
        path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("change", READING)
def test_a_page_is_read_once_by_the_same_settings(show, monkeypatch, change):
    read, asked = extraction.extract, []
    monkeypatch.setattr(extraction, "extract", lambda *told: asked.append(told) or read(*told))
    first = audioed.open(show).extract(show / "bridge.md", keep=True)
    act, times = READING[change]
    act(show)
    again = audioed.open(show).extract(show / "bridge.md", keep=True)
    assert len(asked) == times
    assert (again == first) == (change != "article")


@pytest.mark.parametrize("page", ["page.html", "note.md"])
def test_an_article_that_is_kept_is_the_one_that_was_read(page, tmp_path, monkeypatch):
    pages = {"page.html": "text/html", "note.md": "text/markdown"}
    told = (SAMPLE if page == "page.html" else TEXT, pages[page])
    found = Page(url=page, media_type=told[1], text=told[0])
    kept = Cache(tmp_path)
    first = standing.read(found, Extraction(), kept)
    monkeypatch.setattr(extraction, "extract", None)
    assert standing.read(found, Extraction(), kept) == first
    assert first.cuts or page == "note.md"


def test_an_outsiders_reader_is_asked_each_time(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(extraction, "extract", lambda page, _: asked.append(page))
    for _ in range(2):
        standing.read(Page(url="a", media_type="application/x-outsiders", text="a"), Extraction(), Cache(tmp_path))
    assert len(asked) == 2
    assert not (tmp_path / "articles").exists()
