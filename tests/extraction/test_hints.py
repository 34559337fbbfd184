"""What the words of a row hint at: its own site, whom they speak to, and where they send the reader."""

import pytest

from audioed.extraction import hints, sayings
from audioed.extraction.hashes import Words, paired

SITES = ("Tide Pages", "tide-pages.example")


def told(*texts):
    return [dict(zip(hints.FIGURES, row, strict=True)) for row in hints.figures(list(map(sayings.of, texts)), SITES)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("At Tide Pages, we print your own almanac. Order it today!", {"names the site", "we", "you", "asks"}),
        ("Read our review of the lamp.", {"sends elsewhere", "we"}),
        ("Lesen Sie auch: Das Licht geht aus", {"sends elsewhere"}),
        ("À lire aussi : la lampe", {"sends elsewhere"}),
        ("This page contains affiliate links.", {"tells who pays"}),
        ("Nora Hill contributed to this report.", {"credits"}),
        ("Nora Hill is a keeper of lights and lives in Selmouth.", {"tells of somebody"}),
        ("Foto: Nora Hill", {"credits"}),
        ("The lamp went out at nine.", set()),
        ("", set()),
    ],
)
def test_a_row_hints_at_what_it_wants(text, says):
    (row,) = told(text)
    assert {name for name, value in row.items() if value} - {"share of its name"} == says


def test_a_row_stands_in_a_longer_one_but_not_in_its_own_copy():
    quote = "A lamp does not go out by itself"
    rows = told(quote, f"“{quote}”, she said, and nobody answered.", "The keeper of the light was away.", quote)
    assert [row["in a longer row"] for row in rows] == [True, False, False, True]
    assert [row["in a longer row"] for row in told(quote, quote)] == [False, False]


def test_the_words_of_a_row_have_the_same_numbers_everywhere():
    assert sayings.of("Order it 24/7!").within == sayings.of("order IT 31/9 !").within
    assert list(paired(Words.of([sayings.of("").within, sayings.of("at, at").within])).lengths) == [0, 3]
