"""
Renders onto a disk that is really full, and tells what came of it. Run inside a mount namespace of its own.

    python full_disk.py FOLDER ARTICLE FREE_BYTES...

FOLDER becomes a small disk. One episode is made, then for each number the disk
is filled until so much is free and a second one is tried; at last there is
room again. Prints a JSON list of what was seen after each.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import feedparser

from audioed.cli.app import app, main

SIZE = 12_000_000
MOUNT = "/bin/mount"


def command(disk: Path, article: str, title: str) -> list[str]:
    return [
        *("render", article, "--voice", "narrator=silent", "--title", title, "--day", "2026-01-31", "--json"),
        *("--output", str(disk / "output"), "--cache", str(disk / "cache")),
    ]


def render(line: list[str]) -> tuple[int, str, str]:
    """How a process of its own ends, and what it prints; it is a child of this one, which has everything loaded."""
    printed, told = (os.memfd_create(name) for name in ("printed", "told"))
    child = os.fork()
    if not child:
        os.dup2(printed, 1)
        os.dup2(told, 2)
        sys.argv = ["audioed", *line]
        code = 1
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, *(os.pread(each, 1_000_000, 0).decode() for each in (printed, told))


def seen(disk: Path, code: int, printed: str, told: str) -> dict[str, object]:
    feed = feedparser.parse(next(disk.glob("output/*/public/feed.xml")).read_bytes())
    hrefs = [entry.enclosures[0].href.removeprefix("http://localhost:8000/") for entry in feed.entries]
    return {
        "code": code,
        "told": told,
        "broken": bool(feed.bozo),
        "titles": [entry.title for entry in feed.entries],
        "whole": [(disk / "output" / name).stat().st_size > 0 for name in hrefs],
        "half_made": [str(path) for path in disk.rglob(".making-*")],
        "calls": json.loads(printed)["engine_calls"] if printed.strip() else None,
    }


def tried() -> None:
    disk, article = Path(sys.argv[1]), sys.argv[2]
    subprocess.run([MOUNT, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
    with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.redirect_stderr(io.StringIO()):
        app(command(disk, article, "The first"), standalone_mode=False)
    report = [seen(disk, 0, printed.getvalue(), "")]
    filler, second = disk / "filler", command(disk, article, "The second")
    for free in map(int, sys.argv[3:]):
        filler.unlink(missing_ok=True)
        space = os.statvfs(disk)
        filler.write_bytes(bytes(space.f_bavail * space.f_frsize - free))
        report.append(seen(disk, *render(second)))
    filler.unlink()
    report.append(seen(disk, *render(second)))
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    tried()
