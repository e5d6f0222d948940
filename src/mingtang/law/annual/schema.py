"""The three tables of the annual report: what stands in each row and column, by which words a report calls it.

Source: the report format 国办公开办函〔2021〕30号 and, for reports about 2019 and 2020, the earlier form of 2019.
"""

import re
from dataclasses import dataclass
from typing import Literal

from mingtang.law.requests import Row, Section

Form = Literal["2021", "2019"]

#: The columns of table 2 in its order: six kinds of applicant and their total.
REQUEST_COLUMNS: tuple[str, ...] = (
    "natural", "commercial", "research", "welfare", "legal_service", "other", "total",
)  # fmt: skip
#: The six kinds of applicant.
APPLICANTS = REQUEST_COLUMNS[:-1]

COLUMN_LABELS = {
    "natural": "自然人",
    "commercial": "商业企业",
    "research": "科研机构",
    "welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
    "total": "总计",
}

#: How the head of a column is recognised, spaces taken out; tried in this order.
COLUMN_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("natural", re.compile(r"^(公民)?[（(]?自然人|^公民$")),
    ("commercial", re.compile(r"^(工商|商业)?企业")),
    ("research", re.compile(r"^科研")),
    ("welfare", re.compile(r"公益")),
    ("legal_service", re.compile(r"法律服务")),
    ("other", re.compile(r"^其[他它]$")),
    ("total", re.compile(r"^(总计|合计|共计|小计|总数|合计数)$")),
)


@dataclass(frozen=True, slots=True)
class RowKind:
    """A row of table 2: its key in the data, its label, the words that show it, the group it belongs to."""

    key: str
    label: str
    pattern: re.Pattern[str]
    section: Section | None = None


def _row(row: Row, pattern: str) -> RowKind:
    return RowKind(row.value, row.label, re.compile(pattern), row.section)


#: The rows of table 2. The order of trial is the order here: the narrower words come first.
REQUEST_ROWS: tuple[RowKind, ...] = (
    RowKind(
        "new",
        "一、本年新收政府信息公开申请数量",
        re.compile(r"(本|当)年(度)?新(收|接收|受理)|^([（(]?一[）)、.．]?)?新收|^一、本年(度)?(收到|受理)"),
    ),
    RowKind(
        "carried_over",
        "二、上年结转政府信息公开申请数量",
        re.compile(r"(上(一)?|去)年(度)?(结转|转结)|(结转|转结)上(一)?年"),
    ),
    RowKind(
        "carried_forward",
        "四、结转下年度继续办理",
        re.compile(r"(结转|转结|转入?)(至|到|入)?(下|次)(一)?年|结转.{0,4}继续办理"),
    ),
    _row(Row.PARTLY_GRANTED, r"部分公开"),
    _row(Row.STATE_SECRET, r"国家秘密"),
    _row(Row.FORBIDDEN_BY_LAW, r"(法律|法规).{0,8}禁止|禁止公开"),
    _row(Row.SECURITY_AND_STABILITY, r"三安全|一稳定|安全稳定"),
    _row(Row.THIRD_PARTY, r"第三方"),
    _row(Row.INTERNAL_AFFAIRS, r"内部(事务|管理|信息)"),
    _row(Row.PROCESS, r"过程性?信息|过程性"),
    _row(Row.ENFORCEMENT_FILE, r"执法案卷|案卷"),
    _row(Row.ADMINISTRATIVE_INQUIRY, r"查询事项|行政查询"),
    _row(Row.NOT_HELD, r"不掌握|信息不存在"),
    _row(Row.MUST_BE_MADE, r"另行制作|没有现成|无现成|需.{0,4}(制作|加工)"),
    _row(Row.STILL_UNCLEAR, r"不明确"),
    _row(Row.PETITION, r"信访|举报|投诉"),
    _row(Row.EXCESSIVE, r"大量.{0,2}(反复|重复)|(大量|反复)申请|无正当理由(大量|反复)|^(\d[.．、])?大量反复$"),
    _row(Row.CONFIRM_OR_REISSUE, r"确认或(者)?(重新)?|重新出具"),
    _row(Row.REPEATED, r"重复申请|^([（(]?\d[）).．、])?重复$"),
    _row(Row.PERIODICALS, r"出版物"),
    _row(Row.NOT_CORRECTED, r"不补正|未补正"),
    _row(Row.FEE_NOT_PAID, r"收费通知|缴纳费用|(逾期|按期|未).{0,8}(缴|交)(费|纳)"),
    _row(Row.GRANTED, r"(?<!不)予以公开"),
    RowKind("total", "（七）总计", re.compile(r"^([（(]?[七三][）)、.．]?)?(办理结果)?(总计|合计|小计|共计)")),
)

#: The last row of the group of other results is named by nothing but 其他.
OTHER_ROW = _row(Row.OTHER, r"^([（(]?[3三][）)、.．]?)?其[他它]$")
#: In the form of 2019 the group of other results is a row of its own.
OTHER_GROUP = re.compile(r"^([（(]?六[）)、.．]?)?其[他它]处理$")

#: Every row of table 2 in the order of the form.
ROW_ORDER: tuple[str, ...] = ("new", "carried_over", *(row.value for row in Row), "total", "carried_forward")
ROW_LABELS = {kind.key: kind.label for kind in (*REQUEST_ROWS, OTHER_ROW)}
#: Rows of results by their group.
RESULT_ROWS = {section: tuple(row.value for row in Row if row.section is section) for section in Section}

#: Table 3: three groups of five numbers.
DISPUTE_GROUPS = ("review", "direct_litigation", "litigation_after_review")
DISPUTE_LABELS = {
    "review": "行政复议",
    "direct_litigation": "未经复议直接起诉",
    "litigation_after_review": "复议后起诉",
}
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
OUTCOME_LABELS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}

#: Table 1: rows and the words that show them, tried in this order.
NORM_ROWS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("normative_documents", "行政规范性文件", re.compile(r"规范性文件")),
    ("regulations", "规章", re.compile(r"^(政府|部门)?规章$")),
    ("charges", "行政事业性收费", re.compile(r"事业性收费")),
    ("procurement", "政府集中采购", re.compile(r"集中采购|政府采购")),
    ("licences", "行政许可", re.compile(r"行政许可")),
    ("other_services", "其他对外管理服务事项", re.compile(r"其他对外管理")),
    ("penalties", "行政处罚", re.compile(r"行政处罚")),
    ("coercion", "行政强制", re.compile(r"行政强制")),
)
NORM_LABELS = {key: label for key, label, _ in NORM_ROWS}
#: The columns of table 1 and the words of their heads.
NORM_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("made", re.compile(r"制发|新制作|制定")),
    ("repealed", re.compile(r"废止")),
    ("newly_public", re.compile(r"新公开")),
    ("valid", re.compile(r"现行有效|对外公开总")),
    ("last_year", re.compile(r"上一?年.{0,3}项目")),
    ("change", re.compile(r"本年增")),
    ("decisions", re.compile(r"处理决定")),
    ("items", re.compile(r"采购项目数")),
    ("amount", re.compile(r"收费金额|采购.{0,2}金额")),
)
NORM_COLUMN_LABELS = {
    "made": "本年制发件数",
    "repealed": "本年废止件数",
    "newly_public": "本年新公开数量",
    "valid": "现行有效件数",
    "last_year": "上一年项目数量",
    "change": "本年增/减",
    "decisions": "本年处理决定数量",
    "items": "采购项目数量",
    "amount": "金额（万元）",
}
#: What a row holds when its head could not be read, by the count of its numbers.
NORM_DEFAULTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "regulations": (("made", "repealed", "valid"),),
    "normative_documents": (("made", "repealed", "valid"),),
    "licences": (("decisions",), ("last_year", "change", "decisions")),
    "other_services": (("decisions",), ("last_year", "change", "decisions")),
    "penalties": (("decisions",), ("last_year", "change", "decisions")),
    "coercion": (("decisions",), ("last_year", "change", "decisions")),
    "charges": (("amount",), ("last_year", "change"), ("last_year", "change", "amount")),
    "procurement": (("items", "amount"),),
}

#: The six chapters by the words of their headings.
CHAPTERS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (1, "总体情况", re.compile(r"(总体|基本)情况|概述")),
    (2, "主动公开政府信息情况", re.compile(r"主动公开")),
    (3, "收到和处理政府信息公开申请情况", re.compile(r"(收到|受理|办理|处理).{0,6}(政府)?信息公开申请|依申请公开")),
    (4, "政府信息公开行政复议、行政诉讼情况", re.compile(r"复议|诉讼")),
    (5, "存在的主要问题及改进情况", re.compile(r"问题|改进")),
    (6, "其他需要报告的事项", re.compile(r"其他.{0,4}(报告|说明).{0,3}事项|其[他它]事项")),
)
