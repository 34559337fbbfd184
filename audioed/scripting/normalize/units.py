"""Measures: what stands after a number as a sign or an abbreviation is said in full."""

import re
from re import Match

from audioed.scripting.normalize.words import MAGNITUDE, NUMBER, cardinal, one

_UNITS = {
    "%": ("percent", "percent"),
    "‰": ("per mille", "per mille"),
    "pp": ("percentage point", "percentage points"),
    "°": ("degree", "degrees"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "km": ("kilometer", "kilometers"),
    "m": ("meter", "meters"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "nm": ("nanometer", "nanometers"),
    "µm": ("micrometer", "micrometers"),
    "μm": ("micrometer", "micrometers"),
    "mi": ("mile", "miles"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "in.": ("inch", "inches"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "mg": ("milligram", "milligrams"),
    "µg": ("microgram", "micrograms"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "l": ("liter", "liters"),
    "L": ("liter", "liters"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "ha": ("hectare", "hectares"),
    "sq km": ("square kilometer", "square kilometers"),
    "sq mi": ("square mile", "square miles"),
    "sq ft": ("square foot", "square feet"),
    "mph": ("mile per hour", "miles per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"),
    "mpg": ("mile per gallon", "miles per gallon"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "fps": ("frame per second", "frames per second"),
    "bps": ("basis point", "basis points"),
    "Mbps": ("megabit per second", "megabits per second"),
    "mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "hp": ("horsepower", "horsepower"),
    "W": ("watt", "watts"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"),
    "TW": ("terawatt", "terawatts"),
    "Wh": ("watt hour", "watt hours"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "MWh": ("megawatt hour", "megawatt hours"),
    "GWh": ("gigawatt hour", "gigawatt hours"),
    "TWh": ("terawatt hour", "terawatt hours"),
    "kV": ("kilovolt", "kilovolts"),
    "mAh": ("milliamp hour", "milliamp hours"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "KB": ("kilobyte", "kilobytes"),
    "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "PB": ("petabyte", "petabytes"),
    "MP": ("megapixel", "megapixels"),
    "dB": ("decibel", "decibels"),
    "kN": ("kilonewton", "kilonewtons"),
    "hPa": ("hectopascal", "hectopascals"),
    "kcal": ("kilocalorie", "kilocalories"),
    "kt": ("kiloton", "kilotons"),
    "Mt": ("megaton", "megatons"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "s": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"),
    "yrs": ("year", "years"),
}
_GLUED_ONLY = frozenset({"s", "h", "m", "g", "l", "L", "W", "in."})
"""Too short to be trusted after a space, unless nothing else can be meant."""
_TRUSTED_APART = frozenset({"m", "g", "L", "W", "h"})
_PER = {
    "h": "hour",
    "hr": "hour",
    "s": "second",
    "sec": "second",
    "min": "minute",
    "day": "day",
    "yr": "year",
    "year": "year",
    "l": "liter",
    "L": "liter",
    "kg": "kilogram",
    "km": "kilometer",
    "mi": "mile",
    "ml": "milliliter",
    "mL": "milliliter",
    "dL": "deciliter",
    "ha": "hectare",
    "m": "meter",
    "cm": "centimeter",
    "lb": "pound",
}
_MULTIPLES = {"sq": "square", "2": "square", "²": "square", "3": "cubic", "³": "cubic"}
_LONGEST_FIRST = sorted(_UNITS, key=len, reverse=True)
_PATTERN = re.compile(
    rf"(?<![\w.,])(?P<minus>[-−])?(?:(?P<low>{NUMBER})(?P<sign>%|°)?(?P<dash>\s?[-–—]\s?|\sto\s))?(?P<number>{NUMBER})"
    rf"(?: (?P<size>{MAGNITUDE}))?(?P<gap>[ -]?)(?P<unit>{'|'.join(map(re.escape, _LONGEST_FIRST))})"
    rf"(?P<power>[²³]|[23](?=\W|$))?(?:/(?P<per>{'|'.join(sorted(_PER, key=len, reverse=True))}))?(?P<power2>[²³])?"
    r"(?![\w'/]|-\d)(?P<stop>\.(?= ?[a-z]))?"
)
_HEIGHT = re.compile(r"(?<![\w.,])(?P<feet>[3-8])(?:'|′| ?ft) ?(?P<inches>1[01]|\d)(?:\"|″|''| ?in\b\.?)(?!\w)")
_TIMES = re.compile(rf"(?<![\w.,])(?P<number>{NUMBER}) ?[x×] ?(?=\d)")
_FOLD = re.compile(rf"(?<![\w.,])(?P<number>{NUMBER})[x×]\b(?! ?\d)")


def _measure(match: Match[str]) -> str:
    unit, number, gap = match["unit"], match["number"], match["gap"]
    if gap and unit in _GLUED_ONLY and (gap == "-" or unit not in _TRUSTED_APART):
        return match[0]
    if unit == "s" and "." not in number:  # "747s" are planes
        return match[0]
    singular, many = _UNITS[unit]
    power = f"{_MULTIPLES[match['power']]} " if match["power"] else ""
    per = f" per {_PER[match['per']]}" if match["per"] else ""
    per += " squared" if match["power2"] else ""
    alone = gap == "-" or (one(number) and not match["size"] and not match["low"])
    low = ""
    if match["low"]:
        sign = f" {_UNITS[match['sign']][1]}" if match["sign"] == "°" else ""
        low = f"{cardinal(match['low'])}{sign} to "
    minus = "minus " if match["minus"] else ""
    size = f" {match['size']}" if match["size"] else ""
    return f"{minus}{low}{cardinal(number)}{size} {power}{singular if alone else many}{per}"


def _height(match: Match[str]) -> str:
    return f"{cardinal(match['feet'])} foot {cardinal(match['inches'])}"


def spoken(text: str) -> str:
    """The text with every measure in words."""
    text = _HEIGHT.sub(_height, text)
    text = _PATTERN.sub(_measure, text)
    text = _TIMES.sub(lambda match: f"{cardinal(match['number'])} by ", text)
    return _FOLD.sub(lambda match: f"{cardinal(match['number'])} times", text)
