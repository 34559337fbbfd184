"""Show notes: what a listener reads below the play button."""

from collections.abc import Iterator, Sequence
from html import escape

from audioed.characters import line, within_bytes
from audioed.model import Chapter, Cue, Episode, Source
from audioed.publishing.text import web_address
from audioed.publishing.transcript.paragraphs import paragraphs
from audioed.timecode import padded_clock
from audioed.wording import counted, speaker, wording

LONGEST = 4_000
"""Bytes of a description that directories keep (PSP-1, Apple)."""
LONGEST_TITLE = 300
"""Bytes of one line; a longer title would crowd the others out."""


def notes(episode: Episode, limit: int = LONGEST) -> str:
    """
    The notes as HTML of p, ul, li and a, which is all that apps agree on.

    Where they would grow too long the chapter lines go first, all of them,
    for every app finds the same chapters elsewhere; then the last of the
    headlines, and at last the last articles.
    """
    disclosure = f"<p>{wording(episode.language).note}</p>"
    chapters = "\n".join(f"<p>{escape(each, quote=False)}</p>" for each in chapter_lines(episode.chapters))
    heard = _headlines(episode.cues)
    for kept, linked in _fewer(len(episode.sources), len(heard)):
        articles = _articles(episode.sources, kept, episode.language)
        links = f"<p>{speaker('headlines', episode.language)}</p>\n{_list(heard[:linked])}" if linked else ""
        for parts in ((articles, links, disclosure, chapters), (articles, links, disclosure)):
            html = "\n".join(part for part in parts if part)
            if len(html.encode()) <= limit:
                return html
    return disclosure


def _fewer(articles: int, headlines: int) -> Iterator[tuple[int, int]]:
    """How many articles and headlines are named: all of them, then fewer headlines, then fewer articles."""
    yield from ((articles, linked) for linked in range(headlines, 0, -1))
    yield from ((kept, 0) for kept in range(articles, -1, -1))


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
    return _list(items)


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _headlines(cues: Sequence[Cue]) -> list[str]:
    """Every headline that is heard and leads somewhere, once."""
    found = ((web_address(each.url), within_bytes(each.text, LONGEST_TITLE)) for each in paragraphs(cues) if each.url)
    once = dict.fromkeys((url, escape(text, quote=False)) for url, text in found if url)
    return [f'<li><a href="{escape(url)}">{text}</a></li>' for url, text in once]


def _article(source: Source, language: str) -> str:
    title = escape(within_bytes(line(source.title), LONGEST_TITLE), quote=False)
    url = web_address(source.url)
    linked = f'<a href="{escape(url)}">{title}</a>' if url else title
    byline = escape(within_bytes(line(source.byline or ""), LONGEST_TITLE), quote=False)
    return wording(language).credit.format(title=linked, people=byline) if byline else linked
