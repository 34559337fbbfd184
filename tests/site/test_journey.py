"""The tutorial, word by word: a newcomer comes from nothing to a feed on a server and a page in a browser."""

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app
from tests.deploying import servers
from tests.linting.test_linting import web_server
from tests.site.conftest import FRESH, Tab
from tests.test_docs import HOME, blocks_of, hummed, written

TUTORIAL = HOME / "docs" / "tutorial.md"
WEB, TARGET = "https://example.com/podcast", "sftp://me@example.com/var/www/podcast"
"""Where the tutorial publishes;"""
NO_BROWSER = f"{sys.executable} -c pass %s"
SHOW = "the-harbour-letter"


@dataclass
class Journey:
    """Somebody who follows the tutorial, and what came of it."""

    web: str
    target: str
    folder: Path
    """What the web server shows."""
    by_sftp: bool
    until_the_end: Callable[[subprocess.Popen], subprocess.Popen]
    """Ends a process when all is done."""
    ran: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    """The addresses of the show's page in previews."""

    def here(self, text):
        """A text of the tutorial with this machine in place of example.com."""
        kind = text if self.by_sftp else text.replace('kind = "sftp"', 'kind = "folder"')
        return kind.replace(TARGET, self.target).replace(WEB, self.web)

    def there(self, text):
        """The other way round."""
        return text.replace(self.target, TARGET).replace(self.web, WEB)

    def follow(self, line, patch):
        """Do what a line says; what it printed."""
        words = shlex.split(self.here(line), comments=True)
        if words[0] == "cd":
            patch.chdir(words[1])
            hummed(Path())
        if words[0] != "audioed":
            return ""
        self.ran.append(words[1])
        if words[1] == "serve":
            return self.preview(words)
        for at, word in enumerate(words):
            if found := re.fullmatch(r"2026-11-27(-.+)", word):  # an episode is known by the day on which it was made
                words[at] = next(Path("output").rglob(f"????-??-??{found[1]}")).name
        done = CliRunner().invoke(app, words[1:], prog_name="audioed")
        assert done.exit_code == 0, f"{line}: {done.output}"
        return done.stdout

    def preview(self, words):
        """As a process, which goes on; it opens no window."""
        command = [sys.executable, "-m", *words, "--port", "0"]
        environment = {**os.environ, "BROWSER": NO_BROWSER, "PYTHONPATH": str(HOME)}
        server = self.until_the_end(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment))
        told = [server.stdout.readline() for _ in range(2)]
        self.pages.append(told[-1].split()[-1])
        return "".join(told)


def published(stack, folder, patch):
    """Where a newcomer publishes by SFTP, with a key of their own; a folder, where no such server can be had."""
    (folder / "served" / "podcast").mkdir(parents=True)
    web = stack.enter_context(web_server(folder / "served"))
    try:
        server = stack.enter_context(servers.sshd(folder))
    except pytest.skip.Exception:
        return f"{web}/podcast", str(folder / "served" / "podcast"), False
    (folder / "home" / ".ssh").mkdir(parents=True)
    server.ssh_config.rename(folder / "home" / ".ssh" / "config")
    for name in ("HOME", "USERPROFILE"):
        patch.setenv(name, str(folder / "home"))
    return f"{web}/podcast", f"sftp://127.0.0.1:{server.port}{folder}/served/podcast", True


@pytest.fixture(scope="module")
def journey(tmp_path_factory):
    """All that the tutorial says has been done, and it printed what stands there."""
    folder, home = tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("newcomer")
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        patch.chdir(home)
        patch.setenv("AUDIOED_CACHE", str(home / "cache"))
        web, target, by_sftp = published(stack, folder, patch)

        def until_the_end(process):
            stack.enter_context(process)
            stack.callback(process.terminate)
            return process

        journey, shown = Journey(web, target, folder / "served" / "podcast" / SHOW, by_sftp, until_the_end), ""
        for kind, name, text in blocks_of(TUTORIAL):
            if name and name != "no-test":
                written(name, journey.here(text))
            elif kind == "sh" and not name:
                shown = journey.there("".join(journey.follow(line, patch) for line in text.splitlines()))
            elif not kind and shown:
                agree(text, shown)
                shown = ""
        yield journey


def agree(told, shown):
    """The tutorial shows lines that were printed; their figures may be others."""
    printed = {line.split()[0] for line in shown.splitlines() if line.split()}
    said = [line for line in told.splitlines() if re.search(r"\d", line) is None]
    assert {line.split()[0] for line in told.splitlines() if not line[0].isdigit()} <= printed
    assert [line for line in said if line not in shown.splitlines()] == []


def test_the_tutorial_can_be_followed_word_by_word(journey):
    ran = {"init", "render", "serve", "deploy", "lint", "explain", "lexicon", "voices", "nightly", "correct", "verify"}
    assert ran <= set(journey.ran)


def test_six_commands_lead_from_nothing_to_a_feed_that_is_checked_on_its_server():
    typed = []
    for kind, name, text in blocks_of(TUTORIAL):
        typed += [line.split()[:2] for line in text.splitlines() if kind == "sh" and not name]
    first = typed.index(["audioed", "init"])
    last = [words[:2] for words in typed].index(["audioed", "lint"])
    assert last - first + 1 <= 6
    assert {words[1] for words in typed[first : last + 1]} == {"init", "harbour", "render", "serve", "deploy", "lint"}


def test_the_show_lies_on_a_server_that_is_reached_by_sftp(journey):
    if not journey.by_sftp:
        pytest.skip("OpenSSH's sshd is not installed (Debian: openssh-server)")
    feed = (journey.folder / "feed.xml").read_text("utf-8")
    files = re.findall(f'"{re.escape(journey.web)}/{SHOW}/([^"]+)"', feed)
    assert len([each for each in files if each.endswith(".mp3")]) >= 2
    assert [each for each in files if not (journey.folder / each).exists()] == []


@pytest.mark.parametrize("place", ["preview", "server"])
def test_its_page_opens_in_a_browser_and_plays(journey, chromium, place):
    home = journey.pages[0] if place == "preview" else f"{journey.web}/{SHOW}/"
    context = chromium.new_context(**FRESH)
    tab = Tab(context.new_page(), home)
    tab.open()
    assert tab.title() == "The Harbour Letter"
    tab.locator("a", has_text="The bridge opens").first.click()
    tab.wait_for_load_state()
    assert tab.locator("h1").inner_text() == "The bridge opens"
    tab.play()
    context.close()
    assert tab.told == []
