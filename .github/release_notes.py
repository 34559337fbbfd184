"""The changelog's section for a tag, for its release: `python .github/release_notes.py v0.2.0`."""

import re
import sys
import tomllib
from pathlib import Path

HOME = Path(__file__).parents[1]


def notes(tag: str) -> str:
    """What the changelog says of this version; SystemExit where tag, version and changelog do not agree."""
    version = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if tag != f"v{version}":
        sys.exit(f"The tag is {tag}, but pyproject.toml says {version}; tag v{version}, or change the version.")
    changelog = (HOME / "CHANGELOG.md").read_text("utf-8")
    section = rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)"
    found = re.search(section, changelog, re.MULTILINE | re.DOTALL)
    if not found:
        sys.exit(f"CHANGELOG.md has no dated section for {version}; write one.")
    return found[1].strip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(notes(sys.argv[1]))
