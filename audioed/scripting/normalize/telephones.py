"""Telephone numbers in the languages beside English: digit by digit, in the groups that they are written in."""

import re
from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import DIGITS, Rule, rule

_LONGEST = 5
"""Digits that are said in one go where they are written so."""
_GROUP = 3


def rules(language: Language) -> Iterator[Rule]:
    """A rule for each form under `phones` in numbers.toml."""
    yield rule(DIGITS, r"(?<![\w-])97[89](?:[- ]\d{1,7}){3}[- ]\d(?!\w)", partial(_said, language))  # of a book
    for written in language.table.get("phones", ()):
        yield rule(DIGITS, rf"(?<![\w.,/+-]){written}(?![\w/-]|[., ]\d)", partial(_said, language))


def _said(language: Language, match: Match[str]) -> str:
    known = language.table.get("phone_words", {})
    runs = re.findall(r"\d+", match[0])
    parts = [part for run in runs for part in ([run] if run in known else groups(run))]
    paired = language.table.get("phones_as_numbers")
    said = ", ".join(
        known.get(part) or (language.say(part) if paired else " ".join(map(language.say, part))) for part in parts
    )
    plus = f"{language.table['plus']} " if match[0].startswith("+") else ""
    return f"{plus}{said}"


def groups(run: str) -> Iterator[str]:
    """Digits that stand together, a long run of them in threes, its last of up to four."""
    while len(run) > _LONGEST:
        yield run[:_GROUP]
        run = run[_GROUP:]
    yield run
