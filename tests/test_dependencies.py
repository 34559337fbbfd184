"""What audioed brings is told with its licence, and tested with versions that it allows."""

import importlib.util
import shutil
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]


@pytest.fixture
def dependencies():
    spec = importlib.util.spec_from_file_location("dependencies", HOME / "docs" / "dependencies.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_that_is_brought_is_told_with_its_licence_and_tested(dependencies):
    assert dependencies.faults() == []


def test_what_is_missing_is_named(dependencies, tmp_path, monkeypatch):
    for name in ("LICENCES", "CONSTRAINTS"):
        copy = tmp_path / name
        shutil.copy(getattr(dependencies, name), copy)
        monkeypatch.setattr(dependencies, name, copy)
    licences, constraints = dependencies.LICENCES.read_text("utf-8"), dependencies.CONSTRAINTS.read_text("utf-8")
    dependencies.LICENCES.write_text(licences.replace("| mutagen | **GPL-2.0-or-later** |", ""), "utf-8")
    lines = [line for line in constraints.splitlines() if not line.startswith("urllib3==")]
    dependencies.CONSTRAINTS.write_text("\n".join([*lines, "urllib3==2.6.0"]), "utf-8")
    assert dependencies.faults() == [
        "mutagen is not in docs/licences.md with its licence GPL-2.0-or-later; run docs/dependencies.py.",
        "urllib3 is tested with 2.6.0, which pyproject.toml does not allow.",
    ]
