"""What must not go out is found in every way it is written; what only looks like it passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.text import document_from_text, read_bytes
from mingtang.text.screening import Finding, screen
from mingtang.text.screening.holdings import passes_luhn
from mingtang.text.screening.identity import is_identity_number
from tests.text.screening.making import card, full_width, identity_number, mobile


def found(text: str, *, consultation: bool = False) -> list[Finding]:
    return screen(document_from_text(text), consultation=consultation)


def codes(text: str) -> set[str]:
    return {finding.code for finding in found(text)}


N, C, M = identity_number(7), card(7), mobile(7)
PLANTED = [
    (f"张某某，身份证号{N}，已领取。", "id_number"),
    (f"名单：李某，{full_width(N)}，300元", "id_number"),
    (f"{N[:6]} {N[6:14]} {N[14:]}", "id_number"),
    (f"编号{N.lower()}", "id_number"),
    (f"老证号码{'150121'}{'550203'}{'123'}", "id_number"),
    (f"联系手机{M}", "phone"),
    (f"王某{M[:3]} {M[3:7]} {M[7:]}", "phone"),
    (f"户主电话：{full_width(M)}", "phone"),
    (f"+86 {M}", "phone"),
    ("家庭电话：0483-8221234", "phone"),
    (f"咨询电话：{M}", "phone"),
    (f"卡号 {C}", "bank_card"),
    (f"{C[:4]} {C[4:8]} {C[8:12]} {C[12:16]} {C[16:]}", "bank_card"),
    ("一卡通账号：150210012345678", "bank_card"),
    ("护照E12345678", "passport"),
    ("持港澳通行证C1234567、证件H0123456789", "passport"),
    ("邮箱 someone.private@qq.com", "email"),
    ("微信号：abc_12345", "messaging"),
    ("QQ：123456789", "messaging"),
    ("车牌蒙A·12B34违停", "plate"),
    ("住址：幸福小区12号楼3单元502室", "address"),
    ("家住红旗嘎查二组15号", "address"),
    ("机密★10年\n关于某事的报告", "secrecy_mark"),
    ("绝 密\n正文", "secrecy_mark"),
    ("密级：秘密\n正文", "secrecy_mark"),
    ("秘密★长期", "secrecy_mark"),
    ("【内部资料 注意保存】\n正文", "internal_mark"),
    ("仅供领导参阅。", "internal_mark"),
    ("此件不予公开", "internal_mark"),
    ("未经批准，不得对外提供", "internal_mark"),
    ("呈王某同志阅示", "internal_mark"),
    ("某某办法（征求意见稿）", "draft"),
    ("2022年2月30日前完成", "date"),
    ("4月31日", "date"),
    ("2022年6月30日（星期五）", "weekday"),
    ("认真做好公开的的工作", "doubled"),
    ("进一步加强进一步加强监管", "doubled"),
    ("见《某某办法", "bracket"),
    ("补贴壹万贰仟元整（12500元）", "capital_amount"),
    ("截止目前共发布信息3条", "confused"),
    ("统一布署", "confused"),
    ("认真学习,抓好落实", "punctuation"),
]
LOOK_ALIKES = [
    "统一社会信用代码：11150121011744301F",
    f"统一社会信用代码：{identity_number(3)}",
    "索引号：11150121MB1234567X/2022-00018",
    "桐政办发〔2021〕3号",
    "补贴金额 1234567.89 元",
    "行政许可 11398889 件",
    "咨询电话：0483-8221234",
    "监督电话12345，传真0471-4944444",
    f"身份证号{N[:6]}********{N[14:]}",
    f"手机{M[:3]}****{M[7:]}",
    "银行账号****1234",
    "GB/T 9704-2012、DB15/T 2090-2021",
    "项目代码：2105-150921-04-01-123456",
    "不动产权证书编号150210012345678901",
    "合同编号：202206301234567890",
    "财政专户账号：1502100123456789012",
    "不得泄露国家秘密、商业秘密和个人隐私。",
    "属于国家秘密的，不予公开。",
    "严格保守工作秘密，依法确定密级。",
    "内部事务信息可以不予公开。",
    "完善内部管理制度。",
    "2024年2月29日（星期四）召开会议",
    "2022年6月30日（星期四）",
    "实现目的的过程",
    "为了了解情况",
    "人民币壹万贰仟元整（￥12000.00）",
    "伍佰万元（500万元）",
    "下午3:30在第2:1会议室",
    "办公地址：巴彦浩特镇某路2号办公楼308室",
    "邮箱：zwgk@example.gov.cn",
    "截至目前共发布信息3条，报名截止时间为6月30日。",
    "“第一段开头\n“第二段开头”",
    "1）材料齐全；2）内容真实。",
    "ISBN 978-7-5093-1234-5",
    "东经105.123456789度",
    "密码算法、机密性保护要求",
]


@pytest.mark.parametrize(("text", "code"), PLANTED)
def test_what_must_not_go_out_is_found(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_it_passes(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(("text", "code"), PLANTED[:22])
def test_personal_data_is_never_shown_whole(text: str, code: str) -> None:
    finding = next(each for each in found(text) if each.code == code)
    shown = finding.quote + finding.message + (finding.mend or "")
    assert "*" in shown
    assert text[finding.start : finding.end] not in shown


def test_a_hearing_of_opinions_may_show_its_draft() -> None:
    assert found("某某办法（征求意见稿）", consultation=True) == []


def test_a_whole_column_is_told_by_its_head_and_content() -> None:
    rows = "".join(f"<tr><td>某{n}</td><td>{mobile(n)}</td><td>{200 + n}</td></tr>" for n in range(3))
    head = "<tr><th>姓名</th><th>联系方式</th><th>金额</th></tr>"
    page = f"<html><body><p>发放名单如下。</p><table>{head}{rows}</table></body></html>"
    columns = [each for each in screen(read_bytes(page.encode())) if each.code == "private_column"]
    assert [each.quote for each in columns] == ["“联系方式”列"]
    assert "3 行" in columns[0].message


@given(st.integers(0, 10**6))
def test_any_number_with_a_right_check_digit_is_one_and_with_a_wrong_one_is_none(seed: int) -> None:
    right = identity_number(seed)
    wrong = right[:17] + ("0" if right[17] != "0" else "1")
    assert is_identity_number(right)
    assert not is_identity_number(wrong)


@given(st.integers(0, 10**6), st.integers(0, 17))
def test_luhn_notices_any_single_wrong_digit(seed: int, place: int) -> None:
    right = card(seed)
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
    assert passes_luhn(right)
    assert not passes_luhn(wrong)


@given(st.text(max_size=300))
def test_no_text_breaks_the_screening_and_places_lie_inside(text: str) -> None:
    if not text.strip():
        return
    document = document_from_text(text)
    for finding in screen(document):
        assert 0 <= finding.start < finding.end <= len(document.text)
