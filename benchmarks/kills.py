"""
Builds that are killed: at every gap between two writes, and at random moments. Prints what was lost, doubled or left.

    python benchmarks/kills.py [--random N] [--rounds first second mended corrected ...]

Every gap with the cache of the build before, then every gap with an empty one, then SIGKILL to real processes at N
random moments of a build; after each kill a night without news and the build again. Faults are printed one a line.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import gaps  # noqa: E402 - the root is no package


def aimed(task: tuple[str, str]) -> tuple[str, dict[str, object]]:
    """One round at every gap, in a process of its own."""
    name, how = task
    with tempfile.TemporaryDirectory() as home:
        line = [sys.executable, "-m", "tests.gaps", home, name, *([how] if how else [])]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    return f"{name} {'with an empty cache' if how else 'with a full cache'}", json.loads(done.stdout)


def at_random(kills: int) -> list[str]:
    """Faults after SIGKILLs at random moments, in rounds of an empty cache each ten kills."""
    chance, faults = random.Random(17), []  # noqa: S311 - to repeat, not to hide
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        environment = {**os.environ, "AUDIOED_CACHE": str(home / "cache")}
        (home / "empty").mkdir()
        (home / "audioed.toml").write_text(gaps.SETTINGS, "utf-8")
        prepare = gaps.rounds(home)["first"]
        prepare()

        def run(command: tuple[str, ...], after: float = 0.0) -> int:
            line = [sys.executable, "-m", "audioed", *command]
            process = subprocess.Popen(
                line, cwd=home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if after:
                time.sleep(after)
                process.send_signal(signal.SIGKILL)
            return process.wait()

        began = time.monotonic()
        run(gaps.RENDER)
        whole, calm = time.monotonic() - began, gaps.tree(home)
        for number in range(kills):
            shutil.rmtree(home / "output")
            if number % 10 == 0:
                shutil.rmtree(home / "cache")
            run(gaps.RENDER, chance.uniform(0.2, 1.0) * whole)
            ended = run(gaps.NIGHT)
            faults += [f"kill {number}: {each}" for each in gaps.feed_faults(home)]
            faults += [f"kill {number}: the next night ends with {ended}"] if ended else []
            run(gaps.RENDER)
            faults += [] if gaps.tree(home) == calm else [f"kill {number}: other bytes"]
    return faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=200)
    parser.add_argument("--rounds", nargs="*", default=["first", "second", "mended", *gaps.COMMANDS])
    options = parser.parse_args()
    tasks = [(name, how) for how in ("", "--cold") for name in options.rounds]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, found in pool.map(aimed, tasks):
            faults = found["faults"]
            print(f"{name}: {found['gaps']} gaps, {len(faults)} faults")
            print(*faults, sep="\n", end="\n" if faults else "")
    if options.random:
        faults = at_random(options.random)
        print(f"{options.random} random kills, {len(faults)} faults")
        print(*faults, sep="\n", end="\n" if faults else "")


if __name__ == "__main__":
    main()
