"""What a show may decide, section by section; a default is written once, on its field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal, TypeAlias

from audioed.formats import FormatName
from audioed.kinds import ROLES
from audioed.model import Channel, Dbtp, Decibels, Lufs, Role, Seconds
from audioed.toml import Bytes

DEFAULT_ROLES: Mapping[Role, str] = {
    **dict.fromkeys(ROLES, "heart"),
    "headlines": "heart-bright",
    "promo": "heart-brisk",
    "quote": "heart-low",
}
"""Who speaks where the show does not say."""

Bitrate: TypeAlias = Literal[64, 96, 128]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """What you know about the pages of one site, as CSS selectors; the name of the table is the site's host."""

    body: str = ""
    """The elements that hold the whole article and nothing else."""
    title: str = ""
    """The element that holds the headline."""
    remove: tuple[str, ...] = ()
    """Elements that are never read."""
    promo: tuple[str, ...] = ()
    """Elements that are read as promos."""
    cookies: str = ""
    """A file of cookies that lets you in (cookies.txt), relative to audioed.toml; only this host gets them, by TLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a piece of an article, or of all articles of a site, is read, whatever a rule says of it."""

    article: str = ""
    """The article's address, or the name of its file; empty where the choice is for a site."""
    site: str = ""
    """The host of a site, such as `example.com`."""
    text: str = ""
    """The piece, word for word; or"""
    rule: str = ""
    """the name of a rule: all that it cuts is meant."""
    reading: Literal["body", "heading", "headlines", "promo", "cut"] = "body"
    """What the piece is read as, or that it is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What is read from a page, and how long that may take."""

    max_bytes: Bytes = 20_000_000
    """The largest page that is read; the largest real articles are a tenth of the default."""
    timeout: Seconds = 30.0
    """The time limit for one download, redirects included."""
    reading_time: Seconds = 60.0
    """The time limit for making an article of one page in a nightly build; the largest pages take three seconds."""
    reading_memory: Bytes = 1_000_000_000
    """The memory limit for the same; the largest pages take a tenth of the default."""
    code: Literal["cut", "read"] = "cut"
    """Whether code listings are read or left out."""
    tables: Literal["read", "cut"] = "read"
    """Whether tables of data are read, row by row, or left out; a table that only lays out the page is always text."""
    contact: str = ""
    """An address where site owners can ask about your downloads; it is sent along with the name of audioed."""
    sites: Mapping[str, SiteRules] = field(default_factory=dict)
    """Rules for single sites, each under its host."""
    choices: tuple[Choice, ...] = ()
    """How single pieces are read; `audioed studio` keeps such tables in choices.toml, beside audioed.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """
    What your show says between its articles, each in one way or several, of which another one is taken each day.

    They stand here, or in phrases.toml beside audioed.toml; what is left out is said in the language of the edition.
    {show}, {title} of the edition, its {weekday} and its {day} are filled in.
    """

    greeting: tuple[str, ...] = ()
    """The first words of several articles."""
    contents: tuple[str, ...] = ()
    """Said before the titles of three articles and more,"""
    among: tuple[str, ...] = ()
    """and in its place, where they are so many that only some are named."""
    section: tuple[str, ...] = ()
    """Opens a {section}; the first section of an edition always by the first of these."""
    next: tuple[str, ...] = ()
    """Said before an article; where one way is empty, only the sting marks the change on some days."""
    last: tuple[str, ...] = ()
    """Said before the last of three articles and more."""
    update: tuple[str, ...] = ()
    """Said before a story that goes on, with {when} it was told."""
    also: tuple[str, ...] = ()
    """Names who else reports a story: {names}."""
    round: tuple[str, ...] = ()
    """Said before what is told as headlines."""
    farewell: tuple[str, ...] = ()
    """The last words of several articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripting:
    """What an edition says around and between its articles."""

    greeting: str | None = None
    """The first words; unless you set it, several articles are greeted and one alone begins with its title."""
    disclosure: str | None = None
    """Says that the voice is synthetic, as Apple asks: after the greeting, or after the title of an article alone."""
    farewell: str | None = None
    """The last words; unless you set it, several articles have a farewell and one alone has none."""
    transition: str | None = None
    """Said before every article but the first, such as "And now:"; when empty, only the sting marks the change; unless
    you set it, it is another one each time."""
    sections: tuple[str, ...] = ()
    """The sections of an edition, in their order; the articles of each stand together and are announced."""
    promos: Literal["read", "once", "drop", "replace"] = "read"
    """Which promos in the articles are read: all, one an edition, none, or `promo` in place of the first."""
    promo: str = ""
    """Your own promo, for `promos = "replace"`; what runs besides is a table of `[promos]` each."""
    promos_per_hour: float = 4.0
    """The most reads of `[promos]` in an hour of programme; a shorter episode has one only now and then."""
    notices: bool = True
    """Whether the listener is told where the page shows code or a table that is not read."""
    phrases: Phrases = field(default_factory=Phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promo:
    """A promo of your own, a text or a recording; the name of the table is the name of the promo."""

    title: str = ""
    """The title, as pages and captions show it; "A word from us" when empty."""
    text: str = ""
    """What is said, in the language of the show; of a recording, its captions."""
    sound: str = ""
    """A recording that is played instead: a sound file of at most two minutes, relative to audioed.toml."""
    voice: str = ""
    """The voice that reads the text; that of the role `promo` when empty."""
    first_day: date | None = None
    """The first day on which it runs; any day when left out."""
    last_day: date | None = None
    """The last day on which it runs; without an end when left out."""
    weight: float = 1.0
    """How often it runs where another promo runs once, such as 2 or 0.5."""
    sections: tuple[str, ...] = ()
    """The sections of your site beside whose articles it runs, such as `Politics`; all when empty."""
    place: Literal["first", "between", "last"] = "between"
    """Where it runs: before the first article, between two, or after the last; an article alone has it behind it."""

    def runs(self, day: date) -> bool:
        """Whether it may be heard in an edition of this day."""
        return (self.first_day or day) <= day <= (self.last_day or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """Who speaks."""

    roles: Mapping[Role, str] = field(default_factory=dict)
    """The voice of each role, which `audioed voices` lists; a role left out keeps its default voice."""
    workers: int = 0
    """How many sentences are spoken at once; 0 uses every core."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """The voice that reads an author's articles in place of the narrator, by the name in the byline."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """The voice for a part of your site, by how its paths start, such as `/opinion/`; an author's voice goes first."""
    cluster: str = ""
    """The address of a Dask scheduler whose workers speak and encode for this machine, such as `tcp://scheduler:8786`."""
    most_cost: float = 5.0
    """The most US dollars that one run may spend on paid voices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stings:
    """
    Short musical marks, and a bed under the greeting or the title and under the farewell.

    Each is `ours`, `none`, or a sound file of at most 30 seconds, with its path relative to audioed.toml.
    """

    opening: str = "ours"
    """Opens the edition."""
    section: str = "ours"
    """Opens a section, in place of the mark before its first article."""
    between: str = "ours"
    """Sounds before every article but the first."""
    promo: str = "ours"
    """Sounds before a promo."""
    closing: str = "ours"
    """Closes the edition."""
    bed: str = "none"
    """Plays softly under the greeting or the title, and under the farewell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastering:
    """How a finished recording sounds."""

    loudness: Lufs = -16.0
    """The integrated loudness of every recording; the default is Apple Podcasts' recommendation."""
    true_peak: Dbtp = -1.0
    """The highest true peak that the encoded file may reach."""
    tolerance: Decibels = 0.3
    """How far the encoded file's loudness may be from the target."""
    bitrate: Bitrate = 96
    """The MP3's constant bit rate in kbit/s, mono."""
    formats: tuple[FormatName, ...] = ()
    """Further files of the same recording, for apps that choose; M4A and Opus need ffmpeg, or `audioed[formats]`."""
    stings: Stings = field(default_factory=Stings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofing:
    """How well a speech recogniser must understand a recording before it is published."""

    max_word_error: float = 0.0
    """The share of words that may be misheard, such as 0.1; 0 publishes without listening."""
    model: str = ""
    """The folder of another Whisper model in CTranslate2's format, relative to audioed.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Where the feed will be found, and how much it lists."""

    base_url: str = "http://localhost:8000"
    """The address below which each show is reachable; at home, `audioed serve` serves the default."""
    page: int = 100
    """Episodes on one page of the feed; older ones go to further pages, which it links to."""
    private: bool = False
    """Whether only listeners whom you invite get the show, each by a feed of their own: `audioed listeners add`."""
    section_feeds: bool = False
    """Whether each section of your site has a feed of its own, too: `sections/politics/feed.xml` for `Politics`."""
    keep: str = ""
    """How much the feed lists, such as `200 episodes`, or `2 years` before the newest one; all when empty."""
    older: Literal["archive", "delete"] = "archive"
    """Whether what is older goes to archive pages, which few apps read, or is deleted by the next nightly build,
    unless that is more than three episodes and more than a tenth of all."""
    keep_old: str = "30 days"
    """How long the earlier files of a corrected episode answer with what took their place; `0` lets them go at once."""
    mode: str = ""
    """Who may read what is public, as `chmod` writes it for files, such as `0644`, whatever the umask; folders can be
    entered by the same. As the system has it when empty."""
    hub: str = ""
    """The address of a WebSub hub, which the feed names and a deploy tells of news, so that apps hear at once."""
    review: bool = False
    """Whether a nightly build stops at a draft, which is public when you approve it: `audioed approve`."""
    deploy: str = ""
    """The target that `audioed nightly` sends the show to, one of `[targets]`; `audioed deploy` uses it, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place that the show is published at; the name of the table is the name of the target."""

    kind: str
    """The protocol: `folder`, `sftp`, `s3`, `webdav` or `rsync`, or one that another package offers."""
    address: str
    """The folder that `base_url` leads to, as the protocol names it: see docs/hosting.md; it never holds a password."""
    user: str = ""
    """The user name, where the address has none; of S3, the key's id."""
    endpoint: str = ""
    """The address of an S3-compatible service; Amazon's own when empty."""
    region: str = ""
    """The region of an S3 bucket, where the service wants one."""
    ssh_config: str = ""
    """An ssh configuration file in place of `~/.ssh/config`, relative to audioed.toml."""
    commit: bool = False
    """Whether the folder of a `folder` target is a git work tree whose changes are committed and pushed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """
    Articles that have these words in a row somewhere, in any case; `*` at an end of a word stands for any letters.

    What is told of an article by its source counts, and what its page says.
    """

    titles: tuple[str, ...] = ()
    """Words in the title, such as `live blog`."""
    authors: tuple[str, ...] = ()
    """Words in the byline, such as `Jane Doe`."""
    categories: tuple[str, ...] = ()
    """Words in a category, a tag or the section that the article stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a show wants of one source; the name of the table is its name in `feeds`, `folders` or `lists`."""

    section: str = ""
    """The section of its articles, in place of what their pages say."""
    language: str = ""
    """The language of its articles, such as `de`, where their pages say none or a wrong one."""
    weight: float = 1.0
    """How many articles it gives where others give one."""
    most: int = 0
    """The most of its articles in one episode; 0 for as many as there is room for."""
    age: int = 0
    """The most days since an article was published, after which none reads it any more; 0 for `age` in `[nightly]`."""
    least_words: int = 0
    """The fewest words of an article that is read."""
    most_words: int = 0
    """The most words of an article that is read; 0 for any number."""
    text: Literal["fuller", "feed", "page"] = "fuller"
    """Whether the text is what the feed carries, the page's, or that of the two which is clearly fuller."""
    include: Which = field(default_factory=Which)
    """When anything is named here, only such articles are read, which have to have one of each."""
    exclude: Which = field(default_factory=Which)
    """Articles that are never read."""
    site: SiteRules = field(default_factory=SiteRules)
    """Rules for the pages of its articles, whatever their host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nightly:
    """What `audioed nightly` reads, and how much of it in one night."""

    feeds: tuple[str, ...] = ()
    """Addresses of feeds (RSS, Atom, JSON Feed), lists of feeds (OPML), sitemaps, mail folders and read-later services;
    see docs/sources.md."""
    folders: tuple[str, ...] = ()
    """Folders of articles, one a file, or of letters (Maildir), relative to audioed.toml."""
    lists: tuple[str, ...] = ()
    """Text files with one address a line, lists of feeds (.opml) or mailboxes (.mbox), relative to audioed.toml."""
    most: int = 20
    """The most articles in one episode; sources take turns, each with its newest first, and the rest waits."""
    length: float = 0.0
    """The minutes that an episode should last, as told before it is spoken; 0 for as long as its articles are."""
    rest: Literal["carry", "headlines"] = "carry"
    """Whether what there is no room for waits for the next night, or is told in headlines at the end, and then done."""
    memory: int = 3
    """The days for which a story that was told is read again only where there is news of it; 0 compares no stories."""
    episodes: Literal["edition", "single", "both"] = "edition"
    """Whether a night makes one episode of all its articles, one of each, or both."""
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()
    """The days on which there is one edition, or later where it was missed, such as `["fri"]` for a weekly show; on any
    day, whenever something is new, when empty."""
    age: int = 0
    """The most days since a feed's article was published, after which no edition reads it any more; 0 for any age."""
    day_begins: str = "00:00"
    """The time in the show's zone before which a night carries the day before, such as `03:00` for one that is due at
    23:30 and may be late."""
    minutes: float = 20.0
    """The most minutes spent on downloading and reading; the rest waits for the next night."""
    visits: int = 1_000
    """The most articles that servers are asked for in one night."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """What you want of single sources, each under its name as above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Who hears how each night went."""

    to: tuple[str, ...] = ()
    """Names that you give to who is told, such as `phone`; the address of each, as Apprise writes it, is a secret: it
    goes into the environment, as `AUDIOED_PHONE_ADDRESS`, or the keyring, as `phone address`."""
    when: Literal["failure", "recovery", "always"] = "recovery"
    """Which nights are told of: those that failed; the first good one after these and those that made a draft as well;
    or all."""
    metrics: str = ""
    """A file for Prometheus about the last night (OpenMetrics), relative to audioed.toml, such as one that ends in
    `.prom` in the folder that its node exporter reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """What is kept so that it need not be made again."""

    size: Bytes = 5_000_000_000
    """
    The most disk space for clips, pieces of recordings, pictures and prepared voices.

    What has not been used for longest goes first; clips of published episodes stay. An hour of an episode takes about
    0.2 GB, so the default keeps about seven weeks of a half-hour nightly show.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a show has decided."""

    show: Channel = field(default_factory=Channel)
    extraction: Extraction = field(default_factory=Extraction)
    scripting: Scripting = field(default_factory=Scripting)
    promos: Mapping[str, Promo] = field(default_factory=dict)
    synthesis: Synthesis = field(default_factory=Synthesis)
    mastering: Mastering = field(default_factory=Mastering)
    proof: Proofing = field(default_factory=Proofing)
    publishing: Publishing = field(default_factory=Publishing)
    targets: Mapping[str, Target] = field(default_factory=dict)
    nightly: Nightly = field(default_factory=Nightly)
    notify: Notify = field(default_factory=Notify)
    cache: Cache = field(default_factory=Cache)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of an edition, in their order: those of [scripting], then those of single sources."""
        named = (*self.scripting.sections, *(each.section for each in self.nightly.sources.values()))
        return tuple(dict.fromkeys(filter(None, named)))


def rules_of(wanted: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rules of a source, as audioed.toml calls them: `exclude.titles` and its texts."""
    for name in ("include", "exclude"):
        for each in fields(Which):
            yield f"{name}.{each.name}", getattr(getattr(wanted, name), each.name)
