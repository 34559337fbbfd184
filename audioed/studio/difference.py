"""What approving an edition would change: words, clips that are spoken anew, chapters, length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audioed.edition.length import sounding
from audioed.model import Script, Seconds, Speech, Utterance
from audioed.studio.script import Mark, Named, by_id, speakers

if TYPE_CHECKING:
    from audioed.studio.desk import Desk, Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A sentence that is not what it was."""

    id: str
    before: str
    """What was said; empty where it is new."""
    now: str
    """What is said; empty where it is left out."""
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


FIELDS = ("written", "spoken", "pause", "voice", "role", "language")


def difference(desk: "Desk", asked: Named) -> Difference:
    """What approving an edition would change of what listeners have, or of a draft, of what was written."""
    edition, show = desk.edition(asked.edition), desk.show
    script, place = edition.script, show.place
    voices = speakers(script, place)
    keys = desk.voices.keys(list(zip(script.utterances, voices, strict=True)))
    outlines = [place.store.cache.clip_outline(key) for key in keys]
    missing = tuple(each.id for each, outline in zip(script.utterances, outlines, strict=True) if outline is None)
    length = sum(
        each.pause + (outline.duration if outline else sounding(each, voice))
        for each, outline, voice in zip(script.utterances, outlines, voices, strict=True)
    )
    before = edition.episode.duration if edition.episode else None
    episode = edition.episode
    return Difference(
        sentences=tuple(_altered(edition.base, script)),
        clips=missing,
        chapters_before=tuple(Mark(title=each.whole, start=each.start) for each in episode.chapters) if episode else (),
        chapters=_chapters(script),
        duration_before=before,
        duration=round(length + _around(edition, desk), 2),
        is_exact=not missing,
    )


def _around(edition: "Edition", desk: "Desk") -> Seconds:
    """What is played around the sentences of the recording that there is: marks, and the bed's ends."""
    if edition.episode is None:
        return 0.0
    path = edition.folder / "speech.json"
    speech = desk.store.load(Speech, path)
    return edition.episode.duration - sum(each.duration + each.utterance.pause for each in speech.clips)


def _altered(base: Script | None, script: Script) -> Sequence[Altered]:
    was, now = by_id(base), by_id(script)
    found = [Altered(id=name, before=each.spoken, now="", fields=()) for name, each in was.items() if name not in now]
    for name, each in now.items():
        if name not in was:
            found.append(Altered(id=name, before="", now=each.spoken, fields=()))
        elif fields := _fields(was[name], each):
            found.append(Altered(id=name, before=was[name].spoken, now=each.spoken, fields=fields))
    return found


def _fields(was: Utterance, now: Utterance) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(was, name) != getattr(now, name))


def _chapters(script: Script) -> tuple[str, ...]:
    return tuple(segment.whole for place, segment in enumerate(script.segments) if place in script.begun)
