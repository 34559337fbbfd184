"""
A night of a show with ten thousand episodes beside one of a show with a single one: time and memory, in one run.

    python benchmarks/catalogue.py [--episodes N] [--files N] [--rounds N]

The episodes are copies of one that was built, with names, ids and articles of their own; the show's folder of letters
holds the articles of the newest (--files). Prints wall seconds (medians), their ratio and the peak memory of a night
with nothing new and of one with something new, and whether the feed comes out the same byte for byte when the index is
deleted, truncated, of another version, or of yesterday.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

SETTINGS = '[show]\ntitle = "Catalogue"\n[nightly]\nfolders = ["letters"]\n[synthesis.roles]\n' + "".join(
    f'{role} = "silent"\n' for role in ("narrator", "headlines", "promo", "quote")
)
LETTER = (
    "# Letter {number}\n\nThis is letter number {number}, of the {number}th day, and {word} stands in it. "
    "It is long enough to be read aloud by somebody, and it has a second sentence, too.\n"
)
FIRST = date(1999, 1, 1)


@dataclass(frozen=True)
class Run:
    """What one process cost."""

    wall: float
    peak: float
    """MB."""
    told: dict[str, object]


def night(home: Path, day: date) -> Run:
    """A nightly build, as a process of its own."""
    environment = {**os.environ, "AUDIOED_CACHE": str(home / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is not compiled at every start
    line = [sys.executable, "-m", "audioed", "nightly", "--json", "--day", day.isoformat()]
    with tempfile.TemporaryFile("w+") as told:
        began = time.perf_counter()
        process = subprocess.Popen(line, cwd=home, env=environment, stdout=told)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        if process.returncode:
            raise SystemExit(f"{line} ended with {process.returncode}: {told.read()}")
        return Run(wall, used.ru_maxrss / 1024, json.load(told))


def letter(home: Path, number: int) -> None:
    (home / "letters" / f"{number:05}.md").write_text(LETTER.format(number=number, word=f"word{number}"), "utf-8")


def show(home: Path, episodes: int, files: int) -> Path:
    """A show of so many episodes; gives its folder."""
    (home / "letters").mkdir(parents=True)
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    letter(home, 1)
    made = night(home, FIRST).told
    pattern = Path(home, str(made["episode_json"])).parent
    told = json.loads((pattern / "episode.json").read_text("utf-8"))
    article = (pattern / "article-1.json").read_text("utf-8")
    for number in range(2, episodes + 1):
        day = FIRST + timedelta(days=number - 1)
        name = f"{day}-letter-{number}"
        folder = pattern.with_name(name)
        folder.mkdir()
        audio = {**told["enclosure"], "name": f"{name}-0123456789.mp3", "length": 20_000}
        source = {**told["sources"][0], "title": f"Letter {number}", "name": f"{number:05}.md"}
        source["ids"] = [f"file:letters/{number:05}.md", f"text:{sha256(name.encode()).hexdigest()[:32]}"]
        own = {"name": name, "number": number, "day": day.isoformat(), "title": f"Letter {number}"}
        guid = sha256(name.encode()).hexdigest()
        own |= {"guid": f"{guid[:8]}-{guid[8:12]}-{guid[12:16]}-{guid[16:20]}-{guid[20:32]}", "enclosure": audio}
        (folder / "episode.json").write_text(json.dumps({**told, **own, "sources": [source]}, indent=1), "utf-8")
        with (folder / audio["name"]).open("wb") as file:
            file.truncate(audio["length"])
        os.link(pattern / told["cover"], folder / told["cover"])
        if number > episodes - files:
            letter(home, number)
            own_words = article.replace("number 1,", f"number {number},").replace("1th day", f"{number}th day")
            (folder / "article-1.json").write_text(own_words.replace("word1 ", f"word{number} "), "utf-8")
    return pattern.parent


def same_feed(home: Path, folder: Path, day: date) -> None:
    """Whether anything but time hangs on the index."""
    (index,) = (home / "cache" / "catalogues").glob("*.json")
    good = index.read_bytes()
    before = {path.name: path.read_bytes() for path in folder.glob("feed*.xml")}
    yesterday = json.dumps({"form": [1], "entries": [], "pages": {}, "seen": {}}).encode()
    ways = {"deleted": None, "truncated": good[: len(good) // 2], "empty": b"", "of another version": yesterday}
    ways["with noise in it"] = good[: len(good) // 3] + bytes(64) + good[len(good) // 3 + 64 :]
    for way, data in ways.items():
        index.unlink(missing_ok=True)
        if data is not None:
            index.write_bytes(data)
        for path in folder.glob("feed*.xml"):
            path.unlink()
        ran = night(home, day)
        after = {path.name: path.read_bytes() for path in folder.glob("feed*.xml")}
        print(f"index {way}: {'the same bytes' if after == before else 'OTHER BYTES'} of feed, {ran.wall:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--episodes", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=100, help="letters in the folder that is read")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        homes = {"one": Path(place, "one"), "many": Path(place, "many")}
        folders = {
            "one": show(homes["one"], 1, 1),
            "many": show(homes["many"], options.episodes, min(options.files, options.episodes)),
        }
        day = FIRST + timedelta(days=options.episodes)
        time.sleep(2.1)  # what was written just now is not trusted to be unchanged
        for home in homes.values():
            first = night(home, day)
            print(f"{home.name}: the first night of this version takes {first.wall:.1f} s and {first.peak:.0f} MB")
            time.sleep(2.1)
            night(home, day)
        for kind in ("nothing new", "something new"):
            runs: dict[str, list[Run]] = {"one": [], "many": []}
            for number in range(options.rounds):
                for name, home in homes.items():
                    if kind == "something new":
                        letter(home, options.episodes + 1 + number)
                    runs[name].append(night(home, day + timedelta(days=number)))
                    made = runs[name][-1].told["episode_json"] is not None
                    assert made is (kind == "something new"), runs[name][-1].told
            one, many = (statistics.median(run.wall for run in runs[name]) for name in ("one", "many"))
            peak = max(run.peak for run in runs["many"])
            print(
                f"{kind}: {many:.2f} s with {options.episodes} episodes, {one:.2f} s with one, ratio {many / one:.2f}, "
                f"{many - 2.5 * one:+.2f} s beyond 2.5 times; peak {peak:.0f} MB"
            )
        same_feed(homes["many"], folders["many"], day + timedelta(days=options.rounds))


if __name__ == "__main__":
    main()
