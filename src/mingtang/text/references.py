"""What a text refers to: document numbers, titles in 《》, and systems such as 网站, 平台, 专栏, 热线."""

import re

from mingtang.text.cleaning import fold
from mingtang.text.sentences import depths

_NUMBER = re.compile(r"([一-鿿A-Za-z]{1,16}(?:[一-鿿])?)\s?\[(\d{4})\]\s?第?\s?(\d{1,5})\s?号")
_ROUND_NUMBER = re.compile(
    r"([一-鿿]{2,14}(?:发|办|函|字|电|令|规|告|文|通|公开))\s?\((\d{4})\)\s?第?\s?(\d{1,5})\s?号"
)
_ORDER = re.compile(r"((?:国务院|[一-鿿]{0,6}(?:政府|部|委|局)|国)令)\s?(?:第\s?)?(\d{1,4})\s?号")
#: words before a number in running text that are no part of it
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|贯彻|落实|执行|遵照|参照|印发|转发|关于|以及|文件|通知|精神|要求|省政府办公厅|市政府办公室|详见|附件|"
    r"原|和|及|与|按|以|由|对|将|见|的|是|为|即|等|了|经|如|中(?!办|发|政|组|纪|宣|央|共|国)|在)(?=[一-鿿]{2,})"
)


def document_numbers(text: str, trimmed: bool = True) -> list[str]:
    """The document numbers in a text, in their regular form (国办发〔2019〕54号, 国务院令第711号), in order, once each.

    `trimmed`: words of running text before the number are cut off.
    """
    folded = fold(text)
    found: list[tuple[int, str]] = []
    for pattern in (_NUMBER, _ROUND_NUMBER):
        for match in pattern.finditer(folded):
            code = _LEAD.sub("", match.group(1).strip()) if trimmed else match.group(1).strip()
            if len(code) >= 2 and 1949 <= int(match.group(2)) <= 2100:
                found.append((match.start(), f"{code}〔{match.group(2)}〕{int(match.group(3))}号"))
    found.extend(
        (match.start(), f"{_LEAD.sub('', match.group(1))}第{int(match.group(2))}号")
        for match in _ORDER.finditer(folded)
    )
    return list(dict.fromkeys(number for _, number in sorted(found)))


def lone_number(line: str) -> str | None:
    """The document number that a whole line consists of, or None."""
    bare = re.sub(r"\s", "", fold(line)).strip("()")
    numbers = document_numbers(bare, trimmed=False)
    if len(numbers) != 1 or not bare.endswith("号"):
        return None
    return numbers[0] if bare[:2] == numbers[0][:2] and len(bare) <= len(numbers[0]) + 1 else None


def titles(text: str) -> list[str]:
    """The titles in 《》, outermost only, in order, once each."""
    depth = depths(text)
    found: list[str] = []
    index = 0
    while index < len(text):
        if text[index] == "《" and depth[index] >= 1:
            end = _closing(text, index)
            if end is None:
                break
            title = text[index + 1 : end].strip()
            if title and title not in found:
                found.append(title)
            index = end
        index += 1
    return found


def _closing(text: str, start: int) -> int | None:
    level = 0
    for index in range(start, min(len(text), start + 300)):
        if text[index] == "《":
            level += 1
        elif text[index] == "》":
            level -= 1
            if level == 0:
                return index
    return None


_SYSTEM_END = re.compile(
    r"(?:门户网站|政府网站|网站群|网站|集约化平台|网络平台|平台|信息系统|管理系统|系统(?!性|化|治|思|推|谋|梳|集成|地|学|观)|数据库|文件库|问答库|信息库|资源库|政策库|知识库|案例库"
    r"|专栏|栏目|专题专栏|专题网页|专区|公开栏|公示栏|宣传栏|热线电话|热线|公众号|客户端|小程序|政府公报|公报|微博|微信|视频号|服务窗口|查阅点|查阅场所|咨询电话|信箱|邮箱|直播间|App|APP)"
)
_BOUNDARY = re.compile(
    r"[,，。;；:：、()（）□\s]|的|依托|清理|开展|确保|加大|抓好|推行|实施|健全|完善|制作|编制|多(?=平台)|通过|利用|运用|借助|充分|发挥|加强|建立|建设|建好|打造|完善|优化|规范(?!性)|推广|推进|推动|做好|加快|办好|用好|开设|设立|设置|开通|更新|维护|管理|"
    r"强化|提升|提高|拓展|整合|统一(?=[一-鿿]{2,}库)|在(?!线)|于|从|向|对(?!外)|将|把|以(?!内)|并|和(?!田)|与|及|或|等|到|至|用(?!户)|为|是|要|应|须|以及|进一步|不断|实现|明确|指导|督促|检查|落实|严格|切实|全面"
)


def systems(text: str) -> list[str]:
    """The systems named in a sentence, as the text calls them (“政府信息公开”专栏, 区政府门户网站), once each."""
    folded = _TITLE.sub(_hide_unless_gazette, fold(text))
    found: list[str] = []
    for match in _SYSTEM_END.finditer(folded):
        start = max(0, match.start() - 24)
        head = folded[start : match.start()]
        cut = 0
        for boundary in _BOUNDARY.finditer(_veiled(head)):
            cut = boundary.end()
        name = text[start + cut : match.end()].strip()
        if (len(name) > len(match.group()) or match.group() in ("政府公报",)) and 3 <= len(name) <= 30:
            name = name.lstrip("《") if "》" not in name else name
            name = name if "”" in name else name.replace("“", "")
            if not any(name in other for other in found):
                found = [other for other in found if other not in name]
                found.append(name)
    return found


_TITLE = re.compile(r"《[^《》]{1,120}》")


def _hide_unless_gazette(match: re.Match[str]) -> str:
    title = match.group()
    return title if title.endswith(("公报》", "网》")) else "□" * len(title)


def _veiled(text: str) -> str:
    """The text with what stands in quotes overwritten, so that a name in quotes is not cut."""
    return re.sub(r"“[^“”]{1,24}”", lambda match: "□" * len(match.group()), text)
