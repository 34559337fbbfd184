from pathlib import Path

import pytest

from audioed.config import shipped_voices
from audioed.errors import ConfigError
from audioed.scripting.lexicon import Lexeme, Lexicon, load, parse
from audioed.scripting.normalize import normalize

SHIPPED = shipped_voices() / "lexicon" / "en.tsv"


def lexicon(text: str) -> Lexicon:
    return Lexicon(parse(text, Path("some.tsv")))


def test_whole_words_only_and_possessives_follow():
    assert lexicon("Kyiv\tKeev").apply("Kyiv's mayor, Kyivan and kyiv-based.") == "Keev's mayor, Kyivan and Keev-based."


def test_all_caps_and_case_entries_leave_ordinary_words_alone():
    words = lexicon("EV\tE-V\nNice\tNeece\tcase\n")
    assert words.apply("An EV in Nice is nice, ev or Ev.") == "An E-V in Neece is nice, ev or Ev."


def test_longest_phrase_wins_whatever_the_spaces_and_apostrophes():
    words = lexicon("Xi\tShee\nXi Jinping\tShee Jin Ping\nL'Oreal\tLorray Al")
    assert words.apply("Xi  Jinping and Xi at L’Oreal") == "Shee Jin Ping and Shee at Lorray Al"


def test_replaced_text_is_not_replaced_again():
    assert lexicon("a\tb\nb\ta").apply("a b") == "b a"


def test_signs_may_be_part_of_a_word():
    words = lexicon("AT&T\tA-T and T\nC#\tC sharp")
    assert words.apply("AT&T likes C#.") == "A-T and T likes C sharp."


def test_addresses_are_left_alone():
    assert lexicon("IMF\tI-M-F").apply("IMF.org, @IMF, the IMF.") == "IMF.org, @IMF, the I-M-F."


def test_later_file_overrules_the_earlier_one(tmp_path):
    first, second = tmp_path / "first.tsv", tmp_path / "second.tsv"
    first.write_text("Kyiv\tKeev\nOdesa\tOdessa\n", "utf-8")
    second.write_text("# ours\n\nkyiv\tKih-yeev\tcase\r\n", "utf-8")
    words = load([first, second])
    assert words.lexemes == (
        Lexeme(written="Odesa", spoken="Odessa"),
        Lexeme(written="kyiv", spoken="Kih-yeev", case=True),
    )
    assert words.apply("kyiv, Kyiv, Odesa") == "Kih-yeev, Kyiv, Odessa"


def test_no_lexicon_changes_nothing():
    assert load([]).apply("as it is") == "as it is"


@pytest.mark.parametrize("line", ["Kyiv", "\tKeev", "Kyiv\t", "Kyiv\tKeev\tyes", "a\tb\tcase\td", "X\t9"])
def test_broken_line_is_named(tmp_path, line):
    path = tmp_path / "words.tsv"
    path.write_text(f"# first\n{line}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"words\.tsv, line 2: ") as caught:
        load([path])
    assert caught.value.path == path


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_file_that_is_no_text_is_named(tmp_path, content):
    path = tmp_path / "words.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match="cannot be read as a lexicon"):
        load([path])


def test_shipped_entries_survive_normalization():
    shipped = load([SHIPPED])
    assert len(shipped.lexemes) >= 60
    for lexeme in shipped.lexemes:
        assert shipped.apply(lexeme.written) == lexeme.spoken
        assert normalize(lexeme.spoken) == lexeme.spoken
