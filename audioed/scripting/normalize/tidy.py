"""Before any reading: one kind of space, quote and hyphen, and nothing that no voice can say. For every language."""

import html
import re
import unicodedata
from re import Match

from audioed.letters import SHAPED, shape
from audioed.scripting.trace import sub

_SAME = {
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("‐‑−⁃﹣－", "-"),
    **dict.fromkeys("‒", "–"),
    **dict.fromkeys("―⸺⸻", "—"),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e", ""),
    "\u2044": "/",
    "\u2215": "/",
    "⌘": "Cmd",
    "⌥": "Opt",
    "⇧": "Shift",
    "⌃": "Ctrl",
}
_OTHER = re.compile(f"[{re.escape(''.join(_SAME))}]")
_JOINERS = re.compile(r"(?<=[a-zA-Z])[\u200c\u200d]+(?=[a-zA-Z])")
_COMPOSED = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""What may be written with fewer characters: a letter and the accents after it."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff]")
_EMOJI = re.compile(
    "(?![♩♪]\\.? ?=)"
    "[\u2194-\u21ff\u2300-\u23ff\u25a0-\u2604\u2607\u2608\u260a-\u2664\u2666-\u266c\u2670-\u2763\u2765-\u27bf\u2b00-\u2b4f\u2b51-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u20e3\u1405\u140a\u1433\u1438"
    "\U000e0000-\U000e007f](?:\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff]))?"
)
"""All but stars and hearts, which may say something."""
_TICKS = re.compile("(?<=[\\w.,!?)]) ?[✓✔✅☑✗✘❌➤►▶■●◆▪]\ufe0f? ?(?=[A-Z0-9])")
"""What stands before the items of a list, and no emotion."""
_GROUPS = re.compile(r"(?<![\d.,])(?<!\d['\u00a0\u2009\u202f])\d{1,3}(?:['\u00a0\u2009\u202f]\d{3}){1,4}(?!\d)")
"""Thousands set apart by narrow spaces, or by apostrophes as in Switzerland."""
_TAGS = re.compile(
    r"</?(?:a|b|i|u|s|p|br|em|hr|li|ol|td|th|tr|ul|h[1-6]|div|img|sub|sup|code|font|span|cite|mark|small|table|strong|"
    r"blockquote|figcaption)(?: [^<>]{0,500})?/?>",
    re.IGNORECASE,
)
"""What is left of a web page's markup; any other word in such brackets is part of the text: "<your name>"."""
_ENTITIES = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
"""Characters that a page wrote twice in code: "&quot;" behind what was "&amp;quot;"."""
_MISREAD = re.compile(
    "[\u00e2\u00e3](?:[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018"
    "\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]){2}|\u00c2[\u00a0-\u00bf](?<!\u00bb)|"
    "\u00c3[\u0080-\u00bf\u2030\u0192\u2021](?<![\u00ab\u00bb])|\u00e2\u20ac"
)
"""UTF-8 that a page was saved with as if it were Windows-1252: "â€™", "Ã©"."""
_SHRUG = re.compile(r"¯\\{0,3}_?\(ツ\)_?/¯")
_HYPHENS = re.compile(r"(?<!-)--(?!-)(?!(?:(?<=`--)|(?<=flag --)|(?<=option --))[a-z]|(?<=\s--)[a-z]+(?:-[a-z]+|=\w))")
"""Dashes of a typewriter, and no option of a command: "--dry-run"."""
_SPACES = re.compile(r"\A\s+|\s+\Z|(?<=\S)(?: \s+|[^\S ]\s*)")


def tidy(text: str) -> str:
    """The text with one kind of space, quote and hyphen, and nothing that no voice can say."""
    text = _cleaned(text)
    while not text.isascii() and (more := _cleaned(text)) != text:  # what was left out may bring two signs together
        text = more
    return text


def _cleaned(text: str) -> str:
    """The text after each step once."""
    if "&" in text:
        text = sub(_ENTITIES, lambda match: html.unescape(match[0]), text)
    if not text.isascii():
        text = sub(_MISREAD, _read_again, text)
        text = sub(_OTHER, lambda match: _SAME[match[0]], sub(SHAPED, shape, composed(text)))
        text = sub(_JOINERS, "", text)
        text = sub(_GROUPS, lambda match: re.sub(r"\D", "", match[0]), text)
        text = sub(_EMOJI, "", sub(_TICKS, " • ", sub(_SHRUG, "", text)))
    elif "'" in text:
        text = sub(_GROUPS, lambda match: match[0].replace("'", ""), text)
    if "<" in text:
        text = sub(_TAGS, " ", text)
    return spaced(sub(_HYPHENS, "—", sub(_CONTROL, "", text)))


def _read_again(match: Match[str]) -> str:
    """What a page meant that was read in the wrong character set; as it is where it was not."""
    if match[0] == "\u00e2\u20ac":  # of a quotation mark that closes, the last byte has no character
        return '"'
    try:
        return b"".join(_byte(sign) for sign in match[0]).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(sign: str) -> bytes:
    """The byte of a character in Windows-1252, or in Latin-1 where that has none."""
    return sign.encode("latin-1" if sign <= "\xff" else "cp1252")


def composed(text: str) -> str:
    """The text with each letter and its accents in one character where there is one; Unicode's form NFC."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return sub(_COMPOSED, lambda match: unicodedata.normalize("NFC", match[0]), text)


def spaced(text: str) -> str:
    """The text with single spaces between its words, and none around it."""
    return sub(_SPACES, lambda match: " " if match.start() > 0 and match.end() < len(match.string) else "", text)
