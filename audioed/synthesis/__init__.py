"""Script -> Speech: the third craft gives every utterance a voice."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from audioed.config import Synthesis
from audioed.errors import SynthesisError, Unspeakable
from audioed.model import Clip, Script, Seconds, Speech, Treatment, Utterance, Voice
from audioed.voices.casting import cast

if TYPE_CHECKING:
    from audioed.sound import Outline
    from audioed.store import Store
    from audioed.synthesis.clips import Done, Job


def speak(
    script: Script,
    config: Synthesis,
    cards: Mapping[str, Voice],
    store: "Store",
    told: Callable[[float, int, Seconds], None] = lambda _share, _calls, _made: None,
) -> Speech:
    """
    The script with a clip for every utterance, each kept in the store.

    What the store holds already is not spoken again. `told` hears the share
    that is done, 0 to 1, how often an engine was asked for it, and how many
    seconds of sound there are by now. SynthesisError names the first utterance
    that stays bad and where it stands, VoiceNotFound a voice that is missing before anything is spoken.
    """
    from audioed.synthesis.clips import Job
    from audioed.synthesis.engine import adapted, engines
    from audioed.synthesis.keys import clip_key
    from audioed.synthesis.words import written

    voices = cast(script, config, cards)
    jobs: dict[str, Job] = {}
    keys: list[str] = []
    says: list[Utterance] = []
    outlines: dict[str, Outline] = {}
    try:
        with engines() as engine_of:
            for utterance, voice in zip(script.utterances, voices, strict=True):
                engine = engine_of(voice.engine)
                says.append(adapted(utterance, engine, voice))
                keys.append(key := clip_key(says[-1], voice, engine))
                jobs.setdefault(key, Job(key, says[-1], voice, engine))
            _refuse_dear(jobs.values(), store, config.most_cost)
            # The longest first, so that no core waits for another at the end.
            ordered = sorted(jobs.values(), key=lambda job: (-len(job.utterance.spoken), job.key))
            whole, letters, made = sum(len(job.utterance.spoken) for job in ordered), 0, 0.0
            for done in _spoken(ordered, store, config):
                outlines[done.key] = done.outline
                letters += len(jobs[done.key].utterance.spoken)
                made += done.outline.duration
                told(letters / whole, done.calls, made)
    except SynthesisError as error:
        raise _placed(error, script) from error
    clips, asked = [], {voice: _asked(voice) for voice in set(voices)}
    for utterance, said, voice, key in zip(script.utterances, says, voices, keys, strict=True):
        treatment = asked[voice]
        duration, timings = outlines[key]
        words = written(said, timings)
        clips.append(Clip(utterance=utterance, audio=key, duration=duration, words=words, treatment=treatment))
    return Speech(script=script, clips=tuple(clips))


def _asked(voice: Voice) -> Treatment:
    """What a voice card asks of the mastering of its clips."""
    return Treatment(**{each.name: getattr(voice, each.name) for each in fields(Treatment)})


def _spoken(jobs: "list[Job]", store: "Store", config: Synthesis) -> "Iterator[Done]":
    if config.cluster:
        from audioed.synthesis.cluster import there

        return there(jobs, store, config.cluster)
    from audioed.machine import cores
    from audioed.synthesis.workers import here

    return here(jobs, store, config.workers or cores())


def _refuse_dear(jobs: "Collection[Job]", store: "Store", most: float) -> None:
    """Before anything is paid for: what is not in the store yet costs no more than a run may."""
    cost = sum(
        job.voice.price * len(job.utterance.spoken) / 1_000_000
        for job in jobs
        if job.voice.price and store.cache.clip_outline(job.key) is None
    )
    if cost > most:
        raise SynthesisError(
            f"speaking this costs about ${cost:.2f}, and a run may spend ${most:.2f}; raise `most_cost` in "
            "[synthesis], or choose another voice."
        )


def _placed(error: SynthesisError, script: Script) -> SynthesisError:
    """The error with the title of the segment, which is the article's or a heading's, that its text stands in."""
    for segment in script.segments if error.text else ():
        if any(error.text == each.written for each in segment.utterances):
            kind = Unspeakable if isinstance(error, Unspeakable) else SynthesisError
            return kind(f"in “{segment.title}”, {error}", text=error.text)
    return error
