"""
Where `audioed lint` and others judge the same feeds alike: python benchmarks/validators.py --partytime DIR.

The feeds are the two examples of every rule about a feed (tests/data/linting). podcast-partytime, the parser of the
Podcast Index, refuses nothing in words: what it makes of a feed tells whether it takes what stands there, leaves it
out, drops the episode or refuses the whole. DIR is a folder in which `npm install podcast-partytime` was run.

The W3C's feedvalidator is in no registry. W3C names what it logs for the same feeds, as its source has it (channel.py,
item.py and itunes.py of src/feedvalidator, read and not run).

A difference that is not explained here ends with exit code 1.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from audioed import linting
from audioed.linting.feed import Document
from audioed.linting.rules import RULES

DATA = Path(__file__).parents[1] / "tests" / "data" / "linting"
NOW = datetime(2025, 3, 12, tzinfo=UTC)
PARSE = """
const { readFileSync } = require("fs");
const { parseFeed } = require("podcast-partytime");
for (const file of process.argv.slice(1)) {
  let made = null;
  try { made = parseFeed(readFileSync(file, "utf8")); } catch (error) { made = { threw: String(error) }; }
  if (made) delete made.lastUpdate;
  console.log(JSON.stringify(made));
}
"""
DIRECTORIES = "it hands on what stands there; limits of directories and apps are not its own"
FORM = "it takes any value there, and apps are left with it"
EXPLAINED: Mapping[str, str] = {
    **dict.fromkeys(("text-broken", "address-relative", "address-page", "address-encoded", "address-secure"), FORM),
    **dict.fromkeys(("channel-title", "channel-link", "channel-description", "language", "owner-mail"), FORM),
    **dict.fromkeys(("media-type", "enclosure-length", "number", "trailer-date", "alternate-default"), FORM),
    **dict.fromkeys(("podcast-guid", "podcast-license", "podcast-transcript", "podcast-chapters"), FORM),
    **dict.fromkeys(("description-bytes", "title-markup", "names", "copyright", "self-address"), DIRECTORIES),
    **dict.fromkeys(("item-title-bare", "item-title-length", "enclosure-extension", "enclosure-twice"), DIRECTORIES),
    **dict.fromkeys(("guid-twice", "guid-short", "date-future", "date-order", "merged"), DIRECTORIES),
    **dict.fromkeys(("address-public", "notes-unsafe", "notes-tags", "soundbite-length"), DIRECTORIES),
}
"""Rule -> why partytime takes what the rule finds."""
W3C: Mapping[str, str] = {
    "channel-title": "MissingTitle",
    "channel-link": "MissingLink",
    "channel-description": "MissingDescription",
    "language": "MissingDCLanguage",
    "category": "InvalidItunesCategory; unlike us and Apple it has no Religion below Religion & Spirituality",
    "explicit": "InvalidTrueFalse; unlike us it takes True and FALSE, too",
    "self-link": "MissingAtomSelfLink",
    "owner": "MissingItunesEmail",
    "names": "255 characters",
    "type": "InvalidItunesChannelType",
    "twice": "DuplicateElement, DuplicateEnclosure",
    "order": "MisplacedItem",
    "enclosure": "MissingAttribute",
    "enclosure-length": "InvalidIntegerAttribute; unlike us it has no smallest length",
    "enclosure-extension": "UnsupportedItunesFormat; unlike us and Apple it takes .epub and .pdf",
    "guid": "MissingGuid",
    "guid-permalink": "InvalidHttpGUID, InvalidBooleanAttribute",
    "guid-short": "NotSufficientlyUnique",
    "item-title": "ItemMustContainTitleOrDescription; unlike us it is content with either",
    "episode-type": "InvalidItunesEpisodeType",
}
"""Rule -> what the W3C's validator logs."""


def edited(text: str, edits: list[list[Any]]) -> str:
    """The text with these edits: what is looked for, what is put in its place, and how often."""
    for find, put, *times in edits:
        text = text.replace(find, put * (times or [1])[0], 1)
    return text


def corpus() -> Iterator[tuple[str, str, str]]:
    """Rule, example and feed."""
    good = (DATA / "public" / "feed.xml").read_text("utf-8")
    good = good.replace("{bytes}", "186048").replace("{integrity}", "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K")
    yield "", "good", good
    examples = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))
    for rule in RULES:
        if rule.about == "feed":
            for name in ("pass", "fail"):
                yield rule.id, name, edited(good, examples[rule.id][name])


def by_partytime(files: list[Path], folder: Path) -> list[Any]:
    """What partytime makes of each of these feeds."""
    node = shutil.which("node")
    if not node:
        sys.exit("node is needed to run podcast-partytime.")
    command = [node, "-e", PARSE, *map(str, files)]
    environment = {
        "LOG": "silent",
        "PARTYTIME_LOG": "silent",
        "NODE_PATH": str(folder / "node_modules"),
        "PATH": os.environ["PATH"],
    }
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=True)
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith(("{", "null"))]


def leaves(made: Any, path: str = "") -> dict[str, Any]:
    """Everything in a JSON value, each under its path."""
    if isinstance(made, dict):
        return {key: leaf for name, value in made.items() for key, leaf in leaves(value, f"{path}.{name}").items()}
    if isinstance(made, list):
        return {key: leaf for place, value in enumerate(made) for key, leaf in leaves(value, f"{path}.{place}").items()}
    return {path: made}


def judged(good: Any, passing: Any, failing: Any) -> str:
    """What partytime does with a failing feed, seen from what it makes of the good one and of the passing one."""
    if failing is None or "threw" in failing:
        return "refuses the feed"
    if len(failing["items"]) < len(good["items"]):
        return "drops the episode"
    before, right, wrong = leaves(good), leaves(passing), leaves(failing)
    if (before.keys() | right.keys()) - wrong.keys() or (wrong == before != right):
        return "leaves it out"
    return "does not read it" if right == before else "takes it"


def ours(feed: str) -> list[str]:
    """The rules that find something."""
    return sorted({each.rule for each in linting.in_feed(Document("feed.xml", feed.encode(), NOW))})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partytime", type=Path, metavar="DIR", required=True)
    options = parser.parse_args()
    cases = list(corpus())
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name, f"{number}.xml") for number in range(len(cases))]
        for path, (_, _, feed) in zip(files, cases, strict=True):
            path.write_text(feed, "utf-8")
        good, *made = by_partytime(files, options.partytime)
    wrong, counted = [], Counter[str]()
    for (rule, _, passing), (_, _, failing), right, bad in zip(
        cases[1::2], cases[2::2], made[::2], made[1::2], strict=True
    ):
        verdict = judged(good, right, bad)
        counted[verdict] += 1
        why = EXPLAINED.get(rule, "") if verdict == "takes it" else ""
        print(f"{rule:28}{verdict:18}{why:80}{W3C.get(rule, '')}".rstrip())
        if ours(passing) or rule not in ours(failing):
            wrong.append(f"{rule}: our own verdicts are {ours(passing)} and {ours(failing)}")
        if right is None or "threw" in right or len(right["items"]) < len(good["items"]):
            wrong.append(f"{rule}: partytime refuses what passes here")
        if verdict == "takes it" and not why:
            wrong.append(f"{rule}: partytime takes what fails here, and nothing explains it")
        if rule in EXPLAINED and verdict != "takes it":
            wrong.append(f"{rule}: explained, and yet partytime {verdict}")
    print(", ".join(f"{count} {verdict}" for verdict, count in counted.most_common()), *wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
