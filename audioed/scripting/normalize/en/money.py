"""Sums of money: the currency after the number, cents apart, magnitudes in full."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en.grammar import describes, priced
from audioed.scripting.normalize.en.words import MAGNITUDE, MAGNITUDES, NUMBER, cardinal, one, plain, plural
from audioed.scripting.normalize.rules import DIGITS, before, choice, family, rule
from audioed.scripting.split import ends

_CURRENCIES = {row[0]: (*row[1:], "", "", "")[:4] for row in rows("en", "currencies")}
_NATIONS = {
    "US": "US",
    "U.S.": "US",
    "A": "Australian",
    "AU": "Australian",
    "C": "Canadian",
    "CA": "Canadian",
    "NZ": "New Zealand",
    "HK": "Hong Kong",
    "S": "Singapore",
    "NT": "Taiwan",
    "J": "Jamaican",
    "Z": "Zimbabwean",
}
_LARGE = frozenset(row[0] for row in rows("en", "currencies") if row[-1] == "large")
"""Codes that are other initials as well: PHP, COP."""
_PER = {row[0]: row[1] for row in rows("en", "per") if row[2] != "measure"}
_MARKS = [sign for sign in _CURRENCIES if len(sign) == 1 and not sign.isalpha()]
_CODES = [sign for sign in _CURRENCIES if sign.isascii() and sign.isalpha() and sign.isupper()]
_SHORT = [sign for sign in _CURRENCIES if sign[0].isalpha() and sign[1].isalpha() and not sign.isupper()]
"""As they are written at home: Rs, Kč, kr."""
_BEHIND = [sign for sign in _SHORT if sign[0] in "kKz" and "S" not in sign.upper()]
"""Those that stand behind the number."""
_SIGN = rf"(?:R\$|MX\$|GH₵|CN¥|[{''.join(_MARKS)}]|\b(?:{choice(_CODES + _SHORT)}) ?)"
_NATION = r"(?:\b(?P<nation>(?:US|U\.S\.)(?= ?\$)|(?:AU?|CA?|NZ|HK|S|NT|J|Z)(?=\$)) ?)?"
_SIZE = rf"(?: ?-?(?P<{{}}>(?i:{MAGNITUDE})\b|(?i:bln|mln|trn|bn|mn|tn|mm|cr|[kmbt])(?![\w'])))?"
_PRICE = (
    rf"{_NATION}(?P<sign>{_SIGN}) ?(?P<low>{NUMBER}){_SIZE.format('lowsize')}"
    rf"(?:\s?[-–—]\s?(?:(?:US|AU?|CA?)?{_SIGN} ?)?(?P<high>{NUMBER}){_SIZE.format('highsize')})?"
    rf"(?P<plus>\+)?(?:(?:/| per )(?P<per>{choice(_PER)}|(?<=/)[a-z]{{4,12}}(?: [a-z]{{3,10}}(?=/))?)"
    rf"\b(?:/(?P<also>{choice(_PER)})\b)?"
    rf"(?P<dot>\.(?=[\s,;)]))?)?"
    rf"(?P<compound>-"
    rf"(?!plus|odd|strong)(?:an?-)?(?=[a-z]))?"
)
_AFTER = (
    rf"(?<![\w.,])(?P<low>{NUMBER}){_SIZE.format('lowsize')}(?:\s?[-–—]\s?"
    rf"(?P<high>{NUMBER}){_SIZE.format('highsize')})?"
    rf" ?(?P<sign>[{''.join(mark for mark in _MARKS if mark != '$')}]|(?:{choice({*_CODES, *_BEHIND})})(?!\w))"
    rf"(?:/(?P<per>{choice(_PER)})\b)?"
)
_CENTS = 2
"""Digits after the point of a price."""


def _size(written: str | None) -> str:
    return MAGNITUDES.get((written or "").lower(), (written or "").lower())


def _amount(number: str, size: str, names: tuple[str, ...], nation: str) -> str:
    """One sum: "5.99" dollars give "five dollars ninety-nine cents"."""
    singular, many, cent, cents = names
    whole, _, fraction = number.partition(".")
    prefix = f"{nation} " if nation else ""
    if size:
        return f"{plain(number)} {size} {prefix}{many}"
    if len(fraction.rstrip("0")) > _CENTS or (fraction and not cent) or len(fraction) == 1:
        return f"{cardinal(number)} {prefix}{singular if one(number) else many}"
    small = int(fraction[:_CENTS] or "0")
    large = f"{cardinal(whole or '0')} {prefix}{singular if one(whole) else many}"
    if not small:
        return large
    change = f"{plain(str(small))} {cent if small == 1 else cents}"
    return change if not whole.strip("0,") else f"{large} {change}"


_RATED = re.compile(r" ?%| percent\b")


def _price(match: Match[str]) -> str:
    group = match.groupdict()
    sign = match["sign"].strip()
    if sign in _LARGE and not match["lowsize"] and "," not in match["low"]:
        return match[0]
    if len(sign) > 1 and sign.isupper() and _RATED.match(match.string, match.end()):  # how much it rose
        return match[0]
    names = _CURRENCIES[sign]
    nation = _NATIONS.get(group.get("nation") or "", "")
    low, high = match["low"], group.get("high")
    low_size, high_size = _size(match["lowsize"]), _size(group.get("highsize"))
    if not high:
        said = _amount(low, low_size, names, nation)
    else:
        start = f"{cardinal(low)}{f' {low_size}' if low_size and low_size != high_size else ''}"
        if "." in low and not high_size:
            start = _amount(low, low_size, names, nation)
        joint = "and" if before(match).endswith("etween ") else "to"
        said = f"{start} {joint} {_amount(high, high_size, names, nation)}"
    compound = group.get("compound")
    sized = f"-{match['lowsize']}" in match[0]
    if said.endswith(f" {names[1]}") and (
        compound or sized or (describes(match) if group.get("per") else priced(match))
    ):
        said = said.removesuffix(names[1]) + names[0]
    if compound:  # "a $20-a-month plan"
        said += compound.replace("-", " ")
    plus = f" plus{' ' * match.string[match.end() : match.end() + 1].isalpha()}" if group.get("plus") else ""
    per = f" per {_PER.get(group['per'], group['per'])}" if group.get("per") else ""
    per += f" per {_PER[group['also']]}" if group.get("also") else ""
    per += (
        "."
        if (group.get("dot") or (sign == "kr." and match[0].endswith("."))) and ends(match.string, match.end())
        else ""
    )
    lead = " " if match.start() and match.string[match.start() - 1].isalnum() else ""
    return f"{lead}{said}{plus}{per}"


_CODED = {"€": "EUR", "£": "GBP", "¥": "JPY"}


def _once(match: Match[str]) -> str:
    """A sum whose currency is told twice, "€50 EUR"."""
    told = match[0].endswith(_CODED[match["sign"]])
    return match[0].removesuffix(f" {_CODED[match['sign']]}") if told else match[0]


def _pence(match: Match[str]) -> str:
    per = f" per {_PER[match['per']]}" if match["per"] else ""
    return f"{cardinal(match['number'])} {'penny' if one(match['number']) else 'pence'}{per}"


def _cents(match: Match[str]) -> str:
    alone = one(match["number"]) or match["joined"] is not None
    return f"{cardinal(match['number'])} {'cent' if alone else 'cents'}" + (
        f" per {_PER[match['per']]}" if match["per"] else ""
    )


def _rate(match: Match[str]) -> str:
    """An exchange rate: what one costs in the other is said with its point."""
    names = _CURRENCIES[match["sign"]]
    return f"{match['equals']}{cardinal(match['number'])} {names[1]}"


def _part(whole: str, part: str) -> str:
    """A price on a grain market: "6.12 1/4" has twelve and a quarter cents."""
    above, _, below = part.partition("/")
    name = {"2": "half", "4": "quarter"}.get(below, "eighth")
    return f"{cardinal(whole)} and {f'a {name}' if one(above) else f'{plain(above)} {plural(name)}'}"


_WRITTEN = "".join(_MARKS) + "".join({code[0] for code in _CODES}) + "R"


def _pair(match: Match[str]) -> str:
    """Two currencies against each other, as traders call them."""
    return f"{_CURRENCIES[match['one']][0].removeprefix('US ')} {_CURRENCIES[match['other']][0].removeprefix('US ')}"


_RULES = (
    rule(
        "/",
        r"(?P<one>\b(?:[Nn]et )?(?:[Dd]ebt|[Pp]rice|EV|[Ll]oan|leverage))/"
        r"(?=(?:EBITDA|ebitda|equity|earnings|sales|book|value|FCF)\b)",
        r"\g<one> to ",
    ),
    rule("/", r"(?P<low>[$€£]\d{2,3}(?:,\d{3})?)/(?=\d{2,3}(?:,\d{3})?(?![\w/,.]))", r"\g<low>-"),  # an estimate
    rule(
        "s",
        r"(?<![\w.,-])(?P<short>\d{1,2})s(?:/)?(?P<long>\d{1,2})s\b",  # of bonds: "2s10s"
        lambda m: f"{plural(plain(m['short']))} {plural(plain(m['long']))}",
    ),
    rule(
        ("account", "plan"), r"(?<![\w.,$-])529(?= (?:college )?(?:savings )?(?:plan|account)s?\b)", "five twenty-nine"
    ),
    rule("o", r"(?<=[\dkmn]) o\.?n\.?o\b\.?", ", or nearest offer"),
    rule(
        "R",
        r"(?<![\w.])R ?(?=\d[\d.,]{0,12} ?(?:bn|billion|m|mn|million|trn?|tn|trillion|k)\b|"
        r"\d{1,3}(?:,\d{3})+(?!\d))",
        "ZAR ",
    ),
    rule("F", r"(?<=\d[, ]\d{3}) Ft\b(?! [A-Z])", " forints"),
    rule("/", r"(?:(?<=\d)|(?<=\d[mk]))/[-=](?!\w)", ""),  # shillings and rupees alone
    rule("/", r"(?<![\w.,$€£/])(?P<many>[2-9])/(?=[$€£]\d)", r"\g<many> for "),
    rule("/", r"(?<=\d)/(?=[$€£]\d)", " or "),
    rule("/", r"(?<![\w/])(?P<one>[$€£¥])/(?P<other>[$€£¥])(?!\w)", _pair),
    rule("$", r"(?<=\d)/\$(?!\d)", " per dollar"),
    rule(
        "/",
        r"(?P<sum>[$€£]\d[\d.,]{0,9}) ?/ ?(?P<many>1 ?)?(?P<size>[MmKk])(?= (?:input|output|tokens?|words|views|"
        r"units|calls|requests))",
        lambda m: f"{m['sum']} per {'one ' if m['many'] else ''}{'million' if m['size'] in 'Mm' else 'thousand'}",
    ),
    rule(("sq.",), r"(?:(?<=/)|(?<=\bper ))sq\. ?(?P<unit>ft|m|mi|km)\b(?:\.(?=,| [a-z]))?", r"sq \g<unit>"),
    rule(
        ".",
        r"(?<=[\dkmn] )p\.(?P<of>c\.m|w|p|a)\.(?!\w)",
        lambda m: f"p{m['of'].replace('.', '')}{'.' * ends(m.string, m.end())}",
    ),
    rule("$", rf"(?P<sum>\${NUMBER} (?:US|CAN|CDN|CAD|AUD|NZ))/(?=\$)", r"\g<sum>, "),
    rule("$", rf"(?P<sum>\${NUMBER}) (?:CAN|CDN|CAD)\b", r"C\g<sum>"),
    rule("$", rf"(?P<sum>\${NUMBER}) (?P<nation>US|NZ|HK)D?\b(?!\.\w| [A-Z])", r"\g<nation>\g<sum>"),
    rule("/", rf"(?<!\S)\$/(?P<per>{choice(_PER)})(?!\w)", lambda m: f"dollars per {_PER[m['per']]}"),
    rule("$", rf"(?P<sum>\${NUMBER}) AUD?\b", r"A\g<sum>"),
    rule("€£¥", rf"(?P<sum>(?P<sign>[€£¥]){NUMBER}(?: ?(?:{MAGNITUDE}))?) (?:EUR|GBP|JPY)\b", _once),
    rule("/", rf"(?P<sum>[$€£]{NUMBER}) / ?(?=(?:{choice(_PER)})\b)", r"\g<sum>/"),
    rule("(", rf"(?P<sign>[$€£])\((?P<number>{NUMBER})\)(?=(?:bn|mn?|tn|k)?\b|[ .,;/])", r"minus \g<sign>\g<number>"),
    rule("$", r"(?<=\b[Aa])n(?= A\$\d)(?! A\$(?:8|1[18](?!\d)))", ""),
    rule("$", r"(?<=\b[Aa])(?= (?:US|C|NZ|HK)\$(?:8|1[18](?![\d,])))", "n"),
    rule("/", rf"\b(?P<one>{choice(_CODES)})/(?P<other>{choice(_CODES)})\b", _pair),
    rule(
        "/",
        rf"\$(?P<whole>{NUMBER})\.(?P<cents>\d\d) (?P<part>[1357]/[248])(?!\w)",
        lambda m: f"{_amount(m['whole'], '', _CURRENCIES['$'], '')} {_part(str(int(m['cents'])), m['part'])} cents",
    ),
    rule(
        "¢",
        r"(?<![\w.,/])(?P<whole>\d{1,4}) (?P<part>[1357]/[248])¢",
        lambda m: f"{_part(m['whole'], m['part'])} cents",
    ),
    rule("=", rf"(?P<equals>[=≈] ?)(?P<sign>[{''.join(_MARKS)}]) ?(?P<number>{NUMBER}(?<=\d\.\d\d))", _rate),
    rule(_WRITTEN, _PRICE, _price, r"[^\w\s.,;:'\"-]|[A-Za-z.] ?[\d.]"),
    rule("".join(_MARKS + _CODES) + "ł", _AFTER, _price),
    rule("p", r"(?P<name>\b(?:pounds|dollars|euros|pence|cents)) ?pp\b", r"\g<name> per person"),
    rule(("dollars", "euros", "pounds"), r"(?P<name>\b(?:pounds|dollars|euros)) ?pa\b", r"\g<name> per annum"),
    rule(
        ("cents", "dollar", "euro", "pound"),
        rf"(?P<sum>\b(?:dollars?|euros?|pounds?|cents)(?: (?:Canadian|US|Australian|AUD|CAD|"
        rf"USD))?)/(?P<per>{choice(_PER)})(?!\w)(?:\.(?= [a-z]|[,;)]))?",
        lambda m: f"{m['sum']} per {_PER[m['per']]}",
    ),
    rule(
        ("dollars", "euros", "pounds"), r"(?P<name>\b(?:pounds|dollars|euros)) ?pcm\b", r"\g<name> per calendar month"
    ),
    rule(("dollars", "euros", "pounds"), r"(?P<name>\b(?:pounds|dollars|euros)) ?pw\b", r"\g<name> per week"),
    rule(
        DIGITS,
        rf"(?<![\w.,])(?!(?:144|240|360|480|720|1080|1440|2160)p)(?P<number>{NUMBER})p(?:/"
        rf"(?P<per>{choice(_PER)}))?\b(?![.-]\w)",
        _pence,
    ),
    rule(
        "c",
        r"(?<![\w.,/-])(?:(?P<low>\d{1,3}) ?[-–] ?)?(?P<number>\d{1,3}) cts?\b\.?(?=[ ,;)]|$)(?! [A-Z])",
        lambda m: (
            f"{plain(m['low']) + ' to ' if m['low'] else ''}{plain(m['number'])} cent{'' if one(m['number']) else 's'}"
        ),
    ),
    rule(
        "c¢",
        r"(?<![\w.,/-])(?<![A-Z][a-z] )(?P<number>\d{2}(?:\.\d)?|\d\.\d|\d{1,3}(?=¢))[c¢](?P<joined>(?=-[a-z]))?"
        rf"(?:(?<=¢)/(?P<per>{choice(_PER)})\b(?:\.(?= [a-z]|[,;)]))?)?"
        r"(?![\w'])(?!-\d)",
        _cents,
    ),
)
spoken = family(_RULES, "[0-9/]")
"""The text with every sum of money in words."""
