"""Each input in tests/data/extraction with its article, its entries or its error beside it."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from audioed.config import Extraction
from audioed.errors import ExtractionError, Withheld
from audioed.extraction import extract
from audioed.extraction.feed import entries
from audioed.extraction.fetch import read
from audioed.model import Article, Page
from audioed.nouns import dump

DATA = Path(__file__).parents[1] / "data" / "extraction"
SHARED = Path(__file__).parents[2].parent / "shared"
INPUTS = sorted(path for path in DATA.iterdir() if path.suffix != ".json")
CONFIG = Extraction()


def outcome(path: Path) -> object:
    page = read(str(path), CONFIG)
    if page.media_type == "application/xml":
        page = Page(url="https://feed.example/all", media_type=page.media_type, text=page.text)
        return json.loads(json.dumps([asdict(entry) for entry in entries(page)], default=str))
    try:
        return json.loads(dump(extract(page, CONFIG)))
    except ExtractionError as error:
        return {"error": str(error)}


def without_ids(told: object) -> object:
    """What was read and says something, without the schema's number, ids that are not worked out yet, and odds."""
    if isinstance(told, list):
        return [without_ids(each) for each in told]
    if not isinstance(told, dict):
        return told
    read = {key: value for key, value in told.items() if (key, value) != ("reading", "body")}
    left = {"schema", "ids", "probability", "why"}
    return {key: without_ids(value) for key, value in read.items() if value and key not in left}


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_an_input_gives_what_stands_beside_it(path):
    expected = path.with_name(f"{path.name}.expected.json")
    assert without_ids(outcome(path)) == without_ids(json.loads(expected.read_text("utf-8")))


def article(text: str, media_type: str = "text/plain", url: str = "page") -> Article:
    return extract(Page(url=url, media_type=media_type, text=text), CONFIG)


@pytest.mark.parametrize(
    ("media_type", "text", "says"),
    [
        ("text/plain", "", "page holds no text"),
        ("text/html", "<html></html>", "page holds no text"),
        (
            "text/html",
            "<p>You need to enable JavaScript to run this app.</p>",
            "page only shows its text with JavaScript",
        ),
        ("text/html", "<h1>404</h1><p>The page you are looking for was not found.</p>", "page is an error page"),
        ("text/html", "<p>Please verify you are human to go on.</p>", "page asks for a human reader"),
        ("application/xml", "<rss/>", "page is a feed, not an article"),
    ],
)
def test_a_page_without_an_article_says_why_in_one_sentence(media_type, text, says):
    with pytest.raises(ExtractionError, match=f"^{says}[^\n]*\\.$") as caught:
        article(text, media_type)
    assert caught.value.name == "page"


@pytest.mark.parametrize("text", ["not a feed", "<rss><channel>", "http://example.org/feed", "/etc/passwd", ""])
def test_what_is_no_feed_is_refused_and_never_opened(text):
    with pytest.raises(ExtractionError, match="is not a readable RSS or Atom feed"):
        entries(Page(url="https://x.example/feed", media_type="application/xml", text=text))


def test_a_full_entry_is_an_article_with_its_author_and_day():
    path = DATA / "news.rss"
    page = Page(url="https://hill.example/feed", media_type="application/xml", text=path.read_text("utf-8"))
    full = [entry.page for entry in entries(page) if entry.page and entry.whole]
    found = extract(full[0], CONFIG)
    assert (found.title, found.byline, str(found.published), found.url) == (
        "In full",
        "Nora Hill",
        "2026-02-02",
        "https://hill.example/2",
    )
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph", "paragraph", "heading", "paragraph"]


PARAGRAPH = "<p>This is a paragraph of an ordinary article, which says <b>something</b> and then says some more.</p>"


MONSTERS = (
    "<div>" * 10_000 + PARAGRAPH,
    PARAGRAPH * 5 + "<span>" * 10_000,
    PARAGRAPH * 7_000,
    PARAGRAPH * 5 + "<table><tr><td>" * 10_000,
    PARAGRAPH * 5 + "<ul><li>" * 10_000,
    PARAGRAPH * 5 + "<p>Sources</p>" * 30_000,
    PARAGRAPH * 5 + "<ul>" + '<li><a href="/a">One more link</a></li>' * 60_000,
)


@pytest.mark.parametrize("text", MONSTERS, ids=range(len(MONSTERS)))
def test_a_monstrous_page_neither_crashes_nor_hangs(text):
    try:
        assert article(text, "text/html").name == "page"
    except ExtractionError as error:
        assert "holds no text" in str(error) or "as a book" in str(error)  # noqa: PT017 - either is fine


def test_every_word_of_a_text_is_a_block_or_a_cut():
    for path in DATA.glob("*.txt"):
        found = extract(read(str(path), CONFIG), CONFIG)
        pieces = [found.title, *(block.text for block in found.blocks), *(cut.text for cut in found.cuts)]
        said = sorted(" ".join(pieces).split())
        assert said == sorted(word for word in path.read_text("utf-8").split() if word not in {"-", ">"})


def test_importing_the_craft_loads_none_of_its_libraries():
    code = (
        "import sys, audioed.extraction, audioed.extraction.fetch, audioed.extraction.feed\n"
        "heavy = {'trafilatura', 'lxml', 'feedparser', 'markdown_it', 'urllib3', 'frontmatter'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_the_seed_keeps_its_first_copy_and_nothing_else():
    path = SHARED / "seed" / "article.txt"
    if not path.exists():
        pytest.skip("The seed article is not here: it lies beside the checkout of those who may read it.")
    found = extract(read(str(path), CONFIG), CONFIG)
    lines = [line.removeprefix("- ") for line in path.read_text("utf-8").splitlines() if line.strip()]
    assert found.title == lines[0]
    assert [block.text for block in found.blocks] == lines[1:23]
    assert [block.kind for block in found.blocks].count("item") == 8
    assert found.blocks[0].kind == "heading"
    assert {cut.rule for cut in found.cuts} == {"repeated-copy", "comments"}
    assert [cut.text for cut in found.cuts] == lines[23:]


@pytest.mark.parametrize(
    "line",
    [
        "Topics range from bees to bread.",
        "Published in 1922, it became her greatest success.",
        "Photos by amateur astronomers show the comet two days earlier.",
        "Like the story of Icarus, this one ended in water.",
        "Next page was blank.",
        "Back to the future we go.",
        "10 minutes",
        "Your email is not as private as you think, says the court.",
        "By clicking a single link the spy gave himself away.",
        "More from the sea than from the land.",
        "The comments were kind.",
        "We share this view.",
        "Twitter is not what it was.",
        "Half of all readers unsubscribe within a year, and publishers have only begun to ask them why.",
        "My grandfather wrote whole novels without ever learning how to copy and paste.",
        "He asked the paper not to mention me in its report, and it kept its word.",
        "Rate the newsletter industry by its profits and the issue looks different.",
        "Rate this against what it costs.",
        "Unsubscribed readers rarely come back.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_heard(line):
    found = article(
        f"A title\n\nThe first paragraph says something.\n\n{line}\n\nThe last paragraph says something else."
    )
    assert [block.text for block in found.blocks][1] == line
    assert found.cuts == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Share. Facebook LinkedIn Email Copy Link Bluesky", "share"),
        ("Read more: The mill that walked", "related"),
        ("Photo: Village archive", "caption"),
        ("Last updated on March 4, 2024", "byline"),
        ("7 min read", "byline"),
        ("Enter your email address to subscribe", "sign-up"),
        ("We use cookies to make this site better.", "cookies"),
        ("https://example.org/", "address"),
        ("* * *", "ornament"),
        ("Tags: bees, bread", "navigation"),
        ("Leave a comment", "comments"),
        ("© 2026 River Gazette", "footer"),
        ("Advertisement", "advertisement"),
    ],
)
def test_furniture_is_cut_under_the_name_of_its_rule(line, rule):
    found = article(
        f"A title\n\nThe first paragraph says something.\n\n{line}\n\nThe last paragraph says something else."
    )
    assert [(cut.text, cut.rule) for cut in found.cuts] == [(line, rule)]
    assert len(found.blocks) == 2


def test_an_author_who_greets_is_heard_at_the_start_and_cut_as_a_note_at_the_end():
    hello = "Hi, I'm Anna, and this is the first post on this blog, which will be about the clocks of small towns."
    prose = "".join(
        f"<p>Clock number {n} stands in a square where nobody has looked at it for many years.</p>" for n in "abcdef"
    )
    page = "<html><body><article><h1>Clocks</h1>{}</article></body></html>"
    first = article(page.format(f"<p>{hello}</p>{prose}"), "text/html")
    last = article(page.format(f"{prose}<p>{hello}</p>"), "text/html")
    assert first.blocks[0].text == hello
    assert ("author", hello) in {(cut.rule, cut.text) for cut in last.cuts}


FRONT = "---\ntitle: The lamp\nvoice: joe-plain\nlexicon: {Selmouth: SEL-muth}\nskip: [Notes of the printer]\n---\n"
TEXT = """
The lamp of Selmouth is lit by hand, and whoever lights it signs a book that is older than the lamp.

## Notes of the printer

This page was set by hand, too, and nobody is meant to hear that.

### Paper

It came from the mill at Harrow.

## The book

The first name in it cannot be read, because the lamp once dripped on it.

```python
light(lamp)
```

| Year | Keepers |
| ---- | ------- |
| 1900 | 4       |

The last name in it is that of a child, who was allowed to hold the match.
"""


def test_front_matter_names_a_voice_and_the_sections_that_nobody_hears():
    found = article(FRONT + TEXT, "text/markdown")
    assert (found.voice, found.lexicon) == ("joe-plain", (("Selmouth", "SEL-muth"),))
    assert [cut.text for cut in found.cuts if cut.rule == "author-skip"] == [
        "Notes of the printer",
        "This page was set by hand, too, and nobody is meant to hear that.",
        "Paper",
        "It came from the mill at Harrow.",
    ]
    assert "The book" in [block.text for block in found.blocks]


@pytest.mark.parametrize("said", ["true", "yes", '"true"'])
def test_an_article_that_its_author_withholds_says_so(said):
    with pytest.raises(Withheld, match="remove that to have it read"):
        article(f"---\nskip: {said}\n---\n{TEXT}", "text/markdown")


PAGE = "<article><h1>The lamp</h1>{}</article>".format(
    "".join(
        f"<p>The lamp of Selmouth is lit by hand every evening, said keeper number {n}, and it burns until {n}.</p>"
        + (
            "<pre><code>light(lamp)</code></pre><table><tr><th>Year</th><th>Keepers</th></tr><tr><td>1900</td><td>4</td></tr>"
            "</table>"
            if n == 3
            else ""
        )
        for n in range(1, 7)
    )
)


@pytest.mark.parametrize(("media_type", "text"), [("text/html", PAGE), ("text/markdown", FRONT + TEXT)])
@pytest.mark.parametrize(("code", "tables"), [("cut", "read"), ("read", "cut")])
def test_code_and_tables_are_read_or_cut_as_the_show_wishes(media_type, text, code, tables):
    found = extract(Page(url="page", media_type=media_type, text=text), Extraction(code=code, tables=tables))
    said, cut = [block.text for block in found.blocks], {each.text: each.rule for each in found.cuts}
    assert ("light(lamp)" in said, cut.get("light(lamp)")) == ((True, None) if code == "read" else (False, "code"))
    assert ("1900, 4" in said, cut.get("1900, 4")) == ((True, None) if tables == "read" else (False, "table"))


@pytest.mark.parametrize(
    ("head", "picture"),
    [
        ('<meta property="og:image:alt" content="A lamp, lit">', ""),
        ("", '<img src="/lamp.jpg?w=800" alt="A lamp,  lit">'),
    ],
)
def test_the_lead_image_comes_with_what_it_shows_and_nobody_hears_that(head, picture):
    page = (
        f'<head><meta property="og:image" content="/lamp.jpg">{head}</head>{PAGE.replace("</h1>", f"</h1>{picture}")}'
    )
    found = article(page, "text/html", "https://tide.example/lamp")
    assert (found.image, found.image_alt) == ("https://tide.example/lamp.jpg", "A lamp, lit")
    assert "A lamp, lit" not in " ".join(block.text for block in found.blocks)


def test_a_lexicon_in_the_front_matter_that_is_none_is_explained():
    with pytest.raises(ExtractionError, match="how it is said"):
        article(f"---\nlexicon: Selmouth\n---\n{TEXT}", "text/markdown")


@pytest.mark.parametrize(
    "first", ["<article>", "<main><article>", "<header>Menu</header><article>", "<p>Hello.</p><article>"]
)
def test_a_page_may_leave_out_its_body_tags(first):
    text = "The bridge opens on Monday, after five years of work and three of waiting, said the mayor of the town. " * 3
    page = (
        f"<!doctype html><meta charset=utf-8><title>The bridge</title>{first}<h1>The bridge</h1><p>{text}</p></article>"
    )

    told = article(page, "text/html")

    assert text.strip() in [block.text for block in told.blocks]
    assert told.title == "The bridge"
