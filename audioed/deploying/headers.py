"""What a server should say of each file: what it is, and how long others may keep a copy of it."""

from audioed import media_types
from audioed.store import VERSION

FOR_EVER = "public, max-age=31536000, immutable"
"""For a file whose name changes with its content (RFC 8246)."""
FOR_MINUTES = "public, max-age=300"
"""For a feed or a page: apps ask every few minutes or hours."""


def content_type(name: str) -> str:
    """The Content-Type of a file of this name."""
    kind = media_types.media_type(name)
    return f"{kind}; charset=utf-8" if media_types.is_text(kind) else kind


def caching(name: str) -> str:
    """The Cache-Control of a file of this name."""
    return FOR_EVER if VERSION.search(name) else FOR_MINUTES
