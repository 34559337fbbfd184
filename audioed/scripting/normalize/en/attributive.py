"""Which measures describe what follows them, and are said in the singular: "a 5 km run"."""

import re
from re import Match

from audioed.scripting.normalize.en.grammar import describes, priced
from audioed.scripting.normalize.en.sizes import THINGS
from audioed.scripting.tagger import parts_of_speech


def attributive(match: Match[str], name: str) -> bool:
    """Whether a measure, in the unit of this name, describes what follows: "a 12 mm lens", "500 GB drives"."""
    text, end = match.string, match.end()
    if match["over"]:
        return False
    named = not match["gap"] and match["unit"] in _SPANS and _NAME.match(text, end) and not match["dot"]
    fast = " per " in name and priced(match) and parts_of_speech(text).get(end + 1) != "adverb"
    part = not match["gap"] and match["unit"] in _PARTS_OF_THINGS and priced(match)
    gun = match["gap"] != "-" and match["unit"] == "mm" and _GUN.match(text, end)
    turned = match["unit"] == "°" and _TURNED.match(text, end) and parts_of_speech(text).get(end + 1) == "noun"
    many = "per" not in name and THINGS.match(text, end)
    if many and match["gap"]:
        many = match["unit"].rstrip(".") in _SIZES and parts_of_speech(text).get(many.start() + 1) == "noun" and many
    held = "per" not in name and _HOLDS.match(text, end)
    cylinders = match["unit"] in {"L", "l"} and _ENGINE.match(text, end)
    pictures = match["unit"] == "MP" and _CAMERA.match(text, end)
    return describes(match) or bool(
        turned or cylinders or pictures or held or named or fast or many or part or gun or _RACE.match(text, end)
    )


_PARTS_OF_THINGS = frozenset({"mm", "cm", "nm", "W", "kW", "V", "GB", "TB", "MB", "MP", "mAh", "Ah", "kWh"})
"""What a device is sold by: "240W charging"."""
_GUN = re.compile(
    r" (?:rounds?|shells?|guns?|cannons?|mortars?|lens|lenses|film|pistols?|rifles?|ammunition|artillery|howitzers?|"
    r"bullets?|handguns?|cameras?|NATO|calib)"
)
_SIZES = frozenset({"nm", "mm", "cm", "m", "km", "ft", "in", "yd", "W", "kW", "MW", "V", "Hz", "hp"})
"""Of these a thing has so many; of the others it may be a part of what is weighed out: "500 g tomatoes"."""
_HOLDS = re.compile(
    r" (?:(?:glass|plastic|paper|tin) )?(?:(?:jar|can|bottle|bag|pack|package|tin|tub|carton|cup|mug|packet|container|"
    r"bar|steak|burger|serving|size|pizza|tank|barrel|drum|keg)s?|(?:box|pouch|glass)(?:es)?|loa(?:f|ves))\b"
)
"""What so much goes into, or is one piece of it: "16 oz jars"."""
_ENGINE = re.compile(
    r" (?:[a-z-]+ )?(?:[VI]-?\d|W12|flat-|inline|straight-|engines?\b|motors?\b|turbo|diesel|petrol|"
    r"hybrid|boxer|four\b|six\b)"
)
_TURNED = re.compile(r" (?!(?:left|right|north|south|east|west|latitude|longitude|clockwise|today)\b)[a-z]{3,}\b")
"""What is of so many degrees: "120° vision"."""
_CAMERA = re.compile(r" (?:[\w-]+ )?(?:sensors?|cameras?)\b")
_SPANS = frozenset({"yr", "hr", "min", "mo", "nm", "y"})
_NAME = re.compile(r" [A-Z]")
"""A bond: "the 10yr Treasury"."""
_RACES = (
    "dash|sprint|final|finals|relay|race|races|hurdles|freestyle|butterfly|backstroke|breaststroke|steeplechase|record|"
    "run|walk|swim|champion|championship|titles?|events?|heat|heats|medley|radius|exclusion zone|drive|hike|"
    "stretch|pool|(?<=m )IM|fly|backstroke|team|squad|quartet"
)
_RACE = re.compile(rf" (?:(?:men's|women's|mixed|indoor|individual) )?(?:{_RACES})\b(?!s? of\b)")
