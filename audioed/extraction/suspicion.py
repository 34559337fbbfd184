"""What an element gives away by its tag, its role and its class: navigation, comments, a share bar."""

import re
from functools import cache, lru_cache

from audioed.extraction.tree import Element
from audioed.languages import phrases

CONTROL = "data-audioed"
"""Attribute in which an author says how an element is to be read."""
BY_SITE = "skip-by-site"
SKIPS = {"skip": "author-skip", BY_SITE: "site-rule"}
"""Values of `CONTROL` that cut an element, and the rules they stand for."""
LONG = 500
"""Characters of an element's names beyond which they are not remembered."""
WHOLE = 0.35
"""Share of the text that makes an element the article's own, whatever its class says: some themes are one `form`."""
TAG_RULES = {
    "figcaption": "caption",
    "caption": "caption",
    "pre": "code",
    "nav": "navigation",
    "footer": "footer",
    "form": "form",
    "button": "form",
    "fieldset": "form",
    "aside": "aside",
}
ROLE_RULES = {"navigation": "navigation", "search": "form", "contentinfo": "footer", "dialog": "cookies"}
NAME_RULES = (  # in class and id, whole words as "-", "_" and capitals part them
    ("comments", "disqus(?:_thread)?"),
    (
        "share",
        ("share(?:s|daddy|bar|buttons?|this)?|sharing|social(?:s|links|media|bar|icons)?|addtoany|sharethis|socials?"),
    ),
    (
        "related",
        (
            "related(?:posts?|articles?|content|links)?|recommend(?:ed|ations?)|recirc(?:ulation)?|jp "
            "relatedposts|more (?:posts|articles|stories|news)|popular posts?|read next|up next|outbrain"
            "|taboola|yarpp|crp related"
        ),
    ),
    (
        "sign-up",
        ("newsletter(?: .*)?|sign ?up|subscribe|subscription|optin|opt in|mailchimp|mc embed signup|convertkit"),
    ),
    ("cookies", "cookies?(?: .*)?|consent|gdpr|cmp|onetrust.*"),
    ("caption", "captions?|wp caption text|image credit|photo credit|credits?|imgcaption"),
    (
        "navigation",
        (
            "nav|navbar|navigation|menu|breadcrumbs?|pagination|pager|post nav(?:igation)?|skip link"
            "|tags?|tag ?cloud|tag links|cat links|post tags|entry tags|categories|post categories|jump "
            "to recipe"
        ),
    ),
    ("contents", "toc|table of contents|ez toc.*|lwptoc.*|toc container"),
    (
        "author",
        (
            "author ?(?:bio|box|info|card|description|profile)|about (?:the )?author|abh box"
            "|bio(?:graphy)?|post author .*"
        ),
    ),
    (
        "byline",
        (
            "byline|dateline|post meta|entry meta|article meta|meta|posted on|post date|entry date"
            "|reading time|read time"
        ),
    ),
    (
        "advertisement",
        ("ads?|advert(?:isement)?s?|ad (?:slot|container|unit|wrapper)|sponsor(?:ed)?|promoted|adsbygoogle"),
    ),
    ("footer", "footer|site footer|colophon|copyright|disclaimer"),
    ("sidebar", "sidebar|widget(?:s| area)?|rail|right rail"),
    ("code", "highlight(?:er)?|codehilite|crayon.*|syntaxhighlighter|code block|gist"),
    ("pop-up", "modal|popup|pop up|overlay|lightbox|tooltip"),
    ("footnotes", "footnotes?|references|reflist|endnotes|citations?"),
)


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each rule with the names that tell it; blogs also call their comments in their own language."""
    comments = "|".join(phrases("page", "comments", "classes"))
    return tuple(
        (rule, re.compile(f"{names}|{comments}" if rule == "comments" else names)) for rule, names in NAME_RULES
    )


def suspected(element: Element) -> str:
    """The rule that an element's tag, role, class or id suggests; empty for most elements."""
    get = element.get
    if (control := get(CONTROL) or "") in SKIPS:
        return SKIPS[control]
    role, classes, id_ = get("role") or "", get("class") or "", get("id") or ""
    found = (_remembered if len(role) + len(classes) + len(id_) < LONG else _suggested)(
        str(element.tag), role, classes, id_
    )
    return next((rule for rule in found if rule != "code" or element.tag in TAG_RULES or _holds_code(element)), "")


def _suggested(tag: str, role: str, classes: str, id_: str) -> tuple[str, ...]:
    """The rules that these suggest, the surest first."""
    rule = TAG_RULES.get(tag) or ROLE_RULES.get(role)
    if rule or tag in {"body", "html", "main", "article"}:
        return (rule,) if rule else ()
    if tag == "table":
        return ("table",)
    return tuple(filter(None, (_named(name[:80]) for name in (*classes.split()[:12], id_))))


_remembered = lru_cache(maxsize=4096)(_suggested)
"""The same; a page repeats the same few hundred."""


def _holds_code(element: Element) -> bool:
    """Whether something called "highlight" is a listing; it may also be a box of prose."""
    return element.find(".//p") is None and any(element.find(f".//{tag}") is not None for tag in ("pre", "code", "td"))


@cache
def _any_rule() -> re.Pattern[str]:
    """The names of all rules: most classes have none of them, and need not be compared rule by rule."""
    return re.compile("|".join(pattern.pattern for _, pattern in _rules()))


@lru_cache(maxsize=4096)
def _named(name: str) -> str:
    """The rule that a class or id says; a page repeats the same few hundred."""
    words = " ".join(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()))
    if not words or not _names(_any_rule(), words):
        return ""
    return next((rule for rule, pattern in _rules() if _names(pattern, words)), "")


def _names(pattern: re.Pattern[str], words: str) -> bool:
    """Whether a class or id says this: as a whole, or in its first or last word."""
    parts = words.split()
    return bool(
        pattern.fullmatch(words) or (len(parts) > 1 and (pattern.fullmatch(parts[0]) or pattern.fullmatch(parts[-1])))
    )


def in_comments(element: Element) -> bool:
    """Whether something stands among comments, related articles or in a sidebar."""
    return any(suspected(each) in {"comments", "related", "sidebar"} for each in element.iterancestors())
