"""Where a voice draws breath: a written text as sentences, and long sentences as clauses."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from audioed.languages import known, primary, words
from audioed.scripting.beginning import ENGLISH, OPENING, begins, opens
from audioed.scripting.shortforms import counts, goes_on, seldom_last, shortened

LONGEST = 220
"""
Characters in one utterance. A neural voice needs memory in proportion to the
text, and its melody goes flat towards the end of a very long one.
"""
SHORTEST = 20
"""Characters; a neural voice slurs or clips what is shorter, so that is said with its neighbour."""


_ABBREVIATED = ("never_last", "seldom_last", "often_last", "before_numbers")
_STOP = re.compile(r"(?P<mark>[.!?…।॥]{1,20})(?P<close>[\"'”’»)\]]{0,6}(?: »)?)(?= )")
_ROMAN = re.compile(r"[IVXLC]{2,6}|[VX]")
_ROMANS = re.compile(rf"(?:{_ROMAN.pattern})|[IVX]{{1,5}}[-–][IVX]{{1,5}}")
_LAST = re.compile(r"[\"'”’»)\]]*\s*\Z")
_NUMBER = re.compile(r"(?:\d{1,2}\.?[/–-])?\d+")
_WORD_BEFORE = re.compile(r"[\w.'’&-]{0,24}\Z")
_HOUR = re.compile(
    r"(?:\d|teen|ty|o'clock|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|the) ?[ap]\.m\Z",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"\A\w{1,5}['’](?=\w{2})")
"""What stands before an abbreviation without a space: "l'avv. Sala"."""
_CLOSING = "\"'”’»)]"
_STRONG = (";", ":", "—", "–", "--", "?", "!", "…", '."', ".”", '?"', '!"', "?”", "!”", "。", "！", "？")
_LETTERED = re.compile(
    r"\b(?:[a-z][\w'’-]*|Vitamin|Hepatitis|Plan|Grade|Group|Type|Class|Team|Level|Section|Entrance|Gate|Exit|"
    r"Platform|Terminal|Block|Wing|Zone|Lot|Model|Series|Generation|Gen|Mode|Phase|Form|Schedule|Building|"
    r"Hall)[ -]\w\Z|\w\+\w\Z"
)
"""A letter behind what has one, and no initial of a name."""
_LARGER = re.compile(r"\d[½¼¾]? ?(?:lbs?|st|ft|yds?|hrs?|h|mins?)\Z")
_SMALLER = re.compile(r" \d{1,2}(?:\.\d+|[½¼¾]| ?\d/\d)? ?(?:oz|lbs?|ins?|ft|mins?|secs?|s)\b")
"""A measure of two parts: "7 lb. 3 oz.", "1 hr. 10 min.\""""
_ANSWER = re.compile(
    r"\b(?:(?:[Aa]nswer|[Rr]eply|[Rr]esponse|[Vv]erdict|[Vv]ote) (?:was|is|came|remains) (?:a [a-z]+ )?|"
    r"(?:sa(?:id|ys?)|voted?|votes|told \w+|answered|replied|firm|flat|resounding|simply) )no\Z"
)
"""Where "no" is an answer and no number."""
_NAMED_TOO = re.compile(r" (?:and|&|or) (?:the )?[A-Z]")
"""The rest of a name or of a row of names: "St. Vincent and the Grenadines"."""
_LEADS = frozenset({"IN", "DT", "TO", "PRP$", "MD", "JJ", "JJR", "JJS", "CC", "WDT", "WP$", "POS"})
"""What leads to the next word."""
_QUALITY = {"stop": 1.0, "comma and word": 0.8, "comma": 0.6, "word": 0.35, "space": 0.0, "clinging": -0.6}
"""What a kind of boundary is worth, in shares of the distance from the ideal place to cut."""
_INSIDE = 1.0
"""What it costs to cut inside quote marks or brackets."""
_BOUND = 3.0
"""What it costs to part a number or an abbreviation from what it belongs to; more than any distance."""


def sentences(text: str, language: str = ENGLISH) -> tuple[str, ...]:
    """
    The sentences of a text, in order; white space is folded, and joined by spaces they are the text again.

    By the abbreviations of its language; where that has no list, by those of English.
    """
    code = _listed(language)
    text = " ".join(text.split())
    found, start = [], 0
    for match in _STOP.finditer(text):
        if _ends(text, match, code):
            found.append(text[start : match.end()])
            start = match.end() + 1
    if start < len(text):
        found.append(text[start:])
    return tuple(found)


def utterances(text: str, longest: int = LONGEST, language: str = ENGLISH) -> tuple[str, ...]:
    """
    What a voice says in one breath each: short sentences together, long ones cut at their clauses.

    Joined by single spaces they are the text again, unless a single word was
    longer than an utterance may be: that one is cut where no space was.
    """
    longest = max(1, longest)
    parts: list[str] = []
    for sentence in gathered(sentences(text, language)):
        parts.extend(_cut(sentence, longest, _listed(language)))
    return tuple(parts)


def phrase(text: str, longest: int) -> str:
    """The first words of a text that are together a phrase, in so many characters; of a single long word, as many."""
    place = _best_place(text[: longest + 1], longest, len(text), ENGLISH)
    return text[: place or _between_characters(text, 0, longest)]


def _listed(language: str) -> str:
    """The language whose abbreviations hold for a text in this one (BCP 47)."""
    code = primary(language)
    return code if code in known("split") else ENGLISH


def ends(text: str, place: int, code: str = ENGLISH) -> bool:
    """Whether a stop that stands right before this place ends a sentence, or the text, in this language."""
    stop = _STOP.match(text, place - 1)
    return _ends(text, stop, code) if stop else _LAST.match(text, place) is not None


def _ends(text: str, match: re.Match[str], code: str) -> bool:
    """Whether this stop ends a sentence, judged by the words on both sides."""
    following = text[match.end() + 1 : match.end() + 41].lstrip(OPENING).partition(" ")[0]
    if not following:
        return True
    if following[0] == "†":
        return False
    if following[0] in ":;,?!" and text[match.end() + 1] == following[0]:  # behind a space, as in French
        return False
    if following[0] in "&=+/<>≤≥×→%" and not following[1:2].isdigit():
        return False
    if following[0].islower() and not following[1:2].isupper():  # "iPhone" starts sentences
        return False
    return match["mark"] != "." or _ends_after_word(text, match, following, code)


def _ends_after_word(text: str, match: re.Match[str], following: str, code: str) -> bool:
    """Whether a full stop is more than the end of an abbreviation."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    written = _ELIDED.sub("", (before[0] if before else "").strip("'’-."))
    word = written.lower()
    if goes_on(text, match, following, written) or {word, written, word.rpartition("-")[2]} & words(
        "split", "never_last", of=code
    ):
        return False
    if (
        following[0] in "+-–−#$€£<>~≈≤≥0123456789IVXLC"
        and not (written == "no" and _ANSWER.search(text, 0, match.start()))
        and _has_number(text, match, following, written, code)
    ):
        return False
    numbered = word in words("split", "before_numbers", of=code) and word not in words("split", "seldom_last", of=code)
    ordinals = words("split", "before_ordinals", of=code)
    if _NUMBER.fullmatch(word) or (ordinals and _ROMAN.fullmatch(written)) or (numbered and len(word) > 1):
        return not _is_ordinal(text, match, following, code)
    if word in words("split", "often_last", of=code) and (
        word not in {"a.m", "p.m"} or _HOUR.search(text, 0, match.start())
    ):
        beside = opens(text, match.start()) or {re.split("[-–/]", _bare(following))[0]} & (
            words("split", "timed", of=code) | words("split", "months", of=code)
        )
        return not beside and text[match.end() + 1 : match.end() + 2] != "("
    joined = re.fullmatch(r"\w[\w-]*[-–/](?:\w\.){1,4}\w", word)  # "the Japan-U.S. pact"
    dotted = joined or re.fullmatch(r"(?:\w\.-?){1,5}\w", word)
    if word in seldom_last(code) or f"{written}." in shortened(code) or dotted or (len(word) == 1 and word.isalpha()):
        named = len(word) == 1 and word != "x" and not _LETTERED.search(text, max(0, match.start() - 24), match.start())
        named = (
            named
            or joined is not None
            or (word not in seldom_last(code) and re.fullmatch(r"\w\.-\w", word) is not None)
        )
        return bool(match["close"]) or begins(text, match.end(), code, named=named)
    return True


def _bare(word: str) -> str:
    return word.replace("’", "'").rstrip(',;:.!?"”)')


def _has_number(text: str, match: re.Match[str], following: str, written: str, code: str) -> bool:
    """Whether the number that follows belongs to this short form: "Ps. 23", "7 lb. 3 oz."."""
    if _SMALLER.match(text, match.end()) and _LARGER.search(text, max(0, match.start() - 16), match.start()):
        return True
    return counts(written.rpartition("-")[2], code) and (
        following.lstrip("+-–−#$€£<>~≈≤≥")[:1].isdigit()
        or _ROMANS.fullmatch(_bare(following)) is not None
        or (code != ENGLISH and _bare(following) == "I")
    )


def _is_ordinal(text: str, match: re.Match[str], following: str, code: str) -> bool:
    """Whether a number has its point as other languages' ordinals have: "5. Nov", "im 19. Jahrhundert"."""
    before, _, number = text[max(0, match.start() - 16) : match.start()].rpartition(" ")
    opened = number.startswith("(")
    number = re.split(r"[/–-]", number.lstrip("("))[-1]
    if not (number.isdigit() and len(number) <= len("100")) and not _ROMAN.fullmatch(number):
        return False
    if _bare(following) in words("split", "months", of=code):
        return following not in {"May", "March"} or text[match.end() + len(following) + 2 :][:1].isdigit()
    listed = words("split", "before_ordinals", of=code)
    word = before.rpartition(" ")[2].lower()
    if listed and (opened or word in listed or word[-1:] in {",", ":", "("}):
        return _bare(following) not in words("split", "starters", of=code)
    return bool(listed) and match.start() == len(number)  # a text begins with an ordinal


def gathered(found: tuple[str, ...]) -> list[str]:
    """The sentences, each that is too short for a voice with the next, or at the end with the one before."""
    gathered: list[str] = []
    for sentence in found:
        if gathered and len(gathered[-1]) < SHORTEST:
            gathered[-1] += f" {sentence}"
        else:
            gathered.append(sentence)
    if len(gathered) > 1 and len(gathered[-1]) < SHORTEST:
        last = gathered.pop()
        gathered[-1] += f" {last}"
    return gathered


def _cut(sentence: str, longest: int, code: str) -> Iterator[str]:
    """The sentence in balanced parts, none longer than `longest`."""
    start = 0
    while len(sentence) - start > longest:
        rest = len(sentence) - start
        ideal = rest / -(-rest // longest)
        place = _best_place(sentence[start : start + longest + 1], ideal, rest, code)
        if place is None:
            cut = _between_characters(sentence, start, start + int(ideal))
            yield sentence[start:cut]
            start = cut
        else:
            yield sentence[start : start + place]
            start += place + 1
    yield sentence[start:]


def _best_place(window: str, ideal: float, rest: int, code: str) -> int | None:
    """The space where the sentence is best cut, or None without one."""
    best, least = None, float("inf")
    depth, quoted, bracketed = 0, False, 0
    for place, sign in enumerate(window):
        if sign == '"':
            quoted = not quoted
        elif sign in "“«":
            quoted = True
        elif sign in "”»":
            quoted = False
        elif sign in "([":
            bracketed += 1
        elif sign in ")]":
            bracketed = max(0, bracketed - 1)
        elif sign == " " and place:
            depth = int(quoted) + int(bracketed > 0)
            cost = 2 * abs(place - ideal) / ideal - _worth(window, place, code) + _INSIDE * depth
            if min(place, rest - place - 1) < SHORTEST:
                cost += _BOUND
            if cost < least:
                best, least = place, cost
    return best


def _worth(window: str, place: int, code: str) -> float:
    """How good a boundary this space is."""
    before = window[max(0, place - 16) : place].rpartition(" ")[2]
    after = window[place + 1 : place + 17].partition(" ")[0]
    if _belong_together(before, after, code):
        return -_BOUND
    bare = before.rstrip(_CLOSING)
    if before.endswith(_STRONG) or bare.endswith(_STRONG) or after[:1] in ("—", "–", "-"):
        return _QUALITY["stop"]
    conjunction = after.rstrip(",").lower() in words("split", "conjunctions", of=code)
    if bare.endswith((",", "，", "、")):
        return _QUALITY["comma and word" if conjunction else "comma"]
    if conjunction:
        joins = bare[:1].isupper() and _NAMED_TOO.match(window, place)
        return _QUALITY["clinging" if joins else "word"]
    inside = window[: max(0, place - len(before) - 1)].rpartition(" ")[2].lower() in words(
        "split", "determiners", of=code
    )
    clings = (
        inside or bare.lower() in words("split", "clinging", of=code) or (code == ENGLISH and _is_phrase(window, place))
    )
    return _QUALITY["clinging" if clings else "space"]


def _is_phrase(window: str, place: int) -> bool:
    """Whether the words around this space are parts of one phrase, as an adjective and its noun are."""
    from audioed.scripting.tagger import tags

    found = tags(window)
    at = bisect_right(found, place, key=lambda each: each[0])
    before, after = found[at - 1][1] if at else "", found[at][1] if at < len(found) else ""
    return before in _LEADS or (before.startswith(("NN", "CD", "VBG")) and after.startswith("NN"))


def _belong_together(before: str, after: str, code: str) -> bool:
    """Whether two words are said in one go, as "Mr. Smith", "5 million", "No. 5" and "May 17" are."""
    if before.endswith("."):
        word = before[:-1].strip(OPENING).lower()
        return len(word) == 1 or any(word in words("split", kind, of=code) for kind in _ABBREVIATED)
    ends, starts = before[-1:], after[:1]
    return (ends.isdigit() and (starts.isalnum() or starts in "/%°+=–-")) or (
        starts.isdigit() and (ends.isalnum() or ends in "$€£¥+=–-")
    )


def _between_characters(text: str, start: int, place: int) -> int:
    """A place near this one that parts no letter from its accents."""
    cut = max(place, start + 1)
    while cut > start + 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return cut
