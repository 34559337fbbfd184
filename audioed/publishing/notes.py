"""Show notes: what a listener reads below the play button."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import Any

from audioed.addresses import web_address
from audioed.characters import line, within_bytes
from audioed.model import Chapter, Cue, Episode, Source
from audioed.publishing.summary import summaries
from audioed.publishing.transcript.paragraphs import paragraphs
from audioed.timecode import padded_clock
from audioed.wording import counted, dated, furniture, joined, speaker, wording

LONGEST = 4_000
"""Bytes of a description that directories keep (PSP-1, Apple)."""
LONGEST_TITLE = 300
"""Bytes of one line; a longer title would crowd the others out."""
SUMMARY, SUMMARY_OF_MANY = 600, 300
"""Bytes of what is said of an article that is alone, and of one among others."""
MOST_OTHERS = 10
"""Others who report a story that are named; each takes some of the room of the articles."""
_LIST = "<ul></ul>"


def notes(episode: Episode, limit: int = LONGEST) -> str:
    """
    The notes as HTML of p, ul, li and a, which is all that apps agree on, in at most so many UTF-8 bytes.

    What was corrected stands at the top. What is always told has its room first, then as many articles as there is room
    for, as many of the headlines that are heard, what the articles are about,
    and at last the chapters, all of them or none: every app finds the same ones elsewhere.
    An episode that was imported keeps its own until it is made anew.
    """
    corrected = _corrections(episode, limit // 2)
    if episode.adopted and episode.is_foreign:
        return "\n".join([*corrected, _shortened(episode.adopted.notes, limit - _size(corrected))])
    always = _always(episode)
    room = limit - _size([*corrected, *always])
    articles, room = _articles(episode.sources, room, episode.language)
    headed = f"<p>{speaker('headlines', episode.language)}</p>"
    headlines = _fitting(_headlines(episode.cues), room - _size([headed, _LIST]))
    room -= _size([headed, _LIST, *headlines]) if headlines else 0
    alone = len(episode.sources) == 1
    about = summaries(episode, SUMMARY if alone else SUMMARY_OF_MANY)[: len(articles)]
    told = _fitting([_about(each, alone=alone) for each in about], room)
    room -= _size(told)
    chapters = [f"<p>{_text(each)}</p>" for each in chapter_lines(episode.chapters)]
    parts = [
        *corrected,
        *_described(articles, told, alone=alone),
        *([headed, _list(headlines)] if headlines else []),
        *always,
        *(chapters if _size(chapters) <= room else []),
    ]
    html: str = _sanitizer().clean("\n".join(part for part in parts if part))
    return html


def _shortened(html: str, limit: int) -> str:
    """These notes in at most so many bytes: as many of their paragraphs and lists as there is room for."""
    if len(html.encode()) <= limit:
        return html
    from lxml import html as parser

    kept = ""
    for part in parser.fragments_fromstring(html):
        told = (
            f"<p>{escape(part.strip(), quote=False)}</p>"
            if isinstance(part, str)
            else parser.tostring(part, encoding="unicode")
        )
        if len(f"{kept}{told}".encode()) > limit:
            break
        kept += told
    if kept:
        return kept
    text = parser.fragment_fromstring(html, create_parent=True).text_content()
    return f"<p>{escape(within_bytes(line(text), limit // 2), quote=False)}</p>"


def chapter_lines(chapters: tuple[Chapter, ...]) -> tuple[str, ...]:
    """`(MM:SS) Title`, or `(HH:MM:SS) Title` in a recording of an hour and more: what Apple and Spotify look for."""
    hours = any(chapter.start >= 3600 for chapter in chapters)  # noqa: PLR2004 - seconds of an hour
    return tuple(
        f"({padded_clock(chapter.start, hours=hours)}) {within_bytes(line(chapter.title), LONGEST_TITLE)}"
        for chapter in chapters
    )


def _corrections(episode: Episode, room: int) -> list[str]:
    """What was put right, the latest first, each with its day."""
    notice, language = wording(episode.language).notice, episode.language
    told = ((within_bytes(line(each.text), room // 2), dated(each.day, language)) for each in episode.corrections[::-1])
    return _fitting([f"<p>{_text(notice.format(text=text))} ({_text(day)})</p>" for text, day in told], room)


def _always(episode: Episode) -> list[str]:
    """The paragraphs that are never left out: that a synthetic voice reads."""
    return [f"<p>{_text(wording(episode.language).note)}</p>"]


def _articles(sources: Sequence[Source], room: int, language: str) -> tuple[list[str], int]:
    """The articles that there is room for, and how many others there are; and the room that is left."""
    room -= _size([_LIST])
    items = [f"<li>{_article(source, language)}</li>" for source in sources]
    kept = _fitting(items, room)
    while kept != items:
        more = f"<li>{_text(counted(wording(language).more, len(items) - len(kept), language))}</li>"
        if _size([*kept, more]) <= room:
            return [*kept, more], room - _size([*kept, more])
        if not kept:
            return [], room
        kept.pop()
    return kept, room - _size(kept)


def _described(articles: Sequence[str], told: Sequence[str], *, alone: bool) -> list[str]:
    """The articles with what they are about: before the link to one that is alone, behind that to one of many."""
    if alone:
        return [*told, *(f"<p>{each.removeprefix('<li>').removesuffix('</li>')}</p>" for each in articles)]
    known = [*told, *[""] * (len(articles) - len(told))]
    return [_list([f"{each.removesuffix('</li>')}{about}</li>" for each, about in zip(articles, known, strict=True)])]


def _about(summary: str, *, alone: bool) -> str:
    if not summary:
        return ""
    return f"<p>{_text(summary)}</p>" if alone else f" – {_text(summary)}"


def _fitting(pieces: Sequence[str], room: int) -> list[str]:
    """The first of these that there is room for."""
    kept: list[str] = []
    for piece in pieces:
        room -= _size([piece])
        if room < 0:
            break
        kept.append(piece)
    return kept


def _size(pieces: Iterable[str]) -> int:
    """The bytes that these take, each with the end of its line."""
    return sum(len(piece.encode()) + 1 for piece in pieces)


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _headlines(cues: Sequence[Cue]) -> list[str]:
    """Every headline that is heard and leads somewhere, once."""
    if not any(each.url for each in cues):  # of most episodes, and to make paragraphs of their words takes long
        return []
    found = ((web_address(each.url), within_bytes(each.text, LONGEST_TITLE)) for each in paragraphs(cues) if each.url)
    return [f"<li>{_link(url, text)}</li>" for url, text in dict.fromkeys(each for each in found if each[0])]


def _article(source: Source, language: str) -> str:
    title = within_bytes(line(source.title), LONGEST_TITLE)
    url = web_address(source.url)
    linked = _link(url, title) if url else _text(title)
    byline = _text(within_bytes(line(source.byline or ""), LONGEST_TITLE))
    told = wording(language).credit.format(title=linked, people=byline) if byline else linked
    return f"{told} ({_others(source, language)})" if source.also else told


def _others(source: Source, language: str) -> str:
    """Who else reports a story, each with the way to its article."""
    named = [
        (web_address(each.url), within_bytes(line(each.site), LONGEST_TITLE)) for each in source.also[:MOST_OTHERS]
    ]
    names = joined([_link(url, site) if url else _text(site) for url, site in named], language)
    return furniture(language).also[0].format(names=names).rstrip(".।")


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{_text(text)}</a>'


def _text(text: str) -> str:
    """As it stands in HTML; without white space but plain one, it is as long once it has been through the sanitiser."""
    return escape(line(text), quote=False)


@cache
def _sanitizer() -> Any:
    """What lets paragraphs, lists and links to the web pass, and nothing else, whatever was put into them."""
    import nh3

    return nh3.Cleaner(
        tags={"p", "ul", "li", "a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
