"""The command that begins a show."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from audioed.cli.options import BaseUrl, explained, title_of
from audioed.terminal import tell

if TYPE_CHECKING:
    from audioed.config import Target

KINDS = {"sftp": "sftp", "ssh": "rsync", "s3": "s3", "https": "webdav", "http": "webdav"}
"""The kind of a target, by the scheme of its address; without one it is a folder."""


@explained
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the new show.")] = Path(),
    title: Annotated[str | None, typer.Option(help="Title of the show; on a terminal you are asked for it.")] = None,
    base_url: BaseUrl = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Where `audioed deploy` sends it: an sftp, ssh, s3 or https (WebDAV) address, or a folder.",
        ),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="A feed of your site, for `audioed nightly`; may be repeated."),
    ] = None,
) -> None:
    """Write a commented audioed.toml for a new show."""
    from audioed.config import template
    from audioed.errors import AudioedError, ConfigError
    from audioed.opening import opened
    from audioed.place import QUIET

    path = folder / "audioed.toml"
    if path.exists():
        raise ConfigError(f"{path}: already exists; edit it, or name another folder.", path=path)
    place = _target(target) if target else None
    text = template(title_of(title) or _asked(), base_url or "", place, feed or ())
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    try:
        opened(path, folder, listener=QUIET)
    except AudioedError:
        path.unlink()
        if is_new:
            folder.rmdir()
        raise
    tell(f"{path} has every setting, each with a comment.")
    tell(_next(folder, deploys=place is not None, reads=bool(feed)))


def _asked() -> str:
    """The title that whoever sits at the terminal gives; the default where nobody does."""
    from audioed.model import Channel

    usual = Channel().title
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return usual
    return title_of(typer.prompt("Title of the show", default=usual, err=True)) or usual


def _target(address: str) -> "Target":
    """The target at this address; a folder is named from here, not from the new show's."""
    from audioed.config import Target

    scheme = urlsplit(address).scheme if "://" in address else ""
    if not scheme:
        return Target(kind="folder", address=address if address.startswith("~") else str(Path(address).absolute()))
    if scheme not in KINDS:
        raise typer.BadParameter(
            f"{scheme}:// is no way to send a show; use {', '.join(f'{each}://' for each in KINDS)} or a folder",
            param_hint="--target",
        )
    return Target(kind=KINDS[scheme], address=address)


def _next(folder: Path, *, deploys: bool, reads: bool) -> str:
    """What to do now, command by command."""
    makes = f"`audioed {'nightly' if reads else 'render ARTICLE'}` to make an episode"
    steps = [
        makes,
        "`audioed serve --open` to see and hear it",
        *(["`audioed deploy` to publish it"] if deploys else []),
    ]
    where = "Now" if folder == Path() else f"Now run in {folder}"
    return f"{where}: {', '.join(steps[:-1])}, and {steps[-1]}."
