"""
A build that is killed between any two changes of what listeners see is mended by the next run.

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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children that have everything loaded are forked")
@pytest.mark.parametrize(
    "names",
    [
        ("mended",),
        pytest.param(("gone", "restored"), marks=FAULTS),
        pytest.param(("swapped",), marks=FAULTS),
        pytest.param(("drafted", "approved"), marks=FAULTS),
    ],
)
def test_no_gap_between_two_changes_loses_or_doubles_an_episode(tmp_path, names):
    line = [sys.executable, "-m", "tests.gaps", str(tmp_path), *names, "--names", "--quick"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rounds = [json.loads(found) for found in done.stdout.splitlines()]
    assert [each["round"] for each in rounds] == list(names)
    for found in rounds:
        assert found["faults"] == [], found["round"]
        assert found["gaps"] > 5, "every change was seen"
