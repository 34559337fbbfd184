"""PDF files for tests, written by hand: lines of text where they are wanted on each page."""

from collections.abc import Sequence

HEAD = "/MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >>"


def printed(pages: Sequence[Sequence[tuple[float, float, float, str]]], title: str = "", extra: str = "") -> bytes:
    """A file of these pages: lines of left and bottom edge, size, and text."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F {size} Tf 1 0 0 1 {left} {bottom} Tm ({_escaped(text)}) Tj ET" for left, bottom, size, text in lines
        )
        objects.append(f"<< /Type /Page /Parent 2 0 R {HEAD} /Contents {5 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    objects.append(f"<< /Title ({_escaped(title)}) /Author (Ada Quay) /CreationDate (D:20260203073000Z) {extra} >>")
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R"
    return data + f"{end} /Info {len(objects)} 0 R >>\nstartxref\n{len(data)}\n%%EOF".encode()


def column(left: float, top: float, lines: Sequence[str], size: float = 10) -> list[tuple[float, float, float, str]]:
    """Lines below each other."""
    return [(left, top - 1.2 * size * number, size, text) for number, text in enumerate(lines)]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
