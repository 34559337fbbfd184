"""Pages that have no article are refused with a sentence that says what they are; articles on such things are not."""

import itertools
import json
from pathlib import Path

import pytest

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction import extract
from audioed.model import Page

CASES = [
    line.split("\t")
    for line in Path(__file__).parents[1].joinpath("data/stubs/pages.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
OPENING = (
    (
        "The harbour of Selmouth has two clocks, and for as long as anybody can remember they have disagreed. "
        "The one on the customs house is fast, because its keeper once missed a train. "
        "The one on the church is slow, and its keeper says that the tide is what is early."
    ),
    (
        "Sailors who come in from the sea set their watches by neither. They ask the ferrymen, who have no clock at "
        "all and are never late, and who look at the weed on the third step of the slip before they answer."
    ),
)


def read(paragraphs, head=""):
    lines = [line for each in paragraphs for line in (OPENING if each == "…" else [each])]
    text = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html><head><title>The two clocks</title>{head}</head><body><div>{text}</div></body></html>"
    return extract(Page(url="https://tide.example/clocks", media_type="text/html", text=html), Extraction())


@pytest.mark.parametrize(("kind", "paragraphs"), CASES, ids=[" ".join(case[1].split()[:8]) for case in CASES])
def test_a_page_without_an_article_is_refused_by_what_it_is(kind, paragraphs):
    parts = [part.strip() for part in paragraphs.split("|")]
    if kind == "article":
        assert OPENING[0] in [block.text for block in read(parts).blocks]
    else:
        with pytest.raises(ExtractionError, match=kind):
            read(parts)


def test_a_teaser_of_an_article_that_is_not_free_is_refused():
    said = {"@type": "NewsArticle", "headline": "The two clocks", "isAccessibleForFree": "False"}
    with pytest.raises(ExtractionError, match="subscribers only"):
        read(["…"], f'<script type="application/ld+json">{json.dumps(said)}</script>')


def test_a_whole_article_that_is_not_free_is_read_where_the_page_holds_it():
    said = {"@type": "NewsArticle", "headline": "The two clocks", "isAccessibleForFree": False}
    things = ("anchors", "bells", "buoys", "charts", "compasses", "lamps", "nets", "oars", "pumps", "ropes", "sails")
    many = [
        f"Of {each} the {other} of Selmouth know everything, and what {each} cost in spring is what {other} cost in "
        f"autumn, unless the winter was long and the keepers of {each} and of {other} had to share a shed."
        for each, other in itertools.pairwise(things)
    ]
    article = read(many, f'<script type="application/ld+json">{json.dumps(said)}</script>')
    assert len(article.blocks) == len(many)


CARDS = {
    "cards": "<div class='c'><a href='/s{0}'><h2>The {1} clock</h2></a><p>It is slow.</p><span>{0} May</span></div>",
    "archive": "<article class='post'><h3><a href='/{0}'>Of {1}</a></h3><p>A short word on {1}.</p></article>",
    "list": "<li class='i'><div><h4><a href='{1}.html'>{1} again</a></h4><time>{0} June</time></div></li>",
}
THINGS = ("anchors", "bells", "buoys", "charts", "compasses", "lamps", "nets")


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_page_of_lists_says_so(card):
    cards = "".join(card.format(i, each) for i, each in enumerate(THINGS, start=1))
    text = f"<html><head><title>Culture</title></head><body><main><h1>Culture</h1>{cards}</main></body></html>"
    with pytest.raises(ExtractionError, match="is a list of articles; name one of them"):
        extract(Page(url="https://tide.example/culture", media_type="text/html", text=text), Extraction())


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_an_article_with_lists_of_others_below_is_no_list(card):
    cards = "".join(card.format(i, each) for i, each in enumerate(THINGS, start=1))
    text = f"<body><main><h1>The clocks</h1><p>{OPENING[0]}</p><p>{OPENING[1]}</p>{cards}</main></body>"
    found = extract(Page(url="https://tide.example/culture", media_type="text/html", text=text), Extraction())
    assert OPENING[1] in [block.text for block in found.blocks]


@pytest.mark.parametrize("joint", ["\n\n", "</p><p>", "<br />"])
def test_the_text_of_the_structured_data_is_read_where_the_page_has_none(joint):
    said = {"@type": "NewsArticle", "headline": "The two clocks", "articleBody": joint.join(OPENING)}
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    text = f"<html><head>{script}</head><body><h1>The two clocks</h1><div id='app'></div></body></html>"
    found = extract(Page(url="https://tide.example/x", media_type="text/html", text=text), Extraction())
    assert [block.text for block in found.blocks] == list(OPENING)
