"""What a command lets somebody hear: a sound in a voice, played or written to a file."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.model import Utterance, Voice
    from audioed.sound import Sound
    from audioed.synthesis.engine import Engine

BETWEEN = 0.6
"""Seconds of silence between words that are heard one after another."""


def sound_of(engine: "Engine", card: "Voice", spoken: "Sequence[Utterance]") -> "Sound":
    """These utterances in a voice, with the pauses between them."""
    from audioed.synthesis.engine import adapted

    sounds = [engine.synthesize(adapted(each, engine, card), card) for each in spoken]
    return _joined(sounds, [each.pause for each in spoken])


def words_heard(words: "Sequence[tuple[str, Voice, str]]", home: Path) -> "Sound":
    """Words one after another, each in its voice and language, as a build of the show would say them."""
    from audioed.model import Article, Block
    from audioed.pronouncing import utterances
    from audioed.sound import resample
    from audioed.synthesis.engine import engines

    sounds = []
    with engines() as engine_of:
        for word, card, language in words:
            article = Article(title="", language=language, blocks=(Block(kind="paragraph", text=f"{word}."),))
            sounds.append(sound_of(engine_of(card.engine), card, utterances(article, home)))
    alike = [each if each.rate == sounds[0].rate else resample(each, sounds[0].rate) for each in sounds]
    return _joined(alike, [BETWEEN] * len(alike))


def let_hear(sound: "Sound", to: Path | None) -> None:
    """Play a sound, or write it to this file; a line tells where it is, or why nothing is heard."""
    from audioed.playing import play
    from audioed.sound import to_wav

    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(_mp3(sound) if to.suffix.lower() == ".mp3" else to_wav(sound))
        tell(str(to))
    elif silent := play(to_wav(sound)):
        complain(f"audioed: nothing is heard: {silent}; `--to FILE.wav` writes the sound.")


def sound_file(to: Path | None) -> Path | None:
    """The file for a sound that an option names, checked before anything is done."""
    if to and to.suffix.lower() not in {".wav", ".mp3"}:
        raise typer.BadParameter(f"{str(to)!r} ends neither in .wav nor in .mp3", param_hint="--to")
    return to


def _joined(sounds: "Sequence[Sound]", pauses: Sequence[float]) -> "Sound":
    import numpy as np

    from audioed.sound import Sound

    rate = sounds[0].rate
    silences = [np.zeros(round(pause * rate), np.float32) for pause in pauses[:-1]]
    parts = [part for sound, silence in zip_longest(sounds, silences) for part in (sound.samples, silence)]
    return Sound(samples=np.concatenate(parts[:-1]), rate=rate)


def _mp3(sound: "Sound") -> bytes:
    from audioed.mastering.lame import frames_of
    from audioed.sound import pcm

    return frames_of([pcm(sound.samples)], rate=sound.rate, bitrate=64)
