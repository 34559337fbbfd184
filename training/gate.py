"""
What a listener gets of the hundred pages that nobody tunes on, or with `--train` of the others labelled by hand.

    python training/gate.py [--train] [--show]
"""

import argparse
import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pages as labelled

from audioed import config, extraction
from audioed.errors import AudioedError
from audioed.extraction.clean import FOOTNOTE_MARK
from audioed.model import Page
from audioed.scripting.segment import parts
from audioed.textkey import folded

LONG, FEW = 8, 4
"""Words of the shortest paragraph that counts as lost, and of the shortest piece of furniture that counts as read."""


BETWEEN = re.compile(r"(?:\s*[,;&]\s*|\s+(?=(?:and|y|et|und)\s))(?:(?:and|y|et|und)\s+)?")
"""What stands between two authors."""


def people(authors: str) -> frozenset[str]:
    """Who is named in a byline, as a listener hears it: in any order, however they are joined."""
    return frozenset(name for each in BETWEEN.split(authors) if (name := folded(each)))


def heard(name: str) -> tuple[str, Counter, list[tuple[str, str]]]:
    """What was counted on one page, and what was lost and leaked."""
    folder, number = name.split("-")
    path = labelled.PAGES / folder / f"{number}.html.gz"
    text, gold = labelled.load(path)
    url = gold.get("url") or "https://page.invalid/"
    found, counts, faults = labelled.rows_of(text, url), Counter(), []
    letters = labelled.by_hand(name, [row.text for row in found])
    try:
        article = extraction.extract(Page(url=url, media_type="text/html", text=text), config.Extraction())
        said = [(part.kind, block.text) for part in parts(article.blocks) for block in part.blocks]
        title, byline = article.title, article.byline
    except AudioedError as error:
        said, title, byline = [], "", ""
        faults.append(("refused", str(error)))
    running = {
        kind: f" {' '.join(folded(t) for k, t in said if kind in {k, ''})} " for kind in ("", "headlines", "promo")
    }
    own = [folded(row.text) for row, letter in zip(found, letters, strict=True) if letter in labelled.READ]
    wanted = f" {' '.join(own)} "
    for row, letter in zip(found, letters, strict=True):
        words = folded(row.text)
        size = len(words.split())
        if letter == labelled.UNKNOWN or not words:
            continue
        bare = folded(FOOTNOTE_MARK.sub("", row.text))  # what a paragraph says, is said without the marks of its notes
        read = any(f" {each} " in running[""] for each in {words, bare} - {""})
        if letter in "BS" and size >= LONG:
            counts["body"] += 1
            counts["lost"] += not read
            faults += [] if read else [("lost", row.text)]
        if letter not in labelled.READ and size >= FEW and words not in own:
            leaks = running[""].count(f" {words} ") > wanted.count(f" {words} ")  # what a paragraph says, too, is none
            counts["leaks"] += leaks
            counts["leaks or quoted"] += read
            faults += [(f"leak {letter}", row.text)] if leaks else []
        for kind, sign in (("headlines", "L"), ("promo", "P")):
            counts[f"{kind} wanted"] += size * (letter == sign)
            counts[f"{kind} right"] += size * (letter == sign and f" {words} " in running[kind])
    for kind in ("headlines", "promo"):
        counts[f"{kind} said"] += len(running[kind].split())
    counts["pages"] += 1
    counts["pages with a leak"] += counts["leaks"] > 0
    counts["pages with a leak or a quote"] += counts["leaks or quoted"] > 0
    own_titles = {folded(row.text) for row, letter in zip(found, letters, strict=True) if letter == "T"}
    own_titles.add(folded(gold.get("title") or ""))
    counts["titles"] += folded(title) in own_titles
    faults += [] if folded(title) in own_titles else [("title", f"{title} / {gold.get('title')}")]
    author = gold.get("author") or ""
    author = ", ".join(author) if isinstance(author, list) else author
    if author:
        counts["authors"] += 1
        counts["bylines"] += people(byline or "") == people(author)
        counts["bylines to the letter"] += folded(byline or "") == folded(author)
        faults += [] if people(byline or "") == people(author) else [("byline", f"{byline} / {gold['author']}")]
    return name, counts, faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    gate = set((labelled.HERE / "gate.txt").read_text().split())
    names = set(labelled.stored_labels())
    chosen = sorted(names - gate if options.train else names & gate)
    if not Path(labelled.PAGES).is_dir():
        raise SystemExit(f"no labelled pages in {labelled.PAGES}")
    total: Counter = Counter()
    with ProcessPoolExecutor(2) as pool:
        for name, counts, faults in pool.map(heard, chosen, chunksize=4):
            total += counts
            for kind, text in faults if options.show else ():
                print(f"{name} {kind}: {text[:120]}")
    print(f"pages {total['pages']}, paragraphs lost {total['lost'] / total['body']:.4f} of {total['body']}")
    print(f"pages with a leak {total['pages with a leak'] / total['pages']:.3f}, leaks {total['leaks']}")
    quoted = total["pages with a leak or a quote"] / total["pages"]
    print(f"  with what is cut and stands in a paragraph, too {quoted:.3f}, {total['leaks or quoted']}")
    for kind in ("headlines", "promo"):
        right, wanted, said = (total[f"{kind} {each}"] for each in ("right", "wanted", "said"))
        print(f"{kind} R {right / max(1, wanted):.3f} P {right / max(1, said):.3f} of {wanted} words")

    bylines, letters = (total[each] / total["authors"] for each in ("bylines", "bylines to the letter"))
    print(f"title {total['titles'] / total['pages']:.3f}, byline {bylines:.3f} of {total['authors']}, {letters:.3f}")


if __name__ == "__main__":
    main()
