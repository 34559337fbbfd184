"""Editions that wait to be approved: whole or not there, never public before, never made twice, never lost."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audioed import build, drafting, nightly, producing
from audioed.catalogue import Wish, drafts
from audioed.catalogue.index import read_index
from audioed.cli.console import Console
from audioed.config import Nightly, Publishing
from audioed.errors import SchemaError, StoreError
from audioed.model import Script, Speech
from audioed.nouns import SCHEMA, dump
from audioed.revising import Wanted, correct
from audioed.store import EPISODE
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_build import feed_of
from tests.test_nightly import put


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quicken(monkeypatch)


@pytest.fixture
def other(article):
    return replace(article, title="The ferry sinks", url="https://example.com/ferry", name="https://example.com/ferry")


@pytest.fixture
def reviewed(silent, tmp_path):
    """A show of one folder whose nights stop at drafts."""
    (tmp_path / "articles").mkdir()
    config = replace(silent.config, nightly=Nightly(folders=("articles",)), publishing=Publishing(review=True))
    return replace(silent, config=config)


def draft(place, *articles, day=DAY):
    return drafting.draft(articles, Wish(day), place)


def edit(found, spoken):
    """Change the last sentence that a draft says, by hand."""
    path = found.folder / "script.json"
    whole = json.loads(path.read_text("utf-8"))
    whole["segments"][-1]["utterances"][-1]["spoken"] = spoken
    path.write_text(json.dumps(whole), "utf-8")


def names(place):
    return list(read_index(place.store).entries), list(drafts.names(place.store))


def test_a_draft_becomes_the_episode_that_it_would_have_been_and_keeps_its_edits(silent, article, other, tmp_path):
    twin = replace(silent, store=replace(silent.store, output=tmp_path / "twin"))
    producing.produce([other], Wish(DAY), twin)  # what a show is known by follows from its first episode
    direct = producing.produce([article], Wish(DAY), twin)
    found = draft(silent, article)
    assert names(silent) == ([], [found.name])
    assert not silent.store.public.exists()
    between = producing.produce([other], Wish(DAY), silent)  # made meanwhile: no name or number is taken twice
    assert (between.number, found.script.edition.number) == (2, 1)
    edit(found, "Nobody fell in at all.")
    assert draft(silent, article).script.utterances[-1].spoken == "Nobody fell in at all."
    episode = drafting.approve(found.name, silent, today=DAY + timedelta(days=3))
    assert (episode.name, episode.guid, episode.number, episode.day) == (direct.name, direct.guid, 1, DAY)
    folder = silent.store.episode_folder(episode.name)
    assert silent.store.load(Script, folder / "script.json").utterances[-1].spoken == "Nobody fell in at all."
    assert {each.name for each in folder.glob("*.json")} >= {"article-1.json", "written.json", "speech.json"}
    assert not drafts.waiting(silent.store).show_folder.exists()
    assert len(feed_of(silent).entries) == 2
    with pytest.raises(StoreError, match="use `audioed correct"):
        draft(silent, article)
    assert drafting.approve(found.name, silent, today=DAY) == episode  # the same command once more


def test_rendering_what_is_drafted_takes_its_name_and_its_edits(silent, article):
    found = draft(silent, article)
    edit(found, "Changed by hand.")
    episode = producing.produce([article], Wish(DAY + timedelta(days=1)), silent)
    assert (episode.name, episode.cues[-1].text) == (found.name, found.script.utterances[-1].written)
    script = silent.store.load(Script, silent.store.episode_folder(episode.name) / "script.json")
    assert script.utterances[-1].spoken == "Changed by hand."
    assert names(silent) == ([episode.name], [])


def test_a_night_with_review_stops_at_a_draft_and_the_next_neither_makes_nor_loses_its_articles(reviewed, capsys):
    put(reviewed, "Alpha")
    first = nightly.run(reviewed, DAY)
    assert (first.episode, first.draft.title) == (None, "Alpha")
    Console(as_json=False).night(first, reviewed)
    told = capsys.readouterr()
    assert "`audioed approve 2026-03-14-alpha` publishes it" in told.out
    assert "nobody hears it until you approve it" in told.err
    put(reviewed, "Beta")
    second = nightly.run(reviewed, DAY + timedelta(days=1))
    assert [each.title for each in second.draft.articles] == ["Beta"]
    assert nightly.run(reviewed, DAY + timedelta(days=2)).draft is None
    drafting.approve(second.draft.name, reviewed)
    drafting.discard(first.draft.name, reviewed)
    third = nightly.run(reviewed, DAY + timedelta(days=3))
    assert [each.title for each in third.draft.articles] == ["Alpha"]
    drafting.discard(third.draft.name, reviewed, for_good=True)
    fourth = nightly.run(reviewed, DAY + timedelta(days=4))
    assert (fourth.draft, [entry.title for entry in feed_of(reviewed).entries]) == (None, ["Beta"])


def test_a_draft_that_a_hand_spoilt_is_told_and_neither_made_again_nor_overwritten(reviewed):
    put(reviewed, "Alpha")
    found = nightly.run(reviewed, DAY).draft
    (found.folder / "script.json").write_text("{", "utf-8")
    assert nightly.run(reviewed, DAY + timedelta(days=1)).draft is None
    for attempt in (lambda: draft(reviewed, *found.articles), lambda: drafting.approve(found.name, reviewed)):
        with pytest.raises(Exception, match=r"script\.json"):
            attempt()
    assert (found.folder / "script.json").read_text("utf-8") == "{"


def test_a_draft_of_which_no_script_can_be_read_keeps_its_number_and_its_articles(reviewed, other):
    put(reviewed, "Alpha")
    found = nightly.run(reviewed, DAY).draft
    for name in ("script.json", "written.json"):
        path = found.folder / name
        path.write_text(path.read_text("utf-8").replace("{", "{,", 3), "utf-8")
    assert nightly.run(reviewed, DAY + timedelta(days=1)).draft is None
    assert draft(reviewed, other).script.edition.number == 2
    newer = dump(found.script).replace(b'"schema": %d' % SCHEMA, b'"schema": %d' % (SCHEMA + 1))
    for name in ("script.json", "written.json"):
        (found.folder / name).write_bytes(newer)
    with pytest.raises(SchemaError, match=r"update audioed\.$"):
        producing.produce([other], Wish(DAY), reviewed)


@pytest.mark.parametrize("moment", range(4))
def test_killed_at_any_moment_a_draft_is_the_old_or_the_new_one(silent, article, monkeypatch, moment):
    was = draft(silent, article)
    moves, rename = iter(range(9)), Path.rename

    def killed(path, target):
        if next(moves) == moment:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", killed)
    monkeypatch.setattr(drafts, "remove_all", lambda *_: None)  # whoever is killed tidies nothing up
    longer = replace(article, blocks=(*article.blocks, replace(article.blocks[0], text="A third paragraph is new.")))
    if moment < 2:
        with pytest.raises(KeyboardInterrupt):
            draft(silent, longer)
    else:
        draft(silent, longer)
    monkeypatch.undo()
    producing.settle(silent)
    found = drafting.read(was.name, silent)
    assert len(found.articles[0].blocks) in {2, 3}
    assert ("A third paragraph is new." in found.script.text) is (len(found.articles[0].blocks) == 3)
    assert [each.name for each in found.folder.parent.iterdir()] == [was.name]


def test_killed_between_feed_and_draft_an_approval_is_one_episode(silent, article, monkeypatch):
    found = draft(silent, article)
    monkeypatch.setattr(drafts, "let_go", lambda *_: None)
    episode = drafting.approve(found.name, silent)
    assert (found.folder / "script.json").is_file()
    monkeypatch.undo()
    assert names(silent) == ([episode.name], [])  # whoever looks at it now sees the episode alone
    producing.mend(silent, today=DAY)
    assert not found.folder.exists()
    assert len(feed_of(silent).entries) == 1


def test_killed_before_its_episode_is_there_a_draft_waits_as_it_was(silent, article, monkeypatch):
    found = draft(silent, article)
    edit(found, "Changed by hand.")
    monkeypatch.setattr(producing.build, "mastered", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        drafting.approve(found.name, silent)
    monkeypatch.undo()
    quicken(monkeypatch)
    assert not (silent.store.episode_folder(found.name) / EPISODE).exists()
    assert names(silent) == ([], [found.name])
    drafting.approve(found.name, silent)
    script = silent.store.load(Script, silent.store.episode_folder(found.name) / "script.json")
    assert script.utterances[-1].spoken == "Changed by hand."


@pytest.mark.parametrize("doing", ["approve", "render", "draft", "correct"])
def test_what_a_person_changes_while_a_script_is_spoken_stays(doing, silent, article, monkeypatch):
    found = draft(silent, article)
    name, told, speak = found.name, [], build.speak
    if doing == "correct":
        drafting.approve(name, silent, today=DAY)
        found = replace(found, folder=silent.store.episode_folder(name))
        edit(found, "Changed before.")

    def spoken(*given):
        monkeypatch.setattr(build, "speak", speak)
        made = speak(*given)
        edit(found, "Changed meanwhile.")
        return made

    monkeypatch.setattr(build, "speak", spoken)
    listener = Console(as_json=True)
    listener.changed = lambda episode, reason: told.append((episode, reason))
    match doing:
        case "approve":
            drafting.approve(name, silent, listener, DAY)
        case "render":
            producing.produce([article], Wish(DAY), silent, listener)
        case "draft":
            drafting.draft([article], Wish(DAY), silent, listener, spoken=True)
        case "correct":
            correct(name, Wanted(DAY), silent, listener)
    folder = drafts.folder_of(name, silent.store) or silent.store.episode_folder(name)
    assert silent.store.load(Script, folder / "script.json").utterances[-1].spoken == "Changed meanwhile."
    if doing == "draft":
        return
    assert [each for each, _ in told] == [name]
    assert not drafts.names(silent.store)
    again = producing.produce([article], Wish(DAY), silent) if doing == "render" else correct(name, Wanted(DAY), silent)
    speech = silent.store.load(Speech, folder / "speech.json")
    assert (again.name, speech.script.utterances[-1].spoken) == (name, "Changed meanwhile.")
