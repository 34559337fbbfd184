"""
A build that is killed at any moment completes when it is started again.

Real processes and a real SIGKILL. At every moment the feed is valid and names
only what is there; no clip that was finished is spoken again; in the end every
byte is that of an undisturbed build. `benchmarks/kills.py` kills 200 times.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import feedparser
import pytest

from audioed.files import TEMPORARY

SAMPLE = Path(__file__).parent / "data" / "cli" / "short.md"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def command(output: Path, voice: str = "silent", article: Path = SAMPLE) -> list[str]:
    return [
        *(sys.executable, "-m", "audioed", "render", str(article), "--voice", f"narrator={voice}"),
        *("--output", str(output), "--day", "2026-01-31", "--json"),
    ]


def environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "AUDIOED_CACHE": str(cache)}


def tree(output: Path) -> dict[str, bytes]:
    files = (path for path in output.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


def clips(cache: Path) -> dict[str, int]:
    """Finished clips, and the moment each was written."""
    kept = (path for path in cache.rglob("*.wav") if not path.name.startswith(TEMPORARY))
    return {path.name: path.stat().st_mtime_ns for path in kept}


def assert_feed_is_whole(output: Path) -> None:
    for feed in output.glob("*/public/feed.xml"):
        read = feedparser.parse(feed.read_bytes())
        assert not read.bozo
        for entry in read.entries:
            name = entry.enclosures[0].href.removeprefix("http://localhost:8000/")
            assert (output / name).stat().st_size == int(entry.enclosures[0].length)


@pytest.mark.faults
def test_a_build_killed_at_random_moments_completes(tmp_path):
    output, cache, calm = tmp_path / "output", tmp_path / "cache", tmp_path / "calm"
    began = time.monotonic()
    subprocess.run(command(calm), env=environment(tmp_path / "calm-cache"), check=True, capture_output=True)
    undisturbed = time.monotonic() - began
    chance = random.Random(20260131)  # noqa: S311  not a secret

    def moment(_process, _kept):
        time.sleep(chance.uniform(0.05, 1.0) * undisturbed)

    assert killed(output, cache, "silent", moment, times=2)
    assert tree(output) == tree(calm)


@pytest.mark.faults
def test_a_build_killed_while_a_neural_voice_speaks_completes(tmp_path):
    output, cache, again = tmp_path / "output", tmp_path / "cache", tmp_path / "again"
    chance = random.Random(20260131)  # noqa: S311  not a secret

    def moment(process, kept):
        wanted = len(kept) + chance.randint(1, 4)
        while len(clips(cache)) < wanted and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.1))

    assert killed(output, cache, "heart", moment, times=1)
    subprocess.run(command(again, "heart"), env=environment(cache), check=True, capture_output=True)
    assert tree(output) == tree(again)  # what was kept is not made again


MARKS = 4
"""Opening, between, promo and closing: music is kept like a clip, made beside the speaking, and asks no engine."""


def killed(output, cache, voice, moment, times):
    """Kill a build so often, then let it complete; whether any was really killed before its end."""
    kept: dict[str, int] = {}
    survived = 0
    for _ in range(times):
        process = subprocess.Popen(command(output, voice), env=environment(cache), stdout=subprocess.PIPE)
        moment(process, kept)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        survived += process.returncode == 0
        now = clips(cache)
        assert {name: now.get(name) for name in kept} == kept  # neither lost nor made again
        kept = now
        assert_feed_is_whole(output)
    done = subprocess.run(command(output, voice), env=environment(cache), check=True, capture_output=True)
    made = len(clips(cache)) - len(kept)
    assert made - MARKS <= json.loads(done.stdout)["engine_calls"] <= made
    assert_feed_is_whole(output)
    return survived < times


@pytest.mark.faults  # tests/test_gaps.py kills at every change that listeners could see
def test_a_build_killed_while_it_replaces_an_episode_leaves_the_old_one_or_the_new(tmp_path):
    output, cache = tmp_path / "output", tmp_path / "cache"
    article = tmp_path / "article.md"
    chance = random.Random(7)  # noqa: S311  not a secret
    text = SAMPLE.read_text("utf-8")
    undisturbed = 0.0
    for version in range(2):  # tests/test_gaps.py kills at every change that listeners could see
        article.write_text(text + f"\n\nThis is version {version} of the article.\n", "utf-8")
        process = subprocess.Popen(command(output, article=article), env=environment(cache), stdout=subprocess.PIPE)
        began = time.monotonic()
        time.sleep(chance.uniform(0.4, 1.2) * undisturbed) if version else process.wait()
        undisturbed = undisturbed or time.monotonic() - began
        process.kill()
        process.communicate()
        assert_feed_is_whole(output)
        assert len(feedparser.parse(next(output.glob("*/public/feed.xml")).read_bytes()).entries) == 1


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_asked_to_stop_says_so_and_leaves_nothing_half_made(tmp_path, stop):
    article = tmp_path / "article.md"  # long enough that mastering it outlasts a busy machine's slowest reader
    article.write_text(
        "\n\n".join([SAMPLE.read_text("utf-8"), *(f"This is line {n} of many." for n in range(90))]), "utf-8"
    )
    line = [each for each in command(tmp_path / "output", article=article) if each != "--json"]
    process = subprocess.Popen(line, env=environment(tmp_path / "cache"), stderr=subprocess.PIPE, text=True)
    while "master" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(stop)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.splitlines()[-1].startswith("audioed: stopped")
    assert "Traceback" not in told
    assert not [name for name in tree(tmp_path / "output") if name.endswith((".mp3", "feed.xml"))]


IN_EXEC = """
import sys
from audioed.cli import app
from audioed.voices import cards

def interrupted(_home):
    exec("import os, signal\\nos.kill(os.getpid(), signal.SIGINT)\\nfor _ in range(10**6): pass")

cards.voice_cards = interrupted
sys.argv = ["audioed", "voices"]
app.main()
"""


def test_ctrl_c_while_python_makes_a_dataclass_keeps_its_exit_code(tmp_path):
    (tmp_path / "interrupted.py").write_text(IN_EXEC)
    line = [sys.executable, "-m", "interrupted"]
    ended = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr[:16]) == (130, "audioed: stopped")
