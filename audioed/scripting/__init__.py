"""Articles -> Script: the second craft decides everything an edition will say, and how."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from audioed.config import Promo, Scripting
from audioed.errors import ScriptError
from audioed.languages import primary
from audioed.model import Article, Edition, Script, Segment, Source, Utterance
from audioed.wording import regional, wording

if TYPE_CHECKING:
    from audioed.scripting.lexicon import Lexicon
    from audioed.scripting.rundown import Saying

    Lexicons = Callable[[str], Lexicon]


def write(
    articles: Sequence[Article], edition: Edition, config: Scripting, lexicons: "Lexicons", home: str = ""
) -> Script:
    """
    Everything the edition will say: opening, each article in segments, what there is besides, closing.

    Every block of every article is in a segment or among the cuts. A story
    that two articles tell is read once. `lexicons` gives the lexicon for a language;
    each article is read by the rules of its own. `home` is the show's language, in which is said what stands
    around them where an article is in it, and whose region decides how a day is said.
    ScriptError when there is nothing to read.
    """
    from audioed.scripting import rundown
    from audioed.scripting.chapters import with_chapters
    from audioed.scripting.editions import once, with_promos
    from audioed.scripting.furniture import sayings
    from audioed.scripting.ids import identified
    from audioed.scripting.pauses import paced
    from audioed.scripting.programme import read

    if not any(article.blocks for article in articles):
        raise ScriptError(f"“{edition.title}” has no text to read; add an article.", text=edition.title)
    articles = once(articles)
    language = spoken_language(articles, home)
    said, own = rundown.Saying(language, lexicons(language)), sayings(edition, config, language, home)
    alone = len(articles) + len(edition.headlines) == 1
    listed = rundown.contents([(each.title, _saying(each, lexicons)) for each in articles], own, said)
    title = edition.title if alone else wording(language).opening
    segments = [rundown.opening(title, own, said, listed, alone=alone)]
    segments += read(articles, own, said, lexicons, alone=alone)
    wished = with_promos(segments, config, rundown.own_promo(Promo(text=own.filled(config.promo)), said, language))
    segments = [
        *wished.segments,
        rundown.round_up(edition.headlines, own, said),
        rundown.closing(own, said, alone=alone),
    ]
    kept = tuple(segment for segment in segments if segment.utterances)
    *marked, last = with_chapters(kept, edition.title, language, alone=alone)
    script = Script(
        edition=edition,
        language=language,
        sources=tuple(map(_source, articles)),
        segments=paced((*marked, rundown.ending(last, "end")), language),
        cuts=(*(cut for article in articles for cut in article.cuts), *wished.cuts),
    )
    return identified(script)


def spoken_language(articles: Sequence[Article], home: str) -> str:
    """
    The language of an edition: the show's where one of its articles is in it, else that of the first.

    Where the show names no region, its articles do if they all name the same: a day is not told in another way because
    of who wrote the first one.
    """
    own = [each.language for each in articles if primary(each.language) == primary(home)] or [articles[0].language]
    return regional(own[0] if len({*own}) == 1 else primary(own[0]), home)


def _saying(article: Article, lexicons: "Lexicons") -> "Saying":
    from audioed.scripting.lexicon import with_own
    from audioed.scripting.rundown import Saying

    return Saying(article.language, with_own(lexicons(article.language), article.lexicon))


def with_notice(script: Script, notice: str, lexicons: "Lexicons") -> Script:
    """The script with this notice of a correction said first, in place of an earlier one; without any where empty."""
    from audioed.scripting.ids import identified
    from audioed.scripting.pauses import paced
    from audioed.scripting.rundown import Saying, correction

    segments = tuple(each for each in script.segments if each.kind != "correction")
    if not notice:
        return replace(script, segments=segments)
    said = correction(notice, Saying(script.language, lexicons(script.language)), script.language)
    if script.begun and segments:
        said, first = replace(said, chapter=True), replace(segments[0], chapter=True)
        segments = (first, *segments[1:])
    return identified(replace(script, segments=(*paced((said,), script.language), *segments)))


def promo_read(name: str, wanted: Promo, script: Script, lexicons: "Lexicons", home: str = "") -> Segment:
    """
    A promo of the show's own as it is heard in this script: in the language of the show, by that one's rules.

    ScriptError for one of which nothing can be said.
    """
    from audioed.scripting.furniture import filled
    from audioed.scripting.pauses import paced
    from audioed.scripting.rundown import Saying, own_promo

    is_own = not home or primary(home) == primary(script.language)
    language = script.language if is_own else home
    told = replace(wanted, text=filled(wanted.text, script.edition, language))
    said = own_promo(told, Saying(language, lexicons(language)), language)
    if said is None:
        raise ScriptError(f"promos.{name}: “{wanted.text[:50]}” has nothing to say; correct it.", text=wanted.text)
    other = "" if is_own else home
    heard = (replace(each, language=each.language or other) for each in said.utterances)
    (timed,) = paced((replace(said, promo=name, utterances=tuple(heard)),), language)
    return timed


def utterances(article: Article, lexicons: "Lexicons") -> tuple[Utterance, ...]:
    """What an edition would say of this article, without what it says around it."""
    from audioed.scripting.pauses import paced
    from audioed.scripting.rundown import reading

    segments = paced(tuple(reading(article, _saying(article, lexicons))), article.language)
    return tuple(each for segment in segments for each in segment.utterances)


def _source(article: Article) -> Source:
    return Source(**{each.name: getattr(article, each.name) for each in fields(Source)})
