"""What is wrong in a recording is found; the recogniser's own part is in `tests/test_listen.py`."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from audioed import build, proofing, proving
from audioed.errors import ProofError
from audioed.model import Cue, Segment, Utterance, Word
from audioed.proofing import windows
from audioed.proofing.align import words
from audioed.proofing.features import Measured, bare, measured
from audioed.proofing.judge import faults
from audioed.proofing.misheard import Tongue, misheard, timed, transcribed
from audioed.proofing.page import page
from audioed.proofing.report import Finding, Proof, Transcribed

RATE = 1000
GOOD = Measured(sounds=40, found=0.97, gap=1, extra=1, voiced=3.0, tail=0.4, hole=0.2)
TEXTS = [
    f"This is the sentence with number {n} in it." for n in ("one", "two", "three", "four", "five", "six", "seven")
]


def letters(text: str) -> str:
    return text.casefold()


LETTERS = Tongue(lambda text: text, letters)


def cues_of(count: int) -> list[Cue]:
    return [Cue(start=4.0 * n, end=4.0 * n + 3.4, speaker="Narrator", text=f"{n}") for n in range(count)]


def judged(**changes: object) -> list[str]:
    """The faults found when one of seven utterances measures differently."""
    measures = [GOOD] * 3 + [replace(GOOD, **changes)] + [GOOD] * 3
    said = [Utterance(written=text, spoken=text) for text in TEXTS]
    found = list(faults(said, cues_of(7), measures, (28.0, 28.0)))
    assert all(each.utterance == 3 for each in found)
    return [each.fault for each in found]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"voiced": 0.0, "found": 0.0, "gap": 40, "tail": 3.4}, "silence"),
        ({"voiced": 1.8, "found": 0.6, "gap": 16, "tail": 0.0}, "cut short"),
        ({"voiced": 2.6, "found": 0.85, "gap": 6, "tail": 0.0}, "cut short"),
        ({"voiced": 2.65, "found": 0.9, "gap": 4, "tail": 1.6}, "cut short"),
        ({"voiced": 2.5, "found": 0.9, "gap": 2, "tail": 0.9}, "cut short"),
        ({"voiced": 6.1}, "repeated"),
        ({"extra": 38}, "repeated"),
        ({"found": 0.3, "gap": 9, "extra": 4}, "other words"),
        ({"found": 0.3, "gap": 9, "voiced": 1.5}, "other words"),
    ],
)
def test_a_fault_is_named(changes, fault):
    assert judged(**changes) == [fault]


@pytest.mark.parametrize(
    "changes",
    [
        {"found": 0.74, "gap": 3},
        {"extra": 10, "found": 0.8, "gap": 11, "voiced": 3.4},
        {"voiced": 2.55},
        {"voiced": 3.9},
        {"sounds": 6, "voiced": 0.8, "found": 0.5, "gap": 2},
        {"tail": 0.7, "hole": 0.6},
        {"sounds": 0, "found": 1.0, "voiced": 0.3},
    ],
)
def test_what_a_recogniser_mishears_is_no_fault(changes):
    assert judged(**changes) == []


def test_what_is_said_twice_is_not_laid_to_the_sentence_before_it():
    measures = [GOOD] * 2 + [replace(GOOD, extra=38), replace(GOOD, voiced=6.1)] + [GOOD] * 3
    said = [Utterance(written=text, spoken=text) for text in TEXTS]
    found = faults(said, cues_of(7), measures, (28.0, 28.0))
    assert [(each.utterance, each.fault) for each in found] == [(3, "repeated")]


def test_a_file_that_is_longer_than_its_record_is_told():
    said = [Utterance(written=TEXTS[0], spoken=TEXTS[0])]
    (found,) = faults(said, cues_of(1), [GOOD], (7.5, 4.0))
    assert (found.fault, found.utterance) == ("another length", None)


def test_windows_cover_everything_and_are_cut_in_silences():
    cues = cues_of(30)
    samples = np.zeros(120 * RATE, np.int16)
    for cue in cues:
        samples[round(cue.start * RATE) : round(cue.end * RATE)] = 8000
    level = windows.levels(samples, RATE)
    parts = list(windows.windows([(a.end + b.start) / 2 for a, b in pairwise(cues)], level))
    assert parts[0][0] == 0
    assert parts[-1][1] == pytest.approx(120)
    assert all(a[1] == b[0] for a, b in pairwise(parts))
    assert all(0 < end - start <= 30 for start, end in parts)
    for start, _ in parts[1:]:
        assert not samples[round(start * RATE) - 50 : round(start * RATE) + 50].any()


def test_an_utterance_longer_than_a_window_is_cut_all_the_same():
    level = windows.levels(np.full(100 * RATE, 8000, np.int16), RATE)
    parts = list(windows.windows([], level))
    assert len(parts) >= 4
    assert all(end - start <= 30 for start, end in parts)


def test_what_is_measured_of_an_utterance():
    level = np.zeros(400, np.float32)
    level[0:100] = level[120:150] = 0.1  # 0 to 2 s, and 2.4 to 3 s; the cue ends at 3.4 s
    (found,) = measured(cues_of(1), ["abcdefghij"], ["abcghijxyzuv"], level)
    assert found.sounds == 10
    assert found.found == pytest.approx(0.7)
    assert found.gap == 3
    assert found.extra == 5
    assert found.voiced == pytest.approx(2.6)
    assert found.tail == pytest.approx(0.4)
    assert found.hole == pytest.approx(0.4)


def test_phonemes_are_compared_without_what_a_spelling_cannot_tell():
    assert bare("ðə nˈaɪt fˈɛɹi") == bare("ðə naɪt fɛɹi")
    assert bare("wˈɔːɾɚ") == bare("wˈɑːtə")


def test_words_are_those_that_are_said():
    assert words("Don't “quote” the-night, 5°") == ["dont", "quote", "the", "night", "5"]


def test_words_go_to_the_utterance_in_which_they_end():
    cues = cues_of(2)
    found = [
        Word(text="one", start=0.1, end=0.5),
        Word(text="two", start=2.9, end=3.3),
        Word(text="three", start=3.5, end=4.4),
    ]
    assert [[word.text for word in part] for part in timed(cues, found)] == [["one", "two"], ["three"]]


def test_errors_are_counted_by_the_words_and_words_that_sound_alike_are_none():
    utterance = Utterance(written="The night ferry.", spoken="The night ferry.")
    found = [Word(text=text, start=0.0, end=0.1) for text in ("The", "nightferry", "sails")]
    one = transcribed(utterance, cues_of(1)[0], found, LETTERS)
    assert (one.said, one.errors) == (3, 2)
    alike = transcribed(utterance, cues_of(1)[0], found[:2], LETTERS)
    assert alike.errors == 0


def test_words_that_are_misheard_are_counted_with_a_line_for_the_lexicon():
    said = ["Ask Okafor.", "Okafor knows.", "Nobody knows."]
    taken = ["Ask aquifer.", "Aquifer knows.", "Nobody nose."]
    told = [
        transcribed(Utterance(written=text, spoken=text), cue, [Word(text=got, start=0, end=1)], LETTERS)
        for text, got, cue in zip(said, taken, cues_of(3), strict=True)
    ]
    first, second = misheard(told, said, LETTERS)
    assert (first.word, first.heard, first.wrong, first.times) == ("Okafor", ("aquifer",), 2, 2)
    assert first.line == "Okafor\t/okafor/"
    assert second.word == "knows"


def fake_ears(script, cues, spoil=lambda _n, text: text) -> proofing.Ears:
    """Ears that hear each utterance where its cue stands, unless it is silent there."""
    at = iter(np.arange(0, 10_000))
    state = {"time": 0.0}

    def heard_words(window, _language):
        next(at)
        start, state["time"] = state["time"], state["time"] + len(window) / RATE
        return [
            Word(text=word, start=cue.start - start + 0.1 * i, end=cue.start - start + 0.1 * i + 0.09)
            for n, (cue, utterance) in enumerate(zip(cues, script.utterances, strict=True))
            if start <= cue.start < state["time"]
            for i, word in enumerate(spoil(n, utterance.spoken).split())
        ]

    return proofing.Ears(RATE, heard_words, lambda text, _language: text, lambda text, _language: letters(text))


@pytest.fixture
def recording(script):
    """A script of seven sentences with its record, and samples that sound where the sentences stand."""
    said = tuple(Utterance(written=text, spoken=text) for text in TEXTS)
    cues = tuple(cues_of(7))
    samples = np.zeros(28 * RATE, np.int16)
    for cue in cues:
        samples[round(cue.start * RATE) : round((cue.end - 0.4) * RATE)] = 8000
    return replace(script, segments=(Segment(kind="body", title="", utterances=said),)), cues, samples


def test_a_recording_that_says_its_script_has_nothing_to_find(recording, episode):
    script, cues, samples = recording
    shares = []
    found = proofing.proof(
        script, replace(episode, cues=cues, duration=28.0), samples, fake_ears(script, cues), shares.append
    )
    assert found.findings == ()
    assert found.misheard == ()
    assert found.word_error == 0
    assert shares[-1] == pytest.approx(1.0)
    assert [len(each.words) for each in found.utterances] == [len(text.split()) for text in TEXTS]


def test_a_silent_and_a_swapped_sentence_are_found(recording, episode):
    script, cues, samples = recording
    samples[round(cues[2].start * RATE) : round(cues[2].end * RATE)] = 0

    def spoil(number, text):
        return {2: "", 4: "Wholly different things are told there, madam."}.get(number, text)

    found = proofing.proof(script, replace(episode, cues=cues, duration=28.0), samples, fake_ears(script, cues, spoil))
    assert [(each.utterance, each.fault) for each in found.findings] == [(2, "silence"), (4, "other words")]
    assert found.word_error > 0.2


def test_a_recording_of_the_shows_own_is_not_judged(recording, episode):
    script, cues, samples = recording
    (body,) = script.segments
    said = tuple(replace(each, sound="fair.mp3") if n == 4 else each for n, each in enumerate(body.utterances))
    script = replace(script, segments=(replace(body, utterances=said),))

    def spoil(number, text):
        return "Wholly different things are told there, madam." if number == 4 else text

    found = proofing.proof(script, replace(episode, cues=cues, duration=28.0), samples, fake_ears(script, cues, spoil))
    assert found.findings == ()
    assert found.word_error == 0


@pytest.fixture
def episode(speech, silent):
    return build.master(speech, silent)


def test_the_page_escapes_what_comes_from_outside(episode, recording):
    script, cues, samples = recording
    found = proofing.proof(script, replace(episode, cues=cues, duration=28.0), samples, fake_ears(script, cues))
    evil = Finding(fault="silence", utterance=0, start=1.0, end=2.0, written="<script>alert(1)</script>", told="<b>")
    text = page(replace(episode, title="</title><b>"), replace(found, findings=(evil,)))
    assert "<script>alert" not in text
    assert "</title><b>" not in text
    assert 'data-start="0.70" data-end="2.30"' in text


def strict(place):
    settings = replace(place.config.proof, max_word_error=0.1)
    return replace(place, config=replace(place.config, proof=settings))


def nothing_found(**changes: object) -> Proof:
    return replace(Proof(word_error=0.02, findings=(), misheard=(), utterances=()), **changes)


def test_a_show_that_wants_it_publishes_nothing_that_is_wrong(speech, silent, monkeypatch):
    fault = Finding(
        fault="silence", utterance=1, start=3.0, end=4.0, written="Sentence number b.", told="0.0 s of sound"
    )
    monkeypatch.setattr(proving, "proof", lambda *_: nothing_found(findings=(fault,)))
    with pytest.raises(ProofError, match=r"silence at 3 s .* for “Sentence number b\.”; start again"):
        build.master(speech, strict(silent))
    assert list(silent.store.finished()) == []
    assert silent.store.cache.clip_outline(speech.clips[1].audio) is None, "it will be spoken anew"
    assert silent.store.cache.clip_outline(speech.clips[0].audio)


def test_a_show_may_limit_the_words_that_are_misheard(speech, silent, monkeypatch):
    monkeypatch.setattr(proving, "proof", lambda *_: nothing_found(word_error=0.2))
    with pytest.raises(ProofError, match=r"20\.0% of the words .* allows 10\.0%"):
        build.master(speech, strict(silent))


def test_the_times_of_words_that_proofing_heard_stand_in_the_episode(speech, silent, monkeypatch):
    def transcribed(episode, *_):
        said = (
            Transcribed(
                start=cue.start,
                end=cue.end,
                written=cue.text,
                text="",
                said=3,
                errors=0,
                words=tuple(Word(text=word.lower(), start=cue.start, end=cue.end) for word in cue.text.split()),
            )
            for cue in episode.cues
        )
        return nothing_found(utterances=tuple(said))

    monkeypatch.setattr(proving, "proof", transcribed)
    episode = build.master(speech, strict(silent))
    assert [[word.text for word in cue.words] for cue in episode.cues] == [cue.text.split() for cue in episode.cues]
    assert (silent.store.episode_folder(episode.name) / "proof.json").is_file()
