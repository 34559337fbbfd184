from pathlib import Path

import pytest

from audioed.errors import ConfigError
from audioed.phonemes import marked
from audioed.scripting.lexicon import Lexeme, Lexicon, load, parse, restored, row
from audioed.scripting.normalize import normalize
from audioed.voices.cards import shipped

SHIPPED = shipped() / "lexicon" / "en.tsv"


def lexicon(text: str) -> Lexicon:
    return Lexicon(parse(text, Path("some.tsv")))


def said(words: Lexicon, text: str) -> str:
    return restored(*words.apply(text))


def test_whole_words_only_and_possessives_follow():
    assert said(lexicon("Kyiv\tKeev"), "Kyiv's mayor, Kyivan and kyiv-based.") == "Keev's mayor, Kyivan and Keev-based."


def test_all_caps_and_case_entries_leave_ordinary_words_alone():
    words = lexicon("EV\tE-V\nNice\tNeece\tcase\n")
    assert said(words, "An EV in Nice is nice, ev or Ev.") == "An E-V in Neece is nice, ev or Ev."


def test_longest_phrase_wins_whatever_the_spaces_and_apostrophes():
    words = lexicon("Xi\tShee\nXi Jinping\tShee Jin Ping\nL'Oreal\tLorray Al")
    assert said(words, "Xi  Jinping and Xi at L’Oreal") == "Shee Jin Ping and Shee at Lorray Al"


def test_replaced_text_is_not_replaced_again():
    assert said(lexicon("a\tb\nb\ta"), "a b") == "b a"


def test_signs_may_be_part_of_a_word():
    words = lexicon("AT&T\tA-T and T\nC#\tC sharp")
    assert said(words, "AT&T likes C#.") == "A-T and T likes C sharp."


def test_addresses_are_left_alone():
    assert said(lexicon("IMF\tI-M-F"), "IMF.org, @IMF, the IMF.") == "IMF.org, @IMF, the I-M-F."


def test_later_file_overrules_the_earlier_one(tmp_path):
    first, second = tmp_path / "first.tsv", tmp_path / "second.tsv"
    first.write_text("Kyiv\tKeev\nOdesa\tOdessa\n", "utf-8")
    second.write_text("# ours\n\nkyiv\tKih-yeev\tcase\r\n", "utf-8")
    words = load([first, second])
    assert words.lexemes == (
        Lexeme(written="kyiv", spoken="Kih-yeev", case=True),
        Lexeme(written="Odesa", spoken="Odessa"),
    )
    assert said(words, "kyiv, Kyiv, Odesa") == "Kih-yeev, Kyiv, Odessa"


def test_no_lexicon_changes_nothing():
    assert said(load([]), "as it is") == "as it is"


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
    with pytest.raises(ConfigError, match=r"words.tsv: (cannot be read|is saved as UTF-16)"):
        load([path])


def test_shipped_entries_survive_normalization():
    shipped = load([SHIPPED, SHIPPED.with_name("en-names.tsv")])
    assert len(shipped.lexemes) >= 60
    for lexeme in shipped.lexemes:
        words = lexeme.spoken or lexeme.written
        assert said(shipped, lexeme.written) == (marked(words, lexeme.ipa) if lexeme.ipa else words)
        assert normalize(lexeme.spoken) == lexeme.spoken


def test_a_sound_is_kept_through_normalization():
    words = lexicon("Siobhan\t/ʃɪˈvɔːn/\nGIF\tjif /dʒɪf/\n")
    text, sounds = words.apply("Siobhan's GIF cost $5, said (Siobhan) in 1984.")

    assert restored(normalize(text), sounds) == (
        "[Siobhan's](/ʃɪˈvɔːnz/) [jif](/dʒɪf/) cost five dollars, said, [Siobhan](/ʃɪˈvɔːn/), in nineteen eighty-four."
    )


def test_letters_that_stand_in_for_words_are_taken_out_of_a_page():
    assert said(lexicon("a\t/b/"), "\U00018b00 a \U00018b01") == " [a](/b/) "


def test_a_word_is_said_by_its_part_of_speech_and_its_neighbours():
    words = lexicon("Pat\tpatt\tname\nbar\tbarr\tbefore=stool,stools\nbar\tbaar\tafter=sand\nbar\tbahr\n")

    assert said(words, "a bar stool, the sand bar, the bar") == "a barr stool, the sand baar, the bahr"


@pytest.mark.parametrize("line", ["a\tb\tnoum", "a\t/b5/", "a\tb\tnear=c", "a\t/b/ c", "a\tb\tbefore"])
def test_a_line_that_means_nothing_is_refused_by_its_number(line):
    with pytest.raises(ConfigError, match="line 2"):
        parse(f"# first\n{line}\n", Path("mine.tsv"))


def test_a_lexeme_is_written_as_it_was_read():
    lines = ["read\tred /ɹɛd/\tpast", "bass\t/bæs/\tbefore=boat,boats after=sea", "Nice\tNeece\tcase", "EV\tE-V"]

    assert [row(each) for each in parse("\n".join(lines), Path("some.tsv"))] == lines


def test_an_unconditioned_word_of_a_show_goes_before_all_that_ships(tmp_path):
    (tmp_path / "a.tsv").write_text("read\tred\tpast\nread\treed\tverb\n", "utf-8")
    (tmp_path / "b.tsv").write_text("read\tread-o\n", "utf-8")

    assert said(load([tmp_path / "a.tsv", tmp_path / "b.tsv"]), "He read it.") == "He read-o it."
