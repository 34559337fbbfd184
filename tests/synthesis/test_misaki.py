"""How English sounds: words, the sounds that are told in IPA, and where each word lies in both."""

import gzip
import json
from importlib.resources import files

import pytest

from audioed.phonemes import foreign_to_ipa
from audioed.synthesis.engines.misaki import phonemes
from audioed.synthesis.engines.misaki_ipa import from_ipa, to_ipa

ADMITTED = [chr(code) for code in range(0x3000) if not foreign_to_ipa(chr(code))]
VOCABULARY = set(json.loads(files("hibari").joinpath("assets", "vocab.json").read_text("utf-8")))


@pytest.mark.parametrize("british", [False, True])
@pytest.mark.parametrize("around", ["{}", "a{}", "{}a", "t{}ən", "ˈna{}ma"])
def test_every_sign_of_ipa_becomes_one_that_the_voices_know(british, around):
    said = {sign: from_ipa(around.format(sign), british) for sign in ADMITTED}

    assert not {sign: sound for sign, sound in said.items() if set(sound) - VOCABULARY}


@pytest.mark.parametrize(
    ("ipa", "american", "british"),
    [
        ("ʃɪˈvɔːn", "ʃɪvˈɔn", "ʃɪvˈɔːn"),
        ("ˈɹɛkɚd", "ɹˈɛkəɹd", "ɹˈɛkəd"),
        ("ˈpɜːmɪt", "pˈɜɹmɪt", "pˈɜːmɪt"),
        ("lɛd", "lˈɛd", "lˈɛd"),
        ("ˈdʒɔɪnt t͡ʃɑːɹdʒ", "ʤˈYnt ʧɑɹʤ", "ʤˈYnt ʧɑːʤ"),
        ("kloʊz", "klˈOz", "klˈQz"),
        ("makʁɔ̃", "mˈɑkɹɔn", "mˈakɹɒn"),
        ("sɐ̃w̃ ˈpawlu", "sWn pˈWlu", "sWn pˈWluː"),
        ("ˈbʌtn̩", "bˈʌtᵊn", "bˈʌtᵊn"),
        ("kɑɹ tɛɹ nɪɹ fɔɹ ˈɡæɹi ˈmɛɹi", "kɑɹ tɛɹ nɪɹ fɔɹ ɡˈæɹi mˈɛɹi", "kɑː tɛː nɪə fɔː ɡˈaɹi mˈɛɹi"),
        ("həˈwaɪʔi", "həwˈIi", "həwˈIi"),
    ],
)
def test_a_sound_that_is_told_is_said_as_english_writes_it(ipa, american, british):
    assert (from_ipa(ipa, british=False), from_ipa(ipa, british=True)) == (american, british)


@pytest.mark.parametrize("british", [False, True])
def test_what_a_voice_says_is_told_in_ipa_and_said_so_again(british):
    packed = files("hibari").joinpath("assets", f"lexicon_{'gb' if british else 'us'}_gold.json.gz").read_bytes()
    entries = [entry for entry in json.loads(gzip.decompress(packed)).values() if isinstance(entry, str)]
    said = [entry.replace("ɾ", "T").replace("ʔ", "t") for entry in entries[::23] if "ˈ" in entry]

    told = [to_ipa(signs) for signs in said]

    assert not [ipa for ipa in told if foreign_to_ipa(ipa)]
    assert sum(from_ipa(ipa, british) != signs for ipa, signs in zip(told, said, strict=True)) < len(said) / 500


def test_each_word_is_found_again_in_what_is_said_and_in_its_sounds():
    spoken = "She [read](/ɹɛd/) it to [Siobhan's](/ʃɪˈvɔːnz/) well-known “friends” — twice, don't you know…"

    found = phonemes(spoken, "en-US")

    words = [spoken[each.at : each.until] for each in found.words]
    assert words == [
        "She",
        "[read](/ɹɛd/)",
        "it",
        "to",
        "[Siobhan's](/ʃɪˈvɔːnz/)",
        "well-known",
        "friends",
        "twice",
        "don't",
        "you",
        "know",
    ]
    sounds = [found.signs[each.start : each.end] for each in found.words]
    assert sounds[1] == "ɹˈɛd"
    assert sounds[4] == "ʃɪvˈɔnz"
    assert sounds[7] == "twˈIs"
    assert not found.unsaid
