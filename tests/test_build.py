"""The whole line with the silent engine: what is made, what is repeated, what is never broken."""

import queue
import threading
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest

from audioed import build, nightly, producing, publishing
from audioed.cache import Cache
from audioed.catalogue import Wish
from audioed.catalogue.index import read_index
from audioed.config import Nightly
from audioed.errors import AudioedError, ExtractionError, SchemaError, ScriptError, SynthesisError
from audioed.files import TEMPORARY
from audioed.model import Page, Script
from audioed.nouns import SCHEMA
from audioed.place import Listener
from audioed.store import Store
from audioed.synthesis.engines.silent import Silent
from tests import once
from tests.conftest import DAY
from tests.test_catalogue import built, edition_of

COMPANIONS = {
    "chapters.json",
    "transcript.vtt",
    "transcript.srt",
    "transcript.json",
    "transcript.html",
    "transcript.txt",
}


def tree(place):
    """Every file of a show and its bytes, locks and reports apart."""
    folder = place.store.show_folder
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.parent.name != "reports"}


def feed_of(place):
    return feedparser.parse((place.store.public / "feed.xml").read_bytes())


def elsewhere(place, tmp_path, name):
    store = Store(tmp_path / name, Cache(tmp_path / f"{name}-cache"), place.store.show, place.store.home)
    return replace(place, store=store)


def test_an_article_becomes_an_episode_with_everything_a_listener_needs(article, silent):
    episode = built([article], silent)
    files = {path.name for path in silent.store.episode_folder(episode.name).iterdir()}
    nouns = {"article-1.json", "written.json", "script.json", "speech.json", "episode.json"}
    assert files == nouns | COMPANIONS | {episode.enclosure.name, episode.cover}
    (entry,) = feed_of(silent).entries
    assert entry.id == episode.guid
    assert entry.enclosures[0].length == str(episode.enclosure.length)
    assert entry.title == "The bridge opens"


def test_two_builds_with_empty_caches_give_the_same_bytes(article, silent, tmp_path):
    built([article], silent)
    other = elsewhere(silent, tmp_path, "other")
    once.forget()
    built([article], other)
    assert tree(silent) == tree(other)


def test_building_again_changes_no_byte_and_asks_nothing(article, silent, monkeypatch):
    built([article], silent)
    before = tree(silent)
    monkeypatch.setattr(Silent, "synthesize", None)
    built([article], silent)
    assert tree(silent) == before


def test_a_mended_article_replaces_its_audio_and_keeps_its_guid(article, silent):
    first = built([article], silent)
    second = built([replace(article, title="The bridge opens again")], silent)
    assert second.guid == first.guid
    assert second.enclosure.name != first.enclosure.name
    assert len(feed_of(silent).entries) == 1
    recordings = {first.enclosure.name, second.enclosure.name}
    assert {path.name for path in silent.store.episode_folder(first.name).glob("*.mp3")} == recordings
    built([replace(article, title="The bridge opens again")], silent)
    assert [path.name for path in silent.store.episode_folder(first.name).glob("*.mp3")] == [second.enclosure.name]


def test_a_feed_that_tells_of_a_new_recording_is_not_made_again_by_the_next_build(article, silent, monkeypatch):
    for title in ("The bridge opens", "The bridge opens again", "The bridge is open"):
        episode = built([replace(article, title=title)], silent)
    folder = silent.store.episode_folder(episode.name)
    assert len(list(folder.glob("*.mp3"))) == 2  # the first is swept away
    made = []
    document = publishing.document
    monkeypatch.setattr(publishing, "document", lambda *asked: made.append(asked) or document(*asked))
    producing.recover(silent)
    assert made == []
    (folder / episode.cover).unlink()
    producing.recover(silent)
    assert len(made) == 1


def test_the_feed_comes_back_when_it_is_deleted(article, silent):
    built([article], silent)
    path = silent.store.public / "feed.xml"
    before = path.read_bytes()
    path.unlink()
    build.publish(silent)
    assert path.read_bytes() == before


def test_a_failed_build_leaves_the_feed_and_the_other_episodes_alone(article, silent, monkeypatch):
    first = built([article], silent)
    before = tree(silent)

    def broken(_self, _utterance, _voice):
        raise SynthesisError("the voice is hoarse; rest it.")

    monkeypatch.setattr(Silent, "synthesize", broken)
    with pytest.raises(SynthesisError):
        built([replace(article, title="Another", url="https://example.com/2")], silent, DAY + timedelta(days=1))
    after = tree(silent)
    assert {name: after[name] for name in before} == before
    assert [entry.id for entry in feed_of(silent).entries] == [first.guid]
    assert not [name for name in after if TEMPORARY in name]


def test_an_episode_without_its_audio_is_not_in_the_feed(article, silent):
    episode = built([article], silent)
    (silent.store.episode_folder(episode.name) / episode.enclosure.name).unlink()
    build.publish(silent)
    assert feed_of(silent).entries == []


@pytest.mark.parametrize("lost", [("episode",), ("episode", "script", "article-1")])
@pytest.mark.parametrize("again", ["render", "write", "publish", "nightly"])
def test_a_show_that_a_newer_audioed_has_built_is_left_alone(article, silent, again, lost):
    episode = built([article], silent)
    for name in lost:
        path = silent.store.episode_folder(episode.name) / f"{name}.json"
        path.write_text(path.read_text("utf-8").replace(f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}'), "utf-8")
    before = tree(silent)
    place = replace(silent, config=replace(silent.config, nightly=Nightly(folders=("articles",))))
    tries = {
        "render": lambda: built([article], place),
        "write": lambda: producing.script_for([article], Wish(DAY), place),
        "publish": lambda: build.publish(place),
        "nightly": lambda: nightly.run(place, DAY),
    }
    with pytest.raises(SchemaError, match=r"written by a newer audioed .*; update audioed\.$"):
        tries[again]()
    assert tree(silent) == before
    assert read_index(silent.store).lost[episode.name], "which `status` and `doctor` tell all the same"


def test_an_article_without_text_is_refused(article, silent):
    with pytest.raises(ScriptError, match="no text to read"):
        built([replace(article, blocks=())], silent)


def test_bad_pages_are_skipped_while_one_is_good(silent):
    good = Page(url="good.txt", media_type="text/plain", text="A title\n\nA sentence that is said. And another one.")
    articles, skips = build.extract([good, ExtractionError("a.html: gone", name="a.html")], silent.config)
    assert [article.title for article in articles] == ["A title"]
    assert [(skip.name, skip.reason) for skip in skips] == [("a.html", "a.html: gone")]


def test_the_first_reason_is_told_when_no_page_is_good(silent):
    with pytest.raises(ExtractionError, match="first"):
        build.extract([ExtractionError("first", name="a"), ExtractionError("second", name="b")], silent.config)


def test_several_articles_are_chapters_of_one_edition(article, silent):
    other = replace(article, title="The ferry leaves", url="https://example.com/ferry")
    episode = built([article, other], silent)
    assert [chapter.title for chapter in episode.chapters][1:] == ["The bridge opens", "The ferry leaves"]
    assert [source.url for source in episode.sources] == [article.url, other.url]


def test_an_edited_script_is_spoken_as_edited(article, silent):
    edition = edition_of([article], silent)
    script = build.write([article], edition, silent)
    opening, *rest = script.segments
    mended = replace(opening, utterances=tuple(replace(u, spoken="Good morning.") for u in opening.utterances))
    speech = build.speak(replace(script, segments=(mended, *rest)), silent)
    assert [clip.utterance.spoken for clip in speech.clips][: len(mended.utterances)] == ["Good morning."] * len(
        mended.utterances
    )


def test_an_edited_script_makes_its_episode_anew_with_one_call_of_the_engine(article, silent, monkeypatch):
    first = built([article], silent)
    folder = silent.store.episode_folder(first.name)
    script = silent.store.load(Script, folder / "script.json")
    *before, last = script.segments
    word = replace(last.utterances[0], written="Good night.", spoken="Good night.")
    edited = replace(script, segments=(*before, replace(last, utterances=(word, *last.utterances[1:]))))
    asked = []
    said = Silent.synthesize
    monkeypatch.setattr(Silent, "synthesize", lambda *each: asked.append(each[1].spoken) or said(*each))
    second = producing.rebuild(edited, silent)
    assert asked == ["Good night."]
    assert (second.guid, second.name) == (first.guid, first.name)
    assert second.enclosure.name != first.enclosure.name
    (entry,) = feed_of(silent).entries
    assert entry.enclosures[0].href.endswith(second.enclosure.name)
    assert silent.store.load(Script, folder / "script.json") == edited
    producing.rebuild(edited, silent)
    assert not (folder / first.enclosure.name).exists()


def edited(script, **changes):
    """The script with its first utterance changed."""
    first, *segments = script.segments
    said, *others = first.utterances
    return replace(script, segments=(replace(first, utterances=(replace(said, **changes), *others)), *segments))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pause": 100_000.0}, "utterance 1 of segment 1 .* has a pause of 100000 s, and 0 to 60 are possible"),
        ({"pause": -5.0}, "has a pause of -5 s"),
        ({"pause": float("nan")}, "has a pause of nan s"),
        ({"written": " "}, "has no written form"),
        ({"spoken": ""}, "has no spoken form"),
        ({"role": "qoute"}, "has the role 'qoute', and there are narrator, headlines, promo, quote, question"),
    ],
)
def test_an_edited_script_that_cannot_be_spoken_is_told_with_the_place(script, silent, change, told):
    with pytest.raises(ScriptError, match=told):
        producing.rebuild(edited(script, **change), silent)
    assert not silent.store.show_folder.exists()


@pytest.mark.parametrize("change", [{"title": " "}, {"name": "../../evil"}, {"name": "/evil"}, {"name": ""}])
def test_an_edition_leads_nowhere_else(script, silent, change):
    with pytest.raises(AudioedError, match=r"title|is not the name of an episode"):
        producing.rebuild(replace(script, edition=replace(script.edition, **change)), silent)
    assert not list(silent.store.output.rglob("*.json"))


def test_an_edited_speech_is_checked_too(speech, silent):
    with pytest.raises(ScriptError, match="has a pause of 100000 s"):
        build.master(replace(speech, script=edited(speech.script, pause=100_000.0)), silent)


def test_a_script_that_says_nothing_is_refused(script, silent):
    with pytest.raises(ScriptError, match="nothing to say"):
        producing.rebuild(replace(script, segments=()), silent)


def test_until_a_new_recording_is_there_everything_of_the_old_one_stays(script, silent, monkeypatch):
    episode = producing.rebuild(script, silent)
    folder = silent.store.episode_folder(episode.name)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refused(*_: object) -> None:
        raise SynthesisError("no voice")

    monkeypatch.setattr(build, "speak", refused)
    with pytest.raises(SynthesisError):
        producing.rebuild(edited(script, written="Other.", spoken="Other."), silent)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    monkeypatch.undo()
    producing.rebuild(edited(script, written="Other.", spoken="Other."), silent)
    assert b"Other." in (folder / "script.json").read_bytes()
    assert b"Other." in (folder / "speech.json").read_bytes()


def test_a_build_that_waits_for_another_says_so(silent):
    told = queue.Queue()

    class Waiting(Listener):
        def stage(self, name):
            told.put(name)

    def wait():
        with producing.alone(silent, Waiting()):
            told.put("alone")

    with silent.store.lock("build"):
        thread = threading.Thread(target=wait)
        thread.start()
        assert told.get(timeout=10) == "wait for another build of the show"
    thread.join(10)
    assert told.get(timeout=1) == "alone"
