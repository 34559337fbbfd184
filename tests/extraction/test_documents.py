"""DOCX and EPUB files: what Word and e-readers show as text is heard, and what they hide is not."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from audioed.config import Extraction
from audioed.errors import ExtractionError, FetchError
from audioed.extraction import extract
from audioed.extraction.fetch import read

DATA = Path(__file__).parents[1] / "data" / "documents"
PROSE = (
    "The lighthouse keeper of Selmouth writes his log in pencil, because ink freezes in the lamp room from December.",
    "Every entry has three words for the wind, and no two keepers have ever used the same three words in a row.",
    "When the lamp was changed to electric light, the log went on, and so did the pencil, which hangs on a string.",
)


def packed(files, how=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return held.getvalue()


def document(name, extra=None):
    """The file whose parts stand in this folder."""
    parts = sorted(path for path in (DATA / name).rglob("*") if path.is_file())
    return packed({path.relative_to(DATA / name).as_posix(): path.read_bytes() for path in parts} | (extra or {}))


def part(name, path):
    return (DATA / name / path).read_text("utf-8")


def told(data, entry, offset, form, value):
    """The archive, its list of files saying something else of one of them."""
    start = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02"))
    while data[start + 46 :][: len(entry)] != entry.encode():
        start = data.index(b"PK\x01\x02", start + 1)
    return data[: start + offset] + struct.pack(form, value) + data[start + offset + struct.calcsize(form) :]


def wounded(data):
    """The archive with a byte of its first long compressed file turned round."""
    place = data.index(b"PK\x03\x04", 200) + 200
    return data[:place] + bytes(255 - each for each in data[place : place + 40]) + data[place + 40 :]


def article(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    return extract(read(str(path), Extraction()), Extraction())


@pytest.mark.parametrize(("name", "data"), [("log.docx", document("log.docx")), ("log.epub", document("log.epub"))])
def test_a_document_says_who_wrote_what_and_when(tmp_path, name, data):
    found = article(tmp_path, data, name)
    assert (found.title, found.byline, str(found.published)) == ("The log of the lamp", "Nora Quay", "2026-10-03")
    assert (found.language, found.name) == ("en-GB", name)
    assert (str(found.updated), found.tags) == ("2026-10-05", ("lamps", "pencils"))
    assert found.summary == "Three words for the wind, in pencil."


def test_a_docx_file_is_heard_without_what_word_hides(tmp_path):
    found = article(tmp_path, document("log.docx"), "log.docx")
    rows = ["Year, Keepers", "1900, 4", "1950, 2"]
    assert [block.text for block in found.blocks] == [PROSE[0], "Words for the wind", PROSE[1], *rows, PROSE[2]]


def test_the_chapters_of_an_epub_are_heard_in_order_without_cover_contents_and_notes(tmp_path):
    found = article(tmp_path, document("log.epub"), "log.epub")
    assert [block.text for block in found.blocks] == ["The pencil", PROSE[0], "Words for the wind", *PROSE[1:]]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed({"a.txt": "x"}), "is an archive, not an article"),
        (document("log.docx")[:900], "is damaged or locked"),
        (packed({"word/document.xml": "<w:document"}), "is not a readable DOCX file"),
        (packed({"META-INF/container.xml": "no"}), "is damaged or locked"),
        (packed({"word/document.xml": " " * 30_000_000}), "unpacks to more than any article"),
        (
            document("log.epub", {"META-INF/encryption.xml": "<e/>", "META-INF/rights.xml": "<r/>"}),
            "is protected by its seller",
        ),
    ],
    ids=["another archive", "cut short", "no document", "no book", "a bomb", "a lock"],
)
def test_a_document_that_cannot_be_read_is_explained(tmp_path, data, says):
    with pytest.raises(FetchError, match=says):
        article(tmp_path, data, "log.docx")


CONTAINER, PACKAGE, CHAPTER = "META-INF/container.xml", "OPS/book.opf", "OPS/text/one.xhtml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "data",
    [
        document("log.epub", {CONTAINER: part("log.epub", CONTAINER).replace("rootfile ", "file ")}),
        document("log.epub", {CONTAINER: part("log.epub", CONTAINER).replace("full-path", "path")}),
        document("log.epub", {CONTAINER: part("log.epub", CONTAINER).replace('full-path="', 'full-path="../')}),
        document("log.epub", {CONTAINER: ""}),
        document("log.epub", {PACKAGE: ""}),
        document("log.epub", {CHAPTER: ""}),
        document("log.epub", {PACKAGE: '<?xml version="1.0" encoding="klingon"?><package/>'}),
        document("log.docx", {"word/document.xml": ""}),
        document("log.docx", {"[Content_Types].xml": ""}),
        document("log.docx", {"docProps/core.xml": "no"}),
        wounded(document("log.epub")),
        wounded(document("log.docx")),
        told(document("log.epub"), CHAPTER, 8, "<H", 1),
        told(document("log.epub"), CHAPTER, 16, "<I", 7),
        told(document("log.epub"), CHAPTER, 24, "<I", 7),
        told(document("log.epub"), CHAPTER, 42, "<I", 4_000_000),
        packed({CONTAINER: part("log.epub", CONTAINER)}, zipfile.ZIP_LZMA),
        packed({CONTAINER: part("log.epub", CONTAINER)}, zipfile.ZIP_BZIP2),
        b"PK\x03\x04" + bytes(range(256)) * 9,
    ],
    ids=[
        "no rootfile",
        "a rootfile without a path",
        "a rootfile that is not there",
        "an empty container",
        "an empty package",
        "an empty chapter",
        "characters of no language",
        "an empty document",
        "no content types",
        "properties that are no XML",
        "an EPUB with a scratch",
        "a DOCX with a scratch",
        "a password",
        "another checksum",
        "a size too small",
        "a place beyond the end",
        "LZMA",
        "BZIP2",
        "noise",
    ],
)
def test_a_document_is_refused_in_a_sentence_whatever_is_wrong_with_it(tmp_path, data):
    with pytest.raises(ExtractionError, match=r"^a\.bin [^\n]*\.$"):
        article(tmp_path, data, "a.bin")


def test_what_an_archive_says_of_its_sizes_is_not_believed(tmp_path):
    bomb = told(packed({"word/document.xml": "<w>" + " " * 60_000_000}), "word/document.xml", 24, "<I", 9_000)
    with pytest.raises(FetchError, match="is damaged or locked"):
        article(tmp_path, bomb, "log.docx")


@pytest.mark.parametrize("where", ["text", "attribute"])
def test_entities_of_a_document_are_not_multiplied(tmp_path, where):
    said = "&l11;" if where == "text" else '<b title="&l11;">x</b>'
    head = f'<!DOCTYPE html [<!ENTITY l0 "laugh">{LAUGHS}]>'
    chapter = f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PROSE[0]} {said}</p></body></html>'
    found = article(tmp_path, document("log.epub", {CHAPTER: chapter}), "log.epub")
    assert len(repr(found)) < 10_000
    word = part("log.docx", "word/document.xml").replace("<w:document", f"{head}<w:document", 1)
    with pytest.raises(FetchError, match="is damaged"):
        article(tmp_path, document("log.docx", {"word/document.xml": word}), "log.docx")


def test_a_chapter_is_read_once_however_often_the_package_names_it(tmp_path):
    items = "".join(f'<item id="n{n}" href="text/one.xhtml#{n}"/>' for n in range(500))
    spine = "".join(f'<itemref idref="n{n}"/>' for n in range(500))
    package = part("log.epub", PACKAGE)
    package = package.replace("</manifest>", f"{items}</manifest>").replace("</spine>", f"{spine}</spine>")
    found = article(tmp_path, document("log.epub", {PACKAGE: package}), "log.epub")
    assert [block.text for block in found.blocks] == ["The pencil", PROSE[0], "Words for the wind", *PROSE[1:]]


def test_a_note_is_told_once_however_often_a_docx_file_mentions_it(tmp_path):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{PROSE[0] * 20}</w:t></w:r></w:p></w:footnote>'
    mention = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' * 500
    body = part("log.docx", "word/document.xml").replace("<w:body>", f"<w:body>{mention}", 1)
    notes = {"word/footnotes.xml": f'<w:footnotes xmlns:w="{word}">{note}</w:footnotes>', "word/document.xml": body}
    assert len(repr(article(tmp_path, document("log.docx", notes), "log.docx"))) < 10_000


def test_a_document_as_long_as_a_book_is_refused_before_it_is_converted(tmp_path):
    body = b"<w:body>" + b"<w:p/>" * 200_000 + b"</w:body>"
    whole = (DATA / "log.docx" / "word" / "document.xml").read_bytes().partition(b"<w:body>")[0]
    with pytest.raises(FetchError, match="as long as a book"):
        article(tmp_path, document("log.docx", {"word/document.xml": whole + body + b"</w:document>"}), "log.docx")


def test_the_files_of_an_archive_are_limited_together(tmp_path):
    chapters = {f"OPS/text/{n}.jpg": "<p>" + "a" * 9_000_000 for n in range(3)}
    with pytest.raises(FetchError, match="unpacks to more"):
        article(tmp_path, document("log.epub", chapters), "log.epub")


def test_an_epub_tells_nothing_from_this_machine(tmp_path):
    (tmp_path / "secret").write_text("a secret of this machine")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    chapter = (
        f'{entity}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PROSE[0]} &x; Thus it ends.</p></body></html>'
    )
    found = article(tmp_path, document("log.epub", {"OPS/text/one.xhtml": chapter}), "log.epub")
    assert "secret" not in repr(found)
