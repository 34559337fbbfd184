"""Every spoken word can be traced to what is written."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioed.scripting.normalize import normalize
from audioed.scripting.trace import compared, readings, sub, traced

TABLES = sorted((Path(__file__).parents[1] / "data" / "spoken").glob("*/*.tsv"))
LANGUAGES = ("en", "de", "fr", "es", "cy")
PIECES = (
    "$4.5 million|St.|Louis|12th-minute|(in|1984)|—|that’s|€3–4bn.|“yes”|[1]|| |90 km/h…|★★★★☆|Henry VIII's|S&P 500|🎉|"
    "e\u0301|café|1’000’000|<b>|½|A&E|#1"
)
NEWS = st.lists(st.sampled_from(PIECES.split("|"))).map(" ".join)


def rebuilt(written: str, spoken: str) -> tuple[str, str]:
    """The written and the spoken form, as the readings tell them, each from the other."""
    said = readings(spoken)
    back, forth, at = "", "", 0
    for each in said:
        assert written[each.at : each.at + len(each.written)] == each.written
        assert each.at >= at
        forth += written[at : each.at] + each.spoken
        back += written[at : each.at] + each.written
        at = each.at + len(each.written)
    return back + written[at:], forth + written[at:]


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=80), NEWS), st.sampled_from(LANGUAGES))
def test_readings_cover_what_is_written_and_what_is_spoken_exactly(written: str, language: str) -> None:
    said = normalize(traced(written), language)

    assert rebuilt(written, said) == (written, said)
    assert said == normalize(written, language), "a trace changes nothing that is said"


@pytest.mark.parametrize("begin", [0, *(pytest.param(other, marks=pytest.mark.faults) for other in (1, 2))])
@pytest.mark.parametrize("language", sorted({path.parent.name for path in TABLES}))
def test_every_case_is_traced(language: str, begin: int) -> None:
    tables = (path for path in TABLES if path.parent.name == language)
    cases = [line for table in tables for line in table.read_text("utf-8").splitlines()]
    for line in cases[begin::3]:
        written = line.removeprefix("! ").split("\t")[0]
        said = normalize(traced(written), language)

        assert rebuilt(written, said) == (written, said), line


def test_an_amount_is_traced_to_all_of_its_signs_and_to_nothing_else() -> None:
    said = normalize(traced("They paid $4.5 million for the 12th-minute goal."))

    assert [(each.at, each.written, each.spoken) for each in readings(said)] == [
        (10, "$4.5 million", "four point five million dollars"),
        (31, "12th-minute", "twelfth-minute"),
    ]


@given(
    st.text("ab ", max_size=20),
    st.sampled_from(["a", "b+", "", " ", "a b", r"(?<=a)b", r"\b", r"\Z"]),
    st.sampled_from(["", "x", " y ", "ab"]),
)
def test_a_substitution_is_that_of_the_standard_library(text: str, pattern: str, said: str) -> None:
    assert sub(re.compile(pattern), said, traced(text)) == re.sub(pattern, said, text)


def test_a_text_that_lost_its_trace_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="lost its trace"):
        readings("plain")


@pytest.mark.parametrize(
    ("written", "spoken", "expected"),
    [
        ("Kosmos costs $5.", "Kosmos costs $5.", []),
        ("Kosmos costs $5.", "[Kosmos](/ˈkɔz mɔs/) costs five dollars.", ["Kosmos", "$5."]),
        ("The tide came.", "The high tide came.", ["The"]),
        ("The tide came.", "Now the tide came.", ["The"]),
        ("The high tide came.", "The tide came.", ["The high"]),
        ("Tide.", "Tide. It came.", ["Tide."]),
        ("One  two.", "One two.", ["One  two."]),
        ("", "Something.", [""]),
    ],
)
def test_what_somebody_wants_said_leads_back_to_what_is_written(written, spoken, expected):
    found = compared(written, spoken)
    assert [each.written for each in found] == expected
    said, end = "", 0
    for each in found:
        said, end = said + written[end : each.at] + each.spoken, each.at + len(each.written)
    assert said + written[end:] == spoken
