"""The same articles are the same episode; others are another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audioed import build, catalogue, producing
from audioed.catalogue import Wish
from audioed.catalogue.index import read_index
from audioed.catalogue.shows import folder_of
from audioed.errors import SchemaError
from audioed.model import Block
from audioed.store import SCHEMA
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
