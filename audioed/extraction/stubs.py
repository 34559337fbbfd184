"""Pages that answer without an article: empty shells, error pages, paywalls, consent walls."""

import re
from collections.abc import Sequence

from audioed.model import Block

LITTLE = 120
"""Words below which a text that talks like a stub is one; articles also mention cookies and JavaScript."""
SIGNS = (
    (
        (
            r"(?:enable|activate|turn on|requires?|aktivier\w*) (?:\w+ ){0,3}java ?script|javascript "
            "(?:is|ist) (?:dis|deaktiviert)"
        ),
        "only shows its text with JavaScript; save it from a browser as HTML and name the file",
    ),
    (
        (
            "verify (?:that )?you(?:'re| are) (?:a )?human|checking your browser|unusual traffic|are you "
            "a robot|captcha|access denied|attention required"
        ),
        "asks for a human reader; save it from a browser as HTML and name the file",
    ),
    (
        (
            r"(?:subscribe|sign in|log in|register|become a member|create a free account)\b.{0,60}\b(?:to "
            "(?:continue|read|keep|unlock)|for (?:full )?access)|already a (?:subscriber|member)|(?:this"
            "|the) (?:article|post|story|content|page) is (?:only )?(?:for|available to|reserved "
            r"for)\b.{0,30}(?:subscribers|members)|(?:nur )?für abonnenten|jetzt weiterlesen"
        ),
        "is shown to subscribers only; save it from a browser as HTML and name the file",
    ),
    (
        (
            "(?:page|article|site) (?:you (?:requested|are looking for) )?(?:was |could |can |is |does "
            r")?(?:not be found|not found|not exist|no longer)|\b404\b|seite (?:wurde )?nicht gefunden"
            "|something went wrong|internal server error|bad gateway|service unavailable"
        ),
        "is an error page; check the address",
    ),
    (
        (
            r"(?:we|our partners|and our).{0,60}\b(?:cookies|personal data)\b|accept (?:all )?cookies"
            "|before you continue|cookies? consent"
        ),
        "asks for consent to cookies first; save it from a browser as HTML and name the file",
    ),
)


def complaint(name: str, blocks: Sequence[Block], around: Sequence[str]) -> str:
    """One sentence on why this page gives no article, or nothing where it gives one."""
    if not any(text.strip() for text in around):
        return f"{name} holds no text; check the address."
    words = sum(len(block.text.split()) for block in blocks)
    if words >= LITTLE:
        return ""
    page = " ".join(around)[:20_000].lower().replace("\u2019", "'")
    short = len(page.split()) < 4 * LITTLE
    for sign, verdict in SIGNS:
        if (short or not words) and re.search(sign, page):
            return f"{name} {verdict}."
    return "" if blocks else f"{name} holds no article; check the address, or name a page with running text."
