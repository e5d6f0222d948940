"""Which installed fonts stand for the faces of official documents, and whether they hold every character of a text.

The faces of the standard belong to commercial foundries. An office's machine usually has them; elsewhere free ones
stand in. Each face has a list of families in order of preference, then others that may stand in for want of a better
one (`Fonts.stand_ins` tells), and rare characters fall back on fonts that hold many.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path

from mingtang.press.errors import NoFonts, NoGlyphs


class Face(Enum):
    """The faces that the standard names; the value is the code that the templates use."""

    FANGSONG = "fangsong"
    KAITI = "kaiti"
    HEITI = "heiti"
    XIAOBIAOSONG = "xiaobiaosong"
    SONG = "song"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Face.FANGSONG: "仿宋",
    Face.KAITI: "楷体",
    Face.HEITI: "黑体",
    Face.XIAOBIAOSONG: "小标宋",
    Face.SONG: "宋体",
}
_PREFERRED: dict[Face, tuple[str, ...]] = {
    Face.FANGSONG: (
        "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02", "FZFangSong-Z02S",
        "Zhuque Fangsong (technical preview)", "朱雀仿宋", "FandolFang R", "FandolFang",
    ),
    Face.KAITI: (
        "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03", "FZKai-Z03S", "FandolKai",
        "LXGW WenKai", "AR PL UKai CN", "AR PL KaitiM GB",
    ),
    Face.HEITI: (
        "SimHei", "黑体", "STHeiti", "FZHei-B01", "FZHei-B01S", "Noto Sans CJK SC", "Source Han Sans SC", "FandolHei",
        "WenQuanYi Zen Hei",
    ),
    Face.XIAOBIAOSONG: (
        "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "STZhongsong",
        "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong",
    ),
    Face.SONG: (
        "SimSun", "宋体", "STSong", "FZShuSong-Z01", "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong",
        "AR PL UMing CN",
    ),
}  # fmt: skip
#: Stand in where none of a face is installed: any Song, then any other face.
_STAND_INS = (*_PREFERRED[Face.SONG], *_PREFERRED[Face.KAITI], *_PREFERRED[Face.HEITI])
#: Asked after the face's own font for what it lacks.
_RARE = (
    "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "SimSun-ExtB", "Noto Sans CJK SC", "HanaMinA", "HanaMinB",
    "BabelStone Han", "Noto Sans Mongolian", "Mongolian Baiti", "Noto Sans Symbols", "Noto Sans Symbols2",
    "DejaVu Sans",
)  # fmt: skip
#: Free families that are light where the standard wants weight are set bold.
_WEIGHT = {Face.XIAOBIAOSONG: 700}
#: Shapes nothing by itself: joiners, variation selectors, spaces, soft hyphen, byte order mark.
_SHAPELESS = frozenset(
    (*range(0x2000, 0x2010), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180F))
).union(map(ord, "\n \u00a0\u00ad\u202f\u2060\u3000\ufeff"))


@dataclass(frozen=True, slots=True)
class Font:
    """One font file's face: its family as Typst calls it, weight, file and place in a collection."""

    family: str
    weight: int
    path: str
    index: int


@dataclass(frozen=True)
class Fonts:
    """The chosen fonts: for each face its own and those that it falls back on, in order.

    `stand_ins` are faces for which another face had to be taken; `folders` are searched besides the system's.
    """

    chains: dict[Face, tuple[Font, ...]]
    stand_ins: tuple[Face, ...]
    folders: tuple[str, ...]

    @cached_property
    def _covered(self) -> frozenset[int]:
        """The code points that can be set in every face."""
        first, *others = (
            frozenset[int]().union(*(_characters(font.path, font.index) for font in chain))
            for chain in self.chains.values()
        )
        return first.intersection(*others)

    def families(self, face: Face) -> list[str]:
        """The chain of families, as the setter asks for them."""
        return list(dict.fromkeys(font.family for font in self.chains[face]))

    def weight(self, face: Face) -> int:
        """The weight to set a face in."""
        return self.chains[face][0].weight

    def missing(self, texts: Iterable[str]) -> Iterator[str]:
        """The characters of the texts that the installed fonts do not hold, each once, in order."""
        covered = self._covered
        seen = set[int]()
        for text in texts:
            for character in text:
                code = ord(character)
                if code not in covered and code not in seen and code not in _SHAPELESS:
                    seen.add(code)
                    yield character

    def require(self, texts: Iterable[str]) -> None:
        """NoGlyphs, naming the characters, when a text has some that no font holds."""
        missing = list(self.missing(texts))
        if missing:
            raise NoGlyphs(missing)


def own_folder() -> Path:
    """Where `make fonts` puts the free fonts: beside the Python that runs."""
    return Path(sys.prefix) / "share" / "fonts"


def find(folders: Iterable[str | Path] = ()) -> Fonts:
    """The fonts for each face from the given folders, our own and the system's; NoFonts when there are none at all."""
    wanted = tuple(dict.fromkeys(str(folder) for folder in (*folders, own_folder()) if Path(folder).is_dir()))
    return _find(wanted)


@lru_cache(maxsize=8)
def _find(folders: tuple[str, ...]) -> Fonts:
    installed = list(_installed(folders))
    by_family: dict[str, list[Font]] = {}
    for font in installed:
        by_family.setdefault(font.family, []).append(font)
    rare = [_nearest(by_family[family], 400) for family in _RARE if family in by_family]
    chains: dict[Face, tuple[Font, ...]] = {}
    stand_ins: list[Face] = []
    for face in Face:
        weight = _WEIGHT.get(face, 400)
        own = next((family for family in _PREFERRED[face] if family in by_family), None)
        if own is None:
            stand_ins.append(face)
            own = next((family for family in _STAND_INS if family in by_family), None)
        if own is not None:
            chosen = _nearest(by_family[own], weight)
            chains[face] = (chosen, *(font for font in rare if font.family != chosen.family))
    if len(chains) < len(Face):
        raise NoFonts([face.label for face in Face if face not in chains], [*folders, "系统字体文件夹"])
    return Fonts(chains, tuple(stand_ins), folders)


def _nearest(fonts: list[Font], weight: int) -> Font:
    return min(fonts, key=lambda font: (abs(font.weight - weight), font.path, font.index))


def _installed(folders: tuple[str, ...]) -> Iterator[Font]:
    import typst

    for info in typst.Fonts(font_paths=list(folders), include_embedded_fonts=False).fonts():
        if info.path and info.style == "normal":
            yield Font(info.family, info.weight, info.path, info.index)


@lru_cache(maxsize=64)
def _characters(path: str, index: int) -> frozenset[int]:
    """The code points that a font file has shapes for."""
    with import_module("fontTools.ttLib").TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
