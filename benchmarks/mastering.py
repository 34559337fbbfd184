"""
The mastering of many recordings: loudness, peaks, limiting, speed, memory, what a changed word costs. Judges nothing.

    python benchmarks/mastering.py [varied] [speed] [fix] [memory] [--voices heart system kokoro-heart] [--episodes 30]

The speech is put together from a pool of sentences, each spoken once in each voice, so that three hours cost no three
hours. `varied` masters episodes of 20 seconds to three hours with promos, headline lists and a bed, and reads each
file with ffmpeg's meter. `speed` compares `audioed master` of an hour with bare ffmpeg encoding the same PCM on one
core, with ffmpeg's own settings and with ours. `fix` changes one word of that hour. `memory` masters ten minutes and
ten hours.
"""

import argparse
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from bench_line import AUDIOED, Run, run
from round_trip import cases

from audioed import build, config, proving
from audioed.cache import Cache
from audioed.mastering.encode import decode, ffmpeg, measure
from audioed.mastering.lame import EFFORT
from audioed.mastering.loudness import loudness
from audioed.mastering.stitch import RATE
from audioed.model import Edition, Episode, Script, Segment, Speech, Utterance
from audioed.place import Place
from audioed.sound import Recording
from audioed.store import Store
from audioed.voices.cards import voice_cards

POOL = 60
"""Different sentences in each voice."""
SHORTEST, LONGEST = 20, 3 * 3600
"""Seconds."""
KINDS = ("body", "body", "headlines", "body", "promo")
PAUSES = (0.3, 0.3, 0.3, 0.65, 0.8)
ROUNDS = 3


def speech_of(seconds: float, voice: str, place: Place, chance: random.Random, name: str) -> Speech:
    """A made-up edition of about so many seconds: an article of a few segments each two minutes or so."""
    said = [case.spoken for case in cases("en")]
    texts = said[:: len(said) // POOL][:POOL]
    pool = [Utterance(written=text, spoken=text, voice=voice) for text in texts if any(map(str.isalnum, text))]
    edition = Edition(show="My articles", day=date(2026, 3, 14), title=f"Edition {name}", name=name)
    script = Script(edition=edition, segments=(Segment(kind="body", title="Pool", utterances=tuple(pool)),))
    clips = build.speak(script, place).clips
    made, segments, chosen = 0.0, [], []
    while made < seconds:
        kind = "opening" if not segments else chance.choice(KINDS)
        title = kind == "body" and chance.random() < 0.3
        said = []
        for _ in range(chance.randint(2, 3) if kind == "opening" else chance.randint(4, 12)):
            clip = chance.choice(clips)
            utterance = replace(clip.utterance, pause=chance.choice(PAUSES))
            chosen.append(replace(clip, utterance=utterance))
            said.append(utterance)
            made += clip.duration + utterance.pause
            if made >= seconds:
                break
        chapter = not segments or title
        segments.append(
            Segment(
                kind="title" if title else kind, title=f"Part {len(segments)}", chapter=chapter, utterances=tuple(said)
            )
        )
    return Speech(script=replace(script, segments=tuple(segments)), clips=tuple(chosen))


def place_in(folder: Path, *, bed: bool = False) -> Place:
    """A show that builds in this folder."""
    stings = config.Stings(bed="ours" if bed else "none")
    settings = config.Config(mastering=config.Mastering(stings=stings))
    store = Store(folder / "output", Cache(folder / "cache"), settings.show.title, folder)
    return Place(settings, voice_cards(folder), store)


def varied(folder: Path, voices: list[str], count: int) -> None:
    """Episodes of all lengths in each voice, read with ffmpeg's meter."""
    chance = random.Random(6)  # noqa: S311  # no secret
    rows, wrong = [], 0
    for number in range(count):
        seconds = SHORTEST * (LONGEST / SHORTEST) ** (number / max(1, count - 1))
        place = place_in(folder, bed=number % 2 == 1)
        speech = speech_of(seconds, voices[number % len(voices)], place, chance, f"varied-{number}")
        episode = build.master(speech, place)
        kept = place.store.episode_folder(episode.name)
        found = proving.verify(episode, speech.script, kept, place).findings
        wrong += len(found)
        print(*(f"    {rule.name}: {rule.wrong}" for rule in found), sep="\n", end="")
        file = kept / episode.enclosure.name
        read = measure(file)
        said = refused(file)
        wrong += len(said)
        print(*(f"    {line}" for line in said), sep="\n", end="\n" if said else "")
        steps = apart(episode, file, folder)
        rows.append((read.integrated, read.true_peak, episode.limited, steps))
        print(
            f"  {voices[number % len(voices)]:14} {episode.duration:7.0f} s  {read.integrated:6.1f} LUFS "
            f"{read.true_peak:5.1f} dBTP  limited {episode.limited.touched:6.2%}, by over 3 dB "
            f"{episode.limited.audible:6.2%}, neighbours {steps:4.2f} LU apart, {len(episode.chapters)} chapters",
            flush=True,
        )
        shutil.rmtree(file.parent)
    loud = [integrated for integrated, *_ in rows]
    print(f"  {len(rows)} proven, and opened by others' tools: {wrong} complaints")
    print(f"  {min(loud)} to {max(loud)} LUFS, at most {max(peak for _, peak, *_ in rows)} dBTP")
    print(f"  most turned down by over 3 dB: {max(limited.audible for _, _, limited, _ in rows):.2%}")
    print(f"  neighbouring sentences at most {max(steps for *_, steps in rows):.2f} LU apart")


def refused(file: Path) -> list[str]:
    """What other people's tools say against a recording and its transcripts; those that are not there are told."""
    import srt
    import webvtt

    folder, said = file.parent, []
    for tool, command in {"mp3val": [], "ffprobe": ["-v", "warning", "-show_format", "-show_chapters"]}.items():
        if not (found := shutil.which(tool)):
            said.append(f"{tool} is not installed")
            continue
        told = subprocess.run([found, *command, str(file)], capture_output=True, text=True, check=False)
        lines = [*told.stderr.splitlines(), *(line for line in told.stdout.splitlines() if "WARNING" in line)]
        said += [f"{tool}: {line}" for line in lines if "No supported tags" not in line]
    cards = list(srt.parse((folder / "transcript.srt").read_text("utf-8")))
    if len(webvtt.read(folder / "transcript.vtt").captions) == 0 or len(cards) == 0:
        said.append("a transcript is empty")
    return said


def apart(episode: Episode, file: Path, folder: Path) -> float:
    """The most by which the loudness of one sentence differs from that of the next, on the encoded file, in LU."""
    decode(file, folder / "apart.pcm", RATE)
    sound = Recording(folder / "apart.pcm", RATE)
    read = [
        loudness(sound.samples(round(cue.start * RATE), round(cue.end * RATE)), RATE, surroundings=0.3)
        for cue in episode.cues
    ]
    return max((abs(one - other) for one, other in pairwise(read)), default=0.0)


def hour(folder: Path, voice: str, hours: float = 1.0, name: str = "hour") -> Path:
    """The speech.json of so many hours, made apart: memory that this process takes counts for those that it starts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(spoken, folder, voice, hours, name).result()


def spoken(folder: Path, voice: str, hours: float, name: str) -> Path:
    """The same, in this process."""
    place = place_in(folder)
    speech = speech_of(3600 * hours, voice, place, random.Random(60), name)  # noqa: S311
    path = folder / f"{name}.json"
    place.store.save(speech, path)
    return path


def master(speech: Path, folder: Path, *, anew: bool = True) -> Run:
    """`audioed master`, of which no piece is there yet."""
    if anew:
        shutil.rmtree(folder / "cache" / "pieces", ignore_errors=True)
    return run(*AUDIOED, "master", str(speech), "--output", str(folder / "output"), cache=folder / "cache")


def speed(folder: Path, voice: str) -> None:
    """An hour, against bare encoding of the same PCM on one core."""
    speech = hour(folder, voice)
    master(speech, folder)
    audio = next((folder / "output").glob("*/hour/*.mp3"))
    decode(audio, folder / "hour.pcm", RATE)
    bare = [ffmpeg(), "-loglevel", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1"]
    bare += ["-i", str(folder / "hour.pcm"), "-b:a", "96k", "-threads", "1"]
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    ours, theirs, same = [], [], []
    for _ in range(ROUNDS):
        ours.append(master(speech, folder).wall)
        theirs.append(run(*pinned, *bare, str(folder / "bare.mp3")).wall)
        same.append(run(*pinned, *bare, "-compression_level", str(EFFORT), str(folder / "bare.mp3")).wall)
    wall, other, effort = map(statistics.median, (ours, theirs, same))
    print(f"  an hour in {wall:.1f} s (median of {ROUNDS}); bare ffmpeg on one core {other:.1f} s: {wall / other:.2f}")
    print(f"  with our setting of LAME's effort ffmpeg needs {effort:.1f} s: {wall / effort:.2f}")


def fix(folder: Path, voice: str) -> None:
    """One word of an hour changed: from the edited script to the published file."""
    place = place_in(folder)
    speech = hour(folder, voice)
    whole = statistics.median(master(speech, folder).wall for _ in range(ROUNDS))
    from audioed.nouns import parse

    script = parse(Speech, speech.read_bytes(), speech).script
    middle = len(script.segments) // 2
    taken, output = [], str(folder / "output")
    for number in range(ROUNDS):
        segment = script.segments[middle]
        text = f"{segment.utterances[0].written} Number {('one', 'two', 'three')[number]}."
        words = (replace(segment.utterances[0], written=text, spoken=text), *segment.utterances[1:])
        segments = (*script.segments[:middle], replace(segment, utterances=words), *script.segments[middle + 1 :])
        place.store.save(replace(script, segments=segments), folder / "script.json")
        began = time.perf_counter()
        run(*AUDIOED, "render", str(folder / "script.json"), "--output", output, cache=folder / "cache")
        taken.append(time.perf_counter() - began)
    share = statistics.median(taken) / whole
    print(f"  mastering an hour {whole:.1f} s; one word changed {statistics.median(taken):.2f} s: {share:.1%}")


def memory(folder: Path, voice: str) -> None:
    """The largest process while ten minutes and ten hours are mastered."""
    short, long = (
        master(hour(folder, voice, hours, name), folder) for hours, name in ((1 / 6, "minutes"), (10, "hours"))
    )
    print(f"  ten minutes {short.peak:.0f} MB, ten hours {long.peak:.0f} MB: {long.peak - short.peak:+.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["varied", "speed", "fix", "memory", []], default=[])
    parser.add_argument("--voices", nargs="+", default=["heart", "system", "joe"])
    parser.add_argument("--episodes", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what in options.what or ["varied", "speed", "fix", "memory"]:
            print(what)
            if what == "varied":
                varied(folder, options.voices, options.episodes)
            else:
                {"speed": speed, "fix": fix, "memory": memory}[what](folder, options.voices[0])


if __name__ == "__main__":
    main()
