"""
English, as a reader says it: one family of constructions a file.

The order below is the whole grammar between them: a date is claimed before its
digits are numbers, and signs are read when no price or measure needs them any more.
"""

from audioed.scripting.normalize.en import (
    abbreviations,
    capitals,
    codes,
    commands,
    dates,
    doses,
    flying,
    formulas,
    glyphs,
    keys,
    links,
    magnitudes,
    money,
    music,
    notation,
    numbers,
    pauses,
    phones,
    places,
    roman,
    sections,
    sports,
    symbols,
    times,
    units,
    years,
)

FAMILIES = (
    commands.dictated,
    doses.spoken,
    capitals.spoken,
    music.spoken,
    glyphs.ratings,
    formulas.raised,
    glyphs.figures,
    notation.spaced,
    links.spoken,
    keys.spoken,
    phones.spoken,
    sections.spoken,
    flying.spoken,
    places.spoken,
    sports.spoken,
    formulas.spoken,
    times.spoken,
    dates.spoken,
    years.spoken,
    notation.signed,
    money.spoken,
    magnitudes.spoken,
    units.spoken,
    roman.spoken,
    abbreviations.spoken,
    codes.spoken,
    numbers.spoken,
    pauses.pauses,
    symbols.signs,
    pauses.stops,
)
"""From the most particular to the most general."""
