"""What kind of file each published one is, as servers tell it to apps and browsers."""

from pathlib import Path, PurePosixPath

from audioed.companions import CHAPTERS, SRT, TRANSCRIPTS
from audioed.formats import FORMATS, MAIN

RSS = "application/rss+xml"
XML = "application/xml"
HTML = "text/html"
UNKNOWN = "application/octet-stream"
BY_SUFFIX = {
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".htm": HTML,
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": RSS,
    ".xsl": "application/xslt+xml",
    **{each.suffix: each.media_type for each in (MAIN, *FORMATS.values())},
    **{Path(each.name).suffix: each.media_type for each in TRANSCRIPTS},
}
"""Written out, since the tables of an operating system differ, and Windows lets any program change its own."""
BY_NAME = {CHAPTERS.name: CHAPTERS.media_type, "sitemap.xml": XML}


def media_type(name: str) -> str:
    """The media type of a published file, by its name or path; the character set of every text is UTF-8."""
    path = PurePosixPath(name)
    return BY_NAME.get(path.name) or BY_SUFFIX.get(path.suffix.lower(), UNKNOWN)


def is_text(kind: str) -> bool:
    """Whether files of this media type are text: small, and smaller still when packed."""
    written = kind.startswith("text/") or kind.endswith(("+xml", "+json", "/xml", "/json"))
    return written or kind in {CHAPTERS.media_type, SRT.media_type}
