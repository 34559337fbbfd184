"""A night tells each story once, as much as fits, on its days, and what waits is carried over or told in a line."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from audioed import drafting, nightly, producing, queue, revising
from audioed.candidates import Candidate
from audioed.catalogue import Wish
from audioed.catalogue.index import articles_in, read_index
from audioed.config import Publishing, Source
from audioed.edition.days import due, next_due
from audioed.edition.filling import filled
from audioed.edition.order import TONIGHT
from audioed.extraction.announced import Entry
from audioed.nightly.stories import Stories
from audioed.publishing.notes import notes
from audioed.revising import Wanted
from tests.conftest import DAY
from tests.edition.test_clusters import EVENTS
from tests.quick import quicken
from tests.test_nightly import with_sources

TELLINGS = {event["name"]: event for event in EVENTS}


@pytest.fixture
def place(silent, monkeypatch):
    quicken(monkeypatch)
    for folder in ("globe", "herald"):
        (silent.store.home / folder).mkdir()
    return with_sources(silent, folders=("globe", "herald"))


def put(place, folder, name, kind="one", *more):
    text = " ".join(TELLINGS[name][each]["text"].strip() for each in (kind, *more))
    head = f'title: "{TELLINGS[name][kind]["title"]}"\nurl: https://{folder}.example/{name}/{kind}{len(more)}'
    path = place.store.home / folder / f"{name}-{kind}{len(more)}.md"
    path.write_text(f"---\n{head}\n---\n{text}\n", "utf-8")


def settings(place, **changed):
    return replace(place, config=replace(place.config, nightly=replace(place.config.nightly, **changed)))


def titles(episode):
    return [each.title for each in episode.sources]


def title(name, kind="one"):
    return TELLINGS[name][kind]["title"]


def test_of_two_that_tell_a_story_the_fuller_is_read_and_the_other_named(place):
    put(place, "globe", "storm")
    put(place, "herald", "storm", "other")
    put(place, "herald", "storm", "near")
    report = nightly.run(place, DAY)
    assert titles(report.episode) == [title("storm", "near"), title("storm", "other")]
    assert [each.site for each in report.episode.sources[1].also] == ["globe.example"]
    assert "Also reported by globe.example." in [cue.text for cue in report.episode.cues]
    assert '(Also reported by <a href="https://globe.example/storm/one0">globe.example</a>)' in notes(report.episode)
    assert any("tells the story of" in each for each in report.notes)
    assert nightly.run(place, DAY + timedelta(days=1)).episode is None


def test_a_story_that_was_told_comes_again_only_where_there_is_news_of_it(place):
    put(place, "globe", "storm")
    first = nightly.run(place, DAY).episode
    put(place, "herald", "storm", "other")
    put(place, "herald", "chips")
    second = nightly.run(place, DAY + timedelta(days=1))
    assert titles(second.episode) == [title("chips")]
    assert [first.name in each for each in second.notes] == [True]
    put(place, "herald", "storm", "one", "update")
    third = nightly.run(place, DAY + timedelta(days=2)).episode
    assert titles(third) == [title("storm")]
    put(place, "herald", "rates")
    again = nightly.run(place, DAY + timedelta(days=40))  # long after: what was left out stays so
    assert titles(again.episode) == [title("rates")]
    (told := place.store.home / "herald" / "storm-other0.md").rename(away := place.store.home / "away.md")
    assert nightly.run(place, DAY + timedelta(days=41)).episode is None
    shutil.rmtree(place.store.cache.folder)
    away.rename(told.with_name("renamed.md"))  # whatever its name, its source or the cache
    assert nightly.plan(place, DAY + timedelta(days=42)).script is None
    assert nightly.run(place, DAY + timedelta(days=42)).episode is None
    queue.add([str(told.with_name("renamed.md"))], place.store.home)
    wanted = nightly.run(place, DAY + timedelta(days=43)).episode
    assert titles(wanted) == [title("storm", "other")]
    assert nightly.run(place, DAY + timedelta(days=44)).episode is None
    revising.remove(wanted.name, place, again=True)
    (place.store.home / queue.QUEUE).unlink()
    assert titles(nightly.run(place, DAY + timedelta(days=45)).episode) == [title("storm", "other")]


def test_what_was_left_out_as_told_is_read_where_somebody_wants_it_or_its_teller_is_gone(place):
    put(place, "globe", "storm")
    first = nightly.run(place, DAY).episode
    put(place, "herald", "storm", "other")
    assert nightly.run(place, DAY + timedelta(days=1)).episode is None
    (place.store.home / TONIGHT).write_text("herald/storm-other0.md\n", "utf-8")
    assert [each.title for each in nightly.plan(place, DAY + timedelta(days=2)).articles] == [title("storm", "other")]
    (place.store.home / TONIGHT).unlink()
    revising.remove(first.name, place)
    shutil.rmtree(place.store.cache.folder)
    assert nightly.run(place, DAY + timedelta(days=9)).episode is None
    revising.restore(first.name, place)
    revising.remove(first.name, place, again=True)
    (again,) = nightly.run(place, DAY + timedelta(days=10)).episode.sources
    assert [each.site for each in again.also] == ["globe.example"]


def test_a_story_that_waits_in_a_draft_is_drafted_once(place):
    reviewed = replace(place, config=replace(place.config, publishing=Publishing(review=True)))
    put(place, "globe", "storm")
    first = nightly.run(reviewed, DAY).draft
    put(place, "herald", "storm", "other")
    second = nightly.run(reviewed, DAY + timedelta(days=1))
    assert second.draft is None
    assert any(f"the draft {first.name} tells" in each for each in second.notes)
    put(place, "herald", "storm", "one", "update")
    third = nightly.run(reviewed, DAY + timedelta(days=2)).draft
    assert [each.told for each in third.articles] == [None]  # nobody has heard it
    episode = drafting.approve(first.name, reviewed, today=DAY)
    shutil.rmtree(place.store.cache.folder)
    assert nightly.run(reviewed, DAY + timedelta(days=9)).draft is None
    drafting.discard(third.name, reviewed, for_good=True)
    revising.remove(episode.name, reviewed, again=True)
    assert nightly.run(reviewed, DAY + timedelta(days=10)).draft


def test_what_does_not_fit_waits_or_is_told_in_a_line_and_then_done(place):
    names = ("bridge", "verdict", "strike", "election", "medicine", "phone")
    for number, name in enumerate(names):
        put(place, ("globe", "herald")[number % 2], name)
    carried = settings(place, length=2.5)
    plan = nightly.plan(carried, DAY)
    assert plan.duration == pytest.approx(150, abs=20)  # half of the shortest story
    assert len(plan.articles) + len(plan.waits) == len(names)
    assert sum(lasts for _, lasts, _ in plan.parts) == pytest.approx(plan.duration, abs=0.5)
    told = settings(place, length=2.5, rest="headlines")
    episode = nightly.run(told, DAY).episode
    lines = [each.title for each in episode.headlines]
    assert len(lines) >= 2
    assert not {*lines} & {*titles(episode)}
    assert {*lines} <= {cue.text for cue in episode.cues}
    later = nightly.run(told, DAY + timedelta(days=1)).episode
    left = {title(each) for each in names} - {*lines, *titles(episode)}
    assert {*titles(later)} == left if later else not left


def test_what_an_edition_tells_in_a_line_it_keeps_whatever_becomes_of_it(place):
    names = ("bridge", "verdict", "strike", "election", "medicine", "phone")
    told = settings(place, length=2.5, rest="headlines")
    put(place, "globe", "bridge")
    before = nightly.run(told, DAY).episode
    for name in names[1:]:
        put(place, "globe", name)
    episode = nightly.run(told, DAY).episode
    lines = [each.title for each in episode.headlines]
    assert lines
    articles = articles_in(place.store.episode_folder(episode.name))
    assert producing.produce(articles, Wish(DAY, fresh=True), told).headlines == episode.headlines
    changed = (replace(articles[0], blocks=articles[0].blocks[:1]), *articles[1:])
    assert revising.correct(episode.name, Wanted(DAY, articles=changed), told).headlines == episode.headlines
    read = replace(articles[0], title=lines[0], name="line.md", ids=episode.headlines[0].ids)
    assert revising.correct(episode.name, Wanted(DAY, articles=(read,)), told).headlines == episode.headlines[1:]
    assert revising.correct(episode.name, Wanted(DAY, articles=changed), told).headlines == episode.headlines[1:]
    done = {*lines[1:], *titles(episode), *titles(before)}
    revising.remove(episode.name, told)
    assert not done & {*_heard(nightly.run(told, DAY + timedelta(days=1)).episode)}
    revising.restore(episode.name, told)
    revising.remove(episode.name, told, for_good=True)
    assert not done & {*_heard(nightly.run(told, DAY + timedelta(days=2)).episode)}


def _heard(episode):
    return [*titles(episode), *(each.title for each in episode.headlines)] if episode else []


def test_what_a_draft_tells_in_a_line_no_other_draft_reads(place):
    for name in ("bridge", "verdict", "strike", "election", "medicine", "phone"):
        put(place, "globe", name)
    reviewed = settings(place, length=2.5, rest="headlines")
    reviewed = replace(reviewed, config=replace(reviewed.config, publishing=Publishing(review=True)))
    drafts = [nightly.run(reviewed, DAY + timedelta(days=each)).draft for each in range(3)]
    scripts = [each.script for each in drafts if each]
    assert scripts[0].edition.headlines
    heard = [each.title for script in scripts for each in (*script.sources, *script.edition.headlines)]
    assert sorted(heard) == sorted({*heard})
    again = drafting.draft(drafts[0].articles, Wish(DAY), reviewed)
    assert again.script.edition.headlines == scripts[0].edition.headlines
    drafting.discard(drafts[0].name, reviewed, for_good=True)
    assert nightly.run(reviewed, DAY + timedelta(days=3)).draft is None


def test_what_was_told_in_a_line_is_not_told_so_again_because_another_source_has_it_too(place):
    names = ("bridge", "verdict", "strike", "election", "medicine", "phone")
    for number, name in enumerate(names):
        put(place, ("globe", "herald")[number % 2], name)
    told = settings(place, length=2.5, rest="headlines")
    first = nightly.run(told, DAY).episode
    known = [*(each.title for each in first.headlines), titles(first)[0], "Late: " + first.headlines[0].title]
    waiting = [Candidate(each, (each,), Entry(url="", title=each), source="web") for each in (*known, title("chips"))]
    stories = Stories(told, read_index(place.store), DAY + timedelta(days=1))
    read = replace(articles_in(place.store.episode_folder(first.name))[0], title="A lamp", language="en-GB", blocks=())
    lines = stories.headlines([(each, None) for each in waiting], [(replace(waiting[0], name="lamp"), read)])
    assert [each.title for each in lines] == [title("chips")]


def test_a_section_that_has_a_story_is_there_however_much_another_has(place):
    for name in [each for each in TELLINGS if each != "chips"][:10]:
        put(place, "globe", name)
    put(place, "herald", "chips")
    sources = {"globe": Source(section="World", weight=50.0), "herald": Source(section="Business")}
    plan = nightly.plan(settings(place, length=2.5, sources=sources), DAY)
    assert title("chips") in [each.title for each in plan.articles]
    assert plan.duration == pytest.approx(150, rel=0.15)


LENGTHS = [
    ("what fits exactly", [60, 60, 60, 60], 180, (0, 1, 2)),
    ("a longer one is passed over for two that fit", [60, 90, 40, 20], 120, (0, 2, 3)),
    ("the first is read though it is too long", [400, 30], 100, (0,)),
    ("hardly nearer is no reason to pass over", [60, 61, 60], 120, (0, 1)),
    ("too little is all read", [30, 30], 600, (0, 1)),
    ("nothing", [], 600, ()),
]


@pytest.mark.parametrize(("_", "lengths", "room", "places"), LENGTHS)
def test_what_fills_an_edition(_, lengths, room, places):
    assert filled(lengths, room) == places


SECTIONED = [
    ("one of each, where it is as long", [60, 60, 60, 60], "AAAB", 120, (0, 3)),
    ("the first of each section goes before the second of one", [50, 50, 50, 50], "AABC", 300, (0, 1, 2, 3)),
    ("a little longer is no reason to leave one out", [60, 60, 64], "AAB", 120, (0, 2)),
    ("twice as long is", [60, 60, 120], "AAB", 120, (0, 1)),
    ("one that takes most of it goes behind one of each", [100, 60, 58], "ABC", 120, (1, 2)),
    ("a section of which the last story tells", [60] * 14, "AAAAAAAAAAAAAB", 120, (0, 13)),
    ("the first waits where nothing fits with it", [45, 60, 58, 90], "ABAB", 120, (1, 2)),
    ("alone it is read", [100], "A", 120, (0,)),
    ("stories of no section are as they were", [60, 60, 60, 60], ["", "", "", "B"], 180, (0, 1, 3)),
]


@pytest.mark.parametrize(("_", "lengths", "sections", "room", "places"), SECTIONED)
def test_what_fills_an_edition_with_sections(_, lengths, sections, room, places):
    assert filled(lengths, room, sections=sections) == places


def test_each_article_has_its_episode_and_a_night_that_was_stopped_is_completed(place, monkeypatch):
    for name in ("bridge", "verdict", "strike"):
        put(place, "globe", name)
    single = nightly.run(settings(place, episodes="single", most=1), DAY)
    assert [len(each.sources) for each in (single.episode, *single.others)] == [1]
    both = settings(place, episodes="both")
    real, made = producing.produce, []

    def stopped(articles, *rest):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(len(articles))
        return real(articles, *rest)

    monkeypatch.setattr(producing, "produce", stopped)
    with pytest.raises(KeyboardInterrupt):
        nightly.run(both, DAY)
    monkeypatch.setattr(producing, "produce", real)
    nightly.run(both, DAY)
    nightly.run(both, DAY)
    counts = sorted(len(each.sources) for each in read_index(place.store).entries.values())
    assert counts == [1, 1, 1, 2]


def test_a_weekly_show_has_one_edition_a_week_also_where_its_night_was_missed(place):
    friday = date(2026, 3, 13)
    weekly = settings(place, days=("fri",))
    put(place, "globe", "bridge")
    put(place, "globe", "verdict")
    assert nightly.run(weekly, friday).episode
    put(place, "globe", "strike")
    for later in range(7):
        report = nightly.run(weekly, friday + timedelta(days=later))
        assert report.episode is None
    assert report.notes == ("The next edition is due on 2026-03-20.",)
    assert titles(nightly.run(weekly, friday + timedelta(days=8)).episode) == [title("strike")]
    assert nightly.plan(weekly, friday + timedelta(days=9)).script is None


@pytest.mark.parametrize(
    ("days", "today", "last", "following"),
    [
        (["fri"], date(2026, 3, 13), date(2026, 3, 13), date(2026, 3, 20)),
        (["fri"], date(2026, 3, 12), date(2026, 3, 6), date(2026, 3, 13)),
        (["mon", "thu"], date(2026, 3, 11), date(2026, 3, 9), date(2026, 3, 12)),
        (["sun"], date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 8)),
    ],
)
def test_days(days, today, last, following):
    assert due(days, today) == last
    assert next_due(days, today) == following
    assert due([], today) is None
