"""Plain text as an article: the first line is its title, a line or a hard-wrapped paragraph one block."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction import breaks, clean, datelines, forwarded, interviews, language, lines, names
from audioed.extraction.decode import unescaped
from audioed.extraction.stubs import complaint
from audioed.kinds import BlockKind
from audioed.model import Article, Block, Page

QUOTE = re.compile(r"\s*>+\s?")
FINAL = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
HEADERS = re.compile(
    r"\s*(?:(?:Subject|Title|From|Author|To|Cc|Date|Reply-To|Sent):[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.IGNORECASE
)
SUBJECT = re.compile(
    r"^\s*(?:Subject|Title):[ \t]*(?:(?:Re|Fwd?|AW|WG):[ \t]*)*(\S[^\n]*)$", re.IGNORECASE | re.MULTILINE
)
"""What stands above a letter (RFC 5322, 3.6), or above a text whose author knows that of letters."""
SIGNATURE = 12
"""Lines of the longest signature."""
TITLE_WORDS = 30
HEADING_WORDS = 12
"""The longest heading; a longer line without a full stop is a paragraph whose stop was lost."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    kind: BlockKind
    first: bool
    """Whether it begins a block; else it continues the one before."""


def read(page: Page, _config: Extraction) -> Article:
    """The article in this text; ExtractionError where it has none."""
    text, signature, said = _letter(unescaped(page.text))
    groups = _groups(text)
    if not groups:
        raise ExtractionError(f"{page.url} is empty; write a title and a text into it.", name=page.url)
    wide = max(len(line) for group in groups for line in group) > breaks.NARROWEST
    wrapped = (wide or breaks.HYPHENATED.search(page.text) is not None) and breaks.is_wrapped(groups)
    title, rest = _titled(groups, wrapped=wrapped)
    verdicts = interviews.of_verdicts(map(clean.Verdict, _blocks(rest, wrapped=wrapped)))
    if signature:
        verdicts = [*verdicts, clean.Verdict(Block(kind="paragraph", text=signature), "author")]
    spoken_in = language.guessed(page.text)
    told = datelines.signed(verdicts, spoken_in)
    blocks, cuts = clean.sort(told.verdicts, title)
    sentence = complaint(page.url, blocks, [title, *(block.text for block in blocks)])
    if sentence:
        raise ExtractionError(sentence, name=page.url)
    return Article(
        title=title,
        language=spoken_in,
        url=page.url if page.url.startswith(("http://", "https://")) else "",
        name=page.url,
        byline=forwarded.person(said.get("from", "")) or names.byline([said.get("author", "")]) or told.byline,
        published=names.day(said.get("date")) or told.published,
        blocks=blocks,
        cuts=cuts,
    )


def _letter(text: str) -> tuple[str, str, dict[str, str]]:
    """A letter: its subject and its words, its signature (RFC 3676, 4.3), and what its headers say."""
    head, said = HEADERS.match(text), dict[str, str]()
    if head is not None and (subject := SUBJECT.search(head[0])) is not None:
        said = {
            name.strip().lower(): value.strip()
            for name, _, value in (each.partition(":") for each in head[0].splitlines())
        }
        text = f"{subject[1]}\n\n{text[head.end() :]}"
    body, _, signature = text.partition("\n-- \n")
    long = signature.count("\n") > SIGNATURE or not body.strip()
    return (text, "", said) if long else (body, " ".join(signature.split()), said)


def _titled(groups: Sequence[Sequence[str]], *, wrapped: bool) -> tuple[str, list[Sequence[str]]]:
    """The first line as the title, and the rest; a text that begins with a paragraph is called by its first words."""
    first, *rest = groups
    lines = len(first) if wrapped and not any(map(FINAL.search, first)) else 1
    words = " ".join(first[:lines]).lstrip("# ").split()
    continued = wrapped and lines < len(first) and (not rest or first[lines].lstrip()[:1].islower())
    if len(words) > TITLE_WORDS or continued:
        return f"{' '.join(words[:HEADING_WORDS])} …", [*groups]
    return " ".join(words), [first[lines:], *rest]


def _groups(text: str) -> list[list[str]]:
    """The lines that have text, parted where empty lines part them."""
    groups: list[list[str]] = [[]]
    for line in text.replace("\ufeff", "").splitlines():
        if line.strip():
            groups[-1].append(line.expandtabs(4).rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _blocks(groups: Sequence[Sequence[str]], *, wrapped: bool) -> Iterator[Block]:
    """One block for each line, or for each paragraph of a wrapped text."""
    for group in groups:
        if breaks.is_verse([line.strip() for line in group]) and not any(map(_marker, group)):
            yield Block(kind="paragraph", text=breaks.typed("\n".join(group)))
            continue
        open_: _Line | None = None
        for line in _lines(group, wrapped=wrapped):
            if open_ is None or line.first:
                if open_:
                    yield _block(open_)
                open_ = line
            else:
                open_ = _Line(f"{open_.text}\n{line.text}", open_.kind, first=True)
        if open_:
            yield _block(open_)


def _marker(line: str) -> re.Match[str] | None:
    return QUOTE.match(line) or breaks.ITEM.match(line)


def _lines(group: Sequence[str], *, wrapped: bool) -> Iterator[_Line]:
    inside: BlockKind = "paragraph"
    for i, line in enumerate(group):
        quote, item = QUOTE.match(line), breaks.ITEM.match(line)
        kind: BlockKind = "quote" if quote else "item" if item else "paragraph"
        marker = quote or item
        indented = inside == "item" and line.startswith((" ", "\t")) and not marker
        continues = i > 0 and ((wrapped and (not marker or (quote is not None and inside == "quote"))) or indented)
        inside = inside if continues else kind
        yield _Line(" ".join(line[marker.end() if marker else 0 :].split()), kind, first=not continues)


def _block(line: _Line) -> Block:
    text = " ".join(breaks.unparted(line.text).split())
    return Block(kind="heading" if line.kind == "paragraph" and _is_heading(text) else line.kind, text=text)


def _is_heading(text: str) -> bool:
    """Whether a line is short and ends without a stop; a small letter at its start goes on from above."""
    start = text.lstrip("\"'“‘([")[:1]
    return (
        len(text.split()) <= HEADING_WORDS
        and not FINAL.search(text)
        and (not start.islower())
        and not lines.ADDRESS.fullmatch(text)
    )
