"""
What broken, hostile and enormous pages do to the reading: each must end in an article or a refusal of one sentence.

    python benchmarks/fuzz.py [--pages N] [--seed S] [--only mutated|monsters] [--from DIR ...]

Mutates our own samples and test pages, and those in DIR, byte by byte and element by element, and reads each as a file
on disk is read. Prints what came of them, how long the slowest took and how far memory grew; `--seed` repeats a run.
"""

import argparse
import contextlib
import faulthandler
import gzip
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from monsters import monsters

from audioed.config import Extraction
from audioed.errors import AudioedError
from audioed.explain import explained
from audioed.extraction import extract, feed
from audioed.extraction.fetch import read

ROOT = Path(__file__).resolve().parents[1]
OWN = ("samples/*.*", "tests/data/extraction/*.*", "tests/extraction/gate/*.html")
SHARED = ROOT.parent / "shared" / "pages"
KINDS = {".html", ".htm", ".md", ".txt", ".xml", ".rss", ".gz"}
SLOW = 5.0
"""Seconds after which a page counts as hanging."""
HUNG = 60
"""Seconds after which a page is given up."""
TAG = re.compile(rb"<[^<>]{1,400}>")
SNIPPETS = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc3\x28",
    b"\x1f",
    b"\x08",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<!DOCTYPE",
    b"&#0;",
    b"&#xD800;",
    b"&#1114112;",
    b"&lol9;",
    b"&amp;" * 50,
    b"<",
    b">",
    b"\"'",
    b"</p>",
    b"</div>" * 40,
    b"<table><tr><td>",
    b"<ul><li>" * 30,
    b"<a href='http://['>x</a>",
    b"<a href='//[::1'>",
    b"<base href='http://['>",
    b"<meta charset='utf-16'>",
    b"<meta charset='x-user-defined'>",
    b"<svg><p>",
    b"<template><p>",
    b"<plaintext>",
    b'<script type=\'application/ld+json\'>{"@type":"Article","headline":[[[1e999]]],"author":{"@id":{}}}</script>',
    b"<script type='application/ld+json'>" + b"[" * 5000 + b"</script>",
    b'<script type=\'application/ld+json\'>{"@graph":[{"@type":[1,null],"name":7,"datePublished":9}]}</script>',
    b"<meta property='article:published_time' content='0000-99-99T99:99'>",
    b"<time datetime='-1'>then</time>",
    b"<p data-audioed='skip'>",
    b"<p data-spoken='" + b"x" * 3000 + b"'>",
    b"<h1>" * 20,
    b"<sup><a href='#1'>1</a></sup>",
    b"\n---\ntitle: [\n---\n",
    b"\n---\n- &a [*a]\n---\n",
    b"\n" + b"> " * 300 + b"x\n",
    b"[" * 400,
    b"](",
    b"*" * 400,
    b"`" * 300,
    "\u202e\u0300\u0301\u200f".encode() * 20,
    "😀".encode() * 50,
    b" " * 3000,
    b"-" * 3000,
    b"\xa0" * 3000,
    b"a." * 2000,
    b"By " * 300,
    b"Photo: " * 300,
    b"12 comments",
    b"Jane says:",
    b"Read also: ",
    b"[1]" * 500,
    b"(" * 2000,
    b"1," * 2000,
)


@dataclass
class Outcome:
    """What came of some pages."""

    counts: Counter[str] = field(default_factory=Counter)
    slow: list[tuple[float, str]] = field(default_factory=list)
    """Seconds and names of those that took too long, and of the slowest."""
    grown: float = 0.0
    """Megabytes that the process that read them grew by."""
    failures: dict[str, str] = field(default_factory=dict)
    """A crash's place -> a page that repeats it, with the traceback."""

    def add(self, other: "Outcome") -> None:
        """Count these pages, too."""
        self.counts += other.counts
        self.slow = sorted((*self.slow, *other.slow), reverse=True)
        self.grown = max(self.grown, other.grown)
        self.failures = {**other.failures, **self.failures}


def judged(path: Path, name: str, outcome: Outcome, settings: Extraction) -> None:
    """Read one file as `audioed explain` and a nightly build would, and note what came of it."""
    began = time.perf_counter()
    try:
        signal.alarm(HUNG)
        page = read(str(path), settings)
        if page.media_type == "application/xml":
            for entry in feed.entries(page):
                if entry.page:
                    list(explained(extract(entry.page, settings)))
        else:
            list(explained(extract(page, settings)))
        outcome.counts["article"] += 1
    except AudioedError as error:
        sentence = str(error)
        plain = "\n" not in sentence and sentence.endswith(".") and len(sentence) < 1000
        outcome.counts["refused" if plain else "refused in more than a sentence"] += 1
        if not plain:
            outcome.failures.setdefault(sentence[:80], f"{name}: {sentence}")
    except BaseException:  # noqa: BLE001 - whatever comes out is what we are looking for
        trace = traceback.format_exc()
        outcome.counts["crashed"] += 1
        outcome.failures.setdefault(trace.strip().splitlines()[-1][:100], f"{name}\n{trace}")
    finally:
        signal.alarm(0)
    took = time.perf_counter() - began
    outcome.counts["over 5 s"] += took > SLOW
    if took > SLOW or not outcome.slow or took > outcome.slow[0][0]:
        outcome.slow = sorted((*(each for each in outcome.slow if each[0] > SLOW), (took, name)), reverse=True)


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The page after a few accidents."""
    for _ in range(chance.choice((1, 2, 3, 5, 9))):
        data = chance.choice(ACCIDENTS)(data, others, chance)
    return data[:2_000_000]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.expovariate(1 / 400)))


def _flip(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    raw = bytearray(data)
    for _i in range(chance.choice((1, 10, 200))):
        if raw:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _cut(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _truncate(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _insert(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, _end = _span(data, chance)
    return data[:start] + chance.choice(SNIPPETS) + data[start:]


def _splice(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _twice(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _tags(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    """Drop, repeat or swap a share of the tags."""
    tags = TAG.findall(data) or [b"<p>"]
    share, deed = chance.choice((0.01, 0.1, 0.6)), chance.choice(("drop", "repeat", "swap", "nest"))

    def change(tag: re.Match[bytes]) -> bytes:
        if chance.random() > share:
            return tag[0]
        return {"drop": b"", "repeat": tag[0] * 3, "swap": chance.choice(tags), "nest": b"<div>" + tag[0]}[deed]

    return TAG.sub(change, data)


def _recoded(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    codec = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "koi8-r", "utf-7"))
    return data.decode("utf-8", "replace").encode(codec, "ignore")


ACCIDENTS: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (
    _flip,
    _cut,
    _truncate,
    _insert,
    _insert,
    _insert,
    _splice,
    _twice,
    _tags,
    _tags,
    _recoded,
)


def sources(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Pages to begin from: suffix and bytes."""
    paths = [path for pattern in OWN for path in sorted(ROOT.glob(pattern))]
    paths += [path for folder in folders for path in sorted(folder.rglob("*"))]
    chosen = [path for path in paths if path.suffix in KINDS and path.is_file()]
    return [
        (Path(path.stem).suffix, gzip.decompress(path.read_bytes()))
        if path.suffix == ".gz"
        else (path.suffix, path.read_bytes())
        for path in chosen
    ]


def batch(task: tuple[int, int, int, list[Path]]) -> Outcome:
    """The mutated pages of these numbers."""
    seed, first, last, folders = task
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    pages = sources(folders)
    others = [data for _, data in pages]
    outcome, settings = Outcome(), Extraction()
    with TemporaryDirectory() as folder:
        begun = 0
        for number in range(first, last):
            chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to repeat, not to hide
            suffix, data = chance.choice(pages)
            path = Path(
                folder, f"page{suffix if chance.random() < 0.9 else chance.choice(['.md', '.txt', '.xml', ''])}"
            )
            path.write_bytes(mutated(data, others, chance))
            judged(path, f"page {number} of seed {seed}", outcome, settings)
            path.unlink()
            if number == first + 20:  # libraries are loaded
                begun = _peak()
        outcome.grown = _peak() - begun if begun else 0.0
    return outcome


def one(task: tuple[str, str, bytes, int]) -> tuple[str, Outcome]:
    """One monster, in a process of its own."""
    name, suffix, data, most = task
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    outcome = Outcome()
    with TemporaryDirectory() as folder:
        path = Path(folder, f"page{suffix}")
        warm = Path(folder, "warm.html")
        warm.write_bytes((ROOT / "samples" / "night-ferry.html").read_bytes())
        judged(warm, "warm", Outcome(), Extraction())
        begun = _peak()
        path.write_bytes(data)
        judged(path, name, outcome, Extraction(max_bytes=most))
        outcome.grown = _peak() - begun
    return name, outcome


def _peak() -> float:
    """Megabytes that this process had at most."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def told(name: str, outcome: Outcome) -> None:
    print(
        f"{name:<38}{outcome.counts['article']:>8}{outcome.counts['refused']:>8}{outcome.counts['crashed']:>8}"
        f"{outcome.counts['over 5 s']:>9}{outcome.slow[0][0]:>10.2f}{outcome.grown:>9.0f}"
    )
    for trace in outcome.failures.values():
        print(trace)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["mutated", "monsters"])
    parser.add_argument("--from", dest="folders", type=Path, action="append", default=[])
    options = parser.parse_args()
    faulthandler.enable()
    folders = [*options.folders, *([SHARED] if SHARED.is_dir() else [])]
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: only pages of our own are mutated")
    workers = min(2, os.cpu_count() or 1)
    print(f"{'pages':<38}{'article':>8}{'refused':>8}{'crashed':>8}{'over 5 s':>9}{'slowest s':>10}{'grown MB':>9}")
    if options.only != "monsters":
        size = 250
        tasks = [(options.seed, n, min(n + size, options.pages), folders) for n in range(0, options.pages, size)]
        whole = Outcome()
        with ProcessPoolExecutor(workers) as pool:
            for outcome in pool.map(batch, tasks):
                whole.add(outcome)
        told(f"{options.pages} mutated, seed {options.seed}", whole)
        for took, name in whole.slow[:30]:
            if took > SLOW or name == whole.slow[0][1]:
                print(f"{took:.2f} s: {name}")
    if options.only != "mutated":
        with ProcessPoolExecutor(workers, max_tasks_per_child=1) as pool:
            limits = (
                (each, most)
                for each in monsters()
                for most in ([20_000_000, 80_000_000] if len(each[2]) > 2e7 else [20_000_000])
            )
            running = [pool.submit(one, (*each, most)) for each, most in limits]
            for future in running:
                told(*future.result())


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
