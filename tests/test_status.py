"""How the shows stand is told from what is kept: episodes, last night, sources that fail, room."""

import json
import shutil

import pytest
from typer.testing import CliRunner

import audioed
from audioed import status
from audioed.cli.app import app
from audioed.errors import StoreError
from audioed.place import QUIET
from tests.conftest import DAY

TEXT = "# A small title\n\nThis is a sentence that is long enough to be an article. It says so twice, and stops.\n"


@pytest.fixture
def home(tmp_path, monkeypatch, read_here):  # noqa: ARG001 - documents are not what is told
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "small.md").write_text(TEXT, "utf-8")
    settings(tmp_path, 'folders = ["articles"]')
    return tmp_path


def settings(home, nightly, title="Harbour news"):
    roles = '[synthesis.roles]\nnarrator = "silent"\n'
    (home / "audioed.toml").write_text(f'[show]\ntitle = "{title}"\n{roles}[nightly]\n{nightly}\n', "utf-8")


def opened():
    return audioed.open(listener=QUIET)


def everything(home):
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def run(*arguments):
    done = CliRunner().invoke(app, ["status", *arguments])
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_before_the_first_episode_there_is_no_show(home):
    before = everything(home)
    assert opened().status().shows == ()
    assert "There is no show in output yet" in run()
    assert everything(home) == before


def test_a_night_is_remembered_with_what_it_made_and_said(home):
    made = opened().nightly(DAY).episode
    before = everything(home)
    (show,) = opened().status().shows
    assert (show.title, show.episodes, show.unreadable, show.articles) == ("Harbour news", 1, 0, 0)
    assert (show.latest.name, show.latest.title, show.latest.day) == (made.name, "A small title", DAY)
    assert show.audio == made.enclosure.length
    assert show.feed == "http://localhost:8000/harbour-news/feed.xml"
    assert show.night == status.Night(day=DAY, episode=made.name)
    told = run()
    for part in ("Harbour news\n", "1; 0.", f"latest      {DAY} A small title", f"last night  {DAY} a new episode"):
        assert part in told
    assert everything(home) == before


def test_a_quiet_night_and_one_that_broke_off_are_told(home, monkeypatch):
    opened().nightly(DAY)
    opened().nightly(DAY.replace(day=15))
    assert "last night  2026-03-15 nothing new" in run()
    settings(home, 'folders = ["articles", "gone"]')
    opened().nightly(DAY.replace(day=16))
    (show,) = opened().status().shows
    assert "gone" in show.night.skips[0]
    assert "last night  2026-03-16 nothing was read" in run()
    (failing,) = show.failing
    assert (failing.kind, failing.name, failing.since) == ("local", "gone", DAY.replace(day=16))
    assert "asked again on" in run()

    def broken(*_):
        raise StoreError("full; buy.", path=home)

    monkeypatch.setattr("audioed.nightly._report", broken)
    with pytest.raises(StoreError):
        opened().nightly(DAY.replace(day=17))
    assert "last night  2026-03-17 full; buy." in run()


def test_drafts_are_counted_before_there_is_an_episode(home):
    settings(home, 'folders = ["articles"]\n[publishing]\nreview = true')
    opened().nightly(DAY)
    told = run()
    assert f"drafts      1 draft, since {DAY}; `audioed approve NAME` publishes it" in told
    assert f"last night  {DAY} a draft" in told


def test_a_first_night_that_failed_is_told_before_there_is_an_episode(home):
    settings(home, 'folders = ["gone"]')
    opened().nightly(DAY)
    told = run()
    assert "gone: no such folder" in told
    assert f"last night  {DAY} nothing was read" in told
    assert "There is no show" not in told


def test_a_source_that_the_show_names_no_more_is_not_told_as_failing(home):
    settings(home, 'folders = ["articles", "gone"]\nlists = ["list.txt"]\nfeeds = ["http://127.0.0.1:9/feed.xml"]')
    opened().nightly(DAY)
    assert len(opened().status().shows[0].failing) == 3
    settings(home, 'folders = ["articles"]\nlists = ["list.txt"]')
    opened().nightly(DAY.replace(day=15))
    assert [each.name for each in opened().status().shows[0].failing] == ["list.txt"]


def test_a_show_whose_folder_cannot_be_looked_into_stops_no_other(home, monkeypatch):
    opened().nightly(DAY)
    (home / "other").mkdir()
    (home / "other" / "audioed.toml").write_text('[show]\ntitle = "Another"\n[synthesis.roles]\nnarrator = "silent"\n')
    audioed.open("other", output=home / "output").render("articles/small.md", day=DAY)
    looked = status.read_index

    def closed(store, **options):
        if store.folder == "another":
            raise StoreError("output/another: Permission denied; check it.", path=store.show_folder)
        return looked(store, **options)

    monkeypatch.setattr(status, "read_index", closed)
    found = opened().status()
    assert [each.title for each in found.shows] == ["Harbour news"]
    assert found.unreadable == {"another": "output/another: Permission denied; check it."}


@pytest.mark.usefixtures("home")
def test_what_is_remembered_of_a_night_may_be_deleted_or_damaged_and_comes_back():
    opened().nightly(DAY)
    show = opened()
    (path,) = show.place.store.reports.glob("*.json")
    path.write_bytes(b"{")
    assert show.status().shows[0].night is None
    shutil.rmtree(path.parent)
    assert show.status().shows[0].night is None
    show.nightly(DAY)
    assert show.status().shows[0].night == status.Night(day=DAY)


def test_every_show_of_the_output_folder_is_told_and_one_that_cannot_be_read_is_counted(home):
    opened().nightly(DAY)
    settings(home, "", title="Harbour news")
    (home / "other").mkdir()
    (home / "other" / "audioed.toml").write_text('[show]\ntitle = "Another"\n[synthesis.roles]\nnarrator = "silent"\n')
    audioed.open("other", output=home / "output").render("articles/small.md", day=DAY)
    (record,) = home.glob("output/harbour-news/2*/episode.json")
    record.write_text("{")
    told = json.loads(run("--json"))
    assert [(show["title"], show["episodes"], show["unreadable"]) for show in told["shows"]] == [
        ("Another", 1, 0),
        ("Harbour news", 0, 1),
    ]
    assert told["limit"] == 5_000_000_000
    assert 0 < told["used"] < told["free"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"schema": ', '"schema": 9', "was written by a newer audioed"),
        ("{", "", "is not JSON"),
        ('"guid"', '"giud"', "guid is not right"),
    ],
)
def test_a_show_that_cannot_be_read_is_told_with_what_to_do_and_stops_no_other(home, before, after, told):
    opened().nightly(DAY)
    path = home / "output" / "harbour-news" / "show.json"
    path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    (home / "other").mkdir()
    (home / "other" / "audioed.toml").write_text('[show]\ntitle = "Another"\n[synthesis.roles]\nnarrator = "silent"\n')
    assert audioed.open("other", output=home / "output").render("articles/small.md", day=DAY).title == "A small title"
    found = audioed.open("other", output=home / "output", listener=QUIET).status()
    assert [each.title for each in found.shows] == ["Another"]
    assert told in found.unreadable["harbour-news"]
    options = ("--config", "other", "--output", "output")
    assert "harbour-news\n  show        cannot be read: output/harbour-news/show.json: " in run(*options)
    assert told in json.loads(run(*options, "--json"))["unreadable"]["harbour-news"]
    (home / "output" / "another" / "show.json").unlink()
    shutil.rmtree(home / "output" / "another")
    assert "There is no show" not in run(*options)


def test_what_a_show_says_of_its_settings_may_be_no_file_name(home):
    opened().nightly(DAY)
    path = home / "output" / "harbour-news" / "show.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "config": 5000 * "a"}), "utf-8")
    assert opened().folder.name == "harbour-news"
