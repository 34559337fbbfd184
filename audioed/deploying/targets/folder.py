"""Publish into a folder of this machine: a web server's, a mounted disk, or a git work tree such as GitHub Pages'."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from audioed.deploying.target import PORTION, Destination, File, OneByOne
from audioed.errors import DeployError
from audioed.files import explained


class Folder(OneByOne):
    """A folder of this machine."""

    def __init__(self, destination: Destination) -> None:
        """The folder need not be there yet; what it lies in has to be, or an unmounted disk would be taken for one."""
        self._name = destination.name
        self._root = destination.home / Path(destination.settings.address).expanduser()
        self._folder = self._root / destination.folder
        self._commit = destination.settings.commit
        if not self._root.is_dir():
            raise DeployError(
                f"{self._root}: there is no such folder; make it, or correct targets.{self._name}.address.",
                target=self._name,
            )

    def names(self) -> dict[str, int]:
        """Every file below it; links are not followed."""
        found = {}
        with explained(self._folder):
            for where, _, files in os.walk(self._folder):
                for name in files:
                    path = Path(where, name)
                    found[path.relative_to(self._folder).as_posix()] = path.lstat().st_size
        return found

    def read(self, name: str) -> Iterator[bytes]:
        """What a file holds, in portions."""
        with self._path(name).open("rb") as file:
            while portion := file.read(PORTION):
                yield portion

    def upload(self, name: str, file: File, sent: Callable[[int], None]) -> None:
        """A copy, on the disk before it is read back."""
        path = self._path(name)
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with file.path.open("rb") as source, path.open("wb") as copy:
                while portion := source.read(PORTION):
                    copy.write(portion)
                    sent(len(portion))
                copy.flush()
                os.fsync(copy.fileno())
            self._let_read(path, file.path)

    def _let_read(self, path: Path, source: Path) -> None:
        """Whoever may read a file at home may read it here, and enter the folders that it lies in."""
        path.chmod(path.stat().st_mode | source.stat().st_mode & 0o444)
        entered = (source.stat().st_mode & 0o444) >> 2
        for folder in path.parents:
            if folder == self._root:
                break
            now = folder.stat().st_mode
            if now & 0o111 | entered != now & 0o111:
                folder.chmod(now | entered | entered << 2)

    def rename(self, old: str, new: str) -> None:
        """In an instant, as a file system does it."""
        with explained(self._path(new)):
            self._path(old).replace(self._path(new))

    def claim(self, file: File) -> bool:
        """Made by whoever is first."""
        path = self._path(file.name)
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with path.open("xb") as made, file.path.open("rb") as source:
                    shutil.copyfileobj(source, made)
            except FileExistsError:
                return False
        return True

    def remove(self, names: Sequence[str]) -> None:
        """Each file, then what is empty of the folders that it lay in."""
        for name in names:
            path = self._path(name)
            with explained(path):
                path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == self._folder:
                    break
                with suppress(OSError):  # not empty
                    folder.rmdir()

    def finish(self) -> str:
        """Commit and push the show's folder where the show asks for that: a host of pages then publishes it."""
        if not self._commit:
            return ""
        self._git("add", "--all", "--", self._folder.name)
        done = []
        if self._git("status", "--porcelain", "--", self._folder.name):
            self._git("commit", "--quiet", "--message", f"Publish {self._folder.name}", "--", self._folder.name)
            done.append("committed")
        has_upstream = subprocess.run(
            ["git", "-C", self._root, "rev-parse", "--abbrev-ref", "@{upstream}"],  # noqa: S607 - as the user calls it
            capture_output=True,
            check=False,
        )
        if has_upstream.returncode:
            return "committed; its branch has no upstream that it could be pushed to" if done else ""
        if self._git("rev-list", "--max-count=1", "@{upstream}..HEAD"):  # of an earlier deploy, too
            self._git("push", "--quiet")
            done.append("pushed")
        return " and ".join(done)

    def close(self) -> None:
        """Nothing is held."""

    def _git(self, *arguments: str) -> str:
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        try:
            done = subprocess.run(
                ["git", "-C", self._root, *arguments],  # noqa: S607 - as the user calls it
                capture_output=True,
                text=True,
                check=False,
                env=environment,
            )
        except FileNotFoundError as error:
            raise DeployError(
                f"git is not installed; install it, or set targets.{self._name}.commit to false.", target=self._name
            ) from error
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines() or ["it does not say why"]
            why = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
            raise DeployError(
                f"{self._root}: `git {arguments[0]}` failed ({why}); run it by hand to see why.",
                target=self._name,
            )
        return done.stdout.strip()

    def _path(self, name: str) -> Path:
        return self._folder / name
