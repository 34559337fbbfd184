"""Bytes as text: which characters they are."""

import codecs
import re

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


def decoded(data: bytes, name: str, *, charset: str = "") -> str:
    """
    These bytes as text; FetchError where they are none.

    A byte order mark is right, then the server, then the page, then a guess;
    UTF-8 is tried first wherever it fits, for hardly any other text is valid UTF-8.
    """
    mark = next((codec for start, codec in MARKS if data.startswith(start)), "")
    if not mark and (b"\x00" in data[:HEAD] or data.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b"))):
        raise FetchError(f"{name} is not text; name a page of {told()}.", name=name)
    declared = DECLARED.search(data[:HEAD])
    stated = (mark, "utf-8", charset, declared[1].decode("ascii", "ignore") if declared else "")
    for codec in filter(None, stated):
        try:
            return data.decode(_web_codec(codec))
        except (UnicodeError, LookupError):  # also codecs that are no text encodings
            continue
    return _guessed(data, name)


def _web_codec(name: str) -> str:
    """What a browser takes this name for: pages that say Latin-1 mean Windows-1252 (WHATWG Encoding)."""
    plain = name.strip().lower().replace("_", "-")
    return "cp1252" if plain in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else plain


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


codecs.register_error("audioed.windows-1252", _as_windows_1252)
