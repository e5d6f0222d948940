"""Where the cells of a table stand once those that span several rows and columns have taken their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Align(Enum):
    """How a cell's lines stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `strong` sets it in HeiTi; `lines` is the least height in lines of the table's text."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Align = Align.LEFT
    strong: bool = False
    lines: float = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its row and column, or (`continues`) the place under one that began in a row above."""

    column: int
    cell: Cell
    continues: bool = False


def place(rows: Sequence[Sequence[Cell | str]], columns: int) -> list[list[Placed]]:
    """Each row's cells from left to right with the places that rows above hold; gaps at a row's end become empty cells.

    ValueError, naming the row, when the cells of a row do not fit its free columns.
    """
    held: dict[int, tuple[Cell, int]] = {}  # first column → the cell and how many rows it still takes
    placed: list[list[Placed]] = []
    for number, row in enumerate(rows, start=1):
        waiting, line, column = list(row), list[Placed](), 0
        while column < columns:
            if column in held:
                cell, left = held[column]
                line.append(Placed(column, cell, continues=True))
                held[column] = (cell, left - 1)
                if left == 1:
                    del held[column]
            else:
                given = waiting.pop(0) if waiting else ""
                cell = given if isinstance(given, Cell) else Cell(given)
                taken = range(column, column + cell.columns)
                if taken.stop > columns or any(each in held for each in taken):
                    raise ValueError(f"表格第{number}行的单元格放不下：{cell.text[:20]}")
                line.append(Placed(column, cell))
                if cell.rows > 1:
                    held[column] = (cell, cell.rows - 1)
            column += cell.columns
        if waiting:
            raise ValueError(f"表格第{number}行多出{len(waiting)}个单元格")
        placed.append(line)
    return placed
