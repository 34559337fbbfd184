"""What the entries of feeds say: which of their texts is the article, and whether it goes on elsewhere."""

import re
from html import escape, unescape
from typing import Any, TypeAlias

from audioed.addresses import host_of
from audioed.extraction import names
from audioed.languages import pattern

Item: TypeAlias = Any  # feedparser's dictionary of one entry
GOES_ON = r"(?:(?-i:\b(?=[A-Z]))|^\s*|(?<=[\n.!?…:)\]])\s*)PHRASES[\s»›→>.:]*$"
"""How a text ends that goes on elsewhere; no end of a sentence such as "you should read more"."""
CUT = r"(?:…|\.{3}|[\[(](?:…|\.{3}|PHRASES)[\])])[\s»›→>.:]*$"
"""Or how it is cut."""
TAIL = 400
"""Characters at the end of a text in which that is looked for."""
FOOTER = r"(?s)\s*(?:PHRASES|\[link\]\s*\[comments\])\s*$"
"""What WordPress and Reddit write below the entries of their feeds."""
TAGS = re.compile(
    r"<(p|div|h[1-6]|ul|ol|li|a|b|i|u|s|em|strong|blockquote|figure|table|span|small|sub|sup|code|q|cite|mark|font)\b"
    r"[^<>]*>[^<]*(?:<(?!\1\b)[^<]*){0,200}?</\1\s*>|<(?:br|hr|img)\b[^<>]*>",
    re.IGNORECASE,
)
"""What tells HTML from a text that speaks of tags."""
ENTITIES = re.compile(
    r"&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[nm]dash|hellip);", re.IGNORECASE
)
OPENING = 60
"""Characters at the beginning of a text that may stand for its title."""
FEED = re.compile(r"\s+(?:RSS|Atom|news|web)\s+feed$|\s+(?:RSS|Atom)$", re.IGNORECASE)
"""What feeds call themselves behind the name of their site."""
HOSTS = re.compile(r"^(?:(?:www|feeds?|rss|blog|news|m)\.)+(?=[^.]+\.)")
"""Hosts of one site."""
LOOKED_AT = 20_000
"""Characters of a text in which tags are looked for."""


def title(item: Item) -> str:
    """The title of an entry, also where its markup was escaped twice; empty where it has none."""
    text = str(item.get("title") or "")
    kind = (item.get("title_detail") or {}).get("type") or "text/html"
    shown = read(text) if "html" in kind or _is_markup(text) else text
    if TAGS.search(shown):
        shown = read(shown)
    return " ".join((unescape(shown) if ENTITIES.search(shown) else shown).split())


def longest(item: Item) -> tuple[str, str, str]:
    """The longest text that an entry carries, as read and as HTML, and its language; empty where it has none."""
    parts = [*item.get("content", ()), item.get("summary_detail") or {"value": item.get("summary")}]
    found = [(_html(part), part.get("language") or "") for part in parts if part.get("value")]
    return max(((read(markup).strip(), markup, tongue) for markup, tongue in found), key=_length, default=("", "", ""))


def summary(item: Item, text: str) -> str:
    """What an entry says of its text, which is this one; empty where it has no other."""
    told = read(_html(item["summary_detail"])).strip() if (item.get("summary_detail") or {}).get("value") else ""
    return "" if text.startswith(told.rstrip(" .…[]")[:OPENING]) else told


def picture(item: Item) -> str:
    """The address of an entry's picture (Media RSS, or an enclosure); empty where it has none."""
    media = [*item.get("media_content", ()), *item.get("media_thumbnail", ())]
    found = [
        each.get("url") for each in media if (each.get("medium") or each.get("type") or "image").startswith("image")
    ]
    found += [each.get("href") for each in item.get("links", ()) if (each.get("type") or "").startswith("image/")]
    return next(filter(None, found), "")


def publisher(feed: Item, item: Item, url: str, base: str) -> str:
    """
    Who published the entry at this address in the feed at that one; empty where the feed does not tell.

    A feed of what several sites published names the feed that each entry is from (RSS 2.0, `source`; RFC 4287, 4.2.11).
    What it calls itself is of no use for an entry of another site.
    """
    if found := _called((item.get("source") or {}).get("title")):
        return found
    homes = {_site(each) for each in (base, feed.get("link") or "")}
    return _called(feed.get("title")) if _site(url) in homes - {""} else ""


def _called(text: str | None) -> str:
    """What a feed is the feed of: "The Harbour RSS Feed" is that of The Harbour."""
    return FEED.sub("", names.publication(read(text or "")))


def _site(url: str) -> str:
    """The site at an address, whichever of its hosts is asked; empty where it has none."""
    try:
        host = host_of(url).partition(":")[0]
    except ValueError:
        return ""
    return HOSTS.sub("", host)


def is_cut(text: str) -> bool:
    """Whether a text ends like one that goes on elsewhere."""
    end = pattern("feeds.footer", FOOTER).sub("", text[-2 * TAIL :])[-TAIL:]
    return bool(pattern("feeds.bracketed", CUT).search(end) or pattern("feeds.more", GOES_ON).search(end))


def opening(text: str) -> str:
    """The first words of a text that has no title; empty where they would be all of it."""
    words = " ".join(text[: 4 * OPENING].split())
    return f"{words[:OPENING].rpartition(' ')[0] or words[:OPENING]}…" if len(words) > OPENING else ""


def read(markup: str) -> str:
    """What a reader sees of this HTML."""
    from lxml import etree, html

    try:
        tree = html.fromstring(f"<div>{markup}</div>", parser=html.HTMLParser(huge_tree=False))
        return str(tree.text_content())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # ValueError: control characters
        return markup


def _length(found: tuple[str, str, str]) -> int:
    return len(found[0])


def _html(part: Item) -> str:
    """A text as HTML: a plain one, or one without any tags, in the paragraphs that its blank lines make."""
    text, kind = str(part["value"]), part.get("type") or "text/html"
    if TAGS.search(text[:LOOKED_AT]) or ("html" in kind and "<" in text):
        return text
    plain = text if "html" in kind or _is_markup(text) else escape(text, quote=False)
    return "".join(f"<p>{paragraph}</p>" for paragraph in re.split(r"\n\s*\n", plain) if paragraph.strip())


def _is_markup(text: str) -> bool:
    return bool(TAGS.search(text[:LOOKED_AT]) or ENTITIES.search(text[:LOOKED_AT]))
