"""Wording that law or the level above prescribes for every report: alike everywhere, and no sign of copying."""

from mingtang.law.annual.schema import CHAPTERS

PRESCRIBED: tuple[str, ...] = (
    *(title for _, title, _ in CHAPTERS),
    "中华人民共和国政府信息公开条例",
    "中华人民共和国政府信息公开工作年度报告格式",
    "政府信息公开信息处理费管理办法",
    "国务院办公厅政府信息与政务公开办公室",
    "公开为常态、不公开为例外",
    "公正、公平、合法、便民的原则",
    "以习近平新时代中国特色社会主义思想为指导",
    "收到和处理政府信息公开申请情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "本报告中所列数据的统计期限自",
    "政府信息公开工作年度报告",
)
