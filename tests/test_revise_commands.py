"""Correcting, removing and restoring an episode on the command line and from Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from typer.testing import CliRunner

import audioed
from audioed.cli.app import app
from tests.gaps import ARTICLE, LAMP, SETTINGS
from tests.quick import quicken


@pytest.fixture
def show(tmp_path, monkeypatch):
    """A show with one episode, whose recordings are stubs; commands run in its folder."""
    quicken(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "audioed.toml").write_text(SETTINGS, "utf-8")
    lamp = tmp_path / "article.md"
    lamp.write_text(ARTICLE.format(title="The lamp", day="Friday"), "utf-8")
    run("render", "article.md", "--day", "2026-01-31")
    return audioed.open(tmp_path)


def run(*arguments, code=0):
    done = CliRunner().invoke(app, list(arguments), prog_name="audioed")
    assert done.exit_code == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def entries(show):
    return feedparser.parse(show.feed.read_bytes()).entries


def test_an_episode_is_corrected_by_an_article_a_script_or_what_was_edited_in_its_folder(show, tmp_path):
    (before,) = entries(show)
    (tmp_path / "again.md").write_text(ARTICLE.format(title="The lamp", day="Saturday"), "utf-8")
    told = json.loads(run("correct", LAMP, "again.md", "--notice", "It was on Saturday.", "--json").stdout)
    assert told["replaced"]["title"] == "The lamp"
    script = show.folder / LAMP / "script.json"
    edited = tmp_path / "edited.json"
    edited.write_text(script.read_text("utf-8").replace("Saturday.", "Sunday."), "utf-8")
    run("correct", LAMP, "edited.json", "--note", "It was on Sunday.")
    script.write_text(script.read_text("utf-8").replace("Sunday.", "Monday."), "utf-8")
    run("correct", str(script.parent))
    episode = show.episode(LAMP)
    assert episode.cues[0].text == "Correction: It was on Monday."
    told = ["It was on Saturday.", "It was on Sunday.", "This recording was corrected."]
    assert [each.text for each in episode.corrections] == told
    assert {each.day for each in episode.corrections} == {show.today}
    (after,) = entries(show)
    assert (after.id, after.published) == (before.id, before.published)
    earlier = show.feed.parent / LAMP / before.enclosures[0].href.rpartition("/")[2]
    assert earlier.read_bytes() == show.audio(LAMP).read_bytes()
    assert "  corrected   3 corrections, which listeners are told of\n" in run("status").stdout


WRONG = [
    (["correct", LAMP, "--notice", "a\nb"], "cannot be shown; use words, on one line", 2),
    (["correct", LAMP, "a.json", "b.md"], "an edited script is rendered by itself", 2),
    (["correct", LAMP, "a.json", "--fresh"], "a script already holds your edits", 2),
    (["correct", LAMP, "none.md"], "none.md", 1),
    (["correct", "2026-01-31-the-bell"], "no such episode", 1),
    (["remove", "2026-01-31-the-bell"], "no such episode", 1),
    (["remove", LAMP, "--for-good"], "nobody is here to be asked; add --yes", 2),
    (["restore", "2026-01-31-the-bell"], "is no removed episode", 1),
]


def test_what_cannot_be_done_is_told_in_one_sentence_and_changes_nothing(show):
    before = show.feed.read_bytes()
    for arguments, told, code in WRONG:
        assert told in run(*arguments, code=code).stderr.splitlines()[-1]
    assert show.feed.read_bytes() == before


def test_an_episode_is_removed_and_restored(show):
    told = run("remove", LAMP).stdout
    assert told == f"Removed: {LAMP}. `audioed restore {LAMP}` brings it back.\n"
    assert entries(show) == []
    assert show.removed() == (LAMP,)
    assert run("remove", LAMP).stdout == told, "once more is the same"
    assert "  removed     1 episode; `audioed restore NAME` brings it back\n" in run("status").stdout
    assert f"restore one of {LAMP}" in run("restore", "lamp", code=1).stderr
    assert json.loads(run("restore", LAMP, "--json").stdout)["restored"] == LAMP
    assert len(entries(show)) == 1
    run("remove", LAMP, "--for-good", "--yes")
    assert "was removed for good" in run("restore", LAMP, code=1).stderr
    assert "  removed " not in run("status").stdout, "there is nothing to bring back"


PAGES = [
    ((), "page: output/"),
    (("--base-url", "https://pods.example.org/"), "page: https://pods.example.org/"),
    (("--output", "elsewhere"), "page: elsewhere/"),
]


@pytest.mark.parametrize(("options", "page"), PAGES)
def test_a_build_tells_where_its_page_is(show, options, page):
    told = run("render", "article.md", "--day", "2026-01-31", *options).stdout
    assert f"{page}{show.folder.name}/" in told
    made = json.loads(run("render", "article.md", "--day", "2026-01-31", *options, "--json").stdout)
    assert Path(made["page"]).parts[-3:] == ("public", LAMP, "index.html")
    assert Path(made["page"]).is_file()


def test_from_python_it_is_the_same(show):
    with pytest.raises(audioed.ConfigError, match="on one line"):
        show.correct(LAMP, notice="a\nb")
    with pytest.raises(TypeError, match="a script is rendered by itself"):
        show.correct(LAMP, show.script(LAMP), fresh=True)
    episode = show.correct(show.episode(LAMP), show.script(LAMP), notice=" It burns again. ")
    assert episode.cues[0].text == "Correction: It burns again."
    show.remove(episode)
    assert list(show.episodes()) == []
    assert show.restore(episode) == episode


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_on_a_terminal_whoever_sits_there_is_asked(show, tmp_path):
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, b"n\n")
    line = [sys.executable, "-m", "audioed", "remove", LAMP]
    done = subprocess.run(line, cwd=tmp_path, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, check=False)
    asked = os.read(ours, 4096).decode()
    for each in (ours, theirs):
        os.close(each)
    assert f"Remove “The lamp” ({LAMP}) from the feed and its page?" in asked
    assert "nothing was removed." in asked
    assert done.returncode == 1
    assert len(entries(show)) == 1
