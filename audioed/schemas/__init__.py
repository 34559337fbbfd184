"""
What may stand in each JSON file of audioed, for editors and other programs: JSON Schema files beside this one.

`python -m audioed.schemas` makes them from the model; a test compares them with it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audioed.model import Article, Episode, Identity, Making, Removals, Repeats, Run, Script, Speech, Stored
from audioed.nouns import SCHEMA

HERE = Path(__file__).parent
FILES: dict[str, type[Stored]] = {
    "article": Article,
    "script": Script,
    "speech": Speech,
    "episode": Episode,
    "show": Identity,
    "removed": Removals,
    "repeats": Repeats,
    "run": Run,
    "making": Making,
}
"""The stem of a noun's file and what is in it; `article-1.json` is an article, `written.json` a script, `run-1.json`
a night."""


def schemas() -> Iterator[tuple[Path, dict[str, Any]]]:
    """The schema of every noun (JSON Schema, draft 2020-12), and the file that it belongs in."""
    from pydantic import TypeAdapter

    before = Stored.__pydantic_config__
    Stored.__pydantic_config__ = {**before, "use_attribute_docstrings": True}  # what the model says of each field
    try:
        for stem, kind in FILES.items():
            schema = TypeAdapter(kind).json_schema()
            number = {
                "description": "Which keys this file may have.",
                "type": "integer",
                "minimum": 1,
                "maximum": SCHEMA,
            }
            properties = {"schema": number, **schema.pop("properties")}
            head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{stem}.json of audioed"}
            yield HERE / f"{stem}.schema.json", {**schema, **head, "properties": properties}
    finally:
        Stored.__pydantic_config__ = before
