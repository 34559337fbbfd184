"""Everything that can be done in the studio, each as one function, whoever asks: a page, a program, an assistant."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from audioed.studio import (
    approving,
    choosing,
    difference,
    editing,
    editions,
    hearing,
    looking,
    nights,
    saying,
    script,
    settings,
    speaking,
    tonight,
    uploading,
)
from audioed.toml import adapter

WAV, PNG, HTML = "audio/wav", "image/png", "text/html"
JSON = "application/json"
LARGEST = 200_000
"""Bytes of a request: a hundred times the longest sentence."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done."""

    name: str
    method: str
    path: str
    """What stands in braces is a field of what is asked; all others are the query of a GET, or the body in JSON."""
    call: Callable[[Any, Any], Any]
    """Takes the desk and what is asked, and gives a dataclass, bytes or a file."""
    media_type: str = JSON
    largest: int = LARGEST
    """Bytes of a request."""

    @property
    def asked(self) -> type[Any]:
        """What is asked."""
        given = list(inspect.signature(self.call).parameters.values())[1]
        hints = get_type_hints(self.call, localns={"Desk": object})
        kind: type[Any] = hints[given.name]
        return kind

    @property
    def gives(self) -> Any:
        """What comes back."""
        return get_type_hints(self.call, localns={"Desk": object})["return"]

    @property
    def told(self) -> str:
        """What it does, in a sentence or two."""
        return inspect.cleandoc(self.call.__doc__ or "")

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"


EDITION = "/api/editions/{edition}"
UTTERANCE = f"{EDITION}/utterances/{{utterance}}"
ACTIONS = (
    Action("about", "GET", "/api/show", editions.about),
    Action("editions", "GET", "/api/editions", editions.listed),
    Action("add", "POST", "/api/editions", editions.open_article),
    Action("open", "GET", EDITION, script.opened),
    Action("retitle", "PATCH", EDITION, editing.retitle),
    Action("discard", "DELETE", EDITION, editions.discard),
    Action("remove", "POST", f"{EDITION}/remove", editions.remove),
    Action("restore", "POST", f"{EDITION}/restore", editions.restore),
    Action("fix", "PATCH", UTTERANCE, editing.change),
    Action("say_more", "POST", f"{UTTERANCE}/after", editing.add),
    Action("leave_out", "DELETE", UTTERANCE, editing.leave_out),
    Action("revert", "POST", f"{EDITION}/revert", editing.revert),
    Action("choose", "POST", f"{EDITION}/choices", choosing.choose),
    Action("preview", "GET", f"{UTTERANCE}/sound", hearing.sound, WAV),
    Action("words", "GET", f"{UTTERANCE}/words", hearing.words),
    Action("try_sound", "POST", f"{UTTERANCE}/sound", saying.try_word, WAV),
    Action("try", "POST", "/api/sound", hearing.tried, WAV),
    Action("doubts", "GET", f"{EDITION}/doubts", saying.doubts),
    Action("say", "POST", f"{EDITION}/sounds", saying.says),
    Action("lexicon", "GET", "/api/lexicon", saying.lines),
    Action("voices", "GET", "/api/voices", speaking.voices),
    Action("promos", "GET", "/api/promos", editions.promos),
    Action("difference", "GET", f"{EDITION}/difference", difference.difference),
    Action("approve", "POST", f"{EDITION}/approve", approving.approve),
    Action("undo", "POST", f"{EDITION}/undo", approving.undo),
    Action("verify", "POST", f"{EDITION}/verify", approving.verify),
    Action("publish", "POST", "/api/deploy", approving.deploy),
    Action("job", "GET", "/api/jobs/{job}", approving.job),
    Action("recording", "GET", f"{EDITION}/recording", looking.recording, "audio/mpeg"),
    Action("waveform", "GET", f"{EDITION}/waveform", looking.shape),
    Action("picture", "GET", f"{EDITION}/picture.png", looking.picture, PNG),
    Action("nights", "GET", "/api/nights", nights.nights),
    Action("report", "GET", "/api/nights/{night}", nights.report, HTML),
    Action("tonight", "POST", "/api/tonight", tonight.tonight),
    Action("arranged", "GET", "/api/tonight", tonight.arranged),
    Action("arrange", "PATCH", "/api/tonight", tonight.arrange),
    Action("put_aside", "POST", "/api/queue", tonight.put),
    Action("upload", "POST", "/api/files", uploading.upload, largest=LARGEST + uploading.LARGEST // 3 * 4),
    Action("settings", "GET", "/api/settings", settings.settings),
    Action("set", "PATCH", "/api/settings", settings.change),
)


def openapi() -> dict[str, Any]:
    """All actions, as OpenAPI 3.1 describes them."""
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {}
    for action in ACTIONS:
        paths.setdefault(action.path, {})[action.method.lower()] = _operation(action, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "audioed studio",
            "version": "1",
            "description": "An edition heard, corrected and approved. Ask with `Authorization: Bearer KEY`, the key of "
            "the studio's address; whatever is not a GET also needs the header `X-Audioed-Studio: 1`.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def schema(kind: Any, schemas: dict[str, Any], prefix: str = "#/components/schemas/") -> dict[str, Any]:
    """The JSON Schema of a dataclass; what it is made of is added to the others."""
    found: dict[str, Any] = adapter(kind).json_schema(ref_template=prefix + "{model}")
    schemas |= found.pop("$defs", {})
    return found


def _operation(action: Action, schemas: dict[str, Any]) -> dict[str, Any]:
    asked = schema(action.asked, schemas)
    in_path = {each.name for each in fields(action.asked) if f"{{{each.name}}}" in action.path}
    rest = {name: each for name, each in asked.get("properties", {}).items() if name not in in_path}
    needed = [name for name in asked.get("required", ()) if name in rest]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": asked["properties"][name]} for name in sorted(in_path)
    ]
    if action.is_read:
        parameters += [
            {"name": name, "in": "query", "required": name in needed, "schema": each} for name, each in rest.items()
        ]
    summary, _, description = action.told.partition("\n")
    operation: dict[str, Any] = {"operationId": action.name, "summary": summary, "parameters": parameters}
    if description.strip():
        operation["description"] = description.strip()
    if rest and not action.is_read:
        body = {"type": "object", "properties": rest, "required": needed, "additionalProperties": False}
        operation["requestBody"] = {"required": bool(needed), "content": {JSON: {"schema": body}}}
    binary = action.gives in (bytes, Path)
    content = {} if binary else _answer(action, schemas)
    operation["responses"] = {
        "200": {"description": "Done.", "content": {action.media_type: content}},
        "default": {"description": "What is wrong, in `error`; 409 with what stands there now, in `theirs`."},
    }
    return operation


def _answer(action: Action, schemas: dict[str, Any]) -> dict[str, Any]:
    kind = action.gives
    schemas[kind.__name__] = schema(kind, schemas)
    return {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}
