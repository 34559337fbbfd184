"""What a single line gives away by its words: a share button, a caption, an address, a call to read on."""

import re
from collections.abc import Sequence

from audioed.model import Block

NETWORKS = frozenset(
    re.findall(
        r"\S+",
        "bluesky facebook flipboard instagram linkedin mail mastodon messenger pinterest pocket reddit "
        "snapchat telegram threads tiktok tumblr twitter whatsapp x xing youtube email e-mail print rss",
    )
)
SHARING = frozenset(
    re.findall(
        r"\S+",
        "share shares sharing tweet pin post save send teilen drucken merken compartir partager condividi "
        "copy link url follow us me this article story page on via by with to in a friend or and more click "
        "opens new window feed it the auf diesen artikel",
    )
)
LINES = (  # rule, the most words such a line has, what it says; a line that says more is prose
    ("share", 14, r"(?:please )?(?:share|retweet) (?:this|the|our) (?:article|post|story|page|newsletter)\b"),
    ("share", 12, r"sharing is caring\b|(?:share this|teilen|copy link|click to share.*|follow us on \w+)\W*$"),
    ("share", 25, r"(?:[^.!?]{3,60}\? )?(?:please )?(?:tag|mention) (?:us|me) (?:at|on|in|@)"),
    (
        "navigation",
        16,
        r"click here (?:for|to (?:watch|hear|listen)) (?:the |an? |this )?(?:\w+ )?(?:video|audio|mp3)\b",
    ),
    (
        "navigation",
        6,
        (
            "(?:skip|jump|back|go) to (?:the )?(?:main|top|content|recipe|navigation|home "
            r"?page)\b.{0,12}$"
        ),
    ),
    (
        "navigation",
        25,
        (
            "(?:previous|next|older|newer|vorheriger|nächster) (?:article|posts?|story|page|entry"
            r"|beitrag)(?:\W*$|\s*[:»→])"
        ),
    ),
    (
        "navigation",
        25,
        ("(?:filed under|posted in|published in|tagged(?: with| as)?|tags|categor(?:y|ies)|topics|schlagwörter) ?:"),
    ),
    (
        "navigation",
        3,
        ("(?:menu|toggle navigation|search|print|home|log ?in|sign in|show more|load more|view all|see all)$"),
    ),
    (
        "navigation",
        8,
        ("(?:view|read|open) (?:this |it )?(?:email |post |article )?(?:in|on) (?:your |the )?(?:browser|app|web)$"),
    ),
    (
        "contents",
        5,
        ("(?:table of contents|contents|in this (?:article|post|guide)|on this page|inhalt(?:sverzeichnis)?):?$"),
    ),
    ("advertisement", 4, "(?:advertise?ments?|anzeige|werbung|sponsored|publicité|publicidad)(?: continue.*| -.*)?:?$"),
    ("advertisement", 12, r"(?:article|story) continues (?:below|after)\b|continue reading (?:below|after)"),
    ("caption", 30, "(?:photo(?:graph)?|image|picture|illustration|foto|bild|graphic)s?(?: source| credits?)? ?: "),
    ("caption", 10, "(?:photo(?:graph)?|image|picture|illustration)s? (?:by|via|courtesy) [^.!?]*$"),
    ("caption", 12, "(?:credits?|getty images|shutterstock|bildquelle|quelle)(?: ?:|$)"),
    (
        "byline",
        14,
        (
            "(?:last |first |originally )?(?:updated|modified|published|posted|reviewed|aktualisiert"
            r"|veröffentlicht)(?! in )[^.!?]{0,50}\d{4}[^.!?]{0,20}$"
        ),
    ),
    ("byline", 8, r"(?:about )?\d+[- ](?:min|minutes?)\.? (?:read|lesezeit)\b|(?:reading time|lesezeit)\b"),
    (
        "share",
        45,
        r"(?:tried|made|did you (?:make|try)|if you (?:make|try)) (?:this|it)\b.*\b(?:tag|comment|rat(?:e|ing))",
    ),
    ("share", 40, r"rate (?:this|today's) (?:week's )?(?:newsletter|issue|episode|post|recipe|article|video)\b"),
    (
        "navigation",
        25,
        r"(?:click|tap) here (?:for|to) .*\b(?:version|in (?:your|a) browser|online|web|mp3|audio|video)\b",
    ),
    ("navigation", 16, r"(?:can't|cannot|if you (?:can't|don't)) see\b.*\bcopy and paste\b\W*$"),
    (
        "sign-up",
        10,
        r"(?:(?:you can |click here to |tap to |to )?unsubscribe|manage your (?:subscription|preferences))\b",
    ),
    ("sign-up", 30, r"(?:enter|type) your e-?mail\b|your e-?mail(?: address)?(?:\W*$| will not be published)"),
    ("sign-up", 30, "you have successfully subscribed|unsubscribe (?:at )?any ?time|required fields are marked"),
    (
        "sign-up",
        16,
        (
            "(?:subscribe|sign up|sign me up|join)(?: now| here| today| free)?(?:(?: to| for)? (?:our"
            r"|the|my|free)\b.*(?:newsletter|mailing list|inbox|updates|e-?mail).*)?[.!:]?$"
        ),
    ),
    ("sign-up", 30, r"by (?:signing up|subscribing|submitting|clicking)\b.*\byou (?:agree|accept|consent|confirm)"),
    (
        "sign-up",
        25,
        (
            "this site is protected by recaptcha|get .* (?:delivered |sent |straight )?(?:to|in) your "
            r"inbox\b"
        ),
    ),
    (
        "cookies",
        60,
        (
            "(?:we|this (?:web)?site|our (?:web)?site|diese (?:web)?seite|wir) (?:uses?|verwende[nt]"
            r"|nutz(?:t|en)) cookies\b"
        ),
    ),
    ("cookies", 8, "(?:accept|reject|manage|allow) (?:all )?(?:cookies|consent)"),
    ("disclosure", 45, r"as an amazon associate\b|als amazon-partner\b"),
    ("disclosure", 45, r"(?:this (?:post|article|page|site) (?:may )?contains? affiliate links)\b"),
    (
        "disclosure",
        80,
        (
            r"(?:disclaimer: )?(?:(?:all |any )?(?:the |this )?(?:information|content|material|article|post)s?"
            r"(?: (?:provided|contained|presented|given|published))?(?: (?:in|on|by) (?:this|our|the)(?: \w+){1,3})?"
            r"|nothing (?:in|on) this (?:\w+ )?(?:article|post|page|site|website|blog))"
            r" (?:is|are|should|does|do)\b[^.]{0,90}"
            r"\b(?:purposes only|(?:legal|financial|medical|investment|tax|professional) (?:or (?:\w+ )?)?advice)\b"
        ),
    ),
    (
        "disclosure",
        120,
        r"(?:[A-Z][^.!?]{2,60} )?(?:is an? )?(?:registered investment advis[eo]r\b|member finra\b)",
    ),
    ("footer", 30, r"(?:©|\(c\)|copyright)(?: ©)? ?\d{4}|all rights reserved"),
)
BUTTON = 3
"""Words of a button; a heading of so few may be the article's: "Search", "Home"."""
RULES = tuple((rule, most, re.compile(pattern, re.IGNORECASE)) for rule, most, pattern in LINES)
RELATED = re.compile(
    r"(?:read (?:more|also|next|on)|also read|related(?: articles?| posts?| stories| reading| content| links)?"
    r"|recommended(?: for you| reading| articles?| stories)?|more (?:from|on this|like this)\b.{0,40}"
    r"|you (?:may|might|will|'ll) also (?:like|enjoy)"
    r"|if you (?:liked|enjoyed|loved) (?:this|our)\b[^.!?:]{0,30}\byou(?:'ll| (?:may|might|will))?(?: also)?"
    r" (?:like|love|enjoy)"
    r"|(?:see|watch) also|keep reading|continue reading|up next"
    r"|don't miss"
    r"|most (?:read|popular)|popular posts|latest (?:posts|news|articles|stories)"
    r"|lesen sie auch|mehr zum thema|auch interessant|à lire aussi|lea también)(?P<rest>\s*(?::|\||»|→|–|$).*)?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
ENTIRE = 0.8
"""Share of a line that is a link when the line is one; the rest is "Read also:" and the like."""


def rule_of(block: Block) -> str:
    """The rule that these words alone give away; empty for what may be prose."""
    text = block.text
    words = text.split()
    if not any(map(str.isalnum, text)):
        return "ornament"
    if ADDRESS.fullmatch(text):
        return "address"
    if _is_sharing(words, block):
        return "share"
    if _is_related(text, len(words), block):
        return "related"
    judges = (each for each in RULES if each[1] > BUTTON or block.kind != "heading")
    return next((rule for rule, most, pattern in judges if len(words) <= most and pattern.match(text)), "")


def _is_sharing(words: Sequence[str], block: Block) -> bool:
    """Whether every word belongs to a row of share buttons, and it is not merely a section called "Twitter"."""
    plain = [word.strip(".,:;!|·•()").lower() for word in words]
    if not all(word in NETWORKS or word in SHARING or not word for word in plain):
        return False
    networks = sum(word in NETWORKS for word in plain)
    sharing = any(
        word in {"share", "tweet", "pin", "teilen", "follow", "copy", "partager", "compartir"} for word in plain
    )
    return sharing if networks == 0 else networks > 1 or sharing or block.linked > ENTIRE


def _is_related(text: str, words: int, block: Block) -> bool:
    found = RELATED.match(text.lstrip("[( "))
    if found is None or words > 30:  # noqa: PLR2004 - two headlines' length
        return False
    vague = text.lower().startswith("more") and block.kind != "heading"  # "More from the sea than from the land."
    alone = not vague and found.end() == len(text) and not (found["rest"] or "").strip(" :|»→–")
    return alone or block.linked > 0.3 or ":" in (found["rest"] or "")[:3]  # noqa: PLR2004 - a link beside its label
