"""
A show's own promos: which of them an edition has, and where it has them.

    rotation  whose turn it is on a day, and how many there may be
    placing   where a script has room for them; what becomes of them in a script that is written anew, or swapped
    library   how each stands: whether it runs, how often, and which episodes have it
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from audioed import scripting
from audioed.config import Config, Promo
from audioed.model import Script, Segment
from audioed.promos import rotation
from audioed.promos.placing import joined
from audioed.textkey import word_count

if TYPE_CHECKING:
    from audioed.scripting.lexicon import Lexicon

    Lexicons = Callable[[str], Lexicon]


def with_promos(script: Script, config: Config, lexicons: "Lexicons") -> Script:
    """The script of an edition with the promos that are due on its day, each where it belongs; ids are complete."""
    stories = _sections(script)
    open_to = {
        name: gaps
        for name, promo in sorted(config.promos.items())
        if promo.runs(script.edition.day) and (gaps := _gaps(promo, stories))
    }
    count = rotation.room(_words(script), script.edition.number, config.scripting.promos_per_hour)
    if not (open_to and count):
        return script
    weights = {name: config.promos[name].weight for name in open_to}
    chosen = rotation.chosen(weights, open_to, count, len(stories), script.edition.day, breaks=_breaks(script))
    return joined(script, {gap: (read(name, script, config, lexicons),) for gap, name in chosen.items()})


def read(name: str, script: Script, config: Config, lexicons: "Lexicons") -> Segment:
    """This promo as it is heard in this script."""
    return scripting.promo_read(name, config.promos[name], script, lexicons, config.show.language)


def _sections(script: Script) -> list[str]:
    """The section of each article, as far as they are told apart; one for all where nobody can tell."""
    titles = sum(segment.kind == "title" for segment in script.segments)
    found = [source.section.casefold() for source in script.sources]
    return found if len(found) == titles else [""] * max(1, titles)


def _breaks(script: Script) -> list[int]:
    """The articles, counted from 0, before which a section is named."""
    before = ["", *(segment.kind for segment in script.segments)]
    opened = [
        kind == "section" for kind, segment in zip(before, script.segments, strict=False) if segment.kind == "title"
    ]
    return [at for at, opens in enumerate(opened) if opens]


def _gaps(promo: Promo, stories: Sequence[str]) -> tuple[int, ...]:
    """Before which articles, counted from 0, this promo may stand; their number stands for after the last."""
    last = len(stories)
    gaps = {"first": (0,), "last": (last,), "between": tuple(range(1, last)) or (last,)}[promo.place]
    wanted = {each.casefold() for each in promo.sections}
    return tuple(gap for gap in gaps if not wanted or wanted & set(stories[max(0, gap - 1) : gap + 1]))


def _words(script: Script) -> int:
    return sum(word_count(each.written) for each in script.utterances)
