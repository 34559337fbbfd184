"""
What is missing or broken in the machine, the show and the cache, each with the command that mends it.

A new check is a function that gives its findings, and its name in a table below.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from audioed.addresses import without_users
from audioed.characters import line
from audioed.doctor import cache, machine, show, voices
from audioed.doctor.finding import Finding, broken, note, of_error
from audioed.errors import AudioedError
from audioed.opening import place_of
from audioed.place import Place

Found: TypeAlias = Iterable[Finding]
MACHINE: tuple[Callable[[], Found], ...] = (
    machine.python,
    machine.packages,
    machine.libraries,
    machine.plugins,
    machine.ffmpeg,
    machine.fonts,
    machine.espeak,
    machine.timezones,
)
"""Of the machine, whatever the show."""
SHOW: tuple[Callable[[Place], Found], ...] = (
    show.settings,
    voices.voices,
    show.extras,
    show.folders,
    show.disk,
    show.address,
    show.sources,
    show.builds,
    show.replaced,
    show.identity,
    show.episodes,
    cache.room,
    cache.damage,
)
"""Of a show whose settings can be read."""
ONLINE: tuple[Callable[[Place], Found], ...] = (show.feeds,)
"""Those that ask servers."""


def examine(
    settings: Path | None, home: Path, output: Path | None = None, folder: Path | None = None, *, online: bool = False
) -> Iterator[Finding]:
    """Every finding, as it is found, of the show with these settings; nothing is made, and nothing is raised."""
    for each in _found(settings, home, output, folder, online=online):
        yield replace(each, told=without_users(each.told), remedy=without_users(each.remedy))


def _found(
    settings: Path | None, home: Path, output: Path | None, folder: Path | None, *, online: bool
) -> Iterator[Finding]:
    """Every finding; what it tells may hold a password, as an address does."""
    for check in MACHINE:
        yield from _named(check.__name__, check)
    try:
        place = place_of(settings, home, output, folder)
    except AudioedError as error:
        yield replace(of_error(error), check="settings")
        yield replace(note("cannot be examined until its settings are mended"), check="show")
        return
    for about in (*SHOW, *(ONLINE if online else ())):
        yield from _named(about.__name__, about, place)


def _named(name: str, check: Callable[..., Found], *of: Place) -> Iterator[Finding]:
    """What a check finds, under its name; whatever goes wrong in it is a finding."""
    try:
        for each in check(*of):
            yield replace(each, check=name)
    except AudioedError as error:
        yield replace(of_error(error), check=name)
    except OSError as error:
        told = f"{error.filename or 'the system'}: {error.strerror or error}"
        yield replace(broken(told, "check it and start again"), check=name)
    except Exception as error:  # noqa: BLE001 - what is damaged may do anything
        told = line(f"this check itself failed ({type(error).__name__}: {error})")
        yield replace(broken(told, f"{machine.PIP} --force-reinstall audioed"), check=name)
