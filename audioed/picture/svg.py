"""A drawing as SVG that takes its colours from the page around it."""

from html import escape

from audioed.picture.shapes import Area, Box, Drawing, Point, Shape, Strokes, Words, fitted, width_of


def svg(drawing: Drawing, label: str) -> str:
    """The drawing as an SVG element; `label` is what a screen reader says of it."""
    shapes = "\n".join(map(_shape, drawing.shapes))
    return (
        f'<svg viewBox="0 0 {_figure(drawing.width)} {_figure(drawing.height)}" role="img" '
        f'aria-label="{escape(label)}">\n{shapes}\n</svg>'
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Box():
            return _box(shape)
        case Strokes():
            return _strokes(shape)
        case Area():
            return f'<path d="{_path(shape.points)}Z" fill="var(--{shape.colour})"{_opacity(shape.opacity)}/>'
        case Words():
            return _words(shape)


def _box(shape: Box) -> str:
    place = f'x="{_figure(shape.x)}" y="{_figure(shape.y)}"'
    size = f'width="{_figure(shape.width)}" height="{_figure(shape.height)}"'
    corner = f' rx="{_figure(shape.radius)}"' if shape.radius else ""
    start = f'<rect {place} {size}{corner} fill="var(--{shape.colour})"{_opacity(shape.opacity)}'
    return f"{start}><title>{escape(shape.title)}</title></rect>" if shape.title else f"{start}/>"


def _strokes(shape: Strokes) -> str:
    path = "".join(map(_path, shape.lines))
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if shape.round else ""
    dash = f' stroke-dasharray="{_figure(shape.dash)}"' if shape.dash else ""
    style = f'fill="none" stroke="var(--{shape.colour})" stroke-width="{_figure(shape.width)}"'
    return f'<path d="{path}" {style}{ends}{dash}{_opacity(shape.opacity)}/>'


def _words(shape: Words) -> str:
    text = fitted(shape.text, shape.most, lambda some: width_of(some, shape.size, bold=shape.bold))
    if not text:
        return ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    bold = ' font-weight="650"' if shape.bold else ""
    whole = f"<title>{escape(shape.text)}</title>" if text != shape.text else ""
    return (
        f'<text x="{_figure(shape.x)}" y="{_figure(shape.y)}" font-size="{_figure(shape.size)}"{anchor}{bold} '
        f'fill="var(--{shape.colour})">{whole}{escape(text)}</text>'
    )


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{_figure(x)} {_figure(y)}" for x, y in points)


def _opacity(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{_figure(opacity)}"'


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
