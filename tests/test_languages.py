"""A new language is one folder, and those that are there are whole."""

import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audioed import extraction, languages, scripting
from audioed.build import edition
from audioed.catalogue import Wish
from audioed.config import Extraction, Scripting, load
from audioed.errors import ExtractionError
from audioed.languages import known, openings, table
from audioed.mastering.label import notes as credits_of
from audioed.mastering.stitch import plan
from audioed.model import Edition, Page, Source
from audioed.scripting.lexicon import Lexicon
from audioed.scripting.split import sentences
from audioed.voices.casting import unspoken
from audioed.wording import counted, dated, direction, joined, months, speaker, wording
from tests.conftest import DAY

DATA = Path(__file__).parent / "data" / "languages"
ALL = sorted(path.name for path in languages.FOLDER.iterdir() if path.name.isalpha())
FORM = re.compile(r"[a-z]{2,3}")
SWEDISH = """<html><body><article><h1>Bron öppnar i år</h1><p>Av Karin Berg</p><p>4 min lästid</p>
<p>Den 2 maj 2026 öppnar bron, och det är 3,5 km till staden från ön där alla har väntat på den.</p>
<p>Bron kostade 12 kr, men det var inte mycket, och nu ska den stå kvar. Färjan går kl. Åtta som den alltid har gjort.
Det är en bro som alla kan se, och den är vid hamnen, så att ingen har någon väg till den som inte är kort.</p>
<h2>Stöd oss</h2><p>Vi skriver det här för er, och det är inte gratis.</p>
<h2>Källor</h2><p>Hamnens arkiv</p></article></body></html>"""


def forget():
    """Forget what was read from the folders of languages, wherever it is remembered."""
    for name in [name for name in sys.modules if name.startswith("audioed")]:
        for each in vars(sys.modules[name]).values():
            if callable(getattr(each, "cache_clear", None)) and getattr(each, "__module__", "").startswith("audioed"):
                each.cache_clear()


@pytest.fixture
def swedish(tmp_path, monkeypatch):
    """As if a stranger had added a folder, and touched nothing else."""
    folder = shutil.copytree(languages.FOLDER, tmp_path / "languages")
    shutil.rmtree(folder / "sv")
    shutil.copytree(DATA / "sv", folder / "sv")
    monkeypatch.setattr(languages, "FOLDER", folder)
    forget()
    yield
    monkeypatch.undo()
    forget()


def read(html):
    return extraction.extract(Page(url="sida.html", media_type="text/html", text=html), Extraction())


@pytest.mark.usefixtures("swedish")
def test_a_new_language_is_one_folder():
    article = read(SWEDISH)
    assert article.language == "sv"
    assert article.byline == "Karin Berg"
    assert {cut.rule for cut in article.cuts} >= {"footnotes", "byline"}

    name = Edition(show="Hamnbladet", day=DAY, title="Bron", name="bron")
    alone = scripting.write([article], name, Scripting(), lambda _: Lexicon(()), "sv-SE")
    assert alone.utterances[0].written == article.title
    second = replace(article, title="Färjan vilar", blocks=article.blocks[:1])
    script = scripting.write([article, second], name, Scripting(), lambda _: Lexicon(()), "sv-SE")
    written = [each.written for each in script.utterances]
    spoken = " ".join(each.spoken for each in script.utterances)
    assert written[0] == "Det här är Hamnbladet för lördag 14 mars."
    assert "fjortonde mars" in spoken
    assert "andra maj" in spoken
    assert "tre komma fem kilometer" in spoken
    assert not re.search(r"\d", spoken)
    assert "Av Karin Berg." in written
    assert "Färjan går kl. Åtta" in " ".join(sentences("Färjan går kl. Åtta. Den väntar.", "sv")[:1])
    assert [segment.title for segment in script.segments if segment.kind == "promo"] == ["Ett ord från författaren"]


@pytest.mark.usefixtures("swedish")
def test_all_that_is_shown_is_in_a_new_language(silent, article, speech):
    first = replace(article, language="sv", title="Bron öppnar")
    others = [replace(first, title=f"Nummer {number}", url="", name=str(number)) for number in range(2)]
    assert edition([first, *others], Wish(DAY), silent).title == "Bron öppnar och 2 artiklar till"
    assert edition([first, others[0]], Wish(DAY), silent).title == "Bron öppnar och en artikel till"

    cues = plan(replace(speech, script=replace(speech.script, language="sv"))).cues
    assert {cue.speaker for cue in cues} <= {"Berättare", "Reklam", "Rubriker", "Citat"}
    said = replace(speech.script, language="sv", sources=(Source(title="Bron", byline="Ada Berg", name="a"),))
    assert credits_of(said) == "Bron, av Ada Berg"
    assert "`audioed voices install swedish`" in unspoken("sv")
    assert "install" not in unspoken("und")


@pytest.mark.usefixtures("swedish")
def test_a_page_without_an_article_says_so_in_a_new_language():
    with pytest.raises(ExtractionError, match="subscribers"):
        read("<html><body><p>Den här artikeln är bara för prenumeranter.</p></body></html>")


@pytest.mark.parametrize(
    ("code", "heard"),
    [
        ("de", ["Nach zwei Jahren", "Warum der See", "Mehr als 1,5", "Teilen wollten"]),
        ("fr", ["Après deux ans", "Pourquoi le lac", "Plus de 1,5", "La publicité faite"]),
        ("es", ["Tras dos años", "Por qué ha subido", "Más información llegó", "La publicidad de"]),
        ("it", ["Dopo due anni", "Di questa piena", "Per approfondire", "Gli abbonati"]),
        ("pt", ["Depois de dois", "Por que subiu", "Assine quem quiser", "A publicidade da"]),
    ],
)
def test_what_stands_around_an_article_is_silent_and_prose_that_begins_like_it_is_heard(code, heard):
    article = read((DATA / "pages" / f"{code}.html").read_text("utf-8"))
    assert [
        begins for begins, block in zip(heard, article.blocks, strict=True) if block.text.startswith(begins)
    ] == heard
    assert article.byline.startswith("Marta Gil")
    rules = {"byline", "share", "caption", "advertisement", "related", "sign-up", "footer", "comments"}
    assert {cut.rule for cut in article.cuts} >= rules


def test_a_phrase_is_known_by_its_first_letter():
    assert openings.begins("(?:read |see )?more") == {*"rRsSſmM"}
    assert openings.begins(r"\(?foto|\d{1,2} min") == {"\\(", "f", "F", "\\d"}
    assert openings.begins("(?:page|[a-z]+) not found") == openings.begins("") == frozenset()
    lines = ["Read on", "5 min", "(Foto", "\u212aauf", "Über uns", "[x]", "no"]
    phrases = ("read", r"\d{1,2} min", r"\(?foto", "(?:kauf|kaufen)", "über uns", r"\[x\]", "[n]o")
    for line, phrase in zip(lines, phrases, strict=True):
        assert openings.either(openings.opened(phrases, line[0])).match(line)
        assert openings.opened(phrases, line[0]) == tuple(dict.fromkeys((phrase, "[n]o")))


def test_every_folder_is_a_language():
    assert all(FORM.fullmatch(code) for code in ALL)
    assert known("wording")[0] == "en"


@pytest.mark.parametrize("code", known("rundown"))
def test_every_way_of_saying_a_thing_has_in_it_what_it_is_about(code):
    ours, english = table(code, "rundown"), table("en", "rundown")
    assert ours.keys() == english.keys()
    for key, ways in ours.items():
        told = {name for each in ways for name in re.findall(r"\{(\w+)\}", each)}
        assert told <= {"show", "weekday", "day", "section", "when", "names"}
        for each in ways:
            found = set(re.findall(r"\{(\w+)\}", each))
            needed = {"section": {"section"}, "update": {"when"}, "also": {"names"}, "greeting": {"show", "day"}}
            assert isinstance(ways, str) or found >= needed.get(key, set())
        assert isinstance(ways, str) or len(ways) > 1 or key == "also"


@pytest.mark.parametrize("code", known("wording"))
def test_every_phrase_has_in_its_place_what_is_filled_in(code):
    def braces(phrase):
        if isinstance(phrase, str):
            return {*re.findall(r"\{(\w+)\}", phrase)}
        return braces(phrase["other"]) if "other" in phrase else {key: braces(each) for key, each in phrase.items()}

    ours, english = table(code, "wording"), table("en", "wording")
    assert {key: braces(phrase) for key, phrase in ours.items()} == {
        key: braces(phrase) for key, phrase in english.items()
    }


def keys(entries, before=()):
    for key, value in entries.items():
        if isinstance(value, dict):
            yield from keys(value, (*before, key))
        else:
            yield (*before[:2], key) if before[:1] != ("lines",) else before
            for phrase in value if isinstance(value, list) else ():
                re.compile(phrase)


@pytest.mark.parametrize("name", ["page", "pauses", "split", "language"])
@pytest.mark.parametrize("code", [code for code in ALL if code != "en"])
def test_no_language_has_a_key_that_nobody_reads(code, name):
    assert {*keys(table(code, name))} <= {*keys(table("en", name)), ("piper",), ("kokoro",)}


@pytest.mark.parametrize(
    "text", ["", " ", "-", "_", "xx", "root", "und", "../de", "en-\0", "zh-Hant", "en-Latn-gb", "x-y"]
)
def test_no_tag_is_too_strange(text):
    assert dated(DAY, text) in {"March 14, 2026", "14 March 2026"}
    assert joined(["Ada", "Bo", "Cy"], text) == "Ada, Bo and Cy"
    assert speaker("narrator", text) == "Narrator"
    assert speaker("weather", text) == "Narrator"
    assert direction(text) == "ltr"
    assert len(months(text)) == 12


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa_IR", "rtl"),
        ("pa-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("pa", "ltr"),
        ("de", "ltr"),
    ],
)
def test_a_language_is_written_one_way(language, way):
    assert direction(language) == way


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en-GB", "Rain, and 1 more", "Rain, and 2 more"),
        ("de-AT", "Rain und ein weiterer Artikel", "Rain und 2 weitere Artikel"),
        ("fr", "Rain et un autre article", "Rain et 2 autres articles"),
        ("pl", "Rain, and 1 more", "Rain, and 2 more"),
    ],
)
def test_an_edition_of_many_is_called_after_the_first(language, one, two):
    phrase = wording(language).more_titles
    assert [counted(phrase, left, language, first="Rain") for left in (1, 2)] == [one, two]


def test_a_show_that_says_nothing_of_itself_says_it_in_its_language(tmp_path):
    settings = tmp_path / "audioed.toml"
    settings.write_text('[show]\nlanguage = "de-CH"\n', "utf-8")
    assert load(settings).show.description == "Artikel zum Hören."
    settings.write_text('[show]\nlanguage = "de-CH"\ndescription = "Vom Hafen"\n', "utf-8")
    assert load(settings).show.description == "Vom Hafen"
