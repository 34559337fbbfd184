"""The written form of what is said, timed: for reading along, for searching, and for those who cannot hear."""

from audioed.publishing.transcript.captions import as_json, as_srt, as_vtt
from audioed.publishing.transcript.page import as_html
from audioed.publishing.transcript.reading import as_text

__all__ = ["as_html", "as_json", "as_srt", "as_text", "as_vtt"]
