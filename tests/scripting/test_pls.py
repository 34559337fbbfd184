import pytest

from audioed.errors import ConfigError
from audioed.scripting.lexicon import Lexeme, load
from audioed.scripting.pls import exported, imported
from audioed.voices.cards import lexicons

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" xmlns:ours="urn:ours" alphabet="ipa"
         xml:lang="en-US">
  <!-- as other tools write it -->
  <lexeme><grapheme>Sepulveda</grapheme><phoneme>səˈpʌlvɪdə</phoneme><phoneme>sɛpʊlˈveɪdə</phoneme></lexeme>
  <lexeme role="ours:noun"><grapheme>theatre</grapheme><grapheme>theater</grapheme><phoneme>ˈθɪətɚ</phoneme></lexeme>
  <lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>
</lexicon>
"""


def test_a_lexicon_of_other_tools_is_read():
    assert imported(DOCUMENT.encode(), "other.pls") == (
        Lexeme(written="Sepulveda", ipa="səˈpʌlvɪdə"),
        Lexeme(written="theatre", ipa="ˈθɪətɚ", parts=("noun",)),
        Lexeme(written="theater", ipa="ˈθɪətɚ", parts=("noun",)),
        Lexeme(written="W3C", spoken="World Wide Web Consortium", case=True),
    )


def test_what_is_exported_is_imported_again(tmp_path):
    lexemes = [each for each in load(lexicons(tmp_path, "en")).lexemes if not each.before and not each.after]

    assert list(imported(exported(lexemes, "en"), "ours.pls")) == lexemes
    assert len(lexemes) > 200


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("not XML", "is not XML"),
        ("<html/>", "is not a PLS lexicon"),
        (DOCUMENT.replace('alphabet="ipa"', 'alphabet="x-sampa"'), "x-sampa"),
        (DOCUMENT.replace("səˈpʌlvɪdə", "s3p"), "'3' is not a letter of IPA"),
        (DOCUMENT.replace("<alias>World Wide Web Consortium</alias>", ""), "neither a phoneme nor an alias"),
        (DOCUMENT.replace("World Wide", "World 3"), "has digits"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(document, complaint):
    with pytest.raises(ConfigError, match=complaint):
        imported(document.encode(), "other.pls")


def test_entities_reach_no_file_and_do_not_explode(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden", "utf-8")
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    for entities, used in ((f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"), (f'<!ENTITY l0 "ha">{laughs}', "&l11;")):
        document = DOCUMENT.replace("<lexicon", f"<!DOCTYPE lexicon [{entities}]><lexicon", 1).replace("theatre", used)
        try:
            found = imported(document.encode(), "hostile.pls")
        except ConfigError:
            continue
        assert all("hidden" not in each.written and len(each.written) < 100 for each in found)
