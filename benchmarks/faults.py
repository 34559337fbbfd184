"""
What breaks, and what that costs a show: a table with a row a kind, of what was injected, survived, and was lost.

    python benchmarks/faults.py [--brief] [KIND ...]

Every kind is what a night meets sooner or later: it is killed between two writes, the disk is full or may not be
written to, files are damaged, sources are hostile, names lead elsewhere, titles are odd, ten nights start at once,
clocks jump. Something is lost where a listener misses an episode, has one twice, or gets a feed or a file that is not
whole; where audioed ends without a sentence; or where the next run does not put it right. Each of these is printed
below the table, and the exit code is 1. With --brief each kind is tried a few times, in some minutes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import damages  # noqa: E402 - the root is no package
import kills  # noqa: E402
import rivals  # noqa: E402

from tests import gaps  # noqa: E402

ROUNDS = ("first", "second", "mended", *(each for each in gaps.COMMANDS if each != "deploy"))
BRIEF = ("mended", "night")


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of fault."""

    kind: str
    injected: int
    lost: int
    faults: tuple[str, ...]
    """A sentence for each thing that went wrong."""


def aimed(names: Iterable[str], *options: str) -> Row:
    """Rounds of tests/gaps.py, each in a process of its own."""
    injected, lost, faults = 0, 0, []
    for name in names:
        with tempfile.TemporaryDirectory() as home:
            line = [sys.executable, "-m", "tests.gaps", home, name, *options]
            done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            return Row("", injected, lost + 1, (*faults, done.stderr.strip().splitlines()[-1]))
        found = json.loads(done.stdout)
        injected, lost = injected + found["gaps"], lost + found["lost"]
        faults += [f"{name}, {each}" for each in found["faults"]]
    return Row("", injected, lost, tuple(faults))


def counted(told: Iterator[tuple[str, list[str]]]) -> Row:
    """A row of single faults: what each was, and what went wrong."""
    injected, lost, faults = 0, 0, []
    for name, wrong in told:
        injected, lost = injected + 1, lost + bool(wrong)
        faults += [f"{name}: {each}" for each in wrong]
    return Row("", injected, lost, tuple(faults))


def at_random(times: int) -> Row:
    """Real processes, killed at random moments."""
    faults = kills.at_random(times)
    return Row("", times, len({each.partition(":")[0] for each in faults}), tuple(faults))


def kinds(*, brief: bool) -> dict[str, Callable[[], Row]]:
    """Every kind, and what tries it."""
    rounds, often = (BRIEF, 5) if brief else (ROUNDS, 200)
    how = ("--quick", "--names") if brief else ("--quick",)
    return {
        "SIGKILL between two writes": lambda: aimed(rounds, *how),
        "SIGKILL between two writes of a deploy": lambda: aimed(["deploy"], "--names"),
        "SIGKILL at a random moment": lambda: at_random(often),
        "full disk from one write on": lambda: aimed(rounds[:1] if brief else rounds, "--quick", "--full"),
        "full disk, a real one": lambda: counted(damages.full_disks(4 if brief else 20)),
        "read-only from one write on": lambda: aimed(rounds[:1] if brief else rounds, *how, "--read-only"),
        "damaged file of the cache": lambda: counted(damages.caches(brief=brief)),
        "damaged noun of an episode": lambda: counted(damages.nouns(brief=brief)),
        "hostile source": lambda: counted(rivals.sources(6 if brief else None)),
        "name that leads elsewhere (DNS rebinding)": lambda: counted(rivals.names()),
        "odd title": lambda: counted(damages.titles(12 if brief else None)),
        "ten nights at once": lambda: counted(rivals.starts(1 if brief else 5)),
        "clock that jumps": lambda: counted(damages.clocks(3 if brief else 12)),
    }


def main() -> None:
    """Print the table as it grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="the start of a kind's name; all by default")
    parser.add_argument("--brief", action="store_true")
    options = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    rows = []
    print(f"| {'fault':<42} | injected | survived | lost | seconds |\n|{'-' * 44}|---:|---:|---:|---:|")
    for kind, tried in kinds(brief=options.brief).items():
        if options.kinds and not any(kind.lower().startswith(each.lower()) for each in options.kinds):
            continue
        began = time.monotonic()
        row = tried()
        rows.append(row)
        spent = time.monotonic() - began
        survived = row.injected - row.lost
        print(f"| {kind:<42} | {row.injected:>8} | {survived:>8} | {row.lost:>4} | {spent:>7.0f} |", flush=True)
    faults = [each for row in rows for each in row.faults]
    print("", *faults, sep="\n", end="\n" if faults else "")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
