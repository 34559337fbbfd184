"""
Where `audioed lint` and others judge the same feeds alike.

    python benchmarks/validators.py [--partytime DIR] [--feedvalidator DIR] [--public FOLDER]...

The feeds are the examples of every rule about a feed (tests/data/linting): one with which nothing is wrong, and those
in which the rule finds something. podcast-partytime, the parser of the Podcast Index, refuses nothing in words: what it
makes of a feed tells whether it takes what stands there, leaves it out, drops the episode or refuses the whole; DIR is
a folder in which `npm install podcast-partytime` was run. The W3C's feedvalidator is in no registry: DIR is a checkout
of https://github.com/w3c/feedvalidator. It is asked about the good feed with each element and attribute damaged, too,
and about every feed in these public folders.

A difference that is not explained in `EXPLAINED` here or in w3c.py ends with exit code 1.
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

import w3c

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
    **dict.fromkeys(("media-type", "enclosure-length", "number", "trailer-date", "alternate-default", "hub"), FORM),
    **dict.fromkeys(("podcast-guid", "podcast-license", "podcast-transcript", "podcast-chapters"), FORM),
    **dict.fromkeys(("description-bytes", "title-markup", "names", "copyright", "self-address"), DIRECTORIES),
    **dict.fromkeys(("item-title-bare", "item-title-length", "enclosure-extension", "enclosure-twice"), DIRECTORIES),
    **dict.fromkeys(("guid-twice", "guid-short", "date-future", "date-order", "merged"), DIRECTORIES),
    **dict.fromkeys(("address-public", "notes-unsafe", "notes-tags", "soundbite-length"), DIRECTORIES),
}
"""Rule -> why partytime takes what the rule finds."""


def edited(text: str, edits: list[list[Any]]) -> str:
    """The text with these edits: what is looked for, what is put in its place, and how often."""
    for find, put, *times in edits:
        text = text.replace(find, put * (times or [1])[0], 1)
    return text


def corpus() -> tuple[str, list[tuple[str, str, str]]]:
    """A good feed; each rule with a feed that it passes, and one in which it finds something."""
    good = (DATA / "public" / "feed.xml").read_text("utf-8")
    good = good.replace("{bytes}", "186048").replace("{integrity}", "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K")
    examples = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))
    return good, [
        (rule.id, edited(good, example["pass"]), edited(good, failing))
        for rule in RULES
        if rule.about == "feed" and (example := examples[rule.id])
        for failing in (example["fail"], *example.get("siblings", ()))
    ]


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


def with_partytime(good: str, cases: list[tuple[str, str, str]], folder: Path) -> Iterator[tuple[str, str, str]]:
    """Of each case what partytime does, why it does not find what we do, and what nothing explains."""
    with tempfile.TemporaryDirectory() as name:
        files = []
        for number, feed in enumerate((good, *(feed for _, *both in cases for feed in both))):
            files.append(Path(name, f"{number}.xml"))
            files[-1].write_text(feed, "utf-8")
        whole, *made = by_partytime(files, folder)
    for (rule, _, _), right, bad in zip(cases, made[::2], made[1::2], strict=True):
        verdict, why = judged(whole, right, bad), EXPLAINED.get(rule, "")
        wrong = ""
        if right is None or "threw" in right or len(right["items"]) < len(whole["items"]):
            wrong = "partytime refuses what passes here"
        elif verdict == "takes it" and not why:
            wrong = "partytime takes what fails here, and nothing explains it"
        yield verdict, why if verdict == "takes it" else "", wrong


def with_w3c(good: str, cases: list[tuple[str, str, str]], checkout: Path) -> Iterator[tuple[str, str, str]]:
    """The same of the W3C's validator."""
    feeds = [(feed, w3c.own_address(passing)) for _, passing, failing in cases for feed in (passing, failing)]
    whole, *found = w3c.logged([(good, w3c.own_address(good)), *feeds], checkout, NOW)
    if whole != w3c.STANDING:
        sys.exit(f"W3C finds {', '.join(whole - w3c.STANDING)} in the good feed.")
    for (rule, _, _), right, bad in zip(cases, found[::2], found[1::2], strict=True):
        verdict, why, wrong = ", ".join(sorted(bad - right)), w3c.why(rule), ""
        if (more := ", ".join(sorted(right - whole))) != w3c.REFUSED.get(rule, ("",))[0]:
            wrong = f"W3C finds {more or 'nothing'} in what passes here"
        elif not verdict and not why:
            wrong = "W3C finds nothing in what fails here, and nothing explains it"
        yield verdict or "–", "" if verdict else why, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partytime", type=Path, metavar="DIR")
    parser.add_argument("--feedvalidator", type=Path, metavar="DIR")
    parser.add_argument("--public", type=Path, metavar="FOLDER", action="append", default=[])
    options = parser.parse_args()
    good, cases = corpus()
    wrong = [
        f"{rule}: our own verdicts are {ours(passing)} and {ours(failing)}"
        for rule, passing, failing in cases
        if ours(passing) or rule not in ours(failing)
    ]
    for name, others, place, explained in (
        ("partytime", with_partytime, options.partytime, EXPLAINED),
        ("W3C", with_w3c, options.feedvalidator, w3c.EXPLAINED),
    ):
        if not place:
            continue
        print(f"\n{'rule':28}{name:42}why not")
        counted, used = Counter[str](), set()
        for (rule, _, _), (verdict, why, fault) in zip(cases, others(good, cases, place), strict=True):
            counted["takes it, explained" if why else verdict if name == "partytime" else "found"] += 1
            used |= {rule} if why else set()
            print(f"{rule:28}{verdict:42}{why}".rstrip())
            wrong += [f"{rule}: {fault}"] if fault else []
        wrong += [f"{rule}: {name} finds it, and yet it is explained" for rule in explained if rule not in used]
        print(", ".join(f"{count} {verdict}" for verdict, count in counted.most_common()))
    if options.feedvalidator:
        wrong += list(w3c.of_damages(good, options.feedvalidator, NOW, ours))
        wrong += list(w3c.of_shows(options.public, options.feedvalidator))
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
