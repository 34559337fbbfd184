"""A dry run shows what would be said and leaves the whole file system as it was, whatever it is given."""

import functools
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app

TEXT = (
    "This is a sentence that is long enough to be an article, and it will lead somewhere.\n\n"
    "It says so twice: the pipe is made of lead, and then it stops.\n"
)
SILENT = ("--voice", "narrator=silent")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with sources of every kind, a server of it, and nowhere else to write."""
    for name in ("home", "data", "show"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "show")
    for variable in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    Path("a.md").write_text(f"# A small title\n\n{TEXT}", "utf-8")
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
    Path("b.html").write_text(f"<html><title>Another</title><article>{paragraphs}</article></html>", "utf-8")
    Path("empty.md").write_text("")
    Path("broken.json").write_text('{"edition": 1')
    return tmp_path


@pytest.fixture
def address(folder):
    handler = functools.partial(SimpleHTTPRequestHandler, directory=folder / "show")
    handler.log_message = lambda *_: None
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def everything(folder):
    """Every file and folder, with its content and its time."""
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*")
    }


def ran(*arguments, stdin="", code=0):
    done = CliRunner().invoke(app, ["render", *arguments, "--dry-run"], input=stdin)
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.mark.usefixtures("folder")
def test_a_word_of_which_only_the_sound_is_told_stands_as_it_is_written():
    text = "The letters are read by a clerk. They read, and then the lead pipe broke on 3 May, twice.\n\n"
    Path("a.md").write_text(f"# The clerk read it\n\n{text}{TEXT}", "utf-8")
    told = ran("a.md", *SILENT)
    for line in (
        "Read by a synthetic voice.",
        "The clerk read it.",
        "The letters are read by a clerk.",
        "They read, and then the lead pipe broke on the third of May, twice.",
        "the pipe is made of lead, and then it stops.",
    ):
        assert line in told
    script = ran("a.md", *SILENT, "--json")
    assert "[red](/" in script


@pytest.mark.usefixtures("folder")
def test_a_script_whose_spoken_form_was_changed_by_hand_is_shown_as_it_is_spoken():
    whole = json.loads(ran("a.md", *SILENT, "--json"))["script"]
    for segment in whole["segments"]:
        for each in segment["utterances"]:
            each["spoken"] = each["spoken"].replace("stops", "[ends](/ɛndz/)")
    Path("script.json").write_text(json.dumps(whole), "utf-8")
    assert "and then it ends." in ran("script.json", *SILENT)


def script(folder):
    """The edited script of an episode that is not published anywhere here."""
    told = json.loads(ran("a.md", "--json"))["script"]
    (folder / "show" / "script.json").write_text(json.dumps(told), "utf-8")
    return "script.json"


@pytest.mark.parametrize(
    ("sources", "stdin", "code"),
    [
        (["a.md"], "", 0),
        (["b.html"], "", 0),
        (["a.md", "b.html", "empty.md"], "", 3),
        (["a.md", "--title", "Mine", "--day", "2026-01-31"], "", 0),
        (["-"], TEXT, 0),
        (["{address}/b.html"], "", 0),
        (["{script}"], "", 0),
        (["{script}", *SILENT], "", 0),
        (["empty.md"], "", 1),
        (["broken.json"], "", 1),
        (["missing.md"], "", 1),
        (["{address}/missing.html"], "", 1),
        (["a.md", "--output", "elsewhere", "--cache", "kept"], "", 0),
    ],
)
def test_a_dry_run_writes_nothing_anywhere(folder, address, sources, stdin, code):
    known = {"address": address, "script": script(folder)}
    before = everything(folder)
    for options in ([], ["--json"]):
        told = ran(*(each.format(**known) for each in sources), *options, stdin=stdin, code=code)
        assert everything(folder) == before
        if code != 1:
            assert "It says so twice" in told
            assert not options or json.loads(told).keys() == {"articles", "script", "skipped"}


def test_beside_an_episode_that_is_there_a_dry_run_changes_nothing(folder):
    made = CliRunner().invoke(app, ["render", "a.md", *SILENT, "--json"])
    (folder / "show" / "audioed.toml").write_text('[mastering.stings]\nopening = "none"\n')
    before = everything(folder)
    episode = Path(json.loads(made.stdout)["episode_json"])
    ran("a.md", *SILENT)
    ran(str(episode.parent / "script.json"), *SILENT)
    assert everything(folder) == before


def test_a_dry_run_leaves_a_damaged_index_as_it_is(folder):
    assert CliRunner().invoke(app, ["render", "a.md", *SILENT]).exit_code == 0
    (index,) = (folder / "cache" / "catalogues").iterdir()
    for damaged in (index.read_bytes()[:-40], b"", index.read_bytes().replace(b"digest", b"DIGEST", 1) + b"x"):
        index.write_bytes(damaged)
        (folder / "cache" / ".lock").unlink(missing_ok=True)
        before = everything(folder)
        ran("a.md", *SILENT)
        assert everything(folder) == before


def edited(episode, old, new):
    """Change what is said in the script beside an episode, as an editor would."""
    path = Path(episode).parent / "script.json"
    path.write_text(path.read_text("utf-8").replace(f'"spoken": "{old}', f'"spoken": "{new}'), "utf-8")


def test_a_dry_run_says_what_a_build_with_edits_by_hand_would_say(folder):
    made = CliRunner().invoke(app, ["render", "a.md", *SILENT, "--json"])
    edited(json.loads(made.stdout)["episode_json"], "It says so twice", "It says so three times")
    before = everything(folder)
    assert "It says so three times" in ran("a.md", *SILENT)
    assert "It says so three times" in ran("a.md", *SILENT, "--json")
    assert "It says so three times" not in ran("a.md", *SILENT, "--fresh")
    assert everything(folder) == before


def test_a_dry_run_says_that_a_build_would_refuse_to_lose_edits(folder):
    made = CliRunner().invoke(app, ["render", "a.md", *SILENT, "--json"])
    edited(json.loads(made.stdout)["episode_json"], "It says so twice", "It says so three times")
    text = Path("a.md").read_text("utf-8")
    Path("a.md").write_text(text.partition("It says so twice")[0] + "Now the pipe is made of copper.\n", "utf-8")
    before = everything(folder)
    refused = CliRunner().invoke(app, ["render", "a.md", *SILENT, "--dry-run"])
    assert refused.exit_code == 1
    assert "1 of its edits has no match" in refused.stderr
    assert everything(folder) == before
    assert "made of copper" in ran("a.md", *SILENT, "--fresh")


def test_a_dry_run_shows_words_and_their_sounds_only_as_json(folder):
    assert "](/" in ran("a.md", "--json")
    shown = ran("a.md")
    assert "](/" not in shown
    assert "made of lead" in shown
    assert shown == ran(script(folder))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--title", "Mine"], "--title: a script has its own title"),
        (["--day", "2026-01-31"], "--day: a script has its own day"),
    ],
)
@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
@pytest.mark.parametrize("name", ["script.json", "SCRIPT.JSON", "missing.json"])
def test_what_a_script_has_itself_is_refused(folder, options, told, dry, name):
    script(folder)
    (folder / "show" / "SCRIPT.JSON").write_bytes((folder / "show" / "script.json").read_bytes())
    before = everything(folder)
    done = CliRunner().invoke(app, ["render", name, *options, *dry])
    assert done.exit_code == 2
    assert told in done.stderr
    assert everything(folder) == before


@pytest.mark.parametrize(
    "options",
    [
        *(["--day", day] for day in ("tomorrow", "", "20260131", "2026-W05-6", "2026-02-30", "31.01.2026", "2026-1-3")),
        *(["--title", title] for title in ("", "  ", "Red\x1b[31m", "One\nTwo", "\u202eevil")),
        ["--voice", "narrator="],
        ["--voice", "singer=heart"],
        ["--json", "--voice", ""],
    ],
)
def test_options_that_cannot_be_meant_are_refused(options):
    for command in ("render", "write")[: 1 if "--voice" in options else 2]:
        done = CliRunner().invoke(app, [command, "a.md", *options])
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
        assert options[-2] in done.stderr


def test_standard_input_is_read_once():
    done = CliRunner().invoke(app, ["render", "-", "-", "--dry-run"], input=TEXT)
    assert done.exit_code == 2
    assert "name - once" in done.stderr
    assert "an empty source name was given" in CliRunner().invoke(app, ["render", ""]).stderr
