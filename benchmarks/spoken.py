"""
What is said for what is written: a public suite, every sentence of real pages, and what it costs. Judges nothing.

    python benchmarks/spoken.py [--shared DIR] [--show] [cases] [pages] [speed]

DIR holds `spoken/*.tsv` (kind, written, spoken) and `pages/extraction/`. `--show` also prints the cases that differ.
A case that differs as a matter of taste is listed with the reason in `spoken_taste.tsv`, and counted apart.
"""

import argparse
import gzip
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

from audioed import config, extraction
from audioed.errors import AudioedError
from audioed.model import Page, Utterance
from audioed.scripting.normalize import normalize
from audioed.scripting.split import utterances
from audioed.voices.cards import voice_cards

SHARED = Path(__file__).resolve().parents[2] / "shared"
TASTE = Path(__file__).with_name("spoken_taste.tsv")
SPOKEN = 60
"""Utterances that the voice says to be compared with; half a minute of its work."""


def folded(text: str) -> str:
    """The words alone: case, punctuation and spacing make no difference to a listener."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold().replace("'", "")).split())


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table, without its comments."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def fingerprint(written: str) -> str:
    """How the table of tastes names a case: the suites stay where they are."""
    return sha256(written.encode()).hexdigest()[:16]


def cases(shared: Path, show: bool) -> None:
    """The share of a suite's cases that are said as it expects, for each kind and in all."""
    taste = {row[0]: row[1] for row in rows(TASTE)}
    for path in sorted((shared / "spoken").glob("*.tsv")):
        right: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        liked: Counter[str] = Counter()
        missed = []
        for row in rows(path):
            kind, written, spoken = (*row, "", "")[:3]
            said = normalize(written)
            asked[kind] += 1
            if folded(said) == folded(spoken):
                right[kind] += 1
                continue
            reason = taste.get(fingerprint(written), "")
            liked[kind] += bool(reason)
            missed.append(f"  {kind}: {written!r}\n    said   {said!r}\n    suite  {spoken!r}\n    {reason}")
        print(f"{path.name}: as the suite says, as a matter of taste, otherwise, of all")
        for kind, many in (*asked.items(), ("in all", asked.total())):
            same = right[kind] if kind in asked else right.total()
            near = liked[kind] if kind in asked else liked.total()
            share = f"{same / many:6.1%}, with taste {(same + near) / many:6.1%}"
            print(f"  {kind:13} {same:4} {near:4} {many - same - near:4} {many:4}  {share}")
        if show:
            print(*missed, sep="\n")


def sentences(path: Path) -> list[str]:
    """What would be said of a page, in the portions in which it is said; nothing of a page that is refused."""
    page = Page(
        url="page.html", media_type="text/html", text=gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    )
    try:
        article = extraction.extract(page, config.Extraction())
    except AudioedError:
        return []
    if article.language and not article.language.startswith("en"):
        return []
    return [said for block in article.blocks for said in utterances(block.text)]


def found(shared: Path) -> list[str]:
    """Every sentence of the English pages."""
    paths = sorted((shared / "pages" / "extraction").glob("*.html.gz"))
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        return [said for page in pool.map(sentences, paths) for said in page]


def pages(texts: list[str], show: bool) -> None:
    """What must not happen to any sentence, counted over real ones."""
    failures: dict[str, list[str]] = {"exceptions": [], "digits left": [], "not settled": []}
    for text in texts:
        try:
            said = normalize(text)
            again = normalize(said)
        except Exception as error:  # noqa: BLE001  whatever it is, it is counted
            failures["exceptions"].append(f"{text!r}: {error!r}")
            continue
        if any(map(str.isdigit, said)):
            failures["digits left"].append(f"{text!r}: {said!r}")
        if again != said:
            failures["not settled"].append(f"{said!r}: {again!r}")
    print(f"pages: {len(texts)} sentences,", ", ".join(f"{len(them)} {name}" for name, them in failures.items()))
    if show:
        print(*(f"  {name}: {each}" for name, them in failures.items() for each in them), sep="\n")


def speed(texts: list[str]) -> None:
    """The cost of normalizing relative to the embedded voice's work on the same sentences."""
    from audioed.synthesis.engines.hibari import Hibari

    voice = voice_cards(Path())["heart"]
    texts = [text for text in texts if any(map(str.isalpha, text))]
    texts = texts[:: max(1, len(texts) // SPOKEN)]
    normalize("WARM: 1st of 2, U.S. Old.")  # loads what is loaded once, also by the voice: dictionaries, a tagger
    engine = Hibari()
    engine.synthesize(Utterance(written="One.", spoken="One."), voice)
    began = time.process_time()
    told = [Utterance(written=text, spoken=normalize(text)) for text in texts]
    cost = time.process_time() - began
    began = time.process_time()
    for utterance in told:
        engine.synthesize(utterance, voice)
    work = time.process_time() - began
    print(f"speed: {len(texts)} sentences of {sum(map(len, texts))} characters, in processor time")
    print(f"  normalizing {cost * 1000:.0f} ms, saying {work * 1000:.0f} ms: {cost / work:.2%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="cases, pages, speed", help="all without a name")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    wanted = options.parts or ["cases", "speed", "pages"]
    if "cases" in wanted:
        if any((options.shared / "spoken").glob("*.tsv")):
            cases(options.shared, options.show)
        else:
            print(f"cases: none in {options.shared / 'spoken'}; name the folder above it with --shared.")
    if {"pages", "speed"} & {*wanted}:
        texts = found(options.shared)
        if not texts:
            print(f"pages, speed: none in {options.shared / 'pages'}; name the folder above it with --shared.")
            return
        if "speed" in wanted:
            speed(texts)
        if "pages" in wanted:
            pages(texts, options.show)


if __name__ == "__main__":
    main()
