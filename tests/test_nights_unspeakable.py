"""An article that no voice can speak costs itself, not the night."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audioed import nightly
from audioed.errors import SynthesisError
from audioed.synthesis import clips
from tests.conftest import DAY
from tests.test_nightly import put, with_sources

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def place(silent, tmp_path, monkeypatch):
    """A show that reads one folder with a voice that fails at one name."""
    (tmp_path / "articles").mkdir()
    judged = clips.fault

    def fault(sound, text, rate):
        return "silence" if "Beta" in text else judged(sound, text, rate)

    monkeypatch.setattr(clips, "fault", fault)
    return with_sources(silent, folders=("articles",))


@pytest.mark.parametrize("episodes", ["edition", "single", "both"])
def test_what_others_are_read_in_is_built_without_it_and_it_is_told_once(place, episodes):
    place = replace(place, config=replace(place.config, nightly=replace(place.config.nightly, episodes=episodes)))
    for title in ("Alpha", "Beta", "Gamma"):
        put(place, title)
    report = nightly.run(place, DAY)
    read = [[source.title for source in each.sources] for each in (report.episode, *report.others)]
    together, alone = [["Alpha", "Gamma"]], [["Alpha"], ["Gamma"]]
    assert read == {"edition": together, "single": alone, "both": together + alone}[episodes]
    (skip,) = report.skips
    assert skip.name == "articles/Beta.txt"
    assert "gives silence for" in skip.reason
    after = nightly.run(place, DAY + timedelta(days=1))
    assert (after.episode, after.skips) == (None, ())


def test_alone_it_may_be_the_voices_fault_and_is_left_out_as_soon_as_another_is_there(place):
    put(place, "Beta")
    with pytest.raises(SynthesisError, match="gives silence for"):
        nightly.run(place, DAY)
    put(place, "Gamma")
    report = nightly.run(place, DAY + timedelta(days=1))
    assert [source.title for source in report.episode.sources] == ["Gamma"]
    assert [skip.name for skip in report.skips] == ["articles/Beta.txt"]


def test_a_voice_that_fails_at_everything_is_no_articles_fault(place, monkeypatch):
    put(place, "Alpha")
    put(place, "Gamma")
    monkeypatch.setattr(clips, "fault", lambda *_: "silence")
    with pytest.raises(SynthesisError, match="gives silence"):
        nightly.run(place, DAY)
