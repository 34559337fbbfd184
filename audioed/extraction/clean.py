"""
What is not worth hearing: captions, share lines, comments, the second copy of the same text.

A reader breaks its page into pieces and names the rule for those that its
markup gives away; the words and the order of the pieces decide on the others
here. Nothing vanishes: each piece leaves as a block or as a cut.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audioed.extraction import sections
from audioed.extraction.copies import after_article, copied
from audioed.model import Block, Cut


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a page in reading order, and the rule that cuts it."""

    block: Block
    rule: str = ""
    """Empty while nothing speaks against it."""


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
COMMENT_OPENER = re.compile(
    r"""(?ix) (?:all\s|reader\s|\d+\s|one\s|no\s)?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties)
              \s*(?:\(\d+\)|\d+)?\s*:?
            | \d+\s(?:comments?|responses?|replies|thoughts|reactions|kommentare?)\s(?:to|on|so\sfar|about|zu)\b.{0,200}
            | \d+\s(?:responses?|replies|thoughts|reactions)
            | (?:leave|post|write|add|submit)\s(?:a|your|us\sa)\s(?:comment|reply|response)s?\b.{0,60}
            | (?:join|start)\sthe\s(?:conversation|discussion)
            | discussion\sabout\sthis\spost
            | (?:schreiben?\s(?:sie\s)?einen|hinterlassen?\s(?:sie\s)?einen|einen)\skommentar\b.{0,40}
            | laisser\sun\scommentaire | deja\sun\scomentario | lascia\sun\scommento
    """
)
COMMENT_HEADER = re.compile(
    r"""(?ix) [^.!?:]{2,40}\s(?:says|said|writes|wrote|sagt|schrieb|dit|dice)\s?:
            | [^.!?:]{2,40}\s(?:wrote\s|says\s|said\s)?(?:on|am)\s\S+\s\d{1,2},?\s\d{4}\s?,?\s(?:at\s|um\s|@\s)?
              \d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?(?:\s(?:said|wrote|says|reply))?:?
    """
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
FOOTNOTE_MARK = re.compile(r"(?<=[\w.,;:!?\"”’)])\s?\[(?:\d{1,3}|[a-z]|\^[\w-]+|note \d+|citation needed)\]")
SEVERAL = 3
"""Lines like "Jane says:" that make a discussion; fewer may be an interview."""
ENOUGH = 40
"""Words that an article has at least before its comments may begin: "3 comments" also stands under headlines."""


def sort(pieces: Iterable[Piece], title: str, *, flat: bool = True) -> tuple[tuple[Block, ...], tuple[Cut, ...]]:
    """
    The blocks worth hearing and everything else with the rule that cut it, both in reading order.

    `flat` texts have no markup that tells comments from the article, so what
    follows a second copy of the article is taken for them.
    """
    blocks: list[Block] = []
    cuts: list[Cut] = []
    for piece in judged(list(pieces), title, flat=flat):
        if piece.rule:
            cuts.append(Cut(text=piece.block.text, rule=piece.rule, at=len(blocks)))
            continue
        marks = [mark.strip() for mark in FOOTNOTE_MARK.findall(piece.block.text)]
        cuts.extend(Cut(text=mark, rule="footnote-mark", at=len(blocks)) for mark in marks)
        blocks.append(replace(piece.block, text=FOOTNOTE_MARK.sub("", piece.block.text)) if marks else piece.block)
    return tuple(blocks), tuple(cuts)


def judged(pieces: Sequence[Piece], title: str, *, flat: bool) -> list[Piece]:
    """The same pieces, each with the rule that cuts it, if any does."""
    by_line = [
        piece if piece.rule or piece.block.reading else replace(piece, rule=rule_of(piece.block)) for piece in pieces
    ]
    by_title = _without_title(_without_related(by_line), title)
    by_section = _without_sections(by_title)
    by_comment = _without_comments(by_section)
    heard = [i for i, piece in enumerate(by_comment) if not piece.rule]
    texts = [by_comment[i].block.text for i in heard]
    copies = copied(texts)
    over = after_article(texts, copies) if flat else range(0)
    rules = {heard[i]: "repeated-copy" for i in copies}
    if over:
        rules |= dict.fromkeys(range(heard[over.start], len(pieces)), "comments")
    return [replace(piece, rule=rules.get(i, piece.rule)) for i, piece in enumerate(by_comment)]


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


def folded(text: str) -> str:
    """The words alone, lower-case: what two copies of a line have in common."""
    return " ".join(re.findall(r"\w+", text.lower()))


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


ABOUT = "is|are|was|has|writes|works|lives|covers|ist|schreibt|arbeitet|est|es|escribe|scrive"
GREETING = r"(?:hi|hello|hey)(?: there)?[,!.]* (?:i['’]m|i am|my name is)\b.*\b(?:blog|site|founder|author)\b"
LAST = 0.6
"""Share of an article after which a sentence about its author is a note about the author."""
ENTIRE = 0.8
"""Share of a line that is a link when the line is one; the rest is "Read also:" and the like."""


def _is_related(text: str, words: int, block: Block) -> bool:
    found = RELATED.match(text.lstrip("[( "))
    if found is None or words > 30:  # noqa: PLR2004 - two headlines' length
        return False
    vague = text.lower().startswith("more") and block.kind != "heading"  # "More from the sea than from the land."
    alone = not vague and found.end() == len(text) and not (found["rest"] or "").strip(" :|»→–")
    return alone or block.linked > 0.3 or ":" in (found["rest"] or "")[:3]  # noqa: PLR2004 - a link beside its label


def _without_related(pieces: list[Piece]) -> list[Piece]:
    """What follows "Read also:" link by link is what it announced."""
    settled: list[Piece] = []
    announced = False
    for piece in pieces:
        label = piece.rule == "related" and (piece.block.kind == "heading" or piece.block.text.endswith(":"))
        link = piece.rule in {"", "furniture"} and piece.block.linked > ENTIRE and not piece.block.reading
        announced = label or (announced and link)
        settled.append(replace(piece, rule="related") if announced and link else piece)
    return settled


def _without_title(pieces: list[Piece], title: str) -> list[Piece]:
    """The title is carried by the article: the same words among the first pieces are its second telling."""
    wanted = folded(title)
    early = [i for i, piece in enumerate(pieces[:12]) if not piece.rule and folded(piece.block.text) == wanted]
    return [replace(piece, rule="title") if i in early[:2] else piece for i, piece in enumerate(pieces)]


def _without_sections(pieces: list[Piece]) -> list[Piece]:
    """Sources, the author's life, shops: cut from their heading on."""
    rules = sections.cut([piece.block for piece in pieces])
    weak = {"", "furniture"}  # the reader's last guess gives way to what a heading says
    return [
        replace(piece, rule=rules.get(i, piece.rule) if piece.rule in weak else piece.rule)
        for i, piece in enumerate(pieces)
    ]


def without_biography(pieces: Sequence[Piece], byline: str | None) -> list[Piece]:
    """The note about the author at the end of an article is not part of it: "Jane Doe is a writer from …"."""
    names = [re.escape(name) for name in re.split(r", | (?:and|&|und|et|y) ", byline or "") if " " in name]
    opens = re.compile(rf"\W*(?:about |über )?(?:{'|'.join(names)})\b.{{0,40}}?\b(?:{ABOUT})\b", re.IGNORECASE)
    greeting = re.compile(GREETING, re.IGNORECASE)
    last = LAST * sum(1 for piece in pieces if not piece.rule)
    heard = 0
    settled = []
    for piece in pieces:
        heard += not piece.rule
        note = greeting.match(piece.block.text) or (names and opens.match(piece.block.text))
        cut = note and not piece.rule and heard > last
        settled.append(replace(piece, rule="author") if cut else piece)
    return settled


def _without_comments(pieces: list[Piece]) -> list[Piece]:
    """Everything from the line that opens the readers' comments on, once there was an article."""
    start = _first_comment(pieces)
    return [
        replace(piece, rule="comments")
        if i >= start or (not piece.rule and COMMENT_OPENER.fullmatch(piece.block.text))
        else piece
        for i, piece in enumerate(pieces)
    ]


def _first_comment(pieces: Sequence[Piece]) -> int:
    """Where the comments begin; the number of pieces when they never do."""
    headers = [i for i, piece in enumerate(pieces) if COMMENT_HEADER.fullmatch(piece.block.text)]
    heard = 0
    for i, piece in enumerate(pieces):
        button = piece.block.linked > ENTIRE and not piece.block.text[:1].isdigit()  # stands in mid-text on Substack
        opens = not piece.rule and not button and COMMENT_OPENER.fullmatch(piece.block.text)
        if heard >= ENOUGH and (opens or (len(headers) >= SEVERAL and i == headers[0])):
            return i
        heard += 0 if piece.rule else len(piece.block.text.split())
    return len(pieces)
