"""The article of what a source announces: what its feed carries, or its page where that has more."""

from dataclasses import replace
from typing import TYPE_CHECKING

from audioed.addresses import without_user
from audioed.candidates import Candidate
from audioed.errors import ExtractionError, Withheld
from audioed.model import Article
from audioed.nightly.asking import Night
from audioed.patience import is_lasting
from audioed.textkey import word_count, words

if TYPE_CHECKING:
    from audioed.extraction.announced import Entry
    from audioed.model import Page

MORE = 1.2
"""How many times the words of a feed's entry its page must have to be read instead; pages also hold some furniture."""
ALONE = 60
"""Words of a feed's entry from which it can do without a page that gives no article; an excerpt of WordPress has 55."""

TELLING = 3
"""Words of a feed's title from which it tells what an article is about; "Issue 45" does not."""


def address(candidate: Candidate, night: Night) -> str:
    """The page without which a candidate cannot be read; empty where no server is asked for it."""
    text = night.wanted(candidate).text
    if candidate.entry and text == "feed":
        return ""
    return candidate.entry.url if candidate.entry and text == "page" else candidate.address


def article(candidate: Candidate, night: Night) -> Article:
    """The article of a candidate; ExtractionError when it gives none."""
    if candidate.path:
        found = night.article(candidate, candidate.path)
    elif candidate.entry and night.wanted(candidate).text == "feed" and not candidate.entry.page:
        raise _no_text(candidate)
    elif candidate.entry and candidate.entry.page:
        found = _fuller(candidate, candidate.entry, candidate.entry.page, night)
    else:
        found = night.article(candidate, night.linked(candidate))
    if candidate.entry:
        entry = candidate.entry
        published, url = found.published or entry.published, found.url or entry.url
        site = found.site or entry.site
        found = replace(found, title=_title(found, entry), published=published, url=url, site=site)
    return replace(found, name=without_user(candidate.name))


def _title(found: Article, entry: "Entry") -> str:
    """
    The article's own title; the feed's where the page's has none of its words.

    What stands largest on a page may be the name of a series, and what a publisher calls an article stands in its feed.
    A feed that only numbers its issues says less than any page.
    """
    told = words(entry.title)
    says_much = len(told) >= TELLING and entry.title != entry.url
    return entry.title if says_much and not set(told) & set(words(found.title)) else found.title


def _fuller(candidate: Candidate, entry: "Entry", carried: "Page", night: Night) -> Article:
    """
    What the feed carries of an article, or its page where that has clearly more.

    Without a page, a listener wants to hear what is an article by itself: no
    text that ends in "Read more", and no summary of a page that may be there
    again tomorrow. The show may want the text of the feed, or of the page,
    whatever the other has.
    """
    text = night.wanted(candidate).text
    if text == "page" and entry.url:
        return night.article(candidate, night.linked(candidate))
    inside = _inside(candidate, carried, night)
    if text == "feed":
        return _raised(inside)
    linked = _linked(candidate, entry, night)
    if isinstance(linked, Withheld):
        raise linked
    if isinstance(linked, Article):
        more = isinstance(inside, ExtractionError) or entry.cut or _words(linked) > MORE * _words(inside)
        return linked if more else _raised(inside)
    if entry.cut or (entry.url and not entry.whole and not _stands_alone(inside, linked)):
        raise linked
    return _raised(inside)


def _inside(candidate: Candidate, carried: "Page", night: Night) -> Article | ExtractionError:
    """The article that a feed carries, or why it is none."""
    try:
        return night.article(candidate, carried)
    except ExtractionError as error:
        return error


def _linked(candidate: Candidate, entry: "Entry", night: Night) -> Article | ExtractionError:
    """The article on the page of an entry, or why there is none."""
    if not entry.url or (entry.whole and not night.visits.may_visit(candidate.key, entry.url)):
        return _no_page(entry)
    try:
        found = night.article(candidate, night.linked(candidate))
    except ExtractionError as error:
        if entry.whole:  # what else fails is counted with its article
            night.visits.host_failed(entry.url, error)
        return error
    if entry.whole:
        night.visits.host_answered(entry.url)
    return found


def _raised(found: Article | ExtractionError) -> Article:
    if isinstance(found, ExtractionError):
        raise found
    return found


def _no_page(entry: "Entry") -> ExtractionError:
    return ExtractionError(
        f"{entry.title}: its feed has only the beginning and no link to the rest; look for it on the site.",
        name=entry.title,
    )


def _no_text(candidate: Candidate) -> ExtractionError:
    return ExtractionError(
        f'{candidate.name}: its feed carries no text; set text = "fuller" for this source in [nightly.sources].',
        name=candidate.name,
    )


def _stands_alone(inside: Article | ExtractionError, why: ExtractionError) -> bool:
    """Whether a short text may be heard although its page gives no article, for this reason and for good."""
    return isinstance(inside, Article) and is_lasting(why) and _words(inside) >= ALONE


def _words(article: Article) -> int:
    return sum(word_count(block.text) for block in article.blocks)
