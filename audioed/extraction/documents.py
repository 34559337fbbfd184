"""DOCX and EPUB files as web pages, so that they are read as those are."""

import io
import re
import sys
from collections.abc import Iterator, Mapping
from html import escape
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from audioed.characters import plain
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.decode import DECLARED, HEAD, MARKS
from audioed.model import Page

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Parts: TypeAlias = Mapping[str, bytes]
"""The files of an archive by their names."""

ENTRY = b"PK\x01\x02"
"""How each line of an archive's list of files begins."""
MOST_FILES = 5_000
"""Files in an archive; a book of many pictures has hundreds."""
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"OTTO", b"\x00\x01\x00\x00", b"wOF")
"""How pictures and fonts begin, and no XML does: they are never unpacked."""
MOST_MARKUP = 50_000
"""Elements and attributes of a DOCX file; 80,000 words have as many, and mammoth takes seconds for more."""
MOST_ELEMENTS = 150_000
"""Of the chapters of an EPUB, and of any XML file of which a tree is made."""
LONGEST_ADDRESS = 2_000
"""Characters that a link in a DOCX file keeps."""
NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "t": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "x": "http://www.w3.org/1999/xhtml",
}
LOCAL = re.compile(r"[A-Za-z_][\w.-]*\Z")
REFERENCE = re.compile("&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
SAID = {
    "author": ["dc:creator"],
    "description": ["dc:description"],
    "article:modified_time": ["t:modified", "o:meta[@property='dcterms:modified']"],
    "article:section": ["cp:category"],
    "article:tag": ["cp:keywords", "dc:subject"],
}
"""What a file says of its text, by the name that pages have for it (ISO/IEC 29500-2, 11; EPUB 3.3, 5.5)."""
STYLES = """
p[style-name='Title'] => p.MsoTitle:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name^='toc '] => nav > p:fresh
p[style-name^='TOC '] => nav > p:fresh
"""
"""What Word's own styles are in HTML, beyond what the converter knows."""
TURNED = re.compile(r"(?P<last>[^\W\d_][\w'’-]+), (?P<first>[A-Z][\w.'’ -]+)")
"""An author as catalogues have one, the family name first."""
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
AROUND = frozenset(
    {
        "cover",
        "toc",
        "landmarks",
        "page-list",
        "copyright-page",
        "titlepage",
        "index",
        "footnotes",
        "colophon",
        "imprint",
    }
)
"""What EPUB 3 calls the parts of a book that are not its text (EPUB 3 Structural Semantics)."""


def page(data: bytes, name: str, config: Extraction) -> Page:
    """The DOCX or EPUB file as a page of HTML; FetchError says why there is none."""
    parts = _unpacked(data, name, config.max_bytes)
    if "word/document.xml" in parts:
        return Page(url=name, media_type="text/html", text=_docx(parts, name))
    if "META-INF/container.xml" in parts:
        return Page(url=name, media_type="text/html", text=_epub(parts, name))
    raise FetchError(f"{name} is an archive, not an article; unpack it and name a page in it.", name=name)


def _unpacked(data: bytes, name: str, most: int) -> Parts:
    """
    The files of the archive by name, pictures and fonts empty; FetchError where one is damaged, or all are too much.

    Sizes that an archive tells of itself are not believed: no more is unpacked
    than they say, and a file that is longer fails its checksum. BZIP2 and LZMA,
    which unpack a thousandfold at once, are in no such file (OCF 3.3, 4.2.2;
    ISO/IEC 29500-2, annex B).
    """
    import struct
    import zlib
    from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

    if data.count(ENTRY) > MOST_FILES:
        raise _too_much(name)
    parts: dict[str, bytes] = {}
    size = 0
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            for each in archive.infolist():
                if each.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                    raise _damaged(name)
                with archive.open(each) as file:
                    start = file.read(len(ENTRY))
                    if start.startswith(PICTURES):
                        parts[each.filename] = b""
                        continue
                    size += each.file_size
                    if size > most:
                        raise _too_much(name)
                    parts[each.filename] = start + file.read(each.file_size)
    except (
        BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as e:
        raise _damaged(name) from e  # whatever zipfile says of nonsense; RuntimeError is a file with a password
    return parts


def _too_much(name: str) -> FetchError:
    return FetchError(f"{name} unpacks to more than any article holds; name a page of text.", name=name)


def _damaged(name: str) -> FetchError:
    return FetchError(f"{name} is damaged or locked; save it again, without a password.", name=name)


def _as_a_book(name: str) -> FetchError:
    return FetchError(f"{name} is as long as a book; split it into parts.", name=name)


def _docx(parts: Parts, name: str) -> str:
    """What Word shows of its text; comments, deleted text, headers and footers stay out."""
    import mammoth

    texts = {path: data for path, data in parts.items() if path.endswith((".xml", ".rels"))}
    attributes = sum(data.count(b'="') + data.count(b"='") for data in texts.values())
    if attributes + sum(map(_elements, texts.values())) > MOST_MARKUP:
        raise _as_a_book(name)
    if any(b"<!DOCTYPE" in data.replace(b"\0", b"") for data in texts.values()):  # with them entities, which multiply
        raise _damaged(name)  # no such file has one (ISO/IEC 29500-2, 8.1.4)
    try:
        text: str = mammoth.convert_to_html(
            io.BytesIO(_packed(texts)),
            convert_image=mammoth.images.img_element(_no_image),
            include_embedded_style_map=False,
            style_map=STYLES,
            transform_document=_once,
        ).value
    except Exception as error:  # a stranger's file breaks the converter in many ways
        raise FetchError(
            f"{name} is not a readable DOCX file; save it again from a word processor.", name=name
        ) from error
    root = _parsed(parts, "docProps/core.xml", name) if parts.get("docProps/core.xml") else None
    created = root.findtext("t:created", "", NAMESPACES) if root is not None else ""
    return _html(root, text, created[:10], name)


def _packed(parts: Parts) -> bytes:
    """An archive of these files and no others, for a converter that opens only archives."""
    from zipfile import ZipFile

    held = io.BytesIO()
    with ZipFile(held, "w") as archive:
        for path, data in parts.items():
            archive.writestr(path, data)
    return held.getvalue()


def _elements(data: bytes) -> int:
    return data.count(b"<") - data.count(b"</")


def _once(document: Any) -> Any:
    """The document without what a small file may repeat into a large text: a note at each mention, a long address."""
    from mammoth import documents, transforms

    told: set[tuple[str, str]] = set()

    def note(reference: Any) -> Any:
        known = (reference.note_type, reference.note_id) in told
        told.add((reference.note_type, reference.note_id))
        return documents.Text("") if known else reference

    def link(linked: Any) -> Any:
        whole = len(linked.href or "") + len(linked.anchor or "") <= LONGEST_ADDRESS
        return linked if whole else linked.copy(href="", anchor=None)

    found = transforms.element_of_type(documents.NoteReference, note)(document)
    return transforms.element_of_type(documents.Hyperlink, link)(found)


def _no_image(_image: Any) -> dict[str, str]:
    return {"src": ""}


def _epub(parts: Parts, name: str) -> str:
    """The chapters in reading order, as one text (EPUB 3.3, 5.7: the spine)."""
    container = _parsed(parts, "META-INF/container.xml", name)
    if "META-INF/encryption.xml" in parts and "META-INF/rights.xml" in parts:
        raise FetchError(f"{name} is protected by its seller; name a copy without DRM.", name=name)
    named = [each.get("full-path") for each in container.iterfind(".//c:rootfile", NAMESPACES)]
    path = next((each for each in named if each in parts), None)
    if path is None:
        raise FetchError(f"{name} does not say where its text is (no rootfile); export the EPUB again.", name=name)
    package = _parsed(parts, path, name)
    paths = dict.fromkeys(_spine(package, dirname(path)))  # each is read once, however often it is named
    if sum(_elements(parts.get(each, b"")) for each in paths) > MOST_ELEMENTS:
        raise _as_a_book(name)
    chapters = [_chapter(parts, each, name) for each in paths]
    metadata = package.find("o:metadata", NAMESPACES)
    day = metadata.findtext("dc:date", "", NAMESPACES) if metadata is not None else ""
    return _html(metadata, "\n".join(chapters), day[:10], name)


def _spine(package: "Element", folder: str) -> Iterator[str]:
    """The paths of what is to be read, in order."""
    items = {each.get("id"): each for each in package.iterfind(".//o:manifest/o:item", NAMESPACES)}
    for reference in package.iterfind(".//o:spine/o:itemref", NAMESPACES):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        yield normpath(join(folder, unquote((item.get("href") or "").partition("#")[0])))


def _chapter(parts: Parts, path: str, name: str) -> str:
    """The body of one file of the spine; nothing of a cover, a table of contents or an imprint."""
    from lxml import etree

    body = _parsed(parts, path, name).find("x:body", NAMESPACES)
    if body is None:
        return ""
    for element in [body, *body.iter()]:
        if isinstance(element.tag, str) and AROUND & set((element.get(EPUB_TYPE) or "").split()):
            if element is body:
                return ""
            element.set("data-audioed", "skip")
    for element in body.iter():
        if isinstance(element.tag, str):
            bare = LOCAL.search(element.tag)  # a prefix that nobody declared is part of the name
            element.tag = bare[0] if bare else "span"
    etree.cleanup_namespaces(body)
    inside = etree.tostring(body, encoding="unicode", method="html")
    return f"<section>{inside.partition('>')[2].rpartition('</body>')[0]}</section>"


def _parsed(parts: Parts, path: str, name: str) -> "Element":
    """A file of the archive; entities and other files are never followed. FetchError where it is not XML."""
    from lxml import etree

    data = parts.get(path, b"")
    if _elements(data) > MOST_ELEMENTS:
        raise _as_a_book(name)
    text = REFERENCE.sub(_character, plain(_text(data))).encode()
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error
    if root is None:
        raise _damaged(name)
    return root


def _text(data: bytes) -> str:
    """The characters of an XML file; UTF-8 where it says nothing else (XML 1.0, 4.3.3)."""
    mark = next((codec for start, codec in MARKS if data.startswith(start)), "")
    declared = DECLARED.search(data[:HEAD])
    try:
        return data.decode(mark or "utf-8")
    except UnicodeDecodeError:
        stated = mark or (declared[1].decode("ascii", "ignore") if declared else "")
    try:
        return data.decode(stated or "utf-8", "replace")
    except (LookupError, UnicodeError):  # no character set, or no text encoding
        return data.decode("utf-8", "replace")


def _character(reference: re.Match[str]) -> str:
    """The reference, where it names a character that stays; libxml2 would give halves of characters as they are."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if code < sys.maxunicode and plain(chr(code)) == chr(code) else "\ufffd"


def _html(about: "Element | None", text: str, day: str, name: str) -> str:
    """A page that says of itself what the file says, and whose article is all of the text."""
    title, lang = (" ".join(_stated(about, f"dc:{key}")) for key in ("title", "language"))
    said = {"article:published_time": [day]}
    said |= {key: [text for path in paths for text in _stated(about, path)] for key, paths in SAID.items()}
    said["author"] = [
        TURNED.sub(r"\g<first> \g<last>", each) if TURNED.fullmatch(each) else each for each in said["author"]
    ]
    meta = "".join(_meta(key, value) for key, values in said.items() for value in values if value)
    tongue, head = f' lang="{escape(lang)}"' if lang else "", f"<h1>{escape(title)}</h1>" if title else ""
    return (
        f"<!doctype html><html{tongue}><head><title>{escape(title or name)}</title>{meta}</head>"
        f'<body>{head}<div data-audioed="article">{text}</div></body></html>'
    )


def _meta(key: str, value: str) -> str:
    return f'<meta name="{key}" property="{key}" content="{escape(value)}">'


def _stated(about: "Element | None", path: str) -> Iterator[str]:
    for each in about.iterfind(path, NAMESPACES) if about is not None else ():
        text = " ".join((each.text or "").split())
        if text:
            yield text
