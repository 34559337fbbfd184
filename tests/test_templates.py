"""Pages: what is put into one is escaped, and what one lacks is told."""

import re
import sys
from importlib.resources import files

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError
from lxml import html

from audioed.explain import Verdict
from audioed.mastering.cover.colours import contrast
from audioed.templates import compiled, filled

PAGES = sorted(
    path.name.removesuffix(".html.j2") for path in files("audioed.templates").iterdir() if ".j2" in path.name
)


@pytest.mark.parametrize("name", [each for each in PAGES if each not in {"page", "studio"}])
def test_a_page_that_lacks_a_value_is_not_made(name):
    with pytest.raises(UndefinedError):
        filled(name)


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "</title><b>", '"><img src=x>', "{{ 7 * 7 }}", "a & b"])
def test_what_a_stranger_wrote_stays_text(evil):
    verdicts = [Verdict(evil, "body", ""), Verdict(evil, "", evil)]
    page = filled("explained", title=evil, language=evil, policy="default-src 'none'", counted=evil, verdicts=verdicts)
    tree = html.document_fromstring(page)
    assert [each.text_content() for each in tree.iter("title", "h1", "span")] == [evil] * 4 + [
        f"{evil} {verdicts[1].why}"
    ]
    assert tree.get("lang") == evil
    assert tree.xpath("//script | //img") == []


def test_what_passes_through_the_base_is_in_its_place():
    page = filled("voices", title="A title", spoken="de", text="Ein Satz.", voices=[])
    assert page.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head><meta charset="utf-8">')
    assert "Content-Security-Policy" not in page
    assert page.endswith("</body></html>\n")


@pytest.mark.parametrize("at", ["by day", "by night", "in print"])
def test_every_colour_can_be_read_on_its_ground(at):
    look = files("audioed.templates").joinpath("look.css").read_text("utf-8")
    rules = re.findall(r":root {(.*?)}", look, re.DOTALL)
    told = re.findall(r"--([\w-]+): #(\w+)", rules[("by day", "by night", "in print").index(at)])
    found = {name: bytes.fromhex((code * 2)[:6] if len(code) == 3 else code) for name, code in told}
    pairs = [(ink, ground) for ink in ("ink", "quiet", "accent", "fault") for ground in ("paper", "raised")]
    pairs += [("on-accent", "accent"), ("ink", "lit")] if at != "in print" else []
    assert {pair: 1 for pair in pairs if contrast(*(tuple(found[each]) for each in pair)) < 4.5} == {}


def test_templates_are_compiled_once_for_all_runs_and_each_time_where_nothing_may_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "hello.html").write_text("Hello, {{ name }}!")
    (tmp_path / "file").touch()

    def pages(folder):
        made = Environment(loader=FileSystemLoader(tmp_path), autoescape=True)
        made.bytecode_cache = compiled(folder, made)
        return made.get_template("hello.html").render(name="<you>")

    assert pages(tmp_path) == pages(tmp_path / "file") == "Hello, &lt;you&gt;!"
    monkeypatch.setattr(Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
    assert pages(tmp_path) == "Hello, &lt;you&gt;!"
    with pytest.raises(pytest.fail.Exception):
        pages(tmp_path / "file")
