"""Voices of a server: asked politely, paid for knowingly, and told plainly when they fail."""

from dataclasses import replace

import numpy as np
import pytest

from audioed import synthesis
from audioed.config import Synthesis
from audioed.errors import SynthesisError
from audioed.model import Utterance, Voice
from audioed.sound import Sound, to_wav
from audioed.synthesis.engines.openai import KEY, OpenAI, from_server


@pytest.fixture
def voice(speech_server):
    return Voice(
        name="alloy", engine="openai", language="mul", model="tts-1", speaker="alloy", address=speech_server.address
    )


def say(voice: Voice, text: str = "The bridge opens on Monday.") -> Sound:
    engine = OpenAI()
    try:
        return engine.synthesize(Utterance(written=text, spoken=text), voice)
    finally:
        engine.close()


def test_the_server_is_asked_as_its_api_says(speech_server, voice, monkeypatch):
    monkeypatch.setenv(KEY, "secret")

    sound = say(replace(voice, rate=1.25))

    assert speech_server.asked == [
        (
            "/v1/audio/speech",
            {
                "model": "tts-1",
                "input": "The bridge opens on Monday.",
                "voice": "alloy",
                "response_format": "wav",
                "speed": 1.25,
            },
        )
    ]
    assert speech_server.keys == ["Bearer secret"]
    assert sound.duration > 1


def test_a_server_of_ones_own_needs_no_key(speech_server, voice, monkeypatch):
    monkeypatch.delenv(KEY, raising=False)
    say(voice)
    assert speech_server.keys == [None]


def test_a_busy_server_is_asked_again(speech_server, voice):
    speech_server.answers += [429, 429]
    assert say(voice).duration > 1
    assert len(speech_server.asked) == 3


@pytest.mark.parametrize(("status", "told"), [(401, f"set {KEY}"), (404, "check model and speaker"), (400, "told so")])
def test_a_refusal_is_told_with_its_remedy_and_not_repeated(speech_server, voice, status, told):
    speech_server.answers += [status]
    with pytest.raises(SynthesisError, match=told):
        say(voice)
    assert len(speech_server.asked) == 1


def test_a_server_that_is_not_there_is_named(voice):
    with pytest.raises(SynthesisError, match="check the address"):
        say(replace(voice, address="http://127.0.0.1:9/v1"))


EMPTY = to_wav(Sound(samples=np.zeros(0, np.float32), rate=8000))


@pytest.mark.parametrize("body", [b"<html>", b"RIFF", EMPTY[:12] + b"fmt \x10", EMPTY[:30]])
def test_what_is_no_wav_file_is_refused(speech_server, voice, body):
    speech_server.body = body
    with pytest.raises(SynthesisError, match="no 16-bit WAV file"):
        say(voice)


def test_both_channels_are_heard(voice):
    left, right = np.full(100, 0.5, np.float32), np.full(100, -0.25, np.float32)
    data = bytearray(to_wav(Sound(samples=np.stack([left, right], axis=1).ravel(), rate=8000)))
    data[22] = 2

    sound = from_server(bytes(data), voice)

    assert (len(sound.samples), sound.rate) == (100, 8000)
    assert sound.samples == pytest.approx(0.125, abs=1e-3)


def test_a_run_that_would_cost_too_much_is_refused_before_anything_is_paid(speech_server, voice, silent, script):
    dear = replace(voice, price=1_000_000.0)
    with pytest.raises(SynthesisError, match=r"a run may spend \$5\.00; raise `most_cost`"):
        synthesis.speak(script, Synthesis(roles={"narrator": "alloy"}), {"alloy": dear}, silent.store)
    assert speech_server.asked == []

    synthesis.speak(script, Synthesis(roles={"narrator": "alloy"}), {"alloy": voice}, silent.store)
    assert speech_server.asked

    speech_server.asked.clear()  # all is in the store by now, whatever it costs
    synthesis.speak(script, Synthesis(roles={"narrator": "alloy"}), {"alloy": dear}, silent.store)
    assert speech_server.asked == []
