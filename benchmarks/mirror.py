"""Six feeds on this machine, of real pages that tell the news of a week: what `week.py` has read every night."""

import gzip
import html
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

PAGES = Path(__file__).parents[2] / "shared" / "pages"
FOLDERS = ("fundus", "wcxb", "extraction")
WORDS = (110, 800)
"""Of a page's text."""
NIGHTS, SHORTEST, LISTED = 7, 28, 12
"""Days that news is spread over; stories of each section, so that several fit into a few minutes; items in a feed."""
COPIES = 5
"""Of so many stories, one is told by another source on its day, and another one by another source on the next day."""
TECHNOLOGY = re.compile(
    r"\b(?:ai|apis?|apple|blockchain|chatgpt|cloud|code|coding|computers?|crypto|\w*cyber\w*|data|databases?|dns|"
    r"docker|frameworks?|git|github|google|gpt|internet|kubernetes|laptops?|linux|llms?|macbook|mashable|pcworld|phones?|"
    r"programming|python|robots?|rust|saas|security|seo|software|startups?|tech\w*|web|web3|wifi|windows)\b"
)
SECTIONS = ("World", "Technology", "Living")
_MOMENT = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d(?=[T ]\d\d:\d\d)")
FORMS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%m/%d/%Y", "%d/%m/%Y")
"""How pages write a day."""
_PARAGRAPH = re.compile(r"<p\b[^>]*>.*?</p>", re.DOTALL | re.IGNORECASE)
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{title}</title><link>{base}/</link><description>{title}</description>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>{rfc}</pubDate>
<description>{excerpt}</description>{whole}</item>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title><id>{base}/</id>
<updated>{newest}</updated>{items}</feed>"""
ENTRY = """<entry><title>{title}</title><id>{url}</id><link href="{url}"/>
<published>{iso}</published><updated>{iso}</updated>
<summary>{excerpt}</summary></entry>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{items}</urlset>"""
URL = """<url><loc>{url}</loc><lastmod>{iso}</lastmod><news:news><news:publication><news:name>{site}</news:name>
<news:language>en</news:language></news:publication><news:publication_date>{iso}</news:publication_date>
<news:title>{title}</news:title></news:news></url>"""


@dataclass(frozen=True)
class Story:
    """A page of the collection, and what its label says."""

    key: str
    url: str
    title: str
    text: str
    page: bytes
    published: str
    """The day that the label tells; empty for none."""

    @property
    def section(self) -> str:
        """World for a newspaper's; else by the words of its address."""
        if self.key.startswith("fundus"):
            return SECTIONS[0]
        return SECTIONS[1 if TECHNOLOGY.search(re.sub(r"[^a-z0-9]+", " ", self.url.lower())) else 2]


@dataclass(frozen=True)
class Item:
    """A story in a feed."""

    story: Story
    day: date
    title: str
    page: bytes
    path: str


@dataclass(frozen=True)
class Source:
    """One of the feeds."""

    name: str
    section: str
    kind: str
    path: str


SOURCES = (
    Source("The Wire", "World", "rss", "/wire.xml"),
    Source("The Herald", "World", "rss", "/herald.xml"),
    Source("Bits", "Technology", "full", "/bits.xml"),
    Source("Circuits", "Technology", "json", "/circuits.json"),
    Source("The Almanac", "Living", "atom", "/almanac.xml"),
    Source("Hearth", "Living", "sitemap", "/sitemap.xml"),
)
TYPES = {"json": "application/feed+json", "atom": "application/atom+xml", "sitemap": "application/xml"}


def stories() -> list[Story]:
    """English articles of the collection with as many words as wanted, each once."""
    found: dict[str, Story] = {}
    for folder in FOLDERS:
        for path in sorted((PAGES / folder).glob("*.json")):
            label = json.loads(path.read_text("utf-8"))
            if is_wanted(label) and label["url"] not in found:
                data = gzip.decompress(path.with_suffix(".html.gz").read_bytes())
                key = f"{folder}-{path.stem}"
                day = str(label.get("published") or "")
                found[label["url"]] = Story(key, label["url"], label["title"], label["text"], data, day)
    return list(found.values())


def is_wanted(label: dict[str, Any]) -> bool:
    """
    Whether a label is of an article as feeds have them: in English, signed, and of the wanted length.

    Some pages in other languages say that they are English; their words tell.
    """
    length = len(label["text"].split())
    told = str(label.get("language", "en") or "").startswith("en")
    is_english = told and len(re.findall(r"\bthe\b", label["text"])) >= length / 50
    is_signed = bool(label.get("author") or label.get("byline")) and bool(label.get("published", "told by the page"))
    return is_english and is_signed and WORDS[0] <= length <= WORDS[1] and bool(label["title"] and label["url"])


def shortened(page: bytes) -> bytes:
    """A close copy: every fourth paragraph is left out."""
    count = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "" if count % 4 == 0 else found[0]

    return _PARAGRAPH.sub(kept, page.decode("utf-8", "replace")).encode()


def dated(page: bytes, was: str, day: date) -> bytes:
    """A page that says of itself, to programs and to readers, that it was published on this day."""
    text = _MOMENT.sub(day.isoformat(), page.decode("utf-8", "replace"))
    with suppress(ValueError):
        before = date.fromisoformat(was)
        for form in FORMS:
            text = re.sub(rf"\b0?{re.escape(_written(before, form))}\b", _written(day, form), text)
    return text.encode()


def _written(day: date, form: str) -> str:
    return day.strftime(form).replace(" 0", " ").removeprefix("0")


def dealt(first: date) -> dict[str, list[Item]]:
    """The items of each source, by its name: the stories of a section are dealt to its two, day after day."""
    items: dict[str, list[Item]] = {each.name: [] for each in SOURCES}
    found = stories()
    for section in SECTIONS:
        own = [each for each in SOURCES if each.section == section]
        of_it = sorted((each for each in found if each.section == section), key=lambda each: len(each.text))
        for number, story in enumerate(
            sorted(of_it[:SHORTEST], key=lambda each: sha256(each.key.encode()).hexdigest())
        ):
            at, day = number % 2, first + timedelta(days=number // 2 % NIGHTS)
            page = dated(story.page, story.published, day)
            items[own[at].name].append(Item(story, day, story.title, page, f"/{story.key}.html"))
            other = items[own[1 - at].name]
            if number % COPIES == 1:
                other.append(Item(story, day, story.title, page, f"/again/{story.key}.html"))
            if number % COPIES == 3 and day < first + timedelta(days=NIGHTS - 1):
                later = day + timedelta(days=1)
                copy = dated(shortened(story.page), story.published, later)
                other.append(Item(story, later, f"{story.title}: our report", copy, f"/copy/{story.key}.html"))
    return items


class Mirror:
    """Six servers, each with a feed and its pages."""

    def __init__(self, first: date) -> None:
        self.items = dealt(first)
        self.bases: dict[str, str] = {}
        self.today = first
        self.servers = [self._server(source, f"127.0.0.{at}") for at, source in enumerate(SOURCES, start=1)]

    @property
    def addresses(self) -> dict[str, Source]:
        """The feeds by their addresses."""
        return {self.bases[each.name] + each.path: each for each in SOURCES}

    def new(self, day: date) -> int:
        """How many items are of this day."""
        return sum(each.day == day for items in self.items.values() for each in items)

    def _server(self, source: Source, host: str) -> ThreadingHTTPServer:
        mirror, pages = self, {each.path: each for each in self.items[source.name]}

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                item = pages.get(self.path)
                if self.path == source.path:
                    data, kind = mirror.feed(source), TYPES.get(source.kind, "application/rss+xml")
                else:
                    data, kind = (item.page if item and item.day <= mirror.today else b""), "text/html"
                self.send_response(200 if data else 404)
                self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind != "text/html" else kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer((host, 0), Answers)
        self.bases[source.name] = f"http://{host}:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        return server

    def feed(self, source: Source) -> bytes:
        """What a source announces today."""
        items = sorted((each for each in self.items[source.name] if each.day <= self.today), key=lambda each: each.day)
        newest = list(reversed(items))[:LISTED]
        base = self.bases[source.name]
        if source.kind == "json":
            return json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": source.name,
                    "home_page_url": base,
                    "items": [
                        {
                            "id": base + each.path,
                            "url": base + each.path,
                            "title": each.title,
                            "summary": excerpt(each.story),
                            "date_published": moment(each.day).isoformat(),
                        }
                        for each in newest
                    ],
                }
            ).encode()
        form, one = {"atom": (ATOM, ENTRY), "sitemap": (SITEMAP, URL)}.get(source.kind, (RSS, ITEM))
        listed = "".join(one.format(**_told(each, source, base)) for each in newest)
        day = moment(newest[0].day if newest else self.today).isoformat()
        return form.format(title=source.name, base=base, items=listed, newest=day).encode()


def _told(item: Item, source: Source, base: str) -> dict[str, str]:
    whole = "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs(item.story))
    return {
        "title": html.escape(item.title),
        "url": base + item.path,
        "rfc": format_datetime(moment(item.day)),
        "iso": moment(item.day).isoformat(),
        "excerpt": html.escape(excerpt(item.story)),
        "site": html.escape(source.name),
        "whole": f"<content:encoded>{html.escape(whole)}</content:encoded>" if source.kind == "full" else "",
    }


def paragraphs(story: Story) -> Iterator[str]:
    return (each.strip() for each in story.text.split("\n") if each.strip())


def excerpt(story: Story) -> str:
    """As feeds of newspapers have it: the first words."""
    return " ".join(story.text.split()[:30]) + " …"


def moment(day: date) -> datetime:
    """Two in the morning."""
    return datetime.combine(day, clock(2), UTC)


def hosts(found: Sequence[Story]) -> int:
    """How many sites these pages are of."""
    return len({urlsplit(each.url).netloc for each in found})
