"""Every rule for a published show, in the order in which they are told."""

from audioed.linting import (
    channel,
    chapters,
    dates,
    document,
    enclosures,
    files,
    guids,
    links,
    notes,
    numbers,
    particulars,
    people,
    podcast,
    published,
    server,
    titles,
    transcripts,
)

SHOW = (*channel.RULES, *links.RULES, *people.RULES, *particulars.RULES)
EPISODES = (*titles.RULES, *enclosures.RULES, *guids.RULES, *dates.RULES, *notes.RULES, *numbers.RULES)

RULES = (
    *document.RULES,
    *SHOW,
    *EPISODES,
    *chapters.RULES,
    *transcripts.RULES,
    *podcast.RULES,
    *files.RULES,
    *published.RULES,
    *server.RULES,
)
"""A new one is a function and a row in one of these modules, and two examples in tests/data/linting/rules.toml."""
GATE = tuple(rule for rule in (*document.RULES, *SHOW, *EPISODES) if rule.severity == "error")
"""
What a feed must fulfil before it replaces the one that is there: all that settings and strangers' texts may break.

How the tags of Podcasting 2.0 are formed follows from our own code, and looking at it would take as long as all this.
"""
