"""
A web page as an article: which of its rows are the text, and which stand around it.

Trafilatura decides where the text is; it knows thousands of sites. Its own
output loses lists, headings and links here and there, so the text is read
again from the page: what stands in the same place and has nothing against it
is part of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import Any

from audioed.config import Extraction, SiteRules
from audioed.errors import ExtractionError
from audioed.extraction import (
    clean,
    dom,
    interviews,
    language,
    links,
    metadata,
    overviews,
    quotes,
    sites,
    statements,
    structured,
    suspicion,
    tree,
)
from audioed.extraction.stubs import complaint
from audioed.kinds import BLOCKS
from audioed.model import Article, Block, Cut, Page
from audioed.textkey import folded, word_count

MOST_ELEMENTS, MOST_ANCESTORS = 6_000, 300_000
"""
Of a page, and of all its elements together, up to which trafilatura is asked: its time grows with the square of both.
The largest of 220 real pages have 3,200 and 53,000.
"""
MOST_NODES, MOST_ROWS, MOST_TEXT = 100_000, 20_000, 2_000_000
"""Elements of a page, pieces of text on it, and their characters: beyond this it is a book or a database."""
MOST_MARKUP = 500_000
"""Angle brackets and equals signs of a page of which a tree is made at all; six million elements take a gigabyte."""
NEARLY_ALL = 0.9
"""Share of the text that its container holds; the rest is a lead or a note that stands apart."""
WAITING = "furniture?"
CERTAIN = frozenset(
    {
        "caption",
        "code",
        "comments",
        "cookies",
        "form",
        "navigation",
        "related",
        "share",
        "footnotes",
        "contents",
        "author",
        "sign-up",
    }
)
"""Rules of the markup that hold even where trafilatura kept the row."""
A_GOOD_PART = 0.2
"""Share of the text in `main` from which `main` is where the text is."""
ASIDE = frozenset({"sidebar", "aside"})
"""Rules of the markup that hold for a kept row that is a link: a list of other pages beside the text."""
MOSTLY = 0.5
"""Share of a row that is a link from which it is one, rather than a sentence with a link in it."""
NEAR = 12
"""Rows between a title and the text at most: lead, day, author, share buttons."""
RUN = 3
"""Such sentences in one element that make it a part of the article."""


def read(page: Page, config: Extraction) -> Article:
    """The article on this page; ExtractionError where it has none."""
    if page.text.count("<") + page.text.count("=") > MOST_MARKUP:
        raise _too_long(page)
    root = dom.parsed(page.text, page.url)
    if sum(1 for _ in root.iter()) > MOST_NODES:
        raise _too_long(page)
    address = statements.address(root, page.url)
    rules = sites.rules_for(address, config.sites) or SiteRules()
    sites.marked(root, rules)
    data = structured.objects(root)
    structured.supply(root, data)
    spoken = structured.speakable(root, data)
    for element in spoken:
        element.set(suspicion.CONTROL, element.get(suspicion.CONTROL) or "body")
    rows = list(islice(dom.rows(root, address or page.url), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS or sum(len(row.text) for row in rows) > MOST_TEXT:
        raise _too_long(page)
    rows = interviews.of_rows(quotes.of_rows(rows))
    body, guess = _body(root)
    about = metadata.read(root, rows, page.url, data, guess)
    about = replace(about, title=sites.title(root, rules) or about.title)
    kept = _within_main(rows, _kept(rows, body), root)
    own = root.xpath(f"//*[@{suspicion.CONTROL}='article']")
    whole = sites.found(root, rules.body, "body") if rules.body else own or _most(spoken, rows, kept)
    if whole:
        inside = _inside(whole)
        kept = [row.element in inside for row in rows]
    if config.code == "read":
        rows = [replace(row, suspicions=tuple(each for each in row.suspicions if each[1] != "code")) for row in rows]
    certain = CERTAIN | {"table"} if config.tables == "cut" else CERTAIN
    title = "" if whole else about.title  # who says where the text is means no lead
    verdicts, outside = _verdicts(rows, kept, title, certain)
    blocks, cuts = clean.sort(clean.without_biography(verdicts, about.byline), about.title, flat=False)
    spoken_in = language.settled(about.language, " ".join(block.text for block in blocks))
    blocks = tuple(_in_their_language(blocks, rows, language.elsewhere(root, spoken_in)))
    lists = not whole and overviews.is_overview(root, page.url, data, blocks)
    around = [row.text for row in rows]
    sentence = complaint(page.url, blocks, around, closed=structured.is_closed(data), lists=lists)
    if sentence:
        raise ExtractionError(sentence, name=page.url)
    return Article(
        title=about.title,
        byline=about.byline,
        published=about.published,
        updated=about.updated,
        site=about.site,
        section=about.section,
        tags=about.tags,
        summary=about.summary,
        language=spoken_in,
        url=address,
        name=page.url,
        alias=statements.alias(root, page.url),
        image=about.image,
        image_alt=about.image_alt,
        blocks=blocks,
        cuts=(
            *(cut for cut in outside if not cut.at),
            *cuts,
            *(replace(cut, at=len(blocks)) for cut in outside if cut.at),
        ),
    )


def _in_their_language(
    blocks: Sequence[Block], rows: Sequence[dom.Row], tongues: Mapping[dom.Element, str]
) -> Iterator[Block]:
    """The blocks, those in another language than the article's marked so, and in the others what they quote of one."""
    other = {row.text: tongues[row.element] for row in rows if row.element in tongues} if tongues else {}
    spans = language.spans({row.element for row in rows}, tongues) if tongues else {}
    within = {row.text: spans[row.element] for row in rows if row.element in spans}
    for block in blocks:
        if block.text in other:
            yield replace(block, language=other[block.text])
        else:
            quoted = tuple(pair for pair in within.get(block.text, ()) if pair[0] in block.text)
            yield replace(block, spans=quoted) if quoted else block


def _too_long(page: Page) -> ExtractionError:
    return ExtractionError(f"{page.url} holds as much as a book; name a page with one article.", name=page.url)


def _kept(rows: Sequence[dom.Row], text: str) -> list[bool]:
    """Whether each row is part of the text that trafilatura found, or, where it finds none, looks like prose."""
    if not text:
        prose = [_is_prose(row) for row in rows]
        shares = _shares(rows, prose)  # an element that was never closed holds the page, whatever it is called
        return [
            likely and all(shares[each] >= suspicion.WHOLE for each, _ in row.suspicions)
            for row, likely in zip(rows, prose, strict=True)
        ]
    told = {folded(line) for line in text.splitlines()}
    running = f" {folded(text)} "
    answers = []
    for row in rows:
        words = folded(row.text)
        answers.append(words in told or (words.count(" ") > 2 and f" {words} " in running))  # noqa: PLR2004
    return answers


def _within_main(rows: Sequence[dom.Row], kept: Sequence[bool], root: dom.Element) -> Sequence[bool]:
    """
    The same, but nothing outside the page's `main` element where that holds a good part of the text.

    HTML gives a page one `main`, for what it is about (HTML standard, 4.4.14);
    pages that use it for something else put hardly any of the text into it.
    """
    (main, *others) = root.xpath("//main | //*[@role='main']") or (None,)
    if main is None or others or _shares(rows, kept).get(main, 0.0) < A_GOOD_PART:
        return kept
    inside = _inside([main])
    return [keep and row.element in inside for row, keep in zip(rows, kept, strict=True)]


def _most(spoken: Sequence[dom.Element], rows: Sequence[dom.Row], kept: Sequence[bool]) -> Sequence[dom.Element]:
    """What the page calls speakable where that is the article; often it is only a title and a summary."""
    shares = _shares(rows, kept) if spoken else {}
    return spoken if sum(shares.get(each, 0.0) for each in spoken) >= MOSTLY else ()


def _body(root: dom.Element) -> tuple[str, metadata.Guess]:
    """
    What trafilatura takes for the text, its author and its day.

    Nothing where it finds none or the page is too large for it. Its latest
    day is far off, so that the day it finds does not hang on today.
    """
    from trafilatura import bare_extraction

    if _is_too_large(root):
        return "", metadata.Guess()
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    document: Any = bare_extraction(
        tree.heard(root), include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    if document is None:
        return "", metadata.Guess()
    return document.text or "", metadata.Guess(document.author or "", document.date or "")


def _is_too_large(root: dom.Element) -> bool:
    """Whether trafilatura would take seconds for this page: it has many elements, or they stand deep in each other."""
    depths: dict[dom.Element | None, int] = {}
    ancestors = 0
    for element in root.iter():
        depths[element] = depths.get(element.getparent(), -1) + 1
        ancestors += depths[element]
    return len(depths) > MOST_ELEMENTS or ancestors > MOST_ANCESTORS


def _verdicts(
    rows: Sequence[dom.Row], kept: Sequence[bool], title: str, certain: AbstractSet[str]
) -> tuple[list[clean.Verdict], list[Cut]]:
    """The rows of the text and those between them, each with the rule that its place gives away; and all others."""
    shares = _shares(rows, kept)
    inside = _inside(_region(shares))
    beside = _beside(rows, kept, inside)
    first = next((i for i, keep in enumerate(kept) if keep), len(rows))
    last = len(rows) - next((i for i, keep in enumerate(reversed(kept)) if keep), len(rows))
    lead = _lead(rows, first, title)
    linked = links.links(rows, beside)
    verdicts: list[clean.Verdict] = []
    outside: list[Cut] = []
    for i, (row, keep) in enumerate(zip(rows, kept, strict=True)):
        if not keep and not row.reading and not (i in lead or row.element in inside):
            rule = _rule(row, shares, certain, keep=False) or "outside"
            at = 0 if i < first else len(rows)
            outside += [Cut(text=text, rule=each, at=at) for text, each in (*row.silenced, (row.text, rule))]
            continue
        rule = _rule(row, shares, certain, keep=keep) or linked.get(i, "")
        offered = rule == "sign-up" and _is_prose(row)  # who asks in whole sentences is heard; a bare form is not
        listed = rule == links.LISTED
        tabled = rule == "table" and rule not in certain and first < i < last and row.linked < MOSTLY
        wished = bool(row.reading) and rule not in suspicion.SKIPS.values()
        rule = "" if offered or listed or tabled or wished else rule
        sibling = row.element.getparent() in beside
        asked = keep or offered or listed or tabled or wished
        if not rule and not asked and not _belongs(row, sibling=sibling, between=first < i < last or i in lead):
            heads = row.kind == "heading" and sibling and not row.suspicions
            rule = WAITING if heads else "furniture"
        verdicts.append(clean.Verdict(_block(row, listed=listed, offered=offered), rule, row.silenced))
    return _with_heads(verdicts), outside


def _beside(
    rows: Sequence[dom.Row], kept: Sequence[bool], inside: AbstractSet[dom.Element]
) -> AbstractSet[dom.Element]:
    """What holds kept rows, and what holds a run of prose in their region that trafilatura passed over."""
    passed = Counter(
        row.element.getparent()
        for row, keep in zip(rows, kept, strict=True)
        if not keep and _is_long_prose(row) and row.element in inside
    )
    found = {row.element.getparent() for row, keep in zip(rows, kept, strict=True) if keep}
    found |= {parent for parent, prose in passed.items() if prose >= RUN}
    return {each for each in found if each is not None}


def _block(row: dom.Row, *, listed: bool, offered: bool) -> Block:
    kind, reading = "item" if listed else row.kind, "promo" if offered and not row.reading else row.reading
    return replace(row.block, kind=kind, reading=reading)


def _with_heads(verdicts: Sequence[clean.Verdict]) -> list[clean.Verdict]:
    """A heading that stands where the text does belongs to it when what follows does."""
    settled: list[clean.Verdict] = []
    for verdict in reversed(verdicts):
        followed = bool(settled) and not settled[-1].rule and settled[-1].block.kind != "heading"
        rule = ("" if followed else "furniture") if verdict.rule == WAITING else verdict.rule
        settled.append(replace(verdict, rule=rule))
    return settled[::-1]


def _shares(rows: Sequence[dom.Row], kept: Sequence[bool]) -> Mapping[dom.Element, float]:
    """How much of the kept text stands in each element, 0 to 1."""
    weights: Counter[dom.Element | None] = Counter()
    for row, keep in zip(rows, kept, strict=True):
        if keep:
            weights[row.element] += len(row.text)
    total = max(1, weights.total())
    page = rows[0].element.getroottree().getroot().iter() if weights else ()
    for element in reversed(list(page)):  # each before its parent, so that one pass is enough however deep they stand
        if weights[element]:
            weights[element.getparent()] += weights[element]
    return {element: weight / total for element, weight in weights.items() if weight and element is not None}


def _region(shares: Mapping[dom.Element, float]) -> Sequence[dom.Element]:
    """The smallest element that holds nearly all of the text; none where there is no text."""
    large = [element for element, share in shares.items() if share >= NEARLY_ALL]  # one in the other, like a nest
    return [max(large, key=lambda element: sum(1 for _ in element.iterancestors()))] if large else []


def _inside(regions: Iterable[dom.Element]) -> AbstractSet[dom.Element]:
    """These elements and all that stands in them."""
    return {element for region in regions for element in region.iter()}


def _rule(row: dom.Row, shares: Mapping[dom.Element, float], certain: AbstractSet[str], *, keep: bool) -> str:
    """The rule of the innermost element around a row that is suspected and is not the text itself."""
    if row.wished:
        return row.wished
    for element, rule in reversed(row.suspicions):
        if shares.get(element, 0.0) >= suspicion.WHOLE:
            continue
        if rule == "table" and keep and rule not in certain:
            continue
        if not keep or rule in certain or (rule in ASIDE and row.linked >= links.LINK_LINE):
            return rule
    return ""


def _belongs(row: dom.Row, *, sibling: bool, between: bool) -> bool:
    """Whether a row that trafilatura passed over is text: seen from what it kept, and from what the row is."""
    if between and row.linked < MOSTLY:
        return _is_prose(row) or not BLOCKS[row.kind].plain
    if _is_long_prose(row):
        return True
    return sibling and (_is_prose(row) or BLOCKS[row.kind].listed or BLOCKS[row.kind].quoted)


def _lead(rows: Sequence[dom.Row], first: int, title: str) -> range:
    """The rows between the title and the text: where the page's head holds the lead."""
    wanted = folded(title)
    heads = [i for i in range(first) if wanted and folded(rows[i].text) == wanted]
    start = heads[-1] + 1 if heads and first - heads[-1] <= NEAR else first
    return range(start, first)


def _is_long_prose(row: dom.Row) -> bool:
    return not row.suspicions and word_count(row.text) >= links.LONG_PROSE and _is_prose(row)


def _is_prose(row: dom.Row) -> bool:
    """Whether a row is a sentence of some length, and not a link."""
    words = row.text.split()
    return len(words) >= 8 and row.linked < MOSTLY and bool(re.search(r"[.!?:…][\"'”’)\]]*$", row.text))  # noqa: PLR2004
