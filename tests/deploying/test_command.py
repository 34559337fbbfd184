"""`audioed deploy` and the nights that send: what they say, and with which exit code they end."""

import json
import shutil
import subprocess
import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from typer.testing import CliRunner

from audioed.cli.app import app
from audioed.nightly import asking
from audioed.passwords import password
from tests.deploying.conftest import SETTINGS
from tests.deploying.sites import BASE, SHOW, content
from tests.quick import Inline

TARGETS = """deploy = "web"
[nightly]
folders = ["articles"]
[targets.web]
kind = "folder"
address = "www"
[targets.git]
kind = "folder"
address = "tree"
commit = true
[targets.host]
kind = "sftp"
address = "sftp://ida@example.com/www"
[targets.bucket]
kind = "s3"
address = "s3://podcasts"
"""


@pytest.fixture
def home(days, tmp_path):
    """A show that has grown for three days, with a folder to send it to."""
    home = tmp_path / "show"
    shutil.copytree(days[0].parent / "show", home)
    (home / "audioed.toml").write_text(SETTINGS + TARGETS, "utf-8")
    for name in ("www", "articles"):
        (home / name).mkdir()
    return home


@pytest.fixture
def run(home):
    def run(*words):
        done = CliRunner().invoke(app, [*words, "--config", str(home), "--cache", str(home / "cache")])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return run


def notes(done):
    return [line.removeprefix("audioed: ") for line in done.stderr.splitlines() if line.startswith("audioed: ")]


def test_the_command_lists_what_it_would_send_sends_it_and_then_has_nothing_to_do(run, home, days):
    files, size = content(days[2]), sum(map(len, content(days[2]).values()))
    total = f"{len(files)} files ({size / 1e6:.1f} MB)"
    listed = run("deploy", "--dry-run")
    assert (listed.exit_code, listed.stdout.splitlines()[-1]) == (0, f"{total} would be sent to web.")
    assert {line.split()[-1] for line in listed.stdout.splitlines()[:-1]} == files.keys()
    assert not list((home / "www").iterdir())

    told = json.loads(run("deploy", "web", "--dry-run", "--json").stdout)
    assert list(told["sent"])[-1] == "feed.xml"
    assert {name: len(data) for name, data in files.items()} == told.pop("sent")
    assert told == {"target": "web", "removed": {}, "bytes": size, "dry_run": True, "notes": []}

    sent = run("deploy")
    page = f"{BASE}/{SHOW}/"
    told = [f"{total} sent to web.", f"subscribe  {page}feed.xml", f"page       {page}"]
    assert (sent.exit_code, sent.stdout.splitlines()) == (0, told)
    again = run("deploy")
    assert (again.exit_code, again.stdout) == (0, "Nothing has changed; web has all of it.\n")
    assert content(home / "www" / SHOW).items() >= files.items()


def test_the_command_replaces_and_compares_what_lies_there_when_it_is_told_to(run, home):
    theirs = home / "www" / SHOW / "feed.xml"
    theirs.parent.mkdir()
    theirs.write_bytes(b"<rss/>")
    refused = run("deploy")
    assert refused.exit_code == 1
    assert refused.stderr.endswith("choose another folder, or replace them with `--adopt`.\n")
    assert theirs.read_bytes() == b"<rss/>"
    assert run("deploy", "--adopt").exit_code == 0
    theirs.write_bytes(theirs.read_bytes().swapcase())
    assert run("deploy").stdout.startswith("Nothing has changed")
    assert list(json.loads(run("deploy", "--check", "--json").stdout)["sent"]) == ["feed.xml"]


@pytest.mark.parametrize(
    ("name", "gone", "told"),
    [
        ("wob", "", "there is no target 'wob'; the targets are web, git, host, bucket."),
        (
            "host",
            "sftp.asyncssh",
            "the target 'host' needs a library that is not installed; run `python -m pip install \"",
        ),
        ("bucket", "s3.obstore", '"audioed[s3]"`.'),
        ("git", "", "there is no such folder; make it, or correct targets.git.address."),
    ],
)
def test_what_cannot_be_sent_is_told_in_a_sentence_and_the_exit_code(run, monkeypatch, name, gone, told):
    if gone:
        monkeypatch.setattr(f"audioed.deploying.targets.{gone}", None)
    for options in ((), ("--dry-run",), ("--json",)):
        done = run("deploy", name, *options)
        assert done.exit_code == 1
        assert told in done.stderr
        assert len(notes(done)) == 1
        assert done.stdout == ""


def test_a_night_without_news_sends_what_is_missing_and_one_that_cannot_says_so(run, home, days, monkeypatch):
    monkeypatch.setattr(asking, "Worker", Inline)
    (home / "www").rmdir()
    failed = run("nightly", "--json")
    assert failed.exit_code == 1
    assert "not sent to web: " in failed.output
    (home / "www").mkdir()
    assert run("nightly").exit_code == 0
    files = content(home / "www" / SHOW)
    assert files.items() >= content(home / "output" / SHOW / "public").items()
    assert files.keys() >= content(days[2]).keys()
    (home / "www" / SHOW / "feed.xml").unlink()
    assert run("nightly").exit_code == 0
    assert content(home / "www" / SHOW).keys() >= files.keys()


@pytest.fixture
def git(home, monkeypatch):
    """A work tree with a file of somebody else."""
    for name, value in {"GLOBAL": "/dev/null", "NOSYSTEM": "1", "COUNT": "2"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    for number, (key, value) in enumerate({"user.name": "Ida", "user.email": "ida@example.org"}.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)

    def git(*words, tree=home / "tree"):
        done = subprocess.run(["git", "-C", tree, *words], check=True, capture_output=True, text=True)  # noqa: S607
        return done.stdout.splitlines()

    (home / "tree").mkdir()
    git("init", "-q", "-b", "pages")
    (home / "tree" / "about.html").write_text("mine", "utf-8")
    return git


def test_a_git_work_tree_gets_a_commit_of_the_show_alone_and_pushes_it_once_it_can(run, home, days, git):
    files = {f"{SHOW}/{name}" for name in content(days[2])}
    done = run("deploy", "git")
    assert (done.exit_code, notes(done)) == (0, ["committed; its branch has no upstream that it could be pushed to"])
    assert git("log", "--format=%s") == [f"Publish {SHOW}"]
    committed = set(git("-c", "core.quotePath=off", "ls-tree", "-r", "--name-only", "HEAD"))
    assert {name for name in committed if "/_audioed-" not in name} == files
    assert not [name for name in committed if "lock" in name]
    assert git("status", "--porcelain") == ["?? about.html"]
    assert notes(run("deploy", "git")) == []

    git("init", "-q", "--bare", "-b", "pages", str(home / "host"))
    git("remote", "add", "origin", str(home / "host"))
    git("push", "-q", "-u", "origin", "pages")
    (home / "tree" / SHOW / "feed.xml").unlink()
    (home / "host").rename(home / "away")
    failed = run("deploy", "git")
    assert failed.exit_code == 1
    assert "`git push` failed (" in failed.stderr
    (home / "away").rename(home / "host")
    assert notes(run("deploy", "git")) == ["pushed"]
    assert notes(run("deploy", "git")) == []
    assert git("rev-parse", "pages", tree=home / "host") == git("rev-parse", "HEAD")


class Wallet(KeyringBackend):
    """A keyring that holds one password, or is locked."""

    priority = 1
    locked = False

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked("nobody is there")
        return "from the keyring" if (service, username) == ("audioed", "my-site") else None

    def set_password(self, *_):
        raise AssertionError("audioed keeps no password")


def test_a_password_is_the_environments_or_the_keyrings_or_none(monkeypatch):
    wallet, before = Wallet(), keyring.get_keyring()
    keyring.set_keyring(wallet)
    try:
        assert (password("my-site"), password("other")) == ("from the keyring", "")
        monkeypatch.setenv("AUDIOED_MY_SITE_PASSWORD", "from outside")
        assert password("my-site") == "from outside"
        monkeypatch.delenv("AUDIOED_MY_SITE_PASSWORD")
        wallet.locked = True
        assert password("my-site") == ""
        monkeypatch.setitem(sys.modules, "keyring", None)
        assert password("my-site") == ""
    finally:
        keyring.set_keyring(before)
