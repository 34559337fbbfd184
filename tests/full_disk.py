"""
Renders onto a disk that is really full, and tells what came of it. Run inside a mount namespace of its own.

    python full_disk.py FOLDER ARTICLE FREE_BYTES...

FOLDER becomes a small disk. One episode is made, then for each number the disk
is filled until so much is free and a second one is tried; at last there is
room again. Prints a JSON list of what was seen after each.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import feedparser

SIZE = 12_000_000
MOUNT = "/bin/mount"


def render(disk: Path, article: str, title: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "audioed", "render", article, "--voice", "narrator=silent", "--title", title]
    command += ["--output", str(disk / "output"), "--day", "2026-01-31", "--json"]
    environment = {**os.environ, "AUDIOED_CACHE": str(disk / "cache")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def seen(disk: Path, done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    feed = feedparser.parse(next(disk.glob("output/*/feed.xml")).read_bytes())
    hrefs = [entry.enclosures[0].href.removeprefix("http://localhost:8000/") for entry in feed.entries]
    return {
        "code": done.returncode,
        "told": done.stderr,
        "broken": bool(feed.bozo),
        "titles": [entry.title for entry in feed.entries],
        "whole": [(disk / "output" / name).stat().st_size > 0 for name in hrefs],
        "half_made": [str(path) for path in disk.rglob(".making-*")],
        "calls": json.loads(done.stdout)["engine_calls"] if done.stdout.strip() else None,
    }


def main() -> None:
    disk, article = Path(sys.argv[1]), sys.argv[2]
    subprocess.run([MOUNT, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
    report = [seen(disk, render(disk, article, "The first"))]
    filler = disk / "filler"
    for free in map(int, sys.argv[3:]):
        filler.unlink(missing_ok=True)
        space = os.statvfs(disk)
        filler.write_bytes(bytes(space.f_bavail * space.f_frsize - free))
        report.append(seen(disk, render(disk, article, "The second")))
    filler.unlink()
    report.append(seen(disk, render(disk, article, "The second")))
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
