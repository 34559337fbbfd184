"""An utterance is known by one id, whatever becomes of those around it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from audioed.model import Edition, Script, Segment, Utterance
from audioed.scripting.ids import identified
from tests.conftest import DAY


def script(*said, ids=()):
    names = (*ids, *[""] * (len(said) - len(ids)))
    told = tuple(Utterance(written=each, spoken=each, id=name) for each, name in zip(said, names, strict=True))
    return Script(
        edition=Edition(show="S", day=DAY, title="T", name="n"),
        segments=(Segment(kind="body", title="B", utterances=told),),
    )


def ids(told):
    return [each.id for each in identified(told).utterances]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=9))
def test_no_two_have_the_same_and_a_second_look_changes_nothing(said):
    once = identified(script(*said))
    assert len({each.id for each in once.utterances}) == len(said)
    assert identified(once) is once


def test_it_is_the_same_in_every_build_and_beside_other_sentences():
    one, two, three = ids(script("One.", "Two.", "Three."))
    assert ids(script("Zero.", "Three.", "One.")) == [ids(script("Zero."))[0], three, one]
    assert ids(script("Two."))[0] == two


def test_the_second_that_says_the_same_is_the_second():
    first, second = ids(script("Yes.", "Yes."))
    assert second == f"{first}-2"


def test_a_sentence_that_a_person_puts_in_other_words_keeps_its_own():
    before = identified(script("One.", "Two."))
    name = before.utterances[0].id
    assert ids(script("One at last.", "Two.", ids=(name,))) == [name, before.utterances[1].id]


def test_of_two_that_a_person_has_copied_the_first_keeps_it_and_an_added_one_takes_no_others():
    taken = ids(script("Two."))[0]
    assert ids(script("One.", "Two.", "Four.", ids=(taken, taken))) == [taken, f"{taken}-2", ids(script("Four."))[0]]
    assert ids(script("Two.", "One.", ids=("", taken))) == [f"{taken}-2", taken]


def test_it_survives_an_edit_of_the_spoken_form():
    one = identified(script("One."))
    utterance = replace(one.utterances[0], spoken="Won.")
    assert replace(one.segments[0], utterances=(utterance,)).utterances[0].id == one.utterances[0].id
