"""The engines of a studio: they stay loaded, in one thread, and their clips go where a build finds them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from audioed.errors import StudioError
from audioed.model import Utterance, Voice, Word
from audioed.place import Place

if TYPE_CHECKING:
    from audioed.synthesis.engine import Engine


class Heard(NamedTuple):
    """A clip."""

    wav: bytes
    """16 bit, mono."""
    duration: float
    words: tuple[Word, ...]
    """Where the voice tells it, when each word sounds."""


class Voices:
    """The engines of a studio; each is loaded when it is first asked for, and stays."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="voice")
        self._loaded = ExitStack()
        self._engine: Callable[[str], Engine] | None = None

    def ready(self, voice: Voice, place: Place) -> None:
        """Load a voice, while nobody waits for it."""
        hello = Utterance(written="Ready.", spoken="Ready.")
        self._thread.submit(self._heard, hello, voice, place)

    def heard(self, utterance: Utterance, voice: Voice, place: Place) -> Heard:
        """The clip of an utterance, spoken now where it is not kept; SynthesisError where it does not become sound."""
        return self._thread.submit(self._heard, utterance, voice, place).result()

    def key(self, utterance: Utterance, voice: Voice) -> str:
        """The name under which its clip is kept, or would be."""
        return self._thread.submit(self._key, utterance, voice).result()

    def keys(self, said: list[tuple[Utterance, Voice]]) -> list[str]:
        """The same of many."""
        return self._thread.submit(lambda: [self._key(*each) for each in said]).result()

    def close(self) -> None:
        """Let go of all engines."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._loaded.close()

    def _engine_of(self, name: str) -> "Engine":
        from audioed.synthesis.engine import engines

        if self._engine is None:
            self._engine = self._loaded.enter_context(engines())
        return self._engine(name)

    def _key(self, utterance: Utterance, voice: Voice) -> str:
        from audioed.synthesis.engine import adapted
        from audioed.synthesis.keys import clip_key

        engine = self._engine_of(voice.engine)
        return clip_key(adapted(utterance, engine, voice), voice, engine)

    def _heard(self, utterance: Utterance, voice: Voice, place: Place) -> Heard:
        from audioed.synthesis.clips import Job, cached
        from audioed.synthesis.engine import adapted
        from audioed.synthesis.keys import clip_key
        from audioed.synthesis.words import written

        engine, store = self._engine_of(voice.engine), place.store
        said = adapted(utterance, engine, voice)
        key = clip_key(said, voice, engine)
        with store.cache.at_work():
            outline = cached(Job(key, said, voice, engine), store).outline
            wav = store.cache.noted("clips", f"{key}.wav")
        if wav is None:
            raise cleared()
        return Heard(wav, outline.duration, written(said, outline.timings))


def cleared() -> StudioError:
    """Somebody has cleared the cache at this very moment."""
    return StudioError("The clip was removed from the cache meanwhile; ask for it again.", status=503)
