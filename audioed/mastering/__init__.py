"""Speech -> Episode: the fourth craft makes a finished recording."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from audioed.config import Mastering
from audioed.files import place, scratch
from audioed.formats import MAIN
from audioed.model import Channel, Clip, Episode, Script, Speech

if TYPE_CHECKING:
    from audioed.mastering.stitch import Music
    from audioed.store import Store


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an episode takes besides its speech."""

    show: Channel
    config: Mastering
    music: "Music"
    shows: bytes
    """The show's cover, JPEG."""
    cover: bytes
    """The edition's, as it lies beside the recording."""
    inside: bytes
    """The same, as it goes into it."""
    cluster: str = ""
    """The address of the scheduler whose workers encode, too; empty for this machine."""


def validate(config: Mastering) -> None:
    """MasteringError for a format that would give the same file twice."""
    if config.formats:
        from audioed.mastering.alternates import validate as validate_formats

        validate_formats(config)


def validate_encoder(config: Mastering) -> None:
    """FfmpegError for a format that this machine cannot make: told before hours of work, not after."""
    if config.formats:
        from audioed.mastering.alternates import validate_encoder as validate_ffmpeg

        validate_ffmpeg(config)


def validate_sounds(config: Mastering, store: "Store") -> None:
    """MasteringError for a sound file of the show's own that cannot be used: told before hours of work, not after."""
    if any(name not in {"ours", "none"} for name in asdict(config.stings).values()):
        from audioed.mastering.finish import validate_sounds as validate_own

        validate_own(config, store)


def played(script: Script, store: "Store") -> dict[str, Clip]:
    """By their ids, clips of the utterances that are sound files of the show's own; MasteringError for one unfit."""
    if not any(each.sound for each in script.utterances):
        return {}
    from audioed.mastering.finish import played as clip_of

    return {each.id: clip_of(each, store) for each in script.utterances if each.sound}


def validate_cover(show: Channel, store: "Store") -> None:
    """MasteringError for an image of the show's own that no cover can be made of; told before anything is spoken."""
    if show.cover:
        from audioed.mastering.artwork import validate as validate_image

        validate_image(show, store)


def renew_cover(show: Channel, store: "Store") -> None:
    """Have the show's cover be what the show has decided, for the feed; MasteringError as `validate_cover` says."""
    from audioed.mastering.artwork import renewed

    renewed(show, store)


def prepare(script: Script, show: Channel, config: Mastering, store: "Store") -> Prepared:
    """
    The show's music and the edition's cover, for which nothing needs to be spoken.

    MasteringError for a sound file or an image that is unfit.
    """
    from audioed.mastering.artwork import artwork, inside
    from audioed.mastering.finish import music_of

    music, (shows, cover) = music_of(config, store), artwork(script, show, store)
    return Prepared(show, config, music, shows, cover, inside(cover, store))


def master(
    speech: Speech, prepared: Prepared, store: "Store", told: Callable[[float], None] = lambda _share: None
) -> Episode:
    """
    The episode, its audio file in its folder: stitched, leveled, encoded, tagged and measured.

    Its GUID is given to it by whoever knows what was published before; who tells of the file settles it before.
    `told` hears the share that is done, 0 to 1. Nothing that a feed shows is
    touched; a MasteringError leaves no file behind.
    """
    from audioed.mastering.alternates import enclosed, made_of, shares, tag, wanted
    from audioed.mastering.artwork import chapter_cards, keep, pictured
    from audioed.mastering.finish import recorded
    from audioed.mastering.label import Label
    from audioed.mastering.stitch import plan

    edition, show, config = speech.script.edition, prepared.show, prepared.config
    timeline = plan(speech, prepared.music)
    folder = store.episode_folder(edition.name)
    parts = shares(told, 1 + len(wanted(config)))
    with ThreadPoolExecutor(1, thread_name_prefix="draw") as beside, scratch(folder, MAIN.suffix) as file:
        dealing = beside.submit(chapter_cards, speech.script, timeline.chapters, show, store)
        take = recorded(timeline, config, store, next(parts), prepared.cluster)
        cards = dealing.result()
        label = Label(
            script=speech.script,
            show=show,
            chapters=timeline.chapters,
            duration=timeline.duration,
            cover=prepared.inside,
            pictures=cards,
        )
        tag(MAIN, file, label)
        enclosure = enclosed(file, take.append_to(file, store), edition.name, MAIN, config.bitrate)
        others = made_of(timeline, label, config, store, parts)
        place(file, folder / enclosure.name, lasting=False)
    store.cache.note("levels", enclosure.name, take.heard.levels.tobytes())
    store.cache.note("loudness", enclosure.name, take.heard.loudness)
    return Episode(
        guid="",
        name=edition.name,
        show=edition.show,
        title=edition.title,
        day=edition.day,
        number=edition.number,
        language=speech.script.language,
        enclosure=enclosure,
        duration=round(timeline.duration, 3),
        chapters=pictured(timeline.chapters, cards, edition.name, store),
        loudness=take.loudness,
        sources=speech.script.sources,
        headlines=edition.headlines,
        segments=timeline.segments,
        cues=timeline.cues,
        limited=take.limited,
        alternates=others,
        cover=keep(prepared.shows, prepared.cover, edition.name, store),
    )
