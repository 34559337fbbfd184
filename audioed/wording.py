"""What audioed itself says and writes around an article, in the article's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The phrases of one language; in braces what is filled in."""

    greeting: str
    disclosure: str
    """Apple asks that AI narration is disclosed in the audio,"""
    note: str
    """and in the metadata."""
    farewell: str
    by: str
    joined: str
    """Between the last two of several names."""
    more: str
    """Behind the articles that the show notes have room for."""
    headlines: str
    promo: str
    """Chapter of a promo read,"""
    own_promo: str
    """and of the show's own."""
    closing: str
    code: str
    """What is said where the page shows something that cannot be read aloud."""
    table: str
    issue: str
    """The number of an edition, on its cover."""
    cover: str
    """What a cover is to those who do not see it."""
    day: str
    months: tuple[str, ...]


WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        greeting="This is {show}, for {day}.",
        disclosure="The articles are read by a synthetic voice.",
        note="Read aloud by a synthetic voice (AI narration).",
        farewell="That was {title}.",
        by="By {people}.",
        joined="and",
        more="… and {left} more",
        headlines="Headlines: {first}",
        promo="A word from the author",
        own_promo="A word from us",
        closing="Closing",
        code="The page shows a piece of code here.",
        table="The page shows a table here.",
        issue="No. {number}",
        cover="Cover of {title}",
        day="{month} {day}, {year}",
        months=(
            *("January", "February", "March", "April", "May", "June", "July"),
            *("August", "September", "October", "November", "December"),
        ),
    ),
    "de": Wording(
        greeting="Das ist {show} vom {day}.",
        disclosure="Die Artikel liest eine künstliche Stimme.",
        note="Vorgelesen von einer künstlichen Stimme (KI).",
        farewell="Das war {title}.",
        by="Von {people}.",
        joined="und",
        more="… und {left} weitere",
        headlines="Schlagzeilen: {first}",
        promo="In eigener Sache",
        own_promo="In eigener Sache",
        closing="Schluss",
        code="Hier zeigt die Seite ein Stück Programmcode.",
        table="Hier zeigt die Seite eine Tabelle.",
        issue="Nr. {number}",
        cover="Titelbild von {title}",
        day="{day}. {month} {year}",
        months=(
            *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
            *("August", "September", "Oktober", "November", "Dezember"),
        ),
    ),
    "fr": Wording(
        greeting="Voici {show}, du {day}.",
        disclosure="Les articles sont lus par une voix de synthèse.",
        note="Lu par une voix de synthèse (IA).",
        farewell="C'était {title}.",
        by="Par {people}.",
        joined="et",
        more="… et {left} autres",
        headlines="Les titres : {first}",
        promo="Un mot de l'auteur",
        own_promo="Un mot de notre part",
        closing="Fin",
        code="La page montre ici un extrait de code.",
        table="La page montre ici un tableau.",
        issue="Nº {number}",
        cover="Couverture de {title}",
        day="{day} {month} {year}",
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
            *("août", "septembre", "octobre", "novembre", "décembre"),
        ),
    ),
    "es": Wording(
        greeting="Esto es {show}, del {day}.",
        disclosure="Los artículos los lee una voz sintética.",
        note="Leído por una voz sintética (IA).",
        farewell="Esto ha sido {title}.",
        by="Por {people}.",
        joined="y",
        more="… y {left} más",
        headlines="Titulares: {first}",
        promo="Unas palabras del autor",
        own_promo="Unas palabras nuestras",
        closing="Cierre",
        code="Aquí la página muestra un fragmento de código.",
        table="Aquí la página muestra una tabla.",
        issue="N.º {number}",
        cover="Portada de {title}",
        day="{day} de {month} de {year}",
        months=(
            *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
            *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
        ),
    ),
    "it": Wording(
        greeting="Questo è {show}, del {day}.",
        disclosure="Gli articoli sono letti da una voce sintetica.",
        note="Letto da una voce sintetica (IA).",
        farewell="Questo era {title}.",
        by="Di {people}.",
        joined="e",
        more="… e altri {left}",
        headlines="Titoli: {first}",
        promo="Una parola dall'autore",
        own_promo="Una parola da noi",
        closing="Chiusura",
        code="Qui la pagina mostra un frammento di codice.",
        table="Qui la pagina mostra una tabella.",
        issue="N. {number}",
        cover="Copertina di {title}",
        day="{day} {month} {year}",
        months=(
            *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio"),
            *("agosto", "settembre", "ottobre", "novembre", "dicembre"),
        ),
    ),
    "nl": Wording(
        greeting="Dit is {show} van {day}.",
        disclosure="De artikelen worden voorgelezen door een kunstmatige stem.",
        note="Voorgelezen door een kunstmatige stem (AI).",
        farewell="Dat was {title}.",
        by="Door {people}.",
        joined="en",
        more="… en nog {left}",
        headlines="Koppen: {first}",
        promo="Een woord van de auteur",
        own_promo="Een woord van ons",
        closing="Slot",
        code="Hier toont de pagina een stuk code.",
        table="Hier toont de pagina een tabel.",
        issue="Nr. {number}",
        cover="Omslag van {title}",
        day="{day} {month} {year}",
        months=(
            *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
            *("augustus", "september", "oktober", "november", "december"),
        ),
    ),
    "pt": Wording(
        greeting="Este é {show}, de {day}.",
        disclosure="Os artigos são lidos por uma voz sintética.",
        note="Lido por uma voz sintética (IA).",
        farewell="Isto foi {title}.",
        by="Por {people}.",
        joined="e",
        more="… e mais {left}",
        headlines="Manchetes: {first}",
        promo="Uma palavra do autor",
        own_promo="Uma palavra nossa",
        closing="Encerramento",
        code="Aqui a página mostra um trecho de código.",
        table="Aqui a página mostra uma tabela.",
        issue="N.º {number}",
        cover="Capa de {title}",
        day="{day} de {month} de {year}",
        months=(
            *("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho"),
            *("agosto", "setembro", "outubro", "novembro", "dezembro"),
        ),
    ),
}
"""Language -> phrases."""


MONTH_FIRST = frozenset({"", "US", "CA", "PH", "AS", "GU", "MH", "MP", "PR", "UM", "VI"})
"""Regions that write English dates as the United States do, and none at all; all others begin with the day (CLDR)."""
JANUARY: Mapping[str, str] = {"de-AT": "Jänner"}
"""Language and region -> what the first month is called there."""


def wording(language: str) -> Wording:
    """The phrases of a language (BCP 47); of one that we have none for, English ones."""
    return WORDINGS.get(_parts(language)[0], WORDINGS["en"])


def regional(language: str, show: str) -> str:
    """The language of an edition whose articles are in this one: with the region of its show, where both are one."""
    own, region = _parts(show)
    return show.replace("_", "-") if region and _parts(language)[0] == own else language


def dated(day: date, language: str) -> str:
    """The day with its month in words, as the region of the language writes it."""
    words = wording(language)
    code, region = _parts(language)
    order = "{day} {month} {year}" if code == "en" and region not in MONTH_FIRST else words.day
    january = JANUARY.get(f"{code}-{region}", words.months[0])
    return order.format(day=day.day, month=(january, *words.months[1:])[day.month - 1], year=day.year)


def _parts(language: str) -> tuple[str, str]:
    """The language and the region of a BCP 47 tag, such as `en` and `GB` of `en-Latn-gb`; no region is empty."""
    code, *others = language.replace("_", "-").split("-")
    return code.lower(), next((each.upper() for each in others if re.fullmatch(r"[A-Za-z]{2}|\d{3}", each)), "")
