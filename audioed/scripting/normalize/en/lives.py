"""When people were born, married and died, as short lines about them tell."""

from audioed.scripting.normalize.en.days import DAYS, FULL_DAYS
from audioed.scripting.normalize.rules import rule

_MOMENT = (
    rf"[A-Z][a-z]+ (?:in|on) |A\.?D\b|(?:c\. ?|ca\. ?)?(?:1[0-9]|20)\d\d\b|(?:{DAYS})\b|(?:{FULL_DAYS})\b|the "
    rf"[a-z-]+ of [A-Z]|"
    rf"(?:in|on|at) [A-Z]|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
"""When somebody was born or died."""
_LIVED = {"m": "married", "fl": "flourished", "r": "reigned"}
RULES = (
    rule(".", rf"(?P<open>[(;,] ?)b\. ?(?={_MOMENT}|[A-Z][a-z]+(?:[.,;)]|$))", r"\g<open>born "),
    rule(
        ".",
        rf"(?P<open>[(;,] ?|[a-z)] )d\. ?(?=(?![A-Z][a-z]+ (?:in|on) [A-Z]){_MOMENT}|at \d|aged? \d|peacefully|"
        rf"suddenly|unexpectedly)",
        r"\g<open>died ",
    ),
    rule(
        ".",
        rf"(?P<open>[(;,] ?)(?P<did>m(?=\. ?(?:{_MOMENT}))|(?:fl|r)(?=\. ?(?:c\. ?|ca\. ?)?(?:\d{{3}}|"
        rf"(?:ten|eleven|twelve|twenty|[a-z]+teen) )))\. ?",
        lambda m: f"{m['open']}{_LIVED[m['did']]} ",
    ),
)
