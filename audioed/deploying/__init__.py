"""Deploying: a show's public folder, and nothing else, sent to where its listeners fetch it."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import quote, urlsplit

from audioed.addresses import web_address
from audioed.config import Config
from audioed.deploying import hub
from audioed.deploying.lock import Lock, owner
from audioed.deploying.manifest import Known, Manifest, loose, read_manifest
from audioed.deploying.plan import Plan, is_published, planned, public_files, refuse_loss
from audioed.deploying.target import Destination, File, Target, Watcher, load
from audioed.errors import AudioedError, ConfigError, ConnectionLost, DeployError
from audioed.files import content_hash
from audioed.model import Seconds
from audioed.passwords import password
from audioed.reach import is_loopback
from audioed.store import FEED, PRIVATE, Store

__all__ = ["Deployed", "Shares", "Watcher", "chosen", "deploy", "is_published"]
T = TypeVar("T")
log = logging.getLogger(__name__)
TRIES = 5
BACK_OFF: Seconds = 1.0
"""Before a broken connection is made anew; twice as long each further time."""
PART = 100_000_000
"""Bytes that are sent between two looks at the lock: an hour's lease is enough at 0.3 Mbit/s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """What a deploy did, or would do."""

    target: str
    sent: Mapping[str, int]
    """Files in the order in which they were sent, with their bytes."""
    removed: Mapping[str, int]
    """Files that were removed, with their bytes."""
    notes: tuple[str, ...] = ()
    """What should be looked at, though all was sent."""

    @property
    def size(self) -> int:
        """Bytes that were sent."""
        return sum(self.sent.values())


class Shares(Watcher):
    """Tells which share of the bytes has been sent."""

    def __init__(self, progress: Callable[[float], object], size: int) -> None:
        """`size` is all bytes that will be sent."""
        self._progress, self._size, self._sent = progress, size, 0

    def sent(self, count: int) -> None:
        """What is sent twice, since a connection broke off, takes the share no further than the end."""
        self._sent += count
        self._progress(min(1.0, self._sent / self._size) if self._size else 1.0)


def chosen(config: Config, name: str | None) -> str:
    """The target that is meant; ConfigError where that is not clear."""
    wanted = name or config.publishing.deploy
    if not wanted and len(config.targets) == 1:
        wanted = next(iter(config.targets))
    if wanted in config.targets:
        return wanted
    if not config.targets:
        raise ConfigError("no target is set; add a table such as [targets.web] to audioed.toml.", key="targets")
    known = ", ".join(config.targets)
    if wanted:
        raise ConfigError(f"there is no target {wanted!r}; the targets are {known}.", key="targets")
    raise ConfigError(f"which target is meant? Name one of {known}, or set publishing.deploy.", key="publishing.deploy")


def deploy(  # noqa: PLR0913 - a switch each
    public: Path,
    store: Store,
    config: Config,
    name: str,
    watcher: Callable[[int], Watcher] = lambda _size: Watcher(),
    *,
    dry_run: bool = False,
    adopt: bool = False,
    check: bool = False,
    prune: bool = False,
) -> Deployed:
    """
    Bring a target to what the show's public folder holds; with `dry_run`, only tell what that would be.

    `adopt` replaces what others have put there under the names of our files; `check` compares each file byte by byte;
    `prune` removes recordings that are gone here however many they are.
    `watcher` gets the bytes that will be sent, and gives what hears of them. What a connection that broke off leaves
    undone is tried again, then left to the next deploy: the feed at the target is whole all the while. DeployError
    tells what went wrong.
    """
    folder = store.show_folder.name
    destination = Destination(name, config.targets[name], folder, store.home, lambda: password(name))
    _refuse_own_folder(destination, store)
    with store.lock(f"deploy-{name}", wait=False), closing(load(destination)) as target:
        for attempt in range(TRIES):
            try:
                with store.lock("feed"):  # no build changes the folder while it is looked through
                    local = public_files(public, store.cache, owner(store.show_folder))
                with TemporaryDirectory() as scratch:
                    work = _Work(target, name, Path(scratch), owner(store.show_folder), adopt, check, prune)
                    done = work.planned(local) if dry_run else work.run(local, watcher)
                break
            except SourceChanged:
                if attempt == TRIES - 1:
                    raise
            except ConnectionLost as error:
                raise ConnectionLost(str(error), target=name) from error
    if dry_run or (not done.sent and not done.removed):
        return done
    return replace(done, notes=(*done.notes, *_announced(done, public, folder, config)))


def _announced(done: Deployed, public: Path, folder: str, config: Config) -> list[str]:
    """Look at the feed where listeners do, and tell the hub of each that anybody may have; what went wrong."""
    base = web_address(config.publishing.base_url).rstrip("/")
    home = f"{base}/{quote(folder, safe='')}"
    told = []
    if FEED in done.sent:
        told = [
            _only_here(base)
            if is_loopback(urlsplit(base).hostname or "")
            else hub.unseen(f"{home}/{FEED}", content_hash(public / FEED))
        ]
    if config.publishing.hub:
        public_feeds = [
            name for name in done.sent if PurePosixPath(name).name == FEED and not name.startswith(f"{PRIVATE}/")
        ]
        told += [hub.pinged(web_address(config.publishing.hub), f"{home}/{quote(name)}") for name in public_feeds]
    return [each for each in told if each]


def _only_here(base: str) -> str:
    return (
        f"the feed and pages lead to {base}, which only this machine reaches; set base_url in [publishing] to the web "
        "address of the target, and deploy again."
    )


@dataclass(slots=True)
class _Work:
    """A deploy at work."""

    target: Target
    name: str
    scratch: Path
    owner: str
    adopt: bool
    check: bool
    prune: bool

    def planned(self, local: Mapping[str, File]) -> Deployed:
        """What would be done; nothing is written."""
        plan, _ = self._again(lambda: self._plan(local, adopt=True))
        return self._told(plan)

    def run(self, local: Mapping[str, File], watcher: Callable[[int], Watcher]) -> Deployed:
        """Plan it and do it, alone at the target."""
        lock = Lock(self.target, self.name, self.scratch, self.owner)
        self._again(lock.take)
        try:
            plan, manifest = self._again(lambda: self._plan(local, adopt=self.adopt))
            if not self.prune:
                refuse_loss(plan.removed, local)
            if plan.files or plan.removed or plan.leftovers or plan.adopted:
                self._carry_out(plan, manifest, lock, watcher(plan.size))
        finally:
            with suppress(DeployError):  # what went wrong is told already; an old lock ends by itself
                lock.release()
        note = self.target.finish()
        return replace(self._told(plan), notes=(note,) if note else ())

    def _plan(self, local: Mapping[str, File], *, adopt: bool) -> tuple[Plan, Manifest]:
        lie = self.target.names()
        manifest = read_manifest(lie, self.target)
        if self.check:
            manifest.doubt()
        return planned(local, lie, manifest, self.target, adopt=adopt), manifest

    def _carry_out(self, plan: Plan, manifest: Manifest, lock: Lock, watcher: Watcher) -> None:
        """First what is about to be done is noted at the target, so that a deploy that is killed is no riddle."""
        groups = [[self._frozen(file) for file in group] for group in plan.groups]
        begun = {file.name: Known(file.size, "") for file in plan.files}
        begun |= {name: Known(size, "") for name, size in plan.removed.items()}
        adopted = {file.name: Known(file.size, file.sha256) for file in plan.adopted}
        self._again(lambda: manifest.add({**begun, **adopted}, self.target, self.scratch))
        for group in (part for whole in groups for part in _parts(whole)):
            if lock.is_old or group[0].name.endswith(".xml"):
                self._again(lock.renew)
            rest = _Rest(group, watcher)
            self._again(lambda rest=rest: self._send(rest))  # type: ignore[misc]
        self._again(lock.renew)
        self._again(lambda: self.target.remove([*plan.removed, *plan.leftovers]))
        sent = {file.name: Known(file.size, file.sha256) for file in plan.files}
        self._again(lambda: manifest.add({**sent, **dict.fromkeys(plan.removed)}, self.target, self.scratch))

    def _frozen(self, file: File) -> File:
        """A feed as it was planned: one that a build writes meanwhile names files that are not there yet."""
        if not file.name.endswith(".xml"):
            return file
        with suppress(FileNotFoundError):
            data = file.path.read_bytes()
            if sha256(data).hexdigest() == file.sha256:
                return loose(self.scratch, file.name, data)
        raise SourceChanged(file.name)

    def _send(self, rest: "_Rest") -> None:
        try:
            self.target.put(rest.files, rest)
        except (AudioedError, OSError):
            for file in rest.files:
                if not file.path.is_file() or content_hash(file.path) != file.sha256:
                    raise SourceChanged(file.name) from None
            raise

    def _again(self, work: Callable[[], T]) -> T:
        """What this gives, asked again where the connection breaks off."""
        for attempt in range(TRIES - 1):
            try:
                return work()
            except ConnectionLost as error:
                log.debug("%s", error)
                time.sleep(BACK_OFF * 2**attempt)
        return work()

    def _told(self, plan: Plan) -> Deployed:
        sent = {file.name: file.size for file in plan.files}
        return Deployed(target=self.name, sent=sent, removed=plan.removed)


def _refuse_own_folder(destination: Destination, store: Store) -> None:
    """ConfigError for a target that is the show's own folder, around it or in it: deploying would delete the show."""
    if destination.settings.kind != "folder":
        return
    root = (destination.home / Path(destination.settings.address).expanduser()).resolve() / destination.folder
    show = store.show_folder.resolve()
    if root.is_relative_to(show) or show.is_relative_to(root):
        key = f"targets.{destination.name}.address"
        raise ConfigError(f"{key}: is where audioed keeps the show itself; name another folder.", key=key)


def _parts(group: Sequence[File]) -> Iterator[list[File]]:
    """A group in parts, between which the lock is renewed: a first deploy may take hours."""
    part: list[File] = []
    for file in group:
        part.append(file)
        if sum(each.size for each in part) >= PART:
            yield part
            part = []
    if part:
        yield part


class SourceChanged(DeployError):
    """A file that a build has changed since the deploy began, which then begins anew."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} changes again and again; deploy when no build is at work.", target="")


class _Rest(Watcher):
    """What remains of a group, when some of it is there."""

    def __init__(self, files: list[File], watcher: Watcher) -> None:
        self.files, self._watcher = files, watcher

    def sent(self, count: int) -> None:
        """Passed on."""
        self._watcher.sent(count)

    def done(self, file: File) -> None:
        """It need not be sent again."""
        self.files = [each for each in self.files if each.name != file.name]
        self._watcher.done(file)
