"""What a shell offers for an unfinished command line, in every shell, and what stands before a command."""

import os
import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app

COMMAND = [sys.executable, "-W", "error", "-m", "audioed"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def offered(line, shell="zsh"):
    """What a shell is offered for this line, each on a line."""
    words = line.split(" ")
    environment = {
        "_AUDIOED_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = CliRunner().invoke(app, [], prog_name="audioed", env=environment)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("audioed ren", ["render"]),
        ("audioed help ren", ["render"]),
        ("audioed lexicon ", ["check", "add", "import", "export"]),
        ("audioed voices re", ["remove"]),
        ("audioed voices try heart-bri", ["heart-bright", "heart-brisk"]),
        ("audioed render --vo", ["--voice"]),
        ("audioed render --voice n", ["narrator="]),
        ("audioed render --voice narrator=heart-bri", ["narrator=heart-bright", "narrator=heart-brisk"]),
        ("audioed nobody knows ren", ["render"]),
        ("audioed render fil", []),
    ],
)
def test_what_may_come_next_is_offered(line, told):
    assert offered(line, "bash").split() == told


def test_every_shell_is_offered_it_in_its_own_way():
    assert '"render":"Make an episode' in offered("audioed ren", "zsh")
    assert offered("audioed render fil", "zsh").strip() == "_files"
    assert offered("audioed ren", "fish").startswith("render\tMake an episode")


def test_episodes_and_voices_are_those_of_the_show_in_this_folder(home):
    for name in ("2026-03-14-one", "2026-03-15-two", "half-made"):
        (home / "output" / "my-articles" / name).mkdir(parents=True)
    for path in (home / "output" / "my-articles").glob("2*"):
        (path / "episode.json").write_text("{}")
    (home / "voices").mkdir()
    (home / "voices" / "mine.toml").write_text('engine = "silent"\nlanguage = "en"\n')
    assert offered("audioed verify ", "bash").split() == ["2026-03-15-two", "2026-03-14-one"]
    assert offered("audioed voices try mi", "bash").split() == ["mine"]
    (home / "audioed.toml").write_text("[show]\ntitel = 'x'\n")
    (home / "voices" / "mine.toml").write_text("[")
    assert offered("audioed verify ", "bash").split() == []
    assert offered("audioed voices try mi", "bash").split() == []


@pytest.mark.skipif(not os.access("/bin/bash", os.X_OK), reason="bash is not there")
def test_bash_completes_a_command(home):
    shim = home / "bin" / "audioed"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audioed "$@"\n')
    shim.chmod(0o755)
    environment = {**os.environ, "PATH": f"{shim.parent}:{os.environ['PATH']}"}
    script = """
        eval "$(_AUDIOED_COMPLETE=source_bash audioed)"
        COMP_WORDS=(audioed ren) COMP_CWORD=1
        $(complete -p audioed | sed 's/.*-F //; s/ .*//') audioed
        echo "${COMPREPLY[@]}"
    """
    bash = ["/bin/bash", "--norc", "-c", script]
    done = subprocess.run(bash, env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("render\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_shown_how_it_completes(shell):
    done = CliRunner().invoke(app, [], prog_name="audioed", env={"_AUDIOED_COMPLETE": f"source_{shell}"})
    assert (done.exit_code, done.stderr) == (0, "")
    assert "_AUDIOED_COMPLETE=complete_" in done.stdout
    assert "audioed" in done.stdout


def test_the_version_is_told():
    done = CliRunner().invoke(app, ["--version"], prog_name="audioed")
    assert (done.exit_code, done.stdout) == (0, f"audioed {version('audioed')}\n")


def test_it_is_called_audioed_however_it_is_started():
    done = subprocess.run([*COMMAND, "rendr"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "audioed: there is no command 'rendr'; did you mean `audioed render`?\n"
    shown = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True)
    assert "Usage: audioed [OPTIONS] COMMAND" in shown.stdout
    assert "__main__" not in shown.stdout
