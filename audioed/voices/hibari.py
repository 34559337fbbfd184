"""Hibari's other voices, each a network of its own: their files from the publisher or a mirror, and their cards."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from audioed.errors import VoiceNotFound
from audioed.voices.casting import ENGLISH_ROLES
from audioed.voices.download import File, Told, gathered, located

PREFIX = "hibari-"
ENGLISH = "english"
"""What brings the set that speaks the roles of an English show."""


def is_meant(name: str) -> bool:
    """Whether somebody who asks for this wants voices of hibari."""
    return name in {"hibari", ENGLISH} or name.startswith(PREFIX)


def meant(name: str) -> Sequence[str]:
    """The cards of the voices that this name stands for: one, the set `english`, or all."""
    readers = [each for each in dict.fromkeys(ENGLISH_ROLES.values()) if each.startswith(PREFIX)]
    return {"hibari": list(_published()), ENGLISH: readers}.get(name, [name])


def load(name: str, source: str, told: Told) -> dict[str, dict[str, str]]:
    """
    Cards for the voice of this name, for the set `english`, or for all, their files loaded and verified.

    From this mirror or folder, or from the publisher. VoiceNotFound for a name that is none.
    """
    from hibari.voices import BASE_URL

    base = source or BASE_URL
    wanted = meant(name)
    if unknown := set(wanted) - set(_published()):
        raise VoiceNotFound(
            f"hibari has no voice {min(unknown)!r} to install; it has {', '.join(_published())}.", voice=min(unknown)
        )
    found = {each: _file(each) for each in wanted}
    gathered(list(found.values()), base, told)
    return {each: _card(each, file, located(base, file.remote)) for each, file in found.items()}


@cache
def _published() -> Mapping[str, Any]:
    """What the package tells of the voices that it does not hold, by the names of their cards."""
    listed = json.loads(files("hibari").joinpath("assets", "voices.json").read_text("utf-8"))
    return {f"{PREFIX}{name}": about for name, about in listed.items() if not about.get("bundled")}


def _file(name: str) -> File:
    about = _published()[name]
    return File(f"{name}.onnx", about["file"], about["bytes"], about["sha256"])


def _card(name: str, file: File, source: str) -> dict[str, str]:
    about = _published()[name]
    who = "a woman" if about["gender"] == "female" else "a man"
    return {
        "engine": "hibari",
        "language": about["language"],
        "description": f"Hibari's {name.removeprefix(PREFIX)}, {who}, {about['accent']} English.",
        "licence": "Apache-2.0",
        "credit": f"{name.replace('-', ' ')}, made from Kokoro-82M by hexgrad",
        "source": source,
        "model": file.name,
        "sha256": file.digest,
    }
