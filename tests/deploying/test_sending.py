"""Nothing that would fail listeners is sent to where they fetch it."""

import shutil
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

import audioed
from audioed.cli.app import app
from audioed.errors import PublishingError
from audioed.linting.folder import Folder
from tests.deploying.conftest import SETTINGS, TEXT
from tests.deploying.sites import SHOW, content

OLDEST = "2026-03-01-boat-0"


@pytest.fixture
def home(tmp_path, days):
    """A show of two episodes, the older one on a page of its own, and a folder to send it to."""
    home, target = tmp_path / "show", tmp_path / "www"
    home.mkdir()
    target.mkdir()
    nightly = f'deploy = "web"\n[targets.web]\nkind = "folder"\naddress = "{target.as_posix()}"\n'
    (home / "audioed.toml").write_text(f'{SETTINGS}{nightly}[nightly]\nfolders = ["articles"]\n', "utf-8")
    shutil.copytree(days[1], home / "output" / SHOW / "public")
    return home


@pytest.fixture
def show(home):
    return audioed.open(home, cache=home / "cache")


def there(home):
    return content(home.parent / "www")


def harmed(public, harm):
    audio = next((public / OLDEST).glob("*.mp3"))
    if harm == "file-missing":
        audio.unlink()
    elif harm == "enclosure-bytes":
        data = audio.read_bytes()
        audio.unlink()
        audio.write_bytes(data[:-1])
    elif harm == "private":
        (public / OLDEST / "script.json").write_text("{}", "utf-8")
    else:
        told = (public / "feed.xml").read_text("utf-8").replace("<itunes:explicit>false", "<itunes:explicit>no")
        (public / "feed.xml").write_text(told, "utf-8")


@pytest.mark.parametrize("harm", ["file-missing", "enclosure-bytes", "private", "explicit"])
def test_a_show_with_an_error_is_not_sent_and_what_listeners_have_stays(home, show, days, harm):
    public = show.folder / "public"
    shutil.rmtree(public)
    shutil.copytree(days[0], public)
    show.deploy()
    before = there(home)
    shutil.rmtree(public)
    shutil.copytree(days[1], public)
    harmed(public, harm)
    for dry_run in (True, False):
        with pytest.raises(PublishingError, match=rf"^\S+: {harm}.*; nothing was sent; "):
            show.deploy(dry_run=dry_run)
    assert there(home) == before
    done = CliRunner().invoke(app, ["deploy", "--config", str(home), "--cache", str(home / "cache")])
    assert done.exit_code == 1
    assert sum(line.startswith("audioed: ") for line in done.output.splitlines()) == 1


def test_warnings_are_counted_in_a_line_where_something_is_sent(home, show):
    feed = show.folder / "public" / "feed.xml"
    feed.write_text(feed.read_text("utf-8").replace("<title>boat 1", "<title>&lt;b&gt;boat 1&lt;/b&gt;"), "utf-8")
    assert show.deploy().notes == ("1 warning about what is public; `audioed lint` tells more.",)
    assert show.deploy().notes == ()
    assert there(home)


def test_a_night_that_may_not_send_says_so_and_the_next_one_sends(home, show):
    (home / "articles").mkdir()
    (home / "articles" / "boat.md").write_text(TEXT.format(title="boat 7", day="Friday"), "utf-8")
    stray = show.folder / "public" / "notes.toml"
    stray.touch()
    report = show.nightly()
    assert report.episode
    assert report.unsent
    assert any(each.startswith("not sent to web: notes.toml: private: ") for each in report.notes)
    assert there(home) == {}
    stray.unlink()
    assert not show.nightly().unsent
    assert f"{SHOW}/{report.episode.name}/{report.episode.enclosure.name}" in there(home)


def test_of_many_listeners_feeds_one_is_read_and_nobodys_address_is_told(show, days):
    public = show.folder / "public"
    for number in range(9):
        shutil.copytree(days[1], public / "private" / f"{number:040x}")
    read = {each.name.rpartition("/")[0] for each in Folder(public, datetime.now(UTC)).documents}
    assert read == {"", f"private/{0:040x}"}
    with pytest.raises(PublishingError, match=r"^private/…/feed.xml: self-address: ") as told:
        show.deploy()
    assert f"{0:040x}" not in str(told.value)
