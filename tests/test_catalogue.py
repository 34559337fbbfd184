"""The same articles are the same episode; others are another."""

import time
from dataclasses import replace
from datetime import timedelta
from shutil import rmtree

import pytest

from audioed import build, catalogue, producing
from audioed.catalogue import Wish, kept
from audioed.catalogue.index import key_of, read_index
from audioed.catalogue.shows import folder_of
from audioed.errors import SchemaError
from audioed.files import write
from audioed.model import Block
from audioed.nouns import SCHEMA
from tests.conftest import DAY


def edition_of(articles, place, day=DAY, title=None):
    return build.edition(articles, Wish(day, title=title), place)


def built(articles, place, day=DAY):
    return producing.produce(articles, Wish(day), place)


def test_a_new_article_is_a_new_edition(article, silent):
    edition = edition_of([article], silent)
    assert (edition.name, edition.number, edition.title) == ("2026-03-14-the-bridge-opens", 1, "The bridge opens")


def test_an_edition_of_several_is_named_after_the_first(article, silent):
    assert edition_of([article, article, article], silent).title == "The bridge opens, and 2 more"


def test_a_title_of_ones_own_is_kept(article, silent):
    edition = edition_of([article], silent, title="Bridges")
    assert (edition.title, edition.name) == ("Bridges", "2026-03-14-bridges")


def test_an_article_rendered_again_keeps_its_episode_on_any_day(article, silent):
    first = built([article], silent)
    later = DAY + timedelta(days=9)
    edition = edition_of([replace(article, title="A new title")], silent, later)
    assert (edition.name, edition.number) == (first.name, first.number)
    assert edition.day == DAY
    assert build.edition([article], Wish(later, day=later), silent).day == later


def test_another_article_of_the_same_title_gets_a_name_of_its_own(article, silent):
    built([article], silent)
    other = edition_of([replace(article, url="https://example.com/other", name="https://example.com/other")], silent)
    assert (other.name, other.number) == ("2026-03-14-the-bridge-opens-2", 2)


@pytest.mark.parametrize(("text", "same"), [("The bridge opened on Monday.", True), ("A new thing entirely.", False)])
def test_a_local_file_with_a_mended_title_is_the_same_while_its_text_is(article, silent, text, same):
    local = replace(article, url="", name="bridge.md", blocks=(Block(kind="paragraph", text=text),))
    first = built([replace(local, blocks=(Block(kind="paragraph", text="The bridge opened on a Monday."),))], silent)
    again = edition_of([replace(local, title="The bridge is open")], silent)
    assert (again.name == first.name) is same


def test_what_was_voiced_is_read_from_the_episodes(article, silent):
    assert not catalogue.voiced(article, read_index(silent.store), silent.store)
    episode = built([article], silent)
    assert catalogue.voiced(article, read_index(silent.store), silent.store) == episode.name


def test_a_show_that_a_newer_audioed_keeps_is_no_new_one_under_another_title(article, silent):
    store = replace(silent.store, settings="../shows/übersee.toml")
    built([article], replace(silent, store=store))
    path = store.show_folder / "show.json"
    path.write_text(path.read_text("utf-8").replace(f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}'), "utf-8")
    assert folder_of(store.output, "Another", "../shows/other.toml") == "another", "which is nothing to other shows"
    with pytest.raises(SchemaError, match=r"update audioed\.$"):
        folder_of(store.output, "Another", store.settings)


@pytest.fixture
def many(speech, silent, monkeypatch):
    """A show whose index is kept in two parts, and what tells of them: which was written, and how a feed is read."""
    monkeypatch.setattr(kept, "SMALL", 3)
    monkeypatch.setattr(kept, "FEW", 60)
    kept.whole_at.cache_clear()
    pattern = build.master(speech, silent)
    sound = (silent.store.episode_folder(pattern.name) / pattern.enclosure.name).read_bytes()

    def put(number: int) -> None:
        other = replace(
            pattern, name=f"{DAY}-letter-{number}", guid=f"audioed:{number}", number=number, title=f"{number}"
        )
        folder = silent.store.episode_folder(other.name)
        write(folder / pattern.enclosure.name, sound)
        silent.store.save(other, folder / "episode.json")

    for number in range(2, 6):
        put(number)
    return put


def test_one_more_of_many_episodes_is_noted_beside_the_index_and_any_damage_to_either_costs_time_alone(many, silent):
    whole = silent.store.cache.path(kept.KIND, key_of(silent.store))
    since = whole.with_name(f"{whole.stem}-since.json")
    folder = silent.store.episode_folder

    def fed() -> bytes:
        kept.whole_at.cache_clear()
        assert build.publish(silent, anew=False).episodes
        return (silent.store.public / "feed.xml").read_bytes()

    fed()
    time.sleep(0.03)  # a file that is younger than the index is looked at again
    fed()
    first, stale = whole.read_bytes(), since.read_bytes() if since.exists() else b""
    many(6)
    feed = fed()
    assert b">6<" in feed
    assert whole.read_bytes() == first
    assert since.read_bytes() != stale
    good = {path: path.read_bytes() for path in (whole, since)}
    for damaged in good:
        for damage in (lambda _: b"", lambda data: data[: len(data) // 2], lambda data: data[:99] + b"x" + data[100:]):
            for path, data in good.items():
                path.write_bytes(damage(data) if path == damaged else data)
            assert fed() == feed
    whole.unlink()
    assert fed() == feed
    since.write_bytes(good[since])  # which tells of another whole
    assert fed() == feed
    record = folder(f"{DAY}-letter-6") / "episode.json"
    record.write_bytes(record.read_bytes().replace(b'"title": "6"', b'"title": "8"'))
    assert b">8<" in fed()
    record = folder(f"{DAY}-letter-2") / "episode.json"
    record.write_bytes(b"{}")
    assert b">2<" not in fed(), "damage to one that the whole tells of"
    rmtree(folder(f"{DAY}-letter-6"))
    assert b">8<" not in fed()
    many(6)
    many(2)
    assert fed() == feed, "the same bytes as before"
    for number in range(7, 30):
        many(number)
    fed()
    assert whole.read_bytes() != first, "so many changes make a new whole"
