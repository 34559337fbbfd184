"""The rules by which a feed is judged before it replaces the one that is there."""

from audioed.linting import (
    channel,
    dates,
    document,
    enclosures,
    guids,
    links,
    notes,
    numbers,
    particulars,
    people,
    titles,
)

SHOW = (*channel.RULES, *links.RULES, *people.RULES, *particulars.RULES)
EPISODES = (*titles.RULES, *enclosures.RULES, *guids.RULES, *dates.RULES, *notes.RULES, *numbers.RULES)

GATE = tuple(rule for rule in (*document.RULES, *SHOW, *EPISODES) if rule.severity == "error")
"""
What a feed must fulfil then: all that settings and strangers' texts may break.

How the tags of Podcasting 2.0 are formed follows from our own code, and looking at it would take as long as all this.
"""
