"""
Which systems and Pythons find every package as a wheel, so that nothing is built there. Needs the network.

    python benchmarks/wheels.py [EXTRA ...]

Pip is asked, for each system and each Python, which files it would take; it downloads none of them.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
LINUX = [f"manylinux_2_{minor}" for minor in range(28, 16, -1)] + ["manylinux2014", "manylinux1"]
MACS = {
    arch: [f"macosx_{version}_{kind}" for version in versions for kind in (arch, "universal2")]
    for arch, versions in {
        "arm64": ("14_0", "13_0", "12_0", "11_0"),
        "x86_64": ("14_0", "13_0", "12_0", "11_0", "10_15", "10_14", "10_13", "10_12", "10_10", "10_9"),
    }.items()
}
SYSTEMS = {  # what pip takes there, and what markers see
    "Linux x86-64": ([f"{each}_x86_64" for each in LINUX], "linux", "Linux", "posix", "x86_64"),
    "Linux arm64": ([f"{each}_aarch64" for each in LINUX], "linux", "Linux", "posix", "aarch64"),
    "macOS 14 arm64": (MACS["arm64"], "darwin", "Darwin", "posix", "arm64"),
    "macOS 14 x86-64": (MACS["x86_64"], "darwin", "Darwin", "posix", "x86_64"),
    "Windows x86-64": (["win_amd64"], "win32", "Windows", "nt", "AMD64"),
}

PURE = {"docopt": [], "feedgen": ["lxml", "python-dateutil"]}
"""Published as source alone, with what they require: pure Python, which pip builds without a compiler."""


def main() -> None:
    whole = True
    print(f"Pure Python, published as source alone: {', '.join(PURE)}.\n")
    print("| system | Python | wheels | without one |\n|---|---|---|---|", flush=True)
    for system, python in product(SYSTEMS, PYTHONS):
        found, missing = resolved(system, python, sys.argv[1:])
        whole = whole and not missing
        print(f"| {system} | {python} | {len(found)} | {', '.join(sorted(missing)) or 'none'} |", flush=True)
    sys.exit(None if whole else "some packages have no wheel")


def resolved(system: str, python: str, extras: list[str]) -> tuple[set[str], set[str]]:
    """The packages that all requirements together bring there, and those of them that have no wheel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][each] for each in extras)]
    asked = {"audioed": [each for some in lists for each in some]}
    asked |= PURE
    missing: set[str] = set()
    while True:
        wanted: dict[str, Requirement] = {}
        for each in (each for some in asked.values() for each in applying(some, system, python)):
            name = canonicalize_name(each.name)
            wanted[name] = Requirement(
                f"{name}{wanted[name].specifier & each.specifier if name in wanted else each.specifier}"
            )
        todo = {name: each for name, each in wanted.items() if name not in asked and name not in missing}
        if not todo:
            return asked.keys() - {"audioed", *PURE}, missing
        asked |= dict(found_for(todo, system, python, missing))


def applying(texts: list[str], system: str, python: str) -> Iterator[Requirement]:
    """Those of these requirements that hold on this system, without the extras of others."""
    _, platform, named, kind, machine = SYSTEMS[system]
    there = {
        "sys_platform": platform,
        "platform_system": named,
        "os_name": kind,
        "platform_machine": machine,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "extra": "",
    }
    for each in map(Requirement, texts):
        if not each.marker or each.marker.evaluate(there):
            yield each


def found_for(
    wanted: dict[str, Requirement], system: str, python: str, missing: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """Each package that pip finds a wheel of, with what that requires; the others become missing."""
    abi = f"cp{python.replace('.', '')}"
    left = dict(wanted)
    with tempfile.TemporaryDirectory() as folder:
        while left:
            command = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", "install", "--dry-run"]
            command += ["--no-deps", "--ignore-installed", "--target", folder, "--report", f"{folder}/report.json"]
            command += ["--only-binary=:all:", "--python-version", python, "--implementation", "cp"]
            command += [word for each in (abi, "abi3", "none") for word in ("--abi", each)]
            command += [word for each in SYSTEMS[system][0] for word in ("--platform", each)]
            done = subprocess.run([*command, *map(str, left.values())], capture_output=True, text=True, check=False)
            if not done.returncode:
                break
            refused = re.search(r"No matching distribution found for ([\w.-]+)", done.stderr)
            if not refused:
                sys.exit(done.stderr)
            missing.add(canonicalize_name(refused[1]))
            left.pop(canonicalize_name(refused[1]))
        report = json.loads(Path(folder, "report.json").read_text("utf-8")) if left else {"install": []}
    for each in report["install"]:
        yield canonicalize_name(each["metadata"]["name"]), each["metadata"].get("requires_dist", [])


if __name__ == "__main__":
    main()
