"""DOCX and EPUB files: what Word and e-readers show as text is heard, and what they hide is not."""

import io
import zipfile
from pathlib import Path

import pytest

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import extract
from audioed.extraction.fetch import read

DATA = Path(__file__).parents[1] / "data" / "documents"
PROSE = (
    "The lighthouse keeper of Selmouth writes his log in pencil, because ink freezes in the lamp room from December.",
    "Every entry has three words for the wind, and no two keepers have ever used the same three words in a row.",
    "When the lamp was changed to electric light, the log went on, and so did the pencil, which hangs on a string.",
)


def packed(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return held.getvalue()


def document(name, extra=None):
    """The file whose parts stand in this folder."""
    parts = sorted(path for path in (DATA / name).rglob("*") if path.is_file())
    return packed({path.relative_to(DATA / name).as_posix(): path.read_bytes() for path in parts} | (extra or {}))


def article(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    return extract(read(str(path), Extraction()), Extraction())


@pytest.mark.parametrize(("name", "data"), [("log.docx", document("log.docx")), ("log.epub", document("log.epub"))])
def test_a_document_says_who_wrote_what_and_when(tmp_path, name, data):
    found = article(tmp_path, data, name)
    assert (found.title, found.byline, str(found.published)) == ("The log of the lamp", "Nora Quay", "2026-10-03")
    assert (found.language, found.name) == ("en-GB", name)


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
            "is locked by its seller",
        ),
    ],
    ids=["another archive", "cut short", "no document", "no book", "a bomb", "a lock"],
)
def test_a_document_that_cannot_be_read_is_explained(tmp_path, data, says):
    with pytest.raises(FetchError, match=says):
        article(tmp_path, data, "log.docx")


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
