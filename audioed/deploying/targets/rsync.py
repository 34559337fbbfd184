"""Publish with the rsync program over ssh, which sends of a changed file only what changed in it."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from audioed.deploying.target import MARK, PORTION, Destination, File, Watcher, located
from audioed.errors import ConnectionLost, DeployError
from audioed.model import Seconds

PATIENCE: Seconds = 60
"""How long a server may be silent; whole seconds."""
BROKEN = frozenset({10, 12, 30, 35, 255})
"""Exit codes of rsync for sockets, streams and time-outs, and that of ssh (rsync(1), EXIT VALUES)."""
PARTIAL, GONE = 23, 24
"""Exit codes for some files that could not be sent, and for some that vanished."""


class Rsync:
    """A folder behind an SSH server that has rsync; many files go in one run, and rsync itself verifies each."""

    def __init__(self, destination: Destination) -> None:
        """Nothing is asked of the server yet."""
        self._name = destination.name
        program = shutil.which("rsync")
        if not program:
            raise DeployError(
                f'the target {self._name!r} needs rsync, which is not installed; install it, or use kind = "sftp".',
                target=self._name,
            )
        place = located(destination, "ssh")
        self._host = place.host
        ssh = ["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", f"ConnectTimeout={PATIENCE:g}"]
        if place.port:
            ssh += ["-p", str(place.port)]
        if configured := destination.settings.ssh_config:
            ssh += ["-F", str(destination.home / configured)]
        self._shared = TemporaryDirectory(prefix="audioed-")
        if os.name == "posix":  # all runs share a connection; elsewhere ssh cannot do that
            ssh += ["-o", "ControlMaster=auto", "-o", f"ControlPath={self._shared.name}/%C", "-o", "ControlPersist=60"]
        self._ssh = [*ssh, f"{place.user}@{place.host}" if place.user else place.host]
        self._run_with = [program, f"--rsh={shlex.join(ssh)}", f"--timeout={PATIENCE:g}", "--protect-args"]
        self._root = f"{self._ssh[-1]}:{PurePosixPath(place.path) / destination.folder}/"

    def names(self) -> dict[str, int]:
        """Every file below it; links are not followed."""
        with TemporaryDirectory() as nowhere:
            told = self._rsync(
                "-rn", "-8", "--out-format=%l %n", self._root, f"{nowhere}/", allowed=(PARTIAL,), absent="No such file"
            )
        rows = (line.split(" ", 1) for line in told.split("\n") if line and not line.endswith("/"))
        return {name: int(size) for size, name in rows if size.isdecimal()}

    def read(self, name: str) -> Iterator[bytes]:
        """What a file holds; it is fetched first."""
        with TemporaryDirectory() as folder:
            copy = Path(folder, "copy")
            self._rsync(f"{self._root}{name}", str(copy), allowed=(PARTIAL,), absent="No such file")
            with copy.open("rb") as file:
                while portion := file.read(PORTION):
                    yield portion

    def same(self, files: Sequence[File]) -> set[str]:
        """By the checksums of both sides; nothing is sent."""
        differing: set[str] = set()
        for root, names in _by_root(files).items():
            told = self._rsync(
                "-rcn", "-8", "--files-from=-", "--from0", "--out-format=%n", f"{root}/", self._root, names=names
            )
            differing |= set(told.split("\n"))
        return {file.name for file in files} - differing

    def put(self, files: Sequence[File], watcher: Watcher) -> None:
        """All in one run: rsync makes each beside its place and renames it once its checksum is right."""
        for root, names in _by_root(files).items():
            self._rsync(
                "-rI", "--files-from=-", "--from0", f"--partial-dir={MARK}-partial", "--chmod=D755,F644",
                f"{root}/", self._root, names=names,
            )  # fmt: skip
        for file in files:
            watcher.sent(file.size)
            watcher.done(file)

    def claim(self, file: File) -> bool:
        """Put there unless there is one, and read back: of two at once, who wrote last has it."""
        for root, names in _by_root([file]).items():
            self._rsync("-r", "--ignore-existing", "--files-from=-", "--from0", f"{root}/", self._root, names=names)
        return b"".join(self.read(file.name)) == file.path.read_bytes()

    def remove(self, names: Sequence[str]) -> None:
        """Names that are missing on this side are removed on the other; folders stay."""
        if not names:
            return
        with TemporaryDirectory() as nothing:
            for name in names:
                Path(nothing, name).parent.mkdir(parents=True, exist_ok=True)  # or rsync takes its folder for gone
            self._rsync(
                "-r", "--existing",
                "--delete-missing-args", "--files-from=-", "--from0", f"{nothing}/", self._root, names=names,
                allowed=(GONE,),
            )  # fmt: skip

    def finish(self) -> str:
        """Nothing remains to be done."""
        return ""

    def close(self) -> None:
        """End the connection that the runs share."""
        if any(Path(self._shared.name).glob("*")):
            subprocess.run([*self._ssh[:-1], "-O", "exit", self._ssh[-1]], capture_output=True, check=False)
        self._shared.cleanup()

    def _rsync(self, *arguments: str, names: Sequence[str] = (), allowed: Sequence[int] = (), absent: str = "") -> str:
        """What rsync says; FileNotFoundError where it says that what is asked for is absent."""
        done = subprocess.run(
            [*self._run_with, *arguments],
            input="\0".join(names),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        if done.returncode == 0 or (done.returncode in allowed and not absent):
            return done.stdout
        if done.returncode in allowed and absent in done.stderr:
            if "--out-format=%l %n" in arguments:
                return ""
            raise FileNotFoundError(arguments[0])
        raise self._failed(done.returncode, done.stderr)

    def _failed(self, code: int, told: str) -> DeployError:
        if "Host key verification failed" in told or "host key is known" in told:
            return DeployError(
                f"{self._host}: its host key is not among those you know; run `ssh {self._host}` once, compare the "
                "fingerprint with the one that your host names, and accept it.",
                target=self._name,
            )
        if re.search(r"Permission denied \(", told):
            return DeployError(
                f"{self._host}: the server does not let you in; check the user name and your key.", target=self._name
            )
        if re.search(r"command not found|rsync: not found", told):
            return DeployError(
                f'{self._host}: has no rsync; install it there, or use kind = "sftp".', target=self._name
            )
        if code in BROKEN:
            return ConnectionLost(
                f"{self._host}: the connection broke off or was not answered; start again, and what is there stays.",
                target=self._name,
            )
        lines = [line for line in told.splitlines() if line.strip()] or ["it does not say why"]
        return DeployError(f"{self._host}: rsync failed ({lines[0]}); see that first.", target=self._name)


def _by_root(files: Sequence[File]) -> dict[Path, list[str]]:
    """The names of files, by the folder that they are seen from."""
    found: dict[Path, list[str]] = {}
    for file in files:
        found.setdefault(file.path.parents[len(PurePosixPath(file.name).parts) - 1], []).append(file.name)
    return found
