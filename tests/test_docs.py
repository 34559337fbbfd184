"""What the documents say is so: links, paths, commands, settings, code, and the tables that lead to a file."""

import ast
import importlib.util
import re
import shlex
import shutil
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from audioed import config
from audioed.cli.app import app
from audioed.model import Voice
from audioed.toml import checked
from audioed.voices.cards import shipped

HOME = Path(__file__).parents[1]
PAGES = sorted(
    [*HOME.glob("*.md"), *(HOME / "docs").rglob("*.md"), *(HOME / "voices").glob("*.md"), HOME / "benchmarks/README.md"]
)
TOLD = [page for page in PAGES if page.name != "CHANGELOG.md" and page.parent.name != "decisions"]
"""Those that tell how it is, not how it came to be."""
FENCE = re.compile(r"^```(\w*)(?: (.+?))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^\s*|[/\\]|&& )audioed(?:\.exe)? ([a-z-].*)")
BEYOND = re.compile(r"\s(?:&&|\|\|?|>>?|<|#|2>&1)(?:\s|$)|;|\)$")
"""Where a command ends on a shell's line."""
named = pytest.mark.parametrize("page", TOLD, ids=lambda page: page.relative_to(HOME).as_posix())


def text_of(page):
    return page.read_text("utf-8")


def blocks_of(page):
    """Language, what stands beside it, and the text of each fenced block."""
    return FENCE.findall(text_of(page))


def inline_of(page):
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text_of(page)))


@pytest.fixture(scope="module")
def tree():
    """Every file and folder of the checkout, from its root."""
    left = {".git", ".venv", "output", "__pycache__", ".hypothesis"}
    every = [path for path in HOME.rglob("*") if not left & set(path.relative_to(HOME).parts)]
    return {f"/{path.relative_to(HOME).as_posix()}" for path in every}


def anchors(page):
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HOME).as_posix())
def test_every_link_leads_somewhere(page):
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text_of(page))):
        if re.match(r"\w+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_index_leads_to_every_page():
    index = text_of(HOME / "docs" / "README.md")
    pages = [path.name for path in (HOME / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in index] == []


@named
def test_every_file_that_a_page_names_is_there(page, tree):
    everything = [*inline_of(page), *(line for _, _, text in blocks_of(page) for line in text.split())]
    words = {word.strip("(),;:") for each in everything for word in each.split()}
    ours = re.compile(r"(?:\.ci|\.github|audioed|benchmarks|docs|samples|tests)/[\w./*-]+|[\w./-]+\.py")
    wanted = [word for word in words if ours.fullmatch(word) and "NAME" not in word]
    assert [word for word in wanted if not any(map(placed(word).fullmatch, tree))] == []


def placed(word):
    """What matches a file of this name, in any folder; a star stands for any name."""
    return re.compile("/(?:.*/)?" + re.escape(word.removeprefix("./").rstrip("/")).replace(r"\*", "[^/]*"))


@named
def test_every_target_of_make_that_a_page_names_is_there(page):
    targets = set(re.findall(r"^([a-z]+):", text_of(HOME / "Makefile"), re.MULTILINE))
    written = [*inline_of(page), *(line for _, _, text in blocks_of(page) for line in text.splitlines())]
    assert {found[1] for each in written if (found := re.match(r"make ([a-z]+)", each))} <= targets


def commands_of(page):
    """What is written behind `audioed`, and whether it is a whole command line, not its name in a sentence."""
    told = [(each, False) for each in inline_of(page)]
    texts = [text for kind, _, text in blocks_of(page) if kind not in {"python", "toml", "markdown"}]
    told += [(line, True) for text in texts for line in text.splitlines()]
    for line, whole in told:
        if not line.startswith("pip ") and (found := COMMAND.search(line)):
            yield BEYOND.split(found[1])[0], whole


def refused(line, capsys):
    """What audioed says of a command line that it does not take; empty where it does."""
    root = get_command(app)
    todo = [root]
    while todo:
        each = todo.pop()
        each.callback = lambda **_: None
        todo += getattr(each, "commands", {}).values()
    capsys.readouterr()
    words = shlex.split(line, comments=True)
    return capsys.readouterr().err if root.main(words, prog_name="audioed", standalone_mode=False) else ""


@named
def test_every_command_line_is_one_that_audioed_takes(page, capsys):
    if page.name == "cli.md":
        pytest.skip("is made from the commands")
    wrong = {line: refused(line, capsys) for line, _ in commands_of(page)}
    names = {line for line, whole in commands_of(page) if not whole}  # `audioed render` may stand for the command
    assert {line: told for line, told in wrong.items() if told and not ("missing arg" in told and line in names)} == {}


def test_a_command_line_that_is_wrong_is_found(capsys):
    assert "no such option" in refused("render a.html --outptu x", capsys)
    assert "there is no command" in refused("rendr a.html", capsys)
    assert "there is no command" in refused("voices fetch kokoro", capsys)
    assert refused("render a.html --output x", capsys) == ""


def section_of(name):
    """The class of a section of audioed.toml."""
    found = config.Config
    for part in re.sub(r'\."[^"]*"', "", name).split("."):
        below = {each.name: each.type for each in fields(found)}
        assert part in below, f"[{name}] is no section"
        if part == "sites":
            return config.SiteRules
        found = below[part]
        if not is_dataclass(found):
            return None
    return found


@named
def test_every_setting_that_a_page_names_is_one(page):
    text = FENCE.sub("", text_of(page)).replace("\n", " ")
    for section in re.findall(r'`\[([a-z]+(?:\.[\w."]+)*)\]`', text):
        section_of(section)
    spoken = r"((?:`\w+(?: = [^`]*)?`(?:,? and |, | )?)+)(?:goes |go )?(?:in|under) `\[([a-z.]+)\]`"
    for names, section in re.findall(spoken, text):
        known = {each.name for each in fields(section_of(section))}
        assert set(re.findall(r"`(\w+)", names)) <= known, section


@named
def test_every_toml_block_loads(page, tmp_path):
    for kind, _, text in blocks_of(page):
        if kind != "toml":
            continue
        path = tmp_path / "audioed.toml"
        path.write_text(text, "utf-8")
        told = tomllib.loads(text)
        if "engine" in told:
            checked(Voice, {"name": "card", **told}, path)
        elif "greeting" in told:
            checked(config.Phrases, told, path)
        elif "project" not in told:
            config.load(path)


def test_the_pages_made_from_the_code_are_what_it_says():
    spec = importlib.util.spec_from_file_location("reference", HOME / "docs" / "reference.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    assert reference.faults() == []


def signatures(source):
    """The members of the Protocol in this code: the parameters and the result of each, or the type of an attribute."""
    (engine,) = [each for each in ast.parse(source).body if isinstance(each, ast.ClassDef) and each.name == "Engine"]
    return {
        each.name: (ast.unparse(each.args), ast.unparse(each.returns), [ast.unparse(d) for d in each.decorator_list])
        for each in engine.body
        if isinstance(each, ast.FunctionDef)
    }


def test_the_engine_protocol_is_told_as_it_is():
    (told,) = [text for kind, _, text in blocks_of(HOME / "docs/architecture.md") if kind == "python"]
    assert signatures(told) == signatures(text_of(HOME / "audioed/synthesis/engine.py"))


def steps():
    """Every `file::word` of the page on changes."""
    return re.findall(r"`([\w./-]+)::([^`]+)`", text_of(HOME / "docs/changing.md"))


@pytest.mark.parametrize(("file", "word"), steps())
def test_a_change_is_made_where_the_page_on_changes_leads(file, word):
    """A name of Python, or of a class and a field of it, is bound in the file; any other word stands in it."""
    text = text_of(HOME / file)
    if file.endswith(".py"):
        assert set(word.split(".")) <= bound(text), f"{file} binds no {word}"
    else:
        assert word in text


def bound(source):
    """Every name that is defined or assigned in this code."""
    found = set()
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.ClassDef | ast.FunctionDef):
            found.add(each.name)
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
    return found


def test_the_page_on_changes_leads_to_most_of_the_house():
    assert len(steps()) >= 30  # a page that has lost its table would pass all else


def hummed(folder):
    """Let the show in this folder hum in place of reading: its own cards go before ours."""
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    for name in ("heart", "heart-bright", "heart-brisk", "heart-low"):
        shutil.copy(shipped() / "silent.toml", folder / "voices" / f"{name}.toml")


def written(name, text):
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def test_the_code_of_the_page_for_python_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    hummed(tmp_path / "myshow")
    (article,) = [text for _, name, text in blocks_of(HOME / "docs/tutorial.md") if name == "articles/bridge.md"]
    for name in ("articles/bridge.md", "myshow/articles/ferry.md"):
        written(name, article)
    written("myshow/audioed.toml", '[nightly]\nfolders = ["articles"]\n')
    names = {}
    for kind, _, text in blocks_of(HOME / "docs" / "python.md"):
        if kind == "python":
            exec(compile(text, "docs/python.md", "exec"), names)  # noqa: S102 - our own page
    assert names["episode"].cues[0].text == "The gate, at last"
