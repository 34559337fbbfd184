"""Voices of a server: asked politely, paid for knowingly, and told plainly when they fail."""

from dataclasses import replace

import numpy as np
import pytest

from audioed import synthesis
from audioed.config import Synthesis
from audioed.errors import SynthesisError
from audioed.model import Utterance, Voice
from audioed.sound import Sound, to_wav
from audioed.synthesis.engines.openai import KEY, OpenAI, from_server, redacted


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


SECRET = "sk-Tide_0123456789abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - nobody's


@pytest.mark.parametrize(
    "echo",
    [
        f"Incorrect API key provided: {SECRET}.",
        f"Incorrect API key provided: {SECRET[:8]}*******{SECRET[-8:]}.",
        f'{{"headers": {{"authorization": "Bearer {SECRET.upper()}"}}}}',
        "x" * 170 + SECRET,
        "x" * 3990 + SECRET,
        f"key={SECRET}&again={SECRET}",
        f"split {SECRET[:20]} and {SECRET[20:]}",
        "Basic c2stVGlkZV8wMTIzNDU2Nzg5YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=",
        "İ" + SECRET,
    ],
)
@pytest.mark.parametrize("status", [400, 404, 422])
def test_whatever_a_server_says_nobody_is_shown_the_key(speech_server, voice, monkeypatch, status, echo):
    monkeypatch.setenv(KEY, SECRET)
    speech_server.answers += [status]
    speech_server.refusal = echo.encode()
    with pytest.raises(SynthesisError, match="check model and speaker") as caught:
        say(voice)
    told = str(caught.value).lower()
    assert not any(SECRET.lower()[start : start + 7] in told for start in range(len(SECRET) - 6))
    assert "c2stvglk" not in told


def test_what_is_no_secret_is_told():
    assert redacted("The model tts-9 is not known to us.", SECRET) == "The model tts-9 is not known to us."
    assert redacted("abc and abcd", "abc") == "… and …d"


@pytest.mark.parametrize("key", ["sk-Tide\nX: y", "sk-Tidé", "sk-\x1bTide"])
def test_a_key_that_is_none_is_refused_without_showing_it(speech_server, voice, monkeypatch, key):
    monkeypatch.setenv(KEY, key)
    with pytest.raises(SynthesisError, match=rf"^{KEY} holds characters that no key has; set it again\.$"):
        say(voice)
    assert speech_server.asked == []


def test_a_user_name_in_the_cards_address_lets_us_in_and_is_not_told(speech_server, voice, monkeypatch):
    monkeypatch.delenv(KEY, raising=False)
    card = replace(voice, address=speech_server.address.replace("://", "://ida:tide-secret@"))
    say(card)
    assert speech_server.keys == ["Basic aWRhOnRpZGUtc2VjcmV0"]
    for body, status in ((b"tide-secret aWRhOnRpZGUtc2VjcmV0", 400), (b"no sound", 401), (b"no sound", 200)):
        speech_server.refusal, speech_server.body, speech_server.answers = body, body, [status]
        with pytest.raises(SynthesisError) as caught:
            say(card)
        assert "secret" not in str(caught.value)
        assert "aWRhOn" not in str(caught.value)


EMPTY = to_wav(Sound(samples=np.zeros(0, np.float32), rate=8000))


@pytest.mark.parametrize("body", [b"<html>", b"RIFF", EMPTY[:12] + b"fmt \x10", EMPTY[:30]])
def test_what_is_no_wav_file_is_refused(speech_server, voice, body):
    speech_server.body = body
    with pytest.raises(SynthesisError, match="not send a 16-bit WAV file"):
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
