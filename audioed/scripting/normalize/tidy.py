"""Before any reading: one kind of space, quote and hyphen, and nothing that no voice can say. For every language."""

import re
import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("‐‑−⁃﹣－", "-"),
        **dict.fromkeys("‒", "–"),
        **dict.fromkeys("―⸺⸻", "—"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e", None),
        "\u2044": "/",
        "\u2215": "/",
    }
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff]")
_EMOJI = re.compile(
    "[\u2194-\u21ff\u2300-\u23ff\u25a0-\u2604\u2607-\u2664\u2666-\u2763\u2765-\u27bf\u2b00-\u2b4f\u2b51-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u20e3"
    "\U000e0000-\U000e007f](?:\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff]))?"
)
"""All but stars and hearts, which may say something."""
_GROUPS = re.compile(r"(?<![\d.,])(?<!\d['\u00a0\u2009\u202f])\d{1,3}(?:['\u00a0\u2009\u202f]\d{3}){1,4}(?!\d)")
"""Thousands set apart by narrow spaces, or by apostrophes as in Switzerland."""
_TAGS = re.compile(
    r"</?(?:a|b|i|u|s|p|br|em|hr|li|ol|td|th|tr|ul|h[1-6]|div|img|sub|sup|code|font|span|cite|mark|small|table|strong|"
    r"blockquote|figcaption)(?: [^<>]{0,500})?/?>",
    re.IGNORECASE,
)
"""What is left of a web page's markup; any other word in such brackets is part of the text: "<your name>"."""
_HYPHENS = re.compile(r"(?<!-)--(?!-)")


def tidy(text: str) -> str:
    """The text with one kind of space, quote and hyphen, and nothing that no voice can say."""
    text = unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = text.translate(_SAME)
        text = _GROUPS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
        text = _EMOJI.sub("", text)
    elif "'" in text:
        text = _GROUPS.sub(lambda match: match[0].replace("'", ""), text)
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return " ".join(_HYPHENS.sub("—", _CONTROL.sub("", text)).split())
