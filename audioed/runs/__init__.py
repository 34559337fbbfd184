"""What the nights of a show came to: a file each, beside its episodes, and never in the public folder."""

import logging
import os
import re
from pathlib import Path

from audioed.errors import StoreError
from audioed.files import read, write
from audioed.model import Run
from audioed.nouns import dump, parse
from audioed.store import Store

MOST = 400
"""Nights that are kept: more than a year of them."""
RECENT = 30
"""Nights that a report looks back on."""
PRIVATE = 0o600
"""Mode of the files: they name the sources, and addresses of paid feeds are secrets."""
NAME = re.compile(r"run-(\d{5,})\.json")
log = logging.getLogger(__name__)


def keep(run: Run, store: Store) -> Path | None:
    """Keep what a night came to, and give the file; where nothing can be written, that is no reason to fail: None."""
    try:
        numbers = _numbers(store)
        path = _path(numbers[-1] + 1 if numbers else 1, store)
        write(path, dump(run), mode=PRIVATE)
        for number in numbers[: max(0, len(numbers) + 1 - MOST)]:
            for each in (_path(number, store), page_of(_path(number, store))):
                each.unlink(missing_ok=True)
    except (StoreError, OSError) as error:
        log.warning("this night's report cannot be saved: %s", error)
        return None
    return path


def last(store: Store) -> Run | None:
    """What the last night came to that tells it; None without any. Nothing is written."""
    return next(iter(recent(store, 1)), None)


def recent(store: Store, most: int = RECENT) -> tuple[Run, ...]:
    """What the last nights came to, the latest last; those that cannot be read are left out."""
    return tuple(run for _, run in numbered(store, most))


def numbered(store: Store, most: int = RECENT) -> tuple[tuple[Path, Run], ...]:
    """The same, each with its file."""
    found: list[tuple[Path, Run]] = []
    try:
        numbers = _numbers(store)
    except StoreError:
        return ()
    for number in reversed(numbers):
        if len(found) == most:
            break
        path = _path(number, store)
        try:
            found.append((path, parse(Run, read(path), path)))
        except StoreError as error:
            log.debug("%s", error)
    return tuple(reversed(found))


def page_of(path: Path) -> Path:
    """The page of the night that this file tells of."""
    return path.with_suffix(".html")


def _numbers(store: Store) -> list[int]:
    try:
        names = os.listdir(store.reports)  # noqa: PTH208 - names alone
    except FileNotFoundError:
        return []
    except OSError as error:
        message = f"{store.reports}: {error.strerror or error}; check it."
        raise StoreError(message, path=store.reports) from error
    return sorted(int(found[1]) for name in names if (found := NAME.fullmatch(name)))


def _path(number: int, store: Store) -> Path:
    return store.reports / f"run-{number:05}.json"
