"""Signs: those that mean a word are said, those that shape the reading are kept, the rest is dropped."""

import re
import unicodedata
from functools import lru_cache
from re import Match

from audioed.english import is_in_dictionary
from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import names_thing
from audioed.scripting.normalize.en.words import plain
from audioed.scripting.normalize.rules import applied, before, behind, family, listed, rule
from audioed.scripting.normalize.tidy import composed, spaced
from audioed.scripting.trace import sub

_FOOTNOTE = re.compile(
    r"(?<=[a-z\d%)]) \(\d{1,2}(?:, ?\d{1,2}){0,4}\)(?=\.(?:\s|\Z))"
    r"| ?(?<!, )\[(?:\d{1,3}(?:[-–,] ?\d{1,3}){0,3}|[a-z]|note \d{1,3}|citation needed|sic|edit|clarification needed)\]"
    r"|(?<=[a-z]{2}[.,!?][\"'])\d{1,2}(?=\s|\Z)"
    r"|(?<=[a-z]{4}[.,\"'])[¹²³⁰⁴-⁹]{1,3}|(?<=[a-z]{4})[¹²³⁰⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹])"
)
_WORDS = {
    "&": "and",
    "@": "at",
    "+": "plus",
    "=": "equals",
    "%": "percent",
    "°": "degrees",
    "§": "section",
    "¶": "paragraph",
    "±": "plus or minus",
    "×": "times",
    "÷": "divided by",
    "≈": "about",
    "≤": "at most",
    "≥": "at least",
    "≠": "is not",
    "<": "less than",
    ">": "greater than",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "¢": "cent",
    "₿": "bitcoin",
    "²": "squared",
    "³": "cubed",
    "π": "pi",
    "µ": "micro",
    "μ": "micro",
    "Ω": "ohm",
    "√": "the square root of",
    "∞": "infinity",
    "#": "hash",
    "♯": "sharp",
    "♭": "flat",
    "♮": "natural",
    "/": "slash",
    "→": "to",
    "⇒": "implies",
    "⇔": "if and only if",
    "∑": "the sum of",
    "∏": "the product of",
    "∫": "the integral of",
    "∂": "partial",
    "∇": "nabla",
    "∈": "in",
    "∉": "not in",
    "∀": "for all",
    "∃": "there is",
    "∝": "is proportional to",
    "≡": "is equivalent to",
    "∼": "about",
    "∪": "union",
    "∩": "intersection",
    "⊂": "is a subset of",
    "∓": "minus or plus",
}
_KEPT = "²³⁰¹⁴⁵⁶⁷⁸⁹⁻"
"""Powers, which a later family reads."""
_FIGURES = {"№": "No.", "℃": "°C", "℉": "°F"}
_STRENGTH = "?!.;:,"
"""Of several stops in a row the voice reads the strongest."""


def _inserted(match: Match[str]) -> str:
    """Words that an editor put into a quotation, without a pause; behind a pronoun they tell who is meant."""
    return match[0] if match["before"].lower() in _PRONOUNS else f"{match['before']} {match['word']}"


_PRONOUNS = listed("i he she it they we you this that these those him them who one")
_INSERTED = re.compile(r"(?P<before>\b[\w'-]+) \[(?P<word>[^\W\d_][\w'-]*(?: [\w'-]+)?)\]")


_PINPOINT = re.compile(r"(?<=\bat )\[\d{1,3}\](?:(?:[-–]|, | and )\[\d{1,3}\]){0,4}")
"""Paragraphs of a judgment, as lawyers cite them; no notes."""


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
    return f"{' ' if before.isdecimal() else ''}{flat}{' ' if after.isalpha() else ''}" if "/" in flat else flat


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


def _ellipsis(match: Match[str]) -> str:
    """A comma before words in lower case, the end of a sentence otherwise."""
    after = match["after"]
    if _DASH.match(match.string, match.end()):
        return after
    gap = " " if after[:1].isalpha() else ""
    return f"{',' if after[-1:].islower() else '.'}{gap}{after}"


_DASH = re.compile(" ?[—–]")


def _blood(match: Match[str]) -> str:
    """A blood group, where the sentence is about blood."""
    if "blood" not in match.string.lower():
        return match[0]
    return f"{match['group']} {'positive' if match['sign'] == '+' else 'negative'}"


def _smiley(match: Match[str]) -> str:
    """Nothing, or the stop that a smiley stands for."""
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    return "." if before[-1:].isalnum() and after[:1].isupper() else ""


def _opening(match: Match[str]) -> str:
    if match["tail"]:
        return match["tail"][:-1]
    if match["gap"] or match["wide"] or match["after"] or match["quoted"] is not None or _is_glued(match):
        return ", "
    return "" if match["gap"] is None or _PIECE.match(match.string, match.end() - 1) else " "


def _is_glued(match: Match[str]) -> bool:
    """Whether a bracket is no part of the word before it, though its writer left no space: "a network(VNet)"."""
    return bool(_ORDINARY.search(before(match)) and _GLUED.match(behind(match, back=1)))


_GLUED = re.compile(r"[(\[]+(?:[A-Z][\w-]+|[\w'-]+ [\w'-]+)")
_ORDINARY = re.compile(r"(?<![\w.$-])[A-Za-z][a-z]{2,}\Z")
"""A word that is no function."""
_PIECE = re.compile(r"[(\[](?:[a-z'-]{2,3}[)\]]|[a-z]{1,4}[)\]](?=[a-z]))")
"""A piece of a word in brackets; anything else is what a function is called with, "np.mean(x)"."""


_EITHER = (
    "on|off|yes|no|true|false|win|lose|pass|fail|buy|sell|left|right|up|down|in|out|day|night|male|female|men|women"
)


def _either(match: Match[str]) -> str:
    """One or the other; both where they describe a thing, "a male/female ratio", or somebody, "the owner/operator"."""
    both = names_thing(match) or (_DOES.search(match["one"]) and _DOES.search(match["other"]))
    joint = " " if both else " or "
    return f"{match['one']}{joint}{match['other']}"


_ANY = "[Yy]our|[Aa]n?|[Aa]ny|[Ee]ach|[Ee]very|[Nn]o|[Hh]is|[Hh]er|[Tt]heir|[Mm]y"
_DOES = re.compile(r"(?:[eo]r|ist|ian|man|woman)\Z")
_ITEM = r"(?:[A-Za-zÀ-ÿ][\w'-]+|[𘬀-𘳕])"
"""A word at a slash, or what stands for one whose sound is known."""
_FOLDERS = "src|usr|etc|var|lib|bin|home|opt|tmp|docs|app|api|refs|origin|node_modules|dist|tests?"
"""What paths of files begin with."""
_RATINGS = (
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
    rule("/", r"(?<![\w.])(?P<size>[48]K|(?:720|1080|1440|2160)p)/(?=\d{2,3}(?![\w/]| ?[a-z]/))", r"\g<size> at "),
    rule("=", r"(?<=\w) ?== ?(?=\w)", " equals "),
    rule("=", r"(?<=\w) ?!= ?(?=\w)", " is not "),
    rule("/", r"(?<!\S)\./(?=\w)", "dot slash "),
    rule("★⭐", r"(?<=[★⭐☆])(?=\()", " "),
    rule(">", r"(?<=\S) ?>{2,3}(?= [A-Z])", ","),
    rule(">", r"(?<=[a-z.!?:)]) ?>{1,3}\s*\Z", ""),
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
_GOES_ON = (
    "and|but|or|so|yet|which|who|where|when|while|because|though|although|if|it|they|we|he|she|you|this|that|these|those|"
    "the|a|an|its|their|our|his|her|my|your|everything|anything|nothing|everyone|not|even|especially|including|in|on|at|"
    "for|from|with|without|just|like|perhaps|only|one|some|all|is|are|was|were|has|had|as"
)
"""What goes on behind a dash, and is no second part of a compound such as "cost–benefit"."""
_PAUSES = (
    rule(
        "♯♭#",
        r"\b(?P<key>[A-G](?:[♯♭#]| sharp| flat)) ?(?P<mode>maj|min)\b\.?|\b(?P<plain>[A-G]) maj\b\.?",
        lambda m: f"{m['key']} {'major' if m['mode'] == 'maj' else 'minor'}" if m["key"] else f"{m['plain']} major",
    ),
    rule("~", r"(?<=\S) ~ (?=[A-Za-z\"'])(?!(?:half|one|two|three|four|five|six|ten|a|an) )", ", "),
    rule("-–", r"(?<=[.!?])[-–](?=[A-Za-z])", " "),
    rule("-", r"(?<=\w) -(?=[A-Z][a-z])", ", "),
    rule("-", r"(?<=[a-z]{2})- (?!(?:and|or|to|nor|but|versus|vs|through|into|as)\b)(?=[A-Za-z])", ", "),
    rule("m", r"(?P<key>\bin [A-G] )min\b\.?(?! ?\d)", r"\g<key>minor"),
    rule("(", r"(?<!\w)O\((?P<of>[^()]{1,16})\)", r"O of \g<of>"),
    rule("(", r"(?<=\w)\((?:R|r|TM|tm|C)\)(?!\w)", ""),
    rule("M", r"(?<=[a-z]{3})(?:TM|SM)\b", ""),
    rule(".…", r" ?(?:\.(?: ?\.){2,}|…)[.…]*(?P<after> ?[\"')]*(?: ?[^\W\d_])?)", _ellipsis),
    rule(
        "—–-|•·‣◦",
        r"\s*(?:—|–(?!\w)|(?<=\s)–|(?<![\w-])-{1,3}(?=\s)|(?<!-)-{2,3}(?!-)|[|•·‣◦])\s*",
        ", ",
    ),
    rule("–", rf"(?<=[a-z]{{2}})–(?=(?:{_GOES_ON})\b)", ", "),
    rule("–", "–", "-"),
    rule(
        "([",
        r"(?:(?<=[^\W_])(?P<gap> ?)|(?<=[\"'+$€£*°#])(?<![.!?]\")(?P<wide> )|"
        r"(?<=\w[\"'])(?P<quoted>)|(?<=[a-z]\))(?P<after> ))[(\[]+(?P<tail>e?s[)\]])?|[(\[]+",
        _opening,
    ),
    rule(")]", r"[)\]]+(?P<after>(?= ?[^\W_\d]))?", lambda m: "," if m["after"] is not None else ""),
)


def _shortened(match: Match[str]) -> str:
    """A short form that nobody here knows, without its stop: no sentence ends before a small letter."""
    short = match["short"]
    known = short.isupper() or short.lower() in _SHORT_FORMS or is_in_dictionary(short.lower(), "en-US")
    return match[0] if known else short


_SHORT_FORMS = {row[0].rstrip(".").lower() for row in rows("en", "abbreviations")} | {"ff", "bde", "regt", "rgt", "sqn"}
"""Which other rules read, once the words before them are read."""


_EQUATION = re.compile(r" (?:=|equals) ")
_SIGNS = (
    rule(".", r"(?<![\w.'-])(?P<short>[A-Za-z]{2,6})\.(?= [a-z]{2})", _shortened),
    rule("$", r"(?<![\w$])\${2,4}(?![\w$])", lambda m: f"{plain(str(len(m[0])))} dollar signs"),
    rule(
        "*",
        r"(?:(?<=A\*)|(?<![\w*.]))A\*(?P<next>(?=[A-E](?![a-z])))?(?![a-z*\d])",
        lambda m: "A star" if m["next"] is None else "A star ",
    ),
    rule(":", r"(?<=[a-z]):(?=[A-Z]\b)", " "),
    rule("/", r"\b(?P<first>and|AND)/(?=or\b|OR\b)", r"\g<first> "),
    rule("/", r"\b(?P<first>(?i:s?he|his|him|hers?))/(?=(?i:s?he|hers?|his|him|they)\b)", r"\g<first> or "),
    rule(
        "/",
        r"(?<=\b[SML])/(?=X{1,3}[SL]\b)|(?<=\bX[SL])/(?=[SML]\b)|(?<=\b[A-Z])/(?=[A-Z]\b)|(?<=[A-Z]{2})/(?=[A-Z]{2,12}\b)",
        " ",
    ),
    rule("/", r"(?<=[a-z]{2})/(?=[A-Z]{2,5}(?![\w/]))", ", "),
    rule(("/he",), r"\b[Ss]/he\b", "she or he"),
    rule(("km/h",), r"(?<![\w/])km/h(?!\w)", "kilometers per hour"),
    rule("/", r"\b[wW]/o\b", "without"),
    rule("/", r"\bw/ ?(?=\w)", "with "),
    rule(
        "/",
        r"(?<=[\w.,%)])(?: / |/ (?=[A-Za-z]))(?=[\w$€£(])",
        lambda m: " divided by " if _EQUATION.search(m.string) else ", ",
    ),
    rule(
        "/",
        rf"(?<![\w/.~-])(?!(?:{_FOLDERS})/){_ITEM}(?:/{_ITEM}){{2,40}}(?![\w/]|\.\w)",
        lambda m: m[0].replace("/", ", "),
    ),
    rule(("y/ies",), r"(?<=[a-z]{3})y/ies\b", "ies"),
    rule("/", r"(?<=[a-z]{4})/(?=es\b)|(?<=[a-z]{3}[a-rt-z])/(?=s\b)", ""),
    rule("/", rf"(?<![\w/.-])(?P<one>(?i:{_EITHER}))/(?P<other>(?i:{_EITHER}))(?![\w/])", _either),
    rule("/", rf"(?P<one>\b(?:{_ANY}) [a-z]{{3,20}})/(?P<other>[a-z]{{3,20}})(?![\w/-]|\.\w)", _either),
    rule("/", rf"(?<![\w/.~])(?P<one>{_ITEM})/(?={_ITEM}(?![\w/]|\.\w))", r"\g<one> "),
    rule("❤♥", r"(?P<who>\b(?:I|[Ww]e)) ?[❤♥]\s*(?=\w)", r"\g<who> love "),
    rule("~", r"(?<![\w~])~ ?(?=[a-z])", "about "),
    rule("~", "~", " "),
    rule("<", r"</?(?P<words>[a-zA-Z][\w' -]{0,40})(?:=[^<>]{0,40})?/?>", r" \g<words> "),
    rule("➡→", r"(?<=\w)\s*[➡→]\s*(?=\w)", " to "),
    rule(">", r"(?<=[a-z]) > (?=[A-Z])", ", "),
    rule("#", r"\b(?P<key>[A-G])#(?!\w)", r"\g<key> sharp"),
    rule("+", r"\bHIV\+", "HIV positive"),
    rule("+-", r"\b(?P<group>O|A|B|AB|Rh)(?P<sign>[+-])(?=[\s,.;)/]|$)", _blood),
    rule(
        "-",
        r"(?<![\w-])(?P<grade>[A-D]{1,3}|[A-D]a{1,2}\d?)-(?=[\s,.;:)!?\"]|$)(?! (?:and|or|to) \w+-)",
        r"\g<grade> minus",
    ),
    rule("$", r"(?<=[A-Za-z])\$(?=[A-Za-z])", "S"),
    rule("", rf"[{re.escape(''.join(_WORDS))}]", lambda m: f" {_WORDS[m[0]]} "),
    rule("", r"[*^`\\{}_™®©℠†‡]", " "),
)
_BEYOND = re.compile(r"[^\x00-\x7f]")
_FIRST = re.compile(r"\A[ ,;:.!?-]+")
_LAST = re.compile(r"(?<![ ,;:-])[ ,;:-]+\Z")
_ALL = re.compile(r"(?s)\A.+\Z")
_HELD = re.compile(r" *[,;:.!?](?:[ ]*[,;:.!?])*")
ratings = family(_RATINGS)
"""The text with rows of stars as a number of stars."""
pauses = family(_PAUSES)
"""The text with dashes, brackets and dots as the commas and stops that a voice breathes at."""


def signs(text: str) -> str:
    """The text with signs as words, and nothing left but words and punctuation."""
    text = applied(_SIGNS, text)
    return text if text.isascii() else sub(_BEYOND, lambda match: _sayable(match[0]), text)


@lru_cache(maxsize=1024)
def _sayable(sign: str) -> str:
    """A letter or a mark on one; any other sign is silent."""
    if unicodedata.category(sign)[0] in "LM" and not sign.isdigit():
        return sign
    return {"…": ".", "—": ","}.get(sign, " ")


_SHORTENED = frozenset({".,", ".;", ".:"})


def _strongest(match: Match[str]) -> str:
    """The one stop that is heard of several; a weaker one tells that the full stop before it only ends a short form."""
    stops = match[0].replace(" ", "")
    apart = " " * (" " in match[0].lstrip() and match.string[match.end() : match.end() + 1].isalnum())
    return (stops[1] if stops in _SHORTENED else min(stops, key=_STRENGTH.index)) + apart


def stops(text: str) -> str:
    """The text with single spaces and single stops; empty where no word is left."""
    text = sub(_FIRST, "", sub(_HELD, _strongest, spaced(composed(text))))
    return sub(_LAST if any(map(str.isalnum, text)) else _ALL, "", text)
