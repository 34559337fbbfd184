"""The words for a number, however it is meant: how many, which one, which year, digit by digit."""

from functools import cache, lru_cache
from typing import Any

LONGEST_NUMBER = 15
"""Digits; nobody follows "quadrillion" by ear, so longer numbers are read digit by digit."""

START = r"(?<![\w.,])(?<!\w[-/])"
"""Where a number stands on its own and is no piece of a longer one."""
PLAIN = r"(?:\d{1,3}(?:,\d{2,3}){0,4},\d{3}|\d{1,18})"
"""A whole number. Every repetition has an end, so that no text makes the search slow."""
NUMBER = rf"(?:{PLAIN}(?:\.\d{{1,18}})?|\.\d{{1,18}})(?!\d)"
MAGNITUDES = {
    "k": "thousand",
    "m": "million",
    "mm": "million",
    "mn": "million",
    "mln": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trn": "trillion",
    "cr": "crore",
}
MAGNITUDE = "hundred|thousand|million|billion|trillion|dozen|lakh crore|lakh|crore"
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PLURALS = {"half": "halves", "six": "sixes"}
_YEAR, _HUNDREDS = 4, 3
"""Digits."""


@cache
def _num2words() -> Any:
    """The library, loaded when the first number is met."""
    from num2words import num2words

    return num2words


def digits(number: str) -> str:
    """Digit by digit; anything else is left out."""
    return " ".join(_DIGITS[int(digit)] for digit in number if digit.isdecimal())


@lru_cache(maxsize=4096)
def cardinal(number: str) -> str:
    """How many: "1,234.5" gives "one thousand two hundred and thirty-four point five"."""
    whole, point, fraction = number.replace(",", "").partition(".")
    spoken = _joined(int(whole[-LONGEST_NUMBER:]), plain(whole)) if whole else "zero"
    return f"{spoken} point {digits(fraction)}" if point and fraction else spoken


@lru_cache(maxsize=4096)
def plain(number: str) -> str:
    """How many, without any "and": before "million", in codes, in the names of things."""
    whole, point, fraction = number.replace(",", "").partition(".")
    if not whole:
        spoken = "zero"
    elif len(whole) > LONGEST_NUMBER or (len(whole) > 1 and whole[0] == "0"):
        spoken = digits(whole)
    else:
        spoken = _bare(_num2words()(int(whole)))
    return f"{spoken} point {digits(fraction)}" if point and fraction else spoken


@lru_cache(maxsize=4096)
def ordinal(number: str) -> str:
    """Which one: "21" gives "twenty-first"."""
    whole = number.replace(",", "")
    if len(whole) > LONGEST_NUMBER:
        return digits(whole)
    return _bare(_num2words()(int(whole or "0"), to="ordinal"))


def year(number: str) -> str:
    """Which year: in two halves, as it is said, but for the first years of a millennium."""
    if len(number) == _HUNDREDS:
        return halves(number)
    if len(number) != _YEAR or number[0] == "0" or number[1:3] == "00":
        return plain(number)
    return halves(number)


def halves(number: str) -> str:
    """The way years, houses and models are called: "380" is three eighty, "1905" nineteen oh five."""
    if len(number) not in {_HUNDREDS, _YEAR} or number[0] == "0" or number.endswith("000"):
        return digits(number) if len(number) > _YEAR or number[0] == "0" else plain(number)
    first, rest = number[:-2], number[-2:]
    if rest == "00":
        return f"{plain(first)} hundred"
    if rest[0] == "0":
        return f"{plain(first)} oh {plain(rest[1])}"
    return f"{plain(first)} {plain(rest)}"


def short_year(number: str) -> str:
    """The last two digits of a year: "68" gives "sixty-eight", "05" "oh five"."""
    return f"oh {plain(number[1])}" if number[0] == "0" and number != "00" else plain(str(int(number)))


def whole_year(number: str) -> str:
    """A year of two digits with its century, as of a time when the last one is still remembered."""
    if len(number) != len("25"):
        return year(number)
    return year(f"{'19' if int(number) >= _LAST_CENTURY else '20'}{number}")


_LAST_CENTURY = 70


def plural(words: str) -> str:
    """More than one of it: "twenty" gives "twenties"."""
    head, space, last = words.rpartition(" ")
    if last in _PLURALS:
        last = _PLURALS[last]
    elif last.endswith("y"):
        last = f"{last[:-1]}ies"
    else:
        last = f"{last}s"
    return f"{head}{space}{last}"


def one(number: str) -> bool:
    """Whether what is counted stands in the singular."""
    return number.lstrip("0") == "1"


def _joined(number: int, words: str) -> str:
    """The words with the "and" that is said before the last two digits, after hundreds or thousands."""
    above, last = divmod(number % 1_000_000, 100)
    if not last or not above:
        return words
    head, hundred, rest = words.rpartition("hundred " if above % 10 else "thousand ")
    return f"{head}{hundred}and {rest}" if hundred else words


def _bare(words: str) -> str:
    """Without "and", and without commas, which a voice would breathe at."""
    return words.replace(" and ", " ").replace(",", "")
