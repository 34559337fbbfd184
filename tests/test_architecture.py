"""The architecture's page names every room that is there, none that is not, and the layers that are enforced."""

import re
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
CRAFTS = ("extraction", "scripting", "synthesis", "mastering", "publishing")
BY_FAMILY = "audioed/scripting/normalize/en"
"""Its files are families of rules, and are not listed."""


@pytest.fixture(scope="module")
def page():
    return (HOME / "docs" / "architecture.md").read_text("utf-8")


@pytest.fixture(scope="module")
def rooms(page):
    return page.partition("## Rooms")[2].partition("Layers, enforced")[0]


def test_every_file_has_its_place_among_the_rooms(rooms):
    named = set(re.findall(r"\w+", rooms))
    files = {path.relative_to(HOME).as_posix(): path for path in (HOME / "audioed").rglob("*.py")}
    homeless = [
        name
        for name, path in files.items()
        if (path.parent.name if path.stem.startswith("__") else path.stem) not in named
        and not name.startswith(BY_FAMILY)
    ]
    assert homeless == []


def test_every_room_is_there(rooms):
    there = {path.name for path in (HOME / "audioed").rglob("*")}
    named = re.findall(r"\b\w+\.py\b|\b[a-z_]+(?=/)", rooms)
    assert [name for name in named if name not in there] == []


def test_the_layers_are_those_that_are_enforced(page):
    told = re.search(r"```\n(cli\.app > [^`]*)```", page)[1].replace("the five crafts", " | ".join(CRAFTS))
    contract = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    enforced = [set(re.findall(r"audioed\.([\w.]+)", layer)) for layer in contract["layers"]]
    assert [set(re.findall(r"[\w.]+", layer)) for layer in told.split(">")] == enforced
