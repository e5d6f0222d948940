"""Who acts in a clause: groups and bodies are found, systems and half sentences are not."""

import pytest

from mingtang.text.bodies import acting_in, is_body, recipients_in, split_names


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("旗直各部门、苏木镇(街道办)要理顺体制机制", ("旗直各部门", "苏木镇", "街道办")),
        ("各镇（街道）、区直有关部门要", ("各镇（街道）", "区直有关部门")),
        ("疫情防控指挥部要加强衔接", ("疫情防控指挥部",)),
        ("鼓励政策起草部门公开相关统计数据", ("政策起草部门",)),
        ("各级各部门要对照清单", ("各级各部门",)),
        ("市发展和改革委员会、市文化和旅游局应及时公布", ("市发展和改革委员会", "市文化和旅游局")),
        ("各部门主要负责人要亲自抓", ("各部门",)),
        ("由区政府办公室约谈", ("区政府办公室",)),
        ("县融媒体中心及时刊发", ("县融媒体中心",)),
        ("各乡、镇人民政府要", ("各乡、镇人民政府",)),
        ("年底前各高校要公布", ("各高校",)),
        ("州、县两级财政部门要公开", ("州、县两级财政部门",)),
        ("起草处室应在审批单中注明", ("起草处室",)),
        ("各县（市）政府要", ("各县（市）政府",)),
        ("市政府各委、办、局要", ("市政府各委、办、局",)),
        ("教育、卫生健康、生态环境等部门要抓好公开", ("教育、卫生健康、生态环境等部门",)),
        ("供水、供电等公共企事业单位应公布标准", ("供水、供电等公共企事业单位",)),
        ("县教育局、县民政局等部门要做好监督", ("县教育局", "县民政局")),
        ("政府网站主管单位要每月检查", ("政府网站主管单位",)),
        ("各级政府及其部门要依法公开", ("各级政府及其部门",)),
        ("村（社区）要张贴公示", ("村（社区）",)),
        ("政务公开政务服务工作领导小组办公室将定期督查", ("政务公开政务服务工作领导小组办公室",)),
        ("由办公室汇总", ("办公室",)),
    ],
)
def test_a_clause_begins_with_the_bodies_it_binds(clause: str, names: tuple[str, ...]) -> None:
    acting = acting_in(clause)
    assert acting is not None and acting.names == names


@pytest.mark.parametrize(
    "clause",
    [
        "政府网站内容管理要加强",
        "依托政务服务平台公开",
        "主管部门责任要落实",
        "加强对本部门政务新媒体的管理",
        "年底前以村为单位公开",
        "12345热线要及时更新知识库",
        "并尽快实现与自治区统一信息资源库的对接",
        "提升部门公信力",
        "引导市场主体规范发展",
        "企业要按时申报",
        "各级领导干部要带头学",
        "由常务副县长任组长",
        "主要负责同志要亲自部署",
        "县政府门户网站要开设专栏",
        "台账由办公室汇总",
    ],
)
def test_a_system_or_a_piece_of_a_sentence_is_no_body(clause: str) -> None:
    assert acting_in(clause) is None


@pytest.mark.parametrize(
    ("clause", "role"),
    [("区政府办公室牵头", "lead"), ("区财政局、各镇街配合", "support"), ("区财政局负责公开预算", "do")],
)
def test_the_part_a_body_plays(clause: str, role: str) -> None:
    acting = acting_in(clause)
    assert acting is not None and acting.role == role


def test_a_list_is_cut_at_its_joints_only() -> None:
    assert split_names("市农业和农村局和各县（市、区）人民政府，各镇(街道)") == [
        "市农业和农村局",
        "各县（市、区）人民政府",
        "各镇(街道)",
    ]


@pytest.mark.parametrize(
    "name", ["政府网站", "政务服务平台", "便民热线", "办事大厅", "工作格局", "体验区", "法治政府", "（县财政局"]
)
def test_names_of_places_and_systems_are_no_bodies(name: str) -> None:
    assert not is_body(name)


def test_whom_a_thing_is_reported_to() -> None:
    assert recipients_in("每月底前报送至本级政务公开主管部门后逐级上报") == ["本级政务公开主管部门"]
    assert recipients_in("于10日内反馈县政府办公室") == ["县政府办公室"]
    assert recipients_in("请各单位将名单报厅办公室（邮箱附后）。") == ["厅办公室"]
