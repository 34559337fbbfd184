"""
What real podcast apps see of a show: docs/clients.md, made anew.

    python benchmarks/clients.py [--packages DIR] [--antennapod DIR] [--to FILE]

Makes a show of seven episodes (an edition with chapters, further formats, a hostile title, three episodes a page),
serves it by `audioed serve`, and has every app load it that is there. Those of Python and npm are put into a folder of
their own, where they are looked for first; Debian's are used where they are installed:
`apt-get install --no-install-recommends gpodder newsboat podget`. AntennaPod's readers of chapters are compiled from a
checkout of https://github.com/AntennaPod/AntennaPod, `clients/AntennaPod` by default, with Debian's
`openjdk-17-jdk-headless libcommons-io-java libandroid-json-java`.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import antennapod
from apps import APPS, Seen, run

import audioed
from audioed.companions import TRANSCRIPTS
from audioed.model import Episode
from audioed.store import integrity

HOME = Path(__file__).parents[1]
PAGE = HOME / "docs" / "clients.md"
PYTHON, NODE = ("castero", "feedparser", "podcastparser"), ("podcast-partytime",)
SETTINGS = """
[show]
title = "Ferries & <bridges>"
author = "Ada Berg"
email = "ada@example.com"
[mastering]
formats = ["m4a", "opus"]
[publishing]
base_url = "https://podcasts.example.com"
page = 3
"""
LETTER = (
    "# Letter {number}\n\nThe ferry number {number} left the harbour at noon, with a cargo of letters. Nobody was late "
    "that day, and the sea was calm.\n\nIn the evening it came back, and the captain wrote it all down.\n"
)
HOSTILE = '<script>alert(1)</script> & "quotes" ]]> ../../etc/passwd %s $(touch x) 渡し船'
MOST_OFF = 1.0
"""Seconds that an app may show a duration too long or too short: feeds tell whole ones."""


READERS = """ Its own readers of chapters, compiled from its source, find in so many recordings the
chapters that the episode has: in the file alone, and by the side of the JSON that the feed names, as its
`ChapterMerger` makes one list of both, links included.

| recording | file | file and JSON |
|---|---|---|
"""
CORRECTED = "5.md"
"""The letter with the hostile title."""


def made(home: Path) -> audioed.Show:
    """The show."""
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    letters = [home / f"{number}.md" for number in range(1, 6)]
    for number, path in enumerate(letters, 1):
        path.write_text(LETTER.format(number=number), "utf-8")
    show = audioed.open(home)
    sample = str(HOME / "samples" / "night-ferry.html")
    for number, path in enumerate(letters[:4], 1):
        show.render(str(path), day=date(2026, 3, number))
    show.render(str(letters[4]), title=HOSTILE, day=date(2026, 3, 5))
    show.render(sample, str(letters[0]), str(letters[1]), title="The edition", day=date(2026, 3, 6))
    show.render(sample, day=date(2026, 3, 7))
    return show


def corrected(home: Path, show: audioed.Show) -> Episode:
    """The episode of the hostile title, with another sentence in its sound."""
    path = home / CORRECTED
    path.write_text(path.read_text("utf-8") + "\nCorrection: it was the ferry number six.\n", "utf-8")
    return show.render(str(path), title=HOSTILE)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of the feed, while the show is served."""
    line = [sys.executable, "-m", "audioed", "serve", str(home), "--port", "0"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split()[1]
        finally:
            process.terminate()


def installed(packages: Path) -> None:
    """Put the apps of Python and npm into this folder."""
    binary = packages / "python" / "bin" / "python"
    if not binary.is_file():
        venv.create(packages / "python", with_pip=True)
        run([binary, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON], packages)
    if shutil.which("npm") and not (packages / "node_modules").is_dir():
        run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", packages, *NODE], packages)


def cells(seen: Sequence[Seen], episodes: Sequence[Episode]) -> list[str]:
    """What an app saw, beside what there is: episodes, titles, ids, lengths, chapters, transcripts, pictures, sound."""
    by_name = {each.enclosure.name: each for each in episodes}
    pairs = [(each, by_name.get(each.url.rpartition("/")[2])) for each in seen]
    known = [(each, episode) for each, episode in pairs if episode]

    def told(look: Callable[[Seen], object], is_right: Callable[[Seen, Episode], bool]) -> str:
        looked = [(each, episode) for each, episode in known if look(each) is not None]
        right = sum(is_right(each, episode) for each, episode in looked)
        return f"{right} of {len(looked)}" if looked else "–"

    def is_same_sound(each: Seen, episode: Episode) -> bool:
        return bool(each.sound and each.sound.is_file()) and integrity(_hash(each.sound)) == episode.enclosure.integrity

    counts = sorted({each.transcripts for each, _ in known if each.transcripts is not None})
    return [
        f"{len({episode.guid for _, episode in known})} of {len(episodes)}",
        told(lambda each: each.title, lambda each, episode: each.title == episode.title),
        told(lambda each: each.guid, lambda each, episode: each.guid == episode.guid),
        told(lambda each: each.seconds, lambda each, episode: abs(each.seconds - episode.duration) <= MOST_OFF),
        told(lambda each: each.chapters, lambda each, episode: each.chapters == len(episode.chapters)),
        f"{counts[-1]} of {len(TRANSCRIPTS)}" if counts else "–",
        told(lambda each: each.image, lambda each, episode: each.image.endswith(f"/{episode.name}/{episode.cover}")),
        told(lambda each: each.sound, is_same_sound),
    ]


def after(seen: Sequence[Seen], before: Episode, now: Episode) -> str:
    """What an app that knew an episode makes of its correction: how often it shows it, and with which sound."""
    names = {before.enclosure.name: "old", now.enclosure.name: "new"}
    found = [(each, names[name]) for each in seen if (name := each.url.rpartition("/")[2]) in names]
    listed = {each.guid or each.url for each, _ in found}
    kept = [each.sound for each, _ in found if each.sound and each.sound.is_file()]
    fresh = any(which == "new" for _, which in found)
    heard = any(integrity(_hash(each)) == now.enclosure.integrity for each in kept) if kept else fresh
    return f"{len(listed)}×, {'the new' if heard else 'the new to load, the old kept' if fresh else 'the old'}"


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def page(
    rows: Sequence[str], rules: Sequence[tuple[str, str]], chapters: Sequence[Sequence[str]], episodes: int
) -> str:
    """docs/clients.md."""
    day = datetime.now(UTC).date()
    heads = ("app", "version", "what was run", "episodes", "titles", "ids", "durations", "chapters", "transcripts")
    heads += ("pictures", "recordings, byte for byte", "after a correction")
    table = "\n".join(f"| {' | '.join(each)} |" for each in chapters)
    read = f"{READERS}{table}" if chapters else ""
    listed = "\n".join(f"| {rule} | {'yes' if not wrong else f'**no**: {wrong}'} |" for rule, wrong in rules)
    return f"""\
# What podcast apps see

Made by `make clients` on {day}: real apps and parsers load a show of {episodes} episodes from `audioed serve`. It has
an edition with chapters, three formats, three episodes on each page of the feed, and the title
`{HOSTILE}`.

A cell tells in how many of the episodes that the app found it saw what the episode has; – is what the app does not look
at. Then an episode is made again, with a sentence more; the last column tells how often the app shows it, and which
sound it has.

| {" | ".join(heads)} |
|{"---|" * len(heads)}
{chr(10).join(rows)}

gPodder follows the feed to its older pages; the others read the first. feedparser keeps one transcript of an episode,
the last. podcastparser 0.6, and gPodder with it, takes chapters from the Podlove tags; it knows the Podcasting 2.0
namespace only by an older name, and so sees no transcripts. podget keeps files and shows nothing.

## AntennaPod

AntennaPod runs on Android alone.{read}

What its source does with a feed, as far as we know it, is checked on the served show instead:

| rule | kept |
|---|---|
{listed}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, default=HOME / ".venv" / "clients")
    parser.add_argument("--antennapod", type=Path, metavar="DIR")
    parser.add_argument("--to", type=Path, default=PAGE)
    asked = parser.parse_args()
    packages = asked.packages.absolute()
    packages.mkdir(parents=True, exist_ok=True)
    installed(packages)
    source = asked.antennapod or packages / "AntennaPod"
    if not source.is_dir():
        print("AntennaPod's source is not there; its readers of chapters are left out.", file=sys.stderr)
    there = [(app, version) for app in APPS if (version := app.version(packages))]
    for app in APPS:
        if app not in [each for each, _ in there]:
            print(f"{app.name} is not installed; it is left out.", file=sys.stderr)
    rows = {app.name: [app.name, version, app.told] for app, version in there}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        show = made(home)
        episodes = tuple(show.episodes())
        with served(home) as feed:
            for app, _ in there:
                own = home / "apps" / app.name.split(",")[0]
                own.mkdir(parents=True)
                rows[app.name] += cells(app.see(feed, own, packages), episodes)
                print(rows[app.name], flush=True)
            rules = antennapod.judged(feed)
            folders = [(each, show.folder_of(each)) for each in episodes]
            chapters = antennapod.chapters(home / "java", folders, source) if source.is_dir() else []
            before = next(each for each in episodes if each.title == HOSTILE)
            now = corrected(home, show)
            for app, _ in there:
                seen = app.see(feed, home / "apps" / app.name.split(",")[0], packages) if app.remembers else ()
                rows[app.name].append(after(seen, before, now) if app.remembers else "–")
                print(app.name, rows[app.name][-1], flush=True)
    asked.to.write_text(
        page([f"| {' | '.join(each)} |" for each in rows.values()], rules, chapters, len(episodes)), "utf-8"
    )
    print(f"{asked.to}: written.")
    if os.environ.get("CI") and len(rows) < len(APPS):
        sys.exit("not every app was there")


if __name__ == "__main__":
    main()
