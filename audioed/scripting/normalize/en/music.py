"""Keys, chords and beats of music."""

import re
from re import Match

from audioed.scripting.normalize.en.grammar import stopped
from audioed.scripting.normalize.en.words import plain
from audioed.scripting.normalize.rules import family, rule

_QUALITIES = {
    "m": " minor",
    "min": " minor",
    "maj": " major",
    "M": " major",
    "dim": " diminished",
    "aug": " augmented",
    "sus": " sus",
    "add": " add",
}
_ACCIDENTALS = {"#": " sharp", "♯": " sharp", "♭": " flat", "b": " flat"}
_NOTES = {"♩": "quarter note", "♪": "eighth note"}
_MUSIC = re.compile(
    r"\b(?:[Cc]hords?|[Ss]trum\w*|[Rr]iffs?|[Gg]uitars?|[Bb]lues|[Pp]rogressions?|[Cc]apo|[Pp]iano|[Cc]horus|[Uu]kulele|"
    r"[Bb]ridge|[Vv]erse|[Mm]elody|[Tt]une|[Ss]ongs?|[Jj]azz|[Mm]odulat\w+|[Kk]ey of)\b"
)
_ROOT = r"(?<![\w&.'-])(?P<root>[A-G])(?P<accidental>[#♯♭b])?"
_END = r"(?P<bass>/[A-G][#♯♭b]?)?(?![\w'#♭♯])(?!\.\d)"


_LONG = frozenset({"maj", "min", "dim", "aug", "sus", "add"})


def _chord(match: Match[str]) -> str:
    """A chord by its root, what it is and its highest degree: "C#m7" is C sharp minor seven."""
    named = match["accidental"] in {"#", "♯", "♭"} or (match["quality"] in _LONG and match["degree"])
    if not named and not _MUSIC.search(match.string):
        return match[0]
    degree = f" {plain(match['degree'])}" if match["degree"] else ""
    more = f" {match['more']} {plain(match['which'])}" if match["more"] else ""
    bass = f" over {_note(match['bass'][1:])}" if match["bass"] else ""
    root = _note(match["root"] + (match["accidental"] or ""))
    return f"{root}{_QUALITIES.get(match['quality'], '')}{degree}{more}{bass}"


def _key(match: Match[str]) -> str:
    """A key: "B♭ min." is B flat minor."""
    if match["minor"]:
        return stopped(f"{match['minor']}minor", match)
    return stopped(f"{match['plain'] or match['key']} {'minor' if match['mode'] == 'min' else 'major'}", match)


def _note(note: str) -> str:
    return note[0] + _ACCIDENTALS.get(note[1:], "")


_DEGREE = r"(?P<degree>1[13]|[24-79])?(?:(?P<more>sus|add)(?P<which>[2-9]))?"
_RULES = (
    rule(
        (" maj", " min", "♯m", "♭m", "#m"),
        r"\b(?P<key>[A-G](?:[♯♭#]| sharp| flat)) ?(?P<mode>maj|min)\b\.?|\b(?P<plain>[A-G]) maj\b\.?|"
        r"(?P<minor>\bin [A-G] )min\b\.?(?! ?\d)",
        _key,
    ),
    rule("♩♪", r"(?P<note>[♩♪])(?P<dot>\.)?(?= ?=)", lambda m: f"{'dotted ' if m['dot'] else ''}{_NOTES[m['note']]}"),
    rule(
        "#♯♭mMdas",
        rf"{_ROOT}(?P<quality>maj|min|dim|aug|sus|add|m(?!\w{{2}})|M(?=\d))?{_DEGREE}{_END}(?<!\W[A-G])(?<!\W[A-G][#♯♭b])"
        r"(?<!\W[A-G]\d)(?<!\W[A-G]\d\d)",
        _chord,
    ),
)
spoken = family(
    _RULES,
    r"[♩♪]|\b[A-G](?:[#♯♭]| sharp| flat)? ?(?:m|M|maj|min|dim|aug|sus|add|\d)|[A-G][#♯♭b]?(?:m|M|dim|aug|sus|add|\d)",
)
"""The text with its chords and beats in words."""
