"""What approving an edition would change: words, clips that are spoken anew, chapters, length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audioed import mastering
from audioed.edition.length import Ruler
from audioed.model import Reading, Script, Seconds, Speech, Utterance
from audioed.phonemes import respelled
from audioed.studio.script import Mark, Named, by_id, left_out, speakers

if TYPE_CHECKING:
    from audioed.studio.desk import Desk, Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A sentence that is not what it was."""

    id: str
    before: str
    """What was said, a word whose sound is set as it is written: `[word](/IPA/)`; empty where it is new."""
    now: str
    """What is said, in the same way; empty where it is left out."""
    fields: tuple[str, ...]
    """What of it changed, such as `pause`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What approving would change."""

    sentences: tuple[Altered, ...]
    clips: tuple[str, ...]
    """The ids of those that are to be spoken; all others are kept."""
    chapters_before: tuple[Mark, ...]
    chapters: tuple[str, ...]
    """Titles, in order."""
    duration_before: Seconds | None
    """Of the recording; None where there is none."""
    duration: Seconds
    """About how long it will be."""
    is_exact: bool
    """Whether all clips are there, so that only what is played around them is estimated."""


TOKEN = re.compile(r"(?:\[[^\[\]]{1,200}\]\(/[^/()\[\]]{1,200}/\)|\S)+")
"""What stands between spaces; a word whose sound is set may hold some."""
FIELDS = ("written", "spoken", "pause", "voice", "role", "language", "sound")


def difference(desk: "Desk", asked: Named) -> Difference:
    """What approving an edition would change: of what listeners have or, in a draft, of what was written."""
    edition, show = desk.edition(asked.edition), desk.show
    script, place, episode = edition.script, show.place, edition.episode
    known = _lengths(script, desk)
    now = Ruler(place).starts(script, known)[1]
    if episode and edition.base:  # what the recording has that no plan tells stays
        was = {each.utterance.id: each.duration for each in _speech(edition, desk).clips}
        now += episode.duration - Ruler(place).starts(edition.base, was)[1]
    missing = tuple(each.id for each in script.utterances if each.id not in known)
    return Difference(
        sentences=tuple(_altered(edition.base, script)),
        clips=missing,
        chapters_before=tuple(Mark(title=each.whole, start=each.start) for each in episode.chapters) if episode else (),
        chapters=_chapters(script),
        duration_before=episode.duration if episode else None,
        duration=round(now, 2),
        is_exact=not missing,
    )


def _lengths(script: Script, desk: "Desk") -> dict[str, Seconds]:
    """How long each utterance is, by its id, of those whose clips are there."""
    place = desk.show.place
    played = mastering.played(script, place.store)
    said = [each for each in zip(script.utterances, speakers(script, place), strict=True) if not each[0].sound]
    found = {name: clip.duration for name, clip in played.items()}
    for (utterance, _), key in zip(said, desk.voices.keys(said), strict=True):
        if outline := place.store.cache.clip_outline(key):
            found[utterance.id] = outline.duration
    return found


def _speech(edition: "Edition", desk: "Desk") -> Speech:
    return desk.store.load(Speech, edition.folder / "speech.json")


def _altered(base: Script | None, script: Script) -> Sequence[Altered]:
    """The sentences that are not what they were, each where it stands or stood."""
    was, lost = by_id(base), left_out(base, script)

    def gone(after: str) -> list[Altered]:
        return [Altered(id=each.id, before=heard(each), now="", fields=()) for each in lost.get(after, ())]

    found = gone("")
    for name, each in by_id(script).items():
        if name not in was:
            found.append(Altered(id=name, before="", now=heard(each), fields=()))
        elif fields := _fields(was[name], each):
            found.append(Altered(id=name, before=heard(was[name]), now=heard(each), fields=fields))
        found += gone(name)
    return found


def heard(utterance: Utterance) -> str:
    """What is said, but words whose sounds are set as they are written: `[Siobhan](/ʃɪˈvɔːn/)`, not `[Shi-vawn](…)`."""
    told, end = "", 0
    for each in utterance.readings:
        told += utterance.written[end : each.at] + _as_written(each)
        end = each.at + len(each.written)
    return told + utterance.written[end:] if utterance.readings else utterance.spoken


def _as_written(reading: Reading) -> str:
    written, spoken = reading.written.split(), TOKEN.findall(reading.spoken)
    if len(written) != len(spoken):
        return reading.spoken
    return " ".join(map(respelled, written, spoken))


def _fields(was: Utterance, now: Utterance) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(was, name) != getattr(now, name))


def _chapters(script: Script) -> tuple[str, ...]:
    return tuple(segment.whole for place, segment in enumerate(script.segments) if place in script.begun)
