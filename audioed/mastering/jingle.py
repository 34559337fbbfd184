"""The show's own sound before the first word: a few seconds of music that say which show this is."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.errors import MasteringError
from audioed.model import Decibels, Seconds
from audioed.sound import Sound, from_wav, to_wav

if TYPE_CHECKING:
    from pydub import AudioSegment

LONGEST: Seconds = 30.0
"""Of a jingle; who wants more wants a programme, and pydub holds it all in memory."""
LONGEST_READ: Seconds = 120.0
"""Of a recorded promo."""
SILENCE: Decibels = -50.0
"""What is softer at either end is taken off, so that the pause after it is the one that was planned."""
FADE = 20
"""Milliseconds at either end: a sound that is cut off clicks."""


def jingle(path: Path, rate: int, longest: Seconds = LONGEST) -> Sound:
    """
    The sound in this file, in one channel at this rate, without silence around it.

    Any format that libsndfile knows, or ffmpeg where there is one. MasteringError for one that is missing, too
    long, silent, or no sound.
    """
    from audioed.mastering import reader

    if not path.is_file():
        raise MasteringError(f"the sound {path} does not exist; correct its name.")
    sound = _trimmed(_segment(to_wav(reader.sound(path, rate, longest + 1))))
    if not len(sound):
        raise MasteringError(f"the sound {path} is silent; name another file.")
    if sound.duration_seconds > longest:
        raise MasteringError(f"the sound {path} is longer than {longest:.0f} seconds; shorten it.")
    file = io.BytesIO()
    sound.fade_in(FADE).fade_out(FADE).export(file, format="wav")
    return from_wav(file.getvalue())


def _segment(wav: bytes) -> "AudioSegment":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydub warns that it finds no ffmpeg, which it is not asked for
        from pydub import AudioSegment
    return AudioSegment.from_wav(io.BytesIO(wav))


def _trimmed(segment: "AudioSegment") -> "AudioSegment":
    from pydub.silence import detect_leading_silence

    start = detect_leading_silence(segment, SILENCE)
    end = detect_leading_silence(segment.reverse(), SILENCE)
    return segment[start : len(segment) - end]
