"""What a night owes: of both kinds of episodes, of a week's edition, and to whoever is to approve its drafts."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from audioed import drafting, nightly, producing, revising, runs
from audioed.catalogue import Wish
from audioed.catalogue.index import articles_in, read_index
from audioed.config import Notify
from audioed.doctor import show as checks
from audioed.runs import notifying, page
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import TEXT, with_sources

FRIDAY = date(2026, 3, 13)


@pytest.fixture
def place(silent, monkeypatch):
    quicken(monkeypatch)
    (silent.store.home / "articles").mkdir()
    return silent


def settings(place, *, review=False, **changed):
    changed = {"folders": ("articles",), **changed}
    place = with_sources(place, **changed)
    return replace(place, config=replace(place.config, publishing=replace(place.config.publishing, review=review)))


def put(place, *names, text=TEXT):
    for name in names:
        (place.store.home / "articles" / f"{name}.txt").write_text(text.format(title=name), "utf-8")


def counts(place):
    """How many articles each episode reads, and each draft."""
    index = read_index(place.store, keep=False)
    told = index.entries, index.drafts
    return tuple(sorted(len(each.sources) for each in some.values()) for some in told)


def singles(place):
    return [each.name for each in read_index(place.store).newest_first if len(each.sources) == 1]


class Killed(BaseException):
    """Whoever is killed tidies nothing up."""


def stopped_at(monkeypatch, room, name, most):
    """Whatever is made by this name of a room, is made so often, and then the night is killed."""
    real, made = getattr(room, name), []

    def counted(*args, **named):
        if len(made) == most:
            raise Killed
        made.append(args)
        return real(*args, **named)

    monkeypatch.setattr(room, name, counted)


@pytest.mark.parametrize("how", [{}, {"for_good": True}, {"again": True}])
def test_an_episode_of_one_article_that_was_removed_is_not_made_again_and_stops_no_night(place, how):
    both = settings(place, episodes="both")
    put(both, "Alpha", "Beta")
    nightly.run(both, DAY)
    revising.remove(singles(both)[0], both, **how)
    assert [nightly.run(both, DAY + timedelta(each)).result for each in (1, 2)] == ["quiet", "quiet"]
    assert counts(both) == ([1, 2], [])


@pytest.mark.parametrize(("episodes", "review"), [("edition", False), ("both", False), ("edition", True)])
def test_a_night_that_is_killed_before_it_says_that_all_is_made_leaves_what_another_does(
    place, monkeypatch, episodes, review
):
    show = settings(place, episodes=episodes, review=review)
    put(show, "Alpha", "Beta")
    with monkeypatch.context() as patch:
        patch.setattr("audioed.nightly.owing.done", lambda _: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            nightly.run(show, DAY)
    nightly.run(show, DAY + timedelta(1))
    assert json.loads((show.store.show_folder / "making.json").read_bytes())["articles"] == []
    assert counts(show) == {"edition": ([2], []), "both": ([1, 1, 2], [])}[episodes] if not review else ([], [2])


def test_of_short_texts_a_quiet_night_makes_nothing_whatever_setting_has_changed(place):
    both = settings(place, episodes="both")
    put(both, "Alpha", "Beta", text="{title}\n\nA short text about {title}, and no more.\n")
    assert nightly.run(both, DAY).result == "built"
    before = read_index(both.store).entries
    louder = replace(both, config=replace(both.config, mastering=replace(both.config.mastering, loudness=-18.0)))
    assert [nightly.run(each, DAY + timedelta(1)).result for each in (both, louder)] == ["quiet", "quiet"]
    assert read_index(both.store).entries == before


def test_only_what_a_night_of_both_made_together_has_episodes_of_single_articles(place):
    put(place, "Alpha", "Beta")
    assert nightly.run(settings(place), DAY).result == "built"
    both = settings(place, episodes="both")
    read = articles_in(place.store.episode_folder(next(iter(read_index(place.store).entries))))
    producing.produce(read[::-1], Wish(DAY), both)  # by hand
    assert nightly.run(both, DAY + timedelta(1)).result == "quiet"
    assert counts(both) == ([2, 2], [])


def test_an_edition_that_was_killed_before_the_show_wanted_both_owes_nothing(place, monkeypatch):
    put(place, "Alpha", "Beta")
    with monkeypatch.context() as patched:
        patched.setattr(nightly.owing, "done", lambda _: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            nightly.run(settings(place), DAY)
    assert nightly.run(settings(place, episodes="both"), DAY + timedelta(1)).result == "quiet"
    assert counts(place) == ([2], [])


@pytest.mark.parametrize(("review", "room", "name"), [(False, producing, "produce"), (True, drafting, "draft")])
def test_a_night_killed_between_its_episodes_is_completed_by_the_next_beside_its_own(
    place, monkeypatch, review, room, name
):
    both = settings(place, episodes="both", review=review)
    put(both, "Alpha", "Beta")
    with monkeypatch.context() as patched:
        stopped_at(patched, room, name, 2)
        with pytest.raises(Killed):
            nightly.run(both, DAY)
    made = counts(both)[review]
    assert made == [1, 2]
    put(both, "Gamma", text="{title}\n\nShips fill harbours when storms come up from the south in autumn.\n")
    report = nightly.run(both, DAY + timedelta(1))
    first = report.draft or report.episode
    assert first.title == "Gamma"
    assert counts(both)[review] == [1, 1, 1, 2]
    assert nightly.run(both, DAY + timedelta(2)).result == "quiet"


def test_a_weekly_show_is_not_silenced_by_what_is_rendered_by_hand(place):
    weekly = settings(place, days=("fri",))
    put(weekly, "Alpha", "Beta")
    read = nightly.plan(weekly, FRIDAY).articles
    producing.produce(read, Wish(FRIDAY), weekly)
    put(weekly, "Gamma")
    assert nightly.run(weekly, FRIDAY).episode.title == "Gamma"
    put(weekly, "Delta")
    assert nightly.run(weekly, FRIDAY + timedelta(1)).episode is None


def test_a_weekly_show_whose_night_was_killed_after_its_edition_has_no_second_one(place, monkeypatch):
    weekly = settings(place, days=("fri",))
    put(weekly, "Alpha")
    with monkeypatch.context() as patched:
        patched.setattr(revising, "retain", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            nightly.run(weekly, FRIDAY)
    put(weekly, "Beta")
    for day in (0, 1, 6):
        assert nightly.run(weekly, FRIDAY + timedelta(day)).episode is None
    assert nightly.run(weekly, FRIDAY + timedelta(7)).episode.title == "Beta"


def test_a_weekly_draft_counts_though_a_source_failed_and_is_told_until_it_is_approved(place, monkeypatch):
    weekly = settings(place, days=("fri",), review=True, folders=("articles", "gone"))
    weekly = replace(weekly, config=replace(weekly.config, notify=Notify(to=("phone",))))
    heard = []
    monkeypatch.setattr(notifying, "notify", lambda _, run, __: heard.append(run) or ())
    put(weekly, "Alpha")
    first = nightly.run(weekly, FRIDAY)
    assert (first.result, runs.last(weekly.store).drafts) == ("partial", (first.draft.name,))
    assert notifying.title("Show", heard[0]).endswith("not all went well; a draft waits for your approval")
    assert "Done, but not all of it; a draft waits for your approval" in page.page("Show", runs.numbered(weekly.store))
    assert f"`audioed approve {first.draft.name}`" in notifying.body(heard[0])
    assert replace(first, grave=False, unsent=True).result == "partial"
    put(weekly, "Beta")
    later = [nightly.run(weekly, FRIDAY + timedelta(each)) for each in (1, 8)]
    assert [bool(each.draft) for each in later] == [False, True]
    assert "1 draft waits for your approval, since 2026-03-13; `audioed drafts` names it." in later[0].notes
    assert [run.day for run in heard] == [FRIDAY, FRIDAY + timedelta(1), FRIDAY + timedelta(8)]  # good again, a draft
    assert any(each.told.startswith("2 drafts wait") for each in checks.episodes(weekly))


@pytest.mark.parametrize(("when", "is_told"), [("failure", False), ("recovery", True), ("always", True)])
def test_a_new_draft_is_told_of_unless_only_failures_are(when, is_told):
    made = runs.Run(day=DAY, result="draft", drafts=("2026-03-15-alpha",))
    assert notifying.is_due(made, made, when) is is_told
