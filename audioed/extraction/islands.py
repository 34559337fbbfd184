"""HTML inside Markdown: read as on the web page that the Markdown stands for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from audioed.extraction import dom, interviews, language, quotes, suspicion
from audioed.extraction.clean import Verdict

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

UNREAD = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style|textarea|pre)\b.*?(?:</\1\s*>|\Z)")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
CLOSES_ITSELF = frozenset(
    re.findall(
        r"\S+",
        "area base br col embed hr img input link meta param source track wbr "
        "p li dt dd td th tr thead tbody tfoot colgroup option rt rp",
    )
)
"""Elements without an end, and those that the next one of their kind ends (HTML standard, 13.1.2.4)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What a document's islands are read with."""

    markdown: "MarkdownIt"
    base: str
    """Address that links are relative to."""
    name: str
    language: str
    """The article's."""
    length: int
    """Characters of the whole text."""

    def verdicts(self, tokens: "Sequence[Token]") -> Iterator[tuple[Verdict, bool]]:
        """The pieces of these blocks, and whether the author says of each that it is the article."""
        rendered = self.markdown.renderer.render(tokens, self.markdown.options, {})
        root = dom.parsed(f"<div>{rendered}</div>", self.name)
        rows = interviews.of_rows(quotes.of_rows(list(dom.rows(root, self.base))))
        weights: Counter[dom.Element] = Counter()
        for row in rows:
            weights.update({element: len(row.text) for element, _ in row.suspicions})
        own = {element for each in root.xpath(f"//*[@{suspicion.CONTROL}='article']") for element in each.iter()}
        tongues = language.elsewhere(root, self.language)
        spans = language.spans({row.element for row in rows}, tongues) if tongues else {}
        whole = suspicion.WHOLE * self.length
        for row in rows:
            against = next(
                (rule for element, rule in reversed(row.suspicions) if weights[element] < whole and rule != "aside"),
                "",  # an aside in Markdown is the author's: Notion writes its call-outs so
            )
            quoted = tuple(pair for pair in spans.get(row.element, ()) if pair[0] in row.text)
            tag = language.of_block(row.text, tongues.get(row.element, ""), self.language)
            block = replace(row.block, language=tag, spans=quoted)
            rule = row.wished or ("" if row.reading else against)
            yield Verdict(block, rule, row.silenced), row.element in own


def grouped(tokens: "Sequence[Token]") -> "Iterator[tuple[bool, list[Token]]]":
    """The blocks of a text in groups, and whether each holds HTML; what stands in one HTML element is in one group."""
    for has, blocks in groupby(_blocks(tokens), key=lambda block: any(map(_has_html, block))):
        yield has, [token for block in blocks for token in block]


def _blocks(tokens: "Sequence[Token]") -> "Iterator[list[Token]]":
    """One block of the text after the other, and all that an HTML element holds as one."""
    block: list[Token] = []
    opened: list[str] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if token.type == "html_block":
            _follow(token.content, opened)
        if not depth and not opened:
            yield block
            block = []
    if block:  # an element that is never closed holds the rest
        yield block


def _has_html(token: "Token") -> bool:
    inline = token.children or ()
    return token.type == "html_block" or any(
        each.type == "html_inline" and not each.content.lower().startswith("<br") for each in inline
    )


def _follow(markup: str, opened: list[str]) -> None:
    """Note which elements this markup leaves open."""
    for closes, name in TAG.findall(UNREAD.sub(" ", markup)):
        tag = name.lower()
        if tag in CLOSES_ITSELF:
            continue
        if not closes:
            opened.append(tag)
        elif tag in opened:
            while opened.pop() != tag:
                pass
