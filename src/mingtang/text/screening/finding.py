"""A finding of the screening: what stands where, why it may not go out, and how it is mended."""

from dataclasses import dataclass
from typing import Literal

Gate = Literal["politics", "law", "policy", "secrecy", "wording"]
Severity = Literal["block", "warn", "note"]

#: Code → what it is called.
CODES: dict[str, str] = {
    "id_number": "公民身份号码",
    "passport": "护照、通行证号码",
    "phone": "个人电话号码",
    "bank_card": "银行账号",
    "email": "个人电子邮箱",
    "messaging": "微信、QQ号",
    "plate": "机动车号牌",
    "address": "详细住址",
    "person": "不宜公开的姓名",
    "private_column": "个人信息列",
    "secrecy_mark": "密级标志",
    "internal_mark": "内部标志",
    "draft": "未定稿",
    "document_number": "发文字号",
    "date": "日期",
    "weekday": "星期",
    "doubled": "重复的字词",
    "bracket": "括号、引号不配对",
    "punctuation": "标点",
    "capital_amount": "大写金额",
    "confused": "易混的字词",
    "numeral": "数字用法",
    "unit": "计量单位",
    "time": "时刻",
    "year": "年份",
    "table_sum": "表格合计",
    "register": "名录",
    "hidden_content": "隐藏内容",
    "comment": "批注",
    "tracked_change": "修订痕迹",
    "property": "文件属性",
    "embedded": "内嵌文件",
    "covered": "遮盖物下的文字",
    "position": "拍摄位置",
    "remains": "旧版本残留",
    "layout": "公文版式",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at `start`–`end` of the text. `quote` never shows personal data unmasked; `rules` are rule ids."""

    code: str
    gate: Gate
    severity: Severity
    start: int
    end: int
    quote: str
    message: str
    rules: tuple[str, ...] = ()
    #: what may be put in its place; None where a person must decide
    mend: str | None = None
    #: where it stands in words (第2页, 名单!D3, 批注1); "" for the text itself. Offsets count in what stands there.
    place: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape that `mingtang review --format json` promises."""
        return {
            "code": self.code,
            "gate": self.gate,
            "severity": self.severity,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "message": self.message,
            "rules": list(self.rules),
            "mend": self.mend,
            "place": self.place,
        }


def masked(value: str, first: int, last: int) -> str:
    """`value` with all but its first and last letters and digits starred; separators stay.

    Source: rulebook §9 (a phone keeps three and four, an identity number six and four or less).
    """
    counted = [index for index, char in enumerate(value) if char.isalnum()]
    hidden = set(counted[first : len(counted) - last] if last else counted[first:])
    return "".join("*" if index in hidden else char for index, char in enumerate(value))
