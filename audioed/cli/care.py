"""The commands that look after a show: what is missing or broken, and how it stands."""

from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import (
    BUILT,
    EXPLAINED,
    AsJson,
    Cache,
    ConfigFile,
    Output,
    encoded,
    explained,
    located,
    put_json,
)
from audioed.terminal import tell

if TYPE_CHECKING:
    from audioed.doctor.finding import Finding


@explained
def doctor(
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    online: Annotated[bool, typer.Option("--online", help="Ask the feeds of [nightly], too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find what is missing or broken in the machine, the show and the cache, and tell what mends it."""
    from dataclasses import asdict

    from audioed.doctor import examine

    found = []
    for finding in examine(*located(config), output, cache, online=online):
        found.append(finding)
        if not as_json:
            _show(finding)
    broken = sum(each.level == "broken" for each in found)
    if as_json:
        put_json(encoded({"broken": broken, "findings": [asdict(each) for each in found]}), None)
    else:
        tell(f"{broken} thing{' is' if broken == 1 else 's are'} broken." if broken else "Nothing is broken.")
    raise typer.Exit(EXPLAINED if broken else BUILT)


def _show(finding: "Finding") -> None:
    """A finding on one line, with what mends it at its end."""
    colour = {"ok": "green", "note": "yellow", "broken": "red"}[finding.level]
    label = "BROKEN" if finding.level == "broken" else finding.level
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    tell(f"{finding.check:<11}{finding.told}{remedy}", label=f"{label:<8}", colour=colour)
