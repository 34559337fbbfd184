"""Text that every podcast app can swallow: no characters that XML forbids, no more bytes than allowed."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any
from urllib.parse import quote

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 section 2.2: one of these anywhere makes the whole feed unreadable."""
RESERVED = ":/?#[]@!$&'()*+,;=%~"
"""What RFC 3986 gives a meaning inside an address; the percent sign, because most addresses come encoded."""


def printable(text: str) -> str:
    """The text without the characters that XML 1.0 forbids."""
    return FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, printable, its white space folded."""
    return " ".join(printable(text).split())


def shortened(text: str, limit: int) -> str:
    """The text in at most so many UTF-8 bytes, with an ellipsis where it was cut."""
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    ellipsis = "…"
    kept = encoded[: limit - len(ellipsis.encode())].decode(errors="ignore")  # may end inside a character
    return kept.rstrip() + ellipsis


def web_address(url: str) -> str:
    """The address in ASCII, or nothing when it is not one that a listener can open."""
    url = printable(url).strip()
    return quote(url, safe=RESERVED) if url.lower().startswith(("http://", "https://")) else ""


def picture_address(name: str, folder: str) -> str:
    """The address of a picture, which is given or lies in this folder, or nothing."""
    return web_address(name) or (web_address(f"{folder}/{quote(name, safe='')}") if name else "")


def cleaned(value: Any) -> Any:
    """The same noun with every text in it printable; so no tag can be forgotten."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(cleaned(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: cleaned(getattr(value, each.name)) for each in fields(value)})
    return value
