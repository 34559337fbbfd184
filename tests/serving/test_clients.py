"""The table of what podcast apps see tells what is wrong, where something is."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from audioed.model import Chapter, Enclosure, Episode, Loudness
from audioed.store import integrity

pytest.importorskip("pty", reason="apps are run on a terminal of Unix")
HOME = Path(__file__).parents[2]
GOOD = {
    "a.json": json.dumps({"segments": [{"startTime": 0.0, "endTime": 1.0, "body": "Hello"}]}).encode(),
    "a.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
    "b.json": b'{"segments": [{"startTime": 0.0}]}',
    "b.vtt": b"WEBVTT\n\n00:00 --> 00:01\nHello\n",
}


@pytest.fixture(scope="module")
def benchmarks():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HOME / "benchmarks"))
        import antennapod
        import apps
        import clients

        patch.setattr(antennapod, "_get", GOOD.__getitem__)
        yield antennapod, apps, clients


@pytest.fixture
def item(benchmarks):
    return benchmarks[0].Item(
        title="One",
        published=datetime(2026, 3, 14, tzinfo=UTC),
        seconds=60,
        length=20_000,
        transcripts={"application/json": "a.json", "text/vtt": "a.vtt"},
    )


@pytest.mark.parametrize(
    "faults",
    [
        {"length": 16_384},
        {"title": "Two"},
        {"published": datetime.now(UTC) + timedelta(days=1)},
        {"transcripts": {"application/json": "b.json", "text/vtt": "a.vtt"}},
        {"transcripts": {"application/json": "a.json", "text/vtt": "b.vtt"}},
    ],
)
def test_each_rule_of_antennapod_is_kept_or_told(benchmarks, item, faults):
    rules = benchmarks[0].RULES
    other = replace(item, title="Two")
    assert all(kept(item, [item, other]) for _, kept in rules)
    wrong = replace(item, **faults)
    assert sum(not kept(wrong, [wrong, other]) for _, kept in rules) == 1


def test_chapters_that_antennapod_finds_are_those_of_the_episode(benchmarks):
    right, chapters = benchmarks[0]._right, (Chapter(title="One", start=0.0), Chapter(title="Two", start=30.0))
    seen = [[0, "One", None, None], [30_900, "Two", None, None]]
    assert right(seen, chapters)
    assert not right([*seen[:1], [31_200, "Two", None, None]], chapters)
    assert not right([*seen[:1], [30_000, "Tow", None, None]], chapters)
    assert not right(seen[:1], chapters)


@pytest.fixture
def seen(benchmarks, episode, tmp_path):
    sound = tmp_path / "downloaded.mp3"
    sound.write_bytes(b"sound")
    return benchmarks[1].Seen(
        url=f"http://localhost/show/one/{episode.enclosure.name}",
        title=episode.title,
        guid=episode.guid,
        seconds=round(episode.duration),
        chapters=len(episode.chapters),
        transcripts=5,
        image=f"http://localhost/show/{episode.name}/{episode.cover}",
        sound=sound,
    )


@pytest.fixture
def episode():
    told = integrity(hashlib.sha256(b"sound").hexdigest())
    return Episode(
        guid="1",
        name="one",
        show="Show",
        title="One",
        day=date(2026, 3, 14),
        number=1,
        language="en",
        enclosure=Enclosure(name="one-1.mp3", media_type="audio/mpeg", length=5, integrity=told),
        duration=90.4,
        chapters=(Chapter(title="One", start=0.0),),
        loudness=Loudness(integrated=-16.0, true_peak=-1.5, range=5.0),
        cover="cover-1.jpg",
        sources=(),
        segments=(),
        cues=(),
    )


def test_what_an_app_sees_otherwise_is_counted(benchmarks, seen, episode, tmp_path):
    cells = benchmarks[2].cells
    assert cells([seen], [episode]) == ["1 of 1", *["1 of 1"] * 4, "5 of 5", "1 of 1", "1 of 1"]
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"soun")
    other = {"title": "Another", "guid": "x", "seconds": 1000.0, "chapters": 2, "image": "cover.jpg", "sound": broken}
    assert cells([replace(seen, **other)], [episode]) == ["1 of 1", *["0 of 1"] * 4, "5 of 5", "0 of 1", "0 of 1"]
    assert cells([replace(seen, sound=tmp_path / "none")], [episode])[-1] == "0 of 1"
    assert cells([replace(seen, url="http://localhost/other.mp3")], [episode])[0] == "0 of 1"


def test_a_correction_is_seen_once_or_twice_with_the_new_sound_or_the_old(benchmarks, seen, episode, tmp_path):
    after = benchmarks[2].after
    told = integrity(hashlib.sha256(b"corrected").hexdigest())
    now = replace(episode, enclosure=replace(episode.enclosure, name="one-2.mp3", integrity=told))
    new = tmp_path / "new.mp3"
    new.write_bytes(b"corrected")
    fresh = replace(seen, url="http://localhost/show/one/one-2.mp3")
    assert after([replace(fresh, sound=new)], episode, now) == "1×, the new"
    assert after([replace(fresh, sound=None)], episode, now) == "1×, the new"
    assert after([fresh], episode, now) == "1×, the new to load, the old kept"
    assert after([seen], episode, now) == "1×, the old"
    assert after([replace(seen, guid=None), replace(fresh, guid=None, sound=new)], episode, now) == "2×, the new"


def test_every_app_has_its_row(benchmarks):
    page = (HOME / "docs" / "clients.md").read_text("utf-8")
    assert [each.name for each in benchmarks[1].APPS if f"| {each.name} | " not in page] == []
    assert [rule for rule, _ in benchmarks[0].RULES if f"| {rule} | yes |" not in page] == []
