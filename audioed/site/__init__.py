"""The site of a show: a page for it and for each episode, a search over all that was said, and what these load."""

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from audioed.config import Publishing
from audioed.files import write
from audioed.machine import version
from audioed.model import Channel
from audioed.publishing.rss import address
from audioed.site import index
from audioed.site.framing import Frame
from audioed.site.laying import Laying, Library, Listed
from audioed.site.pictures import lay_smaller
from audioed.site.theme import OWN, Theme

if TYPE_CHECKING:
    from audioed.store import Store

ASSETS = "assets"


def validate(store: "Store") -> None:
    """ConfigError, naming file and line, for a template of a show's own that makes no page."""
    theme = _theme(store)
    if theme.changed:
        from audioed.site.trial import tried

        tried(theme)


def prepare(store: "Store") -> None:
    """Have the templates ready, while others are at work."""
    _theme(store).compiled()


def _theme(store: "Store") -> Theme:
    return Theme(store.home / OWN if store.settings else None)


def lay_out(library: Library, show: Channel, config: Publishing, store: "Store") -> frozenset[str]:
    """
    The site of these episodes in the show's public folder, each file whole or not at all.

    Gives the names of the episodes whose pages were written.

    It follows from the episodes, the show and its templates: deleted, it comes
    back. What lies there as it was made from the same stays, so a new episode
    costs its own page, the first one, and the part of the lists and of the
    index for searching that it belongs to.
    """
    theme = _theme(store)
    url, cover = f"{address(config.base_url, store.show_folder.name)}/", store.show_cover()
    has_cover = lay_smaller(store.public / cover, store.public)
    frame = Frame(show=show, url=url, cover=cover if has_cover else "", theme=theme)
    for name, data in theme.assets.items():
        write(store.public / ASSETS / name, data)
    around = [version("audioed"), asdict(show), url, frame.cover, theme.digest]
    site = Laying(library, frame, store, hashlib.sha256(json.dumps(around).encode()).hexdigest())
    written, lost = site.lay_episodes()
    there = [entry for entry in library.entries if entry.name not in lost] if lost else library.entries
    groups: dict[int, list[Listed]] = {}
    for entry in there:
        groups.setdefault(index.group_of(entry.number), []).append(entry)
    for number, entries in groups.items():
        site.lay_part(number, entries)
    older = site.lay_lists(there, groups)
    site.clear(there, groups, older)
    return frozenset(written)


__all__ = ["Library", "Listed", "lay_out", "prepare", "validate"]
