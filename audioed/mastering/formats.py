"""The same recording in other formats: smaller files, and what players that are no podcast apps prefer."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from audioed.config import Mastering
from audioed.errors import LoudnessError, MasteringError
from audioed.files import content_hash
from audioed.machine import cores
from audioed.mastering import tag_mp4, tag_ogg
from audioed.mastering.encode import AAC, OPUS, encode_as
from audioed.mastering.finish import ENCODINGS, clips_of, recorded
from audioed.mastering.label import Label
from audioed.mastering.render import stitched
from audioed.mastering.stitch import RATE, Timeline
from audioed.mastering.tag import tag as tag_mp3
from audioed.model import Dbtp, Decibels, Enclosure, Lufs
from audioed.store import HASH_LENGTH, Store, integrity


@dataclass(frozen=True, slots=True)
class Encoder:
    """One of ffmpeg's, that encodes a recording as a whole."""

    codec: tuple[str, ...]
    bitrate: int
    """Bits a second that it is asked for."""
    gain: Decibels
    """What it does to the loudness; the recording is made so much softer or louder before."""
    headroom: Decibels
    """Kept free below the true peak that is asked for: what it overshoots by on speech."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that a recording can be."""

    suffix: str
    media_type: str
    tag: Callable[[Path, Label], None]
    encoder: Encoder | None = None
    """None for MP3, which is put together from pieces."""


def _tag_mp3(path: Path, label: Label) -> None:
    tag_mp3(
        path,
        script=label.script,
        show=label.show,
        chapters=label.chapters,
        duration=label.duration,
        cover=label.cover,
        transcript=label.script.text,
        pictures=label.pictures,
    )


MAIN = Format(".mp3", "audio/mpeg", _tag_mp3)
"""What the enclosure is that every app downloads."""
SMALL: Final = 64
"""Kilobits a second of the other MP3."""
FORMATS = {
    "mp3-small": MAIN,
    "m4a": Format(".m4a", "audio/mp4", tag_mp4.tag, Encoder(AAC, 80_000, 0.0, 0.9)),
    "opus": Format(".opus", "audio/ogg", tag_ogg.tag, Encoder(OPUS, 36_000, -0.35, 2.7)),
}
"""
Name in `formats` of `[mastering]` -> what is made.

Browsers and RFC 7845 take an Opus file for `audio/ogg`; `audio/opus`, which
stands in some feeds, is a stream without a file around it, and Chrome refuses it.
"""


def check(config: Mastering) -> None:
    """MasteringError for a format that would give the same file twice."""
    if "mp3-small" in config.formats and config.bitrate == SMALL:
        raise MasteringError(
            "mp3-small is the file that bitrate = 64 makes already; take one of the two out of [mastering]."
        )


def alternates(
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
            file = stack.enter_context(store.scratch(folder, kind.suffix))
            if kind.encoder:
                _encode(kind.encoder, file, _sound(timeline, store, hears), config, label)
                bitrate = round(8 * file.stat().st_size / label.duration / 1000)
                kind.tag(file, label)
            else:
                bitrate = SMALL
                take = recorded(timeline, replace(config, bitrate=SMALL), store, hears)
                kind.tag(file, label)
                take.append_to(file, store)
            made.append((file, enclosed(file, episode, kind, bitrate)))
        for file, enclosure in made:
            store.place(file, folder / enclosure.name)
    return tuple(enclosure for _, enclosure in made)


def wanted(config: Mastering) -> tuple[Format, ...]:
    """What the show asks for, each once."""
    return tuple(FORMATS[name] for name in dict.fromkeys(config.formats))


def enclosed(file: Path, episode: str, kind: Format, bitrate: int) -> Enclosure:
    """
    A finished file of so many kilobits a second as feeds name it.

    The name changes with its bytes, so that no cache serves an old version.
    """
    named = content_hash(file)
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


def _encode(encoder: Encoder, file: Path, sound: Recorded, config: Mastering, label: Label) -> None:
    """
    Encode the sound into the file until that meets what the show promises.

    As for the MP3, the encoded file counts: where it misses the loudness or its
    peaks exceed the limit, it is encoded again with what was missing.
    """
    codec = (*encoder.codec, "-b:a", str(encoder.bitrate), "-metadata:s:a:0", f"language={label.language}")
    beside = tag_mp4.chapter_list(label) if encoder.codec is AAC else ""
    target, ceiling = config.loudness - encoder.gain, config.true_peak - encoder.headroom - encoder.gain
    for _ in range(ENCODINGS):
        measured = encode_as(codec, sound(target, ceiling), file, rate=RATE, beside=beside)
        short = config.loudness - measured.integrated
        over = measured.true_peak - config.true_peak
        if abs(short) <= config.tolerance and over <= 0:
            return
        target += short
        ceiling -= max(0.0, over)
    raise LoudnessError(
        f"the {file.suffix} file reaches {measured.integrated} LUFS and {measured.true_peak} dBTP instead of "
        f"{config.loudness} and {config.true_peak}; choose a lower loudness in [mastering]."
    )


def _sound(timeline: Timeline, store: Store, told: Callable[[float], None]) -> Recorded:
    def sound(target: Lufs, ceiling: Dbtp) -> Iterator[bytes]:
        sent = 0
        for piece in stitched(timeline, clips_of(store), target, ceiling, cores()):
            yield piece
            sent += len(piece) // 2
            told(sent / timeline.length)

    return sound
