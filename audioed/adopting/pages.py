"""A whole feed, read from its address or a file: the newest document, and those behind it with older episodes."""

import re
from dataclasses import replace
from pathlib import Path

from audioed.addresses import credentials, without_user
from audioed.adopting.feed import sheet
from audioed.adopting.told import Item, Sheet, Told
from audioed.config import Extraction
from audioed.extraction import decode
from audioed.extraction.fetch import download, read_bytes
from audioed.extraction.hosts import Hosts
from audioed.extraction.visit import is_same_server

MOST_SHEETS = 200
"""Documents of one feed; the longest that we know has 60."""
MOST_ITEMS = 20_000
"""Episodes; a daily show has 3,650 in ten years."""


def read(source: str, config: Extraction, hosts: Hosts) -> Told:
    """All that the feed at this address, or in this file, tells; AdoptionError or FetchError where it is none."""
    is_address = bool(re.match(r"https?://", source, re.IGNORECASE))
    newest = _at(source, "", config, hosts) if is_address else _in(Path(source), config)
    sheets, notes = [newest], []
    seen = {without_user(source)}
    while (older := sheets[-1].older) and older not in seen:
        if len(sheets) >= MOST_SHEETS or sum(len(each.items) for each in sheets) >= MOST_ITEMS:
            notes.append(f"{older} and what is behind it was not read; a show may have {MOST_ITEMS:,} episodes.")
            break
        seen.add(older)
        sheets.append(_at(older, source if is_address else "", config, hosts))
    items = [item for each in sheets for item in each.items]
    if len(items) > MOST_ITEMS:
        notes.append(
            f"{len(items) - MOST_ITEMS:,} of the oldest episodes were not read; a show may have {MOST_ITEMS:,}."
        )
    return Told(
        show=newest.show,
        image=newest.image,
        address=newest.address or (without_user(source) if is_address else ""),
        items=tuple(_apart(items[:MOST_ITEMS], notes)),
        notes=tuple(notes),
    )


def _at(url: str, named: str, config: Extraction, hosts: Hosts) -> Sheet:
    """The document at an address; `named` is the one of the user's, on whose server alone it may be private."""
    private = not named or is_same_server(named, url)
    login = credentials(named) if private and named else None
    sent = download(url, config, private=private, hosts=hosts, login=login)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", sent.content_type, re.IGNORECASE)
    text = decode.decoded(sent.data, sent.url, charset=charset[1] if charset else "")
    return sheet(text, sent.url)


def _in(path: Path, config: Extraction) -> Sheet:
    """The document in a file."""
    return sheet(decode.decoded(read_bytes(path, config), str(path)), path.name)


def _apart(found: list[Item], notes: list[str]) -> list[Item]:
    """
    Each episode once, under a GUID of its own.

    Of two with one GUID and one audio the second is the same again. Another audio under a GUID that is taken is
    another episode: apps never showed it as such, and its address tells it apart, as where there is no GUID.
    """
    kept: dict[str, Item] = {}
    for item in found:
        guid = item.guid
        if guid in kept and kept[guid].enclosure != item.enclosure:
            guid = item.enclosure
            if guid not in kept:
                notes.append(f"{item.title}: has the GUID of {kept[item.guid].title}, and gets its address as one.")
        if guid and guid not in kept:
            kept[guid] = replace(item, guid=guid)
    return list(kept.values())
