"""A Markdown file as an article: its front matter says who and when, its syntax what is heading, quote or item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from audioed.config import Extraction
from audioed.errors import ExtractionError, Withheld
from audioed.extraction import clean, dom, language, lines, names
from audioed.extraction.clean import Piece
from audioed.extraction.statements import http, joined
from audioed.extraction.stubs import complaint
from audioed.model import Article, Block, BlockKind, Page

Token: TypeAlias = Any  # markdown_it.token.Token
MARKED = {"fence": "code", "code_block": "code"}
WITHOUT_STOP = 100
"""Characters of the first line where nothing else gives a title."""


def read(page: Page, config: Extraction) -> Article:
    """The article in this Markdown; ExtractionError where it has none or its front matter is broken."""
    from markdown_it import MarkdownIt

    said, text = _front_matter(page)
    skipped = _skipped(said.get("skip"), page.url)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    base = http(str(said.get("url") or said.get("canonical_url") or said.get("link") or "")) or http(page.url)
    pieces = _without(_by_policy(_pieces(tokens, base, page.url), config), skipped)
    title = " ".join(str(said.get("title") or "").split()) or _first_heading(tokens, pieces, page.url)
    blocks, cuts = clean.sort(pieces, title)
    sentence = complaint(page.url, blocks, [piece.block.text for piece in pieces])
    if sentence:
        raise ExtractionError(sentence, name=page.url)
    image = http(joined(base, str(said.get("image") or said.get("cover") or "")))
    return Article(
        title=title,
        byline=names.byline(_authors(said.get("author") or said.get("authors") or ())),
        published=_day(said.get("date") or said.get("published")),
        language=language.tagged(str(said.get("language") or said.get("lang") or "")) or language.guessed(text),
        url=base,
        name=page.url,
        image=image or None,
        image_alt=" ".join(str(said.get("image_alt") or said.get("cover_alt") or "").split()) if image else "",
        voice=" ".join(str(said.get("voice") or "").split()),
        lexicon=tuple(_lexicon(said.get("lexicon"), page.url)),
        blocks=blocks,
        cuts=cuts,
    )


def _front_matter(page: Page) -> tuple[Mapping[str, Any], str]:
    """What stands between the first two "---" lines, and the rest; YAML is read without running anything."""
    import frontmatter
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        def load(self, fm: str, **_settings: object) -> Any:
            return yaml.load(fm, Loader=_loader())  # noqa: S506 - a safe loader, of fewer kinds

    text = page.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\x00", "\ufffd")
    if not text.startswith("---"):
        return {}, text
    try:
        said, rest = frontmatter.parse(text, handler=Handler())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ExtractionError(
            f"{page.url} has broken front matter ({_first_line(error)}); correct the lines between the two ---.",
            name=page.url,
        ) from error
    return (said, rest) if said else ({}, text)


def _loader() -> type[Any]:
    """
    A YAML loader for which everything that is written is a text, and only `null` and nothing at all are nothing.

    YAML 1.1 takes "No" for a lie, "007" for seven and "1:59" for a number of
    base 60; in a title or a name each is what it is.
    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    nothing = "tag:yaml.org,2002:null"
    kept = {
        sign: [resolver for resolver in resolvers if resolver[0] == nothing]
        for sign, resolvers in base.yaml_implicit_resolvers.items()
    }
    return type("WordsOnly", (base,), {"yaml_implicit_resolvers": kept})


def _lexicon(stated: Any, name: str) -> Iterator[tuple[str, str]]:
    """What the author says of names: written form and spoken form; ExtractionError where it is anything else."""
    if stated is not None and not isinstance(stated, dict):
        raise ExtractionError(f"{name}: lexicon is no list of names; write each as `Name: how it is said`.", name=name)
    for written, spoken in (stated or {}).items():
        pair = " ".join(str(written).split()), " ".join(str(spoken or "").split())
        if all(pair):
            yield pair


def _skipped(stated: Any, name: str) -> frozenset[str]:
    """The headings of the sections that the author does not want read; Withheld where that is all of it."""
    if isinstance(stated, str) and stated.casefold() in {"true", "yes", "on"}:
        raise Withheld(f"{name} says in its front matter that it is not to be read; remove skip to read it.", name=name)
    listed = stated if isinstance(stated, list) else [stated] if isinstance(stated, str) else []
    return frozenset(lines.folded(str(each)) for each in listed) - {"", "false", "no", "off"}


def _without(pieces: list[Piece], headings: AbstractSet[str]) -> list[Piece]:
    """The pieces; those from such a heading to the next that is not below it are cut."""
    settled: list[Piece] = []
    level = 0
    for piece in pieces:
        heading = piece.block.kind == "heading"
        if heading and lines.folded(piece.block.text) in headings:
            level = piece.block.level or 1
        elif heading and 0 < piece.block.level <= level:
            level = 0
        settled.append(replace(piece, rule="author-skip") if level else piece)
    return settled


def _first_line(error: Exception) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if problem:
        return f"{problem} in line {mark.line + 2}" if mark else str(problem)
    return str(error).splitlines()[0] if str(error) else "it is nested too deeply"


def _first_heading(tokens: Sequence[Token], pieces: Sequence[Piece], name: str) -> str:
    """The first first-level heading, else the first heading, else the first line, else the name."""
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    headings = [piece.block.text for piece in pieces if piece.block.kind == "heading"]
    if headings and len(headings) == len(levels):
        return headings[levels.index("h1")] if "h1" in levels else headings[0]
    first = next((piece.block.text for piece in pieces if not piece.rule), name)
    return first if len(first) <= WITHOUT_STOP else f"{first[:WITHOUT_STOP].rsplit(' ', 1)[0]} …"


def _pieces(tokens: Sequence[Token], base: str, name: str) -> Iterator[Piece]:
    """Each block of the text in order, with the rule that its syntax gives away."""
    around: list[str] = []
    cells: list[Block] = []
    level = 0
    for token in tokens:
        if token.type == "tr_close":
            yield Piece(_joined_cells(cells), "table")
            cells = []
        level = int(token.tag[1]) if token.type == "heading_open" else level
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting > 0:
            around.append(kind)
        elif token.nesting < 0:
            around.pop()
        elif token.type in MARKED:
            yield Piece(Block(kind="paragraph", text=" ".join(token.content.split())), MARKED[token.type])
        elif token.type == "html_block":
            yield from _html(token.content, base, name)
        elif token.type == "inline":
            for piece in _inline(token, around, base, level):
                if "table" in around and not piece.rule:
                    cells.append(piece.block)
                else:
                    yield piece


def _joined_cells(cells: Sequence[Block]) -> Block:
    """A row of a table as it is read: cell after cell."""
    text = ", ".join(cell.text for cell in cells)
    linked = sum(cell.linked * len(cell.text) for cell in cells) / max(1, len(text))
    links = tuple(dict.fromkeys(link for cell in cells for link in cell.links))
    return Block(kind="paragraph", text=text, links=links, linked=round(linked, 3))


def _by_policy(pieces: Iterable[Piece], config: Extraction) -> list[Piece]:
    """The pieces, code and tables read where the show wants that."""
    read = {rule for rule, policy in (("code", config.code), ("table", config.tables)) if policy == "read"}
    return [replace(piece, rule="") if piece.rule in read else piece for piece in pieces if piece.block.text]


def _inline(token: Token, around: Sequence[str], base: str, level: int) -> Iterator[Piece]:
    """A paragraph's text with its links; its pictures apart, for nobody hears them."""
    parts: list[tuple[str, str | None]] = []
    link: str | None = None
    for child in token.children or ():
        if child.type == "link_open":
            link = http(joined(base, str(child.attrGet("href") or "")))
        elif child.type == "link_close":
            link = None
        elif child.type == "image":
            yield Piece(Block(kind="paragraph", text=child.content or str(child.attrGet("src") or "image")), "image")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append((" ", link))
        elif child.type in {"text", "code_inline", "text_special"}:
            parts.append((child.content, link))
        elif child.type == "html_inline" and child.content.startswith("<br"):
            parts.append((" ", link))
    text = " ".join("".join(part for part, _ in parts).split())
    if not text:
        return
    inside = sum(len("".join(part.split())) for part, to in parts if to is not None)
    links = tuple(dict.fromkeys(to for part, to in parts if to and part.strip()))
    rule = "footnotes" if text.startswith("[^") else ""
    kind, linked = _kind(around), round(inside / len("".join(text.split())), 3)
    yield Piece(Block(kind=kind, text=text, links=links, linked=linked, level=level if kind == "heading" else 0), rule)


def _kind(around: Sequence[str]) -> BlockKind:
    if "heading" in around:
        return "heading"
    place = next((each for each in reversed(around) if each in {"list_item", "blockquote"}), "")
    return "item" if place == "list_item" else "quote" if place else "paragraph"


def _html(markup: str, base: str, name: str) -> Iterator[Piece]:
    """The text of an HTML island: its own markup decides as it does on a web page."""
    if not lines.folded(markup) or markup.lstrip().startswith("<!--"):
        return
    for row in dom.rows(dom.parsed(f"<div>{markup}</div>", name), base):
        rule = row.suspicions[-1][1] if row.suspicions else ""
        yield Piece(Block(kind=row.kind, text=row.text, links=row.links, linked=row.linked), rule)


def _authors(value: object) -> Iterator[str]:
    for each in value if isinstance(value, (list, tuple)) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        yield from names.parted([str(name or "")])


def _day(value: object) -> date | None:
    return names.day(str(value or ""))
