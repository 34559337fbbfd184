"""
What a show has decided: audioed.toml, checked before any work is done.

One section per craft (`sections`); unknown keys are errors, and what cannot be meant is `refused`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from audioed import formats, sources
from audioed.config.refused import FILLED, LIMITS, PHRASES, password_variable, refuse, refuse_phrases, secret_variable
from audioed.config.sections import (
    DEFAULT_ROLES,
    Bitrate,
    Cache,
    Choice,
    Config,
    Extraction,
    Mastering,
    Nightly,
    Notify,
    Phrases,
    Promo,
    Proofing,
    Publishing,
    Scripting,
    SiteRules,
    Source,
    Stings,
    Synthesis,
    Target,
    Which,
    rules_of,
)
from audioed.toml import checked, tables
from audioed.wording import wording

__all__ = [
    "CHOICES",
    "DEFAULT_ROLES",
    "FILLED",
    "LIMITS",
    "PHRASES",
    "Bitrate",
    "Cache",
    "Choice",
    "Config",
    "Extraction",
    "Mastering",
    "Nightly",
    "Notify",
    "Phrases",
    "Promo",
    "Proofing",
    "Publishing",
    "Scripting",
    "SiteRules",
    "Source",
    "Stings",
    "Synthesis",
    "Target",
    "Which",
    "load",
    "password_variable",
    "rules_of",
    "secret_variable",
    "template",
]

CHOICES = "choices.toml"
"""Beside audioed.toml: how single pieces of articles are read, as `[[choices]]`."""
OWN_PHRASES = "phrases.toml"
"""The file beside audioed.toml in which a show's phrases may stand."""


def load(path: Path | None, home: Path | None = None) -> Config:
    """
    The config in this file, or the defaults without one; ConfigError names the key that is wrong.

    With what choices.toml says, which lies beside it, or in the show's folder.
    """
    config = Config() if path is None else _settings(path)
    beside = path.parent if path else home
    if beside is None or not (beside / CHOICES).is_file():
        return config
    own: Extraction = checked(Extraction, tables(beside / CHOICES), beside / CHOICES)
    choices = (*config.extraction.choices, *own.choices)
    return replace(config, extraction=replace(config.extraction, choices=choices))


def _settings(path: Path) -> Config:
    found = tables(path)
    config: Config = checked(Config, found, path)
    config = _with_phrases(config, path.parent / OWN_PHRASES)
    if "description" not in found.get("show", {}):
        config = replace(config, show=replace(config.show, description=wording(config.show.language).description))
    refuse(config, path)
    return replace(config, extraction=_with_places(config.extraction, path.parent))


def template(title: str, base_url: str = "", target: Target | None = None, feeds: Sequence[str] = ()) -> str:
    """A commented audioed.toml for a show of this title; what else is known of it is set, the target as `web`."""
    text = (Path(__file__).parent / "template.toml").read_text("utf-8")
    roles = "\n".join(f'# {role} = "{voice}"' for role, voice in DEFAULT_ROLES.items())
    listed = {"SUFFIXES": sources.told("{1}", "and"), "FORMATS": formats.told(), "ROLES": roles}
    for name, told in listed.items():
        text = text.replace(name, told, 1)
    known: dict[str, str | Sequence[str]] = {"title": title, "base_url": base_url, "feeds": list(feeds)}
    if target:
        text = text.replace("#   [targets.web]", "[targets.web]", 1)
        known |= {"deploy": "web", "kind": target.kind, "address": target.address}
    for key, value in known.items():
        if value:
            line = f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\\", r"\\")
            text = re.sub(rf'^(?:# *)?{key} = (?:\[.*?\]|".*?")', line, text, count=1, flags=re.MULTILINE)
    return text


def _with_places(extraction: Extraction, home: Path) -> Extraction:
    """The settings with files of cookies where they lie: whoever fetches pages knows no show."""
    sites = {
        host: replace(rules, cookies=str((home / rules.cookies).absolute())) if rules.cookies else rules
        for host, rules in extraction.sites.items()
    }
    return replace(extraction, sites=sites)


def _with_phrases(config: Config, path: Path) -> Config:
    """The config with the phrases in this file, if there is one, which go before those in audioed.toml."""
    if not path.is_file():
        return config
    phrases: Phrases = checked(Phrases, tables(path), path)
    refuse_phrases(phrases, path)
    own = {name: ways for name, ways in asdict(phrases).items() if ways}
    return replace(config, scripting=replace(config.scripting, phrases=replace(config.scripting.phrases, **own)))
