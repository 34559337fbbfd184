"""Where a listener can jump to, and what it is called: a chapter says what is heard until the next one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audioed.kinds import HEADINGS, SEGMENTS
from audioed.model import Script, Segment
from audioed.textkey import word_count
from audioed.wording import wording

SHORTEST = 75
"""Words of a chapter, half a minute: Spotify's advice."""
SHORTEST_ASIDE = 37
"""Of a list of headlines or a promo, a quarter of a minute; nobody jumps over less."""
LABEL = 40
"""Characters of a chapter's title: Spotify cuts what is longer."""
_OPEN = re.compile(r"\s*[(\[][^)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """What a segment is called."""

    title: str
    """As much of it as fits into every list of chapters."""
    heading: str = ""
    """The whole, where that is more."""


def named(text: str) -> Name:
    """A title or a heading as the name of a segment."""
    whole = " ".join(text.split())
    short = label(whole)
    return Name(short, "" if short == whole else whole)


def label(text: str, longest: int = LABEL) -> str:
    """The first words of the text, a phrase that fits into a list of chapters."""
    if len(text) <= longest:
        return text
    from audioed.scripting.split import phrase  # most names are short

    short = phrase(text, longest)
    return (_OPEN.sub("", short) or short).rstrip(" ,;:–—-") or short


def with_chapters(segments: Sequence[Segment], title: str, language: str, *, alone: bool) -> Iterator[Segment]:
    """
    The segments of an edition of this title, and which of them begin a chapter: the first always does.

    An edition of several articles has one for each, and for what is told as headlines. An article that is alone
    has them within: at the sections that are long enough, at headlines and
    promos, and where it goes on behind those, since a chapter called
    "Headlines" holds nothing else; then the farewell is one, too. A list right
    below a heading is that section's.
    """
    since, aside, below, opened = 0, False, False, False
    section = title = " ".join(title.split()) if any(map(str.isalnum, title)) else ""
    for segment, following in pairwise([*segments, None]):
        if segment is None:
            continue
        traits, count = SEGMENTS[segment.kind], _words(segment)
        headed = segment.utterances[0].block in HEADINGS
        bare = segment.kind == "body" and all(each.block in HEADINGS for each in segment.utterances)
        leads = bare and following is not None and SEGMENTS[following.kind].aside
        least = SHORTEST_ASIDE if traits.aside or leads else SHORTEST
        long = since >= least and count + (_words(following) if leads and following else 0) >= least
        first = segment is segments[0]
        if first or segment.kind in {"section", "title", "round"}:
            starts = first or not (alone or opened)
        else:
            starts = alone and (aside or (long and not below and (traits.aside or headed)))
        if segment.kind in {"title", "body"} and headed:
            section = segment.whole
        if starts and segment.kind == "body" and not headed and section:
            name = named(section if first else wording(language).continued.format(heading=section))
            segment = replace(segment, title=name.title, heading=name.heading)  # noqa: PLW2901 - under its new name
        since, aside = (count, traits.aside) if starts else (since + count, aside)
        if segment.kind == "section" and following is not None:  # a chapter holds its article, and is called like it
            segment = replace(segment, title=following.title, heading=following.heading, url=following.url)  # noqa: PLW2901
        below, opened = leads, segment.kind == "section"
        yield replace(segment, chapter=starts)


def titled_by_hand(script: Script) -> Script:
    """An edited script: a title that audioed would not make of the heading below it is the whole of the name."""
    return replace(
        script,
        segments=tuple(
            replace(each, heading="")
            if each.kind != "headlines" and len(each.heading) > LABEL and each.title != label(each.heading)
            else each
            for each in script.segments
        ),
    )


def _words(segment: Segment) -> int:
    return sum(word_count(each.written) for each in segment.utterances)
