"""An edition as its author sees it: what is said, and what becomes of each piece of its articles."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from audioed.config import Choice, Config
from audioed.errors import StudioError, VoiceNotFound
from audioed.explain import explained, reason
from audioed.extraction.choices import chosen, named
from audioed.model import Article, Cue, Episode, Script, Seconds, Stored, Utterance, Voice
from audioed.place import Place
from audioed.scripting.ids import identified
from audioed.scripting.split import sentences
from audioed.store import BEFORE, Store
from audioed.studio.desk import Desk, Edition
from audioed.voices.casting import cast

LENGTH = 12
"""Hexadecimal digits of a version."""
State: TypeAlias = Literal["draft", "published", "changed", "quarantined", "removed", "damaged"]
"""Of an edition; a `changed` one is published, and its script.json says something else by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Stored):
    """An edition, by its name."""

    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An utterance."""

    id: str
    version: str
    """Changes with it; whoever changes it sends the version that he has seen."""
    written: str
    spoken: str
    sentences: tuple[str, ...]
    """Those that it says in one breath, as they are written; empty where it is one, or a part of one."""
    role: str
    voice: str
    """The voice card that somebody gave it in place of its role's; empty where nobody did."""
    speaker: str
    """The voice card that speaks it."""
    pause: Seconds
    boundary: str
    block: str
    language: str
    url: str
    start: Seconds | None
    """Where it sounds in the recording; None where there is none that says it."""
    end: Seconds | None
    is_changed: bool
    """Whether it is not as it was spoken, or of a draft, as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    """A sentence that was spoken or, in a draft, written, and is left out now."""

    id: str
    written: str
    language: str
    after: str
    """The id of the nearest sentence before it that is still there; empty where it stood before all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A segment."""

    kind: str
    title: str
    heading: str
    chapter: bool
    url: str
    utterances: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of an article, in the order of its page."""

    text: str
    kind: str
    """Of the segment that says it; empty where it is cut."""
    rule: str
    """That cut it; empty where it is said."""
    reason: str
    """The same in words."""
    doubt: str
    """How sure that was, and what weighed most, where it was judged and not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that an edition reads."""

    place: int
    """From 1."""
    title: str
    url: str
    known_as: str
    """The name by which choices know it."""
    site: str
    byline: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A chapter of the recording."""

    title: str
    start: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An edition."""

    name: str
    state: State
    version: str
    """Of its script."""
    title: str
    day: str
    number: int
    language: str
    is_making: bool
    """Whether it is being made now, and cannot be changed."""
    can_undo: bool
    """Whether the episode that it was before can be brought back."""
    guid: str
    recording: str
    """The address of its sound, below the studio's; empty where there is none."""
    duration: Seconds | None
    loudness: float | None
    """LUFS."""
    true_peak: float | None
    """dBTP."""
    chapters: tuple[Mark, ...]
    articles: tuple[Source, ...]
    segments: tuple[Part, ...]
    left_out: tuple[Omitted, ...]
    """In the order in which they stood."""


def opened(desk: Desk, asked: Named) -> Opened:
    """An edition: everything it says, and what becomes of each piece of its articles."""
    edition, show = desk.edition(asked.edition), desk.show
    if asked.edition not in desk.seen:
        desk.seen.append(asked.edition)
    episode, script = edition.episode, edition.script
    measured = episode.loudness if episode else None
    return Opened(
        name=edition.name,
        state=state_of(edition),
        version=version(script),
        title=script.edition.title,
        day=script.edition.day.isoformat(),
        number=script.edition.number,
        language=script.language,
        is_making=desk.work.is_making(edition.name),
        can_undo=before(edition.name, desk.store) is not None,
        guid=episode.guid if episode else "",
        recording=f"/api/editions/{edition.name}/recording" if episode else "",
        duration=episode.duration if episode else None,
        loudness=measured.integrated if measured else None,
        true_peak=measured.true_peak if measured else None,
        chapters=tuple(Mark(title=each.whole, start=each.start) for each in episode.chapters) if episode else (),
        articles=tuple(_source(number, each, show.config) for number, each in enumerate(edition.articles, start=1)),
        segments=_parts(edition, show.place),
        left_out=tuple(
            Omitted(id=each.id, written=each.written or each.spoken, language=each.language, after=after)
            for after, lost in left_out(edition.base, script).items()
            for each in lost
        ),
    )


def state_of(edition: Edition) -> State:
    """What it is: a draft, published, or published and changed since."""
    if edition.episode is None:
        return "draft"
    return "changed" if edition.base is not None and version(edition.base) != version(edition.script) else "published"


def version(noun: Script | Utterance) -> str:
    """What tells one version of it from another."""
    return hashlib.sha256(repr(noun).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def found(script: Script, name: str) -> tuple[int, Utterance]:
    """The place of the utterance with this id among all, from 0, and itself; StudioError where it is gone."""
    for place, each in enumerate(script.utterances):
        if each.id == name:
            return place, each
    raise StudioError(f"The sentence {name} is gone; load the edition again.", status=404)


def speakers(script: Script, place: Place) -> tuple[Voice, ...]:
    """The voice that speaks each utterance."""
    return cast(script, place.config.synthesis, place.cards)


def several(written: str, language: str) -> tuple[str, ...]:
    """The sentences of what is said in one breath, because a voice slurs short ones; empty where it is one."""
    found = sentences(written, language)
    return found if len(found) > 1 else ()


def said(utterance: Utterance, speaker: str, cue: Cue | None, base: Mapping[str, Utterance], language: str) -> Said:
    """An utterance of a script in this language, as its author sees it."""
    return Said(
        id=utterance.id,
        version=version(utterance),
        written=utterance.written,
        spoken=utterance.spoken,
        sentences=several(utterance.written, utterance.language or language),
        role=utterance.role,
        voice=utterance.voice,
        speaker=speaker,
        pause=utterance.pause,
        boundary=utterance.boundary,
        block=utterance.block,
        language=utterance.language,
        url=utterance.url,
        start=cue.start if cue else None,
        end=cue.end if cue else None,
        is_changed=bool(base) and base.get(utterance.id) != utterance,
    )


def by_id(script: Script | None) -> dict[str, Utterance]:
    """The utterances of a script, by their ids."""
    return {each.id: each for each in script.utterances} if script else {}


def left_out(base: Script | None, script: Script) -> dict[str, list[Utterance]]:
    """What the script leaves out of its base, by the nearest sentence before it that is still there, or by ""."""
    there, last = by_id(script), ""
    lost: dict[str, list[Utterance]] = {}
    for each in identified(base).utterances if base else ():
        if each.id in there:
            last = each.id
        else:
            lost.setdefault(last, []).append(each)
    return lost


def before(name: str, store: Store) -> Path | None:
    """
    The speech of the episode that this one took the place of, as long as that is kept.

    The script beside it may be changed by hand already: it was set aside when the change was approved.
    """
    path = store.show_folder / BEFORE / store.episode_folder(name).name / "speech.json"
    return path if path.is_file() else None


def _parts(edition: Edition, place: Place) -> tuple[Part, ...]:
    try:
        voices: Sequence[str] = [each.name for each in speakers(edition.script, place)]
    except VoiceNotFound:  # removed since; the author gives it another one
        voices = [each.voice for each in edition.script.utterances]
    base, cues = by_id(edition.base), _cues(edition.episode)
    names = iter(voices)
    return tuple(
        Part(
            kind=segment.kind,
            title=segment.title,
            heading=segment.heading,
            chapter=segment.chapter,
            url=segment.url,
            utterances=tuple(
                said(each, next(names), cues.get(each.id), base, edition.script.language) for each in segment.utterances
            ),
        )
        for segment in edition.script.segments
    )


def _cues(episode: Episode | None) -> dict[str, Cue]:
    return {each.id: each for each in episode.cues} if episode else {}


def _source(place: int, article: Article, config: Config) -> Source:
    return Source(
        place=place,
        title=article.title,
        url=article.url,
        known_as=named(article),
        site=article.site,
        byline=article.byline or "",
        pieces=_pieces(article, config.extraction.choices),
    )


@lru_cache(maxsize=32)
def _pieces(article: Article, choices: tuple[Choice, ...]) -> tuple[Piece, ...]:
    """What becomes of each piece of an article; to see what is a promo takes most of the time of opening an edition."""
    told = explained(chosen(article, choices))
    return tuple(
        Piece(text=each.text, kind=each.kind, rule=each.rule, reason=reason(each.rule), doubt=each.doubt)
        for each in told
    )
