"""A language is named as people name it, and gets the best voice that can be had."""

import hashlib
import json

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app
from audioed.errors import VoiceNotFound
from audioed.languages import known
from audioed.voices import choosing, install, kokoro
from audioed.voices.cards import voice_cards

MODEL = bytes(range(256)) * 8000
CARD = b"# Model card\n\n* Language: de_DE\n\n## Dataset\n\n* URL: https://example.com\n* License: CC0\n"


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def mirror(tmp_path):
    """A folder with a list of these voices, and their files."""
    folder = tmp_path / "mirror"

    def filled(**voices):
        folder.mkdir()
        listed = {}
        for name, quality in voices.items():
            listed[name] = {"quality": quality, "language": {"code": name[:5]}, "files": {}}
            for end, data in ((".onnx", MODEL), (".onnx.json", b"{}")):
                (folder / f"{name}{end}").write_bytes(data)
                digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
                listed[name]["files"][f"{name}/{name}{end}"] = {"size_bytes": len(data), "md5_digest": digest}
        (folder / "MODEL_CARD").write_bytes(CARD)
        (folder / "voices.json").write_text(json.dumps(listed))
        return str(folder)

    return filled


def told(*arguments):
    return CliRunner().invoke(app, ["voices", "install", *arguments]).stdout


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("de", "de"), ("de-AT", "de"), ("German", "de"), ("Deutsch", "de"), ("deutsch", "de"), ("pt_BR", "pt")),
        *(("français", "fr"), ("francais", "fr"), ("日本語", "ja"), ("Español", "es"), ("norsk bokmål", "nb")),
        *(("xx", ""), ("", ""), ("heart", ""), ("joe", ""), ("ada", ""), ("../de", ""), ("kokoro", ""), ("silent", "")),
    ],
)
def test_a_language_is_known_by_its_tag_and_its_names(name, code):
    assert choosing.language_of(name) == code


def test_german_is_read_by_the_voice_of_its_folder(mirror):
    source = mirror(**{"de_DE-thorsten-medium": "medium", "de_DE-zoe-high": "high"})
    assert told("Deutsch", "--from", source).endswith(
        "Installed: de_DE-thorsten-medium.\n"
        "German is read by de_DE-thorsten-medium (2 MB, CC0): the voice of Piper's list that we recommend.\n"
    )


def test_another_language_is_read_by_the_best_of_the_list(mirror):
    source = mirror(**{"da_DK-low-low": "low", "da_DK-mid-medium": "medium", "da_DK-also-medium": "medium"})
    assert told("danish", "--from", source).endswith(
        "Danish is read by da_DK-also-medium (2 MB, CC0): the best of Piper's list.\n"
    )


def test_a_language_of_no_list_is_read_by_the_computer_s_own_voice(mirror, tmp_path):
    source = mirror(**{"da_DK-low-low": "low"})
    assert told("irish", "--from", source).endswith(
        "Irish is read by system-ga: the computer's own voice; no network that audioed can install reads it.\n"
    )
    assert voice_cards(tmp_path)["system-ga"].language == "ga"


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_japanese_is_read_where_the_computer_can(mirror, monkeypatch, system):
    source = mirror(**{"da_DK-low-low": "low"})
    monkeypatch.setattr("sys.platform", system)
    if system == "linux":
        with pytest.raises(VoiceNotFound, match="no voice that audioed can install here reads Japanese"):
            install.install("japanese", source, lambda _: None)
    else:
        assert install.install("japanese", source, lambda _: None) == ["system-ja"]


@pytest.mark.parametrize("system", ["linux", "darwin"])
@pytest.mark.parametrize("name", ["ja", "Thai", "ខ្មែរ"])
def test_what_no_list_has_is_told_without_asking_for_it(monkeypatch, system, name):
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(install, "fetched", None)
    done = CliRunner().invoke(app, ["voices", "install", name])
    if system == "linux":
        assert (done.exit_code, done.stdout) == (1, "")
        assert "no voice that audioed can install here reads" in done.stderr
        assert "install" not in done.stderr.replace("can install here", "")
    else:
        assert f"Installed: system-{choosing.language_of(name)}." in done.stdout


def test_a_name_that_is_none_is_refused_before_a_stage_begins():
    done = CliRunner().invoke(app, ["voices", "install", "klingon"])
    assert done.exit_code == 1
    assert done.stderr.startswith("audioed: there is no voice 'klingon' to install;")


@pytest.fixture
def speakers(monkeypatch):
    """Kokoro's cards as if its files were there."""
    asked = []
    names = [name for code in known("language") for name in choosing.best(code) if name.startswith("kokoro")]
    facts = {"engine": "kokoro", "language": "fr", "licence": "Apache-2.0", "model": "kokoro.onnx"}
    monkeypatch.setattr(kokoro, "load", lambda source, _: asked.append(source))
    monkeypatch.setattr(kokoro, "cards", lambda: ((name, facts) for name in (*names, "kokoro-heart")))
    return asked


def test_french_is_read_by_kokoro_and_the_english_voices_stay(speakers, tmp_path):
    assert told("french").endswith(
        "Installed: kokoro-f-siwis.\n"
        "French is read by kokoro-f-siwis (Apache-2.0): a speaker of Kokoro, the best liked of the free networks.\n"
    )
    assert "kokoro-heart" not in voice_cards(tmp_path)
    assert speakers == [""]


def test_a_mirror_without_the_best_voice_gives_the_next_one(mirror):
    source = mirror(**{"fr_FR-siwis-medium": "medium"})
    assert "French is read by fr_FR-siwis-medium (2 MB, CC0)" in told("fr", "--from", source)


@pytest.mark.parametrize("name", ["en", "en-US", "English"])
def test_english_is_what_brings_more_readers(name, published):
    assert "Installed: hibari-fenrir, hibari-kore." in told(name, "--from", str(published))


def test_every_voice_that_a_folder_names_speaks_its_language():
    for code in known("language"):
        for name in choosing.best(code):
            spoken = kokoro.LANGUAGES[name.split("-")[1]] if name.startswith("kokoro") else name
            assert spoken.startswith(code)
