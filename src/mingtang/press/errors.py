"""What can go wrong when a document is set.

PressError
├── NoFonts         no font is installed for a face that the document needs
├── NoGlyphs        characters that no installed font holds
└── NotSet          the setter refused the document, which our own templates should never bring about
"""

import unicodedata
from collections.abc import Sequence


class PressError(Exception):
    """Base of the room's errors; the message is Chinese, for people, and ends with the mend."""


class NoFonts(PressError):
    """No installed font can stand for a face."""

    def __init__(self, faces: Sequence[str], folders: Sequence[str]) -> None:
        places = "、".join(folders)
        super().__init__(
            f"没有可用的{'、'.join(faces)}字体，不能排版：请执行 make fonts，或者安装字体后放入{places}，"
            "也可以用环境变量 MINGTANG_FONTS 指明字体所在的文件夹"
        )


class NoGlyphs(PressError):
    """Characters for which no installed font has a shape; `characters` in the order of the text."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        named = "、".join(
            f"“{each}”（U+{ord(each):04X} {unicodedata.name(each, '未命名')}）" for each in characters[:10]
        )
        more = f"等{len(characters)}个字" if len(characters) > 10 else ""
        super().__init__(
            f"本机的字体里没有这些字：{named}{more}；请改用其他字，或者安装含有它的字体（如 fonts-hanazono）"
        )


class NotSet(PressError):
    """Typst could not set a document that we gave it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"排版没有成功：{reason}；请把这一行连同文书类型告诉维护者")
