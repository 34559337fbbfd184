"""The command that hears a recording again."""

from pathlib import Path
from typing import Annotated

import typer

from audioed.arguments import BUILT, EXPLAINED, AsJson, Cache, ConfigFile, Output, explained, place_of, put


@explained
def proof(
    episode: Annotated[str, typer.Argument(metavar="EPISODE", help="The folder of an episode, or its name.")],
    config: ConfigFile = None,
    output: Output = Path("output"),
    cache: Cache = None,
    html: Annotated[Path | None, typer.Option(help="The page to write; proof.html beside the recording.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hear an episode again and compare it with its script: what is lost, repeated or misread."""
    from audioed import build
    from audioed.console import Console
    from audioed.model import Episode, Script
    from audioed.proofing.page import page

    place = place_of(config, output, cache)
    folder = Path(episode) if (Path(episode) / "episode.json").is_file() else place.store.episode_folder(episode)
    recorded = place.store.load(Episode, folder / "episode.json")
    script = place.store.load(Script, folder / "script.json")
    with Console(as_json=as_json) as console:
        console.stage("proof")
        found = build.proof(recorded, script, folder / recorded.enclosure.name, place, console)
        place.store.save(found, folder / "proof.json")
        shown = html or folder / "proof.html"
        put(page(recorded, found).encode(), shown)
        console.proof(found, shown)
    raise typer.Exit(EXPLAINED if found.findings else BUILT)
