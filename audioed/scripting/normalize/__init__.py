"""
From the written to the spoken form: what a reader would say for the text before them.

A language is a row of families, each a table of rules; `rules.py` says what a rule is.
"""

from audioed.languages import known, primary
from audioed.scripting.normalize.letters import sayable
from audioed.scripting.normalize.rules import settled
from audioed.scripting.normalize.tidy import tidy


def normalize(text: str, language: str = "en") -> str:
    """The spoken form of a written text; what is spoken already stays as it is."""
    text = tidy(text)
    code = primary(language)
    if code == "en":
        from audioed.scripting.normalize.en import FAMILIES

        return settled(FAMILIES, sayable(text))
    from audioed.scripting.normalize import others

    return others.language(code).spoken(sayable(text)) if code in known("numbers") else others.untouched(text)
