import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audioed.cache import Cache
from audioed.config import Publishing
from audioed.errors import PublishingError
from audioed.model import Channel, Chapter, Cue, Enclosure, Episode, Feed, Identity, Loudness, Source, Span
from audioed.nouns import dump, parse
from audioed.publishing import Catalogue, Item, admission, lay_out, publish
from audioed.publishing.documents import section_of
from audioed.publishing.public import Shelf
from audioed.store import Store

CONFIG = Publishing(base_url="https://podcasts.example.org")
DATA = Path(__file__).parent.parent / "data" / "publishing"


@pytest.fixture
def data() -> Path:
    """Input and, beside it, what is expected."""
    return DATA


@pytest.fixture
def golden() -> Episode:
    """An episode with everything that can go wrong in a feed."""
    path = DATA / "episode.json"
    return parse(Episode, path.read_bytes(), path)


@pytest.fixture
def show() -> Channel:
    return Channel(
        title="The Morning Read",
        description="Five articles before breakfast & <b>nothing</b> else.",
        language="en-US",
        author="Ada Reader",
        email="ada@example.org",
        category="News",
        subcategory="Daily News",
        copyright="Copyright 2026 Ada Reader",
    )


@pytest.fixture
def store(tmp_path: Path, show: Channel) -> Store:
    return Store(output=tmp_path / "output", cache=Cache(tmp_path / "cache"), show=show.title)


@pytest.fixture
def make() -> Callable[..., Episode]:
    """An ordinary episode, with what a test wants different."""

    def make(number: int = 1, **changes: Any) -> Episode:
        name = changes.pop("name", f"2026-11-{number:02}")
        episode = Episode(
            guid=f"audioed:{number}",
            name=name,
            show="The Morning Read",
            title=f"Edition {number}",
            day=date(2026, 11, 1 + number % 28),
            number=number,
            language="en",
            enclosure=Enclosure(name=f"{name}-1a2b3c.mp3", media_type="audio/mpeg", length=20_000),
            duration=90.4,
            chapters=(Chapter(title="Opening", start=0.0), Chapter(title="News", start=30.0)),
            loudness=Loudness(integrated=-16.0, true_peak=-1.5, range=5.0),
            sources=(Source(title="News", url="https://example.org/news", byline="Bo Writer"),),
            segments=(Span(kind="body", title="News", start=0.0, end=90.0),),
            cues=(Cue(start=0.0, end=2.5, speaker="Narrator", text="Good morning."),),
        )
        return replace(episode, **changes)

    return make


@pytest.fixture
def place(store: Store) -> Callable[[Episode], None]:
    """Give an episode an audio file of the right size."""

    def place(episode: Episode) -> None:
        folder = store.episode_folder(episode.name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / episode.enclosure.name).write_bytes(bytes(episode.enclosure.length))

    return place


@pytest.fixture
def published(show: Channel, store: Store) -> Callable[..., Feed]:
    """Publish these episodes, as a catalogue that holds them would; `told` hears of those that are left out."""

    def published(
        *episodes: Episode, config: Publishing = CONFIG, told: dict[str, str] | None = None, **given: Any
    ) -> Feed:
        left_out = {} if told is None else told
        items = []
        for episode in sorted(episodes, key=lambda each: (each.day, each.number, each.name), reverse=True):
            try:
                admission.admit(episode)
            except PublishingError as error:
                left_out[episode.name] = str(error)
                continue
            files = [(each.name, each.length) for each in (episode.enclosure, *episode.alternates)]
            digest = hashlib.sha256(dump(episode)).hexdigest()
            items.append(Item(episode.name, episode.guid, digest, files, section_of(episode)))
        by_name = {each.name: each for each in episodes}
        identity = Identity(slug=store.show_folder.name, guid="", feed="", title=show.title)
        catalogue = Catalogue(
            items=items,
            load=given.pop("load", by_name.__getitem__),
            identity=given.pop("identity", identity),
            pages=given.pop("pages", {}),
            folders={each.name: 0 for each in episodes},
            shelf=Shelf(given.pop("laid", {})),
            left_out=left_out.__setitem__,
        )
        ready = lay_out(catalogue, config, store, **given)
        return publish(ready, show, config, store, **given)

    return published
