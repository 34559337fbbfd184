"""
From pages to articles: what is worth hearing, freed from what stands around it.

    fetch     a page from an address, a file or standard input
    readers   what reads a page of each kind (see `audioed.sources`), and what no page may be
    documents DOCX and EPUB files, made into web pages
    pdf       PDF files, made into web pages; layout puts their lines in order
    imap      the letters of a mail folder on a server; services: what waits there to be read; accounts: whose it is
    cookies   what lets in at sites that one pays for
    mail      letters and mailboxes; flowed makes their lines whole, forwarded finds what they pass on
    feed      the entries of an RSS or Atom page; feed_texts says what they carry; json_feed reads those of a JSON Feed
    outlines  the feeds of a list (OPML); sitemap the pages of a site; listed gives both their elements
    html      a web page; judge says what its rows are, by features (phrasing, surroundings); dom, markup,
              suspicion, contents and sites serve it
    metadata  what a page says about its article; statements, structured, topics, bylines and names serve it
    interviews which paragraphs ask, and who says each; quotes and tables: who says a quote, what stands above a cell
    markdown  a Markdown file with its front matter
    text      a plain text
    choices   what an author wants of single pieces, whatever the rules say
    printable what none of them may let out: characters that nobody can see or say
    clean     what none of them lets through, each cut under the name of its rule; lines, sections and copies serve it
"""

import gc
from dataclasses import replace

from audioed.addresses import without_user
from audioed.config import Extraction
from audioed.extraction import readers
from audioed.extraction.printable import printable
from audioed.model import Article, Page

__all__ = ["extract"]


def extract(page: Page, config: Extraction) -> Article:
    """The article on this page, free of characters that nobody sees; ExtractionError says why there is none."""
    article = printable(readers.article(page, config))
    gc.collect(0)  # the page's tree, which nobody else lets go of
    blocks = tuple(replace(each, links=tuple(map(without_user, each.links))) for each in article.blocks)
    image = without_user(article.image) if article.image else None
    return replace(article, url=without_user(article.url), image=image, blocks=blocks)
