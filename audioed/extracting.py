"""What is made of one stranger's document: called in the process of `apart`, where it may break without harm."""

from datetime import date
from pathlib import Path

from audioed import build
from audioed.config import Extraction
from audioed.errors import ExtractionError, ScriptError
from audioed.extraction import fetch, readers
from audioed.extraction.feed import Announced
from audioed.extraction.fetch import Download
from audioed.model import Article, Edition, Page
from audioed.place import Place
from audioed.scripting.validate import validate

PRELOAD = (__name__, "trafilatura", "feedparser", "pydantic")
"""What nearly every document takes to be read; imported while the first one is downloaded."""


def article(source: Path | Download | Page, place: Place) -> Article:
    """The article in a file, in what a server sent, or on a page; ExtractionError says why there is none."""
    if isinstance(source, Path):
        source = fetch.read(str(source), place.config.extraction)
    elif isinstance(source, Download):
        source = fetch.page(source, place.config.extraction)
    (found,), _ = build.extract([source], place.config, place.cards)
    _refuse_unsayable(found, place)
    return found


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
