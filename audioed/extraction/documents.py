"""DOCX and EPUB files as web pages, so that they are read as those are."""

import io
from collections.abc import Iterator
from html import escape
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from audioed.errors import FetchError

if TYPE_CHECKING:
    from zipfile import ZipFile

Element: TypeAlias = Any  # lxml's

ARCHIVE = b"PK\x03\x04"
SUFFIXES = frozenset({".docx", ".epub"})
MEDIA_TYPES = frozenset(
    {"application/epub+zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
)
MOST_FILES = 5_000
"""Files in an archive; a book of many pictures has hundreds."""
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"OTTO", b"\x00\x01\x00\x00", b"wOF")
"""How pictures and fonts begin, and no XML does: they are never unpacked."""
MOST_TAGS = 150_000
"""In a DOCX file; a novel has as many, and mammoth takes seconds for more."""
NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "t": "http://purl.org/dc/terms/",
    "x": "http://www.w3.org/1999/xhtml",
}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
AROUND = frozenset({"cover", "toc", "landmarks", "page-list", "copyright-page", "titlepage", "index", "footnotes"})
"""What EPUB 3 calls the parts of a book that are not its text (EPUB 3 Structural Semantics)."""


def page(data: bytes, name: str, most: int) -> str:
    """The HTML of a DOCX or EPUB file that unpacks to at most so many bytes; FetchError says why there is none."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            tags = _markup(archive, name, most)
            names = set(archive.namelist())
            if "word/document.xml" in names and tags > MOST_TAGS:
                raise FetchError(f"{name} is as long as a book; split it into parts.", name=name)
            if "word/document.xml" in names:
                return _docx(archive, data, name)
            if "META-INF/container.xml" in names:
                return _epub(archive, name)
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        # RuntimeError: a file with a password; KeyError: one that is named and not there
        raise FetchError(f"{name} is damaged or locked; save it again, without a password.", name=name) from error
    raise FetchError(f"{name} is an archive, not an article; unpack it and name a page in it.", name=name)


def _markup(archive: "ZipFile", name: str, most: int) -> int:
    """How many tags the archive's files hold, whatever they are called; FetchError where they unpack to too much."""
    if len(archive.infolist()) > MOST_FILES:
        raise FetchError(f"{name} unpacks to more than any article; name a page of text.", name=name)
    size = tags = 0
    for each in archive.infolist():
        with archive.open(each) as file:
            if file.read(4).startswith(PICTURES):
                continue
            size += each.file_size
            if size > most:
                raise FetchError(f"{name} unpacks to more than any article; name a page of text.", name=name)
            tags += file.read().count(b"<")
    return tags


def _docx(archive: "ZipFile", data: bytes, name: str) -> str:
    """What Word shows of its text; comments, deleted text, headers and footers stay out."""
    import mammoth

    try:
        text = str(mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(_no_image)).value)
    except Exception as error:  # a stranger's file breaks the converter in many ways
        raise FetchError(
            f"{name} is not a readable DOCX file; save it again from a word processor.", name=name
        ) from error
    root = _parsed(archive, "docProps/core.xml") if "docProps/core.xml" in archive.namelist() else None
    created = root.findtext("t:created", "", NAMESPACES) if root is not None else ""
    return _html(root, text, created[:10], name)


def _no_image(_image: Any) -> dict[str, str]:
    return {"src": ""}


def _epub(archive: "ZipFile", name: str) -> str:
    """The chapters in reading order, as one text (EPUB 3.3, 5.7: the spine)."""
    container = _parsed(archive, "META-INF/container.xml")
    if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
        raise FetchError(f"{name} is locked by its seller; name a copy without a lock.", name=name)
    path = container.find(".//c:rootfile", NAMESPACES).get("full-path")
    package = _parsed(archive, path)
    items = {each.get("id"): each for each in package.iterfind(".//o:manifest/o:item", NAMESPACES)}
    chapters = []
    for reference in package.iterfind(".//o:spine/o:itemref", NAMESPACES):
        item = items.pop(reference.get("idref"), None)  # each is read once, however often it is named
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        chapters.append(_chapter(archive, normpath(join(dirname(path), unquote(item.get("href") or "")))))
    metadata = package.find("o:metadata", NAMESPACES)
    day = metadata.findtext("dc:date", "", NAMESPACES) if metadata is not None else ""
    return _html(metadata, "\n".join(chapters), day[:10], name)


def _chapter(archive: "ZipFile", path: str) -> str:
    """The body of one file of the spine; nothing of a cover, a table of contents or an imprint."""
    from lxml import etree

    body = _parsed(archive, path).find("x:body", NAMESPACES)
    if body is None:
        return ""
    for element in [body, *body.iter()]:
        if isinstance(element.tag, str) and AROUND & set((element.get(EPUB_TYPE) or "").split()):
            if element is body:
                return ""
            element.set("data-audioed", "skip")
    for element in body.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(body)
    inside = etree.tostring(body, encoding="unicode", method="html")
    return f"<section>{inside.partition('>')[2].rpartition('</body>')[0]}</section>"


def _parsed(archive: "ZipFile", path: str) -> Element:
    """A file of the archive; entities and other files are never followed. ValueError where it is not XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(archive.read(path), parser)
    if root is None:
        raise ValueError(path)
    return root


def _html(about: Element | None, text: str, day: str, name: str) -> str:
    """A page that says of itself what the file says, and whose article is all of the text."""
    said = {key: " ".join(_said(about, key)) for key in ("title", "language")}
    authors = "".join(f'<meta name="author" content="{escape(each)}">' for each in _said(about, "creator"))
    title = f"<h1>{escape(said['title'])}</h1>" if said["title"] else ""
    lang = f' lang="{escape(said["language"])}"' if said["language"] else ""
    return (
        f"<!doctype html><html{lang}><head><title>{escape(said['title'] or name)}</title>{authors}"
        f'<meta property="article:published_time" content="{escape(day)}"></head>'
        f'<body>{title}<div data-audioed="article">{text}</div></body></html>'
    )


def _said(about: Element | None, key: str) -> Iterator[str]:
    for each in about.iterfind(f"dc:{key}", NAMESPACES) if about is not None else ():
        text = " ".join((each.text or "").split())
        if text:
            yield text
