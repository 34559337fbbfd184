"""
Which show this is: what it keeps from its first build on, whatever its settings say later.

A show is found again by the settings that it belongs to, so a new title renames
it and nothing else: its folder, its feed's address, its `podcast:guid` and the
GUIDs of its episodes stay.
"""

import io
import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from audioed.errors import SchemaError, StoreError
from audioed.files import read
from audioed.model import Channel, Identity
from audioed.nouns import parse
from audioed.publishing.rss import address
from audioed.reach import is_shared
from audioed.slugs import first_slug, slug, untaken
from audioed.store import EPISODE, FEED, Store

log = logging.getLogger(__name__)
SHOW = "show.json"
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
GUID = re.compile(rb'"guid"\s*:\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
PODCAST_GUID = "{https://podcastindex.org/namespace/1.0}guid"


def settings_name(output: Path, config: Path | None) -> str:
    """How a show's settings are seen from the output folder, wherever both are moved together; empty without any."""
    if config is None:
        return ""
    try:
        seen = Path(relpath(config.resolve(), output.resolve())).as_posix()
    except ValueError:  # on another disk of Windows
        seen = config.resolve().as_posix()
    return os.fsencode(seen).decode("utf-8", "backslashreplace")  # a name may hold bytes that are no text


def folder_of(output: Path, title: str, settings: str) -> str:
    """The name of the show's folder: the one it has since its first build, else a new one that no other show has."""
    told = dict(all_shows(output))
    for name, error in told.items():  # what a newer audioed wrote of this show must be heeded; another's stops nobody
        quoted = json.dumps(settings, ensure_ascii=False).encode()
        if isinstance(error, SchemaError) and settings and quoted in read(output / name / SHOW):
            raise error
    shows = {name: known for name, known in told.items() if isinstance(known, Identity)}
    own = [folder for folder, known in shows.items() if settings and known.config == settings]
    called = [f for f, known in shows.items() if known.title == title and not _is_others(known, settings, output)]
    for folder in [*own, *called]:
        return folder
    for name in dict.fromkeys((slug(title), first_slug(title))):
        if name not in shows and (output / name).is_dir() and any((output / name).glob("*/episode.json")):
            return name  # made by 0.1, which kept no identity
    return untaken(slug(title), shows.__contains__)


def _is_others(known: Identity, settings: str, output: Path) -> bool:
    """Whether a show of this title belongs to settings elsewhere that are still there; those beside ours are ours."""
    beside = Path(known.config).parent == Path(settings).parent
    try:
        return bool(known.config and settings) and not beside and (output / known.config).is_file()
    except OSError:  # no file has such a name
        return False


def identity(
    store: Store, show: Channel, base_url: str, seed: Callable[[], str] = str, *, keep: bool = True
) -> Identity:
    """
    What the show keeps, made at its first build and written then, unless nothing may be.

    The seed tells apart shows that have no address of their own yet: everybody's
    first one is at `localhost`, and a GUID must not be everybody's.
    """
    path = store.show_folder / SHOW
    known = _read(path) or published(store) or _made(store, show, base_url, seed())
    wanted = replace(known, title=show.title, config=store.settings or known.config)
    if keep and (wanted != known or not path.is_file()):
        store.save(wanted, path)
    return wanted


def guid_of(name: str, known: Identity, store: Store) -> str:
    """
    The permanent id of an episode that has no readable record.

    A damaged record mostly still tells it. That of a new episode is a UUIDv5
    (RFC 9562, 5.5) of the show's id and its name; from then on it is read.
    """
    with suppress(OSError):
        if found := GUID.search((store.episode_folder(name) / EPISODE).read_bytes()):
            return found[1].decode()
    try:
        namespace = UUID(known.guid)
    except ValueError:  # a GUID of another tool's, which the show brought along
        from audioed.publishing.podcast_ns import feed_guid

        namespace = UUID(feed_guid(f"https://{known.guid}"))
    return str(uuid5(namespace, name))


def all_shows(output: Path) -> Iterator[tuple[str, Identity | StoreError]]:
    """The name of each show's folder, and what the show keeps, or why that cannot be read."""
    for path in sorted(output.glob(f"*/{SHOW}")):
        try:
            yield path.parent.name, parse(Identity, read(path), path)
        except StoreError as error:
            yield path.parent.name, error


def _read(path: Path) -> Identity | None:
    """What was kept; None where nothing was, or where it is damaged: then the feed still tells it."""
    if not path.is_file():
        return None
    try:
        return parse(Identity, read(path), path)
    except SchemaError:
        raise
    except StoreError as error:
        log.warning("%s", error)
        return None


def published(store: Store) -> Identity | None:
    """The identity that a published feed tells; None without one."""
    from lxml import etree

    guid = feed = ""
    there = next((path for path in (store.public / FEED, store.show_folder / FEED) if path.is_file()), store.public)
    try:
        told = io.BytesIO(there.read_bytes())  # lxml takes no file whose name is no text
        for _, element in etree.iterparse(told, resolve_entities=False, no_network=True, huge_tree=False):
            if element.tag == ATOM_LINK and element.get("rel") == "self":
                feed = feed or element.get("href", "")
            elif element.tag == PODCAST_GUID:
                guid = guid or (element.text or "").strip()
            if guid and feed:
                return Identity(slug=store.show_folder.name, guid=guid, feed=feed, title="")
    except (OSError, etree.XMLSyntaxError):
        return None
    return None


def _made(store: Store, show: Channel, base_url: str, seed: str) -> Identity:
    from audioed.publishing.podcast_ns import feed_guid

    feed = address(base_url, store.show_folder.name, FEED)
    own = f"{feed}#{seed}" if seed and is_local(feed) else feed
    return Identity(slug=store.show_folder.name, guid=show.guid or feed_guid(own), feed=feed, title=show.title)


def is_local(url: str) -> bool:
    """Whether an address means another machine for everybody who asks for it."""
    return not is_shared(urlsplit(url).hostname or "")
