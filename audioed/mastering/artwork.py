"""The covers of a show and of its editions, kept where the feed finds them."""

from audioed.mastering.cover import cover, edition_cover
from audioed.model import Script, Show
from audioed.store import Store, read, versioned


def artwork(script: Script, show: Show, store: Store) -> bytes:
    """
    The cover of this edition; the show's own is put into its folder.

    Both are drawn, or made from the show's own image. An article's lead image
    is not used: its rights are others'.
    """
    own = read(store.home / show.cover) if show.cover else None
    drawn = cover(show, own)
    with store.lock("feed"):
        store.write(store.show_folder / "cover.jpg", drawn)
    return edition_cover(script.edition, show, script.language, own)


def keep(drawn: bytes, episode: str, store: Store) -> str:
    """Put an edition's cover beside its recording; gives its name, which is new when the picture is."""
    name = versioned("cover.jpg", drawn)
    store.write(store.episode_folder(episode) / name, drawn)
    return name
