"""
The rules of `audioed lint`: the table in docs/lint.md, from the rules themselves.

Run it with the project's own Python after a change of a rule. `--check` writes nothing and tells what differs.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from audioed.linting import chapters, document, files, podcast, published, server, transcripts
from audioed.linting.finding import Rule
from audioed.linting.gate import EPISODES, SHOW
from audioed.linting.rules import RULES

PAGE = Path(__file__).parent / "lint.md"
BEGIN, END = "<!-- lint.py -->\n", "<!-- /lint.py -->\n"
FAMILIES = {
    "The document": document.RULES,
    "The show": SHOW,
    "The episodes": EPISODES,
    "Chapters": chapters.RULES,
    "Transcripts": transcripts.RULES,
    "Tags of Podcasting 2.0": podcast.RULES,
    "Files": files.RULES,
    "The folder": published.RULES,
    "The server": server.RULES,
}


def tables() -> Iterator[str]:
    """A heading and a table for each family of rules."""
    assert sum(map(len, FAMILIES.values())) == len(RULES)  # noqa: S101 - a family that is forgotten
    for name, rules in FAMILIES.items():
        yield f"## {name}\n\n| rule | | what it wants | who says so | what to do |\n|---|---|---|---|---|\n"
        yield "".join(map(row, rules))
        yield "\n"


def row(rule: Rule) -> str:
    """A rule as a row of a table."""
    cells = (f"`{rule.id}`", rule.severity, rule.wants, rule.source, rule.remedy)
    return f"| {' | '.join(cell.replace('|', '&#124;').replace('<', '&lt;') for cell in cells)} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    page = f"{before}{BEGIN}{''.join(tables())}{END}{rest.partition(END)[2]}"
    if not options.check:
        PAGE.write_text(page, "utf-8")
    elif page != PAGE.read_text("utf-8"):
        sys.exit("docs/lint.md is not what the rules say; run docs/lint.py.")


if __name__ == "__main__":
    main()
