"""The commands about one finished episode: hear it again, prove it, look at it."""

from pathlib import Path
from typing import Annotated

import typer

from audioed.cli import completion
from audioed.cli.options import BUILT, EXPLAINED, AsJson, Cache, ConfigFile, Output, explained, put, show_of
from audioed.terminal import tell

Name = Annotated[
    str,
    typer.Argument(
        metavar="EPISODE",
        help="The folder of an episode, or its name.",
        autocompletion=completion.episode_names,
    ),
]


@explained
def proof(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    html: Annotated[
        Path | None, typer.Option(help="The page to write; proof.html beside the recording by default.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Listen to an episode with a speech recogniser, and list what is lost, repeated or misread."""
    from audioed.cli.console import Console
    from audioed.proofing.page import page

    console = Console(as_json=as_json)
    show = show_of(config, output, cache, listener=console)
    recorded = show.episode(episode)
    with console:
        found = show.proof(episode)
        shown = html or show.folder_of(episode) / "proof.html"
        put(page(recorded, found).encode(), shown)
        console.proof(found, shown)
    raise typer.Exit(EXPLAINED if found.findings else BUILT)


@explained
def verify(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Check what was published: file, loudness, silences, chapters, transcripts, tags, cover and feed."""
    from audioed.cli.console import Console

    console = Console(as_json=as_json)
    show = show_of(config, output, cache, listener=console)
    with console:
        found = show.verify(episode)
        console.verification(found)
    raise typer.Exit(EXPLAINED if found.findings else BUILT)


@explained
def export(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    epub: Annotated[
        bool, typer.Option("--epub", help="As a book that reads itself aloud: EPUB 3 with media overlays.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(help="The file to write; the episode's name in this folder by default.")
    ] = None,
) -> None:
    """Make another form of an episode: a book to read along with, for apps that light each sentence as it is heard."""
    if not epub:
        raise typer.BadParameter("name a form to make, such as --epub", param_hint="--epub")
    show = show_of(config, output, cache)
    written = show.export(episode, to or Path(f"{show.episode(episode).name}.epub"))
    tell(str(written))


@explained
def inspect(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    html: Annotated[
        Path | None, typer.Option(help="The page to write; inspect.html beside the recording by default.")
    ] = None,
    png: Annotated[Path | None, typer.Option(help="The picture to write.")] = None,
) -> None:
    """Draw an episode: its waveform, coloured by what is read, its loudness over time, its chapters and pauses."""
    import os
    from urllib.parse import quote

    from audioed import picture, proving
    from audioed.cli.console import Console
    from audioed.mastering.loudness import over_time

    show = show_of(config, output, cache)
    recorded = show.episode(episode)
    audio, limits = show.audio(episode), show.config.mastering
    if not (html or png):
        html = show.folder_of(episode) / "inspect.html"
    with Console(as_json=False) as console:
        console.stage("inspect")
        with proving.decoded(audio) as (recording, _):
            sound = picture.waveform(recording, over_time(recording))
        console.progress(0.8)
        if html:
            address = quote(Path(os.path.relpath(audio.resolve(), html.resolve().parent)).as_posix())
            put(picture.page(recorded, sound, limits, address).encode(), html)
        if png:
            put(picture.png(recorded, sound, limits), png)
    for written in filter(None, (html, png)):
        tell(str(written))
