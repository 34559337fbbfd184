"""The front door as a Python user takes it: three lines make an episode, and what goes wrong is one of our errors."""

import inspect
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer import BadParameter

import audioed
from audioed import errors, model
from audioed.cli.options import title_of
from tests.conftest import DAY

DATA = Path(__file__).parent / "data" / "front"
SAMPLE = Path(__file__).parents[1] / "samples" / "night-ferry.html"
TEXT = "# A small title\n\nThis is a sentence that is long enough to be an article. It says so twice, and stops.\n"
SILENT = {"narrator": "silent"}


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "small.md"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def show(tmp_path):
    return audioed.open(tmp_path / "show", voices=SILENT, cache=tmp_path / "cache")


def everything(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_every_export_is_there_typed_and_documented():
    assert set(audioed.__all__) <= set(dir(audioed))
    for name in audioed.__all__:
        found = getattr(audioed, name)
        assert inspect.getdoc(found), name
        assert found.__name__ == name
        assert found.__module__.startswith("audioed."), name
        for member in (each for key, each in vars(found).items() if not key.startswith("_") and callable(each)):
            assert inspect.getdoc(member), member
            assert "return" in inspect.signature(member).parameters or member.__annotations__, member
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        audioed.opne  # noqa: B018
    assert audioed.__version__


def test_every_error_of_ours_is_exported():
    ours = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and kind.__module__ == errors.__name__
    }
    assert ours <= set(audioed.__all__)


def test_importing_it_loads_next_to_nothing():
    code = "import sys; before = set(sys.modules); import audioed; print(sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=SAMPLE.parents[1]
    )
    ours = [name for name in json.loads(done.stdout.replace("'", '"')) if name.startswith("audioed")]
    assert ours == ["audioed"]


def test_a_users_script_runs(tmp_path, page):
    done = subprocess.run(
        [sys.executable, "-W", "error", DATA / "user.py", tmp_path / "show", page],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == (DATA / "user.out").read_text("utf-8")


def test_a_show_that_is_not_there_yet_comes_with_its_first_episode(tmp_path, page, show):
    assert not (tmp_path / "show").exists()
    assert list(show.episodes()) == []
    episode = show.render(page, day=DAY)
    assert show.feed == tmp_path / "show" / "output" / "my-articles" / "public" / "feed.xml"
    assert episode.guid in show.feed.read_text("utf-8")
    assert show.audio(episode) == show.folder_of(episode.name) / episode.enclosure.name
    assert show.episode(episode.name) == show.episode(show.folder_of(episode)) == episode


def test_a_folder_its_settings_and_the_command_are_one_show(tmp_path, page, monkeypatch):
    (tmp_path / "audioed.toml").write_text('[show]\ntitle = "Harbour"\n[synthesis.roles]\nnarrator = "silent"\n')
    by_folder = audioed.open(tmp_path, cache=tmp_path / "cache")
    by_file = audioed.open(str(tmp_path / "audioed.toml"), cache=tmp_path / "cache")
    assert by_folder.place == by_file.place
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", "cache")
    made = by_folder.render(page, day=DAY)
    assert audioed.open().render("small.md") == made
    assert [each.name for each in tmp_path.glob("output/harbour/2*")] == [made.name]


@pytest.mark.parametrize("path", ["none.toml", "shows/none.toml"])
def test_settings_that_are_not_there_are_told(tmp_path, path):
    with pytest.raises(audioed.ConfigError, match=r"none\.toml: cannot be read"):
        audioed.open(tmp_path / path)


def test_articles_pages_and_names_make_one_edition_in_their_order(show, page):
    other = audioed.Page(url="other.md", media_type="text/markdown", text=TEXT.replace("small", "second"))
    (third,), _ = show.extract(audioed.Page(url="x", media_type="text/markdown", text=TEXT.replace("small", "third")))
    episode = show.render(third, page, other, day=DAY)
    assert [each.title for each in episode.sources] == ["A third title", "A small title", "A second title"]


def test_whoever_listens_hears_of_stages_shares_and_skips(tmp_path, page, caplog):
    heard = []
    show = audioed.open(
        tmp_path, voices=SILENT, cache=tmp_path / "cache", listener=lambda stage, share: heard.append((stage, share))
    )
    show.render(page, tmp_path / "missing.html")
    assert list(dict.fromkeys(stage for stage, _ in heard)) == [
        "extract",
        "write",
        "speak",
        "master",
        "verify",
        "publish",
    ]
    assert all(0 <= share <= 1 for _, share in heard)
    assert "missing.html does not exist" in caplog.text

    class Skips(audioed.Listener):
        def __init__(self):
            self.names = []

        def skipped(self, name, reason):
            assert name in reason
            self.names.append(name)

    listener = Skips()
    audioed.open(tmp_path, voices=SILENT, cache=tmp_path / "cache", listener=listener).render(page, "gone.html")
    assert listener.names == ["gone.html"]


def test_what_is_wrong_is_an_error_of_ours(tmp_path, show, page):
    with pytest.raises(audioed.FetchError, match=r"missing\.html does not exist"):
        show.render("missing.html")
    with pytest.raises(audioed.StoreError, match="there is no show"):
        show.publish()
    with pytest.raises(audioed.StoreError, match="no such episode"):
        show.verify("yesterday")
    with pytest.raises(audioed.ConfigError, match="no sources are named"):
        show.nightly()
    with pytest.raises(audioed.VoiceNotFound, match="'nobody'"):
        audioed.open(tmp_path, voices={"narrator": "nobody"})
    with pytest.raises(audioed.ConfigError, match="'reader' is no role"):
        audioed.open(tmp_path, voices={"reader": "heart"})
    foreign = replace(show.extract(page).articles[0], language="xx")
    with pytest.raises(audioed.ExtractionError, match="no installed voice speaks 'xx'"):
        audioed.open(tmp_path / "show", cache=tmp_path / "cache").render(foreign)
    assert not (tmp_path / "show").exists()


def test_a_script_is_rendered_by_itself(show, page):
    script = show.write(*show.extract(page).articles)
    with pytest.raises(TypeError, match="by itself"):
        show.render(script, page)
    with pytest.raises(TypeError, match="at least one article"):
        show.render()
    for own in ({"title": "Mine"}, {"day": DAY}, {"fresh": True}):
        with pytest.raises(TypeError, match="has its own title, day and edits"):
            show.render(script, **own)


@pytest.mark.parametrize("day", ["2026-01-01", datetime(2026, 1, 1, tzinfo=UTC), 20260101, (2026, 1, 1)])
def test_a_day_is_a_date(show, page, day):
    for asked in (
        lambda: show.render(page, day=day),
        lambda: show.write(*show.extract(page).articles, day=day),
        lambda: show.nightly(day),
    ):
        with pytest.raises(TypeError, match=r"day must be a datetime\.date, not "):
            asked()


@pytest.mark.parametrize("title", ["", " ", "a\nb", "a\r", "\x1b[2J", "\u200b", "\u2800", "a\u2028b"])
def test_a_title_is_words_on_one_line_for_whoever_asks(show, page, title):
    for asked in (show.render, lambda _, **options: show.write(*show.extract(page).articles, **options)):
        with pytest.raises(audioed.ConfigError, match="is not a title; use words, on one line"):
            asked(page, title=title)
    with pytest.raises(BadParameter, match="is not a title"):
        title_of(title)
    assert show.write(*show.extract(page).articles, title=" Two  words ").edition.title == title_of(" Two  words ")


def test_a_show_stays_where_it_was_opened(tmp_path, page, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", "kept")
    (tmp_path / "mine").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mine" / "audioed.toml").write_text('[show]\ntitle = "Harbour"\n')
    shows = [audioed.open("mine", voices=SILENT), audioed.open("mine/audioed.toml", voices=SILENT)]
    shows += [audioed.open("mine", voices=SILENT, output="out", cache="other")]
    monkeypatch.chdir("elsewhere")
    made = [show.render(page, day=DAY) for show in shows]
    assert made[0] == made[1]
    assert all(show.episode(each.name) == each for show, each in zip(shows, made, strict=True))
    assert [each.title for each in shows[2].status().shows] == ["Harbour"]
    assert list(Path().iterdir()) == []
    assert {each.name for each in tmp_path.iterdir()} == {"mine", "elsewhere", "kept", "other", "out", page.name}


def test_shows_can_be_kept_in_a_set_and_what_they_tell_changes_nothing_of_them(show, tmp_path):
    assert len({show, show, audioed.open(tmp_path / "show", voices=SILENT)}) == 2
    with pytest.raises(TypeError):
        show.voices["mine"] = show.voices["silent"]


def test_a_show_tells_itself_in_a_line(show, tmp_path):
    assert repr(show) == f"<audioed.Show 'My articles' in {tmp_path / 'show' / 'output' / 'my-articles'}>"


def test_looking_writes_nothing(tmp_path, page, show):
    before = everything(tmp_path)
    script = show.write(*show.extract(page).articles, day=DAY)
    assert isinstance(script, model.Script)
    assert show.voices["silent"].engine == "silent"
    assert everything(tmp_path) == before


def test_a_night_and_its_feed(tmp_path, page):
    (tmp_path / "audioed.toml").write_text(
        '[synthesis.roles]\nnarrator = "silent"\n[nightly]\nfolders = ["articles"]\n'
    )
    (tmp_path / "articles").mkdir()
    page.rename(tmp_path / "articles" / "small.md")
    show = audioed.open(tmp_path, cache=tmp_path / "cache")
    report = show.nightly(DAY)
    assert report.episode.day == DAY
    assert show.publish().episodes == (report.episode.name,)
    assert show.nightly().episode is None
