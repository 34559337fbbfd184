"""How a language writes its numbers: its marks, and those of its neighbours where they can mean nothing else."""

import re
from collections.abc import Mapping
from typing import Any


class Figures:
    """Decimal mark and groups of thousands."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._mark, self._groups = table["decimal"], table["thousands"]
        mark, groups = re.escape(self._mark), re.escape(self._groups)
        whole = rf"(?:[1-9]\d{{0,2}}(?:[{groups} ]\d{{3}}){{1,4}}(?!\d)|\d{{1,18}})"
        other = (
            rf"\d{{1,3}}(?:{mark}\d{{3}}){{2,4}}(?:{groups}\d{{1,2}})?|\d{{1,3}}(?:{mark}\d{{3}}){{1,4}}{groups}\d{{1,2}}"
            rf"|\d{{1,3}}(?:{mark}000){{1,4}}|\d{{1,6}}{groups}\d{{1,2}}|0{groups}\d{{3,9}}"
        )
        end = rf"(?![\d]|[{groups}{mark}]\d)"
        self.number = rf"(?:(?:{other}){end}|{whole}(?:{mark}\d{{1,9}})?(?!\d))"
        """A pattern of any number."""
        self._other = re.compile(other)

    def bare(self, number: str) -> str:
        """A number with a point before its fraction and nothing else."""
        if self.foreign(number):
            return number.replace(self._mark, "").replace(self._groups, ".")
        return number.replace(" ", "").replace(self._groups, "").replace(self._mark, ".")

    def foreign(self, number: str) -> bool:
        """Whether its marks are those of English: "12,345,678" or "3.5" where the mark is a comma."""
        return self._other.fullmatch(number) is not None
