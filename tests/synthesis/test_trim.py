"""The silence around and inside a clip; no sound is lost."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioed.model import Utterance
from audioed.sound import Sound, Timing
from audioed.synthesis.engine import load
from audioed.synthesis.trim import AFTER, BEFORE, LONGEST, trimmed
from audioed.voices.cards import voice_cards

RATE = 22_050


def noise(seconds: float, level: float) -> np.ndarray:
    return (np.random.default_rng(1).standard_normal(round(seconds * RATE)) * level).astype(np.float32)


def clip(*parts: tuple[float, float]) -> Sound:
    """Noise of so many seconds and so loud, in a row."""
    return Sound(samples=np.concatenate([noise(*part) for part in parts]), rate=RATE)


def test_silence_around_a_clip_is_cut_to_what_belongs_to_its_sounds():
    found = trimmed(clip((0.5, 1e-5), (1.0, 0.1), (0.8, 1e-5)))
    assert found.duration == pytest.approx(BEFORE + 1.0 + AFTER, abs=0.011)
    assert abs(found.samples[0]) < 1e-6
    assert abs(found.samples[-1]) < 1e-6


@pytest.mark.parametrize("soft", [0.1 * 10 ** (-40 / 20), 0.1 * 10 ** (-46 / 20)])
def test_a_soft_breath_at_an_edge_stays(soft):
    found = trimmed(clip((0.5, 1e-5), (0.15, soft), (1.0, 0.1), (0.15, soft), (0.5, 1e-5)))
    assert found.duration == pytest.approx(BEFORE + 1.3 + AFTER, abs=0.021)


def test_a_long_silence_inside_is_shortened_and_a_short_one_stays():
    assert trimmed(clip((1.0, 0.1), (2.0, 1e-5), (1.0, 0.1))).duration == pytest.approx(2 + LONGEST, abs=0.011)
    assert trimmed(clip((1.0, 0.1), (0.5, 1e-5), (1.0, 0.1))).duration == pytest.approx(2.5, abs=0.011)


def test_a_cut_does_not_click():
    found = trimmed(clip((1.0, 0.1), (2.0, 3e-5), (1.0, 0.1)))
    joint = round((1.0 + LONGEST / 2) * RATE)
    assert np.abs(np.diff(found.samples[joint - 50 : joint + 50])).max() < 3e-4


def test_words_sound_where_they_did_in_what_is_left():
    parts = ((0.5, 1e-5), (1.0, 0.1), (2.0, 1e-5), (1.0, 0.1), (0.5, 1e-5))
    words = [(0.0, 1.5), (1.5, 1.6), (2.0, 3.0), (3.5, 4.5), (4.7, 5.0)]
    sound = replace(clip(*parts), timings=tuple(Timing(n, n + 1, *each) for n, each in enumerate(words)))
    found = [(each.start, each.end) for each in trimmed(sound).timings]
    second = BEFORE + 1.0 + LONGEST
    expected = [
        (BEFORE, BEFORE + 1.0),  # the silence before it goes
        (BEFORE + 1.0, BEFORE + 1.1),
        (BEFORE + 1.0 + LONGEST / 2, BEFORE + 1.0 + LONGEST / 2),  # in what was cut out
        (second, second + 1.0),
        (second + 1.0 + AFTER, second + 1.0 + AFTER),
    ]
    assert np.array(found) == pytest.approx(np.array(expected), abs=0.011)


def test_a_word_begins_with_its_sound_and_not_in_the_silence_before():
    parts = ((0.3, 1e-5), (0.5, 0.1), (0.3, 1e-5), (0.5, 0.1), (0.05, 1e-5), (0.5, 0.1))
    words = [(0.35, 0.95), (0.95, 1.3), (1.3, 1.62), (1.62, 2.1)]  # late, early, inside, in what closes a "t"
    sound = replace(clip(*parts), timings=tuple(Timing(n, n + 1, *each) for n, each in enumerate(words)))
    found = [(each.start - BEFORE, each.end - BEFORE) for each in trimmed(sound).timings]
    expected = [(0.0, 0.5), (0.8, 1.0), (1.0, 1.32), (1.32, 1.8)]
    assert np.array(found) == pytest.approx(np.array(expected), abs=0.011)


@pytest.mark.parametrize(("gap", "level", "begins"), [(0.1, 0.1, 0.5), (0.1, 1e-5, 0.6), (0.2, 0.1, 0.7)])
def test_what_is_heard_between_two_words_is_the_second_one(gap, level, begins):
    sound = replace(
        clip((0.5, 0.1), (gap, level), (0.5, 0.1)),
        timings=(Timing(0, 1, 0.0, 0.5), Timing(2, 3, 0.5 + gap, 1.0 + gap)),
    )
    assert trimmed(sound).timings[1].start == pytest.approx(begins, abs=0.006)


def test_silence_alone_stays_as_it_is():
    assert trimmed(Sound(samples=np.zeros(100, np.float32), rate=RATE)).duration == 100 / RATE


def test_what_is_cut_from_a_neural_voice_is_silent():
    said = Utterance(written="He puffed, then hushed.", spoken="He puffed, then hushed.")
    sound = load("piper").synthesize(said, voice_cards(Path("nowhere"))["joe"])
    kept = len(trimmed(sound).samples)
    middle = trimmed(sound).samples[1000:2000]
    (at,) = [at for at in range(len(sound.samples) - 2000) if np.array_equal(sound.samples[at : at + 1000], middle)]
    outside = np.concatenate([sound.samples[: at - 1000], sound.samples[at - 1000 + kept :]])
    assert np.abs(outside).max(initial=0) < 0.01 * np.abs(sound.samples).max()
