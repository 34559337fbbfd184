"""What the last night came to, for whoever watches many machines: a text file in the OpenMetrics format."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import get_args

from audioed.files import explained, place, scratch
from audioed.model import Run, RunResult

MODE = 0o644
"""Who collects it runs as somebody else; nothing in it is private."""
GOOD = frozenset({"built", "draft", "quiet"})


def write(path: Path, show: str, runs: Sequence[Run]) -> None:
    """Write the file, whole or not at all; its name ends in .prom at no other moment, as collectors read all such."""
    data = text(show, runs).encode()
    with scratch(path.parent, ".tmp") as temporary, explained(path):
        temporary.chmod(MODE)
        temporary.write_bytes(data)
        place(temporary, path)


def text(show: str, runs: Sequence[Run]) -> str:
    """
    The metrics of the last of these nights, the latest last.

    Gauges alone, so that it is both OpenMetrics 1.0 and the older text format of Prometheus (0.0.4).
    """
    return "".join(_lines(show, runs)) + "# EOF\n"


def _lines(show: str, runs: Sequence[Run]) -> Iterator[str]:
    run = runs[-1]
    label = f'show="{_escaped(show)}"'
    good = next((each for each in reversed(runs) if each.result in GOOD and each.began), None)
    results = {f'{label},result="{each}"': float(run.result == each) for each in get_args(RunResult)}
    stages = {f'{label},stage="{_escaped(name)}"': seconds for name, seconds in run.stages.items()}
    yield from _gauge("start_time_seconds", "When the last night began.", _at(label, run.began))
    yield from _gauge(
        "success_time_seconds", "When the last night began that went well.", _at(label, good.began if good else None)
    )
    yield from _gauge("result", "What the last night came to.", results)
    yield from _gauge("duration_seconds", "How long the last night took.", {label: run.took})
    yield from _gauge("stage_seconds", "How long each stage of it took.", stages)
    yield from _gauge("episode_seconds", "Length of its episode.", {label: run.duration})
    yield from _gauge("articles", "Articles in its episode.", {label: len(run.articles)})
    yield from _gauge("skips", "Sources and articles that gave nothing.", {label: len(run.skips)})
    yield from _gauge("sentences", "Sentences of its episode.", {label: run.sentences})
    yield from _gauge("sentences_kept", "Those of them that had been spoken before.", {label: run.kept})
    if run.loudness:
        yield from _gauge("loudness_lufs", "Integrated loudness of its episode.", {label: run.loudness.integrated})


def _at(label: str, moment: datetime | None) -> dict[str, float]:
    return {label: moment.timestamp()} if moment else {}


def _gauge(name: str, told: str, values: dict[str, float]) -> Iterator[str]:
    if not values:
        return
    whole = f"audioed_night_{name}"
    yield f"# TYPE {whole} gauge\n"
    if unit := next((each for each in ("seconds", "lufs") if name.endswith(f"_{each}")), ""):
        yield f"# UNIT {whole} {unit}\n"
    yield f"# HELP {whole} {told}\n"
    for labels, value in values.items():
        yield f"{whole}{{{labels}}} {value!r}\n"


def _escaped(text: str) -> str:
    """As a label's value has it (OpenMetrics 1.0, ABNF, escaped-string)."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
