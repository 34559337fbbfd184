"""Checks of the machine: Python, packages, ffmpeg, letters, sounds of words, time zones."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from audioed.doctor.finding import Finding, broken, note, of_error, ok
from audioed.errors import EngineNotFound, ExtraNotFound, FfmpegError

PIP = "python -m pip install"
LIBRARIES = {
    "numpy": "numpy",
    "onnxruntime": "onnxruntime",
    "soundfile": "soundfile",
    "soxr": "soxr",
    "lameenc": "lameenc",
    "lxml.etree": "lxml",
    "PIL.Image": "pillow",
    "uharfbuzz": "uharfbuzz",
    "pydantic_core": "pydantic-core",
}
"""Modules made for one kind of machine, which may be there and not load -> their packages."""
ZONE = "Europe/Berlin"
TIMEOUT = 30.0
"""Seconds that a program has to tell its version."""


def python() -> Iterator[Finding]:
    """Python is one that audioed runs on."""
    try:
        wanted = metadata("audioed")["Requires-Python"]
    except PackageNotFoundError:
        yield note("audioed runs from its source folder and is not installed, so no engine is found", f"{PIP} -e .")
        return
    yield judged_python(".".join(map(str, sys.version_info[:3])), wanted)


def judged_python(found: str, wanted: str) -> Finding:
    """Whether this version of Python will do."""
    if found in SpecifierSet(wanted):
        return ok(f"Python {found}")
    return broken(f"Python {found} is not {wanted}", "make a virtual environment with another Python")


def packages() -> Iterator[Finding]:
    """Every package is there, in a version that audioed allows."""
    try:
        wanted = requires("audioed") or []
    except PackageNotFoundError:
        return
    yield from judged_packages(wanted, version)


def judged_packages(wanted: Iterable[str], found: Callable[[str], str]) -> Iterator[Finding]:
    """What is wrong with the packages that are there; `found` tells their versions (`importlib.metadata.version`)."""
    good = 0
    for requirement in map(Requirement, wanted):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        remedy = f'{PIP} "{requirement.name}{requirement.specifier}"'
        try:
            there = found(requirement.name)
        except PackageNotFoundError:
            yield broken(f"{requirement.name} is not installed", remedy)
            continue
        if requirement.specifier.contains(there, prereleases=True):
            good += 1
        else:
            yield broken(f"{requirement.name} {there} is not {requirement.specifier}", remedy)
    yield ok(f"packages in the right versions: {good}")


def libraries() -> Iterator[Finding]:
    """What is made for one kind of machine loads on this one."""
    good = 0
    for module, package in LIBRARIES.items():
        try:
            import_module(module)
        except Exception as error:  # noqa: BLE001 - what is damaged may do anything
            yield broken(f"{module} does not load ({error})", f"{PIP} --force-reinstall {package}")
        else:
            good += 1
    yield ok(f"libraries that load: {good}")


def ffmpeg() -> Iterator[Finding]:
    """The program that makes other formats runs, where it is there; a show that asks for such a format needs it."""
    from audioed.mastering.encode import ffmpeg as program

    try:
        path = program()
    except FfmpegError:
        told = "ffmpeg, for M4A, Opus and more kinds of sound file, is not installed"
        yield note(told, f'{PIP} "audioed[formats]"')
        return
    try:
        done = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=TIMEOUT, check=True)
        yield ok(" ".join(done.stdout.split()[:3]))
    except (OSError, subprocess.SubprocessError) as error:
        yield broken(f"{path} does not run ({error})", f"{PIP} --force-reinstall imageio-ffmpeg")


def plugins() -> Iterator[Finding]:
    """What other packages add to audioed loads; an engine is made where a voice needs it."""
    from audioed import sources
    from audioed.plugins import load, names
    from audioed.synthesis.engine import GROUP

    kinds, faults = sources.outsiders()
    yield from map(of_error, faults)
    engines = dict.fromkeys(names(GROUP))
    good = len(engines)
    for name in engines:
        try:
            load(GROUP, name, partial(EngineNotFound, engine=name))
        except ExtraNotFound:
            good -= 1  # whether the show needs it is told with its voices
        except EngineNotFound as error:
            good -= 1
            yield of_error(error)
    yield ok(f"engines and other packages' sources that load: {good + len(kinds)}")


def fonts() -> Iterator[Finding]:
    """The letters of covers are there."""
    from audioed.mastering.cover.typefaces import DISPLAY, SMALL, loaded

    faces = {face.package: loaded(face) for face in (*DISPLAY, SMALL)}
    for package, face in faces.items():
        if not face:
            name = package.replace("_", "-")
            yield broken(f"{name}, a typeface of covers, is missing", f"{PIP} --force-reinstall {name}")
    yield ok(f"typefaces of covers: {sum(map(bool, faces.values()))}")


def espeak() -> Iterator[Finding]:
    """The program that knows how words of many languages sound is whole, where it is there."""
    from audioed.synthesis.engines.espeak import sounds

    try:
        heard = sounds("hello", "en")
    except ExtraNotFound:
        return
    except (ImportError, OSError, RuntimeError) as error:
        yield broken(f"espeak-ng does not say words ({error})", f"{PIP} --force-reinstall piper-tts")
        return
    if heard:
        yield ok(f"espeak-ng says “hello” as {heard}")
    else:
        yield broken("espeak-ng says nothing", f"{PIP} --force-reinstall piper-tts")


def timezones() -> Iterator[Finding]:
    """The machine knows the time zones of the world."""
    try:
        ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        yield broken("the time zones of the world are missing", f"{PIP} tzdata")
    else:
        yield ok("the time zones of the world are known")
