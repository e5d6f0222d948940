"""Plane geometry of PDF: the six numbers of a transformation, and the box a rectangle is carried into."""

from mingtang.press.redaction.places import Box

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The transformation that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    """A point after a transformation."""
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]


def carried(box: Box, by: Matrix) -> Box:
    """The upright box around a box after a transformation."""
    corners = [moved(x, y, by) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
