"""Which articles tell one story, and what of one is news: on tellings and near misses of our own (stories.toml)."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from audioed.edition.clusters import Story, is_update, rarity, same

EVENTS = tomllib.loads((Path(__file__).parent / "stories.toml").read_text("utf-8"))["event"]


def told(event, kind, *more):
    text = " ".join(event[each]["text"].strip() for each in (kind, *more))
    return Story(event[kind]["title"], text, event.get("language", "en"))


def test_two_tellings_of_an_event_are_one_story_and_what_only_looks_like_it_is_another():
    tellings = {(e["name"], k): told(e, k) for e in EVENTS for k in ("one", "other", "near") if k in e}
    weight, wrong = rarity(tellings.values()), []
    for one, other in combinations(tellings, 2):
        is_one = one[0] == other[0] and "near" not in {one[1], other[1]}
        if same(tellings[one], tellings[other], weight) != is_one:
            wrong.append((one, other))
    assert wrong == []


def test_a_text_that_an_agency_sold_twice_is_one_story():
    for event in EVENTS:
        whole = told(event, "one")
        part = Story("From our agencies", whole.text[: 2 * len(whole.text) // 3], whole.language)
        assert same(whole, part, rarity([whole, part]))


SERIES = [("Live: the tour, day 3", "Live: the tour, day 4"), ("Briefing 86", "Briefing 87"), ("Sky 1.9", "Sky 1.10")]


@pytest.mark.parametrize(("one", "other"), SERIES)
def test_what_differs_in_its_number_alone_is_another_part_of_a_series(one, other):
    text = told(EVENTS[0], "one").text
    weight = rarity([])
    assert not same(Story(one, text), Story(other, text), weight)
    assert same(Story(one, text), Story(one, text), weight)


def test_an_update_is_told_from_a_second_telling():
    faults = []
    for event in EVENTS:
        if "other" in event:
            one, other = told(event, "one"), told(event, "other")
            weight = rarity([one, other])
            if is_update(other, [one], weight) or is_update(one, [one, other], weight):
                faults.append((event["name"], "other"))
        if "update" in event:
            grown, anew = told(event, "update", "one"), told(event, "update")
            weight = rarity([told(event, "one"), grown])
            if not (is_update(grown, [told(event, "one")], weight) and is_update(anew, [told(event, "one")], weight)):
                faults.append((event["name"], "update"))
    assert len(faults) <= 1, faults
