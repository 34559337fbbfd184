"""
What a feed looks like in a browser: a page that says what it is and how to subscribe.

CSS alone, for browsers are giving up XSLT (Chrome 158 has it off). Its words are
those of the show's language; nothing that a stranger wrote stands in it.
"""

from pathlib import Path

from audioed.wording import direction, wording

STYLESHEET = "feed.css"


def css(language: str) -> bytes:
    """The stylesheet of a feed in this language."""
    words, sheet = wording(language), template()
    told = {"DIRECTION": direction(language), "FEED": _string(words.feed), "SUBSCRIBE": _string(words.subscribe)}
    for name, value in told.items():
        sheet = sheet.replace(name, value, 1)
    return sheet.encode()


def template() -> str:
    """The same without its words."""
    return Path(__file__).with_name(STYLESHEET).read_text("utf-8")


def instruction(file: str) -> bytes:
    """What names the stylesheet at the start of a feed, whose file lies in the public folder or below it."""
    up = "../" * file.count("/")
    return f'<?xml-stylesheet type="text/css" href="{up}{STYLESHEET}"?>\n'.encode()


def _string(text: str) -> str:
    """A text as it may stand between the quotes of a string (CSS Syntax 3, 4.3.5)."""
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\a ")
