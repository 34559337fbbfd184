"""
How well each language is read: the table in docs/languages.md, from the cases in tests/data/spoken/.

Run it with the project's own Python after a change of cases or rules. `--check` writes nothing and names what differs;
`--show CODE` prints what is said otherwise than the cases of a language want, `--from DIR` takes others' cases.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audioed.scripting.normalize import normalize
from audioed.scripting.split import sentences

HOME = Path(__file__).parents[1]
PAGE = HOME / "docs" / "languages.md"
CASES = HOME / "tests" / "data" / "spoken"
FAMILIES = (
    *("numbers", "ordinals", "money", "dates", "times"),
    *("units", "percentages", "abbreviations", "roman", "titles"),
)
"""Tables with a column of their own."""
LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese"}
ENGLISH = {
    "ordinals": re.compile(r"\d(?:st|nd|rd|th)\b"),
    "percentages": re.compile(r"%|\bper ?cent"),
    "titles": re.compile(
        r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Fr|Hon|Pres)\.? (?=(?:[A-Z]\.|[A-Z][a-z]))"
    ),
}
"""Families whose English cases stand in tables of several kinds, by what is written in them."""
OTHERS = "others"
WRONG = "! "
"""Before what is known to be said wrong today."""
BEGIN, END = "<!-- languages.py -->\n", "<!-- /languages.py -->\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A row of a table: a text, and what may be said for it; a bar stands where a sentence ends."""

    language: str
    family: str
    written: str
    wanted: tuple[str, ...]
    wrong: bool
    """Whether it is known to be said wrong."""

    @property
    def said(self) -> str:
        """What is said for it today."""
        if self.language == "en":  # whose sentences have cases of their own, in tests/data/split
            return normalize(self.written)
        return " | ".join(normalize(each, self.language) for each in sentences(self.written, self.language))

    @property
    def column(self) -> str:
        """Where it is counted."""
        kinds = ENGLISH if self.language == "en" else {}
        kind = next((kind for kind, written in kinds.items() if written.search(self.written)), self.family)
        return kind if kind in FAMILIES else OTHERS

    @property
    def right(self) -> bool:
        """Whether it is said as wanted; case, hyphens and punctuation make no difference."""
        return folded(self.said) in map(folded, self.wanted)


def folded(text: str) -> str:
    """What is heard of it: words, and where sentences end."""
    return " ".join(re.findall(r"[\w']+|\|", text.casefold().replace("’", "'")))


def cases(folder: Path = CASES) -> Iterator[Case]:
    """Every case of every language."""
    for path in sorted(folder.glob("*/*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("# "):
                written, *wanted = line.removeprefix(WRONG).split("\t")
                yield Case(path.parent.name, path.stem, written, tuple(wanted), line.startswith(WRONG))


def table(found: list[Case]) -> str:
    """Languages by families: how many cases are right, and how many there are."""
    columns = [*FAMILIES, OTHERS]
    lines = [f"| | {' | '.join(columns)} | all |", f"|---|{'---:|' * (len(columns) + 1)}"]
    for code, name in LANGUAGES.items():
        own = [each for each in found if each.language == code]
        cells = [[each for each in own if each.column == family] for family in columns]
        lines.append(f"| {name} | {' | '.join(map(told, [*cells, own]))} |")
    return "\n".join(lines) + "\n"


def told(some: list[Case]) -> str:
    """Right of all; nothing where there are none."""
    return f"{sum(each.right for each in some)} / {len(some)}" if some else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show", metavar="CODE", nargs="+", default=[])
    parser.add_argument("--from", dest="folder", metavar="DIR", type=Path, default=CASES)
    options = parser.parse_args()
    found = list(cases(options.folder))
    for each in found:
        if each.language in options.show and not each.right:
            print(f"{each.language}/{each.family}: {each.written}\n    said   {each.said}\n    wanted {each.wanted[0]}")
    if options.show or options.folder != CASES:
        print(table(found))
        return
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    page = f"{before}{BEGIN}{table(found)}{END}{rest.partition(END)[2]}"
    if not options.check:
        PAGE.write_text(page, "utf-8")
    elif page != PAGE.read_text("utf-8"):
        sys.exit("docs/languages.md is not what the cases say; run docs/languages.py.")


if __name__ == "__main__":
    main()
