"""What is pressed on a keyboard or a telephone."""

import re
from re import Match

from audioed.scripting.normalize.en.words import digits
from audioed.scripting.normalize.rules import choice, family, rule

_NAMES = {"Ctrl": "Control", "Cmd": "Command", "Opt": "Option", "Del": "Delete", "Esc": "Escape"}
_HELD = choice((*_NAMES, *_NAMES.values(), "Alt", "Shift", "Fn", "Win", "Tab"))
_SIGNS = {"*": "star", "#": "hash"}


def _together(match: Match[str]) -> str:
    """Keys that are held together: "Ctrl-Shift-Esc"."""
    keys = (*re.findall("[A-Z][a-z]+", match["held"] or "Cmd"), match["key"] or match["glued"])
    return " ".join(_NAMES.get(key, key) for key in keys)


def _dialled(match: Match[str]) -> str:
    """A service of a telephone, key by key: "*67"."""
    return " ".join(_SIGNS.get(key) or digits(key) for key in match[0])


_RULES = (
    rule(
        "",
        rf"(?<!\w)(?P<held>(?:(?:{_HELD})(?: ?\+ ?|-))+)(?P<key>Del|Esc|Tab|Space|F\d{{1,2}}|[A-Z\d]\b|Shift|Option|"
        r"Enter|Return|Alt|Ctrl|Cmd|Command)|\bCmd(?P<glued>[A-Z])\b",
        _together,
    ),
    rule("*", r"(?<![\w*#])[*#]\d[\d*]{1,11}#|(?<=[a-z] )\*\d{2,3}\*?(?![\w*]|[.,]\d)", _dialled),
)
spoken = family(_RULES, "[*#]|(?:Ctrl|Cmd|Opt|Alt|Shift|Fn|Win|Tab|Command|Control|Option) ?[-+A-Z]")
"""The text with its keys in words."""
