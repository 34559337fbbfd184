"""What audioed itself says and shows, in the words and the order of the show's region."""

from dataclasses import replace
from datetime import date

import pytest

from audioed import build, producing
from audioed.catalogue import Wish
from audioed.picture.layout import subtitle
from audioed.publishing import transcript
from audioed.wording import dated, furniture, regional, short_dated, weekday


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "January 2, 2026"),
        ("en-US", "January 2, 2026"),
        ("en_us", "January 2, 2026"),
        ("en-CA", "January 2, 2026"),
        ("en-PH", "January 2, 2026"),
        ("en-GB", "2 January 2026"),
        ("en-gb", "2 January 2026"),
        ("en-Latn-GB", "2 January 2026"),
        ("en-GB-oxendict", "2 January 2026"),
        *((f"en-{region}", "2 January 2026") for region in ("AU", "IE", "NZ", "ZA", "IN", "SG", "NG", "150", "001")),
        ("de", "2. Januar 2026"),
        ("de-CH", "2. Januar 2026"),
        ("de-AT", "2. Jänner 2026"),
        ("fr-CA", "2 janvier 2026"),
        ("pt-BR", "2 de janeiro de 2026"),
        ("es-MX", "2 de enero de 2026"),
        ("pl", "January 2, 2026"),
    ],
)
def test_a_day_is_written_as_its_region_does(language, shown):
    assert dated(date(2026, 1, 2), language) == shown


@pytest.mark.parametrize(
    ("language", "first", "eighth"),
    [
        ("it", "Questo è S di sabato 1º agosto.", "Questo è S di sabato 8 agosto."),
        ("fr", "Voici S du samedi 1er août.", "Voici S du samedi 8 août."),
        ("fr-CA", "Voici S du samedi 1er août.", "Voici S du samedi 8 août."),
        ("pt-BR", "Este é S de sábado, 1º de agosto.", "Este é S de sábado, 8 de agosto."),
        ("es", "Esto es S del sábado, 1 de agosto.", "Esto es S del sábado, 8 de agosto."),
        ("de", "Das ist S vom Samstag, dem 1. August.", "Das ist S vom Samstag, dem 8. August."),
        ("nl", "Dit is S van zaterdag 1 augustus.", "Dit is S van zaterdag 8 augustus."),
        ("en-GB", "This is S for Saturday, 1 August.", "This is S for Saturday, 8 August."),
    ],
)
def test_a_greeting_is_right_before_any_number(language, first, eighth):
    greeting = furniture(language).greeting[0]
    days = [date(2026, 8, day) for day in (1, 8)]
    told = [{"day": short_dated(day, language), "weekday": weekday(day, language)} for day in days]
    assert [greeting.format(show="S", **each) for each in told] == [first, eighth]


@pytest.mark.parametrize(
    ("article", "show", "edition"),
    [
        ("en", "en-GB", "en-GB"),
        ("en-US", "en-gb", "en-gb"),
        ("en-AU", "en", "en-AU"),
        ("en", "en", "en"),
        ("de", "en-GB", "de"),
        ("de-AT", "de_CH", "de-CH"),
        ("en", "", "en"),
    ],
)
def test_an_edition_has_the_region_of_its_show(article, show, edition):
    assert regional(article, show) == edition


@pytest.mark.parametrize(
    ("languages", "day", "said"),
    [
        (("en-GB", "en-US"), "14 March", "the fourteenth of March"),
        (("en-US", "en-GB"), "March 14", "March fourteenth"),
    ],
)
def test_an_episode_says_and_shows_its_day_as_its_show_would(silent, article, languages, day, said):
    ours, article_is = languages
    show = replace(silent.config.show, language=ours)
    place = replace(silent, config=replace(silent.config, show=show))
    article = replace(article, language=article_is)
    other = replace(article, title="Another", url="", name="other", language="en")
    wish = Wish(date(2026, 3, 14))

    script = build.write([article, other], build.edition([article, other], wish, place), place)
    opening = script.segments[0].utterances[0]
    assert day in opening.written
    assert said in opening.spoken
    assert not any(each.language for each in script.utterances)

    episode = producing.produce([article], wish, place)
    assert day in transcript.as_html(episode)
    assert day in subtitle(episode)
