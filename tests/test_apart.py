"""A stranger's document that breaks, hangs or swells costs itself, and the next one is read."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from audioed import apart
from audioed.apart import Limits, Worker, wire
from audioed.errors import AudioedError, ConfigError, ExtractionError, FetchError, StoreError
from tests import strangers

LIMITS = Limits(seconds=20.0, bytes=100_000_000, answer=1_000_000)
SHORT = replace(LIMITS, seconds=2)
NAME = "articles/x.docx"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")

FAULTS = [
    (strangers.raises, "KeyError", r"damaged in a way that was not foreseen \(KeyError: 'rootfile'\)"),
    (strangers.raises, "escape", r"\(ValueError: \[31mred long long"),
    (strangers.wordless, "", r"\(Wordless\)"),
    (strangers.unpicklable, "", r"\(Unpicklable\)"),
    (strangers.recurses, 0, r"\(RecursionError: maximum recursion depth exceeded"),
    (strangers.exits, "", r"\(SystemExit: a page of text\)"),
    (strangers.interrupted, "", r"\(KeyboardInterrupt\)"),
    (strangers.surrogate, "", r"\(PydanticSerializationError: "),
    (strangers.wrong, "", r"\(PydanticSerializationError: "),
    (strangers.nan, "", "what was found in it makes no sense"),
    (strangers.swells, 50_000, "it needs more than 100 MB of memory"),
    (strangers.swells, 10_000_000, "it needs more than 100 MB of memory"),
    (strangers.takes, 2_000_000_000, "it needs more than 100 MB of memory"),
    (strangers.lingers, 150_000_000, "it needs more than 100 MB of memory"),
    (strangers.huge, 1_000_000, "its text is longer than 1 MB; split it into parts"),
    (strangers.ends, 0, "the program that reads it ended with code 0; save it again in another format"),
    (strangers.ends, 7, "the program that reads it ended with code 7"),
    (strangers.closes, "", "the program that reads it ended with code"),
]
CRASHES = [
    (strangers.killed, signal.SIGKILL if sys.platform != "win32" else 9, r"it crashed \(SIGKILL\)"),
    (strangers.killed, signal.SIGTERM, r"it crashed \(SIGTERM\)"),
    (strangers.crashes, "", r"it crashed \(SIGSEGV\)"),
]
HANGS = [strangers.hangs, strangers.hangs_inside_a_library, strangers.ignores_everything]


@pytest.fixture(scope="module")
def worker():
    with Worker(LIMITS) as worker:
        yield worker


def assert_costs_itself(worker, function, argument, said):
    with pytest.raises(ExtractionError, match=said) as caught:
        worker.call(NAME, function, argument)
    assert type(caught.value) is ExtractionError
    assert caught.value.name == NAME
    told = str(caught.value)
    assert told.startswith(f"{NAME} could not be read: ")
    assert told.endswith(".")
    assert told.isprintable()
    assert len(told) < 400
    assert worker.call("next", strangers.echo, "the next one") == "the next one"


@pytest.mark.parametrize(("function", "argument", "said"), FAULTS)
def test_whatever_a_document_raises_costs_it_alone(worker, function, argument, said):
    assert_costs_itself(worker, function, argument, said)


@posix
@pytest.mark.parametrize(("function", "argument", "said"), CRASHES)
def test_a_document_that_crashes_the_program_costs_itself(worker, function, argument, said):
    assert_costs_itself(worker, function, argument, said)


@posix
@pytest.mark.parametrize("function", HANGS)
def test_a_document_that_hangs_costs_its_time(function):
    with Worker(SHORT) as worker:
        assert_costs_itself(worker, function, "", "it took longer than 2 seconds")


@posix
def test_endless_nesting_inside_a_library_costs_itself():
    with Worker(replace(LIMITS, bytes=20_000_000)) as worker:
        assert_costs_itself(worker, strangers.recurses_inside_a_library, "", "crashed|memory|not foreseen")


@pytest.mark.parametrize("step", [1_000_000, 10_000_000])
def test_memory_is_watched_on_other_systems_too(monkeypatch, step):
    pytest.importorskip("psutil")
    monkeypatch.setattr(sys, "platform", "plan9")  # for this process alone
    monkeypatch.setattr(apart, "LOOK", 0.01)
    with Worker(replace(LIMITS, bytes=10_000_000_000)) as worker:  # so that Linux sets no limit
        worker.call(NAME, strangers.echo, "")
        worker._process._limits = replace(LIMITS, bytes=50_000_000)
        with pytest.raises(ExtractionError, match="more than 50 MB of memory"):
            worker.call(NAME, strangers.swells, step)
        assert worker.call(NAME, strangers.echo, "next") == "next"


@pytest.mark.parametrize("argument", [replace(strangers.article("x"), title="Ærø"), strangers.article("1" * 400_000)])
def test_an_article_comes_back_as_it_was_made(worker, argument):
    assert worker.call(NAME, strangers.article, argument.title) == replace(argument)


def test_names_that_are_not_unicode_arrive(worker):
    assert worker.call(NAME, strangers.process, os.fsdecode(b"caf\xe9.txt")) > 0


@pytest.mark.parametrize(
    ("kind", "made", "subject"),
    [
        ("fetch", FetchError, {"name": "x.html", "status": 404}),
        ("store", StoreError, {"path": Path("a/x")}),
        ("config", ConfigError, {"path": None, "key": "remove"}),
        ("plain", AudioedError, {}),
    ],
)
def test_an_error_of_ours_passes_as_itself_and_the_process_stays(worker, kind, made, subject):
    before = worker.call(NAME, strangers.process, "")
    with pytest.raises(made) as caught:
        worker.call(NAME, strangers.refuses, kind)
    assert type(caught.value) is made
    assert {name: value for name, value in vars(caught.value).items() if name in subject} == subject
    assert worker.call(NAME, strangers.process, "") == before


def test_what_is_printed_and_read_there_touches_nobody(worker, capfd):
    assert worker.call(NAME, strangers.prints, "R\x00") == "b''"
    assert capfd.readouterr() == ("", "")


def test_one_process_serves_many_documents_until_one_leaves_its_memory_behind(worker):
    first = worker.call(NAME, strangers.process, "")
    assert {worker.call(NAME, strangers.process, "") for _ in range(20)} == {first}
    assert worker.call(NAME, strangers.keeps, 40_000_000) == first
    assert worker.call(NAME, strangers.process, "") != first


def test_no_process_is_started_before_it_is_needed(monkeypatch):
    monkeypatch.setattr("audioed.apart.Popen", None)
    with Worker(LIMITS):
        pass


def test_a_process_that_died_between_two_documents_is_replaced(worker):
    worker.call(NAME, strangers.process, "")
    worker._process._process.kill()
    worker._process._process.wait()
    assert worker.call(NAME, strangers.echo, "next") == "next"


def test_a_process_that_does_not_start_is_no_fault_of_a_document(monkeypatch):
    for python in ("/nowhere/python", sys.executable):
        monkeypatch.setattr(sys, "executable", python)
        with Worker(LIMITS, preload=("audioed.nowhere",)) as worker:
            with pytest.raises(AudioedError, match=r"does not start \(.+\); close other programs") as caught:
                worker.call(NAME, strangers.echo, "")
            assert type(caught.value) is AudioedError


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"kind": "Path", "sentence": ""}', b'{"kind": "AudioedError"}']
)
def test_an_answer_that_makes_no_sense_is_refused(content):
    with pytest.raises(wire.Lost):
        wire.error(content)


PARENT = """
import sys
from audioed.apart import Worker
from tests import strangers

worker = Worker()
try:
    print(worker.call("x", strangers.process, ""), flush=True)
    worker.call("x", getattr(strangers, sys.argv[1]), "")
except KeyboardInterrupt:
    raise SystemExit(130)
"""


def gone(process: int) -> bool:
    for _ in range(1000):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if (state := Path(f"/proc/{process}/stat")).exists() and ") Z " in state.read_text():
            return True  # nobody has asked yet how it ended
        time.sleep(0.01)
    return False


@posix
@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), ("SIGKILL", -9)])
def test_the_process_ends_with_the_one_that_asks(stop, code):
    stop = getattr(signal, stop) if isinstance(stop, str) else stop
    line = [sys.executable, "-c", PARENT, "hangs"]
    root = str(Path(__file__).parents[1])
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    parent = subprocess.Popen(line, cwd=root, start_new_session=True, text=True, **pipes)
    child = int(parent.stdout.readline())
    os.killpg(parent.pid, stop) if stop == signal.SIGINT else parent.send_signal(stop)
    _, said = parent.communicate(timeout=30)
    assert (parent.returncode, said) == (code, "")
    assert gone(child)


@posix
def test_a_process_that_hangs_inside_a_library_ends_by_itself_when_nobody_is_left(monkeypatch):
    greeting = wire.greeting
    monkeypatch.setattr(
        wire, "greeting", lambda path, preload, _: greeting(path, preload, replace(LIMITS, seconds=-9.5))
    )
    with Worker(LIMITS) as worker, pytest.raises(ExtractionError, match=r"crashed \(SIGALRM\)"):
        worker.call(NAME, strangers.hangs_inside_a_library, "")
