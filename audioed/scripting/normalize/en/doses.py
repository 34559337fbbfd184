"""How often and by what way a medicine is taken, in the capitals of prescriptions."""

import re
from re import Match

from audioed.scripting.normalize.rules import family, rule

_TAKEN = {
    "PO": "by mouth",
    "BID": "twice a day",
    "TID": "three times a day",
    "QID": "four times a day",
    "QD": "once a day",
    "BD": "twice a day",
    "TDS": "three times a day",
    "QDS": "four times a day",
    "PRN": "as needed",
    "QHS": "at bedtime",
}
_DOSE = re.compile(r"\d ?(?:mg|mcg|µg|g|mL|ml|units?|tabs?|tablets?|capsules?|puffs?|drops)\b")


def _taken(match: Match[str]) -> str:
    return _TAKEN[match[0]] if _DOSE.search(match.string) else match[0]


spoken = family((rule(tuple(_TAKEN), rf"(?<![\w-])(?:{'|'.join(_TAKEN)})(?![\w-])(?! Box)", _taken),))
"""The text with such capitals in words, where it gives a dose."""
