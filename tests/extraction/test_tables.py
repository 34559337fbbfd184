"""Tables of data: each cell comes with what stands above it."""

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.model import Page

TEXT = "<p>The wind on the mole was as strong as it has been since the year of the flood, said the harbour master.</p>"


def rows(table):
    text = (
        f"<html lang='en'><body><article><h1>The wind</h1>{TEXT}{table}{TEXT.replace('mole', 'quay')}</article></body>"
    )
    blocks = extract(Page(url="wind.html", media_type="text/html", text=text), Extraction()).blocks
    return [(block.text, [head for head, _ in block.cells]) for block in blocks[1:-1]]


HEADED = "<tr><th>City<th>Wind<th>Rain</tr>"
BOLD = "<tr><td><b>City</b><td><b>Wind</b><td><strong>Rain</strong></tr>"
TWO_DEEP = "<tr><th rowspan=2>Day<th colspan=2>Wind<th rowspan=2>Rain</tr><tr><th>mean<th>most</tr>"
DATA = "<tr><td>Oslo<td>35<td>2</tr>"


@pytest.mark.parametrize(
    "table",
    [
        f"<table><thead>{HEADED}</thead><tbody>{DATA}</tbody></table>",
        f"<table>{HEADED}{DATA}</table>",
        f"<table>{HEADED.replace('<th>', '<th scope=col>')}{DATA.replace('<td>Oslo', '<th scope=row>Oslo')}</table>",
        f"<table><thead>{HEADED.replace('th>', 'td>')}</thead>{DATA}</table>",
        f"<table>{BOLD}{DATA}</table>",
        f"<table>{HEADED.replace('th>', 'td>')}{DATA}<tr><td>Bergen<td>12 mph<td>–</tr></table>",
        f"<table>{HEADED.replace('<th>City', '<td>')}{DATA}</table>",
        f"<table><caption>Harbours</caption><colgroup><col></colgroup>{HEADED}{DATA}</table>",
        f"<table>{HEADED.replace('Wind', 'Wind:')}{DATA.replace('35', '<p>35</p>')}</table>",
    ],
)
def test_a_cell_comes_with_the_head_of_its_column_however_that_is_marked(table):
    assert dict(rows(table)).get("Oslo, 35, 2") == ["", "Wind", "Rain"]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            "<tr><th>Wind</th><td>35</td></tr><tr><th>Rain</th><td>2</td></tr>",
            [("Wind: 35", ["", ""]), ("Rain: 2", ["", ""])],
        ),
        (
            f"{TWO_DEEP}<tr><td rowspan=2>2 May<td>4<td>8<td>1<tr><td>5<td>7<td>2",
            [
                ("2 May, 4, 8, 1", ["", "Wind mean", "Wind most", "Rain"]),
                ("5, 7, 2", ["Wind mean", "Wind most", "Rain"]),
            ],
        ),
        (f"{HEADED}<tr><td>Oslo<td><td>2</tr>", [("Oslo, 2", ["", "Rain"])]),
        (f"{HEADED}<tr><td>Oslo<td colspan=2>no readings</tr>", [("Oslo, no readings", ["", ""])]),
        (f"{HEADED}<tr><td>Oslo<td>Wind 35<td>–</tr>", [("Oslo, Wind 35, –", ["", "", ""])]),
        (
            f"{HEADED}<tr><th colspan=3>North</tr>{DATA}<tr><th>City<th>Boats</tr><tr><td>Bergen<td>9</tr>",
            [("Oslo, 35, 2", ["", "Wind", "Rain"]), ("Bergen, 9", ["", "Boats"])],
        ),
        ("<tr><th>Year<th>Boats</tr><tr><td>1900<td>4</tr>", [("1900, 4", ["Year", "Boats"])]),
        ("<tr><td>Oslo<td>35</tr><tr><td>Bergen<td>12</tr>", [("Oslo: 35", ["", ""]), ("Bergen: 12", ["", ""])]),
        (
            "<tr><td>Built:<td>1931</tr><tr><td>2<td>masts</tr><tr><td>Crew<td></tr>",
            [("Built: 1931", ["", ""]), ("2, masts", ["", ""]), ("Crew", [""])],
        ),
        ("<tr><td>Oslo:<td>35<td>2</tr>", [("Oslo: 35, 2", ["", "", ""])]),
        ('<tr><th colspan=99999999>Wind<th rowspan="-1">Rain</tr><tr><td>Oslo<td>3</tr>', [("Oslo, 3", ["", "Wind"])]),
    ],
)
def test_heads_and_cells_find_each_other_across_a_table(table, found):
    assert [each for each in rows(f"<table>{table}</table>") if each[0] in dict(found)] == found


@pytest.mark.parametrize("role", ["presentation", "none"])
def test_a_table_that_lays_out_the_page_has_no_rows(role):
    assert any(cells for _, cells in rows(f"<table>{HEADED}{DATA}</table>"))
    assert not any(cells for _, cells in rows(f"<table role='{role}'>{HEADED}{DATA}</table>"))


def test_a_table_of_markdown_keeps_its_heads_over_empty_cells():
    text = f"{TEXT[3:-4]}\n\n| City | Wind | Rain |\n|---|---|---|\n| Oslo | | 2 |\n"
    *_, (row,) = [extract(Page(url="wind.md", media_type="text/markdown", text=text), Extraction()).blocks[2:]]
    assert (row.text, row.cells) == ("Oslo, 2", (("", "Oslo"), ("Rain", "2")))
