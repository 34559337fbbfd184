"""
What is worth hearing, measured on hand-labelled pages beside trafilatura alone. Prints figures, judges nothing.

    python benchmarks/extraction.py [--pages DIR] [--only dev|extraction] [--show]
"""

import argparse
import gzip
import importlib.util
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction import extract
from audioed.extraction.decode import decoded
from audioed.model import Page
from audioed.scripting.rundown import reading

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
SYSTEMS = ("audioed", "trafilatura")
DEV = (
    "headline_recall", "headline_precision", "promo_recall", "promo_precision", "leaks", "clean_pages", "lost",
    "body_f1", "title", "byline", "published",
)  # fmt: skip
PROCESSES = 2

Output = dict[str, Any]


def ours(text: str) -> Output:
    """The article and its script; what is refused is silence. The spoken forms are not measured here."""
    try:
        article = extract(Page(url="page.html", media_type="text/html", text=text), Extraction())
    except ExtractionError as error:
        return {"articles": [{}], "script": {"segments": []}, "text": "", "refused": str(error)}
    segments = [
        {"kind": each.kind, "title": each.title, "utterances": [{"written": u.written} for u in each.utterances]}
        for each in reading(article, str, alone=True)
    ]
    about = {"title": article.title, "byline": article.byline, "language": article.language}
    about["published"] = str(article.published or "")
    body = "\n".join(block.text for block in article.blocks)
    cuts = [[cut.rule, cut.text] for cut in article.cuts]
    return {"articles": [about], "script": {"segments": segments}, **about, "text": body, "cuts": cuts}


def theirs(text: str) -> Output:
    """What trafilatura makes of the page: all one body, its own metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(text, include_comments=False, with_metadata=True)
    body = (found.text or "") if found else ""
    about = {"title": found.title, "byline": found.author, "published": found.date} if found else {}
    segments = [{"kind": "body", "title": "", "utterances": [{"written": body}]}]
    return {"articles": [about], "script": {"segments": segments}, **about, "text": body}


def measured(path: Path) -> dict[str, tuple[Output, float]]:
    """Both outputs for one page with the CPU seconds each took."""
    raw = path.read_bytes()
    text = decoded(gzip.decompress(raw) if path.suffix == ".gz" else raw, path.name)
    answers = {}
    for name, make in (("audioed", ours), ("trafilatura", theirs)):
        began = time.process_time()
        output = make(text)
        answers[name] = (output, time.process_time() - began)
    return answers


def scorer(path: Path) -> ModuleType:
    """The scoring program that lies beside the pages."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(paths: list[Path], folder: Path) -> list[float]:
    """Write every output to its system's folder; our time relative to trafilatura's, page by page."""
    ratios = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for path, answers in zip(paths, pool.map(measured, paths), strict=True):
            for name, (output, _) in answers.items():
                place = folder / name / f"{path.name.partition('.')[0]}.json"
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(json.dumps(output, ensure_ascii=False, indent=1), "utf-8")
            ratios.append(answers["audioed"][1] / max(answers["trafilatura"][1], 1e-6))
    return ratios


def labels(pages: Path, folder: Path) -> Iterator[tuple[str, Output, Output]]:
    """Name, label and output of each page."""
    for path in sorted(pages.glob("*.json")):
        yield path.stem, json.loads(path.read_text("utf-8")), json.loads((folder / path.name).read_text("utf-8"))


def dev_scores(pages: Path, folder: Path) -> dict[str, dict[str, float | None]]:
    """What score.py says of each page, and of all under the name "total"."""
    score = scorer(pages / "score.py")
    found = {name: score.score(label, output) for name, label, output in labels(pages / "dev", folder)}
    total = score.summed(list(found.values()))
    total["clean_pages"] = sum(not each["leaks"] for each in found.values())
    return {**found, "total": total}


def extraction_scores(pages: Path, folder: Path) -> dict[str, dict[str, float | None]]:
    """What score_extraction.py measures, of each page and of all."""
    score = scorer(pages / "score_extraction.py")
    found: dict[str, dict[str, float | None]] = {}
    for name, label, output in labels(pages / "extraction", folder):
        found[name] = {
            "body_f1": score.f1(score.words(output["text"]), score.words(label["text"])),
            "title": float(score.fold(output.get("title")) == score.fold(label["title"])),
            "byline": float(score.fold(output.get("byline")) == score.fold(label["byline"]))
            if label["byline"]
            else None,
        }
    columns = {key: [row[key] for row in found.values()] for key in ("body_f1", "title", "byline")}
    total = {key: statistics.mean(v for v in values if v is not None) for key, values in columns.items()}
    return {**found, "total": total}


def table(name: str, totals: Mapping[str, Mapping[str, float | None]], columns: tuple[str, ...]) -> None:
    print(f"\n{name:22}" + "".join(f"{system:>13}" for system in SYSTEMS))
    for column in columns:
        cells = (totals[system].get(column) for system in SYSTEMS)
        print(f"  {column:20}" + "".join(f"{'-' if cell is None else f'{cell:.4g}':>13}" for cell in cells))


def misses(found: Mapping[str, Mapping[str, float | None]], pages: Path, folder: Path) -> None:
    """The pages that fall short, with what they said where a name is wrong."""
    told = {name: (label, output) for name, label, output in labels(pages, folder)}
    for name, row in found.items():
        if name == "total":
            continue
        low = {
            k: round(v, 3) for k, v in row.items() if v is not None and k not in {"leaks", "lost", "cut"} and v < 0.9
        }
        low |= {k: round(v, 3) for k in ("leaks", "lost") if (v := row.get(k))}
        label, output = told[name]
        wrong = {k: (output.get(k), label[k]) for k in ("title", "byline", "published") if k in low}
        if low:
            print(f"  {name}: {low} {wrong or ''} {output.get('refused', '')}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=PAGES, help="folder with dev/, extraction/ and their scorers")
    parser.add_argument("--only", choices=("dev", "extraction"), help="one of the two collections")
    parser.add_argument("--show", action="store_true", help="list the pages that miss")
    parser.add_argument("--keep", type=Path, help="write the outputs here, for comparing two runs")
    arguments = parser.parse_args()
    if not arguments.pages.is_dir():
        raise SystemExit(f"{arguments.pages} is absent; name the folder of the labelled pages with --pages.")
    ratios: list[float] = []
    with tempfile.TemporaryDirectory() as temporary:
        for name, scores in (("dev", dev_scores), ("extraction", extraction_scores)):
            if arguments.only not in {None, name}:
                continue
            folder = (arguments.keep or Path(temporary)) / name
            paths = sorted((arguments.pages / name).glob("*.html*"))
            ratios += run(paths, folder)
            found = {system: scores(arguments.pages, folder / system) for system in SYSTEMS}
            columns = DEV if name == "dev" else ("body_f1", "title", "byline")
            table(f"{name}, {len(paths)} pages", {system: each["total"] for system, each in found.items()}, columns)
            if arguments.show:
                misses(found["audioed"], arguments.pages / name, folder / "audioed")
    print(f"\nmedian time relative to trafilatura alone, page by page: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
