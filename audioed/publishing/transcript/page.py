"""The transcript as a page: for reading instead of listening, by eye, by screen reader or by search engine."""

from urllib.parse import quote

from audioed.addresses import web_address
from audioed.model import Episode
from audioed.publishing.transcript.paragraphs import parts
from audioed.templates import filled
from audioed.wording import dated, direction, wording


def as_html(episode: Episode) -> str:
    """
    A page without scripts that loads nothing, with all from outside escaped.

    Speaker, time and words stand in the order cite, time, p, as Podcasting 2.0
    has it. A time leads to the recording at that moment; `#t=9` behind the
    page's own address leads to the paragraph that is said then.
    """
    language = episode.language.replace("_", "-")
    return filled(
        "transcript",
        episode=episode,
        language=language,
        direction=direction(episode.language),
        day=dated(episode.day, episode.language),
        note=wording(episode.language).note,
        audio=quote(episode.enclosure.name, safe=""),
        parts=parts(episode),
        web_address=web_address,
    )
