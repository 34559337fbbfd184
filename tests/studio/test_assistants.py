"""The studio's actions as an assistant asks for them, line by line (JSON-RPC 2.0, Model Context Protocol)."""

import json
from base64 import b64decode
from io import StringIO

from jsonschema import Draft202012Validator

from audioed.studio.actions import ACTIONS
from audioed.studio.assistants import VERSIONS, serve, tools


def asked(studio, *messages):
    out = StringIO()
    lines = [each if isinstance(each, str) else json.dumps({"jsonrpc": "2.0", **each}) for each in messages]
    serve(studio.desk, [f"{each}\n" for each in lines], out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def call(name, **arguments):
    return {"id": name, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def test_an_assistant_meets_every_action_with_what_it_takes(studio):
    begun, listed = asked(
        studio,
        {"id": 1, "method": "initialize", "params": {"protocolVersion": VERSIONS[1], "capabilities": {}}},
        {"method": "notifications/initialized"},
        "",
        {"id": 2, "method": "tools/list"},
    )
    assert (begun["result"]["protocolVersion"], begun["result"]["serverInfo"]["name"]) == (VERSIONS[1], "audioed")
    assert [each["name"] for each in listed["result"]["tools"]] == [each.name for each in ACTIONS]
    for each in tools():
        Draft202012Validator.check_schema(each["inputSchema"])
    grave = {each["name"] for each in tools() if each["annotations"]["destructiveHint"]}
    assert {"approve", "publish", "remove", "discard"} <= grave
    assert not any(each["annotations"]["readOnlyHint"] for each in tools() if each["name"] in grave)


def test_an_assistant_adds_hears_and_corrects(studio):
    (added,) = asked(studio, call("add", article="lamp.html"))
    name = added["result"]["structuredContent"]["edition"]
    said = studio.utterances(name)[1]
    seen = {"edition": name, "utterance": said["id"]}
    fixed, refused, heard = asked(
        studio,
        call("fix", **seen, version=said["version"], pause=2.5),
        call("fix", **seen, version=said["version"], pause=3.5),
        call("preview", **seen),
    )
    assert fixed["result"]["structuredContent"]["utterance"]["pause"] == 2.5
    assert refused["result"]["isError"] is True
    assert json.loads(refused["result"]["content"][0]["text"])["theirs"]["pause"] == 2.5
    (sound,) = heard["result"]["content"]
    assert (sound["type"], sound["mimeType"], b64decode(sound["data"])[:4]) == ("audio", "audio/wav", b"RIFF")


def test_what_is_no_request_is_told_by_its_number(studio):
    codes = [
        each["error"]["code"]
        for each in asked(
            studio,
            "{",
            "[]",
            {"id": 1, "method": "nothing"},
            call("nothing"),
            {"id": 2, "method": "tools/call", "params": []},
            {"id": [], "method": "ping"},
            "[" * 100_000,
            '{"jsonrpc": "2.0", "id": 1, "method": "' + "x" * 1_000_000 + '"}',
        )
    ]
    assert codes == [-32700, -32600, -32601, -32602, -32602, -32600, -32700, -32600]
    (unknown,) = asked(studio, call("open", edition="../x", other=1))
    assert unknown["result"]["isError"] is True
