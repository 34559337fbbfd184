"""
From pages to articles: what is worth hearing, freed from what stands around it.

    fetch     a page from an address, a file or standard input
    documents DOCX and EPUB files, made into web pages
    feed      the entries of an RSS or Atom page; feed_texts says what they carry
    html      a web page, read with the help of trafilatura; dom, suspicion, links and sites serve it
    metadata  what a page says about its article; statements, structured, bylines and names serve it
    markdown  a Markdown file with its front matter
    text      a plain text
    printable what none of them may let out: characters that nobody can see or say
    clean     what none of them lets through, each cut under the name of its rule; lines, sections and copies serve it
"""

from dataclasses import replace

from audioed.addresses import without_user
from audioed.characters import plain
from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction.printable import printable
from audioed.model import Article, Page

__all__ = ["extract"]

LONGEST, MOST_LINES, MOST_SIGNS = 800_000, 20_000, 60_000
"""Characters of a text, some fifteen hours of reading; lines that are not empty; signs of Markdown. More is a book."""


def extract(page: Page, config: Extraction) -> Article:
    """The article on this page, free of characters that nobody sees; ExtractionError says why there is none."""
    article = printable(_read(page, config))
    blocks = tuple(replace(each, links=tuple(map(without_user, each.links))) for each in article.blocks)
    image = without_user(article.image) if article.image else None
    return replace(article, url=without_user(article.url), image=image, blocks=blocks)


def _read(page: Page, config: Extraction) -> Article:
    if len(page.text) > config.max_bytes:
        raise ExtractionError(f"{page.url} is too long; raise max_bytes in [extraction] to read it.", name=page.url)
    if not page.text.strip():
        raise ExtractionError(f"{page.url} holds no text; name a page or a file with running text.", name=page.url)
    if page.media_type == "text/html":
        from audioed.extraction import html

        return html.read(page, config)
    page = replace(page, text=plain(page.text))
    if page.media_type in {"text/markdown", "text/plain"} and _is_book(page.text):
        raise ExtractionError(f"{page.url} is as long as a book; split it into parts.", name=page.url)
    if page.media_type == "text/markdown":
        from audioed.extraction import markdown

        return markdown.read(page, config)
    if page.media_type == "text/plain":
        from audioed.extraction import text

        return text.read(page)
    raise ExtractionError(f"{page.url} is a feed, not an article; list it under feeds in [nightly].", name=page.url)


def _is_book(text: str) -> bool:
    if len(text) > LONGEST:
        return True
    lines = sum(1 for line in text.splitlines() if line.strip())
    return lines > MOST_LINES or sum(map(text.count, "[]*_`~!<")) > MOST_SIGNS
