"""One paragraph in every voice, as a page that needs nothing but itself."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace

from audioed.kinds import BLOCKS
from audioed.model import Article, Block, Voice
from audioed.scripting.split import sentences
from audioed.templates import filled

EXCERPT = 240
"""Characters that a comparison reads: a quarter of a minute in each voice."""


def first_words(article: Article) -> Block:
    """The first sentences of its first paragraph; where it has none, of what is most like one, or its title."""
    spoken = [block for block in article.blocks if any(map(str.isalnum, block.text))]
    title = Block(kind="heading", text=article.title)
    block = min(spoken, key=lambda each: list(BLOCKS).index(each.kind), default=title)
    first, *others = sentences(block.text, article.language) or [block.text]
    while others and len(first) + len(others[0]) < EXCERPT:
        first += f" {others.pop(0)}"
    return replace(block, text=first)


def page(title: str, language: str, text: str, recordings: Iterable[tuple[Voice, bytes]]) -> str:
    """The page; `recordings` gives each voice with the MP3 file in which it says the text."""
    voices = [(voice, b64encode(mp3).decode()) for voice, mp3 in recordings]
    return filled("voices", title=title, spoken=language, text=text, voices=voices)
