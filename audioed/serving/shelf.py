"""Which shows are served, and which file an address means: none outside of what is published."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audioed.errors import StoreError
from audioed.publishing.public import front
from audioed.store import PUBLIC

INDEX = "index.html"
SEGMENT = re.compile(r"[^.\x00-\x1f\x7f/\\:*?\"<>|][^\x00-\x1f\x7f/\\:*?\"<>|]*")
"""
A name in an address that may be a file's: none that is hidden, none that means another folder or drive, none that
Windows takes for a stream of a file, or for several.
"""
DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*)?|.*[. ]", re.IGNORECASE)
"""A name that Windows takes for a device, or for another name (Microsoft, "Naming Files, Paths, and Namespaces")."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The published shows of an output folder, or one of them."""

    output: Path
    only: str = ""
    """The folder of the one show that is served; all are where it is empty."""

    def shows(self) -> tuple[str, ...]:
        """Names of the folders of the shows that are published now."""
        names = [self.only] if self.only else sorted(each.parent.name for each in self.output.glob(f"*/{PUBLIC}"))
        return tuple(name for name in names if is_plain(name) and self.feed(name))

    def public(self, show: str) -> Path:
        """What is published of a show."""
        return self.output / show / PUBLIC

    def feed(self, show: str) -> str:
        """The path of a show's feed in its public folder; of a private one that of a listener, empty where none is."""
        found = front(self.public(show))
        return found.relative_to(self.public(show)).as_posix() if found else ""

    def find(self, path: str) -> Path | None:
        """
        The file or folder that an address means, by its path, decoded; None where it means nothing that is published.

        A link that leads out of the published folder is refused as well.
        """
        show, *names = path.removeprefix("/").removesuffix("/").split("/")
        if not all(map(is_plain, (show, *names))) or (self.only and show != self.only):
            return None
        try:
            home = self.public(show).resolve(strict=True)
            found = home.joinpath(*names).resolve(strict=True)
        except (OSError, RuntimeError):  # not there, too long, a loop of links
            return None
        return found if found == home or home in found.parents else None

    def state(self) -> str:
        """What tells one state of the published shows from another: it changes with every build."""
        seen = hashlib.sha256()
        for show in self.shows():
            for line in sorted(_entries(self.public(show))):
                seen.update(f"{show}/{line}\n".encode("utf-8", "surrogateescape"))
        return seen.hexdigest()[:20]


def shelf_at(folder: Path) -> Shelf:
    """The shows that lie at this folder: an output folder, that of a show in one, or that of a show's settings."""
    here = folder.absolute()
    if here.name == PUBLIC and front(here):
        here = here.parent
    if front(here / PUBLIC):
        return Shelf(here.parent, here.name)
    for output in (here / "output", here):
        shelf = Shelf(output)
        if shelf.shows():
            return shelf
    if not here.is_dir():
        raise StoreError(f"{folder}: there is no such folder; name an output folder, or a show's.", path=folder)
    raise StoreError(
        f"{folder}: no show is published there; make an episode with `audioed render ARTICLE`, "
        "or name the output folder.",
        path=folder,
    )


def is_plain(name: str, *, windows: bool = os.name == "nt") -> bool:
    """Whether a name in an address can be that of a file in the folder before it, and of nothing else."""
    return bool(SEGMENT.fullmatch(name)) and not (windows and DEVICE.fullmatch(name))


def regular(path: Path) -> os.stat_result | None:
    """The status of a file; None for a folder, a device, a pipe, and where there is nothing."""
    with suppress(OSError):
        status = path.stat()
        return status if stat.S_ISREG(status.st_mode) else None
    return None


def _entries(folder: Path) -> Iterator[str]:
    """A line for each file and folder in this one; a folder's changes when a file in it is put there anew."""
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if not each.name.startswith("."):
                with suppress(OSError):
                    known = each.stat()
                    yield f"{each.name} {known.st_mtime_ns} {known.st_size}"
