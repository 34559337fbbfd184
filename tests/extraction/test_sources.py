"""Every kind of source is one row; what another package reads is held to the same limits."""

import io
import sys
import tomllib
import zipfile
from pathlib import Path
from textwrap import dedent

import pytest

from audioed import sources
from audioed.apart import Limits, Worker
from audioed.candidates import in_folders
from audioed.config import Extraction, template
from audioed.errors import ExtractionError
from audioed.extraction import extract
from audioed.extraction.fetch import Download, page, read, read_text
from audioed.model import Article
from audioed.sources import SOURCES, SourceKind

EXAMPLE = Path(__file__).parents[2] / "docs" / "source-example"
PROSE = (
    "The ferry crosses the strait at two in the morning, and nobody on the island sleeps through it.",
    "It has done so for forty years, since the day on which the council voted for a later boat by one vote.",
)


def text_of_libreoffice():
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        rows = "".join(f"<t:p>{each}</t:p>" for each in PROSE)
        archive.writestr("content.xml", f'<o xmlns:t="{text}">{rows}</o>')
        told = "<d:title>The ferry that läuft</d:title><d:creator>Ada Quay</d:creator><d:date>2026-02-03T07:30</d:date>"
        archive.writestr("meta.xml", f'<o xmlns:d="http://purl.org/dc/elements/1.1/">{told}</o>')
    return held.getvalue()


LETTER = text_of_libreoffice()
NOTE = b"From: Ada Quay <ada@tide.example>\nSubject: The ferry\n\nThe ferry crosses the strait at two in the morning.\n"
STATEMENT = "The harbour was quiet at night, and the clerk wrote down every boat that came in before the fog.\n\n" * 3
READERS = dedent('''\
    """Kinds of source that only a test has."""

    import time

    from audioed.model import Article, Block, Page
    from audioed.sources import SourceKind

    def outline(page, _config):
        title, *rest = page.text.splitlines()
        kind = "paragraph"
        return Article(title=title, name=page.url, blocks=tuple(Block(kind=kind, text=each) for each in rest if each))

    def packed(data, name, _config):
        return Page(url="elsewhere", media_type="text/markdown", text=data[4:].decode())

    def forever(page, _config):
        time.sleep(60)

    def large(page, _config):
        return Page(url=page.url, media_type="text/html", text="<p>" + 300_000 * "x")

    def breaks(page, _config):
        raise ZeroDivisionError(page.text)

    def nothing(page, _config):
        return None

    def exits(page, _config):
        raise SystemExit(2)

    def turns(page, _config):
        return page

    OUTLINE = SourceKind(name="outline", suffixes=(".otl",), media_types=("text/x-outline",), read="strange:outline")
    PACKED = SourceKind(
        name="packed", suffixes=(".pck",), media_types=("text/x-pck",), unpack="strange:packed", begins="PCK\\x01"
    )
    FOREVER, LARGE, BREAKS, NOTHING, TURNS, ABSENT, EXITS = (
        SourceKind(name=each, suffixes=(f".{each}",), media_types=(f"text/x-{each}",), read=f"strange:{each}")
        for each in ("forever", "large", "breaks", "nothing", "turns", "absent", "exits")
    )
    NEITHER = SourceKind(name="neither", suffixes=(".no",), media_types=())
    UNCLEAR = SourceKind(name="unclear", suffixes=(".un",), media_types=("x/un",), read="strange:outline", begins="(")
    NOWHERE = SourceKind(name="nowhere", suffixes=(".nw",), media_types=(), read="strange:outline")
    PAGES = SourceKind(name="pages", suffixes=(".html",), media_types=("text/x-pages",), read="strange:outline")
    ''')


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Have these packages there, each with its entry points, as pip would install them."""

    def install(**packages: dict[str, str]) -> None:
        for package, entries in packages.items():
            told = tmp_path / "site" / f"{package}-1.dist-info"
            told.mkdir(parents=True)
            (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n")
            lines = [f"{name} = {value}" for name, value in entries.items()]
            (told / "entry_points.txt").write_text("\n".join(["[audioed.sources]", *lines]))
        (tmp_path / "site" / "strange.py").write_text(READERS, "utf-8")
        (tmp_path / "site" / "bursts.py").write_text("1 / 0", "utf-8")
        (tmp_path / "site" / "exits.py").write_text("raise SystemExit", "utf-8")
        monkeypatch.syspath_prepend(tmp_path / "site")
        sources.outsiders.cache_clear()

    yield install
    sources.outsiders.cache_clear()
    sys.modules.pop("strange", None)


@pytest.fixture
def example(installed, monkeypatch):
    """The example of the documentation."""
    declared = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][sources.GROUP]
    if any(each.name == "odt" for each in sources.outsiders().kinds):
        return  # .ci/run has installed it
    monkeypatch.syspath_prepend(EXAMPLE)
    installed(audioed_odt=declared)


def as_file(folder, name, data):
    (folder / name).write_bytes(data)
    return read(str(folder / name), Extraction())


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "had",
    [
        lambda folder: as_file(folder, "letter.odt", LETTER),
        lambda _: read_text(LETTER, "letter.odt", Extraction()),
        lambda _: page(
            Download(url="letter.odt", content_type="application/vnd.oasis.opendocument.text", data=LETTER),
            Extraction(),
        ),
    ],
    ids=["by its suffix", "by its beginning", "by its media type"],
)
def test_a_text_of_libreoffice_is_read_by_the_package_that_the_documentation_shows(had, tmp_path):
    article = extract(had(tmp_path), Extraction())
    assert (article.title, article.byline) == ("The ferry that läuft", "Ada Quay")
    assert article.published.isoformat() == "2026-02-03"
    assert [block.text[:9] for block in article.blocks] == ["The ferry", "It has do"]


def test_a_note_that_begins_like_a_mail_stays_what_its_suffix_says(tmp_path):
    assert as_file(tmp_path, "letter.md", NOTE).media_type == "text/markdown"
    assert sources.packed(NOTE, None).name == "mail"


@pytest.mark.usefixtures("example")
def test_a_mail_of_more_bytes_than_the_show_reads_is_refused_unread(tmp_path):
    (tmp_path / "letter.odt").write_bytes(LETTER)
    with pytest.raises(ExtractionError, match=r"letter\.odt is larger than"):
        read(str(tmp_path / "letter.odt"), Extraction(max_bytes=100))


def test_a_reader_may_give_an_article_of_its_own_and_a_page_may_come_packed(tmp_path, installed):
    installed(strange={"outline": "strange:OUTLINE", "packed": "strange:PACKED"})
    told = as_file(tmp_path, "a.otl", b"The clerk\n\xe9crit\n\nThe harbour was quiet.")
    unpacked = as_file(tmp_path, "b.bin", b"PCK\x01# The clerk\n\n" + STATEMENT.encode())
    assert [each.text for each in extract(told, Extraction()).blocks] == ["écrit", "The harbour was quiet."]
    assert (unpacked.url, unpacked.media_type) == ("b.bin", "text/markdown")
    assert extract(unpacked, Extraction()).title == "The clerk"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("breaks", "a.breaks could not be read: the reader for breaks failed .ZeroDivisionError"),
        ("nothing", "the reader for nothing gave NoneType"),
        ("turns", "the reader for turns gave a page of text/x-turns"),
        ("large", "a.large is too long"),
        ("absent", "the reader for absent failed .AttributeError"),
    ],
)
def test_a_reader_that_breaks_costs_its_source_one_sentence(kind, told, tmp_path, installed):
    installed(strange={kind: f"strange:{kind.upper()}"})
    with pytest.raises(ExtractionError, match=told):
        extract(as_file(tmp_path, f"a.{kind}", STATEMENT.encode()), Extraction(max_bytes=200_000))


def _article_in(path: Path) -> Article:
    return extract(read(str(path), Extraction()), Extraction())


def test_a_reader_that_never_ends_is_stopped_like_ours(tmp_path, installed):
    installed(strange={"forever": "strange:FOREVER"})
    (tmp_path / "a.forever").write_bytes(b"A text.")
    reader = Worker(Limits(seconds=0.3), ["strange", "audioed.extraction.readers"])
    with reader as worker, pytest.raises(ExtractionError, match="took longer than 0"):
        worker.call("a.forever", _article_in, tmp_path / "a.forever")


@pytest.mark.parametrize(
    ("packages", "told"),
    [
        (
            {"one": {"outline": "strange:OUTLINE"}, "two": {"outline": "strange:PACKED"}},
            "two packages offer the source",
        ),
        ({"one": {"a": "strange:OUTLINE"}, "two": {"b": "strange:OUTLINE"}}, "the sources a and b both claim .otl"),
        ({"one": {"gone": "no_such_module:KIND"}}, "'gone' cannot be loaded"),
        ({"one": {"outline": "strange:outline"}}, "'outline' is not a SourceKind"),
        ({"one": {"neither": "strange:NEITHER"}}, "'neither' names no reader, or two"),
        ({"one": {"nowhere": "strange:NOWHERE"}}, "'nowhere' has no suffix or no media type"),
        ({"one": {"unclear": "strange:UNCLEAR"}}, "'unclear' begins with no regular expression"),
        ({"one": {"bursts": "bursts:KIND"}}, "'bursts' cannot be loaded .division by zero"),
    ],
)
def test_packages_that_cannot_be_told_apart_or_loaded_are_named(packages, told, tmp_path, installed):
    installed(**packages)
    with pytest.raises(ExtractionError, match=told):
        as_file(tmp_path, "a.otl", b"A text.")
    assert as_file(tmp_path, "a.md", b"# A text").media_type == "text/markdown"  # ours go on


class Told(list):
    """What the visits of a night hear of its folders."""

    def failed(self, _kind, name, error):
        self.append((name, str(error)))

    def answered(self, _kind, name):
        self.append(name)


def test_a_folder_gives_the_files_of_every_kind_that_is_read(tmp_path, installed):
    installed(strange={"outline": "strange:OUTLINE"})
    (tmp_path / "articles").mkdir()
    wanted = sorted(suffix for each in SOURCES if not each.announces for suffix in (*each.suffixes, ".otl"))
    for suffix in {*wanted, ".xml", ".jpg", ".HTML"}:
        (tmp_path / "articles" / f"a{suffix}").touch()
    (tmp_path / "articles" / ".hidden.md").touch()
    found = {candidate.path.suffix for candidate in in_folders(["articles"], tmp_path, Told())}
    assert found - {".HTML"} == set(wanted)


BROKEN = {"does not import": "gone", "raises": "bursts", "ends the program": "exits"}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_package_is_told_once_and_every_other_file_of_a_night_is_read(broken, tmp_path, installed):
    installed(strange={"outline": "strange:OUTLINE"}, broken={"letters": f"{broken}:KIND"})
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for file in ("a.md", "b.msg", "c.otl", "d.jpg"):
            (tmp_path / name / file).touch()
    told = Told()
    found = [each.name for each in in_folders(["one", "two"], tmp_path, told)]
    assert found == ["one/a.md", "one/c.otl", "two/a.md", "two/c.otl"]
    assert {"one", "two", "the source 'outline'"} <= {each for each in told if isinstance(each, str)}
    ((name, sentence),) = (each for each in told if not isinstance(each, str))
    assert name == "the source 'letters'"
    assert sentence.startswith("the source 'letters' cannot be loaded (")


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_package_takes_nothing_from_what_comes_without_its_suffix(broken, tmp_path, installed):
    installed(strange={"outline": "strange:OUTLINE", "packed": "strange:PACKED"}, broken={"a": f"{broken}:KIND"})
    assert read_text(STATEMENT.encode(), "standard input", Extraction()).media_type == "text/plain"
    assert as_file(tmp_path, "README", b"<p>Hello").media_type == "text/html"
    assert as_file(tmp_path, "a.otl", b"A text").media_type == "text/x-outline"
    sent = Download(url="a", content_type="text/x-outline", data=b"A text")
    assert page(sent, Extraction()).media_type == "text/x-outline"
    assert read_text(b"PCK\x01# A text", "standard input", Extraction()).media_type == "text/markdown"
    with pytest.raises(ExtractionError, match="the source 'a' cannot be loaded"):
        as_file(tmp_path, "a.msg", LETTER)


def test_two_packages_that_claim_the_same_leave_it_to_neither_and_the_third_alone(tmp_path, installed):
    installed(one={"a": "strange:OUTLINE"}, two={"b": "strange:OUTLINE"}, three={"packed": "strange:PACKED"})
    assert {"a", "b"}.isdisjoint(each.name for each in sources.outsiders().kinds)
    assert as_file(tmp_path, "b.bin", b"PCK\x01# A text").media_type == "text/markdown"


def test_a_package_that_claims_what_ours_read_is_passed_over_and_told(tmp_path, installed):
    installed(one={"pages": "strange:PAGES"})
    assert as_file(tmp_path, "a.html", b"<p>Hello").media_type == "text/html"
    assert [str(each) for each in sources.outsiders().faults] == [
        "the sources HTML and pages both claim .html; remove one."
    ]


def test_a_reader_that_ends_the_program_costs_its_source_alone(tmp_path, installed):
    installed(strange={"exits": "strange:EXITS"})
    with pytest.raises(ExtractionError, match="the reader for exits failed"):
        extract(as_file(tmp_path, "a.exits", STATEMENT.encode()), Extraction())


def test_what_lists_the_kinds_lists_the_registry():
    from audioed.cli.options import Articles

    told = sources.told("{1}", "and")
    assert told.replace(" and ", ", ").split(", ") == [each.suffixes[0] for each in SOURCES if not each.announces]
    assert told in template("A show")
    assert sources.told("{1}") in Articles.__metadata__[0].help


@pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.name)
def test_every_kind_of_ours_is_known_by_suffix_and_media_type_and_names_a_reader_that_is_there(kind):
    from pkgutil import resolve_name

    assert all(sources.by_suffix(each) is kind for each in kind.suffixes)
    assert all(sources.by_media_type(each) is kind for each in kind.media_types)
    assert all(callable(resolve_name(each)) for each in (kind.read, kind.unpack, kind.announces) if each)
    assert isinstance(kind, SourceKind)
