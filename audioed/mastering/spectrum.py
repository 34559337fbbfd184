"""Filters as spectra: a clip is short, and numpy has no recursive filter."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Response = Callable[[int, int], NDArray[np.complex64]]
"""Of a filter, at the frequencies of a spectrum of so many samples at a rate; shape (size // 2 + 1,)."""
RING = 10
"""A tenth of a second is added, in which a filter's ringing dies away and does not come round to the start."""


def filtered(samples: Samples, rate: int, response: Response) -> Samples:
    """The samples after a filter, as many as before."""
    size = fast_size(len(samples) + rate // RING)
    spectrum = np.fft.rfft(samples, size)
    spectrum *= response(size, rate)
    result: Samples = np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32, copy=False)
    return result


def delay(size: int) -> NDArray[np.complex128]:
    """A delay of one sample at the frequencies of a spectrum: what digital filters are written in (z to the -1)."""
    shift: NDArray[np.complex128] = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    return shift


def fast_size(length: int) -> int:
    """The next size that a Fourier transform handles quickly: 2, 3 or 5 times a power of two, over two."""
    power = 1 << max(4, (length - 1).bit_length())
    return next(size for size in (power * 5 // 8, power * 3 // 4, power) if size >= length)
