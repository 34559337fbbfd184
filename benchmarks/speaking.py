"""
`audioed speak` against bare model inference on the same phonemes, and speaking again. Prints figures, judges nothing.

    python benchmarks/speaking.py [--engines hibari piper kokoro] [--minutes 0 60] [--rounds N]

Minutes 0 is the shared seed article, or our sample where that is not there. Kokoro must be installed
(`audioed voices install kokoro`). Both are whole processes run in turn; of the bare one only inference counts.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench_line import AUDIOED, HERE, SAMPLE, SEED, article, run

from audioed.machine import cores

VOICES = {
    engine: ("--voice", f"narrator={name}")
    for engine, name in {"hibari": "heart", "piper": "joe", "kokoro": "kokoro-heart"}.items()
}


def script_of(minutes: int, folder: Path) -> Path:
    """The script of the seed article, or of a made-up one of so many minutes."""
    source = SEED if SEED.exists() else SAMPLE
    if minutes:
        source = folder / f"{minutes}.txt"
        source.write_text(article(minutes), "utf-8")
    run(*AUDIOED, "extract", str(source), "--to", str(folder / "article.json"))
    script = folder / f"script-{minutes}.json"
    run(*AUDIOED, "write", str(folder / "article.json"), "--to", str(script))
    return script


def measured(engine: str, minutes: int, rounds: int, folder: Path) -> Path:
    """The ratio of both, then what one changed sentence costs."""
    script = script_of(minutes, folder)
    voice = (*VOICES[engine], "--to", str(folder / "speech.json"))
    ours, bare, audio = [], [], 0.0
    for number in range(rounds):
        cache = folder / f"{engine}-{minutes}-{number}"
        ours.append(run(*AUDIOED, "speak", str(script), *voice, cache=cache))
        told = run(sys.executable, str(HERE / "bare.py"), str(script), "--engine", engine)
        bare.append(json.loads(told.told.splitlines()[-1]))
        audio = bare[-1]["audio"]
    wall = statistics.median(each.wall for each in ours)
    theirs = statistics.median(each["wall"] for each in bare)
    print(f"{engine}, {audio / 60:.1f} minutes of audio, median of {rounds}")
    print(f"  audioed speak {wall:.1f} s wall, {max(each.peak for each in ours):.0f} MB; bare inference {theirs:.1f} s")
    print(f"  audioed / bare: {wall / theirs:.3f}")
    again(script, engine, cache, wall, folder)
    return script


def again(script: Path, engine: str, cache: Path, wall: float, folder: Path) -> None:
    """What one changed sentence costs: the whole process, then inside `speak` all but the engine's call."""
    changed = json.loads(script.read_text("utf-8"))
    body = next(each for each in changed["segments"] if each["kind"] == "body")
    script = folder / "changed.json"
    for number, text in enumerate(("This sentence was changed.", "This one was changed as well.")):
        body["utterances"][number]["spoken"] = text
        script.write_text(json.dumps(changed), "utf-8")
        before = len(list(cache.glob("clips/*/*.wav")))
        if number == 0:
            once = run(*AUDIOED, "speak", str(script), *VOICES[engine], "--to", str(folder / "s.json"), cache=cache)
            told = f"{once.wall:.2f} s as a process, {once.wall / wall:.2%} of the first run"
        else:
            whole, inside = timed(script, engine, cache)
            rest = whole - inside
            told = f"{rest:.3f} s in `speak` beside the call, {rest / wall:.2%} of the first run"
        made = len(list(cache.glob("clips/*/*.wav"))) - before
        print(f"  one sentence changed: {made} new clip, {told}")


def timed(script: Path, engine: str, cache: Path) -> tuple[float, float]:
    """Seconds that `speak` takes, and those of them inside the engine, its model's loading included."""
    import audioed
    from audioed import build
    from audioed.model import Script
    from audioed.nouns import parse
    from audioed.synthesis import engine as engines

    load, spent = engines.load, []

    def loaded(name: str) -> Any:
        made = load(name)
        speaks = made.synthesize

        def synthesize(*asked: Any) -> Any:
            began = time.perf_counter()
            try:
                return speaks(*asked)
            finally:
                spent.append(time.perf_counter() - began)

        made.synthesize = synthesize
        return made

    engines.load = loaded
    try:
        roles = dict(each.split("=") for each in VOICES[engine] if "=" in each)
        place = audioed.open(output=cache / "output", cache=cache, voices=roles).place
        noun = parse(Script, script.read_bytes(), script)
        began = time.perf_counter()
        build.speak(noun, place)
        return time.perf_counter() - began, sum(spent)
    finally:
        engines.load = load


def first_clip(script: Path, engine: str, folder: Path) -> None:
    """From the start of the process to the first finished clip, and the memory by number of workers."""
    for workers in (1, cores()):
        cache, settings = folder / f"first-{engine}-{workers}", folder / "audioed.toml"
        settings.write_text(f"[synthesis]\nworkers = {workers}\n", "utf-8")
        voice = (*VOICES[engine], "--config", str(settings), "--to", str(folder / "speech.json"))
        began = time.time()
        done = run(*AUDIOED, "speak", str(script), *voice, cache=cache)
        first = min(each.stat().st_mtime for each in cache.glob("clips/*/*.wav")) - began
        print(f"  {workers} worker: first clip after {first:.2f} s, {done.wall:.1f} s in all, {done.peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="+", default=[*VOICES], choices=list(VOICES))
    parser.add_argument("--minutes", nargs="+", type=int, default=[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for minutes in options.minutes:
            for engine in options.engines:
                script = measured(engine, minutes, options.rounds, Path(folder))
                if not minutes:
                    first_clip(script, engine, Path(folder))


if __name__ == "__main__":
    main()
