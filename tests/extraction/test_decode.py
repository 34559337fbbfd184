"""Which characters bytes are that say so wrongly or not at all."""

import pytest

from audioed.extraction.decode import decoded

TEXT = "Le café Müller sert l’été à la carte – « ça va », dit-il, 20 € et ½ de plus."
FRAMES = {
    "feed": '<?xml version="1.0"?><rss version="2.0"><channel><item><title>{}</title></item></channel></rss>',
    "page": "<!doctype html><html><body><p>{}</p></body></html>",
    "text": "{}\n",
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("text", [TEXT, "wharf été à la ‘carte’", "Ærø, Åland und Straße", "é"])
def test_what_is_not_utf8_and_says_nothing_is_windows_1252(frame, text):
    assert decoded(frame.format(text).encode("cp1252"), "x") == frame.format(text)


@pytest.mark.parametrize("charset", ["", "utf-8", "us-ascii", "iso-8859-1", "no-such-thing"])
def test_a_wrong_declaration_costs_no_letter(charset):
    assert decoded(TEXT.encode("cp1252"), "x", charset=charset) == TEXT


def test_a_broken_character_costs_only_itself():
    broken = f"{TEXT} ".encode() + b"\xe9t\xe9 \x81" + f" {TEXT}".encode()
    assert decoded(broken, "x", charset="utf-8") == f"{TEXT} été \ufffd {TEXT}"
    assert decoded(TEXT.encode()[:-3] + "Я".encode()[:1], "x").startswith(TEXT[:-3])


OTHERS = [
    ("windows-1251", "Лодка утонула у мола, и колокол был слышен ещё целый час, говорят соседи."),
    ("iso-8859-7", "Το πλοίο βυθίστηκε έξω από τον μόλο και η καμπάνα ακουγόταν για μία ώρα."),
    ("shift_jis", "船は突堤の沖で沈み、鐘の音は一時間ほど聞こえていたと近所の人々は言う。"),
]


@pytest.mark.parametrize(("codec", "text"), OTHERS)
def test_what_says_how_it_is_written_is_read_so(codec, text):
    page = FRAMES["page"].format(text)
    assert decoded(page.encode(codec), "x", charset=codec) == page


@pytest.mark.parametrize(("codec", "text"), OTHERS[:2])
def test_other_scripts_are_told_by_their_letters(codec, text):
    page = FRAMES["page"].format(text * 20)
    assert decoded(page.encode(codec), "x") == page
