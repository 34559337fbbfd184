"""The W3C's feedvalidator, run without a network on feeds, from a checkout of https://github.com/w3c/feedvalidator."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

RUN = """
import collections.abc, io, json, sys, time
collections.Callable = collections.abc.Callable  # which it asks for, and Python has had elsewhere since 3.10
sys.path.insert(0, sys.argv[1])
import feedvalidator
from feedvalidator import logging
LEVELS = {"error": logging.Error, "warning": logging.Warning, "info": logging.Info}
for line in sys.stdin:
    told = json.loads(line)
    time.time = lambda: told["now"]
    feed = io.BytesIO(told["feed"].encode())
    found = feedvalidator.validateStream(feed, contentType="application/rss+xml", base=told["base"])["loggedEvents"]
    levels = [next((name for name, kind in LEVELS.items() if isinstance(each, kind)), "") for each in found]
    print(json.dumps([f"{level} {type(each).__name__}" for level, each in zip(levels, found) if level]))
"""
OWN = re.compile(r'<atom:link\b(?=[^>]*\brel="self")[^>]*\bhref="([^"]*)"')
NOT_ASKED = "RSS 2.0 does not ask for it; apps and directories do"
UNKNOWN = "it looks at nothing in this namespace"
EXPLAINED: Mapping[str, str] = {
    **dict.fromkeys(("address-secure", "address-public", "image", "author", "type-told", "copyright"), NOT_ASKED),
    **dict.fromkeys(("item-title-bare", "item-title-length", "duration-told", "serial", "date-told"), NOT_ASKED),
    **dict.fromkeys(("enclosure-twice", "merged", "date-order", "notes", "notes-tags", "item-link"), NOT_ASKED),
    **dict.fromkeys(("description-bytes", "chapters-few", "chapters-spotify"), NOT_ASKED),
    **dict.fromkeys(("locked", "identity", "disclosure", "chapters-podlove", "chapters-order"), UNKNOWN),
    **dict.fromkeys(("transcript-type", "soundbite-length", "trailer-date", "update-start"), UNKNOWN),
    **dict.fromkeys(("alternate-default", "alternate-length"), UNKNOWN),
    "xml-doctype": "it tells of one that leads elsewhere, and of no other",
    "rss": "it takes versions 0.91 and 0.92, too",
    "address-encoded": "it takes whatever stands behind a percent sign",
    "hub": "it asks only that a link be one",
    "hidden": "to hide a show is no fault",
    "enclosure-extension": "it looks at no item of a channel with tags of itunes before its items",
    "media-type": "it takes every type that is formed as one",
}
"""Rule -> why the validator finds nothing where the rule does."""
REFUSED: Mapping[str, tuple[str, str]] = {
    "podcast-liveItem": ("error NotInANamespace", "its title and enclosure are RSS's own, as Podcasting 2.0 has it"),
}
"""Rule -> what the validator finds where the rule does not, and why that is no fault."""
STANDING = Counter({"warning UnsupportedNamespace": 1, "warning UnknownNamespace": 1})
"""What it says of every podcast: it looks at nothing in the namespaces of Podcasting 2.0 and of Podlove."""
ALONE: Mapping[str, str] = {
    "warning ContainsHTML": "Apple takes tags in what is said of a show",
    "warning UnregisteredAtomLinkRel": "it knows a part of the relations that IANA has registered",
}
"""What it says of damaged feeds in which no rule of ours finds anything, and why that is so."""
ODD = ("", "x", "<b>x</b>", "-1", " x y ")
"""What is put in the place of each text and each attribute."""
OF_SHOWS: Mapping[str, str] = {
    "warning CharacterData": "the RSS profile has < in a title as &#x3C;, which is the same to all that reads XML",
    "warning ContainsHTML": "an author's own words, or the title of an article, have tags in them",
}
"""What it says of shows with odd titles, and why it is left."""


def why(rule: str) -> str:
    """Why the validator finds nothing where this rule does."""
    return EXPLAINED.get(rule) or (UNKNOWN if rule.startswith("podcast-") else "")


def logged(feeds: Sequence[tuple[str, str]], checkout: Path, now: datetime) -> list[Counter[str]]:
    """What the validator logs of each feed at its address, at a moment: "error MissingLink", and how often."""
    told = [json.dumps({"feed": feed, "base": address, "now": now.timestamp()}) for feed, address in feeds]
    command = [sys.executable, "-W", "ignore", "-c", RUN, str(checkout / "src")]
    run = subprocess.run(command, input="\n".join(told), capture_output=True, text=True, encoding="utf-8", check=True)
    return [Counter(json.loads(line)) for line in run.stdout.splitlines()]


def own_address(feed: str) -> str:
    """The address that a feed calls its own."""
    return OWN.search(feed)[1]


def damaged(good: str) -> Iterator[tuple[str, str]]:
    """This feed with each element taken out, doubled, filled otherwise, its attributes, too; what was done to it."""
    declaration = good.partition("\n")[0]
    count = sum(1 for _ in etree.fromstring(good.encode()).iter(etree.Element))
    for place in range(1, count):
        for what, do in _damages(good, place):
            root = etree.fromstring(good.encode())
            do(list(root.iter(etree.Element))[place])
            yield what, f"{declaration}\n{etree.tostring(root, encoding='unicode')}"


def _damages(good: str, place: int) -> Iterator[tuple[str, Callable[[etree._Element], object]]]:
    each = list(etree.fromstring(good.encode()).iter(etree.Element))[place]
    name = etree.QName(each).localname
    yield f"{name} taken out", lambda one: one.getparent().remove(one)
    yield f"{name} doubled", lambda one: one.addnext(deepcopy(one))
    yield f"{name} with an odd attribute", lambda one: one.set("odd", "1")
    for odd in ODD if (each.text or "").strip() else ():
        yield f"{name} is {odd!r}", lambda one, odd=odd: setattr(one, "text", odd)
    for key in each.attrib:
        yield f"{name} without {key}", lambda one, key=key: one.attrib.pop(key)
        for odd in ODD:
            yield f"{key} of {name} is {odd!r}", lambda one, key=key, odd=odd: one.set(key, odd)


def of_damages(good: str, checkout: Path, now: datetime, ours: Callable[[str], object]) -> Iterator[str]:
    """Print in how many damaged feeds the validator and our rules find something; yield what nothing explains."""
    cases = list(damaged(good))
    found = logged([(feed, own_address(good)) for _, feed in cases], checkout, now)
    both = alone = rules = 0
    for (what, feed), events in zip(cases, found, strict=True):
        more, is_found = events - STANDING, bool(ours(feed))
        both, rules = both + bool(more and is_found), rules + bool(is_found and not more)
        if more and not is_found:
            alone += 1
            yield from (f"{what}: W3C alone finds {name}" for name in more if name not in ALONE)
    print(
        f"{len(cases)} damaged feeds: both find something in {both}, our rules alone in {rules}, W3C alone in {alone}"
    )


def of_shows(folders: Sequence[Path], checkout: Path) -> Iterator[str]:
    """Print what the validator logs of every feed in these folders; yield what nothing explains."""
    files = [path for folder in folders for path in sorted(folder.rglob("feed*.xml"))]
    feeds = [(feed, own_address(feed)) for feed in (path.read_text("utf-8") for path in files)]
    for path, found in zip(files, logged(feeds, checkout, datetime.now(UTC)), strict=True):
        more = found - STANDING
        print(f"{path}: {', '.join(f'{count} {name}' for name, count in more.items()) or 'nothing'}")
        yield from (f"{path}: {name}" for name in more if name not in OF_SHOWS)
