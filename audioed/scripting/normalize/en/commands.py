"""What is typed at a computer: options of commands, paths, ports, names of files."""

import re
from re import Match

from audioed.scripting.normalize.en.words import digits, halves, plain
from audioed.scripting.normalize.rules import family, rule

_OPTION = re.compile(r"(?<=[`\s])(?P<dashes>--?)(?=[A-Za-z])")
_PATH = {".": " dot ", "/": " slash ", "~": " tilde ", "_": " underscore "}
_KINDS = (
    "jpe?g|png|gif|pdf|docx?|xlsx?|pptx?|txt|csv|zip|gz|html?|py|js|json|mp[34]|wav|mov|avi|raw|cr2|nef|dng|tiff?|psd|"
    "svg|heic|webp|epub|exe|dmg|iso|log|md|xml|ya?ml|toml|bak"
)
_SPOKEN_KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF", "mp3": "MP3", "mp4": "MP4"}
_YEARS = ("19", "20")


def _code(match: Match[str]) -> str:
    """A piece of code as it is dictated: "ls -la" is ls dash la."""
    said = _OPTION.sub(lambda option: "dash " * len(option["dashes"]), match[0])
    said = re.sub(r"(?<=[\w.]):(?=[\w./])", " colon ", re.sub(r"\$(?=[A-Z_a-z])", "dollar ", said))
    return re.sub(r"(?<=[`\s])\./(?=\w)", "dot slash ", said)


def _path(match: Match[str]) -> str:
    """A path from somebody's home, sign by sign."""
    said = re.sub(r"[./~_]|\d+", lambda sign: _PATH.get(sign[0]) or f" {plain(sign[0])} ", match[0])
    return " ".join(said.split())


def _drive(match: Match[str]) -> str:
    """A path of Windows, sign by sign."""
    rest = "".join(f" {part} backslash" for part in match["rest"].rstrip(".").split("\\")[:-1])
    last = match["rest"].rpartition("\\")[2]
    return f"{match['drive']} colon backslash{rest} {last}".rstrip()


def _port(match: Match[str]) -> str:
    return f"{match['host']} colon {halves(match['port'])}"


def _number(number: str) -> str:
    """A number in a name that somebody, or a camera, has given to a file."""
    year = len(number) == len("2024") and number.startswith(_YEARS)
    return halves(number) if year or len(number) < len("2041") else digits(number)


def _file(match: Match[str]) -> str:
    """The name of a file, with the kind behind its point."""
    name = re.sub(r"[_-]", " ", match["name"])
    name = re.sub(r"(?<=[a-z])(?=\d)|(?<=[A-Z]{2})(?=\d)|(?<=\d)(?=[A-Za-z]{2})", " ", name)
    name = re.sub(r"(?<!\w)\d+(?!\w)", lambda number: _number(number[0]), name)
    kind = match["kind"].lower()
    return f"{name} dot {_SPOKEN_KINDS.get(kind, match['kind'])}"


RULES = (
    rule(
        "-",
        r"(?P<cue>\b(?:install|build|ls|rm|cp|mv|grep|curl|ssh|tar|docker|cat|commit|mkdir|ps|exec|python3?) )-"
        r"(?=[a-zA-Z]{1,4}(?: |[.,;)]|\Z))",
        r"\g<cue>dash ",
    ),
    rule("#", r"\A# (?=of\b)", "number "),
    rule("#", r"\A#{1,6} (?=[A-Za-z])(?!of\b)", ""),  # what a shell is not to read
    rule(("./",), r"(?<!\S)(?P<dots>\.{1,2})/(?=\w)", lambda m: "dot " * len(m["dots"]) + "slash "),
    rule(":", r"(?<!\w)(?P<drive>[A-Z]):\\(?P<rest>[\w\\.-]{0,80})", _drive),
    rule(("--",), r"(?<!\S)--(?=[a-z]+(?:-[a-z]+|=\w))|(?:(?<=flag )|(?<=option ))--(?=[a-z])", "dash dash "),
    rule(
        "-",
        r"(?P<cue>\b(?:flags?|options?|switch|add|use|pass|run|as does|with|or|and) )-(?=[a-zA-Z]\b(?![-'.]\w))",
        r"\g<cue>dash ",
    ),
    rule(("chmod ",), r"(?<=\bchmod )(?P<mode>[0-7]{3,4})\b", lambda m: digits(m["mode"])),
    rule("~", r"(?<![\w~/])~/[\w.~/-]{1,60}(?<=\w)", _path),
    rule(
        ":",
        r"(?:\bhttps?://)?(?P<host>\blocalhost|(?<![\w.@/-])(?:[a-z][\w-]{0,62}\.){1,4}(?:com|org|net|io|local|dev)|"
        r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}):(?P<port>\d{2,5})(?:/(?=[\s.,;)]|$))?(?![\w:/]|[.,]\d)",
        _port,
    ),
    rule(
        ".",
        rf"(?<![\w./@~-])(?P<name>(?=[\w-]{{0,60}}\d)\w[\w-]{{0,60}})\.(?P<kind>(?i:{_KINDS}))(?![\w-]|\.\w)",
        _file,
    ),
)
"""In this order: options and paths before names of files."""
dictated = family((rule("`", r"`[^`]{1,200}`", _code),), "`")
"""The text with its pieces of code as they are dictated."""
