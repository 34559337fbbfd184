"""Pieces of pages and texts as people have reported them, each with what is heard of it and what is cut."""

import tomllib
from pathlib import Path

import pytest

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction import extract
from audioed.extraction.lines import rule_of
from audioed.model import Block, Page

DATA = Path(__file__).parents[1] / "data" / "kinds"
BEFORE = "The keeper of the light wrote down every ship that passed the head, and he did so for forty years."
AFTER = "When the light was put out at last, the books were found in the cellar, dry and in good order."


def cases(name):
    found = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(each, id=each["name"]) for each in found]


def judged(article, case):
    texts = [block.text for block in article.blocks if block.text not in {BEFORE, AFTER}]
    assert texts == case["said"]
    assert len(article.blocks) == len(texts) + 2
    cuts = [[cut.text, cut.rule] for cut in article.cuts]
    assert [cut for cut in case["cut"] if cut not in cuts] == [], cuts


@pytest.mark.parametrize("case", cases("html"))
def test_a_piece_of_a_page_is_heard_as_its_author_would_read_it(case):
    inside = f"<h1>The light</h1><p>{BEFORE}</p>{case['html']}<p>{AFTER}</p>"
    text = f"<html lang='en'><body><article>{inside}</article></body></html>"
    judged(extract(Page(url="page", media_type="text/html", text=text), Extraction()), case)


@pytest.mark.parametrize("case", cases("markdown"))
def test_a_piece_of_markdown_is_heard_as_its_author_would_read_it(case):
    text = f"# The light\n\n{BEFORE}\n\n{case['markdown']}\n{AFTER}\n"
    judged(extract(Page(url="page", media_type="text/markdown", text=text), Extraction()), case)


def test_front_matter_in_toml_is_read_as_that_in_yaml():
    text = f'+++\ntitle = "The light"\ndate = 2024-05-02\nauthor = "Nora Hill"\ntags = ["lamps"]\n+++\n\n{BEFORE}\n'
    article = extract(Page(url="page", media_type="text/markdown", text=text), Extraction())
    assert (article.title, article.byline, str(article.published)) == ("The light", "Nora Hill", "2024-05-02")
    assert article.tags == ("lamps",)
    assert [block.text for block in article.blocks] == [BEFORE]


def test_broken_toml_is_told():
    with pytest.raises(ExtractionError, match="correct the lines between the two \\+\\+\\+"):
        extract(Page(url="page", media_type="text/markdown", text=f"+++\ntitle =\n+++\n\n{BEFORE}\n"), Extraction())


LETTER = """From: Nora Hill <nora@tide.example>
Subject: Re: The roof of the tower

The roof lets water in whenever the wind comes from the north-west, and it
has done so since the storm, which nobody can have failed to notice who has
seen the buckets.

--\x20
Nora
Tel. 555 0102
"""


def test_a_letter_is_read_without_its_head_and_its_signature():
    article = extract(Page(url="page", media_type="text/plain", text=LETTER), Extraction())
    assert article.title == "The roof of the tower"
    assert [block.text for block in article.blocks] == [" ".join(LETTER.split("\n\n")[1].split())]
    assert [(cut.text, cut.rule) for cut in article.cuts] == [("Nora Tel. 555 0102", "author")]


RELEASE = """<h1>Tide Lines orders a lamp</h1>{}<h3>About Tide Lines</h3>
<p>Tide Lines runs nine ships between eleven ports.</p>
<h3>Media contact</h3><p>Nora Hill, nora@tide.example</p>"""


def test_a_press_release_is_read_without_what_its_sender_says_of_itself():
    prose = "".join(f"<p>{BEFORE.replace('forty', year)}</p>" for year in ("ten", "twenty", "thirty", "sixty"))
    text = f"<html lang='en'><body><article>{RELEASE.format(prose)}</article></body></html>"
    article = extract(Page(url="page", media_type="text/html", text=text), Extraction())
    assert len(article.blocks) == 4
    assert {"About Tide Lines", "Media contact", "Nora Hill, nora@tide.example"} <= {cut.text for cut in article.cuts}


def lines():
    rows = (DATA / "furniture.tsv").read_text("utf-8").splitlines()
    return [row.split("\t") for row in rows if not row.startswith("#")]


@pytest.mark.parametrize(("text", "rule"), lines())
def test_a_line_of_furniture_is_told_by_its_words(text, rule):
    assert rule_of(Block(kind="paragraph", text=text)) == rule


@pytest.mark.parametrize("case", cases("titles"))
def test_a_page_is_called_as_its_readers_call_it_and_signed_by_who_wrote_it(case):
    prose = "".join(f"<p>{BEFORE.replace('forty', year)}</p>" for year in ("ten", "twenty", "thirty"))
    text = f"<html lang='en'><head>{case['head']}</head><body>{case['body']}{prose}</body></html>"
    found = extract(Page(url="page", media_type="text/html", text=text), Extraction())
    assert (found.title, found.byline or "") == (case["title"], case.get("byline", ""))
    assert case["title"] not in [block.text for block in found.blocks]
