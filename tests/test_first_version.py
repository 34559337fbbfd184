"""A show that audioed 0.1.0 made is read, published and continued; no GUID, address, day or number changes."""

import json
import shutil
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

MADE = Path(__file__).parent / "data" / "shows" / "0.1.0"
"""By `audioed nightly` of two files and `audioed render` of two more; without its sounds and pictures."""
NEW = "# The canary\n\nThe driver whistles at each corner of the town.\n"
PODCAST = "{https://podcastindex.org/namespace/1.0}guid"
ATOM = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The show on disk, with files of the right size where its sounds were, and pictures."""
    quicken(monkeypatch)
    folder = tmp_path / "show"
    shutil.copytree(MADE, folder)
    for path in folder.glob("output/*/*/episode.json"):
        told = json.loads(path.read_bytes())
        (path.parent / told["enclosure"]["name"]).write_bytes(bytes(told["enclosure"]["length"]))
        for name in {told["cover"], *(chapter["image"] for chapter in told["chapters"])} - {""}:
            (path.parent / name).write_bytes(b"a picture")
    monkeypatch.chdir(folder)
    return folder


def place(home, **show):
    found = open_show(cache=home / "cache").place
    return replace(found, config=replace(found.config, show=replace(found.config.show, **show)))


def told(path):
    """What a feed says that apps hold on to."""
    feed = etree.parse(path).getroot()
    items = [
        (
            item.findtext("guid"),
            item.find("enclosure").get("url"),
            item.findtext("pubDate"),
            item.findtext("{http://www.itunes.com/dtds/podcast-1.0.dtd}episode"),
            item.findtext("title"),
            [each.get("url") for each in item.iterfind("{https://podcastindex.org/namespace/1.0}transcript")],
        )
        for item in feed.iterfind(".//item")
    ]
    return feed.findtext(f".//{PODCAST}"), feed.find(f".//{ATOM}").get("href"), items


def test_publishing_it_changes_nothing_that_apps_hold_on_to(home):
    build.publish(place(home))
    (feed,) = home.glob("output/*/feed.xml")
    assert told(feed) == told(MADE / "output" / "odz-weekly" / "feed.xml")


def test_a_night_finds_nothing_new_and_a_new_letter_is_the_next_episode(home):
    before = told(MADE / "output" / "odz-weekly" / "feed.xml")
    assert nightly.run(place(home), DAY).episode is None
    (home / "articles" / "new.md").write_text(
        "# The canary\n\nThe driver whistles at each corner of the town.\n", "utf-8"
    )
    made = nightly.run(place(home), DAY).episode
    assert (made.number, [each.title for each in made.sources]) == (4, ["The canary"])
    guid, address, items = told(next(home.glob("output/*/feed.xml")))
    assert (guid, address, items[1:]) == before
    assert nightly.run(place(home), DAY + timedelta(days=1)).episode is None


@pytest.mark.parametrize(
    ("name", "episode"),
    [("drafts/weekly.md", "2026-03-02-weekly-notes"), ("drafts/light.md", "2026-03-03-the-third-light")],
)
def test_an_article_of_it_that_is_rendered_again_keeps_its_episode(home, name, episode):
    before = json.loads((MADE / "output" / "odz-weekly" / episode / "episode.json").read_bytes())
    path = home / name
    path.write_text(path.read_text("utf-8") + "\nA sentence more.\n", "utf-8")
    here = place(home)
    found, _ = build.extract(pages([name], here.config.extraction, None, here.store.home), here.config, here.cards)
    made = producing.produce(found, Wish(DAY), here)
    assert (made.guid, made.name, made.number) == (before["guid"], episode, before["number"])
    assert made.day.isoformat() == before["day"]
    assert len(told(next(home.glob("output/*/feed.xml")))[2]) == 3


def test_renamed_and_moved_it_keeps_its_folder_and_its_ids(home):
    guid, _, items = told(MADE / "output" / "odz-weekly" / "feed.xml")
    nightly.run(place(home), DAY)
    (home / "articles" / "new.md").write_text(
        "# The canary\n\nThe driver whistles at each corner of the town.\n", "utf-8"
    )
    nightly.run(place(home), DAY)
    settings = home / "audioed.toml"
    text = settings.read_text("utf-8").replace("Łódź Weekly", "The Weekly").replace("news.example/pod", "two.example")
    settings.write_text(text, "utf-8")
    assert nightly.run(place(home), DAY).episode is None
    (folder,) = home.glob("output/*/show.json")
    assert folder.parent.name == "odz-weekly"
    now, address, after = told(folder.parent / "feed.xml")
    assert (now, address) == (guid, "https://two.example/odz-weekly/feed.xml")
    assert [each[0] for each in after[1:]] == [each[0] for each in items]


def test_it_may_be_renamed_on_the_first_night_after_a_quiet_one(home):
    nightly.run(place(home), DAY)
    settings = home / "audioed.toml"
    settings.write_text(settings.read_text("utf-8").replace("Łódź Weekly", "Another"), "utf-8")
    assert nightly.run(place(home), DAY).episode is None
    assert [path.parent.name for path in home.glob("output/*/feed.xml")] == ["odz-weekly"]
