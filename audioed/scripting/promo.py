"""What asks the listener for something: the words of promos, in several languages, and how far a promo reaches."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audioed.model import Block

SIGNS: dict[str, str] = {
    "offer": r"\bnow available\b|\bavailable (?:now|at|as|everywhere|from|in (?:print|paperback|hardback))\b"
    r"|\bpre-?order|\bcan be (?:bought|purchased|ordered)\b|\bbuy (?:it|my|our|the|a copy|now)\b"
    r"|\border (?:it|your|my|a copy)\b|\bget (?:your|a) copy\b|\bis (?:also )?available\b|\bfor sale\b|\bshop now\b"
    r"|\bget (?:instant |free )?access\b|\binstant access\b|\bregister (?:here|now|for)\b|\bseats left\b|\btake my\b"
    r"|\bjetzt (?:erhältlich|bestellen|vorbestellen)\b|\bmaintenant disponible\b|\bya (?:está )?disponible\b"
    r"|\bora disponibile\b|\bnu (?:verkrijgbaar|te koop)\b|\bjá (?:está )?disponível\b",
    "shop": r"\b(?:amazon|audible|kindle|bookshop\.org|barnes (?:and|&) noble|gumroad|etsy|itunes|ebookit)\b",
    "goods": r"\b(?:e-?books?|audiobooks?|paperback|hardback|hardcover|print edition|merch|online course)\b"
    r"|\b(?:taschenbuch|hörbuch|livre (?:de poche|audio)|audiolibro|luisterboek|audiolivro)\b",
    "price": r"[$€£]\d+(?:[.,]\d\d)?\b|\b\d+ ?% off\b|\bdiscounts?\b|\bfree trial\b|\b(?:30|14|7)-day trial\b"
    r"|\bcoupon\b|\b(?:my|our) free\b|\brabatt\b|\bremise\b|\bdescuento\b|\bsconto\b|\bkorting\b|\bdesconto\b",
    "ask": r"\bsubscribe\b|\bsign(?:ing)? up\b|\bbecome a (?:\w+ )?(?:member|patron|subscriber|supporter)\b"
    r"|\bdonat(?:e|ion)|\bsupport(?:s|ing)? (?:me|us|my|our|the (?:author|show|site))\b|\bko-?fi\b|\btip jar\b"
    r"|\bbuy me a coffee\b|\bspende(?:n|t)?\b|\babonnieren\b"
    r"|\bunterstütz\w+ (?:uns|mich)\b|\bfaire un don\b|\babonnez-vous\b"
    r"|\bsoutenez\b|\bsuscríbe\w*|\bdona(?:r|ción|zione|ção|ties?)\b|\biscrivi(?:ti)?\b|\bsteun (?:ons|mij)\b"
    r"|\bapoi[ae] (?:o nosso|a nossa|-nos)\b|\bassine\b",
    "patronage": r"\bpatreon\b|\bpaypal\b|\bsteady\b|\bliberapay\b|\bproducer member\b",
    "sponsor": r"\bsponsor(?:ed|s)?\b|\bbrought to you by\b|\bour partners?\b|\badvertisement\b|\bpromo code\b"
    r"|\bgesponsert\b|\bsponsorisé\b|\bpatrocinado\b|\bsponsorizzato\b|\bgesponsord\b"
    r"|\baffiliate (?:links?|codes?)\b",
    "self": r"\b(?:my|our) (?:\w+ ){0,2}(?:book|novel|newsletter|podcast|course|store|shop|guide|library|quiz"
    r"|workshop|publisher|ebook|patreon|channel|work|journalism|subscription|writing|research|website|company)\b"
    r"|\byour (?:subscription|support)\b|\bthe author gets\b|\bsolche (?:recherchen|artikel|texte)\b"
    r"|\bfollow (?:us|me) on\b",
}
"""What gives a promo away, by family; a text that shows two families asks the listener for something."""
ENOUGH = 2
LONG = 80
"""Words from which two signs may stand in a review or a report by chance."""
_TEASE = re.compile(
    r"^(?:want|need|looking for|not sure|tired of|struggling|ready to|möchten sie|willst du|envie de|quieres|vuoi"
    r"|wil je|quer)\b.*\?",
    re.IGNORECASE | re.DOTALL,
)
_CALL = re.compile(
    r"^\W*(?:get|take|grab|download|join|order|register|enter|book|claim|hier|jetzt|téléchargez|descarga|scarica|download"
    r"|baixe)\b",
    re.IGNORECASE,
)
_SIGNS = [re.compile(pattern, re.IGNORECASE) for pattern in SIGNS.values()]
_HEADING = re.compile(
    r"\badvertisements?\b|\(?\b(?:sponsored|gesponsert|sponsorisé|patrocinado|gesponsord)\b\)?|\bthe big plug\b"
    r"|\b(?:thanks?|thank you) (?:you )?(?:for|to) (?:your|our|my|the) (?:support|sponsors?|patrons?)\b"
    r"|\b(?:our|my|former|this \w+'s) sponsors?\b"
    r"|^(?:please )?support (?:me|us|my|our|the (?:show|site|author|project))\b|\bstay in touch\b|\bkeep in touch\b"
    r"|\b(?:more )?ways (?:that )?(?:i|we) can help\b|\b(?:want to|how to) (?:advertise|sponsor)\b"
    r"|\btell your friends\b|\bshare with a friend\b|\bsubscribe (?:to|too)\b|\bbecome a (?:member|patron|supporter)\b"
    r"|\bskill up\b|\bwork with (?:me|us)\b|\b(?:buy|order|get) (?:my|our) (?:new )?(?:book|course)\b"
    r"|^(?:anzeige|werbung|unterstützt? (?:uns|mich)|soutenez[- ]nous|apóyanos|sostienici|steun ons|apoie-nos)\b",
    re.IGNORECASE,
)
_BLURB = re.compile(r"^[\"“].*[\"”]\s*(?:--|—|–|-)\s*\S.{2,80}$", re.DOTALL)
"""Praise with its source behind it."""
LONGEST_HEADING = 14
"""Words of a line that opens a promo; what is longer tells something."""
SHORT = 12
"""Words of a call to act, such as "Order your copy today", beneath a promo."""
MOST = 400
"""Words that a promo's section reaches, names of sponsors apart: further on, its end was lost."""
NAMES = 5
"""Words of an item that only names somebody."""


def is_promo(text: str) -> bool:
    """Whether a paragraph asks for the listener's money or subscription."""
    long = len(text.split()) > LONG
    return sum(sign.search(text) is not None for sign in _SIGNS) >= ENOUGH + long


def opens(block: Block) -> bool:
    """Whether a heading announces that what follows is a promo."""
    return block.kind == "heading" and len(block.text.split()) <= LONGEST_HEADING and bool(_HEADING.search(block.text))


def reach(blocks: Sequence[Block]) -> frozenset[int]:
    """
    The numbers of all blocks that are promo: alone, by their section's heading, or beside another one.

    A promo is told by its whole section: the heading says what is offered,
    the paragraphs praise it, and only the last line asks.
    """
    promos = {i for i, block in enumerate(blocks) if block.kind in {"paragraph", "quote"} and is_promo(block.text)}
    for section in _sections(blocks):
        words = sum(len(blocks[i].text.split()) for i in section if not _names_somebody(blocks[i]))
        prose = [i for i in section if blocks[i].kind != "heading"]
        asks = sum(i in promos for i in prose)
        mostly = asks > 1 and 2 * asks >= len(prose) and words <= MOST // 2
        if words <= MOST and prose and (opens(blocks[section[0]]) or (mostly and blocks[section[0]].kind == "heading")):
            promos.update(section)
    for i, (first, second) in enumerate(pairwise(blocks)):
        if first.kind == second.kind == "paragraph" and _TEASE.match(first.text) and _CALL.match(second.text):
            promos.update((i, i + 1))
    for i in range(1, len(blocks)):
        if i not in promos and i - 1 in promos and blocks[i].kind in {"paragraph", "quote"}:
            calls = len(blocks[i].text.split()) <= SHORT and blocks[i].linked >= 0.5  # noqa: PLR2004 - a button
            if i + 1 in promos or calls or _BLURB.match(blocks[i].text):
                promos.add(i)
    return frozenset(promos)


def _names_somebody(block: Block) -> bool:
    return block.kind == "item" and len(block.text.split()) <= NAMES


def _sections(blocks: Sequence[Block]) -> Iterator[range]:
    """Each heading with what follows it, up to the next one."""
    starts = [i for i, block in enumerate(blocks) if block.kind == "heading"]
    for first, after in pairwise([*starts, len(blocks)]):
        yield range(first, after)
