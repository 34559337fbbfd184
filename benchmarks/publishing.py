"""
A show of ten thousand episodes on the disk: what publishing one more costs, beside bare lxml, and what it changes.

    python benchmarks/publishing.py [--episodes N] [--words N] [--at FOLDER] [--rounds N] [--files] [--profile FILE]

Every episode has its record, a small file in place of a recording, and its transcripts; `--at` keeps the show, so that
the next run need not make it. Prints the files of the public folder that one more episode changes, its own apart;
seconds of the processor (the least of several rounds) for each part of publishing it and for all of it, each time as in
a process that has not published before; those that bare lxml takes to build and write the documents of the feed that
changed; what it costs when nothing is new; and what five looks at each episode take alone: at its record, its folder,
its sound, its public folder and its page. Less would not notice what somebody changed or lost.
"""

import argparse
import cProfile
import gc
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from feed import SHOW, bare, episode

from audioed import build, publishing
from audioed.cache import Cache
from audioed.catalogue import kept
from audioed.config import Config, Publishing
from audioed.model import Episode
from audioed.place import Place
from audioed.store import EPISODE, Store

PARTS = {
    "the index, read": (build, "read_index"),
    "media, laid out": (build.publishing, "lay_out"),
    "the site": (build.site, "lay_out"),
    "the feed": (build.publishing, "publish"),
    "private feeds": (build.private, "lay_out"),
    "the index, written": (build, "keep_index"),
}


def finished(told: Episode, place: Place) -> None:
    """Have an episode in its folder, its record last."""
    folder = place.store.episode_folder(told.name)
    if (folder / EPISODE).is_file():
        return
    (source,) = told.sources
    ids = (f"url:{source.url}", f"text:{told.number:032x}")
    told = replace(told, sources=(replace(source, ids=ids),))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / told.enclosure.name).write_bytes(bytes(told.enclosure.length))
    publishing.accompany(told, place.config.publishing.base_url, place.store)
    place.store.save(told, folder / EPISODE)


def state(public: Path) -> dict[str, tuple[int, int]]:
    """Every file that a server is given, and which version of it."""
    found = {}
    for folder, _, names in os.walk(public):
        for name in names:
            status = os.stat(f"{folder}/{name}")  # noqa: PTH116 - of a hundred thousand
            found[os.path.relpath(f"{folder}/{name}", public)] = (status.st_mtime_ns, status.st_ino)
    return found


def timed(what: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return what(*given, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - began

    return call


def looked(place: Place, names: list[str]) -> float:
    """Seconds of the processor for looking at everything that may have changed of these episodes, and nothing else."""
    began, (private, public) = time.process_time(), (place.store.show_folder, place.store.public)
    for name in names:
        for path in (f"{private}/{name}", f"{public}/{name}"):
            os.stat(path)  # noqa: PTH116 - of ten thousand
        for path in (f"{private}/{name}/{EPISODE}", f"{private}/{name}/{name}-0123456789.mp3"):
            os.stat(path)  # noqa: PTH116
        os.stat(f"{public}/{name}/index.html")  # noqa: PTH116
    return time.process_time() - began


def publish(place: Place) -> dict[str, float]:
    """Publish the show; seconds of the processor for each part, and for all."""
    spent: dict[str, float] = {}
    kept.whole_at.cache_clear()
    patches = [
        patch.object(room, verb, timed(getattr(room, verb), spent, name)) for name, (room, verb) in PARTS.items()
    ]
    for each in patches:
        each.start()
    began = time.process_time()
    build.publish(place, anew=False)
    spent["all of it"] = time.process_time() - began
    for each in patches:
        each.stop()
    return spent


def least(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: min(each.get(name, 0.0) for each in rounds) for name in (*PARTS, "all of it")}


def told_costs(one: dict[str, float], none: dict[str, float], theirs: float) -> None:
    print("ms of the processor | one more | nothing new")
    for name, seconds in one.items():
        print(f"{name} | {1000 * seconds:.1f} | {1000 * none[name]:.1f}")
    fed = one["media, laid out"] + one["the feed"]
    print(f"bare lxml | {1000 * theirs:.1f}")
    print(f"media and the feed: ratio {fed / theirs:.1f}; all of it: {one['all of it'] / theirs:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--episodes", type=int, default=1_000)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--at", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--profile", type=Path, help="where a profile goes, of publishing it when nothing is new")
    options = parser.parse_args()
    config = Config(show=SHOW, publishing=Publishing(base_url="https://podcasts.example.org"))
    with tempfile.TemporaryDirectory() as scratch:
        home = options.at or Path(scratch, "show")
        place = Place(config, {}, Store(home / "output", Cache(home / "cache"), SHOW.title, home=home, folder="it"))
        store = place.store
        with patch("os.fsync"):  # the disk need not follow
            for number in range(1, options.episodes + 1):
                finished(episode(number, options.words, 1), place)
            began = time.process_time()
            build.publish(place, anew=False)
        names = [name for name, *_ in store.finished()]
        more, quiet, ours, theirs, looks = len(names), [], [], [], []
        print(f"{more} episodes; brought up to date in {time.process_time() - began:.1f} s", flush=True)
        gc.collect()
        gc.freeze()
        for _ in range(options.rounds):
            time.sleep(0.05)  # a file that is younger than the index is looked at again
            looks.append(looked(place, names))
            quiet.append(publish(place))
            more += 1
            new = episode(more, options.words, 1)
            finished(new, place)
            before = state(store.public)
            documents = {path.name: path.read_bytes() for path in store.public.glob("feed*.xml")}
            ours.append(publish(place))
            after = state(store.public)
            changed = sorted(name for name in after if after[name] != before.get(name))
            own = [name for name in changed if name.startswith(f"{new.name}/")]
            others = [name for name in changed if name not in own]
            now = {path.name: path.read_bytes() for path in store.public.glob("feed*.xml")}
            told = {name: data for name, data in now.items() if documents.get(name) != data}
            theirs.append(bare(told, Path(scratch))())
            gone = len(before.keys() - after.keys())
            print(
                f"{len(own)} files of its own, {len(others)} others, {gone} gone; documents: {', '.join(sorted(told))}"
            )
            if options.files:
                print("  " + " ".join(others))
        if options.profile:
            with cProfile.Profile() as profile:  # which takes longer, so it is no round
                build.publish(place, anew=False)
            profile.dump_stats(options.profile)
        told_costs(least(ours), least(quiet), min(theirs))
        print(f"five looks at each episode, alone: {1000 * min(looks):.1f} ms")


if __name__ == "__main__":
    main()
