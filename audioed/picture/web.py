"""The picture as a page that needs nothing but the recording beside it, and plays from where it is clicked."""

from collections.abc import Mapping, Sequence

from audioed.config import Mastering
from audioed.model import Episode
from audioed.picture.lanes import LEFT, Lane
from audioed.picture.layout import LEGEND, chart, figures, lanes_of, lasting, narrow_chart, narrow_lanes, subtitle
from audioed.picture.measures import Waveform
from audioed.picture.palette import DAY, NIGHT
from audioed.picture.svg import svg
from audioed.templates import filled
from audioed.timecode import clock

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; media-src 'self' file: http: https:"
)


def web_page(episode: Episode, sound: Waveform, limits: Mastering, audio: str) -> str:
    """The page; everything from outside is escaped, and nothing but the recording is loaded."""
    label = f"Waveform and loudness of {episode.title}, {clock(episode.duration)}"
    return filled(
        "picture",
        policy=POLICY,
        episode=episode,
        subtitle=subtitle(episode),
        figures=figures(episode),
        wide=svg(chart(episode, sound, limits), label),
        narrow=svg(narrow_chart(episode, sound, limits), label),
        contents=zip(episode.chapters, lasting(episode), strict=True),
        audio=audio,
        rows={**_stand(lanes_of(episode, LEGEND)), "narrow": _stand(narrow_lanes(episode))},
        day=_named(DAY),
        night=_named(NIGHT),
    )


def _named(colours: Mapping[str, str]) -> str:
    return "; ".join(f"--{name}: {value}" for name, value in colours.items())


def _stand(found: Sequence[Lane]) -> dict[str, object]:
    """Where each row stands and which time it shows, for the script."""
    rows = [{"top": each.top, "bottom": each.bottom, "start": each.row.start, "end": each.row.end} for each in found]
    return {"rows": rows, "left": LEFT, "plot": found[0].plot, "length": found[0].length}
