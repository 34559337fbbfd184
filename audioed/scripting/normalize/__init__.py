"""
From the written to the spoken form: what a reader would say for the text before them.

A language is a row of families, each a table of rules; `rules.py` says what a rule is.
"""

from audioed import letters
from audioed.languages import known, primary
from audioed.scripting.normalize.rules import settled
from audioed.scripting.normalize.tidy import tidy
from audioed.scripting.trace import sub


def familiar(text: str, language: str) -> str:
    """The text in letters that voices of its language know; as it is in a language without rules."""
    if text.isascii() or primary(language) not in ("en", *known("numbers")):
        return text
    return sub(letters.FOREIGN, letters.familiar, text)


def normalize(text: str, language: str = "en") -> str:
    """The spoken form of a written text; what is spoken already stays as it is."""
    text = familiar(tidy(text), language)
    code = primary(language)
    if code == "en":
        from audioed.scripting.normalize.en import FAMILIES

        return settled(FAMILIES, text)
    from audioed.scripting.normalize import others

    return others.language(language).spoken(text) if code in known("numbers") else others.untouched(text)
