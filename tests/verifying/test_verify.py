"""Every fault that is planted into a published episode is found, by the name of its rule, and nothing else is."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pytest
from mutagen.id3 import ID3, USLT
from PIL import Image
from typer.testing import CliRunner

from audioed import build, config, proving, publishing, verifying
from audioed.cache import Cache
from audioed.cli.app import app
from audioed.companions import SRT
from audioed.errors import VerificationError
from audioed.files import content_hash
from audioed.mastering.encode import decode, ffmpeg, since
from audioed.model import Article, Block, Cue, Enclosure, Episode, Script
from audioed.place import Place
from audioed.slugs import versioned
from audioed.sound import Recording
from audioed.store import Store, integrity
from audioed.timecode import exact_clock
from audioed.verifying import captions, carriers, chapters, frames, tags
from audioed.verifying import cues as lines
from audioed.verifying.captions import Card
from audioed.verifying.chapters import in_comments, in_mp4
from audioed.verifying.seeking import jumps
from audioed.voices.cards import voice_cards
from tests import once
from tests.mp3 import encode
from tests.test_catalogue import built

LONG = (
    "The bridge, which had been planned for nineteen years and built in three, opened on Monday at noon while two "
    "thousand people waited on either side of the river."
)
ARTICLE = Article(
    title="The bridge opens & shines",
    byline="Ada Berg",
    url="https://example.com/bridge",
    name="https://example.com/bridge",
    blocks=(
        Block(kind="paragraph", text=LONG),
        Block(kind="paragraph", text="It cost $4.5 million, “they say” --> and it is <b>90</b> metres long."),
    ),
)
PLACES = frames.OFFSETS
OTHER = replace(ARTICLE, title="The ferry leaves", url="https://example.com/ferry", blocks=ARTICLE.blocks[1:])


@dataclass
class Published:
    """An episode that was really built, for faults to be planted in."""

    place: Place
    name: str

    @property
    def folder(self):
        return self.place.store.episode_folder(self.name)

    @property
    def episode(self):
        return self.place.store.load(Episode, self.folder / "episode.json")

    @property
    def audio(self):
        return self.folder / self.episode.enclosure.name

    @property
    def script(self):
        return self.place.store.load(Script, self.folder / "script.json")

    @property
    def feed(self):
        return self.place.store.public / "feed.xml"

    def broken(self):
        """What is wrong, by the name of the rule."""
        found = proving.verify(self.episode, self.script, self.folder, self.place)
        return {rule.name: "; ".join(rule.wrong) for rule in found.findings}

    def misshown(self):
        """The same of what is shown alone, for which nothing needs to be decoded."""
        found = carriers.shown(proving._published(self.episode, self.script, self.folder, self.place))
        return {rule.name: "; ".join(rule.wrong) for rule in found if rule.wrong}

    def change(self, path, old, new):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def keep(self, **changes):
        """The episode's own record says something else."""
        self.place.store.save(replace(self.episode, **changes), self.folder / "episode.json")

    def samples(self):
        decode(self.audio, self.folder / "x.pcm", 44_100)
        return np.fromfile(self.folder / "x.pcm", "<i2").astype(np.float64)

    def record(self, samples):
        """Other sound under the same tags."""
        tags = ID3(self.audio)
        louder = np.clip(samples / 0.95, -32_768, 32_767).astype("<i2")  # LAME turns its input down
        encode([louder.tobytes()], self.audio, rate=44_100, bitrate=96)
        tags.save(self.audio, v2_version=3)
        self.rename()

    def tag(self, change):
        tags = ID3(self.audio)
        change(tags)
        tags.save(self.audio, v2_version=3)
        self.rename()

    def rename(self):
        """The record, the file's name and the feed fit its bytes again."""
        old = self.audio
        told = content_hash(old)
        path = old.rename(self.folder / f"{self.name}-{told[:10]}.mp3")
        change = {"name": path.name, "length": path.stat().st_size, "integrity": integrity(told)}
        self.keep(enclosure=replace(self.episode.enclosure, **change))
        build.publish(self.place)


@pytest.fixture(scope="module", autouse=True)
def heard_once():
    """Most faults lie beside a recording that is sound: ffmpeg decodes and measures the same bytes once."""
    with pytest.MonkeyPatch.context() as patch:
        once.decode(patch)
        patch.setattr(frames, "OFFSETS", 1)  # each place is a process of ffmpeg; the sound episode is heard from all
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = tmp_path_factory.mktemp("once")
    settings = config.Config(synthesis=config.Synthesis(roles={"narrator": "silent"}))
    place = Place(settings, voice_cards(home), Store(home / "output", Cache(home / "cache"), settings.show.title, home))
    return Published(place, built([ARTICLE, OTHER], place).name)


@pytest.fixture
def published(made, tmp_path):
    shutil.copytree(made.place.store.output, tmp_path / "output")
    return Published(replace(made.place, store=replace(made.place.store, output=tmp_path / "output")), made.name)


def test_a_sound_episode_breaks_no_rule(published, monkeypatch):
    monkeypatch.setattr(frames, "OFFSETS", PLACES)
    found = proving.verify(published.episode, published.script, published.folder, published.place)
    assert found.findings == ()
    assert {rule.name for rule in found.rules} == {
        *("size", "hash", "decodes", "duration", "silence", "cues sound", "chapters begin in silence", "frames"),
        *(
            "byte ranges",
            "loudness",
            "true peak",
            "chapters in order",
            "chapters as scripted",
            "chapters agree",
            "cues in order",
        ),
        *(
            "words in their cues",
            "cues cover the script",
            "transcripts agree",
            "tags",
            "chapter pictures",
            "feed",
            "cover",
        ),
    }
    assert f"right from {PLACES} places on" in next(rule.told for rule in found.rules if rule.name == "byte ranges")
    assert not list(published.folder.glob("*.pcm"))


def stamp(seconds):
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}"


def test_a_chapter_that_is_moved_in_one_carrier_is_found(published):
    start = int(published.episode.chapters[1].start)
    published.change(published.folder / "chapters.json", f'"startTime": {start},', f'"startTime": {start + 0.05},')
    told = published.broken()
    assert set(told) == {"chapters agree"}
    assert told["chapters agree"].startswith("chapters.json: ")
    assert f"begins at {exact_clock(start + 0.05)} instead of {exact_clock(start)}" in told["chapters agree"]


def test_a_chapter_that_is_moved_by_a_frame_is_none_moved(published):
    start = int(published.episode.chapters[1].start)
    published.change(published.folder / "chapters.json", f'"startTime": {start},', f'"startTime": {start + 0.015},')
    assert published.broken() == {}


def test_a_chapter_that_is_moved_in_the_tags_is_found(published):
    def moved(tags):
        tags.getall("CHAP")[-1].start_time += 50

    published.tag(moved)
    told = published.broken()
    assert set(told) == {"chapters agree"}
    assert told["chapters agree"].startswith("ID3: ")


def test_a_chapter_that_is_moved_or_renamed_in_the_feed_is_found(published):
    start = published.episode.chapters[1].start
    published.change(published.feed, f'start="{stamp(start)}"', f'start="{stamp(start + 0.05)}"')
    assert re.match("Podlove: .*begins at", published.broken()["chapters agree"])
    build.publish(published.place)
    line = f"({int(start) // 60:02}:{int(start) % 60:02}) "
    published.change(published.feed, line, line + "Not ")
    assert re.match("show notes: “Not", published.broken()["chapters agree"])


def test_a_chapter_that_is_lost_in_one_carrier_is_found(published):
    document = json.loads((published.folder / "chapters.json").read_bytes())
    document["chapters"].pop()
    (published.folder / "chapters.json").write_text(json.dumps(document))
    count = len(published.episode.chapters)
    assert published.broken() == {"chapters agree": f"chapters.json: {count - 1} chapters instead of {count}"}
    (published.folder / "chapters.json").unlink()
    assert published.broken() == {"chapters agree": "chapters.json: is not there"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda tags: tags.delall("CTOC"), "0 top-level tables of contents"),
        (lambda tags: setattr(tags.getall("CTOC")[0], "flags", 2), "is not ordered"),
        (lambda tags: tags.getall("CTOC")[0].child_element_ids.pop(), "lists 2 chapters, but there are 3"),
    ],
)
def test_a_table_of_contents_that_players_do_not_take_is_found(published, change, told):
    published.tag(change)
    assert told in published.broken()["chapters agree"]


def test_a_chapter_that_begins_inside_a_word_is_found(published):
    first, second, *rest = published.episode.chapters
    begins = next(cue.start for cue in published.episode.cues if cue.start >= second.start)
    published.keep(chapters=(first, replace(second, start=begins + 0.5), *rest))
    assert set(published.broken()) == {"chapters begin in silence", "chapters agree"}


def test_chapters_out_of_order_are_found(published):
    first, *rest = published.episode.chapters
    published.keep(chapters=(replace(first, start=0.3), *(replace(each, start=9000.0) for each in rest)))
    assert published.broken()["chapters in order"].count("; ") == len(rest)


def test_a_text_that_is_lost_in_the_srt_is_found(published):
    path = published.folder / "transcript.srt"
    blocks = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join(blocks[:3] + blocks[4:]), "utf-8")
    told = published.broken()
    assert set(told) == {"transcripts agree"}
    assert told["transcripts agree"].startswith("transcript.srt: it has “")


def test_a_cue_that_is_moved_in_one_transcript_is_found(published):
    cue = published.episode.cues[2]
    published.change(published.folder / "transcript.vtt", f"{stamp(cue.start)} -->", f"{stamp(cue.start + 0.05)} -->")
    assert re.match(r"transcript\.vtt: “.*” begins at", published.broken()["transcripts agree"])
    document = json.loads((published.folder / "transcript.json").read_bytes())
    document["segments"][2]["endTime"] += 0.05
    (published.folder / "transcript.json").write_text(json.dumps(document))
    assert re.search(r"transcript\.json: “.*” ends at", published.broken()["transcripts agree"])


@pytest.mark.parametrize(
    ("ends", "right"), [(1.3, False), (1.8, True), (1.83, False), (1.25, False), (2.1, False), (2.6, False)]
)
def test_a_card_may_stay_into_a_silence_until_it_can_be_read_and_no_longer(ends, right):
    cues = (Cue(start=1.0, end=1.3, speaker="", text="Yes."), Cue(start=2.5, end=4.0, speaker="", text="No, never."))
    found = [Card(1.0, ends, "Yes."), Card(2.5, 4.0, "No, never.")]
    assert bool(lines.agree(cues, [("transcript.srt", found)]).wrong) != right


WORDS = "The night ferry leaves at ten, and nobody minds the rain."


@pytest.mark.parametrize(
    ("cards", "told"),
    [
        ([(1.0, 1.3, "Yes."), (2.5, 4.0, "No, never.")], "is gone at 0:01.30, before anybody has seen “Yes.”"),
        ([(1.0, 1.8, "Yes."), (2.5, 4.0, "No, never.")], ""),
        ([(1.0, 1.3, "Yes."), (1.31, 4.0, "No, never.")], ""),  # said so fast
        ([(1.0, 1.4, "Yes."), (1.7, 4.0, "No, never.")], "is gone at 0:01.40"),
        ([(1.0, 3.0, WORDS), (6.0, 7.0, "No.")], ""),
        ([(1.0, 9.5, WORDS)], ""),
        ([(1.0, 10.5, WORDS)], "stays until 0:10.50"),
        ([(1.0, 10.5, "Never again.")], ""),
    ],
)
def test_a_card_that_flashes_or_stays_is_found_unless_the_speech_is_so_fast(cards, told):
    cues = [Cue(start=start, end=end, speaker="", text=text, boundary="sentence") for start, end, text in cards]
    found = [Card(*each) for each in cards]
    wrong = [each for each in lines.agree(cues, [("transcript.vtt", found)]).wrong if "card" in each]
    assert bool(wrong) == bool(told)
    assert told in " ".join(wrong)
    assert not lines.agree(cues, [("transcript.json", found)]).wrong


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("vtt", "WEBVTT\n\n{}<v Ada Berg>", "{}\n{}\n{}", "has 3 lines"),
        ("vtt", "WEBVTT\n\n{}<v Ada Berg>", "{}\n{}", ""),
        ("vtt", "WEBVTT\n\n{}<v Ada Berg>", "{} {}", "has a line of 57 characters: “The night"),
        ("srt", "1\n{}Ada Berg: ", "{}\n{}", "has a line of 40 characters: “Ada Berg: The night"),
        ("srt", "1\n{}", "{}\n{}", ""),
    ],
)
def test_a_card_that_is_fuller_than_two_lines_is_found(tmp_path, name, before, after, told):
    text = WORDS if after.count("{}") < 3 else f"{WORDS} Yes."
    times = "00:00:01.000 --> 00:00:06.000\n" if name == "vtt" else "00:00:01,000 --> 00:00:06,000\n"
    parts = (WORDS[:30], WORDS[31:], "Yes.")
    path = tmp_path / f"transcript.{name}"
    path.write_text(before.format(times) + after.format(*parts) + "\n", "utf-8")
    cue = Cue(start=1.0, end=6.0, speaker="Ada Berg", text=text)
    cards = captions.in_vtt(path) if name == "vtt" else captions.in_srt(path, ["Ada Berg"])
    wrong = lines.agree([cue], [(path.name, cards)]).wrong
    assert (len(wrong), told in "".join(wrong)) == (bool(told), True), wrong


def test_a_card_that_goes_on_where_a_paragraph_ends_is_found():
    cues = (
        Cue(start=1.0, end=1.3, speaker="", text="Yes.", boundary="paragraph"),
        Cue(start=1.6, end=4.0, speaker="", text="No, never.", boundary="segment"),
    )
    found = [Card(1.0, 4.0, "Yes. No, never.")]
    assert lines.agree(cues, [("transcript.srt", found)]).wrong == (
        "transcript.srt: “Yes.” ends a paragraph, and its card goes on",
    )
    within = (replace(cues[0], boundary="sentence"), cues[1])
    assert not lines.agree(within, [("transcript.srt", found)]).wrong


@pytest.mark.parametrize(("name", "value"), [("id", "x"), ("boundary", "clause"), ("block", "")])
def test_a_cue_that_carries_something_else_than_its_utterance_is_found(published, name, value):
    first, *rest = published.episode.cues
    changed = replace(published.episode, cues=(replace(first, **{name: value}), *rest))
    assert name in lines.cover(changed.cues, published.script).wrong[0]


def test_a_chapter_under_another_name_than_the_scripts_is_found(published):
    first, *rest = published.episode.chapters
    assert chapters.as_scripted((first, *rest), published.script).wrong == ()
    assert chapters.as_scripted((replace(first, title="Hm"), *rest), published.script).wrong[0].startswith("“Hm” where")
    assert "no chapter" in chapters.as_scripted(tuple(rest), published.script).wrong[-1]


def test_a_transcript_that_cannot_be_read_is_found(published):
    (published.folder / "transcript.vtt").write_text("no captions")
    (published.folder / "transcript.json").write_text('{"segments": 3}')
    (published.folder / "transcript.srt").unlink()
    told = published.broken()["transcripts agree"]
    assert "transcript.vtt: does not begin with WEBVTT" in told
    assert "transcript.json: cannot be read" in told
    assert "transcript.srt: is not there" in told


def test_what_the_script_has_and_the_cues_have_not_is_found(published):
    published.change(published.folder / "script.json", "It cost $4.5 million", "Friends, it cost $4.5 million")
    told = published.broken()
    assert set(told) == {"cues cover the script"}
    assert "“Friends,itcost$4.5million" in told["cues cover the script"]


def test_cues_that_overlap_or_leave_the_file_are_found(published):
    first, second, *rest, last = published.episode.cues
    published.keep(cues=(replace(first, end=second.start + 0.5), second, *rest, replace(last, end=5000.0)))
    told = published.broken()["cues in order"]
    assert "before the end of the cue before it" in told
    assert "after the file" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda words: words[::-1], "has no"),
        (lambda words: [*words[:-1], words[-1]._replace(text="nobody")], "has no 'nobody' there"),
        (lambda words: [words[0]._replace(start=words[0].start - 1), *words[1:]], "not after what is before it"),
        (lambda words: [words[0]._replace(end=words[0].start - 0.1), *words[1:]], "not after what is before it"),
        (lambda words: [*words[:-1], words[-1]._replace(end=words[-1].end + 1)], "after its cue"),
    ],
)
def test_words_that_are_not_where_they_are_said_are_found(published, change, told):
    cues = published.episode.cues
    place = next(place for place, cue in enumerate(cues) if len(cue.words) > 3)
    wrong = replace(cues[place], words=tuple(change(list(cues[place].words))))
    published.keep(cues=(*cues[:place], wrong, *cues[place + 1 :]))
    assert told in published.broken()["words in their cues"]


def test_words_of_a_transcript_that_are_not_the_cues_are_found(published):
    path = published.folder / "transcript.json"
    document = json.loads(path.read_text("utf-8"))
    words = next(each["words"] for each in document["segments"] if len(each["words"]) > 3)
    words[1]["startTime"] += 0.1
    path.write_text(json.dumps(document), "utf-8")
    assert f"is {words[1]['body']!r} at" in published.broken()["transcripts agree"]
    del words[1]
    path.write_text(json.dumps(document), "utf-8")
    assert "words with times, and the cues have" in published.broken()["transcripts agree"]


def test_a_silence_inside_a_clip_is_found_with_its_place(published):
    cue = next(cue for cue in published.episode.cues if cue.text.startswith("The bridge, which"))
    samples, start = published.samples(), cue.start + 2
    samples[round(start * 44_100) : round((start + 3) * 44_100)] = 0
    published.record(samples)
    told = published.broken()
    assert set(told) == {"silence"}
    assert re.fullmatch(r"[23]\.\d s of silence at .*, where no pause is", told["silence"])
    assert abs(float(told["silence"].split(":")[1].split(",")[0]) - start % 60) < 0.1


def test_a_silence_before_the_first_word_is_found_unless_a_sting_has_it(published):
    first = published.episode.cues[0].start
    late = tuple(replace(cue, start=cue.start + 4, end=cue.end + 4) for cue in published.episode.cues)
    published.keep(cues=late)
    samples = np.concatenate([np.zeros(4 * 44_100), published.samples()])
    samples[: round((first + 4) * 44_100)] = 0  # the opening sting, too
    published.record(samples)
    assert re.match(r"\d\.\d s of silence at 0:00\.00", published.broken()["silence"])
    samples[: round(first * 44_100)] = 9_000 * np.sin(np.arange(round(first * 44_100)))
    published.record(samples)
    assert "silence" not in published.broken()


def test_a_cue_without_sound_is_found(published):
    cue = published.episode.cues[1]
    samples = published.samples()
    samples[round(cue.start * 44_100) - 200 : round(cue.end * 44_100) + 2_000] = 0
    published.record(samples)
    assert "no sound for" in published.broken()["cues sound"]


def test_a_recording_without_any_sound_is_found(published):
    published.record(np.zeros(len(published.samples())))
    told = published.broken()
    assert told["silence"] == "the whole recording is silent"
    assert "loudness" in told


def test_a_recording_that_is_too_soft_or_has_too_high_peaks_is_found(published):
    published.record(published.samples() * 0.8)
    told = published.broken()
    assert set(told) == {"loudness"}
    assert re.fullmatch(r"-1[78]\.\d LUFS instead of -16\.0 ±0\.3", told["loudness"])
    limits = replace(published.place.config.mastering, true_peak=-20.0, loudness=-18.0, tolerance=1.0)
    published.place = replace(published.place, config=replace(published.place.config, mastering=limits))
    assert set(published.broken()) == {"true peak"}


def test_a_truncated_file_is_found(published):
    data = published.audio.read_bytes()
    published.audio.write_bytes(data[: len(data) * 3 // 4])
    told = published.broken()
    assert {"size", "hash", "duration", "cues sound"} <= set(told)
    assert "part of a frame" in told["frames"]


def test_a_file_that_is_gone_or_no_sound_is_found(published):
    published.audio.write_bytes(b"no sound" * 10_000)
    assert "cannot be decoded" in published.broken()["decodes"]
    published.audio.unlink()
    assert published.broken()["size"] == f"{published.episode.enclosure.name} is not there"


def test_a_wrong_size_is_found(published):
    enclosure = published.episode.enclosure
    published.keep(enclosure=replace(enclosure, length=enclosure.length + 1))
    assert set(published.broken()) == {"size", "feed"}


def test_an_integrity_of_another_file_is_found(published):
    published.keep(enclosure=replace(published.episode.enclosure, integrity=integrity("00" * 32)))
    assert "which the feed says" in published.broken()["hash"]


@pytest.mark.parametrize("damage", [(0, 0), (20_000, 1_500), (5_000, 700)])
def test_frames_are_the_same_however_much_is_read_at_once(published, monkeypatch, damage):
    data, (start, length) = bytearray(published.audio.read_bytes()), damage
    data[len(data) - start : len(data) - start + length] = bytes(length)
    published.audio.write_bytes(data)
    at_once = frames.frames(published.audio)
    for size, cycle in ((1_000, 49), (1_447, 2), (65_536, 49), (65_536, 7), (1_048_576, 10**9)):
        monkeypatch.setattr(frames, "BLOCK", size)
        monkeypatch.setattr(frames, "CYCLE", cycle)
        found = frames.frames(published.audio)
        assert found.gaps == at_once.gaps
        np.testing.assert_array_equal(found.starts, at_once.starts)
    assert bool(at_once.gaps) == bool(length)


def test_a_damaged_frame_in_the_middle_is_found_with_its_place(published):
    data = bytearray(published.audio.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 1_500] = bytes(1_500)
    published.audio.write_bytes(data)
    assert "hash" in published.broken()
    published.rename()
    told = published.broken()
    assert {"decodes", "frames"} <= set(told)
    place = (middle - len(data) + published.episode.duration * 12_000) / 12_000
    assert abs(float(re.search(r"bytes at 0:([\d.]+) are no sound", told["frames"]).group(1)) - place) < 1


def test_other_sound_after_a_jump_is_found(published):
    noise = np.random.default_rng(1).integers(-9000, 9000, 3 * 44_100).astype("<i2").tobytes()
    found = verifying.verify(
        proving._published(published.episode, published.script, published.folder, published.place),
        verifying.Instruments(
            decode=proving.decoded,
            measure=lambda _: published.episode.loudness,
            excerpt=lambda _path, _start, _end: noise,
        ),
    )
    assert [rule.name for rule in found.findings] == ["byte ranges"]


@pytest.mark.parametrize("name", ["TIT2", "TALB", "TPE1", "TDRC", "TRCK", "TCON", "TLAN", "APIC", "COMM", "USLT"])
def test_a_tag_that_is_gone_is_found(published, name):
    published.tag(lambda tags: tags.delall(name))
    assert published.misshown() == {"tags": f"{name} is missing"}
    if name == "TIT2":  # which is not heard
        assert published.broken() == published.misshown()


@pytest.mark.parametrize("encoding", range(4), ids=["latin-1", "utf-16", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("said", ["", "One line.\nAnother, of 90 m.", "Łódź Ā 𝄞"])
def test_a_transcript_in_the_tags_is_read_as_mutagen_reads_it(tmp_path, encoding, said):
    path = tmp_path / "tagged.mp3"
    text = said.encode("latin-1", "replace").decode("latin-1") if encoding == 0 else said
    made = ID3()
    made.add(USLT(encoding=encoding, lang="eng", desc="What is said", text=text))
    made.save(path)
    (read,), (due,) = tags.id3(path).values(), ID3(path).values()
    assert repr(read) == repr(due)
    assert read.text == text


def test_tags_that_say_something_else_are_found(published):
    published.keep(title="Another title", number=7)
    told = published.broken()
    assert "TIT2 is “The bridge opens & shines, and 1 more” instead of “Another title”" in told["tags"]
    assert "TRCK" in told["tags"]


def test_a_picture_in_the_file_that_delays_the_start_is_found(published, tmp_path):
    Image.new("RGB", (1600, 1600)).save(tmp_path / "large.png")

    def larger(tags):
        tags.getall("APIC")[0].data = (tmp_path / "large.png").read_bytes()

    published.tag(larger)
    told = published.broken()["tags"]
    assert "APIC: 1600 pixels instead of 1400 at most" in told
    assert "called image/jpeg and is a PNG file" in told


def noisy(side):
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (side, side, 3), np.uint8))


@pytest.mark.parametrize(
    ("picture", "form", "told"),
    [
        (lambda: Image.new("RGB", (3200, 3200)), "JPEG", "3200 pixels instead of 1400 to 3000"),
        (lambda: Image.new("RGB", (1600, 1500)), "JPEG", "1600 x 1500 pixels are not a square"),
        (lambda: noisy(1400), "JPEG", "bytes instead of 524,288 at most"),
        (lambda: Image.new("RGB", (1400, 1400)), "PNG", "it is a PNG file"),
        (lambda: Image.new("L", (1400, 1400)), "JPEG", "its colours are L instead of RGB"),
    ],
)
def test_a_cover_that_directories_refuse_is_found(published, picture, form, told):
    picture().save(published.place.store.public / "cover.jpg", form)
    assert told in published.broken()["cover"]


def flipped(path, _again):
    data = bytearray(path.read_bytes())
    data[len(data) * 2 // 3] ^= 8  # in the middle of the scan
    path.write_bytes(data)


def truncated(path, again):
    path.write_bytes(path.read_bytes()[:-1000])
    again(path)


def zeroed(path, _again):
    path.write_bytes(bytes(path.stat().st_size))


def half_zeroed(path, _again):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def of_another_kind(path, again):
    Image.open(path).save(path, "PNG")
    again(path)


def smaller(path, again):
    Image.open(path).resize((300, 300)).save(path, "JPEG")
    again(path)


def oblong(path, again):
    picture = Image.open(path)
    picture.resize((picture.width, picture.height - 10)).save(path, "JPEG")
    again(path)


def side(path):
    with Image.open(path) as picture:
        return picture.width


def too_large(path, again):
    noisy(side(path)).save(path, "JPEG", quality=100)
    again(path)


def another(path, _again):
    Image.new("RGB", (side(path), side(path)), "red").save(path, "JPEG")


PICTURES = {
    "edition": ("cover", lambda published: published.folder / published.episode.cover),
    "chapter": ("chapter pictures", lambda published: published.folder / published.episode.chapters[1].image),
    "show": ("cover", lambda published: published.place.store.public / published.place.store.show_cover()),
}


DAMAGES = [
    (lambda path, _: path.unlink(), "is not there"),
    (truncated, "cannot be decoded as a whole"),
    (zeroed, "is not a picture that can be read"),
    (half_zeroed, "is another picture than its name says"),
    (flipped, "is another picture than its name says"),
    (of_another_kind, "it is a PNG file"),
    (smaller, "300 pixels instead of"),
    (oblong, "pixels are not a square"),
    (too_large, "at most"),
    (another, "is another picture than its name says"),
]


@pytest.mark.parametrize(
    ("which", "damage", "told"),
    [
        pytest.param(which, *damage, marks=() if (place + number) % 3 == 0 else pytest.mark.faults)
        for number, which in enumerate(PICTURES)
        for place, damage in enumerate(DAMAGES)
    ],
)
def test_a_damaged_picture_is_found(published, which, damage, told):
    rule, path_of = PICTURES[which]

    def again(path):
        """Its name, and whatever names it, tells the new hash: the picture alone is wrong."""
        new = versioned(f"{path.name.partition('-')[0]}.jpg", path.read_bytes())
        path.rename(path.with_name(new))
        marks = published.episode.chapters
        if which == "show":
            published.feed.write_text(published.feed.read_text("utf-8").replace(path.name, new), "utf-8")
            shutil.copy(path.with_name(new), path.with_name("cover.jpg"))
        elif which == "edition":
            published.keep(cover=new)
            build.publish(published.place)
        else:
            published.keep(chapters=(marks[0], replace(marks[1], image=new), *marks[2:]))

    damage(path_of(published), again)
    found = published.misshown()
    assert told in found[rule]
    assert set(found) == {rule}


def test_a_cover_that_is_not_the_one_in_the_feed_is_found(published):
    cover = published.place.store.public / "cover.jpg"
    flipped(cover, None)
    assert re.fullmatch(r"cover\.jpg is another picture than cover-\w+\.jpg, .*", published.misshown()["cover"])
    cover.unlink()
    assert published.misshown() == {"cover": "cover.jpg: is not there"}


def test_a_feed_that_shows_another_picture_for_an_episode_is_found(published):
    text = published.feed.read_text("utf-8")
    published.feed.write_text(text.replace(f"{published.name}/{published.episode.cover}", "cover.jpg"), "utf-8")
    assert published.misshown() == {"feed": f"itunes:image is cover.jpg instead of {published.episode.cover}"}


def test_damaged_pictures_are_mended_by_the_next_build(published):
    for _, path_of in PICTURES.values():
        flipped(path_of(published), None)
    built([ARTICLE, OTHER], published.place)
    assert published.misshown() == {}


def test_an_episode_that_the_feed_does_not_have_is_found(published):
    published.change(published.feed, published.episode.guid, "another")
    assert published.broken() == {"feed": "feed.xml does not have the episode"}
    published.feed.write_text("<rss><item>")
    assert "cannot be read" in published.broken()["feed"]
    published.feed.unlink()
    assert published.broken() == {}


def test_a_faulty_recording_is_not_published_and_the_old_one_stays(published, monkeypatch):
    before = {path: path.read_bytes() for path in published.folder.glob("*")}
    whole = publishing.transcript.captions
    monkeypatch.setattr(
        publishing.transcript, "captions", lambda cues: {**whole(cues), SRT.name: whole(cues[1:])[SRT.name]}
    )
    with pytest.raises(VerificationError, match=r"transcripts agree: transcript\.srt: it has .*; nothing was") as told:
        built([replace(ARTICLE, blocks=ARTICLE.blocks[:1]), OTHER], published.place)
    assert (told.value.episode, told.value.rule) == (published.name, "transcripts agree")
    kept = (path for path in before if path.suffix in {".mp3", ".srt", ".vtt"} or path.name == "episode.json")
    assert all(path.read_bytes() == before[path] for path in kept)


def converted(published, name):
    """The recording in another format, with its chapters."""
    target, notes = published.folder / name, published.folder / "chapters.txt"
    ends = [chapter.start for chapter in published.episode.chapters[1:]] + [published.episode.duration]
    entries = (
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={chapter.start * 1000:.0f}\nEND={end * 1000:.0f}\ntitle={chapter.title}\n"
        for chapter, end in zip(published.episode.chapters, ends, strict=True)
    )
    notes.write_text(";FFMETADATA1\n" + "".join(entries))
    command = [ffmpeg(), "-v", "error", "-y", "-i", published.audio, "-i", notes, "-map_chapters", "1", "-vn", target]
    subprocess.run(command, check=True)
    return target


def test_chapters_of_other_formats_are_read(published):
    for found in (in_mp4(converted(published, "x.m4a")), in_comments(converted(published, "x.opus"))):
        for mark, chapter in zip(found, published.episode.chapters, strict=True):
            assert mark.title == chapter.title
            assert mark.start == pytest.approx(chapter.start, abs=0.03)  # ffmpeg counts the encoder's delay


def test_other_formats_of_a_recording_are_proven_too(published):
    path = converted(published, "x.m4a")
    alternate = Enclosure(name=path.name, media_type="audio/mp4", length=path.stat().st_size + 1)
    *before, last = published.episode.chapters
    chapters = (*before, replace(last, title="Another"))
    episode = replace(published.episode, chapters=chapters, alternates=(alternate,))
    found = proving.verify(episode, published.script, published.folder, published.place)
    told = {rule.name: "; ".join(rule.wrong) for rule in found.findings}
    assert {"m4a: size", "m4a: hash", "m4a: streams", "m4a: tags", "chapters agree"} <= set(told)
    assert {"m4a: duration", "m4a: jumps"} <= {rule.name for rule in found.rules} - set(told)
    assert "its index does not stand before its sound (ftyp, free, mdat, moov)" in told["m4a: streams"]
    assert "cover is missing" in told["m4a: tags"], "as a listener calls it, in any format"
    assert "M4A: “" in told["chapters agree"]


@pytest.fixture
def run(published, monkeypatch):
    """Run `audioed verify` for it."""
    monkeypatch.chdir(published.place.store.output.parent)
    monkeypatch.setenv("AUDIOED_CACHE", "cache")
    return lambda *arguments: CliRunner().invoke(app, ["verify", *map(str, arguments)])


def test_the_command_prints_a_line_for_each_rule(published, run):
    done = run(published.name)
    assert done.exit_code == 0, done.stdout
    assert re.search(r"^ok    loudness +-1\d\.\d LUFS$", done.stdout, re.MULTILINE)
    assert done.stdout.endswith("None of 22 rules are broken.\n")


def test_the_command_ends_with_1_where_something_is_wrong(published, run):
    (published.folder / "chapters.json").unlink()
    done = run(published.folder)
    assert done.exit_code == 1
    assert re.search(r"^WRONG chapters agree +chapters\.json: is not there$", done.stdout, re.MULTILINE)
    told = json.loads(run(published.folder, "--json").stdout)
    assert [rule["name"] for rule in told["rules"] if rule["wrong"]] == ["chapters agree"]


def test_the_command_says_in_a_sentence_that_there_is_no_such_episode(run):
    done = run("nothing")
    assert done.exit_code == 1
    assert done.stderr == "audioed: nothing: no such episode; name its folder, or one of those in output/my-articles.\n"


def test_a_file_in_which_a_jump_leads_elsewhere_is_found(published):
    samples = published.samples()
    recording = Recording(published.folder / "x.pcm", 44_100)

    def late(_, at, seconds):
        start = round((at + 0.1) * 44_100)
        return samples[start : start + round(seconds * 44_100)].astype("<i2").tobytes()

    rule = jumps(published.audio, recording, partial(since, rate=44_100))
    assert rule.wrong == ()
    assert rule.told.startswith("right at 10 places")
    assert "hears another place" in jumps(published.audio, recording, late).wrong[0]
    assert "hears another place" in jumps(published.audio, recording, lambda *_: b"").wrong[0]


def test_a_picture_of_a_chapter_that_is_gone_is_found(published):
    (published.folder / published.episode.chapters[0].image).unlink()
    assert "is not there" in published.broken()["chapter pictures"]


def test_a_jump_into_a_tone_or_into_silence_is_no_fault(tmp_path):
    tone = (8_000 * np.sin(2 * np.pi * 440 * np.arange(20 * 44_100) / 44_100)).astype("<i2")
    for samples, told in ((tone, "right at 10 places, within 0.0 ms"), (tone * 0, "no sound to judge by")):
        path = tmp_path / "x.pcm"
        samples.tofile(path)

        def since(_, at, seconds, samples=samples):
            return samples[round(at * 44_100) : round((at + seconds) * 44_100)].tobytes()

        rule = jumps(path, Recording(path, 44_100), since)
        assert (rule.told, rule.wrong) == (told, ())


def test_the_tags_of_a_long_edition_need_no_transcript(published):
    path = converted(published, "x.m4a")
    long = replace(published.script.segments[-1].utterances[0], written="word " * 50_000)
    segments = (replace(published.script.segments[-1], utterances=(long,)),)
    for script, missing in ((published.script, True), (replace(published.script, segments=segments), False)):
        wrong = " ".join(tags.other(path, published.episode, script).wrong)
        assert ("transcript is missing" in wrong) == missing
