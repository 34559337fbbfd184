"""What the lexicon and the rules make of a word together."""

from pathlib import Path

import pytest

from audioed.model import Article, Block
from audioed.scripting import utterances
from audioed.scripting.lexicon import Lexeme, Lexicon, load

SHIPPED = load(sorted((Path(__file__).parents[2] / "voices" / "lexicon").glob("en*.tsv")))
OWN = Lexicon((Lexeme(written="Phở", spoken="fuh"), Lexeme(written="Nguyen", spoken="win")))


def said(text, lexicon):
    article = Article(title="A title", blocks=(Block(kind="paragraph", text=text),))
    return " ".join(each.spoken for each in utterances(article, lambda _: lexicon)[1:])


def test_a_name_is_found_as_it_is_written_and_as_it_is_said():
    assert said("Nguyễn ate Phở in Huế.", OWN) == "win ate fuh in Hue."


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("The Read\u00ading room.", "The Reading room."),
        ("Then Catherine II came.", "Then [Catherine](/ˈkæθɹɪn/) the second came."),
        ("The book I read is old.", "The book I [red](/ɹɛd/) is old."),
        ("USE IT.", "[USE](/juːz/) it."),
        ("The WHO said it.", "The W H O said it."),
    ],
)
def test_what_the_lexicon_says_does_not_hide_a_word_from_the_rules(written, spoken):
    assert said(written, SHIPPED) == spoken
