"""The times of words, from what a recogniser heard."""

from dataclasses import replace

import pytest

from audioed.model import Cue, Word
from audioed.proofing.misheard import placed
from audioed.publishing.transcript.cards import Frame, cards
from audioed.publishing.transcript.passage import Passage

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
        ("$5,", 10.6, 10.9),  # as far between its neighbours as its letters stand between theirs
        ("said", 11.0, 11.2),
        ("Ann’s", 11.2, 11.5),
        ("boss", 11.5, 11.7),
        ("–", 11.7, 11.7),
        ("twice.", 11.7, 12.0),
    ]


@pytest.mark.parametrize("found", [[], heard(("other", 10.0, 11.0)), heard(("It", 8.0, 9.0), ("said", 11.0, 11.2))])
def test_where_little_was_heard_no_word_has_a_time(found):
    assert placed(CUE, found) == ()


def test_cards_change_with_the_words_and_never_all_at_an_end():
    text = (
        "A long sentence is cut into several cards, and each of them is shown while its own words are being said aloud."
    )
    said = [word.strip(".,").lower() for word in text.split()]
    found = heard(
        *((word, 10.0 + n / 4, 10.2 + n / 4) for n, word in enumerate(said) if n not in {0, 3, len(said) - 1})
    )
    cue = Cue(start=10.0, end=15.5, speaker="Narrator", text=text)
    passage = Passage([replace(cue, words=placed(cue, found))])
    shown = [card for some in cards([passage], lambda *_: Frame(20)) for card in some]
    assert len(shown) > 2
    for card in shown[1:]:
        number = len(text[: text.index(" ".join(card.lines))].split())
        assert card.start == pytest.approx(10_000 + 250 * number, abs=300)
