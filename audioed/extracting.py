"""What is made of one stranger's document: called in the process of `apart`, where it may break without harm."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from audioed import build, extraction
from audioed.catalogue.identity import identified
from audioed.config import Extraction, SiteRules, Source
from audioed.errors import ExtractionError, ScriptError
from audioed.extraction import fetch, readers
from audioed.extraction.announced import Announced
from audioed.extraction.fetch import Download
from audioed.model import Article, Edition, Page
from audioed.place import Place
from audioed.scripting.validate import validate

PRELOAD = (__name__, "trafilatura", "feedparser", "pydantic")
"""What nearly every document takes to be read; imported while the first one is downloaded."""


def article(source: Path | Download | Page, place: Place, wanted: Source) -> Article:
    """
    The article in a file, in what a server sent, or on a page; ExtractionError says why there is none.

    What is `wanted` of its source goes before what its page says.
    """
    if isinstance(source, Path):
        source = fetch.read(str(source), place.config.extraction)
    elif isinstance(source, Download):
        source = fetch.page(source, place.config.extraction)
    if wanted == Source():
        (found,), _ = build.extract([source], place.config, place.cards)
    else:
        read = extraction.extract(source, _ruled(place.config.extraction, source.url, wanted.site))
        told = replace(read, section=wanted.section or read.section, language=wanted.language or read.language)
        (found,), _ = build.extract([identified(told, source.ids)], place.config, place.cards)
    _refuse_unsayable(found, place)
    return found


def _ruled(config: Extraction, address: str, rules: SiteRules) -> Extraction:
    """The settings with these rules for the site of this address; what they leave out is as the show has it."""
    from audioed.extraction import sites

    host = sites.host_of(address)
    if not host or rules == SiteRules():
        return config
    known = sites.rules_for(address, config.sites) or SiteRules()
    set_here = {each.name: value for each in fields(rules) if (value := getattr(rules, each.name))}
    return replace(config, sites={host: replace(known, **set_here)})


def announced(source: Path | Download, config: Extraction) -> Announced:
    """What a feed, a list of feeds or a sitemap announces; ExtractionError where this is none of them."""
    page = fetch.read(str(source), config) if isinstance(source, Path) else fetch.page(source, config)
    return readers.announced(page, config)


def _refuse_unsayable(found: Article, place: Place) -> None:
    """
    ExtractionError for an article that no script can be made of.

    It is written once for nothing, here, where a text that breaks the writing costs itself
    and not the edition: a twenty-fifth of a second for 500 words.
    """
    trial = Edition(show=place.config.show.title, day=date(2000, 1, 1), title=found.title, name="trial")
    try:
        validate(build.write((found,), trial, place))
    except ScriptError as error:
        reason = str(error).partition(";")[0]
        raise ExtractionError(
            f"{found.name} cannot be spoken ({reason}); cut that piece from it.", name=found.name
        ) from error
