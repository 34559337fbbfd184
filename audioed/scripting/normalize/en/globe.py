"""Places on the globe: latitude and longitude."""

from re import Match

from audioed.scripting.normalize.en.words import cardinal, one, plain
from audioed.scripting.normalize.rules import rule

_WINDS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _place(match: Match[str]) -> str:
    """A latitude or longitude."""
    degrees, minutes, seconds = ((match[name] or "").lstrip("0") or "0" for name in ("degrees", "minutes", "seconds"))
    said = f"{plain(degrees)} degree{'' if one(degrees) else 's'} {plain(minutes)} minute{'' if one(minutes) else 's'}"
    if match["seconds"]:
        said += f" {plain(seconds)} seconds"
    return f"{said} {_WINDS[match['wind']]}" if match["wind"] else said


RULES = (
    rule(
        "NSEW",
        r"(?<![\w.,])(?P<one>\d{1,2}(?:\.\d{1,6})?) ?°? ?(?P<wind>[NS])(?P<joint>[,; ]{1,2})"
        r"(?P<other>\d{1,3}(?:\.\d{1,6})?) ?°? ?(?P<side>[EW])(?!\w)",
        lambda m: (
            f"{cardinal(m['one'])} degrees {_WINDS[m['wind']]}{m['joint'].rstrip()} "
            f"{cardinal(m['other'])} degrees {_WINDS[m['side']]}"
        ),
    ),
    rule(
        "°",
        r"(?<![\w.,])(?P<degrees>\d{1,3})° ?(?P<minutes>\d{1,2})'(?: ?(?P<seconds>\d{1,2}(?:\.\d)?)(?:\"|''))? ?"
        r"(?P<wind>[NSEW]\b)?",
        _place,
    ),
)
"""In this order: both of them before one."""
