"""The written form of what is said, timed: for reading along, for searching, and for those who cannot hear."""

from audioed.companions import HTML, TEXT
from audioed.model import Episode
from audioed.publishing.transcript.captions import captions
from audioed.publishing.transcript.page import as_html
from audioed.publishing.transcript.paragraphs import as_text


def transcripts(episode: Episode) -> dict[str, str]:
    """The transcript in every form, by the name of its file."""
    return {**captions(episode.cues), HTML.name: as_html(episode), TEXT.name: as_text(episode)}


__all__ = ["as_html", "as_text", "captions", "transcripts"]
