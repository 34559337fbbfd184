"""How long an edition will be, told before it is spoken."""

from collections.abc import Iterable

from audioed.model import Seconds, Utterance
from audioed.phonemes import without_sounds

PACE = 16.8
"""Letters, spaces and marks of a spoken form that the default voice says a second: most of its recordings have 16.5 to
17.2, short ones up to 18.6."""


def seconds(utterances: Iterable[Utterance]) -> Seconds:
    """About how long these are, with their pauses, spoken by the default voice; marks and beds are not counted."""
    return sum(len(without_sounds(each.spoken)) / PACE + each.pause for each in utterances)
