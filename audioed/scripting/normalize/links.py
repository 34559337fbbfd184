"""Addresses of pages and of mail, accounts and hashtags in the languages beside English."""

import re
from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import Rule, rule
from audioed.scripting.trace import sub

_URL = re.compile(r"(?i)(?<!\w)(?:https?://(?:www\.)*|(?:www\.)+)(?P<rest>[^\s<>\"]{0,2000})")
_ENDS = "com|org|net|eu|info|io|ai|tv|app|gov|edu|de|at|ch|fr|be|lu|ca|es|cat|mx|ar|cl|pe|co|uy|it|sm|va|pt|br|uk|nl|pl"
"""The ends of the names of hosts in these languages' countries."""
_LABEL = r"[a-zA-Z0-9][\w-]{0,62}"
_MAIL = rf"(?<![\w.])(?P<whose>\w[\w.+-]{{0,63}})@(?P<host>{_LABEL}(?:\.{_LABEL}){{1,6}})"
_HOST = rf"(?<![\w@.-])(?P<host>(?:{_LABEL}\.){{1,6}}(?<=\w\w\.)(?:{_ENDS}))(?P<page>/[\w/-]*)?(?![\w@-]|\.\w)"
_TAG = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])|_")


def rules(language: Language) -> Iterator[Rule]:
    """Mail, hosts whose names end as hosts' do, hashtags and accounts."""
    dot = f" {language.table['dot']} "
    yield rule("@", _MAIL, lambda match: f"{match['whose'].replace('.', dot)} @ {match['host'].replace('.', dot)}")
    yield rule(".", _HOST, lambda match: match["host"].replace(".", dot))
    if "hashtag" in language.table:
        told = r"(?:(?P<told>\b[\w-]*(?:[Hh]ashtags?|mot-dièse|mot-clic|etiqueta)) )?"
        yield rule("#", rf"{told}(?<!\w)#(?P<tag>[^\W\d_]\w*)", partial(_hashtag, language.table["hashtag"]))
    yield rule("@", r"(?<!\w)@(?P<name>[^\W\d_]\w*)", lambda match: f"@ {match['name'].replace('_', ' ').strip()}")


def _hashtag(word: str, match: Match[str]) -> str:
    """The words of a hashtag, which are written as one: "#NoALaGuerra"."""
    return f"{match['told'] or word} {_TAG.sub('-', match['tag']).strip('-')}"


def without(text: str, dot: str = ".") -> str:
    """The text with the hosts of its links only, this between the parts of their names."""
    return sub(_URL, partial(_host, dot), text) if "/" in text or "www." in text.lower() else text


def _host(dot: str, match: Match[str]) -> str:
    said = match["rest"].rstrip(".,;:!?)]'*_")
    return re.split(r"[/?#:]", said, maxsplit=1)[0].replace(".", dot) + match["rest"][len(said) :]
