"""Draw docs/render.svg: what `audioed render` prints for the sample article. Run it with the project's own Python."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "samples/night-ferry.html"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "samples").symlink_to(ROOT / "samples")
        command = [sys.executable, "-m", "audioed", "render", SAMPLE]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, env={**os.environ})
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  not a file of ours
        console = Console(record=True, width=110, file=nowhere)
        console.print(f"$ audioed render {SAMPLE}", style="bold", highlight=False)
        console.print(done.stderr + done.stdout, highlight=False, markup=False)
        console.save_svg(str(ROOT / "docs" / "render.svg"), title="audioed")


if __name__ == "__main__":
    main()
