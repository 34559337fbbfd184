"""Nouns as a public format: schemas that are true, older files read, newer and mistaken ones refused."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from audioed.errors import SchemaError, StoreError
from audioed.model import Article, Cue, Episode, Identity, Script, Speech, Word
from audioed.nouns import SCHEMA, dump, parse
from audioed.schemas import FILES, HERE, schemas
from tests.test_catalogue import built

FIRST = Path(__file__).parent / "data" / "shows" / "0.1.0" / "output" / "odz-weekly"
KINDS = {"article": Article, "script": Script, "speech": Speech, "episode": Episode, "show": Identity}


def stem_of(path):
    name = path.stem.partition("-")[0]
    return "script" if name == "written" else name


def test_the_schemas_that_are_shipped_are_those_of_the_model():
    for path, schema in schemas():
        assert json.loads(path.read_text("utf-8")) == schema, f"{path.name}: run python -m audioed.schemas"
    assert {path.name for path in HERE.glob("*.json")} == {f"{stem}.schema.json" for stem in FILES}


def test_what_a_build_writes_is_what_the_schemas_say(article, silent):
    built([article], silent)
    found = [path for path in silent.store.show_folder.rglob("*.json") if stem_of(path) in FILES]
    assert {stem_of(path) for path in found} == set(FILES) - {"removed", "repeats", "run", "making"}, (
        "which only removing an episode and nights write"
    )
    for path in found:
        schema = json.loads((HERE / f"{stem_of(path)}.schema.json").read_text("utf-8"))
        told = json.loads(path.read_text("utf-8"))
        Draft202012Validator(schema).validate(told)
        assert next(iter(told)) == "schema"
        mistaken = {**told, "colour": "red"}
        assert not Draft202012Validator(schema).is_valid(mistaken)


@pytest.mark.parametrize(
    "path", sorted(FIRST.glob("*/*.json")), ids=lambda path: f"{path.parent.name[:12]}/{path.name}"
)
def test_what_0_1_wrote_is_read_and_written_anew_with_its_schema(path):
    kind = KINDS.get(stem_of(path))
    if kind is None:
        pytest.skip(f"{path.name} is for podcast apps")
    noun = parse(kind, path.read_bytes(), path)
    again = json.loads(dump(noun))
    assert again.pop("schema") == SCHEMA
    before = json.loads(path.read_bytes())
    assert without_new(again, before) == before


def without_new(again, before):
    """What was written anew, without the keys that came after the first version."""
    if isinstance(before, dict):
        return {key: without_new(again[key], value) for key, value in before.items()}
    if isinstance(before, list):
        return [without_new(*pair) for pair in zip(again, before, strict=True)]
    return again


def test_a_word_is_read_as_schema_3_had_it_and_takes_a_line(tmp_path):
    cue = {"start": 0, "end": 2, "speaker": "", "text": 'One "two".'}
    words = [Word("One", 0.1, 0.5), Word('"two".', 1e-05, 1200.0)]
    for told in ([each._asdict() for each in words], [[*each] for each in words]):
        data = json.dumps({"start": 0, "schema": 3, **cue, "words": told}).encode()
        found = parse(Cue, data, tmp_path / "cue.json")
        assert found.words == tuple(words)
        written = dump(found).decode()
        assert '  ["One", 0.1, 0.5],\n  ["\\"two\\".", 0.00001, 1200.0]\n' in written
        assert parse(Cue, written.encode(), tmp_path / "cue.json") == found


def test_what_a_newer_audioed_wrote_is_refused(tmp_path):
    data = json.dumps({"schema": SCHEMA + 1, "title": "x", "colour": "red"}).encode()
    with pytest.raises(SchemaError, match=r"written by a newer audioed .*; update audioed\.$"):
        parse(Article, data, tmp_path / "article-1.json")


@pytest.mark.parametrize("schema", ['"2"', "2.5", "null", "true", "-1", "[1]"])
def test_a_schema_that_is_no_number_is_refused(tmp_path, schema):
    with pytest.raises(StoreError):
        parse(Article, f'{{"schema": {schema}, "title": "x"}}'.encode(), tmp_path / "article-1.json")


@pytest.mark.parametrize(
    ("place", "key", "told"),
    [
        (("segments", 0, "utterances", 0), "puase", r"segments\.0\.utterances\.0\.puase .*; did you mean pause\?$"),
        (("edition",), "titel", r"edition\.titel .*; did you mean title\?$"),
        (("segments", 1), "Kind", r"segments\.1\.Kind is not a key of script\.json; did you mean kind\?$"),
        ((), "qqq", r"qqq is not a key of script\.json; remove it\.$"),
        (("segments", 0, "utterances", 0, "readings", 0), "says", r"readings\.0\.says is not a key"),
    ],
)
def test_a_misspelt_key_is_told_with_its_place(article, silent, place, key, told):
    episode = built([article], silent)
    path = silent.store.episode_folder(episode.name) / "script.json"
    whole = json.loads(path.read_bytes())
    inner = whole
    for step in place:
        inner = inner[step]
    inner[key] = 3
    with pytest.raises(StoreError, match=told):
        parse(Script, json.dumps(whole).encode(), path)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff", b'{"title": 7}', b"{}" * 2, b"[" * 5000])
def test_what_is_no_noun_is_told_in_a_sentence(tmp_path, data):
    with pytest.raises(StoreError, match=r"article-1\.json: .*[.]$"):
        parse(Article, data, tmp_path / "article-1.json")


def test_one_unreadable_episode_stops_no_other(article, silent):
    from dataclasses import replace

    from audioed import build
    from audioed.place import Listener
    from tests.test_build import feed_of

    class Told(Listener):
        def __init__(self):
            self.said = {}

        def left_out(self, name, reason):
            self.said[name] = reason

    first = built([article], silent)
    second = built([replace(article, url="https://example.com/2", name="https://example.com/2")], silent)
    third = built([replace(article, url="https://example.com/3", name="https://example.com/3")], silent)
    (silent.store.episode_folder(first.name) / "episode.json").write_bytes(b'{"guid": ')
    (silent.store.episode_folder(second.name) / second.enclosure.name).unlink()
    told = Told()
    build.publish(silent, told)
    assert set(told.said) == {first.name, second.name}
    assert [entry.id for entry in feed_of(silent).entries] == [third.guid]
    fourth = built([replace(article, url="https://example.com/4", name="https://example.com/4")], silent)
    assert fourth.number == 4
    assert [entry.id for entry in feed_of(silent).entries] == [fourth.guid, third.guid]
    shutil.rmtree(silent.store.episode_folder(first.name))
