"""
What broken, hostile and enormous documents do to the reading: each must end in an article or a refusal of a sentence.

    python benchmarks/fuzz.py [--pages N] [--seed S] [--only KIND] [--from DIR ...]

Mutates our own samples and test pages and those in DIR (pages), DOCX and EPUB files made in memory, their bytes and the
files inside (documents), pages that a browser saved in one file (saved), Markdown with front matter (markdown), feeds
and the pages that they carry (feeds), byte by byte and element by element, and reads each as a file on disk is read.
Titles are taken through script, pictures, tags, transcripts and feed, and verified (titles). Prints what came of N of
each kind, how long the slowest took and how far memory grew; `--seed` repeats a run. At last it reads what is too much
of something (monsters).
"""

import argparse
import contextlib
import faulthandler
import gzip
import logging
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import seeds
import titles
from accidents import mutated, reparted
from monsters import monsters

from audioed.config import Extraction
from audioed.errors import AudioedError
from audioed.explain import explained
from audioed.extraction import extract, feed
from audioed.extraction.fetch import read
from audioed.model import Article
from audioed.sources import SOURCES

ROOT = Path(__file__).resolve().parents[1]
OWN = ("samples/*.*", "tests/data/extraction/*.*", "tests/extraction/gate/*.html")
SHARED = ROOT.parent / "shared" / "pages"
SUFFIXES = {suffix for each in SOURCES if not each.unpack for suffix in each.suffixes} | {".gz"}
KINDS = ("pages", "documents", "saved", "markdown", "feeds", "titles")
SLOW = 5.0
"""Seconds of one core after which a page counts as hanging."""
HUNG = 60
"""Seconds after which a page is given up."""
DRAWN = 50
"""Titles of which one is drawn as a cover, which takes half a second."""


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


@contextmanager
def watched(name: str, outcome: Outcome) -> Iterator[None]:
    """Note what comes of one page, and how long it took."""
    began = time.process_time()
    try:
        signal.alarm(HUNG)
        yield
        outcome.counts["article"] += 1
    except AudioedError as error:
        sentence = str(error)
        plain = "\n" not in sentence and sentence.endswith(".") and len(sentence) < 1000 and sentence.isprintable()
        outcome.counts["refused" if plain else "refused in more than a sentence"] += 1
        if not plain:
            outcome.failures.setdefault(ascii(sentence[:80]), f"{name}: {sentence!a}")
    except BaseException:  # noqa: BLE001 - whatever comes out is what we are looking for
        trace = traceback.format_exc()
        outcome.counts["crashed"] += 1
        told = f"{name}\n{trace}".encode("ascii", "backslashreplace").decode()
        outcome.failures.setdefault(told.splitlines()[-1][:100], told)
    finally:
        signal.alarm(0)
    took = time.process_time() - began  # not the wall's: other programs may be at work
    outcome.counts["over 5 s"] += took > SLOW
    if took > SLOW or not outcome.slow or took > outcome.slow[0][0]:
        outcome.slow = sorted((*(each for each in outcome.slow if each[0] > SLOW), (took, name)), reverse=True)


def articles(path: Path, settings: Extraction) -> Iterator[Article]:
    """What is read from one file, as `audioed explain` and a nightly build would."""
    page = read(str(path), settings)
    if page.media_type != "application/xml":
        yield extract(page, settings)
        return
    for entry in feed.entries(page):
        if entry.page:
            yield extract(entry.page, settings)


def judged(path: Path, name: str, outcome: Outcome, settings: Extraction) -> None:
    with watched(name, outcome):
        for article in articles(path, settings):
            list(explained(article))


def judged_title(path: Path, name: str, outcome: Outcome, *, drawn: bool) -> None:
    with watched(name, outcome):
        for article in articles(path, Extraction()):
            for fault in titles.faults(article, path.parent / "show", drawn=drawn):
                outcome.counts["faulty"] += 1
                outcome.failures.setdefault(fault[:40], f"{name}: {fault!a} in {article.title[:300]!a}")


def sources(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Pages to begin from: suffix and bytes."""
    paths = [path for pattern in OWN for path in sorted(ROOT.glob(pattern))]
    paths += [path for folder in folders for path in sorted(folder.rglob("*"))]
    chosen = [path for path in paths if path.suffix in SUFFIXES and path.is_file()]
    return [
        (Path(path.stem).suffix, gzip.decompress(path.read_bytes()))
        if path.suffix == ".gz"
        else (path.suffix, path.read_bytes())
        for path in chosen
    ]


def makers(folders: list[Path]) -> dict[str, Callable[[random.Random], tuple[str, bytes]]]:
    """Of each kind: what makes a file's name and bytes by chance."""
    pages = sources(folders)
    feeds = [*seeds.feeds(), *(page for page in pages if page[0] in {".xml", ".rss"})]
    texts = [(".md", data) for data in seeds.markdown()]
    texts += [page for page in pages if page[0] == ".md"]
    kept = seeds.saved()
    odd = [".md", ".txt", ".xml", ""]

    def wounded(found: list[tuple[str, bytes]], chance: random.Random) -> tuple[str, bytes]:
        suffix, data = chance.choice(found)
        return f"page{suffix}", mutated(data, [other for _, other in found], chance)

    def page(chance: random.Random) -> tuple[str, bytes]:
        name, data = wounded(pages, chance)
        return name if chance.random() < 0.9 else f"page{chance.choice(odd)}", data

    def document(chance: random.Random) -> tuple[str, bytes]:
        suffix, parts = chance.choice(((".docx", seeds.docx), (".epub", seeds.epub)))
        return f"page{suffix}", reparted(parts(), chance)

    return {
        "pages": page,
        "documents": document,
        "saved": lambda chance: wounded(kept, chance),
        "markdown": lambda chance: wounded(texts, chance),
        "feeds": lambda chance: wounded(feeds, chance),
        "titles": lambda chance: titles.carriers(titles.titles(chance), chance),
    }


def batch(task: tuple[str, int, int, int, list[Path]]) -> Outcome:
    """The mutated files of one kind and these numbers."""
    kind, seed, first, last, folders = task
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    logging.disable()
    outcome, settings = Outcome(), Extraction()
    make = makers(folders)[kind]
    with TemporaryDirectory() as folder:
        begun = 0.0
        for number in range(first, last):
            chance = random.Random(f"{seed}-{number}" if kind == "pages" else f"{kind}-{seed}-{number}")  # noqa: S311
            name, data = make(chance)
            path = Path(folder, name)
            path.write_bytes(data)
            told = f"{kind} {number} of seed {seed}"
            if kind == "titles":
                judged_title(path, told, outcome, drawn=number % DRAWN == 0)
            else:
                judged(path, told, outcome, settings)
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
        f"{outcome.counts['faulty']:>8}{outcome.counts['over 5 s']:>9}{outcome.slow[0][0]:>10.2f}{outcome.grown:>9.0f}"
    )
    for trace in outcome.failures.values():
        print(trace)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[*KINDS, "monsters"])
    parser.add_argument("--from", dest="folders", type=Path, action="append", default=[])
    options = parser.parse_args()
    faulthandler.enable()
    folders = [*options.folders, *([SHARED] if SHARED.is_dir() else [])]
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: only pages of our own are mutated")
    workers = min(2, os.cpu_count() or 1)
    heads = ("article", "refused", "crashed", "faulty", "over 5 s", "slowest s", "grown MB")
    print(f"{'':<38}" + "".join(f"{head:>{max(8, len(head) + 1)}}" for head in heads))
    for kind in KINDS if not options.only else {options.only} - {"monsters"}:
        size = 250 if kind != "titles" else 50
        tasks = [(kind, options.seed, n, min(n + size, options.pages), folders) for n in range(0, options.pages, size)]
        whole = Outcome()
        with ProcessPoolExecutor(workers) as pool:
            for outcome in pool.map(batch, tasks):
                whole.add(outcome)
        told(f"{options.pages} {kind}, seed {options.seed}", whole)
        for took, name in whole.slow[:30]:
            if took > SLOW or name == whole.slow[0][1]:
                print(f"{took:.2f} s: {name}")
    if options.only in {None, "monsters"}:
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
