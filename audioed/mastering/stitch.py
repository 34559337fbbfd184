"""
One timeline decides everything: where each clip, chapter, cue and segment starts, to the sample.

Planning needs no sound, only the durations that the speech carries. The
recording is planned in pieces, which begin and end in silence on the borders
of MP3 frames, so that each can be made by itself, and made again alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from audioed.kinds import SEGMENTS, SegmentKind, ended_at
from audioed.mastering.mp3 import SAMPLES as FRAME
from audioed.model import Chapter, Clip, Cue, Seconds, Span, Speech, Treatment, Word
from audioed.wording import speaker

RATE = 44_100
"""Samples a second of every episode; what podcast directories expect of an MP3."""
LEAD_IN = 10 * FRAME
"""Silence before the first sound, a quarter of a second: some players fade in, some cut the first tenth."""
HEAD = 3 * FRAME
"""Silence at the start of a piece, and at the least between the start of a chapter and its first sound."""
TAIL = 2 * FRAME
"""Silence at its end, which the encoder needs to come to rest, and at the least before the start of a chapter."""
SHORTEST, LONGEST = 10 * RATE, 90 * RATE
"""Of a piece. A changed word costs one; pieces twice as long are made no faster (`benchmarks/mastering.py speed`)."""
ONE_IN = 2
"""Clips after which a piece may end, chosen by their content, so that the pieces after a change stay as they were."""
AFTER_STING: Seconds = 0.5
"""Before the recording ends."""
BED_TAIL: Seconds = 1.2
"""How long a bed sounds after the last word upon it, while it fades."""
MEET: Seconds = 0.35
"""How long a sting still rings when the voice begins."""


@dataclass(frozen=True, slots=True)
class Sting:
    """A short musical mark, kept like a clip."""

    audio: str
    """Content key."""
    duration: Seconds


@dataclass(frozen=True, slots=True)
class Music:
    """What a show plays around its words; a mark that is missing is not played."""

    stings: Mapping[str, Sting] = field(default_factory=dict)
    """By place: `opening`, `between`, `promo`, `closing`."""
    bed: str = ""
    """Content key of what plays under the opening and the closing; empty for silence."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one sound stands, in samples from the start of the episode."""

    audio: str
    """Content key."""
    start: int
    length: int
    treatment: Treatment | None
    """What its voice card asks for; None for music."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the recording that is made by itself."""

    start: int
    """Samples from the start of the episode, a multiple of an MP3 frame."""
    length: int
    """Samples, the same."""
    placements: tuple[Placement, ...]
    bed: str = ""
    """Content key of the music under it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every position of an episode."""

    pieces: tuple[Piece, ...]
    """In order; between them is silence."""
    length: int
    """Samples."""
    chapters: tuple[Chapter, ...]
    segments: tuple[Span, ...]
    said: tuple[tuple[Clip, int, int], ...]
    """Each clip, where it starts, and its length, in samples."""
    language: str

    @property
    def cues(self) -> tuple[Cue, ...]:
        """What is said, put together when it is asked for: ten hours take 12 MB, which nothing else needs."""
        return tuple(_cue(*each, self.language) for each in self.said)

    @property
    def duration(self) -> Seconds:
        """Length in seconds."""
        return self.length / RATE

    @property
    def placements(self) -> tuple[Placement, ...]:
        """Every sound, in order."""
        return tuple(placement for piece in self.pieces for placement in piece.placements)


def plan(speech: Speech, music: Music | None = None) -> Timeline:
    """
    The timeline of this speech with the show's music.

    A chapter starts on a whole second within the pause before it, since players
    that read chapters from JSON drop the fraction; a pause too short to hold
    one grows to the next, to 1.16 seconds at the most. A pause in which a piece
    ends grows by less than an MP3 frame.
    """
    music = music or Music()
    row = _Row()
    chapters: list[Chapter] = []
    spans: list[Span] = []
    said: list[tuple[Clip, int, int]] = []
    clips, swappable = iter(speech.clips), False
    for number, segment in enumerate(speech.script.segments):
        before = _sting(segment.kind, music, [span.kind for span in spans])
        begins = segment.kind == "title" and {span.kind for span in spans} <= {"correction", "promo"}
        bed = music.bed if SEGMENTS[segment.kind].frames or begins else ""
        if number in speech.script.begun:
            start = row.whole_second() if chapters else 0
            chapters.append(Chapter(title=segment.title, heading=segment.heading, start=float(start), url=segment.url))
        if bed or row.bed or segment.promo or swappable:
            row.part()  # what another may take the place of is a piece by itself, so that no other has to be made anew
        swappable = bool(segment.promo)
        row.bed = bed
        begin = row.next_start
        if before:
            row.place(before.audio, before.duration, None)
            row.position -= round(min(MEET, before.duration / 4) * RATE)
        for clip in islice(clips, len(segment.utterances)):
            said.append((clip, *row.place(clip.audio, clip.duration, clip.treatment)))
            row.rest(clip.utterance.pause / clip.treatment.rate, clip.audio)
        spans.append(
            Span(
                kind=segment.kind,
                title=segment.title,
                heading=segment.heading,
                start=_stamp(begin),
                end=_stamp(row.position),
            )
        )
    if ending := music.stings.get("closing"):
        row.place(ending.audio, ending.duration, None)
        row.rest(AFTER_STING, "")
    row.part()
    return Timeline(
        pieces=tuple(row.pieces),
        length=row.on_frame(row.position),
        chapters=tuple(chapters),
        segments=tuple(spans),
        said=tuple(said),
        language=speech.script.language,
    )


def _sting(kind: SegmentKind, music: Music, before: Sequence[SegmentKind]) -> Sting | None:
    """The mark before a segment: the first, a section, an article that is not the first and opens none, a promo."""
    opens = "between" if "title" in before and before[-1] != "section" else ""
    places = {"title": opens, "section": "section" if len(before) > 1 else "", "promo": "promo", "round": "between"}
    return music.stings.get(places.get(kind, "") if before else "opening")


class _Row:
    """Sounds set one after the other, and the pieces that they fall into."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.position = 0
        """Where the last sound and the pause after it end."""
        self.bed = ""
        self._start = 0
        """Of the piece that is being filled."""
        self._end = 0
        """Where its last sound ends."""
        self._quiet = 0
        """Where the sounds of all pieces so far end, and a bed has faded."""
        self._placements: list[Placement] = []

    @property
    def next_start(self) -> int:
        """Where the next sound will start."""
        if self._placements:
            return self.position
        return max(self.position, self._start + (HEAD if self.pieces or self._start else LEAD_IN))

    def place(self, audio: str, duration: Seconds, treatment: Treatment | None) -> tuple[int, int]:
        """Set a sound; where it starts, and how many samples it has."""
        start, length = self.next_start, round(duration * RATE)
        self._placements.append(Placement(audio, start, length, treatment))
        self.position = start + length
        self._end = max(self._end, self.position)
        return start, length

    def rest(self, pause: Seconds, audio: str) -> None:
        """A pause after a sound; where the piece is long enough and the sound is one in so many, the piece ends."""
        self.position = max(self.position, self._end) + round(pause * RATE)
        length = self._end - self._start
        chosen = bool(audio) and int(audio[:8], 16) % ONE_IN == 0
        roomy = self.position - self._end >= HEAD + TAIL
        if roomy and not self.bed and (length > LONGEST or (chosen and length > SHORTEST)):
            self.part()

    def part(self) -> None:
        """End the piece, if it holds anything, and begin another so that its first sound starts no earlier than now."""
        if not self._placements:
            return
        length = self.on_frame(self._end - self._start + (round(BED_TAIL * RATE) if self.bed else TAIL))
        placed = tuple(self._placements)
        self.pieces.append(Piece(self._start, length, placed, self.bed))
        self._placements = []
        self._quiet = self._start + length - TAIL if self.bed else self._end
        self._begin(max(self._start + length, self.position - HEAD))

    def whole_second(self) -> int:
        """The last whole second of the silence before the next sound; the piece ends, and the next begins after it."""
        self.part()
        first = -(-(self._quiet + TAIL) // RATE)
        second = max(first, (self.position - HEAD) // RATE)
        if self.position < second * RATE + HEAD:
            self._begin(second * RATE)
        return second

    def _begin(self, start: int) -> None:
        """Have the next piece begin there at the earliest, on the border of a frame."""
        self._start = self.on_frame(start)
        self.position = self._start + HEAD

    @staticmethod
    def on_frame(position: int) -> int:
        """The next border of a frame."""
        return -(-position // FRAME) * FRAME


def _cue(clip: Clip, start: int, length: int, language: str) -> Cue:
    begin, end, said = _stamp(start), _stamp(start + length), clip.utterance
    return Cue(
        start=begin,
        end=end,
        speaker=speaker(said.role, language),
        text=said.written,
        words=tuple(
            Word(text, round(min(begin + first, end), 3), round(min(begin + last, end), 3))
            for text, first, last in clip.words
        ),
        boundary=said.boundary or ended_at(said.pause),
        block=said.block,
        url=said.url,
        id=said.id,
    )


def _stamp(samples: int) -> Seconds:
    """To the millisecond, as every carrier has it."""
    return round(samples / RATE, 3)
