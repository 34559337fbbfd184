import pytest

from audioed import names


@pytest.mark.parametrize(
    ("name", "origin", "ipa"),
    [
        ("Belousova", "east slavic", "bˌɛlusˈoʊvə"),
        ("Kravchenko", "east slavic", "kɹəvtʃˈɛŋkoʊ"),
        ("Kramatorsk", "east slavic", "kɹˌɑmətˈɔɹsk"),
        ("Berdiansk", "east slavic", None),
        ("Belghouni", "arabic", "bɛlɡˈuni"),
        ("Maksimovich", "east slavic", "məksˈiməvɪtʃ"),
        ("Mykhailiv", "east slavic", None),
        ("Stojanovic", "south slavic", "stoʊjˈɑnəvɪtʃ"),
        ("Szymańska", "polish", "ʃɪmˈɑnskə"),
        ("Qiaozhen", "chinese", "tʃjaʊdʒˈʌn"),
        ("Nishimori", "japanese", "nˌiʃimˈoʊɹi"),
        ("Phuong", "vietnamese", "fˈʊŋ"),
        ("Okonjo", "african", "oʊkˈɔndʒoʊ"),
        ("Mbeki", "african", "əmbˈɛki"),
        ("Kipchoge", "african", "kɪptʃˈoʊɡeɪ"),
        ("Chepkoech", "african", None),
        ("Yılmaz", "turkish", "jəlmˈɑz"),
        ("Ångström", "nordic", "ˈoʊŋstɹəm"),
        ("Papadopoulou", "greek", "pˌɑpɑdəpˈulu"),
        ("Bagratashvili", "georgian", "bˌɑɡɹɑtəʃvˈili"),
        ("Popescu", "romanian", "poʊpˈɛsku"),
        ("Ibáñez", "spanish", "ibˈɑnjɛs"),
        ("Bertolacci", "italian", "bˌɛɹtoʊlˈɑtʃi"),
        ("Desmarteaux", "french", "dˌɛsmɑɹtˈoʊ"),
        ("Krishnaswamy", "south asian", None),
        ("Dijkhuizen", "dutch", None),
        ("Häberle", "german", "hˈɛbɚlə"),
        ("Abdulqadir", "arabic", None),
        ("Korhonen", "finnish", None),
        ("Llanbedr", "welsh", None),
    ],
)
def test_a_name_that_no_dictionary_has_sounds_as_where_it_comes_from(name, origin, ipa):
    told = names.by_spelling(name)
    assert told is not None
    assert told.origin == origin
    assert ipa is None or told.ipa == ipa
    assert told.ipa.count("ˈ") == 1


@pytest.mark.parametrize(
    "name",
    [
        "Cinderby",
        "Wayfair",
        "Fearnside",
        "Postmates",
        "Tamworth",
        "Talkspace",
        "McKegney",
        "OpenAI",
        "IMF",
        "bakanov",
        "Xi2",
        "Jo",
        "Женя",
    ],
)
def test_english_names_and_what_tells_nothing_are_left_to_the_voice(name):
    assert names.by_spelling(name) is None


def test_a_dictionary_of_names_goes_before_their_spelling():
    assert names.said("Seinfeld") == names.Said("sˈaɪnfɛld", "")
    assert names.is_listed("Kowalczyk")
    assert not names.is_listed("Bakanov")
    assert names.by_spelling("Xiao") == names.said("Xiao")  # the dictionary's own, Zhaw, is left out


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("provenance", "pɹˈɑvənn̩s"),
        ("Provenance", "pɹˈɑvənn̩s"),
        ("Nike", "nˈaɪki"),
        ("nike", ""),
        ("Dubai", "dubˈaɪ"),
        ("biennale", "bˌiɛnˈɑleɪ"),
        ("house", ""),
        ("PROVENANCE", ""),
    ],
)
def test_words_that_espeak_misreads_are_told(word, ipa):
    assert names.misread(word) == ipa


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("MacDonald", "Macdonald"),
        ("DeLonghi", "Delonghi"),
        ("LaGuardia", "Laguardia"),
        ("McNeil", "Mcneil"),
        ("YouTube", "YouTube"),
        ("Macron", "Macron"),
    ],
)
def test_a_prefix_with_a_capital_of_its_own_is_no_word_apart(name, one):
    assert names.joined(name) == one


@pytest.mark.parametrize("name", ["Aba", "Ama", "Usa", "VIP", "HIV"])
def test_no_name_is_told_as_its_letters(name):
    assert not names.is_listed(name)


def test_both_tables_are_sorted_and_hold_sounds_alone():
    from audioed.phonemes import foreign_to_ipa

    for table in ("names", "misread"):
        found = names._table(table)
        assert list(found) == sorted(found)
        assert not [word for word, ipa in found.items() if foreign_to_ipa(ipa) or not word.isalpha()]
