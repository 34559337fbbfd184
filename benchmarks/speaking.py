"""
`audioed speak` against bare model inference on the same phonemes, and speaking again. Prints figures, judges nothing.

    python benchmarks/speaking.py [--engines piper kokoro] [--minutes 0 60] [--rounds N]

Minutes 0 is the shared seed article, or our sample where that is not there. Kokoro must be installed
(`audioed voices install kokoro`). Both are whole processes run in turn; of the bare one only inference counts.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench_line import AUDIOED, HERE, SAMPLE, SEED, article, run

from audioed.models import data_folder

VOICES = {"piper": (), "kokoro": ("--voice", "narrator=kokoro-heart")}
INSTALLED = {"AUDIOED_DATA": str(data_folder())}


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


def measured(engine: str, minutes: int, rounds: int, folder: Path) -> None:
    """The ratio of both, then what one changed sentence costs."""
    script = script_of(minutes, folder)
    if engine == "piper":
        os.environ["AUDIOED_DATA"] = str(folder / "none")  # its default roles, whatever else is installed
    else:
        os.environ.update(INSTALLED)
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
    changed = json.loads(script.read_text("utf-8"))
    body = next(each for each in changed["segments"] if each["kind"] == "body")
    body["utterances"][0]["spoken"] = "This sentence was changed."
    again = folder / "changed.json"
    again.write_text(json.dumps(changed), "utf-8")
    before = len(list(cache.glob("clips/*/*.wav")))
    once = run(*AUDIOED, "speak", str(again), *voice, cache=cache)
    made = len(list(cache.glob("clips/*/*.wav"))) - before
    print(f"  one sentence changed: {made} new clip, {once.wall:.2f} s, {once.wall / wall:.1%} of the first run")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="+", default=["piper", "kokoro"], choices=list(VOICES))
    parser.add_argument("--minutes", nargs="+", type=int, default=[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for minutes in options.minutes:
            for engine in options.engines:
                measured(engine, minutes, options.rounds, Path(folder))


if __name__ == "__main__":
    main()
