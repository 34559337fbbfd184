"""Speech -> Episode: the fourth craft makes a finished recording."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from audioed.config import Mastering
from audioed.model import Episode, Show, Speech

if TYPE_CHECKING:
    from audioed.store import Store


def check(config: Mastering, store: "Store") -> None:
    """MasteringError for a jingle that cannot be used: told before hours of work, not after."""
    if config.jingle:
        from audioed.mastering.finish import jingle_of

        jingle_of(config, store)


def master(
    speech: Speech,
    show: Show,
    config: Mastering,
    store: "Store",
    told: Callable[[float], None] = lambda _share: None,
) -> Episode:
    """
    The episode, its audio file in its folder: stitched, leveled, encoded, tagged and measured.

    `told` hears the share that is done, 0 to 1. Nothing that a feed shows is
    touched; a MasteringError leaves no file behind.
    """
    from audioed.mastering.artwork import artwork, keep
    from audioed.mastering.cover import embedded
    from audioed.mastering.finish import guid_of, jingle_of, named, recorded
    from audioed.mastering.stitch import plan
    from audioed.mastering.tag import tag

    edition = speech.script.edition
    timeline = plan(speech, jingle_of(config, store))
    folder = store.episode_folder(edition.name)
    drawn = artwork(speech.script, show, store)
    with store.scratch(folder, ".mp3") as file:
        loudness = recorded(timeline, file, config, store, told)
        tag(
            file,
            script=speech.script,
            show=show,
            chapters=timeline.chapters,
            duration=timeline.duration,
            cover=embedded(drawn),
            transcript=speech.script.text,
        )
        enclosure = named(file, edition.name)
        store.place(file, folder / enclosure.name)
    return Episode(
        guid=guid_of(edition),
        name=edition.name,
        show=edition.show,
        title=edition.title,
        day=edition.day,
        number=edition.number,
        language=speech.script.language,
        enclosure=enclosure,
        duration=round(timeline.duration, 3),
        chapters=timeline.chapters,
        loudness=loudness,
        sources=speech.script.sources,
        segments=timeline.segments,
        cues=timeline.cues,
        cover=keep(drawn, edition.name, store),
    )
