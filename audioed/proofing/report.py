"""What proofing finds; kept as `proof.json` beside the recording."""

from dataclasses import dataclass
from typing import Literal

from audioed.model import Seconds, Word

Fault = Literal["silence", "other words", "cut short", "repeated", "another length"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed:
    """An utterance as it is heard."""

    start: Seconds
    end: Seconds
    written: str
    text: str
    """What the recogniser understood."""
    said: int
    """Words of its spoken form."""
    errors: int
    """Words that are missing, added or heard otherwise."""
    words: tuple[Word, ...]
    """With their times from the start of the recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place where the recording does not say what its script says."""

    fault: Fault
    utterance: int | None
    """Its place in the script, from 0; None for the whole recording."""
    start: Seconds
    end: Seconds
    written: str
    told: str
    """What was measured there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misheard:
    """A word that the recogniser did not understand: the voice may get it wrong."""

    word: str
    heard: tuple[str, ...]
    """What it took it for."""
    wrong: int
    times: int
    """How often it was misheard, and how often it is said."""
    start: Seconds
    end: Seconds
    """Of the first sentence in which it was misheard."""
    line: str
    """For a lexicon: the word and its sound as the voice has it now, to be corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A recording compared with its script."""

    word_error: float
    """Errors for each word of the script, 0 to 1 and more."""
    findings: tuple[Finding, ...]
    misheard: tuple[Misheard, ...]
    utterances: tuple[Transcribed, ...]
