"""Markup that a text speaks of, as tutorials do, called by its names instead of spelled sign by sign."""

import re

TAGS = re.compile(r"(?:\s*</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>[^<>]{0,80})+")
OPENS = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")


def named(code: str) -> str:
    """A piece of markup by the names of its elements: `<ul class="a"><li>` is "ul li"; any other code as it is."""
    if not code.lstrip().startswith("<") or not TAGS.fullmatch(code):
        return code
    found = OPENS.findall(code)
    return " ".join(dict.fromkeys(name for closes, name in found if not closes)) or found[0][1]
