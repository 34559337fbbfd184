"""What other packages add to audioed, each found by its name in a group of entry points."""

import sys
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from audioed.errors import AudioedError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints


def names(group: str) -> tuple[str, ...]:
    """What is declared in this group, sorted."""
    return tuple(sorted(_declared(group, tuple(sys.path)).names))


def load(
    group: str, name: str, refusal: Callable[[str], AudioedError], made: Callable[[Any], Any] = lambda found: found
) -> Any:
    """
    What is `made` of what is declared under this name in a group such as `audioed.engines`.

    The `refusal` made of one sentence is raised where no package offers it, two do, or the one is broken.
    """
    what = f"the {group.rpartition('.')[2].removesuffix('s')} {name!r}"
    found = {entry.value: entry for entry in _declared(group, tuple(sys.path)).select(name=name)}
    if not found:
        raise refusal(f"{what} is not installed; the installed ones are {', '.join(names(group))}.")
    if len(found) > 1:
        raise refusal(f"two packages offer {what} ({', '.join(found)}); remove one.")
    (entry,) = found.values()
    try:
        return made(entry.load())
    except AudioedError:
        raise
    except (Exception, SystemExit) as error:  # a stranger's module may do anything
        why = str(error) if isinstance(error, Exception) else ""
        raise refusal(
            f"{what} cannot be loaded ({why or type(error).__name__}); install its package again, or remove it."
        ) from error


@lru_cache(maxsize=16)
def _declared(group: str, _path: tuple[str, ...]) -> "EntryPoints":
    """What the packages in these folders declare, looked for once: that reads a file of every package there is."""
    from importlib.metadata import entry_points

    return entry_points(group=group)
