import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioed.model import Cue, Span
from audioed.publishing import chapters, transcript

STAMP = r"(\d\d):(\d\d):(\d\d)[.,](\d\d\d)"


def milliseconds(stamp):
    hours, minutes, seconds, rest = map(int, re.fullmatch(STAMP, stamp).groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def cards(document):
    found = re.findall(rf"^({STAMP}) --> ({STAMP})\n((?:.+\n?)+)", document, re.MULTILINE)
    return [(milliseconds(card[0]), milliseconds(card[5]), card[-1].rstrip("\n").split("\n")) for card in found]


words = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="-"), min_size=1, max_size=90), min_size=1)
cue_texts = words.map(" ".join).filter(transcript.one_line)


@pytest.mark.parametrize("name", ["vtt", "srt", "json"])
def test_each_form_of_the_transcript_is_as_expected(data, golden, name):
    assert getattr(transcript, f"as_{name}")(golden.cues).encode() == (data / f"transcript.{name}").read_bytes()


def test_plain_text_and_chapters_are_as_expected(data, golden):
    assert transcript.as_text(golden).encode() == (data / "transcript.txt").read_bytes()
    assert chapters.as_json(golden).encode() == (data / "chapters.json").read_bytes()


@given(cue_texts, st.sampled_from(["", "Narrator", "A very long name of a narrator"]))
def test_subrip_keeps_to_two_lines_of_32_characters(text, speaker):
    for _, _, lines in cards(transcript.as_srt((Cue(start=1.0, end=9.0, speaker=speaker, text=text),))):
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 32


@given(cue_texts)
def test_no_word_is_lost_between_two_cards(text):
    found = cards(transcript.as_srt((Cue(start=1.0, end=9.0, speaker="", text=text),)))
    said = "".join(line for _, _, lines in found for line in lines)
    assert said.replace(" ", "") == transcript.one_line(text).replace(" ", "")


@given(cue_texts)
def test_webvtt_keeps_to_65_characters_and_its_markup_to_itself(text):
    document = transcript.as_vtt((Cue(start=1.0, end=9.0, speaker="Narrator", text=text),))
    for _, _, lines in cards(document):
        payload = "\n".join(lines)
        assert payload.startswith("<v Narrator>")
        plain = payload.removeprefix("<v Narrator>")
        assert "<" not in plain
        assert ">" not in plain
        for line in plain.split("\n"):
            assert len(line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) <= 65


@given(cue_texts, st.floats(0, 10_000), st.floats(0, 100))
def test_the_cards_of_a_cue_follow_one_another_and_fill_it(text, start, length):
    found = cards(transcript.as_srt((Cue(start=start, end=start + length, speaker="", text=text),)))
    assert found[0][0] == round(start * 1000)
    assert found[-1][1] >= round((start + length) * 1000)
    assert all(begin < end for begin, end, _ in found)
    assert all(before[1] == after[0] for before, after in pairwise(found))


def test_a_long_cue_is_timed_by_its_characters():
    text = "ten chars " * 20
    found = cards(transcript.as_srt((Cue(start=0.0, end=20.0, speaker="", text=text),)))
    for begin, end, lines in found:
        assert (end - begin) / 1000 == pytest.approx(len(" ".join(lines)) / 10, rel=0.1)


def test_a_speaker_is_named_in_subrip_only_where_another_one_begins():
    cues = tuple(Cue(start=float(n), end=n + 1.0, speaker=speaker, text="Hello.") for n, speaker in enumerate("AABA"))
    said = [lines[0] for _, _, lines in cards(transcript.as_srt(cues))]
    assert said == ["A: Hello.", "Hello.", "B: Hello.", "A: Hello."]


def test_json_segments_carry_times_speaker_and_body(golden):
    document = json.loads(transcript.as_json(golden.cues))
    assert document["version"] == "1.0.0"
    assert document["segments"][0] == {
        "speaker": "Narrator",
        "startTime": 0,
        "endTime": 2.5,
        "body": "This is The Morning Read.",
    }


def test_plain_text_has_every_cue_once_even_outside_of_segments(make):
    cues = tuple(Cue(start=float(n), end=n + 0.5, speaker="", text=f"Cue{n}.") for n in range(10))
    spans = (
        Span(kind="body", title="First", start=2.0, end=4.0),
        Span(kind="body", title="First", start=4.0, end=6.0),
        Span(kind="promo", title="", start=6.0, end=8.0),
    )
    text = transcript.as_text(make(1, cues=cues, segments=spans))
    assert re.findall(r"Cue\d", text) == [f"Cue{n}" for n in range(10)]
    assert text.count("First") == 1


def test_a_cue_without_words_is_not_shown():
    cues = (Cue(start=0.0, end=1.0, speaker="N", text=" \x01"), Cue(start=1.0, end=1.0, speaker="N", text="Hm."))
    assert cards(transcript.as_vtt(cues)) == [(1000, 1001, ["<v N>Hm."])]
