"""
The line, in order: pages | extract | write | speak | master | publish.

The only module that knows more than one craft. Pages that give no article are
skipped and reported; after that, any failure fails the edition, and what the
feed shows stays as it was.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from audioed import casting, catalogue, extraction, mastering, proofing, publishing, scripting, synthesis, verifying
from audioed.catalogue import Wish
from audioed.config import Config, lexicons
from audioed.errors import ExtractionError, ProofError, PublishingError, VerificationError
from audioed.model import Article, Edition, Episode, Feed, Page, Script, Seconds, Speech, Voice
from audioed.proofing.report import Proof
from audioed.store import Store
from audioed.verifying.report import Verification

if TYPE_CHECKING:
    from audioed.sound import Levels, Recording

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Skip:
    """A source that gave no article."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build works: what the show has decided, its voice cards, and its files."""

    config: Config
    cards: Mapping[str, Voice]
    store: Store


class Listener:
    """Hears how a build goes on; this one keeps it to itself."""

    def stage(self, name: str) -> None:
        """A stage begins."""

    def progress(self, share: float, calls: int = 0, made: Seconds = 0.0) -> None:
        """So much of the stage is done, 0 to 1; an engine was asked so many more times; `made` of sound is there."""


QUIET = Listener()


def check(place: Place) -> None:
    """ConfigError or MasteringError for a show that cannot be finished or published: told before hours of work."""
    publishing.check(place.config.show, place.config.publishing)
    mastering.check(place.config.show, place.config.mastering, place.store)


def extract(
    pages: Iterable[Page | ExtractionError], config: Config, cards: Mapping[str, Voice] | None = None
) -> tuple[tuple[Article, ...], tuple[Skip, ...]]:
    """
    An article from every page that has one, and why the others have none.

    A page that could not be had comes as its error. With voice cards, an
    article that none of them can read is none. ExtractionError when no page
    gives an article: the first one says why.
    """
    articles: list[Article] = []
    failures: list[ExtractionError] = []
    for page in pages:
        try:
            if isinstance(page, ExtractionError):
                raise page
            article = extraction.extract(page, config.extraction)
            if cards is not None:
                article = replace(article, voice=casting.reader(article, config.synthesis, cards))
                _refuse_unread(article, config, cards)
            articles.append(article)
        except ExtractionError as error:
            failures.append(error)
    if not articles and failures:
        raise failures[0]
    return tuple(articles), tuple(Skip(error.name, str(error)) for error in failures)


def _refuse_unread(article: Article, config: Config, cards: Mapping[str, Voice]) -> None:
    """ExtractionError for an article that asks for a voice, or is in a language, that is not installed."""
    if article.voice and article.voice not in cards:
        raise ExtractionError(
            f"{article.name} wants the voice {article.voice!r}, which is not installed; "
            f"choose one of {', '.join(sorted(cards))}.",
            name=article.name,
        )
    if not casting.speaker("narrator", config.synthesis, cards, article.language):
        raise ExtractionError(f"{article.name}: {casting.unspoken(article.language)}", name=article.name)


def write(articles: Sequence[Article], edition: Edition, place: Place) -> Script:
    """The script of an edition."""
    from audioed.scripting.lexicon import Lexicon, load

    def of(language: str) -> Lexicon:
        return load(lexicons(place.store.home, language))

    return scripting.write(articles, edition, place.config.scripting, cache(of))


def speak(script: Script, place: Place, listener: Listener = QUIET) -> Speech:
    """The script with a clip for every utterance."""
    return synthesis.speak(script, place.config.synthesis, place.cards, place.store, listener.progress)


def prepare(script: Script, place: Place) -> mastering.Prepared:
    """What the episode of a script takes besides its speech."""
    return mastering.prepare(script, place.config.show, place.config.mastering, place.store)


def master(
    speech: Speech, place: Place, listener: Listener = QUIET, prepared: mastering.Prepared | None = None
) -> Episode:
    """
    The finished episode in its folder, not yet in the feed.

    Its companions stand beside it before `episode.json` says that it is there,
    and neither replaces what was there before the new ones are proven.
    """
    prepared = prepared or prepare(speech.script, place)
    episode = mastering.master(speech, prepared, place.store, listener.progress)
    if place.config.proof.max_word_error:
        listener.stage("proof")
        folder = place.store.episode_folder(episode.name)
        found = proof(episode, speech.script, folder / episode.enclosure.name, place, listener)
        place.store.save(found, folder / "proof.json")
        _refuse_misread(found, episode, speech, place)
        episode = replace(episode, cues=proofing.with_words(episode.cues, found))
    listener.stage("verify")
    with TemporaryDirectory() as tried:
        trial = replace(place.store, output=Path(tried))
        publishing.accompany(episode, place.config.publishing.base_url, trial)
        _refuse_faulty(episode, speech.script, place, trial.episode_folder(episode.name))
        for path in sorted(trial.episode_folder(episode.name).iterdir()):
            place.store.write(place.store.episode_folder(episode.name) / path.name, path.read_bytes())
    place.store.save(episode, place.store.episode_folder(episode.name) / "episode.json")
    return episode


def proof(episode: Episode, script: Script, audio: Path, place: Place, listener: Listener = QUIET) -> Proof:
    """The episode's audio file, heard again and compared with its script; ProofError without a recogniser."""
    import numpy as np

    from audioed.mastering.encode import decode
    from audioed.proofing.recogniser import RATE, Recogniser
    from audioed.scripting.normalize import normalize
    from audioed.synthesis.engines.espeak import sounds

    settings = place.config.proof
    recogniser = Recogniser(place.store.home / settings.model if settings.model else None)
    ears = proofing.Ears(RATE, recogniser.heard, normalize, sounds)
    with place.store.scratch(audio.parent, ".pcm") as file:
        decode(audio, file, RATE)
        return proofing.proof(script, episode, np.memmap(file, "<i2", "r"), ears, listener.progress)


def _refuse_misread(found: Proof, episode: Episode, speech: Speech, place: Place) -> None:
    """ProofError for a recording that listeners shall not get; the clips at fault go, to be spoken anew."""
    most = place.config.proof.max_word_error
    for finding in found.findings:
        if finding.utterance is not None:
            place.store.drop_clip(speech.clips[finding.utterance].audio)
    if found.findings:
        first = found.findings[0]
        raise ProofError(
            f"{episode.name}: {first.fault} at {first.start:.0f} s ({first.told}) for “{first.written[:80]}”; "
            "start again to have it spoken anew."
        )
    if found.word_error > most:
        raise ProofError(
            f"{episode.name}: {found.word_error:.1%} of the words are heard otherwise, and the show allows {most:.1%}; "
            "teach the lexicon its names, or raise `max_word_error` in [proof]."
        )


def verify(episode: Episode, script: Script, folder: Path, place: Place, listener: Listener = QUIET) -> Verification:
    """Everything that was published of the episode in this folder, decoded again and proven rule by rule."""
    from audioed.mastering.encode import excerpt, measure, since
    from audioed.mastering.stitch import RATE

    hear = partial(heard, place=place)
    instruments = verifying.Instruments(
        hear=hear, measure=measure, excerpt=partial(excerpt, rate=RATE), since=partial(since, rate=RATE)
    )
    return verifying.verify(_published(episode, script, folder, place), instruments, listener.progress)


def _refuse_faulty(episode: Episode, script: Script, place: Place, companions: Path) -> None:
    """
    VerificationError for a recording, with these companions, that the feed shall not have.

    Each piece of the recording was decoded when it was made, and its loudness
    noted; where the frames of an MP3 follow one another it plays from anywhere:
    nothing is decoded a second time.
    """
    hear = partial(_heard_before, place=place)
    instruments = verifying.Instruments(hear=hear, measure=lambda _: episode.loudness)
    published = _published(episode, script, place.store.episode_folder(episode.name), place)
    found = verifying.verify(replace(published, companions=companions, feed=None), instruments)
    for rule in found.findings:
        raise VerificationError(
            f"{episode.name}: {rule.name}: {rule.wrong[0]}; nothing was published, so start again, and report it "
            "if it stays.",
            episode=episode.name,
            rule=rule.name,
        )


def _published(episode: Episode, script: Script, folder: Path, place: Place) -> verifying.Published:
    show = folder.resolve().parent
    return verifying.Published(
        episode=episode,
        script=script,
        audio=folder / episode.enclosure.name,
        companions=folder,
        covers=tuple(sorted([*show.glob("cover*.jpg"), *show.glob("cover*.png")])),
        feed=path if (path := show / "feed.xml").is_file() else None,
        limits=place.config.mastering,
    )


@contextmanager
def heard(audio: Path, place: Place) -> "Iterator[tuple[Recording, tuple[str, ...]]]":
    """The sound of a whole file, decoded on the disk for as long as it is needed, and the decoder's complaints."""
    from audioed.mastering.encode import decode
    from audioed.mastering.stitch import RATE
    from audioed.sound import Recording

    with place.store.scratch(audio.parent, ".pcm") as file:
        complaints = decode(audio, file, RATE)
        yield Recording(file, RATE), complaints


@contextmanager
def _heard_before(audio: Path, place: Place) -> "Iterator[tuple[Recording | Levels, tuple[str, ...]]]":
    """What was noted of a file when it was made; where that is gone, the file as `heard` gives it."""
    import numpy as np

    from audioed.mastering.mp3 import SAMPLES
    from audioed.mastering.stitch import RATE
    from audioed.sound import Levels

    noted = place.store.noted("levels", audio.name)
    if noted is None:
        with heard(audio, place) as found:
            yield found
    else:
        yield Levels(np.frombuffer(noted, "<f2").astype(np.float32), SAMPLES, RATE), ()


def publish(place: Place) -> Feed:
    """The feed, made anew from every episode.json."""
    with place.store.lock("feed"):
        return publishing.publish(place.store.episodes(), place.config.show, place.config.publishing, place.store)


def edition(articles: Sequence[Article], wish: Wish, place: Place) -> Edition:
    """The edition that these articles would be now."""
    return catalogue.edition_for(articles, wish, place.config.show.title, place.store)


def build(articles: Sequence[Article], wish: Wish, place: Place, listener: Listener = QUIET) -> Episode:
    """
    From articles to an episode in the feed; each noun is kept as JSON in the episode's folder.

    Safe to start twice and to kill at any moment: the builds of a show wait for
    one another, so that no two take the same name or number, and finished clips
    are never spoken again.
    """
    with place.store.lock("build"):
        this = edition(articles, wish, place)
        folder = place.store.episode_folder(this.name)
        listener.stage("write")
        script = write(articles, this, place)
        for number, article in enumerate(articles, start=1):
            place.store.save(article, folder / f"article-{number}.json")
        return _produced(script, place, listener)


def rebuild(script: Script, place: Place, listener: Listener = QUIET) -> Episode:
    """From an edited script to its episode in the feed, in place of the one that it had."""
    with place.store.lock("build"):
        return _produced(script, place, listener)


def _produced(script: Script, place: Place, listener: Listener) -> Episode:
    folder = place.store.episode_folder(script.edition.name)
    place.store.save(script, folder / "script.json")
    listener.stage("speak")
    with ThreadPoolExecutor(1, thread_name_prefix="prepare") as beside:
        prepared = beside.submit(prepare, script, place)
        speech = speak(script, place, listener)
    place.store.save(speech, folder / "speech.json")
    listener.stage("master")
    episode = master(speech, place, listener, prepared.result())
    listener.stage("publish")
    if episode not in publish(place).episodes:
        raise PublishingError(
            f"{episode.name}: did not enter the feed; the lines above say why.", episode=episode.name, rule="lint"
        )
    place.store.sweep(episode)  # only now that the feed names the new audio may the old go
    return episode
