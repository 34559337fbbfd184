"""What asks the listener for something: money, a subscription, a purchase, a good word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from audioed.model import Block
from audioed.scripting.split import sentences

SIGNS: dict[str, str] = {
    "offer": r"\bnow available\b|\bavailable (?:now|at|as|everywhere|from|in (?:print|paperback|hardback))\b"
    r"|\bpre-?order|\bcan be (?:bought|purchased|ordered)\b|\bbuy (?:it|my|our|the|a copy|now)\b"
    r"|\border (?:it|your|my|a copy)\b|\bget (?:your|a) copy\b|\bis (?:also )?available\b|\bfor sale\b|\bshop now\b"
    r"|\bget (?:instant |free |full )?access\b|\bseats? (?:left|available)\b|\bjetzt (?:bestellen|kaufen|erhältlich)\b",
    "shop": r"\b(?:amazon|audible|kindle|bookshop\.org|barnes (?:and|&) noble|gumroad|etsy|itunes|ebookit)\b",
    "goods": r"\b(?:e-?books?|audiobooks?|paperback|hardback|hardcover|print edition|merch"
    r"|(?:online |new |free )(?:course|class|workshop|webinar|training|masterclass))\b",
    "gift": r"\bfree (?:guide|quiz|checklist|download|template|printable|cheat ?sheet|e-?book|consultation|trial)s?\b",
    "price": r"[$€£]\d+(?:[.,]\d\d)?\b|\b\d+ ?% off\b|\bdiscount\b|\bfree trial\b|\b(?:30|14|7)-day trial\b|\bcoupon\b",
    "ask": r"\bsubscri(?:be|ption)s?\b|\bsign(?:ing)? up\b|\bpatreon\b|\bko-?fi\b|\btip jar\b|\bbuy me a coffee\b"
    r"|\bbecom(?:e|ing) an? (?:\w+ )?(?:member|patron|subscriber|supporter)\b|\bdonat(?:e|ions?)\b"
    r"|\bsupport(?:s|ing)? (?:me|us|my|our|the (?:author|show|site))\b|\bregister (?:for|here|now)\b|\benrol?l\b"
    r"|\babonnier\w*|\bspende\w*|\bunterstütz\w* (?:uns|mich)\b|\babonnez\b|\bsuscr[ií]b\w*|\biscrivi\w*|\bdoneer\w*",
    "affiliate": r"\baffiliate (?:links?|codes?|partners?)\b",
    "commission": r"\bcommissions?\b|\bat no (?:extra|additional) cost\b|\bsupports? (?:me|us|(?-i:[A-Z])\w+)\b",
    "sponsor": r"\bsponsor(?:ed|s)?\b|\bbrought to you by\b|\bour partners?\b|\badvertisement\b|\bpromo code\b",
    "self": r"\b(?:my|our|this) (?:new |latest |own |classic |free |online )*(?:book|novel|newsletter|podcast|course"
    r"|store|shop|publisher|ebook|patreon|channel|work|journalism|quiz|guide|workshop|class|webinar|community"
    r"|membership)\b|\bthe author gets\b|\b(?:unsere?|mein|diese|solche)\w* (?:recherchen?|arbeit|newsletter|buch)\b",
}
"""What gives a promo away, by family; a text that shows two families asks the listener for something."""
LEVELS = 6
"""Of headings, as in HTML."""
_SIGNS = [re.compile(pattern, re.IGNORECASE) for pattern in SIGNS.values()]
ENOUGH = 2
CALL = re.compile(
    r"\W*(?:(?:click|tap) here to )?(?:register|order|buy|donate|join|enrol?l|sign up|subscribe|shop|download|try|grab"
    r"|get (?:your|my|the|instant|access)|book (?:a|your)|take (?:the|my|our)|reserve|become|support|listen to"
    r"|check out (?:my|our)|jetzt|hier (?:bestellen|spenden)|je m'abonne|abonnez|s'abonner)\b",
    re.IGNORECASE,
)
"""How the words on a button begin."""
BUTTON = 0.8
"""Share of a line that is a link when it is a button."""
BACKERS = r"(?:sponsors?|patrons|supporters|backers)\b"
HEADINGS = (
    r"(?:advertisements?|advertorial|anzeige|werbung|publicit[éa]|publicidad|pubblicità|advertentie)\b.{0,60}",
    r".{3,80}\((?:sponsored|ad|anzeige|werbung)\)\W*",
    rf"(?:a (?:word|message) from )?(?:our|my|this \w+'s|today's) (?:\w+ )?{BACKERS}.{{0,40}}",
    r"sponsors?\W*|sponsored by\b.{0,60}|brought to you by\b.{0,60}|(?:the )?(?:big|shameless|obligatory) plugs?\W*",
    r"(?:please |how to |ways to )?support (?:me|us|my|our|this|the (?:author|show|site|blog))\b.{0,40}",
    r"(?:please )?(?:subscribe|donate|become an? (?:\w+ )?(?:member|patron|supporter|subscriber|sponsor))\b.{0,60}",
    r"(?:thanks?|(?:a (?:big )?)?thank you) (?:to|for) (?:all (?:of )?)?(?:your|my|our|the) (?:\w+ )?support\W*",
    rf"(?:thanks?|(?:a (?:big )?)?thank you) (?:to|for) (?:all (?:of )?)?(?:your|my|our|the) (?:\w+ )?{BACKERS}\W*",
    r"(?:more )?(?:ways|how) (?:that )?(?:i|we) can help\b.{0,20}|(?:work|partner) with (?:me|us)\W*|hire (?:me|us)\W*",
    r"(?:how to |let's )?(?:stay|keep) (?:in touch|connected)\b.{0,20}|(?:follow|find) me\b.{0,30}",
    r"share (?:this (?:\w+ )?|it )?with (?:a|your) (?:friend|colleague)s?\b.{0,40}|refer a friend\b.{0,30}",
    r"(?:want to )?advertise (?:in|with|on|here)\b.{0,60}",
    r"(?:love|like|enjoy(?:ed|ing)?) .{3,60}\? (?:tell|share|subscribe|join|support|become|send|forward)\b.{0,50}",
    r".{0,40}\byou can subscribe\b.{0,30}|skill up\b.{0,30}",
    r"(?:my|our) (?:\w+ )?(?:books?|courses?|classes|workshops?|services|products|shop|store|newsletter)\W*",
    r"unterstützen? (?:sie )?(?:uns|mich|unsere)\b.{0,40}|(?:jetzt )?spenden\W*|newsletter abonnieren\W*",
    r"soutenez\b.{0,40}|apoya\b.{0,40}|sostieni(?:ci)?\b.{0,40}|steun (?:ons|mij)\b.{0,40}",
)
HEADING = re.compile(rf"\W*(?:{'|'.join(HEADINGS)})", re.IGNORECASE)
"""Headings of sections that are about the author's or a sponsor's wares, not about the article's subject."""
LEAD_IN = re.compile(
    r"(?:want|not sure|looking|love|enjoy|need|ready|like|struggling|curious|tired|do you|are you|if you)\b.*\?.*",
    re.IGNORECASE | re.DOTALL,
)
"""A question that the offer right after it answers."""
BLURB = re.compile(r"^[\"“].*[\"”]\s*(?:--|—|–|-)\s*\S.{2,80}$", re.DOTALL)
"""Praise with its source behind it."""
MOST = 0.4
"""Share of an article that one promo section may be; beyond it the heading means something else."""


def is_promo(text: str) -> bool:
    """Whether a paragraph asks for the listener's money, subscription or good word."""
    return sum(sign.search(text) is not None for sign in _SIGNS) >= ENOUGH


def is_promo_heading(text: str) -> bool:
    """Whether a heading opens a section of the author's or a sponsor's own."""
    return HEADING.fullmatch(text) is not None


def promos(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the blocks that are promos: whole sections, single paragraphs, and what belongs to them."""
    found = {i for section in _sections(blocks) for i in section}
    found |= {i for i, block in enumerate(blocks) if _is_alone(block)}
    for i in range(len(blocks) - 2, -1, -1):
        lead_in = blocks[i].kind == "paragraph" and LEAD_IN.fullmatch(blocks[i].text)
        if i + 1 in found and i not in found and lead_in:
            found.add(i)
    for i in range(1, len(blocks)):
        if i in found or i - 1 not in found or blocks[i].kind not in {"paragraph", "quote"}:
            continue
        if i + 1 in found or BLURB.match(blocks[i].text):
            found.add(i)
    return frozenset(i for i in found if blocks[i].reading in {"", "promo"})


def _is_alone(block: Block) -> bool:
    if block.reading or block.kind not in {"paragraph", "heading"}:
        return block.reading == "promo"
    button = block.linked >= BUTTON and CALL.match(block.text) is not None
    if block.kind == "heading":
        return block.linked > 0 and (is_promo(block.text) or CALL.match(block.text) is not None)
    return button or is_promo(block.text)


def _sections(blocks: Sequence[Block]) -> list[range]:
    """Runs of blocks from a promo's heading to the next heading that is not below it."""
    words = [0, *accumulate(len(block.text.split()) for block in blocks)]
    nearest = [len(blocks)] * (LEVELS + 1)  # of each level, the next heading: seen from the end, one pass is enough
    found = []
    for i in range(len(blocks) - 1, -1, -1):
        if blocks[i].kind != "heading":
            continue
        level = blocks[i].level
        if is_promo_heading(blocks[i].text):
            after = min(nearest)
            below = min(nearest[: level + 1]) if level else after
            found.append(range(i, below if words[below] - words[i] <= MOST * words[-1] else after))
        nearest[level] = i
    return found


def with_promos_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a paragraph that only ends with a promo is parted before it."""
    parted: list[Block] = []
    for block in blocks:
        said = list(sentences(block.text)) if block.kind == "paragraph" and is_promo(block.text) else []
        labels = [is_promo(sentence) for sentence in said]
        runs = [(label, len(list(group))) for label, group in groupby(labels)]
        if len(runs) == 2 and not runs[0][0] and runs[0][1] > 1:  # noqa: PLR2004 - body, then promo
            count = runs[0][1]
            parted += [_part(block, said[:count]), _part(block, said[count:])]
        else:
            parted.append(block)
    return parted


def _part(block: Block, said: Sequence[str]) -> Block:
    return replace(block, text=" ".join(said))
