"""Sums of money: the currency after the number, cents apart, magnitudes in full."""

import re
from re import Match

from audioed.scripting.normalize.words import MAGNITUDE, MAGNITUDES, NUMBER, cardinal, one

_CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₩": ("won", "won", "", ""),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"),
    "₺": ("lira", "lira", "", ""),
    "₴": ("hryvnia", "hryvnias", "", ""),
    "₪": ("shekel", "shekels", "", ""),
    "₫": ("dong", "dong", "", ""),
    "₱": ("peso", "pesos", "", ""),
    "₦": ("naira", "naira", "", ""),
    "₿": ("bitcoin", "bitcoins", "", ""),
    "¢": ("cent", "cents", "", ""),
    "EUR": ("euro", "euros", "cent", "cents"),
    "USD": ("US dollar", "US dollars", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"),
    "JPY": ("yen", "yen", "", ""),
    "CHF": ("Swiss franc", "Swiss francs", "", ""),
    "R$": ("Brazilian real", "Brazilian reals", "", ""),
}
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
}
_PER = {
    "yr": "year",
    "year": "year",
    "mo": "month",
    "month": "month",
    "wk": "week",
    "week": "week",
    "day": "day",
    "hr": "hour",
    "h": "hour",
    "hour": "hour",
    "kg": "kilogram",
    "lb": "pound",
    "oz": "ounce",
    "gal": "gallon",
    "bbl": "barrel",
    "barrel": "barrel",
    "share": "share",
    "person": "person",
    "unit": "unit",
    "MWh": "megawatt hour",
    "kWh": "kilowatt hour",
}
_SIGN = rf"(?:R\$|[{''.join(sign for sign in _CURRENCIES if len(sign) == 1)}]|\b(?:EUR|USD|GBP|JPY|CHF) ?)"
_NATION = r"(?:\b(?P<nation>(?:US|U\.S\.)(?= ?\$)|(?:AU?|CA?|NZ|HK|S|NT)(?=\$)) ?)?"
_SIZE = rf"(?: ?-?(?P<{{}}>(?:{MAGNITUDE})\b|(?i:bln|mln|bn|mn|tn|trn|[kmbt])(?![\w'])))?"
_PRICE = re.compile(
    rf"(?P<minus>(?<!\w)[-−])?{_NATION}(?P<sign>{_SIGN}) ?(?P<low>{NUMBER}){_SIZE.format('lowsize')}"
    rf"(?:\s?[-–—]\s?(?:{_SIGN})?(?P<high>{NUMBER}){_SIZE.format('highsize')})?"
    rf"(?P<plus>\+)?(?:/(?P<per>{'|'.join(_PER)})\b)?(?P<compound>-(?!plus|odd)(?:an?-)?(?=[a-z]))?"
)
_AFTER = re.compile(
    rf"(?<![\w.,])(?P<low>{NUMBER}){_SIZE.format('lowsize')} ?"
    rf"(?P<sign>[{''.join(sign for sign in _CURRENCIES if len(sign) == 1 and sign != '$')}]|(?:EUR|USD|GBP|JPY|CHF)\b)"
)
_ONE = re.compile(r"\b[Aa]n? \Z")
_A_KNOWN_ONE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Hh]is|[Hh]er|[Tt]heir|new|record) \Z")
_NOUN = re.compile(
    r" (?!(?:a|an|the|in|on|at|to|of|by|for|from|with|was|were|is|are|has|had|have|he|she|it|they|we|you|that|which|"
    r"who|and|or|but|as|than|will|would|could|might|may|can|over|under|per|each|into|more|less|last|this|next|spent|paid|lost|owed|due|worth|[a-z]{2,12}ed)\b)[a-z]"
)
_CENTS = 2
"""Digits after the point of a price."""


def _size(written: str | None) -> str:
    return MAGNITUDES.get((written or "").lower(), (written or "").lower())


def _amount(number: str, size: str, names: tuple[str, str, str, str], nation: str) -> str:
    """One sum: "5.99" dollars give "five dollars and ninety-nine cents"."""
    singular, many, cent, cents = names
    whole, _, fraction = number.partition(".")
    prefix = f"{nation} " if nation else ""
    if size:
        return f"{cardinal(number)} {size} {prefix}{many}"
    if len(fraction.rstrip("0")) > _CENTS or not cent or len(fraction) == 1:
        return f"{cardinal(number)} {prefix}{singular if one(number) else many}"
    small = int(fraction[:_CENTS] or "0")
    large = f"{cardinal(whole)} {prefix}{singular if one(whole) else many}"
    if not small:
        return large
    change = f"{cardinal(str(small))} {cent if small == 1 else cents}"
    return change if not whole.strip("0,") else f"{large} and {change}"


def _names_a_thing(match: Match[str]) -> bool:
    """Whether the sum describes what follows: "a $5 million deal" is said "a five million dollar deal"."""
    text, start, end = match.string, match.start(), match.end()
    if (
        match.groupdict().get("compound")
        or f"-{match['lowsize']}" in match[0]
        or _ONE.search(text, max(0, start - 4), start)
    ):
        return True
    return bool(_NOUN.match(text, end) and _A_KNOWN_ONE.search(text, max(0, start - 8), start))


def _price(match: Match[str]) -> str:
    group = match.groupdict()
    sign = match["sign"].strip()
    names = _CURRENCIES[sign]
    nation = _NATIONS.get(group.get("nation") or "", "")
    low, high = match["low"], group.get("high")
    low_size, high_size = _size(match["lowsize"]), _size(group.get("highsize"))
    if not high:
        said = _amount(low, low_size, names, nation)
    else:
        start = cardinal(low) + (f" {low_size}" if low_size and low_size != high_size else "")
        said = f"{start} to {_amount(high, high_size, names, nation)}"
    if said.endswith(f" {names[1]}") and _names_a_thing(match):
        said = said.removesuffix(names[1]) + names[0]
    compound = group.get("compound")
    if compound:  # "a $20-a-month plan"
        said += compound.replace("-", " ")
    minus = "minus " if group.get("minus") else ""
    plus = " plus" if group.get("plus") else ""
    per = f" per {_PER[group['per'] or '']}" if group.get("per") else ""
    lead = " " if match.start() and match.string[match.start() - 1].isalnum() else ""
    return f"{lead}{minus}{said}{plus}{per}"


def spoken(text: str) -> str:
    """The text with every sum of money in words."""
    text = _PRICE.sub(_price, text)
    return _AFTER.sub(_price, text)
