"""An edition has the promos that are due on its day, where they belong, and keeps what somebody put there."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from audioed import build, config, producing, show
from audioed.catalogue import Wish
from audioed.config import Promo
from audioed.errors import ConfigError, MasteringError, ScriptError, VoiceNotFound
from audioed.model import Script
from audioed.promos.library import standings
from audioed.promos.placing import joined, parted, swapped
from tests.promos.conftest import DAY, STORIES, running
from tests.quick import quicken

MEMBERS = Promo(text="Members hear it a day early.\n\nJoin {show} for $5, at example.com.", title="Become a member")


def written(place, *articles, day=DAY):
    return build.write(articles, build.edition(articles, Wish(day), place), place)


def order(script):
    """The segments as they are heard, an article by its title, a promo by its name in brackets."""
    told = {"title": lambda each: each.title, "promo": lambda each: f"[{each.promo}]"}
    return [told[each.kind](each) for each in script.segments if each.kind in told]


def test_each_promo_stands_at_its_place(silent):
    place = running(silent, members=MEMBERS, before=replace(MEMBERS, place="first"), end=replace(MEMBERS, place="last"))
    script = written(place, *STORIES)
    heard = order(script)
    assert heard in (
        ["[before]", "The lighthouse", "The market", "[members]", "The ferry", "[end]"],
        ["[before]", "The lighthouse", "[members]", "The market", "The ferry", "[end]"],
    )
    assert [each.kind for each in script.segments][-2:] == ["promo", "closing"]
    promo = next(each for each in script.segments if each.promo == "members")
    assert promo.title == "Become a member"
    assert [each.spoken for each in promo.utterances] == [
        "Members hear it a day early.",
        "Join My articles for five dollars, at example dot com.",
    ]
    assert {each.role for each in promo.utterances} == {"promo"}
    assert [each.boundary for each in promo.utterances] == ["paragraph", "article"]
    assert sum(segment.chapter for segment in script.segments) == 4, (
        "the opening, or what comes first, and each article"
    )
    assert len({each.id for each in script.utterances}) == len(script.utterances)
    assert written(place, *STORIES) == script, "the same day, the same choice"
    assert parted(script)[0] == written(silent, *STORIES), "all else is as it would be without them"
    assert joined(*parted(script)) == script


def test_an_article_alone_has_one_promo_behind_it_and_begins_with_a_chapter(silent):
    only = STORIES[:1]
    assert order(written(running(silent, members=MEMBERS), *only)) == ["The lighthouse", "[members]"]
    script = written(running(silent, members=replace(MEMBERS, place="first")), *only)
    assert order(script) == ["[members]", "The lighthouse"]
    assert [each.chapter for each in script.segments[:2]] == [True, True]
    assert script.segments[-1].utterances[-1].boundary == "end"
    last = written(running(silent, members=MEMBERS), *only)
    assert [each.utterances[-1].boundary for each in last.segments[-2:]] == ["article", "end"]
    assert parted(last)[0] == written(silent, *only)


def test_a_promo_runs_on_its_days_and_beside_its_sections(silent):
    politics = replace(STORIES[1], section="Politics")
    place = running(
        silent,
        over=replace(MEMBERS, last_day=DAY - timedelta(1)),
        soon=replace(MEMBERS, first_day=DAY + timedelta(1)),
        day=replace(MEMBERS, first_day=DAY, last_day=DAY, sections=("politics",), place="last"),
        sport=replace(MEMBERS, sections=("Sport",)),
    )
    assert order(written(place, *STORIES)) == ["The lighthouse", "The market", "The ferry"]
    assert order(written(place, STORIES[0], politics)) == ["The lighthouse", "The market", "[day]"]
    assert order(written(place, politics, STORIES[0])) == ["The market", "The lighthouse"], "not beside it"
    states = {each.name: (each.state, each.share, each.today) for each in standings(place.config, DAY, place.store)}
    assert states["over"][0] == "over"
    assert states["soon"][0] == "to come"
    assert [states[name][:2] for name in ("day", "sport")] == [("runs", 0.5)] * 2
    assert sum(today for *_, today in states.values()) == 1


@pytest.mark.parametrize(("sections", "at"), [("AABB", 2), ("AAAB", 3), ("ABBB", 1), ("AAAA", 2)])
def test_a_promo_stands_before_a_section_rather_than_within_one(silent, sections, at):
    place = running(silent, members=MEMBERS)
    settings = replace(place.config.scripting, sections=("A", "B"))
    place = replace(place, config=replace(place.config, scripting=settings))
    block = replace(
        STORIES[0].blocks[0], text="Nobody rings the old bell, though children polish its brass each spring."
    )
    fourth = replace(STORIES[0], title="The bell", url="https://example.com/bell", name="bell", blocks=(block,))
    stories = [replace(each, section=own) for each, own in zip((*STORIES, fourth), sections, strict=True)]
    assert order(written(place, *stories)).index("[members]") == at


def test_the_library_is_independent_of_what_becomes_of_the_promos_in_articles(silent):
    pleads = replace(STORIES[0].blocks[0], text="Subscribe to our newsletter for $5 a month.", reading="promo")
    article = replace(STORIES[0], blocks=(*STORIES[0].blocks, pleads))
    place = running(silent, members=MEMBERS)
    assert order(written(place, article)) == ["The lighthouse", "[]", "[members]"]
    own = replace(place.config.scripting, promos="replace", promo="Ours alone.")
    place = replace(place, config=replace(place.config, scripting=own))
    script = written(place, article)
    assert [each.utterances[0].written for each in script.segments if each.kind == "promo"] == [
        "Ours alone.",
        "Members hear it a day early.",
    ]


def test_one_that_an_episode_has_already_is_not_said_twice(silent):
    place = running(silent, old=MEMBERS, new=replace(MEMBERS, text="Something new.", place="last"))
    script = written(place, *STORIES)
    assert sorted(each.promo for each in script.segments if each.promo) == ["new", "old"]
    (new,) = (each for each in script.segments if each.promo == "new")
    assert [each for each in order(swapped(script, "old", new)) if "[" in each] == ["[new]"]
    alone = written(running(silent, old=MEMBERS), *STORIES)
    again = swapped(alone, "old", new)
    assert order(again) == [each.replace("old", "new") for each in order(alone)]
    assert again.segments[-2].utterances[-1].pause == alone.segments[-2].utterances[-1].pause
    assert swapped(script, "unknown", new) == script


def test_a_promo_is_in_the_language_of_the_show(silent):
    german = replace(STORIES[0], language="de")
    promo = written(running(silent, members=MEMBERS), german).segments[-1]
    assert promo.title == "Become a member"
    assert {each.language for each in promo.utterances} == {"en"}
    assert "five dollars" in promo.utterances[-1].spoken


def test_a_day_is_the_shows_own_when_clocks_change(silent, monkeypatch):
    """On the last Sunday of March clocks in Paris go from 2 to 3: at half past midnight it is that Sunday there."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 3, 28, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(show, "datetime", Clock)
    saturday, sunday = date(2026, 3, 28), date(2026, 3, 29)
    place = running(silent, saturday=replace(MEMBERS, last_day=saturday), sunday=replace(MEMBERS, first_day=sunday))
    channel = replace(place.config.show, timezone="Europe/Paris")
    paris = show.Show(replace(place, config=replace(place.config, show=channel)))
    assert {each.name: each.state for each in paris.promos()} == {"saturday": "over", "sunday": "runs"}
    assert order(paris.write(*STORIES[:1])) == ["The lighthouse", "[sunday]"]
    assert {each.name: each.state for each in show.Show(place).promos()} == {"saturday": "runs", "sunday": "to come"}
    with pytest.raises(ConfigError, match="'saturday' ended on 2026-03-28; correct its days"):
        paris.swap_promo("sunday", "saturday", dry_run=True)
    with pytest.raises(ConfigError, match="'sunday' does not run before 2026-03-29"):
        show.Show(place).swap_promo("saturday", "sunday", dry_run=True)


def test_what_somebody_changed_of_a_promo_stays_and_the_rest_follows_the_library(silent, monkeypatch):
    quicken(monkeypatch)
    place = running(silent, members=MEMBERS)
    made = producing.produce(STORIES, Wish(DAY), place)
    path = place.store.episode_folder(made.name) / "script.json"
    again = running(silent, other=replace(MEMBERS, text="Something else."))
    assert "[other]" in order(producing.script_for(STORIES, Wish(DAY), again)[0]), "the library has changed"
    told = json.loads(path.read_bytes())
    (promo,) = (each for each in told["segments"] if each["promo"])
    promo["utterances"][0]["written"] = promo["utterances"][0]["spoken"] = "By hand."
    path.write_text(json.dumps(told), "utf-8")
    for there in (place, again):
        script = producing.script_for(STORIES, Wish(DAY), there)[0]
        assert script.segments.count(next(each for each in script.segments if each.promo)) == 1
        assert "By hand." in script.text
    told["segments"].remove(promo)
    path.write_text(json.dumps(told), "utf-8")
    assert "[members]" not in order(producing.script_for(STORIES, Wish(DAY), place)[0]), "taken out by hand"
    assert "[members]" in order(producing.script_for(STORIES, Wish(DAY, fresh=True), place)[0])


def test_what_cannot_be_heard_is_told_before_anything_is_spoken(silent):
    (silent.store.home / "text.wav").write_text("no sound")
    for promo, error, told in (
        (Promo(sound="gone.wav"), MasteringError, r"gone\.wav does not exist"),
        (Promo(sound="text.wav"), MasteringError, r"text\.wav"),
        (Promo(text="Hello.", voice="nobody"), VoiceNotFound, "'nobody' .* is not installed"),
        (Promo(text="…"), ScriptError, r"promos\.it: “…” has nothing to say"),
    ):
        place = running(silent, it=promo)
        with pytest.raises(error, match=told):
            build.speak(written(place, STORIES[0]), place)
    assert not list(silent.store.cache.folder.glob("clips/*/*.wav"))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[promos.a]", r"promos\.a: has nothing to say; write its text, or name its sound\."),
        (
            '[promos.a]\ntext = "x"\nfirst_day = 2026-03-02\nlast_day = 2026-03-01',
            "ends on 2026-03-01, before it begins",
        ),
        ('[promos.a]\ntext = "x"\nweight = 0', r"promos\.a\.weight: 0 is out of range; use a number from 0\.01 to 100"),
        ('[promos.a]\ntext = "x {shw}"', r"promos\.a\.text: \{shw\} stands for nothing; did you mean \{show\}\?"),
        ('[promos."a b"]\ntext = "x"', r"promos: 'a b' is not the name of a promo; use letters"),
        ('[promos.a]\ntext = "x"\nfirst_day = 2026-02-30', r"is not valid TOML"),
        ('[promos.a]\ntext = "x"\nlast_day = "soon"', r"promos\.a\.last_day: input should be a valid date"),
        (
            '[promos.a]\ntext = "x"\nplaces = "last"',
            r"promos\.a\.places is not a setting; did you mean promos\.a\.place\?",
        ),
    ],
)
def test_settings_of_a_promo_that_cannot_be_are_told(tmp_path, table, told):
    path = tmp_path / "audioed.toml"
    path.write_text(table, "utf-8")
    with pytest.raises(ConfigError, match=told):
        config.load(path)


def test_a_script_of_before_has_no_promos_of_a_library(silent):
    script = written(silent, *STORIES)
    told = json.loads(json.dumps([each.promo for each in script.segments]))
    assert not any(told)
    assert isinstance(script, Script)
    assert parted(script) == (script, {})
