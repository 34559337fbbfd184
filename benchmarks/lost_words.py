"""
How often does a voice lose a word, or say one twice? Judges nothing.

    python benchmarks/lost_words.py [--voices heart joe kokoro-heart] [--sentences N] [--seed N] [--plant] [--show]

The shared pages are gone through in an order drawn by chance, and of each in English ten utterances of its body are
drawn, 4 to 40 words long, as audioed says them. Each is spoken once, checked as clips are, and heard by Whisper base
among others in its window. Where four sounds or more are missing or too many, it is heard again by itself, and counts
where both hearings agree: a short word that is lost ("a", "of") is not seen. What several voices lose is the
recogniser's or the text's; what one alone loses is its own. With `--plant` a word of five letters or more is cut out of
each sentence of a voice that times its words, and in another copy said twice: are they found? Needs the extra `proof`.
"""

import argparse
import gzip
import random
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import hearing
import numpy as np
from proofing import PAGES, article_in

import audioed
from audioed import build
from audioed.catalogue import Wish
from audioed.errors import AudioedError, SynthesisError
from audioed.languages import primary
from audioed.model import Utterance, Voice
from audioed.phonemes import without_sounds
from audioed.proofing.align import words
from audioed.proofing.features import bare
from audioed.proofing.judge import MISSING
from audioed.proofing.misheard import Tongue, differing
from audioed.proofing.recogniser import RATE
from audioed.scripting.normalize import normalize
from audioed.sound import Timing, resample
from audioed.synthesis.clips import within
from audioed.synthesis.engine import adapted, load
from audioed.synthesis.engines.espeak import sounds
from audioed.synthesis.faults import fault
from audioed.synthesis.trim import trimmed
from audioed.voices.cards import voice_cards

FEWEST, MOST = 4, 40
"""Words."""
A_PAGE = 10
"""Sentences."""
LETTERS = 5
"""Of a word that is cut out or said twice."""
WINDOW = 27.0
"""Seconds; the recogniser listens to 30 at a time."""
PAUSE = np.zeros(round(0.9 * RATE), np.float32)
ENGLISH = Tongue(lambda text: normalize(text, "en"), lambda text: sounds(text, "en-us"))


@dataclass(frozen=True)
class Clip:
    """A sentence that was spoken."""

    said: str
    samples: hearing.Samples
    """At `RATE`."""
    fault: str | None
    timings: tuple[Timing, ...] = ()


def sentences(count: int, seed: int) -> list[Utterance]:
    """So many utterances of the pages' bodies, none twice."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    pages = sorted(PAGES.glob("*.html.gz"))
    chance.shuffle(pages)
    found: dict[str, Utterance] = {}
    with TemporaryDirectory() as name:
        for packed in pages:
            able = {each.spoken: each for each in body(packed, Path(name)) if each.spoken not in found}
            for spoken in chance.sample(sorted(able), min(A_PAGE, len(able), count - len(found))):
                found[spoken] = able[spoken]
            if len(found) == count:
                break
    return list(found.values())


def body(packed: Path, folder: Path) -> Iterator[Utterance]:
    """What of a page can be drawn."""
    place = audioed.open(output=folder / "output", cache=folder / "cache").place
    path = folder / packed.name.removesuffix(".gz")
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    try:
        article = article_in(path)
        if primary(article.language) != "en":
            return
        script = build.write([article], build.edition([article], Wish(date(2026, 3, 14)), place), place)
    except (AudioedError, ValueError):
        return
    for utterance in (each for segment in script.segments if segment.kind == "body" for each in segment.utterances):
        if primary(utterance.language or "en") == "en" and FEWEST <= len(utterance.spoken.split()) <= MOST:
            yield utterance


def spoken(voice: Voice, told: list[Utterance]) -> list[Clip]:
    """Each sentence once, however bad it came out."""
    clips = []
    with closing(load(voice.engine)) as engine:
        for number, utterance in enumerate(told):
            said = without_sounds(utterance.spoken)
            try:
                sound = within(engine.synthesize(adapted(utterance, engine, voice), voice))
            except SynthesisError as error:
                clips.append(Clip(said, np.zeros(0, np.float32), str(error)))
                continue
            problem = fault(sound, said, voice.rate)
            whole = resample(trimmed(sound), RATE)
            clips.append(Clip(said, whole.samples, problem, whole.timings if said == utterance.spoken else ()))
            print(f"\r  {voice.name}: {number + 1} spoken", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return clips


def windows(clips: list[Clip]) -> Iterator[list[Clip]]:
    """As many clips as are heard at once."""
    held: list[Clip] = []
    for clip in clips:
        if held and sum(len(each.samples) + len(PAUSE) for each in [*held, clip]) > WINDOW * RATE:
            yield held
            held = []
        held.append(clip)
    if held:
        yield held


def heard(clips: list[Clip]) -> list[str]:
    """What is understood of each of these, one after the other with pauses."""
    parts, borders, now = [PAUSE], [], len(PAUSE)
    for clip in clips:
        parts += [clip.samples, PAUSE]
        now += len(clip.samples) + len(PAUSE)
        borders.append((now - len(PAUSE) / 2) / RATE)
    texts = [""] * len(clips)
    for word in hearing.words(np.concatenate(parts)):
        at = min(int(np.searchsorted(borders, (word.start + word.end) / 2)), len(clips) - 1)
        texts[at] += f" {word.text}"
    return texts


def differences(said: str, got: str) -> tuple[list[str], list[str], int]:
    """What is missing, what is too much, and how many words are heard otherwise."""
    lost, more, errors = [], [], 0
    for these, those in differing(words(said), ENGLISH.words(got), ENGLISH):
        asked, found = (len(bare(ENGLISH.sounds(" ".join(some)))) if some else 0 for some in (these, those))
        told = f"“{' '.join(these)}” -> “{' '.join(those)}”"
        lost += [told] if asked - found >= MISSING else []
        more += [told] if found - asked >= MISSING else []
        errors += max(len(these), len(those))
    return lost, more, errors


def judged(name: str, clips: list[Clip]) -> tuple[dict[str, str], dict[str, str]]:
    """The sentences in which something is lost, and those in which something is too much, with what it is."""
    lost, more = {}, {}
    errors = 0
    for window in windows(clips):
        for clip, got in zip(window, heard(window), strict=True):
            first = differences(clip.said, got)
            errors += first[2]
            if not (first[0] or first[1]) or not len(clip.samples):
                continue
            (again,) = heard([clip])
            second = differences(clip.said, again)
            for found, one, other in ((lost, first[0], second[0]), (more, first[1], second[1])):
                if one and other:
                    found[clip.said] = ", ".join(other)
    faults = [clip for clip in clips if clip.fault]
    asked = sum(len(words(clip.said)) for clip in clips)
    print(f"{name}: {len(clips)} sentences, {asked} words, {errors / asked:.1%} heard otherwise at first hearing")
    print(
        f"  {len(faults)} clips that the checks refuse",
        *(f"{each.fault}: {each.said}" for each in faults),
        sep="\n    ",
    )
    return lost, more


def planted(clips: list[Clip], chance: random.Random) -> tuple[list[Clip], list[Clip]]:
    """The clips without a word, and with one said twice."""
    without, twice = [], []
    for clip in clips:
        able = [each for each in clip.timings if clip.said[each.at : each.until].isalpha()]
        able = [each for each in able if each.until - each.at >= LETTERS]
        if not able:
            continue
        word = chance.choice(able)
        start, end = round(word.start * RATE), round(word.end * RATE)
        before, inside, after = np.split(clip.samples, [start, end])
        without.append(replace(clip, samples=np.concatenate([before, after])))
        twice.append(replace(clip, samples=np.concatenate([before, inside, inside, after])))
    return without, twice


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", nargs="+", default=["heart", "joe"])
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--plant", action="store_true")
    parser.add_argument("--show", action="store_true", help="what was lost or said twice")
    options = parser.parse_args()
    if not PAGES.is_dir():
        sys.exit("The shared pages are not beside this checkout.")
    told = sentences(options.sentences, options.seed)
    cards = voice_cards(Path())
    if options.plant:
        for name in options.voices:
            chance = random.Random(options.seed)  # noqa: S311  # no secret
            for kind, clips, number in zip(
                ("cut out", "said twice"), planted(spoken(cards[name], told), chance), (0, 1), strict=True
            ):
                found = judged(f"{name}, a word {kind}", clips)[number]
                print(f"  found in {len(found)} of {len(clips)}")
                missed = [each.said for each in clips if each.said not in found]
                print(*missed if options.show else (), sep="\n    ")
        return
    results = {name: judged(name, spoken(cards[name], told)) for name in options.voices}
    for name, (lost, more) in results.items():
        others = [either for other, either in results.items() if other != name]
        for kind, number, some in (("lost", 0, lost), ("said twice or added", 1, more)):
            own = [said for said in some if not any(said in other[number] for other in others)]
            share = len(some) / len(told)
            print(f"{name}: something {kind} in {len(some)} of {len(told)} ({share:.1%}), its own in {len(own)}")
            for said, what in some.items() if options.show else ():
                print(f"    {'own' if said in own else 'all'}: {what} in: {said}")


if __name__ == "__main__":
    main()
