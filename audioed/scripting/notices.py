"""What a listener is told where the page shows something that cannot be read aloud."""

from dataclasses import replace

from audioed.kinds import BLOCKS
from audioed.model import UNSPOKEN, Article, Block
from audioed.wording import has_wording, wording


def with_notices(article: Article) -> Article:
    """The article, with a sentence where what nobody can follow was cut, once a section; none in other languages."""
    if not has_wording(article.language):
        return article
    words = wording(article.language)
    said = {"code": words.code, "table": words.table, UNSPOKEN: words.foreign}
    told = {
        cut.at: Block(kind="paragraph", text=said[cut.rule], reading="body")
        for cut in article.cuts
        if cut.rule in said and 0 < cut.at < len(article.blocks)
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
