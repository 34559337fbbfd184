"""
The nouns, in the order they are made: what each stage takes and what it makes.

    Page -> Article -> Script -> Speech -> Episode -> Feed

Every noun is frozen and holds names, never paths; every noun is also a JSON
file that a person may read, edit and feed back in (see `audioed.store`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from audioed.kinds import BlockKind, Boundary, SegmentKind
from audioed.textkey import folded

Seconds: TypeAlias = float
Decibels: TypeAlias = float
Hertz: TypeAlias = float
Lufs: TypeAlias = float
"""Loudness units relative to full scale, ITU-R BS.1770-5."""
Dbtp: TypeAlias = float
"""Decibels true peak relative to full scale, ITU-R BS.1770-5 annex 2."""

RunResult: TypeAlias = Literal["built", "draft", "quiet", "partial", "failed", "stopped"]
"""What a night came to: an episode, one that waits for approval, nothing new, done without a source or a target, an
error, a signal to stop."""

Role: TypeAlias = str
"""Who speaks, one of `audioed.kinds.ROLES`; mapped to a voice in `[synthesis.roles]`."""


class Stored:
    """What stands in a JSON file that a person may edit: a key that it does not have is an error, never passed over."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}


class Titled(Stored):
    """What has a title that fits into a list of chapters, and perhaps a longer heading."""

    __slots__ = ()
    title: str
    heading: str

    @property
    def whole(self) -> str:
        """The heading, as long as it begins with the title: who writes another title by hand means it."""
        return self.heading if self.heading.startswith(self.title) else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document as it came in, decoded and otherwise untouched."""

    url: str
    """Where it came from: an http(s) address, or the bare name of a local file."""
    media_type: str
    """`text/html`, `text/markdown` or `text/plain`; `application/xml` for a feed."""
    text: str
    ids: tuple[str, ...] = ()
    """What its source knows it by, beside its address (see `audioed.catalogue.identity`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Stored):
    """One piece of an article, in reading order."""

    kind: BlockKind
    text: str
    """White space folded; no markup."""
    links: tuple[str, ...] = ()
    """Addresses that the text links to, in order."""
    linked: float = 0.0
    """Share of the text's characters that stand inside links, 0 to 1."""
    level: int = 0
    """Of a heading, 1 to 6 as in HTML; 0 where it is not known."""
    reading: Literal["", "body", "promo", "headlines"] = ""
    """How it is to be read: as its page says, or on the web as was judged; empty where its words decide."""
    says: tuple[tuple[str, str], ...] = ()
    """Pieces of the text and what the page wants said in their place."""
    language: str = ""
    """BCP 47 tag, where the page says that it is not the article's."""
    spans: tuple[tuple[str, str], ...] = ()
    """Pieces of the text in another language than the rest, in order, and the BCP 47 tag of each."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a table's row, what stands above each cell and is said before it, and the cell's text, a part of the row's."""
    speaker: str = ""
    """Who says it, as the page tells: of a quote and the name below it, of a question and its answer."""

    @property
    def signs(self) -> bool:
        """Whether it only names who says the quote above it."""
        return bool(self.speaker) and folded(self.text) in folded(self.speaker)


UNSPOKEN = "unspoken"
"""The rule that cuts what is in a language that no installed voice speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Stored):
    """A piece of a source that is not spoken."""

    text: str
    rule: str
    """The name of the rule that cut it, such as `comments`, `caption`, `repeated-copy`."""
    at: int = 0
    """How many blocks of its article stand before it."""
    probability: float | None = None
    """How likely it is not worth hearing, 0 to 1, where that was judged; None where it is a fact."""
    why: tuple[str, ...] = ()
    """What weighed most in that judgement, where there was doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Stored):
    """Another article that tells the same story, and is not read."""

    title: str
    site: str = ""
    """Who published it."""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Stored):
    """A text worth hearing, freed from its page."""

    title: str
    byline: str | None = None
    """The author as a listener should hear it, without "By"."""
    published: date | None = None
    updated: date | None = None
    """The day of its last change, where its page names one."""
    language: str = "en"
    """BCP 47 tag, such as `en` or `de-AT`."""
    url: str = ""
    """Where a listener can read it; empty when nobody can."""
    alias: str = ""
    """The address that its page calls the original, on another site; empty where there is none."""
    name: str = ""
    """The page it was taken from: its address, or the bare name of a local file."""
    image: str | None = None
    """The lead image's address."""
    image_alt: str = ""
    """What it shows, for those who do not see it; never read aloud."""
    site: str = ""
    """What its site or publication calls itself; empty where its page does not say."""
    section: str = ""
    """The part of the site that it stands in, such as `Politics`."""
    tags: tuple[str, ...] = ()
    """What it is about, as its page says."""
    summary: str = ""
    """What its page says of it in a sentence or two; never read aloud."""
    voice: str = ""
    """The voice card that its author wants it read by; empty for the show's own."""
    lexicon: tuple[tuple[str, str], ...] = ()
    """Names and words of it, and how its author says them."""
    ids: tuple[str, ...] = ()
    """What it is known by, whatever becomes of its title (see `audioed.catalogue.identity`)."""
    also: tuple[Telling, ...] = ()
    """Who else tells its story."""
    told: date | None = None
    """The day on which an episode told this story as it was then; None for one that is new."""
    blocks: tuple[Block, ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What others may do with the recordings (`podcast:license`)."""

    name: str = ""
    """Its SPDX identifier, such as `CC-BY-4.0`, or a short name of your own; nothing is said when empty."""
    url: str = ""
    """The address of its text; a licence of your own needs one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates:
    """When listeners may expect new episodes (`podcast:updateFrequency`)."""

    words: str = ""
    """As apps show it, such as `Every weekday`; nothing is said when empty."""
    rule: str = ""
    """The same as a recurrence rule (RFC 5545, 3.3.10), such as `FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trailer:
    """A short recording that introduces the show (`podcast:trailer`)."""

    url: str = ""
    """The address of the file; there is no trailer when empty."""
    title: str = ""
    """The title, as apps show it; the show's own when empty."""
    day: str = ""
    """The day it was published, such as `2026-11-05`."""
    length: int = 0
    """The size of the file in bytes; left out when 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTag(Stored):
    """A tag of a show's own in the channel of its feed."""

    tag: str
    """Its name with its prefix, such as `podcast:txt`."""
    text: str = ""
    """What stands in it."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Its attributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a show says of itself, as its listeners see it: the channel of its feed (RSS 2.0)."""

    title: str = "My articles"
    """The name of the show."""
    description: str = "Articles, read aloud."
    """What the show is about, in a sentence or two; the default is in the language of the show."""
    language: str = "en"
    """The BCP 47 tag of the feed's language, such as `en` or `en-us`; its first two letters must be ISO 639-1."""
    author: str = ""
    """The publisher, shown as the artist; the title when empty."""
    email: str = ""
    """The owner's address, to which directories write; left out of the feed when empty."""
    link: str = ""
    """The website of the show; the feed's own folder when empty."""
    category: str = "News"
    """One of Apple's categories."""
    subcategory: str = ""
    """One of Apple's subcategories, such as `Tech News`; none when empty."""
    explicit: bool = False
    """Whether the show is marked as explicit."""
    timezone: str = "UTC"
    """The IANA name of the zone that decides which day it is; an episode is dated to the first minute of that day."""
    copyright: str = ""
    """Year and owner, such as `2026 Jane Doe`, without the word Copyright."""
    guid: str = ""
    """The permanent `podcast:guid`; derived from the feed's address at the first build when empty."""
    cover: str = ""
    """An image file, relative to audioed.toml, for the show and its editions; covers are drawn when empty."""
    funding: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Where listeners can support the show (`podcast:funding`): what the link says, and its address."""
    tags: tuple[OwnTag, ...] = ()
    """Further tags for the channel, from the namespaces `atom`, `itunes` and `podcast`."""
    licence: Licence = field(default_factory=Licence)
    updates: Updates = field(default_factory=Updates)
    trailer: Trailer = field(default_factory=Trailer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Stored):
    """What a show keeps from its first build on, whatever its settings say later."""

    slug: str
    """Its folder, and the part of its address that follows from its first title."""
    guid: str
    """The permanent `podcast:guid`."""
    feed: str
    """The first address of its feed; when it moves, apps are told the new one."""
    title: str
    """What it was called when it was last built."""
    config: str = ""
    """The settings that it belongs to, seen from the output folder; empty for a show without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Stored):
    """An article that an edition reads."""

    title: str
    url: str = ""
    name: str = ""
    """The article's `name`."""
    byline: str | None = None
    published: date | None = None
    updated: date | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    """These five are the article's."""
    ids: tuple[str, ...] = ()
    """The article's `ids`."""
    also: tuple[Telling, ...] = ()
    """The article's `also`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(Stored):
    """One issue to be made."""

    show: str
    """The show's title."""
    day: date
    title: str
    name: str
    """The permanent name of its episode: a folder, part of its GUID and file names."""
    number: int = 1
    """Its place in the show, counted from 1."""
    headlines: tuple[Source, ...] = ()
    """Articles of which it says the title alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Stored):
    """Words that are not said as they are written."""

    at: int
    """Characters of the utterance's written form that stand before them."""
    written: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(Stored):
    """
    What the voice says in one breath, and the silence after it.

    Its id follows from its words alone (`audioed.scripting.ids`), so it is the
    same in the script, the speech and the cues, and in every build, whatever
    becomes of the sentences around it. One that a person adds needs no id, no
    boundary and no block.
    """

    written: str
    spoken: str
    """Ordinary words; `[Siobhan](/ʃɪˈvɔːn/)` is a word with its sound in IPA, for engines that take it."""
    readings: tuple[Reading, ...] = ()
    """Where the two differ, in order; what stands between the readings is the same in both."""
    role: Role = "narrator"
    pause: Seconds = 0.0
    """Silence that follows: what `audioed.scripting.pauses` makes of the boundary, or what a person has set."""
    boundary: Boundary | Literal[""] = ""
    """What it ends at, the greatest where several end; empty where nobody knows."""
    block: BlockKind | Literal[""] = ""
    """The kind of the block that it is a part of."""
    url: str = ""
    """Where the story is that it names, in a list of headlines; empty where the page does not say."""
    id: str = ""
    voice: str = ""
    """A voice card in place of the role's."""
    language: str = ""
    """BCP 47 tag, where it is not the script's."""
    sound: str = ""
    """A sound file of the show's own that is played in place of a voice, relative to audioed.toml."""

    @property
    def casting(self) -> tuple[Role, str, str]:
        """All that its voice is chosen by: role, voice card and language."""
        return self.role, self.voice, self.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Titled):
    """Utterances of one kind, in a row."""

    kind: SegmentKind
    title: str
    """At most 40 characters, more than which Spotify cuts."""
    heading: str = ""
    """The whole title, where that is only its beginning; empty where it is all."""
    url: str = ""
    chapter: bool = False
    """Whether a chapter with this title starts here."""
    promo: str = ""
    """The name of the show's own promo that it is, one of `[promos]`; empty for all else."""
    utterances: tuple[Utterance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script(Stored):
    """Everything an edition will say."""

    edition: Edition
    language: str = "en"
    sources: tuple[Source, ...] = ()
    segments: tuple[Segment, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance of every segment, in spoken order."""
        return tuple(utterance for segment in self.segments for utterance in segment.utterances)

    @property
    def begun(self) -> frozenset[int]:
        """Places of the segments with which a chapter starts; where there are any, the first segment has one."""
        marked = {place for place, segment in enumerate(self.segments) if segment.chapter}
        return frozenset({0, *marked} if marked else ())

    @property
    def text(self) -> str:
        """The written form of everything that is said, a paragraph a segment."""
        return "\n\n".join(" ".join(each.written for each in segment.utterances) for segment in self.segments)


class Word(NamedTuple):
    """
    One word as it is written, and when it sounds, counted from the start of its clip, or of the episode in a cue.

    A row of three in JSON, for an hour has nine thousand; objects with these keys, as schema 3 had, are read as well.
    """

    text: str
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment(Stored):
    """What a voice card asks of the mastering of its clips."""

    level: Decibels = 0.0
    """Louder (or softer, below 0) than the other voices, once all are at one loudness."""
    rate: float = 1.0
    """Tempo, which the pauses follow."""
    high_pass: Hertz = 0.0
    """What lies below is rumble; 0 leaves it."""
    de_ess: Decibels = 0.0
    """How far sharp S sounds may be turned down; 0 leaves them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip(Stored):
    """The sound of one utterance."""

    utterance: Utterance
    audio: str
    """Content key of its samples in the store."""
    duration: Seconds
    words: tuple[Word, ...] = ()
    treatment: Treatment = Treatment()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech(Stored):
    """A script with one clip for every utterance, in the same order."""

    script: Script
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Titled):
    """A place a listener can jump to."""

    title: str
    heading: str = ""
    """As a segment's."""
    start: Seconds
    url: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Stored):
    """One line of the transcript, in written form."""

    start: Seconds
    end: Seconds
    speaker: str
    text: str
    words: tuple[Word, ...] = ()
    """Its words in order, where their times are known."""
    boundary: Boundary | Literal[""] = ""
    block: BlockKind | Literal[""] = ""
    url: str = ""
    id: str = ""
    """These four are its utterance's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Titled):
    """Where a segment sounds."""

    kind: SegmentKind
    title: str
    heading: str = ""
    """As a segment's."""
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness(Stored):
    """What a meter reads on an encoded file."""

    integrated: Lufs
    true_peak: Dbtp
    range: Decibels
    """LRA, EBU Tech 3342."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited(Stored):
    """How much of the voices' sound the limiter turned down, as shares of the samples, 0 to 1."""

    touched: float = 0.0
    """By more than a tenth of a decibel."""
    audible: float = 0.0
    """By more than three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure(Stored):
    """The file that a podcast app downloads."""

    name: str
    media_type: str
    length: int
    """Bytes."""
    bitrate: int = 0
    """Bits a second; 0 where it is not known."""
    integrity: str = ""
    """A hash of the file as W3C Subresource Integrity writes it: `sha256-` and Base64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Stored):
    """What was put right in an episode that listeners had already."""

    day: date
    text: str
    """In a sentence or two, in the episode's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded(Stored):
    """A file that an episode had before it was made anew; apps that still ask for it get what took its place."""

    name: str
    day: date
    """On which another took its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted(Stored):
    """What the feed that an episode was imported from told of it, and its listeners' apps know."""

    published: datetime
    """To the second, in the zone that the feed named."""
    notes: str = ""
    """HTML of p, ul, ol, li, a, br, strong and em."""
    link: str = ""
    """Its page on the web."""
    number: int = 0
    """itunes:episode; 0 where there was none."""
    season: int = 0
    """itunes:season; 0 where there was none."""
    kind: Literal["full", "trailer", "bonus"] = "full"
    """itunes:episodeType."""
    explicit: bool | None = None
    """None where the show's holds."""


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Episode(Stored):
    """A finished recording."""

    guid: str
    """Permanent; never changes, even if title, day or audio do."""
    name: str
    """Its folder."""
    show: str
    title: str
    day: date
    number: int
    language: str
    enclosure: Enclosure
    duration: Seconds
    chapters: tuple[Chapter, ...]
    loudness: Loudness | None = None
    """None of a recording that was made elsewhere."""
    sources: tuple[Source, ...]
    headlines: tuple[Source, ...] = ()
    """Articles of which only the title is heard."""
    segments: tuple[Span, ...]
    cues: tuple[Cue, ...]
    limited: Limited = Limited()
    alternates: tuple[Enclosure, ...] = ()
    """The same recording in other formats."""
    cover: str = ""
    """File in its folder; the show's is shown when empty."""
    corrections: tuple[Correction, ...] = ()
    """In the order in which they were made."""
    earlier: tuple[Superseded, ...] = ()
    """Audio files and covers that apps may still ask for, the latest first."""
    adopted: Adopted | None = None
    """Of an episode that was made elsewhere and imported."""

    @property
    def is_foreign(self) -> bool:
        """Whether its recording is another's: it was imported, and not made anew since."""
        return bool(self.adopted and not self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(Stored):
    """An episode that was taken back: what no other may be called, and what it read, which is not read again."""

    name: str
    number: int
    sources: tuple[tuple[str, ...], ...] = ()
    """What each of its articles is known by; none where they may be read again."""
    headlines: tuple[tuple[str, ...], ...] = ()
    """What each is known by of which it said the title alone; none where they may be read again."""
    guid: str = ""
    """By which an import knows it; empty where it may be imported again."""
    kept: bool = True
    """Whether its files are kept, so that it can be restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals(Stored):
    """The episodes that a show has taken back."""

    episodes: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats(Stored):
    """The articles that a show does not read because an episode told their story."""

    told: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What such an article is known by, and the name of that episode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Stored):
    """An article that a night has put into its episode."""

    title: str
    url: str = ""
    start: Seconds = 0.0
    """Where it begins in the recording."""
    duration: Seconds = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut(Stored):
    """What one rule has cut from the articles of a night."""

    rule: str
    times: int
    texts: tuple[str, ...] = ()
    """The first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful(Stored):
    """A word of a night that its voice may get wrong."""

    word: str
    times: int
    reason: str
    sentence: str
    """The first one that says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Stored):
    """A night, and what it came to."""

    day: date
    """The day of its edition."""
    result: RunResult = "quiet"
    began: datetime | None = None
    """In UTC; None where nobody told the time."""
    took: Seconds = 0.0
    stages: Mapping[str, Seconds] = field(default_factory=dict, hash=False)
    """How long each stage took."""
    episode: str = ""
    """The name of what it made; empty where it made nothing."""
    title: str = ""
    duration: Seconds = 0.0
    loudness: Loudness | None = None
    others: tuple[str, ...] = ()
    """Names of further episodes, where each article has its own."""
    drafts: tuple[str, ...] = ()
    """Names of what it made that waits to be approved."""
    articles: tuple[Told, ...] = ()
    """Of all these episodes."""
    cuts: tuple[LeftOut, ...] = ()
    words: tuple[Doubtful, ...] = ()
    """Those most worth checking."""
    sentences: int = 0
    """How many its episode has."""
    kept: int = 0
    """How many of these had been spoken before."""
    skips: tuple[str, ...] = ()
    """Why sources gave nothing, those that were told."""
    left_out: tuple[str, ...] = ()
    """Why episodes are not in the feed."""
    notes: tuple[str, ...] = ()
    error: str = ""
    """What it broke off with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making(Stored):
    """The edition that the last night set out to make, if it found anything to read."""

    day: date
    articles: tuple[Article, ...] = ()
    """What the edition reads; empty once all is made."""
    alone: bool = False
    """Whether each of its articles is to have its own episode, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What podcast apps subscribe to."""

    show: Channel
    episodes: tuple[str, ...]
    """Names of those that it tells of, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice card: one way of speaking that a role can be given."""

    name: str
    """What roles call it; the card's file name unless it says otherwise."""
    engine: str
    """What speaks: `hibari`, `piper`, `kokoro`, `system`, `openai`, `silent`, or an engine that you installed."""
    language: str
    """The BCP 47 tag of the language it speaks, such as `en-US`."""
    description: str = ""
    """What one should know before choosing it."""
    licence: str = ""
    """The licence of the voice, by its SPDX name where it has one."""
    credit: str = ""
    """What listeners are told about the voice's origin, where its licence asks for that."""
    source: str = ""
    """Where the model or the system voice comes from."""
    model: str = ""
    """`package:file` for a model from pip, the name of an installed file, or the id of a system voice."""
    speaker: str = ""
    """One of the model's voices, where it has many, such as Kokoro's `af_heart`."""
    address: str = ""
    """The server that speaks, for the engine `openai`, such as `http://localhost:8880/v1`."""
    price: float = 0.0
    """What it costs, in US dollars per million characters."""
    sha256: str = ""
    """The SHA-256 of the model file, checked when it is loaded."""
    rate: float = 1.0
    """Tempo: 1.1 speaks a tenth faster."""
    level: Decibels = 0.0
    """How much louder than the other voices, or softer below 0, once all have been brought to one loudness."""
    high_pass: Hertz = 0.0
    """Rumble below this frequency is removed; 0 leaves the voice as it is."""
    de_ess: Decibels = 0.0
    """How far sharp S sounds may be turned down; 0 leaves them."""
    pitch: float = 0.0
    """Semitones up or down at the same tempo; some system voices take no pitch."""
