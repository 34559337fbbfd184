"""
Which articles are not read because an episode told their story: no source that has one again brings it as news.

What is noted holds while that episode is there, waits as a draft, or is gone for good.
"""

from collections.abc import Mapping

from audioed.model import Repeats
from audioed.store import Store

FILE = "repeats.json"


def repeats(store: Store) -> dict[str, str]:
    """What such articles are known by -> the episode that told their story; StoreError where it cannot be read."""
    path = store.show_folder / FILE
    return dict(store.load(Repeats, path).told) if path.is_file() else {}


def note(told: Mapping[str, str], store: Store) -> None:
    """Write what is noted."""
    with store.lock("feed"):  # whoever writes into the show's folder holds it, or is alone with the show
        store.save(Repeats(told=told), store.show_folder / FILE)
