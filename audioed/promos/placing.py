"""Where a script has a show's own promos: between its articles, and not elsewhere."""

from collections.abc import Mapping
from dataclasses import replace

from audioed.kinds import PAUSES, SEGMENTS, Boundary
from audioed.model import Script, Segment
from audioed.scripting.ids import identified
from audioed.scripting.rundown import ending

Gaps = Mapping[int, tuple[Segment, ...]]
"""Before which article, counted from 0, promos stand; the number of articles stands for after the last."""


def joined(script: Script, promos: Gaps) -> Script:
    """A script that has none of these promos, with them; ids are complete."""
    if not any(promos.values()):
        return script
    segments, found = list(script.segments), list[Segment]()
    places, last = _places(segments), 0
    for at in range(len(segments) + 1):
        for gap, those in sorted(promos.items()):
            if places[min(gap, len(places) - 1)] == at:  # an article may be gone
                found += [ending(each, "article") for each in those]
        found += segments[at : at + 1]
        last = len(found) if at < len(segments) else last
    if script.begun:  # what is heard first is in a chapter, and what was first still begins one
        at = found.index(segments[0])
        found[0], found[at] = replace(found[0], chapter=True), replace(found[at], chapter=True)
    if 0 < last < len(found):
        found[last - 1], found[-1] = _ended(found[last - 1], "end", "article"), ending(found[-1], "end")
    return identified(replace(script, segments=tuple(found)))


def parted(script: Script) -> tuple[Script, dict[int, tuple[Segment, ...]]]:
    """A script without the show's own promos, and these by the gaps in which they stand."""
    rest, found, articles, begun = list[Segment](), dict[int, tuple[Segment, ...]](), 0, False
    for segment in script.segments:
        if segment.promo:
            gap = max(articles, int(begun))
            found[gap] = (*found.get(gap, ()), segment)
            continue
        articles += segment.kind == "title"
        begun = begun or segment.kind not in {"correction", "opening"}
        rest.append(segment)
    if rest and script.segments[-1].promo:
        rest[-1] = _ended(rest[-1], "article", "end")
    return replace(script, segments=tuple(rest)), found


def carried(script: Script, pristine: Script | None, edited: Script, fresh: Script) -> Script:
    """
    A script that has what was edited in all else, with its promos: the fresh ones, or what somebody put there.

    Between the pristine script and the edited one a promo was swapped, taken out or changed by hand; that stays.
    """
    new, now = parted(fresh)[1], parted(edited)[1]
    was = parted(pristine)[1] if pristine else now
    stays = {gap for gap in {*was, *now} if was.get(gap) != now.get(gap)}
    return joined(script, {gap: (now if gap in stays else new).get(gap, ()) for gap in {*new, *now}})


def swapped(script: Script, old: str, new: Segment) -> Script:
    """The script with another promo in the place of this one, which goes where it has the other already."""
    if any(each.promo == new.promo != old for each in script.segments):
        rest, promos = parted(script)
        left = {gap: tuple(each for each in those if each.promo != old) for gap, those in promos.items()}
        return joined(rest, left)
    segments = tuple(_instead(new, each) if each.promo == old else each for each in script.segments)
    return identified(replace(script, segments=segments))


def _instead(new: Segment, old: Segment) -> Segment:
    """A promo in the place of another, with the pause that follows it."""
    *before, last = new.utterances
    was = old.utterances[-1] if old.utterances else last
    last = replace(last, pause=was.pause, boundary=was.boundary)
    return replace(new, chapter=old.chapter, utterances=(*before, last))


def _places(segments: list[Segment]) -> list[int]:
    """Where the gaps are: before each article, and after the last."""
    end = len(segments)
    while end and (SEGMENTS[segments[end - 1].kind].frames or segments[end - 1].kind == "round"):
        end -= 1
    titles = [
        at - (at > 0 and segments[at - 1].kind == "section")  # whose intro belongs to its first article
        for at, segment in enumerate(segments)
        if segment.kind == "title"
    ]
    first = next((at for at, each in enumerate(segments) if each.kind not in {"correction", "opening"}), end)
    return [*(titles or [first]), max(end, first)]


def _ended(segment: Segment, here: Boundary, there: Boundary) -> Segment:
    """The segment, which ends at one boundary, at another; a pause that a person has set stays."""
    *before, last = segment.utterances or (None,)
    if last is None or last.boundary != here:
        return segment
    pause = PAUSES[there] if last.pause == PAUSES[here] else last.pause
    return replace(segment, utterances=(*before, replace(last, boundary=there, pause=pause)))
