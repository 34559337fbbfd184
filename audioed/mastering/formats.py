"""The same recording in other formats: smaller files, and what players that are no podcast apps prefer."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from audioed.config import Mastering
from audioed.errors import LoudnessError, MasteringError
from audioed.machine import cores
from audioed.mastering import tag_mp4, tag_ogg
from audioed.mastering.encode import AAC, MP3, OPUS, encode_as
from audioed.mastering.finish import ENCODINGS, HEADROOM, LAME_GAIN, clips_of, recorded
from audioed.mastering.label import Label
from audioed.mastering.render import stitched
from audioed.mastering.stitch import RATE, Timeline
from audioed.mastering.tag import tag as tag_mp3
from audioed.model import Dbtp, Decibels, Enclosure, Lufs
from audioed.store import HASH_LENGTH, Store, content_hash, integrity


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that a recording can be."""

    suffix: str
    media_type: str
    bitrate: int
    """Bits a second that the encoder is asked for."""
    codec: tuple[str, ...]
    gain: Decibels
    """What the encoder does to the loudness; the recording is made so much softer or louder before."""
    headroom: Decibels
    """Kept free below the true peak that is asked for: what the encoder overshoots by on speech."""
    tag: Callable[[Path, Label], None]
    is_constant: bool = False
    """Whether every second takes as many bits."""


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


SMALL = Format(".mp3", "audio/mpeg", 64_000, MP3, LAME_GAIN, 1.1, _tag_mp3, is_constant=True)
FORMATS = {
    "mp3-small": SMALL,
    "m4a": Format(".m4a", "audio/mp4", 80_000, AAC, 0.0, 0.9, tag_mp4.tag),
    "opus": Format(".opus", "audio/ogg", 36_000, OPUS, -0.35, 2.7, tag_ogg.tag),
}
"""
Name in `formats` of `[mastering]` -> what is made.

Browsers and RFC 7845 take an Opus file for `audio/ogg`; `audio/opus`, which
stands in some feeds, is a stream without a file around it, and Chrome refuses it.
"""


def main(config: Mastering) -> Format:
    """What the enclosure is that every app downloads."""
    return replace(SMALL, bitrate=1000 * config.bitrate, headroom=HEADROOM)


def check(config: Mastering) -> None:
    """MasteringError for a format that would give the same file twice."""
    if "mp3-small" in config.formats and main(config).bitrate == SMALL.bitrate:
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
            bitrate = kind.bitrate
            if kind.is_constant:
                take = recorded(timeline, replace(config, bitrate=64), store, hears)  # the only constant one, `SMALL`
                kind.tag(file, label)
                take.append_to(file, store)
            else:
                _encode(kind, file, _sound(timeline, store, hears), config, label)
                bitrate = 1000 * round(8 * file.stat().st_size / label.duration / 1000)
                kind.tag(file, label)
            made.append((file, replace(enclosed(file, episode, kind), bitrate=bitrate)))
        for file, enclosure in made:
            store.place(file, folder / enclosure.name)
    return tuple(enclosure for _, enclosure in made)


def wanted(config: Mastering) -> tuple[Format, ...]:
    """What the show asks for, each once."""
    return tuple(FORMATS[name] for name in dict.fromkeys(config.formats))


def enclosed(file: Path, episode: str, kind: Format) -> Enclosure:
    """A finished file as feeds name it: the name changes with its bytes, so that no cache serves an old version."""
    named = content_hash(file)
    return Enclosure(
        name=f"{episode}-{named[:HASH_LENGTH]}{kind.suffix}",
        media_type=kind.media_type,
        length=file.stat().st_size,
        bitrate=kind.bitrate,
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
    codec = (*kind.codec, "-b:a", str(kind.bitrate), "-metadata:s:a:0", f"language={label.language}")
    beside = tag_mp4.chapter_list(label) if kind.codec is AAC else ""
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
        for piece in stitched(timeline, clips_of(store), target, ceiling, cores()):
            yield piece
            sent += len(piece) // 2
            told(sent / timeline.length)

    return sound
