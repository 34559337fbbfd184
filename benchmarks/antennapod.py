"""AntennaPod's ways with a feed, as its source has them, asked of a served show: it runs on Android alone."""

import io
import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import mutagen.id3
import mutagen.mp4
from lxml import etree

PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
LEAST_BYTES = 16_384
"""An enclosure that says to be shorter is ignored."""
SAME_WITHIN = 600
"""Seconds: episodes of one title and one day whose lengths differ by less are taken for one."""
LONGEST_TITLE = 127
"""UTF-8 bytes of a chapter's title in an M4A, beyond which its reader fails."""
STAMP = re.compile(r"^(?:\d{2,}:)?\d\d:\d\d\.\d{3} --> (?:\d{2,}:)?\d\d:\d\d\.\d{3}", re.MULTILINE)


@dataclass(frozen=True)
class Item:
    """An episode of a feed, and all that AntennaPod loads of it."""

    title: str
    published: datetime
    seconds: int
    length: int
    chapters: list[dict[str, Any]]
    id3: list[tuple[float, str]]
    m4a: list[tuple[float, str]]
    transcripts: dict[str, str]


def judged(feed: str) -> list[tuple[str, str]]:
    """Each rule, and where it is broken; empty where it is kept."""
    items = list(_items(feed))
    return [(rule, "; ".join(each.title for each in items if not kept(each, items))) for rule, kept in RULES]


def _items(feed: str) -> Iterator[Item]:
    for item in etree.fromstring(_get(feed)).iter("item"):
        enclosure = item.find("enclosure")
        sources = {
            each.get("type"): each.find(f"{PODCAST}source").get("uri")
            for each in item.iter(f"{PODCAST}alternateEnclosure")
        }
        tags = mutagen.id3.ID3(io.BytesIO(_get(enclosure.get("url"), "bytes=0-999999")))
        m4a = mutagen.mp4.MP4(io.BytesIO(_get(sources["audio/mp4"]))).chapters if "audio/mp4" in sources else ()
        chapters = item.find(f"{PODCAST}chapters").get("url")
        yield Item(
            title=item.findtext("title"),
            published=parsedate_to_datetime(item.findtext("pubDate")),
            seconds=int(item.findtext(f"{ITUNES}duration")),
            length=int(enclosure.get("length")),
            chapters=json.loads(_get(chapters))["chapters"],
            id3=sorted((each.start_time / 1000, each.sub_frames["TIT2"].text[0]) for each in tags.getall("CHAP")),
            m4a=[(each.start, each.title) for each in m4a or ()],
            transcripts={each.get("type"): each.get("url") for each in item.iter(f"{PODCAST}transcript")},
        )


def _get(url: str, part: str = "") -> bytes:
    asked = urllib.request.Request(url, headers={"Range": part} if part else {})  # noqa: S310 - served by us
    with urllib.request.urlopen(asked) as opened:  # noqa: S310
        return opened.read()


def _differ(one: Item, items: list[Item]) -> bool:
    """Whether no other episode would be taken for this one."""
    return not any(
        (each.title, each.published.date()) == (one.title, one.published.date())
        and abs(each.seconds - one.seconds) < SAME_WITHIN
        for each in items
        if each is not one
    )


def _agree(one: Item, _items: list[Item]) -> bool:
    """Whether the chapters of ID3, JSON and M4A are as many, and begin in the same second."""
    starts = [int(each["startTime"]) for each in one.chapters]
    carriers = [one.id3, *([one.m4a] if one.m4a else [])]
    return all([int(start + 0.001) for start, _ in each] == starts for each in carriers)


RULES = (
    (f"an enclosure says that it is longer than {LEAST_BYTES:,} bytes", lambda one, _: one.length > LEAST_BYTES),
    ("no episode is taken for another: same title and day, less than ten minutes apart", _differ),
    ("an episode's date is not in the future", lambda one, _: one.published <= datetime.now(UTC)),
    ("chapters in ID3, JSON and M4A are as many, and begin in the same whole second", _agree),
    ("no chapter is marked `toc: false`, which is ignored", lambda one, _: all("toc" not in c for c in one.chapters)),
    (
        f"no chapter's title in an M4A is longer than {LONGEST_TITLE} bytes",
        lambda one, _: all(len(title.encode()) <= LONGEST_TITLE for _, title in one.m4a),
    ),
    (
        "the transcript that it likes best, JSON, has segments with times and text",
        lambda one, _: all(
            {"startTime", "endTime", "body"} <= each.keys()
            for each in json.loads(_get(one.transcripts["application/json"]))["segments"]
        ),
    ),
    (
        "the times of WebVTT have milliseconds",
        lambda one, _: len(STAMP.findall(text := _get(one.transcripts["text/vtt"]).decode())) == text.count(" --> "),
    ),
)
"""What is asked of an episode, beside all."""
