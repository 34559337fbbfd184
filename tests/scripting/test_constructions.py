"""What is written is said as a reader of its language would, and its sentences end where they end."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

from audioed.scripting.normalize import normalize

HOME = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("languages_page", HOME / "docs" / "languages.py")
PAGE = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = PAGE  # as its dataclass wants
SPEC.loader.exec_module(PAGE)
CASES = [each for each in PAGE.cases() if each.language != "en"]
TABLES = sorted({(each.language, each.family) for each in CASES})
FIRST_CLASS = ("de", "es", "fr", "it", "pt")
ENOUGH = 150
"""Cases of a language that is read as well as English."""


@pytest.mark.parametrize(("language", "family"), TABLES)
def test_a_language_is_said_as_its_table_says(language, family):
    ours = [each for each in CASES if (each.language, each.family) == (language, family)]
    assert {each.written: each.said for each in ours if not each.wrong and not each.right} == {}
    assert [each.written for each in ours if each.wrong and each.right] == [], "mended: take its mark away"


@pytest.mark.parametrize(("language", "family"), TABLES)
def test_what_a_language_says_stays_as_it_is(language, family):
    said = [each.said for each in CASES if (each.language, each.family) == (language, family)]
    assert [normalize(each, language) for each in said] == said


def test_no_case_stands_twice():
    assert [each for each, many in Counter((each.language, each.written) for each in CASES).items() if many > 1] == []


@pytest.mark.parametrize("code", FIRST_CLASS)
def test_a_language_of_the_first_class_has_cases_of_every_family(code):
    ours = [each for each in CASES if each.language == code]
    assert len(ours) >= ENOUGH
    assert {each.family for each in ours} >= {*PAGE.FAMILIES}
