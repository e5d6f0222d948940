"""The frame around an official text on a web page or in a copy of one: what is not content, and the facts it states."""

import re

from mingtang.text.cleaning import fold
from mingtang.text.markers import marker_of

#: label as printed → name of the fact
_FACTS = {
    "索引号": "索引号",
    "索引": "索引号",
    "索取号": "索引号",
    "主题分类": "主题分类",
    "信息分类": "主题分类",
    "组配分类": "组配分类",
    "公文种类": "公文种类",
    "体裁分类": "公文种类",
    "发文机关": "发文机关",
    "发文机构": "发文机关",
    "发文单位": "发文机关",
    "发布机构": "发布机构",
    "发布机关": "发布机构",
    "发布单位": "发布机构",
    "公开主体": "发布机构",
    "公开责任部门": "发布机构",
    "信息来源": "来源",
    "来源": "来源",
    "文章来源": "来源",
    "稿源": "来源",
    "作者": "作者",
    "成文日期": "成文日期",
    "成文时间": "成文日期",
    "生成日期": "生成日期",
    "发文日期": "发文日期",
    "发布日期": "发布日期",
    "发布时间": "发布日期",
    "公开日期": "发布日期",
    "日期": "发布日期",
    "时间": "发布日期",
    "发表时间": "发布日期",
    "更新时间": "发布日期",
    "生效时间": "生效日期",
    "生效日期": "生效日期",
    "施行日期": "生效日期",
    "废止时间": "废止日期",
    "废止日期": "废止日期",
    "失效时间": "废止日期",
    "失效日期": "废止日期",
    "归档时间": "归档时间",
    "文号": "文号",
    "文件编号": "文号",
    "发文字号": "文号",
    "发文文号": "文号",
    "公文字号": "文号",
    "公文时效": "有效性",
    "时效": "有效性",
    "实施日期": "生效日期",
    "施行时间": "生效日期",
    "制定机关": "发文机关",
    "制发机关": "发文机关",
    "印发日期": "发文日期",
    "签发日期": "成文日期",
    "公布日期": "发布日期",
    "发文时间": "发文日期",
    "统一登记号": "登记号",
    "统一编号": "登记号",
    "名称": "标题",
    "标题": "标题",
    "信息名称": "标题",
    "有效性": "有效性",
    "效力状态": "有效性",
    "时效性": "有效性",
    "是否有效": "有效性",
    "公开方式": "公开方式",
    "公开属性": "公开方式",
    "公开形式": "公开方式",
    "公开范围": "公开范围",
    "公开时限": "公开时限",
    "主题词": "主题词",
    "关键词": "关键词",
    "内容概述": "内容概述",
    "信息格式": "信息格式",
    "语种": "语种",
    "浏览次数": "浏览",
    "浏览量": "浏览",
    "浏览": "浏览",
    "点击次数": "浏览",
    "点击数": "浏览",
    "点击量": "浏览",
    "点击": "浏览",
    "阅读次数": "浏览",
    "阅读量": "浏览",
    "阅读": "浏览",
    "访问量": "浏览",
    "访问次数": "浏览",
    "字号": "字号",
    "字体": "字号",
    "字体大小": "字号",
    "视力保护色": "字号",
    "分享到": "分享",
    "分享": "分享",
    "打印": "打印",
    "责任编辑": "编辑",
    "编辑": "编辑",
    "审核": "编辑",
    "录入": "编辑",
    "信息员": "编辑",
    "保护视力色": "字号",
    "网站标识码": "网站",
    "主办单位": "网站主办",
    "文章关键词": "关键词",
}
_LABELS = "|".join(sorted(map(re.escape, _FACTS), key=len, reverse=True))
_LABEL = re.compile(rf"(?<![一-鿿])({_LABELS})\s?[:]\s?")
#: what may stand before the first label of a frame line: a date or an address
_STAMP = re.compile(r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}|www\.|https?:")
_LONG_LABELS = "|".join(sorted((re.escape(key) for key in _FACTS if len(key) >= 4), key=len, reverse=True))
#: Labels long enough to be one even where the blank before them was lost (发文机关：某局成文日期：…).
_LATER = re.compile(rf"(?:(?<![一-鿿])({_LABELS})|({_LONG_LABELS}))\s?[:]\s?")
_BULLET = re.compile(r"^[\s\-•·●■◆*|\[【]+")
_SPACED = re.compile(r"\s+")

#: Whole lines that belong to the frame wherever they stand.
_FURNITURE = re.compile(
    r"^(?:"
    r"(?:您?(?:当前|现在)的?(?:的)?位置|您所在的位置)\s?[:].*"
    r"|字[体号](?:大小)?\s?:?.{0,20}|[\[(]?\s?大[\s|/·]*中[\s|/·]*小\s?[\])]?.{0,12}"
    r"|[\[(<]?(?:打印(?:本页|正文|文章|页面)?|关闭(?:窗口|本页|页面)?|收藏|返回(?:顶部|首页|列表)?|纠错|我要纠错|下载|全文下载|分享|复制链接|保存)"
    r"(?:[\s|/、\])\[(]*(?:打印(?:本页)?|关闭(?:窗口|本页)?|收藏|返回|纠错|下载|分享|保存))*[\])>]?"
    r"|(?:上一[篇条]|下一[篇条])\s?[:]?.*"
    r"|扫一扫.{0,20}|用?微信扫.{0,20}|分享到.{0,30}|.{0,6}二维码.{0,10}"
    r"|(?:相关|附件)?(?:附件下载|相关附件|相关链接|相关文件|相关解读|相关新闻|相关阅读|政策解读链接|解读材料|政策解读|图解|媒体报道|部门解读|音频视频)\s?[:]?"
    r"|.{0,40}(?:ICP备|公网安备|网站标识码|版权所有|技术支持|建议使用.{0,20}浏览器).{0,80}"
    r"|(?:首页|网站首页)(?:\s?[>\-/»].*)|[^>»]{2,20}(?:[>»]+[^>»]{1,20}){2,6}"
    r"|(?:无障碍(?:浏览|阅读)?|长者(?:模式|版)|繁体(?:版)?|简体(?:版)?|登录|注册|English|退出|手机版|网站地图|站点地图|联系我们|关于我们)"
    r"(?:[\s|/·]+.{0,40})?"
    r"|[^。]{0,40}(?:www\.|https?://)[^。]{0,60}"
    r"|[\s|/·\-]*"
    r")$"
)


def is_label(text: str) -> bool:
    """Whether a short text begins with the label of an index table (索引号：…)."""
    return len(text) <= 200 and fact_name(text)[0] is not None


def fact_name(text: str) -> tuple[str | None, str]:
    """The fact that a line or cell states, and its value ("" when it only labels): 文号：… → ("文号", "…")."""
    bare = _BULLET.sub("", text).replace(" ", "")
    folded = fold(bare)
    match = _LABEL.match(folded)
    if match:
        return _FACTS[match.group(1)], bare[match.end() :].strip()
    if folded in _FACTS and folded not in (
        "名称",
        "时间",
        "日期",
        "编辑",
        "审核",
        "打印",
        "分享",
        "阅读",
        "点击",
        "浏览",
    ):
        return _FACTS[folded], ""
    return None, ""


def is_value(name: str, line: str) -> bool:
    """Whether a line may be what the label on the line before it states (索引号, then its number below)."""
    if fact_name(line)[0] or marker_of(line) or line[-1] in "。:：":
        return False
    if name in ("标题", "内容概述"):
        return len(line) <= 120
    if name.endswith(("日期", "时间")):
        return len(line) <= 30 and re.search(r"\d{4}", line) is not None
    if name == "文号":
        return re.search(r"号$", line) is not None and len(line) <= 30
    return len(line) <= 40 and re.search(r"(?:通知|方案|要点|意见|安排|文件)$", line) is None


def facts_in(line: str) -> list[tuple[str, str]] | None:
    """The facts a frame line states (several may stand in one line); None when the line is not of the frame."""
    bare = _BULLET.sub("", line)
    folded = fold(bare)
    starts = list(_LABEL.finditer(folded))
    if starts and starts[0].start() == 0:
        starts = list(_LATER.finditer(folded))
    if not starts:
        return None
    before = folded[: starts[0].start()]
    if len(before) > 1 and not _STAMP.search(before):
        return None
    found: list[tuple[str, str]] = []
    for match, following in zip(starts, [*starts[1:], None], strict=True):
        value = bare[match.end() : following.start() if following else len(bare)].strip(" |[]【】")
        found.append((_FACTS[match.group(1) or match.group(2)], value))
    return found


def is_furniture(line: str) -> bool:
    """Whether a whole line belongs to the page's frame: 打印, 当前位置, 备案号 …"""
    return len(line) <= 200 and _FURNITURE.match(fold(line)) is not None
