"""What happened to each piece of a source: spoken, and as what, or cut, and by which rule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioed import build
from audioed.catalogue.index import articles_in
from audioed.config import Config
from audioed.errors import ExtractionError, StoreError
from audioed.extraction.choices import chosen
from audioed.model import Article, Cut, Page
from audioed.scripting.segment import parts
from audioed.templates import filled
from audioed.textkey import word_count

REASONS = {
    "address": "An address.",
    "advertisement": "An advertisement.",
    "aside": "It stands beside the text.",
    "author": "It tells about the author.",
    "author-choice": "Your own choice.",
    "author-skip": "The page says that it is not to be read.",
    "byline": "It tells who wrote the article, and when.",
    "caption": "The caption of a picture or a table.",
    "code": "Code, which nobody can follow by ear.",
    "comments": "Comments of readers.",
    "contents": "A table of contents.",
    "cookies": "A notice about cookies.",
    "deleted": "The page strikes it out.",
    "footer": "It belongs to the foot of the page.",
    "footnote-mark": "The mark of a footnote.",
    "footnotes": "Footnotes or sources.",
    "form": "A form or a button.",
    "hidden": "The page hides it.",
    "image": "A picture.",
    "navigation": "Links that lead around the site.",
    "outside": "It stands outside the article.",
    "pop-up": "A window that opens over the page.",
    "pronunciation": "It tells how a word is pronounced.",
    "related": "It leads to other articles.",
    "repeated-copy": "The same is said elsewhere.",
    "share": "Buttons for sharing.",
    "sidebar": "It stands beside the text.",
    "sign-up": "It asks readers to sign up.",
    "site-rule": "A rule that you set for this site.",
    "table": "A table, which nobody can follow by ear.",
    "title": "The title, which is said already.",
    "told-again": "Another article of the edition tells it.",
    "unspoken": "No installed voice speaks its language.",
}
"""Why a piece is cut, by its rule, in a sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One piece of a source, in reading order."""

    text: str
    kind: str
    """Of the segment that says it; empty for what is cut."""
    rule: str
    """That cut it; empty for what is said."""
    doubt: str = ""
    """How sure that was, and what weighed most, where it was judged and not known."""

    @property
    def why(self) -> str:
        """Why it is cut, in words, with the name of the rule and how sure that was; empty for what is said."""
        return f"{reason(self.rule)} ({', '.join(filter(None, (self.rule, self.doubt)))})" if self.rule else ""


def gathered(
    names: Sequence[str], page: Callable[[str], Page | Article | ExtractionError], config: Config
) -> tuple[tuple[Article, ...], tuple[build.Skip, ...]]:
    """
    The articles of episodes' folders and of pages, in the order they are named, and why others give none.

    ExtractionError or StoreError when nothing gives an article: the first one says why.
    """
    articles: list[Article] = []
    failures: list[tuple[str, ExtractionError | StoreError]] = []
    for name in names:
        try:
            articles += [chosen(each, config.extraction.choices) for each in articles_in(Path(name))] or build.extract(
                [page(name)], config
            )[0]
        except (ExtractionError, StoreError) as error:
            failures.append((name, error))
    if not articles and failures:
        raise failures[0][1]
    return tuple(articles), tuple(build.Skip(name, str(error)) for name, error in failures)


def explained(article: Article) -> Iterator[Verdict]:
    """Every piece of the article's source, in the order of the page."""
    spoken = [(block.text, part.kind) for part in parts(article.blocks) for block in part.blocks]
    cuts = sorted(article.cuts, key=lambda cut: cut.at)
    for i, block in enumerate(article.blocks):
        while cuts and cuts[0].at <= i:
            yield _of_cut(cuts.pop(0))
        left = len(block.text)  # a paragraph that ends with a promo is said in two parts
        while left > 0 and spoken:
            text, kind = spoken.pop(0)
            left -= len(text) + 1
            yield Verdict(text, kind, "")
    yield from map(_of_cut, cuts)


def reason(rule: str) -> str:
    """Why a rule cuts, in a sentence; empty without a rule."""
    return REASONS.get(rule, f"Cut as {rule.replace('-', ' ')}." if rule else "")


def _of_cut(cut: Cut) -> Verdict:
    if cut.probability is None:
        return Verdict(cut.text, "", cut.rule)
    return Verdict(cut.text, "", cut.rule, ", ".join((f"{cut.probability:.0%}", *cut.why)))


def counted(verdicts: Sequence[Verdict]) -> str:
    """How much is said and how much is cut, in words."""
    spoken = sum(word_count(verdict.text) for verdict in verdicts if not verdict.rule)
    cut = sum(word_count(verdict.text) for verdict in verdicts if verdict.rule)
    return f"{spoken} words are said, {cut} are cut."


def page(articles: Sequence[Article]) -> str:
    """The same as an HTML page, a colour for each kind; everything from the source is escaped, nothing is loaded."""
    told = [(article, list(explained(article))) for article in articles]
    return filled(
        "explained",
        language=articles[0].language or "en",
        policy="default-src 'none'; style-src 'unsafe-inline'",
        title=" · ".join(article.title for article in articles),
        counted=counted([verdict for _, verdicts in told for verdict in verdicts]),
        verdicts=[verdict for article, verdicts in told for verdict in (Verdict(article.title, "body", ""), *verdicts)],
    )
