"""
What a show has decided: audioed.toml, checked before any work is done.

One section per craft; unknown keys are errors. A default is written once, on its field.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path
from typing import Literal, TypeAlias

from audioed import formats, sources
from audioed.errors import ConfigError
from audioed.formats import FormatName
from audioed.model import Channel, Dbtp, Decibels, Lufs, Role, Seconds
from audioed.toml import Bytes, checked, refuse_beyond, tables
from audioed.wording import wording

LIMITS: Mapping[str, tuple[float, float]] = {
    "extraction.max_bytes": (1, 10**12),
    "extraction.timeout": (0.1, 3600),
    "extraction.reading_time": (0.1, 3600),
    "extraction.reading_memory": (10**8, 10**12),
    "synthesis.workers": (0, 1024),
    "synthesis.most_cost": (0, float("inf")),
    "mastering.loudness": (-40, -5),
    "mastering.true_peak": (-20, 0),
    "mastering.tolerance": (0.05, 6),
    "proof.max_word_error": (0, 1),
    "cache.size": (0, float("inf")),
    "publishing.page": (1, 10_000),
    "nightly.most": (1, 10_000),
    "nightly.minutes": (0.1, 1440),
    "nightly.visits": (1, 10**6),
}
"""The least and the most that a setting may be: with others nothing is made, or nothing that one can hear."""
FORMS: Mapping[str, tuple[str, str]] = {
    "extraction.contact": (r"[!-~]*", "an address that can be sent to servers; write it in ASCII, without spaces"),
    "extraction.sites": (r"[\w.-]+", "the name of a host; write one such as example.com"),
    "synthesis.authors": (r".*\w.*", "a name; write one as it stands in bylines"),
    "synthesis.sections": (r"/.*", "the start of a path; write one such as /opinion/"),
    "synthesis.cluster": (r"(?:\w+://\S+)?", "the address of a scheduler; write one such as tcp://scheduler:8786"),
    "nightly.feeds": (r"(?i:https?)://[^\s/]\S*", "the address of a feed; begin it with https://"),
}
"""What a setting, each of its values, or the name of each, has to look like; what that is called, and the remedy."""
PHRASES = ("greeting", "disclosure", "farewell", "transition", "promo")
"""Settings of [scripting] that are said, with what stands in braces filled in:"""
FILLED = re.compile(r"\{(show|title|day)\}")
"""the titles of show and edition, and its day."""


Bitrate: TypeAlias = Literal[64, 96, 128]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """What a show knows about the pages of one site, as CSS selectors."""

    body: str = ""
    """All of the article stands in these elements, and all that stands in them is the article."""
    title: str = ""
    remove: tuple[str, ...] = ()
    promo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What is taken from a page."""

    max_bytes: Bytes = 20_000_000
    """A larger page is refused; the largest article pages are a tenth of that."""
    timeout: Seconds = 30.0
    """For a whole download, redirects included."""
    reading_time: Seconds = 60.0
    """For what is made of one document in a nightly build; the largest page that gives an article takes three."""
    reading_memory: Bytes = 1_000_000_000
    """For the same; the largest page takes a tenth."""
    code: Literal["cut", "read"] = "cut"
    tables: Literal["read", "cut"] = "read"
    """Those that hold data, row by row; a table that only lays out the page is read as text."""
    contact: str = ""
    """An address where site owners can ask about your downloads, sent along with the name of audioed."""
    sites: Mapping[str, SiteRules] = field(default_factory=dict)
    """Host -> rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripting:
    """What an edition says around and between its articles."""

    greeting: str | None = None
    """These three are what `languages/` has for the language of the edition, where a show says nothing of its own."""
    disclosure: str | None = None
    """Apple asks that AI narration is disclosed in the audio."""
    farewell: str | None = None
    transition: str = ""
    """Said before every article but the first, such as "And now:"; empty leaves it to the sting between them."""
    promos: Literal["read", "once", "drop", "replace"] = "read"
    """Of the articles: all, the first of an edition, none, or `promo` in place of the first."""
    promo: str = ""
    """The show's own, for `promos = "replace"`."""
    notices: bool = True
    """Whether the listener is told where the page shows code or a table that is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """Who speaks."""

    roles: Mapping[Role, str] = field(default_factory=dict)
    """Role -> voice; roles not named here keep their default voice."""
    workers: int = 0
    """Utterances spoken at once; 0 takes every core."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """Name in a byline -> voice that reads the articles in place of the narrator."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Start of an address's path, such as `/opinion/` -> voice that reads its articles; an author's comes before it."""
    cluster: str = ""
    """Address of a Dask scheduler, such as `tcp://scheduler:8786`, whose workers speak in place of this machine."""
    most_cost: float = 5.0
    """US dollars that one run may spend on voices that are paid for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stings:
    """
    Short musical marks, and a bed under the first and the last words.

    `ours`, `none`, or a sound file seen from audioed.toml.
    """

    opening: str = "ours"
    between: str = "ours"
    """Before every article but the first."""
    promo: str = "ours"
    """Before a promo read."""
    closing: str = "ours"
    bed: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastering:
    """How a finished recording sounds."""

    loudness: Lufs = -16.0
    """Apple Podcasts' recommendation for integrated loudness."""
    true_peak: Dbtp = -1.0
    """The most that the encoded file may reach."""
    tolerance: Decibels = 0.3
    """How far the encoded file's loudness may stand from the target."""
    bitrate: Bitrate = 96
    """Kilobits per second, constant, mono."""
    formats: tuple[FormatName, ...] = ()
    """What the recording is offered as beside the MP3."""
    stings: Stings = field(default_factory=Stings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofing:
    """What a recording must pass, heard again by a recogniser, before it is published."""

    max_word_error: float = 0.0
    """Share of the words that may be heard otherwise, such as 0.1; 0 does not listen before publishing."""
    model: str = ""
    """Folder of another Whisper model in CTranslate2's form, seen from audioed.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Where the output folder is reachable."""

    base_url: str = "http://localhost:8000"
    """`python -m http.server` in the output folder serves exactly this."""
    page: int = 100
    """Episodes in one document of the feed; older ones stand in further documents, which it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nightly:
    """What a scheduled build reads."""

    feeds: tuple[str, ...] = ()
    """RSS or Atom addresses."""
    folders: tuple[str, ...] = ()
    """Folders of files of the kinds in `sources.py`, seen from audioed.toml."""
    lists: tuple[str, ...] = ()
    """Text files with one address a line, seen from audioed.toml."""
    most: int = 20
    """Articles in one episode; the rest waits for the next night."""
    minutes: float = 20.0
    """For asking and reading; the rest waits for the next night."""
    visits: int = 1_000
    """Articles that servers are asked for in one night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """What is kept so that it need not be made again."""

    size: Bytes = 5_000_000_000
    """
    Of clips, pieces of recordings, pictures and voices made ready.

    An hour of an episode takes about 0.2 GB, so that nightly shows of half an hour have what they made in seven weeks.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a show has decided."""

    show: Channel = field(default_factory=Channel)
    extraction: Extraction = field(default_factory=Extraction)
    scripting: Scripting = field(default_factory=Scripting)
    synthesis: Synthesis = field(default_factory=Synthesis)
    mastering: Mastering = field(default_factory=Mastering)
    proof: Proofing = field(default_factory=Proofing)
    publishing: Publishing = field(default_factory=Publishing)
    nightly: Nightly = field(default_factory=Nightly)
    cache: Cache = field(default_factory=Cache)


def load(path: Path | None) -> Config:
    """The config in this file, or the defaults without one; ConfigError names the key that is wrong."""
    if path is None:
        return Config()
    found = tables(path)
    config: Config = checked(Config, found, path)
    if "description" not in found.get("show", {}):
        config = replace(config, show=replace(config.show, description=wording(config.show.language).description))
    refuse_beyond(config, LIMITS, path)
    _refuse_malformed(config, path)
    _refuse_braces(config.scripting, path)
    return config


def template(title: str) -> str:
    """A commented audioed.toml for a show of this title."""
    text = (Path(__file__).parent / "template.toml").read_text("utf-8")
    text = text.replace("SUFFIXES", sources.told("{1}", "and"), 1).replace("FORMATS", formats.told(), 1)
    return text.replace('title = "My articles"', f"title = {json.dumps(title, ensure_ascii=False)}", 1)


def _refuse_malformed(config: Config, path: Path) -> None:
    for key, (form, wanted) in FORMS.items():
        value = attrgetter(key)(config)
        for each in [value] if isinstance(value, str) else value:
            if not re.fullmatch(form, each):
                raise ConfigError(f"{path}: {key}: {each!r} is not {wanted}.", path=path, key=key)


def _refuse_braces(config: Scripting, path: Path) -> None:
    for name in PHRASES:
        if brace := re.search(r"\{[^{}]*\}?|\}", FILLED.sub("", getattr(config, name) or "")):
            close = get_close_matches(re.sub(r"\W", "", brace[0].lower()), ("show", "title", "day"), n=1, cutoff=0.7)
            remedy = f"did you mean {{{close[0]}}}?" if close else "only {show}, {title} and {day} are filled in."
            key = f"scripting.{name}"
            raise ConfigError(f"{path}: {key}: {brace[0]} stands for nothing; {remedy}", path=path, key=key)
