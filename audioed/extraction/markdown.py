"""A Markdown file as an article: its front matter says who and when, its syntax what is heading, quote or item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from audioed.characters import shortened
from audioed.config import Extraction
from audioed.errors import ExtractionError, Withheld
from audioed.extraction import (
    breaks,
    clean,
    datelines,
    dialects,
    front_matter,
    interviews,
    islands,
    language,
    names,
    tables,
    tags,
    topics,
)
from audioed.extraction.clean import Verdict
from audioed.extraction.decode import unescaped
from audioed.extraction.front_matter import CHANGES, word
from audioed.extraction.statements import http, joined
from audioed.extraction.stubs import complaint
from audioed.textkey import folded

if TYPE_CHECKING:
    from markdown_it.token import Token
from audioed.kinds import BlockKind
from audioed.model import Article, Block, Page

MARKED = {"fence": "code", "code_block": "code"}
WITHOUT_STOP = 100
"""Characters of the first line where nothing else gives a title."""


def read(page: Page, config: Extraction) -> Article:
    """The article in this Markdown; ExtractionError where it has none or its front matter is broken."""
    from markdown_it import MarkdownIt

    matter, source = front_matter.parted(page)
    dialect = dialects.read(source)
    text = dialect.text
    skipped = _skipped(matter.get("skip"), page.url)
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown.add_render_rule("image", lambda *_: "")  # nobody hears them; they are pieces of their own
    base = (
        http(word(matter, "url")) or http(word(matter, "canonical_url")) or http(word(matter, "link")) or http(page.url)
    )
    spoken_in = language.tagged(word(matter, "language", "lang")) or language.guessed(text)
    reader = islands.Reader(markdown, base, page.url, spoken_in, len(text))
    pieces = _by_policy(_verdicts(markdown.parse(text), reader), config)
    verdicts = _without(interviews.of_verdicts(_told(pieces, dialect)), skipped)
    title = word(matter, "title") or _first_heading(verdicts, page.url)
    authors, day = _authors(matter.get("author") or matter.get("authors") or ()), word(matter, "date", "published")
    below = datelines.signed(clean.without_title(verdicts, title), spoken_in)
    blocks, cuts = clean.sort(below.verdicts, title)
    sentence = complaint(page.url, blocks, [verdict.block.text for verdict in verdicts])
    if sentence:
        raise ExtractionError(sentence, name=page.url)
    image, alt = _lead(matter, verdicts, base)
    return Article(
        title=title,
        byline=names.byline(authors) or below.byline,
        published=names.day(day) or below.published,
        updated=names.day(word(matter, *CHANGES)),
        section=next(iter(topics.terms(front_matter.listed(matter, "section", "category", "categories"))), ""),
        tags=topics.terms(front_matter.listed(matter, "tags", "keywords")),
        summary=topics.summed_up([word(matter, "summary", "description", "excerpt")], title),
        language=spoken_in,
        url=base,
        name=page.url,
        image=image or None,
        image_alt=alt if image else "",
        voice=word(matter, "voice"),
        lexicon=tuple(_lexicon(matter.get("lexicon"), page.url)),
        blocks=blocks,
        cuts=cuts,
    )


def _told(pieces: Iterable[Verdict], dialect: dialects.Dialect) -> Iterator[Verdict]:
    """The pieces as they are read, each with what was taken out of it; what was all of a piece is one that is cut."""
    for piece in pieces:
        text, silenced = dialect.told(piece.block.text)
        if text:
            yield replace(piece, block=replace(piece.block, text=text), silenced=(*piece.silenced, *silenced))
        else:
            yield from (Verdict(Block(kind="paragraph", text=each), rule) for each, rule in silenced)


def _lexicon(stated: Any, name: str) -> Iterator[tuple[str, str]]:
    """What the author says of names: written form and spoken form; ExtractionError where it is anything else."""
    if not isinstance(stated or {}, dict) or any(isinstance(each, (dict, list)) for each in (stated or {}).values()):
        raise ExtractionError(
            f"{name}: lexicon is not a list of names; write each as `Name: how it is said`.", name=name
        )
    for written, spoken in (stated or {}).items():
        pair = " ".join((written or "").split()), " ".join((spoken or "").split())
        if all(pair):
            yield pair


def _lead(matter: Mapping[str, Any], verdicts: Sequence[Verdict], base: str) -> tuple[str, str]:
    """The address of the lead image and what it shows: the one in the front matter, or the first in the text."""
    stated = word(matter, "image", "cover")
    if stated:
        return http(joined(base, stated)), word(matter, "image_alt", "cover_alt")
    blocks = (verdict.block for verdict in verdicts if verdict.rule == "image" and verdict.block.links)
    first = next(blocks, Block(kind="paragraph", text="", links=("",)))
    return first.links[0], "" if joined(base, first.text) == first.links[0] else first.text


def _skipped(stated: Any, name: str) -> frozenset[str]:
    """The headings of the sections that the author does not want read; Withheld where that is all of it."""
    if isinstance(stated, str) and stated.casefold() in {"true", "yes", "on"}:
        raise Withheld(f"{name} is marked `skip` in its front matter; remove that to have it read.", name=name)
    listed = stated if isinstance(stated, list) else [stated] if isinstance(stated, str) else []
    return frozenset(folded(str(each)) for each in listed) - {"", "false", "no", "off"}


def _without(verdicts: list[Verdict], headings: AbstractSet[str]) -> list[Verdict]:
    """The pieces; those from such a heading to the next that is not below it are cut."""
    settled: list[Verdict] = []
    level = 0
    for verdict in verdicts:
        heading = verdict.block.kind == "heading"
        if heading and folded(verdict.block.text) in headings:
            level = verdict.block.level or 1
        elif heading and 0 < verdict.block.level <= level:
            level = 0
        settled.append(replace(verdict, rule="author-skip") if level else verdict)
    return settled


def _first_heading(verdicts: Sequence[Verdict], name: str) -> str:
    """The first first-level heading, else the first heading, else the first line, else the name."""
    kept = [verdict.block for verdict in verdicts if not verdict.rule]
    headings = [block for block in kept if block.kind == "heading"]
    first = next((block.text for block in headings if block.level == 1), "")
    return first or shortened(next((block.text for block in (*headings, *kept)), name), WITHOUT_STOP)


def _verdicts(tokens: "Sequence[Token]", reader: islands.Reader) -> Iterator[Verdict]:
    """Each block of the text in order, with the rule that its syntax gives away."""
    told: list[tuple[Verdict, bool]] = []
    for has_html, group in islands.grouped(tokens):
        if has_html:
            told += [(verdict, False) for token in group for verdict in _images(token, reader.base)]
            told += reader.verdicts(group)
        else:
            told += [(verdict, False) for verdict in _blocks(group, reader.base)]
    chosen = any(inside for _, inside in told)  # by an author who says where the article is
    for verdict, inside in told:
        yield verdict if verdict.rule or inside or not chosen else replace(verdict, rule="outside")


def _blocks(tokens: "Sequence[Token]", base: str) -> Iterator[Verdict]:
    """The same of blocks without HTML."""
    around: list[str] = []
    table = _Table()
    level = 0
    for token in tokens:
        if token.tag in {"thead", "tr", "th", "td"}:
            yield from table.followed(token)
        level = int(token.tag[1]) if token.type == "heading_open" else level
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting > 0:
            around.append(kind)
        elif token.nesting < 0:
            around.pop()
        elif token.type in MARKED:
            yield Verdict(Block(kind="paragraph", text=" ".join(token.content.split())), MARKED[token.type])
        elif token.type == "inline":
            yield from _images(token, base)
            for verdict in _inline(token, around, base, level):
                if "table" in around:
                    table.cells[-1] = verdict.block
                else:
                    yield verdict


def _images(token: "Token", base: str) -> Iterator[Verdict]:
    """The pictures of a paragraph, apart from its text."""
    for child in token.children or ():
        if child.type == "image":
            source = str(child.attrGet("src") or "")
            links = tuple(filter(None, [http(joined(base, source))]))
            yield Verdict(Block(kind="paragraph", text=child.content or source or "image", links=links), "image")


@dataclass(slots=True)
class _Table:
    """A table that is being read, row by row."""

    heads: list[str] = field(default_factory=list)
    """Of its columns,"""
    cells: list[Block] = field(default_factory=list)
    """and what stands in the row so far; an empty cell has a place, too."""

    def followed(self, token: "Token") -> Iterator[Verdict]:
        """The row that ends with this token as it is read: cell after cell, each with its head."""
        if token.type == "thead_open":
            self.heads = []
        elif token.type == "tr_open":
            self.cells = []
        elif token.type in {"th_open", "td_open"}:
            self.cells.append(Block(kind="paragraph", text=""))
        elif token.type == "tr_close":
            texts = [cell.text for cell in self.cells]
            told = zip(tables.paired(self.heads or [""] * len(texts), texts), texts, strict=True)
            yield Verdict(_joined_cells(self.cells, tuple(pair for pair in told if pair[1])), "table")
            self.heads = self.heads or texts


def _joined_cells(cells: Sequence[Block], said: tuple[tuple[str, str], ...]) -> Block:
    text = ", ".join(cell.text for cell in cells if cell.text)
    linked = sum(cell.linked * len(cell.text) for cell in cells) / max(1, len(text))
    links = tuple(dict.fromkeys(link for cell in cells for link in cell.links))
    return Block(kind="paragraph", text=text, links=links, linked=round(linked, 3), cells=said)


def _by_policy(verdicts: Iterable[Verdict], config: Extraction) -> list[Verdict]:
    """The pieces, code and tables read where the show wants that, footnotes nowhere."""
    read = {rule for rule, policy in (("code", config.code), ("table", config.tables)) if policy == "read"}
    settled: list[Verdict] = []
    for verdict in verdicts:
        note = not verdict.rule and verdict.block.text.startswith("[^")
        rule = "footnotes" if note else "" if verdict.rule in read else verdict.rule
        if verdict.block.text:
            settled.append(replace(verdict, rule=rule))
    return settled


def _inline(token: "Token", around: Sequence[str], base: str, level: int) -> Iterator[Verdict]:
    """A paragraph's text with its links."""
    parts: list[tuple[str, str | None]] = []
    link: str | None = None
    for child in token.children or ():
        if child.type == "link_open":
            link = http(joined(base, str(child.attrGet("href") or "")))
        elif child.type == "link_close":
            link = None
        elif child.type in {"softbreak", "hardbreak", "html_inline"}:  # of which only <br> stands here
            parts.append((" " if "heading" in around else "\n", link))
        elif child.type in {"text", "code_inline", "text_special"}:
            said = tags.named(child.content) if child.type == "code_inline" else unescaped(child.content)
            parts.append((said, link))
    text = breaks.typed("".join(part for part, _ in parts))
    if not text:
        return
    inside = sum(len("".join(part.split())) for part, to in parts if to is not None)
    links = tuple(dict.fromkeys(to for part, to in parts if to and part.strip()))
    kind, linked = _kind(around), round(inside / len("".join(text.split())), 3)
    block = Block(kind=kind, text=text, links=links, linked=linked, level=level if kind == "heading" else 0)
    yield Verdict(block, loud=tuple(_loud(token)))


def _loud(token: "Token") -> Iterator[str]:
    """What of a paragraph is bold or italic, in order."""
    depth, said = 0, ""
    for child in token.children or ():
        depth += child.nesting if child.tag in interviews.LOUD else 0
        said += (child.content or " ") if depth else ""
        if said and not depth:
            yield " ".join(said.split())
            said = ""


def _kind(around: Sequence[str]) -> BlockKind:
    if "heading" in around:
        return "heading"
    place = next((each for each in reversed(around) if each in {"list_item", "blockquote"}), "")
    return "item" if place == "list_item" else "quote" if place else "paragraph"


def _authors(value: object) -> Iterator[str]:
    for each in value if isinstance(value, (list, tuple)) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        yield from names.parted([name] if isinstance(name, str) else [])
