"""
The line, in order: pages | extract | write | speak | master | publish.

With `producing` and `proving` the only module that knows more than one craft.
Pages that give no article are skipped and reported; after that, any failure
fails the edition, and what the feed shows stays as it was.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from audioed import (
    catalogue,
    files,
    keeping,
    mastering,
    proving,
    publishing,
    scripting,
    site,
    standing,
    synthesis,
)
from audioed.addresses import without_user
from audioed.cache import Cache
from audioed.catalogue import Wish, drafts, identity, shows
from audioed.catalogue.index import Index, keep_index, key_of, read_index
from audioed.config import Config
from audioed.errors import ExtractionError, StoreError
from audioed.model import (
    UNSPOKEN,
    Article,
    Clip,
    Correction,
    Edition,
    Episode,
    Feed,
    Identity,
    Page,
    Script,
    Speech,
    Utterance,
    Voice,
)
from audioed.place import QUIET, Listener, Place
from audioed.publishing import private, rss
from audioed.publishing.paging import FeedPage
from audioed.publishing.public import Shelf, permit
from audioed.scripting.ids import identified
from audioed.scripting.validate import validate as validate_script
from audioed.store import FEED
from audioed.voices import casting
from audioed.voices.cards import lexicons
from audioed.wording import wording

if TYPE_CHECKING:
    from audioed.scripting.lexicon import Lexicon

log = logging.getLogger(__name__)
OPEN = 8
"""Episodes that stay open while all is laid out: a new one is wanted for its files, its pages and the feed."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What comes with a new recording: what is kept beside it, and what is told of it where it replaces another."""

    beside: Mapping[str, Article | Script] = field(default_factory=dict)
    """Nouns in its folder, under their names."""
    day: date | None = None
    """On which it does; that of the edition where nothing is told."""
    note: str | None = None
    """What was put right, for those who had the other; where empty, that something was; None where it is not told."""
    spoken: Speech | None = None
    """What was recorded before, whose clips stay where the words do, whatever has become of voices and files."""
    seen: bytes | None = None
    """The script.json that it was made of: another one was changed meanwhile, and stays. None where nobody looks."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A source that gave no article."""

    name: str
    reason: str

    def __post_init__(self) -> None:
        """Nobody is shown the password in an address."""
        object.__setattr__(self, "name", without_user(self.name))


def validate(place: Place) -> None:
    """
    ConfigError or MasteringError for a show that cannot be finished or published: told before hours of work.

    Nothing is written. What builds nothing needs the settings alone (`validate_settings`).
    """
    validate_settings(place)
    mastering.validate_encoder(place.config.mastering)
    mastering.validate_sounds(place.config.mastering, place.store)


def validate_settings(place: Place) -> None:
    """ConfigError or MasteringError for settings with which no episode can be made or published."""
    publishing.validate(place.config.show, place.config.publishing)
    site.validate(place.store)
    mastering.validate(place.config.mastering)


def extract(
    pages: Iterable[Page | Article | ExtractionError],
    config: Config,
    cards: Mapping[str, Voice] | None = None,
    kept: Cache | None = None,
) -> tuple[tuple[Article, ...], tuple[Skip, ...]]:
    """
    An article from every page that has one, and why the others have none.

    A page that could not be fetched comes as its error, an article as itself. With
    voice cards, an article that none of them can read is none. ExtractionError when no page
    gives an article: the first one says why.
    """
    from audioed.extraction.choices import chosen

    articles: list[Article] = []
    failures: list[ExtractionError] = []
    for page in pages:
        try:
            if isinstance(page, ExtractionError):
                raise page
            article = page if isinstance(page, Article) else _article(page, config, kept)
            article = identity.identified(article, page.ids)
            if cards is not None:
                article = _without_unspoken(article, config, cards)
            article = chosen(article, config.extraction.choices)
            if cards is not None:
                article = replace(article, voice=casting.reader(article, config.synthesis, cards))
                _refuse_unread(article, config, cards)
            articles.append(article)
        except ExtractionError as error:
            failures.append(error)
    if not articles and failures:
        raise failures[0]
    return tuple(articles), tuple(Skip(error.name, str(error)) for error in failures)


def _article(page: Page, config: Config, kept: Cache | None) -> Article:
    """The article on this page; the same page is read once where articles are kept."""
    if kept is not None:
        return standing.read(page, config.extraction, kept)
    from audioed.extraction import extract

    return extract(page, config.extraction)


def _without_unspoken(article: Article, config: Config, cards: Mapping[str, Voice]) -> Article:
    """The article without passages in languages that no installed voice speaks, which are told."""
    from audioed.extraction.choices import without

    kept = without(article, lambda block: casting.is_unspoken(block, config.synthesis, cards), UNSPOKEN)
    left = set(article.blocks) - set(kept.blocks)
    for language in sorted({block.language for block in left}):
        log.warning("%s: a passage is not read: %s", article.name, casting.unspoken(language))
    return kept


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


def once(articles: Sequence[Article]) -> tuple[Article, ...]:
    """What an edition of these articles reads: of those that tell one story the longest, known by what all are."""
    from audioed.scripting import editions

    return editions.once(articles)


def write(articles: Sequence[Article], edition: Edition, place: Place) -> Script:
    """The script of an edition, with the promos that the show runs on its day."""
    from audioed import promos

    config, known = place.config, _lexicons(place)
    settings = replace(config.scripting, sections=config.sections)
    script = scripting.write(articles, edition, settings, known, config.show.language)
    return promos.with_promos(script, config, known)


def with_promo(script: Script, old: str, new: str, place: Place) -> Script:
    """The script with another promo of the show in the place of the old one."""
    from audioed import promos
    from audioed.promos import placing

    return placing.swapped(script, old, promos.read(new, script, place.config, _lexicons(place)))


def said(article: Article, place: Place) -> tuple[Utterance, ...]:
    """What an edition says of this article, without what it says around it."""
    return scripting.utterances(article, _lexicons(place))


def with_notice(script: Script, notice: str, place: Place) -> Script:
    """The script with this notice of a correction said first, in place of an earlier one; without any where empty."""
    return scripting.with_notice(script, notice, _lexicons(place))


def _lexicons(place: Place) -> "Callable[[str], Lexicon]":
    """What gives the lexicon of a language."""
    from audioed.scripting.lexicon import load

    return cache(lambda language: load(lexicons(place.store.home, language)))


def speak(script: Script, place: Place, listener: Listener = QUIET, spoken: Speech | None = None) -> Speech:
    """
    The script, each utterance with its id and a clip; ScriptError for one that nobody can speak.

    Clips of what was spoken before stay, as far as the cache has them; a sound file of the show's own is its clip.
    """
    validate_script(script)
    script = identified(script)
    with place.store.cache.at_work():
        clips = _kept(script, spoken, place) if spoken else {}
        left = _without(script, clips)
        clips |= mastering.played(left, place.store)
        left = _without(left, clips)
        speech = synthesis.speak(left, place.config.synthesis, place.cards, place.store, listener.progress)
    if not clips:
        return speech
    clips |= {clip.utterance.id: clip for clip in speech.clips}
    return Speech(script=script, clips=tuple(clips[each.id] for each in script.utterances))


def respoken(speech: Speech, place: Place, listener: Listener, spoken: Speech | None) -> Speech:
    """What `speak` gave, once a clip of it turns out to be damaged: each is read whole, and spoken anew where it is."""
    for key in {clip.audio for clip in speech.clips}:
        place.store.cache.clip(key)
    return speak(speech.script, place, listener, spoken)


def _kept(script: Script, spoken: Speech, place: Place) -> dict[str, Clip]:
    """The clips of before of utterances that are the same, but for the pause after them, by their ids."""
    before = {clip.utterance.id: clip for clip in spoken.clips}
    found = {}
    for each in script.utterances:
        clip = before.get(each.id)
        same = clip and replace(clip.utterance, pause=each.pause, boundary=each.boundary) == each
        if clip and same and place.store.cache.clip_outline(clip.audio) is not None:
            found[each.id] = replace(clip, utterance=each)
    return found


def _without(script: Script, clips: Mapping[str, Clip]) -> Script:
    """The script without the utterances that have a clip."""
    if not clips:
        return script
    kept = (
        replace(segment, utterances=tuple(each for each in segment.utterances if each.id not in clips))
        for segment in script.segments
    )
    return replace(script, segments=tuple(kept))


def prepare(script: Script, place: Place) -> mastering.Prepared:
    """What the episode of a script takes besides its speech."""
    ready = mastering.prepare(script, place.config.show, place.config.mastering, place.store)
    return replace(ready, cluster=place.config.synthesis.cluster)


def master(
    speech: Speech,
    place: Place,
    listener: Listener = QUIET,
    prepared: mastering.Prepared | None = None,
    revision: Revision = Revision(),
) -> Episode:
    """
    The finished episode in its folder, not yet in the feed.

    An episode that it takes the place of is set aside first. Everything, with
    what is to stand beside it, is there before `episode.json`
    says so.
    """
    return mastered(speech, place, listener, prepared, revision)[0]


def mastered(
    speech: Speech,
    place: Place,
    listener: Listener,
    prepared: mastering.Prepared | None,
    revision: Revision,
) -> tuple[Episode, Episode | None]:
    """What `master` does and gives, and the episode that it took the place of."""
    validate_script(speech.script)
    prepared = prepared or prepare(speech.script, place)
    recorded = mastering.master(speech, prepared, place.store, listener.progress)
    folder = place.store.episode_folder(recorded.name)
    earlier = before(recorded.name, place)
    guid = earlier.guid if earlier else shows.guid_of(recorded.name, known_as(place, recorded), place.store)
    episode = _revised(replace(recorded, guid=guid), earlier, revision, place)
    if place.config.proof.max_word_error:
        from audioed.proofing import with_words

        listener.stage("proof")
        found = proving.proof(episode, speech.script, folder / episode.enclosure.name, place, listener)
        place.store.save(found, folder / "proof.json")
        proving.refuse_misread(found, episode, speech, place)
        episode = replace(episode, cues=with_words(episode.cues, found))
    listener.stage("verify")
    with TemporaryDirectory() as tried:
        with files.settling(folder / episode.enclosure.name):
            with files.explained(trial := Path(tried)):
                for name, data in publishing.companions(episode, place.config.publishing.base_url, place.store):
                    (trial / name).write_bytes(data)
            proving.refuse_faulty(episode, speech.script, place, trial)
        with place.store.lock(drafts.LOCK):
            on_disk = drafts.script_in(episode.name, place.store)
            if earlier and earlier != episode:
                place.store.set_aside(episode.name)
            with files.together() as put:
                for path in sorted(trial.iterdir()):
                    put(folder / path.name, path.read_bytes())
                told = {"speech": speech, **revision.beside, "episode": episode}
                if revision.seen in {None, on_disk}:
                    told = {"script": speech.script, **told}
                else:
                    put(folder / "script.json", on_disk)
                keep(told, folder, place, put)
            drafts.let_go(episode.name, place.store)
    if "script" not in told:
        listener.changed(
            episode.name,
            f"{episode.name}: its script was changed while it was being made; the change is kept and not recorded yet, "
            f"which `audioed correct {episode.name}` does.",
        )
    return episode, earlier


def _revised(now: Episode, before: Episode | None, revision: Revision, place: Place) -> Episode:
    """The episode with what listeners of the one before it are told, and with the files that their apps ask for."""
    if before is None:
        return now
    day, is_same = revision.day or now.day, now.enclosure == before.enclosure
    corrections = before.corrections
    if revision.note is not None:
        text = revision.note or ("" if is_same else wording(now.language).corrected)
        if text and not (is_same and text in {each.text for each in corrections}):  # the same command once more
            corrections += (Correction(day=day, text=text),)
    earlier = keeping.superseded(before, now, day, place.config.publishing.keep_old)
    return replace(now, corrections=corrections, earlier=earlier, adopted=before.adopted)


def before(name: str, place: Place) -> Episode | None:
    """The episode of this name as it is now; None where there is none, or none that can be read."""
    try:
        return place.store.episode(name)
    except StoreError:
        return None


def known_as(place: Place, made: Episode | None = None) -> Identity:
    """What the show keeps from its first build on; it is written as soon as there is an episode."""
    episodes = any(True for _ in place.store.finished())

    def seed() -> str:
        """The name of the first episode, and what its articles are known by."""
        first = read_index(place.store, keep=False).first if episodes else None
        name, sources = (first.name, first.sources) if first else ("", ())
        if made and not first:
            name, sources = made.name, [source.ids for source in made.sources]
        return " ".join([name, *(each for ids in sources for each in ids)])

    show, base_url = place.config.show, place.config.publishing.base_url
    return shows.identity(place.store, show, base_url, seed, keep=episodes or made is not None)


def publish(place: Place, listener: Listener = QUIET, *, anew: bool = True) -> Feed:
    """The feed, brought to what every episode.json says; only where it is not there yet, unless all is made anew."""
    return published(place, listener, anew=anew)[0]


def published(place: Place, listener: Listener = QUIET, *, anew: bool) -> tuple[Feed, Index]:
    """What `publish` does and gives, and the index of the episodes."""
    with place.store.lock("feed"):
        index = read_index(place.store, later=True)
        index.refuse_newer()
        for name, lost in index.lost.items():
            listener.left_out(name, str(lost.error))
        if anew:
            mastering.renew_cover(place.config.show, place.store)
        for entry in index.entries.values():
            if entry.refused:
                listener.left_out(entry.name, entry.refused)
        before = (dict(index.pages), dict(index.site), dict(index.laid))
        catalogue_ = publishing.Catalogue(
            items=[entry for entry in index.newest_first if not entry.refused],
            load=lru_cache(OPEN)(place.store.episode),
            identity=known_as(place),
            pages=index.pages,
            folders=index.folders,
            shelf=Shelf(index.laid),
            left_out=listener.left_out,
            refuse=_refuse_faulty,
            unfit=lambda episodes: _unfit(episodes, place),
            days={entry.name: entry.day for entry in index.entries.values()},
            corrections=index.corrections,
        )
        config = place.config.publishing
        store = replace(place.store, hidden=config.private)
        ready = publishing.lay_out(catalogue_, config, store, anew=anew)
        if not config.private:
            entries = [index.entries[item.name] for item in ready.items]
            untouched = index.laid.keys() - ready.shelf.fresh.keys()
            library = site.Library(entries, ready.load, index.site, index.folders, untouched, index.corrections)
            for name in site.lay_out(library, place.config.show, config, store):
                ready.shelf.note(name, store)
        if not config.private:
            permit(store, config.mode, ready.shelf.fresh)  # before the feed tells of it
        feed = publishing.publish(ready, place.config.show, config, store, anew=anew)
        shelves = private.Shelves(feed.episodes, ready, place.config.show, config, store, place.store)
        private.lay_out(shelves, key_of(place.store), anew=anew)
        permit(place.store, config.mode, ready.shelf.fresh)
        if config.private:
            private.withdraw(place.store)
        else:
            files.remove(replace(store, hidden=True).public)
        if not index.is_kept or (index.pages, index.site, index.laid) != before:
            keep_index(index, store)
        return feed, index


def _refuse_faulty(data: bytes, name: str) -> None:
    """PublishingError for a feed that apps or directories would not take; one that stays as it was was looked at."""
    from audioed import linting

    linting.refuse_faulty(data, name)


def _unfit(episodes: Sequence[Episode], place: Place) -> Mapping[int, str]:
    """What apps or directories would not take of these episodes, by their places."""
    from audioed import linting

    home = rss.Home(rss.address(place.config.publishing.base_url, place.store.show_folder.name))
    return linting.unfit(rss.document(episodes, place.config.show, home, FeedPage(FEED, ())))


def edition(articles: Sequence[Article], wish: Wish, place: Place) -> Edition:
    """The edition that these articles would be now."""
    return catalogue.edition_for(once(articles), wish, read_index(place.store, keep=False), place.store, articles)


def keep(
    nouns: Mapping[str, Article | Script | Speech | Episode],
    folder: Path,
    place: Place,
    put: Callable[[Path, bytes], object] = files.write,
) -> None:
    """Write these nouns into an episode's folder, each under its name."""
    for name, noun in nouns.items():
        place.store.save(noun, folder / f"{name}.json", put)
