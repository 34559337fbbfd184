"""Help wherever it is asked for, and one sentence for a command line that is wrong."""

import pytest
from rich.text import Text
from typer.main import get_command
from typer.testing import CliRunner

from audioed.cli.app import app


def shown(*arguments):
    done = CliRunner().invoke(app, list(arguments), prog_name="audioed")
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize("arguments", [["-h"], ["help"], ["--help"]])
def test_help_is_there_wherever_it_is_asked_for(arguments):
    assert "Turn articles into a podcast" in shown(*arguments)
    for before, command in ((["render"], []), (["voices"], ["try"]), (["lexicon"], ["check"]), (["init"], [])):
        whole = shown(*before, *command, "--help")
        assert "Usage:" in whole
        if arguments == ["help"]:
            assert shown("help", *before, *command) == whole
            assert not command or shown(*before, "help", *command) == whole
        else:
            assert shown(*before, *command, *arguments) == whole


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rendr"], "there is no command 'rendr'; did you mean `audioed render`?"),
        (["Nightly"], "did you mean `audioed nightly`?"),
        (["help", "verfy"], "did you mean `audioed verify`?"),
        (["voices", "instal"], "did you mean `audioed voices install`?"),
        (["lexicon", "help", "chekc"], "did you mean `audioed lexicon check`?"),
        (["zzz"], "choose one of "),
        (["article.html"], "write `audioed render` before its name."),
        (["render"], "missing argument 'ARTICLE'; `audioed render --help` shows what it takes."),
        (["render", "x", "--outptu", "y"], "no such option: --outptu"),
        (["render", "x", "--output"], "requires an argument"),
        (["render", "x", "--day", "tomorrow"], "'tomorrow' is not a day, such as 2026-01-31"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_sentence(arguments, told):
    done = CliRunner().invoke(app, arguments, prog_name="audioed")
    assert done.exit_code == 2
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("audioed: ")
    assert told in sentence
    assert sentence.endswith((".", "?"))


def test_without_a_command_all_are_shown():
    for group in ([], ["lexicon"]):
        done = CliRunner().invoke(app, group)
        assert done.exit_code == 2
        assert "Usage:" in done.stdout
        assert done.stderr == ""


def texts(command):
    """All help of a command and of those below it."""
    yield command.help or ""
    yield from (each.help or "" for each in command.params if hasattr(each, "help"))
    for below in getattr(command, "commands", {}).values():
        yield from texts(below)


def test_help_shows_every_word_of_it():
    """What stands in brackets would be taken for markup and vanish: "the promos of [promos]"."""
    for told in texts(get_command(app)):
        assert Text.from_markup(told).plain == told
