"""Signs: those that mean a word are said, those that shape the reading are kept, the rest is dropped."""

import re
import unicodedata
from functools import lru_cache
from re import Match

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("‐‑−⁃", "-"),
        **dict.fromkeys("‒", "–"),
        **dict.fromkeys("―⸺⸻", "—"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e", None),
        "\u2044": "/",
    }
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff]")
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u20e3\U000e0000-\U000e007f]"
    "(?:\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff]))?"
)
_HOST = r"(?:[\w-]{1,63}\.){1,5}"
_TLD = (
    r"(?:com|org|net|edu|gov|mil|int|info|biz|io|ai|dev|app|tv|fm|me|news|blog|xyz|tech|online|site|store|cloud|"
    r"co\.uk|org\.uk|gov\.uk|ac\.uk|com\.au|co\.jp|uk|us|ca|au|de|fr|eu|nl|ch|at|it|es|se|no|jp|cn|in|br|ru|ly)"
)
_URL = re.compile(r"(?<!\w)(?:https?://(?:www\.)*|(?:www\.)+)(?P<rest>[^\s<>\"]{0,2000})", re.IGNORECASE)
_DOMAIN = re.compile(rf"(?<![\w.@/-])(?P<host>{_HOST}{_TLD})(?P<path>/[^\s<>\"]{{0,2000}})?(?![\w@-]|\.\w)")
_EMAIL = re.compile(rf"(?<![\w.+-])(?P<user>[\w.+-]{{1,64}})@(?P<host>{_HOST}[A-Za-z]{{2,24}})\b")
_FOOTNOTE = re.compile(r" ?\[(?:\d{1,3}(?:[-–,] ?\d{1,3}){0,3}|[a-z]|note \d{1,3}|citation needed|sic|edit)\]")
_HANDLE = re.compile(r"(?<![\w@])@(?=\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=[^\W\d_])")
_WORDS = {
    "&": "and",
    "@": "at",
    "+": "plus",
    "=": "equals",
    "%": "percent",
    "°": "degrees",
    "§": "section",
    "¶": "paragraph",
    "±": "plus or minus",
    "×": "times",
    "÷": "divided by",
    "≈": "about",
    "≤": "at most",
    "≥": "at least",
    "≠": "is not",
    "<": "less than",
    ">": "greater than",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "¢": "cent",
    "₿": "bitcoin",
    "²": "squared",
    "³": "cubed",
    "π": "pi",
    "µ": "micro",
    "μ": "micro",
    "#": "hash",
    "/": "slash",
}
_WORD_SIGN = re.compile(rf"[{re.escape(''.join(_WORDS))}]")
_DROPPED = re.compile(r"[*^`\\{}_™®©℠†‡]")
_ELLIPSIS = re.compile(r" ?(?:\.(?: ?\.){2,}|…)[.…]*(?P<after> ?[\"')]*(?: ?[^\W\d_])?)")
_DASH = re.compile(r"\s*(?:—|–(?!\w)|(?<=\s)–|(?<![\w-])-{1,3}(?=\s)|(?<!-)-{2,3}(?!-)|[|•·‣◦])\s*")
_OPENING = re.compile(r"(?<=[^\W_])(?P<gap> ?)[(\[]+(?P<tail>e?s[)\]])?|[(\[]+")
_CLOSING = re.compile(r"[)\]]+(?P<after>(?= ?[^\W_\d]))?")
_STOPS = re.compile(r" *[,;:.!?](?:[ ]*[,;:.!?])*")
_STRENGTH = "?!.;:,"
"""Of several stops in a row the voice reads the strongest."""


def tidy(text: str) -> str:
    """The text with one kind of space, quote and hyphen, and nothing that no voice can say."""
    text = unicodedata.normalize("NFC", text).translate(_SAME)
    text = _EMOJI.sub("", _CONTROL.sub("", text))
    return " ".join(re.sub(r"(?<!-)--(?!-)", "—", text).split())


def shorten_urls(text: str) -> str:
    """The text with every address cut down to the name of its site."""
    return _DOMAIN.sub(_site, _URL.sub(_site, text))


def _site(match: Match[str]) -> str:
    rest = match.groupdict().get("rest")
    if rest is None:
        rest = match["host"] + (match["path"] or "")
    said = rest.rstrip(".,;:!?)]'*_")
    return re.split(r"[/?#:]", said, maxsplit=1)[0] + rest[len(said) :]


def figures(text: str) -> str:
    """The text with every kind of digit as 0 to 9, every vulgar fraction with a slash, and no footnote marks."""
    text = _FOOTNOTE.sub("", text)
    text = re.sub(r"(?<=[a-z]{4}[.,\"'])[¹²³⁰⁴-⁹]{1,3}|(?<=[a-z]{4})[¹²³⁰⁴-⁹]{1,3}", "", text)
    return re.sub(r"[^\x00-\x7f]", _figure, text)


_FIGURES = {"²": "²", "³": "³", "№": "No. ", "℃": "°C", "℉": "°F"}


@lru_cache(maxsize=1024)
def _plain(sign: str) -> str:
    """Any sign for a number in ordinary digits; other signs as they are."""
    if sign in _FIGURES:
        return _FIGURES[sign]
    if unicodedata.category(sign) not in {"Nd", "No", "Nl"} and not sign.isdigit():
        return sign
    flat = unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
    if flat.isascii():
        return flat
    value = unicodedata.numeric(sign, 0.5)
    return str(int(value)) if value.is_integer() else " "


def _figure(match: Match[str]) -> str:
    flat = _plain(match[0])
    before = match.string[match.start() - 1 : match.start()]
    return f" {flat}" if "/" in flat and before.isdecimal() else flat


def addresses(text: str) -> str:
    """The text with sites, e-mail addresses, handles and hashtags as a reader would say them."""
    text = _EMAIL.sub(lambda match: f"{_dots(match['user'])} at {_dots(match['host'])}", text)
    text = _DOMAIN.sub(lambda match: _dots(match["host"]), shorten_urls(text))
    text = _HANDLE.sub("at ", text)
    return _HASHTAG.sub("hashtag ", text)


def _dots(host: str) -> str:
    return host.replace(".", " dot ").replace("_", " underscore ").replace("+", " plus ").strip()


def pauses(text: str) -> str:
    """The text with dashes, brackets and dots as the commas and stops that a voice breathes at."""
    text = _ELLIPSIS.sub(_ellipsis, text)
    text = _DASH.sub(", ", text)
    text = re.sub("[–]", "-", text)
    text = _OPENING.sub(_opening, text)
    return _CLOSING.sub(lambda match: "," if match["after"] is not None else "", text)


def _ellipsis(match: Match[str]) -> str:
    """A comma before words in lower case, the end of a sentence otherwise."""
    after = match["after"]
    gap = " " if after[:1].isalpha() else ""
    return f"{',' if after[-1:].islower() else '.'}{gap}{after}"


def _opening(match: Match[str]) -> str:
    if match["tail"]:
        return match["tail"][:-1]
    return ", " if match["gap"] else ""


def signs(text: str) -> str:
    """The text with signs as words, and nothing left but words and punctuation."""
    text = re.sub(r"\b(and|AND)/(?=or\b|OR\b)", r"\1 ", text)
    text = re.sub(r"(?<=\b[A-Z])/(?=[A-Z]\b)", " ", text)
    text = re.sub(r"(?<![\w~])~(?=\w)", "about ", text).replace("~", " ")
    text = _WORD_SIGN.sub(lambda match: f" {_WORDS[match[0]]} ", text)
    text = _DROPPED.sub(" ", text)
    return re.sub(r"[^\x00-\x7f]", lambda match: _sayable(match[0]), text)


@lru_cache(maxsize=1024)
def _sayable(sign: str) -> str:
    """A letter or a mark on one; any other sign is silent."""
    if unicodedata.category(sign)[0] in "LM" and not sign.isdigit():
        return sign
    return {"…": ".", "—": ","}.get(sign, " ")


def stops(text: str) -> str:
    """The text with single spaces and single stops; empty where no word is left."""
    text = " ".join(text.split())
    text = _STOPS.sub(lambda match: min(match[0].replace(" ", ""), key=_STRENGTH.index), text)
    text = text.lstrip(" ,;:.!?-")
    return text.rstrip(" ,;:-") if any(map(str.isalnum, text)) else ""
