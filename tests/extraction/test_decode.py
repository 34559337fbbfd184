"""Which characters bytes are that say so wrongly or not at all."""

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.extraction.decode import decoded
from audioed.extraction.feed import entries
from audioed.model import Page

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


@pytest.mark.parametrize("charset", ["", "utf-8", "us-ascii", "iso-8859-1", "utf-16", "UTF-7", "no-such-thing"])
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


DAMAGED = [
    (
        "It\x92s the keeper\x92s light \x96 \x93so bright\x94, he said\x85",
        "It’s the keeper’s light – “so bright”, he said…",
    ),
    ("It&#146;s the keeper&#x92;s light &#150; as it was", "It’s the keeper’s light – as it was"),
    ("The cafÃ© by the light isnâ€™t open â€“ nor the fÃªte", "The café by the light isn’t open – nor the fête"),
    ("The cafÃ\xa9 isnâ\x80\x99t open", "The café isn’t open"),
    ("Ângela and Âncora, Ã, “â” and 5 Å wide", "Ângela and Âncora, Ã, “â” and 5 Å wide"),
]
KEPT = "The keeper of the light wrote down every ship that passed the head, and he did so for forty years."


@pytest.mark.parametrize(("damaged", "meant"), DAMAGED)
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown"])
def test_traces_of_a_wrong_character_set_are_mended(kind, damaged, meant):
    told = [KEPT, f"{damaged} and the rest is known.", KEPT.replace("forty", "fifty")]
    text = "\n\n".join(f"<p>{each}</p>" if kind == "text/html" else each for each in ("Light", *told))
    blocks = extract(Page(url="page", media_type=kind, text=text), Extraction()).blocks
    assert f"{meant} and the rest is known." in [block.text for block in blocks]


def test_a_feed_in_windows_1252_that_claims_to_be_utf_8_keeps_its_quotes():
    feed = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>It’s – “so”</title>'
    feed += "<link>https://x.example/1</link></item></channel></rss>"
    for text in (decoded(feed.encode("cp1252"), "x"), feed.encode("cp1252").decode("latin-1")):
        assert entries(Page(url="https://x.example", media_type="application/xml", text=text))[0].title == "It’s – “so”"
