"""What a person changed in script.json stays when the article is rendered again, and what cannot stay is told."""

from dataclasses import replace

import pytest

from audioed import producing
from audioed.catalogue import Wish
from audioed.errors import ScriptError
from audioed.model import Block, Script
from audioed.place import Listener
from tests.conftest import DAY
from tests.test_catalogue import built

SAID = "The bridge opened on Monday. Nobody fell in."
WANTED = "The bridge opened on Monday. Nobody, not one, fell in."


class Told(Listener):
    def __init__(self):
        self.kept, self.doubted, self.was = (), (), None

    def edits(self, kept, doubted):
        self.kept, self.doubted = kept, doubted

    def replaced(self, before):
        self.was = before


def path_of(place, episode):
    return place.store.episode_folder(episode.name) / "script.json"


def edit(place, episode, old, **changes):
    """Change the utterances that say this, in the file, as an editor would."""
    script = place.store.load(Script, path_of(place, episode))
    segments = [
        replace(s, utterances=tuple(replace(u, **changes) if u.written == old else u for u in s.utterances))
        for s in script.segments
    ]
    place.store.save(replace(script, segments=tuple(segments)), path_of(place, episode))


def spoken(place, episode):
    return [each.spoken for each in place.store.load(Script, path_of(place, episode)).utterances]


def longer(article):
    return replace(article, blocks=(*article.blocks, Block(kind="paragraph", text="A band played on the deck.")))


def test_an_edit_stays_with_its_sentence_when_the_article_changes(article, silent):
    episode = built([article], silent)
    edit(silent, episode, SAID, spoken=WANTED, pause=1.5)
    told = Told()
    again = producing.produce([longer(article)], Wish(DAY), silent, told)
    assert WANTED in spoken(silent, again)
    assert "A band played on the deck." in spoken(silent, again)
    assert told.kept
    assert told.was == episode
    once_more = producing.produce([longer(article)], Wish(DAY), silent, told := Told())
    assert once_more == again
    assert told.kept
    assert told.was is None


def test_an_edit_that_has_no_place_any_more_is_told_before_any_work(article, silent):
    episode = built([article], silent)
    edit(silent, episode, SAID, spoken=WANTED)
    shorter = replace(article, blocks=(article.blocks[1], Block(kind="paragraph", text="The bridge opened on Monday.")))
    with pytest.raises(ScriptError, match=r"script\.json: 1 of its edits has no match .*--fresh"):
        built([shorter], silent)
    assert WANTED in spoken(silent, episode)
    again = producing.produce([shorter], Wish(DAY, fresh=True), silent)
    assert WANTED not in spoken(silent, again)


def test_fresh_lets_go_of_every_edit(article, silent):
    episode = built([article], silent)
    edit(silent, episode, SAID, spoken=WANTED)
    assert producing.produce([article], Wish(DAY, fresh=True), silent) == episode
    assert SAID in spoken(silent, episode)


def test_a_script_that_was_rendered_by_itself_keeps_its_edits_too(article, silent):
    episode = built([article], silent)
    edit(silent, episode, SAID, spoken=WANTED)
    producing.rebuild(silent.store.load(Script, path_of(silent, episode)), silent)
    again = producing.produce([longer(article)], Wish(DAY), silent)
    assert WANTED in spoken(silent, again)
