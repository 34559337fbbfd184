"""Where a sentence begins, by its first words and by what stands before them."""

import re

from audioed.languages import words

ENGLISH = "en"
OPENING = "\"'“‘«([¿¡"
"""What may stand before the first word."""
_KINDS = re.compile(
    r"\b(?i:vitamins?|hepatitis|plan|grade|group|type|class|team|option|answer|exhibit|appendix|category|platform|gate|"
    r"zone|model|series|generation|gen|mode|phase|form|schedule|building|hall|"
    r"influenza|factor|omega|point|item|side|note|key|letter) [A-Z](?:(?:,| and| or) [A-Z])*\.\Z"
)
"""A letter that tells which one of a kind."""
_PARTICLES = frozenset(
    {"De", "Da", "Di", "Do", "Du", "Des", "Del", "Della", "Dal", "La", "Le", "Les", "Lo", "El", "Al", "Los", "Las"}
)
"""Words of names that begin sentences in other languages."""
_NAMES = frozenset(
    {
        *("Open", "Supreme", "Federal", "Young", "Green", "Long", "Rich", "Grant", "Will", "Mark", "Day", "High"),
        *(
            "Marines",
            "Airways",
            "Treasuries",
            "Treasurys",
            "Democrats",
            "Republicans",
            "Rangers",
            "Figures",
            "Holdings",
        ),
        *("Rams", "Kings", "Clippers", "Angels", "Chargers", "Sparks", "Lakers", "Soccer", "Industries", "Motors"),
        *("Bridge", "Tunnel", "Line", "Station", "Church", "School", "Mall", "Park", "Theater", "Theatre", "Hospital"),
        *(
            "Corridor",
            "Library",
            "Market",
            "Hotel",
            "Armory",
            "Campus",
            "Garage",
            "Magazine",
            "Hall",
            "Field",
            "Chairman",
            "President",
        ),
        *("Olympic", "Paralympic", "Naval", "Central", "Military", "National", "Civil", "Royal", "Presidential"),
    }
)
"""Words that follow short forms as names: the U.S. Open, the L.A. Kings."""
_CAPITALISED = re.compile(r"[^\W\d_]+(?:-[a-z]+)*[,:]?")
_BODIES = frozenset(
    {"Senate", "House", "Congress", "Army", "Navy", "Treasury", "Marshals", "Attorney", "Embassy", "Coast", "Dollar"}
)
"""Of a country, and named behind its short form: the U.S. Senate."""
_SOCIAL = frozenset({"Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Sir", "Lady", "Lord"})
"""Titles that no short form stands before."""
_PLACED = re.compile(
    r"\b(?:in|to|from|across|throughout|outside|inside|within|into|leaving|left|reached|entered|visited) the \S+\.\Z"
)
"""A country's short form that closes a phrase: "back to the U.K."."""
_FIRST_WORDS = re.compile(
    r"(?:\A|[.!?][\"'”’]{0,2} )[\"'“‘]?(?:The|By|At|From|Until|Before|After|Since|Around|About|"
    r"Shortly (?:before|after)|Just (?:before|after))(?: about| around)? [\w:.-]{1,14} ?[ap]\.m\Z"
)
"""A time that begins a sentence does not end it: "By 9 p.m. Mr. Tait was home"."""
_OBJECTS = frozenset({"DT", "JJ", "JJR", "PRP", "PRP$"})
"""What follows a verb that asks for something: "Enjoy long walks"."""
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_CLOSED = re.compile(r"\w,? (?:Ave|Blvd|Rd|Ln|Dr|Hwy|Pkwy|Inc|Corp|Ltd|LLC|Bros|Jr|Sr|Esq)\.\Z")
"""What a name closes with: "on Fifth Ave. Brooklyn is far", but "the Park Ave. Tunnel is shut"."""


def begins(text: str, place: int, code: str = ENGLISH, *, named: bool = False) -> bool:
    """Whether a sentence begins here, by its first words; behind somebody's initial only what no name begins with."""
    after = text[place : place + 60].lstrip(f" {OPENING}")
    first, _, rest = after.partition(" ")
    if code == ENGLISH and not named and first in _SOCIAL and rest[:1].isupper():
        return True
    if first.rstrip(',;:!?"”)') in words("split", "starters", of=code):
        return (code != ENGLISH and not named) or first not in _PARTICLES
    if named or code != ENGLISH:  # whose words nobody here can tell apart
        return False
    ordinary = first not in _NAMES and _CAPITALISED.fullmatch(first) and rest[:1].islower()
    return bool(ordinary) and _is_clause(text, place, after)


def _is_clause(text: str, place: int, after: str) -> bool:
    """Whether an English sentence begins with these words: "Demand grew", "Oil prices rose"."""
    from audioed.scripting.tagger import tags

    if _KINDS.search(text, max(0, place - 24), place):
        return not tags(after[0].lower() + after[1:])[0][1].startswith("NNP")
    told = [tag for _, tag in tags(after)]
    if told[1:2] and told[1] in _OBJECTS and tags(after[0].lower() + after[1:])[0][1] in {"VB", "VBP"}:
        return True
    tag, second, third = (*told, "", "")[:3]
    if _PLACED.search(text, max(0, place - 32), place) and _is_told(after.partition(" ")[0], told):
        return True
    if tag.startswith("NNP") and second in _FINITE and _CLOSED.search(text, max(0, place - 24), place):
        return after.partition(" ")[0] not in _NAMES
    initials = text[max(0, place - 3) : place - 2] == "."
    if tag in {"NN", "NNPS"} or (tag == "NNS" and initials):
        return second in _FINITE or (second in {"NNS", "RB"} and third in _FINITE)
    return not tag.startswith("NNP")


def _is_told(first: str, told: list[str]) -> bool:
    """Whether something is told of this first word, behind a phrase that a country's short form closes."""
    tag, second = (*told, "", "")[:2]
    if second in _FINITE:
        return tag.startswith("NN") and first not in _BODIES
    named = first in _BODIES and first != "House"
    return second in {"NN", "NNS"} and not named and bool(_FINITE & {*told[2:5]}) and "," not in told[:4]


def opens(text: str, place: int) -> bool:
    """Whether a time of day, whose last stop is here, is the first of a sentence that goes on with a name."""
    first = text[place + 1 : place + 40].lstrip(f" {OPENING}").partition(" ")[0]
    named = first.rstrip(',;:!?"”)') not in words("split", "starters", of=ENGLISH)
    return named and _FIRST_WORDS.search(text, max(0, place - 48), place) is not None
