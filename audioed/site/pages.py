"""Each page of the site from what it shows: pure functions, so the same episode gives the same bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote

from audioed.addresses import web_address
from audioed.characters import line
from audioed.companions import TEXT, VTT
from audioed.model import Article, Chapter, Enclosure, Episode, Seconds
from audioed.publishing import corrections as corrected
from audioed.publishing.corrections import Corrected
from audioed.publishing.text import cleaned
from audioed.site import dividing, telling
from audioed.site.framing import CORRECTIONS, SMALL, TEXT_PART, WIDE, Frame, Row, Sheet, smaller
from audioed.site.reading import Story, stories
from audioed.site.subscribing import buttons, qr_code
from audioed.site.telling import EMBEDDED, Addresses
from audioed.store import FEED
from audioed.wording import dated, direction, lasting, sized, wording

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""Nothing is asked of another server, and no script or style runs that stands in a page (Content Security Policy 3)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter, and where it ends."""

    start: Seconds
    end: Seconds
    title: str
    heading: str
    url: str
    image: str


def row(episode: Episode, digest: str, frame: Frame) -> Row:
    """An episode as lists show it."""
    image = quote(f"{episode.name}/{smaller(episode.cover, SMALL)}" if episode.cover else smaller(frame.cover, SMALL))
    return Row(
        name=episode.name,
        digest=digest,
        title=line(episode.title),
        day=episode.day.isoformat(),
        duration=round(episode.duration),
        summary=telling.summary(episode),
        image=image,
        language=episode.language,
    )


def episode_pages(episode: Episode, frame: Frame, articles: Iterable[Article] = ()) -> Mapping[str, str]:
    """The files of an episode's folder, by name: its page, the player that others embed, and what tells of that."""
    told, about = dividing.divided(stories(episode, articles), dividing.MOST), telling.summary(episode)
    episode = cleaned(replace(episode, cues=(), segments=()))  # thousands of texts that are cleaned already
    at = addresses(episode, frame)
    wide, high = EMBEDDED
    code = (
        f'<iframe src="{escape(at.embed)}" title="{escape(line(episode.title))}" width="{wide}" height="{high}" '
        'loading="lazy" allow="autoplay; clipboard-write; web-share" '
        'style="display:block;border:0;width:100%"></iframe>'
    )
    values = {**_common(frame, "../", episode.language), **_recording(episode, frame), "at": at, "embed_size": EMBEDDED}
    page = frame.theme.page(
        "episode",
        **values,
        embedded=False,
        summary=about,
        json_ld=telling.described(episode, frame.show, at, about),
        stories=told[0],
        further=_further(told, 1),
        files=_files(episode),
        corrections=episode.corrections,
        code=code,
        lasts=lasting(episode.duration, episode.language),
        day=lambda day: dated(day, episode.language),
        address=web_address,
    )
    embed = frame.theme.page("embed", **values, embedded=True)
    others = {
        TEXT_PART.format(number=number): frame.theme.page(
            "text",
            **values,
            number=number,
            count=len(told),
            stories=part,
            further=_further(told, number),
            address=web_address,
        )
        for number, part in enumerate(told[1:], start=2)
    }
    oembed = telling.oembed(episode, frame.show, at, code)
    return {"index.html": page, "embed.html": embed, "oembed.json": oembed, **others}


def _further(parts: Sequence[Sequence[Story]], number: int) -> dict[str, object] | None:
    """The part of a long text behind the one of this number; None behind the last."""
    if number == len(parts):
        return None
    address = TEXT_PART.format(number=number + 1)
    return {"address": address, "start": dividing.starts(parts[number]), "number": number + 1, "count": len(parts)}


def addresses(episode: Episode, frame: Frame) -> Addresses:
    """Where an episode is found."""
    folder = f"{frame.url}{quote(episode.name, safe='')}/"
    return Addresses(
        page=folder,
        embed=f"{folder}embed.html",
        oembed=f"{folder}oembed.json",
        image=f"{folder}{quote(episode.cover)}" if episode.cover else f"{frame.url}{quote(frame.cover)}",
        audio=f"{folder}{quote(episode.enclosure.name, safe='')}",
        show=frame.url,
        feed=f"{frame.url}{FEED}",
    )


def show_page(frame: Frame, sheet: Sheet) -> str:
    """A list of episodes; the first one has all that a show says of itself."""
    language = frame.show.language
    words = wording(language).page
    image = f"{frame.url}{quote(frame.cover)}"
    listed = [
        {
            "address": f"{quote(each.name, safe='')}/",
            "title": each.title,
            "day": each.day,
            "date": dated(date.fromisoformat(each.day), language),
            "duration": each.duration,
            "lasts": lasting(each.duration, language),
            "summary": each.summary,
            "image": each.image,
        }
        for each in sheet.rows
    ]
    feed = f"{frame.url}{FEED}"
    return frame.theme.page(
        "show",
        **_common(frame, "", language),
        file="" if sheet.file == "index.html" else sheet.file,
        span=words["span"].format(first=sheet.span[0], last=sheet.span[1]) if sheet.span else "",
        rows=listed,
        newer=sheet.newer,
        older=sheet.older,
        corrections=CORRECTIONS if sheet.corrected and not sheet.span else "",
        cover=smaller(frame.cover, WIDE),
        cover_alt=wording(language).cover.format(title=line(frame.show.title)),
        image_url=image,
        json_ld=telling.series(frame.show, frame.url, feed, image),
        qr="" if sheet.span else qr_code(feed, words["scan"]),
    )


def corrections_page(frame: Frame, corrections: Sequence[Corrected]) -> str:
    """Everything that the show has put right, the latest first, with the episodes in which it did."""
    language = frame.show.language
    days = [
        {
            "day": day,
            "date": dated(date.fromisoformat(day), language),
            "corrections": [
                {"text": line(each.text), "title": line(each.title), "address": f"{quote(each.name, safe='')}/"}
                for each in those
            ],
        }
        for day, those in groupby(corrections, key=lambda each: each.day)
    ]
    return frame.theme.page("corrections", **_common(frame, "", language), days=days, json=corrected.FILE)


def search_page(frame: Frame, groups: Sequence[int]) -> str:
    """The page on which all transcripts are searched; the numbers are those of the parts of its index."""
    return frame.theme.page("search", **_common(frame, "", frame.show.language), groups=groups)


def _common(frame: Frame, root: str, language: str) -> dict[str, object]:
    """What every template may use."""
    feed = f"{frame.url}{FEED}"
    icon = smaller(frame.cover, SMALL)
    return {
        "show": cleaned(frame.show),
        "url": frame.url,
        "root": root,
        "feed": f"{root}{FEED}",
        "feed_url": feed,
        "icon": f"{root}{icon}" if icon else "",
        "buttons": buttons(feed),
        "language": language.replace("_", "-"),
        "direction": direction(language),
        "policy": POLICY,
        "canonical": frame.is_found,
        "words": wording(language).page,
        "player": wording(language).player,
        "disclosure": wording(language).note,
    }


def _recording(episode: Episode, frame: Frame) -> dict[str, object]:
    """What plays an episode, and what is shown with it."""
    cover = smaller(episode.cover, WIDE) if episode.cover else f"../{smaller(frame.cover, WIDE)}" if frame.cover else ""
    return {
        "episode": episode,
        "title": line(episode.title),
        "date": dated(episode.day, episode.language),
        "cover": quote(cover),
        "cover_alt": wording(episode.language).cover.format(title=line(episode.title)),
        "chapters": marks(episode.chapters, episode.duration),
        "sources": [(quote(each.name, safe=""), each.media_type) for each in (episode.enclosure, *episode.alternates)],
        "download": quote(episode.enclosure.name, safe=""),
    }


def marks(chapters: Sequence[Chapter], duration: Seconds) -> list[Mark]:
    """The chapters, each to where the next one begins."""
    ends = [*(each.start for each in chapters), duration][1:]
    return [
        Mark(
            each.start,
            end,
            line(each.title),
            line(each.whole),
            web_address(each.url),
            "" if web_address(each.image) else quote(each.image, safe=""),
        )
        for each, end in zip(chapters, ends, strict=True)
    ]


def _files(episode: Episode) -> list[dict[str, str]]:
    """What may be downloaded: the recording in each format, and its text."""

    def told(each: Enclosure) -> dict[str, str]:
        label = each.name.rpartition(".")[2].upper()
        return {"address": quote(each.name, safe=""), "label": label, "size": sized(each.length, episode.language)}

    words = wording(episode.language).page
    texts = [(TEXT, words["transcript"]), (VTT, words["captions"])]
    return [
        *map(told, (episode.enclosure, *episode.alternates)),
        *({"address": each.name, "label": label, "size": ""} for each, label in texts),
    ]
