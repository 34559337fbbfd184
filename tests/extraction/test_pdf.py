"""PDF files: their columns are read in order, their words whole, and nothing that stands on every page."""

import pytest

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction import extract
from audioed.extraction.fetch import Download, page, read_text
from tests.extraction.printed import column, printed

pytest.importorskip("pypdfium2")
LEFT = ("The ferry crosses the strait at two in the morn-", "ing, and nobody on the island sleeps through", "it.")
MORE = ("It has done so for forty years, since the day", "on which the council voted for a later boat by")
RIGHT = ("one vote, and nobody has counted them again.", "The clerk keeps the papers in a drawer that is", "locked.")
LAST = (
    "A keeper of the lighthouse had asked for a boat that",
    "would bring him his newspaper before the sun came up,",
    "and the council, which liked him, moved the ferry.",
    "He left the island in the year after.",
)
WHOLE = [
    "The ferry crosses the strait at two in the morning, and nobody on the island sleeps through it.",
    f"{MORE[0]} {MORE[1]} {RIGHT[0]} {RIGHT[1]} {RIGHT[2]}",
]


def of(data):
    return extract(read_text(data, "ferry.pdf", Extraction()), Extraction())


def paper(number, *lines):
    """A page with a header and its number."""
    return [(72, 760, 8, "Journal of Ferries 12 (2026)"), *lines, (300, 30, 8, f"Page {number} of 3")]


def two_columns():
    left = [*column(72, 680, LEFT), *column(84, 642, MORE[:1]), *column(72, 630, MORE[1:])]
    right = column(320, 680, RIGHT)
    rows = [each for pair in zip(left, right, strict=False) for each in pair] + left[
        len(right) :
    ]  # as some programs draw
    return paper(1, (72, 720, 20, "The night ferry"), *rows)


def test_two_columns_are_read_one_after_the_other_and_words_are_whole():
    article = of(printed([two_columns()], title="Microsoft Word - final2.docx"))
    assert (article.title, article.byline, str(article.published)) == ("The night ferry", "Ada Quay", "2026-02-03")
    assert [block.text for block in article.blocks][-2:] == WHOLE


def test_what_stands_on_every_page_is_cut_and_a_paragraph_goes_on_from_page_to_page():
    pages = [
        paper(1, (72, 720, 18, "A ferry at night"), *column(72, 680, [*LEFT, "", *MORE])),
        paper(2, *column(72, 720, RIGHT), *column(72, 660, ["How it began"], 14), *column(72, 630, LAST[:2])),
        paper(3, *column(72, 720, LAST[2:])),
    ]
    article = of(printed(pages, title="A ferry at night"))
    said = [block.text for block in article.blocks]
    assert article.title == "A ferry at night"
    assert [block.kind for block in article.blocks if block.text == "How it began"] == ["heading"]
    assert said == [*WHOLE, "How it began", " ".join(LAST)]
    assert not any("Journal" in text or "Page" in text for text in said)
    assert any("Journal of Ferries" in cut.text for cut in article.cuts)


def test_a_file_is_called_as_it_says_where_its_first_page_says_so_too():
    lines = [
        (72, 720, 24, "FERRIES"),
        *column(72, 690, ["The night ferry of Selmouth"], 14),
        *column(72, 650, [*LEFT, *MORE]),
    ]
    assert of(printed([lines], title="The Night Ferry of Selmouth")).title == "The Night Ferry of Selmouth"
    assert of(printed([lines], title="template for authors")).title == "FERRIES"


def test_a_pdf_is_known_by_its_media_type_and_by_its_beginning():
    data = printed([two_columns()])
    for kind in ("application/pdf", ""):
        sent = Download(url="https://harbour.example/ferry", content_type=kind, data=data)
        assert extract(page(sent, Extraction()), Extraction()).title == "The night ferry"


HOSTILE = {
    "scan": (printed([[], [], []]), "has pictures of its pages and no text"),
    "cut off": (printed([two_columns()])[:60], "is damaged or locked"),
    "no pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 50, "is damaged or locked"),
    "its own parent": (printed([two_columns()]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), "ferry.pdf "),
    "book": (printed([[(72, 720, 10, "x")]] * 501), "is as long as a book"),
    "no fonts": (printed([two_columns()]).replace(b"/F 3 0 R", b"/F 9 0 R"), ""),
}


@pytest.mark.parametrize(("data", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_without_a_text_is_one_sentence(data, told):
    if not told:
        of(data)
        return
    with pytest.raises(ExtractionError, match=rf"{told}.*; .*\.$"):
        of(data)


def test_marks_of_a_file_are_never_markup():
    text = [
        "<script>alert(1)</script> is what the clerk wrote on the door of the ferry,",
        "and nobody knows why he did.",
    ]
    article = of(printed([column(72, 700, text)], title="<b>x</b>"))
    assert "<script>" in article.blocks[0].text
