"""Covers small enough for a page: a hundredth of what apps are given."""

import io
from collections.abc import Iterable
from pathlib import Path

from audioed.errors import MasteringError
from audioed.files import read, write
from audioed.site.framing import SMALL, WIDE, smaller

QUALITY = 80
"""Of WebP; the edges of letters are clean at the size that they are drawn."""


def lay_smaller(cover: Path, folder: Path) -> bool:
    """A cover in the sizes of the pages, in this folder, where it is not there yet; False where it is no picture."""
    names = {smaller(cover.name, side): side for side in (WIDE, SMALL)}
    if not cover.is_file():
        return False
    for name, side in names.items():
        if not (folder / name).is_file():
            try:
                write(folder / name, _small(read(cover), side))
            except MasteringError:
                return False
    for path in _others(folder, names):
        path.unlink(missing_ok=True)
    return True


def _others(folder: Path, names: Iterable[str]) -> Iterable[Path]:
    """Those of earlier covers."""
    found = [path for side in (WIDE, SMALL) for path in folder.glob(f"*-{side}.webp")]
    return [path for path in found if path.name not in names]


def _small(image: bytes, side: int) -> bytes:
    from PIL import Image, ImageOps

    from audioed.mastering.cover.image import opened

    picture = ImageOps.fit(opened(image, 2 * side), (side, side), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=6)
    return file.getvalue()
