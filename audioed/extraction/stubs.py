"""Pages that answer without an article: empty shells, error pages, paywalls, consent walls."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audioed.model import Block

BARE = 60
"""Words below which a text that stands on a page which talks like a stub is one; articles also mention cookies."""
TEASER = 250
"""Words below which a text that leads up to a paywall may be its teaser."""
SMALL = 500
"""Words of a page that holds little beside its message; elsewhere a dialog about cookies is only furniture."""
LOOKED_AT = 20_000
"""Characters of a page in which its message is looked for."""


@dataclass(frozen=True, slots=True)
class Stub:
    """A kind of page that has no article, and how it talks."""

    verdict: str
    """The rest of a sentence that begins with the page's name."""
    most: int
    """Words below which a text may be such a page's."""
    anywhere: bool
    """Whether the message tells beside a text as well, or only in place of one."""
    says: re.Pattern[str]


def _says(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


STUBS = (
    Stub(
        "is shown to subscribers only; save it from a browser as HTML and name the file",
        TEASER,
        True,
        _says(
            r"\b(?:subscribe|sign (?:in|up)|log in|register|become an? (?:\w+ )?(?:member|subscriber)"
            r"|create an? (?:free )?account|upgrade(?: to \w+)?|start (?:a|your) (?:free )?trial)\b[^.!?]{0,60}"
            r"\bto (?:continue|keep|read (?:the (?:rest|full)|this|more|on|in full)|unlock|finish|get full access)",
            r"\b(?:subscribe|sign in|log in|register)\b[^.!?]{0,60}\bfor (?:full )?access\b",
            r"already an? (?:\w+ )?(?:subscriber|member)\?",
            r"\b(?:this|the) (?:article|post|story|content|page|issue) is (?:only )?"
            r"(?:for|available to|reserved for|exclusive to)\b[^.!?]{0,30}\b(?:subscribers|members)\b",
            r"you(?:'ve| have) (?:read|reached|used)\b[^.!?]{0,30}\b(?:last|all|limit|free)\b[^.!?]{0,20}\barticles?\b",
            r"\bunlock th(?:is|e (?:full|rest)) ?(?:of the )?(?:article|post|story)|to read this in full",
            r"\b(?:nur|exklusiv) für (?:\w+-)?abonnent(?:en|innen)|\bjetzt weiterlesen|\bbereits abonnent",
            r"\bweiterlesen mit\b|\bum (?:weiterzulesen|den (?:ganzen |vollständigen )?artikel zu lesen)",
            r"\b(?:article |contenu )?réservé aux abonnés|\bpour lire la suite|\bdéjà abonné",
            r"\bcontenido exclusivo para suscriptores|\bsolo para suscriptores|\bsuscr[ií]bete para (?:seguir|leer)"
            r"|\bya eres suscriptor",
            r"\b(?:contenuto )?(?:riservato|solo per)(?: agli)? abbonati|\babbonati per (?:leggere|continuare)",
            r"\balleen voor abonnees|\bverder lezen\?|\bal abonnee\?",
            r"\bexclusivo para assinantes|\bassine para (?:ler|continuar)|\bjá é assinante",
        ),
    ),
    Stub(
        "only shows its text with JavaScript; save it from a browser as HTML and name the file",
        BARE,
        False,
        _says(
            r"(?:enable|activate|turn on|requires?|needs?) (?:\w+ ){0,3}java ?script",
            r"java ?script (?:is|must be|needs to be|seems to be) (?:\w+ )?(?:dis|en)abled",
            r"javascript (?:ist )?(?:deaktiviert|aktivieren)|aktivier\w* (?:\w+ ){0,3}javascript",
            r"activer (?:\w+ ){0,2}javascript|javascript est désactivé|activ(?:a|ar|e) (?:\w+ ){0,2}javascript",
            r"abilita(?:re)? (?:\w+ ){0,2}javascript|javascript (?:in te schakelen|inschakelen)",
        ),
    ),
    Stub(
        "asks for a human reader; save it from a browser as HTML and name the file",
        BARE,
        False,
        _says(
            r"verify (?:that )?you(?:'re| are) (?:a )?human|checking (?:if the site connection|your browser)",
            r"unusual (?:traffic|activity)|are you a robot|\bi'm not a robot|captcha|attention required|just a moment",
            r"access (?:to this page has been )?denied|you have been blocked|pardon our interruption",
            r"bestätigen sie,? dass sie (?:ein mensch|kein roboter)|zugriff (?:verweigert|blockiert)",
            r"vérifi\w+ que vous êtes (?:un )?humain|accès refusé|verifi\w+ que eres (?:un )?humano|acceso denegado",
        ),
    ),
    Stub(
        "is an error page; check the address",
        BARE,
        False,
        _says(
            r"\b(?:page|article|site|story|post)\b[^.!?]{0,40}\b(?:not (?:be )?found|(?:does|do)(?:n't| not) exist"
            r"|no longer (?:available|exists?)|(?:has been|was) (?:re)?moved)",
            r"can(?:'t|not) find (?:that|the|this) (?:page|article)|\b(?:error )?404\b|\berror 50\d\b",
            r"something went wrong|internal server error|bad gateway|service (?:is )?(?:temporarily )?unavailable",
            r"seite (?:wurde )?nicht gefunden|page (?:est )?introuvable|p[áa]gina no (?:encontrada|existe)",
            r"pagina non trovata|pagina niet gevonden|página não encontrada|under (?:scheduled )?maintenance",
        ),
    ),
    Stub(
        "asks for consent to cookies first; save it from a browser as HTML and name the file",
        BARE,
        False,
        _says(
            r"\b(?:we|our partners|and our)\b.{0,60}\b(?:cookies|personal data)\b|accept (?:all )?cookies",
            r"before you continue|cookies? consent|cookies akzeptieren|\bwir\b.{0,80}\bcookies\b",
            r"\bnous\b.{0,80}\bcookies\b|tout accepter|utilizamos cookies|utilizziamo(?: i)? cookie|gebruiken cookies",
        ),
    ),
    Stub(
        "asks for a login first; save it from a browser as HTML and name the file",
        BARE,
        False,
        _says(
            r"(?:please |you (?:must|need to) )(?:log|sign) ?in\b|\bforgot(?:ten)? (?:your )?password",
            r"bitte (?:melden sie sich an|einloggen)|passwort vergessen|mot de passe oublié|¿?olvidaste tu contraseña",
        ),
    ),
)


def complaint(name: str, blocks: Sequence[Block], around: Iterable[str], *, closed: bool = False) -> str:
    """
    One sentence on why this page gives no article, or nothing where it gives one.

    `around` is all of the page's text. `closed` is a page that says of itself
    that not everybody may read it (schema.org `isAccessibleForFree`).
    """
    page = " ".join(around)[:LOOKED_AT].replace("\u2019", "'")
    if not page.strip():
        return f"{name} holds no text; name a page or a file with running text."
    said = sum(len(block.text.split()) for block in blocks)
    if closed and said < TEASER:
        return f"{name} {STUBS[0].verdict}."
    small = len(page.split()) < SMALL
    for stub in STUBS:
        if said < stub.most and (stub.anywhere or small or not said) and stub.says.search(page):
            return f"{name} {stub.verdict}."
    return "" if blocks else f"{name} holds no article; check the address, or name a page with running text."
