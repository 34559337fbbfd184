"""Every rule for a published show, in the order in which they are told."""

from audioed.linting import chapters, document, files, podcast, published, server, transcripts
from audioed.linting.gate import EPISODES, SHOW

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
