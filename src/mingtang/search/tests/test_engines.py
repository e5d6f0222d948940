"""Both engines find the same things, whatever way a reader writes them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from mingtang.search import feeding, finding, plan
from mingtang.search.entry import Entry
from mingtang.search.errors import IndexMissing
from mingtang.search.index import Depth, Filters, Index, Place
from mingtang.text.segment import segmenter

LEXICON = ("云岭旗", "云岭旗教育局", "教育局", "白桦苏木")
TODAY = date(2024, 7, 1)
RULE, OLD, NOTICE, NEWS, OTHER = 11, 12, 13, 14, 15


def entry(key: int, title: str, text: str = "", **given: Any) -> Entry:
    fields: dict[str, Any] = {
        "number": "", "index_number": f"11000000MB0000000A/2024-{key:05d}", "body": "jyj", "topic": "J",
        "names": ("云岭旗教育局", "教育局"), "genre": "notice", "validity": "not_applicable",
        "published_on": date(2024, 6, 1), "year": 2024, "keywords": (),
    }  # fmt: skip
    return Entry(key=key, title=title, text=text, **(fields | given))


ENTRIES = (
    entry(RULE, "中小学校车安全管理办法", "随车照管员清点人数。禁止超员。", number="云教发〔2023〕9号",
          genre="measures", validity="valid", published_on=date(2023, 2, 1), year=2023),
    entry(OLD, "中小学校车安全管理办法", "本办法试行二年。", number="云教发〔2010〕3号", genre="measures",
          validity="repealed", published_on=date(2010, 2, 1), year=2010),
    entry(NOTICE, "关于做好义务教育阶段招生入学工作的通知", "依据云教发〔2023〕9号，银行营业网点代收，家长应当了解。"),
    entry(NEWS, "教育局召开校车安全会议", "会议强调，校车安全不容有失。", genre="news", body="bgs",
          names=("云岭旗政府办公室",)),
    entry(OTHER, "白桦苏木草场流转公示", "苏日娜等三户签订合同，合同编号A17。", topic="E", body="bhsm",
          names=("白桦苏木人民政府",)),
)  # fmt: skip

Look = Callable[..., Sequence[int]]


@pytest.fixture
def index(fresh_index: None) -> Index:
    """An index over the five entries."""
    made = feeding.index()
    made.rebuild(LEXICON, lambda writing: writing.put(ENTRIES), lambda _writing: Place(0, ""))
    return made


@pytest.fixture
def look(index: Index) -> Look:
    """What is found, best first."""

    def look(typed: str, synonyms: plan.Synonyms | None = None, **chosen: str) -> Sequence[int]:
        made = plan.read(typed, segmenter(LEXICON), synonyms or {})
        return finding.find(index, made, Filters(chosen), today=TODAY).keys

    return look


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("校车", {RULE, OLD, NEWS}),  # in 中小学校车 the lexicon sees 中小学校 and 车
        ("网点", {NOTICE}),  # in the middle of a sentence
        ("家长", {NOTICE}),
        ("苏日娜", {OTHER}),  # a name that no lexicon has
        ("A17", {OTHER}),
        ("ａ１７", {OTHER}),
        ("校車 安全", {RULE, OLD, NEWS}),
        ("義務教育", {NOTICE}),
        ("草 场 流 转", {OTHER}),
        ("“车安全管理”", {RULE, OLD}),
        ("「校车安全会议」", {NEWS}),
        ("招生入学 通知", {NOTICE}),
        ("怎么入学", {NOTICE}),
    ],
)
def test_words_are_found_wherever_they_stand(look: Look, typed: str, found: set[int]) -> None:
    assert set(look(typed)) == found


@pytest.mark.parametrize(
    "typed",
    [
        "云教发〔2023〕9号",
        "云教发[2023]9号",
        "云教发（2023）9号",
        "云教发【2023】第9號",
        "云教发2023年9号",
        "云教发 2023 9号",
    ],
)
def test_a_document_number_is_found_in_any_writing_and_before_what_cites_it(look: Look, typed: str) -> None:
    assert list(look(typed))[:2] == [RULE, NOTICE]


def test_an_index_number_is_found(look: Look) -> None:
    assert list(look("11000000MB0000000A/2024-00013")) == [NOTICE]
    assert list(look("11000000mb0000000a/2024-00013")) == [NOTICE]


def test_a_quoted_phrase_must_stand_as_it_is(look: Look) -> None:
    assert list(look("“安全校车”")) == []
    assert list(look("“人数禁止”")) == [], "a full stop parts the two words"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("jyj", {RULE, OLD, NOTICE, NEWS}), ("jiaoyuju", {RULE, OLD, NOTICE, NEWS}), ("xcaq", {RULE, OLD, NEWS}),
     ("xiaoche", {RULE, OLD, NEWS}), ("xiao che", {RULE, OLD, NEWS}), ("baihuasumu", {OTHER}), ("zsrx", {NOTICE})],
)  # fmt: skip
def test_pinyin_and_initials_find_titles_and_bodies(look: Look, typed: str, found: set[int]) -> None:
    assert set(look(typed)) == found


@pytest.mark.parametrize("typed", ["义务教肓", "招生人学", "校车安金会议", "草厂流转", "校车安权"])
def test_one_wrong_character_is_forgiven(look: Look, typed: str) -> None:
    assert look(typed)


def test_a_synonym_finds_what_the_word_finds(look: Look) -> None:
    synonyms = {"接送车": ("校车",), "校车": ("接送车",)}
    assert not look("接送车")
    assert set(look("接送车", synonyms)) == {RULE, OLD, NEWS}
    assert set(look("接送车 照管员", synonyms)) >= {RULE}


def test_the_exact_title_in_force_comes_first_then_the_repealed_one(look: Look) -> None:
    assert list(look("中小学校车安全管理办法"))[:2] == [RULE, OLD]
    assert next(iter(look("关于做好义务教育阶段招生入学工作的通知"))) == NOTICE


def test_what_binds_comes_before_news_and_what_is_valid_before_what_is_repealed(look: Look) -> None:
    found = list(look("校车安全管理"))
    assert found.index(RULE) < found.index(OLD)
    assert found[0] == RULE


def test_facets_narrow_and_are_counted(look: Look, index: Index) -> None:
    assert set(look("校车", body="bgs")) == {NEWS}
    assert set(look("校车", year="2010", genre="measures")) == {OLD}
    assert list(look("校车", topic="E")) == []
    made = plan.read("校车", segmenter(LEXICON), {})
    counts = index.counts(made, Filters(), Depth.STRICT)
    assert counts["validity"] == {"valid": 1, "repealed": 1, "not_applicable": 1}
    assert counts["body"] == {"jyj": 2, "bgs": 1}
    assert index.counts(made, Filters({"body": "bgs"}), Depth.STRICT)["year"] == {"2024": 1}


def test_pages_neither_repeat_nor_leave_out(index: Index) -> None:
    many = [entry(100 + number, f"第{number}号路灯维修公告", "路灯") for number in range(130)]
    index.change(lambda writing: [writing.put(many), Place(1, "x")][-1])  # type: ignore[arg-type,return-value]
    made = plan.read("路灯", segmenter(LEXICON), {})
    pages = [finding.find(index, made, Filters(), today=TODAY, offset=offset).keys for offset in range(0, 140, 10)]
    assert sorted(key for page in pages for key in page) == sorted(one.key for one in many)


def test_a_change_replaces_and_a_removal_removes(look: Look, index: Index) -> None:
    def change(writing: Any) -> Place:
        writing.put([entry(NOTICE, "关于电梯检验的通知")])
        writing.remove([OTHER, 9999])
        return Place(7, "seven")

    index.change(change)
    assert list(look("电梯")) == [NOTICE]
    assert list(look("招生入学")) == []
    assert list(look("草场流转")) == []
    assert index.state().place == Place(7, "seven")
    assert index.state().entries == 4


def test_a_rebuild_serves_the_former_index_until_it_is_whole(look: Look, index: Index) -> None:
    former = index.state().generation
    seen: list[Sequence[int]] = []

    def fill(writing: Any) -> None:
        writing.put(ENTRIES[:1])
        seen.append(look("草场流转"))

    def catch_up(writing: Any) -> Place:
        writing.put([entry(99, "刚刚发布的通告")])
        seen.append(look("刚刚发布"))
        return Place(3, "three")

    index.rebuild(LEXICON, fill, catch_up)
    assert seen == [[OTHER], []]
    assert list(look("草场流转")) == [] and list(look("刚刚发布")) == [99]
    assert index.state().generation != former


def test_without_an_index_it_says_so(fresh_index: None) -> None:
    index = feeding.index()
    for ask in (index.state, index.lexicon, lambda: index.change(lambda _writing: Place(0, ""))):
        with pytest.raises(IndexMissing, match="mingtang search rebuild"):
            ask()
