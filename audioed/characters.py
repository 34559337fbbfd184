"""Which characters of a stranger's text are kept: none that commands a terminal, breaks a file or shows nothing."""

import re
import unicodedata

ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)")
"""What moves a terminal's cursor, colours its text or sets its title, as a whole (ECMA-48, 5.4 and 5.6)."""
UNPRINTABLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1, of which only the tab and the ends of lines stay
    "\u2028\u2029"
    "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # of no width, and no part of a letter as joiners are
    "\u202a-\u202e\u2066-\u2069"  # turn the text behind them round, beyond the end of a title (UAX 9, 2)
    "\ud800-\udfff"  # halves of characters, and the bytes of file names that are not UTF-8 (PEP 383)
    "\ufdd0-\ufdef\ufffe\uffff"  # never characters (Unicode, 23.7); XML 1.0 forbids the last two
    "\U00010000-\U0010ffff"  # of which only the last two of each plane are none; one range is found much faster
    "]"
)
HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which JSON can hold and no file can."""
LAST_OF_PLANE = 0xFFFE
ENDS_LINE, PARTS = "\x0b\x0c\x85\u2028\u2029", "\x1c\x1d\x1e\x1f"
"""Controls that stand for the end of a line, and those that part fields."""
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u06df-\u06e4"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""The marks that are stacked for fun, above and below a letter."""
MOST_MARKS = 8
"""On one letter; Hebrew with its points and accents has four."""
STACKED = re.compile(f"([{MARKS}][{MARKS}]{{{MOST_MARKS - 1}}})[{MARKS}]+")  # begins with one: found much faster
HARMLESS = bytes({*range(0x20, 0x7F), *b"\t\n\r"})
"""The characters of ASCII that are always kept, which nearly all of a page is made of."""
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by their category, and yet nothing is seen."""


def plain(text: str) -> str:
    """The text without the characters that nobody sees or says, its lines as they were."""
    if text.isprintable():  # nothing of what follows but stacked marks, and these are beyond ASCII
        return text if text.isascii() else STACKED.sub(r"\1", text)
    others = unusual(text)
    if others == STACKED.sub(r"\1", UNPRINTABLE.sub(_replaced, others)):
        return text
    return STACKED.sub(r"\1", UNPRINTABLE.sub(_replaced, ESCAPE.sub("", text)))


def unusual(text: str) -> str:
    """All of a text but the plain characters of ASCII: a sign beyond them is found there ten times as fast."""
    return text.encode("utf-8", "surrogatepass").translate(None, HARMLESS).decode("utf-8", "surrogatepass")


def line(text: str) -> str:
    """The same on one line, its white space folded."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip(" "):  # most lines are so
        return text
    return " ".join(plain(text).split())


def shown(text: str) -> bool:
    """Whether there is anything to see in a text: a mark without a letter, a joiner or a space is nothing."""
    return any(each not in BLANK and unicodedata.category(each)[0] not in "CZM" for each in text)


def is_title(text: str) -> bool:
    """Whether a text can be a title: something to see, on one line, and nothing in it that is never seen."""
    return shown(text) and plain(text) == text and not {"\n", "\r"} & {*text}


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters, cut behind a word where there is one, with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"


def clipped(text: str, most: int) -> str:
    """The text in at most so many characters, cut wherever that is, with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def within_bytes(text: str, most: int) -> str:
    """The text in at most so many UTF-8 bytes, with an ellipsis where it was cut, behind a word if one ends near."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    kept = encoded[: most - len("…".encode()) + 1].decode(errors="ignore")  # may end inside a character
    whole = kept.rpartition(" ")[0]
    return f"{(whole if 2 * len(whole) > len(kept) else kept[:-1]).rstrip(' ,;:–—-')}…"


def _replaced(found: re.Match[str]) -> str:
    """What stands for such a character: mostly nothing; the letter that an old file system meant by a byte."""
    each = found[0]
    if each > "\uffff":
        return "" if ord(each) & LAST_OF_PLANE == LAST_OF_PLANE else each
    if "\udc80" <= each <= "\udcff":
        return bytes([ord(each) - 0xDC00]).decode("cp1252", "ignore")
    return "\n" if each in ENDS_LINE else " " if each in PARTS else ""
