"""Pages: what audioed shows in a browser, each a template beside this file; all that is put into one is escaped."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def filled(name: str, **values: object) -> str:
    """
    The page of the template with this name, or the file where the name has an ending.

    jinja2.UndefinedError, a bug of ours, for a value that is not there.
    """
    return _environment().get_template(f"{name}.j2" if "." in name else f"{name}.html.j2").render(values)


@cache
def _environment() -> "Environment":
    """Loaded with the first page: `audioed --help` and a night without news need none."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from audioed.characters import line
    from audioed.timecode import clock, iso_duration, number

    made = Environment(
        loader=PackageLoader("audioed"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"clock": clock, "iso_duration": iso_duration, "line": line, "number": number}
    return made
