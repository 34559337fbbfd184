"""Who may enter the feed, and why not: judgements only, nothing is read or written here."""

import re
from collections.abc import Container
from datetime import date
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audioed.addresses import web_address
from audioed.characters import line
from audioed.errors import ConfigError, PublishingError
from audioed.formats import FORMATS, MAIN
from audioed.model import Channel, Episode, OwnTag, Trailer
from audioed.publishing.categories import CATEGORIES

if TYPE_CHECKING:
    from audioed.publishing import Item

MAIL = re.compile(r"(?:[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+)?")
"""Nothing, or a mailbox with a domain (RFC 5322, 3.4.1, without its quoted and literal forms)."""
UUID = re.compile(r"(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?")
"""Nothing, or what Podcasting 2.0 has as `podcast:guid` (RFC 9562, 4)."""
HOST = re.compile(r"[\w.-]*\w\.?|[0-9a-fA-F:.]+")
"""A name, in any script, or an address of version 6."""
FILES = frozenset({".xml", ".rss", ".atom", ".json", ".html", ".htm", ".php", ".jpg", ".png"}) | {
    each.suffix for each in (MAIN, *FORMATS.values())
}
"""Endings that no folder has."""
SPDX = re.compile(r"(?i:0BSD|AGPL|Apache|CC|CC0|GFDL|GPL|LGPL|MIT|PDDL)(?:-[\w.+-]+)?")
"""A licence that needs no address: public ones, by their identifiers."""
_VALUES = r"[+-]?\d*[A-Z0-9]+(?:,[+-]?\d*[A-Z0-9]+)*"
RULE = re.compile(
    r"(?:FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)"
    rf"(?:;(?:INTERVAL=[1-9]\d*|WKST=[A-Z]{{2}}|BY(?:MONTH|WEEKNO|YEARDAY|MONTHDAY|DAY|HOUR|MINUTE|SETPOS)={_VALUES}))*)?"
)
"""Nothing, or a recurrence rule that has no beginning and no end (RFC 5545, 3.3.10)."""
XML_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
OWN = ("podcast", "itunes", "atom")
"""Prefixes of tags that a show may add."""
WRITTEN = frozenset({
    "itunes:author", "itunes:category", "itunes:explicit", "itunes:image", "itunes:new-feed-url", "itunes:owner",
    "itunes:type", "podcast:guid", "podcast:license", "podcast:locked", "podcast:medium", "podcast:updateFrequency",
})  # fmt: skip
"""Those that may stand in a channel once, where they stand already or have settings of their own."""
SMALLEST = 16_384
"""AntennaPod takes an enclosure of so many bytes or fewer for a broken one, and ignores it."""
LISTED = (".mp3", ".m4a")
"""Apple decides by the extension of the enclosure's address whether it lists an episode."""
LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu"
)
"""The codes of ISO 639-1; Apple refuses a feed in any other language."""


def admit(episode: Episode) -> None:
    """PublishingError, naming the rule, for an episode that may not enter the feed, whatever lies in its folder."""
    length = episode.enclosure.length
    broken = {
        "guid": (not episode.guid.strip(), "it has no GUID; build it again"),
        "title": (not line(episode.title), "it has no title; give it one in its episode.json"),
        "enclosure-small": (length <= SMALLEST, f"{length} bytes of audio are too few for podcast apps; add text"),
        "enclosure-type": (
            not episode.enclosure.name.lower().endswith(LISTED),
            f"directories list only {' and '.join(LISTED)}; encode it as one of them",
        ),
        "duration": (episode.duration <= 0, "it is 0 seconds long; build it again"),
        "number": (episode.number < 1, "its number is below 1; correct its episode.json"),
    }
    for rule, (is_broken, fault) in broken.items():
        if is_broken:
            raise _left_out(episode.name, rule, fault)


def admit_files(item: "Item", audio: str, length: int, size: int | None, admitted: Container[str] = ()) -> None:
    """
    PublishingError, naming the rule, for an episode whose audio file is not what its record says.

    The length is what the record says of it and the size what lies there, in
    bytes, None when there is no such file; the admitted are the GUIDs that the
    feed holds already.
    """
    if size == length and item.guid not in admitted:
        return
    broken = {
        "guid-twice": (item.guid in admitted, "another episode has its GUID; remove one of the two"),
        "enclosure-missing": (size is None, f"its audio {audio} is missing; build it again"),
        "enclosure-size": (size != length, f"its audio has {size} bytes instead of {length}; build it again"),
    }
    for rule, (is_broken, fault) in broken.items():
        if is_broken:
            raise _left_out(item.name, rule, fault)


def _left_out(name: str, rule: str, fault: str) -> PublishingError:
    return PublishingError(f"{name} is left out of the feed: {fault}.", episode=name, rule=rule)


def validate(show: Channel, base_url: str) -> None:
    """ConfigError, naming the setting, for a show that directories would refuse, or whose listeners would be lost."""
    if not line(show.title):
        raise ConfigError("show.title is empty; give the show a name.", key="show.title")
    _refuse("show.email", "an email address", "write one such as anna@example.com", not MAIL.fullmatch(show.email))
    _refuse(
        "show.guid", "a UUID", "copy the one that podcast apps have, or leave it empty", not UUID.fullmatch(show.guid)
    )
    _validate_address("publishing.base_url", base_url)
    parts = urlsplit(base_url)
    extra = "a query or a fragment" if set("?#") & set(base_url) else ""
    extra = "the name of a file" if PurePosixPath(parts.path).suffix.lower() in FILES else extra
    _refuse("publishing.base_url", "the address of a folder", f"leave {extra} out of it", extra)
    if show.link:
        _validate_address("show.link", show.link)
    _validate_choice("show.category", show.category, tuple(CATEGORIES))
    if show.subcategory:
        _validate_choice("show.subcategory", show.subcategory, CATEGORIES[show.category])
    if show.language.replace("_", "-").split("-")[0].lower() not in LANGUAGES.split():
        raise ConfigError(
            f"show.language: {show.language!r} does not begin with a two-letter ISO 639-1 code; write en or de-AT.",
            key="show.language",
        )
    _validate_offers(show)
    for tag in show.tags:
        _validate_tag(tag)
    try:
        ZoneInfo(show.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder of zones, such as Europe
        raise ConfigError(
            f"show.timezone: {show.timezone!r} is not an IANA time zone; write UTC or Europe/Paris.",
            key="show.timezone",
        ) from error


def _validate_offers(show: Channel) -> None:
    """ConfigError for funding, a licence, a schedule or a trailer that apps could not show."""
    for words, address in show.funding.items():
        _refuse("show.funding", "complete", "write what the link says before its address", not line(words))
        _validate_address(f"show.funding.{words}", address)
    licence, updates, trailer = show.licence, show.updates, show.trailer
    is_own = line(licence.name) and not SPDX.fullmatch(licence.name)
    _refuse("show.licence.url", "given", "write where the text of your licence can be read", is_own and not licence.url)
    _refuse("show.licence.name", "given", "write one such as CC-BY-4.0", licence.url and not line(licence.name))
    if licence.url:
        _validate_address("show.licence.url", licence.url)
    _refuse("show.updates.words", "given", "say the rule in words, too", updates.rule and not line(updates.words))
    _refuse("show.updates.rule", "a recurrence rule", "write one such as FREQ=DAILY", not RULE.fullmatch(updates.rule))
    if trailer.url:
        _validate_address("show.trailer.url", trailer.url)
        _refuse("show.trailer.day", "a day", "write the day it was published, such as 2026-11-05", not day(trailer))


def day(trailer: Trailer) -> date | None:
    """The day a trailer was published; None where what is written is none."""
    try:
        return date.fromisoformat(trailer.day)
    except ValueError:
        return None


def _validate_tag(own: OwnTag) -> None:
    """ConfigError for a tag that would break the feed, or that stands in it already."""
    prefix, _, name = own.tag.rpartition(":")
    wrong = next((each for each in own.attributes if not XML_NAME.fullmatch(each)), "")
    if prefix not in OWN or not XML_NAME.fullmatch(name):
        fault = f"{own.tag!r} is not the name of a tag; write one such as podcast:txt, of {', '.join(OWN)}."
    elif wrong:
        fault = f"{wrong!r} is not the name of an attribute of {own.tag}; write one such as purpose."
    elif own.tag in WRITTEN:
        fault = f"audioed writes {own.tag} itself; take yours out."
    else:
        return
    raise ConfigError(f"show.tags: {fault}", key="show.tags")


def _validate_address(key: str, address: str) -> None:
    """ConfigError for what no browser opens, and for one that tells a password to everybody who reads the feed."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if host and parts.username is not None:
        raise ConfigError(f"{key} has a user name in it, which every listener would see; take it out.", key=key)
    if not (web_address(address) and HOST.fullmatch(host)) or any(map(str.isspace, address)):
        raise ConfigError(f"{key}: {address!r} is not a web address; begin it with https://.", key=key)


def _refuse(key: str, wanted: str, remedy: str, is_wrong: object) -> None:
    if is_wrong:
        raise ConfigError(f"{key} is not {wanted}; {remedy}.", key=key)


def _validate_choice(key: str, value: str, choices: tuple[str, ...]) -> None:
    if value in choices:
        return
    close = get_close_matches(value.title(), choices, n=1)
    if not choices:
        remedy = "its category has none; leave it empty."
    elif close:
        remedy = f"did you mean {close[0]}?"
    else:
        remedy = f"choose one of {', '.join(choices)}."
    raise ConfigError(f"{key}: {value!r} is not in Apple's list; {remedy}", key=key)
