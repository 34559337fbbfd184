"""Several hands at one edition: two tabs, a hand-edited script.json, a build beside; none undoes what another did."""

import json
import threading
from dataclasses import replace

import pytest

from audioed import synthesis
from audioed.errors import ScriptError, StoreError


def spoken(studio, name):
    return {each["id"]: (each["spoken"], each["pause"]) for each in studio.utterances(name)}


def test_two_tabs_change_two_sentences_and_the_same_one_only_knowingly(studio, lamp):
    first, second = studio.utterances(lamp)[1:3]  # both tabs have seen these
    path = f"/api/editions/{lamp}/utterances"
    studio.do("PATCH", f"{path}/{first['id']}", version=first["version"], pause=1.25)
    studio.do("PATCH", f"{path}/{second['id']}", version=second["version"], pause=2.0)
    told = spoken(studio, lamp)
    assert (told[first["id"]][1], told[second["id"]][1]) == (1.25, 2.0)
    refused = studio.ask("PATCH", f"{path}/{first['id']}", version=first["version"], pause=3.0)
    theirs = refused.json()["theirs"]
    assert (refused.status_code, theirs["pause"], theirs["spoken"]) == (409, 1.25, first["spoken"])
    assert studio.ask("DELETE", f"{path}/{first['id']}", version=first["version"]).status_code == 409
    studio.do("PATCH", f"{path}/{first['id']}", version=first["version"], pause=1.25)  # the same once more is none
    studio.do("PATCH", f"{path}/{first['id']}", version=theirs["version"], pause=3.0)
    assert spoken(studio, lamp)[first["id"]][1] == 3.0


def test_a_hand_in_script_json_is_neither_overwritten_nor_lost(studio, lamp):
    mine, theirs = studio.utterances(lamp)[1:3]
    file = studio.desk.edition(lamp).folder / "script.json"
    whole = json.loads(file.read_text("utf-8"))
    for each in (one for segment in whole["segments"] for one in segment["utterances"]):
        if each["id"] == theirs["id"]:
            each["spoken"] = "By hand."
    file.write_text(json.dumps(whole), "utf-8")
    path = f"/api/editions/{lamp}/utterances"
    studio.do("PATCH", f"{path}/{mine['id']}", version=mine["version"], spoken="In the studio.")
    told = spoken(studio, lamp)
    assert (told[mine["id"]][0], told[theirs["id"]][0]) == ("In the studio.", "By hand.")
    assert studio.ask("PATCH", f"{path}/{theirs['id']}", version=theirs["version"], spoken="x y").status_code == 409
    studio.do("POST", f"/api/editions/{lamp}/sounds", word="Kray", sound="KRAH-ee", scope="show")  # written anew
    assert spoken(studio, lamp)[theirs["id"]][0] == "By hand."
    file.write_text("{", "utf-8")
    broken = studio.ask("PATCH", f"{path}/{mine['id']}", version="x", pause=1)
    assert (broken.status_code, "script.json" in broken.json()["error"]) == (422, True)
    assert file.read_text("utf-8") == "{"


def test_many_tabs_at_once_lose_nothing(studio, lamp):
    said = studio.utterances(lamp)
    path = f"/api/editions/{lamp}/utterances"

    def change(each, place):
        studio.do("PATCH", f"{path}/{each['id']}", version=each["version"], pause=1.0 + place)

    threads = [threading.Thread(target=change, args=(each, place)) for place, each in enumerate(said)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each["pause"] for each in studio.utterances(lamp)] == [1.0 + place for place in range(len(said))]


def test_what_is_left_out_comes_back_where_it_stood_and_no_other_change_is_lost(studio, lamp):
    said, path = studio.utterances(lamp), f"/api/editions/{lamp}/utterances"
    parts = [(part["kind"], len(part["utterances"])) for part in studio.get(f"/api/editions/{lamp}")["segments"]]
    changed = said[-1]
    studio.do("PATCH", f"{path}/{changed['id']}", version=changed["version"], pause=1.25)
    lost = said[:4]  # whole segments among them, and what nothing stands before
    for each in lost:
        studio.do("DELETE", f"{path}/{each['id']}", version=each["version"])
    told = studio.get(f"/api/editions/{lamp}")["left_out"]
    assert [(each["id"], each["after"]) for each in told] == [(each["id"], "") for each in lost]
    gone = studio.get(f"/api/editions/{lamp}/difference")["sentences"]
    assert [each["id"] for each in gone] == [*(each["id"] for each in lost), changed["id"]]
    for each in (lost[2], lost[0], lost[3], lost[1]):
        studio.do("POST", f"/api/editions/{lamp}/revert", utterance=each["id"])
    now = studio.get(f"/api/editions/{lamp}")
    assert studio.utterances(lamp)[:-1] == said[:-1]
    assert (studio.utterances(lamp)[-1]["pause"], now["left_out"]) == (1.25, [])
    assert [(part["kind"], len(part["utterances"])) for part in now["segments"]] == parts
    middle = said[-2]
    studio.do("DELETE", f"{path}/{middle['id']}", version=middle["version"])
    (gone, _) = studio.get(f"/api/editions/{lamp}/difference")["sentences"]
    assert (gone["id"], gone["now"]) == (middle["id"], "")
    assert [each["after"] for each in studio.get(f"/api/editions/{lamp}")["left_out"]] == [said[-3]["id"]]


def test_an_edition_that_is_being_made_waits_for_changes_and_one_that_fails_stays(studio, lamp, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def held(*_):
        begun.set()
        go_on.wait(20)
        raise StoreError("the disk is full; free some space.", path=studio.home)

    monkeypatch.setattr(synthesis, "speak", held)
    said = studio.utterances(lamp)[1]
    number = studio.do("POST", f"/api/editions/{lamp}/approve")["id"]
    assert begun.wait(20)
    path = f"/api/editions/{lamp}/utterances/{said['id']}"
    refused = studio.ask("PATCH", path, version=said["version"], pause=1.25)
    assert (refused.status_code, studio.get(f"/api/editions/{lamp}")["is_making"]) == (423, True)
    assert studio.ask("POST", f"/api/editions/{lamp}/approve").status_code == 409
    assert studio.ask("DELETE", f"/api/editions/{lamp}").status_code == 423
    go_on.set()
    while (job := studio.get(f"/api/jobs/{number}"))["state"] == "running":
        pass
    assert (job["state"], "the disk is full" in job["error"]) == ("failed", True)
    studio.do("PATCH", path, version=said["version"], pause=1.25)
    assert studio.get(f"/api/editions/{lamp}")["state"] == "draft"
    told = [each[1:] for each in studio.desk.news.after(0)]
    assert ("edition", json.dumps({"edition": lamp})) in told
    assert any(kind == "job" and '"state": "failed"' in data for kind, data in told)


def test_a_full_disk_costs_a_change_and_nothing_else(studio, lamp, monkeypatch):
    said = studio.utterances(lamp)[1]
    monkeypatch.setattr("audioed.files.os.fsync", full := lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    refused = studio.ask("PATCH", f"/api/editions/{lamp}/utterances/{said['id']}", version=said["version"], pause=1.25)
    assert (refused.status_code, "disk is full" in refused.json()["error"], bool(full)) == (422, True, True)
    monkeypatch.undo()
    assert studio.utterances(lamp)[1] == said
    monkeypatch.setattr("pathlib.Path.write_text", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    text = (studio.home / "audioed.toml").read_bytes()
    refused = studio.ask("PATCH", "/api/settings", key="show.author", value="Ines", version="")
    assert (refused.status_code, "disk is full" in refused.json()["error"]) == (422, True)
    assert (studio.home / "audioed.toml").read_bytes() == text


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"pause": 61}, "0 to 60 are possible"),
        ({"pause": -1}, "0 to 60 are possible"),
        ({"pause": "a"}, "pause"),
        ({"spoken": " "}, "no spoken form"),
        ({"spoken": "[x](/q!/)"}, "no letter of IPA"),
        ({"spoken": "a" * 2_001}, "more than 2,000"),
        ({"written": ""}, "nothing to say"),
        ({"voice": "nobody"}, "is not installed"),
        ({"role": "tenor"}, "is not a role"),
    ],
)
def test_what_nobody_can_say_is_refused_with_its_reason(studio, lamp, wanted, why):
    said = studio.utterances(lamp)[1]
    refused = studio.ask("PATCH", f"/api/editions/{lamp}/utterances/{said['id']}", version=said["version"], **wanted)
    assert (refused.status_code, why in refused.json()["error"]) == (422, True), refused.text
    assert studio.utterances(lamp)[1] == said


def test_half_of_a_character_is_refused_at_every_door(studio, lamp):
    said = studio.utterances(lamp)[1]
    headers = {
        "Authorization": f"Bearer {studio.keys.token}",
        "X-Audioed-Studio": "1",
        "Content-Type": "application/json",
    }
    doors = {
        f"/api/editions/{lamp}/utterances/{said['id']}": (
            "PATCH",
            {"version": said["version"], "spoken": "half \ud83d"},
        ),
        "/api/sound": ("POST", {"spoken": "half \udc00"}),
        "/api/queue": ("POST", {"article": "https://example.com/\ud83d"}),
    }
    for path, (method, body) in doors.items():
        refused = studio.client.request(method, path, headers=headers, content=json.dumps(body))
        assert (refused.status_code, "half of a character" in refused.text) == (422, True), refused.text
    script = studio.desk.edition(lamp).script
    spoilt = replace(script.segments[0].utterances[0], spoken="half \ud83d")
    first = replace(script.segments[0], utterances=(spoilt,))
    with pytest.raises(ScriptError, match="half of a character"):  # from Python
        studio.desk.show.render(replace(script, segments=(first, *script.segments[1:])))
