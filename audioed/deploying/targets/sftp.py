"""Publish over SFTP, which nearly every web host offers."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any, TypeVar

from audioed.config import password_variable
from audioed.deploying.target import PORTION, Destination, File, OneByOne, located, missing_extra
from audioed.errors import ConnectionLost, DeployError
from audioed.model import Seconds

try:
    import asyncssh
except ImportError:  # told when a target is made
    asyncssh = None  # type: ignore[assignment]

T = TypeVar("T")
PATIENCE: Seconds = 60.0
"""How long a server may be silent; an answer takes a round trip, and what is sent goes on in portions."""
SMALL = 32_768
"""Bytes that a server gives in one answer (draft-ietf-secsh-filexfer-02, 3)."""
AT_ONCE = 16
"""Folders that are asked for at the same time, and portions that are on their way."""


class Sftp(OneByOne):
    """A folder behind an SSH server; keys, agent, known hosts and `~/.ssh/config` count as they do for `ssh`."""

    def __init__(self, destination: Destination) -> None:
        """Nothing is asked of the server yet."""
        if asyncssh is None:
            raise missing_extra(destination.name, "sftp")
        self._destination = destination
        self._place = located(destination, "sftp", "ssh")
        self._root = PurePosixPath(self._place.path) / destination.folder
        self._loop = asyncio.new_event_loop()
        self._connection: Any = None
        self._sftp: Any = None
        self._made: set[PurePosixPath] = set()

    def names(self) -> dict[str, int]:
        """Every file below it, a few folders at a time; links are not followed."""
        return self._run(self._names())

    def read(self, name: str) -> Iterator[bytes]:
        """What a file holds, in portions; the first is small, since most files are."""
        file, connection = self._run(self._open(name, "rb")), self._connection
        size = SMALL
        try:
            while portion := self._run(file.read(size)):
                yield portion
                if len(portion) < size:
                    break
                size = PORTION * AT_ONCE
        finally:
            if self._connection is connection:
                with suppress(ConnectionLost):
                    self._run(file.close())

    def upload(self, name: str, file: File, sent: Callable[[int], None]) -> None:
        """From where a broken connection left it; that it is whole is proven when it is read back."""
        self._run(self._upload(name, file, sent))

    def rename(self, old: str, new: str) -> None:
        """In an instant, where the server knows OpenSSH's extension; else the old file goes a moment before."""
        self._run(self._rename(old, new))

    def claim(self, file: File) -> bool:
        """Made by whoever is first."""
        return self._run(self._claim(file))

    def remove(self, names: Sequence[str]) -> None:
        """Each file, then what is empty of the folders that it lay in."""
        for name in names:
            self._run(self._remove(name))

    def close(self) -> None:
        """End the connection; one that broke off is gone already."""
        if not self._loop.is_closed():
            with suppress(ConnectionLost, DeployError):
                self._run(self._disconnect(), connected=False)
            self._loop.close()

    async def _connect(self) -> None:
        options: dict[str, Any] = {"connect_timeout": PATIENCE, "keepalive_interval": PATIENCE / 3}
        if self._place.port:
            options["port"] = self._place.port
        if self._place.user:
            options["username"] = self._place.user
        if password := self._destination.password():
            options["password"] = password
        if configured := self._destination.settings.ssh_config:
            options["config"] = [str(self._destination.home / configured)]
        try:
            self._connection = await asyncssh.connect(self._place.host, **options)
        except (asyncssh.ConfigParseError, asyncssh.KeyImportError, FileNotFoundError) as error:
            told = f" ({error.filename})" if isinstance(error, FileNotFoundError) else f" ({error})"
            raise DeployError(
                f"{self._place.host}: your configuration of ssh cannot be read{told}; correct it, or name another with "
                f"targets.{self._destination.name}.ssh_config.",
                target=self._destination.name,
            ) from error
        self._sftp = await self._connection.start_sftp_client()
        self._made = set()

    async def _disconnect(self) -> None:
        connection, self._connection, self._sftp = self._connection, None, None
        if connection:
            connection.abort()
            await connection.wait_closed()

    async def _names(self) -> dict[str, int]:
        found: dict[str, int] = {}
        folders = [PurePosixPath()]
        while folders:
            asked, folders = folders[:AT_ONCE], folders[AT_ONCE:]
            for folder, entries in zip(asked, await asyncio.gather(*map(self._entries, asked)), strict=True):
                for entry in entries:
                    path = folder / str(entry.filename)
                    if entry.attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
                        folders.append(path)
                    else:
                        found[str(path)] = entry.attrs.size or 0
        return found

    async def _entries(self, folder: PurePosixPath) -> list[Any]:
        try:
            found = await self._sftp.readdir(str(self._root / folder))
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return []
        return [each for each in found if each.filename not in {".", ".."}]

    async def _open(self, name: str, mode: str) -> Any:
        try:
            return await self._sftp.open(str(self._root / name), mode, max_requests=AT_ONCE)
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath) as error:
            raise FileNotFoundError(name) from error

    async def _upload(self, name: str, file: File, sent: Callable[[int], None]) -> None:
        path = str(self._root / name)
        await self._make(PurePosixPath(name).parent)
        begun = 0
        with suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            begun = (await self._sftp.stat(path)).size or 0
        if begun > file.size:
            begun = 0
        sent(begun)
        async with self._sftp.open(path, "r+b" if begun else "wb", max_requests=AT_ONCE) as remote:
            with file.path.open("rb") as source:
                source.seek(begun)
                while portion := source.read(PORTION * AT_ONCE):
                    await remote.write(portion, begun)
                    begun += len(portion)
                    sent(len(portion))

    async def _rename(self, old: str, new: str) -> None:
        before, after = str(self._root / old), str(self._root / new)
        try:
            await self._sftp.posix_rename(before, after)
        except asyncssh.SFTPOpUnsupported:
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(after)
            await self._sftp.rename(before, after)

    async def _claim(self, file: File) -> bool:
        await self._make(PurePosixPath(file.name).parent)
        try:
            made = await self._sftp.open(str(self._root / file.name), "xb")
        except (asyncssh.SFTPFileAlreadyExists, asyncssh.SFTPFailure):  # version 3 of the protocol knows no better
            return False
        async with made:
            await made.write(file.path.read_bytes())
        return True

    async def _remove(self, name: str) -> None:
        with suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            await self._sftp.remove(str(self._root / name))
        for folder in PurePosixPath(name).parents[:-1]:
            try:
                await self._sftp.rmdir(str(self._root / folder))
            except asyncssh.SFTPError:  # not empty
                break
            self._made.discard(folder)

    async def _make(self, folder: PurePosixPath) -> None:
        if folder in self._made:
            return
        await self._sftp.makedirs(str(self._root / folder), exist_ok=True)
        self._made.add(folder)

    def _run(self, work: Coroutine[Any, Any, T], *, connected: bool = True) -> T:
        """What this gives, on a connection that is made where there is none; asyncssh's errors as ours."""
        host, name = self._place.host, self._destination.name
        try:
            return self._loop.run_until_complete(self._worked(work, connected=connected))
        except asyncssh.HostKeyNotVerifiable as error:
            port = f" -p {self._place.port}" if self._place.port else ""
            raise DeployError(
                f"{host}: its host key is not among those you know; run `ssh{port} {host}` once, compare the "
                "fingerprint with the one that your host names, and accept it.",
                target=name,
            ) from error
        except asyncssh.PermissionDenied as error:
            raise DeployError(
                f"{host}: the server does not let you in; check the user name, and your key or "
                f"{password_variable(name)}.",
                target=name,
            ) from error
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost) as error:
            raise self._lost() from error
        except asyncssh.SFTPPermissionDenied as error:
            raise DeployError(
                f"{host}: {self._root} may not be written to; change its permissions.", target=name
            ) from error
        except asyncssh.SFTPError as error:
            told = type(error).__name__.removeprefix("SFTP")
            raise DeployError(
                f"{host}: the server refused ({told}); check its free space, and targets.{name}.address.", target=name
            ) from error
        except (asyncssh.DisconnectError, asyncssh.misc.Error, TimeoutError, ConnectionError, EOFError) as error:
            raise self._lost() from error
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise self._lost() from error

    async def _worked(self, work: Coroutine[Any, Any, T], *, connected: bool) -> T:
        try:
            if connected and self._sftp is None:
                await self._connect()
            return await work
        finally:
            work.close()

    def _lost(self) -> ConnectionLost:
        self._loop.run_until_complete(self._disconnect())
        return ConnectionLost(
            f"{self._place.host}: the connection broke off or was not answered; start again, and what is there stays.",
            target=self._destination.name,
        )
