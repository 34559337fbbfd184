"""Publishing: what podcast apps subscribe to, and what lies beside each recording."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from audioed import config as settings
from audioed.errors import PublishingError
from audioed.model import Enclosure, Episode, Feed, Show
from audioed.publishing import chapters, lint, transcript
from audioed.publishing.rss import FEED, address, rss

if TYPE_CHECKING:
    from audioed.store import Store

LOG = logging.getLogger(__name__)


def check(show: Show, config: settings.Publishing) -> None:
    """ConfigError, naming the setting, for a show that directories would refuse."""
    lint.check(show, config.base_url)


def publish(episodes: tuple[Episode, ...], show: Show, config: settings.Publishing, store: "Store") -> Feed:
    """
    The feed of every episode that may enter it, written where apps fetch it.

    It follows from the episodes and the show alone: deleted, it comes back
    with the same bytes. An episode that is broken is left out and logged,
    because a feed that fails takes all the others from its listeners.
    """
    admitted: dict[str, Episode] = {}
    for episode in episodes:
        try:
            others = {each.name: _size(episode, each, store) for each in episode.alternates}
            lint.admit(episode, _size(episode, episode.enclosure, store), admitted, others)
        except PublishingError as error:
            LOG.warning("%s", error)
        else:
            admitted[episode.guid] = _illustrated(episode, store)
            _moved(admitted[episode.guid], config.base_url, store)
    newest_first = tuple(sorted(admitted.values(), key=lambda each: (each.day, each.number, each.name), reverse=True))
    store.write(store.show_folder / FEED, rss(newest_first, show, config.base_url, store.show_cover()))
    return Feed(show=show, episodes=newest_first)


def accompany(episode: Episode, base_url: str, store: "Store") -> None:
    """The files that the feed names beside a recording: chapters, and the transcript in every form apps read."""
    files = {
        "transcript.vtt": transcript.as_vtt(episode.cues),
        "transcript.srt": transcript.as_srt(episode.cues),
        "transcript.json": transcript.as_json(episode.cues),
        "transcript.html": transcript.as_html(episode),
        "transcript.txt": transcript.as_text(episode),
    }
    for name, text in files.items():
        store.write(store.episode_folder(episode.name) / name, text.encode())
    store.write(store.episode_folder(episode.name) / "chapters.json", _chapters(episode, base_url, store))


def _illustrated(episode: Episode, store: "Store") -> Episode:
    """The episode without the pictures whose files are gone: apps then show the show's cover."""
    folder = store.episode_folder(episode.name)
    cover = episode.cover if (folder / episode.cover).is_file() else ""
    marks = tuple(
        chapter if not chapter.image or (folder / chapter.image).is_file() else replace(chapter, image="")
        for chapter in episode.chapters
    )
    is_whole = (cover, marks) == (episode.cover, episode.chapters)
    return episode if is_whole else replace(episode, cover=cover, chapters=marks)


def _chapters(episode: Episode, base_url: str, store: "Store") -> bytes:
    return chapters.as_json(episode, address(base_url, store.show_folder.name, episode.name)).encode()


def _moved(episode: Episode, base_url: str, store: "Store") -> None:
    """The chapters' file names the pictures where the show is now; one that is not there is not made."""
    path = store.episode_folder(episode.name) / "chapters.json"
    if any(chapter.image for chapter in episode.chapters) and path.is_file():
        told = _chapters(episode, base_url, store)
        if path.read_bytes() != told:
            store.write(path, told)


def _size(episode: Episode, audio: Enclosure, store: "Store") -> int | None:
    """Bytes of an audio file of the episode, None when there is none."""
    path = store.episode_folder(episode.name) / audio.name
    return path.stat().st_size if path.is_file() else None
