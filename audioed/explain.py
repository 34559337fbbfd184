"""What happened to each piece of a source: spoken, and as what, or cut, and by which rule."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from audioed import build
from audioed.config import Config
from audioed.errors import ExtractionError, StoreError
from audioed.files import read
from audioed.model import Article, Page
from audioed.scripting.segment import parts
from audioed.store import parse

COLOURS = {"body": "#16324f", "headlines": "#0b6e4f", "promo": "#8a5a00", "cut": "#a01a2e"}
"""Dark enough to be read on white (WCAG AA); the word stands beside each piece, for who sees no colours."""
PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #222; }}
p {{ display: grid; grid-template-columns: 8rem 1fr; gap: 1rem; margin: .4rem 0; padding-left: .6rem; }}
b {{ font-size: .8rem; text-align: right; }}
.cut span {{ color: #666; text-decoration: line-through; }}
{styles}
</style>
<h1>{title}</h1>
<p><b></b><span>{counted}</span></p>
{rows}
</html>
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a source, in reading order."""

    text: str
    kind: str
    """Of the segment that says it; empty for what is cut."""
    rule: str
    """That cut it; empty for what is said."""


def gathered(
    names: Sequence[str], page: Callable[[str], Page | ExtractionError], config: Config
) -> tuple[tuple[Article, ...], tuple[build.Skip, ...]]:
    """
    The articles of episodes' folders and of pages, in the order they are named, and why others give none.

    ExtractionError or StoreError when nothing gives an article: the first one says why.
    """
    articles: list[Article] = []
    failures: list[tuple[str, ExtractionError | StoreError]] = []
    for name in names:
        try:
            articles += stored(Path(name)) or build.extract([page(name)], config)[0]
        except (ExtractionError, StoreError) as error:
            failures.append((name, error))
    if not articles and failures:
        raise failures[0][1]
    return tuple(articles), tuple(build.Skip(name, str(error)) for name, error in failures)


def stored(folder: Path) -> tuple[Article, ...]:
    """The articles that an episode's folder keeps, in the order it reads them; StoreError for one that is damaged."""
    numbered = {
        int(match[1]): path
        for path in folder.glob("article-*.json")
        if (match := re.fullmatch(r"article-([1-9]\d*)", path.stem, re.ASCII))
    }
    return tuple(parse(Article, read(path), path) for _, path in sorted(numbered.items()))


def explained(article: Article) -> Iterator[Piece]:
    """Every piece of the article's source, in the order of the page."""
    said = [(block.text, part.kind) for part in parts(article.blocks) for block in part.blocks]
    cuts = sorted(article.cuts, key=lambda cut: cut.at)
    for i, block in enumerate(article.blocks):
        while cuts and cuts[0].at <= i:
            yield Piece(cuts[0].text, "", cuts.pop(0).rule)
        left = len(block.text)  # a paragraph that ends with a promo is said in two parts
        while left > 0 and said:
            text, kind = said.pop(0)
            left -= len(text) + 1
            yield Piece(text, kind, "")
    for cut in cuts:
        yield Piece(cut.text, "", cut.rule)


def counted(pieces: Sequence[Piece]) -> str:
    """How much is said and how much is cut, in words."""
    said = sum(len(piece.text.split()) for piece in pieces if not piece.rule)
    cut = sum(len(piece.text.split()) for piece in pieces if piece.rule)
    return f"{said} words are said, {cut} are cut."


def page(articles: Sequence[Article]) -> str:
    """The same as an HTML page, a colour for each kind; everything from the source is escaped, nothing is loaded."""
    told = [(article, list(explained(article))) for article in articles]
    styles = "\n".join(
        f".{kind} {{ border-left: .3rem solid {colour}; }} .{kind} b {{ color: {colour}; }}"
        for kind, colour in COLOURS.items()
    )
    rows = "\n".join(
        f'<p class="{"cut" if piece.rule else piece.kind}"><b>{escape(piece.rule or piece.kind)}</b>'
        f"<span>{escape(piece.text)}</span></p>"
        for article, pieces in told
        for piece in (Piece(article.title, "body", ""), *pieces)
    )
    return PAGE.format(
        language=escape(articles[0].language or "en"),
        title=escape(" · ".join(article.title for article in articles)),
        counted=escape(counted([piece for _, pieces in told for piece in pieces])),
        styles=styles,
        rows=rows,
    )
