"""
Two one-core Dask workers on this machine against the pool of threads in one process. Prints figures, judges nothing.

    python benchmarks/cluster.py [--minutes N] [--rounds N] [--voice narrator=joe]

Both speak the same script with an empty clip cache, in turn. The workers are started before, as on a real cluster;
their first round, in which they load the model, is told apart. Needs the extra `cluster`.
"""

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from speaking import script_of

import audioed
from audioed import build
from audioed.machine import cores
from audioed.model import Script
from audioed.nouns import parse


def spoken(script: Script, cluster: str, workers: int, voices: list[str], cache: Path) -> tuple[float, float]:
    """Seconds of work and seconds of sound."""
    place = audioed.open(output=cache / "output", cache=cache, voices=dict(each.split("=") for each in voices)).place
    settings = replace(place.config.synthesis, cluster=cluster, workers=workers)
    began = time.perf_counter()
    speech = build.speak(script, replace(place, config=replace(place.config, synthesis=settings)))
    return time.perf_counter() - began, sum(clip.duration for clip in speech.clips)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=0, help="of a made-up article; 0 is the seed article")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--voice", action="append", default=[], metavar="ROLE=NAME")
    options = parser.parse_args()
    try:
        from distributed import LocalCluster
    except ImportError:
        sys.exit("Dask is missing; install it with `pip install 'audioed[cluster]'`.")
    workers = cores()
    with tempfile.TemporaryDirectory() as folder:
        path = script_of(options.minutes, Path(folder))
        script = parse(Script, path.read_bytes(), path)
        ours, theirs, made = [], [], 0.0
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:
            for number in range(options.rounds + 1):
                for kind, times in (("", ours), (cluster.scheduler_address, theirs)):
                    cache = Path(folder) / f"{number}-{bool(kind)}"
                    taken, made = spoken(script, kind, workers, options.voice, cache)
                    times.append(taken)
    pool, cold, warm = statistics.median(ours), theirs[0], statistics.median(theirs[1:])
    print(f"{made / 60:.1f} minutes of sound, {workers} workers of one core each, median of {options.rounds} rounds")
    print(f"  pool of threads {pool:.1f} s; cluster {warm:.1f} s, {cold:.1f} s in the round that loads its models")
    print(f"  throughput of the cluster / of the pool: {pool / warm:.3f}, in its first round {ours[0] / cold:.3f}")
    print(f"  {made / pool / workers:.1f} seconds of sound per second and core in the pool")


if __name__ == "__main__":
    main()
