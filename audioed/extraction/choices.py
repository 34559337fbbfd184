"""Which pieces of an article are read after all, cut, or read otherwise: as its author wants, or its voices can."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from audioed.config import Choice
from audioed.model import Article, Block, Cut

RULE = "author-choice"
"""What cuts a piece that its author does not want."""


def chosen(article: Article, choices: Sequence[Choice]) -> Article:
    """The article with its pieces read as these choices say; a later one goes before an earlier."""
    mine = [each for each in choices if is_for(each, article)]
    texts = {_folded(each.text): each.reading for each in mine if each.text}
    rules = {each.rule: each.reading for each in mine if each.rule and not each.text}
    if not texts and not rules:
        return article
    blocks: list[Block] = []
    cuts: list[Cut] = []
    for piece in _pieces(article):
        for part in _parted(piece, list(texts)) if isinstance(piece, Block) else [piece]:
            rule = part.rule if isinstance(part, Cut) else ""
            reading = texts.get(_folded(part.text)) or rules.get(rule)
            if reading == "cut" or (not reading and isinstance(part, Cut)):
                cuts.append(_cut(part, len(blocks)))
            else:
                blocks.append(_read(part, reading or ""))
    return replace(article, blocks=tuple(blocks), cuts=tuple(cuts))


def without(article: Article, is_left_out: Callable[[Block], bool], rule: str) -> Article:
    """The article, its blocks of which this is true cut by that rule; as it is where none would be left."""
    blocks: list[Block] = []
    cuts: list[Cut] = []
    for piece in _pieces(article):
        if isinstance(piece, Cut):
            cuts.append(replace(piece, at=len(blocks)))
        elif is_left_out(piece):
            cuts.append(Cut(text=piece.text, rule=rule, at=len(blocks)))
        else:
            blocks.append(piece)
    return replace(article, blocks=tuple(blocks), cuts=tuple(cuts)) if blocks else article


def is_for(choice: Choice, article: Article) -> bool:
    """Whether a choice is for this article: it names it, or its site."""
    if choice.article:
        return choice.article in {article.url, article.name, *article.ids}
    return bool(choice.site) and _host(choice.site) in {_host(article.url), _host(article.name)}


def named(article: Article) -> str:
    """The name by which a choice knows an article: its address, or its file."""
    local = next((each for each in article.ids if each.startswith("file:")), "")
    return article.url or local or article.name


def _host(address: str) -> str:
    """The host of an address, or the one that is named; empty for what is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _pieces(article: Article) -> Iterator[Block | Cut]:
    """All pieces of an article, in the order of its page."""
    cuts = sorted(article.cuts, key=lambda cut: cut.at)
    for place, block in enumerate(article.blocks):
        while cuts and cuts[0].at <= place:
            yield cuts.pop(0)
        yield block
    yield from cuts


def _parted(block: Block, texts: Sequence[str]) -> list[Block]:
    """A block, or two where a choice is for its beginning or its end alone."""
    for text in texts:
        if text and block.text.startswith(f"{text} "):
            return [replace(block, text=text), *_parted(replace(block, text=block.text[len(text) + 1 :]), texts)]
        if text and block.text.endswith(f" {text}"):
            return [*_parted(replace(block, text=block.text[: -len(text) - 1]), texts), replace(block, text=text)]
    return [block]


def _read(piece: Block | Cut, reading: str) -> Block:
    """The piece as it is to be read; a block that nobody chose anything for as it is."""
    block = piece if isinstance(piece, Block) else Block(kind="paragraph", text=piece.text)
    if not reading:
        return block
    if reading == "heading":
        return replace(block, kind="heading", reading="")
    kind = "paragraph" if block.kind == "heading" else block.kind
    return replace(block, kind=kind, reading=reading)  # type: ignore[arg-type]  # those that are left


def _cut(piece: Block | Cut, at: int) -> Cut:
    return replace(piece, at=at) if isinstance(piece, Cut) else Cut(text=piece.text, rule=RULE, at=at)


def _folded(text: str) -> str:
    return " ".join(text.split())
