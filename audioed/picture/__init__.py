"""A picture of an episode that says at a glance what it is made of: who is heard when, how loud, with what pauses."""

from typing import TYPE_CHECKING

from audioed.model import Episode, Lufs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audioed.config import Mastering
    from audioed.picture.measures import Waveform
    from audioed.sound import Recording


def waveform(recording: "Recording", loudness: "Sequence[tuple[Lufs, Lufs]]") -> "Waveform":
    """What is drawn of a recording: `loudness` is momentary and short-term, every tenth of a second."""
    from audioed.picture.measures import measured

    return measured(recording, loudness)


def page(episode: Episode, sound: "Waveform", limits: "Mastering", audio: str) -> str:
    """The picture as an HTML page that plays where it is clicked; `audio` is the recording's address from there."""
    from audioed.picture.web import web_page

    return web_page(episode, sound, limits, audio)


def png(episode: Episode, sound: "Waveform", limits: "Mastering") -> bytes:
    """The picture as a PNG file."""
    from audioed.picture.layout import poster
    from audioed.picture.paint import painted

    return painted(poster(episode, sound, limits))
