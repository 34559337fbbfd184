"""What an author does in the studio, from an article to a corrected episode, and what becomes of the show's files."""

import json
from base64 import b64encode
from dataclasses import replace

import numpy as np
import pytest

from audioed.config import load
from audioed.model import Script
from audioed.sound import Sound, outline, to_wav
from tests.quick import quicken
from tests.studio.conftest import CAPTION, PAGE


def test_an_article_becomes_an_episode_and_its_correction_speaks_only_what_changed(studio, lamp):
    opened = studio.get(f"/api/editions/{lamp}")
    assert (opened["state"], opened["guid"], opened["recording"]) == ("draft", "", "")
    pieces = {piece["text"]: piece for piece in opened["articles"][0]["pieces"]}
    assert (pieces[CAPTION]["rule"], pieces[CAPTION]["kind"]) == ("caption", "")
    assert [row["state"] for row in studio.get("/api/editions")["editions"]] == ["draft"]
    for utterance in studio.utterances(lamp):
        studio.ask("GET", f"/api/editions/{lamp}/utterances/{utterance['id']}/sound")
    told = studio.get(f"/api/editions/{lamp}/difference")
    first = studio.done(f"/api/editions/{lamp}/approve")
    assert (first["edition"], told["is_exact"]) == (lamp, True)
    assert first["duration"] == pytest.approx(told["duration"], abs=0.1)

    studio.do("POST", f"/api/editions/{lamp}/choices", article=1, text=CAPTION, reading="body")
    studio.do("POST", f"/api/editions/{lamp}/sounds", word="Kray", sound="KRAH-ee", scope="show")
    said = studio.with_words(lamp, "Siobhan")
    assert "[krah-ee](/" in said["spoken"]
    trial = studio.ask("POST", f"/api/editions/{lamp}/utterances/{said['id']}/sound", word="Siobhan", sound="shi-VAWN")
    assert trial.headers["content-type"] == "audio/wav"
    now = studio.do(
        "POST",
        f"/api/editions/{lamp}/sounds",
        word="Siobhan",
        sound="shi-VAWN",
        utterance=said["id"],
        version=said["version"],
    )
    assert "shi-vawn" in now["told"]
    shone = studio.with_words(lamp, "shone again")
    path = f"/api/editions/{lamp}/utterances/{shone['id']}"
    changed = studio.do("PATCH", path, version=shone["version"], written="It shone again, one evening in June.")
    assert changed["utterance"]["spoken"] == "It shone again, one evening in June."
    paused = studio.do("PATCH", path, version=changed["utterance"]["version"], pause=2.5, voice="heart-low")
    assert (paused["utterance"]["pause"], paused["utterance"]["speaker"]) == (2.5, "heart-low")
    sounds = [studio.ask("GET", f"{path}/sound", voice=voice).content for voice in ("silent", "heart")]
    assert len({outline(each).duration for each in sounds}) == 2
    studio.do("PATCH", path, version=paused["utterance"]["version"], voice="")

    before, difference = studio.clips(), studio.get(f"/api/editions/{lamp}/difference")
    heard = {row["id"] for row in difference["sentences"]}
    assert heard == {said["id"], shone["id"], studio.with_words(lamp, "the flood")["id"]}
    assert set(difference["clips"]) <= heard
    assert studio.get("/api/editions")["editions"][0]["state"] == "changed"
    second = studio.done(f"/api/editions/{lamp}/approve", note="It was June.")
    assert second["guid"] == first["guid"]
    assert [rule["wrong"] for rule in studio.done(f"/api/editions/{lamp}/verify")["rules"] if rule["wrong"]] == []
    assert len(studio.clips() - before) == len(difference["clips"])
    assert second["duration"] == pytest.approx(difference["duration"], abs=0.1)
    store = studio.desk.store
    assert [each.text for each in store.episode(lamp).corrections] == ["It was June."]
    assert store.load(Script, store.episode_folder(lamp) / "script.json").text.count("June") == 1

    third = studio.done(f"/api/editions/{lamp}/undo")
    assert (third["guid"], third["duration"]) == (first["guid"], first["duration"])
    _looked_at(studio, lamp)
    part = studio.client.get(
        f"/api/editions/{lamp}/recording",
        headers={"Authorization": f"Bearer {studio.keys.token}", "Range": "bytes=0-9"},
    )
    assert (part.status_code, len(part.content)) == (206, 10)
    assert studio.get("/api/editions")["editions"][0]["corrections"] == 1


def _looked_at(studio, name):
    """The recording is drawn as it was measured when it was made, or else as it is heard now."""
    path = f"/api/editions/{name}/waveform"
    noted, said = studio.get(path, columns=50), studio.with_words(name, "the museum")
    assert (len(noted["levels"]), len(noted["loudness"]), noted["start"]) == (50, 50, 0)
    assert 0.1 < max(noted["levels"]) < 0.5
    assert -20 < max(noted["loudness"]) < -12
    part = studio.get(path, columns=5, start=said["end"] - 1, end=said["end"])
    assert (len(part["levels"]), part["end"]) == (5, said["end"])
    for kept in (studio.home / "cache").glob("l*/*"):  # levels and loudness, as of an episode of another year
        kept.unlink()
    heard = studio.get(path, columns=50)
    assert heard["levels"] == pytest.approx(noted["levels"], abs=0.03)
    loud = [each for each in zip(heard["loudness"], noted["loudness"], strict=True) if max(each) > -30]
    assert [now for now, _ in loud] == pytest.approx([then for _, then in loud], abs=2)
    assert studio.ask("GET", path, start=3, end=2).status_code == 422


def test_what_is_chosen_counts_for_the_command_line_and_can_be_chosen_otherwise(studio, lamp):
    def chosen(reading, **piece):
        studio.do("POST", f"/api/editions/{lamp}/choices", article=1, reading=reading, **piece)
        pieces = studio.get(f"/api/editions/{lamp}")["articles"][0]["pieces"]
        return {each["text"]: each["rule"] or each["kind"] for each in pieces}[CAPTION]

    assert chosen("promo", text=CAPTION) == "promo"
    assert [part["kind"] for part in studio.get(f"/api/editions/{lamp}")["segments"]].count("promo") == 1
    assert chosen("body", text=CAPTION) == "body"
    assert len(load(None, studio.home).extraction.choices) == 1
    (article,), _ = studio.desk.show.extract(studio.home / "lamp.html")
    assert CAPTION in [block.text for block in article.blocks]
    assert chosen("", text=CAPTION) == "caption"  # let go of, it is what it was
    assert chosen("body", rule="caption") == "body"
    refused = studio.ask("POST", f"/api/editions/{lamp}/choices", article=1, reading="body", text="Not there.")
    assert (refused.status_code, "no such piece" in refused.json()["error"]) == (404, True)
    site = studio.ask("POST", f"/api/editions/{lamp}/choices", article=1, reading="cut", text=CAPTION, scope="site")
    assert "has no address" in site.json()["error"]
    assert "# How single pieces" in (studio.home / "choices.toml").read_text("utf-8")


def test_a_choice_that_would_leave_nothing_to_say_is_taken_back(studio, lamp):
    pieces = [each for each in studio.get(f"/api/editions/{lamp}")["articles"][0]["pieces"] if each["kind"] == "body"]
    told = [
        studio.ask("POST", f"/api/editions/{lamp}/choices", article=1, reading="cut", text=each["text"])
        for each in pieces
    ]
    assert [each.status_code for each in told] == [200] * (len(told) - 1) + [422]
    assert len(load(None, studio.home).extraction.choices) == len(told) - 1


def test_words_that_a_voice_may_get_wrong_are_told_and_said_right(studio, lamp, monkeypatch):
    doubts = {each["word"]: each for each in studio.get(f"/api/editions/{lamp}/doubts")["words"]}
    assert doubts["Kray"]["utterances"] == [studio.with_words(lamp, "Kray")["id"]]
    studio.do("POST", f"/api/editions/{lamp}/sounds", word="Kray", sound="KRAH-ee", scope="show")
    assert [each["word"] for each in studio.get("/api/lexicon")["lines"]] == ["Kray"]
    assert "Kray" not in {each["word"] for each in studio.get(f"/api/editions/{lamp}/doubts")["words"]}
    again = studio.ask("POST", f"/api/editions/{lamp}/sounds", word="Kray", sound="KREE", scope="show")
    assert (again.status_code, "says 'Kray' as" in again.json()["error"]) == (422, True)
    monkeypatch.setenv("AUDIOED_DATA", str(studio.home / "data"))
    studio.do("POST", f"/api/editions/{lamp}/sounds", word="Siobhan", sound="shee-o-BAN", scope="always")
    assert "[shee-o-ban](/" in studio.with_words(lamp, "Siobhan")["spoken"]
    assert (studio.home / "data" / "voices" / "lexicon" / "en.tsv").is_file()
    assert [each["word"] for each in studio.get("/api/lexicon")["lines"]] == ["Kray"]
    absent = studio.ask(
        "POST",
        f"/api/editions/{lamp}/sounds",
        word="harbour",
        sound="HAR-ber",
        utterance=studio.utterances(lamp)[0]["id"],
        version="x",
    )
    assert "is not in this sentence" in absent.json()["error"]


def test_a_sentence_is_added_left_out_and_taken_back(studio, lamp):
    before = studio.utterances(lamp)
    last = before[-1]
    path = f"/api/editions/{lamp}/utterances"
    added = studio.do("POST", f"{path}/{last['id']}/after", written="It has 3 windows.")
    assert added["utterance"]["spoken"] == "It has three windows."
    new = added["utterance"]
    assert [each["id"] for each in studio.utterances(lamp)] == [*(each["id"] for each in before), new["id"]]
    studio.do("DELETE", f"{path}/{new['id']}", version=new["version"])
    studio.do("POST", f"/api/editions/{lamp}/revert")
    assert studio.utterances(lamp) == before
    studio.do("PATCH", f"/api/editions/{lamp}", title="The dark lamp")
    assert studio.get(f"/api/editions/{lamp}")["title"] == "The dark lamp"
    assert studio.ask("PATCH", f"/api/editions/{lamp}", title="two\nlines").status_code == 422


def test_one_of_several_sentences_in_one_breath_is_left_out_and_the_others_are_said_as_they_were(studio, lamp):
    last = studio.utterances(lamp)[-1]
    path = f"/api/editions/{lamp}/utterances"
    told = "Nobody slept. All 3 lamps shone on Siobhan. So what?"
    said = studio.do("POST", f"{path}/{last['id']}/after", written=told)["utterance"]
    assert said["sentences"] == ["Nobody slept.", "All 3 lamps shone on Siobhan.", "So what?"]
    one = f"{path}/{said['id']}"
    assert studio.ask("DELETE", one, version=said["version"], sentence=4).status_code == 404
    left = studio.do("DELETE", one, version=said["version"], sentence=1)["utterance"]
    assert left["written"] == "All 3 lamps shone on Siobhan. So what?"
    assert said["spoken"] == f"Nobody slept. {left['spoken']}"
    by_hand = studio.do("PATCH", one, version=left["version"], spoken="All lamps shone. What now?")["utterance"]
    last_one = studio.do("DELETE", one, version=by_hand["version"], sentence=2)["utterance"]
    assert (last_one["written"], last_one["sentences"]) == ("All 3 lamps shone on Siobhan.", [])
    assert studio.ask("DELETE", one, version=left["version"], sentence=1).status_code == 409


def test_a_file_of_ones_own_is_taken_where_it_is_an_article_or_a_sound_and_takes_no_other_file_s_place(studio):
    def sent(name, data):
        return studio.ask("POST", "/api/files", name=name, data=b64encode(data).decode())

    before = set(studio.home.iterdir())
    tone = np.sin(np.arange(48_000, dtype=np.float32) / 9) * np.float32(0.3)
    refused = {
        "lamp.exe": b"MZ",
        "audioed.toml": b"[show]",
        "x.tsv": b"a\tb",
        "empty.md": b"",
        "blank.html": b"<p></p>",
        "note.wav": b"Not a sound.",
        "quiet.wav": to_wav(Sound(samples=np.zeros(48_000, np.float32), rate=24_000)),
        "long.wav": to_wav(Sound(samples=np.tile(tone, 61), rate=24_000)),
        "book.docx": b"No book.",
    }
    for name, data in refused.items():
        answer = sent(name, data)
        assert answer.status_code in {413, 422}, (name, answer.text)
        assert ".making-" not in answer.text
    assert studio.ask("POST", "/api/files", name="x.md", data="%%%").status_code == 422
    assert set(studio.home.iterdir()) == before
    text = b"# The tide\n\nThe tide came in at three past six, and all the boats on the quay were lifted, one by one."
    for name, file in {
        "../../The Tide!.md": "articles/the-tide.md",
        "C:\\Users\\me\\the tide.MD": "articles/the-tide.md",  # the same bytes
        "CON.md": "articles/file-con.md",
    }.items():
        assert sent(name, text).json() == {"file": file, "kind": "article"}
    assert sent("the-tide.md", text + b" Then it went.").json()["file"] == "articles/the-tide-2.md"
    assert (studio.home / "articles" / "the-tide.md").read_bytes() == text
    heard = sent("Book.wav", to_wav(Sound(samples=tone, rate=24_000))).json()
    assert heard == {"file": "promos/book.wav", "kind": "sound"}
    assert studio.do("POST", "/api/editions", article="articles/the-tide-2.md")["edition"].endswith("the-tide")


def test_settings_are_told_checked_and_written_with_what_stands_around_them(studio):
    told = studio.get("/api/settings")
    review = next(each for each in told["settings"] if each["key"] == "publishing.review")
    assert (review["value"], review["is_set"], review["kind"]) == (False, False, "bool")
    assert "stops at a draft" in review["help"]
    assert set(told["versions"]) == {"show.title", "synthesis.roles"}
    studio.do("PATCH", "/api/settings", key="publishing.review", value=True, version="")
    assert studio.get("/api/show")["is_reviewed"] is True
    text = (studio.home / "audioed.toml").read_text("utf-8")
    assert text.startswith("# What my show is.")
    assert 'title = "Tides"   # as the town knows it' in text
    wrong = {
        "nightly.most": 0,
        "synthesis.roles": {"narrator": "nobody"},
        "publishing.keep": "some",
        "show.title": ["a"],
    }
    for key, value in wrong.items():
        refused = studio.ask("PATCH", "/api/settings", key=key, value=value, version=told["versions"].get(key, ""))
        assert refused.status_code == 422, key
        assert ".making-" not in refused.text
    assert (studio.home / "audioed.toml").read_text("utf-8") == text
    assert not list(studio.home.glob(".making-*"))
    version = studio.get("/api/settings")["versions"]["publishing.review"]
    taken = studio.do("PATCH", "/api/settings", key="publishing.review", value=None, version=version)
    assert next(each for each in taken["settings"] if each["key"] == "publishing.review")["value"] is False


def test_settings_that_two_change_are_merged_and_the_same_one_is_changed_only_knowingly(studio, monkeypatch):
    seen = studio.get("/api/settings")["versions"]
    path = studio.home / "audioed.toml"
    path.write_text(path.read_text("utf-8").replace('"Tides"', '"Ebb"') + "# mine\n", "utf-8")  # in an editor
    studio.do("PATCH", "/api/settings", key="nightly.most", value=3, version="")  # the other one is not written over
    stale = studio.ask("PATCH", "/api/settings", key="show.title", value="Flood", version=seen["show.title"])
    theirs = stale.json()["theirs"]
    assert (stale.status_code, theirs["value"]) == (409, "Ebb")
    assert studio.ask("PATCH", "/api/settings", key="nightly.most", value=4, version="").status_code == 409
    studio.do("PATCH", "/api/settings", key="nightly.most", value=3, version="")  # the same once more is none
    opened, hands = studio.desk.opened_with, [b"# hers\n", b"# his\n"]

    def meanwhile(settings):  # somebody else writes while the show is opened with what is to be written
        if settings and settings.name.startswith(".making-") and hands:
            path.write_bytes(path.read_bytes() + hands.pop())
        return opened(settings)

    monkeypatch.setattr(studio.desk, "opened_with", meanwhile)
    studio.do("PATCH", "/api/settings", key="show.title", value="Flood", version=theirs["version"])
    text = path.read_text("utf-8")
    assert all(each in text for each in ('title = "Flood"   # as the', "most = 3", "# mine", "# hers", "# his"))


def test_promos_targets_and_tags_are_set_with_their_comments_kept_and_refused_where_they_are_wrong(studio):
    settings = studio.home / "audioed.toml"
    more = '\n[promos.book]   # until it is sold out\ntext = "My book is out."\nweight = 2.0   # half of all\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    seen = studio.get("/api/settings")
    promos, targets, tags = seen["tables"]
    assert promos["entries"] == [["book", {"text": "My book is out.", "weight": 2.0}]]
    assert [each["key"] for each in targets["fields"]][:2] == ["kind", "address"]
    assert all(each["help"] for table in (promos, targets, tags) for each in table["fields"])
    wanted = {
        "promos.book": {"text": "My book is here.", "weight": 2.0, "last_day": "2027-01-31", "title": ""},
        "promos.walk": {"text": "Walk with us."},
        "targets.web": {"kind": "folder", "address": "../web", "commit": False},
        "show.tags": [{"tag": "podcast:txt", "text": "here", "attributes": {"purpose": "verify"}}],
    }
    for key, value in wanted.items():
        version = studio.get("/api/settings")["versions"].get(key, "")
        told = studio.do("PATCH", "/api/settings", key=key, value=value, version=version)
        assert told["versions"][key] != version
    text = settings.read_text("utf-8")
    for line in ("[promos.book]   # until it is sold out", "weight = 2.0   # half of all", "last_day = 2027-01-31"):
        assert line in text
    config = studio.desk.show.config
    assert (config.promos["book"].text, config.targets["web"].address) == ("My book is here.", "../web")
    assert [dict(each.attributes) for each in config.show.tags] == [{"purpose": "verify"}]
    versions = studio.get("/api/settings")["versions"]
    wrong = {
        "promos.walk": {"text": "Walk.", "last_day": "soon"},
        "promos.sea": {"title": "Neither said nor played"},
        "targets.web": {"kind": "folder"},
        "targets.a b": {"kind": "folder", "address": "x"},
        "targets.ftp": "ftp://x",
        "show.tags": [{"tag": "script", "text": "x"}],
    }
    for key, value in wrong.items():
        refused = studio.ask("PATCH", "/api/settings", key=key, value=value, version=versions.get(key, ""))
        assert refused.status_code in {404, 422}, (key, refused.text)
    assert settings.read_text("utf-8") == text
    for key in wanted:
        studio.do("PATCH", "/api/settings", key=key, value=None, version=versions[key])
    assert (dict(studio.desk.show.config.promos), studio.desk.show.config.show.tags) == ({}, ())


@pytest.mark.usefixtures("read_here")
def test_a_night_that_is_planned_and_what_is_put_aside_for_it(studio):
    (studio.home / "ferry.html").write_text(PAGE.replace("lamp", "ferry"), "utf-8")
    assert studio.do("POST", "/api/queue", article="lamp.html")["new"] == ["lamp.html"]
    studio.do("POST", "/api/queue", article="ferry.html")
    told = studio.done("/api/tonight")
    assert [(each["name"], each["title"]) for each in told["articles"]] == [("lamp.html", "The lamp")]  # one story
    seen = studio.get("/api/tonight")
    assert (seen["order"], seen["hold"], seen["job"] > 0) == ([], [], True)
    studio.do("PATCH", "/api/tonight", order=["ferry.html"], hold=["lamp.html"], version=seen["version"])
    again = studio.ask("PATCH", "/api/tonight", order=[], hold=[], version=seen["version"])
    assert (again.status_code, again.json()["theirs"]["hold"]) == (409, ["lamp.html"])
    assert studio.ask("PATCH", "/api/tonight", order=["hold x"], hold=[], version="").status_code == 422
    told = studio.done("/api/tonight")
    assert ([each["name"] for each in told["held"]], told["title"]) == (["lamp.html"], "")
    version = again.json()["theirs"]["version"]
    studio.do("PATCH", "/api/tonight", order=[], hold=[], version=version)
    assert not (studio.home / "tonight.txt").exists()
    studio.do("POST", "/api/editions", article="lamp.html")
    assert studio.done("/api/tonight")["title"] == "The ferry"


def test_an_episode_that_is_broken_or_gone_is_told_and_comes_back(studio, lamp, monkeypatch):
    quicken(monkeypatch)
    studio.done(f"/api/editions/{lamp}/approve")
    studio.do("POST", f"/api/editions/{lamp}/remove")
    assert [row["state"] for row in studio.get("/api/editions")["editions"]] == ["removed"]
    studio.do("POST", f"/api/editions/{lamp}/restore")
    folder = studio.desk.store.episode_folder(lamp)
    record = json.loads((folder / "episode.json").read_text("utf-8"))
    (folder / "episode.json").write_text("{", "utf-8")
    (row,) = studio.get("/api/editions")["editions"]
    assert (row["state"], "episode.json" in row["problem"]) == ("damaged", True)
    assert studio.ask("GET", f"/api/editions/{lamp}").status_code == 422
    (folder / "episode.json").write_text(json.dumps(record), "utf-8")
    assert studio.get(f"/api/editions/{lamp}")["state"] == "published"


def test_promos_of_the_shows_own_are_heard_and_stay_where_they_are(studio):
    silence = Sound(samples=np.zeros(48_000, np.float32), rate=24_000)
    tone = replace(silence, samples=np.sin(np.arange(48_000, dtype=np.float32) / 9) * np.float32(0.3))
    (studio.home / "book.wav").write_bytes(to_wav(tone))
    settings = studio.home / "audioed.toml"
    promo = '[promos.book]\ntext = "My book is out."\nsound = "book.wav"\nplace = "last"\n'
    more = f"\n[scripting]\npromos_per_hour = 60\n{promo}"
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    more = "".join(
        f"<p>In year {year} of the dark, nobody in the town looked up to the lamp.</p>" for year in range(20)
    )
    (studio.home / "lamp.html").write_text(PAGE.replace("</article>", f"{more}</article>"), "utf-8")
    name = studio.do("POST", "/api/editions", article="lamp.html")["edition"]
    said = studio.with_words(name, "My book")
    heard = studio.ask("GET", f"/api/editions/{name}/utterances/{said['id']}/sound")
    assert outline(heard.content).duration == pytest.approx(2.0, abs=0.3)
    assert said["id"] not in studio.get(f"/api/editions/{name}/difference")["clips"]
    studio.do("POST", f"/api/editions/{name}/choices", article=1, text=CAPTION, reading="body")  # written anew
    kinds = [
        (part["kind"], part["utterances"][0]["written"]) for part in studio.get(f"/api/editions/{name}")["segments"]
    ]
    assert kinds.count(("promo", "My book is out.")) == 1
    (row,) = studio.get("/api/promos")["promos"]
    assert (row["name"], row["state"], row["today"]) == ("book", "runs", True)
