"""
What a nightly deploy sends: the bytes that leave this machine for one new episode, against the bytes of that episode.

    python benchmarks/deploying.py [--episodes 200] [--kinds folder,webdav,sftp,s3]

The show has that many episodes of a few seconds before, as a build lays them out; the new one has a recording of
ten minutes. What is sent is counted on the line to a real server, with all that its protocol adds; what is new is all
that the build has changed in the public folder. For a folder, it is what the deploy itself tells.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from audioed import config, deploying
from audioed.cache import Cache
from audioed.config import Target
from audioed.store import Store
from tests.deploying import servers

RECORDING = 7_200_000
"""Bytes: ten minutes at 96 kbit/s."""
BAR = 1.1


def laid(folder: Path, number: int, size: int) -> int:
    """An episode, as large as real ones are beside their recordings, and the pages that it changes; its bytes."""
    home = folder / f"episode-{number:05}"
    home.mkdir(parents=True)
    parts = {f"{home.name}-0123456789.mp3": size, "transcript.vtt": 12_000, "transcript.json": 90_000}
    parts |= {"transcript.html": 12_000, "index.html": 60_000, "embed.html": 4_000, "cover-0123456789.jpg": 60_000}
    for name, length in parts.items():
        (home / name).write_bytes(os.urandom(length))
    shown = {"feed.xml": 4_000 * min(number + 1, 100), "index.html": 300 * (number + 1)}
    for name, length in shown.items():
        (folder / name).write_bytes(os.urandom(length))
    return sum(parts.values()) + sum(shown.values())


def measured(kind: str, episodes: int, home: Path) -> tuple[int, int, int]:
    """The bytes that are new, those that left for the server, and those that came back."""
    public = home / "public"
    for number in range(episodes):
        laid(public, number, 20_000)
    start = {"sftp": servers.sshd, "webdav": servers.nginx, "s3": servers.s3}.get(kind)
    (home / "server").mkdir()
    with start(home / "server") if start else contextlib.nullcontext() as server:
        settings = target(kind, home, server)
        show = config.Config(targets={"web": settings})
        store = Store(home / "output", Cache(home / "cache"), "Show", home)
        deploying.deploy(public, store, show, "web")
        new = laid(public, episodes, RECORDING)
        if server:
            server.line.reset()
        done = deploying.deploy(public, store, show, "web")
        return (new, server.line.sent, server.line.received) if server else (new, done.size, 0)


def target(kind: str, home: Path, server: servers.Server | None) -> Target:
    if server is None:
        (home / "site").mkdir()
        return Target(kind=kind, address=str(home / "site"))
    os.environ["AUDIOED_WEB_PASSWORD"] = servers.PASSWORD
    port = server.line.port
    if kind == "webdav":
        return Target(kind=kind, address=f"http://{servers.USER}@127.0.0.1:{port}/dav")
    if kind == "s3":
        return Target(kind=kind, address=f"s3://{servers.BUCKET}/x", user="key", endpoint=f"http://127.0.0.1:{port}")
    (server.folder / "x").mkdir(parents=True)
    address = f"sftp://127.0.0.1:{port}{server.folder}/x"
    return Target(kind=kind, address=address, ssh_config=str(server.ssh_config))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--episodes", type=int, default=200)
    options.add_argument("--kinds", default="folder,webdav,sftp,s3")
    asked = options.parse_args()
    print(f"{'target':<8}{'new bytes':>12}{'sent':>12}{'ratio':>8}{'received':>12}")
    worst = 0.0
    for kind in asked.kinds.split(","):
        with tempfile.TemporaryDirectory() as home:
            new, sent, received = measured(kind, asked.episodes, Path(home))
        worst = max(worst, sent / new)
        print(f"{kind:<8}{new:>12,}{sent:>12,}{sent / new:>8.3f}{received:>12,}", flush=True)
    print(f"at most {worst:.3f} times the new bytes; the bar is {BAR}")


if __name__ == "__main__":
    main()
