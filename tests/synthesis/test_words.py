"""When each written word sounds, whatever is said for it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from audioed.model import Reading, Utterance, Voice, Word
from audioed.phonemes import word_places
from audioed.sound import Timing
from audioed.synthesis.engine import adapted
from audioed.synthesis.engines.espeak import located
from audioed.synthesis.engines.silent import Silent
from audioed.synthesis.words import written

TABLE = (Path(__file__).parents[1] / "data" / "words" / "written.tsv").read_text("utf-8").splitlines()
CASES = [tuple(row.split("\t")) for row in TABLE if not row.startswith("#")]


def utterance(told: str) -> Utterance:
    """What a row of the table tells: `It costs {$5|five dollars}.`, a word's readings with what clings to them."""
    text, spoken, readings, at = "", "", [], 0
    for found in re.finditer(r"(\S*)\{([^|{}]*)\|([^{}]*)\}(\S*)", told):
        before, one, other, after = found.groups()
        text += told[at : found.start()]
        spoken += told[at : found.start()]
        readings.append(Reading(at=len(text), written=before + one + after, spoken=before + other + after))
        text, spoken, at = text + readings[-1].written, spoken + readings[-1].spoken, found.end()
    return Utterance(written=text + told[at:], spoken=spoken + told[at:], readings=tuple(readings))


def timings(spoken: str) -> tuple[Timing, ...]:
    """The first word lasts from 0 to 1, the next from 1 to 2."""
    return tuple(Timing(*place, n, n + 1) for n, place in enumerate(word_places(spoken)))


def told(words: tuple[Word, ...]) -> str:
    return " ".join(f"{each.text}:{round(each.start, 2):g}-{round(each.end, 2):g}" for each in words)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_written_word_lasts_as_long_as_what_is_said_for_it(text, expected):
    said = utterance(text)
    assert told(written(said, timings(said.spoken))) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_engine_that_is_given_the_words_alone_tells_the_same(text, expected):
    said = adapted(utterance(text), Silent(), Voice(name="silent", engine="silent", language="en"))
    assert "](/" not in said.spoken
    if "[New" not in text:  # two words, then
        assert told(written(said, timings(said.spoken))) == expected


def test_what_was_edited_by_hand_is_found_by_the_words_that_stayed():
    said = replace(utterance("It costs {$5|five dollars} now."), spoken="It costs about five bucks now.")
    assert told(written(said, timings(said.spoken))) == "It:0-1 costs:1-2 $5:2-5 now.:5-6"
    said = Utterance(written="Read 3 books!", spoken="Please read three books!")
    assert told(written(said, timings(said.spoken))) == "Read:0-2 3:2-3 books!:3-4"
    said = replace(utterance("{5|five} or {6|six}"), written="Five of them")
    assert told(written(said, timings(said.spoken))) == "Five:0-1 of:1-2 them:2-3"


def test_words_that_are_not_set_apart_are_told_one_by_one():
    said = Utterance(written="我们今天去了。Ja-ja", spoken="我们今天去了。Ja-ja")
    places = [(0, 2), (2, 4), (4, 6), (7, 12)]
    given = [Timing(*place, n, n + 1) for n, place in enumerate(places)]
    assert told(written(said, given)) == "我们:0-1 今天:1-2 去了。:2-3 Ja-ja:3-4"


@pytest.mark.parametrize(
    ("text", "begins"), [("peas and", 0.6), ("peas to", 0.5), ("pea’s, to", 0.6), ("peas (both", 0.6)]
)
def test_a_silence_before_a_word_is_a_pause_unless_its_first_sound_begins_in_one(text, begins):
    first, second = word_places(text)
    given = (Timing(*first, 0.0, 0.5), Timing(*second, 0.6, 1.0))
    assert written(Utterance(written=text, spoken=text), given)[1].start == begins


def test_a_voice_that_does_not_tell_gives_no_words():
    assert written(utterance("It costs {$5|five dollars}."), ()) == ()


@pytest.mark.parametrize(
    ("alone", "row", "words"),
    [
        ("wˈʌn ʌv ðə bˈɛst", "wˈʌn ʌvðə bˈɛst.", "wˈʌn ʌv ðə bˈɛst"),
        ("æt ðə ˈɛnd ʌv ˈæn ˈaʊɚ", "æt ðɪʲ ˈɛnd əvən ˈaʊɚ.", "æt ðɪʲ ˈɛnd əv ən ˈaʊɚ"),
        ("ɡˌoʊɪŋ tuː ˈeɪ ʃˈɑːp", "ɡˌoʊɪŋ tʊ ɐ ʃˈɑːp", "ɡˌoʊɪŋ tʊ ɐ ʃˈɑːp"),
        ("ˈeɪtiːʲəntˈiː ænd", "ˈeɪ tiː ənt ˈiː, ænd", "ˈeɪ tiː ənt ˈiː|ænd"),
        ("ðˈɛn", "ðˈɛn", "ðˈɛn"),
        ("", "…", ""),
        ("hiː", "", ""),
    ],
)
def test_a_word_is_found_in_what_is_said_whatever_espeak_joins_and_parts(alone, row, words):
    found = [row[first:last] for first, last in located(alone.split(), row)]
    assert found == (words.split("|") if "|" in words else words.split() or [""] * len(alone.split()))
