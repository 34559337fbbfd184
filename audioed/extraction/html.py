"""
A web page as an article: which of its rows are the text, and which stand around it.

What the author, the show or the markup says of a row goes first; of all
others the judge thinks, with what trafilatura takes for the text before it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from audioed.config import Extraction, SiteRules
from audioed.errors import ExtractionError
from audioed.extraction import (
    boxes,
    clean,
    datelines,
    dom,
    interviews,
    judge,
    language,
    leads,
    lines,
    metadata,
    neighbours,
    overviews,
    quotes,
    saved,
    sisters,
    sites,
    sponsors,
    statements,
    structured,
    suspicion,
    tree,
)
from audioed.extraction.contents import LINK_LINE, contents
from audioed.extraction.judge import Opinion
from audioed.extraction.stubs import complaint
from audioed.kinds import BLOCKS
from audioed.model import Article, Block, Page
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
POSTS = frozenset({"twitter-tweet", "fb-xfbml-parse-ignore"})
"""What networks call a post of theirs that an article shows: what it says is a part of that."""
CERTAIN = frozenset({"caption", "code", "comments", "cookies", "footnotes", "form", "navigation", "related", "share"})
"""Rules of the markup that hold even in what somebody calls the article."""
BAR = 3
"""Sites to which a row of links leads at least."""
DATES: dict[str, Any] = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""How days are looked for: the first one, up to one that is far off, so that what is found does not hang on today."""
A_GOOD_PART = 0.2
"""Share of the text in `main` from which `main` is where the text is."""


def read(page: Page, config: Extraction) -> Article:
    """The article on this page; ExtractionError where it has none."""
    if page.text.count("<") + page.text.count("=") > MOST_MARKUP:
        raise _too_long(page)
    root = dom.parsed(page.text, page.url)
    nodes = list(root.iter())  # held until the end, because lxml makes those that nobody holds anew at each visit
    if len(nodes) > MOST_NODES:
        raise _too_long(page)
    came_from = statements.http(page.url) or saved.address(page.text) or page.url
    address = statements.address(root, came_from)
    rules = sites.rules_for(address, config.sites) or SiteRules()
    sites.marked(root, rules)
    data = structured.objects(root)
    structured.supply(root, data)
    spoken = structured.speakable(root, data)
    _posts(root)
    for element in spoken:
        element.set(suspicion.CONTROL, element.get(suspicion.CONTROL) or "body")
    rows = list(islice(dom.rows(root, address or came_from), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS or sum(len(row.text) for row in rows) > MOST_TEXT:
        raise _too_long(page)
    rows = interviews.of_rows(quotes.of_rows(rows))
    body, guess = _body(root, rows)
    about = metadata.read(root, rows, came_from, data, guess)
    about = replace(about, title=sites.title(root, rules) or about.title)
    kept = _kept(rows, body)
    own = [each for each in nodes if each.get(suspicion.CONTROL) == "article"]
    whole = sites.found(root, rules.body, "body") if rules.body else own
    opinions = judge.opinions(rows, kept, about.title, address or came_from, about.sites)
    beside = neighbours.settled(rows, opinions, address or came_from)
    judged = sponsors.settled(rows, sisters.settled(rows, leads.settled(rows, beside, about)))
    if not whole:
        judged = _within(rows, judged, _most(spoken, rows, kept) or _main(root, rows, judged))
    inside = {element for each in whole for element in each.iter()} if whole else None
    listed = contents(rows)
    judged = [replace(each, rule="contents") if i in listed else each for i, each in enumerate(judged)]
    told = [_verdict(row, each, config, inside) for row, each in zip(rows, judged, strict=True)]
    verdicts = datelines.without(boxes.boxed(rows, told), (about.published, about.updated), about.language)
    blocks, cuts = clean.sort(clean.without_biography(verdicts, about.byline), about.title, flat=False)
    spoken_in = language.settled(about.language, " ".join(block.text for block in blocks))
    blocks = tuple(_in_their_language(blocks, rows, language.elsewhere(root, spoken_in), spoken_in))
    lists = not whole and overviews.is_overview(root, came_from, data, blocks)
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
        alias=statements.alias(root, came_from),
        image=about.image,
        image_alt=about.image_alt,
        blocks=blocks,
        cuts=cuts,
    )


def _posts(root: dom.Element) -> None:
    """What a post of a network says is a part of the article that shows it; the day and hour below it is none."""
    for post in root.iterfind(".//blockquote[@class]"):
        names = {*(post.get("class") or "").split()}
        if names.isdisjoint({*POSTS, "bluesky-embed"}):
            continue
        if links := post.findall("a"):
            tree.silence(links[-1], "byline")
        for element in post.findall("p") if names & POSTS else ():
            element.set(suspicion.CONTROL, element.get(suspicion.CONTROL) or "body")


def _in_their_language(
    blocks: Sequence[Block], rows: Sequence[dom.Row], tongues: Mapping[dom.Element, str], own: str
) -> Iterator[Block]:
    """The blocks, those in another language than the article's marked so, and in the others what they quote of one."""
    other = {row.text: tongues[row.element] for row in rows if row.element in tongues} if tongues else {}
    other = {text: language.of_block(text, tag, own) for text, tag in other.items()}
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
    folded_lines = [folded(line) for line in text.splitlines()]
    told = frozenset(folded_lines)
    running = f" {' '.join(filter(None, folded_lines))} "
    answers = []
    for row in rows:
        words = folded(row.text)
        answers.append(words in told or (words.count(" ") > 2 and f" {words} " in running))  # noqa: PLR2004
    return answers


def _within(rows: Sequence[dom.Row], opinions: list[Opinion], holders: Sequence[dom.Element]) -> list[Opinion]:
    """The same, but nothing outside of what holds the text, where something is known to."""
    inside = {element for each in holders for element in each.iter()}
    return [
        each if not inside or row.element in inside or each.rule else replace(each, rule="outside")
        for row, each in zip(rows, opinions, strict=True)
    ]


def _main(root: dom.Element, rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> Sequence[dom.Element]:
    """
    The page's `main` element where that holds a good part of the text.

    HTML gives a page one `main`, for what it is about (HTML standard, 4.4.14);
    pages that use it for something else put hardly any of the text into it.
    On 170 labelled pages 1 of 17,163 rows outside of it is read.
    """
    mains = root.xpath("descendant-or-self::*[self::main or @role='main']")
    shares = _shares(rows, [not each.rule for each in opinions]) if len(mains) == 1 else {}
    return mains if sum(shares.get(each, 0.0) for each in mains) >= A_GOOD_PART else ()


def _most(spoken: Sequence[dom.Element], rows: Sequence[dom.Row], kept: Sequence[bool]) -> Sequence[dom.Element]:
    """What the page calls speakable where that is the article; often it is only a title and a summary."""
    shares = _shares(rows, kept) if spoken else {}
    return spoken if sum(shares.get(each, 0.0) for each in spoken) >= neighbours.MOSTLY else ()


def _body(root: dom.Element, rows: Sequence[dom.Row]) -> tuple[str, metadata.Guess]:
    """What trafilatura takes for the text, its author and its day; nothing where it finds none or would take long."""
    from trafilatura import bare_extraction

    if _is_too_large(root):
        return "", metadata.Guess()
    asked = partial(bare_extraction, root, include_comments=False, prune_xpath=f"//*[@{tree.CUT}]")
    document: Any = asked(fast=True)
    if document is None or _is_doubtful(document, sum(len(row.text) for row in rows)):
        document = asked()
    if document is None:
        return "", metadata.Guess()
    page = cache(lambda: tree.heard(root))
    return document.text or "", metadata.Guess(lambda: _author(page()), lambda: _day(page()))


def _is_doubtful(document: Any, whole: int) -> bool:
    """
    Whether trafilatura, if it asks two other extractors, may take another text of a page of so many characters.

    It does where one of them finds twice as much, or where its own text has no paragraphs, or only one of all.
    """
    text, body = document.text or "", document.body
    paragraphs = len(body.findall(".//p"))
    return whole > 2 * len(text) or paragraphs <= 1 or len(body.findall(".//table")) > paragraphs


def _author(page: dom.Element) -> str:
    """Whom trafilatura finds on a page."""
    from trafilatura.metadata import extract_metadata

    try:
        return extract_metadata(page, date_config=DATES).author or ""
    except (TypeError, ValueError):  # which it passes over itself where it is asked for the text, too
        return ""


def _day(page: dom.Element) -> str:
    """The day that trafilatura finds on a page, as it does beside all else that a page says."""
    from htmldate import find_date
    from trafilatura.metadata import examine_meta, extract_url

    try:
        return find_date(page, **DATES, url=examine_meta(page).url or extract_url(page)) or ""
    except (TypeError, ValueError):
        return ""


def _is_too_large(root: dom.Element) -> bool:
    """Whether trafilatura would take seconds for this page: it has many elements, or they stand deep in each other."""
    depths: dict[dom.Element | None, int] = {}
    ancestors = 0
    for element in root.iter():
        depths[element] = depths.get(element.getparent(), -1) + 1
        ancestors += depths[element]
    return len(depths) > MOST_ELEMENTS or ancestors > MOST_ANCESTORS


def _verdict(
    row: dom.Row, opinion: Opinion, config: Extraction, inside: AbstractSet[dom.Element] | None
) -> clean.Verdict:
    """What becomes of a row: as its author says, or the show, and where neither does, as the judge thinks."""
    names = [rule for element, rule in row.suspicions if inside is None or element in inside]
    reading = row.reading or opinion.reading
    listed = reading == "headlines" and not row.reading
    block = row.block_of("item" if listed else row.kind, reading)
    fact = _fact(row, names, config)
    if fact is not None:
        return clean.Verdict(block, fact, row.silenced)
    if inside is not None and row.element in inside and (rule := lines.rule_of(row)):
        return clean.Verdict(block, rule, row.silenced)
    if inside is not None:
        rule = "outside" if row.element not in inside else next((each for each in names if each in CERTAIN), "")
        return clean.Verdict(block, rule, row.silenced)
    if rule := lines.rule_of(row):
        return clean.Verdict(block, rule, row.silenced)
    elsewhere = BLOCKS[block.kind].plain and row.linked >= LINK_LINE and word_count(row.text) <= neighbours.CALL
    elsewhere = elsewhere or _is_bar(row)
    named = next((each for each in reversed(names) if each != "table"), opinion.rule)
    if opinion.rule in neighbours.FACTS or (elsewhere and not opinion.rule):
        return clean.Verdict(block, opinion.rule or "related", row.silenced)
    rule = named if opinion.rule else ""
    return clean.Verdict(block, rule, row.silenced, probability=round(1 - opinion.chance, 2), why=opinion.why)


def _is_bar(row: dom.Row) -> bool:
    """Whether a row is nothing but links to several other sites, side by side: those of friends, or of spam."""
    hosts = {urlsplit(link).netloc for link in row.links}
    return len(hosts) >= BAR and row.kind == "paragraph" and row.linked >= LINK_LINE


def _fact(row: dom.Row, names: Sequence[str], config: Extraction) -> str | None:
    """The rule that cuts a row, or nothing where it is read, if its author or the show says so; None where neither."""
    if row.wished:
        return row.wished
    if row.reading:
        return ""
    if "table" in names and config.tables == "cut":
        return "table"
    if names[-1:] == ["code"]:
        return ("" if config.code == "read" else "code") if set(names) <= {"code", "table"} else None
    return None


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


def _is_prose(row: dom.Row) -> bool:
    """Whether a row is a sentence of some length, and not a link."""
    words = row.text.split()
    return len(words) >= 8 and row.linked < neighbours.MOSTLY and bool(re.search(r"[.!?:…][\"'”’)\]]*$", row.text))  # noqa: PLR2004
