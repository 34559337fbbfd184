"""What two texts have in common, whatever their case and punctuation."""

import pytest

from audioed.textkey import SHINGLE, folded, shingles, word_count, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry, at night.", "THE FERRY — at night!"),
        ("Der Fährmann\n sagt: „Nein“", "der fährmann sagt nein"),
        ("«Où est le quai ?»", "où est le quai"),
        ("夜のフェリー。", "夜のフェリー"),
    ],
)
def test_case_and_punctuation_make_no_other_text(one, other):
    assert folded(one) == folded(other)
    assert words(one) == folded(one).split()


def test_a_mark_alone_has_no_words():
    assert (words("* * *"), folded("—")) == ([], "")


def test_words_in_a_row_overlap():
    assert shingles(["a", "b", "c", "d"], 3) == {("a", "b", "c"), ("b", "c", "d")}
    assert shingles(["a", "b"], 3) == set()
    assert len(shingles([str(each) for each in range(20)])) == 20 - SHINGLE + 1


def test_words_are_counted_where_no_space_parts_them():
    assert word_count("Two words, and a 2nd line.\nThere.") == 7
    assert word_count("大门关着。") == word_count("門は閉まる") == 3
    assert word_count("ประตูปิดอยู่") == 3
    assert word_count("Der 北京 Bote") == 3
