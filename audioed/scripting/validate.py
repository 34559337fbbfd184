"""A script that somebody edited: what cannot be spoken and published is told with its place, before any work."""

from collections.abc import Iterator

from audioed.characters import HALF
from audioed.errors import ScriptError
from audioed.kinds import ROLES
from audioed.model import Script, Seconds, Utterance
from audioed.phonemes import foreign_to_ipa, stretches

LONGEST_PAUSE: Seconds = 60.0
"""Nobody waits longer."""


def validate(script: Script) -> None:
    """ScriptError for a script that no episode can be made of."""
    if not script.edition.title.strip():
        raise ScriptError("the edition of the script has no title; write one into script.json.")
    if not any(segment.utterances for segment in script.segments):
        raise ScriptError("the script has nothing to say; write an utterance into script.json.")
    for number, segment in enumerate(script.segments, start=1):
        for place, utterance in enumerate(segment.utterances, start=1):
            for fault in faults(utterance):
                raise ScriptError(
                    f"utterance {place} of segment {number} (“{segment.title}”) {fault}; correct it in script.json.",
                    text=utterance.written,
                )


def faults(utterance: Utterance) -> Iterator[str]:
    """What keeps an utterance from being spoken, as the end of a sentence."""
    if not utterance.written.strip():
        yield "has no written form"
    if not utterance.spoken.strip():
        yield "has no spoken form"
    if HALF.search(utterance.written + utterance.spoken):
        yield "holds half of a character, a lone surrogate"
        return
    for _, ipa in stretches(utterance.spoken):
        if foreign := foreign_to_ipa(ipa):
            yield f"tells the sound /{ipa}/, in which {foreign!r} is no letter of IPA"
    if not 0 <= utterance.pause <= LONGEST_PAUSE:
        yield f"has a pause of {utterance.pause:g} s, and 0 to {LONGEST_PAUSE:g} are possible"
    if utterance.role not in ROLES:
        yield f"has the role {utterance.role!r}, and there are {', '.join(ROLES)}"
