"""What the shell offers where a command line is not finished: voices, roles and episodes by their names."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from audioed.errors import AudioedError


def voice_names() -> Iterator[str]:
    """The voices that the show in this folder can use; none where a card is wrong, which the command itself tells."""
    from audioed.voices.cards import voice_cards

    with suppress(AudioedError, OSError):
        yield from voice_cards(Path())


def installed_names() -> Iterator[str]:
    """The voices that `audioed voices remove` can remove."""
    from audioed.voices.cards import installed

    return (card.stem for card in installed().glob("*.toml"))


def roles(incomplete: str) -> Iterator[str]:
    """The roles, and behind one that is named its voices; bash, which takes `narrator=` for a word, asks for roles."""
    from audioed.kinds import ROLES

    role, equals, _ = incomplete.partition("=")
    yield from (f"{role}={name}" for name in voice_names()) if equals else (f"{each}=" for each in ROLES)


def removed_names() -> Iterator[str]:
    """The episodes that `audioed restore` can bring back."""
    import audioed

    with suppress(AudioedError, OSError):
        yield from audioed.open().removed()


def episode_names() -> Iterator[str]:
    """The episodes of the show in this folder, the newest first."""
    import audioed

    with suppress(AudioedError, OSError):
        yield from sorted((name for name, *_ in audioed.open().place.store.finished()), reverse=True)


def draft_names() -> Iterator[str]:
    """The drafts of the show in this folder."""
    import audioed
    from audioed.catalogue import drafts

    with suppress(AudioedError, OSError):
        yield from drafts.names(audioed.open().place.store)
