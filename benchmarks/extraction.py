"""
What is worth hearing, measured on labelled pages beside trafilatura alone. Prints figures, judges nothing.

    python benchmarks/extraction.py [--pages DIR] [--only dev|extraction] [--show]

DIR holds `dev/` and `score.py`, `extraction/` and `score_extraction.py`. `--show` also prints the score of each page.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import trafilatura
from trafilatura.meta import reset_caches

from audioed import build, config, extraction
from audioed.cache import Cache
from audioed.errors import AudioedError
from audioed.model import Article, Edition, Page
from audioed.place import Place
from audioed.store import Store

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
NOWHERE = Path("nowhere")
Result = dict[str, Any]


@dataclass(frozen=True)
class Extractor:
    """Somebody who reads a page: what of it is said, and the article for each of the two scorers."""

    name: str
    read: Callable[[str], Any]
    """The page's article, or None; this is what is timed."""
    told: Callable[[Any], tuple[Result, Result]]


def read(html: str) -> Article | None:
    """The article; a refused page has none."""
    try:
        return extraction.extract(Page(url="page.html", media_type="text/html", text=html), config.Extraction())
    except AudioedError:
        return None


def ours(article: Article | None) -> tuple[Result, Result]:
    """What audioed would say."""
    if article is None:
        return {}, {}
    about = {"title": article.title, "byline": article.byline, "language": article.language}
    about["published"] = str(article.published or "")
    edition = Edition(show="Measured", day=date(2026, 1, 1), title=article.title, name="measured")
    place = Place(config.Config(), {}, Store(NOWHERE, Cache(NOWHERE), "Measured"))
    script = build.write([article], edition, place)
    segments = [
        {"kind": each.kind, "title": each.title, "utterances": [{"written": u.written} for u in each.utterances]}
        for each in script.segments
        if each.kind not in {"opening", "closing"}
    ]
    text = "\n".join(block.text for block in article.blocks)
    return {"articles": [about], "script": {"segments": segments}}, {**about, "text": text}


def alone(html: str) -> Any:
    """What trafilatura finds by itself."""
    return trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)


def theirs(found: Any) -> tuple[Result, Result]:
    """All of it body."""
    if found is None:
        return {}, {}
    about = {"title": found.title, "byline": found.author, "published": found.date, "language": found.language}
    segment = {"kind": "body", "title": "", "utterances": [{"written": found.text or ""}]}
    return {"articles": [about], "script": {"segments": [segment]}}, {**about, "text": found.text or ""}


EXTRACTORS = (Extractor("audioed", read, ours), Extractor("trafilatura", alone, theirs))


def measured(path: Path) -> dict[str, tuple[float, Result, Result]]:
    """Seconds and results of each extractor on one page."""
    data = path.read_bytes()
    html = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
    results = {}
    for each in EXTRACTORS:
        reset_caches()  # what trafilatura remembers of a page would make the second reading of it cheaper
        began = time.perf_counter()
        found = each.read(html)
        results[each.name] = (time.perf_counter() - began, *each.told(found))
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--only", choices=["dev", "extraction"])
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if not (options.pages / "score.py").is_file():
        raise SystemExit(f"no labelled pages in {options.pages}; name their folder with --pages.")
    for part, pattern in (("dev", "*.html"), ("extraction", "*.html.gz")):
        if options.only in {None, part}:
            paths = sorted((options.pages / part).glob(pattern))
            with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
                report(part, paths, list(pool.map(measured, paths)), options)


def report(part: str, paths: list[Path], results: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Hand each extractor's results to the scorer of this part, and print what it says."""
    for each in EXTRACTORS:
        with tempfile.TemporaryDirectory() as folder:
            for path, result in zip(paths, results, strict=True):
                _, spoken, text = result[each.name]
                name = f"{path.name.split('.')[0]}.json"
                Path(folder, name).write_text(json.dumps(spoken if part == "dev" else text, default=str))
            script = "score.py" if part == "dev" else "score_extraction.py"
            arguments = [str(options.pages / "dev"), folder] if part == "dev" else [folder]
            told = subprocess.run(
                [sys.executable, str(options.pages / script), *arguments], capture_output=True, text=True, check=True
            ).stdout.splitlines()
        print(f"{each.name} on {part}:", *(told if options.show else [*told[:1], *told[1:][-1:]]), sep="\n  ")
    ratios = [result["audioed"][0] / result["trafilatura"][0] for result in results]
    print(f"time, audioed / trafilatura, median of {len(ratios)} pages: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
