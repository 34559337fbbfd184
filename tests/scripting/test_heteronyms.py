"""Words that are written alike and said apart, each sentence with the sound that is meant and those still wrong."""

import re
from pathlib import Path

import pytest

from audioed.phonemes import stretches
from audioed.scripting.lexicon import load, restored
from audioed.voices.cards import shipped
from audioed.wording import wording

LEXICON = load([shipped() / "lexicon" / "en-heteronyms.tsv"])
ROWS = [
    pytest.param(
        *line.split("\t")[:2], id=line.split("\t")[0], marks=[pytest.mark.xfail(strict=True)] * line.endswith("\twrong")
    )
    for line in (Path(__file__).parents[1] / "data" / "heteronyms.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("sentence", "ipa"), ROWS)
def test_a_heteronym_is_said_as_its_sentence_asks(sentence: str, ipa: str) -> None:
    before, word, _ = sentence.split("*")

    said = restored(*LEXICON.apply(sentence.replace("*", "")))

    at, found = 0, {}
    for words, sound in stretches(said):
        found[at] = (words, sound)
        at += len(words)
    assert found.get(len(before)) == (word, ipa) or _spoken_instead(found, word, ipa, len(before))


def _spoken_instead(found: dict[int, tuple[str, str]], word: str, ipa: str, place: int) -> bool:
    """Whether the word at this place is given other letters and this sound."""
    spelled = {entry.spoken for entry in LEXICON.lexemes if entry.written == word.lower() and entry.ipa == ipa}
    return place in found and found[place][1] == ipa and found[place][0] in spelled


def test_sentences_are_of_many_words_and_nearly_all_are_right() -> None:
    sentences = [str(row.id) for row in ROWS]
    wrong = [row for row in ROWS if row.marks]

    assert len({re.findall(r"\*(\w+)\*", each)[0].lower() for each in sentences}) >= 50
    assert len(wrong) <= len(ROWS) / 20


def test_capitals_and_possessives_keep_their_sound() -> None:
    assert restored(*LEXICON.apply("Lead pipes. The house's owner.")).startswith(
        "[led](/lɛd/) pipes. The [house's](/haʊsɪz/)"
    )


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_what_audioed_itself_says_is_said_right(language):
    spoken, sounds = LEXICON.apply(wording(language).disclosure)
    assert "ɹɛd" in restored(spoken, sounds)
