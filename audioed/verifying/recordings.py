"""The audio files of an episode: whole, as long and as loud as they say, and playable from anywhere."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from audioed import formats
from audioed.config import Mastering
from audioed.errors import FfmpegError
from audioed.files import content_hash
from audioed.formats import MAIN
from audioed.model import Enclosure, Loudness
from audioed.sound import Recording
from audioed.store import INTEGRITY, integrity
from audioed.verifying import listening, seeking, tags
from audioed.verifying.frames import frames, ranges, whole
from audioed.verifying.report import Rule

if TYPE_CHECKING:
    from audioed.verifying import Instruments, Published

SHORTEST_HASH = 8
"""Hexadecimal digits at the end of a name that are taken for the file's hash."""
ROUNDING = 1e-6
ESTIMATED, ESTIMATE = 1.0, 0.01
"""Seconds, and share, by which the duration may be wrong that a file of another's tells of itself."""


def recording(published: "Published", instruments: "Instruments") -> Iterator[Rule]:
    """Of the file that podcast apps download."""
    audio, episode = published.audio, published.episode
    yield _bytes(audio, episode.enclosure)
    if not audio.is_file():
        return
    with ThreadPoolExecutor(1, thread_name_prefix="hash") as beside:
        hashing = beside.submit(content_hash, audio)
        found = frames(audio) if audio.suffix == MAIN.suffix else None
        yield _named(audio, episode.enclosure, hashing.result())
    try:
        with instruments.decode(audio) as (decoded, complaints):
            yield _decoded(complaints)
            yield listening.duration(episode, decoded)
            level = decoded.levels(listening.FRAME)
            yield listening.silence(episode, level)
            yield listening.cues(episode, level)
            yield listening.chapters(episode, level)
            if found:
                yield whole(found)
                if instruments.excerpt and isinstance(decoded, Recording):
                    yield ranges(audio, found, decoded, instruments.excerpt)
        yield from _loud(instruments.measure(audio), published.limits)
    except FfmpegError as error:
        yield Rule(name="decodes", told="no sound", wrong=(str(error),))


def adopted(published: "Published", instruments: "Instruments") -> Iterator[Rule]:
    """Of a file that was made elsewhere: it is what came, and plays; how loud it is, is told and not judged."""
    audio, episode = published.audio, published.episode
    yield _bytes(audio, episode.enclosure)
    if not audio.is_file():
        return
    yield _named(audio, episode.enclosure, content_hash(audio))
    try:
        with instruments.decode(audio) as (decoded, complaints):
            yield _decoded(complaints)
            yield listening.duration(episode, decoded, drift=max(ESTIMATED, episode.duration * ESTIMATE))
        measured = instruments.measure(audio)
        yield Rule(name="loudness", told=f"{measured.integrated:.1f} LUFS, {measured.true_peak:.1f} dBTP")
    except FfmpegError as error:
        yield Rule(name="decodes", told="no sound", wrong=(str(error),))


def others(published: "Published", instruments: "Instruments") -> Iterator[Rule]:
    """Of the same recording in other formats, where there are some."""
    for enclosure in published.episode.alternates:
        audio = published.audio.with_name(enclosure.name)
        rules = [_bytes(audio, enclosure)]
        if audio.is_file():
            rules.append(_named(audio, enclosure, content_hash(audio)))
            rules.append(tags.other(audio, published.episode, published.script))
            if instruments.excerpt:  # before publishing, decoding each of them would take too long
                rules += _decodes(audio, published, instruments)
        for rule in rules:
            yield Rule(name=f"{audio.suffix.lstrip('.')}: {rule.name}", told=rule.told, wrong=rule.wrong)


def _decodes(audio: Path, published: "Published", instruments: "Instruments") -> list[Rule]:
    try:
        with instruments.decode(audio) as (decoded, complaints):
            rules = [_decoded(complaints), listening.duration(published.episode, decoded)]
            if instruments.since and isinstance(decoded, Recording):
                rules.append(seeking.jumps(audio, decoded, instruments.since))
            if (kind := formats.of(audio.name)) and kind.container == "mp4":
                rules.append(seeking.streams(audio))
        return rules + _loud(instruments.measure(audio), published.limits)
    except FfmpegError as error:
        return [Rule(name="decodes", told="no sound", wrong=(str(error),))]


def _bytes(audio: Path, enclosure: Enclosure) -> Rule:
    """The file has the size that the feed tells, by which apps judge a download."""
    if not audio.is_file():
        return Rule(name="size", told="no file", wrong=(f"{enclosure.name} is not there",))
    size = audio.stat().st_size
    wrong = (f"{size:,} bytes instead of {enclosure.length:,}",) if size != enclosure.length else ()
    return Rule(name="size", told=f"{size:,} bytes", wrong=wrong)


def _named(audio: Path, enclosure: Enclosure, found: str) -> Rule:
    """The hash in the file's name, and the one that the feed tells, is this one of its bytes."""
    digits = audio.stem.rpartition("-")[2]
    told = found[: max(SHORTEST_HASH, len(digits))]
    wrong = []
    if len(digits) < SHORTEST_HASH or not found.startswith(digits):
        wrong.append(f"{told} instead of {digits}, which its name says")
    if enclosure.integrity.startswith(INTEGRITY) and enclosure.integrity != integrity(found):
        wrong.append(f"{integrity(found)} instead of {enclosure.integrity}, which the feed says")
    return Rule(name="hash", told=told, wrong=tuple(wrong))


def _decoded(complaints: tuple[str, ...]) -> Rule:
    """The decoder has nothing to complain of."""
    counts = Counter(complaints)
    wrong = tuple(f"{what}{f' ({count} times)' if count > 1 else ''}" for what, count in counts.items())
    return Rule(name="decodes", told=f"{len(complaints) or 'no'} complaints", wrong=wrong)


def _loud(measured: Loudness, limits: Mastering) -> list[Rule]:
    """The encoded file has the show's loudness, and no peak above its limit."""
    off, over = abs(measured.integrated - limits.loudness), measured.true_peak - limits.true_peak
    loud = f"{measured.integrated:.1f} LUFS"
    peak = f"{measured.true_peak:.1f} dBTP"
    return [
        Rule(
            name="loudness",
            told=loud,
            wrong=(f"{loud} instead of {limits.loudness:.1f} ±{limits.tolerance:.1f}",)
            if not off <= limits.tolerance + ROUNDING
            else (),
        ),
        Rule(
            name="true peak",
            told=peak,
            wrong=(f"{peak} instead of {limits.true_peak:.1f} at most",) if over > ROUNDING else (),
        ),
    ]
