"""Tables of data: the head of each cell, so that a listener hears "Wind: thirty-five" and not a bare number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from audioed.characters import line
from audioed.extraction.tree import Element
from audioed.textkey import folded

LONG_CELL = 40
"""Words of a table cell that is prose: the table only lays out the page."""
LONGEST_HEAD = 10
"""Words of a head that is said again with each of its cells."""
MOST_COLUMNS = 60
"""Columns that are looked at; a stranger's `colspan` may claim any number."""
ROLES = {
    "table": "table",
    "grid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "rowgroup": "tbody",
}
"""What an element of a role is called where it needs no role."""
BOLD = ("b", "strong")
NAMES = re.compile(r"[^\W\d_]{2,}")
NUMBER = re.compile(r"[\W_]*(?:\d[\d.,' \u00a0\u202f]*[\W_]*(?:[^\W\d_]{1,3})?)?\W*")
"""A number with its unit, or nothing, as "–"."""


@dataclass(frozen=True, slots=True)
class _Cell:
    element: Element
    text: str
    first: int
    """Its column, counted from 0,"""
    columns: range
    """and all that it reaches over."""


def lays_out(table: Element) -> bool:
    """Whether a table holds prose or tables: one cell a row, or a long one, or several paragraphs in most of them."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True  # looked for first, so that ten thousand in each other cost little
    rows = [row for row in table.iterfind(".//tr") if row.find("td") is not None]  # a row of heads holds no data
    cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
    if len(cells) <= len(rows) or any(len(cell.text_content().split()) > LONG_CELL for cell in cells):
        return True
    told = [cell for cell in cells if cell.text_content().strip()]
    return all(cell.tag == "td" for cell in told) and 2 * sum(map(_is_text, told)) > len(told)


def _is_text(cell: Element) -> bool:
    """Whether a cell holds several paragraphs, as those of a letter in columns do."""
    blocks = (each for each in cell.iter("p", "h1", "h2", "h3", "h4", "li") if each.text_content().strip())
    return len([*islice(blocks, 2)]) > 1


def settle(body: Element) -> None:
    """Tables that are told by their roles alone are tables (WAI-ARIA 1.2, `table` and `grid`)."""
    for table in body.xpath(".//*[@role='table' or @role='grid'][not(self::table)]"):
        for each in table.iter("*"):
            each.tag = ROLES.get(each.get("role") or "", each.tag)


def heads(table: Element) -> Mapping[Element, str]:
    """
    The head of each cell of a table: that of its column, empty for a cell that is a head itself (HTML, 4.9.12).

    Where heads stand above heads, as "Wind" above "mean" and "most", both are one.
    """
    rows = list(filter(None, _grid(table)))
    found: dict[Element, str] = {}
    above: dict[int, str] = {}
    in_head = False
    for number, row in enumerate(rows):
        is_head = _is_head(row) or (number == 0 and _looks_like_head(rows))
        title = is_head and len(row) == 1  # names the rows below it, which have the same columns
        if is_head and not title:
            above = above if in_head else {}
            above |= {at: line(f"{above.get(at, '')} {cell.text}") for cell in row for at in cell.columns}
        marked = [is_head or each.element.tag == "th" or each.element.get("scope") == "row" for each in row]
        over = [above.get(each.first, "") if len(each.columns) == 1 else "" for each in row]
        said = paired(over, [each.text for each in row], marked)
        found |= {each.element: head for each, head in zip(row, said, strict=True)}
        in_head = is_head and not title
    return found


def paired(heads: Sequence[str], texts: Sequence[str], marked: Sequence[bool] = ()) -> list[str]:
    """
    The head that is said before each text of a row, for the heads of its columns; none where it would say nothing.

    The first text names its row, unless it is a number; others may be `marked` as heads.
    """
    said = []
    for at, (head, cell) in enumerate(zip(heads, texts, strict=True)):
        names = any(marked[at : at + 1]) or (at == 0 and NAMES.search(cell))
        twice = folded(cell).startswith(folded(head)) or not folded(cell)
        said.append("" if names or twice or len(head.split()) > LONGEST_HEAD else head)
    return said


def naming(table: Element) -> frozenset[Element]:
    """The cells that name the only other one of their row, as in a table of facts: "Wind: 35"; none below heads."""
    rows = list(filter(None, _grid(table)))
    if any(map(_is_head, rows)) or _looks_like_head(rows):
        return frozenset()
    pairs = (row for row in rows if len(row) == 2 and all(len(each.columns) == 1 for each in row))  # noqa: PLR2004
    return frozenset(row[0].element for row in pairs if _names(row[0].text) and row[1].text)


def _names(text: str) -> bool:
    return bool(NAMES.search(text)) and len(text.split()) <= LONGEST_HEAD and text[-1].isalnum()


def _is_head(row: Sequence[_Cell]) -> bool:
    """Whether a row holds the heads of columns, by its tags; above the heads of rows the corner may be empty."""
    named = row[1:] if len(row) > 1 and not row[0].text else row
    in_head = next(row[0].element.iterancestors("thead"), None) is not None
    return in_head or all(each.element.tag == "th" for each in named)


def _looks_like_head(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether the first row is one without being marked: words in bold, or words above a column of numbers."""
    if not rows:
        return False
    first, *others = rows
    if len(first) < 2 or not others or not all(NAMES.search(each.text) for each in first[1:]):  # noqa: PLR2004
        return False
    if all(_is_bold(each.element) for each in first):
        return True
    below = [[each.text for row in others for each in row if each.first == head.first] for head in first[1:]]
    named = not any(any(map(str.isdigit, each.text)) for each in first)
    return named and any(len(column) > 1 and all(map(NUMBER.fullmatch, column)) for column in below)


def _is_bold(cell: Element) -> bool:
    """Whether all that a cell says is bold."""
    bold = next(cell.iter(*BOLD), None)
    return bold is not None and folded(bold.text_content()) == folded(cell.text_content())


def _grid(table: Element) -> Iterator[list[_Cell]]:
    """The cells of each row with the columns that they stand in (HTML, 4.9.12.1)."""
    taken: dict[int, int] = {}
    """Column -> rows that a cell above still reaches into it."""
    for row in table.iter("tr"):
        column, cells, reaching = 0, list[_Cell](), dict[int, int]()
        for cell in row.iterchildren("td", "th"):
            while taken.get(column):
                column += 1
            columns = range(column, min(column + _span(cell, "colspan"), MOST_COLUMNS))
            reaching |= dict.fromkeys(columns, _span(cell, "rowspan"))
            cells.append(_Cell(cell, line(cell.text_content()).rstrip(" :"), column, columns))
            column += max(1, len(columns))
        taken = {at: left - 1 for at, left in (taken | reaching).items() if left > 1}
        yield cells


def _span(cell: Element, name: str) -> int:
    stated = (cell.get(name) or "1").strip()
    return max(1, int(stated)) if re.fullmatch("[0-9]{1,9}", stated) else 1
