import pytest

from audioed.config import Extraction
from audioed.extraction import breaks, extract
from audioed.model import Page

TYPED = [
    ("The bell rang once\nacross the bay\nand nobody woke", "The bell rang once, across the bay, and nobody woke"),
    ("The bell rang twice\nand the dog lay down", "The bell rang twice, and the dog lay down"),
    (
        "Tyger, tyger, burning bright,\nIn the forests of the night,\nWhat immortal hand or eye\nCould frame it?",
        "Tyger, tyger, burning bright, In the forests of the night, What immortal hand or eye, Could frame it?",
    ),
    ("Red\nBlue\nGreen", "Red, Blue, Green"),
    ("Ida Brandt\n12 Main Street\n45678 Town", "Ida Brandt, 12 Main Street, 45678 Town"),
    ("Hauling, tying, or-\ndering boats in the harbour", "Hauling, tying, ordering boats in the harbour"),
    ("The harbour of our town has a well-\nknown rope shop", "The harbour of our town has a well-known rope shop"),
    (
        "It was written by Anna-\nLena, whom everybody knew here",
        "It was written by Anna-Lena, whom everybody knew here",
    ),
    ("There are two-\nand three-year terms for all of them", "There are two- and three-year terms for all of them"),
    (
        "A line of prose that somebody broke at the margin\nof a narrow letter goes on as if it had never been\nbroken",
        "A line of prose that somebody broke at the margin of a narrow letter goes on as if it had never been broken",
    ),
    ("The Old Forge\n9 Church St.\nBath", "The Old Forge, 9 Church St., Bath"),
    ("He went.\nShe stayed.\nThat was all.", "He went. She stayed. That was all."),
    (
        "The oven of the bakery was heated for seven hours be-\nfore the first loaf, a long-\nlost art",
        "The oven of the bakery was heated for seven hours before the first loaf, a long-lost art",
    ),
]


@pytest.mark.parametrize(("written", "text"), TYPED)
def test_lines_are_heard_as_they_were_meant(written, text):
    assert breaks.typed(written) == text


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_verses_keep_their_pauses_and_margins_none(media_type):
    text = "\n\n".join(["A song", *(written for written, _ in TYPED[:5])])

    article = extract(Page(url="song", media_type=media_type, text=text), Extraction())

    assert [block.text for block in article.blocks][-5:] == [text for _, text in TYPED[:5]]


def test_a_text_that_begins_with_a_paragraph_loses_no_line_of_it_to_a_title():
    first = "The flood of nineteen twenty took our bridge, the\nmill and the school, and left the people of the valley"

    article = extract(Page(url="flood", media_type="text/plain", text=f"{first}.\n\nThey built again."), Extraction())

    assert article.blocks[0].text == f"{' '.join(first.split())}."


def covered(address, key):
    return bytes((key, *(each ^ key for each in address.encode()))).hex()


SMALL = [
    ("Sold out<img src='a.png' alt=''>Everything that the shop had was gone.", "Sold out Everything that"),
    ("In 1912<img src='a.png'>9 boats left the harbour of the town.", "In 1912 9 boats left"),
    ("The <img src='t.png' alt='T'>own had no other way to the sea.", "The Town had no"),
    ("It was gone<img src='smile.png' alt=':)'>. Nobody knew where.", "It was gone. Nobody"),
    (
        f"Write to <a data-cfemail='{covered('ada@example.com', 0x26)}'>[email&#160;protected]</a> today.",
        "to ada@example.com",
    ),
    (
        f"Ask <span data-cfemail='{covered('ö@bücher.example', 7)}'>[email&#160;protected]</span>.",
        "Ask ö@bücher.example.",
    ),
    ("Ask <a data-cfemail='0001020304050607'>nobody</a> but the keeper of the light.", "Ask nobody but"),
    ("Ask <a data-cfemail='not a code'>nobody</a> but the keeper of the light.", "Ask nobody but"),
]


@pytest.mark.parametrize(("markup", "heard"), SMALL)
def test_pictures_part_words_and_covered_addresses_are_read(markup, heard):
    body = f"<p>{markup}</p>" + "<p>The keeper of the light wrote all of it down, as he did every night.</p>" * 2
    page = Page(url="https://a.example/", media_type="text/html", text=f"<article><h1>Light</h1>{body}</article>")
    assert heard in extract(page, Extraction()).blocks[0].text
