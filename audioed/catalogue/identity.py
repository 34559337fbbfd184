"""
What an article is known by, so that it is one episode and never two.

    entry:FEED ID    what its feed calls it: a hash of the feed's address, and an Atom id or RSS guid
    url:ADDRESS      where it was fetched from, in canonical form
    alias:ADDRESS    where somebody says that it stands: its page, or the front matter of a file
    file:PATH        a local file, seen from the show's folder
    name:NAME        a file about which no more is known: that is what 0.1 wrote of one that was rendered
    text:HASH        the words of it, in their order
    short:HASH       the same of a file of few words

The first two are certain, for only one article can have them, and so are the
same words. A path is used again for another text, and what a page says of
itself may be wrong: there, half of the words have to be the same, too.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from audioed import textkey
from audioed.addresses import canonical
from audioed.model import Article, Source

SAME_WORDS = 0.5
"""Share of its words that a text keeps while it is one article under revision."""
SAME_PAIRS = 0.2
"""
Share of its pairs of words; of a text of which each second word is another, some .22 remain.

Two letters of one author have .5 of their words in common, for half of what
anybody writes is made of a hundred words; but hardly a twentieth of their pairs.
"""
LEAST = 30
"""Words from which a text is known by itself; a shorter one may be a notice that stands on many pages."""
LONGEST = 300
"""Characters of an id; a longer one is told by its hash."""


def entry_id(feed: str, name: str) -> str:
    """
    What an article is known by that this feed calls by this name; ids are the feed's own, so two may use one.

    The feed is told by a hash: the address of one that is paid for holds a secret, and ids are published.
    """
    whose = hashlib.sha256((canonical(feed) or feed).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return _short("entry", f"{whose} {name}")


def titled_id(feed: str, title: str) -> str:
    """What an entry of a feed is likely known by that has neither an id nor an address."""
    return f"name:{entry_id(feed, title).removeprefix('entry:')}"


def address_id(address: str, *, certain: bool = True) -> str:
    """What the article at this address is known by; empty where it is no http(s) address."""
    plain = canonical(address)
    return _short("url" if certain else "alias", plain) if plain else ""


def file_id(path: Path, home: Path) -> str:
    """What a local file is known by in the show of this folder, wherever it is named from."""
    there = path.absolute()
    there = there.parent.resolve() / there.name  # a link is the name of a file, not what it leads to today
    try:
        seen = Path(os.path.relpath(there, home.resolve())).as_posix()
    except ValueError:  # another disk of Windows; its folders are nobody's business
        seen = f"{hashlib.sha256(os.fsencode(there.parent)).hexdigest()[:12]}/{there.name}"
    return _short(
        "file", os.fsencode(seen).decode("utf-8", "backslashreplace")
    )  # a name may hold bytes that are no text


def text_id(article: Article, fetched: str = "") -> str:
    """
    What the words of an article are known by: certainly where they are many.

    Few are only likely those of a file that was renamed; empty for a page that was fetched.
    """
    words = _words(article)
    if len(words) < LEAST and (fetched or not words):
        return ""
    kind = "text" if len(words) >= LEAST else "short"
    return f"{kind}:{hashlib.sha256(' '.join(words).encode()).hexdigest()[:32]}"


def identified(article: Article, known: Sequence[str] = ()) -> Article:
    """
    The article with all that it is known by: its source's ids, its addresses, what it says of itself, its words.

    An address that its source only takes for an alias is not certain, though the article was fetched from it.
    """
    fetched = address_id(article.name)
    ids = [*known, *(each for each in article.ids if not each.startswith(("text:", "short:")))]
    if any(each.startswith("file:") for each in ids):
        ids = [each for each in ids if not each.startswith("name:")]
    elif article.name and not fetched and not any(each.startswith("name:") for each in ids):
        ids.append(_short("name", article.name.rpartition("/")[2]))
    ids += [
        fetched,
        *(address_id(each, certain=False) for each in (article.url, article.alias)),
        text_id(article, fetched),
    ]
    doubted = {f"url:{_value(each)}" for each in (*known, *article.ids) if each.startswith("alias:")}
    sure = [each for each in ids if each and each not in doubted]
    kept = [each for each in sure if not (each.startswith("alias:") and f"url:{_value(each)}" in sure)]
    return replace(article, ids=tuple(dict.fromkeys(kept)))


def _value(name: str) -> str:
    return name.partition(":")[2]


def of_source(source: Source, article: Article | None) -> tuple[str, ...]:
    """The ids of an article that was voiced; those of 0.1 wrote none and are known by name and address."""
    if source.ids:
        return source.ids
    fetched, stated = address_id(source.name), address_id(source.url, certain=False)
    name = "" if fetched or not source.name else _short("file" if "/" in source.name else "name", source.name)
    words = text_id(article, fetched) if article else ""
    return tuple(filter(None, (fetched, stated, name, words)))


def certain(ids: Iterable[str]) -> tuple[str, ...]:
    """Those that only one article can have."""
    return tuple(each for each in ids if each.startswith(("entry:", "url:", "text:")))


def likely(ids: Iterable[str]) -> tuple[str, ...]:
    """What the same article is known by elsewhere, if its text is the same: the ids to look for."""
    found: list[str] = []
    for each in ids:
        kind, value = each.partition(":")[0], _value(each)
        if kind in {"url", "alias"}:
            found += [f"url:{value}", f"alias:{value}"]
        elif kind == "file":
            found += [each, f"name:{value.rpartition('/')[2]}"]
        elif kind in {"name", "short"}:
            found.append(each)
    return tuple(dict.fromkeys(found))


def lasting(ids: Iterable[str]) -> tuple[str, ...]:
    """Those that tell an article by themselves: a path, or what a page says of itself, needs its text beside it."""
    return tuple(each for each in ids if each in certain((each,)) or each.startswith("short:"))


def common(before: Article, now: Article) -> float:
    """The share of words that two texts have in common, 0 to 1; 0 where these are only the words of everybody."""
    old, new = _words(before), _words(now)
    if old == new:
        return 1.0
    words = _share(Counter(old), Counter(new))
    return (
        words if words >= SAME_WORDS and _share(Counter(pairwise(old)), Counter(pairwise(new))) >= SAME_PAIRS else 0.0
    )


def _share(old: Counter[object], new: Counter[object]) -> float:
    return (old & new).total() / max(1, old.total(), new.total())


def _words(article: Article) -> Sequence[str]:
    return [word for block in article.blocks for word in textkey.words(block.text)]


def _short(kind: str, value: str) -> str:
    value = " ".join(value.split())
    if len(value) > LONGEST:
        value = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{value}"
