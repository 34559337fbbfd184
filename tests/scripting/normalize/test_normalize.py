import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioed.scripting.normalize import normalize
from audioed.scripting.normalize.agreement import Agreement
from audioed.scripting.normalize.en.words import cardinal, ordinal, year

TABLES = sorted((Path(__file__).parents[2] / "data" / "spoken").glob("en/*.tsv"))
CASES = {path.stem: [line.split("\t") for line in path.read_text("utf-8").splitlines()] for path in TABLES}
"""Family -> rows of written and spoken form; a test for each row would be a third of all tests."""
ENOUGH = 600
PIECES = [
    *(
        "1",
        "23",
        "1968",
        "2004",
        "1,200",
        "3.5",
        "007",
        "½",
        "²",
        "٣",
        "①",
        "1st",
        "II",
        "IV",
        "90s",
        "'",
        '"',
        "-",
        "–",
        "—",
    ),
    *("kg", "m", "x", "A1", "B-52s", "Q3", "S02E05", "§", "(2)(a)", "Art.", "ET", "Dr", "→", "★", "☆", "°", "^", "√"),
    *("Sen.", "(R)", "D-", "Mass.", "CA", "Main", "est.", "c.", "w/", "ers", "th", "noon", "GMT", "p", "3M", "WWII"),
    *("$", "€", "US$", "bn", "m", "k", "%", "°C", "km/h", "/", ":", ".", ",", "(", ")", "[1]", "…", "#", "@", "&", "+"),
    *(
        "Mr.",
        "Dr.",
        "St.",
        "No.",
        "U.S.",
        "a.m.",
        "e.g.",
        "J.",
        "vs.",
        "May",
        "Jan.",
        "World War",
        "Henry",
        "a",
        "b",
        "X",
    ),
    *(" ", " ", " ", "\n", "www.", "https://", "example.com", "_", "*", "=", "<", "🚀", "é", "\u200d", "\ufe0f", "T"),
]
HOSTILE = [
    *(
        "1",
        "(",
        "$1,",
        "1,1",
        "1.",
        "1-",
        "A.",
        "a.b",
        "a@",
        "www.",
        "[1]",
        "1/",
        "555-",
        "- ",
        "A-",
        "Mon ",
        "X ",
        "1m ",
    ),
    *(
        "Henry ",
        "5 to ",
        "@a",
        "#a",
        "I, ",
        "Sen (R) ",
        "1:",
        "St. A ",
        "+1",
        "a/b/",
        "°1'",
        "II and ",
        "1-a-",
        "King A ",
    ),
    *("$1-", "Mr. ", "A.B.", "1 A St ", "x² ", "★", "<a ", "1h1"),
]
MESSY = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("table", CASES)
def test_written_form_is_said_as_the_table_says(table):
    said = {written: normalize(written) for written, _ in CASES[table]}
    assert said == dict(CASES[table])


@pytest.mark.parametrize("table", CASES)
def test_what_is_spoken_stays_as_it_is(table):
    spoken = [spoken for _, spoken in CASES[table]]
    assert [normalize(each) for each in spoken] == spoken


def test_there_are_enough_cases_and_none_twice():
    english = [written for rows in CASES.values() for written, _ in rows]
    assert len(english) >= ENOUGH
    assert len(english) == len(set(english))


@settings(max_examples=150)
@given(MESSY | st.text(max_size=40))
def test_no_digit_is_left_and_twice_is_once(text):
    spoken = normalize(text)
    assert not any(map(str.isdigit, spoken))
    assert normalize(spoken) == spoken


@settings(max_examples=150)
@given(MESSY | st.text(max_size=40), st.sampled_from(["de", "fr-CA", "es-419"]))
def test_other_languages_leave_no_digit_and_settle_at_once(text, language):
    spoken = normalize(text, language)
    assert not any(map(str.isdigit, spoken))
    assert normalize(spoken, language) == spoken


@settings(max_examples=50)
@given(MESSY | st.text(max_size=40))
def test_a_language_without_a_table_settles_at_once(text):
    spoken = normalize(text, "ja")
    assert normalize(spoken, "ja") == spoken


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece):
    text = (piece * 8_000)[:8_000]
    start = time.process_time()
    normalize(text)
    assert time.process_time() - start < 3, "a quadratic search takes half a minute"


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "pt"])
def test_a_long_text_is_not_looked_at_whole_for_each_of_its_numbers(language, monkeypatch):
    seen, around = [], Agreement.around

    def spied(self, number, before, after):
        seen.append(len(before) + len(after))
        return around(self, number, before, after)

    monkeypatch.setattr(Agreement, "around", spied)
    normalize("Platz 3, von 2-3 " * 100, language)
    assert len(seen) >= 200
    assert max(seen) < 250


def test_a_language_without_a_table_keeps_its_numbers():
    assert (
        normalize("3月3日、価格は5ユーロ。 https://www.example.jp/a?b=1", "ja") == "3月3日、価格は5ユーロ。 example.jp"
    )


def test_regional_german_is_german():
    assert normalize("Am  3. Mai", "de-AT") == "Am dritten Mai"


def test_regional_english_is_english():
    assert normalize("In 1968", "en-GB") == "In nineteen sixty-eight"


@pytest.mark.parametrize("nothing", ["", " ", "…", "🚀", "[1]", "—", "\x00", "...!"])
def test_nothing_to_say_is_empty(nothing):
    assert normalize(nothing) == ""


def test_numbers_that_nobody_follows_are_read_digit_by_digit():
    assert cardinal("1" * 15).startswith("one hundred eleven trillion")
    assert cardinal("1" * 16) == " ".join(["one"] * 16)
    assert ordinal("1" * 16) == " ".join(["one"] * 16)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1066", "ten sixty-six"),
        ("1900", "nineteen hundred"),
        ("1905", "nineteen oh five"),
        ("1968", "nineteen sixty-eight"),
        ("2000", "two thousand"),
        ("2004", "two thousand four"),
        ("2030", "twenty thirty"),
        ("850", "eight fifty"),
    ],
)
def test_years_are_said_in_halves(number, words):
    assert year(number) == words
