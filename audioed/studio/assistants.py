"""The studio for assistants: its actions as tools of the Model Context Protocol, on standard input and output."""

import json
import logging
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import audioed
from audioed.errors import AudioedError, Conflict
from audioed.store import discreet
from audioed.studio.actions import ACTIONS, HTML, WAV, Action, schema
from audioed.studio.app import called, told
from audioed.studio.desk import Desk

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
"""Of the protocol, in all of which tools are the same."""
PARSING, INVALID, NO_METHOD, PARAMETERS, INTERNAL = -32700, -32600, -32601, -32602, -32603
"""JSON-RPC 2.0, 5.1."""
LARGEST = 1_000_000
"""Characters of a line that is read."""
INSTRUCTIONS = (
    "The studio of an audioed show: articles become drafts (`add`), which are heard (`preview`), corrected (`fix`, "
    "`say`, `choose`) and approved (`approve`), which publishes them. Send the version of an utterance that `open` "
    "gave. `approve`, `undo`, `verify`, `publish` and `tonight` give a job; ask `job` until its state is done or "
    "failed. Ask the author before you approve, publish, remove or discard anything."
)
TOOLS = {each.name: each for each in ACTIONS}
GRAVE = frozenset({"approve", "discard", "leave_out", "publish", "remove", "revert", "undo"})
"""What cannot simply be taken back, or reaches listeners."""
log = logging.getLogger(__name__)


class _Refused(Exception):
    """A request that is none."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def serve(desk: Desk, lines: Iterable[str], out: IO[str]) -> None:
    """Answer each line, a message of JSON-RPC 2.0, until there is none any more."""
    for line in lines:
        if answer := answered(desk, line):
            out.write(json.dumps(answer, ensure_ascii=True) + "\n")
            out.flush()


def answered(desk: Desk, line: str) -> dict[str, Any] | None:
    """The answer to a message; None to a notification, and to an empty line."""
    if not line.strip():
        return None
    number = None
    try:
        message = _message(line)
        number = message.get("id")
        if number is None:
            return None
        return {"jsonrpc": "2.0", "id": number, "result": _result(desk, message)}
    except _Refused as error:
        return {"jsonrpc": "2.0", "id": number, "error": {"code": error.code, "message": str(error)}}
    except Exception:  # a bug of ours: the studio goes on
        log.exception("a message broke off")
        return {"jsonrpc": "2.0", "id": number, "error": {"code": INTERNAL, "message": "audioed broke off."}}


def tools() -> list[dict[str, Any]]:
    """Every action as a tool."""
    return [_tool(each) for each in ACTIONS]


def _message(line: str) -> dict[str, Any]:
    try:
        message = json.loads(line) if len(line) <= LARGEST else None
    except (ValueError, RecursionError) as error:
        raise _Refused(PARSING, "That is not JSON.") from error
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise _Refused(INVALID, "That is not a JSON-RPC 2.0 message.")
    if not (isinstance(message.get("method"), str) and isinstance(message.get("id"), str | int | None)):
        raise _Refused(INVALID, "That is not a JSON-RPC 2.0 message.")
    return message


def _result(desk: Desk, message: dict[str, Any]) -> dict[str, Any]:
    given = message.get("params", {})
    if not isinstance(given, dict):
        raise _Refused(PARAMETERS, "Send the parameters as an object.")
    match message["method"]:
        case "initialize":
            wanted = given.get("protocolVersion")
            return {
                "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "audioed", "version": audioed.__version__},
                "instructions": INSTRUCTIONS,
            }
        case "ping":
            return {}
        case "tools/list":
            return {"tools": tools()}
        case "tools/call":
            return _called(desk, given)
        case other:
            raise _Refused(NO_METHOD, f"There is no method {other[:80]!r}.")


def _called(desk: Desk, given: dict[str, Any]) -> dict[str, Any]:
    action, values = TOOLS.get(str(given.get("name"))), given.get("arguments") or {}
    if action is None or not isinstance(values, dict):
        raise _Refused(PARAMETERS, f"There is no tool {str(given.get('name'))[:80]!r}.")
    try:
        found = called(action, desk, values)
    except AudioedError as error:
        theirs = {"theirs": error.theirs} if isinstance(error, Conflict) else {}
        text = told({"error": discreet(str(error)), **theirs}).decode()
        return {"content": [{"type": "text", "text": text}], "isError": True}
    if action.media_type == HTML:
        return {"content": [{"type": "text", "text": found.decode()}]}
    if isinstance(found, bytes):
        kind = "audio" if action.media_type == WAV else "image"
        return {"content": [{"type": kind, "data": b64encode(found).decode(), "mimeType": action.media_type}]}
    if isinstance(found, Path):
        return {"content": [{"type": "text", "text": str(found)}]}
    text = told(found).decode()
    return {"content": [{"type": "text", "text": text}], "structuredContent": json.loads(text)}


def _tool(action: Action) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    asked = schema(action.asked, schemas, "#/$defs/")
    if schemas:
        asked["$defs"] = schemas
    return {
        "name": action.name,
        "description": action.told,
        "inputSchema": asked,
        "annotations": {"readOnlyHint": action.is_read, "destructiveHint": action.name in GRAVE},
    }
