"""Documents to set: plainly fictitious, with every part that GB/T 9704 knows."""

import datetime

from mingtang.press.document import Annex, Document, Heading, Imprint, Layout, Paragraph, Table

DAY = datetime.date(2024, 3, 5)
MOMENT = datetime.datetime(2024, 3, 5, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
#: A page of one character has neither punctuation nor words that a setter might move.
FULL = Document(title="", layout=Layout.PLAIN, sealed=False, body=(Paragraph("国" * 28 * 22 * 2, indented=False),))
ROWS = tuple(
    (str(at), f"第{at}项任务：把与群众有关的信息讲清楚，便于查找，及时更新。", "旗司法局") for at in range(1, 61)
)
NOTICE = Document(
    masthead=("云岭旗人民政府办公室",),
    number="云政办发〔2024〕12号",
    title="云岭旗人民政府办公室关于印发\n2024年政务公开任务分解表的通知",
    addressee="各苏木乡镇人民政府，旗直各部门",
    body=(
        Paragraph("现将任务分解表印发给你们，请按照分工办理。"),
        Heading("一、总体要求"),
        Paragraph("各单位要把公开做在平时。", lead="（一）压实责任。"),
        Heading("（二）明确分工", 2),
        Heading("1. 牵头单位", 3),
        Heading("（1）按季度小结", 4),
        Paragraph("小结送旗人民政府办公室汇总。"),
    ),
    attachments=("2024年政务公开任务分解表", "联系人名单"),
    signature=("云岭旗人民政府办公室",),
    dated=DAY,
    note="此件公开发布",
    annexes=(
        Annex("2024年政务公开任务分解表", (Table(ROWS, (1, 6, 2), head=("序号", "任务", "责任单位")),)),
        Annex("联系人名单", (Paragraph("王𠮷、李䶮，电话见旗政府网站。"),)),
    ),
    copies_to=("旗委办公室", "旗人大常委会办公室"),
    imprint=Imprint("云岭旗人民政府办公室", DAY),
)
LETTER = Document(
    layout=Layout.LETTER,
    masthead=("云岭旗自然资源局",),
    number="云自然资公开〔2024〕3号",
    title="政府信息公开申请答复书",
    addressee="张某",
    body=(Paragraph("本机关于2024年3月1日收到你的申请。"), Paragraph("特此答复。")),
    signature=("云岭旗自然资源局",),
    dated=DAY,
    copies_to=("云岭旗人民政府办公室",),
)
