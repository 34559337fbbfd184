"""Places in scripture in the languages beside English: "1 Kor 13,4" by book, chapter and verse."""

from collections.abc import Iterator
from functools import partial
from re import Match

from audioed.scripting.normalize.language import Language
from audioed.scripting.normalize.rules import DIGITS, Rule, choice, rule


def rules(language: Language) -> Iterator[Rule]:
    """One, where the language names the books."""
    table = language.table.get("scriptures", {})
    if table:
        books = choice({*table["books"], *table["books"].values()})
        place = r"(?P<chapter>\d{1,3})(?:, ?|:)(?P<verse>\d{1,3})(?:[-–](?P<last>\d{1,3}))?(?![\w:%]|[.,]\d)"
        part = r"(?:(?P<part>[123])[.ªº]? ?)?"
        yield rule(DIGITS, rf"(?<![\w.,]){part}(?P<book>{books})\.? {place}", partial(_place, language))


def _place(language: Language, match: Match[str]) -> str:
    table = language.table["scriptures"]
    part = f"{table['parts'][int(match['part']) - 1]} " if match["part"] else ""
    book = table["books"].get(match["book"], match["book"])
    verses = " ".join(filter(None, (match["verse"], match["last"] and language.table["to"], match["last"])))
    return f"{part}{book} {match['chapter']}, {verses}"
