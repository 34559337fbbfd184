"""Publish into a bucket of Amazon S3, or of any service that speaks its protocol."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from audioed.config import password_variable
from audioed.deploying.headers import caching, content_type
from audioed.deploying.target import PORTION, Destination, File, Watcher, located, missing_extra
from audioed.errors import ConnectionLost, DeployError
from audioed.model import Seconds

try:
    import obstore
    from obstore import exceptions
    from obstore.store import S3Store
except ImportError:  # told when a target is made
    obstore = None  # type: ignore[assignment]

PATIENCE: Seconds = 60.0
"""How long a question, or a small file, may take."""
SMALL = 1_000_000
"""Bytes."""
LONG: Seconds = 3600.0
"""How long a larger file may take: 100 MB at 220 kbit/s."""
IN_PARTS = 100_000_000
"""Bytes from which a file is sent in parts; up to here the server tells the MD5 of what it has."""
MD5 = re.compile(r'"?([0-9a-f]{32})"?')
"""An entity tag that is the MD5 of the content, as S3 gives for what was sent at once and not encrypted with KMS."""


class S3:
    """A prefix in a bucket. A file appears there when all of it has arrived, so none has a temporary name."""

    def __init__(self, destination: Destination) -> None:
        """Nothing is asked of the server yet."""
        if obstore is None:
            raise missing_extra(destination.name, "s3")
        place = located(destination, "s3")
        settings = destination.settings
        self._name, self._bucket = destination.name, place.host
        options: dict[str, Any] = {"checksum_algorithm": "SHA256"}
        if settings.endpoint:
            options["endpoint"] = settings.endpoint
        if settings.region or settings.endpoint:
            options["region"] = settings.region or "us-east-1"
        password = destination.password()
        if place.user and password:
            options |= {"access_key_id": place.user, "secret_access_key": password}
        prefix = "/".join(part for part in (place.path.strip("/."), destination.folder) if part)
        self._store, self._slow = (
            S3Store(
                place.host,
                prefix=prefix,
                client_options=_client(seconds),
                retry_config={"max_retries": 0},
                **options,
            )
            for seconds in (PATIENCE, LONG)
        )

    def names(self) -> dict[str, int]:
        """Every object below the prefix."""
        with self._explained():
            found = [each for portion in obstore.list(self._store) for each in portion]
        return {each["path"]: each["size"] for each in found}

    def read(self, name: str) -> Iterator[bytes]:
        """What an object holds, in portions."""
        with self._explained():
            for portion in obstore.get(self._slow, name).stream(min_chunk_size=PORTION):
                yield bytes(portion)

    def same(self, files: Sequence[File]) -> set[str]:
        """By the MD5 that the service tells, where it does; else they are read back."""
        found = set()
        for file in files:
            try:
                with self._explained():
                    tag = obstore.head(self._store, file.name)["e_tag"]
                if self._holds(file, tag):
                    found.add(file.name)
            except FileNotFoundError:
                continue
        return found

    def put(self, files: Sequence[File], watcher: Watcher) -> None:
        """Each in its turn, with what a server should say of it; the service checks its SHA-256, too."""
        for file in files:
            attributes: Any = {"Content-Type": content_type(file.name), "Cache-Control": caching(file.name)}
            with self._explained():
                result = obstore.put(
                    self._slow if file.size > SMALL else self._store,
                    file.name,
                    file.path,
                    attributes=attributes,
                    use_multipart=file.size > IN_PARTS,
                )
            if not self._holds(file, result["e_tag"]):
                raise ConnectionLost(f"{file.name} arrived damaged; it is sent again.", target=self._name)
            watcher.sent(file.size)
            watcher.done(file)

    def claim(self, file: File) -> bool:
        """Made by whoever is first, where the service knows conditional writes; else who wrote last has it."""
        with suppress(FileNotFoundError), self._explained():
            obstore.head(self._store, file.name)  # a refused upload leaves some services' connections unusable
            return False
        try:
            with self._explained():
                obstore.put(self._store, file.name, file.path, mode="create")
        except FileExistsError:
            return False
        return b"".join(self.read(file.name)) == file.path.read_bytes()

    def remove(self, names: Sequence[str]) -> None:
        """One by one: not every service can remove many at once."""
        for name in names:
            try:
                with self._explained():
                    obstore.delete(self._store, name)
            except FileNotFoundError:
                continue

    def finish(self) -> str:
        """Nothing remains to be done."""
        return ""

    def close(self) -> None:
        """The library lets go of its connections by itself."""

    def _holds(self, file: File, tag: str | None) -> bool:
        if told := MD5.fullmatch(tag or ""):
            with file.path.open("rb") as source:
                if hashlib.file_digest(source, lambda: hashlib.md5(usedforsecurity=False)).hexdigest() == told[1]:
                    return True
        found = hashlib.sha256()
        for portion in self.read(file.name):
            found.update(portion)
        return found.hexdigest() == file.sha256

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """The library's errors as ours."""
        try:
            yield
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise DeployError(
                    f"there is no bucket {self._bucket!r}; make it, or correct targets.{self._name}.address.",
                    target=self._name,
                ) from error
            raise FileNotFoundError(self._bucket) from error
        except exceptions.AlreadyExistsError as error:
            raise FileExistsError(self._bucket) from error
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
            raise DeployError(
                f"the bucket {self._bucket!r} may not be used with this key; check targets.{self._name}.user and "
                f"{password_variable(self._name)}, and what the key may do.",
                target=self._name,
            ) from error
        except exceptions.BaseError as error:
            raise ConnectionLost(
                f"the bucket {self._bucket!r} was not reached, or the connection broke off; start again, and what is "
                "there stays.",
                target=self._name,
            ) from error


def _client(seconds: Seconds) -> Any:
    """How a server is asked, where all of a request may take so long."""
    patience = timedelta(seconds=PATIENCE)
    return {"timeout": timedelta(seconds=seconds), "connect_timeout": patience, "allow_http": True}
