"""What a single line gives away by its words: a share button, a caption, an address, a call to read on."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from audioed.extraction.row import Row
from audioed.kinds import BlockKind
from audioed.languages import known, pattern, phrases, table
from audioed.languages import words as words_of
from audioed.languages.openings import begins, either, opened
from audioed.model import Block
from audioed.textkey import word_count

NETWORKS = frozenset(
    re.findall(
        r"\S+",
        "bluesky facebook flipboard instagram linkedin mail mastodon messenger pinterest pocket reddit "
        "snapchat telegram threads tiktok tumblr twitter whatsapp x xing youtube email e-mail print rss",
    )
)
BUTTON = 3
"""Words of a button; a heading of so few may be the article's: "Search", "Home"."""
PARTS = re.compile("[•·|]")
PARTED = re.compile(r"\s*[•·|]\s*")
MOST_PARTS = 6
"""Such lines in one row, and what stands between them."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
TIME = re.compile(r"\d{1,2}[.:h]\d\d(?:\s?[ap]\.?m\.?)?(?:\s(?-i:[A-Z]{2,4})(?=\s|$))?\W*", re.IGNORECASE)
"""What stands before such a line on a page that is written as things happen."""
LONGEST = 2000
"""Characters of the longest such line."""
NEEDED = re.compile(r"\(\?=\.\{0,\d+\}\?(?:\(\?:)?([a-z|]+)\)")
"""How a phrase says which words its line has; they are found much faster by themselves."""
ANNOUNCED = 12
"""Words of the longest line that only announces what follows."""
ENTIRE = 0.8
"""Share of a line that is a link when the line is one; the rest is "Read also:" and the like."""


def rule_of(piece: Block | Row) -> str:
    """The rule that its words alone give away; empty for what may be prose."""
    return _rule_of(piece.text, piece.kind, piece.linked) if len(piece.text) < LONGEST else ""


@lru_cache(maxsize=8192)
def _rule_of(text: str, kind: BlockKind, linked: float) -> str:
    """The same; a page's lines are asked for twice, and many pages share them."""
    parts = PARTED.split(text.strip("•·| ")) if PARTS.search(text) else ()
    if 1 < len(parts) <= MOST_PARTS:  # "3 days ago • 2 min read"
        rules = [_rule_of_one(part, kind, linked) for part in parts]
        if all(rules):
            return rules[0]
    return _rule_of_one(text, kind, linked)


def _rule_of_one(text: str, kind: BlockKind, linked: float) -> str:
    """The same of a line that is not parted."""
    text = text.replace("’", "'")
    words = text.split()
    if not any(map(str.isalnum, text)):
        return "ornament"
    if ADDRESS.fullmatch(text):
        return "address"
    if pattern("feeds.footer", r"\W*PHRASES\W*$").match(text):
        return "footer"
    if _is_sharing(words, linked):
        return "share"
    if _is_related(text, len(words), kind, linked):
        return "related"
    rules = _rules() if _is_likely(text) else ()
    judges = (each for each in rules if each[1] > BUTTON or kind != "heading")
    return next((rule for rule, most, keys in judges if len(words) <= most and pattern(keys).match(text)), "")


@cache
def _rules() -> tuple[tuple[str, int, str], ...]:
    """Rule, the most words such a line has, how it begins; a line that says more is prose."""
    tables = (table(code, "page").get("lines", {}) for code in known("page"))
    kinds = dict.fromkeys((rule, most) for lines in tables for rule, row in lines.items() for most in row)
    return tuple((rule, int(most), f"lines.{rule}.{most}") for rule, most in kinds)


def _is_likely(text: str) -> bool:
    """Whether a line begins as one of any rule does; few do, and one comparison is enough for most others."""
    if (opening := _opening(text[0])) and opening.match(text):
        return True
    free, needing, needed = _unopened()
    if free.match(text):
        return True
    low = text.lower()
    return any(map(low.__contains__, needed)) and any(
        form.match(text) for words, form in needing if any(map(low.__contains__, words))
    )


@lru_cache(maxsize=512)
def _opening(letter: str) -> re.Pattern[str] | None:
    """How such lines begin with this letter; None where none does."""
    found = opened(tuple(each for each in _forms() if begins(each)), letter)
    return either(found) if found else None


@cache
def _unopened() -> tuple[re.Pattern[str], Sequence[tuple[Sequence[str], re.Pattern[str]]], Sequence[str]]:
    """
    How those begin that may begin with any letter; of some it is known that one of these words stands in them.

    Behind them all these words.
    """
    forms = [each for each in _forms() if not begins(each)]
    needing = [(found[1].split("|"), either((each,))) for each in forms if (found := NEEDED.search(each))]
    free = either(tuple(each for each in forms if not NEEDED.search(each)))
    return free, needing, tuple(dict.fromkeys(word for words, _ in needing for word in words))


@cache
def _forms() -> tuple[str, ...]:
    return tuple(each for _, _, keys in _rules() for each in phrases("page", *keys.split(".")))


def _is_sharing(words: Sequence[str], linked: float) -> bool:
    """Whether every word belongs to a row of share buttons, and it is not merely a section called "Twitter"."""
    sharing, verbs = words_of("page", "share", "words"), words_of("page", "share", "verbs")
    plain = []
    for word in words:  # mostly the first one tells
        plain.append(word.strip(".,:;!|·•()").lower())
        if plain[-1] and plain[-1] not in NETWORKS and plain[-1] not in sharing:
            return False
    networks = sum(word in NETWORKS for word in plain)
    asked = any(word in verbs for word in plain)
    return asked if networks == 0 else networks > 1 or asked or linked > ENTIRE


def _is_related(text: str, words: int, kind: BlockKind, linked: float) -> bool:
    found = pattern("related.labels", r"PHRASES(?P<rest>\s*(?::|\||»|→|–|$).*)?").match(text.lstrip("[( »→▶►•*"))
    if found is None or words > 30:  # noqa: PLR2004 - two headlines' length
        return False
    begins = text.lower().startswith(phrases("page", "related", "vague"))
    vague = begins and kind != "heading"  # "More from the sea than from the land."
    alone = not vague and found.end() == len(text) and not (found["rest"] or "").strip(" :|»→–")
    return alone or linked > 0.3 or ":" in (found["rest"] or "")[:3]  # noqa: PLR2004 - a link beside its label


def announces(text: str) -> bool:
    """Whether a line may only announce what follows it: "Topics covered:"."""
    return text.endswith((":", "：")) and word_count(text) <= ANNOUNCED
