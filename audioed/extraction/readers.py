"""What reads each kind of source, called so that a stranger's reader costs its own source and nothing else."""

from dataclasses import replace
from pkgutil import resolve_name
from typing import Any

from audioed.characters import plain
from audioed.config import Extraction
from audioed.errors import AudioedError, ExtractionError
from audioed.extraction.announced import Announced
from audioed.model import Article, Page
from audioed.sources import FEED, HTML, SOURCES, SourceKind, by_media_type

LONGEST, MOST_LINES, MOST_SIGNS = 800_000, 20_000, 60_000
"""Characters of a text, some fifteen hours of reading; lines that are not empty; signs of Markdown. More is a book."""


def article(page: Page, config: Extraction) -> Article:
    """The article on this page, as the reader of its kind gives it; ExtractionError says why there is none."""
    if len(page.text) > config.max_bytes:
        raise ExtractionError(f"{page.url} is too long; raise max_bytes in [extraction] to read it.", name=page.url)
    if not page.text.strip():
        raise ExtractionError(f"{page.url} holds no text; name a page or a file with running text.", name=page.url)
    kind = by_media_type(page.media_type)
    if kind is None or not kind.read:
        what, where = (kind.name, "lists" if kind.unpack else "feeds") if kind else ("feed", "feeds")
        told = f"{page.url} is a {what}, not an article; list it under {where} in [nightly]."
        raise ExtractionError(told, name=page.url)
    if kind is not HTML:
        from audioed.extraction.decode import mended

        page = replace(page, text=plain(mended(page.text)))
        if _is_book(page.text):
            raise ExtractionError(f"{page.url} is as long as a book; split it into parts.", name=page.url)
    made = _called(kind, kind.read, page.url, page, config)
    return made if isinstance(made, Article) else article(_ours(made, kind, page.url), config)


def announced(page: Page, config: Extraction) -> Announced:
    """What this page announces; ExtractionError where it is nothing that announces articles."""
    if len(page.text) > config.max_bytes:
        raise ExtractionError(f"{page.url} is too long; raise max_bytes in [extraction] to read it.", name=page.url)
    kind = by_media_type(page.media_type)
    if kind is None or not kind.announces:
        kind = FEED  # one that begins with what no feed has
    made = _called(kind, kind.announces, page.url, page)
    if isinstance(made, Announced):
        return made
    raise _broken(kind, page.url, f"gave {type(made).__name__}, not what it announces")


def unpacked(kind: SourceKind, data: bytes, name: str, config: Extraction) -> Page:
    """The page in these bytes of a kind that is no text; ExtractionError says why there is none."""
    return _ours(_called(kind, kind.unpack, name, data, name, config), kind, name)


def _called(kind: SourceKind, function: str, name: str, *arguments: object) -> Any:
    """What a reader gives; whatever an outsider's raises becomes the ExtractionError of its source."""
    try:
        return resolve_name(function)(*arguments)
    except (AudioedError, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        if kind in SOURCES:  # a bug of ours
            raise
        raise _broken(kind, name, f"failed ({type(error).__name__})") from error


def _ours(made: object, kind: SourceKind, name: str) -> Page:
    """The page that a reader made, under the name of its source; a text of ours, so that no two readers take turns."""
    if not isinstance(made, Page):
        raise _broken(kind, name, f"gave {type(made).__name__}, not a page or an article")
    of = by_media_type(made.media_type)
    if of is None or of not in SOURCES or not (of.read or of is kind):
        raise _broken(kind, name, f"gave a page of {made.media_type}, not of HTML or text")
    return replace(made, url=name)


def _broken(kind: SourceKind, name: str, what: str) -> ExtractionError:
    remedy = "update that reader, or save the source in another format"
    return ExtractionError(f"{name} could not be read: the reader for {kind.name} {what}; {remedy}.", name=name)


def _is_book(text: str) -> bool:
    if len(text) > LONGEST:
        return True
    lines = sum(1 for line in text.splitlines() if line.strip())
    return lines > MOST_LINES or sum(map(text.count, "[]*_`~!<")) > MOST_SIGNS
