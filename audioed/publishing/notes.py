"""Show notes: what a listener reads below the play button."""

from html import escape

from audioed.characters import line, within_bytes
from audioed.model import Chapter, Episode, Source
from audioed.publishing.text import web_address
from audioed.timecode import padded_clock
from audioed.wording import counted, wording

LONGEST = 4_000
"""Bytes of a description that directories keep (PSP-1, Apple)."""
LONGEST_TITLE = 300
"""Bytes of one line; a longer title would crowd the others out."""


def notes(episode: Episode, limit: int = LONGEST) -> str:
    """
    The notes as HTML of p, ul, li and a, which is all that apps agree on.

    Where they would grow too long the chapter lines go first, all of them,
    for every app finds the same chapters elsewhere; then the last articles.
    """
    disclosure = f"<p>{wording(episode.language).note}</p>"
    chapters = "\n".join(f"<p>{escape(each, quote=False)}</p>" for each in chapter_lines(episode.chapters))
    for kept in range(len(episode.sources), -1, -1):
        articles = _articles(episode.sources, kept, episode.language)
        for parts in ((articles, disclosure, chapters), (articles, disclosure)):
            html = "\n".join(part for part in parts if part)
            if len(html.encode()) <= limit:
                return html
    return disclosure


def chapter_lines(chapters: tuple[Chapter, ...]) -> tuple[str, ...]:
    """`(MM:SS) Title`, or `(HH:MM:SS) Title` in a recording of an hour and more: what Apple and Spotify look for."""
    hours = any(chapter.start >= 3600 for chapter in chapters)  # noqa: PLR2004 - seconds of an hour
    return tuple(
        f"({padded_clock(chapter.start, hours=hours)}) {within_bytes(line(chapter.title), LONGEST_TITLE)}"
        for chapter in chapters
    )


def _articles(sources: tuple[Source, ...], kept: int, language: str) -> str:
    items = [f"<li>{_article(source, language)}</li>" for source in sources[:kept]]
    left = len(sources) - kept
    if left:
        items.append(f"<li>{counted(wording(language).more, left, language)}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _article(source: Source, language: str) -> str:
    title = escape(within_bytes(line(source.title), LONGEST_TITLE), quote=False)
    url = web_address(source.url)
    linked = f'<a href="{escape(url)}">{title}</a>' if url else title
    byline = escape(within_bytes(line(source.byline or ""), LONGEST_TITLE), quote=False)
    return wording(language).credit.format(title=linked, people=byline) if byline else linked
