"""
Learns which articles tell one story, and measures it on pairs that it did not learn from.

    python benchmarks/clusters.py [learn] [measure] [--shared DIR]

Pairs are our own (`tests/edition/stories.toml`: two tellings of each event, and what only looks like it) and, by a
rule, of the shared pages, where these are: every second paragraph of an article and the others tell one story, two
articles of one language do not. Pages with even places in their folder are learned from, the others are unseen.
"""

import argparse
import json
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import numpy as np

from audioed.edition.clusters import LIKELY, WEIGHTS, Story, Weight, alike, is_update, likeness, rarity

HERE = Path(__file__).resolve().parent
OURS = HERE.parent / "tests" / "edition" / "stories.toml"
SHARED = HERE.parents[1] / "shared"
WORDS, PARAGRAPHS, PARAGRAPH = 300, 6, 12
"""An article is taken from so many words and paragraphs of so many words."""
MOST = 150
"""Pages of each folder and half."""
Pair: TypeAlias = tuple[str, Story, Story, bool]


def ours(half: str) -> tuple[list[Pair], list[Pair], Weight]:
    """Our pairs: those with one event's name, all the others, and what terms weigh among all."""
    events = [each for each in tomllib.loads(OURS.read_text("utf-8"))["event"] if each["half"] == half]
    told = {
        f"{each['name']}/{kind}": Story(each[kind]["title"], each[kind]["text"].strip(), each.get("language", "en"))
        for each in events
        for kind in ("one", "other", "near")
        if kind in each
    }
    near, far = [(f"{name} shortened", each, _shortened(each), True) for name, each in told.items()], list[Pair]()
    for one, other in combinations(told, 2):
        (event, kind), (event_, kind_) = one.split("/"), other.split("/")
        same = event == event_ and "near" not in {kind, kind_}
        (near if event == event_ else far).append((f"{one} {other}", told[one], told[other], same))
    return near, far, rarity(told.values())


def _shortened(story: Story) -> Story:
    """What another outlet makes of an agency's text: its beginning, under a title of its own."""
    sentences = story.text.split(". ")
    return Story("", ". ".join(sentences[: 2 * len(sentences) // 3]) + ".", story.language)


def pages(shared: Path, half: str) -> tuple[list[Pair], list[Pair], Weight]:
    """The pairs of the shared pages: halves of one, and halves of two."""
    odd, even = list[tuple[str, Story]](), list[Story]()
    for folder in ("fundus", "wcxb"):
        paths = sorted((shared / "pages" / folder).glob("*.json"))[half == "unseen" :: 2][:MOST]
        for path in paths:
            page = json.loads(path.read_text("utf-8"))
            found = [each for each in (page.get("text") or "").split("\n") if len(each.split()) > PARAGRAPH]
            if len(found) < PARAGRAPHS or sum(len(each.split()) for each in found) < WORDS:
                continue
            language = (page.get("language") or "en")[:2]
            odd.append((f"{folder}/{path.stem}", Story(page.get("title") or "", "\n".join(found[::2]), language)))
            even.append(Story("", "\n".join(found[1::2]), language))
    one = [(name, first, second, True) for (name, first), second in zip(odd, even, strict=True)]
    rows = combinations(odd, 2)
    two = [(f"{a} {b}", x, y, False) for (a, x), (b, y) in rows if x.language == y.language]
    return one, two, rarity([each for _, each in odd])


def learn(shared: Path) -> None:
    """Print weights by logistic regression, each kind of pair with the same weight, ours with most."""
    rows, labels, counts = list[list[float]](), list[bool](), list[float]()
    for (near, far, weight), ours_ in ((ours("seen"), 1.0), (pages(shared, "seen"), 0.1)):
        for pairs, importance in ((near, 3 * ours_), (far[:: max(1, len(far) // 2000)], ours_)):
            for same in (True, False):
                found = [alike(one, other, weight) for _, one, other, label in pairs if label == same]
                rows += [[*each.values(), 1.0] for each in found]
                labels += [same] * len(found)
                counts += [importance / max(1, len(found))] * len(found)
    x, y, n = np.array(rows), np.array(labels, float), np.array(counts)
    w = np.zeros(x.shape[1])
    ridge = np.diag([0.002] * (len(w) - 1) + [0.0])
    for _ in range(50):  # Newton's method
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (n * p * (1 - p))[:, None]) + ridge + 1e-9, x.T @ (n * (y - p)) - ridge @ w)
    print("WEIGHTS", {each: round(float(v), 2) for each, v in zip(WEIGHTS, w, strict=False)}, "BIAS", round(w[-1], 2))


def measure(shared: Path, half: str, *, show: bool) -> None:
    """Print precision and recall of one half, and what went wrong."""
    for name, (near, far, weight) in (("ours", ours(half)), ("pages", pages(shared, half))):
        found = [(label, likeness(a, b, weight), which) for which, a, b, label in (*near, *far)]
        hit = sum(label and value > LIKELY for label, value, _ in found)
        told, true = sum(value > LIKELY for _, value, _ in found), sum(label for label, _, _ in found)
        print(
            f"{half} {name}: {len(found)} pairs, {true} of one story; "
            f"precision {hit / max(1, told):.3f}, recall {hit / max(1, true):.3f}"
        )
        if show:
            wrong = sorted((value, which) for label, value, which in found if label != (value > LIKELY))
            for value, which in (*wrong[:8], *wrong[-8:]):
                print(f"    {value:.2f} {which}")
    right = [*updates(half)]
    print(f"{half} updates: {sum(right)} of {len(right)} as they should be")


def updates(half: str) -> Iterator[bool]:
    """Of each second telling and each update, whether it is told as news as it should be."""
    events = [each for each in tomllib.loads(OURS.read_text("utf-8"))["event"] if each["half"] == half]
    for each in events:
        told = {
            kind: Story(each[kind]["title"], each[kind]["text"].strip(), each.get("language", "en"))
            for kind in ("one", "other", "update")
            if kind in each
        }
        weight = rarity(told.values())
        if "other" in told:
            yield not is_update(told["other"], [told["one"]], weight)
        if "update" in told:
            later = f"{told['one'].text} {told['update'].text}"
            yield is_update(Story(told["update"].title, later, told["one"].language), [told["one"]], weight)
            yield is_update(told["update"], [told["other"]], weight)


def main() -> None:
    """Learn, or measure the half that was learned from and the one that was not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["measure"], choices=["learn", "measure", "seen"])
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    if "learn" in options.what:
        learn(options.shared)
    if "seen" in options.what:
        measure(options.shared, "seen", show=True)
    if "measure" in options.what:
        measure(options.shared, "unseen", show=True)


if __name__ == "__main__":
    main()
