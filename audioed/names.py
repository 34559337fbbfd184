"""How a name sounds that no dictionary has, by where its spelling says that it comes from: Bakanov, Zheng, Ogbeide."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_NUCLEUS = re.compile("aɪ|aʊ|ɔɪ|eɪ|oʊ|[ɑæɛɪiɔuʊʌəɜɚo]")
_CONSONANT = re.compile("tʃ|dʒ|[bdfhjklmnpstvwzðŋɡɹʃʒθ]")
_PREFIXED = re.compile(r"(?:Mac|Mc|De|Del|Di|Du|La|Le|Van|Von|Fitz)[A-Z][a-z]{2,}")
_FULL = frozenset({"aɪ", "aʊ", "ɔɪ", "eɪ", "oʊ", "u", "ɜ"})
_SHORTEST = 3
"""Letters; a shorter name gives nothing away."""


class Origin(NamedTuple):
    """Where names come from: how they are known, how their letters sound and what is stressed."""

    name: str
    known: Callable[[str], object]
    pattern: re.Pattern[str]
    sounds: Mapping[str, str]
    stress: str


class Said(NamedTuple):
    """How a name sounds in English."""

    ipa: str
    origin: str
    """Where its spelling says that it comes from; empty where a dictionary has it."""


@lru_cache(maxsize=4096)
def said(name: str) -> Said | None:
    """How newsreaders would say a name; None where no dictionary has it and its spelling tells nothing."""
    told = _table("names").get(name.lower())
    return Said(told, "") if told else by_spelling(name)


def by_spelling(name: str) -> Said | None:
    """How a name would be said where its spelling says that it comes from; None where it does not tell."""
    letters = unicodedata.normalize("NFC", name).lower()
    if len(letters) < _SHORTEST or not letters.isalpha() or name != name.capitalize():
        return None
    origin = next((each for each in _origins() if each.known(letters)), None)
    ipa = _stressed(_sounded(letters, origin), origin.stress) if origin else ""
    return Said(ipa, origin.name.replace("_", " ")) if origin and ipa else None


def joined(name: str) -> str:
    """A name whose prefix is written with a capital of its own as one word: MacDonald, DeLonghi; any other as it is."""
    return name.capitalize() if _PREFIXED.fullmatch(name) else name


def is_listed(name: str) -> bool:
    """Whether a dictionary of names has it."""
    return name.lower() in _table("names")


def misread(word: str) -> str:
    """How an American says an English word that espeak says otherwise; empty for all others."""
    table = _table("misread")
    return table.get(word) or (table.get(word.lower(), "") if word[1:].islower() else "")


@cache
def _table(name: str) -> Mapping[str, str]:
    """What `training/sounds.py` has written: word -> IPA."""
    text = files("audioed").joinpath("languages", "en", f"{name}.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def _sounded(letters: str, origin: Origin) -> str:
    """The letters' sounds in a row; vowels as they are where they are stressed."""

    def sound(match: re.Match[str]) -> str:
        found = origin.sounds[str(match.lastgroup)]
        return match[0] if found == "=" else found

    plain = origin.pattern.sub(sound, letters)
    return re.sub(r"([^ˈ.ɑæɛɪiɔuʊʌəɜɚo])\1", r"\1", plain)


def _stressed(row: str, rule: str) -> str:
    """The sounds with one main stress, and their vowels as stress and neighbours leave them."""
    told = row.rfind("ˈ")
    row = row.replace("ˈ", "\0") if told >= 0 else row
    place = len(re.findall("\0", row[:told])) if told >= 0 else 0
    bare = row.replace("\0", "").replace(".", "")
    nuclei = list(_NUCLEUS.finditer(bare))
    if not nuclei:
        return ""
    at = sum(1 for each in nuclei if each.end() <= told - place) if told >= 0 else _RULES[rule](bare, nuclei)
    at = min(max(at, 0), len(nuclei) - 1)
    made, end = "", 0
    for number, nucleus in enumerate(nuclei):
        following = bare[nucleus.end() : nuclei[number + 1].start() if number + 1 < len(nuclei) else None]
        mark = "ˈ" if number == at else "ˌ" if number == 0 and at >= _FAR else ""
        last = number == len(nuclei) - 1
        made += bare[end : nucleus.start()] + mark + _vowel(nucleus[0], following, number - at, last=last)
        end = nucleus.end()
    return made + bare[end:]


_FAR = 2
"""Syllables before the stress, from which on the first is stressed a little too."""


def _vowel(sound: str, following: str, away: int, *, last: bool) -> str:
    """A vowel so many syllables away from the stress, before these consonants."""
    closed = len(_CONSONANT.findall(following)) >= (1 if last else 2)
    if sound == "o":
        return "ɔ" if closed and following[:1] != "s" else "oʊ"
    if sound == "i":
        return "ɪ" if closed and away else "i"
    if sound == "ɑ" and away and following[:1] != "ɹ":
        return "ə" if away in {-1, 1} or away > 0 else "ɑ"
    return sound


def _heavy(bare: str, nuclei: list[re.Match[str]]) -> int:
    """The last but one where it is long or closed, else the one before."""
    if len(nuclei) < 3:  # noqa: PLR2004
        return 0
    pen = nuclei[-2]
    between = _CONSONANT.findall(bare[pen.end() : nuclei[-1].start()])
    return len(nuclei) - (2 if pen[0] in _FULL or len(between) > 1 else 3)


def _arabic(bare: str, nuclei: list[re.Match[str]]) -> int:
    """The last where two consonants, or a long I, close it; else as where the last but one is heavy."""
    after = _CONSONANT.findall(bare[nuclei[-1].end() :])
    if len(after) > 1 or (after and len(nuclei) > 1 and nuclei[-1][0] in {"i", "u"} and nuclei[-2][0] in {"ɑ", "ɛ"}):
        return len(nuclei) - 1
    if bare.endswith(("i", "ɑ", "ə")) and len(nuclei) > 2:  # noqa: PLR2004
        return len(nuclei) - 2
    return _heavy(bare, nuclei) if len(nuclei) > 2 else 0  # noqa: PLR2004


def _spanish(bare: str, nuclei: list[re.Match[str]]) -> int:
    """The last but one after a vowel, N or S, else the last."""
    return len(nuclei) - (2 if bare[-1] in "nsɑɛiuoəɪʊ" else 1)


def _south(_: str, nuclei: list[re.Match[str]]) -> int:
    """The first, or in names of four syllables and more the third from the end."""
    return max(0, len(nuclei) - 3) if len(nuclei) > 3 else 0  # noqa: PLR2004


_RULES: Mapping[str, Callable[[str, list[re.Match[str]]], int]] = {
    "first": lambda _bare, _nuclei: 0,
    "last": lambda _bare, nuclei: len(nuclei) - 1,
    "penult": lambda _bare, nuclei: len(nuclei) - 2,
    "heavy": _heavy,
    "arabic": _arabic,
    "spanish": _spanish,
    "russian": lambda bare, nuclei: len(nuclei) - (3 if bare.endswith("əvɪtʃ") else 2),
    "south": _south,
}


@cache
def _origins() -> tuple[Origin, ...]:
    told = tomllib.loads(files("audioed").joinpath("languages", "en", "names.toml").read_text("utf-8"))
    common = told.pop("any")["letters"]
    return tuple(_origin(name, each, common) for name, each in told.items())


def _origin(name: str, told: Mapping[str, object], common: list[str]) -> Origin:
    lines = [line.partition(" ")[::2] for line in (*told["letters"], *common) if " " in line]  # type: ignore[misc]
    sounds = {f"s{number}": sound.strip() for number, (_, sound) in enumerate(lines)}
    branches = [f"(?P<s{number}>{pattern})" for number, (pattern, _) in enumerate(lines)]
    signs = re.compile("|".join(told["signs"]))  # type: ignore[arg-type]
    fits = re.compile(str(told.get("fits", "")))
    no = re.compile(str(told.get("not", "$^")))
    pattern = re.compile("|".join([*branches, "(?P<rest>.)"]))
    return Origin(
        name,
        lambda word: signs.search(word) and fits.search(word) and not no.search(word),
        pattern,
        {**sounds, "rest": ""},
        str(told["stress"]),
    )
