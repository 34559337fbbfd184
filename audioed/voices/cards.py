"""Voice cards and lexicons: those that ship with audioed, those that were installed, and a show's own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from audioed.languages import primary
from audioed.model import Voice
from audioed.toml import checked, refuse_beyond, tables
from audioed.voices.places import data_folder

LIMITS: Mapping[str, tuple[float, float]] = {
    "price": (0, float("inf")),
    "rate": (0.25, 4),
    "level": (-30, 30),
    "high_pass": (0, 2000),
    "de_ess": (0, 30),
    "pitch": (-24, 24),
}
"""The least and the most that a voice card may say."""


def voice_cards(show_folder: Path) -> dict[str, Voice]:
    """Every voice card by name: those that ship with audioed, then the installed ones, then the show's."""
    return {**_cards_of_ours(shipped()), **_cards(installed()), **_cards(show_folder / "voices")}


def shipped() -> Path:
    """The folder of voice cards and lexicons: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "shipped"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "voices"


def installed() -> Path:
    """The folder of the cards of installed voices."""
    return data_folder() / "voices"


def lexicons(show_folder: Path, language: str = "") -> tuple[Path, ...]:
    """
    The lexicons in the order they are read: those that ship with audioed, the user's for all shows, the show's own.

    A file that is named for a language, as `de.tsv` and `de-names.tsv` are,
    holds for texts in it; any other holds for all. Without a language: every file.
    """
    return tuple(
        path
        for folder in (shipped(), installed(), show_folder / "voices")
        for path in sorted((folder / "lexicon").glob("*.tsv"))
        if not language or len(code := path.stem.partition("-")[0]) != len("en") or code == primary(language)
    )


def _cards(folder: Path) -> dict[str, Voice]:
    return {card.stem: _card(card) for card in sorted(folder.glob("*.toml"))}


_cards_of_ours = cache(_cards)
"""The same of a folder whose cards stay as they are while audioed runs."""


def _card(path: Path) -> Voice:
    card: Voice = checked(Voice, {"name": path.stem, **tables(path)}, path)
    refuse_beyond(card, LIMITS, path)
    return card
