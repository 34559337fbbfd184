import pytest

from audioed.phonemes import foreign_to_ipa, marked, respelled, stretches, with_s, without_sounds, word_places


def test_a_marked_word_is_read_back_as_its_letters_and_its_sound():
    spoken = f"Then {marked('Siobhan', 'ʃɪˈvɔːn')}, she said."

    assert list(stretches(spoken)) == [("Then ", ""), ("Siobhan", "ʃɪˈvɔːn"), (", she said.", "")]
    assert without_sounds(spoken) == "Then Siobhan, she said."


@pytest.mark.parametrize(
    ("written", "spoken", "told"),
    [
        ("Siobhan’s,", "[Shi-vawn](/ʃɪˈvɔːn/)’s,", "[Siobhan](/ʃɪˈvɔːn/)’s,"),
        ("“Caoimhe", "“[Kee-va](/ˈkiːvə/)", "“[Caoimhe](/ˈkiːvə/)"),
        ("St.", "[Saint](/seɪnt/)", "[St.](/seɪnt/)"),
        ("a", "a[x](/i/)a", "a[x](/i/)a"),
        ("[1]", "[one](/wʌn/)", "[one](/wʌn/)"),
        ("3", "three", "three"),
    ],
)
def test_a_set_sound_is_told_with_the_word_as_it_is_written(written, spoken, told):
    assert respelled(written, spoken) == told


@pytest.mark.parametrize("text", ["", "no marks", "[a](b)", "[[x]]", "(/a/)", "[](/a/)", "a]( /b/)"])
def test_other_brackets_are_text(text):
    assert without_sounds(text) == text
    assert all(ipa == "" for _, ipa in stretches(text))


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("“It's well-known,” he said – twice…", ["It's", "well-known", "he", "said", "twice"]),
        ("Then [New York](/njuː jɔːk/), (maybe).", ["Then", "[New York](/njuː jɔːk/)", "maybe"]),
        ("wait[sic] [b]", ["wait", "sic", "b"]),
        ("नाव कि चली।", ["नाव", "कि", "चली"]),
        ("— … 5", ["5"]),
        ("", []),
    ],
)
def test_words_are_found_without_the_marks_around_them_and_with_their_sound(spoken, words):
    assert [spoken[at:until] for at, until in word_places(spoken)] == words


@pytest.mark.parametrize(
    ("ipa", "sign"), [("ʃɪˈvɔːn", ""), ("t͡ʃɑ̃", ""), ("sh5n", "5"), ("ab/c", "/"), ("Ab", "A"), ("ɹ<b>", "<")]
)
def test_what_is_no_ipa_is_named(ipa, sign):
    assert foreign_to_ipa(ipa) == sign


@pytest.mark.parametrize(("ipa", "said"), [("kæt", "kæts"), ("dɒɡ", "dɒɡz"), ("haʊs", "haʊsɪz"), ("tɹiː", "tɹiːz")])
def test_a_possessive_ends_as_its_last_sound_asks(ipa, said):
    assert with_s(ipa) == said


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("मैं घर की ओर गया।", ["मैं", "घर", "की", "ओर", "गया"]),
        ("Cafe\u0301, e\u0301te\u0301!", ["Cafe\u0301", "e\u0301te\u0301"]),
        ("“Well-known [lead](/lɛd/)”, isn't it?", ["Well-known", "[lead](/lɛd/)", "isn't", "it"]),
    ],
)
def test_a_word_ends_after_all_of_its_last_letter(spoken, words):
    assert [spoken[at:until] for at, until in word_places(spoken)] == words
