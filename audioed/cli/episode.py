"""The commands about one finished episode: hear it again, prove it, look at it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import BUILT, EXPLAINED, AsJson, Cache, ConfigFile, Output, explained, place_of, put
from audioed.terminal import tell

if TYPE_CHECKING:
    from audioed.model import Episode
    from audioed.place import Place

Name = Annotated[str, typer.Argument(metavar="EPISODE", help="The folder of an episode, or its name.")]


@explained
def proof(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    html: Annotated[Path | None, typer.Option(help="The page to write; proof.html beside the recording.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hear an episode again and compare it with its script: what is lost, repeated or misread."""
    from audioed import proving
    from audioed.cli.console import Console
    from audioed.model import Script
    from audioed.proofing.page import page

    place = place_of(config, output, cache)
    folder, recorded = _found(episode, place)
    script = place.store.load(Script, folder / "script.json")
    with Console(as_json=as_json) as console:
        console.stage("proof")
        found = proving.proof(recorded, script, folder / recorded.enclosure.name, place, console)
        place.store.save(found, folder / "proof.json")
        shown = html or folder / "proof.html"
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
    """Prove what was published: file, loudness, silences, chapters, transcripts, tags, cover and feed."""
    from audioed import proving
    from audioed.cli.console import Console
    from audioed.model import Script

    place = place_of(config, output, cache)
    folder, recorded = _found(episode, place)
    script = place.store.load(Script, folder / "script.json")
    with Console(as_json=as_json) as console:
        console.stage("verify")
        found = proving.verify(recorded, script, folder, place, console)
        console.verification(found)
    raise typer.Exit(EXPLAINED if found.findings else BUILT)


@explained
def inspect(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    html: Annotated[Path | None, typer.Option(help="The page to write; inspect.html beside the recording.")] = None,
    png: Annotated[Path | None, typer.Option(help="The same as a picture.")] = None,
) -> None:
    """Draw an episode: its waveform by what is read, its loudness over time, its chapters and pauses."""
    import os
    from urllib.parse import quote

    from audioed import picture, proving
    from audioed.cli.console import Console
    from audioed.mastering.encode import loudness_over_time

    place = place_of(config, output, cache)
    folder, recorded = _found(episode, place)
    audio, limits = folder / recorded.enclosure.name, place.config.mastering
    if not (html or png):
        html = folder / "inspect.html"
    with Console(as_json=False) as console:
        console.stage("inspect")
        with proving.heard(audio, place) as (recording, _):
            sound = picture.heard(recording, loudness_over_time(audio))
        console.progress(0.8)
        if html:
            address = quote(Path(os.path.relpath(audio.resolve(), html.resolve().parent)).as_posix())
            put(picture.page(recorded, sound, limits, address).encode(), html)
        if png:
            put(picture.png(recorded, sound, limits), png)
    for written in filter(None, (html, png)):
        tell(str(written))


def _found(name: str, place: "Place") -> "tuple[Path, Episode]":
    """The folder of the episode with this name, or in this folder, and what its record says."""
    from audioed.errors import StoreError
    from audioed.model import Episode

    folder = Path(name) if (Path(name) / "episode.json").is_file() else place.store.episode_folder(name)
    if not (folder / "episode.json").is_file():
        raise StoreError(
            f"{name}: no such episode; name its folder, or one of those in {place.store.show_folder}.", path=folder
        )
    return folder, place.store.load(Episode, folder / "episode.json")
