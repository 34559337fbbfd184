"""When the words of a voice are heard is when it says that they are."""

from pathlib import Path

import numpy as np
import pytest

from audioed.errors import SynthesisError
from audioed.model import Utterance
from audioed.sound import louder_half
from audioed.synthesis.engines.breaths import sayable
from audioed.synthesis.engines.hibari import Hibari
from audioed.synthesis.engines.misaki import MARKS, phonemes
from audioed.voices.cards import voice_cards

HEART = voice_cards(Path("nowhere"))["heart"]
FRAME = 120
"""Samples, 5 ms."""


@pytest.fixture(scope="module")
def engine():
    made = Hibari()
    yield made
    made.close()


@pytest.mark.parametrize("text", ["&", "50 %", "The ferry 👍 leaves."])
def test_what_has_a_sound_is_said_and_what_has_none_is_told(text, caplog):
    found = sayable(phonemes(text, "en"), Utterance(written=text, spoken=text), HEART)
    assert set(found.signs) - set(MARKS)
    assert [record.getMessage() for record in caplog.records] == (
        ["Not said by heart, 👍: The ferry 👍 leaves."] if "👍" in text else []
    )


@pytest.mark.parametrize("text", ["…", "👍", "()", ""])
def test_an_utterance_without_a_sound_is_refused(text):
    with pytest.raises(SynthesisError, match="has nothing that the voice 'heart' can say"):
        sayable(phonemes(text, "en"), Utterance(written=text, spoken=text), HEART)


@pytest.mark.parametrize("text", ["Ten boats came.", "Old boats came.", "Big boats came.", "Cold boats came."])
def test_the_first_word_begins_with_the_sound(engine, text):
    sound = engine.synthesize(Utterance(written=text, spoken=text), HEART)
    power = (
        np.square(sound.samples[: len(sound.samples) // FRAME * FRAME].astype(float)).reshape(-1, FRAME).mean(axis=1)
    )
    heard = np.flatnonzero(power > 1e-4 * louder_half(power))[0] * FRAME / sound.rate

    assert sound.timings[0].start == pytest.approx(heard, abs=0.04)
