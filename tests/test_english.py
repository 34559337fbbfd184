"""English words are looked up without all that the package has which knows them."""

import sys

from audioed import english


def test_a_module_is_imported_without_its_package_which_runs_when_it_is_asked_for_something(tmp_path, monkeypatch):
    folder = tmp_path / "heavy_voice"
    folder.mkdir()
    folder.joinpath("__init__.py").write_text("from heavy_voice.speaking import say\nran = True\n", "utf-8")
    folder.joinpath("speaking.py").write_text("def say():\n    return 'said'\n", "utf-8")
    folder.joinpath("words.py").write_text("known = {'ferry'}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("heavy_voice", "heavy_voice.words", "heavy_voice.speaking"):
        monkeypatch.setitem(sys.modules, name, None)  # so that they are gone again at the end
        del sys.modules[name]
    english._in_parts("heavy_voice")

    from heavy_voice.words import known

    assert known == {"ferry"}
    assert "heavy_voice.speaking" not in sys.modules
    assert sys.modules["heavy_voice"].say() == "said"
    assert sys.modules["heavy_voice"].ran


def test_what_is_not_installed_is_left_to_who_needs_it():
    english._in_parts("no_such_voice")
    assert "no_such_voice" not in sys.modules
