"""One episode of another host's, as one of the show's: its recording is kept as it is, under its own GUID."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from audioed import files, producing, publishing
from audioed.addresses import credentials
from audioed.adopting import beside, recording
from audioed.adopting.feed import is_video
from audioed.adopting.told import Item
from audioed.catalogue.removed import removed
from audioed.errors import AdoptionError, AudioedError, FetchError, MasteringError
from audioed.extraction import media
from audioed.extraction.hosts import Hosts
from audioed.extraction.visit import is_same_server
from audioed.model import Adopted, Chapter, Cue, Enclosure, Episode
from audioed.place import Listener, Place
from audioed.publishing.admission import admit
from audioed.slugs import HASH_LENGTH, slug, untaken, versioned
from audioed.store import EPISODE, integrity

LARGEST = 2_000_000_000
"""Bytes of a recording: 46 hours of an MP3 at 96 kbit/s."""
ADOPTING = ".adopting"
"""Folder of what is being downloaded, beside the episodes."""


@dataclass(frozen=True, slots=True)
class Importer:
    """Brings episodes over, one after the other."""

    place: Place
    source: str
    """The feed that the user named."""
    shown: str
    """The address of the show's cover: an episode that has no other shows that."""
    hosts: Hosts
    listener: Listener
    notes: list[str]
    """Told what of an episode was left behind, or is not as its feed says."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The last one that was asked for, since many feeds name one for all."""
    recordings: dict[str, Path] = field(default_factory=dict)
    """Where each address's recording is: two episodes may have one."""

    def episode(self, item: Item, published: datetime, number: int, told: Callable[[float], None]) -> Episode:
        """The episode in its folder, not yet in the feed; AdoptionError or FetchError where it cannot be had."""
        if not item.enclosure:
            raise AdoptionError(f"{item.title}: has no audio.", name=item.guid)
        if is_video(item):
            raise AdoptionError(
                f"{item.title}: {item.enclosure} is a video, and audioed publishes audio.", name=item.guid
            )
        with self._fetched(item.enclosure, LARGEST, told) as audio:
            heard = recording.examined(audio, item)
            if doubt := recording.doubts(item, heard, audio.stat().st_size):
                self.notes.append(f"{item.title}: {doubt}; it was imported as it is.")
            chapters, cues = self._chapters(item, heard), self._cues(item, heard)
            cover = self._cover(item)
            with producing.alone(self.place, self.listener):
                return self._placed(item, published, number, audio, heard, chapters, cues, cover)

    def _placed(  # noqa: PLR0913, PLR0917
        self,
        item: Item,
        published: datetime,
        number: int,
        audio: Path,
        heard: recording.Recording,
        chapters: tuple[Chapter, ...],
        cues: tuple[Cue, ...],
        cover: bytes,
    ) -> Episode:
        """Everything in its place; `episode.json`, which says that it is there, last."""
        store, show = self.place.store, self.place.config.show
        gone = removed(store)
        name = untaken(
            f"{published.date()}-{slug(item.title)}",
            lambda each: each in gone or (store.episode_folder(each) / EPISODE).exists(),
        )
        content = files.content_hash(audio)
        enclosure = Enclosure(
            name=f"{name}-{content[:HASH_LENGTH]}{heard.format.suffix}",
            media_type=heard.format.media_type,
            length=audio.stat().st_size,
            bitrate=heard.bitrate,
            integrity=integrity(content),
        )
        episode = Episode(
            guid=item.guid,
            name=name,
            show=show.title,
            title=item.title or str(published.date()),
            day=published.date(),
            number=number,
            language=show.language,
            enclosure=enclosure,
            duration=heard.duration,
            chapters=chapters,
            sources=(),
            segments=(),
            cues=cues,
            cover=versioned("cover.jpg", cover) if cover else "",
            adopted=Adopted(
                published=published,
                notes=item.notes,
                link=item.link,
                number=item.number,
                season=item.season,
                kind=item.kind,
                explicit=item.explicit,
            ),
        )
        admit(episode)
        folder = store.episode_folder(name)
        if cover:
            files.write(folder / episode.cover, cover)
        folder.mkdir(parents=True, exist_ok=True)
        publishing.accompany(episode, self.place.config.publishing.base_url, store)
        files.place(audio, folder / enclosure.name)
        store.save(episode, folder / EPISODE)
        self.recordings[item.enclosure] = folder / enclosure.name
        return episode

    def _chapters(self, item: Item, heard: recording.Recording) -> tuple[Chapter, ...]:
        """From the file that the feed names, else from the feed itself, else from the tags of the recording."""
        if item.chapters:
            try:
                data = self.small(item.chapters.url, "chapters")
                return beside.in_order(beside.chapters(data), heard.duration)
            except (AdoptionError, FetchError) as error:
                self._left(item, "chapters", error)
        return beside.in_order(item.marks, heard.duration) or heard.chapters

    def _cues(self, item: Item, heard: recording.Recording) -> tuple[Cue, ...]:
        """From the transcript that tells most; none from one without times."""
        named = beside.best(item.transcripts)
        if named is None:
            return ()
        try:
            return beside.cues(self.small(named.url, "transcript"), named.media_type, heard.duration)
        except (AdoptionError, FetchError) as error:
            self._left(item, "transcript", error)
            return ()

    def _cover(self, item: Item) -> bytes:
        """Its own picture; nothing where the show's is meant."""
        if not item.image or item.image == self.shown:
            return b""
        try:
            if item.image not in self.pictures:
                made = beside.cover(self.small(item.image, "cover"))
                self.pictures.clear()
                self.pictures[item.image] = made
            return self.pictures[item.image]
        except (FetchError, MasteringError) as error:
            self._left(item, "cover", error)
            return b""

    def _left(self, item: Item, what: str, error: AudioedError) -> None:
        self.notes.append(f"{item.title}: its {what} was left behind: {str(error).rstrip('.')}.")

    def small(self, url: str, kind: str) -> bytes:
        """A file that a feed names beside a recording."""
        with self._fetched(url, beside.MOST_BYTES[kind]) as path:
            return files.read(path)

    @contextmanager
    def _fetched(self, url: str, most: int, told: Callable[[float], None] = lambda _share: None) -> Iterator[Path]:
        """A file of another server, for as long as it is needed; where it broke off, the next run goes on."""
        path = (
            self.place.store.show_folder / ADOPTING / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        )
        own = bool(self.source) and is_same_server(self.source, url)
        file = media.File(url=url, most=most, private=own, login=credentials(self.source) if own else None)
        whole = path.with_name(f"{path.name}.whole")
        if (here := self.recordings.get(url)) and not whole.exists():
            files.share(here, whole)
        if not whole.exists():
            media.save(file, path, self.place.config.extraction, self.hosts, told)
            path.replace(whole)
        media.discard(path)
        try:
            yield whole
        except (AdoptionError, MasteringError):  # it is not what it should be, and will not be
            whole.unlink(missing_ok=True)
            raise
        whole.unlink(missing_ok=True)
