"""On the same day the same promos, and over two months each as often as its weight says."""

from collections import Counter
from datetime import date, timedelta

import pytest

from audioed.promos.rotation import chosen, room, shared

BEGINS = date(2026, 2, 20)
WEIGHTS = [
    {"a": 1.0, "b": 1.0},
    {"a": 3.0, "b": 1.0},
    {"a": 5.0, "b": 2.0, "c": 1.0},
    {"a": 0.5, "b": 0.5, "c": 1.0, "d": 2.0},
]
RHYTHMS = {
    "daily": [BEGINS + timedelta(at) for at in range(60)],
    "on weekdays": [day for at in range(84) if (day := BEGINS + timedelta(at)).weekday() < 5],
    "weekly": [BEGINS + timedelta(7 * at) for at in range(60)],
    "on the first": [date(2026 + at // 12, at % 12 + 1, 1) for at in range(60)],
}


@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_over_sixty_editions_each_promo_has_its_share(weights, rhythm):
    open_to = dict.fromkeys(weights, (1,))
    told = [chosen(weights, open_to, 1, 3, day) for day in RHYTHMS[rhythm]]
    assert told == [chosen(weights, open_to, 1, 3, day) for day in RHYTHMS[rhythm]], "same day, same choice"
    counts = Counter(name for each in told for name in each.values())
    assert counts.total() == len(told) == 60
    for name, weight in weights.items():
        assert abs(counts[name] - 60 * weight / sum(weights.values())) <= 3, counts
    if rhythm == "daily":
        heard = [name for each in told for name in each.values()]
        for name, weight in weights.items():
            places = [-1, *(at for at, each in enumerate(heard) if each == name), 60]
            assert max(map(int.__sub__, places[1:], places)) <= 3 * sum(weights.values()) / weight, "nobody waits long"


def test_of_two_promos_with_equal_weights_neither_is_heard_three_days_in_a_row():
    days = [BEGINS + timedelta(at) for at in range(400)]
    heard = "".join(next(iter(chosen({"a": 1, "b": 1}, {"a": (1,), "b": (1,)}, 1, 2, day).values())) for day in days)
    assert "aaa" not in heard
    assert "bbb" not in heard
    assert abs(heard.count("a") - 200) <= 3


def test_where_there_is_room_for_more_each_is_heard_once_and_as_often_as_its_weight_allows():
    weights, counts = {"a": 2.0, "b": 1.0, "c": 1.0, "first": 1.0, "last": 1.0}, Counter()
    open_to = {"a": (1, 2, 3), "b": (1, 2, 3), "c": (3,), "first": (0,), "last": (4,)}
    for at in range(60):
        found = chosen(weights, open_to, 3, 4, BEGINS + timedelta(at))
        assert len(found) == len(set(found.values())) == 3
        assert all(gap in open_to[name] for gap, name in found.items())
        counts.update(found.values())
    assert [abs(counts[name] - 30 * weight) <= 4 for name, weight in weights.items()] == [True] * 5, counts


def test_promos_between_articles_are_spread_over_the_edition():
    names = {"a": 1.0, "b": 1.0}
    assert set(chosen(names, dict.fromkeys(names, (1, 2, 3, 4, 5)), 2, 6, BEGINS)) == {2, 4}


@pytest.mark.parametrize(
    ("breaks", "found"),
    [((), {2}), ((3,), {3}), ((2,), {2}), ((1, 4), {2}), ((4,), {2}), ((1, 3), {3})],
    ids=["none", "one on", "here", "too far", "far behind", "the near one"],
)
def test_a_promo_stands_where_a_section_ends_if_that_is_a_story_away(breaks, found):
    assert set(chosen({"a": 1.0}, {"a": (1, 2, 3, 4)}, 1, 5, BEGINS, breaks=breaks)) == found


def test_two_promos_stay_apart_where_a_section_ends_between_them():
    names = {"a": 1.0, "b": 1.0}
    assert set(chosen(names, dict.fromkeys(names, (1, 2, 3, 4, 5)), 2, 6, BEGINS, breaks=(3,))) == {2, 4}
    assert set(chosen(names, dict.fromkeys(names, (1, 2, 3, 4, 5, 6)), 2, 7, BEGINS, breaks=(1, 5))) == {2, 5}


def test_an_hour_has_at_most_so_many_and_short_episodes_have_one_now_and_then():
    assert [room(words, 7, 4.0) for words in (0, 2500, 4999, 5000, 10_000)] == [0, 1, 1, 2, 4]
    assert room(10_000, 1, 0) == 0
    for words in (150, 600, 1100):
        had = [room(words, number, 4.0) for number in range(1, 301)]
        assert set(had) == {0, 1}
        hours = [sum(had[at : at + 10_000 // words]) for at in range(300 - 10_000 // words)]
        assert max(hours) <= 5, "an hour of short episodes one after the other"
        assert abs(sum(had) - 300 * words / 10_000 * 4) <= 3


def test_what_one_cannot_take_goes_to_the_others():
    assert shared(2, {"a": 8, "b": 1, "c": 1}, dict.fromkeys("abc", 1.0)) == {"a": 1.0, "b": 0.5, "c": 0.5}
    assert shared(5, {"a": 1, "b": 2}, dict.fromkeys("ab", 1.0)) == {"a": 1.0, "b": 1.0}
    assert shared(1, {}, {}) == {}
