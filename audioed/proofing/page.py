"""What proofing found, as a page on which every place can be heard."""

from audioed.model import Episode, Seconds
from audioed.proofing.report import Proof
from audioed.templates import filled

AROUND: Seconds = 0.3
"""Played before and after a place."""
WORST = 20
"""Utterances shown for their words alone."""


def page(episode: Episode, found: Proof) -> str:
    """An HTML page that stands beside the recording; everything from outside is escaped, nothing else is loaded."""
    wrong = (each for each in found.utterances if each.errors)
    worst = sorted(wrong, key=lambda each: -each.errors / max(1, each.said))[:WORST]
    return filled("proof", episode=episode, found=found, worst=worst, around=AROUND)
