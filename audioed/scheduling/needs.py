"""What a night needs beside its files: the secrets that its settings speak of, and what is installed with audioed."""

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from audioed.config import Config, secret_variable
from audioed.errors import VoiceNotFound
from audioed.kinds import ROLES
from audioed.languages import primary
from audioed.model import Voice
from audioed.sources import by_scheme
from audioed.voices.casting import voice_of

KEYS: Mapping[str, str] = {"openai": "OPENAI_API_KEY"}
"""Engine -> the variable that holds the key of its server."""
SENDING, SPEAKING = frozenset({"sftp", "s3"}), frozenset({"piper", "kokoro"})
"""Kinds of targets, and engines, that are extras of the same name."""
FONTS = frozenset({"zh", "ja", "ko", "hi", "th"})
"""Languages whose letters covers need fonts for."""


def secrets(config: Config, cards: Mapping[str, Voice], there: Collection[str] = ()) -> tuple[str, ...]:
    """The variables of all secrets that these settings need; of two names for one, the one that is `there`."""
    return tuple(dict.fromkeys(_secrets(config, cards, there)))


def _secrets(config: Config, cards: Mapping[str, Voice], there: Collection[str]) -> Iterator[str]:
    if config.publishing.deploy:
        yield secret_variable(config.publishing.deploy)
    for feed in config.nightly.feeds:
        kind = by_scheme(feed)
        for secret in kind.secrets if kind else ():
            parts = urlsplit(feed)
            host, user = parts.hostname or "", unquote(parts.username or "")
            several = sum(f"@{host}" in each for each in config.nightly.feeds if by_scheme(each) == kind) > 1
            own, shared = secret_variable(f"{user}@{host}", secret), secret_variable(host, secret)
            yield own if user and (own in there or (several and shared not in there)) else shared
    for name in config.notify.to:
        yield secret_variable(name, "ADDRESS")
    for engine in sorted(_engines(config, cards)):
        if engine in KEYS:
            yield KEYS[engine]


def extras(config: Config, cards: Mapping[str, Voice]) -> tuple[str, ...]:
    """What is to be installed with audioed for these settings, in the order of the alphabet."""
    nightly, target = config.nightly, config.targets.get(config.publishing.deploy)
    needed = {
        "cluster": bool(config.synthesis.cluster),
        "fonts": primary(config.show.language) in FONTS,
        "formats": bool(config.mastering.formats),
        "notify": bool(config.notify.to),
        "pdf": bool(nightly.feeds or nightly.folders or nightly.lists),  # any of them may lead to one
        "proof": config.proof.max_word_error > 0,
    }
    kinds = {target.kind} & SENDING if target else set()
    return tuple(sorted({name for name, is_needed in needed.items() if is_needed} | kinds | _speaking(config, cards)))


def _speaking(config: Config, cards: Mapping[str, Voice]) -> set[str]:
    return _engines(config, cards) & SPEAKING


def _engines(config: Config, cards: Mapping[str, Voice]) -> set[str]:
    """What speaks the voices that the settings name, and those of their roles."""
    speaks = config.synthesis
    named = {*speaks.authors.values(), *speaks.sections.values(), *(each.voice for each in config.promos.values())}
    found = {cards[name].engine for name in named if name in cards}
    try:
        return found | {voice_of(role, speaks, cards).engine for role in ROLES}
    except VoiceNotFound:
        return found
