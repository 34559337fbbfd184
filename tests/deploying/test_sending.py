"""Nothing that would fail listeners is sent to where they fetch it."""

import os
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

import audioed
from audioed.cli.app import app
from audioed.deploying.plan import public_files
from audioed.errors import ConfigError, DeployError, PublishingError
from audioed.linting.folder import Folder
from audioed.place import QUIET
from audioed.sending import send
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


def sent(show, **options):
    """What a deploy does with a public folder as it lies there: of what is harmed here, publishing mends most."""
    return send(None, show.place, QUIET, **options)


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
    sent(show)
    before = there(home)
    shutil.rmtree(public)
    shutil.copytree(days[1], public)
    harmed(public, harm)
    for dry_run in (True, False):
        with pytest.raises(PublishingError, match=rf"^\S+: {harm}.*; nothing was sent; "):
            sent(show, dry_run=dry_run)
    assert there(home) == before


def test_warnings_are_counted_in_a_line_where_something_is_sent(home, show):
    feed = show.folder / "public" / "feed.xml"
    feed.write_text(feed.read_text("utf-8").replace("<title>boat 1", "<title>&lt;b&gt;boat 1&lt;/b&gt;"), "utf-8")
    assert sent(show).notes == ("1 warning about what is public; `audioed lint` tells more.",)
    assert sent(show).notes == ()
    assert there(home)


@pytest.mark.usefixtures("read_here")
def test_a_night_that_may_not_send_says_so_and_the_next_one_sends(home, show):
    (home / "articles").mkdir()
    (home / "articles" / "boat.md").write_text(TEXT.format(title="boat 7", day="Friday"), "utf-8")
    stray = show.folder / "public" / "notes.toml"
    stray.touch()
    report = show.nightly()
    assert report.episode
    assert report.unsent
    assert any(each.startswith("not sent to web: notes.toml: private: ") for each in report.deployed)
    assert there(home) == {}
    done = CliRunner().invoke(app, ["deploy", "--config", str(home), "--cache", str(home / "cache")])
    assert done.exit_code == 1
    assert sum(line.startswith("audioed: ") for line in done.output.splitlines()) == 1
    stray.unlink()
    assert not show.nightly().unsent
    assert f"{SHOW}/{report.episode.name}/{report.episode.enclosure.name}" in there(home)


def test_of_many_listeners_feeds_one_is_read_and_nobodys_address_is_told(show, days):
    public = show.folder / "public"
    for number in range(9):
        shutil.copytree(days[1], public / "private" / f"{number:040x}")
    read = {each.name.rpartition("/")[0] for each in Folder(public, datetime.now(UTC)).documents}
    assert read == {"", f"private/{0:040x}"}
    with pytest.raises(PublishingError, match=r"^private/00000000…/feed.xml: self-address: ") as told:
        sent(show)
    assert f"{0:040x}" not in str(told.value)


def test_recordings_that_are_gone_here_are_not_removed_there_unasked(home, show):
    public = show.folder / "public"
    for number in range(5):
        folder = public / f"2026-01-0{number + 1}-old"
        folder.mkdir()
        (folder / "old-0123456789.mp3").write_bytes(b"sound" * (number + 1))
    sent(show)
    before = there(home)
    for folder in public.glob("*-old"):
        shutil.rmtree(folder)
    with pytest.raises(DeployError, match=r"^5 recordings of the target's 7 are not here any more; bring .* `--prune`"):
        sent(show)
    assert there(home) == before
    assert len(sent(show, dry_run=True).removed) == 5
    assert len(sent(show, prune=True).removed) == 5


@pytest.mark.parametrize("address", ["output", "output/harbour", "output/harbour/public", "output/../output"])
def test_a_target_that_is_the_show_itself_is_refused(home, address):
    text = (home / "audioed.toml").read_text("utf-8")
    where = (home.parent / "www").as_posix()
    (home / "audioed.toml").write_text(text.replace(where, address), "utf-8")
    (home / "output" / SHOW / "harbour").mkdir()
    show = audioed.open(home, cache=home / "cache")
    before = content(show.folder / "public")
    with pytest.raises(ConfigError, match=r"^targets\.web\.address: is where audioed keeps the show itself; name"):
        sent(show)
    assert content(show.folder / "public") == before


def test_what_a_killed_build_was_removing_is_not_sent(show):
    for name in (".making-boat", "private/.making-0123"):
        folder = show.folder / "public" / name
        folder.mkdir(parents=True)
        (folder / "feed.xml").write_text("<rss/>", "utf-8")
    found = public_files(show.folder / "public", show.place.store.cache, "x")
    assert "feed.xml" in found
    assert not [name for name in found if "making" in name]


@pytest.mark.usefixtures("read_here")
def test_a_private_show_is_sent_by_its_nights(home):
    text = (home / "audioed.toml").read_text("utf-8")
    (home / "audioed.toml").write_text(text.replace('deploy = "web"', 'private = true\ndeploy = "web"'), "utf-8")
    shutil.rmtree(home / "output")
    (home / "articles").mkdir()
    (home / "articles" / "boat.md").write_text(TEXT.format(title="boat 7", day="Friday"), "utf-8")
    show = audioed.open(home, cache=home / "cache")
    assert show.nightly().episode
    show.listeners.add("Anna")
    assert not show.nightly().unsent
    assert [name for name in there(home) if name.endswith("/feed.xml")]
    assert f"{SHOW}/index.html" in there(home), "or a server would list what is beside it"


def test_a_commit_that_was_not_pushed_is_pushed_by_the_next_deploy(home):
    www, shared = home.parent / "www", home.parent / "shared.git"

    def git(*arguments):
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *arguments],  # noqa: S607 - as the command calls it
            cwd=www,
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | settings,
        )
        return done.stdout.strip()

    git("init", "--quiet", "--bare", "--initial-branch=main", str(shared))
    git("init", "--quiet", "--initial-branch=main")
    git("config", "user.name", "A")
    git("config", "user.email", "a@example.org")
    git("commit", "--quiet", "--allow-empty", "--message", "Begin")
    git("remote", "add", "origin", str(shared))
    git("push", "--quiet", "--set-upstream", "origin", "main")
    text = (home / "audioed.toml").read_text("utf-8").replace('kind = "folder"', 'kind = "folder"\ncommit = true')
    (home / "audioed.toml").write_text(text, "utf-8")
    show = audioed.open(home, cache=home / "cache")
    shared.rename(shared.with_name("away"))
    with pytest.raises(DeployError, match=r"`git push` failed \(fatal: .*does not"):
        sent(show)
    shared.with_name("away").rename(shared)
    assert sent(show).notes == ("pushed",)
    assert git("rev-parse", "HEAD") == git("rev-parse", "@{upstream}")
    assert sent(show).notes == ()
