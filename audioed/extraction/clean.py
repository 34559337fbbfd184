"""
What is not worth hearing: captions, share lines, comments, the second copy of the same text.

A reader breaks its page into pieces and names the rule for those that its
markup gives away; the words and the order of the pieces decide on the others
here. Nothing vanishes: each piece leaves as a block or as a cut.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from audioed.extraction import lines, names, sections
from audioed.extraction.copies import after_article, copied, pulled
from audioed.kinds import BLOCKS
from audioed.languages import pattern, phrases
from audioed.model import Block, Cut
from audioed.textkey import folded, word_count


@dataclass(frozen=True, slots=True)
class Verdict:
    """One piece of a page in reading order, and the rule that cuts it."""

    block: Block
    rule: str = ""
    """Empty while nothing speaks against it."""
    silenced: tuple[tuple[str, str], ...] = ()
    """What its markup silenced, and the rule for each."""
    loud: tuple[str, ...] = ()
    """What of it is bold or italic, where a reader without a page knows."""
    probability: float | None = None
    """Of its being furniture, where that was judged."""
    why: tuple[str, ...] = ()
    """What weighed most in that."""


FOOTNOTE_MARK = re.compile(
    r"(?<=[\w.,;:!?\"”’)])\s?\[(?:[1-9]\d{0,2}(?:\s?[,–-]\s?\d{1,3}){0,8}|[a-z]|\^[\w-]+|note \d+|citation needed)\]"
)
SEVERAL = 3
"""Lines like "Jane says:" that make a discussion; fewer may be an interview."""
ENOUGH = 40
"""Words that an article has at least before its comments may begin: "3 comments" also stands under headlines."""


def sort(verdicts: Iterable[Verdict], title: str, *, flat: bool = True) -> tuple[tuple[Block, ...], tuple[Cut, ...]]:
    """
    The blocks worth hearing and everything else with the rule that cut it, both in reading order.

    `flat` texts have no markup that tells comments from the article, so what
    follows a second copy of the article is taken for them.
    """
    blocks: list[Block] = []
    cuts: list[Cut] = []
    given = list(verdicts)
    for before, verdict in zip(given, judged(given, title, flat=flat), strict=True):
        cuts.extend(Cut(text=text, rule=rule, at=len(blocks)) for text, rule in verdict.silenced)
        if verdict.rule:
            likely = verdict.rule == before.rule  # what a rule here cuts is known
            doubt, why = (verdict.probability, verdict.why) if likely else (None, ())
            cuts.append(Cut(text=verdict.block.text, rule=verdict.rule, at=len(blocks), probability=doubt, why=why))
            continue
        marked = FOOTNOTE_MARK.findall(verdict.block.text) if "[" in verdict.block.text else ()
        marks = [mark.strip() for mark in marked]
        cuts.extend(Cut(text=mark, rule="footnote-mark", at=len(blocks)) for mark in marks)
        blocks.append(
            replace(verdict.block, text=FOOTNOTE_MARK.sub("", verdict.block.text)) if marks else verdict.block
        )
    return tuple(blocks), tuple(cuts)


def judged(verdicts: Sequence[Verdict], title: str, *, flat: bool) -> list[Verdict]:
    """The same pieces, each with the rule that cuts it, if any does."""
    by_line = [
        replace(verdict, rule=rule)
        if not verdict.rule and not verdict.block.reading and (rule := lines.rule_of(verdict.block))
        else verdict
        for verdict in verdicts
    ]
    by_title = without_title(_without_related(by_line), title)
    by_section = _without_sections(by_title)
    by_comment = _without_comments(by_section)
    kept = [i for i, verdict in enumerate(by_comment) if not verdict.rule]
    texts = [by_comment[i].block.text for i in kept]
    copies = copied(texts)
    copies |= frozenset() if flat else {i for i in pulled(texts) if _may_repeat(by_comment[kept[i]])}
    copies |= {i for i in range(1, len(kept)) if i - 1 in copies and by_comment[kept[i]].block.signs}
    over = after_article(texts, copies) if flat else range(0)
    rules = {kept[i]: "repeated-copy" for i in copies}
    if over:
        rules |= dict.fromkeys(range(kept[over.start], len(verdicts)), "comments")
    return _without_bare(
        _without_address(
            [replace(verdict, rule=rules[i]) if i in rules else verdict for i, verdict in enumerate(by_comment)]
        )
    )


def _may_repeat(verdict: Verdict) -> bool:
    """Whether a piece may be a pull quote: a paragraph or a quote that nobody but the judge wants read."""
    traits = BLOCKS[verdict.block.kind]
    return verdict.probability is not None and not (traits.heads or traits.listed or verdict.block.cells)


def _without_address(verdicts: list[Verdict]) -> list[Verdict]:
    """A newsletter ends with the address of who sends it, as laws demand, beside how to be rid of it."""
    settled = list(verdicts)
    last = next((i for i in range(len(verdicts) - 1, -1, -1) if _is_article(verdicts[i])), len(verdicts))
    for i in range(last + 1, len(verdicts)):
        beside = verdicts[i - 1 : i] + verdicts[i + 1 : i + 2]
        if not verdicts[i].rule and any(each.rule == "sign-up" and each.probability is None for each in beside):
            settled[i] = replace(verdicts[i], rule="footer")
    return settled


def _is_article(verdict: Verdict) -> bool:
    """Whether this is read, and no address: a short line with a number in it, and no sentence."""
    block = verdict.block
    short = word_count(block.text) <= ADDRESS_WORDS and any(map(str.isdigit, block.text))
    plain = BLOCKS[block.kind].plain and not block.cells and ":" not in block.text
    return not verdict.rule and not (short and plain and not block.text.endswith((".", "!", "?")))


def _without_bare(verdicts: list[Verdict]) -> list[Verdict]:
    """A heading goes with all that stood below it, where that was furniture to the last line."""
    settled = list(verdicts)
    below = _silenced(verdicts[-1]) if verdicts else []
    """Rules of what stands between here and the next piece that is read or is a heading."""
    after = 0
    """Level of that heading; zero at the end, and where it is none."""
    bare = True
    for i in range(len(verdicts) - 1, -1, -1):
        verdict = verdicts[i]
        heads = verdict.block.kind == "heading" and verdict.block.reading != "promo"
        if verdict.rule:
            below += [verdict.rule, *_silenced(verdict)]
        elif heads and bare and _is_around(below) and (not after or verdict.block.level >= after):
            settled[i] = replace(verdict, rule=below[-1])
        else:
            below, bare, after = _silenced(verdict), heads, verdict.block.level if heads else 0
    return settled


def _is_around(rules: Sequence[str]) -> bool:
    """
    Whether these rules, from the last piece to the first, are all of what stands around an article.

    Below contents a time may stand, too, where a page is written as things happen.
    """
    others = {*rules} - AROUND
    return bool(rules) and (not others or (others == {"byline"} and rules[-1] == "contents"))


def _silenced(verdict: Verdict) -> list[str]:
    """Rules of the whole pieces that the markup silenced right before this one; marks and anchors are none."""
    return [rule for _, rule in verdict.silenced if rule in AROUND - {"navigation", "form"}]


AROUND = frozenset(
    {
        "aside",
        "share",
        "outside",
        "related",
        "navigation",
        "sign-up",
        "comments",
        "advertisement",
        "author",
        "contents",
        "footer",
        "footnotes",
        "form",
    }
)
"""Rules of what stands around an article."""
ADDRESS_WORDS = 16
"""Words of the longest address."""
EARLY = 12
"""Pieces that are read among which the title may stand again."""
TELLINGS = 2
"""Times that it may stand there."""
COMPANY = 0.7
"""Share of that after which a company may speak of itself, with contacts and warnings still to come."""
LONGEST_SIGN = 30
"""Characters of "By" and an office in a line that only names who wrote the article."""
LONGEST_ABOUT = 12
"""Characters of "About" and the signs behind the name that it announces."""
UNCERTAIN = 0.03
"""Chance of being furniture from which that holds anywhere."""
LAST = 0.6
"""Share of an article after which a sentence about its author is a note about the author."""


def _without_related(verdicts: list[Verdict]) -> list[Verdict]:
    """What follows "Read also:" link by link is what it announced."""
    settled: list[Verdict] = []
    announced = False
    for verdict in verdicts:
        label = verdict.rule == "related" and (verdict.block.kind == "heading" or verdict.block.text.endswith(":"))
        own = bool(verdict.block.reading) and verdict.probability is None  # as the author says
        link = not verdict.rule and verdict.block.linked > lines.ENTIRE and not own
        announced = label or (announced and link)
        settled.append(replace(verdict, rule="related") if announced and link else verdict)
    return settled


def without_title(verdicts: list[Verdict], title: str) -> list[Verdict]:
    """The title is carried by the article: the same words among the first pieces are its second telling."""
    wanted, before = folded(title), 0
    found: list[int] = []
    for i, verdict in enumerate(verdicts):
        if before >= EARLY:
            break
        judged_ = not verdict.rule or verdict.probability is not None
        if judged_ and folded(verdict.block.text) == wanted:
            found.append(i)
        before += not verdict.rule
    read = [i for i in found if not verdicts[i].rule][:TELLINGS]
    told = {*read, *(i for i in found if verdicts[i].rule)}
    return [replace(verdict, rule="title") if i in told else verdict for i, verdict in enumerate(verdicts)]


def _without_sections(verdicts: list[Verdict]) -> list[Verdict]:
    """Sources, the author's life, shops: cut from their heading on."""
    rules = sections.cut([verdict.block for verdict in verdicts])
    return [  # what is only likely gives way to what a heading says
        replace(verdict, rule=rules[i])
        if i in rules and (not verdict.rule or verdict.probability is not None)
        else verdict
        for i, verdict in enumerate(verdicts)
    ]


def without_biography(verdicts: Sequence[Verdict], byline: str | None) -> list[Verdict]:
    """
    What only tells of the author is not part of an article.

    That is the note at its end, "Jane Doe is a writer from …", or further up
    where the judge has a doubt, and wherever it stands the line that signs it,
    "By Jane Doe", which is told before it.
    """
    wanted = [re.escape(name) for name in pattern("and", r", | (?:PHRASES|&) ").split(byline or "") if " " in name]
    about, verbs = ("|".join(phrases("page", "author", key)) for key in ("about", "verbs"))
    named = re.compile("|".join(wanted) or "(?!)", re.IGNORECASE)
    opens = cache(  # made only where one is named, for that takes as long as all the rest
        lambda: re.compile(rf"\W*(?:(?:{about}) )?(?:{named.pattern})\b.{{0,40}}?\b(?:{verbs})\b", re.IGNORECASE)
    )
    greeting = pattern("author.greeting", r"PHRASES\b")
    last = LAST * sum(1 for verdict in verdicts if not verdict.rule)
    kept = 0
    settled = []
    for verdict in verdicts:
        kept += not verdict.rule
        text = verdict.block.text
        may_be = not verdict.rule and (kept > last or (verdict.probability or 0.0) > UNCERTAIN)
        greets = kept > last and greeting.match(text)
        cut = may_be and (greets or (named.search(text) and opens().match(text)))
        short = len(text) <= len(byline or "") + LONGEST_SIGN and not text.endswith((".", "!", "?"))
        signs = not verdict.rule and not verdict.block.speaker and short and named.search(text)
        if signs and names.byline([text]) == byline:
            settled.append(replace(verdict, rule="byline"))
        else:
            settled.append(replace(verdict, rule="author") if cut else verdict)
    return _without_company(settled, COMPANY * last)


def _without_company(verdicts: list[Verdict], last: float) -> list[Verdict]:
    """A press release ends with a note about who sent it: "About Acme", and a paragraph that begins with its name."""
    settled = list(verdicts)
    opens = pattern("author.about", r"PHRASES (?P<name>[^.!?:]{2,60}?)(?:\W*$|[,:.–—-]? (?P=name)\b.*)")
    kept = [i for i, verdict in enumerate(verdicts) if not verdict.rule]
    for place, i in enumerate(kept):
        found = opens.fullmatch(verdicts[i].block.text) if place >= last else None
        if found is None:
            continue
        below = kept[place + 1 : place + 2]
        names = [below[0]] if below and _begins(verdicts[below[0]].block.text, found["name"]) else []
        if names or len(found[0]) > len(found["name"]) + LONGEST_ABOUT:
            settled = [replace(each, rule="author") if k in {i, *names} else each for k, each in enumerate(settled)]
    return settled


def _begins(text: str, name: str) -> bool:
    """Whether a text begins with a name, or with the first word of one."""
    first, wanted = folded(text).split(), folded(name).split()
    return bool(wanted) and wanted[0] in first[:2]


def _without_comments(verdicts: list[Verdict]) -> list[Verdict]:
    """Everything from the line that opens the readers' comments on, once there was an article."""
    start = _first_comment(verdicts)
    return [
        replace(verdict, rule="comments")
        if i >= start or (not verdict.rule and _opens_comments(verdict.block.text))
        else verdict
        for i, verdict in enumerate(verdicts)
    ]


def _first_comment(verdicts: Sequence[Verdict]) -> int:
    """Where the comments begin; the number of pieces when they never do."""
    headers = [i for i, verdict in enumerate(verdicts) if _heads_comment(verdict.block.text)]
    words = 0
    for i, verdict in enumerate(verdicts):
        button = (
            verdict.block.linked > lines.ENTIRE and not verdict.block.text[:1].isdigit()
        )  # stands in mid-text on Substack
        opens = verdict.rule in {"", "comments"} and not button and _opens_comments(verdict.block.text)
        if words >= ENOUGH and (opens or (len(headers) >= SEVERAL and i == headers[0])):
            return i
        words += 0 if verdict.rule else word_count(verdict.block.text)
    return len(verdicts)


def _opens_comments(text: str) -> bool:
    """Whether a line such as "3 comments" or "Leave a reply" opens them."""
    names = pattern("comments.names", r"(?:\d+ )?PHRASES\s*(?:\(\d+\)|\d+)?\s*:?")
    return bool(names.fullmatch(text) or pattern("comments.opening").fullmatch(text))


def _heads_comment(text: str) -> bool:
    """Whether a line such as "Jane says:" stands above one."""
    says = pattern("comments.says", r"[^.!?:]{2,40}\sPHRASES\s?:")
    return bool((text.endswith(":") and says.fullmatch(text)) or pattern("comments.headers").fullmatch(text))
