"""What a show can do, as `audioed.open` gives it; alone asks which day it is."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, overload
from zoneinfo import ZoneInfo

from audioed import build, catalogue, producing, proving
from audioed.build import Skip
from audioed.catalogue.index import read_index
from audioed.characters import is_title
from audioed.config import Config
from audioed.errors import ConfigError, StoreError
from audioed.files import read, scratch
from audioed.model import Article, Episode, Feed, Run, Script, Speech, Voice
from audioed.nouns import parse
from audioed.place import Listener, Place
from audioed.scripting.chapters import titled_by_hand
from audioed.store import COVER, EPISODE, FEED

if TYPE_CHECKING:
    from audioed.adopting import Adoption
    from audioed.deploying import Deployed
    from audioed.drafting import Draft
    from audioed.inputs import Given
    from audioed.linting.finding import Finding
    from audioed.listeners import Listeners
    from audioed.nightly import Plan, Report
    from audioed.nightly.outlook import Outlook
    from audioed.promos.library import PromoStanding
    from audioed.proofing.report import Proof
    from audioed.status import Status
    from audioed.swapping import Swapped
    from audioed.verifying.report import Verification

Named: TypeAlias = Episode | str | os.PathLike[str]
"""An episode itself, by its name, or by its folder."""


class Extracted(NamedTuple):
    """What some sources gave."""

    articles: tuple[Article, ...]
    skips: tuple[Skip, ...]
    """Those that gave no article, and why."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Show:
    """
    A show, as `audioed.open` gives it: makes episodes, publishes its feed, and tells what it has.

        show = audioed.open("myshow", voices={"narrator": "heart"})
        episode = show.render("article.html", "https://example.com/another")
        print(episode.duration, show.audio(episode), show.feed)

    Whatever goes wrong is an `AudioedError` whose sentence says what to do.
    """

    place: Place
    """What the show has decided, its voice cards and its files."""
    listener: Listener = field(default_factory=Listener)
    """Hears how the work goes on."""

    def __repr__(self) -> str:
        return f"<audioed.Show {self.config.show.title!r} in {self.folder}>"

    @property
    def config(self) -> Config:
        """What the show has decided: its audioed.toml, with the options that it was opened with."""
        return self.place.config

    @property
    def voices(self) -> Mapping[str, Voice]:
        """The voices that are installed, by name."""
        return MappingProxyType(self.place.cards)

    @property
    def folder(self) -> Path:
        """The folder of every episode, and of `public`; there as soon as there is an episode."""
        return self.place.store.show_folder

    @property
    def feed(self) -> Path:
        """The file of its feed."""
        return self.place.store.public / FEED

    @property
    def today(self) -> date:
        """The day where the show is at home: a server elsewhere must not date an episode into the future."""
        return datetime.now(ZoneInfo(self.config.show.timezone)).date()

    @property
    def tonight(self) -> date:
        """The day that a night carries which begins now: by `[nightly] day_begins`, a late one has the day before."""
        begins = time.fromisoformat(self.config.nightly.day_begins)
        return day_of_night(datetime.now(UTC), ZoneInfo(self.config.show.timezone), begins)

    @property
    def listeners(self) -> "Listeners":
        """Who has a feed of their own, at an address that nobody can guess."""
        from audioed.listeners import Listeners

        return Listeners(self.place, self.today, self.listener)

    @overload
    def render(self, script: Script, /) -> Episode: ...
    @overload
    def render(
        self, *articles: "Given", title: str | None = None, day: date | None = None, fresh: bool = False
    ) -> Episode: ...
    def render(
        self, *articles: "Given | Script", title: str | None = None, day: date | None = None, fresh: bool = False
    ) -> Episode:
        """
        Make an episode of one article, or an edition of several, and put it into the feed.

        Articles are files, addresses or nouns; a script, or an edited script.json, makes its episode anew. The same
        articles are the same episode again, and what is kept is not made twice. A source that gives no article is
        skipped: the listener hears of it. `fresh` lets go of what was edited by hand in its script.json.
        """
        wish = self._wish(title, day, fresh=fresh)
        build.validate(self.place)
        if scripts := [script for each in articles if (script := _script_in(each))]:
            if len(articles) > 1:
                raise TypeError("a script is rendered by itself")
            if title is not None or day is not None or fresh:
                raise TypeError("a script has its own title, day and edits; change them in it")
            self._refuse_unwritable()
            return producing.rebuild(scripts[0], self.place, self.listener, self.today)
        if self.folder.is_dir():
            producing.mend(self.place, self.listener, self.today)
        self.listener.stage("extract")
        found, _ = self.extract(*(each for each in articles if not isinstance(each, Script)), keep=True)
        self._refuse_unwritable()
        return producing.produce(found, wish, self.place, self.listener)

    def draft(self, *articles: "Given", title: str | None = None, day: date | None = None) -> "Draft":
        """
        The edition of these articles, written and kept, and not public before it is approved.

        The same articles are the same draft again, with what was changed in its script.json. StoreError where an
        episode reads them already.
        """
        from audioed import drafting

        wish = self._wish(title, day, fresh=False)
        self.listener.stage("extract")
        found, _ = self.extract(*articles, keep=True)
        self._refuse_unwritable()
        return drafting.draft(found, wish, self.place, self.listener)

    def drafts(self) -> "Iterator[Draft]":
        """Every edition that waits to be approved, the oldest first; the listener hears of damaged ones."""
        from audioed import drafting
        from audioed.catalogue import drafts

        for name in drafts.names(self.place.store):
            try:
                yield drafting.read(name, self.place)
            except StoreError as error:
                self.listener.left_out(name, str(error))

    def approve(self, name: str) -> Episode:
        """The episode of a draft, in the feed, as its script.json is now; the draft goes."""
        from audioed import drafting

        build.validate(self.place)
        self._refuse_unwritable()
        return drafting.approve(Path(name).name, self.place, self.listener, self.today)

    def discard(self, name: str, *, for_good: bool = False) -> None:
        """A draft goes, and its articles wait again; or, `for_good`, no nightly build reads them again."""
        from audioed import drafting

        drafting.discard(Path(name).name, self.place, self.listener, for_good=for_good)

    def nightly(self, day: date | None = None) -> "Report":
        """
        Make one episode of what is new in the sources of [nightly], if anything is; today's without a day.

        With `[publishing] review` it is a draft, which waits to be approved.
        """
        from audioed.nightly import run
        from audioed.runs.recording import Clock

        wish = self._wish(None, day, fresh=False)
        clock = Clock(datetime.now(UTC).replace(microsecond=0), monotonic)
        return run(self.place, wish.day or self.tonight, self.listener, clock)

    def plan(self, day: date | None = None) -> "Plan":
        """What `nightly` would make of the sources of [nightly] now; nothing is spoken, written or remembered."""
        from audioed.nightly import plan

        wish = self._wish(None, day, fresh=False)
        return plan(self.place, wish.day or self.tonight, self.listener, monotonic)

    def sources(self, day: date | None = None) -> "tuple[Outlook, ...]":
        """What each source of [nightly] would give tonight, and why it gives no more; nothing is remembered."""
        from audioed.nightly.outlook import outlook

        wish = self._wish(None, day, fresh=False)
        return outlook(self.place, wish.day or self.tonight, monotonic)

    def report(self) -> tuple[Path, Run]:
        """The page of the last night, made anew where it is not there, and what it tells; StoreError without any."""
        from audioed.runs import numbered
        from audioed.runs.page import laid

        if nights := numbered(self.place.store):
            return laid(nights, self.place.store), nights[-1][1]
        raise StoreError(
            f"{self.place.store.reports}: no night has left a report yet; run `audioed nightly`.",
            path=self.place.store.reports,
        )

    def correct(
        self,
        episode: Named,
        *articles: "Given | Script",
        notice: str | None = None,
        note: str = "",
        fresh: bool = False,
    ) -> Episode:
        """
        Make an episode anew in place of the one that listeners have, and tell them what was put right.

        It says what its script.json has, which you may have edited, or another version of that script, or what these
        articles have now; its GUID, number and day stay, and apps that ask for its earlier file get the new one. The
        `notice` is said first, in place of an earlier one, and stands with its day in the notes and on the page; a
        `note` stands there in its place, and is not said. An empty notice takes an earlier one out.
        """
        from audioed.revising import Wanted, correct

        for key, text in (("notice", notice), ("note", note)):
            if text and not is_title(text):
                raise ConfigError(f"{text!r} is no {key}; use words, on one line.", key=key)
        scripts = [script for each in articles if (script := _script_in(each))]
        if scripts and (len(articles) > 1 or fresh):
            raise TypeError("a script is rendered by itself, with the edits that it holds")
        build.validate(self.place)
        known = self.episode(episode)
        found: tuple[Article, ...] = ()
        if articles and not scripts:
            self.listener.stage("extract")
            found, _ = self.extract(*(each for each in articles if not isinstance(each, Script)), keep=True)
        said = notice if notice is None else notice.strip()
        wanted = Wanted(self.today, said, note.strip(), scripts[0] if scripts else None, found, fresh)
        self._refuse_unwritable()
        return correct(known.name, wanted, self.place, self.listener)

    def remove(self, episode: Named, *, again: bool = False, for_good: bool = False) -> None:
        """
        Take an episode out of the feed, its page and everything that is public; `restore` brings it back.

        A nightly build does not make it again, unless its articles may be read `again`. Its files are kept until it is
        removed `for_good`, which may also be asked of one that was removed before.
        """
        from audioed.revising import remove

        remove(self.name_of(episode), self.place, self.listener, again=again, for_good=for_good)

    def restore(self, episode: Named) -> Episode:
        """Bring back an episode that was removed: as it was, and at its place in the feed."""
        from audioed.revising import restore

        return restore(self.name_of(episode), self.place, self.listener)

    def removed(self) -> tuple[str, ...]:
        """The names of the episodes that were removed and can be restored."""
        return tuple(name for name, each in read_index(self.place.store, keep=False).removed.items() if each.kept)

    def promos(self, day: date | None = None) -> "tuple[PromoStanding, ...]":
        """Every promo of [promos] by name: whether it runs today, or on that day, how often, in how many episodes."""
        from audioed.promos.library import standings

        return standings(self.config, day or self.today, self.place.store)

    def swap_promo(self, old: str, new: str, *, back_catalogue: bool = False, dry_run: bool = False) -> "Swapped":
        """
        Put one promo of [promos] in the place of another in the newest episode, or in all of the back catalogue.

        Only the new one is spoken, and only its piece encoded; GUIDs stay, and apps that ask for an earlier file get
        the new one. With `dry_run`, only tell which episodes that would be.
        """
        from audioed.swapping import Swap, swap

        if not dry_run:
            build.validate(self.place)
            self._refuse_unwritable()
        return swap(Swap(old, new, self.today, back_catalogue), self.place, self.listener, dry_run=dry_run)

    def publish(self) -> Feed:
        """Make the feed anew from the episodes that are there; StoreError where there is no show yet."""
        if not self.folder.is_dir():
            raise StoreError(
                f"{self.folder}: there is no show; check the output folder, and the title in [show].", path=self.folder
            )
        return build.publish(self.place, self.listener)

    def import_feed(self, source: str) -> "Adoption":
        """
        Bring a show here from another host: its feed is an address or a file.

        Its episodes keep their GUIDs, dates and recordings, and the show what its feed tells of it, where audioed.toml
        says nothing else. What is here already does not come again. The show as it is then is `audioed.open` away.
        """
        from audioed.adopting import adopt

        return adopt(source, self.place, self.listener)

    def deploy(
        self,
        target: str | None = None,
        *,
        dry_run: bool = False,
        adopt: bool = False,
        check: bool = False,
        prune: bool = False,
    ) -> "Deployed":
        """
        Send what is public of the show to one of its targets; with `dry_run`, only tell what that would send.

        First the feed and the pages are brought to what the settings say. Without a name it goes to the target of
        `[publishing] deploy`, or the only one. `adopt` replaces what others have put there under the names of its
        files; `check` compares each file byte by byte; `prune` removes recordings that are gone here, however many
        they are. PublishingError where `lint` finds an error. DeployError where it cannot be sent; what is there
        already stays, and the next deploy sends the rest.
        """
        from audioed.sending import send

        if self.place.store.public.is_dir():
            build.publish(self.place, self.listener, anew=False)
        return send(target, self.place, self.listener, dry_run=dry_run, adopt=adopt, check=check, prune=prune)

    def extract(self, *articles: "Given", keep: bool = False) -> Extracted:
        """
        The articles of some files and addresses; ExtractionError where none gives one.

        Nothing is written, unless pages and what was read on them are to be kept for the next time.
        """
        from audioed.inputs import pages

        if not articles:
            raise TypeError("at least one article is needed")
        store = self.place.store
        read = pages(articles, self.config.extraction, store.cache.pages if keep else None, store.home)
        found = Extracted(*build.extract(read, self.config, self.place.cards, store.cache if keep else None))
        for skip in found.skips:
            self.listener.skipped(skip.name, skip.reason)
        return found

    def write(
        self, *articles: Article, title: str | None = None, day: date | None = None, fresh: bool = False
    ) -> Script:
        """The script that `render` would speak of these articles, edits by hand included; nothing is written."""
        return producing.script_for(articles, self._wish(title, day, fresh=fresh), self.place, self.listener)[0]

    def speak(self, script: Script) -> Speech:
        """The script with a clip for every utterance; clips that are kept are not spoken again."""
        self.listener.stage("speak")
        return build.speak(titled_by_hand(script), self.place, self.listener)

    def master(self, speech: Speech) -> Episode:
        """The finished episode in its folder, not yet in the feed: `publish` puts it there."""
        build.validate(self.place)
        with producing.alone(self.place, self.listener):
            producing.recover(self.place, self.listener)
            self.listener.stage("master")
            return build.master(speech, self.place, self.listener, revision=build.Revision(day=self.today))

    def episodes(self) -> Iterator[Episode]:
        """Every finished episode, the newest first, in the order of the feed; the listener hears of damaged ones."""
        index = read_index(self.place.store, keep=False)
        for lost in index.lost.values():
            self.listener.left_out(lost.name, str(lost.error))
        for entry in index.newest_first:
            yield self.place.store.episode(entry.name)

    def episode(self, name: Named) -> Episode:
        """The episode of this name, or in this folder; StoreError where there is none."""
        if isinstance(name, Episode):
            return name
        folder = self.folder_of(name)
        if not (folder / EPISODE).is_file():
            raise StoreError(
                f"{os.fspath(name)}: no such episode; name its folder, or one of those in {self.folder}.", path=folder
            )
        return self.place.store.load(Episode, folder / EPISODE)

    def folder_of(self, episode: Named) -> Path:
        """The folder of an episode, of one of this name, or the one that is named."""
        if isinstance(episode, Episode):
            return self.place.store.episode_folder(episode.name)
        there = Path(episode)
        return there if (there / EPISODE).is_file() else self.place.store.episode_folder(os.fspath(episode))

    def name_of(self, episode: Named) -> str:
        """The name of an episode, also of one that was removed."""
        return episode.name if isinstance(episode, Episode) else Path(episode).name

    def audio(self, episode: Named) -> Path:
        """The audio file of an episode."""
        return self.folder_of(episode) / self.episode(episode).enclosure.name

    def script(self, episode: Named) -> Script:
        """What an episode says; changed, `render` makes the episode anew of it. StoreError where it was imported."""
        recorded = self.episode(episode)
        if recorded.is_foreign:
            message = f"{recorded.name} was imported, so there is no script of it; name an episode that audioed made."
            raise StoreError(message, path=self.folder_of(episode))
        return self.place.store.load(Script, self.folder_of(episode) / "script.json")

    def proof(self, episode: Named) -> "Proof":
        """An episode heard again and compared with its script, kept as its proof.json; needs the extra `proof`."""
        recorded = self.episode(episode)
        self.listener.stage("proof")
        found = proving.proof(recorded, self.script(episode), self.audio(episode), self.place, self.listener)
        self.place.store.save(found, self.folder_of(episode) / "proof.json")
        return found

    def verify(self, episode: Named) -> "Verification":
        """All that was published of an episode, proven rule by rule: file, loudness, chapters, tags, feed."""
        recorded = self.episode(episode)
        self.listener.stage("verify")
        script = None if recorded.adopted else self.script(episode)
        return proving.verify(recorded, script, self.folder_of(episode), self.place, self.listener)

    def export(self, episode: Named, to: Path) -> Path:
        """An episode as a book to read along with (EPUB 3), written to this file; StoreError where it has no words."""
        from audioed.exporting.epub import write_epub

        recorded, folder = self.episode(episode), self.folder_of(episode)
        articles = []
        for path in sorted(folder.glob("article-*.json")):
            with suppress(StoreError):
                articles.append(self.place.store.load(Article, path))
        cover = folder / recorded.cover if recorded.cover else self.folder / COVER
        return write_epub(recorded, articles, self.audio(episode), cover if cover.is_file() else None, to)

    def lint(self, where: str | os.PathLike[str] | None = None, *, whole: bool = False) -> "tuple[Finding, ...]":
        """
        What podcast apps and directories will stumble over, the worst first; in the show's public folder by default.

        `where` is another such folder, a feed's file, or an address, whose server is then asked. The files of older
        episodes are opened only where the `whole` is looked at. StoreError or FetchError where there is no feed.
        """
        from audioed import linting

        if isinstance(where, str) and where.lower().startswith(("http://", "https://")):
            return linting.lint_online(where, self.config.extraction, whole=whole)
        if where is None and not self.place.store.public.is_dir():
            raise StoreError(
                f"{self.folder}: nothing is published yet; make an episode with `audioed render ARTICLE`, or name what "
                "is to be checked.",
                path=self.folder,
            )
        return linting.lint(self.place.store.public if where is None else Path(where), whole=whole)

    def status(self) -> "Status":
        """How it stands, and all other shows of its output folder: episodes, last night, failing sources, room."""
        from audioed.status import status

        return status(self.place)

    def _wish(self, title: str | None, day: date | None, *, fresh: bool) -> catalogue.Wish:
        """What is asked of an edition; TypeError or ConfigError for what is no title or no day."""
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            raise TypeError(f"day must be a datetime.date, not {type(day).__name__}")
        if title is not None and not is_title(title):
            raise ConfigError(f"{title!r} is not a title; use words, on one line.", key="title")
        return catalogue.Wish(self.today, day, title and title.strip(), fresh)

    def _refuse_unwritable(self) -> None:
        """Before anything is spoken: a folder that cannot be written to is told at once."""
        for folder in (self.folder, self.place.store.cache.folder):
            with scratch(folder, ".test"):
                pass


def day_of_night(moment: datetime, zone: ZoneInfo, begins: time) -> date:
    """
    The day of a night that begins at this moment, in a zone where days begin at this time for nights.

    Moments are compared, and not what clocks show: on a night that has 02:30 twice, or never, the day changes once.
    """
    day = moment.astimezone(zone).date()
    changes = datetime.combine(day, begins, zone)
    return day if moment.timestamp() >= changes.timestamp() else day - timedelta(days=1)


def _script_in(given: "Given | Script") -> Script | None:
    """The script that is given, or that a .json file holds; None for an article."""
    if isinstance(given, str | os.PathLike) and os.fspath(given).lower().endswith(".json"):
        return parse(Script, read(Path(given)), Path(given))
    return given if isinstance(given, Script) else None
