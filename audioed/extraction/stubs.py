"""Pages that answer without an article: empty shells, error pages, paywalls, consent walls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audioed.languages import pattern
from audioed.model import Block
from audioed.textkey import word_count

BARE = 60
"""Words below which a text that stands on a page which talks like a stub is one; articles also mention cookies."""
NOTHING = 15
"""The same where the page's own sentences about cookies were cut before: what is left is a short article."""
TEASER = 250
"""Words below which a text that leads up to a paywall may be its teaser."""
SMALL = 500
"""Words of a page that holds little beside its message; elsewhere a dialog about cookies is only furniture."""
LOOKED_AT = 20_000
"""Characters of a page in which its message is looked for."""


@dataclass(frozen=True, slots=True)
class Stub:
    """A kind of page that has no article."""

    says: str
    """How it talks: its phrases in the languages' page.toml."""
    verdict: str
    """The rest of a sentence that begins with the page's name."""
    most: int = BARE
    """Words below which a text may be such a page's."""
    anywhere: bool = False
    """Whether the message tells beside a text as well, or only in place of one."""


SAVE = "save it from a browser as HTML and name the file"
STUBS = (
    Stub("subscribers", f"is shown to subscribers only; {SAVE}", TEASER, anywhere=True),
    Stub("javascript", f"only shows its text with JavaScript; {SAVE}"),
    Stub("robots", f"asks for a human reader; {SAVE}"),
    Stub("errors", "is an error page; check the address"),
    Stub("cookies", f"asks for consent to cookies first; {SAVE}", NOTHING),
    Stub("login", f"asks for a login first; {SAVE}"),
)


def complaint(
    name: str, blocks: Sequence[Block], around: Iterable[str], *, closed: bool = False, lists: bool = False
) -> str:
    """
    One sentence on why this page gives no article, or nothing where it gives one.

    `around` is all of the page's text. `closed` is a page that says of itself
    that not everybody may read it (schema.org `isAccessibleForFree`); `lists` one that only leads to others.
    """
    page = " ".join(around)[:LOOKED_AT].replace("\u2019", "'")
    if not page.strip():
        return f"{name} holds no text; name a page or a file with running text."
    words = sum(word_count(block.text) for block in blocks)
    if closed and words < TEASER:
        return f"{name} {STUBS[0].verdict}."
    if lists:
        return f"{name} is a list of articles; name one of them, or the feed of the site."
    small = word_count(page) < SMALL
    for stub in STUBS:
        likely = words < stub.most and (stub.anywhere or small or not words)
        if likely and pattern(f"stubs.{stub.says}", r"(?<!\w)PHRASES").search(page):
            return f"{name} {stub.verdict}."
    return "" if blocks else f"{name} holds no article; check the address, or name a page with running text."
