"""A show whose recordings are stubs: for tests of what is an episode, over many nights, and not of how it sounds."""

import hashlib

from audioed import build, mastering, proving
from audioed.files import write
from audioed.model import Chapter, Clip, Cue, Enclosure, Episode, Loudness, Speech
from audioed.nightly import asking


def quicken(monkeypatch):
    """Speak, master and prove nothing, and read documents in this process."""
    monkeypatch.setattr(build, "speak", lambda script, *_: Speech(script=script, clips=_clips(script)))
    monkeypatch.setattr(build, "prepare", lambda *_: None)
    monkeypatch.setattr(mastering, "master", _master)
    monkeypatch.setattr(mastering, "renew_cover", lambda *_: None)
    monkeypatch.setattr(mastering, "validate_cover", lambda *_: None)
    monkeypatch.setattr(proving, "refuse_faulty", lambda *_: None)
    monkeypatch.setattr(asking, "Worker", Inline)


class Inline:
    """Reads documents without a process of their own."""

    def __init__(self, *_limits):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def start(self):
        pass

    def call(self, _name, function, *arguments):
        return function(*arguments)


def _clips(script):
    return tuple(Clip(utterance=each, audio="0" * 64, duration=1.0) for each in script.utterances)


def _master(speech, _prepared, store, _told):
    """An episode of a second an utterance; its file follows from what is said, as a recording does."""
    script, edition = speech.script, speech.script.edition
    data = hashlib.sha256(" ".join(each.spoken for each in script.utterances).encode()).digest() * 600
    name = f"{edition.name}-{hashlib.sha256(data).hexdigest()[:10]}.mp3"
    write(store.episode_folder(edition.name) / name, data)
    return Episode(
        guid="",
        name=edition.name,
        show=edition.show,
        title=edition.title,
        day=edition.day,
        number=edition.number,
        language=script.language,
        enclosure=Enclosure(name=name, media_type="audio/mpeg", length=len(data)),
        duration=float(len(speech.clips)),
        chapters=(Chapter(title=edition.title, start=0.0),),
        loudness=Loudness(integrated=-16.0, true_peak=-1.5, range=5.0),
        sources=script.sources,
        headlines=edition.headlines,
        segments=(),
        cues=tuple(
            Cue(start=float(i), end=i + 1.0, speaker="Narrator", text=each.written)
            for i, each in enumerate(script.utterances)
        ),
    )
