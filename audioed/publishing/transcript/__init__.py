"""The written form of what is said, timed: for reading along, for searching, and for those who cannot hear."""

from collections.abc import Callable, Mapping

from audioed.companions import HTML, JSON, SRT, TEXT, VTT, Companion
from audioed.model import Episode
from audioed.publishing.transcript.captions import as_json, as_srt, as_vtt
from audioed.publishing.transcript.page import as_html
from audioed.publishing.transcript.paragraphs import as_text

FORMS: Mapping[Companion, Callable[[Episode], str]] = {
    VTT: lambda episode: as_vtt(episode.cues),
    SRT: lambda episode: as_srt(episode.cues),
    HTML: as_html,
    TEXT: as_text,
    JSON: lambda episode: as_json(episode.cues),
}
"""How each of them is made."""

__all__ = ["FORMS", "as_html", "as_json", "as_srt", "as_text", "as_vtt"]
