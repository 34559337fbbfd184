"""Chapters as the JSON file that podcast apps fetch beside the feed."""

import json
from typing import Any

from audioed.addresses import web_address
from audioed.characters import line
from audioed.model import Chapter, Episode
from audioed.publishing.text import picture_address
from audioed.timecode import number


def as_json(episode: Episode, folder: str) -> str:
    """Podcasting 2.0 JSON chapters, version 1.2.0; the folder is the address below which the pictures lie."""
    chapters = [_chapter(chapter, folder) for chapter in episode.chapters]
    document = {
        "version": "1.2.0",
        "title": line(episode.title),
        "podcastName": line(episode.show),
        "fileName": episode.enclosure.name,
        "chapters": chapters,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _chapter(chapter: Chapter, folder: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"startTime": number(chapter.start), "title": line(chapter.whole)}
    if url := web_address(chapter.url):
        entry["url"] = url
    if image := picture_address(chapter.image, folder):
        entry["img"] = image
    return entry
