"""The pages of a feed: the newest episodes where apps look, older ones behind them; no download grows for ever."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from audioed.files import explained
from audioed.store import FEED, OLDER


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One document of a feed."""

    file: str
    names: tuple[str, ...]
    """Its episodes, newest first."""
    links: tuple[tuple[str, str], ...] = ()
    """How the others stand to it, and their file names (RFC 5005, 3 and 4: paged and archived feeds)."""
    feed: str = FEED
    """The document that apps subscribe to."""
    is_archive: bool = False
    """Whether its episodes stay the same for ever, so that nobody need read it twice."""


def feed_pages(
    names: Sequence[str], most: int, folder: str = "", listed: int | None = None, *, lasting: bool = True
) -> tuple[FeedPage, ...]:
    """
    The pages of these episodes, newest first, each with at most so many; their files lie in this folder.

    Older pages are counted from the oldest episode on, so a full one never
    changes: a new episode costs the newest page and the one behind it. Pages
    behind all that are `listed` are found by those alone that look for archives. Where the oldest episodes are not
    `lasting` but deleted in time, every older page changes then, and none is called an archive (RFC 5005, 4).
    """
    older = max(0, len(names) - most)
    count = ceil(older / most)
    files = [f"{folder}{FEED}", *(f"{folder}feed-{number}.xml" for number in range(count, 0, -1))]
    parts = [tuple(names[:most])]
    for number in range(count, 0, -1):
        end = len(names) - (number - 1) * most
        parts.append(tuple(names[max(most, end - most) : end]))
    paged = len(files)
    if listed is not None:
        paged = sum(sum(map(len, parts[:place])) < max(listed, 1) for place in range(len(parts)))
    return tuple(
        FeedPage(file, part, _links(files, i, paged), files[0], lasting and bool(i) and len(part) == most)
        for i, (file, part) in enumerate(zip(files, parts, strict=True))
    )


def in_writing_order(pages: Sequence[FeedPage]) -> tuple[FeedPage, ...]:
    """
    The pages of a feed in the order in which none that an app can come to names one that is not there.

    Pages name each other both ways. A new one has the highest number, so those come first, and are named by none
    until the one that was there before, and then the document that apps fetch, is written behind them.
    """
    first, *older = pages
    return (*older, first)


def listed(folder: Path) -> list[str]:
    """Names of the files in a folder; none where there is no such folder."""
    with explained(folder), suppress(FileNotFoundError):
        return os.listdir(folder)  # noqa: PTH208 - of thousands
    return []


def older_pages(folder: Path, names: Iterable[str] | None = None) -> tuple[Path, ...]:
    """The older pages of a feed that lie in its folder, newest first; of these files alone, where they are named."""
    some = [name for name in (listed(folder) if names is None else names) if name.startswith("feed-")]  # of thousands
    found = {folder / name: int(told[1]) for name in some if (told := OLDER.fullmatch(name))}
    return tuple(sorted(found, key=lambda path: -found[path]))


def _links(files: Sequence[str], at: int, paged: int) -> tuple[tuple[str, str], ...]:
    """How the others stand to a document: all are archives of the first, and so many of them its pages."""
    if len(files) == 1:
        return ()
    links: dict[str, str] = {}
    if at < paged and paged > 1:
        links = {"first": files[0], "previous": files[at - 1] if at else "", "last": files[paged - 1]}
        links["next"] = files[at + 1] if at + 1 < paged else ""
    links["prev-archive"] = files[at + 1] if at + 1 < len(files) else ""
    if at:
        links |= {"current": files[0], "next-archive": files[at - 1] if at > 1 else ""}
    return tuple((rel, file) for rel, file in links.items() if file)
