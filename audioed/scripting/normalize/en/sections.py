"""Chapter and verse: the parts of laws, books and series, and the abbreviations that stand before their numbers."""

import re
from re import Match

from audioed.languages import rows
from audioed.scripting.normalize.en import called, laws
from audioed.scripting.normalize.en.grammar import ends_sentence, stopped
from audioed.scripting.normalize.en.words import digits, halves, plain, year
from audioed.scripting.normalize.rules import DIGITS, choice, family, rule

_TABLE = rows("en", "abbreviations")
_NUMBERED = {row[0].rstrip("."): row[1] for row in _TABLE if row[2] == "part"}
_CASED = frozenset({"p", "pp", "l", "ll", "n", "nn", "ss"})
"""Only in lower case; "P. 5" would be somebody's initial."""
_WORDS_TOO = frozenset({"App", "Art", "Tab", "Ex", "Pop", "Fig", "Sec", "Op", "Par", "Pars", "Ann", "Fl", "Gr"})
"""In lower case a word that ends sentences."""
_BEFORE = (
    r"\. ?(?=#?\d|\((?:\d{1,2}|[ivx]{1,4}|[a-z]|EU|EC|EEC)\)|[IVXL]{2,}\b(?!\.\w)|[IVX]{1,5}[-–][IVX]+\b|[VXL]\b"
    r"(?!\.)|[ivxl]{2,5}\b)"
)
_NUMBERED_PART = r"\. ?[#(\dIVXLivxl]"
_SUBSECTION = r"(?:\([0-9]{1,3}\)|\([a-zA-Z]{1,4}\))"
_SMALL = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
"""Of the Roman numerals that number paragraphs those that are no single letter."""
_SECTION = len("230")


def _full(match: Match[str]) -> str:
    """The full word, whatever the case of the short one: "NO. 5", "no. 5" and "No. 5" sound alike."""
    word = match["word"]
    if word == "no" and ends_sentence(match.string, match.end("word") + 1):  # "The answer was no. 10 people left"
        return match[0]
    return f"{_WORDS[word.lower()]} "


_WORDS = {short.lower(): full for short, full in _NUMBERED.items()}


def _number(number: str) -> str:
    whole, point, rest = number.partition(".")
    said = halves(whole) if len(whole) >= _SECTION else plain(whole)
    return f"{said} point {plain(rest)}" if point else said


def _subsection(match: Match[str]) -> str:
    """A place in a law, "5(2)(b)", level by level."""
    parts = re.findall(r"\w+", match["levels"])
    said = _number(match["number"])
    if match["letter"]:
        said += f" {match['letter']}"
    for part in parts:
        number = part if part.isdecimal() else _SMALL.get(part)
        said += f", {plain(number)}" if number else f" {part.upper() if len(part) == 1 else part}"
    return said + (match["many"] or "")


def _standard(match: Match[str]) -> str:
    """A standard by its number, part and year: "ISO 9001:2015"."""
    part = f" dash {plain(match['part'])}" if match["part"] else ""
    dated = f", {year(match['year'])}" if match["year"] else ""
    head, *points = match["number"].split(".")
    round_ = len(head) not in _CALLED_BY_HALVES or "00" in {head[1:3], head[-2:]}
    said = " point ".join([plain(head) if round_ else halves(head), *map(plain, points)])
    letters = "".join(f" {letter}" for letter in match["letters"].upper())
    return f"{match['of'] or ''}{said}{letters}{part}{dated}"


_CALLED_BY_HALVES = (3, 4)
"""Digits."""


def _docket(match: Match[str]) -> str:
    """A case in court, by its year and number."""
    return f"{match['word']}{plain(match['year'])}, {halves(match['case'])}"


_BOOKS = {row[0]: row[1] for row in rows("en", "scriptures")}
_DOTTED = choice(book for book in _BOOKS if book.endswith("."))
_BOOKS |= {book: book for book in _BOOKS.values()}
_BOOKS |= {short[:-1]: book for short, book in _BOOKS.items() if short[-1] == "."}
_FIRST = {"1": "First ", "2": "Second ", "3": "Third "}
_PARTED = (
    "Samuel|Sam\\.|Kings|Kgs\\.|Chronicles|Chron\\.|Corinthians|Cor\\.|Thessalonians|Thess\\.|Timothy|Tim\\.|"
    "Peter|Pet\\.|John|Jn\\."
)
"""Of these there are several books, told apart by a number before them."""


def _verse(match: Match[str]) -> str:
    """A place in scripture, by chapter and verse: "1 Cor. 13:4" is First Corinthians thirteen, verse four."""
    said = f"{_FIRST.get(match['part'] or '', '')}{_BOOKS[match['book']]} {halves(match['chapter'])}"
    if not match["verse"]:
        return said
    if match["into"]:
        return f"{said}, verse {plain(match['verse'])}, to chapter {plain(match['last'])}, verse {plain(match['into'])}"
    following = " and following" if match.groupdict().get("on") else ""
    return said + _verses(match["verse"], match["last"]) + following + re.sub(_MORE, _further, match["more"])


def _chapter(match: Match[str]) -> str:
    """A book before its chapter; where the short form is that of something else, only in a text about scripture."""
    common = match["book"] in _COMMON and not _SCRIPTURE.search(match.string)
    return match[0] if common else f"{_BOOKS[match['book']]} "


_COMMON = frozenset({"Col.", "Num.", "Ex.", "Phil.", "Dan.", "Sam.", "Tim.", "Rev.", "Mal.", "Gen."})
_SCRIPTURE = re.compile(
    r"\b(?:[Bb]ible|[Ss]criptures?|[Vv]erses?|[Gg]ospels?|[Ee]pistle|[Pp]salms?|Ps\.|Cor\.|Rom\.|Matt\.|[Tt]estament)"
)


def _verses(first: str, last: str | None) -> str:
    return f", verses {plain(first)} to {plain(last)}" if last else f", verse {plain(first)}"


def _further(match: Match[str]) -> str:
    """Another place of the same book."""
    return f"{match['sign']} {halves(match['chapter'])}{_verses(match['verse'], match['last'])}"


_MORE = r"(?P<sign>[;,]) (?P<chapter>\d{1,3}):(?P<verse>\d{1,3})(?:[-–](?P<last>\d{1,3}))?"


_LAWS = frozenset({"article", "rule", "section", "clause", "regulation"})
_PARTS = "paragraph|subparagraph|section|subsection|clause|item|point|part|option|answer|article|limb|figure|question"


def _dashed(match: Match[str]) -> str:
    """A place in a law that a hyphen leads to; a range rises."""
    number, part = match["number"], match["part"]
    law = match.string[: match.start() - 1].rpartition(" ")[2].lower() in _LAWS
    return f"{plain(number)} dash {plain(part)}" if law and int(part) <= int(number) else match[0]


_PERIODICAL = {"no": "number", "vol": "volume", "pp": "pages", "iss": "issue"}
"""Where something was printed, without their stops."""


def _told(number: str) -> str:
    """A number that somebody reads from a label: by its halves while these are two, then digit by digit."""
    return halves(number) if len(number) == len("1234") else digits(number)


def _levels(match: Match[str]) -> str:
    """Parts of a law from one to the other: "(a)–(d)"."""
    last = match["last"]
    number = last if last.isdecimal() else _SMALL.get(last)
    until = plain(number) if number else last.upper()
    if match.start() == 0 or re.search(r"[^\dIVX] \Z", match.string[: match.start()]):  # no levels stand before it
        first = match["first"] if not number else _SMALL.get(match["first"], match["first"].replace("i", "1"))
        return f"{plain(first) if first.isdecimal() else first.upper()} to {until}"
    return f"({match['first']}) to {until}"


def _lettered(match: Match[str]) -> str:
    """A part that has a letter, "paragraph (b)"; what is below it stands apart."""
    return f"{match['cue']}{match['letter'].upper()}{',' * match.string.startswith('(', match.end())}"


_AIRS = re.compile(r"\b(?:airs?|aired|[Nn]ews|FM|anchors?|broadcasts?|TV)\b")
_STORMS = re.compile(r"\b(?:[Hh]urricanes?|[Ss]torms?|[Tt]yphoons?|[Cc]yclones?|landfall)\b")
_SENDERS = "DAB|UHF|VHF|TV|[Rr]adio|[Tt]elevision|Freeview|Sky|[Cc]able|[Mm]arine"
_LESSONS = re.compile(
    r"\b(?:[Hh]omework|[Dd]o|[Ss]olve|[Pp]ractice|[Ww]orkbook|[Tt]extbook|[Ll]esson|[Gg]rammar|[Ss]olutions?|pp?\.)(?!\w)"
)


def _exercise(match: Match[str]) -> str:
    """An exercise or a question, where the text is about lessons."""
    if not _LESSONS.search(match.string):
        return match[0]
    return f"{_TASKS[match['short']]}{'s' if match['many'] else ''} "


_TASKS = {"ex": "exercise", "Ex": "Exercise", "q": "question", "Q": "Question"}


_RULES = (
    rule(")", r"\A(?P<letter>[a-z])\) (?=\w)", lambda m: f"{m['letter'].upper()}, "),
    *laws.RULES,
    rule("I", r"(?P<film>\bISO \d{2,5}) ?[-–] ?(?=\d{3,6}\b)", r"\g<film> to "),
    rule(("Ch. ",), r"\bCh\. ?(?=\d{1,3}\b)", lambda m: "channel " if _AIRS.search(m.string) else m[0]),
    rule(("Ch.", "ch."), rf"(?P<of>\b(?:{_SENDERS}) )[Cc]h\. ?(?=\d)", r"\g<of>channel "),
    rule(".", r"\b(?P<short>[Ee]x|[Qq])(?P<many>s)?\. ?(?=\d)", _exercise),
    rule("n", r"(?<=\d )n\. ?(?=\d)", "note "),
    rule(
        "-–",
        r"(?P<number>(?<![\w.,-])\d{1,3}) ?(?P<first>[a-h])[-–](?P<last>[b-j])(?![\w-])",
        lambda m: f"{m['number']} {m['first'].upper()} to {m['last'].upper()}",
    ),
    rule(
        ":",
        rf"(?<![\w.])(?:(?P<part>[1-3]) )?(?P<book>{choice(_BOOKS)}) (?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})[abc]?"
        rf"(?P<on>ff?\b\.?)?(?:[-–](?P<last>\d{{1,3}})[abc]?(?::(?P<into>\d{{1,3}}))?)?"
        rf"(?P<more>(?:[;,] \d{{1,3}}:\d{{1,3}}(?:[-–]\d{{1,3}})?){{0,6}})"
        r"(?![\w:]|[.,]\d| ?[ap]\.?m\b)",
        _verse,
    ),
    rule(
        DIGITS,
        rf"(?<![\w.,])(?P<part>[1-3]) (?P<book>{_PARTED}) (?P<chapter>\d{{1,3}})"
        r"(?P<verse>)(?P<last>)(?P<into>)\b(?![:,.]\d)",
        _verse,
    ),
    rule(
        ".",
        rf"(?<![\w.])(?P<book>{_DOTTED}) (?=\d{{1,3}}\b(?![:.,]\d))",
        _chapter,
    ),
    rule("p", r"(?<=\d)-pp?\.(?= [a-z])", "-page"),
    rule(
        DIGITS,
        r"(?P<of>\b(?:ISO|IEC|EN|BS|DIN|ASTM|IEEE)(?:[/ ](?:IEC|EN|ISO))? (?!ISO )|(?<![\w.,$€£-])(?=802\.\d))"
        r"(?P<number>\d{3,5}(?:\.\d{1,2}){0,2})(?P<letters>(?<=802\.\d)[a-zA-Z]{0,2}|(?<=802\.\d\d)[a-zA-Z]{0,2}|)"
        r"(?:-(?P<part>\d{1,2}))?(?::(?P<year>(?:19|20)\d\d))?(?![\w:-]|[.,]\d|–\d)",
        _standard,
    ),
    rule(
        ("pt.",),
        r"(?P<kind>\b(?i:dew|melting|boiling|freezing|flash|yield) )pt\.",
        lambda m: m["kind"] + stopped("point", m),
    ),
    rule(
        ".", rf"(?<![\w.])(?P<word>(?i:{choice(set(_NUMBERED) - _CASED - _WORDS_TOO)})){_BEFORE}", _full, _NUMBERED_PART
    ),
    rule(
        ".",
        rf"(?<![\w.])(?P<word>{choice(_WORDS_TOO)}|{choice(map(str.upper, _WORDS_TOO))}){_BEFORE}",
        _full,
        _NUMBERED_PART,
    ),
    rule(".", rf"(?<=\()(?P<word>{choice(map(str.lower, _WORDS_TOO))}){_BEFORE}", _full, _NUMBERED_PART),
    rule(
        ".",
        r"(?:(?<=, )|(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\band )|(?<=\bunder ))"
        rf"(?P<word>{choice(map(str.lower, _WORDS_TOO))}){_BEFORE}",
        _full,
        _NUMBERED_PART,
    ),
    rule(".", rf"(?i)(?:(?<=\bsee )|(?<=\bcf\. ))(?P<word>{choice(_WORDS_TOO)}){_BEFORE}", _full, _NUMBERED_PART),
    rule(".", r"(?:(?<=\bin )|(?<=\band )|(?<=\bor )|(?<=, ))(?P<word>figs?|nn?)\. ?(?=\d)", _full, _NUMBERED_PART),
    rule(
        ".",
        r"(?<![\w.])(?P<word>App|[Aa]ppx|Apt|Fig|Tab|Exh|Bldg|Rm|Sec|Vol|Prop)\. "
        r"(?=[A-H]\b(?!\.[A-Z])|[A-HS]\d{1,2}\b)",
        _full,
    ),
    rule(
        ("no ", "vol ", "pp ", "iss "),
        r"(?<=[,;] )(?P<word>no|vol|pp|iss) (?=\d{1,4}(?:[-–]\d{1,4})?(?:[.,;:)](?!\d)|\s*\Z))"
        r"|(?<=\()(?P<first>no|vol|pp|iss) (?=\d)",
        lambda m: f"{_PERIODICAL[m['word'] or m['first']]} ",
    ),
    rule(
        "p",
        r"(?<![\w.])p\. ?(?=(?P<low>\d{1,4})[-–](?P<high>\d{1,4})\b)",
        lambda m: "pages " if int(m["low"]) < int(m["high"]) else "page ",
    ),
    rule(".", r"(?<![\w.])(?P<word>pp?|ss|ll?)\. ?(?=\d|[ivxl]+\b)", _full),
    rule(
        DIGITS,
        r"\b(?P<name>(?i:apartment|suite|room|unit|flat|gate|seat|row|platform|building|block|locker|cell|"
        r"ward|bay|exit)|Apt\.?)"
        r" (?P<number>\d{1,4})(?P<letter>[A-Z])(?!\w)",
        lambda m: f"{m['name'].replace('Apt.', 'Apartment')} {halves(m['number'])} {m['letter']}",
    ),
    rule(
        "-",
        r"(?<=[a-z] )(?P<number>\d{1,4})-(?P<part>\d{1,2})(?![\w-])",
        _dashed,
    ),
    rule(
        DIGITS,
        r"(?:(?P<cue>\b(?i:bugs?|issues?|tickets?|pull requests?|PRs?|invoices?|orders?|ID|case) )#?|#)"
        r"(?P<number>\d{5,12})(?![.,]?\w)",
        lambda m: f"{m['cue'] or 'number '}{digits(m['number'])}",
    ),
    rule(
        "#",
        r"(?P<cue>\b(?i:model|item|part|serial|product|catalog|style|order|lot|flight|policy)):? ?# ?"
        r"(?P<number>\d{4,12}(?![.,]?\w))?(?=[A-Za-z\d]|(?<=\d))",
        lambda m: f"{m['cue']} number {_told(m['number'] or '')}",
    ),
    rule("(", rf"(?P<cue>\b(?i:{_PARTS})s? )\((?P<letter>[a-zA-Z])\)(?!\w)", _lettered),
    rule(
        "",
        r"\b(?P<word>Bldg|Apt|Rm|Rte|Flr)s? (?=#?\d|[A-H]\b)",
        lambda m: f"{_NUMBERED[m['word']]} ",
    ),
    rule("s", r"(?<![\w.'])s\. ?(?=\d)", "section "),
    rule("N", r"\b(?P<word>Nos?)[  ]?(?=\d)", _full),
    rule(
        "-–",
        r"(?P<figure>\b[Ff]ig(?:ure|s\.|\.)?s? \d{1,3}) ?(?P<first>[A-Za-j])[-–](?P<last>[A-Za-j])(?![\w-])",
        lambda m: f"{m['figure']} {m['first'].upper()} to {m['last'].upper()}",
    ),
    rule(
        "S",
        r"\b[Ss]uppl?\.? (?=(?:[Tt]ab(?:le|\.)|[Ff]ig(?:ure|\.)|[Mm]aterial|[Ii]nformation|[Dd]ata)\b)",
        "Supplementary ",
    ),
    rule(
        "fF",
        r"(?<!°)\b[fF]/(?P<stop>\d{1,2}(?:\.\d)?)(?: ?(?P<red>L)\b)?(?!\d)",
        lambda m: f"f {plain(m['stop'])}{' L' if m['red'] else ''}",
    ),
    rule("fF", r"(?<!°)\b[fF]/(?=\d)", "f "),
    rule(
        DIGITS,
        r"(?P<chip>\b[A-Z][A-Za-z]+ (?:[A-Z]\w? )?[A-Z]?\d) (?P<number>\d{3})(?P<letter>[A-Z]{1,2})(?!\w|\.\w)",
        lambda m: f"{m['chip']} {halves(m['number'])} {m['letter']}",
    ),
    rule(
        "C", r"\b[Cc]at\.? (?=[1-5] (?:storm|hurricane|cyclone|typhoon|wind)s?\b)|\bCat\.[ -](?=[1-5]\b)", "Category "
    ),
    rule(("Cat ",), r"\bCat (?=[1-5]\b)", lambda m: "Category " if _STORMS.search(m.string) else m[0]),
    rule(("Ph.",), r"\bPh\. ?(?=(?:III|II|IV|I)\b)", "Phase "),
    rule(("cat. ",), r"(?<!\bthe )\bcat\. (?=[1-5]\b)", "category "),
    rule(
        "N",
        r"(?<=\b[Mm]odel )[Nn]o\. (?=[A-Z]{1,4}-?\d)|(?<!\w)No\. (?=[A-Z]{1,3}-?\d)|"
        r"(?<!\w)no\. (?=[A-Z]{1,3}-\d)",
        "number ",
    ),
    rule("(", r"\b(?P<road>A\d{1,4})\(M\)", r"\g<road> M"),
    rule("§", r"§§ ?(?=\d)", "sections "),
    rule("§", r"§ ?(?P<number>\d{3,4})(?![\w(]|[.,]\d)", lambda m: f"section {halves(m['number'])}"),
    rule(
        "-",
        r"(?P<word>\b(?:number|docket|case|resolution|ordinance),? )"
        r"(?P<year>\d\d)-(?P<case>\d{3,5}|(?<=ase number \d\d-)\d{1,2})\b",
        _docket,
    ),
    rule("¶", r"¶¶ ?(?=\d)", "paragraphs "),
    rule("§", r"§ ?(?=\d)", "section "),
    rule("¶", r"¶ ?(?=\d)", "paragraph "),
    rule(
        "(",
        r"\((?P<first>\d{1,2}|[a-z]|[ivx]{1,4})\) ?[-–] ?\((?P<last>\d{1,2}|[a-z]|[ivx]{1,4})\)",
        _levels,
    ),
    rule(
        "(",
        rf"(?<![\w.,$€£])(?<!\d[-–])(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?)(?P<letter>[A-Za-z]?)"
        rf"(?P<levels>{_SUBSECTION}{{1,6}})(?P<many>s)?(?!\w)",
        _subsection,
    ),
    *called.RULES,
)
"""In this order: abbreviations in full first, since numbers are called by the words before them."""
spoken = family(_RULES)
"""The text with every reference to a part of something in words."""
