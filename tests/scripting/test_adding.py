import pytest

from audioed.errors import ConfigError
from audioed.scripting.adding import lexeme_of, told_already, with_line
from audioed.scripting.lexicon import row


@pytest.mark.parametrize(
    ("word", "sound", "line"),
    [
        ("Roscosmos", "roz-KOZ-moss", "Roscosmos\troz-koz-moss /ɹɑːzˈkɑːzmɑːs/"),
        ("Siobhan", "/ʃɪˈvɔːn/", "Siobhan\t/ʃɪˈvɔːn/"),
        ("GIF", "jif /dʒɪf/", "GIF\tjif /dʒɪf/"),
        ("Kyiv", " Keev ", "Kyiv\tKeev"),
        ("Phnom  Penh", "Nom Pen", "Phnom Penh\tNom Pen"),
        ("IMF", "I-M-F", "IMF\tI-M-F"),
        ("Fund", "IMF", "Fund\tIMF"),
        ("US", "us", "US\tus"),
        ("São Paulo", "sow POW-loh", "São Paulo\tsow pow-loh /saʊ ˈpaʊloʊ/"),
    ],
)
def test_a_word_and_its_sound_become_a_line(word, sound, line):
    assert row(lexeme_of(word, sound)) == line


@pytest.mark.parametrize(
    ("word", "sound", "why"),
    [
        ("Kyiv", "Keev2", "has digits"),
        ("Kyiv", "/k€v/", "not a letter of IPA"),
        ("Kyiv", "/kiv", "neither words nor /IPA/"),
        ("Kyiv", "--", "nothing that can be said"),
        ("WHO", "WHO", "its own sound"),
        ("#MeToo", "me too", "no word"),
        ("\t", "me too", "no word"),
    ],
)
def test_what_no_lexicon_can_hold_is_refused_in_a_sentence(word, sound, why):
    with pytest.raises(ConfigError, match=why):
        lexeme_of(word, sound)


@pytest.mark.parametrize(
    ("language", "sound", "line"),
    [
        ("de", "MUEL-ler", "Müller\tMUEL-ler"),
        ("de-AT", "/ˈmʏlɐ/", "Müller\t/ˈmʏlɐ/"),
        ("fr", "mu-LÈRE", "Müller\tmu-LÈRE"),
        ("en-GB", "MUUL-ler", "Müller\tmuul-ler /ˈmʊlɚ/"),
    ],
)
def test_only_english_is_respelled_in_english_letters(language, sound, line):
    assert row(lexeme_of("Müller", sound, language=language)) == line


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_order_and_line_ends_stay_as_they_are(end, tmp_path):
    raw = end.join(["# Names", "", "Kyiv\tKeev", "lead\tled\tbefore=pipe", "Nice\tNeece\tcase"])
    added = with_line(raw, lexeme_of("Okafor", "OH-kuh-for"), None)
    assert added == f"{raw}{end}Okafor\toh-kuh-for /ˈoʊkəfɔːɹ/{end}"
    file = tmp_path / "en.tsv"
    file.write_bytes(added.encode())
    there = told_already(lexeme_of("kyiv", "kee-EV"), [tmp_path / "none.tsv", file])
    assert there is not None
    assert there.place.endswith("line 3")
    assert told_already(lexeme_of("lead", "leed"), [file]) is None
    assert with_line(added, lexeme_of("Kyiv", "KEE-yiv"), 3) == added.replace("\tKeev", "\tkee-yiv /ˈkiːjɪv/")


def test_a_first_line_makes_the_file():
    assert with_line("", lexeme_of("Kyiv", "Keev"), None) == "Kyiv\tKeev\n"
