"""
Lexicons in the format that speech engines share: the W3C's Pronunciation Lexicon Specification 1.0.

https://www.w3.org/TR/pronunciation-lexicon/: a `lexeme` has graphemes, and phonemes or aliases; the first of each is
preferred (4.9). What the format has no word for goes into its `role` (4.4): parts of speech, and whether case matters.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.errors import ConfigError
from audioed.phonemes import foreign_to_ipa
from audioed.scripting.lexicon import Lexeme
from audioed.scripting.tagger import PARTS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
ROLES = "urn:audioed:lexicon-roles"
"""The namespace of our roles; a name, not a page."""
MOST_BYTES = 20_000_000
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def exported(lexemes: Iterable[Lexeme], language: str) -> bytes:
    """The lexemes as a PLS document; what is said only beside certain words has no place in it and is left out."""
    from lxml import etree

    names: dict[str | None, str] = {None: NAMESPACE, "audioed": ROLES}
    root = etree.Element(f"{{{NAMESPACE}}}lexicon", nsmap=names)
    root.set("version", "1.0")
    root.set("alphabet", "ipa")
    root.set(_LANGUAGE, language)
    for each in lexemes:
        if each.before or each.after:
            continue
        lexeme = etree.SubElement(root, f"{{{NAMESPACE}}}lexeme")
        roles = [*each.parts, *(["case"] if each.case else [])]
        if roles:
            lexeme.set("role", " ".join(f"audioed:{role}" for role in roles))
        for name, text in (("grapheme", each.written), ("phoneme", each.ipa), ("alias", each.spoken)):
            if text:
                etree.SubElement(lexeme, f"{{{NAMESPACE}}}{name}").text = text
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def imported(data: bytes, name: str) -> tuple[Lexeme, ...]:
    """
    The lexemes of a PLS document, one for each grapheme.

    ConfigError for what is no such document, or tells sounds in another
    alphabet than IPA, which is all that the specification asks every reader to know (4.1).
    """
    root = _root(data, name)
    alphabet = str(root.get("alphabet", "ipa")).lower()
    return tuple(
        _lexeme(element, grapheme, f"{name}, line {element.sourceline}", alphabet)
        for element in root.findall(f"{{{NAMESPACE}}}lexeme")
        for grapheme in _texts(element, "grapheme")
    )


def _root(data: bytes, name: str) -> "Element":
    from lxml import etree

    if len(data) > MOST_BYTES:
        raise ConfigError(f"{name}: is larger than any lexicon; name a smaller file.", path=Path(name))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(f"{name}: is not XML ({error}); name a PLS lexicon.", path=Path(name)) from error
    if root.tag != f"{{{NAMESPACE}}}lexicon":
        raise ConfigError(
            f"{name}: is not a PLS lexicon, whose root is `lexicon` in the namespace {NAMESPACE}; name another file.",
            path=Path(name),
        )
    return root


def _texts(element: "Element", name: str) -> list[str]:
    found = (" ".join("".join(each.itertext()).split()) for each in element.findall(f"{{{NAMESPACE}}}{name}"))
    return [text for text in found if text]


def _lexeme(element: "Element", grapheme: str, place: str, alphabet: str) -> Lexeme:
    phonemes, aliases = _texts(element, "phoneme"), _texts(element, "alias")
    for each in element.findall(f"{{{NAMESPACE}}}phoneme"):
        alphabet = str(each.get("alphabet", alphabet)).lower()
    if phonemes and alphabet != "ipa":
        raise ConfigError(f"{place}: gives sounds in {alphabet!r}; write them in IPA.", path=Path(place))
    ipa = phonemes[0].strip("/") if phonemes else ""
    alias = aliases[0] if aliases else ""
    if foreign := foreign_to_ipa(ipa):
        raise ConfigError(f"{place}: {foreign!r} is not a letter of IPA; write the sound in IPA.", path=Path(place))
    if not ipa and not alias:
        raise ConfigError(f"{place}: {grapheme!r} has neither a phoneme nor an alias; add one.", path=Path(place))
    if any(map(str.isdigit, alias)):
        raise ConfigError(f"{place}: {alias!r} has digits; write them as words.", path=Path(place))
    roles = [role.rpartition(":")[2] for role in str(element.get("role", "")).split()]
    return Lexeme(
        written=grapheme,
        spoken=alias,
        ipa=ipa,
        case="case" in roles or grapheme.isupper(),
        parts=tuple(role for role in roles if role in PARTS),
        place=place,
    )
