"""What a server should say of each file: what it is, and how long others may keep a copy of it."""

import re

from audioed import media_types
from audioed.slugs import VERSION

FOR_EVER = "public, max-age=31536000, immutable"
"""For a file whose name changes with its content (RFC 8246)."""
SMALLER = re.compile(r"-[0-9a-f]{10}-\d+\.webp$")
"""A cover in the size of a page, whose name has the hash of the whole one."""
FOR_MINUTES = "public, max-age=300"
"""For a feed or a page: apps ask every few minutes or hours."""


def content_type(name: str) -> str:
    """
    The Content-Type of a file of this name; of a feed, the one of XML.

    As application/rss+xml Chromium shows its source and Firefox downloads it; as XML both show the page that its
    stylesheet makes of it. Apps take either: most web servers know a file that ends in .xml as XML.
    """
    kind = media_types.media_type(name)
    if kind == media_types.RSS:
        kind = media_types.XML
    return f"{kind}; charset=utf-8" if media_types.is_text(kind) else kind


def caching(name: str) -> str:
    """The Cache-Control of a file of this name."""
    return FOR_EVER if VERSION.search(name) or SMALLER.search(name) else FOR_MINUTES
