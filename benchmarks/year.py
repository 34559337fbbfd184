"""
A year of nights: 365 of them, each with twenty new articles from four feeds: what the last costs beside an early one.

    python benchmarks/year.py [--nights N] [--articles N] [--profile FOLDER]

The feeds and the pages come from a server on this machine that answers conditional requests; the engine is the silent
one; each night is an `audioed nightly` of its own, on the next day. Prints seconds of the processor (medians of five
nights): of the last ones beside those around the tenth; of a night with nothing new beside `audioed --version` and the
same conditional requests; and what the show, the cache and the files of the last night have grown to. `--profile` has
some nights profiled, by their numbers, for `python -m pstats`.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bench_line import AUDIOED, Run, run

SOURCES, LISTED = 4, 40
"""Feeds, and articles that each of them lists."""
EARLY, ROUNDS = 10, 5
"""The night that the last is put beside, and nights that are looked at together."""
FIRST = date(2025, 1, 1)
MOST = 30
"""Words of an article: the engine is quick, and encoding its hum is not what a year is asked about."""
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstv"
SETTINGS = """
[show]
title = "A year"
[nightly]
feeds = [{feeds}]
most = {most}
[synthesis.roles]
narrator = "silent"
headlines = "silent"
promo = "silent"
quote = "silent"
"""
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{first}</p><p>{second}</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Source {source}</title><link>{base}/</link>
<description>Made up.</description>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>{day}</pubDate></item>"
ASKED = """
import http.client, sys
for known in sys.argv[2:]:
    path, tag = known.split("=", 1)
    server = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    server.request("GET", path, headers={"If-None-Match": tag})
    assert server.getresponse().status == 304
"""
PROFILED = """
import cProfile, os, sys
out, sys.argv = sys.argv[1], ["audioed", *sys.argv[2:]]
profile, leave = cProfile.Profile(), os._exit
def ended(code):
    profile.disable()
    profile.dump_stats(out)
    leave(code)
os._exit = ended
profile.enable()
from audioed.cli.app import run
run()
"""


@dataclass(frozen=True)
class Made:
    """An article that its source has published."""

    path: str
    title: str
    day: date
    page: bytes


class Web:
    """A server of feeds and pages, with an entity tag for each."""

    def __init__(self) -> None:
        self.sources: list[list[Made]] = [[] for _ in range(SOURCES)]
        self.pages: dict[str, bytes] = {}
        self.chance = random.Random(23)  # noqa: S311 - no secret
        web = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = web.pages.get(self.path)
                tag = f'"{sha256(data or b"").hexdigest()[:16]}"'
                is_known = data is not None and self.headers.get("If-None-Match") == tag
                self.send_response(404 if data is None else 304 if is_known else 200)
                self.send_header("ETag", tag)
                kind = "text/html" if self.path.endswith(".html") else "application/rss+xml"
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", "0" if is_known else str(len(data or b"")))
                self.end_headers()
                if data and not is_known:
                    self.wfile.write(data)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    def feeds(self) -> list[str]:
        """The paths of all feeds."""
        return [f"/source-{source}.xml" for source in range(SOURCES)]

    def publish(self, articles: int, day: date) -> None:
        """So many new articles, from the sources in turn."""
        for number in range(articles):
            found = self.sources[number % SOURCES]
            title = f"{self.words(3).capitalize()} {day:%j} {number}"
            path = f"/{day}/{number}.html"
            texts = {place: self.text() for place in ("first", "second")}
            self.pages[path] = PAGE.format(title=title, **texts).encode()
            found.append(Made(path, title, day, self.pages[path]))
        for source, made in enumerate(self.sources):
            items = "".join(
                ITEM.format(title=each.title, url=self.base + each.path, day=format_datetime(moment(each.day)))
                for each in reversed(made[-LISTED:])
            )
            self.pages[f"/source-{source}.xml"] = FEED.format(source=source, base=self.base, items=items).encode()

    def words(self, count: int) -> str:
        """Words that nobody has heard, so that no two articles tell the same."""
        pick = self.chance.choice
        return " ".join("".join(pick(CONSONANTS) + pick(VOWELS) for _ in range(3)) for _ in range(count))

    def text(self) -> str:
        """A paragraph."""
        return " ".join(f"{self.words(9).capitalize()}, {self.words(6)}." for _ in range(MOST // 30))

    def asked(self) -> list[str]:
        """What a client needs for a conditional request of each source."""
        return [f'{path}="{sha256(self.pages[path]).hexdigest()[:16]}"' for path in self.feeds()]


def moment(day: date) -> datetime:
    """Five in the morning."""
    return datetime.combine(day, clock(5), UTC)


def night(home: Path, day: date, profile: Path | None = None) -> Run:
    """`audioed nightly` on this day."""
    command = (sys.executable, "-c", PROFILED, str(profile), *AUDIOED[3:]) if profile else AUDIOED
    return run(*command, "nightly", "--json", "--day", day.isoformat(), cwd=home, cache=home / "cache")


def size(folder: Path) -> tuple[int, float]:
    """Files of a folder and all below it, and MB."""
    found = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]  # noqa: PTH118
    return len(found), sum(os.path.getsize(each) for each in found) / 1e6  # noqa: PTH202


def cpu(runs: Sequence[Run]) -> float:
    return statistics.median(each.cpu for each in runs)


def quiet(home: Path, web: Web, day: date) -> None:
    """A night with nothing new, beside the least that it could be."""
    told = [night(home, day + timedelta(days=number)) for number in range(ROUNDS)]
    version = [run(*AUDIOED, "--version") for _ in range(ROUNDS)]
    asked = [run(sys.executable, "-c", ASKED, str(web.port), *web.asked()) for _ in range(ROUNDS)]
    bare = [run(sys.executable, "-c", "pass") for _ in range(ROUNDS)]
    requests = max(0.0, cpu(asked) - cpu(bare))
    print(
        f"nothing new: {cpu(told):.2f} s of the processor; audioed --version {cpu(version):.2f}, a conditional request "
        f"for each of {SOURCES} sources {requests:.2f}: ratio {cpu(told) / (cpu(version) + requests):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--profiled", type=int, nargs="*", default=[], help="nights, counted from 1")
    options = parser.parse_args()
    web, runs, began = Web(), list[Run](), time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        feeds = ", ".join(f'"{web.base}{path}"' for path in web.feeds())
        (home / "audioed.toml").write_text(SETTINGS.format(feeds=feeds, most=options.articles), "utf-8")
        for number in range(1, options.nights + 1):
            day = FIRST + timedelta(days=number - 1)
            web.publish(options.articles, day)
            profile = options.profile / f"night-{number}" if number in options.profiled else None
            runs.append(night(home, day, profile))
            if number % 10 == 0:
                print(f"  night {number}: {cpu(runs[-ROUNDS:]):.2f} s of the processor", flush=True)
        early, last = runs[EARLY - 3 : EARLY + 2], runs[-ROUNDS:]
        print(
            f"{len(runs)} nights of {options.articles} articles in {(time.perf_counter() - began) / 60:.0f} minutes, "
            f"{sum(each.cpu for each in runs) / 60:.1f} of the processor"
        )
        print(
            f"night {EARLY}: {cpu(early):.2f} s of the processor; night {len(runs)}: {cpu(last):.2f}: "
            f"ratio {cpu(last) / cpu(early):.2f}; peak {max(each.peak for each in early):.0f} MB, "
            f"{max(each.peak for each in last):.0f}"
        )
        quiet(home, web, FIRST + timedelta(days=options.nights))
        for name in ("output", "cache"):
            files, whole = size(home / name)
            print(f"{name}: {files} files, {whole:.0f} MB")
    web.server.shutdown()


if __name__ == "__main__":
    main()
