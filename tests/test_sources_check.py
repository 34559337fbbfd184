"""`audioed sources check`: what each source would give tonight, and why no more; nothing is left behind."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_dry_run import everything
from tests.test_nightly import BODY, FEED, ITEM, PAGE, TEXT, site

__all__ = ["site"]
SETTINGS = """[nightly]
feeds = [{feeds}]
folders = ["articles", "gone"]
most = 3
[nightly.sources."articles"]
exclude.titles = ["advert*"]
[synthesis.roles]
narrator = "silent"
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    """A command of a show in a folder of its own; its exit code, and what it said."""
    quicken(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    (tmp_path / "articles").mkdir()

    def made(*words, night=0):
        ran = CliRunner().invoke(app, [*words, "--day", (DAY + timedelta(night)).isoformat()])
        return ran.exit_code, ran.stdout

    return made


def test_each_source_and_article_is_told_with_its_reason_and_nothing_is_left_behind(run, site, tmp_path):
    folder, base = site
    for title in ("Alpha", "Beta", "Gamma", "Delta"):
        (folder / f"{title}.html").write_text(PAGE.format(title=title, body=3 * BODY.format(title=title)), "utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /Gamma", "utf-8")
    items = "".join(ITEM.format(title=title, base=base) for title in ("Gamma", "Missing", "Alpha", "Beta", "Delta"))
    (folder / "feed.xml").write_text(FEED.format(base=base, items=items), "utf-8")
    for title in ("Omega", "Advertisement"):
        (tmp_path / "articles" / f"{title}.txt").write_text(TEXT.format(title=title), "utf-8")
    feeds = f'"{base}/feed.xml", "http://127.0.0.1:9/dead.xml"'
    (tmp_path / "audioed.toml").write_text(SETTINGS.format(feeds=feeds), "utf-8")
    before = everything(tmp_path)
    code, told = run("sources", "check", "--json")
    assert code == 3
    found = {each["name"]: each for each in json.loads(told)["sources"]}
    assert list(found) == [f"{base}/feed.xml", "http://127.0.0.1:9/dead.xml", "articles", "gone"]
    fates = {each["name"].rpartition("/")[2].strip(")"): each for row in found.values() for each in row["articles"]}
    assert {name: each["fate"] for name, each in fates.items()} == {
        "Alpha.html": "new",
        "Beta.html": "new",
        "Gamma.html": "failed",
        "Missing.html": "failed",
        "Delta.html": "waits",
        "Omega.txt": "new",
        "Advertisement.txt": "left out",
    }
    assert "robots.txt" in fates["Gamma.html"]["why"]
    assert "404" in fates["Missing.html"]["why"]
    assert "exclude.titles" in fates["Advertisement.txt"]["why"]
    assert "no room" in fates["Delta.html"]["why"]
    assert "cannot be reached" in found["http://127.0.0.1:9/dead.xml"]["fault"]
    assert "no such folder" in found["gone"]["fault"]
    assert everything(tmp_path) == before

    run("nightly")
    run("nightly", night=1)
    told = run("sources", "check", night=2)[1]
    lines = told.splitlines()
    assert lines[0] == f"{base}/feed.xml: 2 waiting, 3 in episodes already"
    assert any("dead.xml: left alone until" in line for line in lines)
    assert any(line.startswith("    waiting: Gamma") and "asked for again on" in line for line in lines)
    assert any("left out: articles/Advertisement.txt: exclude.titles has" in line for line in lines)
    assert lines[-1] == "No new articles tonight from 4 sources."


def test_a_show_without_sources_is_told(run, tmp_path):
    (tmp_path / "audioed.toml").touch()
    assert run("sources", "check")[0] == 1


def test_a_story_that_two_articles_tell_is_new_once_and_the_shorter_one_is_named(run, tmp_path):
    told = (
        "The council of Aberlour voted 7 to 4 on Thursday to keep the number 12 night bus until 2028. "
        "It costs 212,000 pounds a year, said Councillor Imogen Featherstone, and carries 93 people a night. "
    )
    (tmp_path / "audioed.toml").write_text(
        '[nightly]\nfolders = ["articles"]\n[synthesis.roles]\nnarrator = "silent"\n'
    )
    (tmp_path / "articles" / "short.md").write_text(f"# Night bus stays\n\n{told}", "utf-8")
    (tmp_path / "articles" / "whole.md").write_text(f"# Aberlour keeps its bus\n\n{told}A petition had 3,100 names.")
    code, lines = run("sources", "check")
    assert (code, lines.splitlines()) == (
        0,
        [
            "articles: 1 new, 1 duplicate",
            "    new: articles/whole.md",
            "    duplicate: articles/short.md: “Aberlour keeps its bus” tells the same story",
            "1 new article tonight from 1 source.",
        ],
    )
