"""Make the binary notices (docx, xlsx, pdf) from the sentences written here; run by hand after changing them."""

import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

HERE = Path(__file__).parent
LEVELS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
)


def _numbered(document: docx.document.Document) -> str:
    """Add a three-level list like Word's own (一、 （一） 1.) and return its id."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (kind, text) in enumerate(LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _listed(paragraph: docx.text.paragraph.Paragraph, number_id: str, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", str(level)), ("w:numId", number_id)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        number.append(child)
    properties.append(number)


def plan_docx() -> None:
    """A plan whose numbers Word generates, its title broken by soft line breaks."""
    document = docx.Document()
    title = document.add_paragraph()
    title.add_run("滨海新城管理委员会").add_break(WD_BREAK.LINE)
    title.add_run("关于印发2023年政务公开工作方案的通知")
    document.add_paragraph("滨管发〔2023〕15号")
    document.add_paragraph("各园区、各局办，各直属企业：")
    document.add_paragraph("现将《2023年政务公开工作方案》印发给你们，请认真组织实施。")
    document.add_paragraph("滨海新城管理委员会")
    document.add_paragraph("2023年3月30日")
    document.add_paragraph("2023年政务公开工作方案")
    number_id = _numbered(document)
    for level, text in (
        (0, "总体目标"),
        (None, "到2023年底，公开制度更加健全，企业和群众获取信息更加便捷。"),
        (0, "主要任务"),
        (1, "优化营商环境信息公开"),
        (2, "经济发展局要在5月底前公布惠企政策汇编，并每半年更新一次。"),
        (2, "行政审批局负责公开办事指南，做到线上线下一致。"),
        (1, "强化企业诉求回应"),
        (None, "各园区每季度召开1次政企座谈会，收集的问题由党政办公室汇总交办。"),
        (0, "组织实施"),
        (1, "各局办要落实审查责任，未经审查的信息不得公开。"),
    ):
        paragraph = document.add_paragraph(text)
        if level is not None:
            _listed(paragraph, number_id, level)
    document.save(str(HERE / "09-word-numbering.docx"))


def table_docx() -> None:
    """A task table with merged cells in Word."""
    document = docx.Document()
    document.add_paragraph("枫桥岭县2021年政务公开工作主要任务分工表")
    rows = (
        ("工作任务", "主要内容", "牵头单位", "配合单位", "时间节点"),
        (
            "加强规划信息公开",
            "归集整理历史规划并在县政府门户网站公开。",
            "县发展改革局",
            "县自然资源局、各乡镇",
            "12月底",
        ),
        ("", "建立规划公开目录。", "县发展改革局", "", "9月底前"),
        ("做好疫情信息发布", "持续发布疫苗接种信息，每周更新接种点。", "县卫生健康局", "县融媒体中心", "全年"),
    )
    table = document.add_table(rows=len(rows), cols=5)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("2021年5月20日")
    document.save(str(HERE / "10-word-table.docx"))


def task_xlsx() -> None:
    """A task sheet with a title row, a two-row head and merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["丰原市2020年政务公开重点任务台账"])
    sheet.merge_cells("A1:G1")
    sheet.append(["序号", "重点任务", "工作措施", "责任分工", None, "完成时限", "备注"])
    sheet.append([None, None, None, "牵头单位", "配合单位", None, None])
    sheet.merge_cells("D2:E2")
    for column in "ABCFG":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.append(
        [1, "优化营商环境", "公布政务服务事项“一次办”清单", "市政务服务局", "市直各部门", "2020年6月30日", None]
    )
    sheet.append(
        [
            2,
            "稳就业保就业",
            "市人力资源社会保障局按月发布岗位信息。",
            "市人力资源社会保障局",
            "各县（市、区）",
            "每月",
            None,
        ]
    )
    sheet.append([3, "公共卫生", "开展健康科普直播，全年不少于12场。", "市卫生健康委", None, "长期", "线上为主"])
    book.save(HERE / "12-task-sheet.xlsx")


PDF_LINES = (
    ("title", "长乐河市水利局关于印发2022年政务公开<br>工作任务分工的通知"),
    ("centre", "长水办〔2022〕21号"),
    ("flush", "局属各单位、机关各处室："),
    (
        "body",
        "根据市政务公开办公室部署，现将2022年政务公开工作任务分工印发给你们，请各处室、各单位对照分工细化措施，按时完成。",
    ),
    ("right", "长乐河市水利局办公室"),
    ("right", "2022年4月18日"),
    ("title", "2022年政务公开工作任务分工"),
    ("body", "一、做好水利重点领域信息公开"),
    (
        "body",
        "（一）公开防汛信息。水旱灾害防御处要在汛期每日发布雨情水情信息，启动应急响应时第一时间发布预警，并协调市融媒体中心通过广播、电视、新媒体等多种渠道滚动播发，让群众及时知晓。（责任处室：水旱灾害防御处）",
    ),
    (
        "body",
        "（二）公开水资源管理信息。水资源处于8月底前公布取水许可清单，供水管网改造项目进展情况每季度在局网站公布一次，公布前由法规处进行合法性审查，由办公室进行保密审查。",
    ),
    ("body", "二、提升平台管理水平"),
    ("body", "（三）加强局网站管理。信息中心负责网站安全和内容更新，发现错链断链要在24小时内处置。"),
    (
        "body",
        "（四）畅通互动渠道。办公室全年组织2次公众开放日活动，邀请人大代表、政协委员、群众代表走进水厂、走进水文站，现场听取意见建议并逐条答复。",
    ),
)


def city_pdf() -> None:
    """A text PDF of two pages set by Chromium, with page numbers of the office's kind."""
    styles = {
        "title": "text-align:center;font-size:22pt;margin:18pt 0",
        "centre": "text-align:center",
        "flush": "",
        "body": "text-indent:2em;text-align:justify",
        "right": "text-align:right;padding-right:2em",
    }
    paragraphs = "".join(f'<p style="margin:0;{styles[kind]}">{text}</p>' for kind, text in PDF_LINES)
    html = (
        '<meta charset="utf-8"><style>@page{size:A4;margin:37mm 26mm 35mm 28mm;'
        '@bottom-center{content:"— " counter(page) " —"}}'
        "body{font:16pt/28pt 'Noto Serif CJK SC'}</style>" + paragraphs
    )
    _print(html, "11-office.pdf")


def _print(html: str, name: str) -> None:
    """Set a page of HTML as a PDF with Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "notice.html"
        page.write_text(html, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={HERE / name}", page.as_uri()], check=True, capture_output=True)


PDF_ROWS = (
    ("序号", "工作任务", "工作要求", "牵头单位", "责任单位", "完成时限"),
    ("一、推进重点领域信息公开",),
    ("1", "公开规划信息", "归集历史规划，在县政府门户网站设立专题。", "县发展改革局", "各乡镇", "6月底前"),
    ("2", None, "规划调整后及时更新专题，并同步发布解读材料。", "县发展改革局", "县直有关部门", "持续推进"),
    ("二、做好民生信息公开",),
    ("3", "公开补贴信息", "每月公布补贴发放结果，并在村务公开栏张贴。", "县农业农村局", "各乡镇", "全年"),
    (
        "4",
        "公开就业信息",
        "发布招聘信息，举办线上招聘会不少于2场。",
        "县人力资源社会保障局",
        "县融媒体中心",
        "11月底前",
    ),
    ("5", "公开医疗信息", "公布医疗机构名录、收费标准和投诉渠道。", "县卫生健康局", "县医疗保障局", "2024年9月30日前"),
)


def table_pdf() -> None:
    """A task table with merged cells that runs over the end of a page."""
    rows = ""
    for row in PDF_ROWS:
        cells = [f"<td colspan=6>{row[0]}</td>"] if len(row) == 1 else []
        for column, text in enumerate(row if len(row) > 1 else ()):
            span = " rowspan=2" if (row[0], column) == ("1", 1) else ""
            cells.append("" if text is None else f"<td{span}>{text}</td>")
        rows += f"<tr>{''.join(cells)}</tr>"
    html = (
        '<meta charset="utf-8"><style>@page{size:A4;margin:60mm 26mm 150mm}'
        "body{font:12pt/20pt 'Noto Serif CJK SC'}h1{text-align:center;font-size:20pt}"
        "table{border-collapse:collapse}td{border:1px solid #000;padding:3px}</style>"
        f"<h1>柳溪县2024年政务公开任务分解表</h1><table>{rows}</table>"
        '<p style="text-indent:2em">注：本表由县政务公开办公室负责解释。</p>'
    )
    _print(html, "27-table.pdf")


if __name__ == "__main__":
    table_pdf()
    plan_docx()
    table_docx()
    task_xlsx()
    city_pdf()
