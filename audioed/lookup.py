"""
Dictionaries looked up where they lie on the disk: reading them whole takes longer than a first clip.

They are made once of what a package brings, kept with the prepared networks,
and may go at any time.
"""

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from audioed.cache import used
from audioed.files import TEMPORARY, remove
from audioed.voices.places import DIGITS, prepared, signed, swept

Dictionary: TypeAlias = "Mapping[str, Any] | Table"
REMEMBERED = 1 << 14
"""Entries of each that are not looked up again."""
REVISION = 1
"""Raised when the same dictionaries would be kept in another form."""
log = logging.getLogger(__name__)


class Connection(sqlite3.Connection):
    """Closed when nobody looks anything up with it any more; Python 3.13 warns of one that is not closed."""

    def __del__(self) -> None:
        self.close()


class Table:
    """A dictionary on the disk, for several threads at once."""

    def __init__(self, connection: sqlite3.Connection, name: str, lock: threading.Lock) -> None:
        query = f'SELECT value FROM "{name}" WHERE key = ?'  # noqa: S608  a name of ours

        def find(key: str) -> Any:
            with lock:
                row = connection.execute(query, (key,)).fetchone()
            return _value(row[0]) if row else None

        self.get: Callable[[str], Any] = lru_cache(maxsize=REMEMBERED)(find)
        """The value of a key; None where there is none."""

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


def tables(name: str, version: str, read: Callable[[], dict[str, dict[str, Any]]]) -> Mapping[str, Dictionary]:
    """The dictionaries that are kept under this name and version; what `read` gives where none can be kept."""
    key = hashlib.sha256(json.dumps([name, version, REVISION]).encode()).hexdigest()[:DIGITS]
    folder = prepared() / "dictionaries"
    for file in folder.glob(f"{key}-*.sqlite"):
        try:
            if file.name == signed(key, file):
                used(file)
                return _opened(file)
        except (OSError, sqlite3.Error):  # no permission, no database, or gone meanwhile
            log.debug("%s cannot be used.", file, exc_info=True)
        with suppress(OSError):
            remove(file)
    found = read()
    making = folder / f"{TEMPORARY}{uuid4().hex}.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(found, making)
        file = making.replace(folder / signed(key, making))
    except (OSError, sqlite3.Error):  # no room or no permission: it goes without
        log.debug("%s cannot be written.", folder, exc_info=True)
        with suppress(OSError):
            making.unlink()
    else:
        swept(file)
    return found


def _write(found: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        for name, entries in found.items():
            connection.execute(f'CREATE TABLE "{name}" (key TEXT PRIMARY KEY, value) WITHOUT ROWID')
            rows = ((key, _kept(value)) for key, value in sorted(entries.items()))
            connection.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', rows)  # noqa: S608  a name of ours
        connection.commit()


def _opened(file: Path) -> Mapping[str, Table]:
    address = f"{file.as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, factory=Connection)
    lock = threading.Lock()
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: Table(connection, name, lock) for name in names}


def _kept(value: Any) -> str | bytes:
    """Text as it is, which most values are; anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value).encode()


def _value(kept: str | bytes) -> Any:
    return kept if isinstance(kept, str) else json.loads(kept)
