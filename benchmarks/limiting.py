"""
How much the limiter has to turn down, with peaks as the voice gives them and spread in several ways. Judges nothing.

    python benchmarks/limiting.py [--voices joe joe-bright system kokoro-heart] [--every N]

For each voice: the share of samples turned down at all / by more than 3 dB, at -16 LUFS under -1 dBTP.
"""

import argparse
from contextlib import closing
from pathlib import Path

from round_trip import cases

from audioed import config
from audioed.mastering import render, treat
from audioed.mastering.finish import HEADROOM, LAME_GAIN
from audioed.mastering.treat import Rotator
from audioed.model import Treatment, Utterance
from audioed.scripting.normalize import normalize
from audioed.sound import Sound
from audioed.synthesis.engine import heard, load
from audioed.synthesis.trim import trimmed

WAYS = {
    "none": (Rotator(700, 1.5, 0),),
    "2 at 700 Hz": (Rotator(700, 1.5, 2),),
    "4 at 700 Hz": (Rotator(700, 1.5, 4),),
    "4 at 500 Hz": (Rotator(500, 1.5, 4),),
    "6 at 400 Hz": (Rotator(400, 1.0, 6),),
    "4 at 1000 Hz": (Rotator(1000, 1.5, 4),),
    "ours": treat.ROTATORS,
}
"""Rotators that a clip may go through."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", nargs="+", default=["joe", "joe-bright", "joe-plain", "system"])
    parser.add_argument("--every", type=int, default=40, metavar="N", help="only every Nth of our cases")
    options = parser.parse_args()
    cards = config.voices(Path())
    texts = [normalize(case.written) for case in list(cases())[:: options.every]]
    for name in options.voices:
        with closing(load(cards[name].engine)) as engine:
            sounds: list[Sound] = [
                trimmed(engine.synthesize(heard(Utterance(written=text, spoken=text), engine), cards[name]))
                for text in texts
            ]
        whole = sum(len(sound.samples) for sound in sounds)
        print(f"{name}, {len(sounds)} clips")
        for way, render.ROTATORS in WAYS.items():
            ceiling = -1.0 - HEADROOM[96] - LAME_GAIN
            clips = [render.voiced(each, Treatment(), -16.0 - LAME_GAIN, ceiling) for each in sounds]
            touched, audible = (sum(getattr(clip, what) for clip in clips) / whole for what in ("limited", "reduced"))
            print(f"  {way:22} {touched:6.1%} / {audible:.2%}")


if __name__ == "__main__":
    main()
