"""
Proving: nothing is published before it was heard and judged.

Two judges: `proof` hears the words again, `verify` everything that a player
needs of the files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.errors import ProofError, VerificationError
from audioed.files import scratch
from audioed.model import Edition, Episode, Script, Speech, Utterance, Voice
from audioed.place import QUIET, Listener, Place
from audioed.publishing.paging import older_pages
from audioed.store import COVER, FEED, PUBLIC, STAGED

if TYPE_CHECKING:
    from audioed.proofing.report import Proof
    from audioed.scripting.proofread import Doubt
    from audioed.sound import Levels, Recording
    from audioed.verifying import Published
    from audioed.verifying.report import Verification


def proof(episode: Episode, script: Script, audio: Path, place: Place, listener: Listener = QUIET) -> "Proof":
    """The episode's audio file, heard again and compared with its script; ProofError without a recogniser."""
    import numpy as np

    from audioed import proofing
    from audioed.mastering.reader import decode
    from audioed.proofing.recogniser import RATE, Recogniser
    from audioed.scripting.normalize import normalize
    from audioed.synthesis.engines.espeak import sounds

    settings = place.config.proof
    recogniser = Recogniser(place.store.home / settings.model if settings.model else None)
    ears = proofing.Ears(RATE, recogniser.transcribed, normalize, sounds)
    with scratch(audio.parent, ".pcm") as file:
        decode(audio, file, RATE)
        return proofing.proof(script, episode, np.memmap(file, "<i2", "r"), ears, listener.progress)


def doubtful(scripts: Sequence[Script], place: Place) -> "list[tuple[Doubt, Voice, str]]":
    """The words that the voices may get wrong, each as the voice that says it would judge it, and the language."""
    from audioed.scripting.proofread import doubts
    from audioed.synthesis.engine import known_words
    from audioed.voices.casting import cast

    spoken: dict[tuple[Voice, str], list[Utterance]] = {}
    for script in scripts:
        for utterance, voice in zip(script.utterances, cast(script, place.config.synthesis, place.cards), strict=True):
            spoken.setdefault((voice, utterance.language or script.language), []).append(utterance)
    with known_words() as of:
        return [(doubt, *who) for who, said in spoken.items() for doubt in doubts(said, who[1], of(who[0]))]


def refuse_misread(found: "Proof", episode: Episode, speech: Speech, place: Place) -> None:
    """ProofError for a recording that listeners shall not get; the clips at fault go, to be spoken anew."""
    most = place.config.proof.max_word_error
    for finding in found.findings:
        if finding.utterance is not None:
            place.store.cache.drop_clip(speech.clips[finding.utterance].audio)
    if found.findings:
        first = found.findings[0]
        raise ProofError(
            f"{episode.name}: {first.fault} at {first.start:.0f} s ({first.told}) for “{first.written[:80]}”; "
            "start again to have it spoken anew."
        )
    if found.word_error > most:
        raise ProofError(
            f"{episode.name}: {found.word_error:.1%} of the words were misheard, and the show allows {most:.1%}; "
            "add its names to the lexicon, or raise `max_word_error` in [proof]."
        )


def verify(
    episode: Episode, script: Script | None, folder: Path, place: Place, listener: Listener = QUIET
) -> "Verification":
    """
    Everything that was published of the episode in this folder, decoded again and proven rule by rule.

    One that was imported has no script, and is judged by what its host is answerable for.
    """
    from audioed import verifying
    from audioed.mastering.reader import excerpt, measure, since
    from audioed.mastering.stitch import RATE

    instruments = verifying.Instruments(
        decode=decoded,
        measure=partial(measure, rate=RATE),
        excerpt=partial(excerpt, rate=RATE),
        since=partial(since, rate=RATE),
    )
    published = _published(episode, script or _nothing(episode), folder, place)
    return verifying.verify(published, instruments, listener.progress)


def refuse_faulty(episode: Episode, script: Script, place: Place, companions: Path) -> None:
    """
    VerificationError for a recording, with these companions, that the feed shall not have.

    Each piece of the recording was decoded when it was made, and its loudness
    noted; where the frames of an MP3 follow one another it plays from anywhere:
    nothing is decoded a second time.
    """
    from audioed import verifying
    from audioed.mastering.reader import measure
    from audioed.mastering.stitch import RATE

    decode = partial(_noted, place=place)
    instruments = verifying.Instruments(decode=decode, measure=lambda audio: episode.loudness or measure(audio, RATE))
    published = _published(episode, script, place.store.episode_folder(episode.name), place)
    covers = (place.store.show_folder / COVER,)  # what else lies there is of before, and mended by publishing
    found = verifying.verify(replace(published, companions=companions, covers=covers, feed=None), instruments)
    for rule in found.findings:
        raise VerificationError(
            f"{episode.name}: {rule.name}: {rule.wrong[0]}; nothing was published; start again, and report it "
            "if it happens again.",
            episode=episode.name,
            rule=rule.name,
        )


def _published(episode: Episode, script: Script, folder: Path, place: Place) -> "Published":
    from audioed.verifying import Published

    show = folder.resolve().parent
    public = show / (STAGED if place.config.publishing.private else PUBLIC)
    return Published(
        episode=episode,
        script=script,
        audio=folder / episode.enclosure.name,
        companions=folder,
        covers=tuple(sorted([*public.glob("cover*.jpg"), *public.glob("cover*.png")])),
        feed=_page_of(episode, public),
        limits=place.config.mastering,
    )


def _nothing(episode: Episode) -> Script:
    """What stands for the script of an episode that has none."""
    about = Edition(show=episode.show, day=episode.day, title=episode.title, name=episode.name, number=episode.number)
    return Script(edition=about, language=episode.language)


def _page_of(episode: Episode, public: Path) -> Path | None:
    """The page of the feed that tells of the episode; the newest where none does, None where there is no feed."""
    guid = episode.guid.encode()
    pages = [public / FEED, *older_pages(public)]
    found = (path for path in pages if path.is_file() and guid in path.read_bytes())
    return next(found, public / FEED if (public / FEED).is_file() else None)


@contextmanager
def decoded(audio: Path) -> "Iterator[tuple[Recording, tuple[str, ...]]]":
    """The sound of a whole file, decoded on the disk for as long as it is needed, and the decoder's complaints."""
    from audioed.mastering.reader import decode
    from audioed.mastering.stitch import RATE
    from audioed.sound import Recording

    with scratch(audio.parent, ".pcm") as file:
        complaints = decode(audio, file, RATE)
        yield Recording(file, RATE), complaints


@contextmanager
def _noted(audio: Path, place: Place) -> "Iterator[tuple[Recording | Levels, tuple[str, ...]]]":
    """What was noted of a file when it was made; where that is gone, the file as `decoded` gives it."""
    import numpy as np

    from audioed.mastering.mp3 import SAMPLES
    from audioed.mastering.stitch import RATE
    from audioed.sound import Levels

    noted = place.store.cache.noted("levels", audio.name)
    if noted is None:
        with decoded(audio) as found:
            yield found
    else:
        yield Levels(np.frombuffer(noted, "<f2").astype(np.float32), SAMPLES, RATE), ()
