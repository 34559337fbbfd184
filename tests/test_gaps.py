"""
A build that is killed between any two changes of what listeners see is mended by the next run.

Of an article that is mended eight of these moments are always tried; `make faults` tries them all, and other commands.
`benchmarks/kills.py` aims at every write, those into the cache and beside a file's place included.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FAULTS = pytest.mark.faults


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children that have everything loaded are forked")


def tried(home, names, *options):
    """What came of these rounds."""
    line = [sys.executable, "-m", "tests.gaps", str(home), *names, "--names", "--quick", *options]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(found) for found in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (("mended",), ("--few",)),
        pytest.param(("mended",), (), marks=FAULTS),
        pytest.param(("gone", "restored"), (), marks=FAULTS),
        pytest.param(("night",), (), marks=FAULTS),
        pytest.param(("swapped",), (), marks=FAULTS),
        pytest.param(("drafted", "approved"), (), marks=FAULTS),
    ],
)
def test_no_gap_between_two_changes_loses_or_doubles_an_episode(tmp_path, names, options):
    rounds = tried(tmp_path, names, *options)
    assert [each["round"] for each in rounds] == list(names)
    for found in rounds:
        assert found["faults"] == [], found["round"]
        assert found["gaps"] > 5, "every change was seen"


@pytest.mark.faults
@pytest.mark.parametrize("fault", ["--full", "--read-only"])
def test_a_disk_that_takes_nothing_any_more_costs_no_episode(tmp_path, fault):
    (found,) = tried(tmp_path, ["night"], fault)
    assert found["faults"] == []
    assert found["gaps"] > 5


@pytest.mark.faults
def test_a_feed_that_is_written_before_what_it_names_is_found(tmp_path):
    (found,) = tried(tmp_path, ["second"], "--feed-first")
    assert found["lost"] > 0
    assert "at once" in found["faults"][0]
    assert "is not what the feed says" in found["faults"][0]
