"""What a show knows better about a site than we can see: CSS selectors from audioed.toml, applied to its pages."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from audioed.config import SiteRules
from audioed.errors import ConfigError
from audioed.extraction import dom, suspicion


def rules_for(url: str, sites: Mapping[str, SiteRules]) -> SiteRules | None:
    """The rules of the site that this address belongs to; None where the show names none."""
    host = host_of(url)
    return next((rules for name, rules in sites.items() if host and name.lower().removeprefix("www.") == host), None)


def host_of(url: str) -> str:
    """The host by which the rules for an address are named; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def marked(root: dom.Element, rules: SiteRules) -> None:
    """Mark what the rules remove or call a promo, in the tree itself, as its author could have done."""
    for key, selectors, mark in (("remove", rules.remove, suspicion.BY_SITE), ("promo", rules.promo, "promo")):
        for selector in selectors:
            for element in found(root, selector, key):
                element.set(suspicion.CONTROL, mark)


def title(root: dom.Element, rules: SiteRules) -> str:
    """The title where the rules say that it stands; empty where it does not."""
    heads = found(root, rules.title, "title") if rules.title else []
    return next((text for each in heads if (text := " ".join(each.text_content().split()))), "")


def found(root: dom.Element, selector: str, key: str) -> list[dom.Element]:
    """The elements that a selector chooses, in the order of the page; ConfigError where it is none."""
    from cssselect import SelectorError

    try:
        return list(root.cssselect(selector))
    except SelectorError as error:
        raise ConfigError(
            f"audioed.toml: {key} = {selector!r} in [extraction.sites] is not a CSS selector ({error}); correct it.",
            key=key,
        ) from error
