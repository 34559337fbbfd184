"""What is drawn rather than written: stars, arrows, smileys, marks of notes, digits of every kind."""

import re
import unicodedata
from functools import lru_cache
from re import Match

from audioed.scripting.normalize.en.words import plain
from audioed.scripting.normalize.rules import family, listed, rule
from audioed.scripting.trace import sub

_FOOTNOTE = re.compile(
    r"(?<=[a-z\d%)]) \(\d{1,2}(?:, ?\d{1,2}){0,4}\)(?=\.(?:\s|\Z))"
    r"| ?(?<!, )\[(?:\d{1,3}(?:[-–,] ?\d{1,3}){0,3}|[a-z]|note \d{1,3}|citation needed|sic|edit|clarification needed)\]"
    r"|(?<=[a-z]{2}[.,!?][\"'])\d{1,2}(?=\s|\Z)"
    r"|(?<=[a-z]{4}[.,\"'])[¹²³⁰⁴-⁹]{1,3}|(?<=[a-z]{4})[¹²³⁰⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹])"
)
_KEPT = "²³⁰¹⁴⁵⁶⁷⁸⁹⁻"
"""Powers, which a later family reads."""
_FIGURES = {"№": "No.", "℃": "°C", "℉": "°F"}


def _inserted(match: Match[str]) -> str:
    """Words that an editor put into a quotation, without a pause; behind a pronoun they tell who is meant."""
    return match[0] if match["before"].lower() in _PRONOUNS else f"{match['before']} {match['word']}"


_PRONOUNS = listed("i he she it they we you this that these those him them who one")
_INSERTED = re.compile(r"(?P<before>\b[\w'-]+) \[(?P<word>[^\W\d_][\w'-]*(?: [\w'-]+)?)\]")
_PINPOINT = re.compile(r"(?<=\bat )\[\d{1,3}\](?:(?:[-–]|, | and )\[\d{1,3}\]){0,4}")
"""Paragraphs of a judgment, as lawyers cite them; no notes."""
_BEYOND = re.compile(r"[^\x00-\x7f]")


def figures(text: str) -> str:
    """The text with every kind of digit as 0 to 9, every vulgar fraction with a slash, and no footnote marks."""
    if "[" in text:
        text = sub(_PINPOINT, lambda match: match[0].replace("[", "").replace("]", ""), text)
    text = sub(_FOOTNOTE, "", text)
    if "[" in text:
        text = sub(_INSERTED, _inserted, text)
    return text if text.isascii() else sub(_BEYOND, _figure, text)


@lru_cache(maxsize=1024)
def _plain(sign: str) -> str:
    """Any sign for a number in ordinary digits; other signs as they are."""
    if sign in _FIGURES:
        return _FIGURES[sign]
    if sign in _KEPT or (unicodedata.category(sign) not in {"Nd", "No", "Nl"} and not sign.isdigit()):
        return sign
    if "\u2170" <= sign <= "\u217f":  # small Roman numerals
        return str(int(unicodedata.numeric(sign)))
    flat = unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
    if flat.isascii():
        return flat
    value = unicodedata.numeric(sign, 0.5)
    return str(int(value)) if value.is_integer() else " "


def _figure(match: Match[str]) -> str:
    flat = _plain(match[0])
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return f"{' ' if before.isalnum() else ''}{flat}{' ' if after.isalpha() else ''}" if "/" in flat else flat


def _stars(match: Match[str]) -> str:
    """A rating of the kind that reviews close with."""
    full, whole = match[0].count("★") + match[0].count("⭐"), len(match[0])
    half = " and a half" if "½" in match[0] else ""
    most = f" out of {plain(str(whole))}" if "☆" in match[0] else ""
    ends = "." if re.match(r" [A-Z][a-z]", match.string[match.end() :]) else ""
    return f"{plain(str(full))}{half} star{'' if full == 1 and not half else 's'}{most}{ends}"


_RATED = re.compile(r" (?!(?:for|from|and|or|on|in|out|by|at|to|is|was|with)\b)[a-z]")


def _starred(match: Match[str]) -> str:
    """So many stars as a number before one: "a 5★ hotel"."""
    alone = match["number"] == "1" or _RATED.match(match.string, match.end())
    return f"{plain(match['number'])} star{'' if alone else 's'}"


def _smiley(match: Match[str]) -> str:
    """Nothing, or the stop that a smiley stands for."""
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    return "." if before[-1:].isalnum() and after[:1].isupper() else ""


_COLUMNS = {
    "'000": "thousands",
    "k": "thousands",
    "m": "millions",
    "mn": "millions",
    "bn": "billions",
    "tn": "trillions",
}
_SUMS = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
"""What the columns of a table are told in: "Sales ($'000)"."""
_RATINGS = (
    rule("<", r"(?<=\w) ?<-?> ?(?=\w)", " and "),
    rule("©", r"(?<=\d)©", "(c)"),  # what programs make of it: "Article 53.1(c)"
    rule("*", r"\b(?P<ask>(?i:select|count))(?: \*|\(\*\))", r"\g<ask> star"),
    rule("/", r"(?P<sign>[<>])/= ?(?=\d)", lambda m: "≤ " if m["sign"] == "<" else "≥ "),
    rule(
        "$€£¥",
        r"(?<=\()(?P<sign>[$€£¥]) ?(?P<size>'0{3}|m|mn|bn|k|tn)s?(?=\))",
        lambda m: f"{_COLUMNS[m['size']]} of {_SUMS[m['sign']]}",
    ),
    rule(";", r"\bTL; ?DR\b", "TL DR"),
    rule("$", r"(?<![\w$])\$(?P<of>[A-Za-z][\w =+<>,'()^-]{0,40})\$(?![\w$])", r"\g<of>"),  # TeX
    rule("$", r"(?<![\w$])\$(?P<some>[NXYZnxyz]|[Xx]{2,3})(?!\w)", r"\g<some> dollars"),
    rule("$", r"(?<![\w$])\$(?=[A-Z]{2,5}\b(?! ?\d))", ""),  # a company's shares: "$GME"
    rule(
        ":",
        r"\b(?P<at>NYSE|NASDAQ|Nasdaq|LSE|TSXV?|ASX|AMEX|HKEX|HKG|OTC[A-Z]*|LON|FRA|EPA|ETR|TYO|SGX|NSE|BSE) ?: ?"
        r"(?P<share>[A-Z]{1,5})(?:\.(?P<of>[A-Z]))?(?![\w.]\w)",
        lambda m: f"{m['at']}: {' '.join(filter(None, (m['share'], m['of'])))}",
    ),
    rule(
        "$",
        r"(?<![\w$])(?P<low>\${1,4}) ?[-–] ?(?P<high>\${2,4})(?![\w$])",
        lambda m: f"{plain(str(len(m['low'])))} to {plain(str(len(m['high'])))} dollar signs",
    ),
    rule("_", r" ?_{2,}(?=[ .,;])", ""),
    rule("&", r"&&", "&"),
    rule("&", r"(?<=\b[BMQR]&[ABM])S\b", "s"),
    rule("*", r"(?<=\b[Gg]rade II)\*", " star"),
    rule(
        "/",
        r"(?<![\w.])(?P<size>\d(?:\.\d)?K|(?:720|1080|1440|2160)p)/(?P<rate>\d{2,3})p?(?![\w/]| ?[a-z]/)",
        r"\g<size> at \g<rate>",
    ),
    rule("=", r"(?<=\w) ?== ?(?=\w)", " equals "),
    rule("=", r"(?<=\w) ?!= ?(?=\w)", " is not "),
    rule("/", r"(?<!\S)\./(?=\w)", "dot slash "),
    rule("★⭐", r"(?<=[★⭐☆])(?=\()", " "),
    rule(">", r"(?<=[\w.!?:)]) ?>{2,3}(?= \w)", ","),
    rule(">", r"(?<=[a-z.!?:)]) ?>{1,3}\s*\Z", lambda m: m[0] if "<" in m.string else ""),
    rule("(", r"(?<!\S)\([cC]\) ?(?=(?:19|20)\d\d\b)", "copyright "),
    rule("★⭐", r"(?<![\w.,])(?P<number>[1-7](?:\.\d)?) ?[★⭐](?![★⭐☆½])", _starred),
    rule("★⭐", r"[★⭐]{2,5}½?☆{0,4}|★½?☆{1,4}", _stars),
    rule("-=—→➡", r"(?<=\S)\s*(?:[-=—]{1,2}>|[→➡])\s*(?=[\w\"'(∞])", " to "),
    rule("-=—→➡←", r"\s*(?:<?[-=—]{1,2}>|<[-=—]{1,2}(?! ?\d)|[→➡←])\s*", " "),
    rule("<", r"(?P<who>\b(?:I|[Ww]e|[Yy]ou|[Tt]hey|really|still|all) )<3+ (?=[A-Za-z])", r"\g<who>love "),
    rule("<", r"(?<!\S)(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\b[a-z] )<3+(?=[.,!?;]*(?:\s|\Z))(?! \d)", ""),
    rule(
        ":;=",
        r"(?<!\S)[:;=](?:['’^o-]{0,2}(?:[)(*|/\\\[\]]{1,5}|[DPpO3](?![\w])))(?=[\s.,!?;:\"]|\Z)",
        _smiley,
    ),
)
ratings = family(_RATINGS)
"""The text with rows of stars as a number of stars."""
