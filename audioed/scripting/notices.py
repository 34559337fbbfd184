"""What a listener is told where the page shows something that cannot be read aloud."""

from dataclasses import replace

from audioed.model import Article, Block
from audioed.wording import has_wording, wording


def with_notices(article: Article) -> Article:
    """The article, with a sentence in each place in its text where code or a table was cut; none in other languages."""
    words = wording(article.language) if has_wording(article.language) else None
    told = {
        cut.at: Block(kind="paragraph", text=words.code if cut.rule == "code" else words.table, reading="body")
        for cut in article.cuts
        if words and cut.rule in {"code", "table"} and 0 < cut.at < len(article.blocks)
    }
    blocks = (each for at, block in enumerate(article.blocks) for each in (*filter(None, [told.get(at)]), block))
    return replace(article, blocks=tuple(blocks)) if told else article
