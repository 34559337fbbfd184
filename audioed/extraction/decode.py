"""Bytes as text: which characters they are."""

import codecs
import re
from html import unescape

from audioed.characters import unusual
from audioed.errors import FetchError
from audioed.sources import told

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset\s*=|<\?xml[^>]*encoding\s*=)\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
HEAD = 4096
"""Bytes in which a page declares its characters; the HTML standard looks at 1024, real pages are later."""
GUESSED = 200_000
"""Bytes by which the characters of a text are guessed."""
FEW = 20
"""Letters beyond ASCII below which nobody can tell the language they are from."""
TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u009f][\u0080-\u00bf]{0,2}"  # its control characters stand in no honest text
    "|\u00c3[\u00a0-\u00bf]|\u00c2[\u00a0-\u00bf]|\u00e2[\u20ac\u201a\u201e\u2020\u02c6].|\u00f0\u0178.."
)
"""UTF-8 read as Latin-1 or Windows-1252 once too often, as in "Ã©" and "â€™"."""
CSI = "\x9b"
"""Begins what a terminal obeys; no quote is meant by it."""
CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if chr(code) != CSI}
"""Controls that nobody means, as the characters of Windows-1252 in their place (WHATWG HTML, 13.2.5.80)."""
CONTROL = re.compile("[\x80-\x9f]")
TRACE = re.compile("[\x80-\x9f\xc2\xc3\xe2\xf0]")
"""What such traces begin with."""
NUMBERED = re.compile(r"&#0*(?:1(?:2[89]|[345]\d)|[xX]0*[89][\da-fA-F]);")
"""References to them."""
ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][\da-fA-F]{1,5}|[a-zA-Z][a-zA-Z0-9]{1,20});")


def mended(text: str) -> str:
    """The text without traces of a wrong character set: letters that were encoded twice, controls that are quotes."""
    if "&#" in text:
        text = NUMBERED.sub(lambda found: unescape(found[0]), text)
    if text.isascii() or not TRACE.search(unusual(text)):
        return text
    return CONTROL.sub(lambda found: CONTROLS.get(ord(found[0]), found[0]), TWICE.sub(_once, text))


def unescaped(text: str) -> str:
    """The text with the characters that its entities stand for, where they were escaped once too often."""
    return ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def decoded(data: bytes, name: str, *, charset: str = "") -> str:
    """
    These bytes as text; FetchError where they are none.

    A byte order mark is right, then the server, then the page, then a guess;
    UTF-8 is tried first wherever it fits, for hardly any other text is valid UTF-8.
    """
    mark = next((codec for start, codec in MARKS if data.startswith(start)), "")
    if not mark and (b"\x00" in data[:HEAD] or data.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf"))):
        raise FetchError(f"{name} is not text; name a page of {told()}.", name=name)
    declared = DECLARED.search(data[:HEAD])
    stated = (charset, declared[1].decode("ascii", "ignore") if declared else "")
    for codec in filter(None, (mark, "utf-8", *map(_web_codec, stated))):
        try:
            return data.decode(codec)
        except (UnicodeError, LookupError):  # also codecs that are no text encodings
            continue
    return _guessed(data, name)


def _web_codec(name: str) -> str:
    """
    What a browser takes this name for: pages that say Latin-1 mean Windows-1252 (WHATWG Encoding).

    Nothing for UTF-7, and for UTF-16 and UTF-32 without a mark: what was read so far as to say that is not written so.
    """
    plain = name.strip().lower().replace("_", "-")
    if plain in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}:
        return "cp1252"
    return "" if re.match(r"utf-?(?:7|16|32)", plain) else plain


def _guessed(data: bytes, name: str) -> str:
    """
    Text that says of itself wrongly or not at all how it is written.

    What is no UTF-8 is Windows-1252, as for browsers (WHATWG HTML, 13.2.3.2);
    where more letters stand outside ASCII than in it, no Western language is
    written so, and the letters themselves tell.
    """
    words = re.sub(rb"<[^>]*>|[^A-Za-z\x80-\xff]", b"", data[:GUESSED])
    beyond = len(re.sub(rb"[A-Za-z]", b"", words))
    if beyond < max(FEW, len(words) / 2) or _is_utf8(data):
        return data.decode("utf-8", "audioed.windows-1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:GUESSED]).best()
    if best is None:
        raise FetchError(f"{name} is not readable as text; save it as UTF-8.", name=name)
    return data.decode(best.encoding, "replace")


def _is_utf8(data: bytes) -> bool:
    """Whether most of these characters beyond ASCII are valid UTF-8, as in a text that was damaged or put together."""
    beyond = re.sub(r"[\x00-\x7f]", "", data.decode("utf-8", "replace"))
    return 2 * beyond.count("\ufffd") < len(beyond)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What stands for octets that are no UTF-8: the characters that they are in Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _once(broken: re.Match[str]) -> str:
    """The letter that was encoded twice; itself where it was not."""
    for codec in ("latin-1", "cp1252"):
        try:
            return broken[0].encode(codec, "audioed.octets").decode("utf-8")
        except UnicodeError:
            continue
    return broken[0]


def _as_octets(error: UnicodeError) -> tuple[bytes, int]:
    """The five octets that Windows-1252 leaves open stand for themselves (WHATWG Encoding, index windows-1252)."""
    if not isinstance(error, UnicodeEncodeError) or max(error.object[error.start : error.end]) > "\xff":
        raise error
    return bytes(map(ord, error.object[error.start : error.end])), error.end


codecs.register_error("audioed.windows-1252", _as_windows_1252)
codecs.register_error("audioed.octets", _as_octets)
