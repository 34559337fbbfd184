"""Files appear whole or not at all, nouns survive as JSON, names are safe."""

import json
import os
import string
import threading
from dataclasses import replace

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from audioed import build, nouns, producing, store
from audioed.catalogue.index import read_index
from audioed.errors import StoreError
from audioed.files import TEMPORARY, scratch, write
from audioed.model import Article, Episode, Script, Speech
from audioed.nouns import dump, parse
from audioed.slugs import LONGEST_NAME, slug
from audioed.store import discreet
from tests.test_catalogue import built

SAFE = set(string.ascii_lowercase + string.digits + "-")


def test_every_noun_comes_back_from_its_json(article, script, speech, silent, tmp_path):
    for kind, noun in ((Article, article), (Script, script), (Speech, speech), (Episode, build.master(speech, silent))):
        assert parse(kind, dump(noun), tmp_path) == noun


def test_the_json_has_the_names_that_others_rely_on(script, speech, silent):
    written = json.loads(dump(script))
    assert {"edition", "segments", "cuts"} <= set(written)
    assert {"kind", "title", "url", "chapter", "utterances"} <= set(written["segments"][0])
    assert {"written", "spoken", "role", "pause"} <= set(written["segments"][0]["utterances"][0])
    made = json.loads(dump(build.master(speech, silent)))
    assert {"guid", "title", "day", "enclosure", "duration", "chapters", "loudness", "sources", "segments"} <= set(made)
    assert {"name", "media_type", "length", "bitrate", "integrity"} == set(made["enclosure"])
    assert {"integrated", "true_peak"} <= set(made["loudness"])


def test_an_episode_of_an_earlier_version_still_loads(speech, silent, tmp_path):
    episode = build.master(speech, silent)
    old = json.loads(dump(episode))
    del old["alternates"], old["enclosure"]["bitrate"], old["enclosure"]["integrity"]
    enclosure = replace(episode.enclosure, bitrate=0, integrity="")
    assert parse(Episode, json.dumps(old).encode(), tmp_path) == replace(episode, enclosure=enclosure)


def test_a_noun_with_a_mistake_is_told_with_its_place(script, tmp_path):
    broken = dump(script).replace(b'"pause": 0.3', b'"pause": "long"', 1)
    with pytest.raises(StoreError, match=r"segments\.0\.utterances\.0\.pause"):
        parse(Script, broken, tmp_path / "script.json")


def test_a_speech_that_is_laid_out_otherwise_is_the_same(speech, tmp_path, monkeypatch):
    written = dump(speech)
    same = json.dumps(json.loads(written), indent=1, ensure_ascii=False)
    assert "".join(same.split()) == "".join(written.decode().split())
    monkeypatch.setattr(nouns, "PORTION", 1)
    monkeypatch.setattr(nouns, "CLIPS_AT_ONCE", 1)
    assert dump(speech) == written
    whole = json.loads(written)
    clips = {"clips": whole["clips"], "script": whole["script"]}
    for other in (
        written,
        json.dumps(whole).encode(),
        json.dumps(whole, indent=1).encode(),
        json.dumps(clips).encode(),
    ):
        assert parse(Speech, other, tmp_path) == speech
    assert parse(Speech, written.replace(b"\n", b"\r\n"), tmp_path) == speech
    none = replace(speech, script=replace(speech.script, segments=()), clips=())
    assert parse(Speech, dump(none), tmp_path) == none


def test_a_clip_whose_utterance_was_edited_is_read_as_it_stands(speech, tmp_path):
    first, *others = speech.clips
    edited = replace(speech, clips=(replace(first, utterance=replace(first.utterance, written="Else")), *others))
    assert parse(Speech, dump(edited), tmp_path) == edited
    longer = replace(speech, clips=(*speech.clips, first))
    assert parse(Speech, dump(longer), tmp_path) == longer


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (b'"duration": ', b'"duration": "long" or ', "is not JSON"),
        (b'"audio": "', b'"sound": "', r"clips\.0\.audio is not right"),
        (b"\n  }\n ]\n}", b'\n  }\n ],\n "more": 1\n}', "more is not a key"),
        (b"\n  }\n ]\n}", b"\n  }\n ]\n}}", "is not JSON"),
        (b'"schema": ', b'"schema": 9', "newer audioed"),
    ],
)
def test_a_speech_with_a_mistake_is_told_with_its_place(right, wrong, told, speech, tmp_path):
    with pytest.raises(StoreError, match=told):
        parse(Speech, dump(speech).replace(right, wrong), tmp_path / "speech.json")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = write(tmp_path / "feed.xml", b"old")

    def interrupted():
        with scratch(tmp_path, ".xml") as temporary:
            temporary.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"old"
    assert not list(tmp_path.glob(f"{TEMPORARY}*"))


def test_unchanged_bytes_leave_the_file_alone(tmp_path):
    path = write(tmp_path / "feed.xml", b"same")
    before = path.stat()
    write(path, b"same")
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="check it, or choose another folder"):
        write(tmp_path / "file" / "feed.xml", b"x")


def test_a_second_build_of_a_locked_name_is_refused_or_waits(silent):
    with (
        silent.store.lock("nightly"),
        pytest.raises(StoreError, match="another build"),
        silent.store.lock("nightly", wait=False),
    ):
        pass
    with silent.store.lock("nightly", wait=False):
        pass


def test_whoever_only_looks_whether_a_show_is_built_keeps_no_night_from_beginning(silent, monkeypatch):
    monkeypatch.setattr(store, "GLANCE", 60.0)
    with silent.store.lock("nightly"):
        pass
    looking = FileLock(silent.store.show_folder / ".nightly.lock", thread_local=False)
    looking.acquire()
    threading.Timer(0.02, looking.release).start()
    with silent.store.lock("nightly", wait=False):
        pass


def test_sweeping_removes_old_audio_and_remains_only(speech, silent):
    episode = build.master(speech, silent)
    folder, clips = silent.store.episode_folder(episode.name), silent.store.cache.folder / "clips"
    kept = {path for root in (folder, clips) for path in root.rglob("*")}
    remains = [
        folder / f"{episode.name}-0123456789.mp3",
        folder / f"{TEMPORARY}dead.mp3",
        silent.store.show_folder / f"{TEMPORARY}dead.jpg",
        folder / "cover-0123456789.jpg",
        clips / f"{TEMPORARY}dead.wav",
    ]
    for path in remains:
        path.write_bytes(b"old")
    yesterday = (folder / "episode.json").stat().st_mtime - 90_000
    os.utime(remains[-1], (yesterday, yesterday))
    at_work = clips / f"{TEMPORARY}of-another-show.wav"
    at_work.write_bytes(b"half")
    silent.store.sweep(episode.name)
    assert not [path for path in remains if path.exists()]
    assert {path for root in (folder, clips) for path in root.rglob("*")} == kept | {at_work}
    assert (folder / episode.cover).is_file()
    assert (silent.store.public / silent.store.show_cover()).is_file()


def test_new_art_has_a_new_name_and_the_old_name_stays(silent):
    folder = silent.store.show_folder
    assert silent.store.show_cover() == "cover.jpg"
    write(folder / "cover.jpg", b"one")
    first = silent.store.show_cover()
    assert first.startswith("cover-")
    assert (silent.store.public / first).read_bytes() == b"one"
    write(folder / "cover.jpg", b"two")
    assert silent.store.show_cover() != first
    assert (silent.store.public / first).is_file()


def test_the_index_has_the_newest_episode_first(speech, silent):
    episode = build.master(speech, silent)
    for day in (1, 9, 5):
        other = replace(episode, name=f"day-{day}", day=episode.day.replace(day=day))
        silent.store.save(other, silent.store.episode_folder(other.name) / "episode.json")
    assert [each.day[-2:] for each in read_index(silent.store).newest_first] == ["14", "09", "05", "01"]


@given(st.text(min_size=1))
def test_a_slug_is_a_safe_folder_name(text):
    name = slug(text)
    assert 0 < len(name) <= LONGEST_NAME
    assert set(name) <= SAFE
    assert not name.startswith("-")


@pytest.mark.parametrize(
    ("title", "name"),
    [("Café & Co.: “Résumé”", "cafe-co-resume"), ("../../etc/passwd", "etc-passwd"), ("Русский", slug("Русский"))],
)
def test_slugs(title, name):
    assert slug(title) == name


def test_a_replaced_episode_is_put_back_unless_its_new_record_is_there(article, silent):
    episode = built([article], silent)
    folder = silent.store.episode_folder(episode.name)
    before = (folder / "transcript.vtt").read_bytes()
    silent.store.set_aside(episode.name)
    (folder / "transcript.vtt").write_bytes(b"of the new recording")
    producing.recover(silent)
    assert (folder / "transcript.vtt").read_bytes() == before
    assert silent.store.aside() == ()


def test_what_was_set_aside_and_is_half_deleted_stops_nothing(article, silent):
    episode = built([article], silent)
    for gone in ("episode.json", "script.json"):
        silent.store.set_aside(episode.name)
        (silent.store.show_folder / ".before" / episode.name / gone).unlink()
        producing.recover(silent)
        assert built([article], silent) == episode
    assert silent.store.aside() == ()


def test_files_of_somebody_else_in_a_shows_folder_stay(article, silent):
    episode = built([article], silent)
    folder = silent.store.show_folder
    theirs = [folder / "feed-backup.xml", folder / "cover-of-anna.jpg", folder / episode.name / "cover-old.jpg"]
    theirs.append(folder / episode.name / f"{episode.name}-notes.txt")
    for path in theirs:
        path.write_bytes(b"mine")
    built([replace(article, title="Another")], silent)
    build.publish(silent)
    assert all(path.read_bytes() == b"mine" for path in theirs)


@pytest.mark.parametrize("behind", ["", "/feed.xml:33", "/feed.xml private/" + "1" * 40, "…"])
def test_a_private_feed_is_told_apart_and_not_told(behind):
    told = discreet(f"https://e.com/show/private/{'0123456789abcdef' * 2}01234567{behind}")
    assert told.startswith("https://e.com/show/private/01234567…")
    assert "89abcdef" not in told
    assert "11111111" + "1" not in told
