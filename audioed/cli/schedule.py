"""The command that writes what a system needs to build a show every night."""

import getpass
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from audioed.cli.options import Cache, ConfigFile, Output, explained, located, show_of
from audioed.terminal import tell, tell_text

if TYPE_CHECKING:
    from audioed.scheduling import Kind
    from audioed.scheduling.job import Job

CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@explained
def schedule(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND", help="cron, systemd, launchd, windows, github or docker; by default the one of this system."
        ),
    ] = None,
    at: Annotated[str, typer.Option(metavar="HH:MM", help="The time at which each night begins.")] = "04:15",
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write the files into this folder.")
    ] = None,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
) -> None:
    """Print what your system needs to build the show every night: cron, systemd, macOS, Windows, GitHub or Docker."""
    from audioed import files
    from audioed.scheduling import KINDS
    from audioed.scheduling import schedule as scheduled

    wanted = kind or _usual()
    if wanted not in KINDS:
        raise typer.BadParameter(f"{kind!r} is none of {', '.join(KINDS)}", param_hint="KIND")
    found = scheduled(cast("Kind", wanted), _job(at, config, output, cache))
    for file in found:
        if write:
            tell(str(files.write(write / file.name, file.text.encode())))
        else:
            tell(f"# {file.name}") if len(found) > 1 else None
            tell_text(file.text)


def _job(at: str, config: Path | None, output: Path | None, cache: Path | None) -> "Job":
    from audioed.errors import ConfigError
    from audioed.scheduling import longest, needs
    from audioed.scheduling.job import Job
    from audioed.voices.places import data_folder

    clock = CLOCK.fullmatch(at)
    if not clock:
        raise typer.BadParameter(f"{at!r} is no time of day, such as 04:15", param_hint="--at")
    settings, home = located(config)
    if settings is None:
        raise ConfigError("there is no audioed.toml here; name the show with --config, or start with `audioed init`.")
    show = show_of(config, output, cache)
    decided, store, home = show.config, show.place.store, home.absolute()
    kept = {"--output": store.output.absolute() if output else None, "--cache": store.cache.folder.absolute()}
    options = [word for name, value in kept.items() if value for word in (name, str(value))]
    local = [Path(each.address).expanduser() for each in decided.targets.values() if each.kind == "folder"]
    measured = [Path(decided.notify.metrics).parent] if decided.notify.metrics else []
    writes = [home, store.output.absolute(), store.cache.folder.absolute(), data_folder()]
    writes += [home / each for each in (*local, *measured)]
    return Job(
        show=decided.show.title,
        name=f"audioed-{store.show_folder.name}",
        program=_program(),
        arguments=("nightly", "--config", str(settings.absolute()), *options),
        home=home,
        settings=settings.absolute(),
        environment={"AUDIOED_LOG": "json", **_set("AUDIOED_DATA")},
        secrets=needs.secrets(decided, show.place.cards, os.environ),
        extras=needs.extras(decided, show.place.cards),
        writes=tuple(dict.fromkeys(writes)),
        hour=int(clock[1]),
        minute=int(clock[2]),
        timezone=decided.show.timezone,
        limit=longest(decided.nightly.minutes, decided.nightly.most),
        user=getpass.getuser(),
        umask=0o077 if decided.publishing.mode else None,
    )


def _program() -> tuple[str, ...]:
    """This audioed; links are not followed, for a virtual environment is known by its own."""
    script = Path(sys.executable).absolute().with_name("audioed.exe" if sys.platform == "win32" else "audioed")
    return (str(script),) if script.is_file() else (str(Path(sys.executable).absolute()), "-m", "audioed")


def _set(name: str) -> dict[str, str]:
    value = os.environ.get(name)
    return {name: str(Path(value).absolute())} if value else {}


def _usual() -> str:
    systems = {"darwin": "launchd", "win32": "windows"}
    return systems.get(sys.platform, "systemd" if Path("/run/systemd/system").is_dir() else "cron")
