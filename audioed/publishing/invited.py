"""Who listens to a show by a feed of their own, and where that lies: known to the show alone."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from audioed.errors import StoreError
from audioed.files import read, remove, write
from audioed.publishing.rss import address
from audioed.store import FEED, PRIVATE
from audioed.toml import adapter

if TYPE_CHECKING:
    from audioed.config import Publishing
    from audioed.store import Store

INVITED = "listeners.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A listener with a feed of their own."""

    name: str
    token: str
    """What nobody can guess: the name of the folder. 40 hexadecimal digits, 160 bits."""
    since: date

    @property
    def guid(self) -> str:
        """
        The podcast:guid of this feed, which is another one than the show's.

        Whoever looks the show's up is led to the feed that everybody may read, or, where there is none, tells others
        of a private one.
        """
        return str(uuid5(UUID(int=0), self.token))


def known(store: "Store") -> tuple[Invited, ...] | None:
    """The listeners, as they were invited; None where nobody ever was. StoreError where that cannot be read."""
    from pydantic import ValidationError

    path = store.show_folder / INVITED
    if not path.is_file():
        return None
    try:
        found: tuple[Invited, ...] = adapter(tuple[Invited, ...]).validate_json(read(path))
    except ValidationError as error:
        message = f"{path}: is damaged ({error.errors()[0]['msg']}); bring it back, or listeners lose their feeds."
        raise StoreError(message, path=path) from error
    return found


def keep(listeners: tuple[Invited, ...], store: "Store") -> None:
    """Write the listeners into the show's folder, which no server is given, for its owner's eyes alone."""
    path = store.show_folder / INVITED
    told = [{**asdict(each), "since": each.since.isoformat()} for each in listeners]
    write(path, f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode(), mode=0o600)


def shut_out(tokens: Iterable[str], store: "Store") -> None:
    """Take their folders away from those who listened by these tokens, now, whatever becomes of the feed."""
    for token in tokens:
        remove(store.public / PRIVATE / token)


def address_of(listener: Invited, config: "Publishing", store: "Store") -> str:
    """Where a listener's feed is."""
    return address(config.base_url, store.show_folder.name, PRIVATE, listener.token, FEED)


def folder_of(listener: Invited, store: "Store") -> Path:
    """What a server is given for this listener."""
    return store.public / PRIVATE / listener.token
