"""What somebody names as an article: a file or an address, as its page."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from audioed.addresses import without_user
from audioed.catalogue.identity import file_id
from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction.fetch import fetch, read
from audioed.extraction.page_cache import PageCache
from audioed.model import Article, Page

Given: TypeAlias = str | os.PathLike[str] | Page | Article | ExtractionError
"""An article by name (a file or an address), as its page, as itself, or why it could not be fetched."""


def pages(
    given: Sequence[Given], config: Extraction, kept: Path | None = None, home: Path = Path()
) -> list[Page | Article | ExtractionError]:
    """
    The page behind each name, or why it could not be fetched; what is no name stays as it is.

    `kept` is the folder of pages that were fetched before; `home` that of the show, which knows files by their path.
    """
    cache = PageCache(kept, revalidates=True) if kept else None  # whoever names a page wants it as it is now

    def page(name: str) -> Page | ExtractionError:
        try:
            scheme, colon, _ = name.lower().partition("://")
            if colon and scheme in {"http", "https"}:
                return fetch(name, config, private=True, cache=cache)
            if colon and scheme.isalnum() and len(scheme) > 1:  # one letter is a disk of Windows
                name = without_user(name)
                told = f"{name}: only files and addresses with http or https are read; name the page's file."
                return ExtractionError(told, name=name)
            page = read(name, config)
            return replace(page, ids=(file_id(Path(name), home), *page.ids))
        except ExtractionError as error:
            return error

    return [each if isinstance(each, Page | Article | ExtractionError) else page(os.fspath(each)) for each in given]
