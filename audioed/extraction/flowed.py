"""Lines of a letter that its writer never broke, made whole again (RFC 3676)."""

import re

DEPTH = re.compile(r">*")
SIGNATURE = "-- "
"""Ends a text; its space breaks nothing (RFC 3676, 4.3)."""


def unwrapped(text: str, *, delsp: bool) -> str:
    """The text with each paragraph on one line; `delsp` says that the space at a soft break was put there for it."""
    lines: list[str] = []
    open_, before = False, 0
    for stated in text.split("\n"):
        quoted = DEPTH.match(stated)
        depth = quoted.end() if quoted else 0
        line = stated[depth:].removeprefix(" ")  # stuffed (4.4)
        soft = line.endswith(" ") and line != SIGNATURE
        shown = line[:-1] if soft and delsp else line
        if open_ and depth == before and line != SIGNATURE:
            lines[-1] += shown
        else:
            lines.append(f"{'>' * depth}{' ' if depth else ''}{shown}")
        open_, before = soft, depth
    return "\n".join(each if each == SIGNATURE else each.rstrip() for each in lines)
