"""Titles that nobody would give, taken all the way to what listeners get, for benchmarks/fuzz.py."""

import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

from seeds import SENTENCE, docx, epub, packed

from audioed import publishing, scripting
from audioed.config import Mastering, Scripting
from audioed.mastering.cover import chapter_card, cover, edition_cover, embedded
from audioed.mastering.label import Label
from audioed.mastering.tag import tag
from audioed.model import Article, Channel, Chapter, Cue, Edition, Enclosure, Episode, Loudness, Span
from audioed.nouns import dump
from audioed.publishing.rss import Home, rss
from audioed.scripting.lexicon import load
from audioed.slugs import slug
from audioed.store import Store
from audioed.verifying import Published
from audioed.verifying import carriers as words
from audioed.voices.cards import lexicons

SHOW = Channel(title="Tides", author="Nora Quay", email="nora@tide.example", link="https://tide.example")
BASE = "https://tide.example/shows"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What would command a terminal, break a feed or turn the text behind it round."""
HONEST = (
    "The log of the ferry",
    "Łódź: tide & ebb",
    "“Why?” she asked",
    "日本の海",
    "أخبار البحر",
    "שָׁלוֹם",
    "Новости дня",
    "👩\u200d🚀 lands",
    "نامه‌ها",
    "5 < 6 > 4",
    "ก็ดี",
)
PIECES = (
    "\x00",
    "\x07",
    "\x08\x08",
    "\x0c",
    "\r\n",
    "\x1b[31m",
    "\x1b]0;owned\x07",
    "\x1bc",
    "\x1f",
    "\x7f",
    "\x85",
    "\x9b2J",
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u200f",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u2800",
    "\u3164",
    "\ud800",
    "\udce9",
    "\ufdd0",
    "\ufe0f",
    "\ufeff",
    "\ufffc",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\U000e0041",
    "\U0001fffe",
    "\U0010ffff",
    "\U0001f3f4\U000e0067\U000e007f",
    "\u0301",
    "\u0488",
    "\u20dd",
    "็",
    "ﷺ",
    "𒐫",
    "\U0001d504",
    "--",
    "-->",
    "]]>",
    "<b>",
    "</title>",
    "&#27;",
    "&#x9b;",
    "&amp;",
    '"',
    "'",
    "\\",
    "%s",
    "{0}",
    "{title}",
    "#",
    "|",
    "/",
    "../",
    "NUL",
    ".",
    " ",
    "\t",
    "\u3000",
    "…",
    "1",
    "$4.5bn",
    "[x](/ɪ/)",
    "Chapter 1:",
    "x" * 300,
    "i ",
    "漢",
    "ا",
)


def titles(chance: random.Random) -> str:
    """A title: honest, hostile, or between."""
    text = chance.choice(HONEST) if chance.random() < 0.6 else ""
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        piece = chance.choice(PIECES) if chance.random() < 0.8 else chr(chance.randrange(0x110000))
        place = chance.randrange(len(text) + 1)
        text = text[:place] + piece * chance.choice((1, 1, 1, 3, 50, 300)) + text[place:]
    return (text * chance.choice((*[1] * 30, 2, 50, 500)))[:100_000]


def carriers(title: str, chance: random.Random) -> tuple[str, bytes]:
    """A source that is called so, and its file's name."""
    text, name = SENTENCE * 9, "page"
    plain = title.encode("utf-8", "surrogatepass" if chance.random() < 0.5 else "replace").decode("utf-8", "replace")
    kind = chance.choice(("html", "raw", "md", "heading", "txt", "docx", "epub", "file"))
    if kind == "file":
        kept = os.fsencode(re.sub("[/\x00\ud800-\udc7f\udd00-\udfff]", "", title))[:200]
        return os.fsdecode(kept.strip(b".") or b"x") + ".txt", text.encode()
    if kind == "docx":
        return f"{name}.docx", packed(docx(escape(plain)))
    if kind == "epub":
        return f"{name}.epub", packed(epub(escape(plain)))
    whole = {
        "html": f"<title>{escape(plain)}</title><article><h1>{escape(plain)}</h1><p>{text}</p></article>",
        "raw": f"<title>{plain}</title><h1>{plain}</h1><p>{plain} {text}</p>",
        "md": f"---\ntitle: {json.dumps(title)}\nauthor: {json.dumps(title)}\nlexicon:\n  ferry: {json.dumps(title)}\n"
        f"---\n{text}\n\n## {plain}\n\n{text}",
        "heading": f"# {plain}\n\n{text}",
        "txt": f"{plain}\n\n{text}",
    }[kind]
    return f"{name}.{'html' if kind == 'raw' else 'md' if kind == 'heading' else kind}", whole.encode()


def faults(article: Article, folder: Path, *, drawn: bool) -> Iterator[str]:
    """What is wrong with anything that listeners would get of this article."""
    show = replace(SHOW, title=article.title) if drawn else SHOW
    store = Store(folder, folder / "cache", show.title)
    edition = Edition(show=show.title, day=date(2026, 10, 3), title=article.title, name=f"x-{slug(article.title)}")
    script = scripting.write([article], edition, Scripting(), _lexicon)
    cues: list[Cue] = []
    spans: list[Span] = []
    chapters: list[Chapter] = []
    for segment in script.segments:
        start = float(len(cues))
        for each in segment.utterances:
            carried = {"boundary": each.boundary, "block": each.block, "id": each.id}
            at = float(len(cues))
            cues.append(Cue(start=at, end=at + 1, speaker="Joe", text=each.written, **carried))
        spans.append(
            Span(kind=segment.kind, title=segment.title, heading=segment.heading, start=start, end=float(len(cues)))
        )
        if segment.chapter:
            chapters.append(Chapter(title=segment.title, heading=segment.heading, start=start, url=segment.url))
    episode = Episode(
        guid="x",
        name=edition.name,
        show=show.title,
        title=edition.title,
        day=edition.day,
        number=1,
        language=script.language,
        enclosure=Enclosure(name="x.mp3", media_type="audio/mpeg", length=1),
        duration=float(len(cues)),
        chapters=tuple(chapters),
        loudness=Loudness(integrated=-16, true_peak=-1, range=5),
        sources=script.sources,
        segments=tuple(spans),
        cues=tuple(cues),
    )
    home = store.episode_folder(episode.name)
    home.mkdir(parents=True, exist_ok=True)
    audio = home / "x.mp3"
    audio.write_bytes(b"")
    card = chapter_card(article.title, show, 1, script.language)
    if drawn:
        cover(show)
        embedded(edition_cover(edition, show, script.language))
    label = Label(script=script, show=show, chapters=episode.chapters, duration=episode.duration, cover=card)
    tag(audio, label)
    publishing.accompany(episode, BASE, store)
    feed = home / "feed.xml"
    feed.write_bytes(rss([episode], show, Home(BASE)))
    for noun in (article, script, episode):
        yield from _forbidden(dump(noun).decode(), type(noun).__name__)
    for path in home.glob("*.[tvsjhx]*"):
        if path != audio:
            yield from _forbidden(path.read_text("utf-8"), path.name)
    published = Published(
        episode=episode,
        script=script,
        audio=audio,
        companions=home,
        covers=(),
        feed=feed,
        limits=Mastering(),
    )
    for step in (words.chapters, words.cues, words.shown):
        yield from (f"{rule.name}: {rule.wrong[0]}" for rule in step(published) if rule.wrong and rule.name != "cover")


def _forbidden(text: str, where: str) -> Iterator[str]:
    found = FORBIDDEN.search(text)
    if found:
        yield f"{where} holds {found[0]!a}"


@cache
def _lexicon(language: str) -> object:
    return load(lexicons(Path(), language))
