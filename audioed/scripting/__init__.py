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

    Lexicons = Callable[[str], Lexicon]


def write(
    articles: Sequence[Article], edition: Edition, config: Scripting, lexicons: "Lexicons", home: str = ""
) -> Script:
    """
    Everything the edition will say: opening, each article in segments, closing.

    Every block of every article is in a segment or among the cuts. A story
    that two articles tell is read once. `lexicons` gives the lexicon for a language;
    each article is read by the rules of its own. `home` is the show's language,
    whose region decides how a day is said.
    ScriptError when there is nothing to read.
    """
    from audioed.scripting.chapters import with_chapters
    from audioed.scripting.editions import once, with_promos
    from audioed.scripting.ids import identified
    from audioed.scripting.lexicon import with_own
    from audioed.scripting.notices import with_notices
    from audioed.scripting.pauses import paced
    from audioed.scripting.rundown import (
        Saying,
        closing,
        ending,
        imprint,
        in_voice,
        opening,
        own_promo,
        reading,
        worded,
    )

    if not any(article.blocks for article in articles):
        raise ScriptError(f"“{edition.title}” has no text to read; add an article.", text=edition.title)
    articles = once(articles)
    language = regional(articles[0].language, home)
    spoken = Saying(language, lexicons(language))
    alone = len(articles) == 1
    config = worded(config, edition, language, alone=alone)
    segments = [opening(edition.title if alone else wording(language).opening, config, spoken, alone=alone)]
    cuts = [cut for article in articles for cut in article.cuts]
    for article in articles:
        told = with_notices(article) if config.notices else article
        words = with_own(lexicons(article.language), article.lexicon)
        saying = Saying(article.language, words)
        own = regional(article.language, home)
        other = own if own != language else ""
        transition = config.transition if len(segments) > 1 else ""
        behind = imprint(article, config, own) if alone else ()
        parts = reading(told, saying, transition=transition, behind=behind)
        read = [in_voice(each, article.voice, other) for each in parts]
        segments += [*read[:-1], ending(read[-1], "article")]
    wished = with_promos(segments, config, own_promo(Promo(text=config.promo), spoken, language))
    segments, cuts = list(wished.segments), [*cuts, *wished.cuts]
    segments.append(closing(config, spoken, language))
    kept = tuple(segment for segment in segments if segment.utterances)
    *marked, last = with_chapters(kept, edition.title, language, alone=alone)
    script = Script(
        edition=edition,
        language=language,
        sources=tuple(map(_source, articles)),
        segments=paced((*marked, ending(last, "end")), language),
        cuts=tuple(cuts),
    )
    return identified(script)


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
    from audioed.scripting.pauses import paced
    from audioed.scripting.rundown import Saying, filled, own_promo

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
    from audioed.scripting.lexicon import with_own
    from audioed.scripting.pauses import paced
    from audioed.scripting.rundown import Saying, reading

    words = with_own(lexicons(article.language), article.lexicon)
    saying = Saying(article.language, words)
    segments = paced(tuple(reading(article, saying)), article.language)
    return tuple(each for segment in segments for each in segment.utterances)


def _source(article: Article) -> Source:
    return Source(**{each.name: getattr(article, each.name) for each in fields(Source)})
