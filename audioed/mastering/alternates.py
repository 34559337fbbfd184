"""The same recording in other formats: smaller files, and what players that are no podcast apps prefer."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from typing import cast

from audioed.config import Bitrate, Mastering
from audioed.errors import FfmpegError, LoudnessError, MasteringError
from audioed.files import content_hash, place, scratch
from audioed.formats import CONTAINERS, FORMATS, Format
from audioed.machine import cores
from audioed.mastering import tag_mp4
from audioed.mastering.encode import encode_as, is_there
from audioed.mastering.finish import ENCODINGS, recorded
from audioed.mastering.label import Label
from audioed.mastering.pieces import clips_of
from audioed.mastering.render import stitched
from audioed.mastering.stitch import RATE, Timeline
from audioed.model import Dbtp, Enclosure, Lufs
from audioed.slugs import HASH_LENGTH
from audioed.store import Store, integrity


def validate(config: Mastering) -> None:
    """MasteringError for a format that would give the same file twice."""
    for name in config.formats:
        if not FORMATS[name].encoder and FORMATS[name].kilobits == config.bitrate:
            raise MasteringError(
                f"{name} is the file that bitrate = {config.bitrate} makes already; "
                "take one of the two out of [mastering]."
            )


def validate_encoder(config: Mastering) -> None:
    """FfmpegError for a format that this machine cannot make."""
    needing = [name for name in config.formats if FORMATS[name].encoder]
    if needing and not is_there():
        raise FfmpegError(
            f"formats = {needing} in [mastering] takes ffmpeg, which is not installed; install it with "
            '`pip install "audioed[formats]"`.'
        )


def made_of(
    timeline: Timeline, label: Label, config: Mastering, store: Store, told: Iterator[Callable[[float], None]]
) -> tuple[Enclosure, ...]:
    """
    The recording in each of the show's further formats, in the episode's folder.

    Each is encoded from the sound itself, never from another file. None is put
    in its place before all are finished. `told` has a listener for each.
    """
    episode = label.script.edition.name
    folder = store.episode_folder(episode)
    made: list[tuple[Path, Enclosure]] = []
    with ExitStack() as stack:
        for kind, hears in zip(wanted(config), told, strict=False):
            file = stack.enter_context(scratch(folder, kind.suffix))
            if kind.encoder:
                _encode(kind, file, _sound(timeline, store, hears), config, label)
                bitrate = round(8 * file.stat().st_size / label.duration / 1000)
                tag(kind, file, label)
                named = content_hash(file)
            else:
                bitrate = kind.kilobits
                take = recorded(timeline, replace(config, bitrate=cast("Bitrate", bitrate)), store, hears)
                tag(kind, file, label)
                named = take.append_to(file, store)
            made.append((file, enclosed(file, named, episode, kind, bitrate)))
        for file, enclosure in made:
            place(file, folder / enclosure.name)
    return tuple(enclosure for _, enclosure in made)


def tag(kind: Format, file: Path, label: Label) -> None:
    """Have the file tell what the label says; MasteringError where it is none of its kind."""
    resolve_name(CONTAINERS[kind.container].tagger)(file, label)


def wanted(config: Mastering) -> tuple[Format, ...]:
    """What the show asks for, each once."""
    return tuple(FORMATS[name] for name in dict.fromkeys(config.formats))


def enclosed(file: Path, named: str, episode: str, kind: Format, bitrate: int) -> Enclosure:
    """
    A finished file with this hash and so many kilobits a second as feeds name it.

    The name changes with its bytes, so that no cache serves an old version.
    """
    return Enclosure(
        name=f"{episode}-{named[:HASH_LENGTH]}{kind.suffix}",
        media_type=kind.media_type,
        length=file.stat().st_size,
        bitrate=1000 * bitrate,
        integrity=integrity(named),
    )


def shares(told: Callable[[float], None], parts: int) -> Iterator[Callable[[float], None]]:
    """A listener for each of so many parts, that tells the share of the whole."""

    def listener(part: int) -> Callable[[float], None]:
        return lambda share: told((part + share) / parts)

    return map(listener, range(parts))


Recorded = Callable[[Lufs, Dbtp], Iterable[bytes]]
"""The recording as PCM, at this loudness and below this true peak."""


def _encode(kind: Format, file: Path, sound: Recorded, config: Mastering, label: Label) -> None:
    """
    Encode the sound into the file until that meets what the show promises.

    As for the MP3, the encoded file counts: where it misses the loudness or its
    peaks exceed the limit, it is encoded again with what was missing.
    """
    asked = ("-b:a", f"{kind.kilobits}k") if kind.kilobits else ()
    codec = (*kind.encoder, *asked, "-metadata:s:a:0", f"language={label.language}")
    beside = tag_mp4.chapter_list(label) if kind.container == "mp4" else ""
    target, ceiling = config.loudness - kind.gain, config.true_peak - kind.headroom - kind.gain
    for _ in range(ENCODINGS):
        measured = encode_as(codec, sound(target, ceiling), file, rate=RATE, beside=beside)
        short = config.loudness - measured.integrated
        over = measured.true_peak - config.true_peak
        if abs(short) <= config.tolerance and over <= 0:
            return
        target += short
        ceiling -= max(0.0, over)
    raise LoudnessError(
        f"the {kind.suffix} file reaches {measured.integrated} LUFS and {measured.true_peak} dBTP instead of "
        f"{config.loudness} and {config.true_peak}; choose a lower loudness in [mastering]."
    )


def _sound(timeline: Timeline, store: Store, told: Callable[[float], None]) -> Recorded:
    def sound(target: Lufs, ceiling: Dbtp) -> Iterator[bytes]:
        sent = 0
        for chunk in stitched(timeline, clips_of(store), target, ceiling, cores()):
            yield chunk
            sent += len(chunk) // 2
            told(sent / timeline.length)

    return sound
