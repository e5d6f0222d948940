"""What kind of document a text is: a norm, a clean-up's result, an appointment, a reply, a notice, something else."""

import re
from typing import Literal

Kind = Literal["norm", "cleanup", "notice", "reply", "appointment", "other"]

_CLEANUP = re.compile(
    r"清理(结果|情况)|规范性文件.{0,12}(目录|清单)|(废止|失效|修改|继续有效).{0,20}(规范性文件|文件的(决定|通知|公告))"
    r"|关于(公布|宣布|废止|修改|保留)[^《]{0,30}(规范性文件|文件)"
    # one document ended by a paper of its own
    r"|关于(废止|停止执行|宣布)(?!.{0,60}印发)[^《]{0,6}《.+》(?:等.{0,12})?(?:失效)?(?:的(?:决定|通知|公告|通告))?$"
)
_APPOINTMENT = re.compile(r"(任免|任职|免职|任命|聘任|挂职|职务)(?!资格|条件)|同志[^，。]{0,12}(任|职务)")
_REPLY = re.compile(r"(批复|复函|答复|的函)(?:\([^()]*\))?$")
#: Words with which the title of a rule ends.
_RULE = re.compile(
    r"(办法|规定|细则|规则|条例|规程|准则|标准|规范|制度|暂行规定|裁量基准|管理规范)(?:[(（](?:试行|暂行|修订|修正)[^()（）]*[)）])?[》〉”]?(?:的(?:通知|决定|公告|通告))?$"
)
_POLICY = re.compile(
    r"(意见|措施|通告|决定|公告|政策|方案|规划|若干规定)(?:[(（][^()（）]*[)）])?[》〉”]?(?:的(?:通知|决定|公告))?$"
)
_INTERNAL = re.compile(
    r"工作要点|工作方案|工作安排|会议|培训|表彰|表扬|通报|考核|值班|放假|节日|领导小组|机构编制|人员编制|分工|应急预案|责任清单|年度计划|工作计划|申报|评选|征集|推荐|活动方案|演练"
)
_ABOUT = re.compile(r"(解读|起草说明|的说明|问答|图解|一图读懂|答记者问|新闻发布会)(?:[(（][^()（）]*[)）])?$")
#: Rules that an office gives itself.
_OWN_RULES = re.compile(
    r"(工作|议事|会议)(规则|制度|规程)|内部.{0,6}(制度|规定|办法)|考核(办法|细则)|考评|值班|请销假|公文处理|财务管理|绩效"
)
_NOTICE = re.compile(
    r"(通知|通告|公告|公示|通报|要点|方案|安排|计划|预案|意见|决定|倡议书|令)(?:[(（][^()（）]*[)）])?[》〉”]?(?:的(?:通知|函))?$"
)
#: a draft that is put before the public binds nobody yet
_ASKED = re.compile(r"征求.{0,40}意见|意见征集|征求意见稿|[(（](?:草案|送审稿|讨论稿)[^()（）]*[)）]")
_NUMBERED_RULE = re.compile(r"规\s?[〔\[(（]\d{4}|规发\s?[〔\[(（]|行规字?")


def kind_of(title: str, number: str | None, articles: int, *, in_force_clause: bool, ends: bool = False) -> Kind:
    """The kind by title, number, articles and whether the text says from when it holds.

    `ends`: it says until when it holds, or what it repeals; only norms do.

    A notice that prints a rule is a norm; a plan, a commendation or a task list is none (internal matters), whatever
    it says (内蒙古自治区行政规范性文件管理办法: it does not apply to them).
    """
    bare = re.sub(r"\s", "", title)
    if _ABOUT.search(bare):
        return "other"
    if _CLEANUP.search(bare):
        return "cleanup"
    if _APPOINTMENT.search(bare):
        return "appointment"
    if _REPLY.search(bare):
        return "reply"
    if _ASKED.search(bare):
        return "notice" if _NOTICE.search(bare) else "other"
    if _OWN_RULES.search(bare):
        return "notice" if _NOTICE.search(bare) else "other"
    if _RULE.search(bare) or (number and _NUMBERED_RULE.search(number)):
        return "norm"
    if _INTERNAL.search(bare):
        return "notice" if _NOTICE.search(bare) else "other"
    if articles >= 3 or ends or (_POLICY.search(bare) and in_force_clause):
        return "norm"
    return "notice" if _NOTICE.search(bare) else "other"
