"""Help wherever it is asked for, and one sentence for a command line that is wrong."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from audioed.terminal import complain, tell

USAGE = 2
"""Exit code of a wrong command line."""
NAMES = {"help_option_names": ["-h", "--help"]}
UsageError: Any = typer.BadParameter.__bases__[0]  # click's own, which newer versions of typer carry within themselves


class Commands(TyperGroup):
    """Commands that `help` may stand before, and that tell what is wrong in one sentence."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """What click does, except for what it shows of a wrong command line."""
        try:
            ended = super().main(
                args,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
        except UsageError as error:
            ended = _refused(error)
        if not standalone_mode:
            return ended
        sys.exit(ended if isinstance(ended, int) else 0)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """`help COMMAND` is `COMMAND --help`; without a command there is nothing to do but to show them."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            for line in ctx.get_help().splitlines():
                tell(line)
            ctx.exit(USAGE)
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of this name; a UsageError names the nearest, or what may have been meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            close = get_close_matches(name.lower(), self.list_commands(ctx), n=1)
            remedy = f"choose one of {', '.join(self.commands)}."
            if close:
                remedy = f"did you mean `{ctx.command_path} {close[0]}`?"
            elif ctx.parent is None and (Path(name).suffix or Path(name).exists()):
                remedy = f"to make an episode of an article, write `{ctx.command_path} render` before its name."
            ctx.fail(f"there is no command {name!r}; {remedy}")
        return super().resolve_command(ctx, args)


def _refused(error: Any) -> int:
    """Tell a usage error in one sentence, and give the exit code."""
    told = error.format_message().strip()
    if error.ctx and not told.endswith("?") and "; " not in told:
        told = f"{told.rstrip('.')}; `{error.ctx.command_path} --help` shows what it takes"
    complain(f"audioed: {told[:1].lower()}{told[1:]}{'' if told.endswith(('.', '?')) else '.'}", "error")
    return int(error.exit_code)
