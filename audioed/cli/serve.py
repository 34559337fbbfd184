"""The command that shows on this machine what is published: pages, feeds and recordings, as a web server would."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from audioed.cli.options import Cache, explained, located, show_of
from audioed.reach import LOOPBACK, OWN_NAMES, is_loopback
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.serving.adding import Door


@explained
def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of a show or of its settings, or an output folder.")
    ] = Path(),
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to serve at; by default only this machine reaches it.")
    ] = LOOPBACK,
    port: Annotated[
        int | None,
        typer.Option(metavar="PORT", min=0, max=65535, help="The port; the first free one from 8000 on by default."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Let browsers on this machine add pages to the queue of the show in DIR.")
    ] = False,
    cache: Cache = None,
) -> None:
    """
    Preview what is published: pages, feed and recordings, served on this machine until you press Ctrl-C.

    Feeds and pages lead to this machine while they are served, so a podcast app here can subscribe. Pages load anew
    after a build. The files themselves stay as they are.
    """
    from audioed.serving import application
    from audioed.serving.server import in_browser, opened, run, url_of
    from audioed.serving.shelf import shelf_at
    from audioed.store import FEED

    if accept and not is_loopback(host):
        raise typer.BadParameter("pages are accepted from this machine alone; leave out --host", param_hint="--accept")
    with suppress(KeyboardInterrupt):  # which is how a preview ends
        shelf, door = shelf_at(folder), _door(folder, cache) if accept else None
        with opened(host, port) as listening:
            url, shows = url_of(listening), shelf.shows()
            if not is_loopback(host):
                complain("audioed: whoever reaches this machine over its network can hear and read all that is served.")
            feeds = [url + quote(f"{show}/{shelf.feed(show)}") for show in shows]
            for feed in feeds:
                tell(feed, label="subscribe  ")
            page = feeds[0].removesuffix(FEED) if len(shows) == 1 else url
            tell(page, label="page       ")
            if door:
                tell(url.removesuffix("/") + door.path, label="add        ")
            sys.stdout.flush()
            if show:
                in_browser(page)
            run(application(shelf, names=OWN_NAMES if is_loopback(host) else ("*",), door=door), listening)


def _door(folder: Path, cache: Path | None) -> "Door":
    """How pages come into the queue of the show with its settings in this folder; a usage error where there is none."""
    from audioed.catalogue.index import key_of
    from audioed.serving.adding import Door, key_for

    settings, home = located(folder)
    if settings is None:
        message = f"{folder} has no audioed.toml; name the folder of the show's settings"
        raise typer.BadParameter(message, param_hint="--accept")
    place = show_of(folder, cache=cache).place
    return Door(place.config.show.title, home, key_for(place.store.cache, key_of(place.store)))
