"""Dictionaries on the disk: made once, never trusted blindly, and never needed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from audioed.lookup import tables

WORDS = {
    "words": {f"word{number}": f"wˈɜɹd{number}" for number in range(500)},
    "more": {"live": {"VB": "lˈɪv", "n": None}},
}


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def asked():
    return []


@pytest.fixture
def read(asked):
    def given():
        asked.append(True)
        return WORDS

    return given


def test_they_are_read_once_and_looked_up_from_then_on(read, asked):
    for _ in range(3):
        found = tables("test", "1", read)
        assert found["words"].get("word7") == "wˈɜɹd7"
        assert found["words"].get("nothing") is None
        assert ("word8" in found["words"], "word" in found["words"]) == (True, False)
        assert found["more"].get("live") == {"VB": "lˈɪv", "n": None}
    assert len(asked) == 1
    tables("test", "2", read)
    assert len(asked) == 2


def test_several_threads_look_up_at_once(read):
    tables("test", "1", read)
    found = tables("test", "1", read)["words"]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(found.get, WORDS["words"])) == list(WORDS["words"].values())


def test_a_damaged_file_is_made_again(read, asked, data):
    tables("test", "1", read)
    (file,) = data.rglob("*.sqlite")
    file.write_bytes(file.read_bytes()[:-100] + bytes(100))

    assert tables("test", "1", read)["words"].get("word7") == "wˈɜɹd7"
    assert tables("test", "1", read)["words"].get("word7") == "wˈɜɹd7"
    assert len(asked) == 2


def test_where_nothing_can_be_written_they_are_read_each_time(read, asked, data):
    (data / "prepared").write_text("no folder")
    for _ in range(2):
        assert tables("test", "1", read)["words"].get("word7") == "wˈɜɹd7"
    assert len(asked) == 2
