"""What a stranger writes into titles, names and texts never commands a terminal, breaks a file or shows nothing."""

import os
import re
import sys
from dataclasses import replace

import pytest

from audioed.characters import line, plain, shown
from audioed.config import Extraction
from audioed.errors import ExtractionError, FetchError
from audioed.extraction import extract
from audioed.extraction.fetch import read, read_text
from audioed.extraction.printable import printable
from audioed.model import Article, Block, Cut, Page
from audioed.nouns import dump

SENTENCE = "The ferry left at seven, and nobody on the pier could say who had cast off its lines that morning. "
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
HOSTILE = "\x1b[31mRed\x1b[0m \x1b]0;owned\x07 tide\x9b2J \ufffe\U0001ffff\u202eand\u2069 ebb\x00\x08"


def article(text, media_type, url="page"):
    return extract(Page(url=url, media_type=media_type, text=text), Extraction())


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/html", f"<title>{HOSTILE}</title><h1>{HOSTILE}</h1><p>{SENTENCE * 9}{HOSTILE}</p>"),
        (
            "text/html",
            f"<h1>&#27;[31mRed &#xFFFE;tide&#7; and &#x202e;ebb</h1><p>{SENTENCE * 9}&#27;[2J&#31;</p>",
        ),
        ("text/markdown", f"# {HOSTILE}\n\n{SENTENCE * 9}\n\n- {HOSTILE}\n"),
        (
            "text/markdown",
            f'---\ntitle: "\\e[31mRed tide \\x9B \\uFFFE and \\u202E ebb\\a"\n---\n{SENTENCE * 9}&#27;&#x7;',
        ),
        (
            "text/markdown",
            f"---\ntitle: {HOSTILE}\nimage: https://a.example/b\nimage_alt: {HOSTILE}\n---\n{SENTENCE * 9}",
        ),
        (
            "text/markdown",
            f'---\nlexicon: {{"a\\e[1m": "b\\a"}}\nauthor: "Ann\\e[0m Lee"\n---\n# Red tide and ebb\n{SENTENCE}',
        ),
        ("text/plain", f"{HOSTILE}\n\n{SENTENCE * 9}{HOSTILE}"),
    ],
    ids=["HTML", "entities", "Markdown", "YAML's escapes", "front matter", "a lexicon", "plain text"],
)
def test_a_text_loses_what_nobody_sees_or_says(media_type, text):
    found = article(text, media_type, url="notes \x1b[2J\udce9.md")
    assert not FORBIDDEN.search(dump(found).decode().replace("\n", ""))
    assert re.sub(r"\[\S*?m|2J", "", found.title).split() == ["Red", "tide", "and", "ebb"]
    assert found.name == "notes é.md"


@pytest.mark.parametrize("title", ["\u0301\u0302", "\u200d\u200f", "&#x2800;&#x3164;", "\ufe0f", "\u202e"])
def test_a_title_of_nothing_to_see_is_replaced_by_the_name(title):
    for media_type, text in (
        ("text/html", f"<title>{title}</title><h1>{title}</h1><p>{SENTENCE * 9}</p>"),
        ("text/markdown", f"---\ntitle: '{title}'\n---\n{SENTENCE * 9}"),
    ):
        assert shown(article(text, media_type, url="ferry.md").title)
    assert printable(Article(title=title, name="\u0301")).title in {"untitled", title}


def test_a_title_of_endless_length_is_shortened_and_kept_among_the_cuts():
    endless = "The tide and the ebb " * 5_000
    found = article(f"---\ntitle: {endless}\n---\n{SENTENCE * 9}", "text/markdown")
    assert len(found.title) <= 300
    assert found.title.endswith(" …")
    assert found.cuts[0] == Cut(text=endless.strip(), rule="title", at=0)


def test_joiners_emoji_and_the_accents_of_every_script_stay():
    for text in (
        "👩\u200d🚀 🏴",
        "می\u200cخواهم",
        "שָׁ֣לוֹם",
        "Tiếng Việt",
        "นี้",
        "e\u0301\u0323",
        "\u200fשלום",
        "H\u2082O",
    ):
        assert line(text) == text
    assert plain("e" + "\u0301" * 50) == "e" + "\u0301" * 8


def test_a_block_of_nothing_leaves_without_moving_what_is_cut_beside_it():
    blocks = tuple(Block(kind="paragraph", text=text) for text in ("one", "\u200b\x1b", "two"))
    cuts = tuple(Cut(text=f"cut {at}", rule="share", at=at) for at in range(4))
    found = printable(Article(title="x", name="x", blocks=blocks, cuts=cuts))
    assert [block.text for block in found.blocks] == ["one", "two"]
    assert [cut.at for cut in found.cuts] == [0, 1, 1, 2]


def test_an_article_without_such_characters_is_left_as_it_is():
    whole = Article(title="x", name="x", byline="Ann Lee", blocks=(Block(kind="paragraph", text="Café."),))
    assert printable(whole) == whole
    assert printable(replace(whole, byline="\u200b")).byline is None


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are always Unicode there")
def test_a_file_name_that_is_not_utf_8_is_told_as_its_writer_meant_it(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \x1b[2J.txt")
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a name that is no text
        file.write(f"{SENTENCE * 40}")
    found = extract(read(path, Extraction()), Extraction())
    assert found.name == "café .txt"
    assert dump(found)
    with pytest.raises(FetchError, match=r"café x\.txt does not exist") as told:
        read(path.replace("\x1b[2J", "\x1b[2Jx"), Extraction())
    assert told.value.name.encode()


def test_a_sentence_about_a_stranger_is_one_line_without_commands():
    told = ExtractionError("a\x1b]2;owned\x07\nb\udcff\x9b is bad.", name="a\nb\x1b")
    assert (str(told), told.name) == ("a bÿ is bad.", "a b")


def test_standard_input_has_no_more_bytes_than_any_page():
    with pytest.raises(FetchError, match=r"larger than 0\.0001 MB"):
        read_text(b"PK\x03\x04" + b"x" * 200, "standard input", Extraction(max_bytes=100))


def test_where_a_cut_stood_is_a_number_in_what_is_stored():
    blocks, cuts = (Block(kind="paragraph", text=SENTENCE),), (Cut(text="Share", rule="share", at=1),)
    assert b'"at": 1' in dump(printable(Article(title="Tide", name="page", language="en", blocks=blocks, cuts=cuts)))
