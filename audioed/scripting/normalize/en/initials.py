"""Letters with points: of names, of degrees, of what is known by its initials."""

import re
from re import Match

from audioed.scripting.normalize.en.grammar import ends_sentence, stopped
from audioed.scripting.normalize.rules import rule

_WORDS = frozenset(
    {"PS", "US", "UK", "UN", "EU", "AI", "AM", "PM", "BC", "DC", "LA", "TV", "UAE", "USA", "PR", "NY", "CV", "NJ"}
)
"""Two dotted letters that are no one's initials, though a name may follow."""
_DEGREES = frozenset({"MD", "MA", "DO", "DE"})


def _letters(match: Match[str]) -> str:
    """Initials: of a name apart, "J. K."; of anything else as one acronym, "FBI"."""
    letters = match["letters"].replace(".", "")
    text, end = match.string, match.end()
    if letters in _DEGREES and text[: match.start()].endswith(", "):  # it would become a state
        return stopped(" ".join(letters), match) if ends_sentence(text, end) else " ".join(letters)
    upper = letters.upper()
    plural = match["plural"] or ""
    if letters.istitle() and len(letters) > 1 and not letters.isupper():
        return match[0]
    named = not plural and letters.isupper() and upper not in _WORDS and re.match(r" ?[A-Z][a-z]", text[end : end + 3])
    if named and len(letters) <= len("JRR") and not ends_sentence(text, end):
        said = upper if "A" in upper else " ".join(upper)  # an "A" by itself would be the article
        return said + ("" if text[end : end + 1] == " " else " ")
    ends = match["letters"].endswith(".") and not plural and ends_sentence(text, end)
    return f"{upper}{plural}{'.' if ends else ''}"


def _degree(match: Match[str]) -> str:
    """What somebody has studied: "B.Sc.", "LL.M."."""
    level, field = match["level"], match["field"]
    said = f"{level if level == 'Ed' else ' '.join(level)} {'S C' if field == 'Sc' else field}"
    return stopped(said, match)


def _initial(match: Match[str]) -> str:
    """An initial without its point, unless that is the sentence's: "Vitamin C. Take it"."""
    return match[0] if ends_sentence(match.string, match.end()) else match["letter"]


def _mixed(match: Match[str]) -> str:
    """Initials of which the small word is small: "PiP" is P-I-P."""
    joined = match.string[match.start() - 1 : match.start()] in {"-", "'"}
    return match[0] if joined or match[0] in _NO_INITIALS else "-".join(match[0].upper())


_NO_INITIALS = frozenset({"PhD", "TeX", "WoW", "LoL", "CoV", "YoY", "MoM", "QoQ"})
RULES = (
    rule(
        ".",
        r"(?<![\w.])(?P<level>[BMD](?=\.(?:Sc|Eng|Phil|Ed|Litt|Com|Arch|Des)\b)|(?:LL|Ed)(?=\.[BMD]\b))\."
        r"(?P<field>\w+)(?:\.(?!\w))?",
        _degree,
    ),
    rule("", r"\b[A-Z][a-z][A-Z](?=s?\b(?![-'.]\w))", _mixed),
    rule(
        ("Ph.",),
        r"\bPh\. ?D(?P<stop>\.?)(?P<many>s?)(?!\w)",
        lambda m: f"{stopped('PhD', m).rstrip('.') if m['many'] else stopped('PhD', m)}{m['many']}",
    ),
    rule(".", r"(?<![\w.])(?P<letters>(?:[A-Za-z]\.){2,6}(?:[A-Z](?![\w.])(?!'))?)(?P<plural>'?s\b)?", _letters),
    rule(
        ".",
        r"(?<![\w.'+])(?<!\bplus )(?<!\bControl )(?<!\bCommand )(?<!\bOption )(?P<letter>[A-Z])\."
        r"(?= ?(?:[A-Z]\.|[A-Z]['a-z]\w)| [a-z])",
        _initial,
    ),
    rule(".", r"(?P<name>(?:\A|[𘬀-𘳕]|\b[A-Z][a-z]+|\b[A-Z]) [A-Z])\.(?= [𘬀-𘳕])", r"\g<name>"),
)
"""In this order: what somebody has studied before letters of any kind."""
