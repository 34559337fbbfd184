"""What writers of Markdown put into it beyond CommonMark: comments, notes, highlights, shortcodes, callouts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from audioed.extraction import formulas

OPENS, CLOSES = "\ue000", "\ue001"
"""Around the number of a piece that was taken out of the text; private characters, of which a text has none."""
CODE = re.compile(
    r"(?ms)^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<tick>`+)(?!`).{1,2000}?(?<!`)(?P=tick)(?!`)"
)
"""Listings and code, in which nothing is a dialect."""
TAKEN = re.compile(f"{OPENS}(\\d+){CLOSES}")
BRACKETED = (
    r"\[caption\b[^\]\n]*\].{0,500}?\[/caption\]|\[/?(?:vc|et_pb|fusion|av|su)_[a-z_]{2,30}(?: [^\]\n]{0,500})?\]"
    r"|\[/?[a-z][a-z0-9_-]{2,30}(?: +[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\]\"']+))+ */?\](?![(\[:])"
    r"|\[/[a-z][a-z0-9_-]{2,30}\]"
)
"""What WordPress puts something else for; words in brackets, such as [sic], have no attributes."""
SHORTCODE = re.compile(
    r"\{\{[<%][^{}]{0,500}[>%]\}\}|\{%[^{}]{0,500}%\}|\{\{[^{}]{0,200}\}\}|" + BRACKETED,
    re.DOTALL,
)
"""The same of Hugo and Jekyll, too."""
MODULE = (
    r"(?m)^(import\s[^\n;]{1,300}\sfrom\s+['\"][^'\"\n]+['\"];?|import\s+['\"][^'\"\n]+['\"];?"
    r"|export\s+(?:const|let|default|function)\b[^\n]*)[ \t]*$"
)
"""A line of JavaScript, as MDX has it."""
COMPONENT = r"(<[A-Z][\w.]*(?:\s(?:[^<>{}]|\{[^{}]{0,500}\}){0,500})?/>)"
"""A part of a page that MDX puts there, without text of its own."""
EXPORTED = (
    r"(?<=\n\n)(?=(?:[A-Z][^\n:]{1,30}: [^\n]*\n){0,10}(?:Created|Tags|Status|Last edited)[^\n:]{0,20}: )"
    r"((?:[A-Z][^\n:]{1,30}: [^\n]*\n){2,20})(?=\n)"
)
"""What Notion writes below the title of an exported page."""
PROPERTIES = (
    r"(?m)^[ \t]*(?:[-*][ \t]+)?([A-Za-z][\w-]{0,30}::[ \t][^\n]*"
    r"|(?:SCHEDULED|DEADLINE): <[^>\n]*>|:LOGBOOK:(?:\n(?!\s*:END:)[^\n]*){0,20}\n[ \t]*:END:)[ \t]*$"
)
"""What outliners such as Logseq note of a block or a page below its first line."""
CUTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hidden", re.compile(r"(?s)<!--((?:(?!<!--).)*?)-->")),
    ("hidden", re.compile(r"(?s)\{/\*(.{0,2000}?)\*/\}")),  # of MDX
    ("hidden", re.compile(r"(?m)^(% [^\n]*|\+\+\+(?: \{[^\n]*\})?|\([\w:.-]{1,80}\)=)[ \t]*$")),  # of MyST
    ("hidden", re.compile(PROPERTIES)),
    ("hidden", re.compile(EXPORTED)),
    ("hidden", re.compile(r"(?s)\{#[ \n](.{0,2000}?)[ \n]#\}")),  # of Jinja and Nunjucks
    ("hidden", re.compile(r"(?s)\{::comment\}(.{0,2000}?)\{:/(?:comment)?\}")),  # of Kramdown
    ("hidden", re.compile(r"(?s)\{>>(.{0,1000}?)<<\}")),  # of CriticMarkup
    ("deleted", re.compile(r"(?s)\{--(.{0,1000}?)--\}")),
    ("deleted", re.compile(r"(?s)\{~~(.{0,1000}?)~>(?=.{0,1000}?~~\})")),
    ("hidden", re.compile(r"(\(\([0-9a-f-]{4,40}\)\))")),
    ("hidden", re.compile(r"(?s)(?<!%)%%(?!%)(.{1,2000}?)(?<!%)%%(?!%)")),
    (
        "footnotes",
        re.compile(r"(?m)^ {0,3}(\[\^[^\]\n]+\]:[ \t]*(?:[^\n]*(?:\n(?:[ \t]*\n)*(?: {2,}|\t)(?=\S))?)*)"),
    ),
    ("footnotes", re.compile(r"(?<=\S)\^\[([^\[\]]{1,500})\]")),
    ("footnote-mark", re.compile(r"(?<=\S)[ \t]?(\[\^[^\]\s]+\])")),
    ("deleted", re.compile(r"(?<![~\w])~~(?=\S)([^~\n]+)(?<=\S)~~(?!~)")),
    ("shortcode", re.compile(f"({SHORTCODE.pattern})", re.DOTALL)),
    ("shortcode", re.compile(COMPONENT)),
    ("shortcode", re.compile(r"(?<![\w:])(:[a-z][a-z0-9_+-]{1,30}:)(?![\w:])")),  # an emoji by its name
    (
        "footnote-mark",
        re.compile(r"[ \t]?(\[(?:[^\[\]\n@]{0,40}[ ;-])?-?@[A-Za-z][^\[\]\n]{1,200}\])(?![(\[:])"),
    ),  # of Pandoc
    (
        "shortcode",
        re.compile(
            r"(?m)^[ \t]*"
            r"(\\(?:(?:begin|end)\{\w+\*?\}(?:\[[^\]\n]*\])?|[a-z]*page(?:break)?|[a-z]*skip|noindent"
            r"|tableofcontents|maketitle|vspace\{[^}\n]*\}))[ \t]*$"
        ),
    ),
    (
        "navigation",
        re.compile(
            rf"(?m)(?:^|(?<=[.!?…{CLOSES}]))"
            r"[ \t]{0,9}((?:^|[ \t]{1,9})#(?=[\w/-]{0,60}[A-Za-z])[\w/-]{1,60}(?:[ \t]{1,9}#[\w/-]{1,60})*)[ \t]*$"
        ),
    ),  # its tags
    ("byline", re.compile(r"(\[(?:name|time|color)=[^\]\n]{1,80}\])")),  # of HackMD, on a quote
    ("code", re.compile(MODULE)),
    (
        "hidden",
        re.compile(r"(?m)(?<=\S)[ \t]+(\^(?=[\w-]*[A-Za-z])[\w-]{1,40})[ \t]*$"),
    ),  # what Obsidian knows a block by
    (
        "contents",
        re.compile(r"(?m)^([*-][^\n]{0,80}\n\{:[ \t]*toc[^}\n]*\})[ \t]*$"),
    ),  # of Kramdown, in whose place it stands
    ("contents", re.compile(r"(?m)^(\[TOC\]|\[\[_?TOC_?\]\]|\{:? ?toc\})[ \t]*$", re.IGNORECASE)),
)
"""What is taken out of the text, and the rule for that."""


def _cited(found: re.Match[str]) -> str:
    """Who is cited in a sentence, as Pandoc writes it: "Tully (2010)" for "@tully2010"."""
    return f"{found[1].title()} ({found[2]})"


CHANGES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?m)^([ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+)\[[ xX>/?!*<-]\][ \t]+"), r"\1"),  # tasks,
    (re.compile(r"[ \t]*(?:#task\b|(?:📅|⏳|🛫|✅|➕|🔁)[ \t]?(?:\d{4}-\d\d-\d\d)?)"), ""),  # and when they are due
    (re.compile(r"(?m)^([ \t]*- )(?:TODO|DOING|DONE|NOW|LATER|WAITING|CANCELED)[ \t]+(?:\[#[ABC]\][ \t]+)?"), r"\1"),
    (re.compile(r"(?m)^((?:[ \t]*>)+[ \t]*)\[![\w-]+\][+-]?[ \t]*"), r"\1"),  # callouts of GitHub and Obsidian
    (re.compile(r"(?m)^[ \t]*:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]*)[ \t]*(.*)$"), r"\n\1\n"),  # of Pandoc and VuePress
    (re.compile("(?m)^([ \t]*<[A-Z][^\n<>]*>[ \t]*)\n(?=[ \t]*\ue002)"), "\\1\n\n"),  # a listing in a component of MDX
    (re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+)(?<=\S)==(?!=)"), r"\1"),  # highlights
    (
        re.compile(r"(?<=[\w)])~([+-]?\w{1,6})~"),
        lambda found: formulas.lowered(found[1]) if found[1][-1].isdigit() else found[1],
    ),
    (
        re.compile(r"(?<=[\w)])\^([+-]?\w{1,6})\^"),
        lambda found: formulas.raised(found[1]) if found[1][-1].isdigit() else found[1],
    ),
    (re.compile(r"(?m)^(#{1,6}[ \t].{1,300}?)[ \t]{0,9}\{[#.:][^{}\n]*\}[ \t#]*$"), r"\1"),  # names of headings
    (re.compile(r"(?m)^[ \t]*\{:[^{}\n]*\}[ \t]*$"), ""),
    (re.compile(r"\{:[ \t]*[.#\w][^{}\n]*\}"), ""),
    (re.compile(r"(?m)[ \t]\{[#.][\w:.-][^{}\n]*\}[ \t]*$"), ""),
    (re.compile(r"(?s)\{(?:\+\+|==)(.{0,1000}?)(?:\+\+|==)\}"), r"\1"),
    (re.compile(f"{CLOSES}([^{OPENS}\n]{{0,1000}}?)~~\\}}"), f"{CLOSES}\\1"),
    (
        re.compile(r"(?<![\w@./-])@([a-z]{2,30})((?:19|20)\d\d)[a-z]{0,12}\b(?: \[[^\]\n]{0,80}\])?"),
        _cited,
    ),  # of Pandoc
    (re.compile(r"(?<=[)\]])\{[:.#\w][^{}\n]*\}"), ""),
    (re.compile(r"#(?=\[\[[^\[\]\n]+\]\])"), ""),  # a tag of several words
    (re.compile(r"(?<!!)\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]"), r"\1"),  # links between notes
    (re.compile(r"!\[\[([^\[\]\n]+)\]\]"), r"![\1](embedded)"),
    (re.compile(r"(?m)^\*\[[^\]\n]+\]:.*$"), ""),  # what an abbreviation stands for
)
ADMONITION = re.compile(
    r"(?m)^(?:!!!|\?\?\?\+?)[ \t][\w -]{0,60}?(?:\"([^\"\n]*)\")?[ \t]{0,9}\n"
    r"((?:(?: {4}|\t).*\n?|[ \t]*\n(?= {4}|\t))*)"
)
"""A box of MkDocs: its title, and the lines that are indented below."""


ROLE = re.compile("\\{([a-z][a-z0-9:+-]{0,20})\\}\ue002(\\d+)\ue003")
"""What MyST says of the words between the ticks behind it."""
RUN = re.compile(r"`(?:=|r|python|julia) ")
"""How a piece of code begins in whose place its result is shown, by Dataview, knitr and Quarto."""
NUMBERS = frozenset({"cite", "footcite", "numref", "eq", "index", "label"})
"""Roles of what is shown as a number."""


@dataclass(slots=True)
class Dialect:
    """A text in CommonMark, and what was taken out of it."""

    text: str
    taken: list[tuple[str, str]] = field(default_factory=list)
    """Each piece, and the rule for that."""

    def told(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """A piece of the text as it is read, and what stood in it."""
        if OPENS not in text:
            return text, ()
        found = tuple(self.taken[int(number)] for number in TAKEN.findall(text) if int(number) < len(self.taken))
        rest = " ".join(TAKEN.sub(" ", text).split())
        return re.sub(r" +(?=[.,;:!?)])", "", rest), tuple(each for each in found if each[0])


def read(source: str) -> Dialect:
    """The text in CommonMark, its code as it was."""
    made = Dialect(source.replace(OPENS, "").replace(CLOSES, ""))
    codes: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        codes.append(found[0])
        return f"\ue002{len(codes) - 1}\ue003"

    text = CODE.sub(put_by, made.text.replace("\ue002", "").replace("\ue003", ""))
    for number, code in enumerate(codes):
        if RUN.match(code):
            text = text.replace(f"\ue002{number}\ue003", "")
            made.taken.append((code, "shortcode"))
    text = ROLE.sub(partial(_role, codes), ADMONITION.sub(_unboxed, formulas.said(text)))
    for rule, pattern in CUTS:
        text = pattern.sub(partial(_taken, made, rule), text)
    for pattern, change in CHANGES:
        text = pattern.sub(change, text)
    made.text = _with(codes, text)
    made.taken = [(_with(codes, piece), rule) for piece, rule in made.taken]
    return made


def _with(codes: list[str], text: str) -> str:
    return re.sub("\ue002(\\d+)\ue003", lambda found: codes[int(found[1])], text)


def _taken(made: Dialect, rule: str, found: re.Match[str]) -> str:
    made.taken.append((" ".join(TAKEN.sub("", found[1]).split()), rule))
    mark = f"{OPENS}{len(made.taken) - 1}{CLOSES}"
    return f"{mark}\n\n" if rule == "footnotes" and found[0].endswith("\n") else mark


def _role(codes: list[str], found: re.Match[str]) -> str:
    """The words that a role of MyST shows: "below" of {ref}`below <place>`."""
    words = re.sub(r"\s*<[^<>]*>$", "", codes[int(found[2])].strip("`"))
    return "" if found[1].partition(":")[0] in NUMBERS else words


def _unboxed(found: re.Match[str]) -> str:
    """The text of a box, and what stands over it."""
    inside = re.sub(r"(?m)^(?: {4}|\t)", "", found[2])
    return f"{found[1] or ''}\n\n{inside}\n"
