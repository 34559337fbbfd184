"""
Is what is wrong in a recording found, and nothing else? And how many words are heard otherwise. Judges nothing.

    python benchmarks/proofing.py [--trials N] [--seed N] [--voices heart kokoro-heart] [--only words|clean|faults]
        [--show]

Clean episodes of as many articles as trials are heard first: every finding is a false alarm. Then one fault is planted
in each: a clip is replaced by silence, two are swapped, one breaks off, one is said twice; once as an engine would make
it, before the recording is mastered, and once in the finished file. The articles are shared pages where these are, else
parts of our sample. Needs the extra `proof`.
"""

import argparse
import gzip
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from bench_line import HERE, SAMPLE, SEED

from audioed import build, config, mastering, proving
from audioed.cache import Cache
from audioed.catalogue import Wish
from audioed.errors import AudioedError, ProofError
from audioed.mastering.encode import decode
from audioed.mastering.lame import frames_of
from audioed.model import Article, Clip, Episode, Speech
from audioed.place import Place
from audioed.proofing import recogniser
from audioed.proofing.report import Proof
from audioed.sound import Sound, to_wav
from audioed.store import Store
from audioed.voices.cards import voice_cards
from audioed.voices.casting import KOKORO_ROLES

PAGES = HERE.parents[1] / "shared" / "pages" / "extraction"
FAULTS = ("silence", "swapped", "cut short", "said twice")
WORDS = 80
"""Of an article for the trials, at the most: its first blocks; one with fewer than half as many is passed over."""
RATE = 44_100


def speech_of(article: Article, place: Place) -> Speech:
    """An article, spoken."""
    script = build.write([article], build.edition([article], Wish(date(2026, 3, 14)), place), place)
    return build.speak(script, place)


def article_in(path: Path) -> Article:
    """The article in a file."""
    from audioed.extraction.fetch import read

    (article,), _ = build.extract([read(str(path), config.Extraction())], config.Config())
    return article


def articles(count: int, chance: random.Random, folder: Path) -> Iterator[Article]:
    """English articles, each as short as lets many be heard."""
    if not PAGES.is_dir():
        print("  the shared pages are not beside this checkout: parts of our sample take their place")
        whole = article_in(SAMPLE)
        for number in range(count):
            yield shortened(replace(whole, title=f"Part {number}", blocks=tuple(chance.sample(whole.blocks, 8))))
        return
    found = sorted(PAGES.glob("*.html.gz"))
    chance.shuffle(found)
    for packed in found:
        if not count:
            return
        path = folder / packed.name.removesuffix(".gz")
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        try:
            article = shortened(article_in(path))
        except (AudioedError, ValueError):
            continue
        words = sum(len(block.text.split()) for block in article.blocks)
        if config.primary(article.language) == "en" and words >= WORDS / 2:
            count -= 1
            yield article


def shortened(article: Article) -> Article:
    """Its first blocks, as far as the words go."""
    words, kept = 0, 0
    while kept < len(article.blocks) and (words := words + len(article.blocks[kept].text.split())) <= WORDS:
        kept += 1
    return replace(article, blocks=article.blocks[:kept])


def kept(samples: np.ndarray, rate: int, store: Store) -> dict[str, Any]:
    """A clip of these samples."""
    wav = to_wav(Sound(samples=samples.astype(np.float32), rate=rate))
    key = hashlib.sha256(wav).hexdigest()
    return {"audio": key, "duration": store.cache.keep_clip(key, wav).duration}


def chosen(clips: tuple[Clip, ...], chance: random.Random) -> tuple[int, int]:
    """Two different sentences of a second and more."""
    able = [number for number, clip in enumerate(clips) if clip.duration > 1]
    one = chance.choice(able)
    return one, chance.choice([each for each in able if clips[each].utterance.spoken != clips[one].utterance.spoken])


def in_clips(speech: Speech, fault: str, chance: random.Random, store: Store) -> Speech:
    """The fault as an engine would make it."""
    clips = list(speech.clips)
    one, other = chosen(speech.clips, chance)
    sound = store.cache.clip(clips[one].audio)
    samples = {
        "silence": np.zeros(len(sound.samples)),
        "cut short": sound.samples[: int(len(sound.samples) * chance.uniform(0.3, 0.75))],
        "said twice": np.tile(sound.samples, 2),
    }
    if fault == "swapped":
        for place, source in ((one, speech.clips[other]), (other, speech.clips[one])):
            clips[place] = replace(clips[place], audio=source.audio, duration=source.duration)
    else:
        clips[one] = replace(clips[one], **kept(samples[fault], sound.rate, store))
    return replace(speech, clips=tuple(clips))


def in_file(episode: Episode, speech: Speech, fault: str, chance: random.Random, audio: Path) -> Path:
    """The fault in the finished file, whose record is the clean one's."""
    raw = audio.with_suffix(".pcm")
    decode(audio, raw, RATE)
    samples = np.fromfile(raw, "<i2")
    one, other = sorted(chosen(speech.clips, chance))
    (start, end), (first, last) = (
        (round(episode.cues[each].start * RATE), round(episode.cues[each].end * RATE)) for each in (one, other)
    )
    clip, middle = samples[start:end], start + int((end - start) * chance.uniform(0.3, 0.75))
    parts = {
        "silence": [samples[:start], np.zeros_like(clip), samples[end:]],
        "swapped": [samples[:start], samples[first:last], samples[end:first], clip, samples[last:]],
        "cut short": [samples[:middle], np.zeros(end - middle, "<i2"), samples[end:]],
        "said twice": [samples[:end], clip, samples[end:]],
    }[fault]
    made = audio.with_name("faulty.mp3")
    made.write_bytes(frames_of([np.concatenate(parts).tobytes()], rate=RATE, bitrate=96))
    return made


def heard(speech: Speech, place: Place, planted: tuple[str, random.Random] | None = None) -> Proof:
    """The proof of a recording, whose file gets a fault where one is planted."""
    episode = mastering.master(speech, build.prepare(speech.script, place), place.store)
    audio = place.store.episode_folder(episode.name) / episode.enclosure.name
    if planted:
        audio = in_file(episode, speech, *planted, audio)
    return proving.proof(episode, speech.script, audio, place)


def told(proof: Proof) -> str:
    """Every finding on a line."""
    return "".join(f"\n      {each.fault}, {each.told}: {each.written[:70]}" for each in proof.findings)


def words(voices: list[str], place_of: Any) -> None:
    """Word errors of our sample and of the seed article in each voice."""
    for voice in voices:
        place = place_of(voice)
        for path in filter(Path.exists, (SAMPLE, SEED)):
            speech = speech_of(article_in(path), place)
            began = time.perf_counter()
            proof = heard(speech, place)
            share = (time.perf_counter() - began) / sum(clip.duration for clip in speech.clips)
            found = len(proof.findings)
            print(f"  {voice:14} {path.name:18} {proof.word_error:6.1%} words, {found} faults, {share:.2f} s a second")
            print(told(proof), end="\n" if found else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--voices", nargs="+", default=["heart"], help="the trials take the first")
    parser.add_argument("--only", choices=["words", "clean", "faults"])
    parser.add_argument("--show", action="store_true", help="what was found of each")
    options = parser.parse_args()
    try:
        ears = recogniser.Recogniser()
    except ProofError as error:
        sys.exit(str(error))
    recogniser.Recogniser = lambda _folder: ears
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cards = voice_cards(folder)

        def place_of(voice: str) -> Place:
            families = {roles["narrator"]: roles for roles in (config.DEFAULT_ROLES, KOKORO_ROLES)}
            settings = config.Config(synthesis=config.Synthesis(roles=families.get(voice, {"narrator": voice})))
            return Place(settings, cards, Store(folder / voice, Cache(folder / "cache"), settings.show.title, folder))

        if options.only in {None, "words"}:
            words(options.voices, place_of)
        if options.only == "words":
            return
        place, chance = place_of(options.voices[0]), random.Random(options.seed)  # noqa: S311  # no secret
        speeches = [speech_of(each, place) for each in articles(options.trials, chance, folder)]
        minutes = sum(clip.duration for speech in speeches for clip in speech.clips) / 60
        if options.only in {None, "clean"}:
            proofs = [heard(speech, place) for speech in speeches]
            alarms = [proof for proof in proofs if proof.findings]
            mean = sum(proof.word_error for proof in proofs) / len(proofs)
            print(f"  clean: {len(alarms)} of {len(proofs)} episodes ({minutes:.0f} minutes) with a false alarm")
            print(f"  words heard otherwise in them: {mean:.1%}", *map(told, alarms))
        for fault in FAULTS if options.only in {None, "faults"} else ():
            before = [heard(in_clips(speech, fault, chance, place.store), place) for speech in speeches]
            after = [heard(speech, place, (fault, chance)) for speech in speeches]
            for kind, proofs in (("in a clip", before), ("in the file", after)):
                found = sum(bool(proof.findings) for proof in proofs)
                print(f"  {fault} {kind}: found in {found} of {len(proofs)}", flush=True)
                if options.show:
                    print(*map(told, proofs))


if __name__ == "__main__":
    main()
