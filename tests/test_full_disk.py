"""A disk that fills up ends a build with a sentence, and nothing that listeners see changes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("full_disk.py")
ARTICLE = Path(__file__).parent / "data" / "cli" / "short.md"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
FREE = [(0, 40_000, 200_000), pytest.param((8_192, 90_000), marks=pytest.mark.faults)]
"""Bytes that are left: it ends while nouns, clips, the recording or its companions are written."""


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run([*NAMESPACE, "/bin/mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.skipif(not may_mount(), reason="no disk of our own can be mounted here (unshare --mount)")
@pytest.mark.parametrize("free", FREE)
def test_a_full_disk_is_told_and_changes_nothing_that_listeners_see(tmp_path, free):
    numbers = [str(number) for number in free]
    command = [*NAMESPACE, sys.executable, str(SCRIPT), str(tmp_path), str(ARTICLE), *numbers]
    first, *full, last = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (first["code"], first["titles"]) == (0, ["The first"])
    for left, tried in zip(free, full, strict=True):
        assert tried["code"] == 1, left
        assert "the disk is full; free some space" in tried["told"], left
        assert "Traceback" not in tried["told"]
        assert not tried["broken"]
        assert tried["titles"] == ["The first"]
        assert tried["half_made"] == []
    assert (last["code"], last["broken"]) == (0, False)
    assert last["titles"] == ["The second"]  # the same article: its episode is replaced, never doubled
    assert last["calls"] == 0  # what was spoken before the disk was full is kept
    for each in (first, *full, last):
        assert all(each["whole"])
