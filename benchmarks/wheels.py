"""
Which systems and Pythons find every package as a wheel, so that nothing is built there.

    python -m pip install uv && python benchmarks/wheels.py [EXTRA ...]

Needs the network. uv resolves for other systems than its own; pip's `--platform` cannot, for it judges what holds on
Windows alone, or from Python 3.13 on, by where it runs.
"""

import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    "Linux x86-64 (glibc 2.28)": "x86_64-manylinux_2_28",
    "Linux arm64 (glibc 2.28)": "aarch64-manylinux_2_28",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS x86-64": "x86_64-apple-darwin",
    "Windows x86-64": "x86_64-pc-windows-msvc",
}
PURE = {"docopt", "feedgen"}
"""Published as source alone: pure Python, which pip builds without a compiler."""


def main() -> None:
    whole = True
    print(f"Pure Python, published as source alone: {', '.join(sorted(PURE))}.\n")
    print("| system | Python | packages | neither a wheel nor pure |\n|---|---|---|---|", flush=True)
    for system, python in product(SYSTEMS, PYTHONS):
        count, missing = resolved(SYSTEMS[system], python)
        whole = whole and not missing
        print(f"| {system} | {python} | {count} | {', '.join(sorted(missing)) or 'none'} |", flush=True)
    sys.exit(None if whole else "some packages have no wheel")


def resolved(system: str, python: str) -> tuple[int, set[str]]:
    """How many packages are brought there, and those of them that would have to be built."""
    missing: set[str] = set()
    while True:
        command = [sys.executable, "-m", "uv", "pip", "compile", str(ROOT / "pyproject.toml")]
        command += ["--python-platform", system, "--python-version", python, "--no-header", "--no-annotate"]
        command += [word for extra in sys.argv[1:] for word in ("--extra", extra)]
        command += ["--only-binary", ":all:"]
        command += [word for name in sorted(PURE | missing) for word in ("--no-binary", name)]
        environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not done.returncode:
            return len(re.findall("^[a-z].*==", done.stdout, re.MULTILINE)), missing
        refused = set(re.findall(r"`([\w.-]+)` because building from source is disabled", done.stderr))
        if not refused - missing:
            sys.exit(done.stderr)
        missing |= refused


if __name__ == "__main__":
    main()
