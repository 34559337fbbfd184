"""The embedded voice: the same bytes everywhere, a tempo that is kept, and when each word sounds."""

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audioed.errors import SynthesisError
from audioed.model import Utterance
from audioed.synthesis.engines import hibari, vocoder
from audioed.synthesis.engines.breaths import Breath, breaths
from audioed.synthesis.engines.misaki import phonemes
from audioed.voices.cards import voice_cards

TEXT = "The night ferry leaves at ten, and [Siobhan](/ʃɪˈvɔːn/) does not mind: “Never again”, she said."
HEART = voice_cards(Path("nowhere"))["heart"]


@pytest.fixture(scope="module")
def engine():
    made = hibari.Hibari()
    yield made
    made.close()


def said(text):
    return Utterance(written=text, spoken=text)


def digest(sound):
    return hashlib.sha256(sound.samples.tobytes()).hexdigest()


SPEAKS = """
import hashlib, json, sys
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from audioed.model import Utterance
from audioed.synthesis.engines.hibari import Hibari
from audioed.voices.cards import voice_cards
texts, workers = json.loads(sys.argv[1]), int(sys.argv[2])
engine, card = Hibari(), voice_cards(Path("nowhere"))["heart"]
with ThreadPoolExecutor(workers) as threads:
    sounds = threads.map(lambda text: engine.synthesize(Utterance(written=text, spoken=text), card), texts)
    print(json.dumps([hashlib.sha256(sound.samples.tobytes()).hexdigest() for sound in sounds]))
"""


def test_the_same_text_is_the_same_bytes_in_every_process_and_with_any_number_of_workers(engine):
    texts = [TEXT, "Yes.", "It costs four million dollars; nobody knows why.", TEXT.replace("ten", "eleven")]
    here = [digest(engine.synthesize(said(text), HEART)) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda text: digest(engine.synthesize(said(text), HEART)), texts)) == here
    # Another process reads them the other way round, and its BLAS may use every core.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "4"}
    told = subprocess.run(
        [sys.executable, "-c", SPEAKS, json.dumps(texts[::-1]), "3"],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(told.stdout)[::-1] == here
    assert len(set(here)) == len(here)


def test_another_voice_draws_other_noise(engine):
    assert digest(engine.synthesize(said("Yes."), replace(HEART, level=3.0))) == digest(
        engine.synthesize(said("Yes."), HEART)
    )
    brisk = engine.synthesize(said("Yes."), replace(HEART, rate=1.001))
    assert digest(brisk) != digest(engine.synthesize(said("Yes."), HEART))


@pytest.mark.parametrize("change", [{"rate": 1.1}, {"rate": 0.9}, {"rate": 2.5}, {"rate": 0.4}, {"pitch": -2.0}])
def test_a_voice_speaks_as_fast_as_its_card_says(engine, monkeypatch, change):
    monkeypatch.setattr(hibari, "DENSE", 99.0)
    plain = engine.synthesize(said(TEXT), replace(HEART, rate=1.0))
    other = engine.synthesize(said(TEXT), replace(HEART, **{"rate": 1.0, **change}))

    near = 0.005 if change.get("rate", 1) in (1, 1.1, 0.9) else 0.1
    assert other.duration * change.get("rate", 1) == pytest.approx(plain.duration, rel=near)
    assert other.timings[-1].end / other.duration == pytest.approx(plain.timings[-1].end / plain.duration, abs=0.03)


def test_each_word_is_timed_within_the_sound(engine):
    sound = engine.synthesize(said(TEXT), HEART)

    words = [TEXT[each.at : each.until] for each in sound.timings]
    assert words[:7] == ["The", "night", "ferry", "leaves", "at", "ten", "and"]
    assert words[7] == "[Siobhan](/ʃɪˈvɔːn/)"
    assert words[-4:] == ["Never", "again", "she", "said"]
    moments = [moment for each in sound.timings for moment in (each.start, each.end)]
    assert moments == sorted(moments)
    assert moments[0] > 0.1
    assert moments[-1] < sound.duration
    # The comma is heard: between "ten" and "and" it is softer than within either.
    ten, following = sound.timings[5:7]
    ends = [round(moment * sound.rate) for moment in (ten.start, ten.end, following.start, following.end)]
    before, gap, after = (np.sqrt(np.mean(sound.samples[begin:end] ** 2)) for begin, end in pairwise(ends))
    assert 0 < gap < min(before, after) / 2


def test_the_units_of_the_network_add_up_to_its_frames(engine):
    network = engine._model(HEART)
    numbers = [[0, *map(hibari._numbers().get, phonemes("It rains.", "en-US").signs), 0]]
    given = {"ids": np.array(numbers, np.int64), "speed": np.array([1.0], np.float32)}
    spectra, pitch, units = network.run([hibari.SPECTRA, hibari.PITCH, hibari.DURATIONS], given)
    assert units.sum() * hibari.UNIT == pitch.shape[1] == spectra.shape[1]
    assert len(units) == len(numbers[0])


def test_a_long_utterance_is_given_in_breaths_that_end_at_clauses():
    signs = phonemes(" ".join([TEXT] * 12), "en-US").signs

    parts = list(breaths(signs, hibari.LONGEST))

    assert len(parts) > 1
    assert [first for first, _ in parts] == [0, *(last for _, last in parts[:-1])]
    assert parts[-1][1] == len(signs)
    assert all(last - first <= hibari.LONGEST for first, last in parts)
    assert all(signs[:last].rstrip()[-1] in ",:.”" for _, last in parts)


def test_words_of_a_long_utterance_are_timed_in_order(engine):
    text = " ".join([TEXT] * 6)
    sound = engine.synthesize(said(text), HEART)
    moments = [moment for each in sound.timings for moment in (each.start, each.end)]
    assert moments == sorted(moments)
    assert len(moments) == 2 * 6 * 15


def test_what_cannot_be_said_is_told(engine, caplog):
    engine.synthesize(said("The sign ⌘ is a key."), HEART)
    assert "Not said by heart, ⌘" in caplog.text
    with pytest.raises(SynthesisError, match="cut it"):
        engine.synthesize(said("⌘ …"), HEART)


def test_a_slower_voice_says_every_frame_and_some_twice():
    for hop in range(vocoder.HOP, 601):
        for frames in (1, 2, 90, 433):
            said = vocoder.nearest(np.full(frames, hop), vocoder.HOP)
            assert set(said) == set(range(frames))
            assert set(np.diff(said)) <= {0, 1}
            assert 0 <= len(said) * vocoder.HOP - frames * hop < vocoder.HOP


def test_frames_of_a_slower_voice_stay_as_close_as_they_were():
    chance = np.random.default_rng(1)
    spectra = chance.normal(-4, 1, (90, 5 * 601)).astype(np.float32)
    pitch = np.full(90, 200, np.float32)
    hops = np.repeat([357, 300, 320], 30)
    said = vocoder.nearest(hops, vocoder.HOP)

    slower = vocoder.sounded(spectra, pitch, hops, Even())

    twice = vocoder.sounded(spectra[said], pitch[said], np.full(len(said), vocoder.HOP), Even())
    np.testing.assert_array_equal(slower, twice)
    assert [np.count_nonzero((said >= first) & (said < first + 30)) for first in (0, 30, 60)] == [36, 30, 32]


def passages(sound, text, letters):
    """Letters a second of every passage of whole words with so many of them."""
    for first, begin in enumerate(sound.timings):
        for end in sound.timings[first + 1 :]:
            if end.at - begin.at >= letters:
                yield text[begin.at : end.at], (end.at - begin.at) / (end.start - begin.start)
                break


DENSE = (
    "The freight ships brought crews through straits that skilled pilots thought too rough for them.",
    "The council approves of the plan, which brings stronger bridges throughout the Scottish heights.",
    "Sketches scratched through scrolls, scripts and scraps taught scholars what they sought.",
)


@pytest.mark.parametrize("text", DENSE)
def test_what_is_dense_is_said_so_slowly_that_one_can_read_along(engine, monkeypatch, text):
    slowed, quick = (engine.synthesize(said(text), replace(HEART, rate=rate)) for rate in (HEART.rate, 1.4))
    monkeypatch.setattr(hibari, "DENSE", 99.0)
    plain = engine.synthesize(said(text), HEART)

    slow, fast, read = (max(pace for _, pace in passages(sound, text, 60)) for sound in (slowed, quick, plain))
    assert read > 18
    assert slow < max(17.2, read / 1.13)  # rounded to whole samples of a frame, and at most so much slower
    assert fast > read  # whoever asks for a faster voice gets one


def test_what_is_not_dense_keeps_its_tempo(engine):
    text = "Ada, a sailor in Monaco, ate an avocado, a banana, an apricot and a tomato in April, in a big bikini."
    slow = Breath(0, phonemes(text, "en").signs, np.zeros(1, np.int64))
    assert slow.density(np.ones(len(slow.signs) + 2)).max() == 0
    plain = engine.synthesize(said(text), replace(HEART, rate=1.0))
    network = engine._model(HEART)
    numbers = [[0, *map(hibari._numbers().get, slow.signs), 0]]
    given = {"ids": np.array(numbers, np.int64), "speed": np.array([1.0], np.float32)}
    (units,) = network.run([hibari.DURATIONS], given)
    assert len(plain.samples) == units.sum() * hibari.UNIT * vocoder.HOP


class Even:
    """Bits that are all alike, so that the noise is silent."""

    def random_raw(self, count):
        return np.zeros(count, np.uint64)


class Calm:
    """The same for hibari's own signal processing."""

    def standard_normal(self, shape, dtype):
        return np.zeros(shape, dtype)


def test_our_signal_processing_gives_what_the_package_s_own_does(engine):
    from hibari.dsp import synth

    numbers = [[0, *map(hibari._numbers().get, phonemes(TEXT, "en-US").signs), 0]]
    *spectra, f0, _, _ = engine._model(HEART).run(
        None, {"ids": np.array(numbers, np.int64), "speed": np.array([1.0], np.float32)}
    )
    voiced = np.maximum(f0[0], np.float32(120))  # where nothing is voiced, theirs counts on at 40 Hz

    ours = vocoder.sounded(
        np.concatenate([each[0] for each in spectra]).T, voiced, np.full(len(voiced), vocoder.HOP), Even()
    )
    theirs = synth(*(each[0].copy() for each in spectra), voiced, Calm())

    inside = slice(vocoder.LENGTH, -vocoder.LENGTH)
    assert np.abs(ours - theirs)[inside].max() < 2e-3
    assert np.abs(theirs).max() > 0.1
