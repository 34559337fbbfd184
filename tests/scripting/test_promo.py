"""A promo is found whole: its heading, its lead-in, its offer and its button; an article's subject is none."""

import pytest

from audioed.model import Block
from audioed.scripting.promo import is_promo_heading, promos, with_promos_apart


def heading(text: str, level: int = 2) -> Block:
    return Block(kind="heading", text=text, level=level)


def paragraph(text: str, linked: float = 0.0) -> Block:
    return Block(kind="paragraph", text=text, linked=linked)


TALE = paragraph("The ferry left at four, and nobody on board had slept. " * 12)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Advertisement: The Tide Table Calendar", True),
        ("A map of all lighthouses (Sponsored)", True),
        ("Thanks to our sponsors", True),
        ("Support my work", True),
        ("More ways I can help you", True),
        ("Unterstützen Sie unsere Arbeit", True),
        ("Enjoying this letter? Tell a friend", True),
        ("Support for older engines", False),
        ("Sponsors leave the festival", False),
        ("The art of the advertisement", False),
        ("How to stay dry", False),
        ("The spark plug", False),
        ("Love in the time of cholera?", False),
        ("Like a bridge over the river? Not quite", False),
        ("The patrons of the old theatre", False),
    ],
)
def test_a_heading_opens_a_section_of_the_authors_own(text, opens):
    assert is_promo_heading(text) is opens


def test_a_promo_section_ends_at_the_next_heading_that_is_not_below_it():
    blocks = [
        TALE,
        heading("Our courses"),
        heading("Free", level=3),
        paragraph("Knots."),
        heading("Weather"),
        paragraph("Rain."),
    ]
    assert promos(blocks) == {1, 2, 3}


def test_a_heading_that_would_make_most_of_the_article_a_promo_makes_only_its_own_paragraphs_one():
    blocks = [
        heading("Subscribe", level=1),
        paragraph("It is free."),
        heading("The tide", level=2),
        *[TALE] * 3,
    ]
    assert promos(blocks) == {0, 1}


SHORT = paragraph("It costs you less than a cup of coffee a week.")
BUTTON = paragraph("Become a member", linked=1.0)


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        ([TALE, heading("Support our work"), SHORT, TALE, TALE], {1, 2}),
        ([heading("Support our work"), SHORT, TALE], {0, 1}),
        ([TALE, heading("Subscribe"), BUTTON, BUTTON, TALE, TALE], {1, 2, 3}),
        ([TALE, heading("Unterstützen Sie uns"), SHORT, TALE, TALE, heading("Day two", 3), TALE], {1, 2}),
        ([paragraph("那天早晨，渡轮在雨中离开了港口。" * 9), heading("Support our work"), SHORT], {1, 2}),
        ([TALE, heading("Support our work"), SHORT, heading("Day two"), TALE, TALE], {1, 2}),
        ([TALE, heading("Support our work")], {1}),
    ],
)
def test_an_article_that_goes_on_below_a_plea_without_a_heading_is_none(blocks, found):
    assert promos(blocks) == found


def test_a_question_belongs_to_the_offer_that_answers_it():
    blocks = [
        TALE,
        paragraph("Not sure which knot is yours?"),
        paragraph("Take my free quiz: it tells you in a minute."),
        TALE,
    ]
    assert promos(blocks) == {1, 2}


def test_a_link_that_is_a_button_is_a_promo_and_a_link_in_the_text_is_none():
    button, link = (
        paragraph("👉 Order your copy today", linked=1.0),
        paragraph("Order was restored by noon.", linked=0.3),
    )
    assert promos([TALE, button, link]) == {1}


def test_a_plea_at_the_end_of_a_paragraph_is_parted_from_it():
    plea = "If you like this letter, become a member and support our work."
    body, promo = with_promos_apart([paragraph(f"The pier was black in one corner. A gull stood there. {plea}")])
    assert body.text == "The pier was black in one corner. A gull stood there."
    assert promo.text == plea


def test_what_the_page_itself_calls_a_promo_is_one():
    assert promos([TALE, Block(kind="paragraph", text="By one person, for its readers.", reading="promo")]) == {1}
