"""Whatever a page, a title or a file is called: every encoding takes what is printed, and no terminal obeys it."""

import gc
import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from audioed import terminal
from audioed.cli.app import app, main

TITLE = "Мост “открыт” 🎉 — naïve"
EVIL = "Red \x1b]0;owned\x07 \x9b31m title \u202eevil\rover"
TEXT = "This is a sentence that is long enough to be an article. It says so twice, and then it stops."
SILENT = ("--voice", "narrator=silent")
OBEYED = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
STRANGE = "caf\udce9 \x1b[31mred\udcff.md"
"""A file name that is no text: Latin-1 where the system has UTF-8."""


@pytest.fixture
def folder(tmp_path):
    """Articles with all that an encoding may lack and a terminal may obey."""
    (tmp_path / "title.md").write_text(f"# {TITLE}\n\n{TEXT} Мост 🎉.\n", "utf-8")
    page = (
        f"<html><head><title>{EVIL}</title></head><body><article><h1>{EVIL}</h1><p>{TEXT} {EVIL}</p></article></html>"
    )
    (tmp_path / "evil.html").write_text(page, "utf-8")
    return tmp_path


@pytest.fixture(scope="module", autouse=True)
def shared_cache(tmp_path_factory):
    """What is printed is judged here, and not what was drawn or encoded for it: that is made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOED_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@dataclass
class Done:
    """How the command ended, and what it printed, as bytes."""

    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def run(folder, monkeypatch):
    """Run the command in this process, with streams as Python opens them for this encoding."""

    def run(encoding, *arguments):
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setattr(sys, "argv", ["audioed", *arguments])
        for name, errors in (("stdout", "strict"), ("stderr", "backslashreplace")):
            monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors))
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(ended.value.code or 0, sys.stdout.buffer.getvalue(), sys.stderr.buffer.getvalue())

    log, stops = logging.getLogger("audioed"), (signal.SIGINT, signal.SIGTERM)
    before, threshold = [signal.getsignal(each) for each in stops], gc.get_threshold()
    monkeypatch.setattr(log, "handlers", list(log.handlers))
    yield run
    for stop, handler in zip(stops, before, strict=True):
        signal.signal(stop, handler)
    gc.set_threshold(*threshold)
    gc.unfreeze()


def ran(folder, *arguments, **environment):
    """What a process of its own printed, as bytes."""
    settings = {"PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "80"}
    command = [sys.executable, "-m", "audioed", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **settings, **environment}, capture_output=True, check=False
    )


def obeyed(printed: str) -> list[str]:
    return OBEYED.findall(printed.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("encoding", "arguments"),
    [
        ("ascii", ["render", "title.md", "evil.html", "--dry-run"]),
        ("cp1252", ["explain", "title.md", "evil.html"]),
        ("latin-1", ["lexicon", "check", "title.md"]),
        ("ascii", ["--help"]),
        ("cp1252", ["render", "--help"]),
    ],
)
def test_every_encoding_takes_what_is_printed(run, encoding, arguments):
    done = run(encoding, *arguments)

    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert not obeyed(done.stdout.decode(encoding))


def test_without_any_locale_a_pipe_gets_text(folder):
    (folder / "Мост.md").write_text(f"{TITLE}\n\n{TEXT}\n", "utf-8")

    done = ran(folder, "extract", "Мост.md", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert json.loads(done.stdout)["title"] == TITLE
    if sys.platform == "linux":
        assert json.loads(done.stdout)["name"] == "Мост.md"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file names that are no text")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_json_stays_json_in_every_encoding(folder, run, encoding):
    (folder / STRANGE).write_text(f"{EVIL}\n\n{TEXT}\n", "utf-8")

    done = run(encoding, "render", "title.md", STRANGE, *SILENT, "--dry-run", "--json")

    told = json.loads(done.stdout.decode("utf-8"))
    assert told["articles"][0]["title"] == TITLE
    assert not obeyed(done.stdout.decode(encoding))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file names that are no text")
def test_a_file_whose_name_is_no_text_becomes_an_episode(folder):
    (folder / STRANGE).write_text(f"{TITLE}\n\n{TEXT}\n", "utf-8")

    done = ran(folder, "render", STRANGE, *SILENT, "--output", "out\udcff", PYTHONIOENCODING="ascii")

    assert done.returncode == 0, done.stderr
    assert rb"out\xff/my-articles/public/feed.xml" in done.stdout


def test_whoever_has_read_enough_is_not_told_so(folder):
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for arguments in (["lexicon", "export"], ["--help"]):
        command = [sys.executable, "-m", "audioed", *arguments]
        with subprocess.Popen(command, cwd=folder, env=settings, stdout=-1, stderr=-1) as process:
            process.stdout.close()
            said = process.stderr.read()
        assert not re.search(rb"Traceback|Exception|Broken", said)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no file here is always full")  # noqa: PTH110
@pytest.mark.parametrize("arguments", [["voices"], ["--help"]])
def test_a_full_disk_behind_standard_output_is_told_in_one_sentence(folder, arguments):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "audioed", *arguments]
        settings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(command, cwd=folder, env=settings, stdout=full, stderr=-1, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(r"audioed: .*No space left.*\n", done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_on_a_narrow_terminal_paths_are_whole_and_titles_command_nothing(folder, encoding):
    output = folder / ("a-folder-with-a-name-that-is-longer-than-a-line-of-a-terminal" * 2)

    shown = on_terminal(folder, "render", "evil.html", *SILENT, "--output", output, PYTHONIOENCODING=encoding)

    (audio,) = output.glob("*/2*/*.mp3")
    assert str(audio) in shown
    assert str(output / "my-articles" / "public" / "feed.xml") in shown
    assert "100 %" in shown
    assert "title" in shown
    assert not re.search("\x1b\\]|\x07|\x9b|\u202e", shown)


def on_terminal(folder, *arguments, **environment):
    """What a terminal of 80 columns is sent."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    settings = {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"}
    settings = {**os.environ, **settings, **environment}
    settings.pop("COLUMNS", None)
    command = [sys.executable, "-m", "audioed", *map(str, arguments)]
    with subprocess.Popen(command, cwd=folder, env=settings, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = bytearray()
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("bell\x07 back\x08 \x7f", r"bell\x07 back\x08 \x7f"),
        ("one\r\ntwo", r"one\r\ntwo"),
        ("\x9b31m \x85 \u2028", r"\x9b31m \x85 \u2028"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("caf\udce9", r"caf\xe9"),
        ("\ud83d", r"\ud83d"),
        ("a\ttab, Мост, שלום\u200f, 👩\u200d🚀", "a\ttab, Мост, שלום\u200f, 👩\u200d🚀"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text, shown):
    assert terminal.shown(text) == shown


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("“Ça — là…”", "ascii", '"Ca - la..."'),
        ("“Ça — là…”", "cp1252", "“Ça — là…”"),
        ("Łódź, Straße, Ærø", "ascii", "Lodz, Strasse, AEro"),
        ("Мост 🎉", "latin-1", r"\u041c\u043e\u0441\u0442 \U0001f389"),
        ("½ ﬁ ¼ №", "ascii", "1/2 fi 1/4 No"),
    ],
)
def test_what_an_encoding_lacks_is_replaced_by_what_is_nearest(monkeypatch, text, encoding, shown):
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    terminal.prepare()
    terminal.tell(text)
    sys.stdout.flush()
    assert sys.stdout.buffer.getvalue().decode(encoding).rstrip("\r\n") == shown


def test_json_means_the_same_after_it_was_made_safe():
    value = {"\x9b": ["\x7f\u202e\ud83d\udce9 🎉\x1b", "\udcff\u2028"]}
    for ascii_only in (True, False):
        told = terminal.escaped(json.dumps(value, ensure_ascii=ascii_only))
        assert json.loads(told) == json.loads(json.dumps(value))
        assert not obeyed(told)
        told.encode()


def test_what_is_logged_commands_no_terminal():
    record = logging.LogRecord("audioed", logging.WARNING, "", 0, "%s: \x1b[31mred\nnext", ("\x07",), None)
    assert terminal.Lines("%(message)s").format(record) == "\\x07: \\x1b[31mred\nnext"


def test_errors_and_usage_errors_command_no_terminal(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for arguments in (["render", EVIL], [EVIL], ["render", f"--{EVIL}"], ["verify", EVIL], ["voices", "remove", EVIL]):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code in {1, 2}
        assert not obeyed(done.stderr), done.stderr
        assert len(done.stderr.splitlines()) <= 2
