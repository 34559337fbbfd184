"""What a player shows of a recording, whatever kind of file it plays: decided once, written by each kind of tag."""

from dataclasses import dataclass

from audioed.characters import line
from audioed.mastering.tag import LARGEST_TRANSCRIPT, MOST_CHAPTERS, is_address, language_code, notes, writable
from audioed.model import Channel, Chapter, Script, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A recording, as its tags tell of it."""

    script: Script
    show: Channel
    chapters: tuple[Chapter, ...]
    duration: Seconds
    cover: bytes
    """JPEG, small enough to stand before the sound; empty for none."""
    pictures: tuple[bytes, ...] = ()
    """Of the chapters, JPEG; none or one for each."""

    @property
    def title(self) -> str:
        """What the episode is called."""
        return writable(self.script.edition.title)

    @property
    def author(self) -> str:
        """Who is shown as the artist."""
        return writable(self.show.author or self.show.title)

    @property
    def language(self) -> str:
        """ISO 639-2 code."""
        return language_code(self.script.language)

    @property
    def notes(self) -> str:
        """The articles that are read, one a line."""
        return writable(notes(self.script))

    @property
    def transcript(self) -> str:
        """What is said; nothing where so much text would delay the sound."""
        text = writable(self.script.text)
        return text if len(text.encode()) <= LARGEST_TRANSCRIPT else ""

    @property
    def stops(self) -> tuple[tuple[Seconds, str, str], ...]:
        """Start, title and address of every chapter; no more than an MP3 can count, so that all files agree."""
        return tuple(
            (each.start, line(each.whole), each.url if is_address(each.url) else "")
            for each in self.chapters[:MOST_CHAPTERS]
        )
