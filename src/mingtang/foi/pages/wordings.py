"""Good ways to word what is wanted, by kind of information: blanks to fill in, and what helps to find it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """A kind of information: how to name it, how to describe it, what helps. Blanks are written ＿＿."""

    code: str
    label: str | Promise
    subject: str | Promise
    wanted: str | Promise
    helps: str | Promise


WORDINGS = (
    Wording(
        "land", _("征地、草场、拆迁补偿"), _("＿＿嘎查（村）＿＿项目的征地补偿文件"),
        _("＿＿年＿＿苏木（镇）＿＿嘎查（村）＿＿项目征收土地（草场）的批准文件、补偿安置方案和公告。"),
        _("写清地名、项目名、哪一年征的；说得出地块位置更好。"),
    ),
    Wording(
        "subsidy", _("补贴发放"), _("＿＿年＿＿嘎查（村）＿＿补贴的发放文件"),
        _("＿＿年＿＿苏木（镇）＿＿嘎查（村）发放＿＿补贴的依据文件、标准和发放结果。"),
        _("写清补贴的名称和年份。别人的身份证号、账号依法不公开。"),
    ),
    Wording(
        "money", _("预算、决算、专项资金"), _("＿＿单位＿＿年＿＿资金的使用情况"),
        _("＿＿单位＿＿年＿＿专项资金的分配文件和使用、验收、绩效材料。"),
        _("本级和部门的预算决算一般已经公开，可以先检索。"),
    ),
    Wording(
        "purchase", _("采购和合同"), _("＿＿单位＿＿年＿＿采购合同"),
        _("＿＿单位＿＿年＿＿项目（项目编号＿＿）的采购合同、中标结果和验收材料。"),
        _("写得出项目编号最好；对方的商业秘密要先征求对方意见。"),
    ),
    Wording(
        "building", _("规划、建设、环评"), _("＿＿项目的规划许可和环评批复"),
        _("位于＿＿的＿＿项目的规划许可、施工许可、环境影响评价批复文件。"),
        _("写清项目名称和位置。"),
    ),
    Wording(
        "decision", _("许可、处罚等决定"), _("＿＿年＿＿决定书"),
        _("＿＿单位＿＿年对＿＿（单位或者项目）作出的＿＿决定书，文号＿＿（不知道可以不写）。"),
        _("写清谁作的、对谁、大概什么时间。处罚和许可多数已经在网上公示。"),
    ),
    Wording(
        "document", _("文件、会议纪要"), _("＿＿文件（文号＿＿）"),
        _("＿＿单位＿＿年印发的《＿＿》，文号＿＿（不知道可以不写）。"),
        _("写得出文号最快；只记得内容，就写大概时间和说的是什么事。"),
    ),
    Wording(
        "figures", _("统计数字"), _("＿＿年＿＿（地方）的＿＿数据"),
        _("＿＿年至＿＿年＿＿（地方）的＿＿数据，机关已经有的统计表即可。"),
        _("机关只提供已经有的材料，不另外计算、汇总。"),
    ),
)  # fmt: skip
BY_CODE = {wording.code: wording for wording in WORDINGS}
