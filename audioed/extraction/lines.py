"""What a single line gives away by its words: a share button, a caption, an address, a call to read on."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from audioed.kinds import BlockKind
from audioed.languages import known, pattern, phrases, table
from audioed.languages import words as words_of
from audioed.model import Block

if TYPE_CHECKING:
    from audioed.extraction.dom import Row

NETWORKS = frozenset(
    re.findall(
        r"\S+",
        "bluesky facebook flipboard instagram linkedin mail mastodon messenger pinterest pocket reddit "
        "snapchat telegram threads tiktok tumblr twitter whatsapp x xing youtube email e-mail print rss",
    )
)
BUTTON = 3
"""Words of a button; a heading of so few may be the article's: "Search", "Home"."""
PARTED = re.compile(r"\s*[•·|]\s*")
MOST_PARTS = 6
"""Such lines in one row, and what stands between them."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
LONGEST = 2000
"""Characters of the longest such line."""
ENTIRE = 0.8
"""Share of a line that is a link when the line is one; the rest is "Read also:" and the like."""


def rule_of(piece: "Block | Row") -> str:
    """The rule that its words alone give away; empty for what may be prose."""
    if len(piece.text) >= LONGEST:
        return ""
    parts = PARTED.split(piece.text.strip("•·| "))
    if 1 < len(parts) <= MOST_PARTS:  # "3 days ago • 2 min read"
        rules = [_rule_of(part, piece.kind, piece.linked) for part in parts]
        if all(rules):
            return rules[0]
    return _rule_of(piece.text, piece.kind, piece.linked)


@lru_cache(maxsize=8192)
def _rule_of(text: str, kind: BlockKind, linked: float) -> str:
    """The same; a page's lines are asked for twice, and many pages share them."""
    text = text.replace("’", "'")
    block = Block(kind=kind, text=text, linked=linked)
    words = text.split()
    if not any(map(str.isalnum, text)):
        return "ornament"
    if ADDRESS.fullmatch(text):
        return "address"
    if pattern("feeds.footer", r"\W*PHRASES\W*$").match(text):
        return "footer"
    if _is_sharing(words, block):
        return "share"
    if _is_related(text, len(words), block):
        return "related"
    judges = (each for each in _rules() if each[1] > BUTTON or block.kind != "heading")
    return next((rule for rule, most, pattern in judges if len(words) <= most and pattern.match(text)), "")


@cache
def _rules() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Rule, the most words such a line has, how it begins; a line that says more is prose."""
    tables = (table(code, "page").get("lines", {}) for code in known("page"))
    kinds = dict.fromkeys((rule, most) for lines in tables for rule, row in lines.items() for most in row)
    return tuple((rule, int(most), pattern(f"lines.{rule}.{most}")) for rule, most in kinds)


def _is_sharing(words: Sequence[str], block: Block) -> bool:
    """Whether every word belongs to a row of share buttons, and it is not merely a section called "Twitter"."""
    sharing, verbs = words_of("page", "share", "words"), words_of("page", "share", "verbs")
    plain = []
    for word in words:  # mostly the first one tells
        plain.append(word.strip(".,:;!|·•()").lower())
        if plain[-1] and plain[-1] not in NETWORKS and plain[-1] not in sharing:
            return False
    networks = sum(word in NETWORKS for word in plain)
    asked = any(word in verbs for word in plain)
    return asked if networks == 0 else networks > 1 or asked or block.linked > ENTIRE


def _is_related(text: str, words: int, block: Block) -> bool:
    found = pattern("related.labels", r"PHRASES(?P<rest>\s*(?::|\||»|→|–|$).*)?").match(text.lstrip("[( »→▶►•*"))
    if found is None or words > 30:  # noqa: PLR2004 - two headlines' length
        return False
    begins = text.lower().startswith(phrases("page", "related", "vague"))
    vague = begins and block.kind != "heading"  # "More from the sea than from the land."
    alone = not vague and found.end() == len(text) and not (found["rest"] or "").strip(" :|»→–")
    return alone or block.linked > 0.3 or ":" in (found["rest"] or "")[:3]  # noqa: PLR2004 - a link beside its label
