"""Which settings are refused before any work is done, and in which words."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path

from audioed import keeping, sources, textkey
from audioed.addresses import without_user
from audioed.config.sections import Config, Nightly, Phrases, Promo, Source, rules_of
from audioed.errors import ConfigError
from audioed.toml import refuse_beyond

LIMITS: Mapping[str, tuple[float, float]] = {
    "show.trailer.length": (0, 10**12),
    "extraction.max_bytes": (1, 10**12),
    "extraction.timeout": (0.1, 3600),
    "extraction.reading_time": (0.1, 3600),
    "extraction.reading_memory": (10**8, 10**12),
    "scripting.promos_per_hour": (0, 60),
    "synthesis.workers": (0, 1024),
    "synthesis.most_cost": (0, float("inf")),
    "mastering.loudness": (-40, -5),
    "mastering.true_peak": (-20, 0),
    "mastering.tolerance": (0.05, 6),
    "proof.max_word_error": (0, 1),
    "cache.size": (0, float("inf")),
    "publishing.page": (1, 10_000),
    "nightly.most": (1, 10_000),
    "nightly.length": (0, 1440),
    "nightly.memory": (0, 60),
    "nightly.age": (0, 36_500),
    "nightly.minutes": (0.1, 1440),
    "nightly.visits": (1, 10**6),
}
"""The least and the most that a setting may be: with others nothing is made, or nothing that one can hear."""
LIGHTEST, HEAVIEST = 0.01, 100
"""Weights of sources and promos; with others one of two would hardly be heard in a year."""
SOURCE_LIMITS: Mapping[str, tuple[float, float]] = {
    "weight": (LIGHTEST, HEAVIEST),
    "most": (0, 10_000),
    "age": (0, 36_500),
    "least_words": (0, 10**6),
    "most_words": (0, 10**6),
}
"""The same for what is set for one source."""
LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
"""A BCP 47 tag, as far as its form goes."""
FORMS: Mapping[str, tuple[str, str]] = {
    "extraction.contact": (r"[!-~]*", "an address that can be sent to servers; write it in ASCII, without spaces"),
    "extraction.sites": (r"[\w.-]+", "the name of a host; write one such as example.com"),
    "synthesis.authors": (r".*\w.*", "a name; write one as it stands in bylines"),
    "synthesis.sections": (r"/.*", "the start of a path; write one such as /opinion/"),
    "synthesis.cluster": (r"(?:\w+://\S+)?", "the address of a scheduler; write one such as tcp://scheduler:8786"),
    "publishing.keep": (keeping.EXTENT, "a number of episodes or a period; write 200 episodes or 2 years"),
    "publishing.keep_old": (keeping.PERIOD, "a period; write one such as 30 days, or 0"),
    "publishing.mode": (
        r"(?:0?6[046][04])?",
        "a mode of files that you alone, or your group, can write; write one such as 0644",
    ),
    "nightly.day_begins": (r"(?:[01]\d|2[0-3]):[0-5]\d", "a time of day; write one such as 03:00"),
    "publishing.hub": (r"(?i:https?)://[^\s/]\S*|", "the address of a hub; begin it with https://"),
    "promos": (r"[A-Za-z0-9][A-Za-z0-9_-]*", "the name of a promo; use letters, digits and hyphens"),
    "targets": (r"[A-Za-z0-9][A-Za-z0-9_-]*", "the name of a target; use letters, digits and hyphens"),
    "notify.to": (r"[A-Za-z0-9][A-Za-z0-9_-]*", "a name; use letters and digits, and put the address elsewhere"),
    "nightly.feeds": (
        rf"(?i:https?|{sources.SCHEMES})://[^\s/]\S*",
        "the address of a feed, a mail folder or a service; begin it with https://, or as docs/sources.md shows",
    ),
}
"""What a setting, each of its values, or the name of each, has to look like; what that is called, and the remedy."""
PASSWORD = re.compile(r"(?:\w[\w+.-]*://)?[^/@:]*:(?!\d*/)[^@]*@")
"""How an address begins that holds one; what stands between a colon and a slash is a port when it has digits alone."""
PHRASES = ("greeting", "disclosure", "farewell", "transition", "promo")
"""Settings of [scripting] that are said, with what stands in braces filled in:"""
FILLED = re.compile(r"\{(show|title|day)\}")
"""the titles of show and edition, and its day."""
VARIED = ("show", "title", "weekday", "day")
"""What is filled into any of a show's phrases,"""
VARIED_IN: Mapping[str, str] = {"section": "section", "update": "when", "also": "names"}
"""and into some besides."""


def refuse(config: Config, path: Path) -> None:
    """ConfigError for the first setting of this file that cannot be meant."""
    refuse_beyond(config, LIMITS, path)
    _refuse_malformed(config, path)
    _refuse_passwords(config, path)
    _refuse_braces(config, path)
    refuse_phrases(config.scripting.phrases, path, "scripting.phrases.")
    _refuse_sources(config.nightly, path)
    _refuse_promos(config.promos, path)


def password_variable(name: str) -> str:
    """The environment variable that holds the password of a target or a source."""
    return secret_variable(name)


def secret_variable(name: str, kind: str = "PASSWORD") -> str:
    """The environment variable that holds the password of a target or source, or another kind of secret."""
    return f"AUDIOED_{re.sub(r'[^A-Z0-9]', '_', name.upper())}_{kind}"


def _refuse_malformed(config: Config, path: Path) -> None:
    for key, (form, wanted) in FORMS.items():
        value = attrgetter(key)(config)
        for each in [value] if isinstance(value, str) else value:
            if not re.fullmatch(form, each):
                raise ConfigError(f"{path}: {key}: {each!r} is not {wanted}.", path=path, key=key)


def _refuse_passwords(config: Config, path: Path) -> None:
    """Whoever may read audioed.toml, and it often lies in a repository, would have it."""
    for name, target in config.targets.items():
        if PASSWORD.match(target.address):
            key = f"targets.{name}.address"
            raise ConfigError(
                f"{path}: {key}: holds a password; take it out, change it, and put the new one into the environment "
                f"as {password_variable(name)}.",
                path=path,
                key=key,
            )
    for each in config.nightly.feeds:
        if PASSWORD.match(each) and not re.match("(?i)https?:", each):
            raise ConfigError(
                f"{path}: nightly.feeds: {without_user(each)} holds a password; take it out, change it, and put the "
                f"new one into the environment: docs/sources.md says how it is called.",
                path=path,
                key="nightly.feeds",
            )
    wanted = config.publishing.deploy
    if wanted and wanted not in config.targets:
        known = f"one of {', '.join(config.targets)}" if config.targets else f"a table [targets.{wanted}]"
        raise ConfigError(
            f"{path}: publishing.deploy: there is no target {wanted!r}; name {known}.",
            path=path,
            key="publishing.deploy",
        )


def _refuse_braces(config: Config, path: Path) -> None:
    said = {f"scripting.{name}": getattr(config.scripting, name) or "" for name in PHRASES}
    said |= {f"promos.{name}.text": promo.text for name, promo in config.promos.items()}
    for key, text in said.items():
        if brace := re.search(r"\{[^{}]*\}?|\}", FILLED.sub("", text)):
            close = get_close_matches(re.sub(r"\W", "", brace[0].lower()), ("show", "title", "day"), n=1, cutoff=0.7)
            remedy = f"did you mean {{{close[0]}}}?" if close else "only {show}, {title} and {day} are filled in."
            raise ConfigError(f"{path}: {key}: {brace[0]} stands for nothing; {remedy}", path=path, key=key)


def refuse_phrases(phrases: Phrases, path: Path, section: str = "") -> None:
    """ConfigError for a phrase with something in braces that is not filled in."""
    for name, ways in asdict(phrases).items():
        known = (*VARIED, *filter(None, [VARIED_IN.get(name)]))
        for way in ways:
            rest = re.sub(rf"\{{(?:{'|'.join(known)})\}}", "", way)
            if brace := re.search(r"\{[^{}]*\}?|\}", rest):
                told = f"{', '.join(f'{{{each}}}' for each in known[:-1])} and {{{known[-1]}}} are filled in"
                key = f"{section}{name}"
                message = f"{path}: {key}: {brace[0]} stands for nothing; only {told}."
                raise ConfigError(message, path=path, key=key)


def _refuse_sources(nightly: Nightly, path: Path) -> None:
    """ConfigError for settings of a source that is none, or that leave nothing of it."""
    named = (*nightly.feeds, *nightly.folders, *nightly.lists)
    listed = any(".opml" in each.lower() for each in named)
    for name, wanted in nightly.sources.items():
        key = f"nightly.sources.{name}"
        if name not in named and not (listed and re.match("(?i)https?://", name)):
            close = get_close_matches(name, named, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else "name it in feeds, folders or lists, too."
            raise ConfigError(f"{path}: {key}: there is no source {name!r}; {remedy}", path=path, key=key)
        for setting, (least, most) in SOURCE_LIMITS.items():
            value = getattr(wanted, setting)
            if not least <= value <= most:
                message = f"{value:g} is out of range; use a number from {least:g} to {most:g}"
                raise ConfigError(f"{path}: {key}.{setting}: {message}.", path=path, key=f"{key}.{setting}")
        if 0 < wanted.most_words < wanted.least_words:
            message = f"no article has {wanted.least_words} words or more and at most {wanted.most_words}; raise it"
            raise ConfigError(f"{path}: {key}.most_words: {message}.", path=path, key=f"{key}.most_words")
        if wanted.site.cookies:
            message = "belongs to a host; name it in [extraction.sites]"
            raise ConfigError(f"{path}: {key}.site.cookies: {message}.", path=path, key=f"{key}.site.cookies")
        if wanted.language and not re.fullmatch(LANGUAGE, wanted.language):
            message = f"{wanted.language!r} is no language; write a tag such as de or pt-BR"
            raise ConfigError(f"{path}: {key}.language: {message}.", path=path, key=f"{key}.language")
        _refuse_wordless(wanted, key, path)


def _refuse_wordless(wanted: Source, key: str, path: Path) -> None:
    """ConfigError for a text without words, which nothing or everything would have."""
    for rule, texts in rules_of(wanted):
        for each in texts:
            if not textkey.words(each):
                message = f"{each!r} has no word; write words as they stand there"
                raise ConfigError(f"{path}: {key}.{rule}: {message}.", path=path, key=f"{key}.{rule}")


def _refuse_promos(promos: Mapping[str, Promo], path: Path) -> None:
    for name, promo in promos.items():
        key, wrong = f"promos.{name}", ""
        if not (promo.text.strip() or promo.sound):
            wrong = "has nothing to say; write its text, or name its sound."
        elif promo.first_day and promo.last_day and promo.last_day < promo.first_day:
            wrong = f"ends on {promo.last_day}, before it begins on {promo.first_day}; correct one of the two."
        elif not LIGHTEST <= promo.weight <= HEAVIEST:
            key += ".weight"
            wrong = f"{promo.weight:g} is out of range; use a number from {LIGHTEST} to {HEAVIEST}."
        if wrong:
            raise ConfigError(f"{path}: {key}: {wrong}", path=path, key=key)
