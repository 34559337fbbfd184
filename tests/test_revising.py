"""An episode that listeners have is corrected, taken back and brought again; what is too old goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audioed import nightly, producing, revising
from audioed.catalogue import Wish
from audioed.catalogue.index import read_index
from audioed.catalogue.removed import removed
from audioed.config import Nightly
from audioed.errors import ScriptError, StoreError
from audioed.model import Correction, Script
from audioed.revising import Wanted
from tests.conftest import DAY
from tests.test_build import feed_of, tree
from tests.test_catalogue import built

LATER = DAY + timedelta(days=9)


def corrected(place, name, **wanted):
    return revising.correct(name, Wanted(**{"today": LATER, **wanted}), place)


def mended(place, name):
    """The script of an episode, put right by hand in its folder."""
    path = place.store.episode_folder(name) / "script.json"
    path.write_text(path.read_text("utf-8").replace("Nobody fell in.", "Nobody fell off."), "utf-8")
    return place.store.load(Script, path)


def ids_of(place):
    return [entry.id for entry in feed_of(place).entries]


def test_a_corrected_episode_keeps_its_guid_day_and_number(article, silent):
    first = built([article], silent)
    (before,) = feed_of(silent).entries
    mended(silent, first.name)
    second = corrected(silent, first.name, note="Nobody fell off.")
    (entry,) = feed_of(silent).entries
    assert (entry.id, entry.published) == (before.id, before.published)
    assert entry.enclosures[0].href.endswith(second.enclosure.name)
    assert second.enclosure.name != first.enclosure.name
    assert (second.guid, second.day, second.number) == (first.guid, first.day, first.number)
    assert second.corrections == (Correction(day=LATER, text="Nobody fell off."),)
    assert {each.name for each in second.earlier} == {first.enclosure.name}
    assert corrected(silent, first.name, note="Nobody fell off.") == second, "the same command is the same correction"


def test_a_notice_is_said_first_and_stays_when_its_article_is_rendered_again(article, silent):
    first = built([article], silent)
    second = corrected(silent, first.name, notice="The bridge is 90 metres long.", note="It is 90 metres long.")
    assert second.cues[0].text == "Correction: The bridge is 90 metres long."
    assert [each.title for each in second.chapters[:2]] == ["Correction", first.chapters[0].title]
    assert [each.text for each in second.corrections] == ["It is 90 metres long."]
    mended_article = replace(article, blocks=(*article.blocks, replace(article.blocks[0], text="A kiosk opened, too.")))
    third = producing.produce([mended_article], Wish(LATER), silent)
    assert third.cues[0] == second.cues[0]
    assert third.corrections == second.corrections
    assert third.cues[-1].text == "A kiosk opened, too."
    fourth = corrected(silent, first.name, notice="It cost less.")
    assert [cue.text for cue in fourth.cues if "Correction" in cue.text] == ["Correction: It cost less."]
    assert [each.text for each in fourth.corrections] == ["It is 90 metres long.", "It cost less."]
    fifth = corrected(silent, first.name, notice="")
    assert fifth.cues[0].text == first.cues[0].text


def test_an_episode_reads_another_article_in_its_place(article, silent):
    first = built([article], silent)
    other = replace(article, title="A path that nobody knows", url="", name="corrected.md", ids=())
    second = corrected(silent, first.name, articles=[other], note="A new title.")
    assert (second.name, second.guid) == (first.name, first.guid)
    assert second.title == "A path that nobody knows"
    assert len(ids_of(silent)) == 1


def test_a_correction_says_that_there_was_one_where_nothing_else_is_told(article, silent):
    first = built([article], silent)
    assert corrected(silent, first.name, note="").corrections == ()
    mended(silent, first.name)
    assert corrected(silent, first.name, note="").corrections[0].text == "This recording was corrected."


def test_another_episodes_script_is_no_correction(article, silent):
    first = built([article], silent)
    script = mended(silent, first.name)
    for change in ({"day": LATER}, {"number": 7}, {"name": "another"}):
        wrong = replace(script, edition=replace(script.edition, **change))
        with pytest.raises(ScriptError, match="a correction keeps name, number and day"):
            corrected(silent, first.name, script=wrong)
