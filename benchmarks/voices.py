"""
How does a voice sound: natural, understood, unlike another? Judges nothing.

    python benchmarks/voices.py heart joe,pitch=3 [--texts FILE ...] [--keep FOLDER]
    python benchmarks/voices.py output/my-show/2026-03-14-an-article [...]

Each voice card reads our sample and the shared seed article, all roles alike; after commas stand fields of the card
that are to be otherwise. The folder of a finished episode is measured as published, from its first word to its last.
DNSMOS at one level (`hearing.LEVEL`), words that Whisper base hears otherwise, and that but for where spaces stand, the
distance of the long-term spectrum and of the median pitch from those of the first voice, CPU time an hour of sound in
one thread without loading, and the peak memory of the process that speaks. Needs the extra `proof`, and `pip install
--no-deps speechmos` and `pip install jiwer whisper-normalizer`. One run; speech that draws noise differs from run to
run by a few hundredths.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from math import log2
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import hearing
import numpy as np
from bench_line import SAMPLE, SEED
from proofing import article_in
from published import Take, published

import audioed
from audioed import build
from audioed.catalogue import Wish
from audioed.model import Utterance, Voice
from audioed.phonemes import without_sounds
from audioed.sound import Sound, to_wav
from audioed.synthesis.clips import within
from audioed.synthesis.engine import adapted, load
from audioed.synthesis.trim import trimmed
from audioed.voices.cards import voice_cards

PAUSE = 0.4
"""Seconds between two utterances."""


def utterances(path: Path, folder: Path) -> list[Utterance]:
    """All that an episode of this article says."""
    place = audioed.open(output=folder / "output", cache=folder / "cache").place
    article = article_in(path)
    script = build.write([article], build.edition([article], Wish(date(2026, 3, 14)), place), place)
    return [utterance for segment in script.segments for utterance in segment.utterances]


def card(wanted: str) -> Voice:
    """The card of a name, with other fields where they follow it."""
    name, *changes = wanted.split(",")
    kinds = {field.name: float if field.type in {float, "float", "Decibels"} else str for field in fields(Voice)}
    given = dict(change.split("=", 1) for change in changes)
    return replace(voice_cards(Path())[name], **{key: kinds[key](value) for key, value in given.items()})


def spoken(voice: Voice, texts: list[list[Utterance]]) -> list[Take]:
    """The texts in this voice; to be run in a process of its own, whose memory is told."""
    takes = []
    with closing(load(voice.engine)) as engine:
        engine.synthesize(adapted(texts[0][0], engine, voice), voice)
        for text in texts:
            parts, rate, cpu = [], 0, 0.0
            for utterance in text:
                began = time.process_time()
                sound = engine.synthesize(adapted(utterance, engine, voice), voice)
                cpu += time.process_time() - began
                rate = sound.rate
                parts += [trimmed(within(sound)).samples, np.zeros(round(PAUSE * rate), np.float32)]
            sound = Sound(samples=np.concatenate(parts), rate=rate)
            said = " ".join(without_sounds(utterance.spoken) for utterance in text)
            takes.append(Take(said, sound, 3600 * cpu / sound.duration))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [replace(take, peak=peak) for take in takes]


def takes(wanted: list[str], paths: list[Path], folder: Path) -> Iterator[tuple[str, str, Take]]:
    """Each voice and text with what was spoken."""
    texts = {path.stem: utterances(path, folder) for path in paths}
    for name in wanted:
        if (Path(name) / "episode.json").exists():
            yield name, "as published", published(Path(name))
            continue
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            made = process.submit(spoken, card(name), list(texts.values())).result()
        for title, take in zip(texts, made, strict=True):
            yield name, title, take


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voices", nargs="*", default=["joe"], help="cards, or folders of episodes")
    parser.add_argument("--texts", nargs="+", type=Path, default=[each for each in (SEED, SAMPLE) if each.exists()])
    parser.add_argument("--keep", type=Path, help="a folder for what was spoken, to listen to")
    parser.add_argument("--no-words", action="store_true", help="do not listen to the words, which takes longest")
    options = parser.parse_args()
    print(f"DNSMOS at {hearing.LEVEL:.0f} dBFS; distances from the first voice")
    print("| voice | text | DNSMOS | words misheard | spectrum | pitch | words a minute | CPU s an hour | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    first: dict[str, tuple[np.ndarray, float]] = {}
    with TemporaryDirectory() as folder:
        # All is spoken before anything is heard: a process begins with the memory of the one that starts it.
        for name, title, take in list(takes(options.voices, options.texts, Path(folder))):
            samples = hearing.scaled(take.sound)
            colour, pitch = hearing.spectrum(samples), hearing.pitch(samples)
            its_colour, its_pitch = first.setdefault(title, (colour, pitch))
            words = "-" if options.no_words else hearing.misheard(take.said, samples)
            pace = 60 * len(take.said.split()) / take.sound.duration
            print(
                f"| {name} | {title} | {hearing.natural(samples):.2f} | {words} "
                f"| {np.sqrt(np.mean((colour - its_colour) ** 2)):.1f} dB "
                f"| {pitch:.0f} Hz, {12 * log2(pitch / its_pitch):+.1f} st | {pace:.0f} "
                f"| {take.cpu:.0f} | {take.peak:.0f} |",
                flush=True,
            )
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                whole = replace(take.sound, samples=take.sound.samples.clip(-1, 1))
                (options.keep / f"{Path(name).name}-{title}.wav").write_bytes(to_wav(whole))


if __name__ == "__main__":
    main()
