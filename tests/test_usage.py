"""Help wherever it is asked for, and one sentence for a command line that is wrong."""

import pytest
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
