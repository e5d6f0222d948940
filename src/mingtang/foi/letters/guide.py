"""The guide to openness (公开指南) of a body as a document: the five parts that DB15/T 2091-2021 asks for."""

import datetime
from dataclasses import dataclass

from mingtang.foi.facts import BodyFacts
from mingtang.foi.letters.clauses import cite
from mingtang.foi.letters.words import REGULATION, blank, number, remedy_rules
from mingtang.law.receipt import Channel
from mingtang.press.document import Block, Document, Heading, Layout, Paragraph, paragraphs


@dataclass(frozen=True)
class GuideFacts:
    """What a guide says about its body: duties, where it publishes, the channels it has opened, who hears complaints.

    `columns` are the names of what it publishes; `supervisor` is the openness office above, with its telephone.
    """

    body: BodyFacts
    duties: str
    site: str
    columns: tuple[str, ...]
    channels: tuple[Channel, ...]
    supervisor: str
    supervisor_phone: str
    made_on: datetime.date


def guide(facts: GuideFacts) -> Document:
    """The guide; what the body's data do not say stands as a blank."""
    body = facts.body
    return Document(
        layout=Layout.PLAIN,
        title=f"{body.name}\n政府信息公开指南",
        body=(
            Paragraph(
                f"为了方便公民、法人和其他组织获取{body.name}的政府信息，依据{cite(f'{REGULATION}.20')}等规定编制本指南，"
                "内容有变化的及时更新。"
            ),
            *_general(facts),
            *_proactive(facts),
            *_requests(facts),
            *_office(facts),
            *_remedies(facts),
        ),
        signature=(body.name,),
        dated=facts.made_on,
        sealed=False,
    )


def _general(facts: GuideFacts) -> tuple[Block, ...]:
    duties = paragraphs(facts.duties) or (Paragraph(blank("主要职责")),)
    return (
        Heading("一、总体内容"),
        Paragraph(f"{facts.body.name}办公地址：{facts.body.address or blank('办公地址')}。主要职责：", lead=""),
        *duties,
    )


def _proactive(facts: GuideFacts) -> tuple[Block, ...]:
    within = number(f"{REGULATION}.26", "within", facts.made_on)
    columns = "、".join(facts.columns) or blank("主动公开的内容")
    return (
        Heading("二、主动公开"),
        Paragraph(columns + "。", lead="（一）公开的内容。"),
        Paragraph(
            f"{facts.site or blank('网站地址')}，以及政府公报、档案馆和图书馆的查阅场所。", lead="（二）公开的渠道。"
        ),
        Paragraph(
            f"自信息形成或者变更之日起{within}个工作日内公开；法律、法规另有规定的，从其规定（{cite(f'{REGULATION}.26')}）。",
            lead="（三）公开的时限。",
        ),
    )


def _requests(facts: GuideFacts) -> tuple[Block, ...]:
    on = facts.made_on
    reply, more = (
        number(f"{REGULATION}.33-reply", "within", on),
        number(f"{REGULATION}.33-extension", "at_most", on),
    )
    opened = "、".join(each.label for each in facts.channels) or blank("已开通的渠道")
    return (
        Heading("三、依申请公开"),
        Paragraph(
            f"填写《政府信息公开申请表》，写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者其他特征性描述，"
            f"以及提供的形式（{cite(f'{REGULATION}.29')}）。",
            lead="（一）提出申请。",
        ),
        Paragraph(f"{opened}。当面提交和邮寄是基本渠道。", lead="（二）申请的渠道。"),
        Paragraph(
            f"申请内容不明确的，一次性告知补正；能够当场答复的当场答复，不能当场答复的，自收到申请之日起{reply}个工作日内答复；"
            f"需要延长的，最长延长{more}个工作日并告知（{cite(f'{REGULATION}.30', f'{REGULATION}.33-reply')}）。"
            "征求第三方和其他机关意见所需的时间不计算在内。",
            lead="（三）办理的期限。",
        ),
        Paragraph(
            f"依申请提供政府信息不收费；申请的数量、频次明显超过合理范围的，可以收取信息处理费（{cite(f'{REGULATION}.42')}）。",
            lead="（四）收费。",
        ),
    )


def _office(facts: GuideFacts) -> tuple[Block, ...]:
    body = facts.body
    return (
        Heading("四、政府信息公开工作机构"),
        Paragraph(f"机构名称：{body.office or blank('公开工作机构')}"),
        Paragraph(f"办公地址：{body.address or blank('办公地址')}"),
        Paragraph(f"办公时间：{body.hours or blank('办公时间')}"),
        Paragraph(f"联系电话：{body.phone or blank('联系电话')}"),
        Paragraph(f"电子邮箱：{body.email or blank('电子邮箱')}"),
    )


def _remedies(facts: GuideFacts) -> tuple[Block, ...]:
    above = facts.supervisor or blank("政府信息公开工作主管部门")
    phone = f"（电话：{facts.supervisor_phone}）" if facts.supervisor_phone else ""
    rules = remedy_rules(facts.made_on, first=True)
    return (
        Heading("五、监督和救济渠道"),
        Paragraph(
            f"认为{facts.body.name}在政府信息公开工作中侵犯其合法权益的，可以向{above}{phone}投诉、举报，"
            f"也可以依法申请行政复议或者提起行政诉讼；对不予公开的决定不服的，先申请行政复议（{cite(*rules)}）。"
        ),
    )
