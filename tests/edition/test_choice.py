"""Which articles become the edition of a night: newest first, and every source in its turn."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from audioed.candidates import Candidate
from audioed.config import Source
from audioed.edition.choice import Choice, Tonight
from audioed.edition.wanted import Told, unwanted
from audioed.extraction.announced import Entry

CASES = tomllib.loads((Path(__file__).parent / "choices.toml").read_text("utf-8"))["case"]
DAY = date(2026, 3, 14)


def announced(sources):
    """Candidates as in a case: under each source the days of its entries."""
    for source, days in sources.items():
        for place, day in enumerate(days.split(), start=1):
            published = None if day == "-" else date(2026, 3, int(day))
            entry = Entry(url=f"https://{source}.example/{place}", title=f"{source}{place}", published=published)
            yield Candidate(entry.url, (f"{source}{place}",), entry, source=source)


def read(found, most, number=1, **options):
    """What an edition of so many reads, in its order."""
    choice, chosen = Choice(found, Tonight(DAY, number), **options), []
    for candidate in choice:
        if len(chosen) < most:
            chosen.append(candidate)
            choice.took(candidate)
    return [each.ids[0] for each in sorted(chosen, key=choice.place)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_choices(case):
    failed = case.get("failed", [])
    age = case.get("age", 0)
    every = announced(case["sources"])
    found = [each for each in every if not unwanted(Told(published=each.published), Source(), DAY, age)]
    for number in range(1, 8):
        options = {"weights": case.get("weights"), "failures": lambda each: each.ids[0] in failed}
        chosen = read(found, case["most"], number, **options)
        assert read(found, case["most"], number, **options) == chosen
        if "read" in case:
            assert chosen == case["read"].split()
        counted = Counter(name[0] for name in chosen)
        for source, (least, most) in case.get("counts", {}).items():
            assert least <= counted[source] <= most


@pytest.mark.parametrize(("sources", "most"), [(3, 2), (3, 1), (7, 3), (20, 8), (5, 6), (2, 3), (10, 4)])
def test_over_many_nights_all_sources_are_heard_equally_often(sources, most):
    names = [chr(ord("a") + number) for number in range(sources)]
    found = list(announced(dict.fromkeys(names, "14 14 14 14 14 14")))
    heard = Counter(dict.fromkeys(names, 0))
    silent = Counter()
    longest = 0
    for number in range(1, 101):
        tonight = {name[0] for name in read(found, most, number)}
        heard.update(name[0] for name in read(found, most, number))
        silent = Counter({name: silent[name] + 1 for name in names if name not in tonight})
        longest = max(longest, *silent.values()) if silent else longest
    assert max(heard.values()) - min(heard.values()) <= 4
    assert longest <= 3 * sources / most


def test_a_light_source_is_heard_as_often_as_its_weight_says():
    found = list(announced(dict.fromkeys("abc", "14 14 14 14")))
    heard = Counter(name[0] for n in range(1, 101) for name in read(found, 3, n, weights={"c": 0.2}))
    assert heard["c"] == pytest.approx(300 * 0.2 / 2.2, abs=8)
    assert abs(heard["a"] - heard["b"]) <= 4


def test_the_order_in_which_sources_are_named_decides_only_the_running_order():
    named = {"a": "14 13 12", "b": "14 13 12", "c": "14 13"}
    there = read(announced(named), 4)
    back = read(announced(dict(reversed(named.items()))), 4)
    assert there != back
    assert sorted(there) == sorted(back)


def test_a_page_that_gives_nothing_costs_its_source_no_turn():
    choice, asked = Choice(announced({"a": "14 13 12", "b": "14 13 12"}), Tonight(DAY, 1)), []
    for candidate in choice:
        asked.append(candidate.ids[0])
        if candidate.source == "b" or candidate.ids[0] == "a3":
            choice.took(candidate)
    assert asked.index("a3") < asked.index("b2")
