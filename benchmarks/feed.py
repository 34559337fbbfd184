"""
A feed of ten thousand episodes: what one more costs, and what all of them do, beside bare lxml that writes the same.

    python benchmarks/feed.py [--episodes N] [--words N] [--sections N] [--rounds N]

The episodes are in memory as they are read, each with as many words in its cues as an article; their folders lie on
the disk. Prints the documents that one more episode changes, seconds of the processor (the least of several rounds)
for publishing it and for publishing all anew, with and without a look at every folder, those that lxml takes to build
and write the very same documents, the ratios, and whether all anew gives the same bytes. `--files` lists the documents.
"""

import argparse
import gc
import hashlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from audioed.cache import Cache
from audioed.config import Publishing
from audioed.model import Channel, Chapter, Cue, Enclosure, Episode, Identity, Loudness, Source, Span
from audioed.publishing import Catalogue, Item, lay_out, publish
from audioed.publishing.documents import section_of
from audioed.publishing.public import Shelf
from audioed.store import Store

SHOW = Channel(title="Ten thousand", author="Ada Reader", email="ada@example.org", description="An article a day.")
FIRST = date(1999, 1, 1)
SENTENCE = "The ferry leaves at ten past four in the morning, when the last lorry has rolled off the ship."


def episode(number: int, words: int, sections: int) -> Episode:
    """An ordinary episode of one article."""
    day = FIRST + timedelta(days=number)
    name = f"{day}-letter-{number}"
    count = words // len(SENTENCE.split())
    cues = tuple(
        Cue(
            start=10 + 5.0 * at,
            end=14.5 + 5.0 * at,
            speaker="Narrator",
            text=SENTENCE,
            boundary="sentence" if (at + 1) % 4 else "paragraph",
        )
        for at in range(count)
    )
    lasts = 10 + 5.0 * count
    url = f"https://example.org/{number}"
    return Episode(
        guid=f"audioed:{number}",
        name=name,
        show=SHOW.title,
        title=f"Letter {number}",
        day=day,
        number=number,
        language="en",
        enclosure=Enclosure(name=f"{name}-0123456789.mp3", media_type="audio/mpeg", length=20_000),
        duration=lasts,
        loudness=Loudness(integrated=-16.0, true_peak=-1.5, range=5.0),
        cues=cues,
        chapters=tuple(Chapter(title=f"Part {part}", start=lasts * part / 5, url=url) for part in range(5)),
        sources=(Source(title=f"Letter {number}", url=url, byline="Bo Writer", section=f"Part {number % sections}"),),
        segments=(Span(kind="title", title="", start=0, end=10), Span(kind="body", title="", start=10, end=lasts)),
    )


class Bench:
    """A show on the disk, and what is known of it from one night to the next."""

    def __init__(self, home: Path, episodes: list[Episode], config: Publishing) -> None:
        self.store = Store(output=home / "output", cache=Cache(home / "cache"), show=SHOW.title, folder="it")
        self.config, self.by_name = config, {each.name: each for each in episodes}
        self.items = [self.item(each) for each in reversed(episodes)]
        self.pages: dict[str, Any] = {}
        self.laid: dict[str, list[object]] = {}
        for each in episodes:
            folder = self.store.episode_folder(each.name)
            folder.mkdir(parents=True)
            with (folder / each.enclosure.name).open("wb") as file:
                file.truncate(each.enclosure.length)

    def item(self, each: Episode) -> Item:
        """What is known of an episode at a glance."""
        files = [(each.enclosure.name, each.enclosure.length)]
        return Item(each.name, each.guid, hashlib.sha256(each.name.encode()).hexdigest(), files, section_of(each))

    def publish(self, items: list[Item], *, anew: bool, looking: bool = True) -> float:
        """Seconds of the processor that publishing takes."""
        identity = Identity(
            slug=self.store.show_folder.name, guid="917393e3-1b1e-5cef-ace4-edaa54e1f810", feed="", title=""
        )
        catalogue = Catalogue(
            items=items,
            load=self.by_name.__getitem__,
            identity=identity,
            pages=self.pages,
            folders=dict.fromkeys(self.by_name, 1),
            shelf=Shelf(self.laid),
            left_out=print,
        )
        began = time.process_time()
        ready = lay_out(catalogue, self.config, self.store, anew=anew) if looking else catalogue
        publish(ready, SHOW, self.config, self.store, anew=anew)
        return time.process_time() - began

    def documents(self) -> dict[str, bytes]:
        """Every document of every feed, by file name."""
        found = sorted(self.store.public.glob("**/feed*.xml"))
        return {path.relative_to(self.store.public).as_posix(): path.read_bytes() for path in found}


def bare(documents: dict[str, bytes], folder: Path) -> Callable[[], float]:
    """What builds these documents with lxml alone and writes them, and gives the seconds that it took."""
    parser = etree.XMLParser(remove_blank_text=True, remove_pis=True)
    roots = {name: etree.fromstring(data, parser) for name, data in documents.items()}
    trees = {name: (taken(root), root.nsmap) for name, root in roots.items()}

    def write() -> float:
        began = time.process_time()
        for name, ((tag, _, attributes, children), spaces) in trees.items():
            root = etree.Element(tag, attributes, nsmap=spaces)
            for child in children:
                put(root, child)
            data = etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)
            (folder / name.replace("/", "-")).write_bytes(data)
        return time.process_time() - began

    return write


def taken(element: Any) -> tuple[str, str | None, dict[str, str], list[Any]]:
    return element.tag, element.text, dict(element.attrib), [taken(each) for each in element]


def put(parent: Any, told: tuple[str, str | None, dict[str, str], list[Any]]) -> None:
    tag, text, attributes, children = told
    element = etree.SubElement(parent, tag, attributes)
    element.text = text
    for child in children:
        put(element, child)


def told(what: str, ours: float, theirs: float) -> None:
    print(f"{what}: {ours * 1000:.1f} ms of the processor, bare lxml {theirs * 1000:.1f} ms, ratio {ours / theirs:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--episodes", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--sections", type=int, default=0, help="feeds of sections beside the show's; none by default")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", action="store_true")
    options = parser.parse_args()
    config = replace(Publishing(base_url="https://podcasts.example.org"), section_feeds=bool(options.sections))
    episodes = [
        episode(number, options.words, max(1, options.sections))
        for number in range(1, options.episodes + options.rounds * 2 + 1)
    ]
    with tempfile.TemporaryDirectory() as place:
        bench, scratch = Bench(Path(place), episodes, config), Path(place, "bare")
        scratch.mkdir()
        more = options.rounds * 2
        gc.freeze()  # a night has none of them in memory, and looking through them again and again is not its work
        bench.publish(bench.items[more:], anew=True)
        print(f"{options.episodes} episodes, {len(bench.documents())} documents")
        for looking, what in ((False, "one more"), (True, "one more, and a look at every folder")):
            ours, theirs = [], []
            for _ in range(options.rounds):
                more -= 1
                before = bench.documents()
                ours.append(bench.publish(bench.items[more:], anew=False, looking=looking or not more))
                after = bench.documents()
                changed = {name: data for name, data in after.items() if data != before.get(name)}
                theirs.append(bare(changed, scratch)())
            told(what, min(ours), min(theirs))
            print(f"  {len(changed)} documents changed, {sum(map(len, changed.values())) / 1000:.0f} kB")
            if options.files:
                print("  " + ", ".join(changed))
        grown = bench.documents()
        ours = [bench.publish(bench.items[more:], anew=True, looking=False) for _ in range(2)]
        write = bare(grown, scratch)
        told("all anew", min(ours), min(write(), write()))
        print(f"  {'the same bytes' if bench.documents() == grown else 'OTHER BYTES'} as one by one")


if __name__ == "__main__":
    main()
