"""A chapter says what is heard until the next one."""

from dataclasses import replace

import pytest

from audioed import scripting
from audioed.config import Scripting
from audioed.model import Article, Block, Edition, Segment
from audioed.scripting.lexicon import Lexicon
from tests.conftest import DAY

PROSE = "The gate was shut, and all who had come for the first boat of the day stood before it in the rain. " * 5
"""A hundred words."""
ROWS = (
    "Two pilot boats in the northern district switch to batteries this summer, and a third one follows",
    "Cruise ships must use power from the shore as soon as they are moored at the new quay",
    "The grid operator asks for a second cable below the strait before the winter",
)
PLEA = "If you like this letter, become a member and support our work."
LONG_PLEA = f"{PLEA} My new book is now available as a paperback, and every copy that is sold pays for a day. " * 2


def prose(text=PROSE):
    return Block(kind="paragraph", text=text.strip())


def heading(text):
    return Block(kind="heading", text=text, level=2)


def items(*texts):
    return [Block(kind="item", text=text) for text in texts or ROWS]


def promo(text=LONG_PLEA):
    return Block(kind="paragraph", text=text.strip(), reading="promo")


def listed(*blocks, language="en", config=None, title="The gate"):
    """Title and kind of each chapter's first segment, and the kinds of all that it holds."""
    article = Article(title=title, language=language, blocks=blocks)
    edition = Edition(show="S", day=DAY, title=title, name="n")
    script = scripting.write([article], edition, config or Scripting(), lambda _: Lexicon(()))
    found = []
    for segment in script.segments:
        if segment.chapter:
            found.append((segment.whole, []))
        found[-1][1].append(segment.kind)
    return found


def titles(*blocks, **wishes):
    return [title for title, _ in listed(*blocks, **wishes)]


def test_the_article_goes_on_in_a_chapter_of_its_own_behind_headlines():
    found = listed(prose(), *items(), prose("None of it is quick."))
    assert found == [
        ("The gate", ["title", "body"]),
        (f"Headlines: {ROWS[0]}", ["headlines"]),
        ("Continued: The gate", ["body"]),
    ]


def test_it_goes_on_under_the_heading_that_it_stood_below():
    assert titles(prose(), heading("A quieter quay"), prose(), promo(), prose())[-1] == "Continued: A quieter quay"


def test_a_section_behind_headlines_is_called_by_its_own_heading_however_short_it_is():
    assert titles(prose(), *items(), heading("At last"), prose("It opened."))[-1] == "At last"


def test_the_farewell_is_no_part_of_a_promo():
    wish = Scripting(greeting="Good evening.", farewell="Good night.")
    assert listed(prose(), promo(), config=wish) == [
        ("The gate", ["opening", "title", "body"]),
        ("A word from the author", ["promo"]),
        ("Closing", ["closing"]),
    ]


def test_a_promo_of_two_sentences_makes_no_chapter():
    assert titles(prose(), promo(PLEA), prose()) == ["The gate"]


def test_headlines_and_a_promo_in_a_row_are_a_chapter_each():
    assert titles(prose(), *items(), promo(PLEA), prose()) == [
        "The gate",
        f"Headlines: {ROWS[0]}",
        "A word from the author",
        "Continued: The gate",
    ]


def test_headlines_below_a_heading_of_their_own_are_that_section():
    found = listed(prose(), heading("In other news"), *items(), prose("None of it is quick."))
    assert found == [
        ("The gate", ["title", "body"]),
        ("In other news", ["body", "headlines", "body"]),
    ]


@pytest.mark.parametrize("promos", ["drop", "replace"])
def test_an_article_that_nothing_interrupts_is_not_continued(promos):
    assert titles(prose(), promo(), prose(), config=Scripting(promos=promos)) == ["The gate"]


def test_the_shows_own_promo_is_one_like_any_other():
    wish = Scripting(promos="replace", promo=LONG_PLEA)
    assert titles(prose(), promo(), prose(), config=wish) == ["The gate", "A word from us", "Continued: The gate"]


def test_a_long_title_is_whole_in_the_heading_and_a_phrase_in_the_title():
    long = "The gate that was shut for a hundred years, and what the divers found behind it when it opened"
    article = Article(title=long, blocks=(prose(), *items(), prose()))
    edition = Edition(show="S", day=DAY, title=long, name="n")
    script = scripting.write([article], edition, Scripting(), lambda _: Lexicon(()))
    named = [(segment.title, segment.whole) for segment in script.segments if segment.chapter]
    assert named[0] == ("The gate that was shut for a hundred", long)
    assert named[1] == ("Headlines", f"Headlines: {ROWS[0]}")
    assert named[2][1] == f"Continued: {long}"
    assert all(len(title) <= 40 and whole.startswith(title) for title, whole in named)


def test_who_writes_another_title_by_hand_sees_it_everywhere():
    headlines = Segment(kind="headlines", title="Headlines", heading=f"Headlines: {ROWS[0]}")
    assert headlines.whole == headlines.heading
    assert replace(headlines, title="Three harbours").whole == "Three harbours"


def test_chapters_speak_the_language_of_the_article():
    found = titles(prose(), *items(), prose(), promo(), language="de", title="Das Tor")
    assert found == ["Das Tor", f"Schlagzeilen: {ROWS[0]}", "Fortsetzung: Das Tor", "In eigener Sache"]


UNSAID = Scripting(greeting="", disclosure="")


@pytest.mark.parametrize(
    ("title", "first", "config"),
    [
        ("The gate", "The gate", UNSAID),
        ("???", "The gate was shut, and all who had come", UNSAID),
        ("???", "???", Scripting()),
    ],
)
def test_whatever_is_heard_first_begins_a_chapter_and_what_goes_on_has_a_name(title, first, config):
    found = titles(prose(), promo(), prose(), title=title, config=config)
    behind = "Continued: The gate" if title == "The gate" else "The gate was shut, and all who had come"
    assert found == [first, "A word from the author", behind]


def test_what_begins_with_a_list_or_a_promo_says_so_where_nothing_is_heard_before():
    assert titles(*items(), prose(), title="???", config=UNSAID)[0] == f"Headlines: {ROWS[0]}"
    assert titles(promo(), prose(), title="", config=UNSAID)[0] == "A word from the author"


def test_an_edition_whose_first_title_cannot_be_said_is_called_by_its_own():
    articles = [Article(title="???", blocks=(prose(),)), Article(title="The quay", blocks=(prose(ROWS[0]),))]
    edition = Edition(show="S", day=DAY, title="Two gates", name="n")
    script = scripting.write(articles, edition, UNSAID, lambda _: Lexicon(()))
    assert [segment.whole for segment in script.segments if segment.chapter] == ["Two gates", "The quay"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "大门关着，所有来赶当天第一班船的人都站在雨里等着。" * 8),
        ("ja", "門は閉まっていて、その日の最初の船に乗ろうとした人々は雨の中で待っていた。" * 6),
        ("th", "ประตูปิดอยู่และทุกคนที่มาขึ้นเรือลำแรกของวันยืนรอหน้าประตูท่ามกลางสายฝน" * 8),
    ],
)
def test_sections_written_without_spaces_are_as_long_as_they_sound(language, text):
    found = titles(prose(text), heading("A"), prose(text), heading("B"), prose(text[:20]), language=language)
    assert found == ["The gate", "A"]
