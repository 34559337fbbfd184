"""
The line, in order: pages | extract | write | speak | master | publish.

With `proving` the only module that knows more than one craft. Pages that give no article are
skipped and reported; after that, any failure fails the edition, and what the
feed shows stays as it was.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from audioed import casting, catalogue, extraction, mastering, proofing, proving, publishing, scripting, synthesis
from audioed.catalogue import Wish
from audioed.config import Config, lexicons
from audioed.errors import ExtractionError, PublishingError, StoreError
from audioed.model import Article, Edition, Episode, Feed, Page, Script, Speech, Voice
from audioed.place import QUIET, Listener, Place
from audioed.scripting.check import check as check_script

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Skip:
    """A source that gave no article."""

    name: str
    reason: str


def check(place: Place) -> None:
    """ConfigError or MasteringError for a show that cannot be finished or published: told before hours of work."""
    publishing.check(place.config.show, place.config.publishing)
    mastering.check(place.config.mastering, place.store)


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
    """The script with a clip for every utterance; ScriptError for one that nobody can speak."""
    check_script(script)
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
    check_script(speech.script)
    prepared = prepared or prepare(speech.script, place)
    episode = mastering.master(speech, prepared, place.store, listener.progress)
    if place.config.proof.max_word_error:
        listener.stage("proof")
        folder = place.store.episode_folder(episode.name)
        found = proving.proof(episode, speech.script, folder / episode.enclosure.name, place, listener)
        place.store.save(found, folder / "proof.json")
        proving.refuse_misread(found, episode, speech, place)
        episode = replace(episode, cues=proofing.with_words(episode.cues, found))
    listener.stage("verify")
    with TemporaryDirectory() as tried:
        trial = replace(place.store, output=Path(tried))
        publishing.accompany(episode, place.config.publishing.base_url, trial)
        proving.refuse_faulty(episode, speech.script, place, trial.episode_folder(episode.name))
        for path in sorted(trial.episode_folder(episode.name).iterdir()):
            place.store.write(place.store.episode_folder(episode.name) / path.name, path.read_bytes())
    for noun, name in ((speech.script, "script"), (speech, "speech"), (episode, "episode")):
        place.store.save(noun, place.store.episode_folder(episode.name) / f"{name}.json")
    return episode


def publish(place: Place) -> Feed:
    """The feed, made anew from every episode.json."""
    with place.store.lock("feed"):
        mastering.renew_cover(place.config.show, place.store)
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
    with alone(place, listener):
        this = edition(articles, wish, place)
        listener.stage("write")
        return _produced(write(articles, this, place), place, listener, articles)


def rebuild(script: Script, place: Place, listener: Listener = QUIET) -> Episode:
    """From an edited script to its episode in the feed, in place of the one that it had."""
    check_script(script)
    with alone(place, listener):
        return _produced(script, place, listener)


@contextmanager
def alone(place: Place, listener: Listener = QUIET) -> Iterator[None]:
    """No other build of the show is at work; the listener hears of it where one has to be waited for."""
    with ExitStack() as stack:
        try:
            stack.enter_context(place.store.lock("build", wait=False))
        except StoreError:
            listener.stage("wait for another build of the show")
            stack.enter_context(place.store.lock("build"))
        yield


def _produced(script: Script, place: Place, listener: Listener, articles: Sequence[Article] = ()) -> Episode:
    """The nouns of an episode that is published already stay those of its recording until there is a new one."""
    mastering.check_cover(place.config.show, place.store)
    folder = place.store.episode_folder(script.edition.name)
    is_new = not (folder / "episode.json").is_file()
    if is_new:
        _keep(articles, folder, place)
        place.store.save(script, folder / "script.json")
    listener.stage("speak")
    with ThreadPoolExecutor(1, thread_name_prefix="prepare") as beside:
        prepared = beside.submit(prepare, script, place)
        speech = speak(script, place, listener)
    if is_new:
        place.store.save(speech, folder / "speech.json")
    listener.stage("master")
    episode = master(speech, place, listener, prepared.result())
    _keep(articles, folder, place)
    listener.stage("publish")
    if episode not in publish(place).episodes:
        raise PublishingError(
            f"{episode.name}: did not enter the feed; the lines above say why.", episode=episode.name, rule="lint"
        )
    place.store.sweep(episode)  # only now that the feed names the new audio may the old go
    return episode


def _keep(articles: Sequence[Article], folder: Path, place: Place) -> None:
    for number, article in enumerate(articles, start=1):
        place.store.save(article, folder / f"article-{number}.json")
