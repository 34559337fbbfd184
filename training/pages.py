"""
Labelled pages as rows with their figures: what the judge learns from, and what it is measured on.

The pages stand in ../shared/pages (`wcxb`, `fundus`, `extraction`, `dev`), each with its text; the rows of some are
labelled by hand in `labels/`, the others by whether they stand in that text, corrected where the texts keep what an
editor would not have read.
"""

import gzip
import json
import pickle
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from audioed.extraction import dom, features, html, interviews, metadata, quotes, sections, structured
from audioed.scripting.promo import is_promo
from audioed.textkey import folded, shingles, words

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from tests.extraction import small_pages  # noqa: E402 - what fills a small page, and how its demands are compared

PAGES = HERE.parents[1] / "shared" / "pages"
LABELS = HERE / "labels.tsv"
FIRMLY = 2.0
"""How much what such a page demands weighs, to what a row of a labelled page does."""
KEY = 5
"""Characters of a row's key."""
SETS = ("wcxb", "fundus", "extraction", "dev")
READ = "BHLPDST"
"""Letters of what is read; see README.md."""
UNKNOWN = "?"


@dataclass(slots=True)
class Labelled:
    """One page."""

    name: str
    site: str
    texts: list[str]
    seen: features.Seen
    alone: features.Seen | None
    """The same of some pages, without the help of another extractor, which now and then finds nothing."""
    kept: list[bool]
    read: np.ndarray
    """Of each row, 1 where it is read, 0 where it is cut, -1 where that is not known."""
    weight: np.ndarray
    kinds: str = ""
    """Of each row, the letter that a person gave it; empty where nobody did."""
    gold: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> tuple[str, dict[str, Any]]:
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    return data.decode("utf-8", "replace"), json.loads(Path(str(path).split(".html")[0] + ".json").read_text("utf8"))


def site(url: str, name: str) -> str:
    """The site of a page, as folds part them."""
    from tld import get_fld

    return get_fld(url, fail_silently=True) or urlsplit(url).hostname or name


def rows_of(text: str, url: str) -> list[dom.Row]:
    """The rows of a page as the judge sees them."""
    root = dom.parsed(text, url)
    structured.supply(root, structured.objects(root))
    return interviews.of_rows(quotes.of_rows(list(dom.rows(root, url))))


def seen_of(rows: Sequence[dom.Row], url: str) -> tuple[features.Seen, list[bool], metadata.About]:
    """What the judge sees of these rows, which of them the other extractor keeps, and what their page says."""
    root = rows[0].element.getroottree().getroot()
    found, guess = html._body(root, rows)
    about = metadata.read(root, rows, url, structured.objects(root), guess)
    kept = html._kept(rows, found)
    return features.seen(rows, kept, about.title, url, about.sites), kept, about


def small() -> list[Labelled]:
    """Our own small pages: what each must say, and must not, teaches; their prose, which many share, does not."""
    return [
        page
        for path in sorted(small_pages.DATA.glob("*.toml"))
        for number, case in enumerate(tomllib.loads(path.read_text("utf8")).get("page", ()))
        if case.get("media", "text/html") == "text/html" and not case.get("refused")
        for page in demands(f"small-{path.stem}-{number}", case)
    ]


def demands(name: str, case: dict[str, Any]) -> Iterator[Labelled]:
    """One small page, as one that is labelled where it must say something, or must not."""
    text, _ = small_pages.filled(case)
    url = case.get("url") or "https://page.invalid/"
    rows = rows_of(text, url)
    if rows:
        seen, kept, _about = seen_of(rows, url)
        texts = [row.text for row in rows]
        yield Labelled(name, name, texts, seen, None, kept, demanded(texts, case), np.full(len(rows), FIRMLY))


def demanded(texts: Sequence[str], case: dict[str, Any]) -> np.ndarray:
    """Of each row of a small page, 1 where it must be said, 0 where it must not, -1 where that is left open."""
    wanted = [small_pages.words(part) for each in case.get("must", ()) for part in each.split(" // ")]
    refused = [small_pages.words(each) for each in case.get("must_not", ()) if each[1:2] != "*"]
    often = Counter(map(folded, texts))
    read = []
    for text in texts:
        own = f" {small_pages.words(text)} "
        says = any(each and (f" {each} " in own or own in f" {each} ") for each in wanted)
        errs = any(f" {each} " in own for each in refused)
        told = own.strip() and own.strip() != small_pages.words(case.get("title", "")) and often[folded(text)] == 1
        read.append(int(says) if told and says != errs else -1)
    return np.array(read, int)


def labelled(path: Path) -> Labelled | None:
    """The rows of one page; None where there are none."""
    text, gold = load(path)
    name = f"{path.parent.name}-{path.name.split('.')[0]}"
    url = gold.get("url") or "https://page.invalid/"
    try:
        rows = rows_of(text, url)
    except Exception:  # noqa: BLE001 - a page that cannot be read teaches nothing
        return None
    if not rows or len(rows) > 3000:
        return None
    seen, kept, about = seen_of(rows, url)
    helpless = int(key(name), 16) % 4 == 0
    alone = features.seen(rows, [False] * len(rows), about.title, url, about.sites) if helpless else None
    gold.setdefault("text", "\n".join(each["text"] for each in gold.get("blocks", ())))
    read, weight = aligned(rows, gold["text"])
    texts = [row.text for row in rows]
    kinds = from_blocks(rows, gold, read) if "blocks" in gold else by_hand(name, texts)
    if kinds:
        read = np.array([-1 if each in "T" + UNKNOWN else int(each in READ) for each in kinds])
        weight = np.ones(len(rows))
    return Labelled(name, site(url, gold.get("site") or name), texts, seen, alone, kept, read, weight, kinds, gold)


def aligned(rows: Sequence[dom.Row], text: str) -> tuple[np.ndarray, np.ndarray]:
    """Which rows stand in a text, corrected by rule, and how sure that is."""
    told = {folded(line) for line in text.splitlines()}
    running = f" {folded(text)} "
    pieces = shingles(words(text), 5)
    read = np.zeros(len(rows), int)
    for i, row in enumerate(rows):
        own = folded(row.text)
        if own in told or (own.count(" ") > 2 and f" {own} " in running):
            read[i] = 1
        elif own.count(" ") > 12:
            parts = shingles(own.split(), 5)
            read[i] = len(parts & pieces) >= 0.85 * len(parts)
    weight = np.ones(len(rows))
    inside = np.flatnonzero(read)
    first, last = (inside[0], inside[-1]) if len(inside) else (0, -1)
    ends = sections.cut([row.block for row in rows])
    for i, row in enumerate(rows):
        rules = {rule for _, rule in row.suspicions}
        if read[i] and (rules & {"caption", "code", "footnotes"} or ends.get(i) in {"footnotes", "author"}):
            read[i] = 0
            weight[i] = 0.5
        elif first <= i <= last and is_promo(row.text):
            read[i] = -1
    return read, weight


def from_blocks(rows: Sequence[dom.Row], gold: dict[str, Any], read: np.ndarray) -> str:
    """Letters of a page of `dev`, whose labels are blocks of text."""
    kinds = {"headlines": "L", "promo": "P"}
    by_text = {folded(each["text"]): each for each in gold["blocks"]}
    letters = []
    for row, keep in zip(rows, read, strict=True):
        block = by_text.get(folded(row.text))
        if block:
            letters.append(kinds.get(block["segment"]) or {"heading": "H", "table": "D"}.get(block["kind"], "B"))
        else:
            letters.append("B" if keep else UNKNOWN if keep < 0 else "V")
    return "".join(letters)


def key(text: str) -> str:
    """What a label knows a row by, without holding its words."""
    return sha256(folded(text).encode()).hexdigest()[:KEY]


@cache
def stored_labels() -> dict[str, str]:
    """The labels of each page: the key of each row, and its letter."""
    return dict(line.split("\t") for line in LABELS.read_text("utf8").splitlines())


def by_hand(name: str, texts: Sequence[str]) -> str:
    """The letters that a person gave to these rows; empty where nobody did."""
    stored = stored_labels().get(name, "")
    if not stored:
        return ""
    keys = [stored[i : i + KEY] for i in range(0, len(stored), KEY + 1)]
    letters = stored[KEY :: KEY + 1]
    now = [key(text) for text in texts]
    found = [UNKNOWN] * len(now)
    for block in SequenceMatcher(None, keys, now, autojunk=False).get_matching_blocks():
        found[block.b : block.b + block.size] = letters[block.a : block.a + block.size]
    return "".join(found)


def everything(cache: Path | None = None) -> list[Labelled]:
    """Every labelled page that is there."""
    if cache and cache.is_file():
        return pickle.loads(cache.read_bytes())
    paths = [path for each in SETS for path in sorted((PAGES / each).glob("*.html*"))]
    twice = {path.name for path in paths if path.parent.name == "wcxb"}  # which holds `extraction`, too
    paths = [path for path in paths if path.parent.name != "extraction" or path.name not in twice]
    with ProcessPoolExecutor(2) as pool:
        pages = [page for page in pool.map(labelled, paths, chunksize=8) if page is not None]
    if cache:
        cache.write_bytes(pickle.dumps(pages))
    return pages
