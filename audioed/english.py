"""What is known of English words: their parts of speech, and which of them a dictionary says how to say."""

import gzip
import json
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec, module_from_spec
from typing import Any

from audioed.lookup import REMEMBERED, tables
from audioed.machine import version
from audioed.names import is_listed


def _in_parts(package: str) -> None:
    """
    Let each module of a package be imported alone; the package itself runs once somebody asks for what it has.

    Hibari's brings its own way of speaking with it, which we do not use, and scipy where that is installed: a
    third of a second before the first sentence.
    """
    spec = find_spec(package)
    if package in sys.modules or spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)

    def asked(name: str) -> Any:  # PEP 562
        del module.__getattr__
        spec.loader.exec_module(module)  # type: ignore[union-attr]  # it has a loader, see above
        return getattr(module, name)

    module.__getattr__ = asked  # type: ignore[method-assign]
    sys.modules[package] = module


_in_parts("hibari")


@cache
def tagger() -> Callable[[list[str]], list[str]]:
    """What gives each word of a sentence its part of speech, in the tags of the Penn Treebank."""
    from hibari.g2p.tagger import Tagger

    learned = tables("tagger", version("hibari-tts"), _learned)
    found = Tagger.__new__(Tagger)
    vars(found).update(
        tags=learned["tags"].get(""), **{each: learned[each] for each in ("tagdict", "vocab", "weights")}
    )
    return found  # type: ignore[no-any-return]


def is_known(word: str, language: str) -> bool:
    """Whether a dictionary of this English (BCP 47), or of names, has the word or what it is an inflection of."""
    return is_listed(word) or is_in_dictionary(word, language)


@lru_cache(maxsize=REMEMBERED)
def is_in_dictionary(word: str, language: str) -> bool:
    """Whether the voices' own dictionary of this English has the word, or what it is an inflection of."""
    from hibari.g2p import Context
    from hibari.g2p.token import Tok

    sounds, _ = dictionary(british=is_british(language))(Tok(word, "NN"), Context())
    return sounds is not None


def is_only_word(word: str) -> bool:
    """Whether what is written in capitals is a word, or the plural of one, and no initials said otherwise."""
    known, small = dictionary(british=False).golds, word.lower()
    return word not in known and (small in known or (small[-1] == "s" and small[:-1] in known))


def is_british(language: str) -> bool:
    """Whether a BCP 47 tag is that of British English."""
    return language.casefold() == "en-gb"


@cache
def dictionary(*, british: bool) -> Any:
    """The dictionaries of an English that the voices were trained to hear."""
    from hibari.g2p.lexicon import Lexicon

    accent = "gb" if british else "us"
    words = tables(f"lexicon-{accent}", version("hibari-tts"), lambda: _lexicon(accent))
    return Lexicon(words["gold"], words["silver"], british)


def asset(name: str) -> Any:
    """One of the files in which the package of the voice has what it knows of words."""
    data = files("hibari").joinpath("assets", name).read_bytes()
    return json.loads(gzip.decompress(data) if name.endswith(".gz") else data)


def _lexicon(accent: str) -> dict[str, dict[str, Any]]:
    return {each: asset(f"lexicon_{accent}_{each}.json.gz") for each in ("gold", "silver")}


def _learned() -> dict[str, dict[str, Any]]:
    model = asset("tagger.json.gz")
    return {**model, "vocab": dict.fromkeys(model["vocab"], 1), "tags": {"": model["tags"]}}
