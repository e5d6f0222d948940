"""A document tells what it is, from when and until when it holds, and what it ends; a clean-up tells its numbers."""

from datetime import date

import pytest

from mingtang.text import document_from_text, read_bytes
from mingtang.text.norms import Cleanup, NormDraft, read_norm
from mingtang.text.norms.kinds import kind_of
from mingtang.text.norms.terms import terms_of

MADE, PUBLISHED = date(2022, 3, 15), date(2022, 3, 20)

RULE = """云岭旗人民政府关于印发《云岭旗牧区饮水工程管理办法（试行）》的通知
云政规发〔2022〕3号
各苏木镇人民政府、街道办事处，旗直各部门：
《云岭旗牧区饮水工程管理办法（试行）》已经审议通过，现印发给你们，请遵照执行。
云岭旗人民政府
2022年3月15日
云岭旗牧区饮水工程管理办法（试行）
第一条 为了管好牧区饮水工程，制定本办法。
第二条 本办法适用于本旗。
第三条 水价由成本核定，公示后执行。
第四条 本办法自2022年4月20日起施行，有效期2年。《云岭旗人畜饮水管理规定》（云政发〔2012〕18号）同时废止。
"""


def draft(text: str) -> NormDraft:
    return read_norm(document_from_text(text))


def test_a_rule_gives_every_field_that_it_states() -> None:
    found = draft(RULE)
    assert found.kind == "norm"
    assert found.document_number == "云政规发〔2022〕3号"
    assert (found.issuer, found.made_on) == ("云岭旗人民政府", MADE)
    assert (found.effective_on, found.expires_on) == (date(2022, 4, 20), date(2024, 4, 19))
    assert found.articles == 4
    assert found.repeals == ("云岭旗人畜饮水管理规定",)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("clause", "effective", "expires"),
    [
        ("本办法自2022年5月1日起施行，有效期5年。", date(2022, 5, 1), date(2027, 4, 30)),
        ("本规定自发布之日起施行。", PUBLISHED, None),
        ("本细则自印发之日起执行，有效期三年。", MADE, date(2025, 3, 14)),
        ("本意见自公布之日起30日后施行。", date(2022, 4, 19), None),
        ("本办法自2022年5月1日起施行，有效期至2025年12月31日。", date(2022, 5, 1), date(2025, 12, 31)),
        ("本办法自2022年5月1日起实施，施行至2023年4月30日。", date(2022, 5, 1), date(2023, 4, 30)),
        ("本标准2022年6月1日起执行。", date(2022, 6, 1), None),
        ("本办法自2024年2月29日起施行，有效期1年。", date(2024, 2, 29), date(2025, 2, 28)),
        ("本通告长期有效。", None, None),
        ("本办法自二〇二二年七月一日起施行，有效期二年。", date(2022, 7, 1), date(2024, 6, 30)),
    ],
)  # fmt: skip
def test_the_closing_words_say_from_when_and_until_when(
    clause: str, effective: date | None, expires: date | None
) -> None:
    terms = terms_of(clause, made_on=MADE, published_on=PUBLISHED)
    assert (terms.effective_on, terms.expires_on) == (effective, expires)


@pytest.mark.parametrize(
    ("clause", "repeals"),
    [
        ("本办法自2022年5月1日起施行，《甲办法》《乙规定》同时废止。", ("甲办法", "乙规定")),
        ("本办法自2022年5月1日起施行。《甲办法》（云政发〔2010〕2号）即行废止。", ("甲办法",)),
        ("根据《丙条例》制定本办法。", ()),
        ("有效期满自行失效。", ()),
        ("《甲办法》废止前已经受理的，依照《甲办法》办理。", ()),
        ("凡与《丁办法》不一致的，以本办法为准。", ()),
    ],
)
def test_only_what_is_said_to_end_is_repealed(clause: str, repeals: tuple[str, ...]) -> None:
    assert terms_of(clause, made_on=MADE, published_on=PUBLISHED).repeals == repeals


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云岭旗人民政府关于印发《云岭旗草场巡护办法》的通知", "norm"),
        ("云岭旗城镇供热管理规定", "norm"),
        ("云岭旗人民政府关于公布行政规范性文件清理结果的通知", "cleanup"),
        ("云岭旗人民政府关于废止部分行政规范性文件的决定", "cleanup"),
        ("云岭旗人民政府办公室关于继续有效的规范性文件目录的公告", "cleanup"),
        ("云岭旗人民政府关于王某等同志职务任免的通知", "appointment"),
        ("云岭旗人民政府关于某水库初步设计的批复", "reply"),
        ("云岭旗水务局关于用水问题的复函", "reply"),
        ("云岭旗2022年政务公开工作要点", "notice"),
        ("云岭旗人民政府办公室关于2022年节日放假的通知", "notice"),
        ("云岭旗人民政府关于表彰先进的通报", "notice"),
        ("云岭旗今年前三季度经济运行情况", "other"),
        ("云岭旗人民政府关于印发工作规则的通知", "notice"),
        ("云岭旗政务公开考核办法", "other"),
        ("云岭旗水务局关于《云岭旗用水办法》（征求意见稿）公开征求意见的公告", "notice"),
        ("云岭旗用水办法（征求意见稿）", "other"),
        ("云岭旗人民政府关于废止《云岭旗牲畜交易办法》的通知", "cleanup"),
        ("《云岭旗草场巡护办法》解读", "other"),
    ],
)
def test_the_kind_shows_in_the_title(title: str, kind: str) -> None:
    assert kind_of(title, None, 0, in_force_clause=False) == kind


def test_a_policy_that_says_from_when_it_holds_is_a_norm() -> None:
    title = "云岭旗人民政府关于支持牧民合作社的意见"
    assert kind_of(title, None, 0, in_force_clause=True) == "norm"
    assert kind_of(title, None, 0, in_force_clause=False) == "notice"


HEAD = "云岭旗人民政府关于公布行政规范性文件清理结果的通知\n云政发〔2023〕9号\n旗直各部门：\n"
TAIL = "\n云岭旗人民政府\n2023年5月8日\n"


def test_a_clean_up_states_its_numbers_in_a_sentence() -> None:
    text = HEAD + "经清理，继续有效31件，予以修改4件，废止6件，宣布失效12件。" + TAIL
    assert draft(text).cleanup == Cleanup(valid=31, lapsed=12, repealed=6, amended=4)


def test_the_number_that_was_gone_through_is_no_result() -> None:
    text = HEAD + "对152件现行有效的行政规范性文件进行了清理。决定继续有效52件，失效100件，现予公布。" + TAIL
    assert draft(text).cleanup == Cleanup(valid=52, lapsed=100)


def test_a_clean_up_lists_its_documents_under_headings() -> None:
    text = HEAD + "现将结果公布。" + TAIL + (
        "附件1\n继续有效的行政规范性文件目录\n1.《甲办法》（云政发〔2015〕1号）\n2.《乙办法》（云政发〔2016〕2号）\n"
        "附件2\n宣布失效的行政规范性文件目录\n1.《丙办法》（云政发〔2010〕3号）\n"
    )  # fmt: skip
    assert draft(text).cleanup == Cleanup(valid=2, lapsed=1)


def test_a_clean_up_lists_its_documents_in_a_table_with_a_column_of_results() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>云岭旗第{n}号管理办法</td><td>{fate}</td></tr>"
        for n, fate in enumerate(("继续有效", "继续有效", "废止", "修改"), start=1)
    )
    page = (
        f"<html><body><h1>云岭旗人民政府关于公布行政规范性文件清理结果的通知</h1><p>现将结果公布如下。</p>"
        f"<table><tr><td>序号</td><td>文件名称</td><td>清理结果</td></tr>{rows}</table>"
        f"<p>云岭旗人民政府</p><p>2023年5月8日</p></body></html>"
    )
    assert read_norm(read_bytes(page.encode())).cleanup == Cleanup(valid=2, repealed=1, amended=1)


def test_what_is_missing_or_contradicts_itself_is_told() -> None:
    without_number = draft(RULE.replace("云政规发〔2022〕3号\n", "", 1))
    assert any("发文字号" in problem for problem in without_number.problems)
    early = draft(RULE.replace("2022年4月20日", "2021年4月20日"))
    assert any("早于成文日期" in problem for problem in early.problems)
    itself = draft(RULE.replace("《云岭旗人畜饮水管理规定》（云政发〔2012〕18号）同时", "本办法"))
    assert itself.repeals == ()
