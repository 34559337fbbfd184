"""When the words of a voice are heard is when it says that they are."""

from pathlib import Path

import numpy as np
import pytest

from audioed.model import Utterance
from audioed.sound import louder_half
from audioed.synthesis.engines.hibari import Hibari
from audioed.voices.cards import voice_cards

FRAME = 120
"""Samples, 5 ms."""


@pytest.fixture(scope="module")
def engine():
    made = Hibari()
    yield made
    made.close()


@pytest.mark.parametrize("text", ["Ten boats came.", "Old boats came.", "Big boats came.", "Cold boats came."])
def test_the_first_word_begins_with_the_sound(engine, text):
    sound = engine.synthesize(Utterance(written=text, spoken=text), voice_cards(Path("nowhere"))["heart"])
    power = (
        np.square(sound.samples[: len(sound.samples) // FRAME * FRAME].astype(float)).reshape(-1, FRAME).mean(axis=1)
    )
    heard = np.flatnonzero(power > 1e-4 * louder_half(power))[0] * FRAME / sound.rate

    assert sound.timings[0].start == pytest.approx(heard, abs=0.04)
