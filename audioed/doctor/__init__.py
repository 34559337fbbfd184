"""
What is missing or broken in the machine, the show and the cache, each with the command that mends it.

A new check is a function that gives its findings, and its name in a table below.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
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
    show.promos,
    show.builds,
    show.replaced,
    show.identity,
    show.episodes,
    cache.room,
)
"""Of a show whose settings can be read."""
ONLINE: tuple[Callable[[Place], Found], ...] = (show.feeds,)
"""Those that ask servers."""


def examine(  # noqa: PLR0913
    settings: Path | None,
    home: Path,
    output: Path | None = None,
    folder: Path | None = None,
    *,
    online: bool = False,
    whole: bool = False,
) -> Iterator[Finding]:
    """
    Every finding, as it is found, of the show with these settings; nothing is made, and nothing is raised.

    Only a part of a large cache is read, unless the `whole` is asked for.
    """
    about = [(check.__name__, check) for check in (*SHOW, *(ONLINE if online else ()))]
    about.append(("damage", partial(cache.damage, most=None if whole else cache.MOST)))
    for each in _found(settings, home, output, folder, about):
        yield replace(each, told=without_users(each.told), remedy=without_users(each.remedy))


def _found(
    settings: Path | None,
    home: Path,
    output: Path | None,
    folder: Path | None,
    about: Iterable[tuple[str, Callable[[Place], Found]]],
) -> Iterator[Finding]:
    """Every finding; the addresses in it may still have their passwords."""
    for check in MACHINE:
        yield from _named(check.__name__, check)
    try:
        place = place_of(settings, home, output, folder)
    except Exception as error:  # noqa: BLE001 - as in any check
        yield replace(_of(error), check="settings")
        yield replace(note("cannot be examined until its settings are mended"), check="show")
        return
    for name, check_of in about:
        yield from _named(name, check_of, place)


def _named(name: str, check: Callable[..., Found], *of: Place) -> Iterator[Finding]:
    """What a check finds, under its name; whatever goes wrong in it is a finding."""
    try:
        for each in check(*of):
            yield replace(each, check=name)
    except Exception as error:  # noqa: BLE001 - what is damaged may do anything
        yield replace(_of(error), check=name)


def _of(error: Exception) -> Finding:
    """The finding that an error is, ours or not."""
    if isinstance(error, AudioedError):
        return of_error(error)
    if isinstance(error, OSError):
        return broken(f"{error.filename or 'the system'}: {error.strerror or error}", "check it and start again")
    told = line(f"this check itself failed ({type(error).__name__}: {error})")
    return broken(told, f"{machine.PIP} --force-reinstall audioed")
