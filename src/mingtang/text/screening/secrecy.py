"""Marks that say a text is not for the public: levels of secrecy in all their forms, internal circulation, drafts."""

import re
from collections.abc import Iterator

from mingtang.text.cleaning import fold
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

SECRETS = ("disclosure-regulation.14",)
INTERNAL = ("disclosure-regulation.16-internal",)
PROCESS = ("disclosure-regulation.16-process",)
_S = r"[ \t\u3000\u00a0]{0,8}"
_LEVEL = rf"(?:绝{_S}密|机{_S}密|秘{_S}密)"
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_TERM = rf"(?:{_NUMBER}{_S}(?:年|个月|月|天|日)|长{_S}期|启用前|解密前)"
_OPEN, _CLOSE = r"^[ \t\u3000\[\(]*", r"[\]\) \t\u3000]*$"
_LEVELS = ("绝密", "机密", "秘密", "绝 ", "机 ", "秘 ", "密级", "绝\t", "机\t", "秘\t")
_KEEP = (
    r"(?:注意保存|注意保密|妥善保管|妥善保存|请勿外传|严禁外传|不得外传|禁止外传|勿外传|请勿扩散|不得扩散|严禁扩散|不得翻印|不得复印|严禁复印"
    r"|请勿转发|严禁转发|不得转发|阅后(?:即焚|销毁|收回|退回|清退|即毁)|用后(?:销毁|收回|清退)|会后(?:收回|清退)|阅完(?:退回|收回))"
)
_INTERNAL_THING = (
    r"(?:内部(?:资料|文件|材料|使用|参考|参阅|刊物|情况|事项|掌握|传阅|发行|明电|电报|通报|简报|交流|试行|讲话|稿件|发文|机密|绝密|公文|掌握使用)?"
    r"|(?:涉密|保密|密级)(?:文件|资料|材料|件)|密件|密码电报|工作秘密|敏感信息|敏感资料|非公开(?:资料|文件|材料|信息)?|不予公开|不公开)"
)

#: How the name of a draft begins inside its brackets.
_DRAFTS = (
    *("公开征求", "公开", "征求意见", "送审", "讨论", "审议", "草", "初", "修改", "修订", "未定", "代拟", "送签"),
    *("内部审议", "报批", "审签", "汇报"),
    *("待定", "建议", "试拟", "第", "一次", "二次", "三次", "四次", "五次", "六次"),
    *("一征", "二征", "三征", "一修", "二修", "三修", "一讨", "二讨", "三讨", "一审", "二审", "三审"),
)  # fmt: skip

_SOUGHT: tuple[tuple[Sought, str], ...] = (
    (
        Sought(
            "starred",
            re.compile(rf"(?:[★☆⭐]{_S}{_LEVEL}|{_LEVEL}(?:级)?{_S}(?:[★☆*✩✭⭐✰✪]|[·•.-](?={_S}{_TERM}))){_S}{_TERM}?"),
            _LEVELS,
        ),
        "level",
    ),
    (
        Sought(
            "named",
            re.compile(
                rf"(?:密{_S}级|涉密等级|定密等级|保密等级|秘密等级|保密级别){_S}[:为是]?{_S}{_LEVEL}(?:级)?(?:{_S}{_TERM})?"
            ),
            ("密级", "密 ", "涉密等级", "定密等级", "保密等级", "秘密等级", "保密级别"),
        ),
        "level",
    ),
    (
        Sought(
            "alone",
            re.compile(rf"{_OPEN}(?:密级{_S}:?{_S})?{_LEVEL}(?:级|件|文件|资料)?(?:{_S}{_TERM})?{_CLOSE}", re.M),
            _LEVELS,
        ),
        "level",
    ),
    (Sought("boxed", re.compile(rf"[\[\(]{_S}{_LEVEL}(?:级)?(?:{_S}[★☆]?{_S}{_TERM})?{_S}[\]\)]"), _LEVELS), "level"),
    (
        Sought(
            "term",
            re.compile(rf"(?:保密期限|密级和保密期限|解密时间|解密日期|知悉范围){_S}[:为]{_S}[^\s。,;]{{1,16}}"),
            ("保密期限", "解密时间", "解密日期", "知悉范围"),
        ),
        "level",
    ),
    (
        Sought(
            "copy",
            re.compile(rf"^{_S}(?:份{_S}号|份数序号|№|No\.?){_S}[:]?{_S}0\d{{5}}{_S}$", re.M),
            ("份号", "份 ", "份数序号", "№", "No"),
        ),
        "level",
    ),
    (
        Sought(
            "internal",
            re.compile(
                (
                    rf"{_OPEN}(?:{_INTERNAL_THING}(?:[,、 \t\u3000\]\)\[\(·★:!-]*(?:{_KEEP}|{_TERM}))*|{_KEEP}(?:[,、"
                    rf" \t\u3000]*{_KEEP})*)[!。]?{_CLOSE}"
                ),
                re.M,
            ),
            (
                "内部",
                "涉密",
                "保密",
                "密件",
                "密码电报",
                "工作秘密",
                "敏感",
                "非公开",
                "不予公开",
                "不公开",
                "密级",
                "外传",
                "扩散",
                "转发",
                "翻印",
                "复印",
                "保存",
                "保管",
                "阅后",
                "用后",
                "会后",
                "阅完",
            ),
        ),
        "internal",
    ),
    (
        Sought(
            "boxed_internal",
            re.compile(rf"[\[\(]{_S}{_INTERNAL_THING}(?:[,、 ]*{_KEEP})?{_S}[\]\)]"),
            ("内部", "涉密", "保密", "密件", "工作秘密", "敏感", "非公开"),
        ),
        "internal",
    ),
    (
        Sought(
            "keep",
            re.compile(
                rf"(?:内部(?:资料|文件|材料|使用|参考|刊物|通报|简报)|工作秘密|本(?:文件|件|资料|材料))[,、 ]*{_KEEP}"
            ),
            ("内部", "工作秘密", "本文件", "本件", "本资料", "本材料"),
        ),
        "internal",
    ),
    (
        Sought(
            "only_for",
            re.compile(
                r"(?:仅供|只供|专供|仅限|只限|限于|仅在)(?:[一-龥]{0,8}?)(?:内部|领导|本单位|本机关|本系统|机关|系统内|单位内|班子|党组|党委|常委|县级|科级|处级|"
                r"局内|办内|参会人员|与会人员|有关人员|工作人员)"
                r"(?:[一-龥]{0,8}?)(?:参考|参阅|阅示|使用|掌握|传阅|审阅|知悉|阅读|阅知|查阅|交流)"
            ),
            ("仅供", "只供", "专供", "仅限", "只限", "限于", "仅在"),
        ),
        "only",
    ),
    (
        Sought(
            "sent_to",
            re.compile(
                (
                    rf"{_OPEN}[^。\n]{{0,6}}(?:此件|本件|本文)?(?:发至|发到|传达到|传达至|阅读到|下发至)[^。\n]{{0,4}}(?:县团级|县处级|厅局级|省军级|"
                    rf"地师级|乡科级|科级|县级|处级)[^。\n]{{0,8}}[。]?{_CLOSE}"
                ),
                re.M,
            ),
            ("发至", "发到", "传达到", "传达至", "阅读到", "下发至"),
        ),
        "only",
    ),
    (
        Sought(
            "not_public",
            re.compile(
                (
                    r"(?:此件|本件|本文(?:件)?|公开属性|公开方式|公开形式|公开类型|公开类别|信息公开选项|信息公开属性|政府信息公开|信息属性|是否公开)[^。\n]{0,8}?(?:不予公开|"
                    r"不公开|不宜公开|依申请公开|非公开|否$|暂不公开|免予公开)"
                    r"|(?:未经[一-龥]{0,12}?(?:批准|同意|许可|授权)[,]?(?:一律|任何[一-龥]{0,6})?(?:不得|严禁|禁止)(?:对外|擅自|公开|向外|私自|传播)*(?:公开|"
                    r"发布|转载|外传|提供|扩散|披露|泄露|传播|复制))"
                ),
                re.M,
            ),
            (
                "此件",
                "本件",
                "本文",
                "公开属性",
                "公开方式",
                "公开形式",
                "公开类",
                "公开选项",
                "政府信息公开",
                "信息属性",
                "是否公开",
                "未经",
            ),
        ),
        "limited",
    ),
    (
        Sought(
            "routing",
            re.compile(
                (
                    rf"^{_S}(?:请|呈|拟请|送|转|报|提请|敬呈|恭呈)[^。\n:]{{0,24}}?(?:阅示|批示|审定|审示|阅处|核签|会签|阅批|审签|批阅|阅研|阅知|圈阅|传阅|"
                    rf"审阅|研处|阅办|核批)[。!]?{_S}$"
                ),
                re.M,
            ),
            (
                "阅示",
                "批示",
                "审定",
                "审示",
                "阅处",
                "核签",
                "会签",
                "阅批",
                "审签",
                "批阅",
                "阅研",
                "阅知",
                "圈阅",
                "传阅",
                "审阅",
                "研处",
                "阅办",
                "核批",
            ),
        ),
        "routing",
    ),
    (
        Sought(
            "slip",
            re.compile(
                rf"^{_S}(?:拟办意见|领导批示|领导意见|批示意见|主要领导批示|分管领导意见|核稿意见|审核意见|会签意见|办公室意见|科室意见|承办意见|办理意见|发文稿纸|收文处理笺|办文单|"
                rf"文件处理单|公文处理单|阅办单|呈批件|拟稿人?|核稿人?|校对人?|拟稿单位|会签单位|打字){_S}[:][^\n]{{0,60}}$"
                rf"|^{_S}(?:[\[\(])?{_S}(?:发文稿纸|收文处理笺|办文单|文件处理单|公文处理单|阅办单|呈批件|会签单){_S}(?:[\]\)])?{_S}$",
                re.M,
            ),
            (
                "意见",
                "批示",
                "稿",
                "发文稿纸",
                "处理笺",
                "办文单",
                "处理单",
                "阅办单",
                "呈批件",
                "校对",
                "会签",
                "打字",
            ),
        ),
        "routing",
    ),
    (
        Sought(
            "note",
            re.compile(
                r"[\[\(](?:此处|这里|待|需|请|以上|以下|数据|内容)?(?:待补充?|待定|待核实?|待确认|需核实|需补充|请补充|请核实|请确认|待完善|待修改|待更新|待填|暂缺|"
                r"再核|插入)[^\]\)]{0,10}[\]\)]|(?:[Xx×]{2,4}年)?[Xx×]{1,2}月[Xx×]{1,2}日|\bTODO\b"
            ),
            ("待", "需核", "需补", "请补", "请核", "请确", "暂缺", "再核", "插入", "X月", "x月", "×月", "TODO"),
        ),
        "placeholder",
    ),
    (
        Sought(
            "draft",
            re.compile(
                r"[\(\[](?:公开)?(?:征求意见|送审|讨论|审议|草|草案|初|修改|修订|未定|代拟|送签|内部审议|报批|审签|汇报|待定|建议|试拟|初步|第?[一二三四五六]次?(?:征求意见|"
                r"修改|讨论|审议))(?:稿|案)?[^\)\]]{0,6}[\)\]]"
            ),
            tuple(f"{bracket}{word}" for bracket in "([" for word in _DRAFTS),
        ),
        "draft",
    ),
    (
        Sought(
            "draft_alone",
            re.compile(
                (
                    rf"^{_S}(?:征求意见稿|送审稿|讨论稿|审议稿|草稿|草案|初稿|修改稿|未定稿|代拟稿|送签稿|报批稿|审签稿|汇报稿|"
                    rf"建议稿){_S}$|^[^\n。,;:]{{4,50}}(?:征求意见稿|"
                    rf"送审稿|讨论稿|未定稿|代拟稿|送签稿|报批稿){_S}$"
                ),
                re.M,
            ),
            ("稿", "草案"),
        ),
        "draft",
    ),
)
SOUGHT = tuple(sought for sought, _ in _SOUGHT)
_CLASS = {sought.name: what for sought, what in _SOUGHT}
_SIEVE = Sieve(SOUGHT)
_MESSAGES = {
    "internal": "有内部标志：内部资料不得公开，请核实后删除标志或停止发布。",
    "only": "写明只供内部使用，请核实是否可以公开。",
    "limited": "写明不公开或限制公开，请核实公开属性。",
    "routing": "留有内部办文用语，请删除。",
}
#: A title that hears opinions may show its draft.
_HEARING = re.compile(r"(?:征求|征集|听取)[^\n]{0,60}意见(?!稿)|意见征集|公开征求(?!意见稿)")
#: In running text a draft is spoken of, not shown.
_SPOKEN = re.compile(r"[。,;]")


def marks(text: str, *, consultation: bool = False) -> Iterator[Finding]:
    """Marks of secrecy, of internal use and of drafts.

    `consultation`: the text is published to hear opinions, so that 征求意见稿 is as it should be.
    """
    folded = fold(text)
    hearing = consultation or _HEARING.search("\n".join(folded.split("\n", 6)[:6])) is not None
    taken = bytearray(len(text))
    for sought, match in _SIEVE.matches(folded):
        start, end = _bare(match)
        if any(taken[start:end]):
            continue
        finding = _finding(text, folded, _CLASS[sought.name], start, end, hearing)
        if finding is not None:
            taken[start:end] = b"\1" * (end - start)
            yield finding


def _finding(text: str, folded: str, what: str, start: int, end: int, hearing: bool) -> Finding | None:
    quote = text[start:end]
    if what == "level":
        return Finding(
            "secrecy_mark", "secrecy", "block", start, end, quote,
            "有密级标志：未经解密不得公开，请停止发布，报保密审查。", SECRETS,
        )  # fmt: skip
    if what == "draft":
        line = folded[folded.rfind("\n", 0, start) + 1 : (folded.find("\n", end) + 1 or len(folded) + 1) - 1]
        if hearing or _SPOKEN.search(line) or len(line) > 80 or _is_adopted(folded, start):
            return None
        return Finding(
            "draft", "policy", "warn", start, end, quote,
            "标着未定稿，请确认发布的是正式文本；征求意见的请放在意见征集栏目。", PROCESS,
        )  # fmt: skip
    if what == "placeholder":
        return Finding("draft", "policy", "warn", start, end, quote, "留有待填的空缺，请补全后再发布。", PROCESS)
    return Finding("internal_mark", "secrecy", "block", start, end, quote, _MESSAGES[what], INTERNAL)


def _is_adopted(folded: str, start: int) -> bool:
    """Whether the draft is one that a congress or meeting adopted: budgets are published as 草案."""
    return folded[start : start + 4].strip("([").startswith("草案") and "预算" in folded[max(0, start - 60) : start]


def _bare(match: re.Match[str]) -> tuple[int, int]:
    """The match without the blanks around it."""
    text = match.group()
    left = len(text) - len(text.lstrip())
    return match.start() + left, match.end() - (len(text) - len(text.rstrip()))
