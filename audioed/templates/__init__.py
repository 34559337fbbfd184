"""Pages: what audioed shows in a browser, each a template beside this file; all that is put into one is escaped."""

import hashlib
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.machine import version

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket


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
    made.bytecode_cache = compiled(Path(__file__).parent, made)
    return made


def compiled(folder: Path, made: "Environment") -> "BytecodeCache":
    """
    Where the templates of a folder of ours lie compiled: where Python keeps our modules, and on its terms.

    To compile them takes a tenth of a second. Where nothing may be written they are compiled each time, and anew
    for other settings or another version.
    """
    from jinja2 import FileSystemBytecodeCache

    class Beside(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: "Bucket") -> None:
            with suppress(OSError):
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: "Bucket") -> None:
            with suppress(OSError):
                if not sys.dont_write_bytecode:
                    Path(self.directory).mkdir(exist_ok=True)
                    super().dump_bytecode(bucket)

    settings = (made.trim_blocks, made.lstrip_blocks, made.keep_trailing_newline, sorted(made.filters))
    follows_from = hashlib.sha256(repr((version("audioed"), settings)).encode()).hexdigest()[:8]
    return Beside(str(folder / "__pycache__"), f"%s-{follows_from}.{sys.implementation.cache_tag}.pyc")
