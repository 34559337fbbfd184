"""
From the written to the spoken form: what a reader would say for the text before them.

Each family of constructions has its own file, tables first. The order below is
the whole grammar between them: a date is claimed before its digits are numbers,
and signs are read when no price or measure needs them any more.
"""

from audioed.scripting.normalize import abbreviations, dates, money, numbers, symbols, units

_ENGLISH = (
    symbols.figures,
    symbols.addresses,
    dates.spoken,
    money.spoken,
    numbers.magnitudes,
    units.spoken,
    abbreviations.spoken,
    numbers.spoken,
    symbols.pauses,
    symbols.signs,
    symbols.stops,
)
"""From the most particular to the most general."""
_OTHERS = (symbols.shorten_urls, symbols.tidy)
"""Right in every language; other voices know their own numbers better than we do."""
_ROUNDS = 4
"""More than any text needs to settle; taking a sign away can bring two others together."""


def normalize(text: str, language: str = "en") -> str:
    """The spoken form of a written text; what is spoken already stays as it is."""
    families = _ENGLISH if language.partition("-")[0].lower() == "en" else _OTHERS
    text = symbols.tidy(text)
    for _ in range(_ROUNDS):
        settled = text
        for family in families:
            settled = family(settled)
        if settled == text:
            break
        text = settled
    return text
