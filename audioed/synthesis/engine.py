"""What an engine is, and how the installed ones are found."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Protocol

from audioed import plugins
from audioed.errors import EngineNotFound, SynthesisError
from audioed.languages import primary
from audioed.model import Utterance, Voice
from audioed.phonemes import without_sounds
from audioed.sound import Sound

log = logging.getLogger(__name__)
GROUP = "audioed.engines"
"""Entry point group; the engines that ship with audioed are declared in it like anyone else's."""


class Engine(Protocol):
    """Turns words into sound; knows nothing of files, pauses, tags or feeds."""

    @property
    def name(self) -> str:
        """The name it is declared under."""
        ...

    @property
    def version(self) -> str:
        """Part of a clip's content key: another version speaks everything anew."""
        ...

    @property
    def takes_ipa(self) -> bool:
        """Whether `[word](/sound/)` may stand in what it is to say; without it an engine gets the words alone."""
        ...

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """
        The sound of `utterance.spoken` in this voice, with `timings` where the engine knows when each word sounds.

        Called from several threads at once. SynthesisError when it does not become sound.
        """
        ...

    def close(self) -> None:
        """Let go of models and processes; may be called twice."""
        ...


def load(name: str) -> Engine:
    """A new engine of this name; EngineNotFound when none or two packages offer it."""
    engine: Engine = plugins.load(GROUP, name, partial(EngineNotFound, engine=name), lambda found: found())
    return engine


def missing(names: Iterable[str]) -> dict[str, str]:
    """Those of these engines that are not installed, each with the sentence that tells what to do."""
    found = {}
    for name in dict.fromkeys(names):
        try:
            load(name).close()
        except EngineNotFound as error:
            found[name] = str(error)
    return found


@contextmanager
def engines() -> Iterator[Callable[[str], Engine]]:
    """What gives the engine of a name, loaded when it is first asked for; all of them are closed in the end."""
    with ExitStack() as loaded:
        yield cache(lambda name: loaded.enter_context(closing(load(name))))


def pronounced(words: Iterable[tuple[str, Voice]]) -> dict[tuple[str, Voice], str]:
    """How each voice would say its word, in IPA; nothing of those whose engines do not tell."""
    found: dict[tuple[str, Voice], str] = {}
    with engines() as engine:
        for word, voice in words:
            tell: Callable[[str, Voice], str] | None = getattr(engine(voice.engine), "pronounced", None)
            if tell:
                found[word, voice] = tell(word, voice)
    return found


@contextmanager
def known_words() -> Iterator[Callable[[Voice], Callable[[str], bool] | None]]:
    """What tells which words a voice has in its dictionaries; None for one whose engine does not tell."""

    def of(voice: Voice) -> Callable[[str], bool] | None:
        knows: Callable[[str, Voice], bool] | None = getattr(engine(voice.engine), "knows", None)
        return (lambda word: knows(word, voice)) if knows else None

    with engines() as engine:
        yield of


def unspeakable(utterance: Utterance, voice: Voice) -> SynthesisError:
    """What is told of an utterance of which nothing becomes sound."""
    told = f"“{utterance.written[:50]}” has nothing that the voice {voice.name!r} can say; cut it from the script."
    return SynthesisError(told, text=utterance.written)


def adapted(utterance: Utterance, engine: Engine, voice: Voice) -> Utterance:
    """The utterance as this engine can take it, another language's letters as this voice knows them."""
    if (
        utterance.language
        and primary(voice.language) not in {primary(utterance.language), "mul"}
        and "](/" not in utterance.spoken
    ):
        from audioed.letters import FOREIGN, familiar

        said = FOREIGN.sub(familiar, utterance.spoken)
        if said != utterance.spoken:
            log.warning(
                "%s does not read %s, only its letters: %s", voice.name, utterance.language, utterance.written[:80]
            )
            utterance = replace(utterance, spoken=said, readings=())
    if getattr(engine, "takes_ipa", False):
        return utterance
    readings = tuple(replace(each, spoken=without_sounds(each.spoken)) for each in utterance.readings)
    return replace(utterance, spoken=without_sounds(utterance.spoken), readings=readings)
