"""A drawing as SVG. Written by hand: it is lines, circles and words only; words stay words, so they can be
searched, and take the viewer's own fonts."""

from __future__ import annotations

from html import escape

from chosa.plot.drawing import PAPER, Dot, Drawing, Line, Shape

FONT = "system-ui,'Hiragino Sans','Yu Gothic UI','Noto Sans CJK JP','Noto Sans JP',sans-serif"


def as_svg(drawing: Drawing) -> str:
    """The SVG document; each fact is a group whose title browsers show when one points at it."""
    width, height = drawing.width, drawing.height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="{escape(FONT)}">',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *map(_shape, drawing.plain),
    ]
    for said, shapes in drawing.facts:
        parts.append(f"<g><title>{escape(said)}</title>{''.join(map(_shape, shapes))}</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _shape(s: Shape) -> str:
    if isinstance(s, Line):
        return (
            f'<line x1="{s.x0}" y1="{s.y0}" x2="{s.x1}" y2="{s.y1}" stroke="{s.color}" '
            f'stroke-width="{s.width}"/>'
        )
    if isinstance(s, Dot):
        return (
            f'<circle cx="{s.x}" cy="{s.y}" r="{s.radius}" fill="{s.fill}" stroke="{s.color}" '
            f'stroke-width="2"/>'
        )
    weight = ' font-weight="600"' if s.bold else ""
    return (
        f'<text x="{s.x}" y="{s.y}" font-size="{s.size}" fill="{s.color}" text-anchor="{s.anchor}"{weight}>'
        f"{escape(s.text)}</text>"
    )
