"""The words for a number, however it is meant: how many, which one, which year, digit by digit."""

from functools import cache, lru_cache
from typing import Any

LONGEST_NUMBER = 15
"""Digits; nobody follows "quadrillion" by ear, so longer numbers are read digit by digit."""

START = r"(?<![\w.,])(?<!\w[-/])"
"""Where a number stands on its own and is no piece of a longer one."""
PLAIN = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})"
"""A whole number. Every repetition has an end, so that no text makes the search slow."""
NUMBER = rf"{PLAIN}(?:\.\d{{1,18}})?(?!\d)"
MAGNITUDES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trn": "trillion",
}
MAGNITUDE = "hundred|thousand|million|billion|trillion|dozen"
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PLURALS = {"half": "halves", "six": "sixes"}


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
    """How many: "1,234.5" gives "one thousand two hundred thirty-four point five"."""
    whole, point, fraction = number.replace(",", "").partition(".")
    if not whole:
        spoken = "zero"
    elif len(whole) > LONGEST_NUMBER or (len(whole) > 1 and whole[0] == "0"):
        spoken = digits(whole)
    else:
        spoken = _american(_num2words()(int(whole)))
    return f"{spoken} point {digits(fraction)}" if point and fraction else spoken


@lru_cache(maxsize=4096)
def ordinal(number: str) -> str:
    """Which one: "21" gives "twenty-first"."""
    whole = number.replace(",", "")
    if len(whole) > LONGEST_NUMBER:
        return digits(whole)
    return _american(_num2words()(int(whole or "0"), to="ordinal"))


def year(number: str) -> str:
    """Which year: in two halves, as it is said, but for the first years of a millennium."""
    if len(number) != 4 or number[0] == "0" or number[1:3] == "00":  # noqa: PLR2004  four digits make a year
        return cardinal(number)
    century, rest = number[:2], number[2:]
    if rest == "00":
        return f"{cardinal(century)} hundred"
    if rest[0] == "0":
        return f"{cardinal(century)} oh {cardinal(rest[1])}"
    return f"{cardinal(century)} {cardinal(rest)}"


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


def _american(words: str) -> str:
    """Without the British "and", and without commas, which a voice would breathe at."""
    return words.replace(" and ", " ").replace(",", "")
