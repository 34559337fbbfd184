"""
What setting up costs: the download of audioed and all that it needs, in MB. Needs the network.

    python benchmarks/setup_size.py
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MB = 1_000_000
SHOWN = 4


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-cache-dir", "--dest", folder, str(ROOT)]
        subprocess.run(command, check=True)
        sizes = {path.name.split("-")[0]: path.stat().st_size for path in Path(folder).iterdir()}
    print(f"download: {sum(sizes.values()) / MB:.0f} MB in {len(sizes)} packages")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:SHOWN]:
        print(f"  {size / MB:6.1f} MB  {name}")


if __name__ == "__main__":
    main()
