"""Body, headlines, promo: what each part of an article is."""

import pytest

from audioed.model import Block
from audioed.scripting.promo import is_promo
from audioed.scripting.segment import is_headline_list, parts


def items(*texts, linked=0.0):
    return tuple(Block(kind="item", text=text, linked=linked) for text in texts)


HEADLINES = (
    "Two pilot boats switch to batteries this summer",
    "Cruise ships must use power from the shore",
    "The grid operator asks for a second cable",
)
THINGS = ("two eggs", "a cup of flour", "some salt")
STEPS = (
    "Beat the eggs until they are pale, and add the sugar.",
    "Fold in the flour; do not stir it.",
    "Bake it for half an hour at 180 degrees.",
)


@pytest.mark.parametrize(
    ("row", "is_list"),
    [
        (items(*HEADLINES), True),
        (items(*(text[:30] for text in HEADLINES), linked=1.0), True),
        (items(*HEADLINES[:2]), False),
        (items(*THINGS), False),
        (items(*STEPS), False),
        (items(*(text.lower() for text in HEADLINES)), False),
        (items(*(f"{text} " * 6 for text in HEADLINES)), False),
    ],
    ids=["headlines", "links", "two", "things", "steps", "lower case", "prose"],
)
def test_a_list_is_read_as_headlines_when_it_is_one(row, is_list):
    assert is_headline_list(row) is is_list


@pytest.mark.parametrize(
    ("text", "promo"),
    [
        ("My new book, Forty Harbours, is now available as a paperback and an ebook.", True),
        ("If you like this letter, become a paid subscriber and support our work.", True),
        ("This issue is sponsored by Acme. Use the promo code HARBOUR for 10% off.", True),
        ("The audiobook is also available everywhere, and free with a 30-day trial.", True),
        ("Amazon reported higher profits on Thursday, and its shares rose by 3%.", False),
        ("She subscribes to the theory that ferries are bridges.", False),
        ("Electricity for one crossing costs $1,150; the diesel cost $6,400.", False),
        ("The library bought the paperback for its reading room in 1974.", False),
    ],
)
def test_a_promo_asks_the_listener_for_something(text, promo):
    assert is_promo(text) is promo


def kinds(*blocks):
    return [(part.kind, len(part.blocks)) for part in parts(blocks)]


def paragraph(text):
    return Block(kind="paragraph", text=text)


BUY = paragraph("My book is now available as an ebook.")
BODY = paragraph("The bridge opened on Monday.")
BLURB = paragraph("“A masterful job of tying events together.” — The Harbour Letter")


def test_a_headline_list_stands_between_two_parts_of_the_body():
    assert kinds(BODY, *items(*HEADLINES), BODY) == [("body", 1), ("headlines", 3), ("body", 1)]


def test_a_heading_begins_a_part_of_the_body():
    heading = Block(kind="heading", text="A quieter crossing")
    assert kinds(BODY, heading, BODY, BODY) == [("body", 1), ("body", 3)]


def test_praise_behind_a_promo_belongs_to_it():
    assert kinds(BODY, BUY, BLURB) == [("body", 1), ("promo", 2)]
    assert kinds(BODY, BLURB) == [("body", 2)]


def test_a_paragraph_between_two_promos_belongs_to_them():
    assert kinds(BODY, BUY, BODY, BUY, BODY) == [("body", 1), ("promo", 3), ("body", 1)]


def test_no_blocks_have_no_parts():
    assert kinds() == []
