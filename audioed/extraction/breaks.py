"""The ends of lines: those of a verse, an address or a typed list are short pauses, those at a margin are nothing."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

ITEM = re.compile(r"\s*(?:[-*+•‣◦–—]|\(?\d{1,3}[.)])\s+(?=.*\w)")
"""How a line of a list begins."""
WIDEST = 100
"""Characters of the longest line of a hard-wrapped text; mail and Markdown are wrapped at 72 to 90."""
BLANKS = re.compile(r"[^\S\x1f]+")
"""White space, but for what stands for the end of a table's cell."""
NARROWEST = 50
"""Characters below which the longest line of such a text is a verse or an address."""
SHORT = 40
"""Characters of the longest line at which nobody sets a margin."""
HYPHENATED = re.compile(r"(?P<head>[^\W\d_]{2,})-[^\S\n]*\n\s*(?P<tail>[^\W\d_]+)")
ENDED = re.compile(r"[.!?:…][\"'”’)\]]*\Z")
CLOSES = frozenset(".!?…:\"'”’)")
SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…:][\"'”’)]*\Z")
"""How a sentence or a label ends, unlike the point of an initial;"""
WORD = re.compile(r"[^\W\d_]{2}|[^\W\d_]\s")
"""and how one begins, unlike initials."""
SHORTENED = re.compile(r"\b(?:St|Rd|Ave?|Blvd|Dr|Ln|Sq|Ct|Pl|Inc|Ltd|Co)\.\Z")
"""A line of an address whose stop ends no sentence."""
SUSPENDED = frozenset({"and", "or", "to", "but", "nor", "und", "oder", "et", "ou", "y", "o", "e"})
"""Words behind a hyphen that stands for what comes later: "two- and three-year"."""


def is_wrapped(groups: Sequence[Sequence[str]]) -> bool:
    """
    Whether an editor broke the lines of this text: each as soon as the next word would not fit.

    Poems and lists also have short lines, but theirs end before the margin.
    """
    width = max((len(line) for group in groups for line in group), default=0)
    breaks = [(line, after) for group in groups for line, after in pairwise(group) if not ITEM.match(after)]
    forced = sum(
        len(line) + 1 + len(after.split(None, 1)[0]) > width - 6 or (line[-1:] == "-" and after.lstrip()[:1].islower())
        for line, after in breaks
    )
    return width <= WIDEST and len(breaks) > 0 and forced >= 0.6 * len(breaks)


def joined(lines: Sequence[str]) -> str:
    """These lines as one: with commas between those that end in a word, or as they are where a margin broke them."""
    told = [folded for line in lines if (folded := BLANKS.sub(" ", line).strip(" "))]
    if max(map(len, told), default=0) > NARROWEST and is_wrapped([told]):
        return " ".join(told)
    made = ""
    for line, after in pairwise((*told, "")):
        ends = line[-1].isalnum() or SHORTENED.search(line)
        made += line + (", " if ends and after[:1].isalnum() else " ")
    return made.rstrip(" ")


def sewn(parts: Iterable[str]) -> str:
    """These pieces as one text, with a space where one ends a sentence, and the next begins another, without any."""
    made: list[str] = []
    before = ""
    for part in parts:
        if part[:1].isupper() and before[-1:] in CLOSES and SENTENCE.search(before) and WORD.match(part):
            made.append(" ")
        made.append(part)
        before = part or before
    return "".join(made)


def typed(text: str) -> str:
    """Lines as somebody typed them as one: a verse with its pauses, prose without its margin."""
    lines = [folded for line in text.split("\n") if (folded := " ".join(line.split()))]
    whole = unparted(text)
    return joined(lines) if whole == text and is_verse(lines) else " ".join(whole.split())


def is_verse(lines: Sequence[str]) -> bool:
    """Whether these lines are a verse, an address or a list: short ones, most of which end no sentence."""
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or width > NARROWEST or (width > SHORT and is_wrapped([lines])):  # noqa: PLR2004
        return False
    open_ = sum(not ENDED.search(line) for line in lines[:-1])
    return 2 * open_ >= len(lines) - 1 and (len(lines) > 2 or lines[1][0].islower())  # noqa: PLR2004


def unparted(text: str) -> str:
    """The text with each word whole that a hyphen parts at the end of a line; the hyphen of "well-known" stays."""
    return HYPHENATED.sub(_whole, text) if "-" in text and "\n" in text else text


def _whole(match: re.Match[str]) -> str:
    from audioed.english import is_known

    head, tail = match["head"], match["tail"]
    if tail.lower() in SUSPENDED:
        return match[0]
    compound = not tail.islower() or (not is_known(head + tail, "en") and is_known(head, "en") and is_known(tail, "en"))
    return f"{head}{'-' if compound else ''}{tail}"
