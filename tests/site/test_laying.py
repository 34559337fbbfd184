"""The site as it lies there: what a new episode costs, what comes back, what goes."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from audioed import build, producing
from audioed.catalogue import Wish
from audioed.errors import ConfigError, StoreError
from audioed.model import Episode
from audioed.nouns import dump, parse
from audioed.site import Library, index, lay_out, laying, validate
from tests.site.test_pages import DATA, SHOW

DAY = date(2026, 1, 1)


class Entry:
    """An episode as the index knows it."""

    def __init__(self, episode):
        self.name, self.number, self.digest = episode.name, episode.number, str(hash(dump(episode)))


@pytest.fixture(scope="module")
def model():
    path = DATA / "episode.json"
    episode = parse(Episode, path.read_bytes(), path)
    return replace(episode, cover="", cues=episode.cues[:4], segments=episode.segments[:2])


@pytest.fixture
def lay(silent, model, monkeypatch):
    """Lay out a show of the episodes with these numbers, on small pages; gives the names of those that were opened."""
    monkeypatch.setattr(index, "GROUP", 8)
    monkeypatch.setattr(laying, "NEWEST", 3)
    made = {}

    def episode(number):
        first = replace(model.cues[0], text=f"Number {number} tells of otters and Ångström.", words=())
        name = f"2026-{number:04}"
        return replace(
            model, name=name, number=number, title=f"No. {number}", day=DAY + timedelta(number), cues=(first,)
        )

    def lay(*numbers, show=SHOW, load=None):
        episodes = {each.name: each for each in map(episode, sorted(numbers, reverse=True))}
        opened = []

        def opening(name):
            opened.append(name)
            return (load or episodes.__getitem__)(name)

        library = Library([Entry(each) for each in episodes.values()], opening, made, {})
        lay_out(library, show, silent.config.publishing, silent.store)
        return opened

    lay.made = made
    return lay


def files(store):
    return {path.relative_to(store.public).as_posix(): path for path in store.public.rglob("*") if path.is_file()}


def state(store):
    return {name: (path.stat().st_mtime_ns, path.read_bytes()) for name, path in files(store).items()}


def test_a_new_episode_costs_its_page_the_lists_it_is_on_and_its_part_of_the_index(silent, lay):
    lay(*range(1, 23))
    before = state(silent.store)
    assert lay(*range(1, 24)) == ["2026-0023"]
    after = state(silent.store)
    changed = {name for name in after if after[name] != before.get(name)}
    part = {name for name in changed if name.startswith("assets/search/3")}
    pages = {f"2026-0023/{name}" for name in ("index.html", "embed.html", "oembed.json")}
    assert changed - part == {*pages, "index.html", "episodes-3.html"}
    assert 0 < len(part) <= index.FILES + 1
    assert lay(*range(1, 24)) == []
    assert state(silent.store) == after


def test_what_is_lost_comes_back_with_the_same_bytes(silent, lay):
    numbers = range(1, 10)
    lay(*numbers)
    before = {name: data for name, (_, data) in state(silent.store).items()}
    for name in ("index.html", "episodes-1.html", "2026-0003/embed.html", "assets/search/1-3.json", "assets/site.css"):
        (silent.store.public / name).unlink()
    (silent.store.public / "2026-0004" / "index.html").write_text("somebody else's", "utf-8")
    lay(*numbers)
    assert {name: data for name, (_, data) in state(silent.store).items()} == before
    shutil.rmtree(silent.store.public)
    lay.made.clear()
    lay(*numbers)
    assert {name: data for name, (_, data) in state(silent.store).items()} == before


def test_one_that_goes_leaves_the_parts_of_others_alone(silent, lay):
    lay(*range(1, 19))
    before = state(silent.store)
    lay(*range(2, 19))
    after = state(silent.store)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed
    assert all(name.startswith(("assets/search/1", "episodes-1.html")) for name in changed)
    lay(17, 18)
    assert "episodes-1.html" not in files(silent.store)
    assert {
        name.split("/")[2].split("-")[0].removesuffix(".json") for name in files(silent.store) if "search/" in name
    } == {"3"}
    assert {name for name in lay.made if name.startswith("2026")} == {"2026-0017/index.html", "2026-0018/index.html"}


def test_a_damaged_part_of_the_index_is_made_anew_and_not_taken_over(silent, lay):
    lay(1, 2)
    path = silent.store.public / "assets/search/1.json"
    path.write_text("[]", "utf-8")
    lay(1, 2, 3)
    assert [row["title"] for row in json.loads(path.read_bytes())] == ["No. 1", "No. 2", "No. 3"]


def test_what_the_show_says_of_itself_is_on_every_page_at_once(silent, lay):
    lay(1, 2)
    lay(1, 2, show=replace(SHOW, title="Renamed"))
    pages = [path.read_text("utf-8") for name, path in files(silent.store).items() if name.endswith(".html")]
    assert len(pages) == 6
    assert all("Renamed" in page for page in pages)


def test_one_that_cannot_be_read_any_more_takes_no_other_along(silent, lay, caplog):
    def load(name):
        raise StoreError(f"{name}: gone; build it again.", path=silent.store.show_folder)

    lay(1, 2)
    lay(1, 2, 3, load=load)
    assert "2026-0003: gone" in caplog.text
    assert "No. 2" in (silent.store.public / "index.html").read_text("utf-8")


def test_words_are_found_whatever_their_accents_case_and_script(silent, lay):
    lay(1, 2)
    told = {}
    for number in range(index.FILES):
        told |= json.loads((silent.store.public / f"assets/search/1-{number}.json").read_bytes())
    assert told["otters"] == [0, 1]
    assert told["angstrom"] == [0, 1]
    assert index.words("Straße ΟΔΟΣ naïve Ａ１ 412.5 don't 東京 किताब ไทย") >= {
        "straße", "naive", "a1", "412", "5", "don", "東", "京", "ไ", "ท", "ย",
    }  # fmt: skip
    assert all(index.file_of(word) < index.FILES for word in ("a", "東", "\U0001f600", "otters"))
    assert index.file_of("ot") == index.file_of("otters")


def test_older_episodes_have_pages_that_lead_to_one_another(silent, lay):
    lay(*range(1, 15))
    trees = {
        name: html.parse(str(path))
        for name, path in files(silent.store).items()
        if name.startswith(("index", "episodes"))
    }
    way, at = [], "index.html"
    while at:
        way.append(at)
        at = next(iter(trees[at].xpath("//a[@rel='next']/@href")), "")
    assert way == ["index.html", "episodes-2.html", "episodes-1.html"]
    assert len(trees["index.html"].xpath("//ol[@class='episodes']/li")) == 3
    assert trees["episodes-1.html"].xpath("//a[@rel='prev']/@href") == ["episodes-2.html"]
    assert trees["episodes-2.html"].xpath("//a[@rel='prev']/@href") == ["./"]
    assert trees["episodes-1.html"].xpath("//h1/text()") == ["Episodes 1 to 8"]


def test_every_link_leads_to_what_is_there_and_the_next_build_finds_it_so(silent, article):
    episode = producing.produce([article], Wish(DAY), silent)
    store = silent.store
    pages = [path for name, path in files(store).items() if name.endswith(".html") and "transcript" not in name]
    assert len(pages) == 4
    for path in pages:
        tree = html.parse(str(path))
        for each in tree.xpath("//@href | //@src"):
            parts = urlsplit(each)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = (path.parent / unquote(parts.path)).resolve()
            assert target.is_relative_to(store.public.resolve())
            assert (target / "index.html" if target.is_dir() else target).is_file(), each
    assert episode.title in (store.public / "index.html").read_text("utf-8")
    before = state(store)
    build.publish(silent, anew=False)
    build.publish(silent, anew=False)
    assert state(store) == before


def test_templates_are_tried_before_any_work_and_only_where_a_show_has_settings(silent):
    own = silent.store.home / "templates"
    own.mkdir()
    (own / "episode.html").write_text("{{ nonsense }}", "utf-8")
    validate(silent.store)  # a folder without audioed.toml may be anybody's
    with pytest.raises(ConfigError, match=r"episode\.html, line 1: 'nonsense' is undefined; correct it"):
        validate(replace(silent.store, settings="../audioed.toml"))
