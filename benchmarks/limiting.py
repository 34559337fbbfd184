"""
How much the limiter has to turn down, with peaks as the voice gives them and spread in several ways. Judges nothing.

    python benchmarks/limiting.py [--voices heart heart-bright system kokoro-heart] [--every N]

For each voice: the share of samples turned down at all / by more than 3 dB, at -16 LUFS under -1 dBTP; then how far the
MP3 encoder exceeds the ceiling of a clip, and how many clips exceed what `HEADROOM` leaves, for each bitrate.
"""

import argparse
import statistics
from contextlib import closing
from pathlib import Path

from round_trip import cases

from audioed.mastering import mp3, render, treat
from audioed.mastering.finish import HEADROOM, LAME_GAIN
from audioed.mastering.pieces import AFTER, MARGIN, encode_piece
from audioed.mastering.stitch import RATE
from audioed.mastering.treat import Rotator
from audioed.model import Treatment, Utterance
from audioed.sound import Sound, pcm, resample
from audioed.synthesis.engine import adapted, load
from audioed.synthesis.trim import trimmed
from audioed.voices.cards import voice_cards

WAYS = {
    "none": (Rotator(700, 1.0, 0),),
    "6 at 700 Hz, Q 1.0": (Rotator(700, 1.0, 6),),
    "4 at 700 Hz, Q 1.5": (Rotator(700, 1.5, 4),),
    "2 at 700 Hz, Q 1.5": (Rotator(700, 1.5, 2),),
    "4 at 850 Hz, Q 1.0": (Rotator(850, 1.0, 4),),
    "6 at 1000 Hz, Q 1.0": (Rotator(1000, 1.0, 6),),
    "4 at 500 Hz, Q 1.5": (Rotator(500, 1.5, 4),),
    "ours": treat.ROTATORS,
}
"""Rotators that a clip may go through."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", nargs="+", default=["heart", "heart-bright", "heart-low", "system"])
    parser.add_argument("--every", type=int, default=40, metavar="N", help="only every Nth of our cases")
    options = parser.parse_args()
    cards = voice_cards(Path())
    texts = [case.spoken for case in list(cases("en"))[:: options.every]]
    for name in options.voices:
        with closing(load(cards[name].engine)) as engine:
            sounds: list[Sound] = [
                trimmed(
                    engine.synthesize(adapted(Utterance(written=text, spoken=text), engine, cards[name]), cards[name])
                )
                for text in texts
            ]
        whole = sum(len(sound.samples) for sound in sounds)
        print(f"{name}, {len(sounds)} clips")
        for way, render.ROTATORS in WAYS.items():
            ceiling = -1.0 - HEADROOM[96] - LAME_GAIN
            clips = [render.voiced(each, Treatment(), -16.0 - LAME_GAIN, ceiling) for each in sounds]
            touched, audible = (sum(getattr(clip, what) for clip in clips) / whole for what in ("limited", "reduced"))
            print(f"  {way:22} {touched:6.1%} / {audible:.2%}")
        for bitrate, headroom in HEADROOM.items():
            ceiling = -1.0 - headroom - LAME_GAIN
            over = sorted(overshoot(each, ceiling, bitrate) for each in sounds)
            often = sum(each > headroom - MARGIN for each in over) / len(over)
            usual = statistics.median(over)
            print(f"  MP3 at {bitrate:3} kbit/s: {usual:5.2f} dB over, at most {over[-1]:.2f}; {often:.0%}")


def overshoot(clip: Sound, ceiling: float, bitrate: int) -> float:
    """By how many decibels the encoded clip exceeds its ceiling; LAME's own gain is none of it."""
    loud = render.voiced(clip, Treatment(), -16.0 - LAME_GAIN, ceiling)
    sound = resample(Sound(samples=loud.samples, rate=clip.rate), RATE)
    encoded = encode_piece([pcm(sound.samples), AFTER], rate=RATE, bitrate=bitrate, frame=mp3.SAMPLES)
    return encoded.true_peak - (ceiling + LAME_GAIN)


if __name__ == "__main__":
    main()
