"""Names of folders and files on every system: from a title, numbered where one is taken, told apart by a hash."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, count

HASH_LENGTH = 10
"""Hexadecimal digits that tell two versions of a file apart."""
VERSION = re.compile(r"-[0-9a-f]{10}\.\w+$")
"""How the name of such a file ends; others in a folder are somebody else's."""
LONGEST_NAME = 60
"""Characters of a folder name; leaves room for the hash and the ending under every file system's 255 bytes."""


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """A folder name for this text: lower-case ASCII letters, digits and hyphens, never empty, never a path."""
    from anyascii import anyascii

    letters = "".join(sign for sign in text if unicodedata.category(sign) != "So")  # a smile is no word of a title
    return _folder_name(anyascii(letters), text)


def first_slug(text: str) -> str:
    """The folder name that audioed 0.1 gave this text: letters that are no Latin ones with accents were left out."""
    return _folder_name(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode(), text)


def _folder_name(plain: str, text: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not name:  # a title of signs alone still needs a stable name
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return (
        name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit("-", 1)[0].strip("-") or name[:LONGEST_NAME]
    )


def untaken(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, with a number from 2 on behind it where somebody else has it."""
    numbered = (f"{name}-{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if not is_taken(each))


def versioned(name: str, data: bytes) -> str:
    """This file name with a hash of the bytes in it: `cover-1f0c2a93d7.jpg`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:HASH_LENGTH]}.{ending}"
