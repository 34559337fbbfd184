"""A show's own sound stands before the first word, and a file that is none is told before any work."""

import re
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from audioed import build
from audioed.cli.app import app
from audioed.errors import MasteringError
from audioed.mastering.encode import decoded
from audioed.mastering.jingle import jingle
from audioed.mastering.stitch import LEAD_IN, MEET, RATE
from audioed.sound import pcm
from tests.mp3 import encode


def chime(seconds: float, silence: float = 0.0) -> np.ndarray:
    """A tone that fades away, between so many seconds of silence."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = 0.4 * np.sin(2 * np.pi * 660 * time) * np.exp(-0.5 * time)
    return np.pad(tone, round(silence * RATE)).astype(np.float32)


def show_with(place, name: str):
    settings = replace(place.config.mastering, stings=replace(place.config.mastering.stings, opening=name))
    return replace(place, config=replace(place.config, mastering=settings))


@pytest.fixture
def own(silent):
    """A place whose show has a jingle of two seconds, an MP3 with a second of silence at either end."""
    encode([pcm(chime(2.0, silence=1.0))], silent.store.home / "chime.mp3", rate=RATE, bitrate=96)
    return show_with(silent, "chime.mp3")


def test_silence_around_a_jingle_is_taken_off(own):
    assert jingle(own.store.home / "chime.mp3", RATE).duration == pytest.approx(2.0, abs=0.1)


def test_the_jingle_sounds_before_the_first_word(speech, own):
    episode = build.master(speech, own)
    file = own.store.episode_folder(episode.name) / episode.enclosure.name
    heard = np.frombuffer(decoded(file, RATE, 10), "<i2") / np.float32(32_768)
    second = np.abs(np.fft.rfft(heard[LEAD_IN : LEAD_IN + RATE]))
    assert second.argmax() == pytest.approx(660, abs=2)  # one bin is one hertz
    assert episode.cues[0].start == pytest.approx(LEAD_IN / RATE + 2.0 - MEET, abs=0.2)
    assert episode.chapters[0].start == 0
    assert episode.loudness.integrated == pytest.approx(-16.0, abs=0.5)
    assert episode.loudness.true_peak <= -1.0


def test_the_same_jingle_gives_the_same_bytes(speech, own):
    assert build.master(speech, own) == build.master(speech, own)


def test_a_jingle_that_cannot_be_used_is_told_before_any_work(silent):
    folder = silent.store.home
    encode([pcm(chime(1.0))] * 33, folder / "long.mp3", rate=RATE, bitrate=96)
    encode([bytes(4 * RATE)], folder / "silent.mp3", rate=RATE, bitrate=96)
    (folder / "text.mp3").write_text("no sound at all")
    for name, told in (
        ("none.mp3", "does not exist"),
        ("text.mp3", "not a sound"),
        ("long.mp3", "longer than 30 seconds"),
        ("silent.mp3", "is silent"),
    ):
        with pytest.raises(MasteringError, match=rf"^opening in \[mastering.stings\]: .*{re.escape(name)} .*{told}"):
            build.validate(show_with(silent, name))
    assert not (silent.store.output).exists()


def test_a_jingle_that_can_be_used_is_not_kept_when_it_is_checked(own):
    build.validate(own)
    assert not own.store.output.exists()
    assert not own.store.cache.folder.exists()


def test_a_missing_jingle_is_in_the_way_of_what_builds_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", "cache")
    (tmp_path / "audioed.toml").write_text(
        '[mastering.stings]\nopening = "gone.mp3"\n[nightly]\nfolders = ["articles"]\n'
    )
    (tmp_path / "article.md").write_text("# The bridge\n\nThe bridge, which was planned for years, opened on Monday.\n")
    silent = ("--voice", "narrator=silent")

    def told(*arguments):
        return CliRunner().invoke(app, arguments).stderr

    for builds in (("render", "article.md", *silent), ("master", "article.md")):
        assert "gone.mp3 does not exist" in told(*builds)
    for others in (("render", "article.md", "--dry-run", *silent), ("verify", "x"), ("inspect", "x"), ("publish",)):
        assert "gone.mp3" not in told(*others)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.md", "audioed.toml"]
    assert "gone.mp3 does not exist" in told("nightly")  # which leaves a report
