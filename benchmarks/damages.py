"""What happens to a show's own things: disks, caches, nouns, titles and clocks, for benchmarks/faults.py."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import titles as odd

import audioed
from audioed import show as front
from audioed.errors import AudioedError
from tests import gaps
from tests.quick import quicken
from tests.test_full_disk import ARTICLE, NAMESPACE, SCRIPT, may_mount

DAY = date(2026, 3, 14)
TEXT = "# {title}\n\nThis is the text of {title}, which is long enough to be read. It has a second sentence, too.\n"
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "zeros": lambda data: bytes(len(data)),
    "noise in it": lambda data: data[: len(data) // 3] + random.Random(3).randbytes(64) + data[len(data) // 3 :],  # noqa: S311
    "another's": lambda _: b'{"schema": 6, "colour": "red"}\n',
    "deeper than any": lambda _: b"[" * 100_000,
}
QUICK = ("empty", "noise in it")


def show(home: Path) -> audioed.Show:
    """A show of the silent voice, which reads one folder."""
    (home / "empty").mkdir(exist_ok=True, parents=True)
    (home / "audioed.toml").write_text(gaps.SETTINGS, "utf-8")
    return audioed.open(home, output=home / "output", cache=home / "cache")


def put(home: Path, title: str) -> Path:
    """An article that no episode reads yet."""
    path = home / "empty" / f"{title.lower()}.md"
    path.write_text(TEXT.format(title=title), "utf-8")
    return path


@contextmanager
def quick(home: Path) -> Iterator[audioed.Show]:
    """The same, with recordings that are stubs."""
    changed: list[tuple[object, str, object]] = []

    def setattr_(thing: object, name: str, value: object) -> None:
        changed.append((thing, name, getattr(thing, name)))
        setattr(thing, name, value)

    quicken(SimpleNamespace(setattr=setattr_))
    fsync, os.fsync = os.fsync, lambda _: None
    try:
        yield show(home)
    finally:
        os.fsync = fsync
        for thing, name, value in changed:
            setattr(thing, name, value)


def full_disks(times: int) -> Iterator[tuple[str, list[str]]]:
    """Builds on a disk that is really full, with so much room left."""
    if not may_mount():
        print("a full disk, a real one: skipped, for nothing can be mounted here (unshare --mount)", file=sys.stderr)
        return
    free = [0, *(4096 * (1 + number * number) for number in range(times - 1))]
    with tempfile.TemporaryDirectory() as disk:
        line = [*NAMESPACE, sys.executable, str(SCRIPT), disk, str(ARTICLE), *map(str, free)]
        done = subprocess.run(line, capture_output=True, check=True)
    _, *tried, last = json.loads(done.stdout)
    for room, seen in zip(free, tried, strict=True):
        wrong = [] if seen["code"] in {0, 1} else [f"ends with {seen['code']}"]
        wrong += ["no sentence for it"] if seen["code"] == 1 and "the disk is full" not in seen["told"] else []
        wrong += ["the feed is broken"] if seen["broken"] or not all(seen["whole"]) or len(seen["titles"]) != 1 else []
        wrong += [f"{len(seen['half_made'])} files are half-made"] if seen["half_made"] else []
        yield f"{room} bytes left", wrong
    yield "room again", [] if last["titles"] == ["The second"] and not last["broken"] else ["it is not built again"]


def caches(*, brief: bool) -> Iterator[tuple[str, list[str]]]:
    """Each kind of thing in the cache damaged in each way, and the show built anew from it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        own = show(home)
        article = put(home, "Alpha")
        own.render(article, day=DAY)
        calm, cache, kept = gaps.tree(home), home / "cache", home / "cache-before"
        shutil.move(cache, kept)
        for kind in sorted(each.name for each in kept.iterdir() if each.is_dir()):
            for name in QUICK if brief else DAMAGES:
                shutil.rmtree(cache, ignore_errors=True)
                shutil.rmtree(home / "output")
                shutil.copytree(kept, cache)
                for path in (path for path in (cache / kind).rglob("*") if path.is_file()):
                    path.write_bytes(DAMAGES[name](path.read_bytes()))
                yield f"{kind}, {name}", list(_again(lambda: own.render(article, day=DAY), home, calm))


def nouns(*, brief: bool) -> Iterator[tuple[str, list[str]]]:
    """Each file of a show damaged in each way; a night may say so, and all others stay. Put back, all is as it was."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        with quick(home) as own:
            for title in ("Alpha", "Beta"):
                put(home, title)
                own.nightly(DAY)
            own.nightly(DAY)
            calm, kept = gaps.tree(home), home / "output-before"
            shutil.copytree(home / "output", kept)
            files = [each for each in sorted(calm) if "/public/" not in each]
            for name in files[:: 6 if brief else 1]:
                for how in QUICK[:1] if brief else DAMAGES:
                    yield f"{name}, {how}", list(_damaged(own, home, name, how, calm))


def _damaged(own: audioed.Show, home: Path, name: str, how: str, calm: dict[str, bytes]) -> Iterator[str]:
    gaps._put_back(home / "output-before", home / "output")  # noqa: SLF001
    path = home / name
    path.unlink()
    path.write_bytes(DAMAGES[how](calm[name]))
    try:
        own.nightly(DAY + timedelta(1))
    except AudioedError as error:
        told = str(error)
        if not told.endswith((".", "?")):
            yield f"is told as {told!r}"
    except Exception as error:  # noqa: BLE001 - what has no sentence
        yield f"{type(error).__name__}: {error}"
    yield from gaps.public_faults(home)
    others = {each for each in calm if each.endswith(".mp3") and each.split("/")[2] != name.split("/")[2]}
    gone = [each for each in others if "/public/" in each and not (home / each).is_file()]
    if gone and len(name.split("/")) == 4:  # a part of one episode
        yield f"{len(gone)} files of other episodes are not public any more"
    path.unlink(missing_ok=True)
    path.write_bytes(calm[name])
    yield from _again(own.publish, home, calm)


def _again(build: Callable[[], object], home: Path, calm: dict[str, bytes]) -> Iterator[str]:
    """What a build makes otherwise than one that was never disturbed."""
    try:
        build()
    except Exception as error:  # noqa: BLE001 - whatever it is
        yield f"{type(error).__name__}: {error}"
        return
    now = gaps.tree(home)
    if apart := sorted(path for path in {*calm, *now} if calm.get(path) != now.get(path)):
        yield f"other bytes in {', '.join(apart[:3])}"


def titles(most: int | None) -> Iterator[tuple[str, list[str]]]:
    """Pages and files with every kind of odd character in their titles, taken to all that listeners get."""
    chance = random.Random(11)  # noqa: S311 - to repeat, not to hide
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        own = show(home)
        for number, piece in enumerate(odd.PIECES[:most]):
            name, data = odd.carriers(f"The {piece} ferry{piece}", chance)
            path = home / name
            path.write_bytes(data)
            wrong = []
            try:
                (article,) = own.extract(path).articles
                wrong = list(odd.faults(article, home / "out" / str(number), drawn=not number % 10))
            except AudioedError:
                pass  # a sentence
            except Exception as error:  # noqa: BLE001 - what has no sentence
                wrong = [f"{type(error).__name__}: {error}"]
            strangers = list(home.parent.glob("*ferry*"))
            yield ascii(piece)[:40], [*wrong, *(f"{each} is outside" for each in strangers)]
            path.unlink()


def clocks(times: int) -> Iterator[tuple[str, list[str]]]:
    """Nights whose clock, and whose files' times, jump by days, years and back."""
    chance = random.Random(5)  # noqa: S311 - to repeat, not to hide
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        with quick(home) as own:
            moment = datetime(2026, 3, 14, 4, 15, tzinfo=UTC)
            for number in range(times):
                jump = chance.choice((-1, 1)) * timedelta(
                    days=chance.choice((0, 1, 30, 400, 9_000)), hours=chance.random()
                )
                moment += jump
                path = put(home, f"Article{number}")
                for each in (path, *home.glob("output/*/*/episode.json")):
                    stamp = (moment + chance.choice((-1, 1)) * timedelta(days=chance.choice((0, 3_000)))).timestamp()
                    os.utime(each, (stamp, stamp))
                with mock.patch.object(front, "datetime", _stopped(moment)):
                    first, second = own.nightly().episode, own.nightly().episode
                wrong = (
                    [] if first and [each.title for each in first.sources] == [f"Article{number}"] else ["is not read"]
                )
                wrong += ["is read twice"] if second else []
                wrong += [] if sum(1 for _ in own.episodes()) == number + 1 else ["an episode is lost"]
                yield f"jump of {jump}", [*wrong, *gaps.feed_faults(home)]


def _stopped(moment: datetime) -> type[datetime]:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    return Stopped
