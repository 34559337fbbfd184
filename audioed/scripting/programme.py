"""The articles of an edition in the order they are read, section by section, and what is said between them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audioed.model import Article, Segment
from audioed.scripting import rundown
from audioed.scripting.furniture import Sayings, imprint, sayings
from audioed.scripting.lexicon import with_own
from audioed.scripting.notices import with_notices
from audioed.scripting.sections import section_of
from audioed.wording import regional

if TYPE_CHECKING:
    from audioed.scripting import Lexicons


def read(
    articles: Sequence[Article], own: Sayings, said: rundown.Saying, lexicons: "Lexicons", *, alone: bool
) -> Iterator[Segment]:
    """The segments of these articles; the intro of a section before its first, else a transition."""
    before, sections = "", 0
    for place, article in enumerate(articles):
        section = "" if alone else section_of(article, own.own.sections)
        if new := section if section != before else "":
            yield rundown.section(new, sections, own, said)
            sections += 1
        before = section
        told = with_notices(article) if own.own.notices else article
        language = regional(article.language, own.home)
        saying = rundown.Saying(article.language, with_own(lexicons(article.language), article.lexicon))
        behind = imprint(article, sayings(own.edition, own.own, language, own.home), alone=alone)
        if alone:
            behind = (*behind, rundown.disclosure(own))
        other = language if language != said.language else ""
        parts = [rundown.in_voice(each, article.voice, other) for each in rundown.reading(told, saying, behind=behind)]
        parts[0] = rundown.led(parts[0], own.before(article, place, len(articles), new), said)
        yield from (*parts[:-1], rundown.ending(parts[-1], "article"))
