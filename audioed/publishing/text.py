"""Text and addresses that every podcast app can swallow: no characters that XML forbids."""

from dataclasses import fields, is_dataclass, replace
from typing import Any
from urllib.parse import quote

from audioed.addresses import web_address
from audioed.characters import plain


def escaped(name: str) -> str:
    """The name of a file or folder as a part of an address."""
    return quote(plain(name), safe="")


def picture_address(name: str, folder: str) -> str:
    """The address of a picture, which is given or lies in this folder, or nothing."""
    return web_address(name) or (web_address(f"{folder}/{escaped(name)}") if name else "")


def cleaned(value: Any) -> Any:
    """The same noun, its texts without characters that a feed may not have; so no tag can be forgotten."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(cleaned(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: cleaned(getattr(value, each.name)) for each in fields(value)})
    return value
