"""
What hibari's networks say of a sound, made into the sound: a spectrum for each 12.5 ms, and the pitch of the voice.

    spectrum = exp(lh) e^(i pi tanh(theta)) STFT(pulses at f0) + exp(ln) noise + exp(lr) e^(i phi)

The signal processing that its package has (`hibari.dsp`), over blocks that stay in the processor's cache, and with
frames that may lie closer or further apart: a tempo that is exact, where the network's own is rounded to whole units.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 24_000
"""Samples a second."""
HOP = 300
"""Samples from one frame to the next at the network's own tempo."""
LENGTH = 1200
"""Samples of a frame."""
BLOCK = 64
"""Frames that are worked on at once."""
LOWEST, HIGHEST = 40.0, 11_000.0
"""Hertz: below it nothing is voiced, above it a voice has no overtones."""
LOUDEST = 7.0
"""Natural logarithm of the greatest magnitude."""
_WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(LENGTH) / LENGTH)).astype(np.float32)


def sounded(
    spectra: "NDArray[np.float32]", f0: "NDArray[np.float32]", hops: "NDArray[np.int64]", chance: np.random.PCG64
) -> "NDArray[np.float32]":
    """
    The sound of these frames with so many samples from each to the next, shape (sum of `hops`,), or up to `HOP` longer.

    `spectra` are lh, theta, ln, lr and phi side by side, shape (len(f0), 5 * 601).
    A slower voice says some frames twice: with all of them further apart our
    sample sounded coarser three semitones higher (DNSMOS 3.35 against 3.37).
    """
    hop = min(HOP, int(hops.min()))
    if hops.max() > hop:
        said = nearest(hops, hop)
        spectra, f0 = spectra[said], f0[said]
    frames = len(f0)
    source = np.pad(_pulses(f0, hop), LENGTH // 2, mode="reflect")
    cut = sliding_window_view(source, LENGTH)[::hop][:frames]
    over = -(-LENGTH // hop)
    found = np.zeros((frames + over, hop), np.float32)
    for first in range(0, frames, BLOCK):
        block = slice(first, min(first + BLOCK, frames))
        some = _frames(spectra[block], cut[block], chance)
        steps = np.pad(some, ((0, 0), (0, over * hop - LENGTH))) if LENGTH % hop else some
        for step in range(over):  # each frame reaches over so many steps
            found[first + step : first + step + len(some)] += steps[:, step * hop : (step + 1) * hop]
    return (found.ravel()[LENGTH // 2 :][: frames * hop].reshape(-1, hop) * _level(hop)).ravel()


def nearest(hops: "NDArray[np.int64]", hop: int) -> "NDArray[np.int64]":
    """Which of the frames that are so far apart is nearest to each of those `hop` apart, to the end of the last one."""
    ends = np.cumsum(hops)
    middles = np.arange(-(-ends[-1] // hop)) * hop + hop / 2
    return np.minimum(np.searchsorted(ends, middles, side="right"), len(hops) - 1)


def _frames(
    spectra: "NDArray[np.float32]", source: "NDArray[np.float32]", chance: np.random.PCG64
) -> "NDArray[np.float32]":
    lh, theta, ln, lr, phi = np.split(spectra, 5, axis=1)
    whole = _noise(chance, ln.shape) * _magnitude(ln)
    whole += _turned(phi, lr)
    if source.any():
        theta = np.tanh(theta)
        theta *= np.float32(np.pi)
        whole += np.fft.rfft(source * (_WINDOW / np.float32(LENGTH / 4)), axis=1) * _turned(theta, lh)
    frames: NDArray[np.float32] = np.fft.irfft(whole, LENGTH, axis=1).astype(np.float32, copy=False)
    frames *= _WINDOW
    return frames


def _noise(chance: np.random.PCG64, shape: tuple[int, int]) -> "NDArray[np.complex64]":
    """
    Complex numbers whose parts are evenly distributed, of variance 1 each.

    A sound is the sum of hundreds, and so as normal as if each were; a normal
    distribution takes ten times as long. The bits of a generator are the same in
    every version of numpy, what is made of them elsewhere need not be.
    """
    rows, columns = shape
    bits = chance.random_raw(-(-rows * columns // 2)).view(np.int16)[: 2 * rows * columns]
    found: NDArray[np.float32] = bits * np.float32(12**0.5 / 2**16)
    return found.view(np.complex64).reshape(shape)


def _turned(angle: "NDArray[np.float32]", magnitude: "NDArray[np.float32]") -> "NDArray[np.complex64]":
    """Complex numbers of these angles and natural logarithms of magnitudes."""
    found = np.empty(angle.shape, np.complex64)
    size = _magnitude(magnitude)
    np.multiply(np.cos(angle), size, out=found.real)
    np.multiply(np.sin(angle), size, out=found.imag)
    return found


def _magnitude(logarithm: "NDArray[np.float32]") -> "NDArray[np.float32]":
    found: NDArray[np.float32] = np.exp(np.minimum(logarithm, np.float32(LOUDEST)))
    return found


@cache
def _level(hop: int) -> "NDArray[np.float32]":
    """What brings overlapping frames back to their level, for each sample between two of them."""
    whole = np.zeros(-(-LENGTH // hop) * hop)
    whole[:LENGTH] = np.square(_WINDOW, dtype=np.float64)
    level: NDArray[np.float32] = (1 / whole.reshape(-1, hop).sum(axis=0)).astype(np.float32)
    return np.roll(level, -(LENGTH // 2 % hop))


def _pulses(f0: "NDArray[np.float32]", hop: int) -> "NDArray[np.float32]":
    """
    A train of pulses at this pitch: every overtone below `HIGHEST` at an amplitude of 1, nothing where it is unvoiced.

    A sum of cosines is sin((n + 1/2) t) / (2 sin(t/2)) - 1/2 (Dirichlet's kernel).
    Between frames the pitch is a straight line, so its phase follows from three
    frames and from where the phase was.
    """
    weights, sums = _lines(hop)
    near = np.stack([np.concatenate([f0[:1], f0[:-1]]), f0, np.concatenate([f0[1:], f0[-1:]])])
    turns = np.cumsum(sum(frame * float(line[-1]) for frame, line in zip(near.astype(np.float64), sums, strict=True)))
    before = ((turns - np.diff(turns, prepend=0)) % 1).astype(np.float32)
    found = np.empty((len(f0), hop), np.float32)
    for first in range(0, len(f0), BLOCK):
        block = slice(first, first + BLOCK)
        pitch = sum(frame[block, None] * line for frame, line in zip(near, weights, strict=True))
        half = sum(frame[block, None] * line for frame, line in zip(near, sums, strict=True)) + before[block, None]
        half *= np.float32(np.pi)
        unvoiced = pitch <= LOWEST
        np.maximum(pitch, np.float32(LOWEST), out=pitch)
        overtones = np.floor(np.float32(HIGHEST) / pitch)
        overtones *= 2
        overtones += 1
        below = np.sin(half)
        pulse = np.sin(np.multiply(overtones, half, out=half))
        peak = np.abs(below) <= 1e-3  # noqa: PLR2004  there the quotient is 0/0, and its limit is the number of terms
        below[peak] = 1
        pulse /= below
        np.copyto(pulse, overtones, where=peak)
        pulse -= 1
        pulse *= np.float32(0.5)
        pulse[unvoiced] = 0
        found[block] = pulse
    return found.ravel()


@cache
def _lines(hop: int) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """What the frame before, this one and the next weigh at each of its samples, and what they add up to, in turns."""
    place = (np.arange(hop) + 0.5) / hop - 0.5
    weights = np.stack([np.maximum(-place, 0), 1 - np.abs(place), np.maximum(place, 0)])
    return weights.astype(np.float32), (np.cumsum(weights, axis=1) / RATE).astype(np.float32)
