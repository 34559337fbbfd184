"""
Many articles with two Dask workers: articles a day and core, seconds of the processor, memory.

    python benchmarks/articles.py [--articles N] [--words N] [--edition N] [--workers N]

The articles are made up: so many words each of the sentences of `round_trip.py`, in another order, so that no two tell
the same. Nights of `--edition` articles follow one another as `audioed nightly` in a process of its own; workers of one
core are started before, on a cache that they share. Prints seconds of the processor of the nights and of the workers,
their largest memory, the sound that was made, and the articles that a core would read in a day at that rate.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench_line import AUDIOED, Run, run
from round_trip import cases

from audioed.model import Episode
from audioed.nouns import parse
from audioed.store import EPISODE

DAY = date(2026, 3, 14)
SETTINGS = """
[show]
title = "Many"
[nightly]
folders = ["articles"]
most = {most}
[synthesis]
cluster = "{address}"
"""


def write(folder: Path, articles: int, words: int) -> None:
    """So many articles, a file each."""
    chance = random.Random(23)  # noqa: S311 - no secret
    texts = [case.written for case in cases("en") if len(case.written.split()) > 4]
    folder.mkdir()
    for number in range(articles):
        chosen, left = list[str](), words
        while left > 0:
            chosen.append(chance.choice(texts))
            left -= len(chosen[-1].split())
        parts = [" ".join(chosen[at : at + 5]) for at in range(0, len(chosen), 5)]
        title = f"Letter {number}: {' '.join(chance.sample(chosen[0].split(), 3))}"
        (folder / f"{number:05}.md").write_text(f"# {title}\n\n" + "\n\n".join(parts) + "\n", "utf-8")


def used() -> tuple[float, float]:
    """Seconds of the processor that this process has taken, and MB at the most: run on each worker."""
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024


def sound(output: Path) -> float:
    """Seconds of all episodes."""
    found = output.glob(f"*/*/{EPISODE}")
    return sum(parse(Episode, path.read_bytes(), path).duration for path in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--edition", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        sys.exit("Dask is missing; install it with `pip install 'audioed[cluster]'`.")
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        os.environ["AUDIOED_CACHE"] = str(home / "cache")
        write(home / "articles", options.articles, options.words)
        with (
            LocalCluster(
                n_workers=options.workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50
            ) as cluster,
            Client(cluster) as client,
        ):
            settings = SETTINGS.format(most=options.edition, address=cluster.scheduler_address)
            (home / "audioed.toml").write_text(settings, "utf-8")
            before, began, nights = client.run(used), time.perf_counter(), list[Run]()
            for number in range(-(-options.articles // options.edition)):
                day = DAY + timedelta(days=number)
                nights.append(run(*AUDIOED, "nightly", "--day", day.isoformat(), cwd=home, cache=home / "cache"))
                print(
                    f"  night {number + 1}: {nights[-1].wall:.0f} s, {nights[-1].cpu:.1f} of the processor", flush=True
                )
            wall, after = time.perf_counter() - began, client.run(used)
        ours, made = sum(each.cpu for each in nights), sound(home / "output") / 3600
        theirs = sum(after[name][0] - before[name][0] for name in before)
        each, hour = (ours + theirs) / options.articles, (ours + theirs) / made
        peaks = max(told.peak for told in nights), max(peak for _, peak in after.values())
        print(f"{options.articles} articles of {options.words} words, {made:.1f} hours, in {wall / 60:.1f} minutes")
        print(f"seconds of the processor: nights {ours:.0f}, {options.workers} workers {theirs:.0f}")
        print(f"an article {each:.2f}, an hour of sound {hour:.0f}: {86_400 / each:.0f} articles a day and core")
        print(f"memory: a night {peaks[0]:.0f} MB, a worker {peaks[1]:.0f}")


if __name__ == "__main__":
    main()
