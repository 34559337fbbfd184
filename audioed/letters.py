"""Letters that a voice has no sound for, as those that stand for them: other shapes, rare accents, other scripts."""

import re
import unicodedata
from functools import lru_cache
from re import Match

SHAPED = re.compile(
    "(?P<power>(?<=[A-Za-z0-9)])[⁰¹²³⁴-⁾]*[ⁱʲⁿᵏᵐˣʸ][⁰¹²³⁴-⁾ⁱʲⁿᵏᵐˣʸ]*(?![\\w⁰-ₜ]))|(?P<below>[ₐ-ₜᵢ-ᵪ]+)|[\uff66-\uff9f]+|"
    "[\u017f\u0149\u01c4-\u01cc\u01f1-\u01f3\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d61\u1d78\u1d9b-\u1dbf\u2071\u207f"
    "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c-\u2131\u2133\u2134\u2139\u2145-\u2149\u24b6-\u24e9"
    "\u3380-\u33df\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\U0001f130-\U0001f149"
    "\U0001f150-\U0001f169]"
)
"""Letters and digits that are only drawn otherwise: ligatures, bold, wide, circled, raised, lowered, squared units."""
_BEYOND = (
    "\u0180-\u02ff\u0370-\u1fff\u2c00-\u2dff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff\u3400-\ud7ff\uf900-\ufdff\ufe70-\ufefc"
    "\U00010000-\U00018aff\U00018d00-\U0001cfff\U0001e000-\U0001eeff\U00020000-\U0003ffff"
)
"""Letters beyond those of Western and Central Europe; not the stand-ins of the lexicon, which are Khitan."""
FOREIGN = re.compile(
    rf"[A-Za-z\u00c0-\u017f]*(?:(?!\d)[{_BEYOND}āēīōūĀĒĪŌŪ])(?:(?!\d)[A-Za-z\u00c0-\u024f\u0300-\u036f{_BEYOND}])*"
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GREEK = "[\u0370-\u03ff\u1f00-\u1fff]"
_INDIC = (
    "DEVANAGARI",
    "BENGALI",
    "GURMUKHI",
    "GUJARATI",
    "ORIYA",
    "TAMIL",
    "TELUGU",
    "KANNADA",
    "MALAYALAM",
    "SINHALA",
)
_SANSKRIT = re.compile("[ṛṝḷṅṇṃṁ]", re.IGNORECASE)
_SANSKRIT_LETTERS = str.maketrans(
    {"ṛ": "ri", "ṝ": "ri", "Ṛ": "Ri", "ś": "sh", "Ś": "Sh", "ṣ": "sh", "Ṣ": "Sh", "ḷ": "li"}
)
"""As English writes them: Krishna, Vishnu, Rigveda."""
_VOWELLESS: dict[int, str] = {
    ord(letter): latin
    for row in (
        "اaأaإiآaىaءـئؤةaبbتtثthجjحhخkhدdذdhرrزzسsشshصsضdطtظzعـغghفfقqكkلlمmنnهhوwيyپpچchژzhگgکkیy",
        "אaבbגgדdהhוwזzחkhטtיyכkhךkhלlמmםmנnןnסsעaפpףfצtsץtsקkרrשshתt",
    )
    for letter, latin in re.findall("([^a-z])([a-z]*)", row)
}
"""Arabic, Persian and Hebrew letters; of the vowels most are not written."""
_SEMITIC = ("ARABIC", "HEBREW")
_CONSONANT = "(?:sh|th|kh|gh|dh|ch|zh|ts|[bcdfghjklmnpqrstvwxyz])"
_GLIDE = re.compile(rf"(?<=[^aeiou])(?:(?P<u>w)|y)(?={_CONSONANT}|\Z)")
_CLUSTER = re.compile(
    rf"[aiu]{_CONSONANT}?|(?P<first>{_CONSONANT})(?={_CONSONANT})(?P<last>{_CONSONANT}(?={_CONSONANT}|\Z))?"
)
"""A syllable that lacks its vowel, as far as the one that closes it; what has one is left out."""
_LONG = re.compile(r"(.)\1+")


def shape(match: Match[str]) -> str:
    """What stands for a match of `SHAPED`: ordinary letters (Unicode's NFKC), powers behind a ^."""
    flat = unicodedata.normalize("NFKC", match[0])
    if match["power"]:
        flat = flat.replace("\u2212", "-")
        return f"^{flat}" if len(flat.lstrip("-")) == 1 else f"^({flat})"
    if match["below"]:
        return f" {flat}"
    squared = "\u3380" <= match[0] <= "\u33df"
    return re.sub(r"(?<=m)[23]\Z", lambda power: "²³"[int(power[0]) - 2], flat) if squared else flat


def familiar(match: Match[str]) -> str:
    """What stands for a match of `FOREIGN`; a Greek letter that is no word by its name, but for µ and Ω of measures."""
    word = match[0]
    before = match.string[max(0, match.start() - 2) : match.start()]
    if word == "μΩ" and before.strip()[-1:].isdigit():
        return word
    greek = re.findall(_GREEK, word)
    if not greek or (len(greek) == len(word) > 1):
        return _latin(word)
    if greek[-1] in "μΩ" and (before.strip()[-1:].isdigit() or len(word) > 1) and word.replace(greek[-1], "").isascii():
        return word
    parts = re.findall(f"{_GREEK}|[^{_GREEK[1:-1]}]+", word)
    said = "".join(f" {_greek(part)} " if part in greek else FOREIGN.sub(familiar, part) for part in parts).strip()
    after = match.string[match.end() : match.end() + 1] or "."
    return f"{' ' if before[-1:].isalnum() else ''}{said}{' ' if after in _RAISED and parts[-1] in greek else ''}"


def _greek(sign: str) -> str:
    """The name of a Greek letter: "lambda" for λ."""
    name = unicodedata.name(sign, "").partition(" LETTER ")[2].partition(" ")[0]
    return name.lower().replace("lamda", "lambda")


@lru_cache(maxsize=1024)
def _latin(word: str) -> str:
    """The word in Latin letters, without accents; one that has a capital first keeps it."""
    from anyascii import anyascii

    script = unicodedata.name(next(filter(str.isalpha, word), "?"), "").partition(" ")[0]
    if script in _SEMITIC:
        return _vocalized(word)
    if script in _INDIC:
        return _syllables(word)
    if _SANSKRIT.search(word):
        word = word.translate(_SANSKRIT_LETTERS)
    latin = anyascii(word).replace("`", "").strip("'")
    if script == "CJK":
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", latin)
    return latin.capitalize() if script == "HANGUL" else latin


def _vocalized(word: str) -> str:
    """A word of a script that leaves most vowels out, with those that make it sayable: "marhaba" for مرحبا."""
    plain = unicodedata.normalize("NFKC", word)
    bare = "".join(_VOWELLESS.get(ord(sign), "") for sign in plain)
    bare = _GLIDE.sub(lambda glide: "u" if glide["u"] else "i", bare)
    return _CLUSTER.sub(lambda found: f"{found['first']}a{found['last'] or ''}" if found["first"] else found[0], bare)


def _syllables(word: str) -> str:
    """A word of an Indian script by the names of its letters; a consonant has an "a" where no other vowel follows."""
    said = ""
    for sign in word:
        kind, _, name = unicodedata.name(sign, "").partition(" ")[2].rpartition(" ")
        name = _LONG.sub(r"\1", name.lower().replace("ss", "sh"))
        if kind == "LETTER":
            said += name
        elif kind == "VOWEL SIGN":
            said = said.removesuffix("a") + name
        elif name in {"virama", "al-lakuna"}:
            said = said.removesuffix("a")
        elif name in {"anusvara", "bindi", "tippi"}:
            said += "n"
    return said.removesuffix("a") if len(said) > len("na") and "LETTER" in unicodedata.name(word[-1], "") else said
