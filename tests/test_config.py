"""Settings are checked before any work, and the template says the truth."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from audioed import config
from audioed.errors import AudioedError, ConfigError, VoiceNotFound
from audioed.model import Voice
from audioed.opening import open as open_show
from audioed.scripting.lexicon import read
from audioed.toml import Bytes
from audioed.voices import casting
from audioed.voices.cards import LIMITS, lexicons, shipped, voice_cards
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
        ("[cache]\nsize = -5", "cache.size", 'should be a size such as "20 MB"; correct that value'),
        ("[cache]\nsize = 'much'", "cache.size", "should be a size"),
        ("[cache]\nsize = inf", "cache.size", "should be a size"),
        ("[cache]\nsize = true", "cache.size", "should be a size"),
        ("[show]\nzzz = 1", "show.zzz", "the settings here are title"),
        ("show = 3", "show", "should be a table"),
        ("[synthesis]\nroles = 'joe'", "synthesis.roles", "should be a table"),
        ("[show]\nexplicit = 'maybe'", "show.explicit", "should be true or false"),
        ("[nightly]\nmost = 1.5", "nightly.most", "should be a whole number"),
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


@pytest.mark.parametrize("told", ["200000000", '"200 MB"', '"0.2gb"', '"200000 k"'])
def test_every_size_is_told_in_the_same_ways(tmp_path, told):
    settings = config.load(written(tmp_path, f"[extraction]\nmax_bytes = {told}\nreading_memory = {told}"))
    assert settings.extraction.max_bytes == settings.extraction.reading_memory == 200_000_000


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("[extraction]\nmax_bytes = 0", "extraction.max_bytes", "0 B is out of range; use a size from 1 B to 1 TB"),
        ("[extraction]\ntimeout = -1.0", "extraction.timeout", "use a number from 0.1 to 3600"),
        ("[extraction]\ntimeout = nan", "extraction.timeout", "use a number"),
        ("[extraction]\ncontact = 'https://мост.example'", "extraction.contact", "in ASCII"),
        ('[extraction.sites."https://example.com/"]\nbody = "p"', "extraction.sites", "the name of a host"),
        ("[synthesis]\nworkers = -1", "synthesis.workers", "use a number from 0"),
        ("[synthesis]\nmost_cost = -0.5", "synthesis.most_cost", "use a number of 0 or more"),
        ("[synthesis]\ncluster = 'scheduler'", "synthesis.cluster", "tcp://scheduler:8786"),
        ("[synthesis.sections]\nopinion = 'joe'", "synthesis.sections", "the start of a path"),
        ("[synthesis.authors]\n'' = 'joe'", "synthesis.authors", "is not a name; write one"),
        ("[mastering]\nloudness = 16.0", "mastering.loudness", "use a number from -40 to -5"),
        ("[mastering]\ntrue_peak = 1.0", "mastering.true_peak", "use a number from -20 to 0"),
        ("[mastering]\ntolerance = 0.0", "mastering.tolerance", "use a number"),
        ("[proof]\nmax_word_error = 10.0", "proof.max_word_error", "use a number from 0 to 1"),
        ("[nightly]\nmost = 0", "nightly.most", "0 is out of range; use a number from 1 to 10000."),
        ("[nightly]\nmost = -3", "nightly.most", "use a number from 1"),
        ("[nightly]\nminutes = 0", "nightly.minutes", "use a number from 0.1 to 1440"),
        ("[nightly]\nvisits = 0", "nightly.visits", "use a number from 1"),
        ("[extraction]\nreading_time = 0.0", "extraction.reading_time", "use a number from 0.1"),
        ("[extraction]\nreading_memory = 0", "extraction.reading_memory", "use a size from 100 MB to 1 TB"),
        ("[nightly]\nfeeds = ['feed.xml']", "nightly.feeds", "begin it with https://"),
        ('[publishing]\nmode = "0666"', "publishing.mode", "write one such as 0644"),
        ('[publishing]\nmode = "0777"', "publishing.mode", "write one such as 0644"),
        ('[publishing]\nmode = "0646"', "publishing.mode", "write one such as 0644"),
        ("[nightly]\nfeeds = ['https://']", "nightly.feeds", "begin it with https://"),
        ("[scripting]\ngreeting = 'This is {shwo}.'", "scripting.greeting", "did you mean {show}?"),
        ("[scripting]\ngreeting = 'This is {show.'", "scripting.greeting", "{show. stands for nothing; did you mean"),
        ("[scripting]\ngreeting = 'This is show}.'", "scripting.greeting", "} stands for nothing"),
        (
            "[scripting]\ngreeting = 'This is {0}.'",
            "scripting.greeting",
            "only {show}, {title} and {day} are filled in",
        ),
        ("[scripting]\ngreeting = 'This is {}.'", "scripting.greeting", "{} stands for nothing"),
        ("[scripting]\ngreeting = '{show.__class__}'", "scripting.greeting", "{show.__class__} stands for nothing"),
        ("[scripting]\ngreeting = '{{show}}'", "scripting.greeting", "{} stands for nothing"),
        ("[scripting]\ngreeting = '{show!r:>10}'", "scripting.greeting", "stands for nothing"),
        ("[scripting]\ndisclosure = '{Show}'", "scripting.disclosure", "did you mean {show}?"),
        ("[scripting]\nfarewell = '{ title }'", "scripting.farewell", "did you mean {title}?"),
        ("[scripting]\ntransition = '{article}'", "scripting.transition", "only {show}"),
        ("[scripting]\npromo = '{date}'", "scripting.promo", "{date} stands for nothing"),
        ('[show]\ntitle = "Red \\u001b[31m"', "show.title", "control character"),
        ('[show]\ncopyright = "2026\\u0007"', "show.copyright", "control character"),
        ('[show]\ndescription = "a\\u009bb"', "show.description", "control character"),
        ('[show]\ntitle = "One\\nTwo"', "show.title", "more than one line"),
        ('[show]\nauthor = "One\\nTwo"', "show.author", "more than one line"),
        ('[synthesis.authors]\n"a\\u0000" = "joe"', "synthesis.authors", "control character"),
        ('[nightly]\nlists = ["a\\u0000"]', "nightly.lists", "control character"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_with_its_key_and_a_remedy(tmp_path, text, key, told):
    with pytest.raises(ConfigError, match=re.escape(told)) as caught:
        config.load(written(tmp_path, text))
    assert caught.value.key == key
    assert f"audioed.toml: {key}: " in str(caught.value)


def test_every_number_has_its_limits():
    for kind, limits in ((config.Config, config.LIMITS), (Voice, LIMITS)):
        assert {key for key, type_ in settings_of(kind) if type_ in {int, float, Bytes}} == set(limits)


def settings_of(kind, section=""):
    for each in fields(kind):
        if is_dataclass(each.type):
            yield from settings_of(each.type, f"{section}{each.name}.")
        else:
            yield f"{section}{each.name}", each.type


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[show]\nemail = 'foo'", "show.email"),
        ("[show]\nemail = 'anna@example'", "show.email"),
        ("[show]\nemail = 'anna @example.com'", "show.email"),
        ("[show]\nemail = 'Anna <anna@example.com>'", "show.email"),
        ("[show]\nguid = 'abc'", "show.guid"),
        ("[show]\nguid = '{917393e3-1b1e-5cef-ace4-edaa54e1f810}'", "show.guid"),
        ("[show]\nlink = 'foo'", "show.link"),
        ("[show]\nlink = 'www.example.com'", "show.link"),
        ("[show]\nlink = 'https://'", "show.link"),
        ("[show]\nlink = 'https://anna:secret@example.com/'", "show.link"),
        ("[show]\nlink = 'javascript:alert(1)'", "show.link"),
        ("[show]\ntimezone = 'Paris'", "show.timezone"),
        ("[show]\ntimezone = 'Europe'", "show.timezone"),
        ("[show]\ntimezone = ''", "show.timezone"),
        ("[publishing]\nbase_url = 'https://example.com/feed.xml'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://example.com/pod/Index.HTML'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://example.com/?show=1'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://example.com/#top'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://anna:secret@example.com/'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://:8000/'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://example.com:port/'", "publishing.base_url"),
        ("[publishing]\nbase_url = 'https://exa mple.com/'", "publishing.base_url"),
        ("[publishing]\nbase_url = ''", "publishing.base_url"),
    ],
)
def test_what_directories_and_apps_would_refuse_is_told_before_any_work(tmp_path, text, key):
    with pytest.raises(ConfigError, match=re.escape(key)) as caught:
        open_show(written(tmp_path, text))
    assert caught.value.key == key
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "[show]\nemail = 'anna.o+pod@mail.example.co.uk'\nlink = 'https://example.com/show?id=1#top'",
        "[show]\nguid = '917393E3-1b1e-5cef-ace4-edaa54e1f810'\ntimezone = 'America/Argentina/Buenos_Aires'",
        "[show]\ndescription = 'Two\\nlines.'\ncopyright = '2026 Łódź “Press”'",
        "[publishing]\nbase_url = 'https://example.com:8443/v1.2/pod.casts/'",
        "[publishing]\nbase_url = 'http://[::1]:8000'",
        "[publishing]\nbase_url = 'https://bücher.example/pod'",
        "[nightly]\nfeeds = ['HTTPS://anna:secret@example.com/feed.xml']",
        "[scripting]\ndisclosure = '{show}, {title}, {day}'\npromo = 'Join {show}.'\ntransition = 'On {day}:'",
    ],
)
def test_what_is_meant_is_taken(tmp_path, text):
    open_show(written(tmp_path, text))


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("rate = 0.0", "rate"),
        ("rate = nan", "rate"),
        ("price = -1.0", "price"),
        ("high_pass = -80.0", "high_pass"),
        ("de_ess = -3.0", "de_ess"),
        ("level = 90.0", "level"),
        ("pitch = 100.0", "pitch"),
    ],
)
def test_a_voice_card_that_cannot_be_meant_is_refused(tmp_path, line, key):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "mine.toml").write_text(f'engine = "silent"\nlanguage = "en"\n{line}\n')
    with pytest.raises(ConfigError, match=f"mine.toml: {key}: .*use a number") as caught:
        voice_cards(tmp_path)
    assert caught.value.key == key


def test_a_byte_order_mark_is_no_fault(tmp_path):
    mark = "\ufeff"
    (tmp_path / "voices" / "lexicon").mkdir(parents=True)
    (tmp_path / "voices" / "mine.toml").write_text(f'{mark}engine = "silent"\r\nlanguage = "en"\r\n', "utf-8")
    (tmp_path / "voices" / "lexicon" / "ours.tsv").write_text(f"{mark}Selma\tSELL-mah\r\n", "utf-8")
    settings = config.load(written(tmp_path, f'{mark}[show]\r\ntitle = "Harbour"\r\n'))
    assert settings.show.title == "Harbour"
    assert voice_cards(tmp_path)["mine"].engine == "silent"
    ours = [each.written for path in lexicons(tmp_path) for each in read(path)]
    assert "Selma" in ours


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["audioed.toml", "voices/mine.toml", "voices/lexicon/ours.tsv"])
def test_another_encoding_is_told_in_one_sentence(tmp_path, name, encoding):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[show]\n", encoding)
    with pytest.raises(ConfigError, match=re.escape(f"{path}: is saved as UTF-16; save it as UTF-8.")):
        {"audioed.toml": config.load, "mine.toml": lambda _: voice_cards(tmp_path), "ours.tsv": read}[path.name](path)


def test_a_line_that_is_not_utf_8_is_told_with_its_number(tmp_path):
    path = tmp_path / "audioed.toml"
    path.write_bytes('[show]\ntitle = "Café"\n'.encode("latin-1"))
    with pytest.raises(ConfigError, match="line 2 is not in UTF-8"):
        config.load(path)


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
    examples = {"targets", "promos"}  # as what has no default
    sections = [each for each in fields(config.Config) if each.name not in examples]
    assert set(tables) == {each.name for each in sections}
    for each in sections:
        own = {"sites", "sources", "greeting", "farewell", "transition"}  # likewise
        shown = {inner.name for inner in fields(each.type)} - own
        assert set(tables[each.name]) == shown, each.name
    del tables["nightly"]  # its examples are not defaults
    told = config.load(written(tmp_path, text))
    english = wording("en")  # what an English edition says by itself
    plain = config.Config(scripting=config.Scripting(disclosure=english.disclosure))
    for name in set(tables) - {"synthesis"}:
        assert getattr(told, name) == getattr(plain, name)
    assert told.synthesis.roles == config.DEFAULT_ROLES


def test_every_example_of_the_template_is_taken_and_every_voice_is_there(tmp_path):
    text = config.template("My articles")
    whole = re.sub(r"^# +(?=(?:\[|\w+ = |\"[^\"]+\" = ))", "", text, flags=re.MULTILINE)
    examples = tomllib.loads(whole)
    assert set(examples["targets"]["web"]) == {each.name for each in fields(config.Target)}
    assert set(examples["promos"]["members"]) == {each.name for each in fields(config.Promo)}
    assert set(examples["extraction"]["sites"]["example.com"]) <= {each.name for each in fields(config.SiteRules)}
    place = open_show(written(tmp_path, whole)).place
    speaks = place.config.synthesis
    named = {*speaks.roles.values(), *speaks.authors.values(), *speaks.sections.values()}
    assert len(named) > 2
    assert named <= {path.stem for path in shipped().glob("*.toml")}
    assert place.config.extraction.sites["example.com"].title

    examples = re.findall(r'^# (\w+) = .*such as ("[^"]+"|[\d.]+)', text, flags=re.MULTILINE)
    assert len(examples) > 5
    for key, value in examples:
        changed = re.sub(rf"^{key} = .*", f"{key} = {value}", whole, count=1, flags=re.MULTILINE)
        assert changed != whole
        open_show(written(tmp_path, changed))


def test_a_title_with_quotes_survives_the_template(tmp_path):
    assert config.load(written(tmp_path, config.template('Say "hi" \\ bye'))).show.title == 'Say "hi" \\ bye'


def test_a_show_adds_and_replaces_voices(tmp_path):
    folder = tmp_path / "voices"
    folder.mkdir()
    (folder / "mine.toml").write_text('engine = "silent"\nlanguage = "en"\n')
    (folder / "joe.toml").write_text('engine = "silent"\nlanguage = "en"\ndescription = "another joe"\n')
    cards = voice_cards(tmp_path)
    assert cards["mine"].engine == "silent"
    assert cards["joe"].description == "another joe"
    assert "system" in cards


def test_a_broken_voice_card_is_told(tmp_path):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "mine.toml").write_text('engine = "silent"\nlangauge = "en"\n')
    with pytest.raises(ConfigError, match="did you mean language"):
        voice_cards(tmp_path)


def test_roles_follow_a_narrator_that_the_show_chose(tmp_path):
    cards = voice_cards(tmp_path)
    assert casting.voice_of("headlines", config.Synthesis(), cards).name == "heart-bright"
    assert casting.voice_of("headlines", config.Synthesis(roles={"promo": "silent"}), cards).name == "heart-bright"
    assert casting.voice_of("headlines", config.Synthesis(roles={"narrator": "silent"}), cards).name == "silent"
    assert casting.voice_of("stranger", config.Synthesis(), cards).name == "heart"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[mastering]\nformats = "m4a"', "mastering.formats: input should be a list"),
        ('[synthesis.roles]\nreader = "joe"', "'reader' is no role; choose one of narrator"),
    ],
)
def test_what_a_show_cannot_be_built_with_is_told_before_any_work(tmp_path, settings, told):
    with pytest.raises(AudioedError, match=told):
        open_show(written(tmp_path, settings))


def test_an_unknown_voice_is_told_with_those_that_are_there(tmp_path):
    with pytest.raises(VoiceNotFound, match="heart-bright"):
        casting.voice_of("narrator", config.Synthesis(roles={"narrator": "jo"}), voice_cards(tmp_path))


@pytest.mark.parametrize(
    ("name", "line", "says"),
    [
        ("letter", "weight = 2", "there is no source 'letter'; did you mean 'letters'?"),
        ("https://x.example/", "weight = 2", "name it in feeds, folders or lists, too."),
        ("letters", "weight = 0", ".weight: 0 is out of range; use a number from 0.01 to 100."),
        ("letters", "weight = nan", "out of range"),
        ("letters", "wieght = 2", "nightly.sources.letters.wieght is not a setting; did you mean"),
        ("letters", "exclude.title = ['x']", "did you mean nightly.sources.letters.exclude.titles?"),
        ("letters", "exclude.titles = ['*']", ".exclude.titles: '*' has no word; write words as they stand there."),
        ("letters", "least_words = 9\nmost_words = 5", "no article has 9 words or more and at most 5; raise it."),
        ("letters", "language = 'German please'", "is no language; write a tag such as de or pt-BR."),
        ("letters", "text = 'full'", "letters.text: input should be 'fuller', 'feed' or 'page'"),
        ("letters", "age = -1", ".age: -1 is out of range"),
    ],
)
def test_what_is_set_for_a_source_belongs_to_one_and_leaves_something_of_it(tmp_path, name, line, says):
    path = tmp_path / "audioed.toml"
    path.write_text(f'[nightly]\nfolders = ["letters"]\n[nightly.sources."{name}"]\n{line}\n', "utf-8")
    with pytest.raises(ConfigError, match=re.escape(says)):
        config.load(path)
