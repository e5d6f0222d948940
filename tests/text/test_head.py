"""The head of a notice in its many settings: title, number, addressees, signature, date, mark."""

from datetime import date

import pytest

from mingtang.text import document_from_text, extract_ledger
from mingtang.text.head import Head, read_head


def head_of(text: str) -> Head:
    return read_head(document_from_text(text))


BODY = "一、做好公开\n各部门要及时公开信息。\n"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("梨树坪县人民政府办公室关于印发《梨树坪县2020年政务公开工作要点》的通知", None),
        (
            "梨树坪县人民政府办公室\n关于印发梨树坪县2020年政务公开\n工作要点的通知",
            "梨树坪县人民政府办公室关于印发梨树坪县2020年政务公开工作要点的通知",
        ),
        ("梨树坪县2020年政务公开工作要点", None),
        (
            "关于印发《2020年梨树坪县政务公开工作\n实施方案（试行）》的通知",
            "关于印发《2020年梨树坪县政务公开工作实施方案（试行）》的通知",
        ),
        ("关于做好2020年政务公开工作\n的通知", "关于做好2020年政务公开工作的通知"),
        ("2020年政务公开工作要点任务分解表", None),
    ],
)
def test_a_title_in_one_line_or_broken_over_several(lines: str, title: str | None) -> None:
    assert head_of(f"{lines}\n各乡镇人民政府：\n{BODY}").title == (title or lines)


@pytest.mark.parametrize(
    "printed",
    [
        "梨政办发〔2020〕7号",
        "梨政办发[2020]7号",
        "梨政办发【2020】第7号",
        "梨政办发（2020）7号",
        "梨政办发 〔2020〕 7 号",
    ],
)
def test_the_number_in_any_bracket(printed: str) -> None:
    head = head_of(f"关于做好2020年政务公开工作的通知\n{printed}\n各乡镇人民政府：\n{BODY}")
    assert head.document_number == "梨政办发〔2020〕7号"


@pytest.mark.parametrize(
    "printed",
    [
        "2020年3月9日",
        "二〇二〇年三月九日",
        "二○二○年三月九日",
        "２０２０年３月９日",
        "2020 年 3 月 9 日",
        "（2020年3月9日）",
    ],
)
def test_the_date_of_the_signature(printed: str) -> None:
    head = head_of(f"关于做好2020年政务公开工作的通知\n各乡镇人民政府：\n{BODY}梨树坪县人民政府办公室\n{printed}\n")
    assert head.made_on == date(2020, 3, 9)
    assert head.issuer == "梨树坪县人民政府办公室"


def test_signature_and_date_in_one_line() -> None:
    head = head_of(f"关于做好2020年政务公开工作的通知\n各乡镇人民政府：\n{BODY}梨树坪县教育局      2020年3月9日\n")
    assert (head.issuer, head.made_on) == ("梨树坪县教育局", date(2020, 3, 9))


def test_the_body_that_signs_is_the_issuer_not_the_one_that_posts() -> None:
    head = head_of(
        "发布机构：梨树坪县融媒体中心　发布日期：2020-04-01\n来源：县门户网站　浏览次数：12\n"
        f"关于做好2020年政务公开工作的通知\n各乡镇人民政府：\n{BODY}梨树坪县人民政府办公室\n2020年3月9日\n"
    )
    assert head.issuer == "梨树坪县人民政府办公室"
    assert head.made_on == date(2020, 3, 9)
    assert all(
        "浏览" not in line.text and "发布机构" not in line.text for section in head.sections for line in section.lines
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("各乡镇人民政府、街道办事处，县直各部门：", ["各乡镇人民政府", "街道办事处", "县直各部门"]),
        ("各县（市）、区人民政府，市政府各委、办、局:", ["各县（市）、区人民政府", "市政府各委、办、局"]),
        ("各科室、各中心：", ["各科室", "各中心"]),
        ("各功能区管委会,各镇(街道)人民政府(办事处):", ["各功能区管委会", "各镇(街道)人民政府(办事处)"]),
    ],
)
def test_addressees(line: str, names: list[str]) -> None:
    assert list(head_of(f"关于做好2020年政务公开工作的通知\n{line}\n{BODY}").addressees) == names


def test_a_line_that_introduces_a_list_is_no_addressee() -> None:
    assert head_of(f"关于做好2020年政务公开工作的通知\n现将有关事项通知如下：\n{BODY}").addressees == ()


@pytest.mark.parametrize("mark", ["（此件公开发布）", "此件主动公开", "（此件依申请公开）", "公开方式：主动公开"])
def test_the_disclosure_mark_is_not_content(mark: str) -> None:
    head = head_of(f"关于做好2020年政务公开工作的通知\n各乡镇人民政府：\n{BODY}{mark}\n")
    assert head.disclosure is not None and "公开" in head.disclosure
    assert all(mark != line.text for section in head.sections for line in section.lines)


def test_copies_and_printing_lines_are_not_content() -> None:
    head = head_of(
        f"关于做好2020年政务公开工作的通知\n各乡镇人民政府：\n{BODY}梨树坪县人民政府办公室\n2020年3月9日\n"
        "抄送：县委办公室，县人大常委会办公室。\n梨树坪县人民政府办公室 2020年3月10日印发\n共印60份\n"
    )
    assert [line.text for section in head.sections for line in section.lines] == BODY.strip().split("\n")


@pytest.mark.parametrize(
    ("first", "title", "number"),
    [
        (
            "青政办〔2022〕8号 青石县人民政府办公室关于做好公开工作的通知",
            "青石县人民政府办公室关于做好公开工作的通知",
            8,
        ),
        (
            "青石县人民政府办公室关于做好公开工作的通知（青政办〔2022〕9号）",
            "青石县人民政府办公室关于做好公开工作的通知",
            9,
        ),
        ("《青石县政府办公室关于印发〈公开要点〉的通知》", "青石县政府办公室关于印发《公开要点》的通知", None),
        ("青石县政府办公室关于做好公开工作的通知\n青政办[2022]7号", "青石县政府办公室关于做好公开工作的通知", 7),
        ("青石县政府办公室关于做好公开工作的通知\n青政办（2022）6号", "青石县政府办公室关于做好公开工作的通知", 6),
        ("青石县政府办公室关于做好公开工作的通知\n青政办〔２０２２〕５号", "青石县政府办公室关于做好公开工作的通知", 5),
    ],
)
def test_a_number_beside_the_title_is_no_part_of_it(first: str, title: str, number: int | None) -> None:
    draft = extract_ledger(document_from_text(f"{first}\n各乡镇：\n一、任务\n（一）公开。各乡镇要公开目录。\n"))
    assert draft.title == title
    assert draft.document_number == (f"青政办〔2022〕{number}号" if number else None)


def test_an_index_table_with_values_below_its_labels() -> None:
    page = (
        "索引号\nQS-2022-1\n发布机构\n青石县政府\n成文日期\n2022-05-06\n标题\n关于做好公开工作的通知\n有效性\n有效\n"
        "发文字号\n青政办〔2022〕5号\n关于做好公开工作的通知\n各乡镇：\n一、任务\n（一）公开。各乡镇要公开目录。\n"
    )
    draft = extract_ledger(document_from_text(page))
    assert (draft.document_number, draft.issuer) == ("青政办〔2022〕5号", "青石县政府")
    assert draft.made_on is not None and draft.made_on.isoformat() == "2022-05-06"
    assert draft.addressees == ("各乡镇",)
    assert draft.opening == ()


def test_a_cited_number_keeps_its_whole_code() -> None:
    text = "关于做好公开工作的通知\n各乡镇：\n一、任务\n（一）公开。按照中办发〔2016〕8号要求，各乡镇要公开目录。\n"
    assert extract_ledger(document_from_text(text)).cites == ("中办发〔2016〕8号",)
