"""The measures of GB/T 9704-2012 that both setters share, in millimetres and points, each with its clause.

The standard's line is the height of a character and seven eighths of it (3.2), its page 22 lines of 28 characters that
fill a block of 156 × 225 mm (5.2). Both follow from one character of 5.57 mm: what Word calls 三号 is 16 points, so
that characters are set a fifth of a point closer than their size.
"""

from dataclasses import dataclass

MM = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where things stand on a page; lengths in millimetres unless the name says points."""

    page_width: float = 210.0  # 5.1
    page_height: float = 297.0  # 5.1
    top: float = 37.0  # 5.2.1
    left: float = 28.0  # 5.2.1
    text_width: float = 156.0  # 5.2.1
    text_height: float = 225.0  # 5.2.1
    lines: int = 22  # 5.2.3
    characters: int = 28  # 5.2.3
    body_points: float = 16.0  # 三号, 5.2.2
    title_points: float = 22.0  # 二号, 7.3.1
    small_points: float = 14.0  # 四号, 7.4.2 and 7.5
    table_points: float = 12.0  # 小四, free in the standard
    head_drop: float = 35.0  # from the text block's top to the name in the head, 7.2.4
    rule_below_number: float = 4.0  # 7.2.7
    number_drop: float = 7.0  # from the text block's foot to the dash beside the page number, 7.5
    thick_rule: float = 0.35  # 7.4.1
    thin_rule: float = 0.25  # 7.4.1
    letter_head: float = 30.0  # from the paper's top to the name, 10.1
    letter_rule_below: float = 4.0  # 10.1
    letter_foot: float = 20.0  # from the paper's foot to the second double rule, 10.1
    letter_rule_width: float = 170.0  # 10.1
    seal: float = 42.0  # diameter of a county body's seal

    @property
    def right(self) -> float:
        return self.page_width - self.left - self.text_width

    @property
    def bottom(self) -> float:
        return self.page_height - self.top - self.text_height

    @property
    def character_points(self) -> float:
        """From one character to the next, so that a full line fills the text's width."""
        return (self.text_width * MM - self.body_points) / (self.characters - 1)

    @property
    def line_points(self) -> float:
        """From one line to the next, so that the first line's top and the last one's foot fill the text's height."""
        return (self.text_height * MM - self.body_points) / (self.lines - 1)


GB9704 = Geometry()
