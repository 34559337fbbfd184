"""
Which way of using the cores is best for a voice: threads, processes, onnxruntime's own threads, or batches?

    python benchmarks/modes.py [--engines piper kokoro] [--utterances N] [--rounds N]

Bare inference on the longest utterances of the seed article (or our sample), each way in turn, relative to ours: as
many Python threads as cores, in one session that has one thread. Prints figures, judges nothing.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_line import HERE
from speaking import script_of

from audioed.machine import cores

MODES = {
    "threads, session of one (ours)": [("--threads", str(cores()), "--intra", "1")],
    "one thread, session of all cores": [("--threads", "1", "--intra", str(cores()))],
    "threads, session of all cores": [("--threads", str(cores()), "--intra", str(cores()))],
    "a process for each core": [("--threads", "1", "--intra", "1", "--part", f"{n}/{cores()}") for n in range(cores())],
    "two utterances at once": [("--threads", str(cores()), "--intra", "1", "--batch", "2")],
    "four utterances at once": [("--threads", str(cores()), "--intra", "1", "--batch", "4")],
}


def taken(command: list[str], parts: list[tuple[str, ...]]) -> tuple[float, float]:
    """Seconds until the last of these processes is done, its model loaded before, and CPU seconds of all."""
    running = [subprocess.Popen([*command, *part], stdout=subprocess.PIPE, text=True) for part in parts]
    told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]
    return max(each["wall"] for each in told), sum(each["cpu"] for each in told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="+", default=["piper", "kokoro"])
    parser.add_argument("--utterances", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        script = script_of(0, Path(folder))
        for engine in options.engines:
            command = [sys.executable, str(HERE / "bare.py"), str(script), "--engine", engine]
            command += ["--most", str(options.utterances), *(["--as-published"] if engine == "piper" else [])]
            # Kokoro's network takes one utterance at a time.
            modes = {name: parts for name, parts in MODES.items() if engine == "piper" or "at once" not in name}
            runs: dict[str, list[tuple[float, float]]] = {name: [] for name in modes}
            for _ in range(options.rounds):
                for name, parts in modes.items():
                    runs[name].append(taken(command, parts))
                    time.sleep(0.2)
            walls, cpus = (
                {name: statistics.median(run[which] for run in each) for name, each in runs.items()} for which in (0, 1)
            )
            base, work = next(iter(walls.values())), next(iter(cpus.values()))
            print(f"{engine}, {options.utterances} utterances, median of {options.rounds}")
            for name in modes:
                print(
                    f"  {name:34} {walls[name] / base:5.2f} of our wall time, {cpus[name] / work:5.2f} of our CPU time"
                )


if __name__ == "__main__":
    main()
