"""Reading a PDF back with programs that know nothing of how it was made: poppler and qpdf."""

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image

MM = 72 / 25.4
DPI = 200


def run(*command: str | Path) -> str:
    """What a program prints; the test fails with its complaint when it fails."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Word:
    """A run of characters, and where it stands on its page in points from the upper left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


class Paper:
    """A PDF on disk as its readers see it."""

    def __init__(self, content: bytes, folder: Path) -> None:
        self.path = folder / "paper.pdf"
        self.path.write_bytes(content)

    def is_sound(self) -> bool:
        """Whether qpdf finds no fault in it."""
        return "No syntax or stream encoding errors" in run("qpdf", "--check", self.path)

    @cached_property
    def info(self) -> dict[str, str]:
        lines = run("pdfinfo", self.path).splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}

    @property
    def pages(self) -> int:
        return int(self.info["Pages"])

    @cached_property
    def text(self) -> str:
        """All text in reading order, without white space."""
        return re.sub(r"\s", "", run("pdftotext", "-raw", self.path, "-"))

    def page_text(self, page: int) -> str:
        return re.sub(r"\s", "", run("pdftotext", "-raw", "-f", str(page), "-l", str(page), self.path, "-"))

    @cached_property
    def fonts(self) -> list[tuple[str, bool, bool, bool]]:
        """Name, embedded, subset, with a map to Unicode: of each font."""
        rows = [line.split() for line in run("pdffonts", self.path).splitlines()[2:]]
        return [(row[0], row[-5] == "yes", row[-4] == "yes", row[-3] == "yes") for row in rows]

    @cached_property
    def words(self) -> list[Word]:
        page, found = 0, list[Word]()
        for line in run("pdftotext", "-bbox", self.path, "-").splitlines():
            page += "<page " in line
            at = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
            if at:
                left, top, right, bottom = map(float, at.groups()[:4])
                found.append(Word(page, at[5], left, top, right, bottom))
        return found

    def lines(self, page: int) -> list[list[Word]]:
        """The words of a page in lines from top to bottom; a line is what shares its foot."""
        lines: list[list[Word]] = []
        for word in sorted((each for each in self.words if each.page == page), key=lambda each: each.bottom):
            if lines and abs(lines[-1][0].bottom - word.bottom) < 3:
                lines[-1].append(word)
            else:
                lines.append([word])
        return [sorted(line, key=lambda each: each.left) for line in lines]

    def picture(self, page: int) -> Image.Image:
        """A page as a picture, white where there is ink."""
        stem = self.path.with_name(f"page{page}")
        run(
            "pdftoppm",
            "-r",
            str(DPI),
            "-gray",
            "-f",
            str(page),
            "-l",
            str(page),
            "-singlefile",
            "-png",
            self.path,
            stem,
        )
        with Image.open(stem.with_suffix(".png")) as picture:
            return picture.convert("L").point(lambda value: 255 if value < 140 else 0)

    def ink(self, page: int, top: float = 0, bottom: float = 297) -> tuple[float, float, float, float]:
        """The box that holds all ink between two heights of a page: left, top, right, bottom in millimetres."""
        picture = self.picture(page)
        band = picture.crop((0, round(top / 25.4 * DPI), picture.width, round(bottom / 25.4 * DPI)))
        box = band.getbbox()
        assert box, f"no ink on page {page} between {top} and {bottom} mm"
        left, upper, right, lower = (each / DPI * 25.4 for each in box)
        return left, upper + top, right, lower + top

    def bands(self, page: int) -> list[tuple[float, float]]:
        """The heights between which there is ink without a gap, from the top, in millimetres."""
        picture = self.picture(page)
        rows = picture.tobytes()
        bands: list[list[int]] = []
        for at in range(picture.height):
            if b"\xff" in rows[at * picture.width : (at + 1) * picture.width]:
                if bands and bands[-1][1] == at - 1:
                    bands[-1][1] = at
                else:
                    bands.append([at, at])
        return [(upper / DPI * 25.4, lower / DPI * 25.4) for upper, lower in bands]
