"""The covers of a show and of its editions, kept where the feed finds them."""

from audioed.mastering.cover import cover
from audioed.model import Show
from audioed.store import Store, read


def artwork(show: Show, store: Store) -> bytes:
    """The cover of the show, as it stands in the show's folder; drawn or taken from the show's own image when new."""
    path = store.show_folder / "cover.jpg"
    own = read(store.home / show.cover) if show.cover else None
    drawn = cover(show, own)
    with store.lock("feed"):
        store.write(path, drawn)
    return drawn
