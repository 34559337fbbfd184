"""A show's own rules for a site decide what its pages say."""

from pathlib import Path

import pytest

from audioed import config
from audioed.config import Extraction, SiteRules
from audioed.errors import ConfigError
from audioed.extraction import extract
from audioed.model import Page

PAGE = (Path(__file__).parents[1] / "data" / "sites" / "clock.html").read_text("utf-8")


def read(rules: SiteRules, site: str = "news.example"):
    return extract(Page(url="page.html", media_type="text/html", text=PAGE), Extraction(sites={site: rules}))


def rules_of(article) -> dict[str, str]:
    return {cut.text.split()[0]: cut.rule for cut in article.cuts}


def test_the_body_is_what_the_rules_say_and_nothing_else():
    article = read(SiteRules(body=".text", title=".headline"))
    assert article.title == "The clock is right"
    assert [block.text.split()[0] for block in article.blocks] == ["The", "Would", "Nobody", "This"]
    assert "swimming" not in " ".join(block.text for block in article.blocks)


def test_what_the_rules_remove_is_cut_by_their_name_and_their_promos_are_promos():
    article = read(SiteRules(remove=(".poll", ".more"), promo=(".fund",)))
    assert rules_of(article)["Would"] == "site-rule"
    assert "Would" not in {block.text.split()[0] for block in article.blocks}
    assert [block.reading for block in article.blocks if block.text.startswith("This newspaper")] == ["promo"]


def test_rules_of_another_site_change_nothing():
    assert read(SiteRules(remove=("p",)), site="other.example") == read(SiteRules())


def test_a_selector_that_is_none_is_told_with_its_key():
    with pytest.raises(ConfigError, match=r"remove = 'p\[' in \[extraction.sites\] is not a CSS selector"):
        read(SiteRules(remove=("p[",)))


def test_rules_are_read_from_the_show_and_a_wrong_key_is_told(tmp_path):
    file = tmp_path / "audioed.toml"
    file.write_text('[extraction.sites."news.example"]\nbody = ".text"\nremove = [".poll"]\n', "utf-8")
    assert config.load(file).extraction.sites == {"news.example": SiteRules(body=".text", remove=(".poll",))}
    file.write_text('[extraction.sites."news.example"]\nremoves = [".poll"]\n', "utf-8")
    with pytest.raises(ConfigError, match=r"extraction\.sites\.news\.example\.removes is not a setting; did you mean"):
        config.load(file)
