"""The times of words, from what a recogniser heard."""

import pytest

from audioed.model import Cue, Word
from audioed.proofing.words import placed

CUE = Cue(start=10.0, end=12.0, speaker="Narrator", text="It cost $5, said Ann’s boss – twice.")


def heard(*told):
    return [Word(text=text, start=start, end=end) for text, start, end in told]


def test_a_written_word_has_the_time_at_which_it_was_heard_as_it_stands():
    found = heard(
        ("It", 9.8, 10.2), ("cost", 10.2, 10.5), ("five", 10.5, 10.7), ("dollars,", 10.7, 11.0),
        ("said", 11.0, 11.2), ("Ann's", 11.2, 11.5), ("boss", 11.5, 11.7), ("twice.", 11.7, 12.3),
    )  # fmt: skip
    assert [(word.text, word.start, word.end) for word in placed(CUE, found)] == [
        ("It", 10.0, 10.2),
        ("cost", 10.2, 10.5),
        ("said", 11.0, 11.2),
        ("Ann’s", 11.2, 11.5),
        ("boss", 11.5, 11.7),
        ("twice.", 11.7, 12.0),
    ]


@pytest.mark.parametrize("found", [[], heard(("other", 10.0, 11.0)), heard(("It", 8.0, 9.0))])
def test_what_was_not_heard_has_no_time(found):
    assert placed(CUE, found) == ()
