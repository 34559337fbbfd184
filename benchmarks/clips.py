"""
What the checks see of each voice's clips: how near good ones come to their limits, and which faults they find.

    python benchmarks/clips.py [--voices heart system kokoro-heart] [--every N]

Every Nth sentence of our own cases is spoken in each voice. A fault in a clip that no one has touched is a false alarm;
then each clip is spoilt in six ways. Prints figures, judges nothing.
"""

import argparse
from collections import Counter
from contextlib import closing
from pathlib import Path

import numpy as np
from round_trip import cases

from audioed.errors import SynthesisError
from audioed.model import Utterance
from audioed.phonemes import without_sounds
from audioed.scripting.normalize import normalize
from audioed.sound import Sound
from audioed.synthesis.clips import within
from audioed.synthesis.engine import adapted, load
from audioed.synthesis.faults import AUDIBLE, end_level, fault
from audioed.voices.cards import voice_cards

HOLE = 3.0
"""Seconds of silence put into a clip."""


def spoilt(sound: Sound) -> dict[str, Sound]:
    """The clip with each fault."""
    samples, rate = sound.samples, sound.rate
    loud = np.flatnonzero(np.abs(samples) > 0.5 * np.abs(samples).max())
    cut = int(loud[len(loud) // 2])
    broken = samples.copy()
    broken[cut] = np.nan
    hole = np.concatenate([samples[:cut], np.zeros(round(HOLE * rate), np.float32), samples[cut:]])
    faults = {
        "silence": np.zeros_like(samples),
        "broken off": samples[:cut],
        "a hole": hole,
        "not a number": broken,
        "clipped": np.clip(samples * 20, -1, 1),
        "off zero": samples + np.float32(0.05),
    }
    return {name: Sound(samples=each, rate=rate) for name, each in faults.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", nargs="+", default=["heart", "heart-bright", "heart-low", "system"])
    parser.add_argument("--every", type=int, default=10, metavar="N")
    options = parser.parse_args()
    cards = voice_cards(Path())
    texts = [normalize(case.written, "en") for case in list(cases())[:: options.every]]
    for name in options.voices:
        card = cards[name]
        fastest, gap, end, offset, alarms = np.inf, 0.0, -np.inf, 0.0, []
        found: Counter[str] = Counter()
        spoken = 0
        with closing(load(card.engine)) as engine:
            for text in texts:
                try:
                    sound = within(engine.synthesize(adapted(Utterance(written=text, spoken=text), engine, card), card))
                except SynthesisError as error:
                    print(f"    not spoken: {error}")
                    continue
                said = without_sounds(text)
                spoken += 1
                if letters := sum(map(str.isalnum, said)):
                    fastest = min(fastest, sound.duration / letters * card.rate)
                audible = np.flatnonzero(np.abs(sound.samples) > AUDIBLE)
                gap = max(gap, np.diff(audible).max(initial=0) / sound.rate)
                end, offset = max(end, end_level(sound)), max(offset, abs(float(sound.samples.mean())))
                if problem := fault(sound, said, card.rate):
                    alarms.append(f"{problem}: {text}")
                found.update(kind for kind, each in spoilt(sound).items() if fault(each, said, card.rate))
        print(f"{name}: {spoken} clips, {len(alarms)} false alarms", *alarms, sep="\n    ")
        print(f"  {fastest:.3f} s a letter, gap {gap:.2f} s, end {end:.0f} dB, offset {offset:.4f}")
        print("  found: " + ", ".join(f"{kind} {found[kind]}" for kind in spoilt(sound)))


if __name__ == "__main__":
    main()
