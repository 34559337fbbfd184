"""Who speaks what: a voice for each role, and one that knows the language."""

import re
from collections.abc import Container, Mapping
from urllib.parse import urlsplit

from audioed.config import DEFAULT_ROLES, Synthesis
from audioed.errors import VoiceNotFound
from audioed.kinds import ROLES
from audioed.languages import UNTOLD, primary
from audioed.model import Article, Block, Role, Script, Utterance, Voice
from audioed.textkey import word_count
from audioed.voices.choosing import best, language_name

PASSAGE = 12
"""Words from which a text in another language is a passage; of fewer, a reader makes what they can."""

KOKORO_ROLES: Mapping[Role, str] = {
    **dict.fromkeys(ROLES, "kokoro-heart"),
    "headlines": "kokoro-michael",
    "promo": "kokoro-eric",
    "quote": "kokoro-puck",
}
"""What `audioed voices install kokoro` brings: DNSMOS 3.37, 3.47, 3.44 and 3.43, none of them like another."""
ENGLISH_ROLES: Mapping[Role, str] = {
    **dict.fromkeys(ROLES, "heart"),
    "headlines": "hibari-fenrir",
    "promo": "hibari-kore",
    "quote": "hibari-fenrir",
}
"""What `audioed voices install english` brings: people of their own in place of one voice in four ways."""


def voice_of(role: Role, config: Synthesis, cards: Mapping[str, Voice], wanted: str = "") -> Voice:
    """
    The card that speaks a role, or the one that is wanted in its place; VoiceNotFound where it is not installed.

    Where a show has chosen its own narrator, the roles it did not name are the narrator's.
    """
    roles = config.roles if "narrator" in config.roles else {**default_roles(cards), **config.roles}
    name = wanted or roles.get(role, roles["narrator"])
    if name not in cards:
        raise VoiceNotFound(
            f"the voice {name!r} of the role {role!r} is not installed; choose one of {', '.join(sorted(cards))}.",
            voice=name,
        )
    return cards[name]


def default_roles(cards: Container[str]) -> Mapping[Role, str]:
    """The voices that speak where a show names none: they belong together, the first set of which all are installed."""
    sets = (KOKORO_ROLES, ENGLISH_ROLES, DEFAULT_ROLES)
    return next((each for each in sets if all(name in cards for name in each.values())), DEFAULT_ROLES)


def reader(article: Article, config: Synthesis, cards: Mapping[str, Voice]) -> str:
    """The voice card that reads an article in place of the narrator; empty where nobody else does."""
    if article.voice:
        return article.voice
    byline, path = (article.byline or "").casefold(), urlsplit(article.url).path
    wanted = [
        voice for name, voice in config.authors.items() if re.search(rf"\b{re.escape(name.casefold())}\b", byline)
    ]
    wanted += [voice for start, voice in config.sections.items() if path.startswith(start)]
    able = [name for name in wanted if name in cards and speaks(cards[name], article.language)]
    return able[0] if able else ""


def speaks(card: Voice, language: str) -> bool:
    """Whether a voice reads this language; `mul` (ISO 639-2) is all of them."""
    return primary(card.language) in {primary(language), "mul"}


def speaker(role: Role, config: Synthesis, cards: Mapping[str, Voice], language: str) -> Voice | None:
    """
    The card that speaks a role in this language; None where no installed voice does.

    The role's own where it knows the language, else another one that does:
    neural voices before the system's, the language's best before others, then by name.
    """
    own = voice_of(role, config, cards)
    if speaks(own, language):
        return own
    others = [card for card in cards.values() if speaks(card, language) and primary(card.language) != "mul"]
    known = best(primary(language))
    return min(others, key=lambda card: (card.engine == "system", card.name not in known, card.name), default=None)


def is_unspoken(block: Block, config: Synthesis, cards: Mapping[str, Voice]) -> bool:
    """Whether a block is a passage, not only some words, in a language that no installed voice speaks."""
    return (
        bool(block.language)
        and word_count(block.text) >= PASSAGE
        and speaker("narrator", config, cards, block.language) is None
    )


def cast(script: Script, config: Synthesis, cards: Mapping[str, Voice]) -> tuple[Voice, ...]:
    """The card that speaks each utterance of a script, in order; VoiceNotFound where one is not installed."""
    voices = {each.casting: _found(each, script.language, config, cards) for each in script.utterances}
    return tuple(voices[each.casting] for each in script.utterances)


def _found(utterance: Utterance, language: str, config: Synthesis, cards: Mapping[str, Voice]) -> Voice:
    """The card for it; a sentence in a language that nobody speaks is left to who reads the text around it."""
    role, wanted, other = utterance.casting
    if wanted:
        return voice_of(role, config, cards, wanted)
    found = (other and speaker(role, config, cards, other)) or speaker(role, config, cards, language)
    if not found:
        raise VoiceNotFound(unspoken(language), voice=voice_of(role, config, cards).name)
    return found


def unspoken(language: str) -> str:
    """What to do for a language that no installed voice speaks, as the end of a sentence."""
    code = primary(language)
    name = language_name(code)
    if code == UNTOLD:
        return "nobody knows in which language it is; name that as `language` of its source, or in its page."
    if name == code:
        return f"no installed voice speaks {code!r}, nor any that audioed knows; give it a card (see voices/README.md)."
    asked = name.lower() if " " not in name else code
    return f"no installed voice speaks {code!r}; `audioed voices install {asked}` brings the best one for {name}."
