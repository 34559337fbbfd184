"""
A real week: seven nights with the default voice over six feeds of real pages, and what a listener gets of them.

    python benchmarks/week.py [--home DIR] [--length MINUTES] [--rest headlines] [--voice NAME] [--nights N]
                              [--quick] [--packages DIR] [--rundowns FILE]

`mirror.py` serves the feeds: pages of ../shared/pages under addresses of this machine, some of them by two sources.
Each night is an `audioed nightly --day`; each episode is verified, and heard again by `audioed proof` (`--quick` leaves
that out). Prints a row a night: exit code, length beside the one that is wanted, sections, stories told twice, what was
put together, verdicts; then what apps see of the week. `--home` keeps the show; made again there, nothing is spoken
twice. `--rundowns` writes what the nights read, with titles cut short.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import mirror
from apps import APPS
from clients import cells, served

import audioed
from audioed.textkey import shingles, words
from audioed.timecode import clock

FIRST = date(2026, 3, 2)
"""A Monday."""
AUDIOED = (sys.executable, "-m", "audioed")
MOST_OFF = 0.05
"""Of the wanted length."""
ROW, AGAIN = 5, 0.2
"""Words in a row, and the share of a shorter story's that is heard in another when both tell the same."""
SHOWN = 5
"""Words of a title in a rundown that is passed on."""
SETTINGS = """
[show]
title = "The Morning Round"
author = "Ada Berg"
email = "ada@example.com"
timezone = "Europe/London"
[scripting]
sections = ["World", "Technology", "Living"]
promos_per_hour = 6.0
[promos.members]
title = "Become a member"
text = "Members of The Morning Round hear every edition an hour early. Become one at example.com."
place = "between"
[promos.letters]
title = "Write to us"
text = "What should we read to you? Write to ada@example.com, and tell us."
place = "between"
[nightly]
feeds = [{feeds}]
length = {length}
rest = "{rest}"
age = 3
day_begins = "04:00"
"""
SOURCE = """
[nightly.sources."{address}"]
section = "{section}"
"""


@dataclass
class Night:
    """One night, and what became of it."""

    day: date
    code: int
    new: int
    folder: Path
    report: dict[str, Any]
    proof: "subprocess.Popen[str] | None" = None
    heard: dict[str, Any] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        """How long its episode is."""
        return float(self._noun("episode")["duration"]) / 60

    @property
    def segments(self) -> list[dict[str, Any]]:
        """What it says, in order."""
        found: list[dict[str, Any]] = self._noun("script")["segments"]
        return found

    @property
    def cues(self) -> list[dict[str, Any]]:
        """When each utterance is heard."""
        found: list[dict[str, Any]] = self._noun("episode")["cues"]
        return found

    @property
    def articles(self) -> list[dict[str, Any]]:
        """What it read."""
        return [json.loads(each.read_text("utf-8")) for each in sorted(self.folder.glob("article-*.json"))]

    def _noun(self, name: str) -> Any:
        return json.loads((self.folder / f"{name}.json").read_text("utf-8"))


def settings(web: mirror.Mirror, length: float, rest: str, voice: str) -> str:
    """The show's audioed.toml."""
    roles = "".join(f'{each} = "{voice}"\n' for each in ("narrator", "headlines", "promo", "quote")) if voice else ""
    feeds = ", ".join(f'"{address}"' for address in web.addresses)
    own = (SOURCE.format(address=address, section=each.section) for address, each in web.addresses.items())
    return SETTINGS.format(feeds=feeds, length=length, rest=rest) + "".join(own) + f"[synthesis.roles]\n{roles}"


def told(home: Path, *line: str) -> tuple[int, dict[str, Any]]:
    """What a command of audioed ends with, and the JSON it prints."""
    environment = os.environ | {"AUDIOED_CACHE": str(home / "cache")}
    ended = subprocess.run(
        [*AUDIOED, *line, "--json"], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    if not ended.stdout.strip():
        raise SystemExit(f"audioed {line} ended with {ended.returncode}:\n{ended.stderr}")
    found: dict[str, Any] = json.loads(ended.stdout)
    return ended.returncode, found


def night(home: Path, web: mirror.Mirror, day: date, *, proof: bool) -> Night:
    """`audioed nightly` of a day; what is listened to goes on behind it."""
    web.today = day
    code, _ = told(home, "nightly", "--day", day.isoformat())
    folder = next(home.glob(f"output/*/{day}*"), None)
    if folder is None:
        raise SystemExit(f"The night of {day} made no episode; it ended with {code}.")
    report = json.loads(max(home.glob("output/*/reports/run-*.json")).read_text("utf-8"))
    made = Night(day, code, web.new(day), folder, report)
    if proof:
        line = ["nice", "-n", "5", *AUDIOED, "proof", folder.name, "--json"]
        environment = os.environ | {"AUDIOED_CACHE": str(home / "cache")}
        made.proof = subprocess.Popen(line, cwd=home, env=environment, stdout=subprocess.PIPE, text=True)
    return made


def keys(article: dict[str, Any]) -> set[str]:
    """The names of the pages that an article is known by."""
    return {Path(each).stem for each in (*article["ids"], article["url"]) if each.endswith(".html")}


def twice(nights: Sequence[Night]) -> Counter[date]:
    """How many stories of each night were told before: by the page they are of, or by what is said."""
    stories = [(each.day, keys(one), one) for each in nights for one in each.articles]
    rows = [shingles(words(" ".join(block["text"] for block in one["blocks"])), ROW) for _, _, one in stories]
    found: Counter[date] = Counter()
    for at, other in combinations(range(len(stories)), 2):
        shared = len(rows[at] & rows[other]) / max(1, min(len(rows[at]), len(rows[other])))
        if stories[at][1] & stories[other][1] or shared > AGAIN:
            found[stories[other][0]] += 1
    return found


def row(each: Night, again: int, length: float, home: Path) -> str:
    code, verdict = told(home, "verify", each.folder.name)
    if each.proof:
        printed, _ = each.proof.communicate()
        each.heard = json.loads(printed)
    sections = [one["title"] for one in each.segments if one["kind"] == "section"]
    off = each.minutes / length - 1
    wrong = [one["name"] for one in verdict["rules"] if one["wrong"]]
    heard = f"{each.heard['word_error']:.1%}, {len(each.heard['findings'])}" if each.heard else "–"
    return (
        f"{each.day:%a}  {each.code:>4}  {each.new:>5}  {len(each.articles):>7}  {each.minutes:6.2f}  {off:+7.1%}"
        f"{'!' if abs(off) > MOST_OFF else ' '} {len(sections)} of {len(mirror.SECTIONS)}  {again:>11}  "
        f"{'yes' if not code else ', '.join(wrong) or 'no':>8}  {heard}"
    )


def rundown(each: Night) -> str:
    """What a night says, part by part, with when each begins; titles cut short."""
    sections = {one["title"]: one["section"] for one in each.articles}
    lines, at = [f"### {each.day:%A}, {clock(60 * each.minutes)}", ""], 0
    for part in each.segments:
        start, at = clock(each.cues[at]["start"]), at + len(part["utterances"])
        title = part["heading"] or part["title"]
        if part["kind"] == "title":
            lines.append(f"- {start} *{sections.get(title, '')}*: {short(title)}")
        elif part["kind"] == "round":
            lines.append(
                f"- {start} {title}: {len({one['url'] for one in part['utterances'] if one['url']})} headlines"
            )
        elif part["kind"] in {"opening", "closing"} or part["promo"]:
            lines.append(f"- {start} {'Promo: ' if part['promo'] else ''}{title}")
    return "\n".join([*lines, ""])


def short(title: str) -> str:
    """The first words of a title."""
    told = title.split()
    return " ".join(told[:SHOWN]) + (" …" if len(told) > SHOWN else "")


def accepted(home: Path, packages: Path) -> None:
    """What each app that is there sees of the week."""
    episodes = tuple(audioed.open(home).episodes())
    with served(home) as feed:
        for app in APPS:
            version = ""
            with suppress(FileNotFoundError):  # there is no such folder of packages
                version = app.version(packages)
            if version:
                own = home / "apps" / app.name.split(",")[0]
                own.mkdir(parents=True, exist_ok=True)
                print(f"{app.name} {version}:", ", ".join(cells(app.see(feed, own, packages), episodes)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--length", type=float, default=15)
    parser.add_argument("--rest", choices=("headlines", "carry"), default="carry")
    parser.add_argument("--voice", default="", help="in place of the default one, such as silent")
    parser.add_argument("--nights", type=int, default=mirror.NIGHTS)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--packages", type=Path, default=Path(__file__).parents[1] / ".venv" / "clients")
    parser.add_argument("--rundowns", type=Path)
    options = parser.parse_args()
    if not mirror.PAGES.is_dir():
        print(f"{mirror.PAGES} is not here: there are no pages to make feeds of.")
        return
    with tempfile.TemporaryDirectory() as place:
        home = (options.home or Path(place)).absolute()
        home.mkdir(exist_ok=True)
        web = mirror.Mirror(FIRST)
        (home / "audioed.toml").write_text(settings(web, options.length, options.rest, options.voice), "utf-8")
        days = [FIRST + timedelta(days=number) for number in range(options.nights)]
        nights = [night(home, web, day, proof=not options.quick) for day in days]
        again = twice(nights)
        print("day   exit    new  stories  minutes     off  sections  told before  verified  misheard, faults")
        for each in nights:
            print(row(each, again[each.day], options.length, home), flush=True)
        if options.rundowns:
            options.rundowns.write_text("\n".join(map(rundown, nights)), "utf-8")
        accepted(home, options.packages.absolute())


if __name__ == "__main__":
    main()
