"""Every utterance gets its clip, once."""

from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest

from audioed import build, synthesis
from audioed.config import Synthesis
from audioed.errors import EngineNotFound, SynthesisError, Unspeakable, VoiceNotFound
from audioed.model import Segment, Utterance
from audioed.scripting.ids import identified
from audioed.sound import Sound, to_wav
from audioed.synthesis import clips, engine, faults
from audioed.synthesis.engines.silent import EDGE, SECONDS_PER_CHARACTER, Silent


class Counting(Silent):
    """The silent engine, which remembers what it was asked and spoils what it is told to."""

    def __init__(self, *, spoil: int = 0, text: str = "") -> None:
        self.asked: list[str] = []
        self.spoil, self.text = spoil, text

    def synthesize(self, utterance, voice, /):
        self.asked.append(utterance.spoken)
        if self.text in utterance.spoken and self.asked.count(utterance.spoken) <= self.spoil:
            return Sound(samples=np.zeros(50_000, np.float32), rate=22_050)
        return super().synthesize(utterance, voice)


def tone(seconds):
    """A hum that fades away at its end."""
    time = np.arange(round(seconds * 22_050)) / 22_050
    return 0.4 * np.sin(2 * np.pi * 220 * time) * np.minimum(1, (seconds - time) / 0.05)


def with_engine(monkeypatch, made):
    monkeypatch.setattr(engine, "load", lambda _name: made)
    return made


def test_clips_stand_in_the_order_of_the_script(script, silent):
    speech = build.speak(script, silent)
    assert tuple(clip.utterance for clip in speech.clips) == speech.script.utterances
    assert speech.script == identified(script)
    for clip in speech.clips:
        assert silent.store.cache.clip(clip.audio).duration == clip.duration


def test_a_second_build_asks_the_engine_nothing(script, silent, monkeypatch):
    first = build.speak(script, silent)
    counting = with_engine(monkeypatch, Counting())
    assert build.speak(script, silent) == first
    assert counting.asked == []


def test_a_changed_sentence_is_the_only_one_spoken_again(script, silent, monkeypatch):
    build.speak(script, silent)
    counting = with_engine(monkeypatch, Counting())
    *before, last = script.segments
    changed = replace(last, utterances=(*last.utterances[:-1], Utterance(written="New.", spoken="New.")))
    build.speak(replace(script, segments=(*before, changed)), silent)
    assert counting.asked == ["New."]


def test_the_same_sentence_is_spoken_once(script, silent, monkeypatch):
    counting = with_engine(monkeypatch, Counting())
    again = Utterance(written="Again.", spoken="Again.", pause=1.0)
    synthesized = Segment(kind="body", title="", utterances=(again, replace(again, pause=2.0), again))
    assert len(build.speak(replace(script, segments=(synthesized,)), silent).clips) == 3
    assert counting.asked == ["Again."]


def test_a_bad_clip_is_spoken_again(script, silent, monkeypatch):
    counting = with_engine(monkeypatch, Counting(spoil=1, text="b"))
    calls = []
    synthesis.speak(script, silent.config.synthesis, silent.cards, silent.store, lambda _s, n, _m: calls.append(n))
    assert counting.asked.count("Sentence number b.") == 2
    assert sum(calls) == len(counting.asked)


def test_a_clip_that_is_bad_twice_is_spoken_in_halves(script, silent, monkeypatch):
    counting = with_engine(monkeypatch, Counting(spoil=2, text="Sentence number b."))
    speech = build.speak(script, silent)
    assert counting.asked[-3:].count("Sentence number b.") <= 1
    assert {"Sentence", "number b."} <= set(counting.asked)
    assert len(speech.clips) == len(script.utterances)


@pytest.mark.parametrize(("text", "asked"), [("One, two.", ["One, two.", "One,", "two."]), ("Three.", ["Three."])])
def test_an_engine_that_gives_the_same_again_is_asked_once_for_the_whole(script, silent, monkeypatch, text, asked):
    counting = with_engine(monkeypatch, Counting(spoil=1, text=text))
    counting.varies = False
    segment = Segment(kind="body", title="", utterances=(Utterance(written=text, spoken=text),))
    told = pytest.raises(Unspeakable, match="Three") if text == "Three." else nullcontext()
    with told:
        assert len(build.speak(replace(script, segments=(segment,)), silent).clips) == 1
    assert counting.asked == asked


@pytest.mark.parametrize(
    ("spoken", "parts"),
    [
        ("One, two and three; four, five and six.", ["One, two and three;", "four, five and six."]),
        ("He came, he saw, he left.", ["He came,", "he saw, he left."]),
        (
            "The [New York](/njuː jɔːk/) [City Ballet](/sɪti baleɪ/)",
            ["The [New York](/njuː jɔːk/)", "[City Ballet](/sɪti baleɪ/)"],
        ),
        ("Yes.", ["Yes."]),
        ("", [""]),
    ],
)
def test_halves_are_parted_where_a_reader_breathes_and_never_inside_a_told_sound(spoken, parts):
    halves = clips.halves(Utterance(written="", spoken=spoken))
    assert [each.spoken for each in halves] == parts


def test_every_clip_tells_when_its_written_words_sound(script, silent, monkeypatch):
    speech = build.speak(script, silent)
    for clip in speech.clips:
        assert [word.text for word in clip.words] == clip.utterance.written.split()
        assert all(0 <= word.start < word.end <= clip.duration for word in clip.words)
    halved = Counting(spoil=2, text="Sentence number b.")
    silent.store.cache.drop_clip(speech.clips[1].audio)
    with_engine(monkeypatch, halved)
    again = build.speak(script, silent)
    assert halved.asked[-2:] == ["Sentence", "number b."]
    (before,), (after,) = (
        [clip.words for clip in each.clips if "number b" in clip.utterance.written] for each in (speech, again)
    )
    seam = 2 * EDGE + clips.SEAM - SECONDS_PER_CHARACTER
    assert [word.text for word in after] == [word.text for word in before]
    assert after[0].start == before[0].start
    assert after[-1].start == pytest.approx(before[-1].start + seam, abs=0.03), "behind the seam"


@pytest.mark.parametrize("ending", [SystemExit(), SystemExit("no licence")])
def test_an_engine_that_would_end_the_program_is_told(ending, script, silent, monkeypatch):
    class Ending(Silent):
        def synthesize(self, _utterance, _voice, /):
            raise ending

    with_engine(monkeypatch, Ending())
    with pytest.raises(
        SynthesisError, match=r"the engine 'silent' broke off .*; update its package, or choose another"
    ):
        build.speak(script, silent)


@pytest.mark.parametrize("ending", [SystemExit(2), RuntimeError("no licence")])
def test_an_engine_that_cannot_be_made_is_told(ending, monkeypatch):
    def made(_):
        raise ending

    monkeypatch.setattr(Silent, "__init__", made)
    with pytest.raises(
        EngineNotFound, match=r"the engine 'silent' cannot be loaded \((SystemExit|no licence)\); install"
    ):
        engine.load("silent")


def test_a_clip_beyond_full_scale_is_turned_down_not_flattened(script, silent, monkeypatch):
    class Loud(Silent):
        def synthesize(self, utterance, voice, /):
            sound = super().synthesize(utterance, voice)
            return Sound(samples=8 * sound.samples, rate=sound.rate)

    quiet = build.speak(script, silent).clips[0].audio
    silent.store.cache.clip_path(quiet).unlink()
    with_engine(monkeypatch, Loud())
    loud = build.speak(script, silent).clips[0].audio
    samples = silent.store.cache.clip(loud).samples
    assert np.abs(samples).max() == pytest.approx(clips.FULL, abs=1e-3)
    assert np.mean(np.abs(samples) > 0.98) < 0.01


def test_a_clip_that_stays_bad_fails_with_its_sentence_and_keeps_the_others(script, silent, monkeypatch):
    with_engine(monkeypatch, Counting(spoil=99, text="number b"))
    with pytest.raises(SynthesisError, match=r"in “Body”, .* silence for “Sentence number b\.”"):
        synthesis.speak(script, Synthesis(roles={"narrator": "silent"}, workers=1), silent.cards, silent.store)
    counting = with_engine(monkeypatch, Counting())
    build.speak(script, silent)
    assert "Sentence number b." in counting.asked


def test_a_clip_carries_the_level_of_its_voice(script, silent):
    louder = replace(silent.cards["silent"], level=1.5)
    speech = synthesis.speak(script, silent.config.synthesis, {**silent.cards, "silent": louder}, silent.store)
    assert {clip.treatment.level for clip in speech.clips} == {1.5}
    assert [clip.audio for clip in speech.clips] == [clip.audio for clip in build.speak(script, silent).clips]


def test_an_unknown_voice_is_told_before_anything_is_spoken(script, silent):
    with pytest.raises(VoiceNotFound, match="'nobody'"):
        synthesis.speak(script, Synthesis(roles={"narrator": "nobody"}), silent.cards, silent.store)


def test_a_damaged_clip_is_made_anew(script, silent):
    speech = build.speak(script, silent)
    path = next(silent.store.cache.folder.rglob(f"{speech.clips[0].audio}.wav"))
    path.write_bytes(path.read_bytes()[:1000])
    assert build.speak(script, silent) == speech
    assert silent.store.cache.clip(speech.clips[0].audio).duration == speech.clips[0].duration


def test_two_builds_at_once_use_the_same_clip(silent):
    store, hum = silent.store, Sound(samples=np.full(2205, 0.5, np.float32), rate=22_050)
    first = store.cache.keep_clip("ab" * 32, to_wav(hum))
    second = store.cache.keep_clip("ab" * 32, to_wav(Sound(samples=hum.samples[:500], rate=22_050)))
    assert first.duration == second.duration == 0.1


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        (np.zeros(0), "no sound"),
        (np.zeros(22_050 * 2), "silence"),
        (np.full(22_050 * 2, np.nan), "not numbers"),
        (np.ones(100), "only"),
        (np.ones(22_050 * 60), "60 s"),
        (np.concatenate([tone(0.4), np.zeros(70_000), tone(0.4)]), "inside"),
        (np.clip(5 * tone(2), -1, 1), "clipped"),
        (tone(2) + 0.1, "zero line"),
        (tone(2)[:-1200], "is cut off"),
        (tone(0.8), "only 0.80 s"),
    ],
)
def test_a_clip_that_cannot_be_its_text_is_found_out(samples, told):
    sound = Sound(samples=samples.astype(np.float32), rate=22_050)
    assert told in faults.fault(sound, "A sentence of middling length.")
