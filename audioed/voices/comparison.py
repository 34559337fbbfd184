"""One paragraph in every voice, as a page that needs nothing but itself."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from audioed.model import Article, Block, Voice
from audioed.scripting.split import sentences

EXCERPT = 240
"""Characters that a comparison reads: a quarter of a minute in each voice."""
TELLING = ("paragraph", "quote", "item", "heading")
"""Kinds of blocks; the first shows best how a voice reads."""

_STYLE = """
body { font: 17px/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: #1c1f26 }
blockquote { margin: 1.5rem 0 2.5rem; padding-left: 1rem; border-left: 4px solid #c9ced8; color: #454b57 }
article { display: grid; grid-template-columns: 1fr 20rem; gap: .2rem 1.5rem; padding: 1rem 0 }
article { border-top: 1px solid #e4e7ec }
article h2 { margin: 0; font-size: 1.05rem } article p { margin: 0; color: #5b6270; font-size: .9rem }
audio { grid-column: 2; grid-row: 1 / span 2; width: 100% }
@media (max-width: 40rem) { article { display: block } audio { margin-top: .5rem } }
"""


def first_words(article: Article) -> Block:
    """The first sentences of its first paragraph; where it has none, of what is most like one, or its title."""
    spoken = [block for block in article.blocks if any(map(str.isalnum, block.text))]
    title = Block(kind="heading", text=article.title)
    block = min(spoken, key=lambda each: TELLING.index(each.kind), default=title)
    first, *others = sentences(block.text) or [block.text]
    while others and len(first) + len(others[0]) < EXCERPT:
        first += f" {others.pop(0)}"
    return replace(block, text=first)


def page(title: str, language: str, text: str, heard: Iterable[tuple[Voice, bytes]]) -> str:
    """The page; `heard` gives each voice with the MP3 file in which it says the text."""
    rows = "\n".join(_row(voice, mp3) for voice, mp3 in heard)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Voices for {escape(title)}</title><style>{_STYLE}</style>\n<body><h1>{escape(title)}</h1>\n"
        f'<blockquote lang="{escape(language)}">{escape(text)}</blockquote>\n{rows}\n</body></html>\n'
    )


def _row(voice: Voice, mp3: bytes) -> str:
    sound = b64encode(mp3).decode()
    return (
        f"<article><h2>{escape(voice.name)}</h2><p>{escape(voice.language)}, {escape(voice.engine)}. "
        f'{escape(voice.description)}</p><audio controls preload="none" src="data:audio/mpeg;base64,{sound}"></audio>'
        "</article>"
    )
