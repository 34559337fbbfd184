"""What `pip install audioed` alone can do, and the sentence that each missing extra is told with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
SHORT = HOME / "tests" / "data" / "cli" / "short.md"
SILENT = ("--voice", "narrator=silent")
EPISODE = "2026-01-31-the-lamp-on-the-pier"
GERMAN = "# Kleine Fähre\n\nDer Bürgermeister von Övelgönne fährt am Montag zur Fähre und kommt am Dienstag zurück.\n"
SETTINGS = {
    "m4a.toml": '[mastering]\nformats = ["mp3-small", "m4a"]\n',
    "small.toml": '[show]\ntitle = "Small"\n[mastering]\nformats = ["mp3-small"]\n',
    "sounds.toml": '[show]\ntitle = "Sounds"\n[mastering.stings]\nopening = "chime.m4a"\n',
    "hummed.toml": '[synthesis.roles]\nnarrator = "silent"\n',
}
COMMANDS = {
    "render": ("render", SHORT, *SILENT, "--json", "--day", "2026-01-31"),
    "verify": ("verify", EPISODE),
    "inspect": ("inspect", EPISODE, "--png", "picture.png"),
    "smaller": ("render", SHORT, *SILENT, "--config", "small.toml", "--json"),
    "m4a": ("render", SHORT, *SILENT, "--config", "m4a.toml"),
    "script with m4a": ("extract", SHORT, "--config", "m4a.toml"),
    "jingle": ("render", SHORT, *SILENT, "--config", "sounds.toml"),
    "heart": ("render", "tiny.md", "--config", "small.toml", "--json"),
    "joe": ("voices", "try", "joe", "Good morning."),
    "piper": ("voices", "install", "de"),
    "voices": ("voices",),
    "listed": ("voices", "list", "--json"),
    "doctor": ("doctor",),
    "proof": ("proof", EPISODE),
    "lexicon": ("lexicon", "check", "german.md", "--config", "hummed.toml"),
    "names": ("lexicon", "check", SHORT, "--json", "--config", "hummed.toml"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What each command answers: exit code, stdout, stderr; and under `imported` what should not have been."""
    home = tmp_path_factory.mktemp("bare")
    for name, text in SETTINGS.items():
        (home / name).write_text(text, "utf-8")
    (home / "german.md").write_text(GERMAN, "utf-8")
    (home / "tiny.md").write_text("# Night ferry\n\nThe night ferry runs on batteries from Monday on.\n", "utf-8")
    (home / "chime.m4a").write_bytes(b"\0\0\0\x18ftypM4A " + bytes(200))
    environment = {**os.environ, "AUDIOED_CACHE": str(home / "cache"), "AUDIOED_DATA": str(home / "data")}
    commands = [list(map(str, each)) for each in COMMANDS.values()]
    done = subprocess.run(
        [sys.executable, "-W", "error", HOME / "tests" / "without_extras.py"],
        cwd=home,
        env={**environment, "PYTHONPATH": str(HOME)},
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {**dict(zip(COMMANDS, found["answers"], strict=True)), "imported": found["imported"], "home": home}


@pytest.mark.parametrize("command", ["render", "smaller", "heart", "verify", "inspect", "voices", "names"])
def test_what_needs_no_extra_works_without_any(told, command):
    code, stdout, stderr, exception = told[command]
    assert (code, exception) == (0, ""), stdout + stderr
    assert [line for line in stderr.splitlines() if not line.endswith(" ...")] == []


def test_no_extra_is_imported(told):
    assert told["imported"] == []


@pytest.mark.parametrize(
    ("command", "extra", "subject"),
    [
        ("m4a", "formats", "m4a"),
        ("jingle", "formats", "chime.m4a"),
        ("joe", "piper", "joe"),
        ("piper", "piper", "Piper"),
        ("proof", "proof", "recogniser"),
    ],
)
def test_a_missing_extra_is_told_in_a_sentence_with_its_command(told, command, extra, subject):
    code, stdout, stderr, _ = told[command]
    assert code == 1
    assert f'pip install "audioed[{extra}]"' in stderr
    assert subject in stderr
    assert len([line for line in stderr.splitlines() if not line.endswith(" ...")]) == 1, stderr
    assert stdout == ""


def test_nothing_is_spent_on_a_format_that_cannot_be_made(told):
    assert not (told["home"] / "output" / "my-articles-2").exists()
    assert told["script with m4a"][0] == 0


def test_words_without_a_dictionary_are_told_with_the_extra_that_has_one(told):
    _, stdout, _, _ = told["lexicon"]
    assert "Övelgönne" in stdout
    assert (
        'without a dictionary of de, only names are listed; `pip install "audioed[dictionaries]"` adds one.' in stdout
    )
    assert json.loads(told["names"][1])["lexicon"] == []


def test_the_doctor_knows_which_extras_there_are(told):
    lines = {line.split()[1]: line for line in told["doctor"][1].splitlines() if line.startswith("note")}
    assert (
        'ffmpeg, for M4A, Opus and more kinds of sound file, is not installed; python -m pip install "audioed[formats]"'
        in lines["ffmpeg"]
    )
    notes = [line for line in told["doctor"][1].splitlines() if " extras " in line]
    for extra in ("piper", "kokoro", "dictionaries", "proof", "cluster", "fonts"):
        assert any(f'python -m pip install "audioed[{extra}]"' in line for line in notes), extra
    broken = [line for line in told["doctor"][1].splitlines() if line.startswith("BROKEN")]
    assert [line for line in broken if line.split()[1] != "packages"] == []  # which are those that pip put there


def test_a_voice_of_an_extra_is_listed_with_its_command(told):
    lines = told["voices"][1].splitlines()
    after_joe = lines[next(i for i, line in enumerate(lines) if line.startswith("joe ")) + 2]
    assert after_joe.strip().startswith("Not installed: Piper")
    listed = json.loads(told["listed"][1])
    assert listed["joe"]["needs"] == after_joe.strip().removeprefix("Not installed: ")
    assert listed["heart"]["needs"] == ""
