"""
Two hundred listeners at once: `audioed serve` beside nginx, on the same files.

    python benchmarks/serving.py [--listeners N] [--rounds N]

Each listener is a connection that asks again as soon as it has its answer. They ask for the feed, for the feed that
they have already, for parts of a recording as players do that jump, and for whole recordings. Prints requests and
megabytes a second, how long an answer took, the processor time that the server took for a thousand answers, and the
most memory that it had. Listeners and server share the machine's cores, so compare the rows of one run, not two runs.
nginx is left out where it is not installed. Linux only, where a process tells what it took.
"""

import argparse
import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

SIZE = 8_000_000
"""Bytes of a recording of eleven minutes."""
PART = 256_000
"""Bytes that a player asks for at once."""
THEN = 1_773_489_600
"""When the feed changed."""
HOST = "127.0.0.1"
NGINX = """
{user} daemon off; master_process on; worker_processes auto; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; gzip on; gzip_types application/rss+xml; keepalive_requests 100000;
  client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3;
  uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;
  types {{ audio/mpeg mp3; application/rss+xml xml; }}
  server {{ listen 127.0.0.1:{port}; location /show/ {{ alias {home}/output/show/public/; }} }}
}}
"""


@dataclass
class Told:
    """What the listeners of one kind saw."""

    times: list[float] = field(default_factory=list)
    received: int = 0
    wrong: int = 0


class Listener(asyncio.BufferedProtocol):
    """One connection: asks, counts what comes, and asks again."""

    def __init__(self, told: Told, request: Callable[[], bytes], rounds: int, expected: int) -> None:
        self.told, self.request, self.left, self.expected = told, request, rounds, expected
        self.ended = asyncio.get_running_loop().create_future()
        self.buffer = bytearray(1 << 18)

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Ask for the first time."""
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        """Send a request, and take the time."""
        self.began, self.head, self.missing = time.perf_counter(), b"", -1
        self.transport.write(self.request())

    def get_buffer(self, _hint: int) -> bytearray:
        """Where what comes is put; only its length is of interest."""
        return self.buffer

    def buffer_updated(self, count: int) -> None:
        """Count what came; at the end of an answer, ask again."""
        self.told.received += count
        if self.missing < 0:
            self.head += bytes(self.buffer[:count])
            head, found, body = self.head.partition(b"\r\n\r\n")
            if not found:
                return
            lines = head.lower().split(b"\r\n")
            self.told.wrong += lines[0].split()[1] != b"%d" % self.expected
            lengths = [int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:")]
            self.missing, count = (lengths[0] if lengths and self.expected != 304 else 0), len(body)
        self.missing -= count
        if self.missing <= 0:
            self.told.times.append(time.perf_counter() - self.began)
            self.left -= 1
            if not self.left:
                self.transport.close()
            else:
                self.ask()

    def connection_lost(self, _error: Exception | None) -> None:
        """Count the answers that did not come as wrong."""
        if not self.ended.done():
            self.told.wrong += self.left
            self.ended.set_result(None)


async def listen(port: int, listeners: int, rounds: int, request: Callable[[], bytes], expected: int) -> Told:
    """What so many listeners saw who asked so often each."""
    told = Told()
    loop = asyncio.get_running_loop()

    async def one() -> None:
        _, listener = await loop.create_connection(lambda: Listener(told, request, rounds, expected), HOST, port)
        await listener.ended

    await asyncio.gather(*(one() for _ in range(listeners)))
    return told


def used(root: int) -> tuple[float, float]:
    """Processor seconds and peak MB of a server, all its processes together."""
    seconds = peak = 0.0
    waiting = [root]
    while waiting:
        each = Path("/proc") / str(waiting.pop())
        waiting += map(int, (each / "task" / each.name / "children").read_text().split())
        stat = (each / "stat").read_text().rpartition(")")[2].split()
        seconds += (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
        peak += int((each / "status").read_text().partition("VmHWM:")[2].split()[0]) / 1000
    return seconds, peak


def made(home: Path) -> None:
    """An output folder with a feed of a hundred episodes and a recording."""
    public = home / "output" / "show" / "public"
    public.mkdir(parents=True)
    item = "<item><title>Number {0}</title><guid>{0}</guid><description>About ferry {0} and its batteries</description>"
    items = "".join(item.format(number) + "</item>\n" for number in range(100))
    own = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://example.com/show/feed.xml"/>'
    (public / "feed.xml").write_text(f'<rss version="2.0"><channel>{own}{items}</channel></rss>')
    (public / "one.mp3").write_bytes(random.randbytes(SIZE))  # noqa: S311
    os.utime(public / "feed.xml", (THEN, THEN))


@contextmanager
def served(line: list[str], port: int) -> Iterator[int]:
    """The process id of a server that answers at this port."""
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as each:
                if not each.connect_ex((HOST, port)):
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def free() -> int:
    with socket.create_server((HOST, 0)) as listening:
        return listening.getsockname()[1]


def kinds(port: int, rounds: int) -> Iterator[tuple[str, Callable[[], bytes], int, int]]:
    """What is asked for: its name, the request, the status that is right, and how often each listener asks."""

    def get(path: str, more: str = "") -> bytes:
        return f"GET /show/{path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n{more}\r\n".encode()

    def part() -> bytes:
        first = random.randrange(SIZE - PART)  # noqa: S311
        return get("one.mp3", f"Range: bytes={first}-{first + PART - 1}\r\n")

    then = formatdate(THEN, usegmt=True)
    yield "feed", lambda: get("feed.xml"), 200, 10 * rounds
    yield "feed, unchanged", lambda: get("feed.xml", f"If-Modified-Since: {then}\r\n"), 304, 10 * rounds
    yield "a part", part, 206, 5 * rounds
    yield "a recording", lambda: get("one.mp3"), 200, rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listeners", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    print(f"{asked.listeners} listeners at once; a part is {PART / 1e3:.0f} kB, a recording {SIZE / 1e6:.0f} MB\n")
    print("| server | asked for | answers/s | MB/s | p50 ms | p95 ms | p99 ms | wrong | CPU s per 1,000 | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        made(home)
        ports = [free() for _ in range(2)]
        (home / "nginx.conf").write_text(
            NGINX.format(home=home, port=ports[1], user="" if os.getuid() else "user root;")
        )
        servers = {
            "audioed serve": [sys.executable, "-m", "audioed", "serve", f"{home}/output", "--port", str(ports[0])],
            "nginx": [shutil.which("nginx") or "", "-c", f"{home}/nginx.conf", "-p", f"{home}/"],
        }
        for (name, line), port in zip(servers.items(), ports, strict=True):
            if not line[0]:
                continue
            with served(line, port) as process:
                for kind, request, expected, rounds in kinds(port, asked.rounds):
                    before, began = used(process)[0], time.perf_counter()
                    told = asyncio.run(listen(port, asked.listeners, rounds, request, expected))
                    wall = time.perf_counter() - began
                    seconds, peak = used(process)
                    cuts = [1000 * each for each in statistics.quantiles(told.times or [0, 0], n=100)]
                    count = len(told.times)
                    rates = f"{count / wall:,.0f} | {told.received / wall / 1e6:,.1f}"
                    waited = " | ".join(f"{cuts[at]:,.0f}" for at in (49, 94, 98))
                    took = f"{1000 * (seconds - before) / max(1, count):.2f} | {peak:.0f}"
                    print(f"| {name} | {kind} | {rates} | {waited} | {told.wrong} | {took} |", flush=True)


if __name__ == "__main__":
    main()
