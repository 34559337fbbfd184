"""
The sample and the seed article as published: words misheard, naturalness, loudness, captions, and the same bytes.

    python benchmarks/published.py [--texts FILE ...] [--installed] [--voice ROLE=NAME ...] [--no-cluster]

Each text is rendered from an empty cache into a folder of its own: with one worker, with two, and on two Dask workers
where the extra `cluster` is there. The MP3 files are compared byte for byte; the first is decoded with soundfile and
measured, by our meter and as `voices.py` does, and once more by ffmpeg's. `--installed` lets installed voices speak.
The words in brackets are those but for where spaces stand. Needs what `voices.py` needs. One run; judges nothing.
"""

import argparse
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import hearing
from bench_line import AUDIOED, SAMPLE, SEED, run

from audioed.mastering.encode import measure
from audioed.mastering.leveler import highest
from audioed.mastering.loudness import loudness
from audioed.phonemes import without_sounds
from audioed.publishing.transcript.cards import READ
from audioed.sound import Sound

DAY = "2026-03-14"


@dataclass(frozen=True)
class Take:
    """A text as a voice reads it."""

    said: str
    sound: Sound
    cpu: float = float("nan")
    """Seconds of the processor for an hour of sound."""
    peak: float = float("nan")
    """MB."""


def published(folder: Path) -> Take:
    """A finished episode from its first word to its last."""
    import soundfile

    episode = json.loads((folder / "episode.json").read_text("utf-8"))
    script = json.loads((folder / "script.json").read_text("utf-8"))
    samples, rate = soundfile.read(folder / episode["enclosure"]["name"], dtype="float32", always_2d=True)
    first, last = (round(rate * episode["cues"][at][edge]) for at, edge in ((0, "start"), (-1, "end")))
    said = [without_sounds(each["spoken"]) for segment in script["segments"] for each in segment["utterances"]]
    return Take(" ".join(said), Sound(samples=samples[first:last].mean(axis=1), rate=rate))


@contextmanager
def cluster(wanted: bool) -> Iterator[str]:
    """The address of two workers of one core each; empty where there are none."""
    try:
        from distributed import LocalCluster
    except ImportError:
        wanted = False
    if not wanted:
        yield ""
        return
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as started:
        yield started.scheduler_address


def rendered(text: Path, folder: Path, settings: str, voices: list[str]) -> Path:
    """The folder of the episode, made in this one from nothing."""
    folder.mkdir()
    (folder / "audioed.toml").write_text(f"[synthesis]\n{settings}\n", "utf-8")
    chosen = [part for voice in voices for part in ("--voice", voice)]
    run(*AUDIOED, "render", str(text.resolve()), "--day", DAY, *chosen, cwd=folder, cache=folder / "cache")
    return next(folder.glob("output/*/*/episode.json")).parent


def recording(folder: Path) -> Path:
    """The episode's MP3."""
    return next(folder.glob("*.mp3"))


def hurried(folder: Path) -> str:
    """How many of an episode's caption cards have to be read faster than a card of ours should."""
    import webvtt
    from webvtt.models import Timestamp

    def at(told: str) -> int:
        return int(Timestamp.from_string(told).in_milliseconds())

    cards = webvtt.read(folder / "transcript.vtt").captions
    lasting = [at(each.end) - at(each.start) for each in cards]
    paces = [
        1000 * len(each.text.replace("\n", " ")) / milliseconds
        for each, milliseconds in zip(cards, lasting, strict=True)
    ]
    over = sum(round(pace * READ, 2) > 1 for pace in paces)  # a card ends at a whole millisecond
    return f"{over} of {len(paces)} cards over {1 / READ:.0f} letters a second, at most {max(paces):.1f}"


def told(folder: Path) -> str:
    """What is measured of an episode."""
    import soundfile

    take = published(folder)
    samples = hearing.scaled(take.sound)
    whole, rate = soundfile.read(recording(folder), dtype="float32")
    theirs = measure(recording(folder))
    return (
        f"DNSMOS {hearing.natural(samples):.2f}, words misheard {hearing.misheard(take.said, samples)}, "
        f"{loudness(whole, rate):.2f} LUFS and {highest(whole):.2f} dBTP "
        f"(ffmpeg {theirs.integrated:.1f} and {theirs.true_peak:.1f}); {hurried(folder)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="+", type=Path, default=[each for each in (SEED, SAMPLE) if each.exists()])
    parser.add_argument("--installed", action="store_true")
    parser.add_argument("--voice", action="append", default=[], metavar="ROLE=NAME")
    parser.add_argument("--no-cluster", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as name, cluster(not options.no_cluster) as address:
        ways = {"one worker": "workers = 1", "two workers": "workers = 2"}
        ways |= {"Dask": f'cluster = "{address}"'} if address else {}
        for text in options.texts:
            place = Path(name, text.stem)
            place.mkdir()
            with patch.dict(os.environ, {} if options.installed else {"AUDIOED_DATA": str(place / "none")}):
                made = {
                    way: rendered(text, place / str(number), settings, options.voice)
                    for number, (way, settings) in enumerate(ways.items())
                }
            print(f"{text.name}: {told(next(iter(made.values())))}", flush=True)
            for way, folder in made.items():
                data = recording(folder).read_bytes()
                print(f"  {way:12} {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
