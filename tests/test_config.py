"""Settings are checked before any work, and the template says the truth."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from audioed import casting, config
from audioed.arguments import place_of
from audioed.errors import AudioedError, ConfigError, VoiceNotFound
from audioed.wording import wording


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "audioed.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("[show]\ntitel = 'x'", "show.titel", "did you mean show.title?"),
        ("[nightlies]", "nightlies", "did you mean nightly?"),
        ("[mastering]\nbitrate = 97", "mastering.bitrate", "64, 96 or 128"),
        ("[nightly]\nfeeds = 'https://example.com'", "nightly.feeds", "correct that value"),
        ("[cache]\nsize = -5", "cache.size", 'should be a size such as "5 GB"; correct that value'),
        ("[cache]\nsize = 'much'", "cache.size", "should be a size"),
        ("[cache]\nsize = inf", "cache.size", "should be a size"),
        ("[cache]\nsize = true", "cache.size", "should be a size"),
        ("[show]\nzzz = 1", "show.zzz", "the settings here are title"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, text, key, told):
    with pytest.raises(ConfigError, match=re.escape(told)) as caught:
        config.load(written(tmp_path, text))
    assert caught.value.key == key
    assert "audioed.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("told", "size"),
    [("5000", 5_000), ('"5 GB"', 5_000_000_000), ('"1.5tb"', 1_500_000_000_000), ('"700 M"', 700_000_000), ("0", 0)],
)
def test_a_size_is_told_in_bytes_or_with_its_unit(tmp_path, told, size):
    assert config.load(written(tmp_path, f"[cache]\nsize = {told}")).cache.size == size


def test_a_file_that_is_not_toml_is_told(tmp_path):
    with pytest.raises(ConfigError, match="not valid TOML"):
        config.load(written(tmp_path, "[show"))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ConfigError, match="No such file"):
        config.load(tmp_path / "none.toml")


def test_the_template_is_the_defaults(tmp_path):
    assert config.load(written(tmp_path, config.template("My articles"))) == config.Config()


def test_the_template_names_every_setting_with_its_default(tmp_path):
    text = config.template("My articles")
    text = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)
    tables = tomllib.loads(text)
    assert set(tables) == {each.name for each in fields(config.Config)}
    for each in fields(config.Config):
        shown = {inner.name for inner in fields(each.type)} - {"sites"}  # an example, because it has no default
        assert set(tables[each.name]) == shown, each.name
    del tables["nightly"]  # its examples are not defaults
    told = config.load(written(tmp_path, text))
    english = wording("en")  # what an English edition says by itself
    said = {name: getattr(english, name) for name in ("greeting", "disclosure", "farewell")}
    plain = config.Config(scripting=config.Scripting(**said))
    for name in set(tables) - {"synthesis"}:
        assert getattr(told, name) == getattr(plain, name)
    assert told.synthesis.roles == casting.DEFAULT_ROLES


def test_a_title_with_quotes_survives_the_template(tmp_path):
    assert config.load(written(tmp_path, config.template('Say "hi" \\ bye'))).show.title == 'Say "hi" \\ bye'


def test_a_show_adds_and_replaces_voices(tmp_path):
    folder = tmp_path / "voices"
    folder.mkdir()
    (folder / "mine.toml").write_text('engine = "silent"\nlanguage = "en"\n')
    (folder / "joe.toml").write_text('engine = "silent"\nlanguage = "en"\ndescription = "another joe"\n')
    cards = config.voices(tmp_path)
    assert cards["mine"].engine == "silent"
    assert cards["joe"].description == "another joe"
    assert "system" in cards


def test_a_broken_voice_card_is_told(tmp_path):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "mine.toml").write_text('engine = "silent"\nlangauge = "en"\n')
    with pytest.raises(ConfigError, match="did you mean language"):
        config.voices(tmp_path)


def test_roles_follow_a_narrator_that_the_show_chose(tmp_path):
    cards = config.voices(tmp_path)
    assert casting.voice_of("headlines", config.Synthesis(), cards).name == "joe-bright"
    assert casting.voice_of("headlines", config.Synthesis(roles={"promo": "silent"}), cards).name == "joe-bright"
    assert casting.voice_of("headlines", config.Synthesis(roles={"narrator": "silent"}), cards).name == "silent"
    assert casting.voice_of("stranger", config.Synthesis(), cards).name == "joe"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[mastering]\nformats = "m4a"', "mastering.formats: input should be a list"),
        ('[synthesis.roles]\nreader = "joe"', "'reader' is no role; choose one of narrator"),
    ],
)
def test_what_a_show_cannot_be_built_with_is_told_before_any_work(tmp_path, settings, told):
    with pytest.raises(AudioedError, match=told):
        place_of(written(tmp_path, settings), tmp_path / "output")


def test_an_unknown_voice_is_told_with_those_that_are_there(tmp_path):
    with pytest.raises(VoiceNotFound, match="joe-bright"):
        casting.voice_of("narrator", config.Synthesis(roles={"narrator": "jo"}), config.voices(tmp_path))
