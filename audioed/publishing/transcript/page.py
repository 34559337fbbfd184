"""The transcript as a page: for reading instead of listening, by eye, by screen reader or by search engine."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from audioed.characters import line
from audioed.model import Episode, Seconds
from audioed.publishing.chapters import number
from audioed.publishing.transcript.reading import parts
from audioed.wording import dated, wording

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary languages that are written from right to left."""
_STYLE = """
:root { color-scheme: light dark; --ink: #1c1f26; --quiet: #565d6b; --paper: #fff; --link: #0b5394; --line: #dfe3e8 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --quiet: #b3bac5; --paper: #15171b; --link: #8ec5ff; --line: #343942 }
}
body { font: 1.125rem/1.6 Georgia, serif; color: var(--ink); background: var(--paper); margin: 0 auto }
body { max-width: 38rem; padding: 2.5rem 1.25rem 5rem; overflow-wrap: break-word }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 1rem }
header { border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; margin-bottom: 2rem }
header p, cite, time { font: .9375rem/1.6 system-ui, sans-serif; color: var(--quiet); margin: .4rem 0 }
cite { font-weight: 600; color: var(--ink) }
p { margin: .2rem 0 1.1rem } p:target { background: #ffe08a; color: #1c1f26 }
a { color: var(--link); display: inline-block; min-width: 1.5rem; min-height: 1.5rem }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5rem 0 }
"""
"""Contrast of every pair at least 6:1 (WCAG 2.2 AA asks for 4.5)."""


def as_html(episode: Episode) -> str:
    """
    A page without scripts that loads nothing, with all from outside escaped.

    Speaker, time and words stand in the order cite, time, p, as Podcasting 2.0
    has it. A time leads to the recording at that moment; `#t=9` behind the
    page's own address leads to the paragraph that is said then.
    """
    title, show = _shown(episode.title), _shown(episode.show)
    language = escape(episode.language.replace("_", "-"))
    direction = "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
    day = f'<time datetime="{episode.day.isoformat()}">{escape(dated(episode.day, episode.language))}</time>'
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{direction}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title} · {show}</title><style>{_STYLE}</style></head>",
            "<body>",
            f"<header><p>{show} · {day}</p>",
            f"<h1>{title}</h1>",
            f"<p>{wording(episode.language).note}</p></header>",
            "<main>",
            *_body(episode),
            "</main>",
            "</body></html>",
            "",
        )
    )


def _body(episode: Episode) -> Iterator[str]:
    """Headings and paragraphs, each with its time, and with its speaker where another one begins."""
    audio = quote(episode.enclosure.name, safe="")
    speaker, before = "", None
    for part in parts(episode):
        if part.title:
            yield f"<h2>{_shown(part.title)}</h2>"
        elif part.resumes:
            yield "<hr>"
        for paragraph in part.paragraphs:
            if paragraph.speaker not in {"", speaker}:
                yield f"<cite>{_shown(paragraph.speaker)}:</cite>"
            speaker = paragraph.speaker
            at = number(paragraph.start)
            yield f'<time datetime="PT{at}S"><a href="{audio}#t={at}">{_stamp(paragraph.start)}</a></time>'
            place = f' id="t={at}"' if at != before else ""
            yield f"<p{place}>{_shown(paragraph.text)}</p>"
            before = at


def _shown(text: str) -> str:
    return escape(line(text))


def _stamp(seconds: Seconds) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"  # noqa: PLR2004
