"""Sites, e-mail addresses, handles, hashtags and file names, as a person would give them by mouth."""

import re
from re import Match

from audioed.english import dictionary, is_in_dictionary
from audioed.languages import words
from audioed.scripting.normalize.en import commands
from audioed.scripting.normalize.en.capitals import SHORT
from audioed.scripting.normalize.en.words import digits
from audioed.scripting.normalize.rules import family, listed, rule

_HOST = r"(?:[\w-]{1,63}\.){1,5}"
_TLD = (
    r"(?:com|org|net|edu|gov|mil|int|info|biz|io|ai|dev|app|tv|fm|me|news|blog|xyz|tech|online|site|store|cloud|"
    r"co\.uk|org\.uk|gov\.uk|ac\.uk|com\.au|co\.jp|uk|us|ca|au|de|fr|eu|nl|ch|at|it|es|se|no|jp|cn|in|br|ru|ly)"
)
_SHORTEST_SPELLED = 2
"""Letters; "dot UK" is spelled, "dot com" is a word."""
_WORDS = frozenset({"me", "in", "us", "it", "at", "no", "co", "ly"})
"""Ends of addresses that are said as words though they are short."""
_LONGEST_PATH = 40
"""Characters; nobody remembers more by ear, and the show notes have the link."""
_SIGNS = {".": "dot", "-": "dash", "_": "underscore", "+": "plus", "/": "slash", "~": "tilde"}
_TOKEN = re.compile(r"[./_+~-]|\d+|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")


def _spelled(address: str) -> str:
    """Every sign of an address as a word, every digit by itself."""
    words = []
    for token in _TOKEN.findall(address):
        if token.isdecimal():
            words.append(digits(token))
        elif words and words[-1] == "dot" and len(token) <= _SHORTEST_SPELLED and token not in _WORDS:
            words.append(token.upper())
        else:
            words.append(_SIGNS.get(token, token))
    return " ".join(words)


def _site(match: Match[str]) -> str:
    """The site alone; what follows is for a browser, not for an ear."""
    rest = match["rest"]
    said = rest.rstrip(".,;:!?)]'*_")
    apart = " " if match.string[: match.start()].endswith((".", "!", "?", ",", ";", ":", ")")) else ""
    return apart + _spelled(re.split(r"[/?#:]", said, maxsplit=1)[0]) + rest[len(said) :]


def _domain(match: Match[str]) -> str:
    """A site that the text itself tells, with the path where that is short enough to be typed."""
    path = match["path"] or ""
    said = path.rstrip(".,;:!?)]'*_/")
    stops = path[len(said) :].replace("/", "")
    told = said if len(said) <= _LONGEST_PATH and re.fullmatch(r"[\w/.~-]*", said) else ""
    host = re.sub(r"^(?:www\.)+", "", match["host"], flags=re.IGNORECASE)
    return _spelled(host + told) + stops


def _tag(match: Match[str]) -> str:
    name = _CAMEL.sub(" ", match["name"]).replace("_", " ")
    if match["sign"] == "@":
        return f"at {name}"
    told = match["told"] or "hashtag "
    return f"{told}{_parted(name) if name.isascii() and name.islower() and name.isalpha() else name}"


def _parted(tag: str) -> str:
    """A tag of small letters as the fewest words that it can be made of; as it is where it is one, or none fit."""
    known, longest = dictionary(british=False).golds, len(tag)
    if tag in known or longest > _LONGEST_TAG:
        return tag
    best: list[tuple[str, ...]] = [(), *[()] * longest]
    for end in range(2, longest + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = tag[start:end]
            fits = word in _BRIEF if len(word) < len("the") else word in known
            if fits and (best[start] or not start) and (not best[end] or len(best[start]) + 1 < len(best[end])):
                best[end] = (*best[start], word)
    return " ".join(best[longest]) or tag


_LONGEST_TAG, _LONGEST_WORD = 40, 16
_BRIEF = listed("in on at of to my me we is it us no go so up do be by")


def _behind_quote(match: Match[str]) -> str:
    """A space behind a quotation mark that closes; one that opens has it in front."""
    return '" ' if match.string.count('"', 0, match.start()) % 2 else ' "'


def _apart(match: Match[str]) -> str:
    """A mark, with the space that its writer forgot behind it; the point of a name in code, "os.Create", as a word."""
    before = re.search(r"\w+\Z", match.string[max(0, match.start() - 24) : match.start()])
    after = re.match(r"\w+", match.string[match.end() : match.end() + 24])
    if match[0] != "." or not before or not after or after[0] in words("split", "starters"):
        return f"{match[0]} "
    name = before[0]
    known = name.upper() in SHORT if len(name) <= len("npm") else is_in_dictionary(name, "en-US")
    coded = _CAMEL.search(name) or (name.islower() and not known)
    return " dot " if coded else ". "


RULES = (
    *commands.RULES,
    rule(
        ("10.",), r"(?<![\w/])(?:(?i:doi)(?:\.org/|: ?| ))?10\.\d{4,9}/[^\s,;)\]]{1,200}(?<=\w)", "DOI"
    ),  # for a browser alone
    rule(("arXiv:",), r"\barXiv: ?\d{4}\.\d{4,5}(?:v\d{1,2})?(?!\w)", "arXiv"),
    rule(
        ("://",),
        r"(?<!\w)(?P<scheme>s3|gs|s?ftp|ssh|git|ipfs)://(?P<rest>[^\s<>\"]{0,2000})",
        lambda m: f"{' '.join(digits(sign) if sign.isdecimal() else sign for sign in m['scheme'].upper())} {_site(m)}",
    ),
    rule(":", r"(?i)(?<!\w)https?://(?:www\.)*(?P<rest>[^\s<>\"]{0,2000})", _site),
    rule(
        "@",
        rf"(?<![\w.+-])(?P<user>[\w.+-]{{1,64}})@(?P<host>{_HOST}[A-Za-z]{{2,24}}(?:/[\w/.~-]{{1,40}}(?<!\.))?)\b",
        lambda m: f"{_spelled(m['user'])} at {_spelled(m['host'])}",
    ),
    rule(
        ".",
        rf"(?<![\w.@/-])(?i:(?P<host>www\.{_HOST}[a-z]{{2,24}}|{_HOST}{_TLD}))(?<!\.[A-Z][a-z])(?P<path>/[^\s<>\"]{{0,2000}})?"
        rf"(?![\w@-]|\.\w)",
        _domain,
    ),
    rule(".", r"(?<=\()\.(?=[A-Z]{2,8}\))", ""),  # an index, as agencies name it: "(.SPX)"
    rule(".", r"(?<=\()(?P<share>[A-Z]{2,5})\.(?P<market>[A-Z]{1,2})(?=[),])", r"\g<share> dot \g<market>"),
    rule(  # who wrote a post that is quoted, and when: the name is enough
        "@",
        r"\A(?:[—–-] ?)?(?P<name>[^()@]{1,60}) \(@\w{1,30}\)(?= [A-Z][a-z]{2,8} \d{1,2}, \d{4}\Z|\Z)",
        r"\g<name>,",
    ),
    rule("@", r"(?<![\w@])(?P<sign>@)(?P<name>\w*[^\W\d_]\w*)", _tag),
    rule(
        "#",
        r"(?<![\w#&])#(?P<colour>(?=[A-Fa-f]{0,5}\d)[0-9a-fA-F]{6})(?!\w)",
        lambda m: "hash " + " ".join(digits(sign) if sign.isdecimal() else sign.upper() for sign in m["colour"]),
    ),
    rule("#", r"(?P<told>\b[Hh]ashtags? )?(?<![\w#&])(?P<sign>#)(?P<name>[^\W\d_]\w*)", _tag),
    rule(".", r"(?<=[a-z]{3})\.(?=(?:then|the|and|but|she|we|they|this|that|there|when|because) )", ". "),
    rule(":", r"\b(?P<scheme>about|chrome|resource|mailto|view-source):(?=[a-z])", r"\g<scheme> "),
    rule(".", r"\b(?P<name>[A-Z]{2,24})\.(?=(?:md|txt|pdf|html?|exe|zip|csv|json|py|js)\b)", r"\g<name> dot "),
    rule(".", r"(?<=[a-z])\.(?=[a-z]{2,24}(?:/[\w-]|\W|$))(?<!\w\w\.\w\.)(?<!\b[a-z]\.)", " dot "),
    rule(
        ".!?",
        r"(?<=[A-Za-z][a-z])(?P<stop>[.!?])(?=[A-Z][a-z]+[ ,;:.)])|(?<=[a-z]{2})(?P<mark>[!?])(?=[A-Za-z\d])",
        _apart,
    ),
    rule(".", r"(?<=\d{2})(?P<stop>\.)(?=[A-Z][a-z]{2,}[ ,:])", _apart),
    rule('"', r"(?<=[.,!?])(?P<mark>\")(?=[A-Za-z]{2})", _behind_quote),
    rule(",;:", r"(?<=[^\W_])(?P<mark>[,;])(?=[^\W\d_])|(?<=[a-z]{2})(?P<stop>:)(?=[a-z]{2})", _apart),
)
"""In this order: an address before what only looks like a part of one."""
spoken = family(RULES)
"""The text with every address in words."""
