"""
How long a voice's network takes to be ready: as it is published, the first time, and from then on. Judges nothing.

    python benchmarks/loading.py [--voices joe kokoro-heart] [--rounds 5]

Each time in a process of its own, onnxruntime loaded before, with an empty folder for what is kept the first time.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from audioed.synthesis.engines import network
from audioed.synthesis.engines.piper_graph import REVISION, in_rows
from audioed.voices.cards import voice_cards

WAYS = ("as published", "the first time", "from then on")


def once(name: str, way: str, kept: Path) -> float:
    """Seconds until the network of this voice is ready, here."""
    import onnx  # noqa: F401
    import onnxruntime  # noqa: F401  # both before the clock runs

    card = voice_cards(Path())[name]
    drawing = (in_rows, REVISION) if card.engine == "piper" else ()
    with patch.object(network, "prepared_folder", lambda model: kept / model.stem):
        began = time.perf_counter()
        if way == WAYS[0]:
            data = network.model_path(card).read_bytes()
            network.loaded(drawing[0](data) if drawing else data)
        else:
            network.session(card, *drawing)
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", nargs="+", default=["joe"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", nargs=3, metavar=("VOICE", "WAY", "KEPT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(once(options.once[0], options.once[1], Path(options.once[2])))
        return
    for name in options.voices:
        taken: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(options.rounds):
            with tempfile.TemporaryDirectory() as kept:
                for way in WAYS:
                    command = [sys.executable, __file__, "--once", name, way, kept]
                    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
                    taken[way].append(float(told))
        print(f"  {name}: {', '.join(f'{way} {statistics.median(each):.2f} s' for way, each in taken.items())}")


if __name__ == "__main__":
    main()
