"""What can have happened to somebody who asked, and what each can do: the words of the guide to remedies."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Case:
    """One thing that may have happened.

    `first` names the rule by which reconsideration comes before the court, where the law says so; `disputable` is
    False for what is a step on the way and not yet a reply. `rules` are the clauses under which the body acted.
    """

    slug: str
    title: Text
    means: Text
    check: tuple[Text, ...]
    mend: tuple[Text, ...]
    rules: tuple[str, ...]
    first: str = ""
    disputable: bool = True


@dataclass(frozen=True)
class Chapter:
    """Cases that belong together, under the question that leads to them."""

    title: Text
    cases: tuple[Case, ...]


_SILENT = Case(
    "no-reply",
    _("到期了，没有答复"),
    _("机关应当自收到申请之日起20个工作日内答复；延长也要先告诉您，最多再延20个工作日。征求别人意见的时间不算。"),
    (
        _("用期限计算器数一遍，看看是不是真的过了最后一天。"),
        _("看看有没有收到过补正、延期或者收费的通知：可能在短信、邮箱或者信箱里。"),
    ),
    (_("打电话给受理机关的公开工作机构，请他们说明办到了哪一步。"),),
    ("disclosure-regulation.33-reply", "disclosure-regulation.33-extension", "disclosure-regulation.33-asking"),
    first="reconsideration-law.23-inaction",
)
_LATE = Case(
    "extended",
    _("通知我要延期"),
    _("延期要经公开工作机构负责人同意，要在原来的期限以内告诉您，只能延一次，最多20个工作日。"),
    (_("看通知的日子是不是在原来的最后一天以前。"), _("看延长的天数有没有超过20个工作日。")),
    (_("合法的延期，等到新的最后一天；用期限计算器可以数到那一天。"),),
    ("disclosure-regulation.33-extension",),
    disputable=False,
)
_CORRECTION = Case(
    "correction",
    _("让我补正申请"),
    _(
        "您写的内容机关看不明白要找哪一条信息，可以在7个工作日内请您补正，只能一次说完。补正以后，答复期限从收到补正那天重新数。"
    ),
    (_("看通知里说了要补什么、最晚哪天补。"), _("没有正当理由过了那一天，会当作您不要了，不再处理。")),
    (
        _("按通知把名称、时间、地点、文号这些能帮助查找的话补上；说不出文号没关系，说清是哪件事就行。"),
        _("不会写，可以去公开工作机构口头说，由工作人员代填。"),
    ),
    ("disclosure-regulation.30", "disclosure-regulation.30-restart", "disclosure-regulation.30-abandoned"),
    disputable=False,
)
_FEE = Case(
    "fee",
    _("要我交钱"),
    _(
        "一般不收费。一个月里申请超过10件，或者一份申请要的超过30页，机关才可以收信息处理费；收不收、收多少，要在答复期限内用通知写明。"
    ),
    (_("看通知上的件数或者页数对不对，两种算法只能用一种。"), _("20个工作日不交，就不再处理。")),
    (_("把要的内容缩小到真正需要的几件、几页，常常就不用交了。"), _("对收费不服的，可以投诉举报，也可以复议、诉讼。")),
    ("disclosure-regulation.42", "information-fee.4", "information-fee.5", "information-fee.6-payment"),
)
_REFUSED = Case(
    "refused",
    _("决定不予公开"),
    _("只有法律列出的理由才能不给：国家秘密、会危及安全稳定、别人的商业秘密和隐私、内部事务、过程性信息、执法案卷。答复要写明是哪一条、为什么。"),
    (
        _("看答复写的是哪一条，理由说清楚了没有。"),
        _("能分开的，应当把能公开的部分给您，只留下不能公开的。"),
        _("说涉及别人的隐私或者商业秘密的，应当先征求过那个人的意见。"),
    ),
    (_("如果只要其中能公开的一部分，可以重新申请，写明只要哪部分。"),),
    (
        "disclosure-regulation.14", "disclosure-regulation.15", "disclosure-regulation.16-internal",
        "disclosure-regulation.16-process", "disclosure-regulation.36-3", "disclosure-regulation.37",
    ),
    first="reconsideration-law.23",
)  # fmt: skip
_PARTLY = Case(
    "partly",
    _("只给了一部分"),
    _("一份材料里有能公开的也有不能公开的，机关应当分开：能公开的给您，不能的说明理由。"),
    (_("看答复后面的清单：遮住了什么，每一处是哪一条理由。"),),
    (_("清单没有写、理由对不上的，先打电话问；可能是漏了。"),),
    ("disclosure-regulation.37", "disclosure-regulation.15"),
    first="reconsideration-law.23",
)
_NOT_EXIST = Case(
    "not-exist",
    _("说没有这个信息"),
    _("机关找过了，没有做过也没有保存过。答复“不存在”之前，应当真的检索过。"),
    (_("看答复有没有写在哪里找的、怎么找的。"), _("您手里有证据（公告、收据、会议报道）说明这个信息有过，很有用。")),
    (_("换一个名称、文号或者时间再申请；或者向可能做过这份材料的机关申请。"),),
    ("disclosure-regulation.36-4",),
)
_NOT_HERE = Case(
    "not-here",
    _("说不归它公开"),
    _("谁制作谁公开。机关如果知道该找谁，应当把名称和联系方式告诉您。"),
    (_("看答复有没有写该找哪个机关。"),),
    (_("向答复里写的机关重新申请，期限从那边收到时重新数。"),),
    ("disclosure-regulation.36-5", "disclosure-regulation.10"),
)
_PUBLIC = Case(
    "already-public",
    _("说已经公开了"),
    _("已经公开的，机关应当告诉您在哪里、怎样拿到，不用再给一份。"),
    (_("按答复写的地址打开看看，是不是您要的那一条。"), _("在本站检索名称或者文号，也许能直接找到。")),
    (_("打不开，或者不是您要的那一条：告诉公开工作机构，说明差在哪里。"),),
    ("disclosure-regulation.36-1",),
)
_NOT_PROCESSED = Case(
    "not-processed",
    _("说不予处理"),
    _("几种情形可以不按申请公开来办：信访、投诉、举报；要报纸书刊；同样的已经答复过；次数太多又没有合理的理由；要机关另外加工、分析一份。"),
    (_("看答复说的是哪一种。"), _("要求处理一件事、讨个说法，不是要一份信息的，走信访、投诉渠道更快。")),
    (_("如果您要的确实是一份已有的信息，重新申请，只写要什么信息，不写要解决什么事。"),),
    (
        "disclosure-regulation.39-petition", "disclosure-regulation.39-periodicals", "disclosure-regulation.36-6",
        "disclosure-regulation.35-refused", "disclosure-regulation.38",
    ),
)  # fmt: skip
_SPECIAL = Case(
    "special",
    _("说另有规定，让我去别处查"),
    _("工商登记、不动产登记这类资料，法律另外规定了怎样查询，要按那边的办法去查。"),
    (_("看答复写的是哪部法律、到哪里查。"),),
    (_("带上证件，到答复里写的登记机构查询。"),),
    ("disclosure-regulation.36-7",),
)
_REFUSED_AT_DOOR = Case(
    "not-taken",
    _("不收我的申请"),
    _("当面交和邮寄是基本渠道，机关不能以任何理由拒收。书写有困难的，可以口头说，由工作人员代填。"),
    (_("记下去的日子、窗口和谁接待的。"),),
    (_("改用挂号信或者邮政快递寄出，留好回执，签收那天就算收到。"), _("也可以在本站网上提交。")),
    ("request-channels.basic", "disclosure-regulation.29", "disclosure-regulation.31-post"),
    first="reconsideration-law.23-inaction",
)
_PROACTIVE = Case(
    "not-published",
    _("该主动公开的没有公开"),
    _("机构职能、规范性文件、规划、预算、许可处罚、政府采购、民生政策等十五类，应当在形成后20个工作日内主动公开。"),
    (_("先检索一下，也许换了栏目。"),),
    (_("可以向政务公开主管部门反映，由他们督促；同时也可以提交申请要这条信息。"),),
    ("disclosure-regulation.20", "disclosure-regulation.26"),
    disputable=False,
)
_WRONG = Case(
    "wrong",
    _("关于我的记录有错"),
    _("有证据证明机关记录的、跟您有关的信息不准确，可以要求更正。"),
    (_("把能证明的材料准备好。"),),
    (_("向公开工作机构提出更正；它没有权改的，应当转给有权的机关或者告诉您找谁。"),),
    ("disclosure-regulation.41",),
)
_THIRD = Case(
    "third-party",
    _("别人申请的信息跟我有关，我不愿意公开"),
    _(
        "公开会损害您的商业秘密或者隐私的，机关要书面问您。您有15个工作日说明同意不同意和为什么。不回答，由机关自己决定。"
    ),
    (_("看征求意见书上说的是哪些内容、最晚哪天回。"),),
    (
        _("不同意的，写明哪一部分、公开了会有什么损害。"),
        _("机关认为不公开会严重影响公共利益的，仍可以公开，但要书面告诉您。"),
    ),
    ("disclosure-regulation.32", "disclosure-regulation.15"),
)

CHAPTERS = (
    Chapter(_("还没有答复"), (_SILENT, _LATE, _CORRECTION, _FEE, _REFUSED_AT_DOOR)),
    Chapter(
        _("有了答复，不满意"),
        (_REFUSED, _PARTLY, _NOT_EXIST, _NOT_HERE, _PUBLIC, _NOT_PROCESSED, _SPECIAL),
    ),
    Chapter(_("别的情形"), (_PROACTIVE, _WRONG, _THIRD)),
)
CASES = {case.slug: case for chapter in CHAPTERS for case in chapter.cases}
