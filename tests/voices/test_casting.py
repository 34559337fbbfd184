from dataclasses import replace
from pathlib import Path

import pytest

from audioed import build, config, extraction, scripting
from audioed.errors import ExtractionError
from audioed.extraction.language import settled
from audioed.model import Edition, Page, Voice
from audioed.scripting.lexicon import Lexicon
from audioed.voices import casting
from audioed.voices.cards import lexicons, voice_cards
from tests.conftest import DAY

GERMAN = Page(
    url="bahnhof.html",
    media_type="text/html",
    text="<html lang='en'><title>Der Bahnhof</title><h1>Der Bahnhof</h1><article>"
    + "<p>Der alte Bahnhof ist seit zehn Jahren geschlossen, und die Leute kommen doch jeden Abend hierher, um auf den "
    "Zug zu warten, der nicht mehr kommt. Es ist nicht so, dass sie es nicht wüssten.</p>"
    * 1
    + "<p>Auch im Winter stehen sie mit den Hunden und dem Kaffee auf dem Gleis, als wäre es eine Frage der Geduld, "
    "und wer sie fragt, wird angesehen, als wäre er von einem anderen Stern und nicht aus der Stadt.</p></article>",
)


def card(name: str, language: str, engine: str = "piper") -> Voice:
    return Voice(name=name, engine=engine, language=language)


CARDS = {each.name: each for each in (card("joe", "en-US"), card("anna", "de", "system"), card("thorsten", "de-DE"))}
SETTINGS = config.Synthesis(roles={"narrator": "joe"})


def test_an_article_in_another_language_gets_a_voice_that_speaks_it():
    assert casting.speaker("narrator", SETTINGS, CARDS, "en-GB") == CARDS["joe"]
    assert casting.speaker("narrator", SETTINGS, CARDS, "de-AT") == CARDS["thorsten"], "neural before the system's"
    assert casting.speaker("headlines", SETTINGS, CARDS, "fr") is None
    spanish = {**CARDS, **{name: card(name, "es", "kokoro") for name in ("kokoro-e-alex", "kokoro-e-dora")}}
    assert casting.speaker("quote", SETTINGS, spanish, "es-MX") == spanish["kokoro-e-dora"], "the best one first"


def test_a_german_page_in_an_english_theme_is_german_and_refused_with_the_voices_to_install(tmp_path):
    with pytest.raises(
        ExtractionError,
        match=r"bahnhof.html: no installed voice speaks 'de'; `audioed voices install german` brings the best one",
    ):
        build.extract([GERMAN], config.Config(), voice_cards(tmp_path))


def test_a_card_for_the_language_makes_it_readable(tmp_path):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "amt.toml").write_text('engine = "system"\nlanguage = "de"\n', "utf-8")

    (article,), skips = build.extract([GERMAN], config.Config(), voice_cards(tmp_path))

    assert article.language == "de"
    assert skips == ()


def test_lexicons_named_for_a_language_hold_for_it_alone(tmp_path):
    folder = tmp_path / "voices" / "lexicon"
    folder.mkdir(parents=True)
    for name in ("de.tsv", "de-names.tsv", "ours.tsv"):
        (folder / name).touch()

    def names(language: str) -> list[str]:
        return [path.name for path in lexicons(tmp_path, language)]

    assert names("de-AT") == ["de-names.tsv", "de.tsv", "ours.tsv"]
    assert names("en") == ["en-heteronyms.tsv", "en-names.tsv", "en.tsv", "ours.tsv"]


@pytest.mark.parametrize("voice", ["joe", ""])
def test_an_article_that_names_a_voice_still_needs_one_for_its_language(tmp_path, voice):
    head = f"---\ntitle: Der Bahnhof\nlanguage: de\nvoice: {voice}\n---\n\n"
    text = f"{head}Der Zug kommt heute nicht mehr, und niemand geht."

    with pytest.raises(ExtractionError, match="no installed voice speaks 'de'"):
        build.extract(
            [Page(url="zug.md", media_type="text/markdown", text=text)], config.Config(), voice_cards(tmp_path)
        )


def test_a_language_without_a_table_is_taken_at_its_page_s_word():
    spanish = "que el los una por con para del como más pero sus ser está este también fue entre cuando " * 4

    assert settled("ca", spanish) == "ca"
    assert settled("en-US", spanish) == "es"
    assert settled("es-MX", spanish) == "es-MX"


QUOTING = Page(
    url="kiel.html",
    media_type="text/html",
    text="<html lang='en'><body><article><h1>The mayor of Kiel</h1><p>The mayor of Kiel, who had been in office for "
    "five years, said on Monday: “<span lang='de'>Wir bauen 3 neue Brücken und 20 Schulen.</span>” Then she left the "
    "room, and nobody in the hall asked her another question about it.</p><p>The bridges are a "
    "<i lang='fr'>raison d'être</i> for the city, which had waited for them for many years, as everyone knows, and "
    "which will now have to pay for them with a tax on ships.</p></article></body></html>",
)


def test_a_sentence_quoted_in_another_language_is_said_in_it_and_a_word_in_passing_is_not():
    article = extraction.extract(QUOTING, config.Extraction())
    edition = Edition(show="Show", day=DAY, title=article.title, name="kiel")

    body = [
        each
        for segment in scripting.write([article], edition, config.Scripting(), lambda _: Lexicon(())).segments
        for each in segment.utterances
        if segment.kind == "body"
    ]

    assert [(each.written, each.spoken) for each in body if each.language] == [
        ("“Wir bauen 3 neue Brücken und 20 Schulen.”", '"Wir bauen drei neue Brücken und zwanzig Schulen."')
    ]
    assert [each.language for each in body if each.language] == ["de"]
    assert " ".join(each.written for each in body) == " ".join(block.text for block in article.blocks)
    assert casting.speaker("narrator", SETTINGS, CARDS, "de") == CARDS["thorsten"]


PASSAGE = (
    "Der Hafen bleibt bis Ostern geschlossen, sagte sie, und wer mit dem Schiff kommt, muss drüben in Strande anlegen."
)
PASSING = Page(
    url="kiel.html",
    media_type="text/html",
    text="<html lang='en'><body><article><h1>The harbour of Kiel</h1><p>The harbour master of Kiel, who had held the "
    "office for five years, spoke to the captains on Monday, and it was the first they had heard of it.</p>"
    f"<blockquote lang='de'><p>{PASSAGE}</p></blockquote><p lang='de'>Gute Reise und gute Heimkehr!</p><p>Then she "
    "left the room, and nobody in the hall asked her another question about it, since all of them wanted to telephone."
    "</p></article></body></html>",
)
"""An article with a passage and a farewell in German."""


def said_of(cards, *choices):
    settings = config.Config(synthesis=SETTINGS, extraction=config.Extraction(choices=choices))
    (article,), _ = build.extract([PASSING], settings, cards)
    edition = Edition(show="Show", day=DAY, title=article.title, name="kiel")
    script = scripting.write([article], edition, config.Scripting(), lambda _: Lexicon(()))
    told = " ".join(each.written for segment in script.segments for each in segment.utterances)
    return article, PASSAGE in told, "another language" in told


def test_a_passage_that_an_installed_voice_speaks_is_read():
    article, read, told = said_of(CARDS)
    assert (read, told) == (True, False)
    assert "unspoken" not in {cut.rule for cut in article.cuts}


def test_a_passage_that_no_installed_voice_speaks_is_cut_and_told_to_listeners_and_authors(tmp_path, caplog):
    article, read, told = said_of(voice_cards(tmp_path))
    assert (read, told) == (False, True)
    assert [cut.text for cut in article.cuts if cut.rule == "unspoken"] == [PASSAGE]
    assert "Gute Reise und gute Heimkehr!" in {block.text for block in article.blocks}, "a few words are read"
    assert "kiel.html: a passage is not read: no installed voice speaks 'de'; `audioed voices install" in caplog.text


def test_a_paragraph_that_was_pasted_from_a_german_program_stays_english(tmp_path):
    pasted = (
        "The harbour stays closed until Easter, she said, and whoever comes by ship has to go to the other side of it."
    )
    page = replace(PASSING, text=PASSING.text.replace(PASSAGE, pasted))
    (article,), _ = build.extract([page], config.Config(), voice_cards(tmp_path))
    assert [block.language for block in article.blocks if block.text == pasted] == [""]


def test_an_author_may_have_it_read_all_the_same(tmp_path):
    choice = config.Choice(article="kiel.html", text=PASSAGE, reading="body")
    _, read, told = said_of(voice_cards(tmp_path), choice)
    assert (read, told) == (True, False)


def test_a_german_episode_opens_in_german():
    article = extraction.extract(GERMAN, config.Extraction())
    edition = Edition(show="Der Brief", day=DAY, title=article.title, name="bahnhof")

    told = [
        each.written
        for each in scripting.write([article], edition, config.Scripting(), lambda _: Lexicon(())).utterances
    ]

    assert told[:2] == ["Der Bahnhof", "Gelesen von einer künstlichen Stimme."]


@pytest.mark.parametrize(
    ("change", "voice"),
    [
        ({}, ""),
        ({"byline": "Jane Doe"}, "heart-bright"),
        ({"byline": "John Roe and JANE DOE"}, "heart-bright"),
        ({"byline": "Jane Doebling"}, ""),
        ({"url": "https://example.com/opinion/today"}, "heart-low"),
        ({"byline": "Jane Doe", "url": "https://example.com/opinion/today"}, "heart-bright"),
        ({"byline": "Jane Doe", "voice": "system"}, "system"),
        ({"byline": "Jane Doe", "language": "de"}, ""),
        ({"byline": "Max Muster"}, ""),
    ],
)
def test_an_author_or_a_section_may_have_a_voice_of_its_own(article, change, voice):
    authors = {"Jane Doe": "heart-bright", "Max Muster": "gone"}
    settings = config.Synthesis(authors=authors, sections={"/opinion/": "heart-low"})
    assert casting.reader(replace(article, **change), settings, voice_cards(Path("nowhere"))) == voice
