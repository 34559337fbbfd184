"""A sentence changed, added or left out: by its id and version, so that no hand undoes what another did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audioed.characters import is_title, line
from audioed.errors import Conflict, StudioError
from audioed.kinds import ROLES
from audioed.model import Reading, Script, Seconds, Segment, Stored, Utterance
from audioed.scripting.ids import identified
from audioed.scripting.trace import compared
from audioed.studio.desk import Edition
from audioed.studio.hearing import able, as_written, named
from audioed.studio.script import Said, by_id, found, said, several, speakers, version

if TYPE_CHECKING:
    from audioed.studio.desk import Desk

GAP: Seconds = 0.3
"""After a sentence that is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Stored):
    """What is to change of an utterance; what is left out stays."""

    edition: str
    utterance: str
    version: str
    """The one that whoever changes it has seen."""
    spoken: str | None = None
    """What is said; may hold `[word](/IPA/)`."""
    written: str | None = None
    """What captions show; without `spoken`, it is said as a build would say it."""
    pause: Seconds | None = None
    """Silence after it, in seconds, at most 60."""
    voice: str | None = None
    """A voice card in place of its role's; empty for the role's."""
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition(Stored):
    """A sentence that is to be said behind another."""

    edition: str
    utterance: str
    """The one before it."""
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission(Stored):
    """A sentence that is not to be said."""

    edition: str
    utterance: str
    version: str
    sentence: int = 0
    """Which of several that it says in one breath, from 1; all of them where 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal(Stored):
    """What is to be as it was spoken, or as a draft was written."""

    edition: str
    utterance: str = ""
    """All where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retitling(Stored):
    """Another title for an edition."""

    edition: str
    title: str
    version: str = ""
    """Of its script; unless empty, nobody may have changed the title meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """How an edition's script is now."""

    version: str
    """Of the script."""
    utterance: Said | None
    """The one that was changed or added; None where none is."""


def change(desk: "Desk", asked: Change) -> Changed:
    """
    Change an utterance, and save the script of its edition.

    A conflict, with the utterance as it is now, where somebody else has changed it meanwhile; changes elsewhere stay.
    """
    with desk.editing(asked.edition) as edition:
        _, now = found(edition.script, asked.utterance)
        wanted = able(_wanted(now, asked, edition, desk))
        _refuse_outdated(now, wanted, asked.version, edition, desk)
        return _kept(edition, _with(edition.script, now.id, lambda _: (wanted,)), wanted.id, desk)


def add(desk: "Desk", asked: Addition) -> Changed:
    """Add a sentence after the one that is named."""
    with desk.editing(asked.edition) as edition:
        _, ahead = found(edition.script, asked.utterance)
        told = as_written(asked.written, ahead.language or edition.script.language, desk)
        new = replace(told, role=ahead.role, voice=ahead.voice, language=ahead.language, pause=ahead.pause, id="")
        ahead_now = replace(ahead, pause=min(ahead.pause, GAP)) if ahead.pause > GAP else ahead
        script = identified(_with(edition.script, ahead.id, lambda _: (ahead_now, able(new))))
        place, _ = found(script, ahead.id)
        return _kept(edition, script, script.utterances[place + 1].id, desk)


def leave_out(desk: "Desk", asked: Omission) -> Changed:
    """Leave a sentence out; a conflict where somebody else has changed it meanwhile."""
    with desk.editing(asked.edition) as edition:
        _, now = found(edition.script, asked.utterance)
        _refuse_outdated(now, None, asked.version, edition, desk)
        if asked.sentence:
            left = able(_without(now, asked.sentence, edition.script.language, desk))
            return _kept(edition, _with(edition.script, now.id, lambda _: (left,)), now.id, desk)
        if len(edition.script.utterances) == 1:
            raise StudioError("It is the only sentence; an edition has to say something.")
        return _kept(edition, _with(edition.script, now.id, lambda _: ()), "", desk)


def revert(desk: "Desk", asked: Reversal) -> Changed:
    """Take back the changes to an utterance, or all: to what was spoken or, in a draft, written; also an omission."""
    with desk.editing(asked.edition) as edition:
        if edition.base is None:
            raise StudioError("There is no earlier version of it to go back to.", status=404)
        if not asked.utterance:
            return _kept(edition, identified(edition.base), "", desk)
        base = identified(edition.base)
        was = by_id(base).get(asked.utterance)
        if was is None:
            raise StudioError("This sentence was added; leave it out instead.", status=404)
        if was.id not in by_id(edition.script):
            return _kept(edition, _with_again(edition.script, was, base), was.id, desk)
        return _kept(edition, _with(edition.script, was.id, lambda _: (was,)), was.id, desk)


def retitle(desk: "Desk", asked: Retitling) -> Changed:
    """Rename an edition; what its voice says of the title stays."""
    if not is_title(asked.title):
        raise StudioError(f"{line(asked.title)[:100]!r} is not a title; use words, on one line.")
    with desk.editing(asked.edition) as edition:
        script = edition.script
        if (
            asked.version not in {"", version(script)}
            and edition.base
            and script.edition.title != edition.base.edition.title
        ):
            raise Conflict(
                "Somebody else has renamed it meanwhile; load the edition again.",
                theirs={"title": script.edition.title},
            )
        return _kept(edition, replace(script, edition=replace(script.edition, title=asked.title.strip())), "", desk)


def _wanted(now: Utterance, asked: Change, edition: Edition, desk: "Desk") -> Utterance:
    """The utterance as it is to be."""
    fields: dict[str, Any] = {}
    if asked.written is not None or asked.spoken is not None:
        written = now.written if asked.written is None else " ".join(asked.written.split())
        if asked.spoken is None:
            told = as_written(written, now.language or edition.script.language, desk)
            fields |= {"written": told.written, "spoken": told.spoken, "readings": told.readings}
        else:
            spoken = " ".join(asked.spoken.split())
            same = (written, spoken) == (now.written, now.spoken)
            readings = now.readings if same else compared(written, spoken)
            fields |= {"written": written, "spoken": spoken, "readings": readings}
    if asked.pause is not None:
        fields["pause"] = asked.pause
    if asked.voice is not None:
        fields["voice"] = named(asked.voice, desk).name if asked.voice else ""
    if asked.role is not None:
        if asked.role not in ROLES:
            raise StudioError(f"{line(asked.role)[:60]!r} is not a role; choose one of {', '.join(ROLES)}.")
        fields["role"] = asked.role
    return replace(now, **fields)


def _without(now: Utterance, number: int, language: str, desk: "Desk") -> Utterance:
    """The utterance without one of its sentences; what was set of the others stays. StudioError for none of them."""
    found = several(now.written, now.language or language)
    if not 1 <= number <= len(found):
        raise StudioError(f"There is no sentence {number} in it; load the edition again.", status=404)
    written = " ".join(now.written.split())
    start = sum(len(each) + 1 for each in found[: number - 1])
    end = min(len(written), start + len(found[number - 1]) + 1)
    left = (written[:start] + written[end:]).strip()
    readings = tuple(
        replace(each, at=each.at if each.at < start else each.at - (end - start))
        for each in now.readings
        if each.at + len(each.written) <= start or each.at >= end
    )
    if written != now.written or as_read(written, now.readings) != now.spoken:  # nobody knows which words say it
        told = as_written(left, now.language or language, desk)
        return replace(now, written=told.written, spoken=told.spoken, readings=told.readings)
    return replace(now, written=left, spoken=as_read(left, readings), readings=readings)


def as_read(written: str, readings: Sequence[Reading]) -> str:
    """What is said of a written form, where each reading takes the place of what it reads."""
    said, end = "", 0
    for each in readings:
        said += written[end : each.at] + each.spoken
        end = each.at + len(each.written)
    return said + written[end:]


def _refuse_outdated(now: Utterance, wanted: Utterance | None, seen: str, edition: Edition, desk: "Desk") -> None:
    """Conflict where the utterance is not the one that was seen, unless it is already as it is wanted."""
    if version(now) == seen or now == wanted:
        return
    raise Conflict(
        "Somebody else has changed this sentence meanwhile; take theirs, or send yours again with their version.",
        theirs=_said(edition, edition.script, now.id, desk),
    )


def _with(script: Script, name: str, made: Callable[[Utterance], tuple[Utterance, ...]]) -> Script:
    """The script with what is made of one utterance in its place; a segment that says nothing any more goes."""
    segments: list[Segment] = []
    for segment in script.segments:
        if any(each.id == name for each in segment.utterances):
            utterances = tuple(
                one for each in segment.utterances for one in (made(each) if each.id == name else (each,))
            )
            segment = replace(segment, utterances=utterances)  # noqa: PLW2901 - as it is now
        if segment.utterances:
            segments.append(segment)
    return replace(script, segments=tuple(segments))


def _with_again(script: Script, lost: Utterance, base: Script) -> Script:
    """
    The script with an utterance of its base that it leaves out, behind the nearest one before it that is there.

    It stands among those of its own segment; where all of that is left out, the segment comes back with it.
    """
    there = by_id(script)
    own = next(each for each in base.segments if lost in each.utterances)
    at = own.utterances.index(lost)
    if ahead := next((each.id for each in reversed(own.utterances[:at]) if each.id in there), ""):
        return _with(script, ahead, lambda each: (each, lost))
    if behind := next((each.id for each in own.utterances[at + 1 :] if each.id in there), ""):
        return _with(script, behind, lambda each: (lost, each))
    earlier = {each.id for segment in base.segments[: base.segments.index(own)] for each in segment.utterances}
    places = [
        at for at, each in enumerate(script.segments, start=1) if any(one.id in earlier for one in each.utterances)
    ]
    place = max(places, default=0)
    again = replace(own, utterances=(lost,))
    return replace(script, segments=(*script.segments[:place], again, *script.segments[place:]))


def _kept(edition: Edition, script: Script, name: str, desk: "Desk") -> Changed:
    desk.save(edition, script)
    return Changed(version=version(script), utterance=_said(edition, script, name, desk) if name else None)


def _said(edition: Edition, script: Script, name: str, desk: "Desk") -> Said:
    place, utterance = found(script, name)
    speaker = speakers(script, desk.show.place)[place].name
    return said(utterance, speaker, None, by_id(edition.base), script.language)
