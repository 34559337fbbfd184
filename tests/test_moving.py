"""The commands that bring a show here and give listeners feeds of their own, as people and programs see them."""

import json

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app
from tests.adopting.conftest import feed, item
from tests.adopting.host import Host


@pytest.fixture
def told(tmp_path, monkeypatch):
    """What a command prints in the folder of a show, and its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))

    def run(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.stdout, result.stderr

    return run


def test_a_feed_is_imported_and_told(told):
    with Host() as host:
        host.put("/feed.xml", feed(item(f"{host.url}/gone.mp3", "a", "Gone")), "text/xml")
        code, out, error = told("import", f"{host.url}/feed.xml")
        assert code == 3
        assert "  title        The old show\n" in out
        assert out.endswith("No episodes imported; the settings are in audioed.toml.\n")
        assert "skipped: " in error
        assert "404" in error
        code, out, _ = told("import", f"{host.url}/feed.xml", "--json")
        assert (code, json.loads(out)["skipped"].keys()) == (3, {"Gone"})
    code, _, error = told("import", "nowhere.xml")
    assert (code, error.splitlines()[-1]) == (1, "audioed: nowhere.xml does not exist; check the name.")


def test_listeners_are_invited_listed_and_uninvited(told):
    code, out, _ = told("listeners", "add", "Anna", "Ben", "--base-url", "https://e.org")
    assert code == 0
    anna, ben = out.splitlines()
    assert anna.startswith("Anna: https://e.org/my-articles/private/")
    assert told("listeners", "address", "anna", "--base-url", "https://e.org")[1] == f"{anna.removeprefix('Anna: ')}\n"
    code, out, _ = told("listeners", "list", "--json")
    assert [each["name"] for each in json.loads(out)] == ["Anna", "Ben"]
    assert ben.split("/")[-2] not in out
    assert told("listeners", "revoke", "Ben")[0] == 0
    assert told("listeners", "list")[1].endswith("Anna\n1 listener with a feed of their own.\n")
    code, _, error = told("listeners", "revoke", "Ben")
    assert (code, error) == (1, "audioed: Ben is not a listener; `audioed listeners list` names them all.\n")
