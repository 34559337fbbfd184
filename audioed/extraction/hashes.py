"""The hashed words of all rows of a page in one, so that they are weighed together."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Words:
    """The hashes of all rows, and how many each row has."""

    all: "NDArray[np.uint32]"
    lengths: "NDArray[np.int64]"

    @classmethod
    def of(cls, rows: "Words | Sequence[Sequence[int]]") -> "Words":
        """Those of these rows."""
        import numpy as np

        if isinstance(rows, Words):
            return rows
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        arrays = [row for row in rows if isinstance(row, array)]
        if len(arrays) == len(rows):  # the same, ten times as fast
            return cls(np.frombuffer(b"".join(arrays), np.uint32), lengths)
        return cls(np.fromiter(chain.from_iterable(rows), np.uint32, int(lengths.sum())), lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, row: int) -> "NDArray[np.uint32]":
        end = int(self.lengths[: row + 1].sum())
        return self.all[end - int(self.lengths[row]) : end]

    def __iter__(self) -> "Iterator[NDArray[np.uint32]]":
        import numpy as np

        return iter(np.split(self.all, self.lengths.cumsum()[:-1]))


def paired(words: Words) -> Words:
    """The same words, and behind those of each row each pair of them that stand side by side."""
    import numpy as np

    own, lengths = words.all, words.lengths
    whole = np.maximum(2 * lengths - 1, 0)
    out, begins = np.empty(int(whole.sum()), np.uint32), whole.cumsum() - whole
    places = _places(begins, lengths)
    out[places] = own
    last = np.zeros(len(own), bool)
    last[(lengths.cumsum() - 1)[lengths > 0]] = True
    first = np.flatnonzero(~last)
    out[places[first] + np.repeat(lengths, lengths)[first]] = own[first] * np.uint32(31) + own[first + 1]
    return Words(out, whole)


def in_rows(*parts: Words) -> Words:
    """The words of each row in several parts, one behind the other."""
    import numpy as np

    lengths = np.stack([part.lengths for part in parts]).sum(axis=0)
    out, begins = np.empty(int(lengths.sum()), np.uint32), lengths.cumsum() - lengths
    for part in parts:
        out[_places(begins, part.lengths)] = part.all
        begins = begins + part.lengths
    return Words(out, lengths)


def _places(begins: "NDArray[np.int64]", lengths: "NDArray[np.int64]") -> "NDArray[Any]":
    """The place of each word where those of each row begin there."""
    import numpy as np

    return np.arange(int(lengths.sum())) + np.repeat(begins - (lengths.cumsum() - lengths), lengths)
