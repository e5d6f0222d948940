"""What a column of a task table holds, told by the words over it: 序号, 任务, 牵头单位, 责任单位, 时限, 备注."""

import re

from mingtang.text.cleaning import fold

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("serial", re.compile(r"^(?:序号|编号|序|号|项次|No\.?)$")),
    ("support", re.compile(r"^(?:配合|协办|参与|协助|协同)(?:单位|部门|科室|股室|处室)?$")),
    ("lead", re.compile(r"^(?:牵头|主办|主责)(?:单位|部门|科室|股室|处室|负责)?(?:\(.*\))?$")),
    (
        "does",
        re.compile(
            r"^(?:主要|具体)?(?:责任|承办|落实|实施|负责|公开|执行|完成|参加|工作)(?:单位|部门|科室|主体|股室|处室|机构|分工|人|领导)(?:[及和、]?(?:配合|责任|协办|牵头|参与)?(?:单位|部门|人|科室))?(?:\(.*\))?$|^责任$|^分工$"
        ),
    ),
    ("time", re.compile(r"^(?:.{0,4})?(?:时限|时间|期限|节点|进度|频次|更新频率)(?:要求|节点|安排|表)?$")),
    ("remark", re.compile(r"^(?:备注|说明|完成情况|落实情况|进展情况|进展|推进情况|材料|分值|评分.*)$")),
    (
        "text",
        re.compile(
            r"^.{0,6}(?:任务|事项|要求|措施|举措|内容|标准|项目|目标|类别|分类|要点|工作)(?:.{0,6})$|^.{0,4}指标$"
        ),
    ),
)


def column_kind(text: str) -> str | None:
    """The kind of column (serial, text, lead, does, support, time, remark) that a header cell announces, or None."""
    bare = re.sub(r"\s", "", fold(text))
    if not bare or len(bare) > 18:
        return None
    return next((name for name, pattern in _COLUMNS if pattern.match(bare)), None)


def is_header(texts: list[str]) -> bool:
    """Whether cells read as the header of a task table: a task or requirement, and who or by when."""
    kinds = {column_kind(text) for text in texts}
    return "text" in kinds and bool(kinds & {"does", "lead", "time", "support"})
