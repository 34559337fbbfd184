"""PDF files with a text layer as web pages: columns in order, words whole, and nothing that stands on every page."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from audioed.characters import plain
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import breaks, layout
from audioed.extraction.layout import Line
from audioed.model import Page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MOST_PAGES, MOST_LETTERS = 500, 1_000_000
"""Pages and characters of a file; more is a book."""
LEAST = 20
"""Letters of a page on average; those of a scan have none."""
HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What pdfium gives for a hyphen at the end of a line."""
HEADING, LONGEST_HEADING = 1.12, 20
"""Times the size of the text, and words."""
NO_TITLE = re.compile(r"(?i)\s*(?:microsoft word\b.*|.*\.(?:docx?|indd|tex|pdf|rtf|odt|qxd|pages)|untitled.*|\W*)\s*")
"""What programs write where their user gave no title."""
GAP = 1.5
"""Times the size of the text between two words of one line; what is farther apart stands in two columns."""


def page(data: bytes, name: str, _config: Extraction) -> Page:
    """The PDF file as a page of HTML; FetchError says why there is none."""
    try:
        import pypdfium2
    except ImportError as error:
        raise FetchError(f"{name} is a PDF file; install audioed[pdf] to have it read.", name=name) from error
    try:
        with pypdfium2.PdfDocument(data) as document:
            return _page(document, name)
    except pypdfium2.PdfiumError as error:
        told = f"{name} is damaged or locked; save it again, without a password."
        raise FetchError(told, name=name) from error


def _page(document: "PdfDocument", name: str) -> Page:
    if len(document) > MOST_PAGES:
        raise FetchError(f"{name} is as long as a book; split it into parts.", name=name)
    pages: list[list[Line]] = []
    letters = 0
    for number in range(len(document)):
        pages.append(list(_lines(document, number)))
        letters += sum(len(line.text) for line in pages[-1])
        if letters > MOST_LETTERS:
            raise FetchError(f"{name} is as long as a book; split it into parts.", name=name)
    if letters < LEAST * max(1, len(pages)):
        raise FetchError(f"{name} has pictures of its pages and no text; let an OCR program add one.", name=name)
    around = layout.recurring(pages)
    body = [line for lines in pages for line in layout.ordered([each for each in lines if each not in around])]
    sizes = Counter[float]()
    for line in body:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    told = {key: " ".join(plain(str(value)).split()) for key, value in document.get_metadata_dict().items()}
    title, rest = _titled(told.get("Title", ""), body, pages[0], usual)
    day = re.match(r"D:(\d{4})(\d\d)(\d\d)", told.get("CreationDate", ""))
    rows = [*_rows(rest, usual), *(f'<p data-audioed="skip">{escape(each.text)}</p>' for each in _first(around))]
    return Page(url=name, media_type="text/html", text=_html(title or name, told.get("Author", ""), day, rows))


def _first(around: Sequence[Line]) -> Iterator[Line]:
    """Those of different texts, once each."""
    yield from {line.text: line for line in around}.values()


def _lines(document: "PdfDocument", number: int) -> Iterator[Line]:
    """The upright lines of a page, parted where columns part them."""
    sheet = document[number]
    text = sheet.get_textpage()
    try:
        stated = "".join(_letter(text, index) for index in range(text.count_chars()))
        start = 0
        for piece in re.split("(?<=[\r\n\x02\ufffe])", stated):  # at a hyphen, pdfium goes on with the next line
            if piece.strip():
                yield from _parts(text, number, piece, start)
            start += len(piece)
    finally:
        text.close()
        sheet.close()


def _letter(text: "PdfTextPage", index: int) -> str:
    """One character as the file has it, so that its place is known whatever the others are."""
    from pypdfium2 import raw

    code: int = raw.FPDFText_GetUnicode(text, index)
    return chr(code) if 0 < code <= sys.maxunicode else " "


def _parts(text: "PdfTextPage", number: int, piece: str, start: int) -> Iterator[Line]:
    """A line as it stands in the file, where it is upright, in as many as there are wide gaps in it."""
    from pypdfium2 import raw

    if abs(raw.FPDFText_GetCharAngle(text, start + len(piece) - len(piece.lstrip()))) > 0.1:  # noqa: PLR2004 - radians
        return
    open_: list[tuple[str, Any]] = []
    for index, letter in enumerate(piece, start):
        box = None if letter.isspace() else text.get_charbox(index, loose=True)
        last = next((each for _, each in reversed(open_) if each), None)
        if box and last and box[0] - last[2] > GAP * (last[3] - last[1]):
            yield from _line(open_, number)
            open_ = []
        open_.append((letter, box))
    yield from _line(open_, number)


def _line(letters: Sequence[tuple[str, Any]], number: int) -> Iterator[Line]:
    boxes = [box for _, box in letters if box and box[2] > box[0]]
    text = " ".join(plain("".join(letter for letter, _ in letters).translate(HYPHENS)).split())
    if not boxes or not text:
        return
    heights = sorted(box[3] - box[1] for box in boxes)
    yield Line(
        text=text,
        left=min(box[0] for box in boxes),
        bottom=min(box[1] for box in boxes),
        right=max(box[2] for box in boxes),
        top=max(box[3] for box in boxes),
        size=round(2 * heights[len(heights) // 2]) / 2,
        page=number,
    )


def _titled(stated: str, body: Sequence[Line], first: Sequence[Line], usual: float) -> tuple[str, list[Line]]:
    """What the file is called: as it says, where that stands on its first page, or in the largest letters there."""
    largest = max((line.size for line in body if line.page == 0), default=0.0)
    lines = [line for line in body if line.page == 0 and line.size == largest] if largest > HEADING * usual else []
    shown = " ".join(line.text for line in lines)
    whole = " ".join(line.text for line in first).casefold()
    if not NO_TITLE.fullmatch(stated) and (stated.casefold() in whole or not shown):
        shown, lines = stated, [line for line in lines if line.text.casefold() in stated.casefold()]
    return shown, [line for line in body if line not in lines]


def _rows(lines: Sequence[Line], usual: float) -> Iterator[str]:
    """The paragraphs and headings as HTML."""
    for group in layout.paragraphs(lines):
        text = " ".join(breaks.unparted("\n".join(line.text for line in group)).split())
        large = group[0].size >= HEADING * usual and len(text.split()) <= LONGEST_HEADING
        yield f"<h2>{escape(text)}</h2>" if large else f"<p>{escape(text)}</p>"


def _html(title: str, author: str, day: re.Match[str] | None, rows: Sequence[str]) -> str:
    sent = "-".join(day.groups()) if day else ""
    return (
        f'<!doctype html><html><head><title>{escape(title)}</title><meta name="author" content="{escape(author)}">'
        f'<meta property="article:published_time" content="{sent}"></head>'
        f'<body><h1>{escape(title)}</h1><div data-audioed="article">{"".join(rows)}</div></body></html>'
    )
