"""Texts of LibreOffice (.odt), as a whole kind of source for audioed: copy this file to begin your own."""

import io
from html import escape
from zipfile import BadZipFile, ZipFile

from lxml import etree

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.model import Page
from audioed.sources import SourceKind

ODT = SourceKind(
    name="odt",
    suffixes=(".odt",),
    media_types=("application/vnd.oasis.opendocument.text",),
    unpack="audioed_odt:page",
    begins=r"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text",
)
"""What a kind of source is: what it is called, how it is recognised, and which function reads it."""

NAMES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def page(data: bytes, name: str, config: Extraction) -> Page:
    """The text as a page of HTML, which audioed reads as it reads any other; ExtractionError where it has none."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(archive.getinfo(each).file_size for each in ("content.xml", "meta.xml")) > config.max_bytes:
                raise ExtractionError(f"{name} is too long; split it into parts.", name=name)
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            text = etree.fromstring(archive.read("content.xml"), parser)
            about = etree.fromstring(archive.read("meta.xml"), parser)
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ExtractionError(f"{name} is damaged; save it again.", name=name) from error
    title, author, day = (escape(about.findtext(f".//dc:{key}", "", NAMES)) for key in ("title", "creator", "date"))
    rows = (
        f"<{tag}>{escape(''.join(each.itertext()))}</{tag}>"
        for each in text.iter(f"{{{NAMES['text']}}}h", f"{{{NAMES['text']}}}p")
        for tag in ("h2" if each.tag.endswith("}h") else "p",)
    )
    return Page(
        url=name,
        media_type="text/html",
        text=(
            f'<!doctype html><html><head><title>{title}</title><meta name="author" content="{author}">'
            f'<meta property="article:published_time" content="{day[:10]}"></head>'
            f'<body><h1>{title}</h1><div data-audioed="article">{"".join(rows)}</div></body></html>'
        ),
    )
