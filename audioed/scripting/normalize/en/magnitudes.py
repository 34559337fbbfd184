"""Thousands, millions and billions behind a number as a single letter or two, told from meters and from model names."""

import re
from functools import lru_cache
from re import Match

from audioed.scripting.normalize.en.doubtful import CLOTHES
from audioed.scripting.normalize.en.words import MAGNITUDES, NUMBER
from audioed.scripting.normalize.rules import family, rule

_CROWD = (
    "people|users|customers|viewers|votes|voters|jobs|homes|houses|households|subscribers|followers|copies|times|units|"
    "cars|vehicles|barrels|tonnes|tons|acres|shares|passengers|members|workers|children|adults|patients|years|views|"
    "downloads|listeners|visitors|students|doses|residents|accounts|records|refugees|migrants|Americans|Britons|"
    "smokers|drivers|families|pupils|women|men|girls|boys|babies|deaths|cases|infections|tests|tourists|travellers|"
    "travelers|flights|trips|pounds|dollars|euros|phones|devices|computers|songs|streams|books|tickets|fans|readers|"
    "citizens|immigrants|pensioners|claimants|taxpayers|borrowers|businesses|companies|firms|employees|staff|trees|"
    "birds|animals|dogs|cats|chickens|hectares|miles|kilometers|kilometres|meals|bottles|cans|packets|emails|messages|"
    "posts|tweets|photos|images|videos|words|parameters|tokens|lines|websites|sites|transactions|orders|parcels|"
    "deliveries|sq|square|km|kg|bpd|bbl|boe|b/d|boe/d|tpa|"
    "baht|rand|rupees|pesos|yen|yuan|kronor|kroner|krona|francs|roubles|rubles|zlotys|dirhams|riyals|won|lira|naira|"
    "forints|shekels|reais|crowns|ringgit|rupiah|dong|taka|shillings|"
    "in (?:cash|debt|funding|sales|revenue|damages)|or so|more|a year|a month|"
    "a week|a day|(?:have |had |has )?(?:died|fled|voted|watched)"
)
"""What comes in millions, not in meters."""
_SEVERAL = (
    r"(?:(?:[A-Z]\w{2,20}|more|new|extra|fewer|other|young|older|additional|first-time|registered|active|monthly|daily|paying|metric|"
    r"UK|US|British|American|of its|of the|of our) )?"
)
_CUES = (
    r"(?P<cue>\b(?:population|audience|readership|circulation|membership|following|sold|sells?|selling|displaced|"
    r"attract(?:ed|s|ing)|worth|raised|invest(?:ed|ing)|cost) "
    r"(?:of |about |around |nearly |almost |some |over |more than )?)"
)
_MILLIONS = re.compile(
    rf"million|\d ?bn\b|population|\bpop\.|\b[Rr]evenues?\b|\b[Ss]ales\b|\b[Pp]rofits?\b|"
    rf"\b(?:turnover|losses|viewers|listeners|users|subscribers)\b|"
    rf"\dm {_SEVERAL}(?:{_CROWD})\b"
)
"""A sentence that counts in millions goes on doing so."""
_LENGTH = (
    "tall|long|high|wide|deep|thick|away|apart|above|below|beneath|under|from(?! \\d)|behind|ahead|of|down|dash|sprint|"
    "race|relay|"
    "freestyle|hurdles|butterfly|backstroke|breaststroke|final|pool|wall|fence|tower|statue|waves?|tsunami|drop|rule|"
    "distance|shark|snake|ship|boat|yacht|by \\d|x|record|butterfly|medley|title|event|heats?|mark|radius"
)
_SCALED = (
    "best|record|pace|course|runners?|champion|"
    "cameras?|security|webcams?|projectors?|streaming|content|gaming|laptops?|panels?|OLED|Ultra|quality|clips?|movies?|"
    "recordings?|output|sensors?|images?|"
    "run|race|fun run|runs|races|walk|TVs?|screens?|resolution|video|monitor|display|footage|UHD|HDR|[Bb]lu-ray"
)
_ROOM = re.compile(
    r"\b(?:Apartment|Apt\.?|Suite|Unit|Room|Flat|Gate|Seat|number|Channel|Platform|Stand|Section|Bay|[Ee]xit|"
    r"[Jj]unction|Route|Rte\.?|Line|Bus|Tram|Track|Row|Grade|Form|Appendix|Runway) \Z"
)
"""Where a letter behind a number is only a letter."""
_SHARP = frozenset({"4", "8"})
"""Before a capital K: how sharp a picture is."""
_BEGINS = (
    rf"(?<![\w.,])(?<!\b[A-Z]-)(?<!\b[A-Z][A-Z]-)(?<!\b7\d7-)(?!7[0-8]7-\d)(?P<number>(?:{NUMBER} ?[-–] ?)?{NUMBER})"
)


def _many(match: Match[str]) -> str:
    size, number = match["size"].strip(), match["number"]
    if size in "BMK" and _ROOM.search(match.string, max(0, match.start() - 12), match.start()):
        return match[0]
    if size == "B" and CLOTHES.search(match.string):
        return match[0]
    if size == "K" and number.isdecimal() and len(number) > len("999"):  # a processor
        return match[0]
    if size == "K" and number in _SHARP:
        return f"{number} K"
    return f"{number} {MAGNITUDES[size.lower()]}{' plus' if match['plus'] else ''}"


def _million(match: Match[str]) -> str:
    return f"{match.groupdict().get('cue') or ''}{match['number']} million{' plus' if match['plus'] else ''}"


@lru_cache(maxsize=16)
def _counted_in_millions(text: str) -> bool:
    return bool(_MILLIONS.search(text))


def _told(match: Match[str]) -> str:
    """Millions where the sentence counts in them."""
    return _million(match) if _counted_in_millions(match.string) else match[0]


_RULES = (
    rule("M", r"(?<![\w.,])(?P<number>\d\.\d)M(?= (?:earth)?quakes?\b)", r"\g<number> magnitude"),
    rule(
        "m",
        r"(?<=\d) m(?= (?:people|users|voters|viewers|customers|homes|jobs|households|tonnes|barrels|children)\b)",
        "m",
    ),
    rule("kK", rf"{_BEGINS}[kK](?= (?i:{_SCALED})\b)", r"\g<number> K"),
    rule(
        "kK",
        r"(?:(?<=\b[Aa] )|(?<=\b[Tt]he ))(?P<number>5|10)[kK]\b"
        r"(?! (?!and|or|in|on|for|at|with|to|is|was|that|he|she|they)[a-z])",
        r"\g<number> K",
    ),
    rule(
        "M",
        rf"(?<![\w.,$£€-])3M\b(?! {_SEVERAL}(?:{_CROWD})\b| (?!\w*(?:sells|makes|says|is|was|has)\b)[a-z]{{3,}}s\b)",
        "3 M",
    ),
    rule("m", rf"{_BEGINS}m(?P<plus>\+)?(?= {_SEVERAL}(?:{_CROWD})\b)", _million),
    rule("m", rf"(?P<cue>\b(?:1|[Oo]ne) in )(?P<number>{NUMBER})m(?P<plus>\+)?(?![\w²³/-])", _million),
    rule("m", rf"{_CUES}{_BEGINS}m(?P<plus>\+)?(?![\w²³/-])(?! (?:{_LENGTH})\b)", _million),
    rule("m", rf"{_BEGINS}m(?P<plus>\+)?(?![\w²³/-])(?! (?:{_LENGTH})\b)", _told, r"\dm"),
    rule(
        "bmtkKMB",
        rf"{_BEGINS}(?P<size> ?(?:bn|bln|mn|mln|tn|trn)|[kKMB])(?P<plus>\+)?(?![\w'])(?!(?<=B) [A-Z])",
        _many,
        r"\d ?(?:bn|bln|mn|mln|tn|trn|[kKMB])",
    ),
    rule("-–—", r"(?P<size>\b(?:thousand|million|billion|trillion)) ?[-–—] ?(?=\d)", r"\g<size> to "),
)
spoken = family(_RULES, "[0-9]")
"""The text with every such letter as the number it stands for."""
