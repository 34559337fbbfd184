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
from audioed.mastering import treat
from audioed.mastering.finish import HEADROOM, LAME_GAIN
from audioed.mastering.leveler import leveled
from audioed.model import Treatment, Utterance
from audioed.scripting.normalize import normalize
from audioed.sound import Sound
from audioed.synthesis.engine import heard, load
from audioed.synthesis.trim import trimmed

WAYS = [(600.0, 1.5, 0), (200.0, 0.7, 4), (400.0, 0.7, 4), (700.0, 1.5, 2), (600.0, 1.5, 3), (700.0, 1.5, 4)]
"""Frequency, sharpness and number of the filters; none first, ours last."""


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
        for treat.ROTATOR, treat.SHARPNESS, treat.ROUNDS in WAYS:
            treat._rotator.cache_clear()  # noqa: SLF001
            ceiling = -1.0 - HEADROOM - LAME_GAIN
            clips = [
                leveled(
                    treat.treated(each.samples, each.rate, Treatment()),
                    each.rate,
                    -16.0 - LAME_GAIN,
                    ceiling,
                    ridden=True,
                )
                for each in sounds
            ]
            touched, audible = (sum(getattr(clip, what) for clip in clips) / whole for what in ("limited", "reduced"))
            way = f"{treat.ROUNDS} at {treat.ROTATOR:.0f} Hz, Q {treat.SHARPNESS}" if treat.ROUNDS else "none"
            print(f"  {way:22} {touched:6.1%} / {audible:.2%}")


if __name__ == "__main__":
    main()
