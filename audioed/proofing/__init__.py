"""Proofing: a finished recording is heard again, and compared with its script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audioed.model import Episode, Script, Word
from audioed.proofing.report import Proof

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

    The samples are those of the whole recording at `ears.rate`. `told` hears
    the share that is done, 0 to 1.
    """
    from functools import partial

    from audioed.phonemes import plain
    from audioed.proofing.features import measured
    from audioed.proofing.judge import faults
    from audioed.proofing.listen import listened
    from audioed.proofing.windows import levels
    from audioed.proofing.words import Tongue, heard, misheard, timed

    said, cues = script.utterances, episode.cues
    level = levels(samples, ears.rate)

    def hear(window: "NDArray[np.float32]", share: float) -> Sequence[Word]:
        found = ears.words(window, script.language)
        told(share)
        return found

    parts = timed(cues, listened(cues, samples, level, ears.rate, hear))
    tongue = Tongue(partial(_in, ears.spoken, script.language), partial(_in, ears.sounds, script.language))
    understood = [heard(*each, tongue) for each in zip(said, cues, parts, strict=True)]
    texts = [plain(each.spoken) for each in said]
    asked = [ears.sounds(text, each.language or script.language) for text, each in zip(texts, said, strict=True)]
    measures = measured(cues, asked, [tongue.sounds(plain(tongue.spoken(each.text))) for each in understood], level)
    lengths = (len(samples) / ears.rate, episode.duration)
    return Proof(
        word_error=sum(each.errors for each in understood) / max(1, sum(each.said for each in understood)),
        findings=tuple(faults(said, cues, measures, lengths)),
        misheard=tuple(misheard(understood, texts, tongue)),
        utterances=tuple(understood),
    )


def _in(what: Callable[[str, str], str], language: str, text: str) -> str:
    return what(text, language)
