"""Races of horses: how far they go, by what they are won."""

import re
from re import Match

from audioed.scripting.normalize.en.words import cardinal, one, plain
from audioed.scripting.normalize.rules import rule

_MARGINS = {"nk": "neck", "hd": "head", "shd": "short head", "nse": "nose", "dist": "distance"}
_FAVOURITES = {"jt-": "joint ", "co-": "co-", "": ""}
_EVENTS = re.compile(
    r" (?:[a-z]+ )?(?:hurdle|chase|handicap|race|trip|course|maiden|contest|novice|stakes|test|sprint)\b"
)


def _distance(match: Match[str]) -> str:
    """Miles and furlongs; in the singular before what is run over them."""
    single = _EVENTS.match(match.string, match.end())
    parts = (("mile", match["miles"]), ("furlong", match["furlongs"]))
    return " ".join(f"{plain(each)} {unit}{'' if single or one(each) else 's'}" for unit, each in parts if each)


_PARTS = {"1/2": " and a half", "1/4": " and a quarter", "3/4": " and three-quarter"}
RULES = (
    rule(
        "f",
        r"(?<![\w.,])(?:(?P<miles>[1-4])m ?)?(?P<furlongs>[1-9])f(?![\w'])(?!\.\w)",
        _distance,
    ),
    rule(
        "l",
        r"(?P<cue>\b(?:by|beaten|clear|of) )(?P<whole>\d{1,2})(?: (?P<part>[13]/[24]) ?)?l\b(?!')",
        lambda m: (
            f"{m['cue']}{cardinal(m['whole'])}{_PARTS.get(m['part'], '')} "
            f"length{'' if one(m['whole']) and not m['part'] else 's'}"
        ),
    ),
    rule(
        "nhs",
        r"(?P<by>\b(?:by|and|beaten|a|short) )(?P<margin>nk|shd|hd|nse)\b(?!-)",
        lambda m: m["by"] + _MARGINS[m["margin"]],
    ),
    rule(
        "f",
        r"(?P<odds>\d/\d{1,2} (?P<how>jt-|co-|))fav\b",
        lambda m: f"{m['odds'].removesuffix(m['how'])}{_FAVOURITES[m['how']]}favourite",
    ),
)
"""In this order: a distance before its furlongs."""
