"""What the words around a construction tell about it."""

import re
from re import Match

from audioed.scripting.split import ends

_ARTICLE = re.compile(r"\b[Aa]n? (?:minus )?(?:(?:[a-z-]{2,12}|\d{1,3} \d/\d) by )*\Z")
_PHRASE = re.compile(r"\b[Aa]n? (?=(?:[a-z-]+ ){1,3}\Z)")
"""An article and what may be adjectives: "a typical 6 kW system"."""
_KNOWN = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y|new|record|first|another|"
    r"(?!(?:[Ii]t|[Hh]e|[Ss]he|[Tt]h(?:at|ere)|[Hh]ere|[Ww]h(?:at|o|ere))'s)[A-Za-z]+'s) "
    r"(?:(?:[a-z-]{2,12}|\d{1,3} \d/\d) by )*\Z"
)
_DOES = frozenset(
    {"costs", "needs", "goes", "comes", "means", "makes", "helps", "buys", "covers", "includes", "remains"}
)
"""Verbs that are said of sums."""
_ADDED = re.compile(
    r" (?:annually|yearly|monthly|yesterday|today|tomorrow|apiece|altogether|total|extra|combined|overnight|cash|"
    r"back|worldwide|nationwide|abroad|elsewhere|"
    r"instead|per|gross|net|plus|minus|here|there|online|[a-z]+ly|(?!building|funding|charging|lighting|financing)[a-z]+ing)\b"
)
_NOUN = re.compile(
    r" (?!(?:most|many|both|several|"
    r"a|an|the|in|on|at|to|of|by|for|from|with|was|were|is|are|has|had|have|he|she|it|they|we|you|that|which|"
    r"who|and|or|but|as|than|will|would|could|might|may|can|over|under|per|each|into|more|less|last|this|next|spent|"
    r"paid|lost|owed|due|worth|up|down|above|below|away|long|high|tall|wide|deep|thick|apart|ahead|behind|off|short|flat|thru|through|obo|ono|"
    r"when|while|before|after|until|since|because|if|not|about|against|between|during|through|without|so|did|does|"
    r"all|some|every|now|then|too|also|still|again|ago|later|earlier|"
    r"vs|versus|incl|excl|approx|compared|amid|amidst|despite|following|across|among|whereas|though|although|rather|even|only|just|already|"
    r"within|towards?|till|via|around|near|unless|whose|where|how|why|yet|nor|plus|be|been|being|do|must|should|until|"
    r"fell|rose|went|came|got|made|gave|took|left|kept|hit|set|out|back|down|behind|beyond|alone|depending|excluding|"
    r"including|one-off|upfront|up-front|onwards?|apiece|seniors|students|adults|children|ea|est|adj|exp|kids|members|nonmembers|youths|general|advance|off|pp|pcm|pw|pa|p\.|[a-z]{2,12}(?<!se)ed)\b)[a-z𘬀-𘳕]"
)


_WORK = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]{2,}(?: [A-Z][a-z]+)* [a-z]")
"""What is worth that much, by its name: "the $38m Klimt sold"."""
_TITLED = re.compile(r" [A-Z][a-z]+(?<![^s]s)\b")
"""The next word of a headline: "Firm Wins $33k Deal"."""
_PROSE = re.compile(
    r"\b(?!(?:with|from|over|into|after|amid|than|near|upon|dollars?|pounds?|euros?|hundred|thousand|million|billion|"
    r"point|percent)\b)[a-z]{4,}\b"
)
"""What no headline has that is written as titles are."""
_YIELDING = re.compile(
    r" \d[\d.]*% (?:[a-z-]+ )?(?:notes?|bonds?|debentures?|loans?|gilts?|Treasur(?:y|ies)|coupons?)\b"
)
"""What bears so much interest: "$500m 4.875% notes"."""
_SERIES = re.compile(r", \d[\d.,]*-[A-Za-z]+\.?(?: [a-z]|, \d[\d.,]*-[a-z])")
"""Another quantity that describes the same: "the £100m, 500-seat hall"."""


def ends_sentence(text: str, place: int) -> bool:
    """Whether the stop of an abbreviation, which ends here, is the sentence's stop as well."""
    return ends(text, place)


def stopped(said: str, match: Match[str]) -> str:
    """The full word, with the stop of the short one where that is the sentence's too."""
    ends = match[0].endswith(".") and ends_sentence(match.string, match.end())
    return f"{said}." if ends else said


def priced(match: Match[str]) -> bool:
    """Whether a sum describes what follows even without an article: "£1.2m houses"."""
    text, end = match.string, match.end()
    if (title := _TITLED.match(text, end)) and not _PROSE.search(text):
        word = title[0].lower()
        return bool(_NOUN.match(word)) and not _ADDED.match(word)
    follows = _NOUN.match(text, end) and not _ADDED.match(text, end) and not _told_of(text, end + 1)
    return describes(match) or (bool(follows) and not _acts(text, end + 1))


def describes(match: Match[str]) -> bool:
    """Whether a quantity describes what follows: "a $5 million deal" is said "a five million dollar deal"."""
    text, start = match.string, match.start()
    if _ARTICLE.search(text, max(0, start - 32), start) or _in_phrase(text, start, match.end()):
        return True
    if _YIELDING.match(text, match.end()):
        return True
    if _SERIES.match(text, match.end()) and _KNOWN.search(text, max(0, start - 24), start):
        return True
    if _WORK.match(text, match.end()) and _KNOWN.search(text, max(0, start - 24), start):
        return True
    named = _NOUN.match(text, match.end()) and _KNOWN.search(text, max(0, start - 24), start)
    return bool(named) and not _acts(text, match.end() + 1)


def names_thing(match: Match[str]) -> bool:
    """Whether a thing is named right behind this: "on/off switch"."""
    return bool(_NOUN.match(match.string, match.end())) and not _ADDED.match(match.string, match.end())


def _in_phrase(text: str, start: int, end: int) -> bool:
    """Whether a quantity is one of the words between an article and its noun: "a typical 6 kW residential system"."""
    article = _PHRASE.search(text, max(0, start - 40), start)
    if article is None or not _NOUN.match(text, end) or _ADDED.match(text, end):
        return False
    from audioed.scripting.tagger import tags

    told = tags(text)
    between = (tag for place, tag in told if article.end() <= place < start)
    behind = next((tag for place, tag in told if place > end), "")
    return all(tag in _QUALITIES for tag in between) and behind.startswith(("NN", "JJ"))


_QUALITIES = frozenset({"JJ", "JJS", "NN", "RB", "VBG", "VBN"})


def _told_of(text: str, place: int) -> bool:
    """Whether the word here is told of what stands before it, and belongs to no noun: "under $500 available here"."""
    from audioed.scripting.tagger import tags

    told = [tag for at, tag in tags(text) if at >= place]
    return (
        told[:1] != [] and told[0].startswith("JJ") and not "".join(told[1:2]).startswith(("NN", "JJ", "VB", "CC", ","))
    )


def _acts(text: str, place: int) -> bool:
    """Whether the word here is a verb in -s: "the $18 reaches us"."""
    word = text[place : place + 24].partition(" ")[0].rstrip(".,;:!?)")
    if not word.endswith("s") or word in _DOES:
        return word in _DOES
    from audioed.scripting.tagger import parts_of_speech

    return parts_of_speech(text).get(place) == "verb"
