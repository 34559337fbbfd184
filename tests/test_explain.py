"""Each piece of a page is spoken, or cut with the name of its rule; nothing vanishes."""

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from audioed import explain, store
from audioed.config import Config, Extraction
from audioed.errors import ExtractionError, StoreError
from audioed.explain import REASONS, reason
from audioed.extraction import extract, judge, sections, surroundings, suspicion
from audioed.extraction.fetch import read
from audioed.model import Article, Block, Cut

DATA = Path(__file__).parent / "data" / "extraction"
PAGES = [DATA / name for name in ("bridge.html", "harbour-letter.html", "author-control.html")]
ARTICLE = Article(
    title="A <script>alert(1)</script> title",
    name="page",
    blocks=(
        Block(kind="paragraph", text="The first."),
        Block(kind="paragraph", text="It rained. Nobody minded. Become a member and support our work."),
    ),
    cuts=(
        Cut(text="Menu", rule="navigation", at=0),
        Cut(text="Photo: me", rule="caption", at=1),
        Cut(text="©", rule="footer", at=2),
    ),
)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def test_pieces_stand_in_the_order_of_the_page():
    assert [(piece.text, piece.kind or piece.rule) for piece in explain.explained(ARTICLE)] == [
        ("Menu", "navigation"),
        ("The first.", "body"),
        ("Photo: me", "caption"),
        ("It rained. Nobody minded.", "body"),
        ("Become a member and support our work.", "promo"),
        ("©", "footer"),
    ]


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_every_word_that_a_page_shows_is_said_or_cut(path):
    article = extract(read(str(path), Extraction()), Extraction())
    told = words(" ".join(piece.text for piece in explain.explained(article)))
    body = lxml_html.fromstring(path.read_text("utf-8")).find(".//body")
    for silent in body.xpath(".//script|.//style|.//template|.//noscript|.//*[@hidden]|.//sup"):
        silent.drop_tree()
    shown = words(" ".join(body.itertext()))
    assert shown - told - words(article.title) == set()


def test_the_page_shows_text_and_runs_nothing():
    page = explain.page([ARTICLE])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    tree = lxml_html.fromstring(page)
    assert [each.get("class") for each in tree.xpath("//p[@class]")] == [
        "body",
        "cut",
        "body",
        "cut",
        "body",
        "promo",
        "cut",
    ]
    assert tree.xpath("//script|//img|//link|//iframe") == []


def test_it_counts_what_is_said_and_what_is_cut():
    assert explain.counted(list(explain.explained(ARTICLE))) == "13 words are said, 4 are cut."


@pytest.fixture
def episode(tmp_path):
    """A folder in which an episode keeps eleven articles, and a copy of one that someone made."""
    folder = tmp_path / "episode"
    folder.mkdir()
    for name in (*range(1, 12), "1 copy", "one"):
        article = Article(title=f"Story {name}", blocks=(Block(kind="paragraph", text=f"It is told as {name}."),))
        (folder / f"article-{name}.json").write_bytes(store.dump(article))
    return folder


def page(name):
    return read(name, Extraction())


STORIES = [f"Story {number}" for number in range(1, 12)]


@pytest.mark.parametrize(
    ("named", "titles"),
    [
        (("episode",), STORIES),
        (("episode", "bridge.html"), [*STORIES, "The bridge that sings"]),
        (("bridge.html", "episode"), ["The bridge that sings", *STORIES]),
        (("episode", "bridge.html", "episode"), [*STORIES, "The bridge that sings", *STORIES]),
    ],
)
def test_episodes_and_pages_are_explained_in_the_order_they_are_named(episode, named, titles):
    paths = [str(episode if name == "episode" else DATA / name) for name in named]
    articles, skips = explain.gathered(paths, page, Config())
    assert [article.title for article in articles] == titles
    assert skips == ()


def test_what_gives_no_article_is_told_beside_what_does(episode, tmp_path):
    (episode / "article-3.json").write_text("{}", "utf-8")
    (tmp_path / "empty").mkdir()
    names = [str(episode), str(DATA / "bridge.html"), str(tmp_path / "empty"), str(tmp_path / "none.txt")]
    articles, skips = explain.gathered(names, page, Config())
    assert len(articles) == 1
    assert [skip.name for skip in skips] == [names[0], *names[2:]]
    for alone, kind in ((names[0], StoreError), (names[2], ExtractionError), (names[3], ExtractionError)):
        with pytest.raises(kind):
            explain.gathered([alone], page, Config())


def test_every_rule_has_its_reason_in_words():
    known = {*surroundings.RULES, *judge.RULES.values(), *sections.RULES, *suspicion.SKIPS.values()}
    assert known <= set(REASONS)
    assert (reason("made-up"), reason("")) == ("Cut as made up.", "")
