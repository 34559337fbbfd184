"""What a player shows of a recording, whatever kind of file it plays: decided once, written by each kind of tag."""

from dataclasses import dataclass

from audioed.characters import line, plain
from audioed.languages import primary
from audioed.model import Channel, Chapter, Script, Seconds, Source
from audioed.wording import wording

LARGEST_TRANSCRIPT = 200_000
"""Bytes; a tag stands before the sound, and every one of them delays the start of streaming."""
MOST_CHAPTERS = 255
"""A table of contents counts them in one byte (ID3v2 chapter frame addendum 1.0, section 3.2)."""
LANGUAGES = (
    "af:afr am:amh ar:ara as:asm az:aze be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat co:cos cs:ces cy:cym "
    "da:dan de:deu dz:dzo el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fj:fij fo:fao fr:fra fy:fry "
    "ga:gle gd:gla gl:glg gn:grn gu:guj ha:hau he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind ig:ibo "
    "is:isl it:ita ja:jpn jv:jav ka:kat kk:kaz kl:kal km:khm kn:kan ko:kor ku:kur ky:kir la:lat lb:ltz ln:lin "
    "lo:lao lt:lit lv:lav mg:mlg mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep nl:nld "
    "nn:nno no:nor ny:nya oc:oci or:ori pa:pan pl:pol ps:pus pt:por qu:que rm:roh ro:ron ru:rus rw:kin sa:san "
    "sd:snd se:sme si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp st:sot su:sun sv:swe sw:swa ta:tam "
    "te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat ug:uig uk:ukr ur:urd uz:uzb "
    "vi:vie wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul"
)
"""ISO 639-1 to the three letters of ISO 639-2 that ID3 asks for (section 4.2.1, TLAN)."""
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A recording, as its tags tell of it."""

    script: Script
    show: Channel
    chapters: tuple[Chapter, ...]
    duration: Seconds
    cover: bytes
    """JPEG, small enough to stand before the sound; empty for none."""
    pictures: tuple[bytes, ...] = ()
    """Of the chapters, JPEG; none or one for each."""

    @property
    def title(self) -> str:
        """What the episode is called."""
        return writable(self.script.edition.title)

    @property
    def author(self) -> str:
        """Who is shown as the artist."""
        return writable(self.show.author or self.show.title)

    @property
    def language(self) -> str:
        """ISO 639-2 code."""
        return language_code(self.script.language)

    @property
    def notes(self) -> str:
        """The articles that are read, one a line."""
        return writable(notes(self.script))

    @property
    def transcript(self) -> str:
        """What is said; nothing where so much text would delay the sound."""
        text = writable(self.script.text)
        return text if len(text.encode()) <= LARGEST_TRANSCRIPT else ""

    @property
    def stops(self) -> tuple[tuple[Seconds, str, str], ...]:
        """Start, title and address of every chapter; no more than an MP3 can count, so that all files agree."""
        return tuple(
            (each.start, line(each.whole), each.url if is_address(each.url) else "")
            for each in self.chapters[:MOST_CHAPTERS]
        )


def language_code(language: str) -> str:
    """ISO 639-2 code of a BCP 47 tag, `und` for one that has none here."""
    codes = dict(pair.split(":") for pair in LANGUAGES.split())
    code = primary(language)
    return code if code in codes.values() else codes.get(code, UNKNOWN_LANGUAGE)


def notes(script: Script) -> str:
    """The articles that are read, with author and address, one a line."""
    return "\n".join(_credit(source, script.language) for source in script.sources)


def _credit(source: Source, language: str) -> str:
    credit = (
        wording(language).credit.format(title=source.title, people=source.byline) if source.byline else source.title
    )
    return f"{credit}: {source.url}" if is_address(source.url) else credit


def is_address(url: str) -> bool:
    """Whether a player can open it: ID3 addresses are ASCII; another one would come out as question marks."""
    return url.startswith(("http://", "https://")) and url.isascii()


def writable(text: str) -> str:
    """The text as a tag can hold it: a zero would end it, other controls show as boxes, a line ends with LF alone."""
    return plain(text).replace("\r", "")
