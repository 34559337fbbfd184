"""What stands beside a row speaks for it, or against it: a list, a question, a heading, a name, a box."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlsplit

from audioed.extraction import dom
from audioed.extraction.contents import LINK_LINE, leads_inward
from audioed.extraction.judge import Opinion
from audioed.extraction.tree import UNFOLDED, names_of, words_of
from audioed.kinds import BLOCKS
from audioed.languages import pattern
from audioed.textkey import folded, word_count

MOSTLY = 0.5
"""Share of a row that is a link from which it is one, rather than a sentence with a link in it."""
LONGEST_NAME = 12
"""Words of a line that names who says the quote above it: a name and an office."""
LINES_OF_NAME = 2
"""On which both may stand."""
FACTS = frozenset({"outside", "contents"})
"""Rules that a row's place in the page gives it, whatever the judge thinks."""
CALL = 6
"""Words of a line that is only a link and sends the reader elsewhere; on labelled pages 44 of 50 are not read."""
DOUBTED = 0.1
"""Chance of being read from which the judge is not certain against it."""
UNSURE = 0.25
"""The same, where what stands beside it speaks for it."""
FEW = 3
"""Words of a label such as "By the editors."."""
MOST_BOXES, NEAR = 200, 100
"""What unfolds on a page, and rows around one of these in which others of its text are looked for."""
ANSWERS = ".//*[@itemprop='acceptedAnswer']//*[@itemprop='text']"
"""Where a page says what answers its question best (schema.org, `acceptedAnswer`)."""
LABELLED = re.compile(r"(?P<label>[^\d:：.!?]{3,60})[:：]\s*(?P<rest>.{1,300})")
LABEL = 4
"""Words of a label before a link."""
LABELS = frozenset({"span", "strong", "b", "em", "small"})
"""What a label stands in that no colon parts from the link."""
CLOSE = 0.03
"""Share of a row by which its link may be longer or shorter than what stands behind the colon: a sign or two."""
POINTER = 30
"""Words of the longest line that only sends the reader elsewhere."""
CERTAIN = 0.88
"""Chance of being read from which one is read all the same."""
NEAREST = 4
"""Rows before such a list, and behind it, in which the text around it stands."""
PROSE = 12
"""Words of the shortest paragraph between which a list of links is none of the text."""
HEADLINE = 40
"""Words of the longest one."""
FEWEST = 3
"""Rows in a run that are headlines; fewer are read as a part of the text."""


def settled(rows: Sequence[dom.Row], opinions: Sequence[Opinion], address: str) -> list[Opinion]:
    """What the judge thinks of each row of the page at this address, with what the rows beside it say."""
    host = urlsplit(address).netloc
    at_home = _without_amid(rows, _without_labelled(rows, _without_pointers(rows, opinions), host), host)
    by_words = _named(rows, _alike(rows, _left(rows, at_home)))
    return _headed(rows, _unfolded(rows, _together(rows, _brought(rows, by_words))))


def _without_pointers(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """
    The same, but no line that only sends the reader elsewhere, "Read our review of the lamp", unless that is certain.

    Of labelled lines like that with such a chance 23 of 36 are not to be read, and the others say little.
    """
    elsewhere = pattern("hints.elsewhere", r"\W*PHRASES\b")
    return [
        replace(opinion, rule="related")
        if not opinion.rule
        and opinion.chance < CERTAIN
        and opinion.reading not in {"promo", "headlines"}
        and row.linked > 0
        and BLOCKS[row.kind].plain
        and word_count(row.text) <= POINTER
        and elsewhere.match(row.text)
        else opinion
        for row, opinion in zip(rows, opinions, strict=True)
    ]


def _without_labelled(rows: Sequence[dom.Row], opinions: list[Opinion], host: str) -> list[Opinion]:
    """
    The same, but no link to another page of the site with a label before it, and no lone paragraph that is one.

    Out of fold 16 of 17 links with a label that would be read are furniture, and six of six lone paragraphs.
    """
    plain = [
        not opinion.rule and not row.reading and not BLOCKS[row.kind].heads
        for row, opinion in zip(rows, opinions, strict=True)
    ]
    found = {i for i, row in enumerate(rows) if plain[i] and row.kind == "paragraph" and _leads_on(row, host)}
    gone = {i for i in found if found.isdisjoint({i - 1, i + 1})}
    gone |= {i for i, row in enumerate(rows) if plain[i] and _is_labelled(row, host)}
    return [replace(each, rule="related") if i in gone else each for i, each in enumerate(opinions)]


def _without_amid(rows: Sequence[dom.Row], opinions: list[Opinion], host: str) -> list[Opinion]:
    """
    The same, but no list of links to other pages of the site between two paragraphs of which none announces it.

    Twelve of twelve such items on labelled pages are furniture; below a heading or a colon they are the author's.
    """
    settled, i = list(opinions), 0
    for listed, group in groupby(rows, key=lambda row: row.kind == "item" and _is_own_link(row, host)):
        end = i + len(list(group))
        if listed and end > i + 1 and not any(row.reading for row in rows[i:end]):
            sides = (range(i - 1, max(-1, i - 1 - NEAREST), -1), range(end, min(len(rows), end + NEAREST)))
            nearest = [next((k for k in side if not opinions[k].rule), None) for side in sides]
            if all(k is not None and _is_prose(rows[k]) for k in nearest):
                settled[i:end] = [replace(each, rule="related") for each in settled[i:end]]
        i = end
    return settled


def _is_own_link(row: dom.Row, host: str) -> bool:
    """Whether a row is nothing but a link to a page of this host that says some words."""
    whole = bool(row.links) and row.linked >= LINK_LINE and word_count(row.text) >= FEW
    return whole and all(urlsplit(link).netloc == host for link in row.links)


def _is_prose(row: dom.Row) -> bool:
    """Whether a row is a paragraph of some length that does not announce anything."""
    return row.kind == "paragraph" and word_count(row.text) >= PROSE and not row.text.endswith((":", "："))


def _leads_on(row: dom.Row, host: str) -> bool:
    """Whether a row is nothing but a link to a page of this host, and asks for nothing."""
    whole = bool(row.links) and row.linked >= LINK_LINE and CALL < word_count(row.text) <= HEADLINE
    own = whole and all(urlsplit(link).netloc in {host, ""} for link in row.links)
    return own and not pattern("promo.calls", r"\W*PHRASES\b").match(row.text)


def _is_labelled(row: dom.Row, host: str) -> bool:
    """Whether a row is a label of a few words, a colon, and behind it a link to a page of this host, to its end."""
    own = all(urlsplit(link).netloc in {host, ""} for link in row.links)
    if own and row.links and _begins_with_label(row.element):
        return True
    told = LABELLED.fullmatch(row.text) if row.linked else None
    if told is None or word_count(told["label"]) > LABEL or word_count(told["rest"]) < FEW:
        return False
    rest = len("".join(told["rest"].split())) / len("".join(row.text.split()))
    return own and abs(row.linked - rest) < CLOSE


def _begins_with_label(element: dom.Element) -> bool:
    """Whether an element holds nothing but a label in one of its own, and behind that a link."""
    if len(element) != 2 or element[0].tag not in LABELS or element[1].tag != "a":  # noqa: PLR2004
        return False
    label, link = element
    bare = not any((each or "").strip() for each in (element.text, label.tail, link.tail))
    said = words_of(link)
    whole = word_count(said) >= FEW and not said[:1].islower()  # no sentence goes on from the one to the other
    return bare and whole and 0 < word_count(words_of(label)) <= LABEL


def _left(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """The same; what stands below a heading such as "Support us" is left to what its words ask for."""
    opens = pattern("promo.headings", r"\W*PHRASES")
    settled: list[Opinion] = []
    asks = False
    for row, opinion in zip(rows, opinions, strict=True):
        asks = opens.fullmatch(row.text) is not None if row.kind == "heading" else asks
        settled.append(replace(opinion, reading="") if asks and opinion.reading == "body" else opinion)
    return settled


def _alike(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """
    The same, but three or more headlines or links in a row are a list of headlines, and fewer are none.

    On labelled pages 466 of 595 lines that are only a link and stand so are headlines.
    """
    settled: list[Opinion] = []
    told = zip(opinions, map(_is_listed, rows, opinions), strict=True)
    for listed, group in groupby(told, key=lambda pair: pair[1]):
        run = [each for each, _ in group]
        few = len(run) < FEWEST
        if listed and not few:
            run = [replace(each, reading="headlines") for each in run]
        elif listed:
            run = [replace(each, reading="body") if each.reading == "headlines" else each for each in run]
        settled += run
    return settled


def _is_listed(row: dom.Row, opinion: Opinion) -> bool:
    """Whether a row that is read is a headline, or only a link to another page that may be one."""
    link = row.linked >= LINK_LINE and row.kind != "heading" and 2 < word_count(row.text) <= HEADLINE  # noqa: PLR2004
    may_be = link and opinion.reading != "promo" and not leads_inward(row)
    return not opinion.rule and (opinion.reading == "headlines" or may_be)


def _named(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """The same; who says a quote that is read is named."""
    settled: list[Opinion] = []
    names, since = "", 0
    for row, opinion in zip(rows, opinions, strict=True):
        short = since < LINES_OF_NAME and word_count(row.text) <= LONGEST_NAME
        named = bool(names) and short and _holds(names, row.text)
        settled.append(replace(opinion, rule="") if named else opinion)
        names, since = (row.speaker, 0) if row.speaker and not opinion.rule else (names, since + 1)
    return settled


def _brought(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """The same; what is read brings along the answer to it, and loose words behind it, however short they are."""
    settled: list[Opinion] = []
    before: dom.Row | None = None
    for row, opinion in zip(rows, opinions, strict=True):
        likely = opinion.chance > DOUBTED and row.linked < MOSTLY and row.kind != "heading" and not row.suspicions
        brought = likely and before is not None and (_asks(before) or _is_behind(row, before))
        settled.append(replace(opinion, rule="") if brought else opinion)
        before = row if brought or not opinion.rule else None
    return settled


def _together(rows: Sequence[dom.Row], opinions: Sequence[Opinion]) -> list[Opinion]:
    """The same; where half of a list is read, so are those of its entries of which the judge is not certain."""
    lists = [next(row.element.iterancestors("ul", "ol"), None) if row.kind == "item" else None for row in rows]
    told = Counter(each for each, opinion in zip(lists, opinions, strict=True) if not opinion.rule)
    whole, said = Counter(lists), Counter(folded(row.text) for row in rows)
    return [
        replace(opinion, rule="")
        if each is not None
        and is_likely(row, opinion, UNSURE)
        and 2 * told[each] >= whole[each]
        and said[folded(row.text)] == 1  # no "Buying options" below each
        else opinion
        for row, each, opinion in zip(rows, lists, opinions, strict=True)
    ]


def _unfolded(rows: Sequence[dom.Row], opinions: list[Opinion]) -> list[Opinion]:
    """The same; what stands behind a click between two rows of one text that are read belongs to it, as answers do."""
    settled = list(opinions)
    root = rows[0].element.getroottree().getroot() if rows else None
    boxes = root.xpath(f".//details | .//*[@{UNFOLDED}] | {ANSWERS}") if root is not None else []
    places: dict[dom.Element, list[int]] = {}
    for i, row in enumerate(rows) if boxes else ():
        places.setdefault(row.element, []).append(i)
    seen: set[dom.Element] = set()
    for box in boxes[:MOST_BOXES]:
        if box in seen:
            continue
        held = list(box.iter())
        seen.update(held)
        inside = [i for each in held for i in places.get(each, ())]
        answers = box.get("itemprop") is not None and not box.get(UNFOLDED)
        if not inside or not (answers or _follows(rows, settled, min(inside), max(inside), box.getparent())):
            continue
        for i in inside:
            if opinions[i].rule not in FACTS and rows[i].linked < MOSTLY and not rows[i].suspicions:
                settled[i] = replace(opinions[i], rule="")
    return settled


def _follows(
    rows: Sequence[dom.Row], opinions: Sequence[Opinion], first: int, last: int, around: dom.Element | None
) -> bool:
    """Whether what stands right before these rows is read, or what stands before and behind them in one element."""
    if first and not opinions[first - 1].rule:
        return True
    sides = (range(first - 1, max(-1, first - NEAR), -1), range(last + 1, min(len(rows), last + NEAR)))
    return all(any(not opinions[i].rule and _is_within(rows[i], around) for i in side) for side in sides)


def _is_within(row: dom.Row, element: dom.Element | None) -> bool:
    return any(each is element for each in row.element.iterancestors())


def _headed(rows: Sequence[dom.Row], opinions: list[Opinion]) -> list[Opinion]:
    """The same; a heading is read over what is read in the element that it opens."""
    settled = list(opinions)
    for i, (row, opinion) in enumerate(zip(rows, opinions, strict=True)):
        heads = row.kind == "heading" or row.element.tag in {"summary", "dt"} or _is_called_title(row)
        if not (heads and opinion.rule and is_likely(row, opinion, UNSURE)):
            continue
        below = range(i + 1, min(i + 3, len(rows)))
        first = next((j for j in below if not opinions[j].rule or word_count(rows[j].text) > CALL), i)
        around = row.element.getparent()
        inside = first > i and any(each is around for each in rows[first].element.iterancestors())
        if inside and not opinions[first].rule:
            settled[i] = replace(opinion, rule="")
    return settled


def _is_called_title(row: dom.Row) -> bool:
    names = row.element.get("class") or ""
    short = row.kind != "item" and ("title" in names or "head" in names) and word_count(row.text) <= LONGEST_NAME
    return short and bool(names_of(row.element) & {"title", "headline", "heading"})


def is_likely(row: dom.Row, opinion: Opinion, chance: float) -> bool:
    """Whether a row that is cut may be read for what stands beside it."""
    return opinion.rule not in FACTS and opinion.chance > chance and row.linked < MOSTLY and not row.suspicions


def _is_behind(row: dom.Row, before: dom.Row) -> bool:
    """Whether a row is bare text right behind the element of the one before it."""
    return before.element.getparent() is row.element and " ".join((before.element.tail or "").split()) == row.text


def _asks(row: dom.Row) -> bool:
    return (row.kind == "heading" and row.text.endswith("?")) or row.element.tag == "dt"


def _holds(name: str, line: str) -> bool:
    """Whether one of these holds the other, word by word."""
    one, other = (f" {folded(each)} " for each in (name, line))
    return bool(one.strip() and other.strip()) and (one in other or other in one)
