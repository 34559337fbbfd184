"""Dashes, brackets and dots as the commas and stops that a voice breathes at; one stop where several meet."""

import re
from re import Match

from audioed.scripting.normalize.rules import before, behind, family, rule
from audioed.scripting.normalize.tidy import composed, spaced
from audioed.scripting.trace import sub

_STRENGTH = "?!.;:,"
"""Of several stops in a row the voice reads the strongest."""


def _ellipsis(match: Match[str]) -> str:
    """A comma before words in lower case, the end of a sentence otherwise."""
    after = match["after"]
    if _DASH.match(match.string, match.end()):
        return after
    gap = " " if after[:1].isalpha() else ""
    return f"{',' if after[-1:].islower() else '.'}{gap}{after}"


_DASH = re.compile(" ?[—–]")


def _opening(match: Match[str]) -> str:
    if match["tail"]:
        return match["tail"][:-1]
    if match["gap"] or match["wide"] or match["after"] or match["quoted"] is not None or _is_glued(match):
        return ", "
    return "" if match["gap"] is None or _PIECE.match(match.string, match.end() - 1) else " "


def _is_glued(match: Match[str]) -> bool:
    """Whether a bracket is no part of the word before it, though its writer left no space: "a network(VNet)"."""
    return bool(_ORDINARY.search(before(match)) and _GLUED.match(behind(match, back=1)))


_GLUED = re.compile(r"[(\[]+(?:[A-Z][\w-]+|[\w'-]+ [\w'-]+)")
_ORDINARY = re.compile(r"(?<![\w.$-])[A-Za-z][a-z]{2,}\Z")
"""A word that is no function."""
_PIECE = re.compile(r"[(\[](?:[a-z'-]{2,3}[)\]]|[a-z]{1,4}[)\]](?=[a-z]))")
"""A piece of a word in brackets; anything else is what a function is called with, "np.mean(x)"."""
_GOES_ON = (
    "and|but|or|so|yet|which|who|where|when|while|because|though|although|if|it|they|we|he|she|you|this|that|these|those|"
    "the|a|an|its|their|our|his|her|my|your|everything|anything|nothing|everyone|not|even|especially|including|in|on|at|"
    "for|from|with|without|just|like|perhaps|only|one|some|all|is|are|was|were|has|had|as"
)
"""What goes on behind a dash, and is no second part of a compound such as "cost–benefit"."""


def _begun(match: Match[str]) -> str:
    """Nothing right behind a mark that opens a quotation: the dots told that something before it is left out."""
    return match[0] if match.string.count('"', 0, match.start()) % 2 == 0 else ""


_PAUSES = (
    rule("~", r"(?<=\S) ~ (?=[A-Za-z\"'])(?!(?:half|one|two|three|four|five|six|ten|a|an) )", ", "),
    rule("-–", r"(?<=[.!?])[-–](?=[A-Za-z])", " "),
    rule("-", r"(?<=\w) -(?=[A-Z][a-z])", ", "),
    rule("-", r"(?<=[a-z]{2})- (?!(?:and|or|to|nor|but|versus|vs|through|into|as)\b)(?=[A-Za-z])", ", "),
    rule("(", r"(?<!\w)O\((?P<of>[^()]{1,16})\)", r"O of \g<of>"),
    rule("(", r"(?<=\w)\((?:R|r|TM|tm|C)\)(?!\w)", ""),
    rule("M", r"(?<=[a-z]{3})(?:TM|SM)\b", ""),
    rule(".…", r" ?(?:\.(?: ?\.){2,}|…)[.…]*(?P<after> ?[\"')]*(?: ?[^\W\d_])?)", _ellipsis),
    rule(
        "—–-|•·‣◦",
        r"\s*(?:—|–(?!\w)|(?<=\s)–|(?<![\w-])-{1,3}(?=\s)|(?<!-)-{2,3}(?!-)|[|•·‣◦])\s*",
        ", ",
    ),
    rule("–", rf"(?<=[a-z]{{2}})–(?=(?:{_GOES_ON})\b)", ", "),
    rule("–", "–", "-"),
    rule(
        "([",
        r"(?:(?<=[^\W_])(?P<gap> ?)|(?<=[\"'+$€£*°#])(?<![.!?]\")(?P<wide> )|"
        r"(?<=\w[\"'])(?P<quoted>)|(?:(?<=[a-z]\))|(?<=[a-z][\"']\)))(?P<after> ))[(\[]+(?P<tail>e?s[)\]])?|[(\[]+",
        _opening,
    ),
    rule(")]", r"[)\]]+(?P<after>(?= ?[^\W_\d]))?", lambda m: "," if m["after"] is not None else ""),
    rule('"', r"(?<=(?<![^\s(])\")[.,;:]+ ?(?=\w)", _begun),
)
_FIRST = re.compile(r"\A[ ,;:.!?-]+")
_LAST = re.compile(r"(?<![ ,;:-])[ ,;:-]+\Z")
_ALL = re.compile(r"(?s)\A.+\Z")
_HELD = re.compile(r" *[,;:.!?](?:[ ]*[,;:.!?])*")
pauses = family(_PAUSES)
"""The text with dashes, brackets and dots as the commas and stops that a voice breathes at."""
_SHORTENED = frozenset({".,", ".;", ".:"})


def _strongest(match: Match[str]) -> str:
    """The one stop that is heard of several; a weaker one tells that the full stop before it only ends a short form."""
    stops = match[0].replace(" ", "")
    apart = " " * (" " in match[0].lstrip() and match.string[match.end() : match.end() + 1].isalnum())
    return (stops[1] if stops in _SHORTENED else min(stops, key=_STRENGTH.index)) + apart


def stops(text: str) -> str:
    """The text with single spaces and single stops; empty where no word is left."""
    text = sub(_FIRST, "", sub(_HELD, _strongest, spaced(composed(text))))
    return sub(_LAST if any(map(str.isalnum, text)) else _ALL, "", text)
