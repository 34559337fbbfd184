"""Text in capitals: shouted and stressed words are words, though a voice would spell some as initials."""

import re
from functools import lru_cache
from re import Match

from audioed.english import dictionary, is_only_word
from audioed.scripting.normalize.rules import before, listed
from audioed.scripting.trace import sub

_CAPITALS = re.compile(r"(?<![\w&/.@#$-])(?<!\w')[A-Z]{2,24}(?![\w&/@-]|'\w|\.\w)(?! ?\d)")
_COMPARED = re.compile(r" ?[=<>≤≥≈]| (?:equals|(?:is )?(?:more|less|greater) than|(?:is )?at (?:least|most)) [a-z]")
"""What stands behind the symbol of a quantity: "OR = 2.3", which is no "or"."""
_JOINED = re.compile(r"(?<![\w&/.'@#$-])[A-Z]{2,24}(?:-[A-Z]{2,24}){1,3}(?![\w&/'@-]|\.\w)")
_CONTRACTED = re.compile(r"(?<![\w&/.'@#$-])(?P<word>[A-Z]{1,16})(?P<tail>(?<=N)'T|'(?:S|M|LL|RE|VE|D))(?![\w&/'@-])")
_SAYABLE = re.compile(r"(?!.*Q(?!U)|[IVXLCDM]+\Z)(?:[^AEIOUY]{0,3}[AEIOUY]{1,2}){2,9}[^AEIOUY]{0,3}")
"""What can be said as a word, and is, from so many letters on, though no dictionary has it."""
_UNKNOWN = 6
_LONG = 4
"""Letters from which on the dictionary tells a word from initials; it has many short ones that nobody writes."""
SHORT = listed(
    """
    ADD AGE AGO AIR ALL AN AND ANY ARE ARM ART AS ASK ATE AWAY BAD BAG BAN BAR BAT BAY BE BED BEE BEG HUB SUB BET BID
    BIG BIT BOX BOY BUG BUS BUT BUY BY CAN CAR CAT COW CRY CUP CUT DAD DAY DID DIE DIG DIM DO DOG DOT DRY DUE
    EAR EAT EGG END EYE FAN FAR FAT FED FEE FEW FIT FIX FLY FOR FOX FUN FUR GAP GAS GET GO GOD GOT GUN GUY HAD
    HAS HAT HE HER HEY HIM HIS HIT HOT HOW ICE IF IN INK INN IS JAM JAR JET JOB JOY KEY KID LAB LAW LAY LEG
    LET LIE LIP LOG LOT LOW MAD MAN MANY MAY ME MEN MET MIX MOM MUD MY NET NEW NO NOR NOT NOW NUT ODD OF OFF OH
    OIL OLD ON ONE OR OUR OUT OWE OWN PAY PEN PIE PIG PIT POT PUT RAT RAW RED RID RUN SAD SAW SAY SEA SEE SET
    SHE SHY SIT SIX SKY SO SON SUN TAX TEA TEN THE TIE TIN TIP TO TOE TOO TOP TOY TRY TWO UP USE VAN WAR WAS WAY
    WE WET WHY WIN WON YES YET YOU ZOO ACE AIM AXE CAB DEN DIP EGO ERA EVE FOG FOE GUM GUT HEN HUG HUT ILL JAW
    LAD LAP LID LIT MOB MUD NUN OAK OAR ODE OWL PAD PAN PET POD POP PUB PUN RAG RIB RIM ROB ROD ROT ROW RUB
    RUG SEW SIN SIP SOB SUM TAP TAR TOW TUB TUG URN VET VIA VIM VOW WAX WEB WIG WIT
    """
)
"""Two and three letters that are always a word."""
_EXCHANGE = re.compile(r"\b(?:NYSE|NASDAQ|Nasdaq|LSE|TSXV?|ASX|AMEX|HKEX|OTC[A-Z]*|LON|BSE|NSE) ?: ?\Z")
"""What stands before a company's letters."""
_SHOUTED = listed("IT ITS AT AM ID ACT AID SEC WHO LED SAT")
"""Initials that are words where all words are in capitals."""
_ASKING = listed("WHAT WHERE WHEN THAT THERE HERE")
"""What is joined with "is"."""
_TOGETHER = "CALL|VISIT|EMAIL|CONTACT|ASK|TEXT|FOLLOW|LET|FOR|ALL|TO|OF|BY|WITH|GIVE|TELL|HELP|SHOW|JOIN|FROM"
_US = re.compile(rf"(?P<before>\b(?:{_TOGETHER}) )US\b|\bUS(?= AND (?:THEM|YOU)\b)")
_WHO = re.compile(r"\AWHO(?= [a-z][^.!?]*\?)")
_IT = re.compile(
    r"(?<!\b[Tt]he )(?<!\bTHE )(?<!\b[Oo]ur )\bIT(?= (?:IS|WAS|HAS|HAD|WILL|CAN|MUST|DOES|DID|GOES|COMES|"
    r"DEPENDS|WORKS|TAKES|MAKES|HURTS|"
    r"SEEMS|LOOKS|FEELS|SAYS|MEANS|NEEDS|GETS|STARTS|ENDS|RAINS|MATTERS|HAPPENS)\b)"
)
"""The pronoun, by the verb behind it."""
_DAYS = {day[:3].upper(): day for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")}
_SHORT_DAY = re.compile(
    r"\b(?P<day>MON|TUES?|WED|THU(?:RS?)?|FRI|SAT|SUN)\.(?:(?P<to>[-–])(?=[A-Z])|(?= \d| AT\b|, ))(?P<gap>)"
)
_SENTENCE = re.compile(r"[^.!?]+")
_SMALL = re.compile(r"[a-z]")
_NUMBER = re.compile(r" (?:one|two|three|four|five|six|seven|eight|nine|ten)\b")
"""What stands behind the symbols of chemistry: NO two."""
_DECIMAL = re.compile(r" [a-z-]+ point ")
"""What stands behind statistics: ERA three point one."""
_FIGURE = re.compile(r"(?:\d\.\d{1,2}|\bpoint(?: [a-z]+){1,3}) \Z")
"""What stands before them."""
_OTHER = re.compile(r"[^\W\d_A-Z]")
"""A word whose sound the lexicon tells; in capitals it has no other."""
_STARTS = re.compile(r"(?:\A|[.!?][\"')]* )[\"'(]*\Z")


def spoken(text: str) -> str:
    """The text with words in capitals in small letters, where they are no initials."""
    if "'" in text:
        text = sub(_CONTRACTED, _contraction, text)
    if not _CAPITALS.search(text) and not _JOINED.search(text):
        return text
    text = sub(_IT, lambda match: "It" if _STARTS.search(before(match)) else "it", text)
    if "." in text:
        text = sub(_SHORT_DAY, lambda match: _DAYS[match["day"][:3]] + (" to " if match["to"] else ""), text)
    shouted = [match.span() for match in _SENTENCE.finditer(text) if not _SMALL.search(match[0])]
    text = sub(_US, lambda match: f"{match['before'] or ''}us", sub(_WHO, "Who", text))
    text = sub(_JOINED, _compound, text)
    return sub(_CAPITALS, lambda match: _said(match, shouted), text)


def _contraction(match: Match[str]) -> str:
    """A word and what it was joined with, "IT'S"; initials keep their letters."""
    word, tail = match["word"], match["tail"].lower()
    if tail == "'s" and word not in SHORT | _SHOUTED | _ASKING and (len(word) < _LONG or not _is_word(word)):
        return word + tail
    if word == "I":
        return word + tail
    before = match.string[max(0, match.start() - 4) : match.start()]
    return (word.capitalize() if _STARTS.search(before) else word.lower()) + tail


def _compound(match: Match[str]) -> str:
    """Words that hyphens join, where none of them is initials: "MIX-UP"."""
    before = match.string[max(0, match.start() - 4) : match.start()]
    if not all(map(_is_word, match[0].split("-"))):
        return match[0]
    return match[0].capitalize() if _STARTS.search(before) else match[0].lower()


def _said(match: Match[str], shouted: list[tuple[int, int]]) -> str:
    """A word as a word; initials as they are, and what may be the code of a state behind a city."""
    word = match[0]
    before = match.string[max(0, match.start() - 4) : match.start()]
    if len(word) == len("OR") and (before.endswith(", ") or _NUMBER.match(match.string, match.end())):
        return word
    if before.endswith((": ", ":")) and _EXCHANGE.search(match.string, max(0, match.start() - 16), match.start()):
        return word
    if (len(word) < _LONG and _COMPARED.match(match.string, match.end())) or (
        word == "CAN" and before[-2:-1].isdigit()  # dollars
    ):
        return word
    if word in {"ERA", "WAR"} and (
        _DECIMAL.match(match.string, match.end()) or _FIGURE.search(match.string, 0, match.start())
    ):
        return word
    whole = word in _SHOUTED and any(
        first <= match.start() < last
        and (
            _OTHER.search(match.string, first, last) or any(map(_is_word, _CAPITALS.findall(match.string[first:last])))
        )
        for first, last in shouted
    )
    if not whole and not _is_word(word):
        return word
    return word.capitalize() if _STARTS.search(before) else word.lower()


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    if len(word) < _LONG:
        return word in SHORT
    return is_only_word(word) or (len(word) >= _UNKNOWN and _is_unknown(word) and bool(_SAYABLE.fullmatch(word)))


def _is_unknown(word: str) -> bool:
    """Whether the dictionary has neither the initials nor a word of these letters."""
    known = dictionary(british=False).golds
    return word not in known and word.lower() not in known
