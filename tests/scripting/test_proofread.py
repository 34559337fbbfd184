import sys
from pathlib import Path

from audioed.model import Utterance
from audioed.scripting.lexicon import parse
from audioed.scripting.proofread import dead, doubts, has_dictionary, unmet


def said(*sentences: str) -> list[Utterance]:
    return [Utterance(written=each, spoken=each) for each in sentences]


def test_names_and_strange_words_are_listed_the_most_frequent_and_least_sure_first():
    found = doubts(
        said(
            "The mayor met Zelensky and Caoilfhionn.",
            "Zelensky's ferry, the Сaptain, was an unferried naïveté of YouTube.",
        ),
        "en",
    )

    assert [(each.word, each.times, each.reason) for each in found] == [
        ("Zelensky", 2, "name"),
        ("Caoilfhionn", 1, "name"),
        ("Сaptain", 1, "mixed scripts"),
        ("unferried", 1, "unknown word"),
        ("naïveté", 1, "foreign letters"),
    ]
    assert found[1].sentence == "The mayor met Zelensky and Caoilfhionn."


def test_a_name_that_is_said_by_where_it_comes_from_is_surer_than_one_that_is_guessed():
    found = doubts(said("Belousova met Cinderby; Belousova left, Belousova came."), "en")
    assert [(each.word, each.times, each.origin) for each in found] == [
        ("Belousova", 3, "east slavic"),
        ("Cinderby", 1, ""),
    ]
    assert [each.word for each in doubts(said("Belousova met Cinderby."), "en")] == ["Cinderby", "Belousova"]
    assert doubts(said("Seinfeld and Kowalczyk met."), "en") == []


def test_what_a_lexicon_tells_and_what_is_spelled_is_settled():
    assert doubts(said("[Siobhan](/ʃɪˈvɔːn/) of the I-M-F and the FBI said so."), "en") == []


def test_a_language_without_a_dictionary_lists_its_names_alone():
    assert [each.word for each in doubts(said("mbwa na Juma"), "xx")] == ["Juma"]


def test_without_dictionaries_the_names_of_other_languages_are_listed(monkeypatch):
    sentence = "Der Bürgermeister von Övelgönne fährt quammig zur Fähre."
    assert [each.word for each in doubts(said(sentence), "de")] == ["Övelgönne", "quammig"]
    assert has_dictionary("de-AT")
    monkeypatch.setitem(sys.modules, "simplemma.strategies.dictionaries.dictionary_factory", None)
    assert [each.word for each in doubts(said(sentence), "de")] == ["Der", "Bürgermeister", "Övelgönne", "Fähre"]
    assert not has_dictionary("de-AT")
    assert [each.word for each in doubts(said("The mayor sent quammels to Zelensky."), "en")] == [
        "quammels",
        "Zelensky",
    ]


def test_each_english_has_its_own_dictionary():
    sentence = said("Grey-coloured tyres, realised the Gray-colored neighbour.")
    assert [each.word for each in doubts(sentence, "en-GB")] == []
    assert [each.word for each in doubts(sentence, "en-US")] == []


def test_lines_that_do_nothing_are_told_with_their_remedy():
    lines = [
        "Kyiv\tKeev",
        "read\tred\tpast",
        "Kyiv\tKee-yiv",
        "same\tsame",
        "bar\tbahr",
        "bar\tbarr\tnoun",
        "read\tred\tpast",
    ]

    assert list(dead(parse("\n".join(lines), Path("my.tsv")))) == [
        "my.tsv, line 1: is overridden by line 3 for 'Kyiv'; remove one.",
        "my.tsv, line 4: says 'same' just as it is written; remove it.",
        "my.tsv, line 6: is never reached after line 5 for 'bar'; move it up.",
        "my.tsv, line 7: says the same of 'read' as line 2; remove one.",
    ]


def test_what_ships_has_no_dead_line():
    from audioed.scripting.lexicon import read
    from audioed.voices.cards import lexicons

    assert [each for path in lexicons(Path("nowhere")) for each in dead(read(path))] == []


def test_words_that_do_not_occur_are_known():
    lexemes = parse("Kyiv\tKeev\nL’Oreal\tLorray Al\nEV\tE-V", Path("my.tsv"))

    assert [each.written for each in unmet(lexemes, "kyiv and l'oreal, ev")] == ["EV"]
