"""Pages that a browser saved: in one file, as Chrome (MHTML, RFC 2557) and Safari do, and where they came from."""

import re
from email import message_from_bytes
from email.message import Message
from plistlib import FMT_BINARY, loads
from typing import Any

from audioed.addresses import without_user
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.decode import decoded
from audioed.extraction.statements import http
from audioed.model import Page

MOST_PARTS = 5_000
"""Of a page with all its pictures, styles and frames."""
LONGEST_HEADER = 2_000
"""Characters of an address."""
HEAD = 8_192
"""Characters in which a browser notes where a page came from."""
NOTED = re.compile(r"<!--\s*(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s+url:\s*)(http\S+)")
"""As Chrome, Firefox and the SingleFile extension note it."""
NOTE = "<!-- saved from url=({0:04d}){1} -->\n"
PAGES = frozenset({"text/html", "application/xhtml+xml"})


def mhtml(data: bytes, name: str, _config: Extraction) -> Page:
    """The page in these bytes, without its pictures and frames; FetchError says why there is none."""
    if data.lower().count(b"content-type:") > MOST_PARTS:
        raise FetchError(f"{name} has more parts than any page; save it as HTML.", name=name)
    try:
        whole = message_from_bytes(data)
        parts = [each for each in whole.walk() if each.get_content_type() in PAGES]
        shown = next((each for each in parts if _location(each) == _location(whole)), parts[0] if parts else None)
        payload = shown.get_payload(decode=True) if shown else None
        stated = shown.get_content_charset("") if shown else ""
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:  # a stranger's file
        raise _damaged(name) from error
    if shown is None or not isinstance(payload, bytes):
        raise _damaged(name)
    return _page(decoded(payload, name, charset=stated), _location(shown) or _location(whole), name)


def web_archive(data: bytes, name: str, _config: Extraction) -> Page:
    """The page in Safari's archive, a property list, without its pictures; FetchError says why there is none."""
    try:
        whole: Any = loads(data, fmt=FMT_BINARY)
        shown = whole["WebMainResource"]
        payload, kind = shown["WebResourceData"], shown.get("WebResourceMIMEType", "text/html")
        stated, address = shown.get("WebResourceTextEncodingName", ""), shown.get("WebResourceURL", "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(name) from error
    if kind not in PAGES or not isinstance(payload, bytes):
        raise FetchError(f"{name} holds no page but {str(kind)[:60]!r}; save the article's own page.", name=name)
    return _page(decoded(payload, name, charset=str(stated)[:40]), str(address), name)


def address(text: str) -> str:
    """Where a browser says that it saved this page from, without a login; empty where it says nothing."""
    found = NOTED.search(text[:HEAD])
    return without_user(http(found[1])) if found else ""


def _location(part: Message) -> str:
    told = part.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    return "".join(str(told)[:LONGEST_HEADER].split())


def _page(text: str, came_from: str, name: str) -> Page:
    """The page with a note of where it came from, as browsers write it into what they save as HTML."""
    known = without_user(http(came_from[:LONGEST_HEADER].strip()))
    note = NOTE.format(len(known), known) if known and "--" not in known else ""
    return Page(url=name, media_type="text/html", text=note + text)


def _damaged(name: str) -> FetchError:
    return FetchError(f"{name} is not a readable saved page; save it again, as HTML.", name=name)
