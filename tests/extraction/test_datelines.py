"""Who wrote a text and when is told before it, from the lines below its title, and not read twice."""

from datetime import date

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.extraction.datelines import day_in, tells
from audioed.model import Page

DAY = date(2025, 12, 15)
TEXTS = (
    "The harbour was quiet at night, and the clerk wrote down every boat that came in before the fog had lifted.",
    "The town was asleep by then, and the pilot wrote down every boat that had left it after the fog had come.",
)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("15 Dec, 2025", "en"),
        ("Monday, December 15th, 2025 at 3:04 pm", "en"),
        ("15 December 2025 10:32 GMT", "en-GB"),
        ("2025-12-15", "en"),
        ("Montag, 15. Dezember 2025, 10.32 Uhr", "de"),
        ("lundi 15 décembre 2025 à 10h32", "fr"),
        ("15 de diciembre de 2025", "es"),
        ("lunedì 15 dicembre 2025", "it"),
        ("15 de dezembro de 2025", "pt"),
    ],
)
def test_a_line_that_is_nothing_but_a_day_tells_it(line, language):
    assert tells(line, DAY, language)
    assert day_in(line, language) == DAY


@pytest.mark.parametrize(
    "line",
    ["14 Dec 2025", "December 15, 2025: the ferry", "In 2025 the 15 of us left in December", "Dec 15", "31 Feb 2025"],
)
def test_any_other_line_does_not(line):
    assert not tells(line, DAY, "en")


@pytest.mark.parametrize(
    ("head", "byline", "published"),
    [
        (["By Jo Writer", "15 December 2025"], "Jo Writer", DAY),
        (["15 December 2025", "By Jo Writer"], "Jo Writer", DAY),
        (["By Jo Writer, 15 December 2025"], "Jo Writer", DAY),
        (["By Jo Writer and Ada Quay | Dec 15, 2025"], "Jo Writer and Ada Quay", DAY),
        (["Author: Jo Writer"], "Jo Writer", None),
        (["2025-12-15"], None, DAY),
        ([], None, None),
    ],
)
@pytest.mark.parametrize("kind", ["plain", "markdown"])
def test_who_wrote_a_text_and_when_is_found_below_its_title(kind, head, byline, published):
    mark = "# " if kind == "markdown" else ""
    text = "\n\n".join([f"{mark}The clerk", *head, *TEXTS])
    article = extract(Page(url="clerk", media_type=f"text/{kind}", text=text), Extraction())
    assert (article.title, article.byline, article.published) == ("The clerk", byline, published)
    assert [block.text for block in article.blocks] == list(TEXTS)
    assert [cut.text for cut in article.cuts if cut.rule == "byline"] == head


@pytest.mark.parametrize(
    "line", ["By day the lamp is out, and by night nobody looks at it.", "A note by the clerk", "1 May"]
)
def test_a_line_of_the_text_stays(line):
    article = extract(
        Page(url="clerk", media_type="text/plain", text="\n\n".join(["The clerk", line, *TEXTS])), Extraction()
    )
    assert article.blocks[0].text == line


def test_a_text_may_say_of_itself_what_letters_do():
    text = "Title: The clerk\nAuthor: Jo Writer\nDate: 2025-12-15\n\n" + "\n\n".join(TEXTS)
    article = extract(Page(url="clerk.txt", media_type="text/plain", text=text), Extraction())
    assert (article.title, article.byline, article.published) == ("The clerk", "Jo Writer", DAY)
    assert [block.text for block in article.blocks] == list(TEXTS)


def test_what_front_matter_says_goes_before_the_lines_below_the_title():
    text = "---\nauthor: Ada Quay\n---\n# The clerk\n\n*By Jo Writer*\n\n" + "\n\n".join(TEXTS)
    article = extract(Page(url="clerk.md", media_type="text/markdown", text=text), Extraction())
    assert article.byline == "Ada Quay"
    assert [block.text for block in article.blocks] == list(TEXTS)
