"""How English sounds: words, the sounds that are told in IPA, and where each word lies in both."""

import gzip
import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import text

from audioed.model import Article, Block
from audioed.phonemes import foreign_to_ipa
from audioed.scripting import utterances
from audioed.scripting.lexicon import load
from audioed.synthesis.engines.misaki import phonemes
from audioed.synthesis.engines.misaki_ipa import from_ipa, to_ipa
from audioed.voices.cards import lexicons

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


@pytest.mark.parametrize(
    ("text", "word", "sounds"),
    [
        ("The lead pipe burst.", "led", "lˈɛd"),
        ("The Polish parliament voted.", "Polish", "pˈOlɪʃ"),
        ("They polish the brass.", "polish", "pˈɑlɪʃ"),
        ("Polish your shoes.", "Polish", "pˈɑlɪʃ"),
        ("Pan Am flew there.", "Pan Am", "pˌæn ˈæm"),
        ("We met Nguyen.", "Win", "wˈɪn"),
        ("Donald Powell's here.", "Powell's", "pˈWəlz"),
        ("Sean and Michelle met.", "Sean", "ʃˈɔn"),
        ("Simon Chavez came.", "Chavez", "ʧˈɑvɛz"),
        ("The EPA sued.", "E-P-A", "ˌipˌiˈA"),
        ("Two LLMs answered.", "L-L-M's", "ˌɛlˌɛlˈɛmz"),
        ("The NCAA ruled.", "N-C-double-A", "ˌɛnsˌidˈʌbᵊlˈA"),
        ("Plan A failed.", "A", "ˈA"),
        ("He sang Once Upon A Time.", "A", "ɐ"),
        ("Vitamin A, C and D.", "A", "ˈA"),
        ("The FRONTEX report came.", "frontex", "fɹˈʌntɛks"),
        ("The UNHCR report came.", "UNHCR", "jˌuˌɛnˌAʧsˌiˈɑɹ"),
    ],
)
def test_names_letters_and_heteronyms_are_said_as_readers_say_them(text, word, sounds):
    lexicon = load(lexicons(Path("nowhere"), "en"))
    article = Article(title="", language="en", blocks=(Block(kind="paragraph", text=text),))
    spoken = " ".join(each.spoken for each in utterances(article, lambda _: lexicon))

    found = phonemes(spoken, "en-US")

    said = {spoken[each.at : each.until]: found.signs[each.start : each.end] for each in found.words}
    assert {written.partition("]")[0].lstrip("["): sound for written, sound in said.items()}[word] == sounds


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Донау is a river.", "dˈɑnW ɪz ɐ ɹˈɪvəɹ."),  # letters of other scripts, as Latin ones
        ("naïve Łódź", "nIˈiv wˈuʤ"),
        ("pneumonoultramicroscopicsilicovolcanoconiosis", None),
    ],
)
def test_letters_of_other_scripts_and_very_long_words_are_said(text, sounds):
    found = phonemes(text, "en-US")
    assert not found.unsaid
    assert len(found.signs) > len(text) / 2
    assert sounds is None or found.signs == sounds


@given(text())
def test_every_word_of_any_text_is_said_or_told(words):
    found = phonemes(words, "en-US")

    assert set(found.signs) <= VOCABULARY
    assert all(each.start < each.end and each.at < each.until for each in found.words)
    assert all(one.until <= two.at and one.end <= two.start for one, two in pairwise(found.words))
    said = sum(each.until - each.at for each in found.words) + sum(map(len, found.unsaid))
    assert said >= sum(map(str.isalpha, words)) / 2


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("[Seinfeld](/ˈsaɪnfɛlt/)", "sˈInfɛlt"),  # what a lexicon tells
        ("They record it", "ðˌA ɹəkˈɔɹd ɪt"),  # the dictionary, by part of speech
        ("The record", "ðə ɹˈɛkəɹd"),
        ("kayakers", "kˈIˌækəɹz"),  # by inflection
        ("Seinfeld's", "sˈInfɛldz"),  # names
        ("Belousova", "bˌɛlusˈOvə"),  # where they come from
        ("MacDonald", "məkdˈɑnəld"),
    ],
)
def test_a_word_is_looked_up_where_it_is_surest(spoken, said):
    assert phonemes(spoken, "en-US").signs == said
