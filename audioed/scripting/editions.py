"""What an edition says only once: a story that two articles tell, a promo that each of them ends with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from audioed.config import Scripting
from audioed.model import Article, Cut, Segment, Telling, Utterance
from audioed.scripting.furniture import publisher
from audioed.textkey import folded, shingles, words

SAME = 0.5
"""Share of the shorter article's shingles that the longer one has when they are one story."""
LEAST = 20
"""Shingles of the shortest article that is compared; a note of two sentences repeats nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What remains to be said, and what was cut."""

    segments: tuple[Segment, ...]
    cuts: tuple[Cut, ...]


def once(articles: Sequence[Article]) -> tuple[Article, ...]:
    """
    The articles, each story once; of two that tell one, the longer is read, or else the first.

    It is known by what the other is known by, too, which is thereby heard, and
    has that one's text among its cuts. Everything that an edition tells of
    itself follows from these: title, greeting, notes and page.
    """
    rows = [shingles(words(" ".join(block.text for block in article.blocks))) for article in articles]
    order = sorted(range(len(articles)), key=lambda at: (-len(rows[at]), at))
    read: dict[int, list[Article]] = {}
    for at in order:
        short = len(rows[at])
        told = [one for one in read if short >= LEAST and len(rows[at] & rows[one]) >= SAME * short]
        if told:
            read[told[0]].append(articles[at])
        else:
            read[at] = []
    return tuple(telling(articles[at], read[at]) for at in sorted(read))


def telling(article: Article, others: Sequence[Article]) -> Article:
    """The article, in place of others that tell its story; those of other publishers are named."""
    if not others:
        return article
    also = [
        Telling(title=each.title, site=publisher(each), url=each.url)
        for each in others
        if publisher(each) and folded(publisher(each)) != folded(publisher(article))
    ]
    again = [Cut(text=text, rule="told-again") for each in others for text in (each.title, *_texts(each))]
    cuts = (*article.cuts, *again, *(cut for each in others for cut in each.cuts))
    ids = dict.fromkeys((*article.ids, *(known for each in others for known in each.ids)))
    named = {folded(each.site): each for each in (*article.also, *also, *(one for each in others for one in each.also))}
    return replace(article, ids=tuple(ids), cuts=cuts, also=tuple(named.values()))


def _texts(article: Article) -> tuple[str, ...]:
    return tuple(block.text for block in article.blocks)


def with_promos(segments: Sequence[Segment], config: Scripting, own: Segment | None) -> Kept:
    """
    The segments with promos as the show wishes: read, the first alone, none, or the show's own in place of the first.

    Whatever it wishes, the same words are said once: every article of a site
    ends with the same plea.
    """
    kept: list[Segment] = []
    cuts: list[Cut] = []
    seen: set[str] = set()
    for segment in segments:
        if segment.kind != "promo":
            kept.append(segment)
            continue
        rules = [_rule(each, seen, config, first=not seen) for each in segment.utterances]
        if config.promos == "replace" and own is not None and not seen:
            kept.append(own)
        seen |= {folded(each.written) for each in segment.utterances}
        left = tuple(each for each, rule in zip(segment.utterances, rules, strict=True) if not rule)
        cuts += [Cut(text=e.written, rule=rule) for e, rule in zip(segment.utterances, rules, strict=True) if rule]
        if left:
            kept.append(replace(segment, utterances=left))
    return Kept(tuple(kept), tuple(cuts))


def _rule(utterance: Utterance, seen: set[str], config: Scripting, *, first: bool) -> str:
    if config.promos in {"drop", "replace"} or (config.promos == "once" and not first):
        return "promo-policy"
    return "promo-repeated" if folded(utterance.written) in seen else ""
