"""Publish over WebDAV (RFC 4918): Nextcloud, and hosts that offer a network folder."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import quote, unquote, urlsplit

from audioed.config import password_variable
from audioed.deploying.target import PORTION, Destination, File, OneByOne, located, ours
from audioed.errors import ConnectionLost, DeployError
from audioed.model import Seconds

PATIENCE: Seconds = 60.0
"""How long a server may be silent."""
SIZES = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getcontentlength/><resourcetype/></prop></propfind>'
DAV = "{DAV:}"
LARGEST = 50_000_000
"""Bytes of a listing; one of 10,000 files has 4 MB."""


class WebDav(OneByOne):
    """A folder behind a WebDAV server."""

    def __init__(self, destination: Destination) -> None:
        """Nothing is asked of the server yet."""
        import urllib3

        place = located(destination, "https", "http")
        self._name, self._host = destination.name, place.host
        parts = urlsplit(destination.settings.address)
        host = parts.netloc.rpartition("@")[2]
        root = f"{parts.path.rstrip('/')}/{quote(destination.folder)}"
        self._origin, self._root = f"{parts.scheme}://{host}", root
        headers = {}
        if password := destination.password():
            headers = urllib3.make_headers(basic_auth=f"{place.user}:{password}")
        timeout = urllib3.Timeout(connect=PATIENCE, read=PATIENCE)
        self._pool = urllib3.PoolManager(headers=headers, timeout=timeout, retries=False)
        self._made: set[PurePosixPath] = set()

    def names(self) -> dict[str, int]:
        """Every file below it, folder by folder: many servers refuse to list all at once."""
        found: dict[str, int] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            for name, size in self._entries(folder):
                if size is None:
                    folders.append(name)
                else:
                    found[name] = size
        return found

    def read(self, name: str) -> Iterator[bytes]:
        """What a file holds, in portions, as it lies there: nothing is unpacked."""
        with self._asked("GET", name, allowed=(200, 404), headers={"Accept-Encoding": "identity"}) as answer:
            if answer.status == 404:  # noqa: PLR2004 - Not Found
                raise FileNotFoundError(name)
            yield from answer.stream(PORTION, decode_content=False)

    def upload(self, name: str, file: File, sent: Callable[[int], None]) -> None:
        """As a whole: the protocol cannot go on in the middle of a file."""
        self._make(PurePosixPath(name).parent)
        with file.path.open("rb") as source:
            headers = {"Content-Length": str(file.size), "Content-Type": "application/octet-stream"}
            with self._asked("PUT", name, (200, 201, 204), headers=headers, body=_Told(source, sent)):
                pass

    def rename(self, old: str, new: str) -> None:
        """In an instant (RFC 4918, 9.9)."""
        headers = {"Destination": f"{self._origin}{self._path(new)}", "Overwrite": "T"}
        with self._asked("MOVE", old, (200, 201, 204), headers=headers):
            pass

    def claim(self, file: File) -> bool:
        """Its folder is made by whoever is first: servers differ in what they do with If-None-Match."""
        folder = PurePosixPath(file.name).parent
        self._make(folder.parent)
        with self._asked("MKCOL", f"{folder}/", (201, 405)) as answer:
            if answer.status != 201:  # noqa: PLR2004 - Created
                return False
        self._made.add(folder)
        self.upload(file.name, file, lambda _: None)
        return True

    def remove(self, names: Sequence[str]) -> None:
        """Each file; folders stay, but for audioed's own: a server removes them with all that it does not list."""
        for name in names:
            folder = PurePosixPath(name).parent
            with self._asked("DELETE", name, (200, 204, 404)):
                pass
            if ours(str(folder)) and not any(self._entries(str(folder))):
                with self._asked("DELETE", f"{folder}/", (200, 204, 404)):
                    self._made.discard(folder)

    def close(self) -> None:
        """End the connections."""
        self._pool.clear()

    def _entries(self, folder: str) -> Iterator[tuple[str, int | None]]:
        """The files of a folder with their sizes, and folders, with none."""
        headers = {"Depth": "1", "Content-Type": "application/xml"}
        where = f"{folder}/" if folder else ""
        with self._asked("PROPFIND", where, (207, 404), headers=headers, body=SIZES) as answer:
            if answer.status == 404:  # noqa: PLR2004 - Not Found
                return
            listing = answer.read(LARGEST, decode_content=True)
        base = f"{unquote(self._path(where)).rstrip('/')}/"
        for response in _parsed(listing, self._name, self._host).iter(f"{DAV}response"):
            path = unquote(urlsplit(response.findtext(f"{DAV}href", "").strip()).path)
            name = path.removeprefix(base).rstrip("/")
            if not path.startswith(base) or not name or "/" in name or name in {".", ".."}:
                continue
            is_folder = response.find(f".//{DAV}collection") is not None
            size = response.findtext(f".//{DAV}getcontentlength", "0")
            yield where + name, None if is_folder else int(size) if size.isdecimal() else 0

    def _make(self, folder: PurePosixPath) -> None:
        for each in (*reversed(folder.parents), folder):
            if each not in self._made:
                with self._asked("MKCOL", f"{each}/" if each.parts else "", (201, 405)):
                    self._made.add(each)

    def _path(self, name: str) -> str:
        return f"{self._root}/{quote(name)}"

    @contextmanager
    def _asked(
        self,
        method: str,
        name: str,
        allowed: Sequence[int],
        headers: dict[str, str] | None = None,
        body: Any = None,
    ) -> Iterator[Any]:
        """The answer to a request, if it is one of these; urllib3's errors as ours."""
        from urllib3.exceptions import HTTPError

        address = f"{self._origin}{self._path(name)}"
        answer: Any = None
        try:
            sent = {**self._pool.headers, **(headers or {})}
            answer = self._pool.request(method, address, headers=sent, body=body, preload_content=False, redirect=False)
            if answer.status not in allowed:
                raise self._refused(method, answer.status)
            yield answer
            answer.drain_conn()
        except (HTTPError, OSError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            self._made.clear()
            raise ConnectionLost(
                f"{self._host}: the connection broke off or was not answered; start again, and what is there stays.",
                target=self._name,
            ) from error
        finally:
            if answer is not None:
                answer.release_conn()

    def _refused(self, method: str, status: int) -> DeployError:
        if (status >= 500 and status != 507) or status in {408, 423, 429}:  # noqa: PLR2004 - busy; RFC 9110, 15; RFC 4918, 11
            return ConnectionLost(f"{self._host}: answers {status}; start again later.", target=self._name)
        remedy = {
            401: f"check the user name and {password_variable(self._name)}",
            403: "ask whether your account may write there",
            405: "it is no WebDAV folder; correct the address",
            409: "the folder of the address is not there; make it, or correct the address",
            413: "it takes no files so large; ask for a higher limit",
            507: "it has no room left; free some",
        }.get(status, "check the address, and that it is a WebDAV folder")
        return DeployError(f"{self._host}: answers {status} to {method}; {remedy}.", target=self._name)


class _Told:
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], sent: Callable[[int], None]) -> None:
        self._file, self._sent = file, sent

    def read(self, size: int = -1) -> bytes:
        """Some bytes of it."""
        portion = self._file.read(size)
        self._sent(len(portion))
        return portion

    def tell(self) -> int:
        """Where it is read."""
        return self._file.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Read on from there."""
        return self._file.seek(offset, whence)


def _parsed(listing: bytes, target: str, host: str) -> Any:
    """The listing as a tree, without what its document type may name."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(listing, parser)
    except etree.XMLSyntaxError as error:
        raise DeployError(
            f"{host}: its listing is not XML; check that it is a WebDAV folder.", target=target
        ) from error
