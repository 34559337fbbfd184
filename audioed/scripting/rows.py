"""A row of a table as it is said: each cell behind the head of its column, "Oslo, wind: thirty-five"."""

import re
from collections.abc import Iterator, Mapping

from audioed.model import Block
from audioed.scripting.split import LONGEST
from audioed.scripting.trace import sub, traced

_WORD = re.compile(r"(?<!\S)(?=\S)")


def heads(block: Block) -> Mapping[int, str]:
    """What is said before a cell, by where that begins in the block's text; nothing where the block is no such row."""
    return {start: f"{head}: " for start, head, _ in _cells(block) if head}


def breaths(block: Block) -> Iterator[str]:
    """The row in parts that are not too long with their heads; joined by spaces they are its text again."""
    begin = length = 0
    for start, head, end in _cells(block):
        said = len(head) + end - start + 4
        if start > begin and length + said > LONGEST:
            yield block.text[begin:start].rstrip()
            begin, length = start, 0
        length += said
    yield block.text[begin:]


def said(written: str, at: int, before: Mapping[int, str]) -> str:
    """These words, which begin at this place in the row, traced, with the heads of the cells among them."""
    text = traced(written)
    return sub(_WORD, lambda word: before.get(at + word.start(), ""), text) if before else text


def _cells(block: Block) -> Iterator[tuple[int, str, int]]:
    """Where each cell begins in the text, its head, and where it ends."""
    end = 0
    for head, text in block.cells:
        start = block.text.find(text, end)
        if start >= 0:
            end = start + len(text)
            yield start, head, end
