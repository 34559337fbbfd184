"""What audioed itself says and shows, in the words and the order of the show's region."""

from dataclasses import replace
from datetime import date

import pytest

from audioed import build, producing
from audioed.catalogue import Wish
from audioed.picture.layout import subtitle
from audioed.publishing import transcript
from audioed.wording import dated, regional, wording


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
        ("it", "Questo è S, in data 1º agosto 2026.", "Questo è S, in data 8 agosto 2026."),
        ("fr", "Voici S, du 1er août 2026.", "Voici S, du 8 août 2026."),
        ("fr-CA", "Voici S, du 1er août 2026.", "Voici S, du 8 août 2026."),
        ("pt-BR", "Este é S, de 1º de agosto de 2026.", "Este é S, de 8 de agosto de 2026."),
        ("es", "Esto es S, del 1 de agosto de 2026.", "Esto es S, del 8 de agosto de 2026."),
        ("de", "Das ist S vom 1. August 2026.", "Das ist S vom 8. August 2026."),
        ("nl", "Dit is S van 1 augustus 2026.", "Dit is S van 8 augustus 2026."),
        ("en-GB", "This is S, for 1 August 2026.", "This is S, for 8 August 2026."),
    ],
)
def test_a_greeting_is_right_before_any_number(language, first, eighth):
    greeting = wording(language).greeting
    days = [dated(date(2026, 8, day), language) for day in (1, 8)]
    assert [greeting.format(show="S", day=day) for day in days] == [first, eighth]


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
        (("en-GB", "en-US"), "14 March 2026", "the fourteenth of March"),
        (("en-US", "en-GB"), "March 14, 2026", "March fourteenth"),
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
