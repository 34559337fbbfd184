"""What the programs that make pages call the things that are no part of a text: forms, embeds, notices, contents."""

import re
from functools import lru_cache

from audioed.extraction.tree import Element, is_short

NAMES: dict[str, str] = {
    "sign-up": """
        kg-signup-card mc4wp-form wp-block-jetpack-subscriptions newsletter-block community-chat
        install-substack-app-embed ck-hide-in-public-posts formkit-form seva-form ml-form-embedContainer klaviyo-form
        mailpoet_form wp-block-mailchimp-mailchimp sib-form tnp-subscription newsletter-form-wrapper EmailSignUpWrapper
        """,
    "share": """
        sharedaddy addtoany_share_save_container heateor_sss_sharing_container jp-likes-widget-wrapper post-ufi
        a2a_kit essb_links ssba swp_social_panel shareaholic-canvas simplesocialbuttons post-share-buttons
        td-post-sharing-top td-post-sharing-bottom crawler-linkback-list post-likes likes-and-labels
        post-main-actions tasty-recipes-quick-links wprm-recipe-snippet tasty-recipes-rating wprm-recipe-rating
        tasty-recipes-entry-footer mv-create-reviews feedback-buttons gem-c-feedback
        """,
    "related": """
        hatnote dablink jp-relatedposts crp_related yarpp yarpp-related wp-embedded-content kg-bookmark-card
        digest-post-embed rp4wp-related-posts wp-block-read-more trc_related_container OUTBRAIN mntl-taboola
        c-recommendations portable-archive-list td_block_related_posts summary-v2-block sqs-block-summary-v2
        inline-related rich-link RichLinkComponent latest-posts-header latest-post shareaholic-related
        post-navigation wp-block-post-navigation-link related-pages prev-next-area pagination-nav
        """,
    "comments": "comment-respond disqus_thread gh-comments fb-comments wp-block-comments giscus utterances commento",
    "caption": """
        tiktok-embed reddit-embed-bq thumbcaption wp-caption-text tr-caption gallerytext lightbox-caption
        gie-single wikia-gallery
        """,
    "contents": """
        ez-toc-container toc_container lwptoc wp-block-table-of-contents wp-block-rank-math-toc-block
        wp-block-yoast-seo-table-of-contents ltx_TOC toc-macro kg-toc gh-toc rank-math-block-toc simpletoc
        """,
    "navigation": """
        mw-editsection mw-jump-link noexcerpt ambox ombox tmbox mbox-text navbox sistersitebox metadata-box
        vector-toc tocnumber mw-indicators usa-banner content-icon-container theme-doc-footer
        tasty-recipes-cook-mode tasty-recipes-scale-container wprm-prevent-sleep mv-hands-free lastedited
        page-metadata license-description anchorjs-link pagenum pageno highlight__panel embed-privacy
        embed-privacy-container embed-privacy-overlay BorlabsCookie brlbs-cmpnt-container
        cmplz-blocked-content-container
        """,
    "sidebar": "infobox portable-infobox",
    "form": "directMessage poll-embed wp-polls crowdsignal-poll-wrapper PollToDOM",
    "pronunciation": "IPA IPA-label ext-phonos",
    "footnotes": """
        mw-cite-backlink reflist ltx_note_outer ltx_bibliography quarto-appendix-contents
        c-article-references mw-references-wrap
        """,
    "author": """
        ltx_authors message-user message-signature postprofile userinfo signature-content post-signature
        user-signature signaturecontainer saboxplugin-wrap abh_box author-box-wrap molongui-author-box
        pp-multiple-authors-boxes-wrapper
        """,
    "footer": "pg-boilerplate transnote gem-c-published-dates",
    "cookies": """
        CybotCookiebotDialog onetrust-banner-sdk onetrust-pc-sdk onetrust-consent-sdk didomi-popup didomi-host
        gem-c-cookie-banner cky-consent-container cmplz-cookiebanner osano-cm-window truste_box_overlay
        qc-cmp2-container fc-consent-root cc-window sp_message_container usercentrics-root iubenda-cs-banner
        """,
}
"""Of MediaWiki (its own extract leaves these out, too), WordPress, Ghost, Substack and others, by rule."""
RULES = {name: rule for rule, names in NAMES.items() for name in names.split()}
FRAMES = {**dict.fromkeys(("siteSub", "contentSub", "catlinks"), "navigation"), **RULES}
"""The same of what is named by its id."""
SOUND = re.compile(r"[a-z]+-fonipa")
"""The language of what is written in phonetic signs (BCP 47)."""


TEXTS = frozenset(
    re.findall(
        r"\S+",
        "wprm-recipe-ingredients-container wprm-recipe-instructions-container tasty-recipes-ingredients "
        "wprm-recipe-notes-container tasty-recipes-notes mv-create-notes usa-process-list "
        "tasty-recipes-instructions mv-create-ingredients mv-create-instructions jetpack-recipe-ingredients "
        "jetpack-recipe-directions recipe-card-ingredients recipe-card-directions "
        "admonition admonitionblock theme-admonition starlight-aside markdown-alert notecard "
        "govuk-inset-text govuk-warning-text application-notice "
        "schema-faq-section rank-math-list-item uagb-faq-item "
        "bbWrapper post_body post_message postcontent Post-body ipsType_richText",
    )
)
"""What they call parts of the text that look like none: a list of three words each, steps, a post of a forum."""
POST = re.compile(r"(?:msg|post_message|pid)_\d{1,12}")
"""The id of such a post,"""
SIGNED = re.compile(r"sig\d{1,12}|msg_\d{1,12}_signature")
"""and of what its author has under all of them."""


CAPTION = re.compile(r"(?:im(?:g|age)|photo|picture)s?[_-]{0,2}(?:desc(?:ription)?|text|credit|legend)", re.IGNORECASE)
CONSENT = re.compile(r"cookie|consent|gdpr|dsgvo|ccpa|privacy|adblock", re.IGNORECASE)
OVER = re.compile(
    r"modal|banner|dialog|notice|notification|pop-?up|overlay|wall|bar\b|center|manager|preference|message",
    re.IGNORECASE,
)
"""Words that together name what asks for consent before a page is read."""
CLICKS = re.compile(
    r"(?:two|2)-?clicks?|click-?to-?load|(?:external|embed|blocked)-(?:content|media|consent|service)(?:-|_|$)",
    re.IGNORECASE,
)
"""What stands in the place of a film or a map of another site until somebody clicks on it."""
ASKED, CLICKED = (
    ("cookie", "consent", "gdpr", "dsgvo", "ccpa", "privacy", "adblock"),
    ("click", "external", "embed", "blocked"),
)
"""Words of which each of these has one, and which are found faster by themselves."""
LONGEST = 400
"""Words of such a dialog."""


def asks_consent(element: Element, names: str) -> bool:
    """Whether an element is called a dialog about cookies, and holds no article."""
    if not _asks(names) or element.tag in {"body", "html", "main", "article"}:
        return False
    return is_short(element, LONGEST) and all(element.find(f".//{tag}") is None for tag in ("h1", "main", "article"))


@lru_cache(maxsize=4096)
def _asks(names: str) -> bool:
    """Whether these names, of which a page repeats the same few hundred, are those of such a dialog."""
    low = names.lower()
    consent = any(map(low.__contains__, ASKED)) and CONSENT.search(names) and OVER.search(names)
    return bool(consent or (any(map(low.__contains__, CLICKED)) and CLICKS.search(names)))


def is_text(names: str) -> bool:
    """Whether an element of these names holds a part of the text for certain."""
    return not TEXTS.isdisjoint(names.split())


@lru_cache(maxsize=4096)
def is_caption(names: str) -> bool:
    """Whether these names are those of a picture's caption or credit."""
    return "caption" in names.lower() or bool(CAPTION.search(names))


def is_ruled(names: str) -> bool:
    """Whether there may be a rule for an element of these names."""
    return not RULES.keys().isdisjoint(names.split()) or "-fonipa" in names


def rule_of(element: Element, names: str) -> str:
    """The rule for an element of these names; empty for any other, and for what holds the article itself."""
    rule = next((RULES[each] for each in names.split() if each in RULES), "")
    rule = rule or ("pronunciation" if "-fonipa" in names and SOUND.search(names) else "")
    return rule if rule and all(element.find(f".//{tag}") is None for tag in ("h1", "main")) else ""
