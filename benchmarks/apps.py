"""Real podcast apps and parsers, each told to read a feed and to download what it names: what each of them saw."""

import json
import os
import pty
import select
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120
"""Seconds that an app may take."""


@dataclass(frozen=True)
class Seen:
    """What an app saw of an episode; None for what it does not look at."""

    url: str
    title: str | None = None
    guid: str | None = None
    seconds: float | None = None
    chapters: int | None = None
    transcripts: int | None = None
    image: str | None = None
    sound: Path | None = None
    """The file that it downloaded."""


@dataclass(frozen=True)
class App:
    """A podcast app, or a library that apps are made of."""

    name: str
    version: Callable[[Path], str]
    """Empty where it is not there; takes the folder with the packages of Python and Node."""
    see: Callable[[str, Path, Path], list[Seen]]
    """Takes the feed's address, the app's own folder, empty the first time, and the folder of packages."""
    told: str
    """What of it was run."""
    remembers: bool = True
    """Whether it knows the next time what it saw before."""


def run(line: Sequence[str | Path], home: Path, **more: str) -> str:
    """What a program prints, which lives in this folder and nowhere else."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON"))}
    environment |= {"HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm", **more}
    ended = subprocess.run(
        [str(each) for each in line], env=environment, cwd=home, capture_output=True, timeout=PATIENCE, check=False
    )
    if ended.returncode:
        raise RuntimeError(f"{line[0]} ended with {ended.returncode}: {ended.stderr.decode(errors='replace')[-2000:]}")
    return ended.stdout.decode()


def rows(database: Path, query: str) -> Iterator[sqlite3.Row]:
    """What an app has put into its database."""
    with closing(sqlite3.connect(database)) as opened:
        opened.row_factory = sqlite3.Row
        yield from opened.execute(query).fetchall()


def debian(package: str) -> Callable[[Path], str]:
    """The version of a Debian package; empty where it is not installed."""

    def version(_packages: Path) -> str:
        if not shutil.which("dpkg-query"):
            return ""
        line = ["dpkg-query", "--show", "--showformat", "${Version}", package]
        return subprocess.run(line, capture_output=True, text=True, check=False).stdout.strip()

    return version


def python(package: str) -> Callable[[Path], str]:
    """The version of a Python package among the packages."""

    def version(packages: Path) -> str:
        code = f"import importlib.metadata as m; print(m.version({package!r}))"
        line = [packages / "python/bin/python", "-c", code]
        return subprocess.run(line, capture_output=True, text=True, check=False).stdout.strip()

    return version


def node(package: str) -> Callable[[Path], str]:
    """The version of an npm package among the packages."""

    def version(packages: Path) -> str:
        path = packages / "node_modules" / package / "package.json"
        return json.loads(path.read_text("utf-8"))["version"] if path.is_file() else ""

    return version


def gpodder(feed: str, home: Path, _packages: Path) -> list[Seen]:
    """GPodder's command line: subscribe, the next time look for what is new, and download that."""
    where = {"GPODDER_HOME": str(home), "GPODDER_DOWNLOAD_DIR": str(home / "downloads")}
    for command in (["update"] if (home / "Database").is_file() else ["subscribe", feed], ["download"]):
        run(["gpo", "-q", *command], home, **where)
    query = "select e.*, p.download_folder folder from episode e join podcast p on p.id = e.podcast_id"
    return [
        Seen(
            url=each["url"],
            title=each["title"],
            guid=each["guid"],
            seconds=each["total_time"],
            chapters=len(json.loads(each["chapters"] or "[]")) if "chapters" in each.keys() else None,  # noqa: SIM118
            image=each["episode_art_url"] if "episode_art_url" in each.keys() else None,  # noqa: SIM118
            sound=home / "downloads" / each["folder"] / (each["download_filename"] or "-"),
        )
        for each in rows(home / "Database", query)
    ]


def newsboat(feed: str, home: Path, _packages: Path) -> list[Seen]:
    """Newsboat: reload, which puts every episode into the queue; then podboat, on a terminal, downloads that."""
    (home / "urls").write_text(f"{feed}\n")
    (home / "config").write_text(f'podcast-auto-enqueue yes\ndownload-path "{home}/downloads/"\nmax-downloads 2\n')
    (home / ".newsboat").mkdir(exist_ok=True)
    run(["newsboat", "-u", home / "urls", "-c", home / "cache.db", "-C", home / "config", "-x", "reload"], home)
    queue = home / ".newsboat" / "queue"
    files = {}
    if queue.is_file():
        files = {line.split()[0]: line.split('"')[1] for line in queue.read_text("utf-8").splitlines()}
        _podboat(home, queue, list(files.values()))
    return [
        Seen(
            url=each["enclosure_url"],
            title=each["title"],
            guid=each["guid"],
            sound=Path(files.get(each["enclosure_url"], "-")),
        )
        for each in rows(home / "cache.db", "select * from rss_item")
    ]


def _podboat(home: Path, queue: Path, files: Sequence[str]) -> None:
    """Podboat has to see a terminal; it is quit when all is there."""
    process, terminal = pty.fork()
    if not process:
        os.environ |= {"HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "LINES": "40", "COLUMNS": "120"}
        os.execvp("podboat", ["podboat", "-a", "-C", str(home / "config"), "-q", str(queue)])  # noqa: S606, S607
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not all(Path(each).is_file() for each in files):
        if select.select([terminal], [], [], 0.2)[0]:
            os.read(terminal, 65536)
    os.write(terminal, b"q")
    while time.monotonic() < until and not os.waitpid(process, os.WNOHANG)[0]:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:  # it has closed its terminal
                os.waitpid(process, 0)
                break
    os.close(terminal)


def podget(feed: str, home: Path, _packages: Path) -> list[Seen]:
    """Podget: all that the feed names, by wget."""
    if not (home / "settings").is_dir():
        run(["podget", "-d", home / "settings", "--create-config", "podgetrc"], home)
    (home / "settings" / "serverlist").write_text(f"{feed} Category Show\n")
    run(["podget", "-d", home / "settings", "-l", home / "library"], home)
    return [Seen(url=each.name, sound=each) for each in (home / "library").rglob("*") if each.suffix == ".mp3"]


CASTERO = """
import json, sys, threading
from castero.database import Database
from castero.feed import Feed
class Queue:
    length = 1
    def __init__(self): self.done = threading.Event()
    def next(self): self.done.set()
base = Database()
if base.feeds():
    base.reload()
else:
    feed = Feed(url=sys.argv[1])
    base.replace_feed(feed)
    base.replace_episodes(feed, feed.parse_episodes())
for each in base.episodes():
    if not each.check_downloaded():
        queue = Queue()
        each.download(queue)
        queue.done.wait()
print(json.dumps([{"url": e.enclosure, "title": e.title, "sound": e.get_playable()} for e in base.episodes()]))
"""
FEEDPARSER = """
import json, sys, urllib.request, feedparser
def chapters(url):
    with urllib.request.urlopen(url) as opened:
        return len(json.load(opened)["chapters"])
print(json.dumps([{"url": e.enclosures[0].href, "title": e.title, "guid": e.id,
    "seconds": int(e.itunes_duration), "image": e.image.href if "image" in e else "",
    "transcripts": 1 if "podcast_transcript" in e else 0, "chapters": chapters(e.podcast_chapters["url"])}
    for e in feedparser.parse(sys.argv[1]).entries]))
"""
PODCASTPARSER = """
import json, sys, urllib.request, podcastparser
with urllib.request.urlopen(sys.argv[1]) as opened:
    found = podcastparser.parse(sys.argv[1], opened)
print(json.dumps([{"url": e["enclosures"][0]["url"], "title": e["title"], "guid": e["guid"],
    "seconds": e["total_time"], "chapters": len(e.get("chapters", [])),
    "image": e.get("episode_art_url"), "transcripts": 1 if e.get("transcript_url") else 0} for e in found["episodes"]]))
"""
PARTYTIME = """
const { parseFeed } = require("podcast-partytime");
(async () => {
  const { items } = parseFeed(await (await fetch(process.argv[1])).text());
  console.log(JSON.stringify(await Promise.all(items.map(async (e) => ({
    url: e.enclosure.url, title: e.title, guid: e.guid, seconds: e.duration, image: e.itunesImage || e.image || "",
    transcripts: (e.podcastTranscripts || []).length,
    chapters: (await (await fetch(e.podcastChapters.url)).json()).chapters.length })))));
})();
"""


def _listed(printed: str, home: Path) -> list[Seen]:
    found = json.loads(printed)
    return [Seen(**{**each, **({"sound": home / each["sound"]} if "sound" in each else {})}) for each in found]


def scripted(code: str) -> Callable[[str, Path, Path], list[Seen]]:
    """A Python library, asked by a few lines."""

    def see(feed: str, home: Path, packages: Path) -> list[Seen]:
        return _listed(run([packages / "python/bin/python", "-c", code, feed], home), home)

    return see


def partytime(feed: str, home: Path, packages: Path) -> list[Seen]:
    """The parser of the Podcast Index."""
    line = ["node", "-e", PARTYTIME, feed]
    return _listed(run(line, home, NODE_PATH=str(packages / "node_modules"), PARTYTIME_LOG="silent"), home)


APPS = (
    App("gPodder", debian("gpodder"), gpodder, "`gpo subscribe`, `gpo download`"),
    App("Newsboat, Podboat", debian("newsboat"), newsboat, "`newsboat -x reload`, `podboat -a`"),
    App("castero", python("castero"), scripted(CASTERO), "its database and its downloads, without its screen"),
    App("podget", debian("podget"), podget, "`podget`"),
    App("feedparser", python("feedparser"), scripted(FEEDPARSER), "`feedparser.parse`", remembers=False),
    App("podcastparser", python("podcastparser"), scripted(PODCASTPARSER), "`podcastparser.parse`", remembers=False),
    App("podcast-partytime", node("podcast-partytime"), partytime, "`parseFeed`", remembers=False),
)
