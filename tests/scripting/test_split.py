import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioed.scripting.split import LONGEST, SHORTEST, gathered, sentences, utterances

CASES = [
    case.splitlines()
    for case in (Path(__file__).parents[1] / "data" / "split" / "sentences.txt")
    .read_text("utf-8")
    .strip()
    .split("\n\n")[1:]
]
WORDS = st.sampled_from(
    [
        "Mr.",
        "Smith",
        "and",
        "which,",
        "left.",
        '"Yes."',
        "(no)",
        "5",
        "$4.5",
        "million",
        "U.S.",
        "—",
        "the;",
        "word",
        "e.g.",
    ]
)
LONG = (
    "The committee, which had been meeting behind closed doors since early January, said on Friday that it would "
    "recommend a fine of 4.5 million dollars against the company, and that Mr. Smith, who has led it for 12 years, "
    "should resign; the company, based in St. Louis, denied any wrongdoing."
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_sentences_end_where_the_lines_do(case):
    assert sentences(" ".join(case)) == tuple(case)


@settings(max_examples=100)
@given(st.lists(WORDS, max_size=120).map(" ".join) | st.text(max_size=150))
def test_parts_joined_by_spaces_are_the_text(text):
    folded = " ".join(text.split())
    assert " ".join(sentences(text)) == folded
    assert " ".join(utterances(text)) == folded


@settings(max_examples=100)
@given(st.lists(WORDS, max_size=120).map(" ".join) | st.text(max_size=300), st.integers(1, 250))
def test_no_part_is_empty_or_too_long_and_no_letter_is_lost(text, longest):
    parts = utterances(text, longest=longest)
    assert all(0 < len(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@settings(max_examples=50)
@given(st.lists(WORDS, min_size=60, max_size=120).map(" ".join))
def test_parts_are_long_enough_for_a_voice(text):
    assert all(len(part) >= SHORTEST for part in utterances(text))


def test_long_sentence_is_cut_at_its_clauses():
    first, second = utterances(LONG)
    assert first.endswith((",", ";"))
    assert second.endswith("wrongdoing.")


def test_numbers_and_abbreviations_are_never_parted():
    text = "paid 5 million to Mr. Smith " * 40
    for part in utterances(text, longest=60):
        assert not part.endswith(("Mr.", "5"))


def test_quotation_is_kept_in_one_part():
    quotation = '"and then we all went home, and nobody said a word"'
    text = f"{'He waited there for a long time ' * 4}{quotation} {'as they went ' * 8}"
    assert any(quotation in part for part in utterances(text))


def test_short_sentences_are_said_together():
    assert utterances("No. Yes! They all came back in the end. Why?") == (
        "No. Yes! They all came back in the end. Why?",
    )


def test_endless_word_is_cut_between_letters():
    parts = utterances("a" * 10_000)
    assert "".join(parts) == "a" * 10_000
    assert max(map(len, parts)) <= LONGEST


def test_letters_keep_their_accents():
    parts = utterances("e\u0301" * 200)
    assert not any(part.startswith("\u0301") for part in parts)


def test_nothing_gives_nothing():
    assert sentences(" \n") == utterances("") == ()


@pytest.mark.parametrize("piece", ["a", "A. ", ". ", "(", '" ', "1, ", "U.S. ", "a.", "Yes. "])
def test_hostile_text_takes_linear_time(piece):
    start = time.process_time()
    utterances((piece * 100_000)[:100_000])
    assert time.process_time() - start < 3, "a quadratic search takes minutes"


@pytest.mark.parametrize(
    "row", (Path(__file__).parents[1] / "data" / "split" / "sentences.txt").read_text("utf-8").splitlines()
)
def test_sentences_end_where_a_reader_would_end_them(row):
    expected = tuple(part.strip() for part in row.split("|"))

    assert sentences(" ".join(expected)) == expected


def test_a_sentence_too_short_for_a_voice_is_said_with_its_neighbour():
    assert gathered(sentences("Why? Because nobody had asked before. No. It is a long story, he said. He did.")) == [
        "Why? Because nobody had asked before.",
        "No. It is a long story, he said. He did.",
    ]
    assert gathered(sentences("Why?")) == ["Why?"]


def test_no_breath_is_taken_after_a_word_that_belongs_to_the_next():
    text = " ".join(["the harbour of the town on the coast of the island"] * 12)

    for part in utterances(text)[:-1]:
        assert part.split()[-1] not in {"the", "of", "on"}, part
