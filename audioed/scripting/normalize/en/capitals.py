"""Text in capitals: shouted words are words, though some would be spelled as initials."""

import re
from re import Match

from audioed.scripting.trace import sub

_WORDS = re.compile(r"[^\W\d_]+")
_SPELLED = re.compile(
    r"\b(?:IT|AM|IS|AS|AN|A|OR|TO|DO|GO|ME|WE|HE|BE|BY|MY|UP|SO|NO|WHO|HAS|ARE|ALL|ACT|AID|SEC|ID|OUT)\b"
)
"""Words that a voice takes for initials, or that are too short to be sure of."""
_LONG = 4
"""Words that make a headline; two in capitals may be a name."""
_LETTERS = 3


def spoken(text: str) -> str:
    """The text with the small words of shouted sentences in small letters."""
    words = _WORDS.findall(text)
    shouted = [word for word in words if word.isupper() and len(word) > _LETTERS]
    if len(shouted) < _LONG - 1 or len(words) < _LONG or any(word.islower() for word in words):
        return text
    return sub(_SPELLED, _small, text)


def _small(match: Match[str]) -> str:
    return match[0].lower()
