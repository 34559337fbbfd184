"""
The system's voices through pyttsx3: is every utterance spoken whole? Prints figures, judges nothing.

    python benchmarks/system.py [--utterances N] [--longest SECONDS]

Utterances of a second to the longest, spoken by every core at once. Each duration is compared with that of the same
text said by the command `espeak-ng` (Debian: espeak-ng) in a process of its own, where that is installed; and the
first ones are said again: espeak-ng's noise differs, the durations must not.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
import wave
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
from bench_line import WORDS

from audioed.machine import cores
from audioed.model import Utterance
from audioed.sound import Sound
from audioed.synthesis.engine import load
from audioed.synthesis.faults import fault
from audioed.voices.cards import voice_cards

WORD = 0.365
"""Seconds that a word of ours takes."""
AGAIN = 50
COMMAND = shutil.which("espeak-ng") or ""


def texts(count: int, longest: float) -> list[str]:
    """Sentences of five to twelve words, from a second to the longest, in random order."""
    chance = random.Random(5)  # noqa: S311  # no secret
    made = []
    for seconds in np.linspace(1, longest, count):
        words = [chance.choice(WORDS) for _ in range(max(3, round(seconds / WORD)))]
        sentences = []
        while words:
            size = chance.randint(5, 12)
            sentences.append(" ".join(words[:size]).capitalize() + ".")
            words = words[size:]
        made.append(" ".join(sentences))
    chance.shuffle(made)
    return made


def by_command(text: str, folder: Path) -> float:
    """Seconds that the command espeak-ng needs for the text."""
    wav = folder / f"{abs(hash(text))}.wav"
    subprocess.run([COMMAND, "-v", "en", "-s", "175", "-z", "-w", str(wav), text], check=True)
    with wave.open(str(wav)) as reader:
        seconds = reader.getnframes() / reader.getframerate()
    wav.unlink()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--utterances", type=int, default=500)
    parser.add_argument("--longest", type=float, default=100.0)
    options = parser.parse_args()
    card = voice_cards(Path())["system"]
    said = texts(options.utterances, options.longest)
    with (
        closing(load("system")) as engine,
        ThreadPoolExecutor(cores()) as threads,
        tempfile.TemporaryDirectory() as name,
    ):

        def speak(text: str) -> tuple[str | None, float]:
            sound: Sound = engine.synthesize(Utterance(written=text, spoken=text), card)
            return fault(sound, text), sound.duration

        made = list(threads.map(speak, said))
        durations = [seconds for _, seconds in made]
        print(f"{engine.version}: {len(made)} utterances, {min(durations):.1f} to {max(durations):.1f} s")
        print(f"  {sum(durations) / 3600:.1f} hours of sound; faults: {[told for told, _ in made if told] or 'none'}")
        again = [seconds for _, seconds in threads.map(speak, said[:AGAIN])]
        drift = np.abs(np.array(again) / durations[:AGAIN] - 1).max()
        print(f"  {AGAIN} said again: durations differ by {drift:.2%} at most")
        if not COMMAND:
            print("  the command espeak-ng is not installed: durations were not compared with its own")
            return
        theirs = list(threads.map(lambda text: by_command(text, Path(name)), said))
        ratios = np.array(durations) / np.array(theirs)
        print(f"  ours / the command's: {ratios.min():.3f} to {ratios.max():.3f}, median {np.median(ratios):.3f}")


if __name__ == "__main__":
    main()
