"""Whether a file's name is a plain name: no path, no hidden characters, no reserved or misleading ending."""

import re
import unicodedata

from mingtang.text.guard.findings import Limits, Unfit

#: Endings of what a double click runs; not even in the middle of a name, where a reader takes them for the ending.
_PROGRAM_ENDING = re.compile(
    r"\.(?:exe|dll|com|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|msi|msp|scr|pif|cpl|jar|lnk|url|reg|sh|run|app|apk"
    r"|dmg|iso|img|docm|dotm|xlsm|xltm|xlam|pptm|ppam|html?|svg|php|py)$",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
#: A name's bytes in UTF-8 that every file system takes.
_MAX_NAME_BYTES = 255


def ending_of(name: str, limits: Limits) -> str:
    """The ending of a name in small letters, without the dot; raises `Unfit` for a name that is no plain name."""
    if not name or name != name.strip() or name in (".", ".."):
        raise Unfit("name", "文件名是空的，或首尾有空格", "请改一个普通的文件名")
    if len(name) > limits.max_name_characters or len(name.encode("utf-8", "replace")) > _MAX_NAME_BYTES:
        raise Unfit("name", f"文件名超过 {limits.max_name_characters} 字", "请改短后再传")
    if any(char in '/\\:*?"<>|' for char in name):
        raise Unfit("name", "文件名里有斜杠、冒号等路径符号", "请改成不含这些符号的名字")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for char in name):
        raise Unfit("name", "文件名里有看不见的控制字符", "请重新输入文件名")
    if name.startswith(".") or name.endswith(".") or _RESERVED.match(name):
        raise Unfit("name", "这个文件名是系统保留的或以点开头、结尾", "请改一个普通的文件名")
    stem, _, ending = name.rpartition(".")
    if not stem:
        raise Unfit("name", "文件名没有扩展名", "请用原程序另存，保留扩展名")
    if _PROGRAM_ENDING.search(stem):
        raise Unfit("name", "文件名里藏着另一个扩展名", "请去掉中间的扩展名")
    return ending.lower()


def shown(name: str) -> str:
    """A name fit to be shown in a message: hidden characters gone, at most forty characters."""
    visible = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    visible = visible.replace("\u2028", "").replace("\u2029", "")
    return visible if len(visible) <= 40 else f"{visible[:24]}…{visible[-12:]}"
