"""A show that only invited listeners have: every command takes it for what it is, and names no address that is none."""

import json

import pytest
from typer.testing import CliRunner

import audioed
from audioed.cli.app import app
from audioed.linting import lint
from audioed.serving.shelf import shelf_at
from audioed.status import status

BASE = "https://pods.example.org"
SETTINGS = f"""
[show]
title = "Club"
author = "Ada"
email = "ada@example.org"
[synthesis.roles]
narrator = "silent"
[publishing]
base_url = "{BASE}"
private = true
deploy = "web"
[targets.web]
kind = "folder"
address = "www"
[nightly]
folders = ["articles"]
"""
ARTICLE = "# The {0}\n\nThe {0} came in on Friday. Nobody was on the pier, and the lamp was out. It was a quiet day.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A private show with an episode and, from the second test on, a listener."""
    home = tmp_path_factory.mktemp("club")
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    for name in ("articles", "www"):
        (home / name).mkdir()
    (home / "boat.md").write_text(ARTICLE.format("boat"), "utf-8")
    return home


@pytest.fixture
def run(home, monkeypatch):
    monkeypatch.chdir(home)
    return lambda *command: CliRunner().invoke(app, [*command, "--cache", str(home / "cache")])


def no_address(text):
    return f"{BASE}/club/feed.xml" not in text and "public/feed.xml" not in text


def test_a_show_that_nobody_is_invited_to_says_so(run):
    made = run("render", "boat.md")
    assert made.exit_code == 0
    assert "subscribe: nobody yet; `audioed listeners add NAME` invites" in made.output
    assert no_address(made.output)
    assert "page: " not in made.output
    assert "nobody is invited; audioed listeners add NAME" in run("doctor").output
    told = json.loads(run("render", "boat.md", "--json").stdout)
    assert told.keys() & {"feed", "page"} == set()


def test_a_show_with_a_listener_is_told_served_judged_and_sent_as_what_it_is(home, run):
    show = audioed.open(home, cache=home / "cache")
    [anna] = show.listeners.add("Anna")
    assert "subscribe: 1 listener has a feed of their own" in run("render", "boat.md").output
    assert shelf_at(home).shows() == ("club",)
    assert shelf_at(home).feed("club") == anna.address.removeprefix(f"{BASE}/club/")
    [standing] = status(show.place).shows
    assert (standing.feed, standing.listeners, standing.episodes) == ("", 1, 1)
    told = run("status").output
    assert "listeners   1 with a feed of their own" in told
    assert no_address(told)
    assert "the show is private, and 1 listener has a feed" in run("doctor").output
    assert [each for each in lint(show.folder / "public") if each.severity != "advice"] == []
    assert show.lint() == lint(show.folder / "public")


@pytest.mark.usefixtures("read_here")
def test_a_night_sends_a_private_show_also_when_its_last_listener_is_gone(home):
    show = audioed.open(home, cache=home / "cache")
    (home / "articles" / "ferry.md").write_text(ARTICLE.format("ferry"), "utf-8")
    assert not show.nightly().unsent
    [feed] = (home / "www" / "club" / "private").glob("*/feed.xml")
    assert "The ferry" in feed.read_text("utf-8")
    show.listeners.revoke("Anna")
    assert not show.nightly().unsent
    assert not feed.exists()


def test_what_was_read_beside_the_public_folder_before_goes_when_a_show_becomes_private(home):
    show = audioed.open(home, cache=home / "cache")
    for name in ("feed.xml", "feed-1.xml"):
        (show.folder / name).write_text("<rss/>", "utf-8")
    show.publish()
    assert not list(show.folder.glob("feed*.xml"))
