"""
The square that stands for a show, and for each of its editions, in every app.

Drawn from words alone (`poster`), or from the show's own image (`captioned`); what
draws is loaded when there is something to draw, for most covers are there.
The same words and image give the same bytes: the letters come from pip, not
from the system.
"""

from audioed.mastering.cover.image import SIDE, first_below, jpeg, opened, published, resized
from audioed.model import Channel, Edition
from audioed.wording import dated, has_wording, wording

EDITION_SIDE = 1_500
"""Pixels; apps load one for every episode in a list."""
LONGEST_TITLE, LONGEST_LINE = 240, 120
"""Letters that can still be read on a cover, and in the lines beside the title."""
EMBEDDED_SIDE, LARGEST_EMBEDDED = 600, 100_000
"""Pixels and bytes inside the audio file: sharp on a phone, loaded before the sound begins."""


def cover(show: Channel, image: bytes | None = None) -> bytes:
    """
    The show's cover as a square RGB JPEG, 1,400 to 3,000 pixels wide, at most 512 KB.

    From the show's own image when there is one, else drawn from its title.
    """
    from audioed.mastering.cover.atoms import shortened
    from audioed.mastering.cover.captioned import squared
    from audioed.mastering.cover.poster import Words, drawn, look_of, scheme_for

    if image is not None:
        return published(squared(opened(image, SIDE)))
    look = look_of(show.title)
    author = show.author if show.author.casefold() not in show.title.casefold() else ""
    words = Words(
        title=shortened(show.title, LONGEST_TITLE), language=show.language, foot=shortened(author, LONGEST_LINE)
    )
    return published(drawn(words, look, scheme_for(look, 0), show.title))


def edition_cover(edition: Edition, show: Channel, language: str, image: bytes | None = None) -> bytes:
    """The cover of one edition, 1,500 pixels wide: its title in the look of its show, told apart by colours."""
    from audioed.mastering.cover.atoms import shortened
    from audioed.mastering.cover.captioned import captioned
    from audioed.mastering.cover.poster import Words, drawn, look_of, scheme_for

    look = look_of(show.title)
    phrases = wording(language)
    words = Words(
        title=shortened(edition.title, LONGEST_TITLE),
        language=language,
        show=shortened(show.title, LONGEST_LINE),
        number=phrases.issue.format(number=edition.number),
        # in a language without phrases of its own, the day in figures that everybody reads
        foot=dated(edition.day, language) if has_wording(language) else str(edition.day),
    )
    if image is not None:
        picture = captioned(opened(image, SIDE), words, look)
    else:
        picture = drawn(words, look, scheme_for(look, edition.number), f"{show.title}/{edition.name}")
    return published(resized(picture, EDITION_SIDE))


def chapter_card(title: str, show: Channel, number: int, language: str) -> bytes:
    """The picture of a chapter in the look of its show, 480 pixels wide, at most 16 KB; neighbours differ in colour."""
    from audioed.mastering.cover.atoms import shortened
    from audioed.mastering.cover.card import card
    from audioed.mastering.cover.poster import look_of, scheme_for

    look = look_of(show.title)
    return card(shortened(title, LONGEST_TITLE), language, look, scheme_for(look, number))


def embedded(cover: bytes) -> bytes:
    """The cover as it goes into the audio file: 600 pixels wide, at most 100 KB."""
    picture = resized(opened(cover, EMBEDDED_SIDE), EMBEDDED_SIDE)
    return first_below(LARGEST_EMBEDDED, (jpeg(picture, quality) for quality in (88, 70, 50, 30, 10)))
