"""What a listener is told where the page shows something that cannot be read aloud."""

from dataclasses import replace

from audioed.kinds import BLOCKS
from audioed.model import Article, Block
from audioed.wording import has_wording, wording


def with_notices(article: Article) -> Article:
    """The article, with a sentence where code or a table was cut, once a section; none in other languages."""
    words = wording(article.language) if has_wording(article.language) else None
    told = {
        cut.at: Block(kind="paragraph", text=words.code if cut.rule == "code" else words.table, reading="body")
        for cut in article.cuts
        if words and cut.rule in {"code", "table"} and 0 < cut.at < len(article.blocks)
    }
    if not told:
        return article
    blocks: list[Block] = []
    since: set[str] = set()
    for at, block in enumerate(article.blocks):
        notice = told.get(at)
        if notice and notice.text not in since:
            blocks.append(notice)
            since.add(notice.text)
        if BLOCKS[block.kind].heads:
            since.clear()
        blocks.append(block)
    return replace(article, blocks=tuple(blocks))
