"""Rules about the tags of https://podcastindex.org/namespace/1.0: a row a tag, as its page describes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from audioed.characters import clipped
from audioed.linting.feed import NAMESPACES, Document, called, child, moment, seconds, text
from audioed.linting.finding import Fault, Rule

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NUMBER = r"\d+(?:\.\d+)?"
WHOLE = r"\d+"
WEB = r"https?://\S+"
ANYWHERE = r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+"
FLAG = r"true|false"
MEDIA = r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?"
LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
SOME = r"(?s:.*\S.*)"
CHANNEL, ITEM, BOTH = ("channel",), ("item", "podcast:liveItem"), ("channel", "item", "podcast:liveItem")
RRULE = (
    r"FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(?:;(?:INTERVAL|COUNT|UNTIL|BY[A-Z]+|WKST)=[\w,+\-:.]+)*"
)
MEDIUM = r"(?:podcast|music|video|film|audiobook|newsletter|blog|publisher|course)L?|mixed"


@dataclass(frozen=True, slots=True)
class Tag:
    """What a tag may hold; patterns are for the whole value."""

    parents: tuple[str, ...]
    text: str = ""
    """Empty for one without text."""
    needs: Mapping[str, str] = field(default_factory=dict)
    """Attributes that it must have."""
    may: Mapping[str, str] = field(default_factory=dict)
    """Those that it may have, where their values are of a form."""
    longest: int = 0
    """Characters of its text that aggregators keep; 0 for no limit."""
    children: str = ""
    """The element that it must hold."""


TAGS: Mapping[str, Tag] = MappingProxyType(
    {
        "transcript": Tag(ITEM, "", {"url": WEB, "type": MEDIA}, {"language": LANGUAGE, "rel": "captions"}),
        "chapters": Tag(ITEM, "", {"url": WEB, "type": r"application/json(?:\+chapters)?"}),
        "locked": Tag(CHANNEL, "yes|no", may={"owner": r"\S+@\S+"}),
        "funding": Tag(BOTH, SOME, {"url": WEB}, longest=128),
        "soundbite": Tag(ITEM, r"(?s:.*)", {"startTime": NUMBER, "duration": NUMBER}, longest=128),
        "person": Tag(BOTH, SOME, may={"href": WEB, "img": WEB, "role": SOME, "group": SOME}, longest=128),
        "location": Tag(
            BOTH,
            SOME,
            may={"geo": r"geo:-?[\d.]+,-?[\d.]+\S*", "osm": r"[NWR]\d+\S*", "country": "[A-Za-z]{2}"},
            longest=128,
        ),
        "season": Tag(ITEM, WHOLE, may={"name": r".{1,128}"}),
        "episode": Tag(ITEM, NUMBER, may={"display": r".{1,32}"}),
        "trailer": Tag(
            CHANNEL, SOME, {"url": WEB, "pubdate": SOME}, {"length": WHOLE, "type": MEDIA, "season": WHOLE}, longest=128
        ),
        "license": Tag(BOTH, SOME, may={"url": WEB}, longest=128),
        "alternateEnclosure": Tag(
            ITEM,
            "",
            {"type": MEDIA},
            {
                "length": WHOLE,
                "bitrate": NUMBER,
                "height": WHOLE,
                "lang": LANGUAGE,
                "title": r".{1,32}",
                "default": FLAG,
            },
            children="podcast:source",
        ),
        "source": Tag(("podcast:alternateEnclosure",), "", {"uri": ANYWHERE}, {"contentType": MEDIA}),
        "integrity": Tag(("podcast:alternateEnclosure",), "", {"type": "sri|pgp-signature", "value": SOME}),
        "guid": Tag(CHANNEL, UUID),
        "value": Tag(BOTH, "", {"type": SOME, "method": SOME}, children="podcast:valueRecipient"),
        "valueRecipient": Tag(
            ("podcast:value", "podcast:valueTimeSplit"), "", {"type": SOME, "address": SOME, "split": WHOLE}
        ),
        "valueTimeSplit": Tag(("podcast:value",), "", {"startTime": NUMBER, "duration": NUMBER}),
        "medium": Tag(CHANNEL, MEDIUM),
        "image": Tag(
            BOTH,
            "",
            {"href": WEB},
            {
                "aspect-ratio": r"[\d.]+\s*/\s*[\d.]+",
                "width": WHOLE,
                "height": WHOLE,
                "type": MEDIA,
                "purpose": r".{1,128}",
            },
        ),
        "liveItem": Tag(CHANNEL, "", {"status": "pending|live|ended", "start": r"\d{4}-\d\d-\d\dT.+"}),
        "contentLink": Tag(ITEM, SOME, {"href": WEB}),
        "socialInteract": Tag(BOTH, "", {"protocol": SOME}, {"uri": ANYWHERE, "priority": WHOLE}),
        "chat": Tag(BOTH, "", {"server": SOME, "protocol": SOME}),
        "block": Tag(CHANNEL, "yes|no"),
        "txt": Tag(BOTH, SOME, may={"purpose": r".{1,128}"}, longest=4000),
        "remoteItem": Tag(
            ("channel", "item", "podcast:podroll", "podcast:publisher", "podcast:valueTimeSplit"),
            "",
            {"feedGuid": UUID},
            {"feedUrl": WEB},
        ),
        "podroll": Tag(CHANNEL, children="podcast:remoteItem"),
        "publisher": Tag(CHANNEL, children="podcast:remoteItem"),
        "updateFrequency": Tag(
            CHANNEL, SOME, may={"complete": FLAG, "rrule": RRULE, "dtstart": r"\d{4}-\d\d-\d\d\S*"}, longest=128
        ),
        "podping": Tag(CHANNEL, "", may={"usesPodping": FLAG}),
    }
)
"""Name -> what it may hold, as https://github.com/Podcastindex-org/podcast-namespace describes it (docs/tags)."""
RETIRED = {"images": "image"}
"""Name -> what stands in its place."""


def formed(name: str, document: Document) -> Iterator[Fault]:
    """A tag in its place, with all its attributes, each of its form."""
    for each in () if document.root is None else document.root.iter(f"{{{NAMESPACES['podcast']}}}{name}"):
        yield from (Fault(f"<podcast:{name}> {told}", each) for told in _malformed(each, TAGS[name]))


def _malformed(element: "Element", tag: Tag) -> Iterator[str]:
    parent, own = element.getparent(), (element.text or "").strip()
    if parent is not None and called(parent) not in tag.parents:
        yield f"stands in <{clipped(called(parent), 40)}> instead of {' or '.join(f'<{each}>' for each in tag.parents)}"
    given = element.attrib
    yield from (f"has no {name}" for name in tag.needs if name not in given)
    for forms in (tag.needs, tag.may):
        for name, form in forms.items():
            if name in given and not re.fullmatch(form, str(given[name]).strip()):
                yield f"has {name} “{clipped(str(given[name]), 60)}”"
    if tag.text and not re.fullmatch(tag.text, own):
        yield f"says “{clipped(own, 60)}”" if own else "says nothing"
    if tag.longest and len(own) > tag.longest:
        yield f"has {len(own)} characters instead of {tag.longest} at most"
    if tag.children and child(element, tag.children) is None:
        yield f"holds no <{tag.children}>"


def known(document: Document) -> Iterator[Fault]:
    """No tags that nobody reads, such as one that is misspelled."""
    for each in () if document.root is None else document.root.iter(f"{{{NAMESPACES['podcast']}}}*"):
        name = called(each).removeprefix("podcast:")
        if name not in TAGS:
            yield Fault(
                f"<podcast:{clipped(name, 40)}> is {'retired' if name in RETIRED else 'not in the namespace'}", each
            )


def soundbites(document: Document) -> Iterator[Fault]:
    """A soundbite of 15 to 120 seconds that lies within the episode."""
    for each, start, lasts in _timed(document, "soundbite"):
        whole = seconds(text(each.getparent(), "itunes:duration"))
        if not 15 <= lasts <= 120:  # noqa: PLR2004 - as the namespace recommends
            yield Fault(f"<podcast:soundbite> lasts {lasts:g} s instead of 15 to 120", each)
        elif whole and start + lasts > whole + 1:
            yield Fault(f"<podcast:soundbite> ends at {start + lasts:g} s, and the episode at {whole:g}", each)


def _timed(document: Document, name: str) -> "Iterator[tuple[Element, float, float]]":
    for each in () if document.root is None else document.root.iter(f"{{{NAMESPACES['podcast']}}}{name}"):
        told = each.get("startTime", ""), each.get("duration", "")
        if all(re.fullmatch(NUMBER, value) for value in told):
            yield each, float(told[0]), float(told[1])


def one_default(document: Document) -> Iterator[Fault]:
    """Of the alternates of an episode one at most is the enclosure."""
    for item in document.items:
        found = [
            each
            for each in item.iter(f"{{{NAMESPACES['podcast']}}}alternateEnclosure")
            if each.get("default") == "true"
        ]
        if len(found) > 1:
            yield Fault(f"{len(found)} alternates are the default", found[1])


def alternate_length(document: Document) -> Iterator[Fault]:
    """Alternates that tell how many bytes they have."""
    for each in (
        document.root.iter(f"{{{NAMESPACES['podcast']}}}alternateEnclosure") if document.root is not None else ()
    ):
        if not each.get("length"):
            yield Fault("<podcast:alternateEnclosure> has no length", each)


def trailer_date(document: Document) -> Iterator[Fault]:
    """A trailer's date that apps can read."""
    for each in () if document.root is None else document.root.iter(f"{{{NAMESPACES['podcast']}}}trailer"):
        if each.get("pubdate") and moment(each.get("pubdate", "")) is None:
            yield Fault(f"<podcast:trailer> has pubdate “{clipped(each.get('pubdate', ''), 40)}”", each)


def starts(document: Document) -> Iterator[Fault]:
    """A start that is there where a rule counts from it, and a date."""
    for each in () if document.root is None else document.root.iter(f"{{{NAMESPACES['podcast']}}}updateFrequency"):
        start = each.get("dtstart", "")
        if "COUNT=" in each.get("rrule", "") and not start:
            yield Fault("<podcast:updateFrequency> counts and has no dtstart", each)
        elif start and not _is_date(start):
            yield Fault(f"<podcast:updateFrequency> has dtstart “{clipped(start, 40)}”", each)


def _is_date(stamp: str) -> bool:
    try:
        return bool(datetime.fromisoformat(stamp))
    except ValueError:
        return False


SERIOUS = frozenset(
    {"transcript", "chapters", "locked", "guid", "alternateEnclosure", "source", "integrity", "trailer"}
)
"""Tags of which apps lose what they lead to where they are malformed."""
SPEC = "Podcasting 2.0, "
RULES = (
    *(
        Rule(
            f"podcast-{name}",
            "error" if name in SERIOUS else "warning",
            partial(formed, name),
            f"<podcast:{name}> stands in {' or '.join(f'<{each}>' for each in tag.parents)}"
            + (f" with {' and '.join(tag.needs)}" if tag.needs else "")
            + ", each value of its form.",
            f"{SPEC}{name}",
            "write it as the page of the tag describes",
        )
        for name, tag in TAGS.items()
    ),
    Rule(
        "podcast-unknown",
        "warning",
        known,
        "Every podcast: tag is in the namespace.",
        f"{SPEC}tags",
        "correct its name",
    ),
    Rule(
        "soundbite-length",
        "warning",
        soundbites,
        "Soundbites last 15 to 120 seconds and end before the episode does.",
        f"{SPEC}soundbite",
        "choose another passage",
    ),
    Rule(
        "alternate-default",
        "warning",
        one_default,
        "One alternate at most is the default.",
        f"{SPEC}alternateEnclosure",
        "leave default on the enclosure alone",
    ),
    Rule(
        "alternate-length",
        "advice",
        alternate_length,
        "Each alternate tells its length.",
        f"{SPEC}alternateEnclosure; the Podcast Index leaves out one without",
        "write the size of the file in bytes",
    ),
    Rule(
        "trailer-date",
        "warning",
        trailer_date,
        "A trailer's date is that of RFC 2822.",
        f"{SPEC}trailer",
        "write it as Tue, 10 Mar 2026 06:00:00 +0000",
    ),
    Rule(
        "update-start",
        "warning",
        starts,
        "An updateFrequency that counts has a dtstart, in ISO 8601.",
        f"{SPEC}updateFrequency; RFC 5545",
        "add dtstart",
    ),
)
