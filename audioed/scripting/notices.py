"""What a listener is told where the page shows something that cannot be read aloud."""

from collections.abc import Mapping
from dataclasses import replace

from audioed.model import Article, Block

NOTICES: Mapping[str, Mapping[str, str]] = {
    "en": {"code": "The page shows a piece of code here.", "table": "The page shows a table here."},
    "de": {"code": "Hier zeigt die Seite ein Stück Programmcode.", "table": "Hier zeigt die Seite eine Tabelle."},
    "fr": {"code": "La page montre ici un extrait de code.", "table": "La page montre ici un tableau."},
    "es": {"code": "Aquí la página muestra un fragmento de código.", "table": "Aquí la página muestra una tabla."},
    "it": {"code": "Qui la pagina mostra un frammento di codice.", "table": "Qui la pagina mostra una tabella."},
    "nl": {"code": "Hier toont de pagina een stuk code.", "table": "Hier toont de pagina een tabel."},
    "pt": {"code": "Aqui a página mostra um trecho de código.", "table": "Aqui a página mostra uma tabela."},
}
"""Language -> rule of a cut -> what is said in its place; in other languages nothing is."""


def with_notices(article: Article) -> Article:
    """The article, with a sentence in each place in its text where code or a table was cut."""
    wording = NOTICES.get(article.language.partition("-")[0].lower(), {})
    told = {
        cut.at: Block(kind="paragraph", text=wording[cut.rule], reading="body")
        for cut in article.cuts
        if cut.rule in wording and 0 < cut.at < len(article.blocks)
    }
    heard = (each for at, block in enumerate(article.blocks) for each in (*filter(None, [told.get(at)]), block))
    return replace(article, blocks=tuple(heard)) if told else article
