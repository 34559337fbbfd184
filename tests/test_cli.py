"""The commands as a person and a program use them: arguments in, files and sentences out, the right exit code."""

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from typer.testing import CliRunner

from audioed.cli.app import app
from audioed.cli.console import Console, next_steps
from audioed.config import Target, load

SAMPLE = Path(__file__).parents[1] / "samples" / "night-ferry.html"
SHORT = Path(__file__).parent / "data" / "cli" / "short.md"
"""For what is as true of a minute as of five."""
SILENT = ("--voice", "narrator=silent")
TEXT = (
    "A small title\n\nThis is a sentence that is long enough to be an article. It says so twice, and then it stops.\n"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")

    def runner(*arguments, stdin="", code=0):
        done = CliRunner().invoke(app, [str(each) for each in arguments], input=stdin)
        assert done.exit_code == code, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        return done

    return runner


def test_the_installed_command_prints_one_object_and_nothing_else(tmp_path):
    command = [sys.executable, "-W", "error", "-m", "audioed", "render", SHORT, *SILENT, "--json"]
    environment = {**os.environ, "AUDIOED_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["engine_calls"] > 10
    assert done.stderr == ""


def test_render_prints_where_everything_is(run, tmp_path):
    told = run("render", SHORT, *SILENT).stdout
    feed = tmp_path / "output" / "my-articles" / "public" / "feed.xml"
    assert str(feed.relative_to(tmp_path)) in told
    assert "LUFS" in told
    assert len(feedparser.parse(feed.read_bytes()).entries) == 1


def test_render_as_json_prints_one_object_and_nothing_else(run, tmp_path):
    told = json.loads(run("render", SHORT, *SILENT, "--json", "--day", "2026-01-31").stdout)
    assert set(told["seconds"]) == {"extract", "write", "speak", "master", "verify", "publish"}
    assert told["engine_calls"] > 10
    assert told["loudness"].keys() == {"integrated", "true_peak"}
    for name in ("episode_json", "audio", "feed"):
        assert (tmp_path / told[name]).is_file()
    assert "2026-01-31" in told["audio"]
    again = json.loads(run("render", SHORT, *SILENT, "--json").stdout)
    assert again["engine_calls"] == 0
    assert again["audio"] == told["audio"]


def test_a_dry_run_makes_nothing(run, tmp_path):
    told = json.loads(run("render", SAMPLE, "--dry-run", "--json").stdout)
    assert told["articles"][0]["byline"] == "Marta Lindqvist"
    kinds = [segment["kind"] for segment in told["script"]["segments"]]
    assert kinds == ["title", "body", "body", "headlines", "body", "body", "promo"]
    assert "caption" in run("render", SAMPLE, "--dry-run").stdout
    assert not (tmp_path / "output").exists()


def test_the_stages_one_by_one_make_the_same_audio(run, tmp_path):
    whole = json.loads(run("render", SHORT, *SILENT, "--json", "--output", "whole").stdout)
    article = run("extract", SHORT).stdout
    script = run("write", "-", "--output", "parts", stdin=article).stdout
    speech = run("speak", "-", *SILENT, "--output", "parts", stdin=script).stdout
    episode = run("master", "-", "--output", "parts", stdin=speech).stdout.strip()
    feed = run("publish", "--output", "parts").stdout.strip()
    assert Path(episode).name == "episode.json"
    assert (tmp_path / feed).read_bytes() == (tmp_path / whole["feed"]).read_bytes()


def test_several_articles_and_standard_input_make_one_edition(run):
    told = json.loads(run("render", SHORT, "-", *SILENT, "--json", stdin=TEXT).stdout)
    assert "and-1-more" in told["audio"]


def test_a_bad_source_among_good_ones_is_skipped_with_exit_code_3(run):
    done = run("render", SHORT, "missing.html", *SILENT, "--json", code=3)
    assert json.loads(done.stdout)["skipped"] == ["missing.html"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["render", "missing.html"], "missing.html"),
        (["render", "empty.html"], "empty.html"),
        (["render", "login.html"], "login.html"),
        (["render", "broken.bin"], "broken.bin"),
        (["render", "."], "folder"),
        (["render", "http://127.0.0.1:9/x"], "127.0.0.1:9"),
        (["render", "text.txt", "--voice", "narrator=nobody"], "'nobody'"),
        (["render", "text.txt", "--config", "none.toml"], "none.toml"),
        (["render", "text.txt", "--config", "wrong.toml"], "show.titel"),
        (["render", "text.txt", "--output", "text.txt"], "text.txt"),
        (["nightly"], "no sources are named"),
        (["write", "text.txt"], "not JSON"),
        (["speak", "missing.json"], "missing.json"),
        (["master", "wrong.json"], "speech.json"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(run, tmp_path, arguments, told):
    (tmp_path / "empty.html").write_text("")
    (tmp_path / "login.html").write_text("<html><title>Log in</title><form><input name=user></form></html>")
    (tmp_path / "broken.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "text.txt").write_text(TEXT)
    (tmp_path / "wrong.toml").write_text("[show]\ntitel = 'x'\n")
    (tmp_path / "wrong.json").write_text('{"script": 1}')
    done = run(*arguments, code=1)
    (sentence,) = [line for line in done.stderr.splitlines() if not line.endswith("...")]
    assert sentence.startswith("audioed: ")
    assert told in sentence
    assert done.stdout == ""
    assert not list(tmp_path.glob("output/*/public/feed.xml"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["render"],
        ["render", "x", "--voice", "heart"],
        ["render", "x", "--day", "tomorrow"],
        ["sing"],
        ["render", "--loud"],
    ],
)
def test_a_wrong_command_line_ends_with_2(run, arguments):
    run(*arguments, code=2)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everyone may write everything here")
def test_a_folder_without_permission_is_told_before_work(run, tmp_path):
    (tmp_path / "output").mkdir(mode=0o500)
    assert "no permission" in run("render", SAMPLE, *SILENT, code=1).stderr


def test_a_show_that_is_not_there_is_not_published(run, tmp_path):
    assert "there is no show" in run("publish", "--output", "otput", code=1).stderr
    assert not (tmp_path / "otput").exists()


def test_publish_tells_what_it_leaves_out(run, tmp_path):
    run("render", SHORT, *SILENT)
    (audio,) = (tmp_path / "output" / "my-articles").glob("2*/*.mp3")
    audio.unlink()
    assert f"is left out of the feed: its audio {audio.name} is missing" in run("publish").stderr


def test_a_script_among_articles_is_not_read_aloud(run):
    assert "rendered by itself" in run("render", "script.json", SAMPLE, code=2).stderr


def test_an_address_of_another_kind_is_not_taken_for_a_file(run):
    done = run("render", "ftp://example.org/article.html", code=1)
    assert "only files and addresses with http or https are read" in done.stderr


def test_init_writes_settings_that_load(run, tmp_path):
    assert "audioed.toml" in run("init", "show", "--title", "Harbour news").stdout
    run("init", "show", code=1)
    (tmp_path / "text.txt").write_text(TEXT)
    told = json.loads(run("render", "text.txt", "--config", "show/audioed.toml", *SILENT, "--json").stdout)
    assert "harbour-news" in told["feed"]


def test_init_takes_what_a_newcomer_knows_and_says_what_to_do_next(run, tmp_path):
    known = [
        "--base-url",
        "https://example.com/p",
        "--feed",
        "https://a.example/1.xml",
        "--feed",
        "https://b.example/2",
    ]
    said = run("init", "show", "--title", r'"Tide" \1', "--target", "sftp://jane@example.com/~/p", *known).stdout
    assert "Now run in show: `audioed nightly`" in said
    assert "`audioed deploy` to publish it" in said
    made = load(tmp_path / "show" / "audioed.toml")
    assert made.show.title == r'"Tide" \1'
    assert (made.publishing.base_url, made.publishing.deploy) == ("https://example.com/p", "web")
    assert made.targets == {"web": Target(kind="sftp", address="sftp://jane@example.com/~/p")}
    assert made.nightly.feeds == ("https://a.example/1.xml", "https://b.example/2")

    assert "Now: `audioed render ARTICLE`" in run("init", "--target", "www").stdout
    made = load(tmp_path / "audioed.toml")
    assert made.targets == {"web": Target(kind="folder", address=str(tmp_path / "www"))}
    assert made.show.title == "My articles"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--base-url", "example.com", "begin it with https://"),
        ("--feed", "example.com/feed.xml", "begin it with https://"),
        ("--target", "sftp://jane:secret@example.com/", "AUDIOED_WEB_PASSWORD"),
        ("--target", "ftp://example.com/", "use sftp://"),
    ],
)
def test_what_init_cannot_use_leaves_nothing_behind(run, tmp_path, option, value, told):
    done = run("init", "show", option, value, code=2 if value.startswith("ftp") else 1)
    assert told in done.stderr
    assert "secret" not in done.stderr
    assert not (tmp_path / "show").exists()
    run("init", "show")


def test_the_first_episode_says_what_to_do_next(run, tmp_path):
    (tmp_path / "text.txt").write_text(TEXT)
    run("init", "--title", "Next", "--target", "www")
    told = run("render", "text.txt", *SILENT).stdout
    assert "next: `audioed serve --open` plays it in your browser; `audioed deploy` publishes it\n" in told


@pytest.mark.parametrize(
    ("typed", "settings", "told"),
    [
        (
            "/bin/audioed",
            "",
            "`/bin/audioed serve {} --open` plays it in your browser; `/bin/audioed init myshow`",
        ),
        ("audioed", "", "`audioed serve {} --open` plays it in your browser; `audioed init myshow` begins a show"),
        (
            "/x/audioed/__main__.py",
            "../audioed.toml",
            "with a server under [targets] in audioed.toml, `audioed deploy`",
        ),
    ],
)
def test_what_to_do_next_can_be_typed_as_it_stands(silent, monkeypatch, typed, settings, told):
    monkeypatch.setattr("sys.argv", [typed])
    monkeypatch.setattr("shutil.which", lambda _: None)
    place = replace(silent, store=replace(silent.store, settings=settings))
    assert told.format(shlex.quote(str(silent.store.output))) in next_steps(place)


def test_voices_tells_language_engine_and_licence(run):
    told = json.loads(run("voices", "--json").stdout)
    assert told["heart"]["engine"] == "hibari"
    assert told["heart"]["roles"] == ["narrator", "question"]
    assert all(voice["licence"] and voice["language"] for voice in told.values())
    assert "heart-bright" in run("voices").stdout


def test_help_loads_neither_models_nor_extractors():
    heavy = [
        "numpy",
        "onnxruntime",
        "pydantic",
        "trafilatura",
        "lxml",
        "PIL",
        "feedgen",
        "mutagen",
        "urllib3",
        "jinja2",
    ]
    code = f"import sys, audioed.cli.app; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_is_explained_in_the_terminal_and_as_a_page(run, tmp_path):
    told = run("explain", SAMPLE).stdout
    assert re.search(r"^ +cut  .+\n +The caption of a picture or a table. \(caption, 100%\)$", told, re.MULTILINE)
    assert "words are said" in told
    assert run("extract", SAMPLE, "--explain").stdout == told
    run("explain", SAMPLE, "--html", tmp_path / "why.html")
    assert "<small>The caption of a picture or a table. (caption, 100%)</small>" in (tmp_path / "why.html").read_text(
        "utf-8"
    )


def test_an_episode_and_a_page_are_explained_side_by_side(run, tmp_path):
    episode = Path(json.loads(run("render", SHORT, *SILENT, "--json").stdout)["episode_json"]).parent
    (tmp_path / "small.txt").write_text(TEXT, "utf-8")
    told = run("explain", episode, "small.txt").stdout
    assert told == run("explain", SHORT).stdout + run("explain", "small.txt").stdout


def test_what_cannot_be_explained_is_told(run, tmp_path):
    told = run("explain", SAMPLE, tmp_path / "none.txt", code=3)
    assert "none.txt" in told.stderr
    assert "words are said" in told.stdout


def test_a_lexicon_check_tells_how_the_voice_would_say_a_name(run, tmp_path):
    (tmp_path / "voices" / "lexicon").mkdir(parents=True)
    (tmp_path / "voices" / "lexicon" / "ours.tsv").write_text("Selma\tSELL-mah\nOdesa\tOh-dessa\n", "utf-8")

    told = run("lexicon", "check", SAMPLE)

    assert "Lindqvist" in told.stdout
    assert "lˈɪndkvɪst" in told.stdout
    assert "Selma" not in told.stdout.replace("SELL-mah", "")
    assert "ours.tsv: Odesa does not occur here." in told.stdout


def check(run, *utterances, config='[synthesis.roles]\npromo = "second"\n'):
    """What a lexicon check finds in a script of these utterances: word -> who says it, in which language."""
    segment = {"kind": "body", "title": "", "utterances": utterances}
    edition = {"show": "My articles", "day": "2026-03-14", "title": "Names", "name": "names"}
    Path("names").mkdir(exist_ok=True)
    Path("names", "script.json").write_text(json.dumps({"edition": edition, "segments": [segment]}), "utf-8")
    Path("audioed.toml").write_text(config, "utf-8")
    told = json.loads(run("lexicon", "check", "names", "--json").stdout)
    assert set(told["voices"]) == {name for row in told["words"] for name in row["voices"]}
    return {row["word"]: (row["voices"], row["language"], bool(row["said"])) for row in told["words"]}, told["lexicon"]


@pytest.fixture
def voices(tmp_path):
    """A show with a second English reader, who hums, and a German one."""
    (tmp_path / "voices" / "lexicon").mkdir(parents=True)
    (tmp_path / "voices" / "second.toml").write_text('engine = "silent"\nlanguage = "en"\n', "utf-8")
    (tmp_path / "voices" / "amt.toml").write_text('engine = "silent"\nlanguage = "de"\n', "utf-8")


def saying(text, **changes):
    return {"written": text, "spoken": text, **changes}


@pytest.mark.usefixtures("voices")
def test_a_lexicon_check_judges_each_word_as_the_voice_that_says_it(run):
    words, _ = check(
        run,
        saying("Here is Lindqvist."),
        saying("Here is Okafor.", role="promo"),
        saying("Here is Caoilfhionn.", voice="second"),
        saying("Here are Wrzesniewski and the Donaudampfer.", language="de-AT"),
    )
    assert words["Lindqvist"] == (["heart"], "en", True)
    assert words["Okafor"] == words["Caoilfhionn"] == (["second"], "en", False)
    assert words["Wrzesniewski"] == (["amt"], "de-AT", False)


@pytest.mark.usefixtures("voices")
def test_voices_of_one_sound_share_a_word_and_those_of_another_do_not(run):
    same = [saying("Here is Lindqvist.", role=role) for role in ("narrator", "headlines")]
    words, _ = check(run, *same, config="")
    assert words["Lindqvist"] == (["heart", "heart-bright"], "en", True)
    words, _ = check(run, saying("Here is Lindqvist."), saying("Lindqvist, again.", language="de"))
    told = json.loads(run("lexicon", "check", "names", "--json").stdout)["words"]
    assert [(row["voices"], row["times"], row["origin"]) for row in told if row["word"] == "Lindqvist"] == [
        (["amt"], 1, ""),
        (["heart"], 1, "nordic"),
    ]


@pytest.mark.usefixtures("voices")
def test_an_authors_and_a_sections_voice_are_those_that_are_checked(run):
    for config, author in (('[synthesis.authors]\n"Ada Berg" = "second"\n', "Ada Berg"), ("", "Bo")):
        Path("audioed.toml").write_text(config, "utf-8")
        Path("page.md").write_text(f"---\nauthor: {author}\n---\n# A title\n\n{TEXT} It was Lindqvist.\n", "utf-8")
        rows = json.loads(run("lexicon", "check", "page.md", "--json").stdout)["words"]
        [voices_] = [row["voices"] for row in rows if row["word"] == "Lindqvist"]
        assert voices_ == (["second"] if author == "Ada Berg" else ["heart"])


@pytest.mark.parametrize(
    ("file", "said", "unmet"),
    [("de.tsv", "de", False), ("de.tsv", "en", True), ("en.tsv", "de", True), ("ours.tsv", "de", False)],
)
@pytest.mark.usefixtures("voices")
def test_a_lexicon_is_held_against_the_text_that_it_is_for(run, file, said, unmet):
    Path("voices", "lexicon", file).write_text("Okafor\toh-kah-for\n", "utf-8")
    _, told = check(
        run, saying("This is in English."), saying("Das ist deutsch.", language="de"), saying("Okafor.", language=said)
    )
    assert told == ([f"voices/lexicon/{file}: Okafor does not occur here."] if unmet else [])


@pytest.mark.parametrize("folder", ["elsewhere", "output"])
def test_a_lexicon_check_looks_where_it_is_told(run, tmp_path, folder):
    (tmp_path / folder / "my-articles" / "damaged").mkdir(parents=True)
    (tmp_path / folder / "my-articles" / "damaged" / "script.json").write_text("{", "utf-8")
    told = run("lexicon", "check", SAMPLE, "--output", folder, "--cache", tmp_path / "pages").stdout
    assert "Lindqvist" in told
    assert "damaged" in run("lexicon", "check", tmp_path / folder / "my-articles" / "damaged", code=1).stderr


@pytest.mark.usefixtures("voices")
def test_an_empty_script_has_no_word_that_is_said_wrongly(run):
    assert check(run) == ({}, [])
    assert "no word" in run("lexicon", "check", "names").stdout


def test_a_lexicon_travels_as_pls(run, tmp_path):
    run("lexicon", "export", "--to", tmp_path / "all.pls")

    assert "record\t/ɹɪˈkɔːɹd/\tverb\n" in run("lexicon", "import", tmp_path / "all.pls").stdout
    assert "is not XML" in run("lexicon", "import", SAMPLE, code=1).stderr


def test_a_word_is_added_to_the_lexicon_and_heard(run, tmp_path, monkeypatch):
    heard = []
    monkeypatch.setattr("audioed.playing.play", lambda wav: heard.append(wav) or "")
    file = tmp_path / "voices" / "lexicon" / "en.tsv"
    assert "Okafor  oh-kuh-for /ˈoʊkəfɔːɹ/ (OH-kuh-for)" in run("lexicon", "add", "Okafor", "OH-kuh-for").stdout
    assert heard[0].startswith(b"RIFF")
    run("lexicon", "add", "Gijs", "/ɣɛis/", "--to", tmp_path / "gijs.mp3")
    assert (tmp_path / "gijs.mp3").stat().st_size > 1000
    run("lexicon", "add", "Bakanov", "buh-KAH-noff", "--quiet")
    assert len(heard) == 1
    refused = run("lexicon", "add", "okafor", "oh-KAH-for", "--quiet", code=1).stderr
    assert "line 1: says 'okafor' as 'oh-kuh-for" in refused
    assert "--replace" in refused
    run("lexicon", "add", "Okafor", "oh-KAH-for", "--quiet", "--replace")
    assert file.read_text("utf-8").splitlines() == [
        "Okafor\toh-kah-for /oʊˈkɑːfɔːɹ/",
        "Gijs\t/ɣɛis/",
        "Bakanov\tbuh-kah-noff /bəˈkɑːnɑːf/",
    ]


def test_where_nothing_is_heard_the_line_stands_and_the_reason_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setattr("audioed.playing.play", lambda _: "no player was found")
    assert (
        "nothing is heard: no player was found; `--to FILE.wav`" in run("lexicon", "add", "Okafor", "OH-kuh-for").stderr
    )
    assert (tmp_path / "voices" / "lexicon" / "en.tsv").exists()
    assert "no installed voice reads sw" in run("lexicon", "add", "Juma", "JOO-mah", "--language", "sw").stderr
    assert "neither in .wav nor in .mp3" in run("lexicon", "add", "Juma", "JOO-mah", "--to", "j.ogg", code=2).stderr
    assert run("lexicon", "add", "Asha", "AH-shah", "--language", "sw", "--quiet").stderr == ""


@pytest.mark.parametrize("language", ["../../../pwn", "klingon", "", "de/../fr"])
def test_no_lexicon_is_made_for_a_language_that_there_is_not(run, tmp_path, language):
    before = sorted(tmp_path.rglob("*"))
    told = run("lexicon", "add", "Else", "EL-se", "--language", language, "--quiet", code=1).stderr
    assert told.count("\n") == 1
    assert f"there is no language {language!r}" in told
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("language", ["german", "Deutsch", "de", "de-AT"])
def test_a_language_is_named_for_a_lexicon_as_for_a_voice(run, tmp_path, language):
    run("lexicon", "add", "Else", "EL-se", "--language", language, "--quiet")
    assert (tmp_path / "voices" / "lexicon" / "de.tsv").read_text("utf-8") == "Else\tEL-se\n"


def test_the_doubtful_words_of_an_article_are_heard(run, tmp_path):
    told = run("lexicon", "check", SAMPLE, "--to", tmp_path / "words.wav").stdout
    assert "LINDK-vist" in told
    assert "words.wav" in told
    assert (tmp_path / "words.wav").stat().st_size > 48_000


def test_without_output_an_episode_lies_beside_the_settings_from_every_folder(run, tmp_path, monkeypatch):
    (tmp_path / "shows" / "a").mkdir(parents=True)
    (tmp_path / "away").mkdir()
    settings = tmp_path / "shows" / "a" / "audioed.toml"
    settings.write_text('[show]\ntitle = "Harbour"\n[synthesis.roles]\nnarrator = "silent"\n')
    (tmp_path / "text.txt").write_text(TEXT)
    show = settings.parent / "output" / "harbour"
    monkeypatch.chdir(tmp_path / "away")
    config = ("--config", "../shows/a/audioed.toml")

    told = json.loads(run("render", "../text.txt", *config, "--json").stdout)
    assert (tmp_path / "away" / told["feed"]).resolve() == show / "public" / "feed.xml"
    name = Path(told["episode_json"]).parent.name
    for command in ("verify", "inspect"):
        run(command, name, *config)
    assert run("publish", *config).stdout.strip() == "../shows/a/output/harbour/public/feed.xml"
    article = run("extract", "../text.txt", *config).stdout
    script = run("write", "-", *config, stdin=article).stdout
    assert json.loads(script)["edition"]["name"] == name
    run("master", "-", *config, stdin=run("speak", "-", *config, stdin=script).stdout)
    run("lexicon", "check", "../text.txt", *config)

    assert not list((tmp_path / "away").iterdir())
    assert [path.name for path in show.iterdir() if path.is_dir() and path.name != "public"] == [name]
    run("render", "../text.txt", *config, "--output", "here")
    assert (tmp_path / "away" / "here" / "harbour" / "public" / "feed.xml").is_file()


def test_every_stage_that_ran_is_timed():
    console = Console(as_json=True)
    for stage in ("extract", "proof", "wait for another build of the show", "proof"):
        console.stage(stage)
    console.stage("publish")
    assert set(console.seconds) == {"extract", "write", "speak", "master", "verify", "publish", "proof", "wait"}
    assert console.seconds["write"] == 0.0


def test_nouns_that_windows_has_saved_are_read(run, tmp_path):
    script = run("write", "-", stdin=run("extract", SAMPLE).stdout).stdout
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "script.json").write_text(script, encoding)
        assert "[title]" in run("render", "script.json", "--dry-run").stdout


def test_what_is_wrong_with_standard_input_is_told_by_that_name(run):
    for command in ("write", "speak", "master"):
        assert run(command, "-", stdin="{", code=1).stderr.startswith("audioed: standard input: ")
    assert "standard input holds no text" in run("render", "-", code=1).stderr


def test_a_missing_sound_blocks_only_what_would_play_it(run, tmp_path):
    (tmp_path / "text.txt").write_text(TEXT)
    run("render", "text.txt", *SILENT)
    (tmp_path / "audioed.toml").write_text('[mastering.stings]\nopening = "gone.wav"\n')
    (folder,) = tmp_path.glob("output/*/2*")
    run("verify", folder)
    run("publish")
    assert "gone.wav" in run("render", "text.txt", *SILENT, code=1).stderr


def test_a_feed_that_is_gone_comes_back_even_when_the_article_of_the_day_is_bad(run, tmp_path):
    made = json.loads(run("render", SHORT, *SILENT, "--json").stdout)
    feed = tmp_path / made["feed"]
    whole = feed.read_bytes()
    for damage in (b"", whole[: len(whole) // 2], None):
        feed.unlink() if damage is None else feed.write_bytes(damage)
        run("render", "missing.html", code=1)
        assert feed.read_bytes() == whole


def test_a_card_of_an_engine_that_is_not_installed_hides_no_other_voice(run, tmp_path):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "mine.toml").write_text('engine = "acme"\nlanguage = "en"\nlicence = "mine"\n')
    told = run("voices").stdout
    assert "heart" in told
    assert "mine" in told


def test_a_script_with_a_sound_that_is_no_ipa_is_refused_before_any_work(run, tmp_path):
    (tmp_path / "text.txt").write_text(TEXT)
    run("render", "text.txt", *SILENT)
    (script,) = tmp_path.glob("output/*/*/script.json")
    told = json.loads(script.read_text("utf-8"))
    told["segments"][0]["utterances"][0]["spoken"] = "Look at [the page](/news2024/)."
    script.write_text(json.dumps(told), "utf-8")
    said = run("speak", str(script), code=1)
    assert "tells the sound /news2024/, in which '2' is no letter of IPA" in said.stdout + said.stderr
