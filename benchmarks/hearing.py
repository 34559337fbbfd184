"""What is measured of a voice: how natural it sounds, which words are misheard, how unlike another speaker it is."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioed.errors import ProofError
from audioed.model import Word
from audioed.proofing.align import side_by_side
from audioed.proofing.recogniser import RATE, Recogniser
from audioed.sound import Sound, louder_half, resample

Samples = NDArray[np.float32]
LEVEL = -26.0
"""dBFS, root mean square of everything, pauses included; DNSMOS gives the same speech less the louder it is."""
WINDOW, HOP = round(9.01 * RATE), 9 * RATE
"""Samples that DNSMOS takes at once, and from one window to the next: Microsoft's code goes on by a second, which costs
nine times as much and, of three minutes of joe, tells less than a hundredth more."""
OVERALL = (-0.06766283, 1.11546468, 0.04602535)
"""Microsoft's polynomial from the network's number to its mean opinion score (P.835, not personalized)."""
FRAME, STEP = round(0.04 * RATE), round(0.01 * RATE)
LOWEST, HIGHEST = 60, 400
"""Hz, of a speaker's pitch."""
VOICED = 0.6
"""Of a frame's own power, its likeness to itself a period later."""
ACTIVE = 0.01
"""Of the louder half's power, -20 dB: frames in which somebody speaks up."""
BANDS = 100 * 2 ** (np.arange(19) / 3)
"""Hz, the middles of a third of an octave each, to 6.4 kHz."""


def scaled(sound: Sound) -> Samples:
    """The sound at `RATE` and `LEVEL`."""
    samples = resample(sound, RATE).samples
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return (samples * (10 ** (LEVEL / 20) / max(power, 1e-12) ** 0.5)).astype(np.float32)


def natural(samples: Samples) -> float:
    """
    DNSMOS P.835 overall, 1 to 5, of sound at `RATE`.

    Of the package `speechmos` only the network is taken: its code needs
    librosa, for the features of another network (P.808) than this one.
    """
    session = _dnsmos()
    while len(samples) < WINDOW:
        samples = np.concatenate([samples, samples])
    scores = []
    for start in range(0, len(samples) - WINDOW + 1, HOP):
        given = {"input_1": samples[None, start : start + WINDOW]}
        scores.append(np.polyval(OVERALL, float(session.run(None, given)[0][0][2])))
    return float(np.mean(scores))


@cache
def _dnsmos() -> Any:
    import onnxruntime

    found = find_spec("speechmos")
    if found is None or not found.submodule_search_locations:
        sys.exit("DNSMOS is missing; install it with `pip install --no-deps speechmos`.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    path = Path(found.submodule_search_locations[0]) / "dnsmos_models" / "sig_bak_ovr.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def misheard(said: str, samples: Samples) -> str:
    """
    The share of the words that Whisper base hears otherwise, in spoken English; and that but for where spaces stand.

    Both sides go through Whisper's own normalizer for English, so "$4.5
    million" is "four point five million dollars", and "colour" is "color". It
    leaves "i s s" and "iss" three errors apart, "ebook" and "e book" two.
    """
    try:
        import jiwer
        from whisper_normalizer.english import EnglishTextNormalizer
    except ImportError:
        sys.exit("Counting words is missing; install it with `pip install jiwer whisper-normalizer`.")
    plain = EnglishTextNormalizer()
    asked, got = plain(said), plain(transcript(samples))
    return f"{jiwer.wer(asked, got):.1%} ({apart(asked.split(), got.split()):.1%})"


def apart(asked: list[str], got: list[str]) -> float:
    """The share of the words that are heard otherwise, however they are parted into words."""
    wrong = 0
    for each in side_by_side(asked, got):
        these, those = asked[each.start : each.end], got[each.first : each.last]
        if not each.same and "".join(these) != "".join(those):
            wrong += max(len(these), len(those))
    return wrong / max(1, len(asked))


def transcript(samples: Samples) -> str:
    """What is heard of sound at `RATE`."""
    return " ".join(word.text for word in words(samples))


def words(samples: Samples) -> tuple[Word, ...]:
    """The English words in it, with their times."""
    return _ears().transcribed(samples, "en")


@cache
def _ears() -> Recogniser:
    try:
        return Recogniser()
    except ProofError as error:
        sys.exit(str(error))


def pitch(samples: Samples) -> float:
    """The median pitch in Hz, from each voiced frame's likeness to itself (autocorrelation); NaN without any."""
    frames = _active(samples) * np.hanning(FRAME)
    frames = frames - frames.mean(axis=1, keepdims=True)
    alike = np.fft.irfft(np.abs(np.fft.rfft(frames, 2 * FRAME)) ** 2)[:, :FRAME]
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(FRAME), 2 * FRAME)) ** 2)[:FRAME]
    lags = np.arange(RATE // HIGHEST, RATE // LOWEST)
    alike = alike[:, lags] / window[lags] / (alike[:, :1] / window[0] + 1e-12)
    best = alike.max(axis=1)
    first = np.argmax(alike >= 0.9 * best[:, None], axis=1)  # a period, and not several
    found = [
        lags[at + np.argmax(row[at : at + 10])]
        for row, at, high in zip(alike, first, best, strict=True)
        if high >= VOICED
    ]
    return float(RATE / np.median(found)) if found else float("nan")


def spectrum(samples: Samples) -> NDArray[np.float64]:
    """The long-term average spectrum of what is spoken: dB in each of `BANDS`, around their mean."""
    frames = _active(samples) * np.hanning(FRAME)
    power = (np.abs(np.fft.rfft(frames)) ** 2).mean(axis=0)
    at = np.fft.rfftfreq(FRAME, 1 / RATE)
    edges = [(np.searchsorted(at, middle * 2 ** (-1 / 6)), middle * 2 ** (1 / 6)) for middle in BANDS]
    levels = [power[low : max(low + 1, np.searchsorted(at, high))].mean() for low, high in edges]
    decibels = 10 * np.log10(levels)
    result: NDArray[np.float64] = decibels - decibels.mean()
    return result


def _active(samples: Samples) -> NDArray[np.float64]:
    """The frames in which somebody speaks, shape (n, FRAME)."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::STEP].astype(np.float64)
    power = np.square(frames).mean(axis=1)
    result: NDArray[np.float64] = frames[power > ACTIVE * louder_half(power)]
    return result
