"""HTML in a Markdown text is heard, changed and left out as on the web page that the Markdown stands for."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.model import Page

PROSE = (
    "The ferry left at seven, and nobody on the pier could say who had cast off its lines that morning.",
    "It came back at noon with the same captain, two more passengers and a crate that nobody had ordered.",
    "Since then the harbour office writes down every line, every knot and every hand that touches one.",
)
PAGE = """# The ferry

{0}

{island}

{1}

{2}
"""


def article(island, media_type="text/markdown"):
    text = PAGE.format(*PROSE, island=island)
    if media_type == "text/html":
        text = f"<article>{MarkdownIt('commonmark').render(text)}</article>"
    return extract(Page(url="page", media_type=media_type, text=text), Extraction())


ISLANDS = [
    '<div data-audioed="skip">A line that is never read.</div>',
    '<div data-audioed="skip">\n\nA line *that* is never read.\n\n- Nor this.\n\n</div>',
    '<section data-audioed="headlines">\n\n## Elsewhere at sea\n\n- A tug has sunk.\n- A barge has not.\n\n</section>',
    '<p data-audioed="promo">Support the harbour log with a few coins.</p>',
    'A word about <b data-spoken="the Sailmouth">the Selmouth</b> ferry is in order here.',
    '<p data-spoken="Three bells.">Bells: 3</p>',
    '## Of <span data-spoken="noughts">0s</span> and ones',
    "<h3>Of knots and hands</h3>",
    "<h2 align='center'>Of <i>knots</i></h2>",
    "<details><summary>More</summary>\n\nThe crate was empty, which nobody at all wrote down.\n\n</details>",
    '<p lang="fr">La mer est calme, et le capitaine ne dit rien de la caisse.</p>',
    'The captain said <i lang="fr">la mer est calme ce matin</i> and nothing else at all.',
    "<nav><a href='/a'>One</a> <a href='/b'>Two</a></nav>",
    "<div><p>One paragraph is enough for a crate.</p></div>\n\n<div>\n\nAnd one more for its lid.\n\n</div>",
    "<script>if (a < b) { document.write('<div>') }</script>",
    "<!-- <div> a note to the editor -->",
    "<img src='x.png' alt='a picture'>",
]


def plain(article):
    """The blocks; only on web pages it is judged which are no promos."""
    return [replace(block, reading="" if block.reading == "body" else block.reading) for block in article.blocks]


@pytest.mark.parametrize("island", ISLANDS)
def test_an_island_is_read_as_on_a_web_page(island):
    there, here = article(island, "text/html"), article(island)
    assert here.title == there.title
    assert plain(here) == plain(there)
    assert {cut.text for cut in there.cuts if cut.rule == "author-skip"} == {
        cut.text for cut in here.cuts if cut.rule == "author-skip"
    }


def test_what_the_author_calls_the_article_is_all_that_is_read():
    found = article(f'<div data-audioed="article">\n\n{PROSE[1]} {PROSE[2]}\n\n</div>')
    assert [block.text for block in found.blocks] == [f"{PROSE[1]} {PROSE[2]}"]
    assert {cut.text for cut in found.cuts} >= set(PROSE)


def test_an_element_that_is_never_closed_and_one_that_never_opened_lose_nothing():
    for island in ("<div>", "</div>", "<div><section>", "<b>", "</b></div>", "<div data-audioed='body'>"):
        assert [block.text for block in article(island).blocks] == list(PROSE)


def test_pictures_and_code_beside_html_are_cut_as_everywhere():
    found = article("A word <b>in bold</b> stands here ![a crate](crate.png) beside its picture.\n\n```\nx = 1\n```")
    assert {(cut.text, cut.rule) for cut in found.cuts} >= {("a crate", "image"), ("x = 1", "code")}
    assert "A word in bold stands here beside its picture." in [block.text for block in found.blocks]


@pytest.mark.parametrize("markup", ["<", "<!--", "<a", "<script>", "<div>", "</div>", "<div", "<b>x", "&#27;"])
def test_endless_markup_is_read_or_refused_without_waiting(markup):
    assert article(f"{markup * 10_000}\n\n{markup * 10_000}").blocks
