"""Who may enter the feed, and why not: judgements only, nothing is read or written here."""

from collections.abc import Container
from difflib import get_close_matches
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audioed.errors import ConfigError, PublishingError
from audioed.model import Episode, Show
from audioed.publishing.categories import CATEGORIES
from audioed.publishing.text import one_line, web_address

if TYPE_CHECKING:
    from audioed.publishing import Item

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
        "title": (not one_line(episode.title), "it has no title; give it one in its episode.json"),
        "enclosure-small": (length <= SMALLEST, f"{length} bytes of audio are too few for podcast apps; add text"),
        "enclosure-type": (
            not episode.enclosure.name.lower().endswith(LISTED),
            f"directories list only {' and '.join(LISTED)}; encode it as one of them",
        ),
        "duration": (episode.duration <= 0, "it lasts no time; build it again"),
        "number": (episode.number < 1, "episodes are numbered from 1; correct its episode.json"),
    }
    for rule, (is_broken, remedy) in broken.items():
        if is_broken:
            raise _left_out(episode.name, rule, remedy)


def admit_files(item: "Item", audio: str, length: int, size: int | None, admitted: Container[str] = ()) -> None:
    """
    PublishingError, naming the rule, for an episode whose audio file is not what its record says.

    The length is what the record says of it and the size what lies there, in
    bytes, None when there is no such file; the admitted are the GUIDs that the
    feed holds already.
    """
    broken = {
        "guid-twice": (item.guid in admitted, "another episode has its GUID; remove one of the two"),
        "enclosure-missing": (size is None, f"its audio {audio} is missing; build it again"),
        "enclosure-size": (size != length, f"its audio has {size} bytes instead of {length}; build it again"),
    }
    for rule, (is_broken, remedy) in broken.items():
        if is_broken:
            raise _left_out(item.name, rule, remedy)


def _left_out(name: str, rule: str, remedy: str) -> PublishingError:
    return PublishingError(f"{name}: left out of the feed, for {remedy}.", episode=name, rule=rule)


def check(show: Show, base_url: str) -> None:
    """ConfigError, naming the setting, for a show that directories would refuse."""
    if not one_line(show.title):
        raise ConfigError("show.title is empty; give the show a name.", key="show.title")
    if not web_address(base_url):
        raise ConfigError(
            f"publishing.base_url: {base_url!r} is no web address; begin it with https://.", key="publishing.base_url"
        )
    _check_choice("show.category", show.category, tuple(CATEGORIES))
    if show.subcategory:
        _check_choice("show.subcategory", show.subcategory, CATEGORIES[show.category])
    if show.language.replace("_", "-").split("-")[0].lower() not in LANGUAGES.split():
        raise ConfigError(
            f"show.language: {show.language!r} does not begin with a two-letter ISO 639-1 code; write en or de-AT.",
            key="show.language",
        )
    try:
        ZoneInfo(show.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"show.timezone: {show.timezone!r} is not an IANA time zone; write UTC or Europe/Paris.",
            key="show.timezone",
        ) from error


def _check_choice(key: str, value: str, choices: tuple[str, ...]) -> None:
    if value in choices:
        return
    close = get_close_matches(value.title(), choices, n=1)
    if not choices:
        remedy = "its category has none; leave it empty"
    elif close:
        remedy = f"did you mean {close[0]}?"
    else:
        remedy = f"choose one of {', '.join(choices)}"
    raise ConfigError(f"{key}: {value!r} is not in Apple's list; {remedy.rstrip('?')}{_mark(remedy)}", key=key)


def _mark(sentence: str) -> str:
    return "?" if sentence.endswith("?") else "."
