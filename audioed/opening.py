"""The front door, `audioed.open`: a show with its settings, its voices and its folders, checked before any work."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from platformdirs import user_cache_path

from audioed import build
from audioed.cache import Cache
from audioed.catalogue import shows
from audioed.config import Synthesis, load
from audioed.errors import ConfigError
from audioed.kinds import ROLES
from audioed.model import Seconds, Voice
from audioed.place import Listener, Place
from audioed.show import Show
from audioed.store import Store
from audioed.voices.cards import voice_cards
from audioed.voices.casting import voice_of

log = logging.getLogger(__name__)
SETTINGS = "audioed.toml"
CACHE = "AUDIOED_CACHE"
"""Names the cache in the environment."""


def open(  # noqa: A001, PLR0913 - as `wave.open` and `tarfile.open`; one parameter an option
    path: str | os.PathLike[str] = ".",
    *,
    output: str | os.PathLike[str] | None = None,
    cache: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
    voices: Mapping[str, str] | None = None,
    listener: Listener | Callable[[str, float], object] | None = None,
) -> Show:
    """
    The show in this folder, or with these settings (a .toml file); ConfigError names the setting that is wrong.

    A folder without audioed.toml, there or not, is a show with the default settings. Nothing is written before an
    episode is made; it then goes to `output`, the folder `output` beside the settings by default. The options go
    before the settings: `cache` is the folder of spoken clips (else AUDIOED_CACHE, else the user's), `base_url` is
    where the output folder will be reachable, `voices` gives roles their voices. Another working folder later changes
    nothing of it.

    The listener hears how the work goes on: a `Listener`, or a function that takes the stage and the share of it
    that is done, 0 to 1. Without a Listener, what is skipped is logged as a warning.

        show = audioed.open("myshow", listener=lambda stage, share: print(f"{stage} {share:.0%}"))
    """
    settings, home = settings_at(Path(path).absolute())
    return opened(
        settings,
        home,
        output=None if output is None else Path(output).absolute(),
        cache=(_cache_folder() if cache is None else Path(cache)).absolute(),
        base_url=base_url,
        voices=voices,
        listener=listener if isinstance(listener, Listener) else _Told(listener or (lambda _stage, _share: None)),
    )


def settings_at(path: Path) -> tuple[Path | None, Path]:
    """The settings file of a show, if it has one, and the show's folder."""
    if path.suffix == ".toml" or path.is_file():
        return path, path.parent
    return (path / SETTINGS if (path / SETTINGS).is_file() else None), path


def opened(  # noqa: PLR0913
    settings: Path | None,
    home: Path,
    *,
    output: Path | None = None,
    cache: Path | None = None,
    base_url: str | None = None,
    voices: Mapping[str, str] | None = None,
    listener: Listener,
) -> Show:
    """The show with these settings in this folder, checked before anything is done."""
    place = place_of(settings, home, output, cache)
    config = place.config
    if base_url is not None:
        config = replace(config, publishing=replace(config.publishing, base_url=base_url))
    if voices:
        roles = {**config.synthesis.roles, **voices}
        config = replace(config, synthesis=replace(config.synthesis, roles=roles))
    place = replace(place, config=config)
    refuse_unknown(config.synthesis, place.cards, settings)
    build.validate_settings(place)
    return Show(place, listener)


def refuse_unknown(speaks: Synthesis, cards: Mapping[str, Voice], settings: Path | None) -> None:
    """ConfigError for a role that there is not, VoiceNotFound for a voice that is not installed."""
    for role in ("narrator", *speaks.roles):
        if role not in ROLES:
            raise ConfigError(f"{settings or SETTINGS}: synthesis.roles.{role}: {no_role(role)}.", key=role)
        voice_of(role, speaks, cards)
    for name in (*speaks.authors.values(), *speaks.sections.values()):
        voice_of("narrator", speaks, cards, name)


def place_of(settings: Path | None, home: Path, output: Path | None = None, cache: Path | None = None) -> Place:
    """Where the builds of the show with these settings work: in the folder that it has since its first one."""
    config, cards = load(settings, home), voice_cards(home)
    where = output or home / "output"
    known = shows.settings_name(where, settings)
    folder = shows.folder_of(where, config.show.title, known)
    return Place(config, cards, Store(where, Cache(cache or _cache_folder()), config.show.title, home, folder, known))


def _cache_folder() -> Path:
    """The folder of the cache where none is named."""
    return Path(os.environ.get(CACHE) or user_cache_path("audioed"))


def no_role(role: str) -> str:
    """What is wrong with a role that there is not."""
    return f"{role!r} is no role; choose one of {', '.join(ROLES)}"


class _Told(Listener):
    """Passes stages and shares on to a function; what is left out is logged as a warning."""

    def __init__(self, told: Callable[[str, float], object]) -> None:
        self._told = told
        self._stage = ""

    def stage(self, name: str) -> None:
        self._stage = name
        self._told(name, 0.0)

    def progress(self, share: float, calls: int = 0, made: Seconds = 0.0) -> None:  # noqa: ARG002
        self._told(self._stage, share)

    def skipped(self, name: str, reason: str) -> None:  # noqa: ARG002
        log.warning("skipped: %s", reason)

    def changed(self, name: str, reason: str) -> None:  # noqa: ARG002
        log.warning("%s", reason)

    def left_out(self, name: str, reason: str) -> None:  # noqa: ARG002
        log.warning("%s", reason)
