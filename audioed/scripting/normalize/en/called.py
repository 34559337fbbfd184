"""What is called by its number: models, flights, rooms, ports, episodes."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.words import MAGNITUDE, halves, plain
from audioed.scripting.normalize.rules import DIGITS, listed, rule


def _title(match: Match[str]) -> str:
    """A law or form that is known by its number, as the halves it is called by."""
    return f"{match['name']} {halves(match['number'])}"


def _model(match: Match[str]) -> str:
    """A product, line or index that is called by its number, unless the word before only opens a count."""
    return match[0] if match["name"] in _COUNTING or match["number"].endswith("00") else _title(match)


_COUNTING = listed(
    "A About All Almost An And Another Approximately Around As At Between But By Currently During Even Every Exactly "
    "Fewer First Following For From Have He His Her How I If In Including Into It Its Just Last Least Less Like Maybe "
    "More Most Nearly Next No Not Now Of On Only Or Other Our Out Over Per Plus Roughly Since So Some Still Than That "
    "The Their Then There These They This Those Through To Top Total Under Until Up Was We Well Were What When Where "
    "With "
    "Within Would You Your January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Population"
) | {row[0] for row in rows("en", "currencies") if row[-1] != "large"}
_CALLED = (
    "Flight|Route|Interstate|Highway|Area|Room|Section|Article|Rule|Resolution|Nikkei|Fahrenheit|Proposition|Prop\\.?|"
    "Bill|Suite|Apartment|Unit|Studio|Channel|Form|Boeing|Airbus|Exit|Bus|Psalm|Peugeot|Porsche|RTX|GTX|RX|Ryzen|Radeon|Snapdragon|"
    "Executive Order|Title|Airbus A|Terminal|Gate|Ward|Cell|Convention|Levi's|"
    "HR(?! \\d+ (?:bpm|beats))|H\\.R\\.|SB|AB|HB|Blink|Agent"
)
_STATUS = "10[0-3]|20[0-6]|30[0-8]|40[0-9]|41[0-8]|42[1-9]|431|451|50[0-8]|511"
"""What a server answers with; "a 404" is four oh four."""
RULES = (
    rule(
        DIGITS,
        rf"(?P<http>\bHTTP(?:/\d(?:\.\d)?)?(?: (?:error|status|code))* )?(?<![\w.,$€£/-])"
        rf"(?P<code>{_STATUS})(?![\w/-]|[.,]\d)"
        r"(?P<answer>(?= (?:errors?|redirects?|responses?|status(?:es)?|Not Found|Bad Request|Bad Gateway|Forbidden|"
        r"Unauthorized|Internal Server|Too Many|Service Unavailable|Gateway|Rate Limit)\b))?(?(http)|(?(answer)|(?!)))",
        lambda m: f"{m['http'] or ''}{halves(m['code'])}",
    ),
    rule(
        "/",
        rf"\b(?P<name>{_CALLED}) (?P<one>\d{{3,4}}) ?/ ?(?P<other>\d{{3,4}})(?P<kind>[A-Z]{{0,2}})(?!\w|[.,/]\d)",
        lambda m: f"{m['name']} {halves(m['one'])}, {halves(m['other'])} {m['kind']}".rstrip(),
    ),
    rule(DIGITS, rf"\b(?P<name>{_CALLED}) (?P<number>\d{{3,4}})\b(?![,.:/%]\d|[-–]\d|%| percent| ?[ap]\.?m\b)", _title),
    rule(
        ("ort ", "orts "),
        r"(?P<cue>\b[Pp]orts? )(?P<list>\d{2,4}(?:(?:, | and | or |, and )\d{2,4}){0,5})"
        r"(?=[,.;:)](?!\d)|\Z| (?:is|are|and|or|on|for|to|in|by|with|must|was|were|open|closed|listens?|instead)\b)",
        lambda m: m["cue"] + re.sub(r"\d+", lambda number: halves(number[0]), m["list"]),
    ),
    rule(
        DIGITS,
        rf"\b(?P<name>[A-Z][a-zA-Z]+) (?P<number>[1-9]\d\d|[3-9]\d{{3}}(?<!00))(?! (?i:{MAGNITUDE})\b)"
        r"(?=[,.;:)!?\"'](?!\d)|$| (?:[A-Z]\w|(?:is|was|has|had|"
        r"and|or|with|"
        r"for|in|on|at|the|over|to|will|can|from|as|that|which|by|took|crashed|landed|model|are|were|"
        r"have|gained|fell|rose|closed|jumped|dropped|slid|climbed|added|lost|ended|surged|slipped|index|did|"
        r"does|may|could|"
        r"would|should|after|before|during|but|because|when|while|if|than|also|still|now|today|against|into|"
        r"series|jet|plane|router|processor|chip|card|camera|phone|laptop|model)\b))",
        _model,
    ),
    rule(("Flight ",), r"(?P<name>\bFlight [A-Z]{2,3}) ?(?P<number>\d{3,4})\b", _title),
    rule(
        "SE",
        r"\bS(?P<season>\d{1,2}) ?E(?P<episode>\d{1,3})\b",
        lambda m: f"season {plain(str(int(m['season'])))}, episode {plain(str(int(m['episode'])))}",
    ),
)
"""In this order: what is always called so before any name with a number."""
