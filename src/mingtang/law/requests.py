"""The enumerations of disclosure on request: who asks, the seven replies, their statutory grounds, the rows of table 2.

Each exists once, with its Chinese label, its rule (the article) and the row of the annual report's table 2 in which it
counts. Sources: Order 711, articles 14–16, 30, 33–42; the report format 国办公开办函〔2021〕30号, table 2.
"""

from dataclasses import dataclass
from enum import Enum

from mingtang.law.rules import Rule
from mingtang.law.shelf import rule


class Applicant(Enum):
    """The six kinds of applicant, in the order of table 2's columns; the value is the column's code."""

    NATURAL = "natural"
    COMMERCIAL = "commercial"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _APPLICANT_LABELS[self]

    @property
    def is_natural_person(self) -> bool:
        """A person, or else one of the five kinds of legal person and other organisation."""
        return self is Applicant.NATURAL

    @property
    def rule(self) -> Rule:
        return rule("annual-report-format.table-2")


_APPLICANT_LABELS = {
    Applicant.NATURAL: "自然人",
    Applicant.COMMERCIAL: "商业企业",
    Applicant.RESEARCH: "科研机构",
    Applicant.WELFARE: "社会公益组织",
    Applicant.LEGAL_SERVICE: "法律服务机构",
    Applicant.OTHER: "其他",
}


class Section(Enum):
    """The six groups of results in part three of table 2; the value is the number that the table gives it."""

    GRANTED = 1
    PARTLY_GRANTED = 2
    REFUSED = 3
    CANNOT_PROVIDE = 4
    NOT_PROCESSED = 5
    OTHER = 6

    @property
    def label(self) -> str:
        return _SECTION_LABELS[self]


_SECTION_LABELS = {
    Section.GRANTED: "予以公开",
    Section.PARTLY_GRANTED: "部分公开",
    Section.REFUSED: "不予公开",
    Section.CANNOT_PROVIDE: "无法提供",
    Section.NOT_PROCESSED: "不予处理",
    Section.OTHER: "其他处理",
}


class Row(Enum):
    """The rows of results in table 2, in the table's order; the value is the row's code."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    STATE_SECRET = "state_secret"  # noqa: S105 - no password
    FORBIDDEN_BY_LAW = "forbidden_by_law"
    SECURITY_AND_STABILITY = "security_and_stability"
    THIRD_PARTY = "third_party"
    INTERNAL_AFFAIRS = "internal_affairs"
    PROCESS = "process"
    ENFORCEMENT_FILE = "enforcement_file"
    ADMINISTRATIVE_INQUIRY = "administrative_inquiry"
    NOT_HELD = "not_held"
    MUST_BE_MADE = "must_be_made"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PERIODICALS = "periodicals"
    EXCESSIVE = "excessive"
    CONFIRM_OR_REISSUE = "confirm_or_reissue"
    NOT_CORRECTED = "not_corrected"
    FEE_NOT_PAID = "fee_not_paid"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _ROWS[self][1]

    @property
    def section(self) -> Section:
        return _ROWS[self][0]


_ROWS = {
    Row.GRANTED: (Section.GRANTED, "予以公开"),
    Row.PARTLY_GRANTED: (Section.PARTLY_GRANTED, "部分公开"),
    Row.STATE_SECRET: (Section.REFUSED, "属于国家秘密"),
    Row.FORBIDDEN_BY_LAW: (Section.REFUSED, "其他法律行政法规禁止公开"),
    Row.SECURITY_AND_STABILITY: (Section.REFUSED, "危及“三安全一稳定”"),
    Row.THIRD_PARTY: (Section.REFUSED, "保护第三方合法权益"),
    Row.INTERNAL_AFFAIRS: (Section.REFUSED, "属于三类内部事务信息"),
    Row.PROCESS: (Section.REFUSED, "属于四类过程性信息"),
    Row.ENFORCEMENT_FILE: (Section.REFUSED, "属于行政执法案卷"),
    Row.ADMINISTRATIVE_INQUIRY: (Section.REFUSED, "属于行政查询事项"),
    Row.NOT_HELD: (Section.CANNOT_PROVIDE, "本机关不掌握相关政府信息"),
    Row.MUST_BE_MADE: (Section.CANNOT_PROVIDE, "没有现成信息需要另行制作"),
    Row.STILL_UNCLEAR: (Section.CANNOT_PROVIDE, "补正后申请内容仍不明确"),
    Row.PETITION: (Section.NOT_PROCESSED, "信访举报投诉类申请"),
    Row.REPEATED: (Section.NOT_PROCESSED, "重复申请"),
    Row.PERIODICALS: (Section.NOT_PROCESSED, "要求提供公开出版物"),
    Row.EXCESSIVE: (Section.NOT_PROCESSED, "无正当理由大量反复申请"),
    Row.CONFIRM_OR_REISSUE: (Section.NOT_PROCESSED, "要求行政机关确认或重新出具已获取信息"),
    Row.NOT_CORRECTED: (Section.OTHER, "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    Row.FEE_NOT_PAID: (Section.OTHER, "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    Row.OTHER: (Section.OTHER, "其他"),
}


class Reply(Enum):
    """The seven replies of article 36, in its order; the value is the code."""

    ALREADY_PUBLIC = "already_public"
    PROVIDED = "provided"
    REFUSED = "refused"
    DOES_NOT_EXIST = "does_not_exist"
    NOT_THIS_BODY = "not_this_body"
    REPEATED = "repeated"
    SPECIAL_RULES = "special_rules"

    @property
    def label(self) -> str:
        return _REPLY_LABELS[self]

    @property
    def rule(self) -> Rule:
        """The item of article 36."""
        return rule(f"disclosure-regulation.36-{list(Reply).index(self) + 1}")

    @property
    def grounds(self) -> tuple["Ground", ...]:
        """The grounds on which this reply is given."""
        return tuple(ground for ground in Ground if ground.reply is self)


_REPLY_LABELS = {
    Reply.ALREADY_PUBLIC: "已主动公开，告知获取方式",
    Reply.PROVIDED: "可以公开，予以提供",
    Reply.REFUSED: "不予公开",
    Reply.DOES_NOT_EXIST: "信息不存在",
    Reply.NOT_THIS_BODY: "不属于本机关负责公开",
    Reply.REPEATED: "不予重复处理",
    Reply.SPECIAL_RULES: "依照特别规定办理",
}


@dataclass(frozen=True)
class GroundFacts:
    """What is fixed about a ground: its label, the rule's id, the row it counts in, the reply it belongs to, if any."""

    label: str
    rule_id: str
    row: Row
    reply: Reply | None


class Ground(Enum):
    """Why a request ends as it does: each statutory ground once; the value is the code.

    `reply` is the reply of article 36 under which the ground stands; None where another article ends the request.
    """

    ALREADY_PUBLIC = "already_public"
    PROVIDED = "provided"
    PARTLY_PROVIDED = "partly_provided"
    STATE_SECRET = "state_secret"  # noqa: S105 - no password
    FORBIDDEN_BY_LAW = "forbidden_by_law"
    NATIONAL_SECURITY = "national_security"
    PUBLIC_SECURITY = "public_security"
    ECONOMIC_SECURITY = "economic_security"
    SOCIAL_STABILITY = "social_stability"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - no password
    PRIVACY = "privacy"
    PERSONNEL = "personnel"
    LOGISTICS = "logistics"
    INTERNAL_WORKFLOW = "internal_workflow"
    DISCUSSION = "discussion"
    DRAFT = "draft"
    CONSULTATION_LETTER = "consultation_letter"
    REPORT_FOR_INSTRUCTION = "report_for_instruction"
    ENFORCEMENT_FILE = "enforcement_file"
    DOES_NOT_EXIST = "does_not_exist"
    NOT_THIS_BODY = "not_this_body"
    MUST_BE_MADE = "must_be_made"
    STILL_UNCLEAR = "still_unclear"
    REPEATED = "repeated"
    SPECIAL_RULES = "special_rules"
    PETITION = "petition"
    PERIODICALS = "periodicals"
    EXCESSIVE = "excessive"
    CONFIRM_OR_REISSUE = "confirm_or_reissue"
    NOT_CORRECTED = "not_corrected"
    FEE_NOT_PAID = "fee_not_paid"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _GROUNDS[self].label

    @property
    def rule(self) -> Rule:
        """The article that allows it."""
        return rule(_GROUNDS[self].rule_id)

    @property
    def row(self) -> Row:
        """The row of table 2 in which it counts."""
        return _GROUNDS[self].row

    @property
    def reply(self) -> Reply | None:
        return _GROUNDS[self].reply


def _facts(label: str, clause: str, row: Row, reply: Reply | None = None) -> GroundFacts:
    return GroundFacts(label, clause if "." in clause else f"disclosure-regulation.{clause}", row, reply)


_GROUNDS = {
    Ground.ALREADY_PUBLIC: _facts("已经主动公开", "36-1", Row.GRANTED, Reply.ALREADY_PUBLIC),
    Ground.PROVIDED: _facts("予以公开", "36-2", Row.GRANTED, Reply.PROVIDED),
    Ground.PARTLY_PROVIDED: _facts("部分公开", "37", Row.PARTLY_GRANTED, Reply.PROVIDED),
    Ground.STATE_SECRET: _facts("国家秘密", "14", Row.STATE_SECRET, Reply.REFUSED),
    Ground.FORBIDDEN_BY_LAW: _facts("法律、行政法规禁止公开", "14", Row.FORBIDDEN_BY_LAW, Reply.REFUSED),
    Ground.NATIONAL_SECURITY: _facts("可能危及国家安全", "14", Row.SECURITY_AND_STABILITY, Reply.REFUSED),
    Ground.PUBLIC_SECURITY: _facts("可能危及公共安全", "14", Row.SECURITY_AND_STABILITY, Reply.REFUSED),
    Ground.ECONOMIC_SECURITY: _facts("可能危及经济安全", "14", Row.SECURITY_AND_STABILITY, Reply.REFUSED),
    Ground.SOCIAL_STABILITY: _facts("可能危及社会稳定", "14", Row.SECURITY_AND_STABILITY, Reply.REFUSED),
    Ground.TRADE_SECRET: _facts("涉及第三方商业秘密", "15", Row.THIRD_PARTY, Reply.REFUSED),
    Ground.PRIVACY: _facts("涉及第三方个人隐私", "15", Row.THIRD_PARTY, Reply.REFUSED),
    Ground.PERSONNEL: _facts("人事管理信息", "16-internal", Row.INTERNAL_AFFAIRS, Reply.REFUSED),
    Ground.LOGISTICS: _facts("后勤管理信息", "16-internal", Row.INTERNAL_AFFAIRS, Reply.REFUSED),
    Ground.INTERNAL_WORKFLOW: _facts("内部工作流程信息", "16-internal", Row.INTERNAL_AFFAIRS, Reply.REFUSED),
    Ground.DISCUSSION: _facts("讨论记录", "16-process", Row.PROCESS, Reply.REFUSED),
    Ground.DRAFT: _facts("过程稿", "16-process", Row.PROCESS, Reply.REFUSED),
    Ground.CONSULTATION_LETTER: _facts("磋商信函", "16-process", Row.PROCESS, Reply.REFUSED),
    Ground.REPORT_FOR_INSTRUCTION: _facts("请示报告", "16-process", Row.PROCESS, Reply.REFUSED),
    Ground.ENFORCEMENT_FILE: _facts("行政执法案卷信息", "16-enforcement", Row.ENFORCEMENT_FILE, Reply.REFUSED),
    Ground.DOES_NOT_EXIST: _facts("经检索没有该信息", "36-4", Row.NOT_HELD, Reply.DOES_NOT_EXIST),
    Ground.NOT_THIS_BODY: _facts("不属于本机关负责公开", "36-5", Row.NOT_HELD, Reply.NOT_THIS_BODY),
    Ground.MUST_BE_MADE: _facts("需要加工、分析", "38", Row.MUST_BE_MADE),
    Ground.STILL_UNCLEAR: _facts("补正后仍不明确", "30", Row.STILL_UNCLEAR),
    Ground.REPEATED: _facts("重复申请", "36-6", Row.REPEATED, Reply.REPEATED),
    Ground.SPECIAL_RULES: _facts("法律、行政法规有特别规定", "36-7", Row.ADMINISTRATIVE_INQUIRY, Reply.SPECIAL_RULES),
    Ground.PETITION: _facts("信访、投诉、举报", "39-petition", Row.PETITION),
    Ground.PERIODICALS: _facts("公开出版物", "39-periodicals", Row.PERIODICALS),
    Ground.EXCESSIVE: _facts("数量、频次过多且理由不合理", "35-refused", Row.EXCESSIVE),
    Ground.CONFIRM_OR_REISSUE: _facts(
        "要求确认或者重新出具已获取的信息", "annual-report-format.table-2", Row.CONFIRM_OR_REISSUE
    ),
    Ground.NOT_CORRECTED: _facts("逾期不补正，视为放弃", "30-abandoned", Row.NOT_CORRECTED),
    Ground.FEE_NOT_PAID: _facts("逾期未缴信息处理费", "information-fee.6-payment", Row.FEE_NOT_PAID),
    Ground.WITHDRAWN: _facts("申请人撤回", "annual-report-format.table-2", Row.OTHER),
}
