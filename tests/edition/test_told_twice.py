"""What two articles of a night tell is read once, and all that tells of the edition follows what is read."""

from datetime import timedelta

import pytest

from audioed import build, nightly, producing
from audioed.catalogue import Wish
from audioed.publishing.notes import notes
from audioed.scripting import editions
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_five_nights import text
from tests.test_nightly import with_sources


@pytest.fixture
def place(silent, monkeypatch):
    quicken(monkeypatch)
    (silent.store.home / "articles").mkdir()
    return with_sources(silent, folders=("articles",))


def put(place, name, seed, *, sentences=12):
    body = f"---\ntitle: {name}\n---\n{text(seed, sentences)}\n"
    (place.store.home / "articles" / f"{name}.md").write_text(body, "utf-8")


NIGHTS = {  # files with their story and sentences -> what is read, and what the edition is called
    "the last is told before": ({"Ant": (1, 12), "Bee": (2, 12), "Cat": (1, 10)}, ["Ant", "Bee"], "Ant, and 1 more"),
    "the first is told better": ({"Ant": (1, 9), "Bee": (2, 12), "Cat": (1, 12)}, ["Bee", "Cat"], "Bee, and 1 more"),
    "one story is left": ({"Ant": (1, 9), "Bee": (1, 12)}, ["Bee"], "Bee"),
    "three tell one": (
        {"Ant": (1, 9), "Bee": (1, 12), "Cat": (1, 10), "Dog": (3, 9)},
        ["Bee", "Dog"],
        "Bee, and 1 more",
    ),
}


@pytest.mark.parametrize("kind", NIGHTS)
def test_title_notes_farewell_and_sources_are_of_what_is_read_and_no_story_comes_back(place, kind):
    files, read, title = NIGHTS[kind]
    for name, (seed, sentences) in files.items():
        put(place, name, seed, sentences=sentences)
    episode = nightly.run(place, DAY).episode
    assert [source.title for source in episode.sources] == read
    assert episode.title == title
    said = " ".join(cue.text for cue in episode.cues)
    assert ("That was My articles" in said) == (len(read) > 1)
    for name in set(files) - set(read):
        assert name not in said + notes(episode)
    folder = place.store.episode_folder(episode.name)
    assert len(list(folder.glob("article-*.json"))) == len(read)
    assert nightly.run(place, DAY + timedelta(days=1)).episode is None
    put(place, "Elk", 5)
    assert [each.title for each in nightly.run(place, DAY + timedelta(days=2)).episode.sources] == ["Elk"]


def test_the_same_articles_are_the_same_episode_though_it_once_named_them_all(place, monkeypatch):
    put(place, "Ant", 1, sentences=9)
    put(place, "Bee", 1, sentences=12)
    paths = [place.store.home / "articles" / f"{name}.md" for name in ("Ant", "Bee")]
    from audioed.inputs import pages

    found, _ = build.extract(pages(paths, place.config.extraction, None, place.store.home), place.config, place.cards)
    with monkeypatch.context() as before:
        before.setattr(editions, "once", tuple)
        first = producing.produce(found, Wish(DAY), place)
    assert len(first.sources) == 2
    again = producing.produce(found, Wish(DAY + timedelta(days=1), fresh=True), place)
    assert (again.guid, again.name, len(again.sources)) == (first.guid, first.name, 1)
    assert producing.produce(found, Wish(DAY + timedelta(days=2), fresh=True), place).guid == first.guid
