import pytest

from audioed.respelling import ipa_of, respelled


@pytest.mark.parametrize(
    ("respelling", "ipa"),
    [
        ("roz-KOZ-moss", "ɹɑːzˈkɑːzmɑːs"),
        ("nuh-VAHL-nee", "nəˈvɑːlniː"),
        ("zhee-vahn-SHEE", "ʒiːvɑːnˈʃiː"),
        ("KIP-choh-gay", "ˈkɪptʃoʊɡeɪ"),
        ("HWAH-way", "ˈhwɑːweɪ"),
        ("doo-BY", "duːˈbaɪ"),
        ("eye-KEE-uh", "aɪˈkiːə"),
        ("BAYK-er", "ˈbeɪkɚ"),
        ("BUN-yun", "ˈbʌnjən"),
        ("MUL-ler", "ˈmʌlɚ"),
        ("KATCH-choo", "ˈkætʃuː"),
        ("sow POW-loh", "saʊ ˈpaʊloʊ"),
        ("day lah-KROO-uh", "deɪ lɑːˈkɹuːə"),
        ("pow-loh koh-EL-yoh", "paʊloʊ koʊˈɛljoʊ"),
        ("MEHR-koh-SOOR", "ˌmɛɹkoʊˈsʊɹ"),
        ("shee jin-PING", "ʃiː dʒɪnˈpɪŋ"),
        ("SHEE jin-PING", "ʃiː dʒɪnˈpɪŋ"),
    ],
)
def test_a_respelling_is_the_sound_that_a_reader_gives_it(respelling, ipa):
    assert ipa_of(respelling) == ipa


@pytest.mark.parametrize(
    "words",
    [
        "Keev",
        "I-M-F",
        "U-S-aid",
        "Boota-judge",
        "A-T and T",
        "C sharp",
        "IMF",
        "WHO",
        "PYKE",
        "KING LEER",
        "I jin-PING",
        "Poo-ket",
        "ЖУК",
        "",
    ],
)
def test_letters_and_other_words_are_no_respelling(words):
    assert ipa_of(words) == ""


@pytest.mark.parametrize(
    ("ipa", "letters"),
    [
        ("ɹɑːsˈkɑːzmoʊs", "rahs-KAHZ-mohs"),
        ("ˈæməliː", "AM-uh-lee"),
        ("ɹɑskˈɑzmoʊs", "rah-SKAHZ-mohs"),
        ("hˈoʊmsˌaɪt", "HOHM-syt"),
        ("ˈaɪdəhoʊ", "EYE-duh-hoh"),
        ("mˈɜːsɪsˌaɪd", "MUR-sih-syd"),
        ("oʊˈkɑːsioʊ kɔːɹˈtɛz", "oh-KAH-see-oh kor-TEZ"),
        ("ðˈiz", "dheez"),
        ("ʃ", "sh"),
        ("", ""),
    ],
)
def test_a_sound_is_shown_in_letters_with_its_stress_in_capitals(ipa, letters):
    assert respelled(ipa).lower() == letters.lower()
    assert [part for part in respelled(ipa).split("-") if part.isupper()] == [
        p for p in letters.split("-") if p.isupper()
    ]


@pytest.mark.parametrize("ipa", ["ɹɑːsˈkɑːzmoʊs", "kaʊˈboɪ", "ʃɪˈvɔːn", "ˈdvɔːɹʒæk", "ɪɡˈzæktliː", "əˈfɔːɹd"])
def test_what_is_shown_is_read_back_as_it_was(ipa):
    assert respelled(ipa_of(respelled(ipa))) == respelled(ipa)
