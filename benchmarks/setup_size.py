"""
What setting up costs: download and disk of audioed and all that it needs, in MB, and why each large part is there.

    python benchmarks/setup_size.py [EXTRA ...]

Needs the network: everything is downloaded without pip's cache and installed into a fresh virtual environment.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
MB = 1_000_000
SHOWN = 10
MOST = 130, 350
"""MB that `pip install audioed` may download, and take on the disk."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extra", nargs="*", help="extras to install as well, such as piper")
    extras = parser.parse_args().extra
    wanted = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        downloads, home = Path(folder, "downloads"), Path(folder, "venv")
        venv.create(home, with_pip=True)
        (python,) = [path for path in (home / "bin/python", home / "Scripts/python.exe") if path.exists()]
        before = {name for name, _ in installed(home)}
        pip = [str(python), "-m", "pip", "-qq", "--disable-pip-version-check", "--no-cache-dir"]
        subprocess.run([*pip, "download", "--dest", str(downloads), wanted], check=True)
        subprocess.run([*pip, "install", wanted], check=True)
        downloaded = {named(path.name): path.stat().st_size for path in downloads.iterdir()}
        there = {name: each for name, each in installed(home) if name not in before}
        disk = {name: size(each) for name, each in there.items()}
        print(
            f"download {sum(downloaded.values()) / MB:.0f} MB, disk {sum(disk.values()) / MB:.0f} MB, "
            f"{len(disk)} packages (Python {sys.version_info.major}.{sys.version_info.minor}, {sys.platform})\n"
        )
        print("| package | download MB | disk MB | why |\n|---|---|---|---|")
        for name, most in sorted(disk.items(), key=lambda item: -item[1])[:SHOWN]:
            print(f"| {name} | {downloaded.get(name, 0) / MB:.1f} | {most / MB:.1f} | {why(name, there)} |")
        rest = len(disk) - SHOWN
        print(f"| {rest} others | {others(downloaded, disk):.1f} | {others(disk, disk):.1f} | |")
    if not extras and (sum(downloaded.values()) > MOST[0] * MB or sum(disk.values()) > MOST[1] * MB):
        sys.exit(f"more than {MOST[0]} MB of download or {MOST[1]} MB of disk")


def installed(home: Path) -> list[tuple[str, Distribution]]:
    (packages,) = home.rglob("site-packages")
    return [(canonicalize_name(each.name), each) for each in distributions(path=[str(packages)])]


def named(file: str) -> str:
    """The package that a downloaded file is of."""
    if file.endswith(".whl"):
        return parse_wheel_filename(file)[0]
    return "audioed" if file.startswith("audioed") else parse_sdist_filename(file)[0]


def size(package: Distribution) -> int:
    """Bytes of all files that pip wrote for it, compiled modules included."""
    return sum(path.stat().st_size for each in package.files or () if (path := Path(str(each.locate()))).is_file())


def others(sizes: dict[str, int], disk: dict[str, int]) -> float:
    return sum(sizes.get(name, 0) for name, _ in sorted(disk.items(), key=lambda item: -item[1])[SHOWN:]) / MB


def why(name: str, there: dict[str, Distribution]) -> str:
    """What pyproject.toml says of it, or who brings it."""
    if name == "audioed":
        return "itself, with what it knows of languages and names"
    for line in (ROOT / "pyproject.toml").read_text("utf-8").splitlines():
        stated = re.match(r'\s*"([\w.-]+)[^"]*",\s*# (.+)', line)
        if stated and canonicalize_name(stated[1]) == name:
            return stated[2]
    brings = sorted(
        each
        for each, package in there.items()
        if any(
            canonicalize_name(wanted.name) == name and (not wanted.marker or wanted.marker.evaluate({"extra": ""}))
            for wanted in map(Requirement, package.requires or ())
        )
    )
    return f"for {', '.join(brings)}"


if __name__ == "__main__":
    main()
