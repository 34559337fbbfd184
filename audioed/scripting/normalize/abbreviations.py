"""Shortened words in full; dotted initials without the stops that a voice would pause at."""

import re
from re import Match

_ALWAYS = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Messrs": "Messieurs",
    "Prof": "Professor",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Gov": "Governor",
    "Sen": "Senator",
    "Sens": "Senators",
    "Rep": "Representative",
    "Reps": "Representatives",
    "Gen": "General",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Capt": "Captain",
    "Cmdr": "Commander",
    "Sgt": "Sergeant",
    "Maj": "Major",
    "Adm": "Admiral",
    "Pres": "President",
    "Supt": "Superintendent",
    "Mt": "Mount",
    "Ft": "Fort",
}
"""Titles and places, before a name."""
_ANYWHERE = {
    "vs": "versus",
    "v": "versus",
    "etc": "et cetera",
    "Inc": "Incorporated",
    "Corp": "Corporation",
    "Ltd": "Limited",
    "Co": "Company",
    "Bros": "Brothers",
    "Jr": "Junior",
    "Sr": "Senior",
    "Dept": "Department",
    "Univ": "University",
    "approx": "approximately",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Hwy": "Highway",
    "hwy": "highway",
    "Assn": "Association",
}
_LATIN = {"e.g.": "for example", "i.e.": "that is", "a.k.a.": "also known as", "cf.": "compare", "et al.": "and others"}
_NUMBERED = {
    "No": "number",
    "Nos": "numbers",
    "Vol": "volume",
    "Ch": "chapter",
    "Fig": "figure",
    "Sec": "section",
    "Art": "article",
    "pp": "pages",
    "p": "page",
    "Rte": "Route",
    "Apt": "Apartment",
    "Ste": "Suite",
    "Rm": "Room",
}
_CALENDAR = {
    "Jan": "January",
    "Feb": "February",
    "Aug": "August",
    "Sept": "September",
    "Oct": "October",
    "Nov": "November",
    "Dec": "December",
    "Mon": "Monday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Thurs": "Thursday",
    "Fri": "Friday",
}
_STATES = {
    "Calif": "California",
    "Mass": "Massachusetts",
    "Conn": "Connecticut",
    "Fla": "Florida",
    "Tex": "Texas",
    "Ill": "Illinois",
    "Mich": "Michigan",
    "Minn": "Minnesota",
    "Pa": "Pennsylvania",
    "Va": "Virginia",
    "Wis": "Wisconsin",
    "Colo": "Colorado",
    "Ariz": "Arizona",
    "Tenn": "Tennessee",
    "Okla": "Oklahoma",
    "Wash": "Washington",
    "Ore": "Oregon",
    "Ky": "Kentucky",
    "Md": "Maryland",
    "Mo": "Missouri",
    "Ala": "Alabama",
    "Ga": "Georgia",
    "La": "Louisiana",
}
_WORDS = frozenset({"US", "UK", "UN", "EU", "AI", "AM", "PM", "BC", "DC", "LA", "TV", "UAE", "USA", "PR", "NY", "CV"})
"""Initials that a voice spells by itself when they are written together."""
_SENTENCE_STARTS = re.compile(
    r"[\"')]*(?:\s*$|\s+[\"'(]*(?:The|A|An|In|On|At|It|He|She|We|They|You|But|And|Or|So|This|That|These|There|I|If|For|As|"
    r"When|While|After|Before|Since|Its|His|Her|Their|Our|My|What|Who|Why|How|Not|No|Now|Then|Still|Yet|Also|With|One)\b)"
)


def ends_sentence(text: str, place: int) -> bool:
    """Whether the stop of an abbreviation, which ends here, is the sentence's stop as well."""
    return bool(_SENTENCE_STARTS.match(text[place : place + 16]))


def _choice(table: dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, table), key=len, reverse=True))


_TITLE = re.compile(rf"\b(?P<word>{_choice(_ALWAYS)})\.(?=\s?[A-Z\"'])")
_BARE = re.compile(r"\b(?P<word>Mr|Mrs|Ms|Dr)(?= [A-Z])")
_MONTHS = re.compile(rf"\b(?P<word>{_choice(_CALENDAR)})\.(?=[\s,;:)]|$)")
_STATE = re.compile(rf"(?<=, )(?P<word>{_choice(_STATES)})\.(?!\w)")
_SHORT = re.compile(rf"\b(?P<word>{_choice(_ANYWHERE)})\.(?!\w)")
_VERSUS = re.compile(r"(?<=[\w.] )vs?(?= [A-Za-z\d])")
_LATIN_WORD = re.compile(r"\b(?P<word>e\.g\.|i\.e\.|a\.k\.a\.|cf\.|et al\.)(?P<comma>,)?", re.IGNORECASE)
_NUMBER = re.compile(rf"\b(?P<word>{_choice(_NUMBERED)})\. ?(?=#?\d|[IVXL]+\b)", re.IGNORECASE)
_DOCTOR = re.compile(r"\bDr\.(?=\s?[A-Z\"'])")
_DRIVE = re.compile(r"(?<=[a-z] )Dr\b\.?(?=[,;]|\s*$)")
_SAINT = re.compile(
    r"(?<![a-z] )(?<![\d] )\bSt\. ?(?=[A-Z])|(?<=\b(?:in|at|of|to|by|or) )St\. ?(?=[A-Z])|\bSt\. (?=Louis|Paul|"
    r"Petersburg|James|John|Peter|Andrews|Patrick|Mary|George|Kitts|Lucia|Vincent|Thomas|Francis|Helens)"
)
_STREET = re.compile(r"(?<=[\w.] )St\.(?!\w)")
_DOCTORATE = re.compile(r"\bPh\. ?D\.")
_LETTERS = re.compile(r"(?<![\w.])(?P<letters>(?:[A-Za-z]\.){2,6}(?:[A-Z](?![\w.])(?!'))?)(?P<plural>'?s\b)?")
_INITIAL = re.compile(r"(?<![\w.'])(?P<letter>[A-Z])\.(?= ?(?:[A-Z]\.|[A-Z][a-z]))")


def _stopped(said: str, match: Match[str]) -> str:
    """The full word, with the stop of the short one where that is the sentence's too."""
    return f"{said}." if ends_sentence(match.string, match.end()) else said


def _short(match: Match[str]) -> str:
    said = _ANYWHERE[match["word"]]
    return said if match["word"] in {"v", "vs"} else _stopped(said, match)


def _letters(match: Match[str]) -> str:
    """Initials as one acronym where a voice spells that, with hyphens where it would make a word of it."""
    letters = match["letters"].replace(".", "")
    upper = letters.upper()
    if letters.islower() and upper not in {"AM", "PM"}:
        said = "-".join(upper)
    else:
        said = upper if upper in _WORDS else "-".join(upper)
    ends = match["letters"].endswith(".") and not match["plural"] and ends_sentence(match.string, match.end())
    return f"{said}{match['plural'] or ''}{'.' if ends else ''}"


def spoken(text: str) -> str:
    """The text with abbreviations written out."""
    if "." in text:
        text = _LATIN_WORD.sub(lambda m: _LATIN[m["word"].lower()] + (m["comma"] or ""), text)
        text = _NUMBER.sub(lambda m: f"{_cased(m['word'])} ", text)
        text = _TITLE.sub(lambda m: _ALWAYS[m["word"]], text)
        text = _DOCTOR.sub("Doctor", text)
        text = _MONTHS.sub(lambda m: _CALENDAR[m["word"]], text)
        text = _STATE.sub(lambda m: _stopped(_STATES[m["word"]], m), text)
        text = _SAINT.sub("Saint ", text)
        text = _STREET.sub(lambda m: _stopped("Street", m), text)
        text = _SHORT.sub(_short, text)
        text = _DOCTORATE.sub(lambda m: _stopped("PhD", m), text)
        text = _LETTERS.sub(_letters, text)
        text = _INITIAL.sub(lambda m: _stopped(m["letter"], m), text)
    text = _BARE.sub(lambda m: {**_ALWAYS, "Dr": "Doctor"}[m["word"]], text)
    text = _DRIVE.sub("Drive", text)
    return _VERSUS.sub("versus", text)


def _cased(word: str) -> str:
    """The full word, whatever the case of the short one: "NO. 5", "no. 5" and "No. 5" sound alike."""
    return next(full for short, full in _NUMBERED.items() if short.lower() == word.lower())
