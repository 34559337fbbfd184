"""The command that puts articles aside for the next edition."""

from typing import Annotated

import typer

from audioed.cli.options import ConfigFile, explained, settings_of
from audioed.terminal import tell


@explained
def add(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE", help="Address or file of an article.")],
    config: ConfigFile = None,
) -> None:
    """Add articles to the show's queue, which the next `audioed nightly` reads first."""
    from audioed import queue

    _, home = settings_of(config)
    new = queue.add(articles, home)
    if new:
        tell(f"{len(new)} {'article waits' if len(new) == 1 else 'articles wait'} for the next `audioed nightly`.")
    else:
        tell("Nothing was added: all of it is in the queue already.")
