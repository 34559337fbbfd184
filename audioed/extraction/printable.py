"""An article as it leaves the extraction: every text in it can be shown, said, and written into any file."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any

from audioed.characters import line, shortened, shown
from audioed.model import Article, Cut

LONGEST_TITLE, LONGEST_NAME, LONGEST_ALT = 300, 200, 1_000
"""Characters of a title, which is said, shown on covers and kept in tags; of a name; of a description."""
NAMELESS = "untitled"


def printable(article: Article) -> Article:
    """
    The same article without characters that nobody can see or say; its title is never empty.

    Done once, here, whatever kind of page it came from: entities of HTML and
    escapes of YAML bring such characters into a text that had none.
    """
    clean: Article = _cleaned(article)
    name = clean.name if shown(clean.name) else NAMELESS
    title = clean.title if shown(clean.title) else name
    seen = [shown(block.text) for block in clean.blocks]
    before = list(accumulate(seen, initial=0))
    cuts = tuple(replace(cut, at=before[min(cut.at, len(seen))]) for cut in clean.cuts if shown(cut.text))
    if len(title) > LONGEST_TITLE:
        cuts = (Cut(text=title, rule="title"), *cuts)
    return replace(
        clean,
        title=shortened(title, LONGEST_TITLE),
        byline=shortened(clean.byline, LONGEST_NAME) if clean.byline and shown(clean.byline) else None,
        name=name,
        image_alt=shortened(clean.image_alt, LONGEST_ALT),
        section=shortened(clean.section, LONGEST_NAME),
        tags=tuple(shortened(tag, LONGEST_NAME) for tag in clean.tags if shown(tag)),
        summary=shortened(clean.summary, LONGEST_ALT),
        voice=shortened(clean.voice, LONGEST_NAME),
        lexicon=tuple(pair for pair in clean.lexicon if all(map(shown, pair))),
        blocks=tuple(block for block, visible in zip(clean.blocks, seen, strict=True) if visible),
        cuts=cuts,
    )


@cache
def _names(noun: Any) -> tuple[str, ...]:
    """The fields of a noun."""
    return tuple(each.name for each in fields(noun))


def _cleaned(value: Any) -> Any:
    """The same noun with every text in it cleaned, so that no field can be forgotten; itself where all are clean."""
    if isinstance(value, str):
        return line(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        found = {name: each for name in _names(type(value)) if (each := getattr(value, name))}
        other = {key: fresh for key, each in found.items() if (fresh := _cleaned(each)) != each}
        return replace(value, **other) if other else value
    return value
