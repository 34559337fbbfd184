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


FOOT = (
    "The Harbour Letter is written by Marta Lindqvist and Ines Okafor in Lisbon. "
    "It comes out each Tuesday and Friday, and 4,100 people read it. If you know of something that we should know, "
    "write to the desk at the old customs house, or come by on a Thursday between ten and noon. "
    "We correct mistakes on the next working day. Nobody pays us for what we write, and no party does."
)
HEAD = "Good morning from Lisbon, and welcome to The Harbour Letter. Here is what we found out for you this week."
BRIEFS = {
    "Council votes to keep the night bus": "The council voted by 21 to 14 to keep bus 208 running after midnight. "
    "Joana Prates, who drives it, had collected 6,300 names. The bus costs the city 410,000 euros a year.",
    "Kelp comes back to the bay": "Divers of the university counted kelp on 37 of 52 rocks in Cascais bay. "
    "Ten years ago there was none. Rui Matos says that cleaner water did it.",
    "A school opens its kitchen": "The school in Alcântara has let parents cook on Wednesdays since March. "
    "Teresa Vaz began it with 12 families; now there are 90.",
}


@pytest.mark.parametrize(("head", "foot"), [("", FOOT), (HEAD, ""), (HEAD, FOOT), ("", f"{FOOT}\n{HEAD} {FOOT}")])
def test_what_a_letter_says_around_each_text_makes_no_story_of_two(head, foot):
    stories = [Story(title, "\n".join(filter(None, (head, text, foot)))) for title, text in BRIEFS.items()]
    weight = rarity(stories)
    assert not any(same(one, other, weight) for one, other in combinations(stories, 2))


def test_an_agencys_text_under_leads_of_two_papers_is_one_story():
    agency = BRIEFS["Council votes to keep the night bus"] + " " + FOOT
    leads = (
        "Lisbon keeps its night bus 208, the council has decided.",
        "Night bus 208 stays: Lisbon's council voted for it.",
    )
    one, other = (Story("Night bus stays", f"{lead}\n{agency}") for lead in leads)
    assert same(one, other, rarity([one, other]))


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
