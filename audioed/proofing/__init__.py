"""Proofing: a finished recording is heard again, and compared with its script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audioed.model import Cue, Episode, Script, Word
from audioed.proofing.report import Finding, Proof, Transcribed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ears:
    """What it takes to understand a recording."""

    rate: int
    """Samples a second of what `words` listens to."""
    words: Callable[["NDArray[np.float32]", str], Sequence[Word]]
    """The words in half a minute of sound, in a language."""
    spoken: Callable[[str, str], str]
    """The spoken form of a written text in a language: a recogniser writes "$5" where "five dollars" was said."""
    sounds: Callable[[str, str], str]
    """The phonemes of a spoken form in a language."""


def proof(
    script: Script,
    episode: Episode,
    samples: "NDArray[np.int16]",
    ears: Ears,
    told: Callable[[float], None] = lambda _share: None,
) -> Proof:
    """
    Where a recording does not say what its script says, and the times of its words.

    The samples are those of the whole recording at `ears.rate`. Where something
    is wrong it is heard a second time, by itself: a recogniser passes over a
    sentence now and then. `told` hears the share that is done, 0 to 1.
    """
    from audioed.phonemes import without_sounds
    from audioed.proofing.features import measured
    from audioed.proofing.judge import faults
    from audioed.proofing.listen import alone, listened
    from audioed.proofing.misheard import Tongue, misheard, timed, transcribed
    from audioed.proofing.windows import levels

    # What is no voice's is not judged: a recording of the show's own says what it says, and is not spoken anew.
    utterances = tuple(replace(each, spoken="") if each.sound else each for each in script.utterances)
    cues, language = episode.cues, script.language
    level = levels(samples, ears.rate)

    def hear(window: "NDArray[np.float32]", share: float) -> Sequence[Word]:
        found = ears.words(window, language)
        told(share)
        return found

    heard = timed(cues, listened(cues, samples, level, ears.rate, hear))
    parts = [[] if said.sound else part for said, part in zip(utterances, heard, strict=True)]
    tongue = Tongue(lambda text: ears.spoken(text, language), lambda text: ears.sounds(text, language))
    texts = [without_sounds(each.spoken) for each in utterances]
    asked = [ears.sounds(text, each.language or language) for text, each in zip(texts, utterances, strict=True)]
    lengths = (len(samples) / ears.rate, episode.duration)

    def judged() -> tuple[list[Transcribed], list[Finding]]:
        understood = [transcribed(*each, tongue) for each in zip(utterances, cues, parts, strict=True)]
        got = [tongue.sounds(without_sounds(tongue.spoken(each.text))) for each in understood]
        return understood, list(faults(utterances, cues, measured(cues, asked, got, level), lengths))

    understood, findings = judged()
    for number in {each.utterance for each in findings if each.utterance is not None}:
        parts[number] = list(alone(cues, number, samples, ears.rate, lambda window, _: hear(window, 1.0)))
    understood, findings = judged() if findings else (understood, findings)
    return Proof(
        word_error=sum(each.errors for each in understood) / max(1, sum(each.said for each in understood)),
        findings=tuple(findings),
        misheard=tuple(misheard(understood, texts, tongue)),
        utterances=tuple(understood),
    )


def with_words(cues: Sequence[Cue], found: Proof) -> tuple[Cue, ...]:
    """The cues with the times of the words that were heard, where their engine gave none."""
    from audioed.proofing.misheard import placed

    return tuple(
        cue if cue.words else replace(cue, words=placed(cue, each.words))
        for cue, each in zip(cues, found.utterances, strict=True)
    )
